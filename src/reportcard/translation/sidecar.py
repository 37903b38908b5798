"""The sidecar of a translation, `es.status.yaml`: from which source text each block was translated,
by whom and when.

It records what was done, never a state: that is computed from it each time. The program writes it;
a person may delete it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from reportcard.content.segments import segment_key
from reportcard.content.tree import Branch, Node, Series, Text
from reportcard.content.yaml import read_tree
from reportcard.problems.problem import Problem

#: In English for every reader: the file is kept in git, where two readers' words would differ.
_HEAD: Final = (
    "# Written by `reportcard translations`: the source text that each block was translated from."
    " Do not edit it.\n"
    "# To start again, delete this file and run `reportcard translations confirm`.\n"
)


@dataclass(frozen=True, slots=True)
class Done:
    """A block that was translated: its source text then, the key of its translation, whether the
    source's last change needed none, whether its translation is to be reviewed. `gone`: its source
    had been deleted when this was written, and its translation was still there.

    `first` is the key of the source text from which it was first translated, if that was another:
    by it translators' tools know the block.
    """

    source: str
    translation: str
    kept: bool
    by: str
    on: str
    is_to_review: bool = False
    first: str = ""
    gone: bool = False

    @property
    def key(self) -> str:
        """What names the block in translators' tools."""
        return self.first or segment_key(self.source)


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What was translated, by the name of the field, its blocks in the order of the source then."""

    source_language: str
    fields: Mapping[str, tuple[Done, ...]] = field(default_factory=lambda: MappingProxyType({}))


def read_sidecar(data: bytes, file: str) -> tuple[Sidecar | None, tuple[Problem, ...]]:
    """A sidecar from its bytes, or what is wrong with it."""
    tree, problems = read_tree(data, file)
    if tree is None:
        return None, problems
    fields: dict[str, tuple[Done, ...]] = {}
    recorded = tree.root.entries.get(Text("fields", file))
    source = tree.text("from") or ""
    for name, blocks in (recorded.entries if isinstance(recorded, Branch) else {}).items():
        if isinstance(blocks, Series):
            fields[str(name)] = tuple(
                _done(block) for block in blocks.items if isinstance(block, Branch)
            )
    return Sidecar(str(source), MappingProxyType(fields)), ()


def _done(block: Branch) -> Done:
    entries: Mapping[Text, Node] = block.entries
    texts = {str(key): str(value) for key, value in entries.items() if isinstance(value, Text)}
    source, key = texts.get("source", ""), texts.get("key", "")
    return Done(
        source=source,
        translation=texts.get("translation", ""),
        kept=texts.get("kept") == "true",
        by=texts.get("by", ""),
        on=texts.get("on", ""),
        is_to_review=texts.get("review") == "true",
        first=first_key(key, source),
        gone=texts.get("gone") == "true",
    )


def first_key(key: str, source: str) -> str:
    """What is recorded of a block's key: nothing if it is that of its source text."""
    return "" if key == segment_key(source) else key


def dumped(sidecar: Sidecar) -> bytes:
    """The sidecar as YAML, fields by name: two versions of it differ in the lines that changed."""
    lines = [
        _HEAD + f"from: {sidecar.source_language}",
        "fields:" if sidecar.fields else "fields: {}",
    ]
    for name, blocks in sorted(sidecar.fields.items()):
        lines.append(f"  {name}:")
        for block in blocks:
            lines.append(f"    - source: {json.dumps(block.source, ensure_ascii=False)}")
            lines.append(f'      key: "{block.key}"')
            lines.append(f'      translation: "{block.translation}"')
            if block.kept:
                lines.append("      kept: true")
            if block.is_to_review:
                lines.append("      review: true")
            if block.gone:
                lines.append("      gone: true")
            lines.append(f"      by: {json.dumps(block.by, ensure_ascii=False)}")
            lines.append(f'      on: "{block.on}"')
    return ("\n".join(lines) + "\n").encode()
