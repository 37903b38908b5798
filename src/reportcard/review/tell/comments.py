"""Reviewers' remarks with the words under them and the field of the content that these come from;
told as text or JSON.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any, Final

from reportcard.pdf.annotations import Remark, roots
from reportcard.pdf.area import Area

#: Left, top, width and height in mm from the trimmed page's top left corner.
Box = tuple[float, float, float, float]
#: A word on a page: its text, where it stands, and the name of the place that it belongs to (empty:
#: of none).
Word = tuple[str, Box, str]

#: How far a note may be from the word that it is about, in mm: a thumb's breadth, about three
#: lines.
NEAR: Final = 15.0
#: The version of the JSON that comments are told in.
FORMAT: Final = 1
#: What marks the very words under it. Of the others, drawings, stamps and the like, some stand over
#: words and some beside them.
_MARKS: Final = frozenset({"highlight", "underline", "strike-out", "squiggly", "replacement"})
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
    told = []
    for remark, head in zip(remarks, heads, strict=True):
        under, near = found[head]
        names = Counter(name for _, _, name in under or near if name)
        field, place = named(names.most_common(1)[0][0]) if names else ("", "")
        quoted = " ".join(text for text, _, _ in under)
        told.append(Comment(replace(remark, quoted=quoted), field, place, quoted))
    return tuple(told)


def _under(remark: Remark, words: Mapping[int, Sequence[Word]]) -> tuple[list[Word], list[Word]]:
    """The words that a remark quotes, and those that tell its place if it quotes none."""
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


def as_text(told: Sequence[Comment]) -> str:
    """Comments for people, by page and field: what was marked, what was written, and the answers
    below it. Empty if none.
    """
    answers: dict[int, list[int]] = {}
    for index, head in enumerate(roots([one.remark.reply_to for one in told])):
        answers.setdefault(head, []).append(index)
    return "".join(_text(told, answers))


def _text(told: Sequence[Comment], answers: Mapping[int, Sequence[int]]) -> Iterator[str]:
    for page, heads in groupby(
        sorted(answers, key=lambda head: told[head].remark.page),
        key=lambda head: told[head].remark.page,
    ):
        yield f"page {page}\n"
        for head in heads:
            one = told[head]
            where = (
                f"{one.field} ({one.place})" if one.field and one.place else one.field or one.place
            )
            yield f"  {_signed(one.remark)}{f', in {where}' if where else ''}\n"
            if one.quoted:
                yield f"    “{one.quoted}”\n"
            yield from _lines(one.remark.text, "    ")
            for index in answers[head]:
                if index != head:
                    yield f"    {_signed(told[index].remark, 'answer')}\n"
                    yield from _lines(told[index].remark.text, "      ")
        yield "\n"


def _signed(remark: Remark, kind: str = "") -> str:
    parts = (f"by {remark.author}" if remark.author else "", remark.date.replace("T", " "))
    told = " ".join((kind or remark.kind, *filter(None, parts)))
    return f"{told} [{remark.state}]" if remark.state else told


def _lines(text: str, indent: str) -> Iterator[str]:
    yield from (f"{indent}{line}\n" for line in text.splitlines())


def as_json(told: Sequence[Comment]) -> str:
    """Comments for programs: one record a remark; `reply_to` is the index of the record that it
    answers, or null.
    """
    return (
        json.dumps(
            {"format": FORMAT, "comments": [_record(one) for one in told]},
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
    )


def _record(one: Comment) -> dict[str, Any]:
    return {**asdict(one.remark), "field": one.field, "place": one.place, "quoted": one.quoted}
