"""What translators' tools say of a translation: draft, machine translation, reviewed.

The states of XLIFF 1.2 (OASIS 2008: 2.5, state and state-qualifier) and 2.1 (4.3.1.28, state), and
the attributes that tools add, as their documentation and files have them.
"""

import re
from collections.abc import Iterable
from typing import Final

from reportcard.translation.markup import Element, child, local, named, split_name
from reportcard.translation.parcel import ToolMark
from reportcard.translation.status import State

#: What export writes of a state: `approved` of the unit, `state` of the target.
STATES: Final = {
    State.CURRENT: ("yes", "translated"),
    State.KEPT: ("yes", "translated"),
    State.REVIEW: ("", "needs-review-translation"),
    State.STALE: ("", "needs-review-translation"),
    State.MISSING: ("", "needs-translation"),
}
#: The same in XLIFF 2.1.
STATES_2: Final = {
    State.CURRENT: "final",
    State.KEPT: "final",
    State.REVIEW: "translated",
    State.STALE: "translated",
    State.MISSING: "initial",
}
_MARKS: Final = {
    "translated": ToolMark.DONE,
    "final": ToolMark.APPROVED,
    "signed-off": ToolMark.APPROVED,
    "reviewed": ToolMark.APPROVED,
    "new": ToolMark.REVIEW,
    "initial": ToolMark.REVIEW,
}
#: Where a translation came from if nobody wrote it for this text.
_SUGGESTIONS: Final = re.compile(
    r"mt-suggestion|leveraged-mt|fuzzy-match|leveraged-tm|tm-suggestion|leveraged-repository|"
    r"leveraged-inherited|leveraged-glossary|glossary|rejected-"
)
#: Attributes of tools by name, in any namespace: the values that ask for review.
#: Trados: sdl:seg/@conf; memoQ: mq:status; Phrase: m:confirmed; Weblate, Pontoon and others: state
#: words; XLIFF 2.1: subState.
_REVIEW: Final = {
    "conf": r"(?i)draft|rejected\w*|unspecified",
    "status": (
        r"(?i)partiallyedited|notstarted|pretranslated|machinetranslated|rejected|"
        r"assembledfromfragments|draft|fuzzy|needs[-_ ]?(review|work|editing).*|unreviewed|pending"
    ),
    "confirmed": r"(?i)0|false|no",
    "subState": r"(?i).*(fuzzy|mt|machine|draft|needs|unreviewed|rejected).*",
    "fuzzy": r"(?i)1|true|yes",
}
#: States of a tool's own, of both versions of XLIFF (x-…).
_OWN_REVIEW: Final = re.compile(r"(?i)x-.*(draft|needs|fuzzy|unreviewed|rejected|machine|mt\b).*")
_DONE: Final = {
    "conf": r"(?i)translated|approved(translation|signoff)",
    "status": (
        r"(?i)(manually|reviewer[12])?confirmed|translated|proofread|approved|reviewed|final"
    ),
    "confirmed": r"(?i)[1-9]|true|yes",
}


def mark_1(unit: Element, target: Element, exported: str) -> ToolMark:
    """What a tool says of a unit of XLIFF 1.2 that export wrote with a state, empty if unknown:
    nothing if that is all that it has.
    """
    if mark := _of_tools(unit, target):
        return mark
    approved, state = named(unit, "approved"), named(target, "state")
    qualifier = named(target, "state-qualifier")
    if exported in STATES and not qualifier and (approved, state) == STATES[State(exported)]:
        return ToolMark.NOTHING
    if approved == "no" or _SUGGESTIONS.search(qualifier):
        return ToolMark.REVIEW
    was_approved = exported in STATES and STATES[State(exported)][0] == "yes"
    if approved == "yes" and not was_approved:
        return ToolMark.APPROVED
    if state.startswith("needs-") or _OWN_REVIEW.fullmatch(state):
        return ToolMark.REVIEW
    return _MARKS.get(state, ToolMark.NOTHING)


def mark_2(unit: Element, segments: Iterable[Element], exported: str) -> ToolMark:
    """What a tool says of a unit of XLIFF 2: the least of its segments."""
    found = []
    for segment in segments:
        if mark := _of_tool((unit, segment)):
            found.append(mark)
            continue
        state = named(segment, "state")
        is_exported = exported in STATES_2 and state == STATES_2[State(exported)]
        found.append(ToolMark.NOTHING if is_exported else _MARKS.get(state, ToolMark.NOTHING))
    order = (ToolMark.REVIEW, ToolMark.NOTHING, ToolMark.DONE, ToolMark.APPROVED)
    return min(found, key=order.index, default=ToolMark.NOTHING)


def _of_tools(unit: Element, target: Element) -> ToolMark:
    """What attributes of tools say of a unit and its segments. Trados writes no `conf` for what
    nobody has confirmed.
    """
    segments = tuple(_segments_of_trados(unit))
    mark = _of_tool((unit, target, *segments))
    is_unconfirmed = any(not named(one, "conf") for one in segments)
    return ToolMark.UNCONFIRMED if is_unconfirmed and mark is not ToolMark.REVIEW else mark


def _segments_of_trados(unit: Element) -> Iterable[Element]:
    definitions = child(unit, "seg-defs")
    return () if definitions is None else (one for one in definitions if local(one) == "seg")


def _of_tool(elements: Iterable[Element]) -> ToolMark:
    """What attributes of tools say, in namespaces of their own: review before all else."""
    found = set()
    for element in elements:
        origin = ""
        for key, value in element.attrib.items():
            namespace, name = split_name(str(key))
            if name in ("origin", "trans-origin"):
                origin = str(value)
            if not (namespace or local(element) == "seg" or name == "subState"):
                continue
            if re.fullmatch(_REVIEW.get(name, "(?!)"), str(value)):
                found.add(ToolMark.REVIEW)
            elif re.fullmatch(_DONE.get(name, "(?!)"), str(value)):
                found.add(ToolMark.DONE)
        if re.fullmatch(r"(?i)mt|nmt|amt|machine.*", origin) and ToolMark.DONE not in found:
            found.add(ToolMark.REVIEW)
    return next(
        (mark for mark in (ToolMark.REVIEW, ToolMark.DONE) if mark in found), ToolMark.NOTHING
    )
