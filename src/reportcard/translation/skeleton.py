"""The file of a translation that does not exist yet: the source's, with each block empty."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from reportcard.content.loading import EDITION, Content
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.segments import NOTHING
from reportcard.content.splicing import scalar, spliced
from reportcard.content.tree import Branch, Series, Text, Tree
from reportcard.content.yaml import read_tree
from reportcard.language.locales import own_name
from reportcard.messages.message import Message
from reportcard.translation.units import WORDING, Pair, Unit
from reportcard.workspace.workspace import Workspace

#: What tells an editor which schema a file has.
_SCHEMA: Final = "# yaml-language-server:"


@dataclass(frozen=True, slots=True)
class TranslationFile:
    """The file of a translation as it is, or the beginning of a new one and what is empty in it.

    `source` is the file that it is translated from.
    """

    path: str
    data: bytes
    empty: tuple[Rewrite, ...]
    source: Tree | None

    @classmethod
    def of(cls, workspace: Workspace, pair: Pair) -> "TranslationFile":
        """That of a pair. Raises OSError or ValueError if it or its source cannot be read."""
        source = workspace.read(pair.source_file)
        tree, _ = read_tree(source, pair.source_file)
        try:
            return cls(pair.file, workspace.read(pair.file), (), tree)
        except FileNotFoundError:
            assert tree
            empty = (unwritten(unit) for unit in pair.units if unit.source is not None)
            return cls(pair.file, head(pair, tree, source), tuple(empty), tree)

    def rewritten(self, rewrites: Mapping[str, Rewrite]) -> bytes:
        """Its bytes with some fields, by name, rewritten. Raises SpliceError."""
        empty = (one for one in self.empty if ".".join(one.path) not in rewrites)
        return spliced(self.data, self.path, [*rewrites.values(), *empty], self.source)

    def rewritten_as_far_as_it_can_be(
        self, rewrites: Mapping[str, Rewrite]
    ) -> tuple[bytes, dict[str, Message]]:
        """The same with each field that can be, and by name why others cannot."""
        file, refused = self, dict[str, Message]()
        for name, rewrite in rewrites.items():
            try:
                file = replace(file, data=file.rewritten({name: rewrite}), empty=())
            except SpliceError as error:
                refused[name] = error.message
        return file.data, refused


def head(pair: Pair, source: Tree, data: bytes) -> bytes:
    """The beginning of a new file: what is no text to translate. A card is a draft, by the same
    authors; the wording has the name of its language. `data` are the bytes of the source.
    """
    first = data.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    lines = [first] if first.startswith(_SCHEMA) else []
    entries = source.root.entries
    if pair.scope == WORDING:
        lines.append(f"language: {scalar(own_name(pair.language), '')}")
        regional = entries.get(Text("regional", ""))
        if isinstance(regional, Branch) and Text("status", "") in regional.entries:
            lines += ["regional:", "  status: draft"]
    else:
        lines.append("status: draft")
        authors = entries.get(Text("authors", ""))
        if isinstance(authors, Series) and authors.items:
            lines.append("authors:")
            lines += [f"  - {scalar(str(one), '')}" for one in authors.items]
    return ("\n".join(lines) + "\n").encode()


def unwritten(unit: Unit) -> Rewrite:
    """A field of the source with each of its blocks empty."""
    blocks = tuple((block.kind, NOTHING) for block in unit.source_segments)
    return Rewrite(tuple(unit.name.split(".")), blocks, unit.source)


def included(content: Content, language: str) -> dict[str, bytes]:
    """The edition's new bytes by its path, if it does not include a language yet: what is not
    translated is printed in the source language until then. Raises SpliceError.
    """
    if language in content.edition.model.languages:
        return {}
    path = ("languages", language, "fallback")
    data = content.edition.data
    return {EDITION: spliced(data, EDITION, [Rewrite(path, (("line", "true"),))])}
