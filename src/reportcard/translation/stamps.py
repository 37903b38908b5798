"""What an exchange file says of each block besides its texts: the block's key, which outlives edits
of source and translation, and what both were when the file was made.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reportcard.content.segments import segment_key
from reportcard.translation.status import BlockState, State

#: A block without a translation has no key of one.
NOTHING: Final = "-"
_PART: Final = re.compile(r"\b(source|target|state)=([0-9a-z-]+)")
#: The ids of version 0.1, which named the keys of source and translation.
_EARLIER: Final = re.compile(
    r"(?P<field>[^#]+)#(?P<source>[0-9a-f]{8})(?:-\d+)?@(?P<target>[0-9a-f]{8}|-)"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The keys of a block's source and translation, and its state, when a file was made. An
    imported change is one since then.
    """

    source: str
    target: str
    state: str = ""

    def __str__(self) -> str:
        return f"source={self.source} target={self.target} state={self.state}"


def stamp(block: BlockState) -> Stamp:
    """The stamp of a block as it is now."""
    assert block.source
    target = segment_key(block.target.text) if block.target else NOTHING
    return Stamp(segment_key(block.source.text), target, str(block.state))


def stamp_in(text: str) -> Stamp | None:
    """The stamp that a text has, None if it has none."""
    found = dict(_PART.findall(text))
    if "source" not in found or "target" not in found:
        return None
    return Stamp(found["source"], found["target"], found.get("state", ""))


def earlier_id(id_: str) -> tuple[str, Stamp] | None:
    """The field and the stamp in an id of a file that version 0.1 made."""
    match = _EARLIER.fullmatch(id_)
    return (match["field"], Stamp(match["source"], match["target"])) if match else None


def is_exported_id(id_: str) -> bool:
    """Whether an id may be one that the program wrote: others were typed by a person or a tool."""
    return "#" in id_ or "/" in id_ or earlier_id(id_) is not None


def block_ids(blocks: Iterable[BlockState]) -> dict[str, BlockState]:
    """The blocks that the source has, by an id that stays the same while source and translation are
    edited: the field, and for prose the key that the block had when it was first translated.
    """
    found: dict[str, BlockState] = {}
    there = [block for block in blocks if block.source is not None]
    ids: dict[int, str] = {}
    for is_known in (True, False):  # a new block does not take the id of one that has it
        for index, block in enumerate(there):
            if bool(block.key) is is_known:
                ids[index] = _free(_id(block), found)
                found[ids[index]] = block
    return {ids[index]: block for index, block in enumerate(there)}


def _id(block: BlockState) -> str:
    assert block.source
    if block.source.kind == "line":
        return block.unit.field
    return f"{block.unit.field}#{block.key or segment_key(block.source.text)}"


def _free(id_: str, taken: dict[str, BlockState]) -> str:
    number, name = 1, id_
    while name in taken:
        number += 1
        name = f"{id_}-{number}"
    return name


def is_under_review(state: str) -> bool:
    """Whether a file marks a translation of this state as one that needs work."""
    return state in (State.STALE, State.REVIEW)
