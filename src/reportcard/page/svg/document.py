"""An SVG file as elements that know their line and column; safe against hostile files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

#: The most bytes of a drawing; maps with all their rivers have two or three million.
LARGEST: Final = 10_000_000
#: The most elements; such a map has some 20,000. The engine takes about 20 s to draw so many.
MOST: Final = 100_000
#: The deepest an element may be. Drawing programs stay below 30, and the engine draws each level
#: with calls of its own.
DEEPEST: Final = 100


@dataclass(slots=True)
class SvgElement:
    """An element: its name and attributes without namespaces, the text before each child and after
    the last, and where its tag begins (line and column from 1).
    """

    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    parent: "SvgElement | None" = None
    children: "list[SvgElement]" = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, that of its children left out."""
        return "".join(self.texts)

    @property
    def shown(self) -> str:
        """The element as people find it in the file: its name, and its id if it has one."""
        id_ = self.attributes.get("id")
        return f'<{self.tag} id="{id_}">' if id_ else f"<{self.tag}>"

    def walk(self) -> "Iterator[SvgElement]":
        """The element and all inside it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


class SvgError(ValueError):
    """Why a file cannot be read as an SVG, and where: a case of FIGURE-FILE and what fills it."""

    def __init__(self, case: str, line: int = 0, column: int = 0, **holes: str) -> None:
        super().__init__(case)
        self.case = case
        self.line = line
        self.column = column
        self.holes = holes


def read_svg(data: bytes) -> SvgElement:
    """The root element of an SVG file. Raises SvgError if it is not one, or not as cards take it:
    in UTF-8, without entities of its own, within bounds.
    """
    if len(data) > LARGEST:
        raise SvgError("large", size=f"{len(data) / 1e6:.3g}", limit=f"{LARGEST / 1e6:g}")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SvgError("encoding", data.count(b"\n", 0, error.start) + 1) from error
    reader = _Reader(data)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise SvgError("xml", error.lineno, error.offset + 1) from error
    root = reader.root
    if root is None or root.tag != "svg":
        raise SvgError("root", 1, 1, name=root.tag if root else "")
    return root


class _Reader:
    """Builds the elements from the parser's events. The parser is told the encoding, as the engine
    is: what a file declares does not count.
    """

    def __init__(self, data: bytes) -> None:
        self.has_only_ascii = data.isascii()
        self.root: SvgElement | None = None
        self.open: list[SvgElement] = []
        self.count = 0
        parser = self.parser = expat.ParserCreate("UTF-8", " ")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _place(self) -> tuple[int, int]:
        """Line and column of the event, from 1."""
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        is_known = (encoding or "utf-8").lower() in ("utf-8", "utf8", "us-ascii", "ascii")
        if not is_known and not self.has_only_ascii:
            raise SvgError("encoding", 1)

    def _doctype(
        self, _name: str, _system: str | None, _public: str | None, has_declarations: int
    ) -> None:
        # Without declarations it says only that this is SVG, as many programs write.
        if has_declarations:
            raise SvgError("entities", *self._place())

    def _entity(self, *_: object) -> None:
        raise SvgError("entities", *self._place())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= DEEPEST:
            raise SvgError("deep", *self._place(), limit=str(DEEPEST))
        self.count += 1
        if self.count > MOST:
            raise SvgError("many", *self._place(), limit=f"{MOST:,}")
        parent = self.open[-1] if self.open else None
        bare = {_local(key): value for key, value in attributes.items()}
        element = SvgElement(_local(name), bare, *self._place(), parent)
        if parent:
            parent.children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].texts.append(text)


def _local(name: str) -> str:
    """A name without its namespace, as the engine looks at it."""
    return name.rpartition(" ")[2]
