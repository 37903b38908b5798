"""Small, bounded changes to one section that fix a fault of its pages: the first that helps is
made, and reported. Then parts are added where a page would be half empty.

Each section is set alone, from the page that those before it leave, and then all are put together.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from logging import LogRecord
from typing import Final

from reportcard.messages.message import Message, message
from reportcard.page.changes import tries
from reportcard.page.compose.composed import Composed, Section
from reportcard.page.origins import section_origin
from reportcard.page.proof.fill import HALF, filled, showing
from reportcard.page.proof.proof import proof
from reportcard.page.proof.rules import PAGE_FILLED, PAGE_MENDED
from reportcard.page.typeset.layout import LaidOut, Typesetter
from reportcard.problems.logs import repeat, set_aside
from reportcard.problems.problem import Problem, Severity, has_errors

#: What fills pages, in words.
_FILLERS: Final[Mapping[str, Message]] = {
    "strengths": message("the categories by score"),
    "quote": message("the dimension's quote"),
}
#: Sections that are kept as they were set: those of two languages, and what was tried of them.
_KEPT: Final = 40
_OF_THE_PAGE: Final = frozenset({"PAGE-COVER", "PAGE-HEAD", "PAGE-GAP"})
_MENDABLE: Final = frozenset(
    {
        "PAGE-COVER",
        "PAGE-HEAD",
        "PAGE-TAIL",
        "PAGE-GAP",
        "PAGE-NOTE",
        "PAGE-EARLY-LINE",
        "PAGE-WIDOW",
        "PAGE-FULL",
    }
)


Drawn = tuple[Composed, Mapping[str, bytes]]
"""A card in one language with the drawings that it needs, by their address."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """A section as it is set: its pages, its style rules, the change made for a fault, the parts
    shown to fill its last page, and what the engine remarked on meanwhile.
    """

    section: Section
    laid: LaidOut
    rules: str = ""
    change: Message | None = None
    fault: Problem | None = None
    shown: tuple[str, ...] = ()
    remarks: tuple[LogRecord, ...] = ()

    @property
    def filled(self) -> float:
        """How much of the last page is filled, 0 to 1."""
        return filled(self.laid, self.section.name)

    @property
    def count(self) -> int:
        """How many pages it has."""
        return self.laid.sections[self.section.name][1]


class Copyfitter:
    """Fits cards of one typesetter. What was tried is kept while cards of one country are fitted,
    since a card's other languages are asked what fits in them too.
    """

    def __init__(self, typesetter: Typesetter) -> None:
        self.typesetter = typesetter
        self._country = ""
        self._tried: dict[tuple[str, str], _Fit] = {}

    def fit(
        self,
        card: Composed,
        drawings: Mapping[str, bytes],
        others: Sequence[Drawn] = (),
        kept: Sequence[LaidOut] = (),
    ) -> tuple[LaidOut, tuple[Problem, ...]]:
        """A card's layout after what could be fixed, and the faults that are left; a PAGE-MENDED or
        PAGE-FILLED problem for each change made. `others` are the card's other languages with their
        drawings: their pages are filled with the same parts. From `kept`, earlier layouts, sections
        are taken over that come out the same; one that comes out the same as a whole is the result.
        """
        if card.country != self._country:
            self._country, self._tried = card.country, {}
        job = _Trials(self.typesetter, self._tried, kept)
        fits = job.walk((card, drawings), others)
        sections = tuple(
            replace(section, html=fit.section.html)
            for section, fit in zip(card.sections, fits, strict=True)
        )
        changes = {fit.section.name: fit.rules for fit in fits if fit.rules}
        card = replace(card, sections=sections)
        for fit in fits:
            repeat(fit.remarks)
        taken = [*(fit.laid for fit in fits), *kept]
        laid = self.typesetter.lay_out(card, drawings, changes, taken)
        laid = next((one for one in kept if one.set_from == laid.set_from), laid)
        notes = [note for fit in fits for note in _notes(card, fit)]
        return laid, (*proof(card, laid), *notes)


def _notes(card: Composed, fit: _Fit) -> Iterator[Problem]:
    """What was changed in a section."""
    if fit.change and fit.fault:
        yield _mended(fit.section.name, fit.change, fit.fault)
    if fit.shown:
        yield _filled(card, fit.section.name, fit.shown)


def _mended(section: str, change: Message, fault: Problem) -> Problem:
    # The page of the first layout may be another than that of the last
    return PAGE_MENDED.at(
        replace(fault.place, page=0),
        field=fault.field,
        change=change,
        section=section,
        fault=fault.message,
    )


def _filled(card: Composed, section: str, shown: tuple[str, ...]) -> Problem:
    origin = section_origin(card, section)
    parts = tuple(_FILLERS[name] for name in shown)
    return PAGE_FILLED.at(origin.place, field=origin.field, section=section, parts=parts)


@dataclass(frozen=True, slots=True)
class _Trials:
    """What is tried for a card. `tried` are the best fits of its sections in each language, by
    their HTML and the rules of what was added; `kept`, earlier layouts.
    """

    typesetter: Typesetter
    tried: dict[tuple[str, str], _Fit]
    kept: Sequence[LaidOut]

    def walk(self, drawn: Drawn, others: Sequence[Drawn], listing: int = 1) -> list[_Fit]:
        """The sections one after the other, each from the page that those before it leave. One that
        lists the pages of others comes last; if it has more than `listing` pages, all comes anew.
        """
        sections = drawn[0].sections
        fits: dict[str, _Fit] = {}
        pages: dict[str, int] = {}
        first = 1
        for section in sections:
            pages[section.name] = first
            if section.lists_pages:
                first += listing
            else:
                fits[section.name] = self._fit(drawn, section, first, others)
                first += fits[section.name].count
        for section in (one for one in sections if one.lists_pages):
            listed = replace(section, html=section.with_folios(pages), lists_pages=False)
            fit = self._fit(drawn, listed, pages[section.name], others)
            if fit.count > listing:
                return self.walk(drawn, others, fit.count)
            fits[section.name] = fit
        return [fits[section.name] for section in sections]

    def _fit(self, drawn: Drawn, section: Section, first: int, others: Sequence[Drawn]) -> _Fit:
        fit = self.mended(drawn, section, first)
        shown = self.wanted(drawn, fit, first, others)
        return replace(self.with_fillers(drawn, fit, first, shown), shown=shown) if shown else fit

    def mended(self, drawn: Drawn, section: Section, first: int) -> _Fit:
        """A section with the first change that mends its faults and adds none, or else its errors
        alone; as it is if there are no faults, or nothing helps.
        """
        return self._once((section.html, ""), lambda: self._mended(drawn, section, first))

    def _mended(self, drawn: Drawn, section: Section, first: int) -> _Fit:
        plain = self._set(drawn, section, first, "")
        problems = tuple(proof(replace(drawn[0], sections=(section,)), plain))
        # What is left of a page before the last one may be left on that, where parts can be added.
        ends = "PAGE-HOLE" if any(one.code == "PAGE-GAP" for one in problems) else ""
        faults = _faults(problems, plain, section.name)
        grave = next((fault for fault in faults if fault.severity is Severity.ERROR), None)
        publishable = None
        for what, changed, rules in tries(section, plain, faults) if faults else ():
            tried = self._set(drawn, changed, first, rules)
            found = proof(replace(drawn[0], sections=(changed,)), tried)
            left = tuple(one for one in found if one.code != ends)
            if len(left) < len(problems) and not _faults(left, tried, section.name):
                return _Fit(changed, tried, rules, what, faults[0])
            if grave and len(left) < len(problems) and not has_errors(left):
                publishable = publishable or _Fit(changed, tried, rules, what, grave)
        return publishable or _Fit(section, plain)

    def wanted(
        self, drawn: Drawn, fit: _Fit, first: int, others: Sequence[Drawn]
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
        self, fits: Sequence[tuple[Drawn, _Fit]], first: int, shown: tuple[str, ...]
    ) -> bool:
        for drawn, fit in fits:
            tried = self.with_fillers(drawn, fit, first, shown)
            if tried.count > fit.count or _count(drawn[0], tried) > _count(drawn[0], fit):
                return False
        return True

    def with_fillers(self, drawn: Drawn, fit: _Fit, first: int, shown: tuple[str, ...]) -> _Fit:
        """A section with hidden parts of it shown."""
        rules = " ".join(filter(None, [fit.rules, *map(showing, shown)]))
        key = (fit.section.html, rules)

        def shown_on_pages() -> _Fit:
            return replace(fit, laid=self._set(drawn, fit.section, first, rules), rules=rules)

        return self._once(key, shown_on_pages)

    def _once(self, key: tuple[str, str], find: Callable[[], _Fit]) -> _Fit:
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


def _count(card: Composed, fit: _Fit) -> int:
    """How many problems a section has."""
    alone = replace(card, sections=(fit.section,))
    return sum(1 for problem in proof(alone, fit.laid) if problem.code != "PAGE-HOLE")


def _may_end_early(fit: _Fit, other: Composed) -> bool:
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


def _faults(problems: Iterable[Problem], laid: LaidOut, section: str) -> list[Problem]:
    """The problems of one section that a change may fix. Those of words that stand on many pages
    are known by the page.
    """
    first, count = laid.sections[section]
    return [
        problem
        for problem in problems
        if problem.code in _MENDABLE
        and (
            first <= problem.place.page < first + count
            if problem.code in _OF_THE_PAGE
            else section in problem.field.partition("/")[2].split(".")[:2]
        )
    ]
