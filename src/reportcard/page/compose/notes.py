"""The numbers of notes: in the order in which they are called on the pages of a card."""

from dataclasses import dataclass, field

from reportcard.page.compose.blocks import Called


@dataclass(slots=True)
class NoteNumbers:
    """Numbers the notes of a card in one language as their calls come up. `prefix` begins the HTML
    ids (`peru.en`).

    A note that is called again is printed again under a new number, or, where the edition has
    `repeated_notes: same`, keeps the number that it had and is not printed again.
    """

    prefix: str
    keeps_number: bool
    calls: list[Called] = field(default_factory=list)

    def call(self, note: str) -> tuple[Called, bool]:
        """The next call of a note, and whether the note is printed with it."""
        earlier = [called for called in self.calls if called.note == note]
        call_id = f"{self.prefix}.call.{note}.{len(earlier) + 1}"
        if earlier and self.keeps_number:
            called = Called(earlier[0].number, note, call_id, earlier[0].note_id)
            is_printed = False
        else:
            number = 1 + len({called.note_id for called in self.calls})
            called = Called(number, note, call_id, self._note_id(note, len(earlier) + 1))
            is_printed = True
        self.calls.append(called)
        return called, is_printed

    def number(self, note_id: str) -> int:
        """The number of a note as printed; of one that is not yet, what it will be."""
        known = (called.number for called in self.calls if called.note_id == note_id)
        return next(known, len(self.calls) + 1)

    def cited(self, note: str, *, is_called_beside: bool) -> str:
        """The HTML id of the printed note that a citation means: the one called next to it, else
        the last one printed before. Empty if there is none.
        """
        printed = [called.note_id for called in self.calls if called.note == note]
        if is_called_beside and not (self.keeps_number and printed):
            return self._note_id(note, len(printed) + 1)
        if is_called_beside:
            return printed[0]
        return printed[-1] if printed else ""

    def _note_id(self, note: str, count: int) -> str:
        return f"{self.prefix}.notes.{note}.{count}"
