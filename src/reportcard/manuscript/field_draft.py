"""A field that is put together from the blocks that the content has and those that came back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from reportcard.content.redrafts import NewBlock
from reportcard.content.segments import Segment
from reportcard.content.table_rows import CellPlace


@dataclass(eq=False, slots=True)
class _Place:
    """A block in a field that is being put together; of a cell also its place in the text, and of a
    new one the row of the file that it came in.
    """

    number: int | None
    kind: str
    text: str
    cell: CellPlace | None = None
    row: int = 0


@dataclass(slots=True)
class FieldDraft:
    """A field that is being put together: its blocks in order, those that were written out by
    their index, the one that was put last, and the one before it.
    """

    listed: list[_Place]
    places: dict[int, _Place]
    last: _Place | None = None
    before: _Place | None = None
    #: New blocks that are there already.
    added: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, now: Sequence[Segment], counterparts: Mapping[int, int]) -> Self:
        """The field as the content has it."""
        listed = [
            _Place(
                number,
                one.kind,
                one.text,
                CellPlace(one.rows[0], 0, 0) if one.kind == "cell" else None,
            )
            for number, one in enumerate(now)
        ]
        return cls(listed, {index: listed[number] for index, number in counterparts.items()})

    def blocks(self) -> Iterator[NewBlock]:
        """The field as it is to be written."""
        for one in self.listed:
            cell = one.cell if one.number is None else None
            yield NewBlock(one.number, one.kind, one.text, cell)

    def remove(self, gone: Iterable[int]) -> None:
        """Takes blocks out, those that are there."""
        for index in gone:
            if index in self.places:
                self.listed.remove(self.places.pop(index))

    def add(self, kind: str, text: str) -> None:
        """Puts a new block after the last, unless it is there already."""
        if not self._is_there(text):
            self._insert(_Place(None, kind, text))

    def add_cell(self, text: str, row: int, column: int, own: int | None) -> None:
        """Puts a new cell of a row of the file into a row of the text, or, if that has none of its
        `own`, into a new one below the last.
        """
        if self._is_there(text):
            return
        last = self.last
        if last is not None and last.number is None and last.row == row and last.cell:
            if last.cell.column == column:
                last.text = f"{last.text} {text}"
                return
            place: CellPlace | None = last.cell._replace(column=column)
        elif own is not None:
            place = CellPlace(own, 0, column)
        elif last is not None and last.cell is not None:
            place = CellPlace(last.cell.row, last.cell.below + 1, column)
        else:
            place = None
        self._insert(_Place(None, "cell", text, place, row))

    def put(self, index: int, kind: str, text: str | None) -> None:
        """Goes on to a block that was written out, with another text if one is given; one that is
        gone is put in again.
        """
        place = self.places.get(index)
        if place is None:
            self._insert(_Place(None, kind, text or ""))
            return
        place.text = place.text if text is None else text
        self.before, self.last = self.last, place

    def retype(self, index: int, kind: str) -> None:
        """Makes another kind of a block that was written out, as if it was new there."""
        if place := self.places.get(index):
            place.number, place.kind = None, kind

    def move(self) -> None:
        """Puts the last block after the one before it."""
        place, self.last = self.last, self.before
        if place is not None:
            self.listed.remove(place)
            self._insert(place)

    def _is_there(self, text: str) -> bool:
        """Goes on to a new block that is there already, if there is one of a text."""
        if not self.added[text]:
            return False
        self.added[text] -= 1
        start = self.listed.index(self.last) + 1 if self.last in self.listed else 0
        own = [id(place) for place in self.places.values()]
        others = (one for one in self.listed[start:] if one.text == text and id(one) not in own)
        self.last = next(others, self.last)
        return True

    def _insert(self, place: _Place) -> None:
        at = self.listed.index(self.last) + 1 if self.last else 0
        self.listed.insert(at, place)
        self.before, self.last = self.last, place
