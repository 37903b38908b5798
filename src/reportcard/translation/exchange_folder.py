"""A folder of files that a translation server, such as Weblate, works in: one a card and language.
Each is written anew after it was read, and has what was typed and could not be imported.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from reportcard.content.segments import folded
from reportcard.messages.message import message
from reportcard.translation.export import read_back
from reportcard.translation.judgement import Rejected
from reportcard.translation.parcel import (
    Item,
    Parcel,
    Returned,
    ReturnedFileError,
    ReturnedItem,
    is_page_note,
)
from reportcard.translation.stamps import Stamp
from reportcard.translation.status import State

#: By their kind, how names of files end; those of others end in its name.
_ENDINGS: Final[Mapping[str, str]] = {"xliff": "xlf", "xliff2": "xlf"}
_NAME: Final = re.compile(r"(?P<scope>[a-z][a-z0-9-]*)\.(?P<language>[A-Za-z0-9_-]+)")


class ExchangeFile(NamedTuple):
    """A file of the folder, with the scope and language that its name has."""

    path: Path
    scope: str
    language: str


def file_name(scope: str, language: str, kind: str) -> str:
    """The name of a file: `peru.es.po`."""
    return f"{scope}.{language}.{_ENDINGS.get(kind, kind)}"


def files_in(folder: Path, kind: str) -> Iterator[ExchangeFile]:
    """The files of a kind that are in a folder, by name; links and other files are left alone."""
    ending = f".{_ENDINGS.get(kind, kind)}"
    for path in sorted(folder.glob(f"*{ending}")):
        match = _NAME.fullmatch(path.name.removesuffix(ending))
        if match and path.is_file() and not path.is_symlink():
            yield ExchangeFile(path, match["scope"], match["language"].replace("_", "-"))


def carried_on(made: Parcel, returned: Sequence[Returned], rejected: Sequence[Rejected]) -> Parcel:
    """A parcel with what has to stay in its file: comments, and what was typed and rejected, marked
    for review with the reason. Its stamp is that of its file, so a conflict stays one.
    """
    came = {item.id: item for one in returned for item in one.items}
    refused = {one.id: one for one in rejected}
    items = (_carried(item, came.get(item.id), refused.get(item.id)) for item in made.items)
    return replace(made, items=tuple(items))


def _carried(item: Item, came: ReturnedItem | None, refused: Rejected | None) -> Item:
    if came is None:
        return item
    own = {str(note) for note in item.notes}
    comments = tuple(
        one for one in came.comments if one.text not in own and not is_page_note(folded(one.text))
    )
    if refused is None:
        return replace(item, comments=comments)
    why = message("Not imported: {why}", why=refused.why)
    before = came.stamp.target if came.stamp else item.stamp.target
    return replace(
        item,
        target=refused.typed,
        state=State.REVIEW,
        notes=(*item.notes, why),
        stamp=Stamp(item.stamp.source, before, State.REVIEW),
        comments=comments,
    )


def is_as_written(new: bytes, old: bytes) -> bool:
    """Whether two files have the same texts, marks and comments: servers lay files out in their own
    way, and write who saved them into the head.
    """
    try:
        return _kept(new) == _kept(old)
    except ReturnedFileError:
        return False


def _kept(data: bytes) -> list[tuple[object, ...]]:
    return [
        (
            *(item.id, item.source, item.typed, item.stamp, item.mark),
            *(folded(one.text) for one in item.comments),
        )
        for one in read_back(data)
        for item in one.items
    ]


def with_added(report: bytes, before: bytes) -> bytes:
    """A report of what was rejected, after those that are there already."""
    return before if report in before else b"\n".join(filter(None, (before, report)))
