"""Small, bounded changes to one section that fix a fault of its pages: the first that helps is
made, and reported.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Final

from reportcard.messages.message import Message, message
from reportcard.page.compose.composed import Composed
from reportcard.page.proof import early_lines, proof
from reportcard.page.rules import PAGE_MENDED
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
        for what, changed, rules in _tries(card, laid, name) if faults else ():
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
    return laid, (*problems, *notes)


def _tries(card: Composed, laid: LaidOut, section: str) -> Iterator[tuple[Message, Composed, str]]:
    """What may be tried in a section: a tie where a line ends early, then spacing and type."""
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
    types = laid.areas[first].types
    for what, size, leading in TRIES:
        if rules := " ".join(filter(None, (one.scaled(size, leading) for one in types))):
            yield what, card, rules


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
