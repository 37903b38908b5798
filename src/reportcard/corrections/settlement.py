"""Content after its corrections: none of them gives a field a problem that it did not have."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from reportcard.content.loading import Content
from reportcard.content.replacements import replaced
from reportcard.content.rewrites import SpliceError
from reportcard.corrections.correction import Correction, Undecided
from reportcard.corrections.drafts import files_of
from reportcard.corrections.search import Spared, UntraceableError, problems_of


@dataclass(frozen=True, slots=True)
class Settlement:
    """A scope's content after its corrections."""

    content: Content
    corrections: tuple[Correction, ...] = ()
    undecided: tuple[Undecided, ...] = ()


def settled(content: Content, scope: str, corrected: Callable[[Spared], Settlement]) -> Settlement:
    """The corrections of a scope (a country, `wording`). Where a value in place of a typed score or
    rank would give its field a problem that it did not have before, all that is typed in that field
    is left.
    """
    before = _counted(content, scope)
    spared = Spared()
    while True:
        try:
            draft = corrected(spared)
        except UntraceableError as error:
            spared = replace(spared, fields=spared.fields | {error.field})
            continue
        after = _counted(draft.content, scope) if draft.corrections else before
        worse = frozenset(field for _, _, field in after - before)
        if worse <= spared.values:
            return draft
        spared = replace(spared, values=spared.values | worse)


def applied(content: Content, scope: str, corrections: Iterable[Correction]) -> Mapping[str, bytes]:
    """The bytes of a scope's files with corrections. Raises UntraceableError."""
    data = {one.tree.file: one.data for one in files_of(content, scope).values()}
    by_text = sorted(corrections, key=lambda one: (one.place.file, one.path))
    for (file, path), mine in groupby(by_text, key=lambda one: (one.place.file, one.path)):
        try:
            data[file] = replaced(data[file], file, [one.replacement for one in mine])
        except SpliceError as error:
            raise UntraceableError(f"{scope}/{'.'.join(path)}") from error
    return data


def _counted(content: Content, scope: str) -> Counter[tuple[str, str, str]]:
    return Counter((one.code, one.place.file, one.field) for one in problems_of(content, scope))
