"""A content file without some of its entries; all other bytes as they were."""

from collections.abc import Sequence

from reportcard.content.edits import EditedLines
from reportcard.content.rewrites import SpliceError
from reportcard.content.splicing import leaves
from reportcard.content.tree import Branch, Text, Tree
from reportcard.content.yaml import read_tree
from reportcard.messages.message import message


def without(data: bytes, file: str, paths: Sequence[tuple[str, ...]]) -> bytes:
    """The file's bytes without some entries, each on lines of its own. Raises SpliceError."""
    tree = tree_of(data, file)
    lines = EditedLines(data)
    for path in paths:
        first, last = _entry(tree, path, lines)
        lines.put(first, last, [])
    made = lines.bytes()
    after = tree_of(made, file)
    wanted = {
        path: str(text)
        for path, text in leaves(tree.root)
        if not any(path[: len(one)] == one for one in paths)
    }
    if {path: str(text) for path, text in leaves(after.root)} != wanted:
        raise SpliceError(message("another part of the file would change too"))
    return made


def tree_of(data: bytes, file: str) -> Tree:
    """The file as it is read. Raises SpliceError if it cannot be."""
    tree, problems = read_tree(data, file)
    if tree is None:
        place, fault = str(problems[0].place), problems[0].message
        raise SpliceError(
            message("the file cannot be read ({place}: {fault})", place=place, fault=fault)
        )
    return tree


def _entry(tree: Tree, path: tuple[str, ...], lines: EditedLines) -> tuple[int, int]:
    """The lines of an entry, from the first to before the last. Raises SpliceError if it shares
    one, or is the only entry.
    """
    parent = tree.root
    for step in path[:-1]:
        inner = parent.entries.get(Text(step, tree.file))
        assert isinstance(inner, Branch)
        parent = inner
    keys = list(parent.entries)
    place = next(at for at, key in enumerate(keys) if key == path[-1])
    first = keys[place].place.line
    if parent.end is not None or len(keys) == 1:
        raise SpliceError(message('the key "{key}" has to be removed by hand', key=".".join(path)))
    value = parent.entries[keys[place]]
    last = first
    if isinstance(value, Text):
        last = value.scalar.end[0] - (value.scalar.style in ("|", ">"))
    last = max(last, first)
    while last > first and (
        not lines.text(last).strip() or lines.text(last).lstrip().startswith("#")
    ):
        last -= 1
    return first, last + 1
