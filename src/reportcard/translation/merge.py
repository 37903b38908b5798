"""What a translator sends back is merged into the content: only what came back changed, block by
block, and nothing typed is lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from reportcard.content.loading import EDITION, Content
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.segments import NOTHING, folded, segment_key
from reportcard.messages.message import Message, message
from reportcard.translation import skeleton
from reportcard.translation.confirmation import Confirmation, Standing
from reportcard.translation.judgement import Account, Changes, Rejected, TypedBlock, judged
from reportcard.translation.parcel import Returned
from reportcard.translation.sidecar import Done, Sidecar, dumped, first_key
from reportcard.translation.skeleton import TranslationFile
from reportcard.translation.stamps import block_ids
from reportcard.translation.status import REORDERED, BlockState
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
    missing: tuple[str, ...] = ()


def merged(
    workspace: Workspace,
    content: Content,
    standing: Standing,
    returned: Returned,
    word: Confirmation,
) -> Merged:
    """Merges what came back for one scope and language into its file and its sidecar."""
    made = _written(workspace, content, standing, judged(standing, returned, content), word)
    return replace(made, missing=missing(standing, returned))


def missing(standing: Standing, returned: Returned) -> tuple[str, ...]:
    """The blocks that are not in a file with fewer items than were exported. Tools also drop what
    the source no longer has; that is nothing to say anything about.
    """
    if len(returned.items) >= returned.exported:
        return ()
    came = {item.id for item in returned.items}
    sources = {folded(item.source) for item in returned.items}
    return tuple(
        id_
        for id_, block in block_ids(standing.blocks).items()
        if id_ not in came and block.source and block.source.text not in sources
    )


def _written(
    workspace: Workspace,
    content: Content,
    standing: Standing,
    account: Account,
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
        return _merged(account, {}, ())
    file = TranslationFile.of(workspace, pair)
    rewrites = {
        name: _rewrite(by_field[name], changes)
        for name, changes in account.accepted.items()
        if any(change.has_new_words for change in changes.values())
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
    imported: list[TypedBlock] = []
    for name, changes in account.accepted.items():
        known[name] = tuple(_done(by_field[name], changes, known.get(name, ()), word))
        imported.extend(changes.values())
    if not imported:
        return _merged(account, {}, ())
    if files[pair.file] == file.data:
        del files[pair.file]
    files[pair.sidecar] = dumped(Sidecar(pair.source_language, MappingProxyType(known)))
    return _merged(account, files, imported)


def _merged(account: Account, files: dict[str, bytes], imported: Sequence[TypedBlock]) -> Merged:
    return Merged(
        files,
        tuple(map(_imported, imported)),
        account.untouched,
        tuple(account.rejected),
        sum(change.is_to_review for change in imported),
        account.equal,
    )


def _rewrite(blocks: Sequence[BlockState], changes: Changes) -> Rewrite:
    unit = blocks[0].unit
    return Rewrite(tuple(unit.name.split(".")), tuple(_blocks(blocks, changes)), unit.source)


def _imported(change: TypedBlock) -> Message:
    name, number = change.block.unit.name, change.block.number
    block = message("{field}, block {number}", field=name, number=number)
    return message("{block} (needs review)", block=block) if change.is_to_review else block


def _blocks(blocks: Sequence[BlockState], changes: Changes) -> Iterator[tuple[str, str]]:
    """The blocks of the translation as they will be: those already there in their order, new ones,
    and those translated again since they were moved, after what is before them in the source. In a
    field that is not there yet, all have a place.
    """
    placed: list[tuple[float, str, str]] = []
    last = -1.0
    for block in blocks:
        typed = changes[block.number].typed if block.source and block.number in changes else None
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
            placed.append((last, _new(block, block.source.text, changes[block.number], word)))
        elif record is not None:
            key = segment_key(block.target.text) if block.target else record.translation
            own = replace(record, translation=key, gone=block.source is None)
            placed.append((float(block.record or 0), own))
            last = float(block.record or 0) if is_in_place and block.source else last
    yield from (done for _, done in sorted(placed, key=lambda one: one[0]))


def _new(block: BlockState, source: str, change: TypedBlock, word: Confirmation) -> Done:
    return Done(
        source,
        segment_key(change.typed),
        kept=False,
        by=word.by,
        on=word.on,
        is_to_review=change.is_to_review,
        first=first_key(block.key or segment_key(source), source),
    )


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
