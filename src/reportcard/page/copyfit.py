"""Small, bounded changes to one section that fix a fault of its pages: the first that helps is
made, and reported. Then parts are added where a page would be half empty, the next section begins
on it, and at last its text is arranged in another way, if the edition and the theme let it.

Each section is set alone, from the page that those before it leave, and then all are put together.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from reportcard.messages.message import Message, message
from reportcard.page.arrangement import arrangements
from reportcard.page.changes import tries
from reportcard.page.compose.composed import Composed, Section
from reportcard.page.fit import Fit, Mend, mendable
from reportcard.page.origins import section_origin
from reportcard.page.proof.fill import HALF, showing
from reportcard.page.proof.proof import proof
from reportcard.page.proof.rules import PAGE_FILLED, PAGE_MENDED
from reportcard.page.run_on import Apart, has_room, is_gain, is_loss, may_gain
from reportcard.page.typeset.layout import LaidOut, Typesetter
from reportcard.problems.logs import repeat, set_aside
from reportcard.problems.problem import Problem, Severity, has_errors

#: What fills pages, in words.
_FILLERS: Final[Mapping[str, Message]] = {
    "strengths": message("the categories by score"),
    "quote": message("the dimension's quote"),
    "countries": message("the ranking in its dimension"),
}
#: What is wrong with a last page that is not half full.
_HOLES: Final = frozenset({"PAGE-HOLE", "PAGE-TAIL"})
#: Sections that are kept as they were set: those of two languages, and what was tried of them.
_KEPT: Final = 40


Drawn = tuple[Composed, Mapping[str, bytes]]
"""A card in one language with the drawings that it needs, by their address."""
_Key = tuple[str, int, str]
"""What a section is fitted from: its HTML, its first page, and the rules of what was added. Another
page would make what fits depend on what was tried before.
"""


class Copyfitter:
    """Fits cards of one typesetter. What was tried is kept while cards of one country are fitted,
    since a card's other languages are asked what fits in them too.
    """

    def __init__(self, typesetter: Typesetter) -> None:
        self.typesetter = typesetter
        self._country = ""
        self._tried: dict[_Key, Fit] = {}

    def fit(
        self,
        card: Composed,
        drawings: Mapping[str, bytes],
        others: Sequence[Drawn] = (),
        kept: Sequence[LaidOut] = (),
    ) -> tuple[Composed, LaidOut, tuple[Problem, ...]]:
        """A card as it is after what could be fixed, its layout, and the faults that are left; a
        PAGE-MENDED or PAGE-FILLED problem for each change made. `others` are the card's other
        languages with their drawings: their pages are filled with the same parts. From `kept`,
        earlier layouts, sections are taken over that come out the same; one that comes out the same
        as a whole is the result.
        """
        if card.country != self._country:
            self._country, self._tried = card.country, {}
        job = _Trials(self.typesetter, self._tried, kept)
        fits = job.walk((card, drawings), others)
        changes = {fit.section.name: fit.rules for fit in fits if fit.rules}
        card = replace(card, sections=tuple(fit.section for fit in fits))
        for fit in fits:
            repeat(fit.remarks)
        taken = [*(fit.laid for fit in fits), *kept]
        laid = self.typesetter.lay_out(card, drawings, changes, taken)
        laid = next((one for one in kept if one.set_from == laid.set_from), laid)
        notes = [note for fit in fits for note in _notes(card, fit)]
        return card, laid, (*proof(card, laid), *notes)

    def as_before(
        self,
        card: Composed,
        drawings: Mapping[str, bytes],
        before: tuple[Composed, LaidOut],
        kept: Sequence[LaidOut] = (),
    ) -> tuple[Composed, LaidOut]:
        """A card after an edit, arranged as it was `before`: the card as it was fitted, and its
        layout. Each section is set at most once; whether another arrangement would be better now is
        not asked.
        """
        card = card.joined_as(before[0])
        changes = {name: rules for name, (_, _, rules) in before[1].set_from.items()}
        return card, self.typesetter.lay_out(card, drawings, changes, kept)


def _notes(card: Composed, fit: Fit) -> Iterator[Problem]:
    """What was changed in a section."""
    for mend in fit.mends:
        yield _mended(card, fit.section.name, mend)
    parts = [_FILLERS[name] for name in fit.shown]
    parts += [message('the section "{section}"', section=name) for name, _ in fit.section.begun]
    if parts:
        origin = section_origin(card, fit.section.name)
        yield PAGE_FILLED.at(
            origin.place, field=origin.field, section=fit.section.name, parts=tuple(parts)
        )


def _mended(card: Composed, section: str, mend: Mend) -> Problem:
    # The page of the first layout may be another than that of the last
    known = card.origins.get(mend.id)
    return PAGE_MENDED.at(
        known.place if known else replace(mend.fault.place, page=0),
        field=mend.fault.field,
        change=mend.change,
        section=section,
        fault=mend.fault.message,
    )


@dataclass(frozen=True, slots=True)
class _Trials:
    """What is tried for a card. `tried` are the best fits of its sections in each language; `kept`,
    earlier layouts.
    """

    typesetter: Typesetter
    tried: dict[_Key, Fit]
    kept: Sequence[LaidOut]

    def walk(self, drawn: Drawn, others: Sequence[Drawn], listing: int = 1) -> list[Fit]:
        """The sections one after the other, each from the page that those before it leave. One that
        lists the pages of others comes last; if it has more than `listing` pages, all comes anew.
        """
        sections = drawn[0].sections
        fits: dict[str, Fit] = {}
        pages: dict[str, int] = {}
        first = 1
        for section, following in zip(sections, (*sections[1:], None), strict=True):
            if section.name in pages:
                continue  # begun on the last page of the one before
            pages[section.name] = first
            if section.lists_pages:
                first += listing
                continue
            fit = self._fit(drawn, section, first, others)
            if following and following.runs_on:
                fit = self.joined(drawn, fit, following, first, others) or fit
            fit = self.arranged(drawn, fit, first)
            fits[section.name] = fit
            pages |= {name: fit.laid.boxes[id_][0].page for name, id_ in fit.section.begun}
            first += fit.count
        for section in (one for one in sections if one.lists_pages):
            listed = replace(section, html=section.with_folios(pages), lists_pages=False)
            fit = self._fit(drawn, listed, pages[section.name], others)
            if fit.count > listing:
                return self.walk(drawn, others, fit.count)
            fits[section.name] = replace(fit, section=replace(fit.section, lists_pages=True))
        return [fits[section.name] for section in sections if section.name in fits]

    def _fit(self, drawn: Drawn, section: Section, first: int, others: Sequence[Drawn]) -> Fit:
        fit = self.mended(drawn, section, first)
        shown = self.wanted(drawn, fit, first, others)
        return replace(self.with_fillers(drawn, fit, first, shown), shown=shown) if shown else fit

    def joined(
        self, drawn: Drawn, fit: Fit, following: Section, first: int, others: Sequence[Drawn]
    ) -> Fit | None:
        """A section with the next one, which begins below its end, if that is better in all
        languages; else None.
        """
        after = self.mended(drawn, following, first + fit.count)
        if not may_gain((fit, after)) and not any(
            _may_end_early(one, other) for one in (fit, after) for other, _ in others
        ):
            return None
        cards, apart, joined = (drawn, *others), [(fit, after)], list[Fit]()
        for other in others:
            own, next_ = (
                next((one for one in other[0].sections if one.name == name), None)
                for name in (fit.section.name, following.name)
            )
            if own is None or next_ is None:
                return None
            begun = self.mended(other, own, first)
            apart.append((begun, self.mended(other, next_, first + begun.count)))
        if not any(may_gain(two) for two in apart):
            return None
        for card, two in zip(cards, apart, strict=True):
            tried = self._joined_in(card, two, first)
            if tried is None:
                return None
            joined.append(tried)
        return joined[0] if is_gain(apart, joined) else None

    def _joined_in(self, drawn: Drawn, apart: Apart, first: int) -> Fit | None:
        """Two sections of one language as one, if that is no worse. Small changes turn no loss into
        a gain: they are tried only where it is none.
        """
        section = apart[0].section.running_on(apart[1].section)
        if section is None:
            return None
        with set_aside():
            plain = Fit(section, self._set(drawn, section, first, ""))
        if is_loss(apart, plain):
            return None
        tried = self.mended(drawn, section, first)
        is_worse = tried.problems(drawn[0]) > sum(one.problems(drawn[0]) for one in apart)
        return None if is_worse else tried

    def mended(self, drawn: Drawn, section: Section, first: int) -> Fit:
        """A section with the first change that mends its faults and adds none, or else its errors
        alone; as it is if there are no faults, or nothing helps.
        """
        return self._once((section.html, first, ""), lambda: self._mended(drawn, section, first))

    def _mended(self, drawn: Drawn, section: Section, first: int) -> Fit:
        plain = self._set(drawn, section, first, "")
        problems = tuple(proof(replace(drawn[0], sections=(section,)), plain))
        # What is left of a page before the last one may be left on that, where parts can be added.
        has_gap = any(one.code == "PAGE-GAP" for one in problems)
        ends = (_HOLES if section.fillers else {"PAGE-HOLE"}) if has_gap else frozenset[str]()
        faults = mendable(problems, plain, section)
        grave = next((fault for fault in faults if fault.severity is Severity.ERROR), None)
        publishable = None
        for what, changed, rules in tries(section, plain, faults) if faults else ():
            tried = self._set(drawn, changed, first, rules)
            found = proof(replace(drawn[0], sections=(changed,)), tried)
            left = tuple(one for one in found if one.code not in ends)
            if len(left) < len(problems) and not mendable(left, tried, section):
                return Fit(changed, tried, rules, (Mend.of(what, faults[0], drawn[0]),))
            if grave and len(left) < len(problems) and not has_errors(left):
                mend = Mend.of(what, grave, drawn[0])
                publishable = publishable or Fit(changed, tried, rules, (mend,))
        return publishable or Fit(section, plain)

    def wanted(
        self, drawn: Drawn, fit: Fit, first: int, others: Sequence[Drawn]
    ) -> tuple[str, ...]:
        """The parts to add to a section so that no language ends it with a page half empty: the
        most of them that fit in all.
        """
        fillers = fit.section.fillers
        if not fillers or (
            fit.filled >= HALF and not any(_may_end_early(fit, other) for other, _ in others)
        ):
            return ()
        fits = [(drawn, fit)]
        for other in others:
            section = next(one for one in other[0].sections if one.name == fit.section.name)
            fits.append((other, self.mended(other, section, first)))
        if all(one.filled >= HALF for _, one in fits):
            return ()
        return next(
            (shown for shown in _choices(fillers) if self._fits_all(fits, first, shown)), ()
        )

    def _fits_all(
        self, fits: Sequence[tuple[Drawn, Fit]], first: int, shown: tuple[str, ...]
    ) -> bool:
        for drawn, fit in fits:
            tried = self.with_fillers(drawn, fit, first, shown)
            if tried.count > fit.count or tried.problems(drawn[0]) > fit.problems(drawn[0]):
                return False
        return True

    def with_fillers(self, drawn: Drawn, fit: Fit, first: int, shown: tuple[str, ...]) -> Fit:
        """A section with hidden parts of it shown."""
        rules = " ".join(filter(None, [fit.rules, *map(showing, shown)]))
        key = (fit.section.html, first, rules)

        def shown_on_pages() -> Fit:
            return replace(fit, laid=self._set(drawn, fit.section, first, rules), rules=rules)

        return self._once(key, shown_on_pages)

    def arranged(self, drawn: Drawn, fit: Fit, first: int) -> Fit:
        """A section in the first arrangement that fills its last page by half; as it is if that is
        so already, or none does.
        """
        if not fit.section.is_flexible or fit.filled >= HALF:
            return fit
        key = (fit.section.html, first, f"{fit.rules} …")
        found = self._once(key, lambda: self._arranged(drawn, fit, first))
        # What the engine remarked on belongs to the pages that it set then
        return fit if found.rules == fit.rules else found

    def _arranged(self, drawn: Drawn, fit: Fit, first: int) -> Fit:
        alone = replace(drawn[0], sections=(fit.section,))
        holes = [one for one in proof(alone, fit.laid) if one.code in _HOLES]
        for what, rules in arrangements(fit) if holes else ():
            whole = " ".join(filter(None, [fit.rules, rules]))
            tried = replace(
                fit,
                laid=self._set(drawn, fit.section, first, whole),
                rules=whole,
                mends=(*fit.mends, Mend.of(what, holes[-1], alone)),
            )
            is_better = tried.filled >= HALF and has_room(tried)
            if is_better and tried.problems(drawn[0]) <= fit.problems(drawn[0]):
                return tried
        return fit

    def _once(self, key: _Key, find: Callable[[], Fit]) -> Fit:
        """What was found before, or is now; of old tries, the last ones are kept."""
        fit = self.tried.pop(key, None)
        if fit is None:
            with set_aside() as remarks:
                fit = find()
            fit = replace(fit, remarks=tuple(remarks))
        while len(self.tried) >= _KEPT:
            del self.tried[next(iter(self.tried))]
        self.tried[key] = fit
        return fit

    def _set(self, drawn: Drawn, section: Section, first: int, rules: str) -> LaidOut:
        """A section alone, from its first page on."""
        card, drawings = drawn
        alone = replace(card, sections=(section,))
        return self.typesetter.lay_out(
            alone, drawings, {section.name: rules}, self.kept, first=first
        )


def _may_end_early(fit: Fit, other: Composed) -> bool:
    """Whether another language of a section may end with a page half empty, by the lengths of its
    text. Translations of the same text are up to 15 % denser or looser than that.
    """
    html = next(one.html for one in other.sections if one.name == fit.section.name)
    pages = (fit.count - 1 + fit.filled) * _length(html) / _length(fit.section.html)
    least, most = pages * 0.85, pages * 1.15
    return int(least) != int(most) or least % 1 < HALF


def _length(html: str) -> int:
    return len(re.sub(r"<[^>]*>", "", html))


def _choices(fillers: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All of them, then fewer."""
    for count in range(len(fillers), 0, -1):
        yield from combinations(fillers, count)
