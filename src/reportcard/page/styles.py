"""The look: color tokens, style sheets and templates of the workspace's styles/ folder."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from reportcard.content.shelf import ContentFile, Shelf
from reportcard.content.sizes import Sizes
from reportcard.content.tree import Series, Text, Tree
from reportcard.content.yaml import read_tree
from reportcard.messages.message import message
from reportcard.page.style_rules import STYLE_MISSING, STYLE_TEMPLATE, STYLE_TOKEN, STYLE_UNREADABLE
from reportcard.problems.problem import Place, Problem
from reportcard.workspace.starter import starter_folder
from reportcard.workspace.system import reason
from reportcard.workspace.workspace import Workspace

TOKENS: Final = "styles/tokens.yaml"
SIZES: Final = "styles/sizes.yaml"
#: The look of the web edition: no page is set in it.
WEB: Final = "styles/web.css"
#: Where templates of the workspace are, by the names of those that they take the place of.
TEMPLATES: Final = "styles/templates/"
#: Those of the web edition: no page is set with them.
_OF_WEB: Final = "web/"
#: The most bytes of a template; the longest of the program's own has 4,000.
_LARGEST: Final = 100_000
#: ISO 12647-2 allows 300–330 % on coated paper; the printers this card goes to ask for 300.
MAXIMUM_INK: Final = 300
_HEX: Final = re.compile(r"#[0-9a-f]{6}")
_FACE: Final = re.compile(r"@font-face\s*{[^}]*font-family:\s*[\"']?([^\"';}]+)")
_FACES: Final = re.compile(r"@font-face\s*{[^}]*}")
#: The first font that a rule names.
_FAMILY: Final = re.compile(r"\bfont-family:\s*[\"']?([^\"';,}]+)")
_LITERAL: Final = re.compile(r"#[0-9a-fA-F]{6}\b")
_VARIABLE: Final = re.compile(r"var\(--([a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class ColourToken:
    """A colour: sRGB as `#rrggbb`, and cyan, magenta, yellow, black in percent."""

    screen: str
    print: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Styles:
    """Tokens by name, the style sheets' text by path in the order they apply, and the bytes of
    every file of them. `web` is the style sheet of the web edition, None if there is none.
    `places` says where each color is given, by its value on screen. `templates` are the workspace's
    own, by the names of those that they take the place of.
    """

    tokens: Mapping[str, ColourToken]
    sheets: Mapping[str, str]
    sources: Mapping[str, bytes]
    web: str | None
    places: Mapping[str, Place]
    sizes: Sizes
    templates: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def colour(self, name: str) -> str:
        """The screen value of a token. Raises KeyError if the styles have no such token."""
        return self.tokens[name].screen

    def coloured(self, text: str) -> str:
        """CSS or SVG with the tokens' screen values in place of `var(--name)`; other variables stay
        as they are.
        """
        return _VARIABLE.sub(
            lambda match: self.tokens[match[1]].screen if match[1] in self.tokens else match[0],
            text,
        )

    @property
    def families(self) -> frozenset[str]:
        """The font families that the style sheets declare."""
        declared = _FACE.findall("\n".join(self.sheets.values()))
        return frozenset(name.strip() for name in declared)

    @property
    def faces(self) -> str:
        """The style sheets' declarations of fonts alone."""
        return "\n".join(_FACES.findall("\n".join(self.sheets.values())))

    @property
    def css(self) -> str:
        """All style sheets as one. Colors are put in as values: page margin boxes cannot see
        custom properties.
        """
        return self.coloured("\n".join(self.sheets.values()))

    def place(self, line: int, column: int) -> Place | None:
        """Where in its style sheet a line and column of `css` is; None if no sheet has them."""
        for file, text in self.sheets.items():
            lines = text.split("\n")
            if line <= len(lines):
                return Place(file, line, self._column(lines[line - 1], column))
            line -= len(lines)
        return None

    def _column(self, line: str, column: int) -> int:
        """The column of a line as typed, from that of the line with its colors put in."""
        longer = 0
        for match in _VARIABLE.finditer(line):
            value = self.coloured(match[0])
            if column <= match.start() + longer + len(value):
                break
            longer += len(value) - len(match[0])
        return column - longer

    def undeclared_font(self) -> Place | None:
        """Where the style sheets first set text in a font that they do not declare."""
        for file, text in self.sheets.items():
            # Declarations of fonts keep their length, so that places stay.
            rest = _FACES.sub(lambda match: " " * len(match[0]), text)
            for match in _FAMILY.finditer(rest):
                if match[1].strip() not in (*self.families, "inherit"):
                    return _place(file, rest, match.start())
        return None

    def font_face(self, family: str) -> Place | None:
        """Where a font family is declared."""
        for file, text in self.sheets.items():
            for match in _FACE.finditer(text):
                if match[1].strip() == family:
                    return _place(file, text, match.start())
        return None


#: The tokens are read with every look at the content, and seldom others.
_known_tree: Final = lru_cache(maxsize=1)(read_tree)


def read_styles(workspace: Workspace, dimensions: int) -> tuple[Styles | None, tuple[Problem, ...]]:
    """The styles of a workspace whose scoreboard has that many dimensions, or what is wrong with
    them.
    """
    sheets, problems = _read_sheets(workspace)
    templates = _read_templates(workspace, problems)
    try:
        source = workspace.read(TOKENS)
        tree, found = _known_tree(source, TOKENS)
    except (OSError, ValueError):
        return None, (*problems, STYLE_MISSING.at(Place(TOKENS), "tokens"))
    problems.extend(found)
    tokens: dict[str, ColourToken] = {}
    if tree:
        tokens = _read_tokens(tree, problems)
        problems.extend(_missing_tokens(tree, dimensions))
        problems.extend(_unknown_tokens(sheets, tokens))
        problems.extend(_one_ink_each(tree, tokens))
    sizes, measures, found = _read_sizes(workspace)
    problems.extend(found)
    if problems or not tree or not sizes:
        return None, tuple(problems)
    web = sheets.pop(WEB, None)
    sources = {name: text.encode() for name, text in sheets.items()} | {
        TOKENS: source,
        SIZES: measures,
    }
    sources |= {
        f"{TEMPLATES}{name}": text.encode()
        for name, text in templates.items()
        if not name.startswith(_OF_WEB)
    }
    styles = Styles(
        MappingProxyType(tokens),
        MappingProxyType(sheets),
        MappingProxyType(sources),
        web,
        _colour_places(sheets, tree),
        sizes,
        MappingProxyType(templates),
    )
    return styles, ()


def _read_sheets(workspace: Workspace) -> tuple[dict[str, str], list[Problem]]:
    """The style sheets by their paths, and those that cannot be read."""
    problems: list[Problem] = []
    sheets = {}
    for path in sorted((workspace.root / "styles").glob("*.css")):
        name = f"styles/{path.name}"
        try:
            sheets[name] = workspace.read(name).decode("utf-8")
        except (OSError, ValueError) as error:
            problems.append(STYLE_UNREADABLE.at(Place(name), error=reason(error)))
    if not sheets:
        problems.append(STYLE_MISSING.at(Place("styles"), "sheets"))
    return sheets, problems


def _read_sizes(workspace: Workspace) -> tuple[Sizes | None, bytes, tuple[Problem, ...]]:
    """The sizes of a workspace, the bytes they were read from, and what is wrong with them. A
    workspace without that file has the sizes of a new one.
    """
    try:
        if (workspace.root / SIZES).exists():
            data = workspace.read(SIZES)
        else:
            data = (starter_folder() / SIZES).read_bytes()
    except (OSError, ValueError) as error:
        return None, b"", (STYLE_UNREADABLE.at(Place(SIZES), error=reason(error)),)
    sourced, problems = Shelf().read(ContentFile(SIZES, Sizes), data)
    return sourced.model if sourced else None, data, problems


def _read_templates(workspace: Workspace, problems: list[Problem]) -> dict[str, str]:
    """The templates by their names; those that cannot be read are added to the problems."""
    folder = workspace.root / TEMPLATES
    templates = {}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        try:
            templates[name] = _template(workspace, name)
        except (OSError, ValueError) as error:
            fault = STYLE_TEMPLATE.at(
                Place(f"{TEMPLATES}{name}"),
                "unreadable",
                error=reason(error),
                maximum=_LARGEST // 1000,
            )
            problems.append(fault)
    return templates


def _template(workspace: Workspace, name: str) -> str:
    data = workspace.read(f"{TEMPLATES}{name}")
    if len(data) > _LARGEST:
        raise ValueError(message("it is too large ({size} KB)", size=len(data) // 1000))
    return data.decode("utf-8").replace("\r\n", "\n")


def _read_tokens(tree: Tree, problems: list[Problem]) -> dict[str, ColourToken]:
    """The colors by name; those that are invalid are added to the problems."""
    tokens: dict[str, ColourToken] = {}
    for name in tree.root.entries:
        token = _token(tree.text(name, "screen"), tree.root.entries[name])
        if isinstance(token, ColourToken):
            tokens[name] = token
        else:
            place = tree.at(name)
            problems.append(STYLE_TOKEN.at(place, token, name=name, maximum=MAXIMUM_INK))
    return tokens


def _missing_tokens(tree: Tree, dimensions: int) -> Iterator[Problem]:
    """Colors that a scoreboard of so many dimensions needs."""
    for number in range(1, dimensions + 1):
        for name in (f"dimension-{number}", f"tint-{number}"):
            if name not in tree.root.entries:
                yield STYLE_TOKEN.at(Place(TOKENS), "dimension", name=name, dimensions=dimensions)


def _token(screen: Text | None, node: object) -> ColourToken | str:
    """A color, or the case of the rule that it breaks."""
    inks = getattr(node, "entries", {}).get("print")
    if screen is None or not _HEX.fullmatch(screen):
        return "screen"
    if (
        not isinstance(inks, Series)
        or len(inks.items) != 4
        or not all(isinstance(ink, Text) and ink.isdecimal() for ink in inks.items)
    ):
        return "inks"
    cyan, magenta, yellow, black = (int(str(ink)) for ink in inks.items)
    if max(cyan, magenta, yellow, black) > 100 or cyan + magenta + yellow + black > MAXIMUM_INK:
        return "heavy"
    return ColourToken(str(screen), (cyan, magenta, yellow, black))


def _one_ink_each(tree: Tree, tokens: Mapping[str, ColourToken]) -> Iterator[Problem]:
    """Two tokens of one screen colour have one print colour: the print edition is made from the
    screen's colours.
    """
    first: dict[str, str] = {}
    for name, token in tokens.items():
        other = first.setdefault(token.screen, name)
        if tokens[other].print != token.print:
            place = tree.at(name)
            yield STYLE_TOKEN.at(place, "alike", name=name, screen=token.screen, other=other)


def _unknown_tokens(
    sheets: Mapping[str, str], tokens: Mapping[str, ColourToken]
) -> Iterator[Problem]:
    for file, text in sheets.items():
        for match in _VARIABLE.finditer(text):
            if match[1] not in tokens and f"--{match[1]}:" not in text:
                place = _place(file, text, match.start())
                yield STYLE_TOKEN.at(place, "unknown", name=match[1], file=TOKENS)


def _colour_places(sheets: Mapping[str, str], tree: Tree) -> Mapping[str, Place]:
    """Where each color is given, by its value on screen: as a token, else in a style sheet."""
    places: dict[str, Place] = {}
    for name in tree.root.entries:
        if screen := tree.text(name, "screen"):
            places.setdefault(str(screen), tree.at(name))
    for file, text in sheets.items():
        for match in _LITERAL.finditer(text):
            places.setdefault(match[0].lower(), _place(file, text, match.start()))
    return MappingProxyType(places)


def _place(file: str, text: str, offset: int) -> Place:
    """The place of a character in a file."""
    line = text.count("\n", 0, offset) + 1
    return Place(file, line, offset - text.rfind("\n", 0, offset))
