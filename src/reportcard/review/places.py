"""From the name of a place in a PDF to the line of the content: by the manifest beside the file, or
by the workspace.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportcard.build.manifest import MANIFEST, digest, read_manifest
from reportcard.content.loading import Content, load
from reportcard.problems.problem import Place
from reportcard.review.changes import Change, Comparison
from reportcard.review.read.names import named
from reportcard.workspace.workspace import Workspace

Lookup = Callable[[str], str]
"""From a place's name to `file:line:column`; empty if it is not known."""


def lookup(file: Path, data: bytes, content: Content | None) -> Lookup:
    """The places of a file: those of its own build where the manifest beside it knows the file,
    else those of the content now.
    """
    try:
        records = read_manifest((file.parent / MANIFEST).read_bytes())
    except OSError:
        records = {}
    sha256 = digest(data)
    record = next((one for one in records.values() if one.sha256 == sha256), None)
    if record:
        return {spot.id: spot.source for spot in record.places}.get  # type: ignore[return-value]
    return _Sources(content).place if content else lambda _: ""


def content_of(workspace: Workspace | None) -> Content | None:
    """The current content of a workspace; None if faults keep it from being read."""
    return load(workspace).content if workspace else None


def located(comparison: Comparison, old: Lookup, new: Lookup) -> Comparison:
    """The comparison with the file and line of each change's field: in the new content, or where it
    is gone in the old.
    """
    return replace(
        comparison,
        changes=tuple(
            replace(change, place=_place(change, old, new)) for change in comparison.changes
        ),
    )


def _place(change: Change, old: Lookup, new: Lookup) -> str:
    if not change.name:
        return ""
    return (
        (new(change.name) if change.new_areas else "") or old(change.name) or new(change.name) or ""
    )


@dataclass(frozen=True)
class _Sources:
    content: Content
    _found: dict[str, str] = field(default_factory=dict)

    def place(self, name: str) -> str:
        if name not in self._found:
            self._found[name] = str(self._place(name) or "")
        return self._found[name]

    def _place(self, name: str) -> Place | None:
        known = named(name)
        scope, _, path = known.field.partition("/")
        if known.is_score:
            return self._score(scope, path.removeprefix("scores."))
        files: Mapping[str, object] = (
            self.content.wordings if scope == "wording" else self.content.cards.get(scope, {})
        )
        sourced = files.get(known.language)
        prose = sourced.prose.get(path) if sourced else None  # type: ignore[attr-defined]
        if prose is None:
            return None
        passages = list(prose.paragraphs())
        key = name.rpartition(".")[2]
        return next(
            (one.place for one in passages if one.key == key),
            passages[0].place if passages else None,
        )

    def _score(self, country: str, key: str) -> Place | None:
        scores = self.content.scores.get(country)
        if scores is None:
            return None
        is_category = key in self.content.scoreboard.model.categories
        return (
            scores.tree.at("categories", key) if is_category else scores.tree.at("published", key)
        )
