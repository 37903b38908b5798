"""A manuscript that came back into the content: its edits, and the files with some of them made."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from reportcard.content.loading import Content
from reportcard.content.model import Card
from reportcard.content.redrafts import Redraft, redrafted
from reportcard.content.removal import without
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.shelf import ContentFile, Shelf, Sourced, texts
from reportcard.content.splicing import spliced
from reportcard.content.tree import Text
from reportcard.errors import ExitCode, ReportCardError
from reportcard.intake.names import distinct, slug
from reportcard.intake.receipt import Submission
from reportcard.manuscript.binding import NEW_NOTE, Binding, bound
from reportcard.manuscript.card import dispatched
from reportcard.manuscript.dispatch import Dispatch, addressed, unpacked
from reportcard.manuscript.edit_finder import found_edits
from reportcard.manuscript.edits import Edits
from reportcard.manuscript.letters import written
from reportcard.manuscript.merge import EditState, FieldEdits, JudgedEdit, by_field, judged
from reportcard.manuscript.returned import ReturnedManuscript, Trace
from reportcard.manuscript.unread import remarks_on
from reportcard.manuscript.word_file import read_manuscript
from reportcard.messages.message import Message, message
from reportcard.problems.problem import Problem

_CALL: Final = re.compile(r"\[\^([^\]\s]+)\]")
_CITED: Final = re.compile(r"\]\{cites=([^}]+)\}")


@dataclass(frozen=True)
class Update:
    """A manuscript beside the card that it is of: its edits as they can be made; the texts of new
    notes, by name; remarks for a person.
    """

    country: str
    language: str
    card: Sourced[Card]
    manuscript: ReturnedManuscript
    dispatch: Dispatch
    fields: tuple[FieldEdits, ...]
    edits: tuple[JudgedEdit, ...]
    new_notes: Mapping[str, tuple[str, ...]]
    remarks: tuple[Message, ...] = ()

    @property
    def file(self) -> str:
        """The card's file, by its path in the workspace."""
        return f"content/{self.country}/{self.language}.yaml"


@dataclass(frozen=True, slots=True)
class Updated:
    """The card's file with edits made, or the same bytes if none was; the numbers of those made;
    the edits that could not be, each with the reason; the notes added and removed; and what is
    wrong with the new text.
    """

    data: bytes
    made: frozenset[int]
    refused: Mapping[int, Message]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def addressee(data: bytes, name: str) -> tuple[str, str] | None:
    """The country and language that a manuscript was written for; None if the file does not say.
    Raises ReportCardError (UNREADABLE).
    """
    return addressed(read_manuscript(data, name).properties)


def compared(content: Content, submission: Submission, *, has_values: bool) -> Update:
    """A manuscript that came back, beside its card; `has_values` is whether the values of the
    content can be put into words. Raises ReportCardError (UNREADABLE) for a file that cannot be
    read, (USAGE) for one of another card.
    """
    country, language = submission.country, submission.language
    manuscript = read_manuscript(submission.data, submission.name)
    card = content.cards[country][language]
    remarks: list[Message] = []
    dispatch = unpacked(manuscript.properties)
    if dispatch is None or (dispatch.country, dispatch.language) != (country, language):
        if dispatch is not None:
            raise _other_card(submission, dispatch)
        dispatch = dispatched(content, country, language, has_values=has_values)
        remarks.append(
            message(
                "The file no longer contains the record of the exported text, so it is compared "
                "with the current content."
            )
        )
    binding = bound(manuscript, dispatch)
    own = {path: text for path, text in texts(card.model) if ".".join(path) not in card.fallen}
    names, notes = _named_notes(binding, own)
    edits = _with_names(found_edits(binding, dispatch, manuscript.saved), names)
    fields = by_field(edits, dispatch, own)
    found = judged(fields)
    if remarks:
        found = tuple(_doubtful(one, manuscript.saved) for one in found)
    remarks.extend(
        message("Note {note} appears twice and was changed in two different ways.", note=note)
        for note in binding.divided
    )
    remarks.extend(dict.fromkeys(remarks_on(manuscript, binding.blocks, dispatch)))
    return Update(
        country,
        language,
        card,
        manuscript,
        dispatch,
        fields,
        found,
        MappingProxyType(notes),
        tuple(remarks),
    )


def _doubtful(judged: JudgedEdit, saved: Trace) -> JudgedEdit:
    """An edit in a file that does not know what was written out: one that was not tracked may be a
    change of the content.
    """
    if judged.state is not EditState.OPEN or judged.edit.trace != saved:
        return judged
    why = message("this change was not tracked, so it may come from a later edit of the content.")
    return JudgedEdit(judged.edit, EditState.CONFLICT, why)


def _other_card(submission: Submission, dispatch: Dispatch) -> ReportCardError:
    return ReportCardError(
        message(
            "{file} is a manuscript for {found}, not for {wanted}.",
            file=submission.name,
            found=f"{dispatch.country}/{dispatch.language}",
            wanted=f"{submission.country}/{submission.language}",
        ),
        code=ExitCode.USAGE,
        advice=message("Omit --country and --language, or choose another file."),
    )


# --- new notes ------------------------------------------------------------------------------------


def _named_notes(
    binding: Binding, own: Mapping[tuple[str, ...], Text]
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The name of each new note, and by it the text of those that the content does not have."""
    taken = {path[1]: " ".join(text.split()) for path, text in own.items() if path[0] == "notes"}
    blocks = {
        name: tuple(filter(None, (written(line.finals).strip() for line in lines)))
        for name, lines in binding.new_notes.items()
    }
    names: dict[str, str] = {}
    added: dict[str, tuple[str, ...]] = {}
    known = {text: name for name, text in taken.items()}
    for name, texts_of in blocks.items():
        whole = " ".join(texts_of)
        if whole in known:
            names[name] = known[whole]
            continue
        wanted = slug(whole, "note") or "note"
        *_, made = distinct((*taken, *added, wanted))
        names[name] = known[whole] = made
        added[made] = texts_of or ("?",)
    return names, added


def _with_names(edits: Edits, names: Mapping[str, str]) -> Edits:
    """Edits with the names of new notes at their calls."""

    def renamed(text: str) -> str:
        return _CALL.sub(lambda call: f"[^{names.get(call[1], call[1])}]", text)

    for block in edits.blocks:
        for line in block.lines:
            for one in line.letters:
                if one.letter.note.startswith(NEW_NOTE):
                    one.letter = replace(one.letter, note=names[one.letter.note])
                    one.original = one.letter
    return Edits(
        tuple(
            replace(one, before=renamed(one.before), after=renamed(one.after))
            for one in edits.edits
        ),
        edits.blocks,
    )


# --- making them ----------------------------------------------------------------------------------


def acceptable(update: Update) -> frozenset[int]:
    """The edits that are accepted together: those without a conflict."""
    return frozenset(one.edit.number for one in update.edits if one.state is EditState.OPEN)


def updated(update: Update, accepted: frozenset[int], quotes: str) -> Updated:
    """The card's file with some edits made; a conflict that is among them takes the text of the
    manuscript.
    """
    states = {one.edit.number: one.state for one in update.edits}
    wanted = frozenset(
        number for number in accepted if states[number] in (EditState.OPEN, EditState.CONFLICT)
    )
    writer = _EditWriter(update.file, update.card.data)
    for one in update.fields:
        if numbers := wanted & {edit.number for edit in one.edits}:
            writer.parts.append((one, numbers))
    writer.write()
    data, added, removed = _with_notes(update, writer.data)
    made = Updated(data, frozenset(writer.made), writer.refused, added, removed)
    return _checked(update, made, quotes)


@dataclass(slots=True)
class _EditWriter:
    """Makes edits in a file: all at once if they can be, else field by field, and in a field one
    after the other.
    """

    file: str
    data: bytes
    parts: list[tuple[FieldEdits, frozenset[int]]] = field(default_factory=list)
    made: set[int] = field(default_factory=set)
    refused: dict[int, Message] = field(default_factory=dict)

    def write(self) -> None:
        """Makes the edits of all fields."""
        if self._refusal(self.parts) is None:
            return
        for field_, numbers in self.parts:
            if self._refusal([(field_, numbers)]) is not None:
                self._one_by_one(field_, numbers)

    def _one_by_one(self, field_: FieldEdits, numbers: frozenset[int]) -> None:
        """Makes those edits of a field that can be made together, in their order."""
        before, kept = self.data, frozenset[int]()
        for number in sorted(numbers):
            now, self.data = self.data, before
            if why := self._refusal([(field_, kept | {number})]):
                self.data = now
                self.refused[number] = why
            else:
                kept |= {number}

    def _refusal(self, parts: Sequence[tuple[FieldEdits, frozenset[int]]]) -> Message | None:
        """Makes edits, or gives the reason why they cannot be made."""
        redrafts = []
        for field_, numbers in parts:
            if field_.text is None:
                return message("the content no longer has this field.")
            blocks = field_.redraft(numbers)
            if not blocks:
                return message("the field would be left empty.")
            redrafts.append(Redraft(field_.path, field_.text, blocks))
        try:
            self.data = redrafted(self.data, self.file, redrafts) if redrafts else self.data
        except SpliceError as error:
            return message("the file cannot be changed: {reason}.", reason=error.message)
        self.made |= {number for _, numbers in parts for number in numbers}
        return None


def _with_notes(update: Update, data: bytes) -> tuple[bytes, tuple[str, ...], tuple[str, ...]]:
    """The file with the new notes that it calls, and without those that it called before and no
    longer does.
    """
    before, after = update.card.data.decode("utf-8-sig"), data.decode("utf-8-sig")
    called, cited = set(_CALL.findall(after)), set(_CITED.findall(after))
    new = [name for name in update.new_notes if name in called]
    model = update.card.model
    gone = [
        name
        for name in dict.fromkeys(_CALL.findall(before))
        if name in model.notes and name not in called | cited
    ]
    if new:
        rewrites = [
            Rewrite(("notes", name), tuple(_as_note(update.new_notes[name]))) for name in new
        ]
        data = spliced(data, update.file, rewrites)
    try:
        data = without(data, update.file, [("notes", name) for name in gone])
    except SpliceError:
        gone = []
    return data, tuple(new), tuple(gone)


def _as_note(blocks: Sequence[str]) -> Iterator[tuple[str, str]]:
    kind = "line" if len(blocks) == 1 else "paragraph"
    yield from ((kind, text) for text in blocks)


def _checked(update: Update, made: Updated, quotes: str) -> Updated:
    """What came out, if it can still be read."""
    file = ContentFile(update.file, Card, update.country, quotes)
    known, before = Shelf().read(file, update.card.data)
    sourced, problems = Shelf().read(file, made.data)
    told = {(one.code, one.field, str(one.message)) for one in before}
    new = tuple(one for one in problems if (one.code, one.field, str(one.message)) not in told)
    if sourced is None and known is not None:
        why = message("the text would not be valid content.")
        refused = dict.fromkeys(made.made, why)
        return Updated(update.card.data, frozenset(), refused, problems=new)
    return replace(made, problems=new)
