"""New text into a content file, all other bytes as they were: comments, wrapping, quotes, line
ends.

Values are replaced at their bytes, never by dumping the file anew. What comes out is read again and
compared before anybody gets it: where a file cannot be changed so, it is left.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from reportcard.content.edits import EditedLines
from reportcard.content.likeness import matched
from reportcard.content.line_breaks import UNBROKEN, LineBreaks
from reportcard.content.rewrites import (
    Rewrite,
    SpliceError,
    block_lines,
    put_within,
    span,
    written,
)
from reportcard.content.scalars import IN_CURLY_QUOTES, Line, ProseText
from reportcard.content.segments import PLAIN_KINDS, segments
from reportcard.content.tree import Branch, Node, Series, Text, Tree
from reportcard.content.yaml import read_tree
from reportcard.messages.message import message

_INDENT: Final = 2


def spliced(
    data: bytes, file: str, rewrites: Sequence[Rewrite], model: Tree | None = None
) -> bytes:
    """The file's bytes with some fields rewritten; those that are not there are added, in the order
    of `model`, another language's file.

    Raises SpliceError if the file would not hold just what it should.
    """
    tree, problems = read_tree(data, file)
    if tree is None:
        place, fault = str(problems[0].place), problems[0].message
        raise SpliceError(
            message("the file cannot be read ({place}: {fault})", place=place, fault=fault)
        )
    lines = EditedLines(data)
    missing = []
    for rewrite, text in _broken(tree, rewrites, model):
        if text is not None and text.strip():
            _replace(lines, text, rewrite)
        else:
            missing.append(rewrite)
    order = {path: at for at, (path, _) in enumerate(leaves(model.root))} if model else {}
    missing.sort(key=lambda rewrite: order.get(rewrite.path, len(order)))
    for group in _grouped(tree, missing):
        _insert(lines, tree, model, group)
    made = lines.bytes()
    _compare(tree, made, file, rewrites)
    return made


def _broken(
    tree: Tree, rewrites: Sequence[Rewrite], model: Tree | None
) -> Iterator[tuple[Rewrite, Text | None]]:
    """Each with the text that is there. Its lines are to break as those do, or, if that does not
    tell, as most of the file or of the other language's.
    """
    most = _habit(tree) or (_habit(model) if model else None) or UNBROKEN
    for rewrite in rewrites:
        text = tree.text(*rewrite.path)
        own = LineBreaks.of(text) if text is not None and text.scalar.style == "|" else None
        yield replace(rewrite, breaks=own or most), text


def _habit(tree: Tree) -> LineBreaks | None:
    """How most fields of a file break; None if no field tells."""
    found = [LineBreaks.of(text) for _, text in leaves(tree.root) if text.scalar.style == "|"]
    told = [one.at_sentences for one in found if one]
    return LineBreaks(at_sentences=2 * sum(told) >= len(told)) if told else None


def _replace(lines: EditedLines, text: Text, rewrite: Rewrite) -> None:
    if text.scalar.style == ">":
        raise SpliceError(
            message('the key is followed by ">" in the file: change that to "|" first')
        )
    if text.scalar.style == "|":
        _replace_block(lines, text, rewrite)
    elif len(rewrite.blocks) == 1 and rewrite.blocks[0][0] in ("line", "paragraph"):
        (first, column), (last, end) = _opening(text), text.scalar.end
        head, tail = lines.text(first)[: column - 1], lines.text(last)[end - 1 :]
        lines.put(
            first, last + 1, [f"{head}{scalar(rewrite.blocks[0][1], text.scalar.style)}{tail}"]
        )
    else:
        (first, column), (last, _) = _opening(text), text.scalar.end
        head = lines.text(first)[: column - 1]
        indent = len(head) - len(head.lstrip()) + _INDENT
        lines.put(first, last + 1, [f"{head}|", *written(rewrite, " " * indent)])


def _opening(text: Text) -> tuple[int, int]:
    """Where the scalar begins, its quote included."""
    line, column = text.scalar.rows[0]
    return line, column - bool(text.scalar.style)


def _replace_block(lines: EditedLines, text: Text, rewrite: Rewrite) -> None:
    """Only the lines of blocks with another text are touched, as long as the number and kinds of
    blocks are the same.
    """
    there = segments(text)
    indent = _indentation(lines, text)
    if [block.kind for block in there] == [kind for kind, _ in rewrite.blocks]:
        _replace_each(lines, text, indent, rewrite)
    elif not rewrite.is_plain or any(block.kind not in PLAIN_KINDS for block in there):
        filled = [row for row, line in enumerate(str(text).split("\n")) if line.strip()]
        first, last = text.scalar.rows[filled[0]][0], text.scalar.rows[filled[-1]][0]
        lines.put(first, last + 1, list(written(rewrite, indent)))
    else:
        _replace_plain(lines, text, indent, rewrite)


def _indentation(lines: EditedLines, text: Text) -> str:
    """What the lines of a block scalar begin with."""
    rows = zip(str(text).split("\n"), text.scalar.rows, strict=False)
    filled = ((line, column) for row, (line, column) in rows if row.strip())
    indent = next((lines.text(line)[: column - 1] for line, column in filled), "")
    return indent[: len(indent) - len(indent.lstrip())] if indent.strip() else indent


def _replace_each(lines: EditedLines, text: Text, indent: str, rewrite: Rewrite) -> None:
    """New texts in the place of others of the same kinds."""
    blocks = zip(segments(text), rewrite.blocks, strict=True)
    changed = [(block, new) for block, (_, new) in blocks if block.text != new]
    within = [one for one in changed if one[0].kind not in PLAIN_KINDS]
    put_within(lines, text, within, rewrite.breaks)
    for block, new in changed:
        if block.kind in PLAIN_KINDS:
            first, last = span(text, block)
            before = [lines.text(line) for line in range(first, last)]
            made = block_lines(block.kind, new, indent, rewrite.breaks, before)
            lines.put(first, last, list(made))


def _replace_plain(lines: EditedLines, text: Text, indent: str, rewrite: Rewrite) -> None:
    """Other blocks, each on lines of its own; those that were there before keep theirs, as far as
    their words are the same.
    """
    there, blocks = segments(text), rewrite.blocks
    came_from, _ = matched([new for _, new in blocks], [block.text for block in there])
    texts: list[str] = []
    for number, ((kind, new), origin) in enumerate(zip(blocks, came_from, strict=True)):
        if number and not (kind == blocks[number - 1][0] == "bullet"):
            texts.append("")
        old = None if origin is None else there[origin]
        first, last = span(text, old) if old and old.kind == kind else (0, 0)
        before = [lines.text(line) for line in range(first, last)]
        is_same = old is not None and before and old.text == new
        made = block_lines(kind, new, indent, rewrite.breaks, before)
        texts.extend(before if is_same else made)
    first, last = span(text, there[0])[0], span(text, there[-1])[1]
    lines.put(first, last, texts)


def scalar(text: str, style: str) -> str:
    """A text of one line as YAML, in a style (empty: plain), or between quotes where it cannot be
    plain.
    """
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if not style and text not in ("~", "null"):  # these mean that nothing is written
        tree, _ = read_tree(f"key: {text}\n".encode(), "")
        read = tree.text("key") if tree else None
        if (
            read is not None
            and str(read) == text
            and not read.scalar.style
            and not read.scalar.tail.strip()
            and not IN_CURLY_QUOTES.fullmatch(text)
        ):
            return text
    return json.dumps(text, ensure_ascii=False)


# --- fields that are not there yet ----------------------------------------------------------------


def _grouped(tree: Tree, missing: Sequence[Rewrite]) -> list[list[Rewrite]]:
    """Missing fields, those together that need the same new branch."""
    groups: dict[tuple[str, ...], list[Rewrite]] = {}
    for rewrite in missing:
        groups.setdefault(rewrite.path[: _known(tree, rewrite.path) + 1], []).append(rewrite)
    return list(groups.values())


def _known(tree: Tree, path: tuple[str, ...]) -> int:
    """How many keys of a path lead to branches that are there."""
    node: Node = tree.root
    for depth, step in enumerate(path):
        found = node.entries.get(Text(step, tree.file)) if isinstance(node, Branch) else None
        if not isinstance(found, Branch):
            return depth
        node = found
    return len(path)


def _insert(lines: EditedLines, tree: Tree, model: Tree | None, group: Sequence[Rewrite]) -> None:
    depth = _known(tree, group[0].path)
    parent = _branch(tree, group[0].path[:depth])
    key = group[0].path[depth]
    if parent.end is not None:
        _insert_in_braces(lines, parent, key, group, depth)
        return
    keys = list(parent.entries)
    indent = keys[0].place.column - 1 if keys else 0
    new = list(_branch_lines(key, group, depth, indent, _at(model, group[0].path[: depth + 1])))
    if empty := next((one for one in keys if one == key), None):
        line = empty.place.line
        if lines.text(line).strip() != f"{key}:":
            empty_key = ".".join(group[0].path[: depth + 1])
            raise SpliceError(message('the key "{key}" is empty: delete it first', key=empty_key))
        lines.put(line, line + 1, new)
        return
    before = _before(model, group[0].path[:depth], key, keys)
    at = (
        _last_line(before, parent.entries[before], lines) + 1
        if before is not None
        else keys[0].place.line
    )
    lines.put(at, at, new)


def _branch(tree: Tree, path: tuple[str, ...]) -> Branch:
    node: Node = tree.root
    for step in path:
        assert isinstance(node, Branch)
        node = node.entries[Text(step, tree.file)]
    assert isinstance(node, Branch)
    return node


def _at(tree: Tree | None, path: tuple[str, ...]) -> Node | None:
    node: Node | None = tree.root if tree else None
    for step in path:
        node = node.entries.get(Text(step, "")) if isinstance(node, Branch) else None
    return node


def _before(
    model: Tree | None, path: tuple[str, ...], key: str, keys: Sequence[Text]
) -> Text | None:
    """The key after which a new one goes: the nearest before it in the other language that is here;
    else the last.
    """
    there = _at(model, path)
    order = [str(name) for name in there.entries] if isinstance(there, Branch) else []
    if key in order:
        for name in reversed(order[: order.index(key)]):
            found = next((one for one in keys if one == name), None)
            if found is not None:
                return found
        return None
    return keys[-1] if keys else None


def _last_line(key: Text, node: Node, lines: EditedLines) -> int:
    """The last line of a value, blank lines and comments after it left out."""
    if isinstance(node, Text):
        if node.scalar.style in ("|", ">"):
            last = node.scalar.end[0] - 1
            while last > node.scalar.rows[0][0] and not lines.text(last).strip():
                last -= 1
            return last
        return max(node.scalar.end[0], key.place.line)
    if node.end is not None:
        return node.end[0]
    if isinstance(node, Branch):
        name, value = list(node.entries.items())[-1]
        return _last_line(name, value, lines)
    return _last_line(key, node.items[-1], lines)


def _branch_lines(
    key: str, group: Sequence[Rewrite], depth: int, indent: int, model: Node | None
) -> Iterator[str]:
    """A new key with all that goes under it; what is the same in every language (lists, pictograms)
    is taken from the other.
    """
    space = " " * indent
    if len(group) == 1 and len(group[0].path) == depth + 1:
        blocks = group[0].blocks
        kinds = ("line", "paragraph") if _is_one_line(model) else ("line",)
        if len(blocks) == 1 and blocks[0][0] in kinds:
            yield f"{space}{key}: {scalar(blocks[0][1], '')}"
        else:
            yield f"{space}{key}: |"
            yield from written(group[0], " " * (indent + _INDENT))
        return
    yield f"{space}{key}:"
    inner: dict[str, list[Rewrite]] = {}
    for rewrite in group:
        inner.setdefault(rewrite.path[depth + 1], []).append(rewrite)
    entries = model.entries if isinstance(model, Branch) else {}
    for name in dict.fromkeys((*map(str, entries), *inner)):
        value = entries.get(Text(name, ""))
        if name in inner:
            yield from _branch_lines(name, inner[name], depth + 1, indent + _INDENT, value)
        elif isinstance(value, Series):
            yield f"{space}{' ' * _INDENT}{name}: [{', '.join(str(item) for item in value.items)}]"
        elif isinstance(value, Text) and name == "pictogram":
            yield f"{space}{' ' * _INDENT}{name}: {value}"


def _is_one_line(node: Node | None) -> bool:
    """Whether a text is typed on the line of its key."""
    return isinstance(node, Text) and node.scalar.style not in ("|", ">")


def _insert_in_braces(
    lines: EditedLines, parent: Branch, key: str, group: Sequence[Rewrite], depth: int
) -> None:
    assert parent.end is not None
    (rewrite,) = group if len(group) == 1 else (None,)
    if rewrite is None or len(rewrite.path) != depth + 1 or len(rewrite.blocks) != 1:
        raise SpliceError(
            message(
                "only a single-line value can be added inside braces, so remove the braces and "
                "put each key on its own line first"
            )
        )
    line, column = parent.end
    text = lines.text(line)
    comma = ", " if parent.entries else ""
    value = json.dumps(rewrite.blocks[0][1], ensure_ascii=False)
    lines.put(
        line, line + 1, [f"{text[: column - 2].rstrip()}{comma}{key}: {value}{text[column - 2 :]}"]
    )


# --- what came out --------------------------------------------------------------------------------


def _compare(before: Tree, data: bytes, file: str, rewrites: Sequence[Rewrite]) -> None:
    after, problems = read_tree(data, file)
    if after is None:
        raise SpliceError(
            message("the file would become unreadable ({fault})", fault=problems[0].message)
        )
    wanted = {rewrite.path: rewrite.blocks for rewrite in rewrites}
    old, new = dict(leaves(before.root)), dict(leaves(after.root))
    for path, blocks in wanted.items():
        text = new.get(path)
        if text is None or _blocks_of(text, blocks) != blocks:
            raise SpliceError(
                message(
                    "the text would not be read as typed: look for a character such as - or # at "
                    "the beginning"
                )
            )
    for path, text in old.items():
        holds_wanted = any(one[: len(path)] == path for one in wanted)
        if not holds_wanted and (new.get(path) is None or str(new[path]) != str(text)):
            raise SpliceError(message('"{key}" would also change', key=".".join(path)))
    parents = {path[:length] for path in wanted for length in range(1, len(path))}
    extra = [
        path
        for path in new
        if path not in old
        and path not in wanted
        and not any(path[:length] in parents for length in range(1, len(path)))
    ]
    if extra:
        raise SpliceError(message('"{key}" would be added', key=".".join(extra[0])))


def _blocks_of(text: Text, blocks: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    kind = Line if len(blocks) == 1 and blocks[0][0] == "line" else ProseText
    return tuple((block.kind, block.text) for block in segments(text.as_(kind)))


def leaves(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Text]]:
    """Every text below a node, with the keys that lead to it; entries of a list count from 1."""
    entries: Mapping[Text, Node] = node.entries if isinstance(node, Branch) else {}
    items = [(str(key), value) for key, value in entries.items()] if entries else []
    if isinstance(node, Series):
        items = [(str(number), value) for number, value in enumerate(node.items, start=1)]
    if isinstance(node, Text):
        yield path, node
    for key, value in items:
        yield from leaves(value, (*path, key))
