"""What changed in the look of the same text: font, size, colour, place; not where it only flowed
on.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median
from typing import Final

from reportcard.pdf.area import Area
from reportcard.pdf.glyphs import Style, Word
from reportcard.review.changes import Act, Change, Fact, Kind
from reportcard.review.compare.pairs import PassagePair
from reportcard.review.read.document import Document, Passage, PlacedPicture, areas

#: Nearer than this, in mm, two places are one: half a point of leading is 0.18 mm.
_NEAR: Final = 0.4
#: The number of a call is so wide at most, in mm: with another number, lines may end elsewhere.
_CALL: Final = 5.0
#: Words of a line are not farther apart than this, in mm: cells of a table are.
_SPACE: Final = 2.5
#: One change of a style sheet is one change, however many passages it touches, if they are more
#: than these.
_MOST_ALONE: Final = 8
#: Sizes of a file that is scaled are told to a tenth of a point, and differ by this share at most.
_ROUNDED: Final = 0.11
_SCALED: Final = 0.02


def layout_changes(
    pairs: Sequence[PassagePair], neighbours: "tuple[Neighbours, Neighbours] | None"
) -> Iterator[Change]:
    """The changes of look of all pairs of the same text; those of many passages alike as one.

    `neighbours` are what is beside and before each passage; without them, places are not compared.
    """
    whole = [(pair, *pair.both) for pair in pairs if pair.both]
    scale = 1.0 if neighbours else _scale([(old, new) for _, old, new in whole])
    if scale != 1:
        fact = Fact("scale", "100 %", f"{scale * 100:.0f} %")
        yield Change(Kind.LAYOUT, Act.CHANGED, facts=(fact,))
    styled = {id(new): facts for _, old, new in whole if (facts := _styles(old, new, scale))}
    origins = {id(new): old for _, old, new in whole if old.key == new.key}
    standing = _Standing(*neighbours, origins, styled) if neighbours else None
    found: list[Change] = []
    for pair, old, new in whole:
        if pair.parted:
            fact = Fact("passages", *map(str, pair.parted))
            found.append(_change(new, (fact,), areas(old.words), areas(new.words)))
        if id(new) in styled:
            old_words, new_words = _restyled(old, new, scale)
            found.append(_change(new, styled[id(new)], areas(old_words), areas(new_words)))
        elif (
            standing
            and id(new) in origins
            and not (new.held or pair.moved)
            and (facts := standing.facts(old, new))
        ):
            found.append(_change(new, facts, areas(old.words), areas(new.words)))
    yield from gathered(found)


class Neighbours:
    """What comes before each passage of a file in the order of reading, and whether other text
    shares its lines.
    """

    def __init__(self, document: Document) -> None:
        self.before = {id(passage): before for before, passage in pairwise(document.passages)}
        #: The left and right ends of what is on every row of a page, rows of a mm, by the name of
        #: its place.
        self.rows: dict[tuple[int, int], dict[str, tuple[float, float]]] = {}
        for block in document.blocks:
            for word in block.words:
                row = self.rows.setdefault((word.page, round(word.bottom)), {})
                left, right = row.get(word.place, (word.x, word.right))
                row[word.place] = min(left, word.x), max(right, word.right)

    def flows(self, passage: Passage) -> bool:
        """Whether the passage shares a line of text with others, so that it goes where they push
        it.
        """
        place = passage.words[0].place
        return any(
            other != place and start - right < _SPACE and left - end < _SPACE
            for page, row in {(word.page, round(word.bottom)) for word in passage.words}
            for left, right in (self.rows.get((page, row), {}).get(place, (0.0, 0.0)),)
            for near in (row - 1, row, row + 1)
            for other, (start, end) in self.rows.get((page, near), {}).items()
        )


def _change(
    passage: Passage | PlacedPicture,
    facts: tuple[Fact, ...],
    old: tuple[Area, ...],
    new: tuple[Area, ...],
) -> Change:
    language = passage.language if isinstance(passage, Passage) else passage.name.language
    return Change(
        Kind.LAYOUT,
        Act.CHANGED,
        field=passage.name.field,
        name=passage.name.id,
        language=language,
        facts=facts,
        old_areas=old,
        new_areas=new,
    )


def gathered(changes: Sequence[Change]) -> Iterator[Change]:
    """Changes with the facts that they have alone, and each fact that many passages share as one
    change with all their areas.
    """
    sharing: dict[Fact, list[Change]] = {}
    for change in changes:
        for fact in change.facts:
            sharing.setdefault(fact, []).append(change)
    shared = {fact: ones for fact, ones in sharing.items() if len(ones) > _MOST_ALONE}
    for change in changes:
        if own := tuple(fact for fact in change.facts if fact not in shared):
            yield replace(change, facts=own)
    for fact, ones in shared.items():
        alone = len({one.field for one in ones}) == 1
        yield replace(
            ones[0],
            field=ones[0].field if alone else "",
            name=ones[0].name if alone else "",
            facts=(fact, Fact("passages", "", str(len(ones)))),
            old_areas=tuple(area for one in ones for area in one.old_areas),
            new_areas=tuple(area for one in ones for area in one.new_areas),
        )


def _facts(old: Style, new: Style, scale: float) -> Iterator[Fact]:
    size = f"{old.size:g} pt", f"{new.size:g} pt"
    looks = (
        ("font", old.font, new.font),
        ("size", *(size if _is_resized(old, new, scale) else ("", ""))),
        ("weight", "bold" if old.bold else "regular", "bold" if new.bold else "regular"),
        ("style", "italic" if old.italic else "upright", "italic" if new.italic else "upright"),
        ("colour", old.colour, new.colour),
    )
    return (Fact(name, before, now) for name, before, now in looks if before != now)


def _is_resized(old: Style, new: Style, scale: float) -> bool:
    """Whether a size is another than that of the whole file's scale makes of it."""
    if scale == 1:
        return old.size != new.size
    return abs(old.size * scale - new.size) > _ROUNDED + _SCALED * new.size


def _scale(whole: Sequence[tuple[Passage, Passage]]) -> float:
    """How much larger the text of one file is than that of the other, as where two pages are
    printed on a sheet; 1 if it is about as large.
    """
    ratios = [
        new.words[0].style.size / old.words[0].style.size
        for old, new in whole
        if old.words[0].style.size > 0 and new.words[0].style.size > 0
    ]
    found = median(ratios) if ratios else 1.0
    same = sum(abs(ratio / found - 1) < 2 * _SCALED for ratio in ratios)
    return found if abs(found - 1) > _SCALED and 2 * same > len(ratios) else 1.0


def _styles(old: Passage, new: Passage, scale: float) -> tuple[Fact, ...]:
    return tuple(
        dict.fromkeys(
            fact
            for one, other in _words(old, new)
            for fact in _facts(one.style, other.style, scale)
        )
    )


def _restyled(
    old: Passage, new: Passage, scale: float
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words that look different."""
    pairs = [
        (one, other)
        for one, other in _words(old, new)
        if any(True for _ in _facts(one.style, other.style, scale))
    ]
    return tuple(one for one, _ in pairs), tuple(other for _, other in pairs)


def _words(old: Passage, new: Passage) -> list[tuple[Word, Word]]:
    """The words that both have, each as it was and as it is."""
    keys = [[token.key for token in passage.tokens] for passage in (old, new)]
    same = (
        [(0, 0, len(keys[0]))]
        if keys[0] == keys[1]
        else SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_matching_blocks()
    )
    tokens = (
        (old.tokens[i + step], new.tokens[j + step])
        for i, j, count in same
        for step in range(count)
    )
    pairs = (
        (old.words[one.words[0]], new.words[other.words[0]]) for one, other in tokens if one.is_word
    )
    return list(dict.fromkeys(pairs))


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where passages are: what is beside and before them in both files (`then`, `now`), which
    passages of the old file have the same text (`origins`), and which look different (`styled`),
    both by the new one's identity.
    """

    then: Neighbours
    now: Neighbours
    origins: Mapping[int, Passage]
    styled: Container[int]

    def facts(self, old: Passage, new: Passage) -> tuple[Fact, ...]:
        """What differs in the place of a passage; nothing, if it flows with others."""
        found = (*self._sides(old, new), *self._space_before(old, new))
        return () if found and (self.then.flows(old) or self.now.flows(new)) else found

    def _sides(self, old: Passage, new: Passage) -> Iterator[Fact]:
        """The left edge, on a page of the same side, and the measure; not of a passage that flowed
        into another column.
        """
        if len(_columns(old)) != len(_columns(new)):
            return
        left = min(word.x for word in old.words), min(word.x for word in new.words)
        if (old.page - new.page) % 2 == 0 and abs(left[0] - left[1]) > _NEAR:
            yield Fact("left", _mm(left[0]), _mm(left[1]))
        width = (
            max(word.right for word in old.words) - left[0],
            max(word.right for word in new.words) - left[1],
        )
        if abs(width[0] - width[1]) > (_CALL if old.calls or new.calls else 2 * _NEAR):
            yield Fact("width", _mm(width[0]), _mm(width[1]))

    def _space_before(self, old: Passage, new: Passage) -> Iterator[Fact]:
        """The space before a passage, if the one before it is the same and does not push it."""
        before, now = self.then.before.get(id(old)), self.now.before.get(id(new))
        if before is None or now is None or now.is_note != new.is_note:
            return
        if self.origins.get(id(now)) is not before or id(now) in self.styled:
            return
        space = _space(before, old), _space(now, new)
        if space[0] is not None and space[1] is not None and abs(space[0] - space[1]) > _NEAR:
            yield Fact("space before", _mm(space[0]), _mm(space[1]))


def _columns(passage: Passage) -> list[tuple[float, float]]:
    """The left and right ends of the columns that the lines of a passage are in."""
    found: list[tuple[float, float]] = []
    for left, right in sorted((x, x + width) for _, x, _, width, _ in areas(passage.words)):
        if found and left < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def _space(before: Passage, passage: Passage) -> float | None:
    """The space between two passages of a page; None if they are not on one, or are beside each
    other.
    """
    last, first = before.words[-1], passage.words[0]
    if last.page != first.page or first.y < last.bottom - first.height / 2:
        return None
    return first.y - last.bottom


def picture_layout(old: PlacedPicture, new: PlacedPicture) -> Iterator[Change]:
    """Whether a picture has another size, or is elsewhere across the page."""
    if not old.area or not new.area:
        return
    names = (("left", 1), ("width", 3), ("height", 4))
    facts = tuple(
        Fact(name, _mm(old.area[side]), _mm(new.area[side]))
        for name, side in names
        if abs(old.area[side] - new.area[side]) > _NEAR
    )
    if facts:
        yield _change(new, facts, (old.area,), (new.area,))


def _mm(value: float) -> str:
    return f"{value:.1f} mm"


def shift(old: Iterable[Word], new: Iterable[Word]) -> float:
    """How far words are from where they were at most, in mm, along or down the page."""
    return max(
        (
            max(abs(one.x - other.x), abs(one.y - other.y))
            for one, other in zip(old, new, strict=False)
        ),
        default=0.0,
    )
