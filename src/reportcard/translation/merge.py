"""What a translator sends back is merged into the content: only what came back changed, block by
block, and nothing typed is lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from reportcard.content.loading import Content
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.segments import segment_key
from reportcard.content.splicing import spliced
from reportcard.content.yaml import read_tree
from reportcard.messages.message import Message, message
from reportcard.translation.confirmation import Confirmation, Standing
from reportcard.translation.judgement import Account, Changes, Rejected, TypedBlock, judged
from reportcard.translation.parcel import Returned
from reportcard.translation.sidecar import Done, Sidecar, dumped, first_key
from reportcard.translation.status import BlockState
from reportcard.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Merged:
    """New bytes of the files that change, by their path; the blocks imported, how many of them need
    review, those left as they were, how many of these are their source, and what was rejected.
    """

    files: dict[str, bytes]
    imported: tuple[Message, ...]
    untouched: int
    rejected: tuple[Rejected, ...]
    to_review: int = 0
    equal: int = 0


def merged(
    workspace: Workspace,
    content: Content,
    standing: Standing,
    returned: Returned,
    word: Confirmation,
) -> Merged:
    """Merges what came back for one scope and language into its file and its sidecar."""
    return _written(workspace, standing, judged(standing, returned, content), word)


def _written(
    workspace: Workspace, standing: Standing, account: Account, word: Confirmation
) -> Merged:
    pair = standing.pair
    try:
        data = workspace.read(pair.file)
    except FileNotFoundError:
        for changes in account.accepted.values():
            account.reject(
                changes,
                message(
                    (
                        "{file} does not exist. Create it with `reportcard new`, or "
                        "copy the source "
                        "language's file."
                    ),
                    file=pair.file,
                ),
            )
        return Merged({}, (), account.untouched, tuple(account.rejected), equal=account.equal)
    model, _ = read_tree(workspace.read(pair.source_file), "")
    known, by_field = standing.known, standing.by_field()
    imported: list[TypedBlock] = []
    for name, changes in account.accepted.items():
        blocks = by_field[name]
        new = tuple(_blocks(blocks, changes))
        if blocks[0].unit.target is None and len(new) < len(blocks):
            account.reject(
                changes,
                message(
                    (
                        "only {translated} of the {total} blocks in this field are translated. "
                        "Translate the rest: a field can be imported only as a whole."
                    ),
                    translated=len(new),
                    total=len(blocks),
                ),
            )
            continue
        try:
            if any(change.has_new_words for change in changes.values()):
                rewrite = Rewrite(tuple(name.split(".")), new, blocks[0].unit.source)
                data = spliced(data, pair.file, [rewrite], model)
        except SpliceError as error:
            reason = message("the file cannot be changed: {reason}.", reason=error.args[0])
            account.reject(changes, reason)
            continue
        known[name] = tuple(_done(blocks, changes, known.get(name, ()), word))
        imported.extend(changes.values())
    sidecar = Sidecar(pair.source_language, MappingProxyType(known))
    files = {pair.file: data, pair.sidecar: dumped(sidecar)} if imported else {}
    return Merged(
        files,
        tuple(map(_imported, imported)),
        account.untouched,
        tuple(account.rejected),
        sum(change.is_to_review for change in imported),
        account.equal,
    )


def _imported(change: TypedBlock) -> Message:
    name, number = change.block.unit.name, change.block.number
    block = message("{field}, block {number}", field=name, number=number)
    return message("{block} (needs review)", block=block) if change.is_to_review else block


def _blocks(blocks: Sequence[BlockState], changes: Changes) -> Iterator[tuple[str, str]]:
    """The blocks of the translation as they will be: those already there in their order, new ones
    after what is before them in the source.
    """
    placed: list[tuple[float, str, str]] = []
    last = -1.0
    for block in blocks:
        typed = changes[block.number][1] if block.source and block.number in changes else None
        if block.target is not None:
            last = float(block.target.rows[0])
            placed.append((last, block.target.kind, typed or block.target.text))
        elif typed is not None and block.source:
            last += 0.001
            placed.append((last, block.source.kind, typed))
    for _, kind, text in sorted(placed, key=lambda one: one[0]):
        yield kind, text


def _done(
    blocks: Sequence[BlockState],
    changes: Changes,
    before: Sequence[Done],
    word: Confirmation,
) -> Iterator[Done]:
    """The field's new entry: what was imported fits the source as it is now; the others stay as
    they were.
    """
    for block in blocks:
        if block.source is None:
            continue
        key = block.key or segment_key(block.source.text)
        if block.number in changes:
            change = changes[block.number]
            yield Done(
                block.source.text,
                segment_key(change.typed),
                kept=False,
                by=word.by,
                on=word.on,
                is_to_review=change.is_to_review,
                first=first_key(key, block.source.text),
            )
        elif block.target is not None:
            old = next((one for one in before if one.source == block.before), None)
            translation = segment_key(block.target.text)
            if old:
                yield replace(old, translation=translation)
            else:
                first = first_key(key, block.before)
                yield Done(block.before, translation, kept=False, by="", on="", first=first)


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
