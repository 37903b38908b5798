"""What becomes of each text that came back: taken, taken as needing review, left, or rejected with
a reason.

What counts is the text against what was exported, and what the translator's tool says of it as far
as that changed since.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from reportcard.content.loading import Content
from reportcard.content.segments import folded, segment_key
from reportcard.content.signs import printed
from reportcard.messages.message import Message, message
from reportcard.translation.codes import coded, filled
from reportcard.translation.confirmation import Standing
from reportcard.translation.faults import fault
from reportcard.translation.parcel import Returned, ReturnedItem, ToolMark
from reportcard.translation.stamps import (
    NOTHING,
    Stamp,
    block_ids,
    earlier_id,
    is_exported_id,
    is_under_review,
)
from reportcard.translation.status import BlockState, State

#: Signs that tools exchange for others on their own account.
_ALIKE: Final = str.maketrans("“”„«»‘’‚\u00a0\u202f", '"""""\'\'\'  ')


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was typed and could not be merged, for which block, and a sentence that says why."""

    id: str
    source: str
    typed: str
    why: Message | str


class TypedBlock(NamedTuple):
    """A block that came back with other words, with what was typed; or, where that is what it has,
    with another word on whether it needs review.
    """

    block: BlockState
    typed: str
    is_to_review: bool = False
    id: str = ""

    @property
    def has_new_words(self) -> bool:
        """Whether the translation in the content changes."""
        return self.block.target is None or self.block.target.text != self.typed


Changes = dict[int, TypedBlock]
"""The blocks of a field that came back changed, by their number."""


@dataclass(slots=True)
class Account:
    """What becomes of all that came back: accepted, by field; rejected; or left as it was. `equal`
    are texts that are their source, and so do not count as translated.
    """

    accepted: dict[str, Changes] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    untouched: int = 0
    equal: int = 0

    def reject(self, changes: Changes, why: Message | str) -> None:
        """Rejects changes of a field that were accepted."""
        for change in changes.values():
            source = change.block.source.text if change.block.source else ""
            self.rejected.append(Rejected(change.id, source, change.typed, why))

    def reject_all(self, why: Message) -> None:
        """Rejects all that was accepted."""
        while self.accepted:
            self.reject(self.accepted.popitem()[1], why)


@dataclass(frozen=True, slots=True)
class _Given:
    """An item that came back, with its block and its text as the content would have it."""

    item: ReturnedItem
    block: BlockState | None
    source: str
    typed: str
    unknown: tuple[str, ...]
    stamp: Stamp | None

    @property
    def now(self) -> str | None:
        """The translation in the content."""
        return self.block.target.text if self.block and self.block.target else None

    @property
    def is_as_exported(self) -> bool:
        """Whether nothing was typed since."""
        if self.stamp is None:
            return self.typed == self.now
        return segment_key(self.typed) == self.stamp.target

    @property
    def is_source(self) -> bool:
        """Whether it is a copy of the source, as tools put it where nothing is translated. A text
        without a word is none.
        """
        if not re.search(r"[^\W\d_]", self.typed):
            return False
        there = self.block.source.text if self.block and self.block.source else self.source
        return self.typed in (there, self.source)


def judged(standing: Standing, returned: Returned, content: Content) -> Account:
    """What becomes of each item that came back for a pair."""
    account = Account()
    found = _given(standing, returned)
    twice = _contradictions(found)
    languages = (standing.pair.source_language, standing.pair.language)
    for given in found:
        id_ = given.item.id or given.item.where
        if why := _broken(given):
            account.rejected.append(Rejected(id_, given.source, given.typed, why))
        elif not given.typed:
            account.untouched += 1
        elif given.typed == given.now or given.is_as_exported:
            _marked(given, account)
        elif id_ in twice:
            why = message("this block appears twice, with different translations.")
            account.rejected.append(Rejected(id_, given.source, given.typed, why))
        elif given.is_source and given.item.mark is not ToolMark.APPROVED:
            account.untouched += 1
            account.equal += 1
        elif refused := _refusal(given, content, languages):
            account.rejected.append(Rejected(id_, given.source, given.typed, refused))
        elif given.block:
            is_open = given.item.mark in (ToolMark.REVIEW, ToolMark.UNCONFIRMED)
            change = TypedBlock(given.block, given.typed, is_open, id_)
            account.accepted.setdefault(given.block.unit.name, {})[given.block.number] = change
    return account


def _broken(given: _Given) -> Message | None:
    """Why a text cannot be read, whatever it is the translation of."""
    if given.item.fault:
        return given.item.fault
    if given.unknown and not given.is_as_exported:
        return message(
            "the translation has codes that the source does not have: {codes}.", codes=given.unknown
        )
    return None


def _marked(given: _Given, account: Account) -> None:
    """A text that is as it was: a tool may have marked it for review, or removed such a mark."""
    block, mark = given.block, _mark(given)
    is_now = given.typed == given.now
    is_unrecorded = False
    if is_now and block and given.stamp and not given.is_as_exported and not _is_settled(block):
        # an import that was killed after it wrote the content, or the same file once more
        mark = mark or ToolMark.DONE
        is_unrecorded = block.is_edited or block.state is not State.REVIEW
    if not (block and block.target and block.source and is_now) or mark is ToolMark.NOTHING:
        account.untouched += 1
        return
    is_open = is_under_review(block.state)
    is_same_source = given.stamp is None or given.stamp.source == segment_key(block.source.text)
    if is_same_source and (is_unrecorded or (mark is ToolMark.REVIEW) is not is_open):
        change = TypedBlock(block, given.typed, mark is ToolMark.REVIEW, given.item.id)
        account.accepted.setdefault(block.unit.name, {})[block.number] = change
    else:
        account.untouched += 1


def _mark(given: _Given) -> ToolMark:
    """What a tool says of a text, as far as that changed: a mark for review that went out says
    nothing, for somebody may have confirmed the text since.
    """
    went_out = given.is_as_exported and given.stamp and is_under_review(given.stamp.state)
    is_old = went_out and given.item.mark is ToolMark.REVIEW
    if given.item.mark is ToolMark.UNCONFIRMED:
        return ToolMark.NOTHING if given.is_as_exported else ToolMark.REVIEW
    return ToolMark.NOTHING if is_old else given.item.mark


def _is_settled(block: BlockState) -> bool:
    """Whether the translation in the content is recorded, and nothing is left to do."""
    return block.state.is_done and not block.is_edited


def _refusal(given: _Given, content: Content, languages: tuple[str, str]) -> Message | str | None:
    """Why a changed text is not taken."""
    block = given.block
    if block is None:
        if is_exported_id(given.item.id):
            return message(
                "the source of this block was changed or deleted after the file was exported."
            )
        return message("the block's ID was changed, so its location is unknown.")
    return _conflict(given, block) or fault(
        block, given.typed, content, languages, is_coded=given.item.is_coded
    )


def _conflict(given: _Given, block: BlockState) -> Message | None:
    """Why a block is no longer, or was never, as the file that came back has it."""
    assert block.source
    is_exported_source = given.stamp is None or given.stamp.source == segment_key(block.source.text)
    if not is_exported_source:
        return message(
            "the source of this block was changed or deleted after the file was exported."
        )
    if given.source and not _is_alike(given.source, block.source.text):
        return message(
            "the source text in the file was changed, so the translation may not match the "
            "current source."
        )
    now = segment_key(block.target.text) if block.target else NOTHING
    if given.stamp is None or given.stamp.target == now:
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


def _is_alike(one: str, other: str) -> bool:
    """Whether two texts differ in spaces and the form of quotes at most."""
    first, second = ("".join(text.translate(_ALIKE).split()) for text in (one, other))
    return first == second


# --- which block ----------------------------------------------------------------------------------


def _given(standing: Standing, returned: Returned) -> list[_Given]:
    """All items with their blocks: by id, or else by their source."""
    blocks = block_ids(standing.blocks)
    found = [_named(item, blocks) for item in returned.items]
    named = {id(block) for _, block, _ in found if block}
    by_source: dict[str, list[BlockState]] = defaultdict(list)
    for one in blocks.values():
        if one.source:
            by_source[folded(one.source.text)].append(one)
    made = []
    for item, its_own, stamp in found:
        block, source = its_own, folded(printed(item.source))
        if block is None:
            free = (one for one in by_source.get(source, ()) if id(one) not in named)
            block = next(free, None)
            if block:
                named.add(id(block))
        pieces = coded(block.source.text) if block and block.source else ()
        typed, unknown = filled(item.typed, pieces)
        source, _ = filled(source, pieces)
        made.append(
            _Given(item, block, source, folded(printed(typed)), unknown, item.stamp or stamp)
        )
    return made


def _named(
    item: ReturnedItem, blocks: Mapping[str, BlockState]
) -> tuple[ReturnedItem, BlockState | None, Stamp | None]:
    """An item with the block that its id names, as that was before edits of the source too."""
    if item.id in blocks:
        return item, blocks[item.id], None
    old = earlier_id(item.id)
    if old is None:
        return item, None, None
    name, stamp = old
    its = [block for block in blocks.values() if block.unit.field == name and block.source]
    for block in its:
        assert block.source
        if stamp.source in (segment_key(block.source.text), block.key):
            return item, block, stamp
    return item, None, stamp


def _contradictions(found: Sequence[_Given]) -> frozenset[str]:
    """The ids that came back with more than one new text."""
    texts: dict[str, set[str]] = defaultdict(set)
    for given in found:
        if given.typed and not given.is_as_exported and given.item.id:
            texts[given.item.id].add(given.typed)
    return frozenset(id_ for id_, typed in texts.items() if len(typed) > 1)
