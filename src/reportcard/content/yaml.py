"""YAML to a tree that knows its lines; safe against hostile files; the only importer of
ruamel.yaml.

The tree is built from the parser's events, not from ruamel's constructors: no anchor is ever
expanded, no tag ever resolved, every scalar stays the literal that a person typed (so `0.10` stays
`0.10`), and each knows its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml import events as yaml_events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from reportcard.content.encoding import CONTROL, UnsoundError, code_point, decoded
from reportcard.content.signs import mended, printed
from reportcard.content.slips import slip
from reportcard.content.tree import Branch, MendedSigns, Node, Scalar, Series, Text, Tree
from reportcard.content.yaml_rules import (
    YAML_CONTROL,
    YAML_DEPTH,
    YAML_DIRECTIVE,
    YAML_DOCUMENTS,
    YAML_DUPLICATE,
    YAML_KEY,
    YAML_MACHINERY,
    YAML_MAPPING,
    YAML_SYNTAX,
)
from reportcard.problems.problem import Place, Problem

#: The deepest place of a card is dimensions › policies › categories › minamata › name: five levels.
MAXIMUM_DEPTH: Final = 12
#: A field's longest text in characters; the longest of a real card has 11,000. Reading time grows
#: with it, not faster.
MAXIMUM_TEXT: Final = 100_000


@lru_cache(maxsize=32)
def read_tree(data: bytes, file: str) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree of a YAML file's bytes, or the problems that keep it from having one.

    `file` is the path to name in problems. Refused: what is not sound text (`encoding`), anchors,
    aliases, tags, merge keys, directives, several documents, duplicate keys, nesting past
    `MAXIMUM_DEPTH`. The files read last are remembered: a command that takes a translation in asks
    for the same one six times.
    """
    source = ""
    try:
        source = decoded(data, file)
        builder = _Builder(file, source)
        root = builder.build()
    except UnsoundError as refused:
        return None, refused.problems
    except MarkedYAMLError as error:
        return None, (_explain(error, source, file),)
    except YAMLError as error:
        return None, (YAML_SYNTAX.at(Place(file), "file", reason=_folded(str(error))),)
    return Tree(file, root, builder.mended), ()


@dataclass(slots=True)
class _Open:
    """A mapping or sequence being read: for a mapping, the key that waits for its value."""

    place: Place
    mapping: bool
    flow: bool
    entries: dict[Text, Node] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    key: Text | None = None


class _Builder:
    """Builds the tree with a stack of its own, so that depth costs no recursion."""

    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.source = source
        self.lines = source.split("\n")
        self.duplicates: list[Problem] = []
        self.mended: MendedSigns | None = None

    def build(self) -> Branch:
        stack: list[_Open] = []
        root: Node | None = None
        documents = 0
        for event in self._events():
            node: Node | None = None
            if isinstance(event, yaml_events.DocumentStartEvent):
                documents += 1
                self._refuse_document(event, documents)
            elif isinstance(event, yaml_events.ScalarEvent):
                node = self._scalar(event, stack[-1].key if stack else None)
            elif isinstance(event, yaml_events.MappingStartEvent | yaml_events.SequenceStartEvent):
                if len(stack) >= MAXIMUM_DEPTH:
                    raise UnsoundError(YAML_DEPTH.at(self._place(event), limit=MAXIMUM_DEPTH))
                is_mapping = isinstance(event, yaml_events.MappingStartEvent)
                stack.append(_Open(self._place(event), is_mapping, bool(event.flow_style)))
            elif isinstance(event, yaml_events.MappingEndEvent | yaml_events.SequenceEndEvent):
                done = stack.pop()
                end = (event.end_mark.line + 1, event.end_mark.column + 1) if done.flow else None
                node = (
                    Branch(done.entries, done.place, end)
                    if done.mapping
                    else Series(tuple(done.items), done.place, end)
                )
            if node is None:
                continue
            if stack:
                self._add(stack[-1], node)
            else:
                root = node
        if self.duplicates:
            raise UnsoundError(*self.duplicates)
        if not isinstance(root, Branch):
            raise UnsoundError(YAML_MAPPING.at(root.place if root else Place(self.file)))
        return root

    def _events(self) -> Iterator[yaml_events.Event]:
        for event in YAML(typ="safe", pure=True).parse(self.source):
            self._refuse_machinery(event)
            yield event

    def _refuse_document(self, event: yaml_events.DocumentStartEvent, documents: int) -> None:
        if documents > 1:
            raise UnsoundError(YAML_DOCUMENTS.at(self._place(event)))
        if event.version or event.tags:
            line = next(number for number, text in enumerate(self.lines, 1) if text[:1] == "%")
            raise UnsoundError(YAML_DIRECTIVE.at(Place(self.file, line, 1)))

    def _refuse_machinery(self, event: yaml_events.Event) -> None:
        case = ""
        if isinstance(event, yaml_events.AliasEvent):
            case = "alias"
        elif getattr(event, "anchor", None):
            case = "anchor"
        elif getattr(event, "ctag", None) or getattr(event, "tag", None):
            case = "tag"
        if case:
            raise UnsoundError(YAML_MACHINERY.at(self._place(event), case))

    def _add(self, parent: _Open, node: Node) -> None:
        if not parent.mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = self._key(node, parent)
        else:
            parent.entries.setdefault(parent.key, node)
            parent.key = None

    def _key(self, node: Node, parent: _Open) -> Text:
        if not isinstance(node, Text):
            line, column = node.place.line, node.place.column
            is_value = self.lines[line - 1][column - 2 :].startswith("{{")
            found = slip(self.source, self.file, line) if is_value else None
            raise UnsoundError(found or YAML_KEY.at(node.place))
        if node == "<<":
            raise UnsoundError(YAML_MACHINERY.at(node.place, "merge"))
        if node in parent.entries:
            first = next(key for key in parent.entries if key == node)
            self.duplicates.append(
                YAML_DUPLICATE.at(node.place, key=str(node), line=first.place.line)
            )
        return node

    def _place(self, event: yaml_events.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _scalar(self, event: yaml_events.ScalarEvent, key: Text | None) -> Text:
        start, end = event.start_mark, event.end_mark
        style = event.style or ""
        if key is not None and not style and not event.value:
            return self._empty(key)
        if bad := CONTROL.search(event.value):
            place = self._place(event)
            raise UnsoundError(YAML_CONTROL.at(place, "escape", code=code_point(bad[0])))
        if style in ("|", ">"):
            # Line and column of each line of text: the raw line less the text that ends it.
            places = []
            for row, text in enumerate(event.value.split("\n")):
                line = start.line + 1 + row
                raw = self.lines[line].rstrip("\r") if line < len(self.lines) else ""
                column = len(raw) - len(text) if style == "|" and raw.endswith(text) else 0
                places.append((line + 1, column + 1))
            if style == ">":
                first = self.lines[places[0][0] - 1] if places[0][0] <= len(self.lines) else ""
                places = [(places[0][0], len(first) - len(first.lstrip()) + 1)]
            scalar = Scalar(tuple(places), style, end=(end.line + 1, end.column + 1))
        else:
            if not style:
                self._refuse_swallowed(start.line + 1, end.line + 1)
            scalar = Scalar(
                ((start.line + 1, start.column + 1 + bool(style)),),
                style,
                "" if style else self.lines[end.line][end.column :].rstrip("\r"),
                (end.line + 1, end.column + 1),
            )
        return self._printed(Text(event.value, self.file, scalar))

    def _printed(self, typed: Text) -> Text:
        """A scalar with the signs that are printed."""
        if found := mended(typed):
            self.mended = self.mended + found if self.mended else found
        return Text(printed(typed), self.file, typed.scalar)

    def _refuse_swallowed(self, first: int, last: int) -> None:
        """Refuses bullets within a plain text: YAML joins them to the line before."""
        for number in range(first + 1, last + 1):
            row = self.lines[number - 1]
            if row.lstrip(" ").startswith("- "):
                place = Place(self.file, number, len(row) - len(row.lstrip(" ")) + 1)
                found = slip(self.source, self.file, number)
                raise UnsoundError(found or YAML_SYNTAX.at(place, "swallowed"))

    def _empty(self, key: Text) -> Text:
        """A value that is not written, after its key: the parser has it where the next one is."""
        line, column = key.scalar.end
        rest = self.lines[line - 1][column - 1 :].rstrip("\r")
        colon = len(rest) - len(rest.lstrip()) + 1 if rest.lstrip().startswith(":") else 0
        place = (line, column + colon)
        return Text("", self.file, Scalar((place,), "", rest[colon:], place))


#: By words of the parser's message, the case of YAML-SYNTAX. The first row that fits decides.
_CASES: Final = (
    ("mapping values are not allowed", "colon"),
    ("found character '\\t'", "tab"),
    ("could not find expected ':'", "key"),
    ("expected <block end>", "unaligned"),
    ("while scanning a quoted scalar", "quote"),
    ("did not find expected", "unexpected"),
    ("expected ',' or ", "unexpected"),
    ("expected '<document start>'", "unexpected"),
    ("found unknown escape character", "escape"),
    ("found unknown directive", "percent"),
    ("cannot start any token", "sign"),
)


def _explain(error: MarkedYAMLError, source: str, file: str) -> Problem:
    """The slip that the parser stumbled over; or where it stopped, in its terms."""
    mark = error.problem_mark or error.context_mark
    if mark and (found := slip(source, file, mark.line + 1)):
        return found
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    words = f"{error.context or ''} {error.problem or ''}"
    case = next((case for sign, case in _CASES if sign in words), "line")
    sign = source.split("\n")[place.line - 1][place.column - 1 :][:1] if mark else ""
    return YAML_SYNTAX.at(place, case, reason=_folded(words), sign=sign)


def _folded(words: str) -> str:
    """A library's message on one line."""
    return " ".join(words.split())
