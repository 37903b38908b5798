"""A content file: its bytes to its model, with its tree and its prose, or to its problems."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from pydantic import ValidationError

from reportcard.content.bullets import bullet_slips
from reportcard.content.explanation import explained
from reportcard.content.fields import kind_of
from reportcard.content.markdown import parse_prose
from reportcard.content.prose import (
    Aside,
    Block,
    Chart,
    DataTable,
    Picture,
    Prose,
    PullQuote,
    RunIn,
)
from reportcard.content.prose_block_rules import PROSE_FIELD
from reportcard.content.scalars import Frozen, Line, ProseText
from reportcard.content.segments import NOTHING
from reportcard.content.slips import hidden_slip
from reportcard.content.tree import Branch, Node, Series, Text, Tree
from reportcard.content.yaml import read_tree
from reportcard.problems.problem import Problem

M = TypeVar("M", bound=Frozen)

#: Blocks that only the body of a card can have, by the case of PROSE-FIELD.
_BLOCKS: Final[Mapping[type[Block], str]] = {
    RunIn: "run-in",
    DataTable: "table",
    Chart: "chart",
    PullQuote: "quote",
    Aside: "box",
}


@dataclass(frozen=True, slots=True, eq=False)
class Sourced(Generic[M]):
    """A file's model, its tree (for places), its bytes, and its prose by the path of the field. A
    file that is read again is another one.

    `fallen` are the fields that it does not have and takes from the source language's file, where
    the edition allows that.
    """

    model: M
    tree: Tree
    data: bytes
    prose: Mapping[str, Prose] = field(default_factory=lambda: MappingProxyType({}))
    fallen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ContentFile(Generic[M]):
    """A file before it is read: its path in the workspace, and the model of its kind.

    `scope` (a country, or `wording`) begins the ids of its fields; `quotes` are the four marks of
    its language, and without them no prose is read. What the file does not have is taken from
    `fallback`, if one is given.
    """

    path: str
    kind: type[M]
    scope: str = ""
    quotes: str = ""
    fallback: Sourced[M] | None = None


class Shelf:
    """Files as they were read, by path: while a file's bytes are the same, it is not read again."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[Any, ...], Sourced[Any] | None, tuple[Problem, ...]]] = {}

    def read(
        self, file: ContentFile[M], data: bytes
    ) -> tuple[Sourced[M] | None, tuple[Problem, ...]]:
        """What those bytes of a file hold, or None; and what is wrong with them."""
        source = file.fallback.data if file.fallback else None
        key = (data, file.kind, file.scope, file.quotes, source)
        found = self._kept.get(file.path)
        if found is None or found[0] != key:
            found = self._kept[file.path] = (key, *_understood(file, data))
        return found[1], found[2]


def _understood(file: ContentFile[M], data: bytes) -> tuple[Sourced[M] | None, tuple[Problem, ...]]:
    tree, found = read_tree(data, file.path)
    if tree is None:
        return None, found
    plain = _plain(tree.root)
    if file.fallback:
        plain = _filled(plain, _plain(file.fallback.tree.root))
    try:
        model = file.kind.model_validate(plain)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        hidden = hidden_slip(data.decode("utf-8-sig"), file.path)
        return None, (hidden,) if hidden else (*found, *explained(faults, tree, file.kind))
    prose, unclear = _prose(file, model)
    fallen = frozenset(".".join(path) for path, text in texts(model) if text.file != file.path)
    sourced = Sourced(
        model, tree, data, MappingProxyType(prose), fallen if file.fallback else frozenset()
    )
    return sourced, (*found, *unclear)


def _prose(file: ContentFile[M], model: M) -> tuple[dict[str, Prose], list[Problem]]:
    """A model's texts by the path of their field, and what is wrong with them."""
    prose: dict[str, Prose] = {}
    problems: list[Problem] = []
    for path, text in texts(model) if file.quotes else ():
        name = ".".join(path)
        field_id, is_line = f"{file.scope}/{name}", isinstance(text, Line)
        prose[name], found = parse_prose(text, field_id, file.quotes, single_line=is_line)
        problems.extend(found)
        if not kind_of(name).has_blocks:
            problems.extend(_out_of_place(prose[name]))
        if not is_line and kind_of(name).has_lists:
            problems.extend(bullet_slips(text, field_id))
    return prose, problems


def _out_of_place(prose: Prose) -> Iterator[Problem]:
    """The blocks of a field that can only have paragraphs, lists and plain pictures."""
    for block in prose.blocks:
        case = _BLOCKS.get(type(block), "")
        if isinstance(block, Picture) and (block.legend.is_numbered or block.width):
            case = "picture"
        if case:
            yield PROSE_FIELD.at(block.place, case, field=prose.field)


def _filled(own: Any, source: Any) -> Any:
    """A group of keys with those that only the source has, in the source's order; waivers and text
    without a place are each file's own. A text whose blocks are all empty is as if not there.
    """
    if not isinstance(own, dict) or not isinstance(source, dict):
        return source if own is None or _is_empty(own) else own
    names = [name for name in source if name not in ("waivers", "unplaced")]
    filled = {name: _filled(own.get(name), source[name]) for name in names}
    return filled | {name: value for name, value in own.items() if name not in filled}


def _is_empty(value: Any) -> bool:
    """Whether a text has empty blocks alone."""
    return isinstance(value, Text) and not value.replace(NOTHING, "").strip(" \n-")


def texts(model: Frozen) -> Iterator[tuple[tuple[str, ...], Text]]:
    """Every text of a model that people read, with the keys that lead to it, in the order of the
    file format.
    """

    def walk(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Text]]:
        if isinstance(value, Line | ProseText):
            yield path, value
        elif isinstance(value, Frozen):
            for key, attribute in value.attributes().items():
                yield from walk(getattr(value, attribute), (*path, key))
        elif isinstance(value, Mapping):
            for name, item in value.items():
                yield from walk(item, (*path, name))
        elif isinstance(value, tuple):
            for number, item in enumerate(value, start=1):
                yield from walk(item, (*path, str(number)))

    return walk(model, ())


def _plain(node: Node) -> Any:
    """The tree as dicts, lists and `Text`, what pydantic validates; a value left empty is None."""
    if isinstance(node, Branch):
        return {str(key): _plain(value) for key, value in node.entries.items()}
    if isinstance(node, Series):
        return [_plain(item) for item in node.items]
    return None if not node.scalar.style and node in ("", "~", "null") else node
