"""Small, bounded changes to one section that fix a fault of its pages: the first that helps is
made, and reported.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from itertools import combinations
from typing import Final

from reportcard.messages.message import Message, message
from reportcard.page.compose.composed import Composed
from reportcard.page.origins import section_origin
from reportcard.page.proof import HALF, QUARTER, early_lines, filled, proof
from reportcard.page.rules import PAGE_FILLED, PAGE_MENDED
from reportcard.page.typeset.layout import LaidOut, Typesetter
from reportcard.problems.problem import Problem

#: What is tried, in this order: spacing within ±4 %, type within ±2 % of what the theme sets, as
#: factors of the type and of the pitch of lines.
TRIES: Final[tuple[tuple[Message, float, float], ...]] = (
    (message("spacing is 2% tighter"), 1, 0.98),
    (message("spacing is 4% tighter"), 1, 0.96),
    (message("type is 1% smaller"), 0.99, 1),
    (message("type is 2% smaller"), 0.98, 1),
    (message("type is 2% smaller and spacing 4% tighter"), 0.98, 0.96),
    (message("spacing is 2% wider"), 1, 1.02),
    (message("spacing is 4% wider"), 1, 1.04),
    (message("type is 1% larger"), 1.01, 1),
)
#: What fills pages, in words.
_FILLERS: Final[Mapping[str, Message]] = {
    "strengths": message("its categories by score"),
    "quote": message("its quote"),
}
_MENDABLE: Final = frozenset(
    {"PAGE-TAIL", "PAGE-NOTE", "PAGE-EARLY-LINE", "PAGE-WIDOW", "PAGE-FULL"}
)


def mend(
    typesetter: Typesetter, card: Composed, drawings: Mapping[str, bytes], laid: LaidOut
) -> tuple[LaidOut, tuple[Problem, ...]]:
    """The layout after what could be fixed, and the faults that are left; a PAGE-MENDED problem for
    each change made.
    """
    problems = tuple(proof(card, laid))
    notes: list[Problem] = []
    changes: dict[str, str] = {}
    for name in laid.sections:
        faults = _faults(problems, name)
        for what, changed, rules in _tries(card, laid, name, faults) if faults else ():
            tried = typesetter.lay_out(changed, drawings, {**changes, name: rules}, kept=laid)
            left = tuple(proof(changed, tried))
            if not _faults(left, name) and len(left) < len(problems):
                fault = faults[0]
                notes.append(
                    PAGE_MENDED.at(
                        fault.place,
                        field=fault.field,
                        change=what,
                        section=name,
                        fault=fault.message,
                    )
                )
                card, laid, problems, changes[name] = changed, tried, left, rules
                break
    laid, added = _fill(typesetter, card, drawings, laid)
    if added:
        problems = tuple(proof(card, laid))
    return laid, (*problems, *notes, *added)


def _fill(
    typesetter: Typesetter, card: Composed, drawings: Mapping[str, bytes], laid: LaidOut
) -> tuple[LaidOut, list[Problem]]:
    """The layout with parts added where the last page of a section would be half empty: the
    section's own fillers, the most of them that fit; and a note for each section.
    """
    notes: list[Problem] = []
    changes = {name: rules for name, (_, _, rules) in laid.set_from.items()}
    for section in card.sections:
        if not section.fillers or filled(laid, section.name) >= HALF:
            continue
        count = laid.sections[section.name][1]
        for shown in _choices(section.fillers):
            rules = " ".join(
                [changes[section.name], *(f".{name} {{ display: block }}" for name in shown)]
            )
            tried = typesetter.lay_out(card, drawings, {**changes, section.name: rules}, kept=laid)
            if tried.sections[section.name][1] == count and not _worse(card, laid, tried):
                laid, changes[section.name] = tried, rules
                origin = section_origin(card, section.name)
                notes.append(
                    PAGE_FILLED.at(
                        origin.place,
                        field=origin.field,
                        section=section.name,
                        parts=tuple(_FILLERS[name] for name in shown),
                    )
                )
                break
    return laid, notes


def _choices(fillers: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All of them, then fewer."""
    for count in range(len(fillers), 0, -1):
        yield from combinations(fillers, count)


def _worse(card: Composed, laid: LaidOut, tried: LaidOut) -> bool:
    return len(tuple(proof(card, tried))) > len(tuple(proof(card, laid)))


def _tries(
    card: Composed, laid: LaidOut, section: str, faults: list[Problem]
) -> Iterator[tuple[Message, Composed, str]]:
    """What may be tried in a section: a tie where a line ends early, then spacing and type, of
    which only what can help where the last page is too empty.
    """
    first, count = laid.sections[section]
    for line, following in early_lines(laid):
        if first <= line.box.page < first + count:
            last, next_ = line.text.split()[-1], following.text.split()[0]
            if tied := tie(card, section, line.id, last, next_):
                yield (
                    message(
                        '"{last}" and "{following}" are kept together', last=last, following=next_
                    ),
                    tied,
                    "",
                )
    if all(fault.code == "PAGE-TAIL" for fault in faults):
        tries = [one for one in TRIES if _may_help(filled(laid, section), count, one)]
    else:
        tries = list(TRIES)
    for what, size, leading in tries:
        if rules := " ".join(
            filter(None, (one.scaled(size, leading) for one in laid.areas[first].types))
        ):
            yield what, card, rules


def _may_help(share: float, count: int, tried: tuple[Message, float, float]) -> bool:
    """Whether text on `count` pages, the last of which is filled by `share`, may leave that page,
    or fill a quarter of it. Breaks move and gaps stay, so that the estimate is a fifth off.
    """
    _, size, leading = tried
    change = (count - 1 + share) * (1 - size * size * leading)
    return change >= share * 0.8 if change > 0 else share - change * 1.4 >= QUARTER


def tie(card: Composed, section: str, id_: str, word: str, following: str) -> Composed | None:
    """The card with a no-break space between two words of a block, so that they go to the next line
    together.
    """
    sections = []
    for one in card.sections:
        at = one.html.find(f'id="{id_}"') if one.name == section else -1
        pair = escape(f"{word} {following}", quote=False)
        found = one.html.find(pair, at) if at >= 0 else -1
        if found >= 0:
            html = one.html[:found] + pair.replace(" ", "\u00a0") + one.html[found + len(pair) :]
            sections.append(replace(one, html=html))
        else:
            sections.append(one)
    return replace(card, sections=tuple(sections)) if sections != list(card.sections) else None


def _faults(problems: tuple[Problem, ...], section: str) -> list[Problem]:
    """The problems of one section that a change of spacing may fix."""
    mendable = (problem for problem in problems if problem.code in _MENDABLE)
    return [
        problem for problem in mendable if section in problem.field.partition("/")[2].split(".")[:2]
    ]
