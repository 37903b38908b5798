"""A comparison of several files in one line: what changed in all of them, and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from reportcard.messages.message import Message, message
from reportcard.review.changes import Comparison, Kind, counted

_COUNTED: Final[Mapping[Kind, Callable[[int], Message]]] = {
    Kind.SCORE: lambda n: message("{n} score", "{n} scores", n=n),
    Kind.NUMBER: lambda n: message("{n} number", "{n} numbers", n=n),
    Kind.MEANING: lambda n: message("{n} reversed meaning", "{n} reversed meanings", n=n),
    Kind.NOTE: lambda n: message("{n} note", "{n} notes", n=n),
    Kind.WORDING: lambda n: message("{n} text change", "{n} text changes", n=n),
    Kind.LINK: lambda n: message("{n} link", "{n} links", n=n),
    Kind.MOVED: lambda n: message("{n} moved passage", "{n} moved passages", n=n),
    Kind.LAYOUT: lambda n: message("{n} layout change", "{n} layout changes", n=n),
    Kind.PICTURE: lambda n: message("{n} picture", "{n} pictures", n=n),
    Kind.BOXES: lambda n: message("{n} page size", "{n} page sizes", n=n),
    Kind.METADATA: lambda n: message("{n} file property", "{n} file properties", n=n),
    Kind.TAGS: lambda n: message("{n} tag", "{n} tags", n=n),
    Kind.LANGUAGE: lambda n: message("{n} language tag", "{n} language tags", n=n),
    Kind.BOOKMARKS: lambda n: message("{n} bookmark", "{n} bookmarks", n=n),
}


def verdict(comparisons: Sequence[Comparison]) -> Message:
    """How many changes of each kind all files have together, the gravest first, how many came or
    went, and whether that is all: it is not if something could not be compared.
    """
    parts = _parts(comparisons)
    n = len(comparisons)
    if any(one.failed or one.misses_text for one in comparisons):
        return message(
            "{n} file in total: {changes}; not everything could be compared",
            "{n} files in total: {changes}; not everything could be compared",
            n=n,
            changes=parts or message("no changes"),
        )
    if not parts:
        return message("{n} file in total: no changes", "{n} files in total: no changes", n=n)
    return message(
        "{n} file in total: {changes}; nothing else",
        "{n} files in total: {changes}; nothing else",
        n=n,
        changes=parts,
    )


def _parts(comparisons: Sequence[Comparison]) -> tuple[Message, ...]:
    read = [one for one in comparisons if not one.failed]
    both = [one for one in read if one.old and one.new]
    counts = counted(change for one in both for change in one.changes)
    parts = [_COUNTED[Kind(kind)](count) for kind, count in counts.items()]
    if came := [one for one in read if one.old is None]:
        parts.append(message("{n} new file", "{n} new files", n=len(came)))
    if went := [one for one in read if one.new is None]:
        parts.append(message("{n} removed file", "{n} removed files", n=len(went)))
    return tuple(parts)
