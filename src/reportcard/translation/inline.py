"""The text within a source or target of XLIFF: words, codes, and the segments that a tool has made
of a block.
"""

import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from reportcard.translation.codes import slot
from reportcard.translation.markup import Element, local, named

#: Marks of text that a reviewer deleted in a tool, by the end of their type: Trados writes
#: x-sdl-deleted, and x-sdl-feedback-deleted.
_DELETED: Final = ("-deleted", "deletion")
#: What a `ctype` of XLIFF 1.2 (2.3.4), or a `type`, `subType` of 2.1, is in our marks.
_MARKS: Final = {
    "bold": "**",
    "x-bold": "**",
    "strong": "**",
    "x-strong": "**",
    "xlf:b": "**",
    "italic": "*",
    "x-italic": "*",
    "em": "*",
    "xlf:i": "*",
}
_WHOLE: Final = {"ph", "x"}
_HALVES: Final = {
    "bpt": "open",
    "ept": "close",
    "bx": "open",
    "ex": "close",
    "it": "",
    "sc": "open",
    "ec": "close",
}
_PAIRS: Final = {"g", "pc"}


#: How a code of the content begins; tools put codes of their own in its place.
_OURS: Final = re.compile(r"\[|\][({]|\*|\{\{|!\[|<(?:https?|mailto|edition):")


@dataclass(frozen=True, slots=True)
class CutSegment:
    """A segment of a block as a tool cut it: its number, and its text with the spaces that it has;
    what is between segments has no number.
    """

    number: str
    text: str


def pieces(
    element: Element | None, data: Mapping[str, str] = MappingProxyType({})
) -> list[CutSegment]:
    """The segments of a source or target; without any, it is one. `data` are the codes' texts by
    the id that XLIFF 2 gives them.
    """
    if element is None:
        return []
    found: list[CutSegment] = []
    between = element.text or ""
    has_segments = False
    for one in element:
        if local(one) == "mrk" and named(one, "mtype") == "seg":
            has_segments = True
            if between:
                found.append(CutSegment("", between))
                between = ""
            found.append(CutSegment(named(one, "mid"), _inner(one, data)))
        else:
            between += _outer(one, data)
        between += one.tail or ""
    if between or not has_segments:
        found.append(CutSegment("", between))
    return found


def text_of(element: Element | None, data: Mapping[str, str] = MappingProxyType({})) -> str:
    """All text of a source or target, its segments joined as they are."""
    return "".join(piece.text for piece in pieces(element, data))


def joined(target: Sequence[CutSegment], source: Sequence[CutSegment]) -> str:
    """The text of segments, with the spaces that a tool left out between two of them: those of the
    source, or else one.
    """
    made = ""
    for piece in target:
        is_segment_after_another = piece.number and made and not made[-1].isspace()
        if is_segment_after_another and piece.text and not piece.text[0].isspace():
            made += _space_before(piece.number, source)
        made += piece.text
    return made


def _space_before(number: str, source: Sequence[CutSegment]) -> str:
    """What is before a segment in the source."""
    for index, piece in enumerate(source):
        if piece.number == number and index:
            before = source[index - 1].text
            match = re.search(r"\s*$", before)
            return match[0] if match else ""
    return " "


def _inner(element: Element, data: Mapping[str, str]) -> str:
    made = element.text or ""
    for one in element:
        made += _outer(one, data) + (one.tail or "")
    return made


def _outer(element: Element, data: Mapping[str, str]) -> str:
    """The text that an inline element stands for."""
    name = local(element)
    made = ""
    if name in _WHOLE:
        made = _literal(element, data) or slot(named(element, "id"))
    elif name in _HALVES:
        made = _half(element, name, data)
    elif name in _PAIRS:
        made = _pair(element, data)
    elif name == "cp":
        made = _sign(named(element, "hex"))
    elif name and name not in ("sm", "em") and not _is_deleted(element, name):
        made = _inner(element, data)
    return made


def _is_deleted(element: Element, name: str) -> bool:
    kind = named(element, "mtype") or named(element, "type")
    return name == "del" or (name == "mrk" and kind.endswith(_DELETED))


def _half(element: Element, name: str, data: Mapping[str, str]) -> str:
    end = _HALVES[name] or {"close": "close"}.get(named(element, "pos"), "open")
    number = named(element, "startRef") or named(element, "rid") or named(element, "id")
    return _literal(element, data) or _mark(element) or slot(number, end)


def _pair(element: Element, data: Mapping[str, str]) -> str:
    number = named(element, "id")
    mark = _mark(element)
    start = data.get(named(element, "dataRefStart"), "") or mark or slot(number, "open")
    end = data.get(named(element, "dataRefEnd"), "") or mark or slot(number, "close")
    return start + _inner(element, data) + end


def _literal(element: Element, data: Mapping[str, str]) -> str:
    """The code as the content has it, if the file still has that."""
    if ref := named(element, "dataRef"):
        return data.get(ref, "")
    own = (_inner(element, data), _packed(named(element, "equiv-text")))
    return next((text for text in own if _OURS.match(text)), "")


def _packed(text: str) -> str:
    """The code that MateCat keeps beside the one that it puts in its place."""
    try:
        return b64decode(text.removeprefix("base64:")).decode() if text[:7] == "base64:" else ""
    except ValueError:
        return ""


def _mark(element: Element) -> str:
    for name in ("ctype", "subType", "type"):
        if mark := _MARKS.get(named(element, name)):
            return mark
    return ""


def _sign(hexadecimal: str) -> str:
    try:
        return chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return ""
