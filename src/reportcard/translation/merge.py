"""What a translator sends back is merged into the content: only what came back changed, block by
block, and nothing typed is lost.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from reportcard.checks.labels import too_long
from reportcard.content.loading import EDITION, Content
from reportcard.content.markdown import parse_prose
from reportcard.content.model import House
from reportcard.content.prose import Call, Prose, Value
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.scalars import Line
from reportcard.content.segments import NOTHING, folded, segment_key, segments
from reportcard.content.signs import printed
from reportcard.content.tree import BLOCK, Text
from reportcard.messages.message import Message, message
from reportcard.translation import skeleton
from reportcard.translation.confirmation import Confirmation, Standing
from reportcard.translation.parcel import Returned, item_id
from reportcard.translation.sidecar import Done, Sidecar, dumped
from reportcard.translation.skeleton import TranslationFile
from reportcard.translation.status import REORDERED, BlockState
from reportcard.workspace.workspace import Workspace

_ID: Final = re.compile(
    r"(?P<field>[^#]+)#(?P<source>[0-9a-f]{8}(-\d+)?)@(?P<target>[0-9a-f]{8}|-)"
)
_VALUE_NAME: Final = re.compile(r"\{\{\s*([\w.-]+)")


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was typed and could not be merged, for which block, and a sentence that says why."""

    id: str
    source: str
    typed: str
    why: Message | str


@dataclass(frozen=True, slots=True)
class Merged:
    """New bytes of the files that change, by their path; the blocks imported, those left as they
    were, and what was rejected.
    """

    files: dict[str, bytes]
    imported: tuple[Message, ...]
    untouched: int
    rejected: tuple[Rejected, ...]


Changes = dict[int, tuple[BlockState, str]]
"""The blocks of a field that came back with other words, by their number, with what was typed."""


@dataclass(slots=True)
class _Account:
    """What becomes of all that came back: accepted, by field; rejected; or left as it was."""

    accepted: dict[str, Changes] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    untouched: int = 0

    def reject(self, changes: Changes, why: Message | str) -> None:
        """Rejects changes of a field that were accepted."""
        for block, typed in changes.values():
            source = block.source.text if block.source else ""
            self.rejected.append(Rejected(item_id(block), source, typed, why))

    def reject_all(self, why: Message) -> None:
        """Rejects all that was accepted."""
        while self.accepted:
            self.reject(self.accepted.popitem()[1], why)


def merged(
    workspace: Workspace,
    content: Content,
    standing: Standing,
    returned: Returned,
    word: Confirmation,
) -> Merged:
    """Merges what came back for one scope and language into its file and its sidecar."""
    blocks = {
        f"{block.unit.field}#{block.source.key}": block for block in standing.blocks if block.source
    }
    account = _Account()
    seen: dict[str, str] = {}
    for id_, given, raw in returned.items:
        source, typed = printed(given), printed(raw)
        match = _ID.fullmatch(id_)
        block = blocks.get(f"{match['field']}#{match['source']}") if match else None
        exported = match["target"] if match else ""
        if not typed or _says_nothing(typed, exported, block) or _is_copy(source, typed, block):
            account.untouched += 1
            continue
        why: Message | str | None
        if match is None:
            why = message("the block's id was changed, so its location is unknown.")
        elif seen.setdefault(id_, typed) != typed:
            why = message("this block appears twice, with different translations.")
        elif block is None:
            why = message(
                "the source of this block was changed or deleted after the file was exported."
            )
        else:
            is_there = block.target is not None and block.target.text == typed
            why = (None if is_there else _conflict(block, id_, source)) or _fault(
                block, typed, content, standing.pair.language
            )
        if why:
            account.rejected.append(Rejected(id_, source, typed, why))
        elif block:
            account.accepted.setdefault(block.unit.name, {})[block.number] = (block, typed)
    return _written(workspace, content, standing, account, word)


def _says_nothing(typed: str, exported: str, block: BlockState | None) -> bool:
    """Whether a block came back as it went out, by the key of its translation then; or as it is
    now, and that is recorded.
    """
    if segment_key(typed) == exported:
        return True
    if block is None or block.target is None or block.target.text != typed:
        return False
    return block.state.is_done and not block.is_edited


def _is_copy(source: str, typed: str, block: BlockState | None) -> bool:
    """Tools put the source where nothing is translated: that is not a translation, unless there is
    no word in it.
    """
    if not re.search(r"[^\W\d_]", typed):
        return False
    text = block.source.text if block and block.source else source
    return typed in (text, folded(source)) and (
        block is None or block.target is None or block.target.text != typed
    )


def _conflict(block: BlockState, id_: str, source: str) -> Message | None:
    """Why a block is no longer, or was never, as the file that came back has it."""
    if block.source and source and folded(source) != block.source.text:
        return message(
            "the source text in the file was changed, so the translation may not match the "
            "actual source."
        )
    if item_id(block) == id_:
        return None
    if block.target is None:
        return message("the translation in the content was deleted after the file was exported.")
    return message(
        (
            "the translation in the content was also changed after the file was exported. "
            "It is now: {text}"
        ),
        text=block.target.text,
    )


def _fault(block: BlockState, typed: str, content: Content, language: str) -> Message | str | None:
    """Why a typed text cannot be merged, in a translator's words; None if it can."""
    assert block.source
    is_line = block.source.kind == "line"
    kind = Line if is_line else Text
    text = Text(typed, "", BLOCK).as_(kind)
    quotes = content.edition.model.languages.get(language, House()).quotes
    prose, problems = parse_prose(text, block.unit.field, quotes, single_line=is_line)
    if problems:
        return problems[0].message
    if long := too_long(block.unit.name, prose):
        return long.message
    before, _ = parse_prose(
        Text(block.source.text, "", BLOCK).as_(kind),
        block.unit.field,
        quotes,
        single_line=is_line,
    )
    if _calls(before) != _calls(prose):
        return message(
            "the note references differ: {found} here, {expected} in the source.",
            found=tuple(_calls(prose)) or message("no note"),
            expected=tuple(_calls(before)) or message("no note"),
        )
    if _values(before) != _values(prose):
        return message(
            "the values differ: {found} here, {expected} in the source.",
            found=tuple(_values(prose)) or message("no value"),
            expected=tuple(_values(before)) or message("no value"),
        )
    found = segments(text)
    if len(found) != 1 or (not is_line and found[0].kind not in ("paragraph", "picture")):
        return message(
            "the translation begins with a marker, such as - or 1., that would turn it into a list."
        )
    return None


def _calls(prose: Prose) -> list[str]:
    return sorted(inline.note for inline in prose.inlines() if isinstance(inline, Call))


def _values(prose: Prose) -> list[str]:
    """Values by name; a country's name may be one where the other language has a pronoun."""
    names = {inline.name for inline in prose.inlines() if isinstance(inline, Value)}
    return sorted(name for name in names if not name.startswith(("country.", "countries.")))


def _written(
    workspace: Workspace,
    content: Content,
    standing: Standing,
    account: _Account,
    word: Confirmation,
) -> Merged:
    pair, by_field = standing.pair, standing.by_field()
    files: dict[str, bytes] = {}
    try:
        files |= skeleton.included(content, pair.language) if account.accepted else {}
    except SpliceError as error:
        why = message("{file} cannot be changed: {reason}.", file=EDITION, reason=error.message)
        account.reject_all(why)
    if not account.accepted:
        return Merged({}, (), account.untouched, tuple(account.rejected))
    file = TranslationFile.of(workspace, pair)
    rewrites = {
        name: _rewrite(by_field[name], changes) for name, changes in account.accepted.items()
    }
    try:
        files[pair.file] = file.rewritten(rewrites)
    except SpliceError:
        data, refused = file.rewritten_as_far_as_it_can_be(rewrites)
        files[pair.file] = data
        for name, fault in refused.items():
            reason = message("the file cannot be changed: {reason}.", reason=fault)
            account.reject(account.accepted.pop(name), reason)
    known = standing.known
    imported: list[Message] = []
    for name, changes in account.accepted.items():
        known[name] = tuple(_done(by_field[name], changes, known.get(name, ()), word))
        imported.extend(
            message("{field}, block {number}", field=name, number=number) for number in changes
        )
    sidecar = Sidecar(pair.source_language, MappingProxyType(known))
    if not imported:
        return Merged({}, (), account.untouched, tuple(account.rejected))
    if files[pair.file] == file.data:
        del files[pair.file]
    files[pair.sidecar] = dumped(sidecar)
    return Merged(files, tuple(imported), account.untouched, tuple(account.rejected))


def _rewrite(blocks: Sequence[BlockState], changes: Changes) -> Rewrite:
    unit = blocks[0].unit
    return Rewrite(tuple(unit.name.split(".")), tuple(_blocks(blocks, changes)), unit.source)


def _blocks(blocks: Sequence[BlockState], changes: Changes) -> Iterator[tuple[str, str]]:
    """The blocks of the translation as they will be: those already there in their order, new ones,
    and those translated again since they were moved, after what is before them in the source. In a
    field that is not there yet, all have a place.
    """
    placed: list[tuple[float, str, str]] = []
    last = -1.0
    for block in blocks:
        typed = changes[block.number][1] if block.source and block.number in changes else None
        there = block.target or block.gap
        is_moved = typed is not None and block.why == REORDERED
        if there is not None and not is_moved:
            row = float(there.rows[0])
            last = last if block.why == REORDERED else row
            placed.append((row, there.kind, typed or there.text))
        elif block.source and (typed is not None or block.unit.target is None):
            last += 0.001
            kind = there.kind if there else block.source.kind
            placed.append((last, kind, typed or NOTHING))
    for _, kind, text in sorted(placed, key=lambda one: one[0]):
        yield kind, text


def _done(
    blocks: Sequence[BlockState],
    changes: Changes,
    before: Sequence[Done],
    word: Confirmation,
) -> Iterator[Done]:
    """The field's new entry: what was imported fits the source as it is now; the others stay as
    they were, in their order then. So does what the source no longer has, while its translation is
    there.
    """
    placed: list[tuple[float, Done]] = []
    last = -1.0
    for block in blocks:
        record = None if block.record is None else before[block.record]
        is_in_place = block.record is not None and block.why != REORDERED
        if block.source is not None and block.number in changes:
            last = float(block.record or 0) if is_in_place else last + 0.001
            key = segment_key(changes[block.number][1])
            placed.append((last, Done(block.source.text, key, False, word.by, word.on)))
        elif record is not None:
            key = segment_key(block.target.text) if block.target else record.translation
            own = replace(record, translation=key, gone=block.source is None)
            placed.append((float(block.record or 0), own))
            last = float(block.record or 0) if is_in_place and block.source else last
    yield from (done for _, done in sorted(placed, key=lambda one: one[0]))


def rejection_report(rejected: Sequence[Rejected]) -> bytes:
    """What was rejected, as a text for people: nothing that was typed is lost."""
    parts = [
        message(
            "These translations could not be imported. Correct them in the translation "
            "file and import it again, or enter them in the content files."
        )
    ]
    parts += [
        message(
            "{id}\n  Reason: {why}\n  Source: {source}\n  Translation: {typed}",
            id=one.id,
            why=one.why,
            source=one.source,
            typed=one.typed,
        )
        for one in rejected
    ]
    return ("\n\n".join(map(str, parts)) + "\n").encode()
