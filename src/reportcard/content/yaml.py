"""YAML to a tree that knows its lines; safe against hostile files; the only importer of
ruamel.yaml.

The tree is built from the parser's events, not from ruamel's constructors: no anchor is ever
expanded, no tag ever resolved, every scalar stays the literal that a person typed (so `0.10` stays
`0.10`), and each knows where it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml import events as yaml_events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from reportcard.content.tree import Branch, Node, Scalar, Series, Text, Tree
from reportcard.problems.problem import Place, Problem

#: The Peru card, all of it, is 35 KB; the parser takes about 1 s a megabyte, so this bounds its
#: time as well.
MAXIMUM_BYTES: Final = 2_000_000
#: The deepest place of a card is dimensions › policies › categories › minamata › name: five levels.
MAXIMUM_DEPTH: Final = 12
#: A field's longest text in characters; the longest of a real card has 11,000. Reading time grows
#: with it, not faster.
MAXIMUM_TEXT: Final = 100_000

# Tab, line feed and CR+LF are text; all other C0 and C1 controls are not, nor are the line and
# paragraph separators, a BOM inside the text, half of a surrogate pair, or the marks that make text
# run the other way (a reviewer would not see what is printed).
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]|\r(?!\n)"
)


def read_tree(data: bytes, file: str) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree of a YAML file's bytes, or the problems that keep it from having one.

    `file` is the path to name in problems. Refused: files over `MAXIMUM_BYTES`, bytes that are not
    UTF-8, control characters, anchors, aliases, tags, merge keys, directives, several documents,
    duplicate keys, nesting past `MAXIMUM_DEPTH`.
    """
    try:
        source = _decode(data, file)
        root = _Builder(file, source).build()
    except _RefusedError as refused:
        return None, refused.problems
    except MarkedYAMLError as error:
        return None, (_explain(error, file),)
    except YAMLError as error:
        return None, (
            Problem(
                "YAML-SYNTAX",
                f"this is not YAML: {error}.",
                "Undo the last edit of this file.",
                Place(file),
            ),
        )
    return Tree(file, root), ()


class _RefusedError(Exception):
    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


def _refused(code: str, message: str, hint: str, place: Place) -> _RefusedError:
    return _RefusedError(Problem(code, message, hint, place))


def _decode(data: bytes, file: str) -> str:
    if len(data) > MAXIMUM_BYTES:
        raise _refused(
            "YAML-SIZE",
            f"the file has {len(data):,} bytes; a content file has at most {MAXIMUM_BYTES:,}.",
            "Move pictures and tables out of it.",
            Place(file, 1, 1),
        )
    if data.startswith(b"%PDF-"):
        raise _refused(
            "YAML-TEXT",
            "this is a PDF, not a text file.",
            "Put the YAML file back in its place.",
            Place(file, 1, 1),
        )
    try:
        source = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(file, before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1)
        raise _refused(
            "YAML-TEXT", "this is not UTF-8 text.", "Save the file with the encoding UTF-8.", place
        ) from None
    if not source.strip():
        raise _refused(
            "YAML-EMPTY",
            "the file is empty.",
            "Write its content, or delete the file.",
            Place(file, 1, 1),
        )
    found = [
        Problem(
            "YAML-CONTROL",
            f"a control character stands here (U+{ord(match[0]):04X}).",
            "Delete it and type the space or line break again.",
            Place(
                file,
                source.count("\n", 0, match.start()) + 1,
                match.start() - source.rfind("\n", 0, match.start()),
            ),
        )
        for match in _CONTROL.finditer(source)
    ]
    if found:
        raise _RefusedError(*found[:20])
    return source


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
                node = self._scalar(event)
            elif isinstance(event, yaml_events.MappingStartEvent | yaml_events.SequenceStartEvent):
                if len(stack) >= MAXIMUM_DEPTH:
                    raise _refused(
                        "YAML-DEPTH",
                        f"values are nested more than {MAXIMUM_DEPTH} levels deep here.",
                        "Content never needs that; look for a stray `-`, `[` or `{`.",
                        self._place(event),
                    )
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
            raise _RefusedError(*self.duplicates)
        if not isinstance(root, Branch):
            raise _refused(
                "YAML-MAPPING",
                "the file must be a mapping, lines like `title: …`.",
                "Begin with a key and a colon.",
                Place(self.file, 1, 1),
            )
        return root

    def _events(self) -> Iterator[yaml_events.Event]:
        for event in YAML(typ="safe", pure=True).parse(self.source):
            self._refuse_machinery(event)
            yield event

    def _refuse_document(self, event: yaml_events.DocumentStartEvent, documents: int) -> None:
        if documents > 1:
            raise _refused(
                "YAML-DOCUMENTS",
                "a second document begins here (`---`).",
                "Delete this line.",
                self._place(event),
            )
        if event.version or event.tags:
            raise _refused(
                "YAML-DIRECTIVE",
                "a % directive stands before the content.",
                "Delete that line.",
                Place(self.file, 1, 1),
            )

    def _refuse_machinery(self, event: yaml_events.Event) -> None:
        name, sign = "", ""
        if isinstance(event, yaml_events.AliasEvent):
            name, sign = "an alias", "*"
        elif getattr(event, "anchor", None):
            name, sign = "an anchor", "&"
        elif getattr(event, "ctag", None) or getattr(event, "tag", None):
            name, sign = "a tag", "!"
        if name:
            raise _refused(
                "YAML-MACHINERY",
                f"{name} stands here ({sign}…); content files have none.",
                f"Write the value out; text that begins with {sign} goes between quotes.",
                self._place(event),
            )

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
            raise _refused("YAML-KEY", "a key must be one word.", "Write `key: value`.", node.place)
        if node == "<<":
            raise _refused(
                "YAML-MACHINERY",
                "a merge key (<<) stands here.",
                "Write the values out.",
                node.place,
            )
        if node in parent.entries:
            first = next(key for key in parent.entries if key == node)
            self.duplicates.append(
                Problem(
                    "YAML-DUPLICATE",
                    f"“{node}” stands here a second time; the first is on line {first.place.line}.",
                    "Keep one of the two, or give this one another name.",
                    node.place,
                )
            )
        return node

    def _place(self, event: yaml_events.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _scalar(self, event: yaml_events.ScalarEvent) -> Text:
        start, end = event.start_mark, event.end_mark
        style = event.style or ""
        if bad := _CONTROL.search(event.value):
            raise _refused(
                "YAML-CONTROL",
                f"an escape here stands for a control character (U+{ord(bad[0]):04X}).",
                "Delete the escape.",
                self._place(event),
            )
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
            scalar = Scalar(
                ((start.line + 1, start.column + 1 + bool(style)),),
                style,
                "" if style else self.lines[end.line][end.column :].rstrip("\r"),
                (end.line + 1, end.column + 1),
            )
        return Text(event.value, self.file, scalar)


#: What the parser says, and what a person who never heard of YAML needs to hear. Matched in this
#: order.
_EXPLANATIONS: Final = (
    (
        "mapping values are not allowed",
        "a second “: ” stands in this value, and YAML takes it for another key.",
        "Put the text in a block: `key: |`, and the text below it, indented.",
    ),
    ("found character '\\t'", "a tab stands where YAML wants spaces.", "Indent with spaces."),
    (
        "could not find expected ':'",
        "a key here has no colon, or a line of text is not indented as its block is.",
        "Indent the line like those above it, or put `: ` after the key.",
    ),
    (
        "expected <block end>",
        "this line is indented otherwise than its neighbours.",
        "Line it up with the keys above it.",
    ),
    (
        "while scanning a quoted scalar",
        "a quotation mark opens here and never closes.",
        "Close it, or put the text in a block: `key: |`.",
    ),
    (
        "did not find expected",
        "YAML did not expect this here.",
        "Look for an unclosed bracket or quote above.",
    ),
    (
        "found unknown directive",
        "a line begins with %.",
        "Put text that begins with % in a block: `key: |`.",
    ),
    (
        "cannot start any token",
        "this character cannot begin a value.",
        "Put the text between quotes or in a block: `key: |`.",
    ),
)


def _explain(error: MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    told = f"{error.context or ''} {error.problem or ''}"
    for sign, message, hint in _EXPLANATIONS:
        if sign in told:
            return Problem("YAML-SYNTAX", message, hint, place)
    return Problem(
        "YAML-SYNTAX",
        f"this is not YAML: {told.strip()}.",
        "Look at this line and the one above it.",
        place,
    )
