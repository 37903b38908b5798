"""Reviewers' remarks with the words under them and the field of the content that these come from,
as text or JSON.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any, Final

from reportcard.messages.message import Message, message
from reportcard.pdf.annotations import Remark, roots
from reportcard.pdf.area import Area

#: Left, top, width and height in mm from the trimmed page's top left corner.
Box = tuple[float, float, float, float]
#: A word on a page: its text, its box, and the name of the place that it belongs to (empty: none).
Word = tuple[str, Box, str]

#: How far a note may be from the word that it is about, in mm: a thumb's breadth, about three
#: lines.
NEAR: Final = 15.0
#: The version of the JSON of comments.
FORMAT: Final = 1
#: What marks the very words under it. Of the others, drawings, stamps and the like, some are over
#: words and some beside them.
_MARKS: Final = frozenset({"highlight", "underline", "strike-out", "squiggly", "replacement"})
#: What the kinds of remarks are called.
_KINDS: Final = {
    "highlight": message("highlight"),
    "note": message("sticky note"),
    "strike-out": message("strikethrough"),
    "underline": message("underline"),
    "squiggly": message("wavy underline"),
    "insertion": message("insertion"),
    "replacement": message("replacement"),
    "text": message("text"),
    "drawing": message("drawing"),
    "stamp": message("stamp"),
    "file attachment": message("file attachment"),
}
_POINTS: Final = frozenset({"note", "insertion", "file attachment"})


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark, the field (`peru/context`) and place (`file:line:column`) that it is about, and the
    words that it marks or is nearest to; each empty if not known. An answer has those of the remark
    at the head of its thread.
    """

    remark: Remark
    field: str
    place: str
    quoted: str


def comments(
    remarks: Sequence[Remark],
    words: Mapping[int, Sequence[Word]],
    named: Callable[[str], tuple[str, str]],
) -> tuple[Comment, ...]:
    """Comments, one a remark, in the same order: `reply_to` counts in both alike.

    `words` are those of each page (from 1) in reading order, `named` gives field and place by a
    word's name. A mark quotes the words that it covers by half or more. A note or an insertion
    quotes the nearest word; it, like a mark or drawing that covers none, is at the field of the
    nearest word within 15 mm, an insertion however far it is.
    """
    heads = roots([remark.reply_to for remark in remarks])
    found = {head: _under(remarks[head], words) for head in dict.fromkeys(heads)}
    listed = []
    for remark, head in zip(remarks, heads, strict=True):
        under, near = found[head]
        names = Counter(name for _, _, name in under or near if name)
        field, place = named(names.most_common(1)[0][0]) if names else ("", "")
        quoted = " ".join(text for text, _, _ in under)
        listed.append(Comment(replace(remark, quoted=quoted), field, place, quoted))
    return tuple(listed)


def _under(remark: Remark, words: Mapping[int, Sequence[Word]]) -> tuple[list[Word], list[Word]]:
    """The words that a remark quotes, and those that locate it if it quotes none."""
    covered: list[Word] = []
    if remark.kind not in _POINTS:
        for page, areas in groupby(remark.areas, key=lambda area: area[0]):
            boxes = [area[1:] for area in areas]
            covered += [
                word for word in words.get(page, ()) if any(_covers(box, word[1]) for box in boxes)
            ]
    if covered or not remark.areas:
        return covered, []
    nearest = _nearest(remark.areas[0], words, math.inf if remark.kind == "insertion" else NEAR)
    return ([], nearest) if remark.kind in _MARKS else (nearest, [])


def _covers(box: Box, word: Box) -> bool:
    """Whether a box lies over half of a word or more."""
    across = min(box[0] + box[2], word[0] + word[2]) - max(box[0], word[0])
    down = min(box[1] + box[3], word[1] + word[3]) - max(box[1], word[1])
    return across > 0 and down > 0 and across * down >= word[2] * word[3] / 2


def _nearest(area: Area, words: Mapping[int, Sequence[Word]], reach: float) -> list[Word]:
    """The word nearest to an area, edge to edge and then middle to middle; none if all are out of
    reach (mm).
    """
    box = area[1:]
    near = [(*_distances(box, word[1]), index) for index, word in enumerate(words.get(area[0], ()))]
    found = min(near, default=(math.inf, 0.0, 0))
    return [words[area[0]][found[2]]] if near and found[0] <= reach else []


def _distances(one: Box, other: Box) -> tuple[float, float]:
    across = max(one[0] - other[0] - other[2], other[0] - one[0] - one[2], 0.0)
    down = max(one[1] - other[1] - other[3], other[1] - one[1] - one[3], 0.0)
    middle = math.hypot(
        one[0] + one[2] / 2 - other[0] - other[2] / 2, one[1] + one[3] / 2 - other[1] - other[3] / 2
    )
    return math.hypot(across, down), middle


def as_text(listed: Sequence[Comment]) -> str:
    """Comments for people, in their language, by page and field: what was marked, what was
    written, and the answers below it. Empty if none. Page 0 is that of a file without pages.
    """
    answers: dict[int, list[int]] = {}
    for index, head in enumerate(roots([one.remark.reply_to for one in listed])):
        answers.setdefault(head, []).append(index)
    return "".join(_text(listed, answers))


def _text(listed: Sequence[Comment], answers: Mapping[int, Sequence[int]]) -> Iterator[str]:
    for page, heads in groupby(
        sorted(answers, key=lambda head: listed[head].remark.page),
        key=lambda head: listed[head].remark.page,
    ):
        if page:
            yield f"{message('page {n}', n=page)}\n"
        for head in heads:
            one = listed[head]
            where = (
                f"{one.field} ({one.place})" if one.field and one.place else one.field or one.place
            )
            signed: Message | str = _signed(one.remark, kind_name(one.remark.kind))
            if where:
                signed = message("{remark}, in {place}", remark=signed, place=where)
            yield f"  {signed}\n"
            if one.quoted:
                yield f'    "{one.quoted}"\n'
            yield from _lines(one.remark.text, "    ")
            for index in answers[head]:
                if index != head:
                    yield f"    {_signed(listed[index].remark, message('reply'))}\n"
                    yield from _lines(listed[index].remark.text, "      ")
        yield "\n"


def kind_name(kind: str) -> Message | str:
    """What a kind of remark is called."""
    return _KINDS.get(kind, kind)


def _signed(remark: Remark, kind: Message | str) -> str:
    """A remark's kind, author, date and state."""
    author = message("{remark} by {author}", remark=kind, author=remark.author)
    parts = (author if remark.author else kind, remark.date.replace("T", " "))
    signed = " ".join(map(str, filter(None, parts)))
    return f"{signed} [{remark.state}]" if remark.state else signed


def _lines(text: str, indent: str) -> Iterator[str]:
    yield from (f"{indent}{line}\n" for line in text.splitlines())


def as_json(listed: Sequence[Comment]) -> str:
    """Comments for programs: one record a remark; `reply_to` is the index of the record that it
    answers, or null.
    """
    return (
        json.dumps(
            {"format": FORMAT, "comments": [_record(one) for one in listed]},
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
    )


def _record(one: Comment) -> dict[str, Any]:
    return {**asdict(one.remark), "field": one.field, "place": one.place, "quoted": one.quoted}
