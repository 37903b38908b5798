"""A comparison as Markdown, for the page of a continuous integration job: how many changes of each
kind in each file, and the first of them.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from reportcard.messages.message import message
from reportcard.review.changes import Change, Comparison, Kind, counted
from reportcard.review.tell.summary import state_of, told

#: The most changes that are listed of all files: the page of a job holds 1 MB, and its reader less.
_LISTED: Final = 200


def as_markdown(comparisons: Sequence[Comparison]) -> str:
    """A table of the files, and a list of the changes of each, in the reader's language."""
    return "".join(f"{line}\n" for line in _lines(comparisons))


def _lines(comparisons: Sequence[Comparison]) -> Iterator[str]:
    counts = [counted(one.changes) for one in comparisons]
    kinds = [kind for kind in Kind if any(found.get(kind) for found in counts)]
    yield f"## {message('What changed in the cards')}"
    yield ""
    yield f"| {' | '.join((str(message('file')), *kinds, str(message('result'))))} |"
    yield f"|{' --- |' * (len(kinds) + 2)}"
    for one, found in zip(comparisons, counts, strict=True):
        cells = (_code(one.name), *(str(found.get(kind) or "") for kind in kinds))
        yield f"| {' | '.join(cells)} | {_code(str(state_of(one)))} |"
    changes = [(one, change) for one in comparisons for change in one.changes]
    before = None
    for one, change in islice(changes, _LISTED):
        if one is not before:
            yield from ("", f"### {_code(one.name)}", "")
            before = one
        yield f"- **{change.kind}** {_described(change)}"
    if len(changes) > _LISTED:
        more = message(
            "… and {n} more change: see the report.",
            "… and {n} more changes: see the report.",
            n=len(changes) - _LISTED,
        )
        yield from ("", str(more))


def _described(change: Change) -> str:
    where, what = told(change)
    return "  ".join(filter(None, (*(_code(one) for one in where), _code(what) if what else "")))


def _code(text: str) -> str:
    """A text of a file as code, so that nothing in it is a link, a name that is notified, or a cell
    of the table.
    """
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return f"`{plain.replace('`', chr(0x2018)).replace('|', chr(0xA6))}`"
