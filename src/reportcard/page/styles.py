"""The look: colors, fonts, style sheets, sizes and templates of the theme of a workspace."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from reportcard.content.loading import EDITION
from reportcard.content.shelf import ContentFile, Shelf
from reportcard.content.sizes import Sizes
from reportcard.content.tree import Tree
from reportcard.errors import ReportCardError
from reportcard.messages.message import message
from reportcard.page.fonts import FontFace, Typeface, font_faces, font_fault, font_file, typeface
from reportcard.page.sheet_syntax import sheet_faults
from reportcard.page.sheets import shared_colours, shared_sheets
from reportcard.page.style_rules import (
    STYLE_FONT,
    STYLE_LOOSE,
    STYLE_MISSING,
    STYLE_SYNTAX,
    STYLE_TEMPLATE,
    STYLE_THEME,
    STYLE_TOKEN,
    STYLE_UNREADABLE,
)
from reportcard.page.tokens import (
    TEXT,
    ColourToken,
    colour_names,
    diverging_colours,
    known_tree,
    missing_tokens,
    one_ink_each,
    read_families,
    read_tokens,
)
from reportcard.problems.problem import Place, Problem
from reportcard.workspace.starter import starter_theme
from reportcard.workspace.system import reason
from reportcard.workspace.theme import (
    STYLES,
    Theme,
    default_theme,
    named_theme,
    packaged_themes,
    theme_names,
)
from reportcard.workspace.workspace import BASE, Workspace, read_within

TOKENS: Final = "tokens.yaml"
SIZES: Final = "sizes.yaml"
#: The look of the web edition: no page is set in it.
WEB: Final = "web.css"
#: What a theme styles where a section begins below the end of the one before it.
RUN_ON: Final = "run-on"
#: Where templates of the theme are, by the names of those that they take the place of.
TEMPLATES: Final = "templates/"
#: Artwork of the theme, drawn for its pages; what is not there is looked for in figures/.
_ART: Final = "art/"
#: Those of the web edition: no page is set with them.
_OF_WEB: Final = "web/"
#: The most bytes of a template; the longest of the program's own has 4,000.
_LARGEST: Final = 100_000
_RULE: Final = re.compile(r"@font-face\s*{[^}]*}")
#: The first font that a rule names.
_FAMILY: Final = re.compile(r"\bfont-family:\s*[\"']?([^\"';,}]+)")
_LITERAL: Final = re.compile(r"#[0-9a-fA-F]{6}\b")
_VARIABLE: Final = re.compile(r"var\(--([a-z0-9-]+)\)")
#: The size of pages, as its two lengths or by a name (CSS Paged Media 3).
_SIZE: Final = re.compile(r"@page\s*{[^}]*?\bsize:\s*([\w.]+)\s*([\w.]*)\s*[;}]")
#: Variables that are font families: `var(--font-text)`.
_FONT: Final = "font-"


@dataclass(frozen=True, slots=True)
class Styles:
    """Tokens by name, the style sheets' text by path in the order they apply, and the bytes of
    every file of them. `web` is the style sheet of the web edition, None if there is none.
    `places` says where each color is given, by its value on screen. `templates` are the theme's
    own, by the names of those that they take the place of. `fonts` are the families by their use.
    """

    theme: Theme
    tokens: Mapping[str, ColourToken]
    sheets: Mapping[str, str]
    sources: Mapping[str, bytes]
    web: str | None
    places: Mapping[str, Place]
    sizes: Sizes
    templates: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    fonts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def colour(self, name: str) -> str:
        """The screen value of a token. Raises KeyError if the styles have no such token."""
        return self.tokens[name].screen

    def coloured(self, text: str) -> str:
        """CSS or SVG with the tokens' screen values in place of `var(--name)`, and families in
        place of `var(--font-use)`; other variables stay as they are.
        """
        return _VARIABLE.sub(self._value, text)

    def _value(self, match: re.Match[str]) -> str:
        name = match[1]
        if name in self.tokens:
            return self.tokens[name].screen
        if name.startswith(_FONT) and (family := self.fonts.get(name.removeprefix(_FONT))):
            return f'"{family}"'
        return match[0]

    @property
    def base(self) -> str:
        """The address that those in the style sheets are relative to."""
        return f"{BASE}{self.theme.folder}/"

    def artwork(self, name: str) -> str:
        """The path of a piece of artwork, `cover.svg`: the theme's own, else that in figures/."""
        own = self.theme.path(f"{_ART}{name}")
        return f"figures/{name}" if self.theme.is_missing(own) else own

    @property
    def faces(self) -> tuple[FontFace, ...]:
        """The fonts that the style sheets declare, in order."""
        return tuple(face for text in self.sheets.values() for face in font_faces(text))

    @property
    def families(self) -> frozenset[str]:
        """The font families that the style sheets declare."""
        return frozenset(face.family for face in self.faces)

    @property
    def typeface(self) -> Typeface:
        """What drawings are lettered in: the family of the text.

        Raises ReportCardError if it has no file.
        """
        return typeface(self.theme, self.fonts[TEXT], self.faces)

    @property
    def font_rules(self) -> str:
        """The style sheets' declarations of fonts alone."""
        return "\n".join(_RULE.findall("\n".join(self.sheets.values())))

    @property
    def css(self) -> str:
        """All style sheets as one: what themes share, and after it the theme's own, which have the
        last word. Colors are put in as values: page margin boxes cannot see custom properties.
        """
        return self.coloured("\n".join((shared_sheets(), *self.sheets.values())))

    @property
    def runs_on(self) -> bool:
        """Whether the theme lets a section begin below the end of another: it styles that case."""
        return f".{RUN_ON}" in "".join(self.sheets.values())

    @property
    def turned_page(self) -> str:
        """The size of a page on its side, as CSS: for tables that are broader than they are
        high.
        """
        first, other = found.groups() if (found := _SIZE.search(self.css)) else ("A4", "")
        return f"{other} {first}" if other[:1].isdigit() else f"{first} landscape"

    def place(self, line: int, column: int) -> Place | None:
        """Where in its style sheet a line and column of `css` is; None if no sheet of the theme has
        them.
        """
        line -= shared_sheets().count("\n") + 1
        if line < 1:
            return None
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
            rest = _RULE.sub(lambda match: " " * len(match[0]), text)
            for match in _FAMILY.finditer(rest):
                named = self.coloured(match[1]).strip(' "')
                if named not in (*self.families, "inherit"):
                    return _place(file, rest, match.start())
        return None

    def font_face(self, family: str) -> Place | None:
        """Where a font family is declared."""
        for file, text in self.sheets.items():
            for face in font_faces(text):
                if face.family == family:
                    return _place(file, text, face.offset)
        return None


def read_styles(
    workspace: Workspace, dimensions: int, named: str = "", place: Place | None = None
) -> tuple[Styles | None, tuple[Problem, ...]]:
    """The styles of a workspace whose scoreboard has that many dimensions, and what is to be said
    of them; None if they cannot be used. The edition names the theme, at a place; else it is the
    only one there is.
    """
    theme = named_theme(workspace, named) if named else default_theme(workspace)
    if theme is None:
        return None, (_no_theme(workspace, named, place or Place(EDITION)),)
    sheets, problems = _read_sheets(theme)
    templates = _read_templates(theme, problems)
    file = theme.path(TOKENS)
    try:
        source = theme.read(file)
        tree, found = known_tree(source, file)
    except FileNotFoundError:
        return None, (*problems, STYLE_MISSING.at(Place(file), "tokens"))
    except (OSError, ValueError) as error:
        return None, (*problems, STYLE_UNREADABLE.at(Place(file), error=reason(error)))
    problems.extend(found)
    tokens: dict[str, ColourToken] = {}
    fonts: dict[str, str] = {}
    if tree:
        tokens = read_tokens(tree, problems)
        fonts = _read_fonts(theme, sheets, tree, problems)
        problems.extend(missing_tokens(tree, dimensions))
        problems.extend(_unknown_tokens(sheets, tuple(colour_names(tree)), fonts, file))
        problems.extend(_missing_tokens(tuple(colour_names(tree)), file))
        problems.extend(one_ink_each(tree, tokens))
    sizes, measures, found = _read_sizes(theme)
    problems.extend(found)
    if problems or not tree or not sizes:
        return None, tuple(problems)
    web = sheets.pop(theme.path(WEB), None)
    sources = {name: text.encode() for name, text in sheets.items()} | {
        file: source,
        theme.path(SIZES): measures,
    }
    sources |= {
        theme.path(f"{TEMPLATES}{name}"): text.encode()
        for name, text in templates.items()
        if not name.startswith(_OF_WEB)
    }
    styles = Styles(
        theme,
        MappingProxyType(tokens),
        MappingProxyType(sheets),
        MappingProxyType(sources),
        web,
        _colour_places(sheets, tree),
        sizes,
        MappingProxyType(templates),
        MappingProxyType(fonts),
    )
    loose = (STYLE_LOOSE.at(Place(file)),) if theme.is_loose else ()
    return styles, (*loose, *diverging_colours(tree, tokens))


def _no_theme(workspace: Workspace, named: str, place: Place) -> Problem:
    """Why a workspace has no theme."""
    own = theme_names(workspace)
    if named:
        names = tuple(sorted({*own, *packaged_themes()}))
        return STYLE_THEME.at(place, "unknown", name=named, names=names)
    if own:
        return STYLE_THEME.at(place, "several", names=own)
    return STYLE_MISSING.at(Place(STYLES), "theme")


def _read_sheets(theme: Theme) -> tuple[dict[str, str], list[Problem]]:
    """The style sheets by their paths, and those that cannot be read."""
    problems: list[Problem] = []
    sheets = {}
    for path in theme.paths("*.css"):
        try:
            sheets[path] = theme.read(path).decode("utf-8")
        except (OSError, ValueError) as error:
            problems.append(STYLE_UNREADABLE.at(Place(path), error=reason(error)))
    for path, text in sheets.items():
        faults = sheet_faults(text)
        problems += [STYLE_SYNTAX.at(_place(path, text, at), case) for at, case in faults]
    if not sheets:
        problems.append(STYLE_MISSING.at(Place(theme.folder), "sheets"))
    return sheets, problems


def _read_fonts(
    theme: Theme, sheets: Mapping[str, str], tree: Tree, problems: list[Problem]
) -> dict[str, str]:
    """The font families by their use. Those that are not declared, and declared fonts without a
    file, are added to the problems.
    """
    declared: dict[str, None] = {}
    for path, text in sheets.items():
        if path == theme.path(WEB):
            continue
        for face in font_faces(text):
            declared[face.family] = None
            if face.file:
                problems += _font_problems(theme, face.file, _place(path, text, face.offset))
    return read_families(tree, declared, problems)


def _font_problems(theme: Theme, name: str, place: Place) -> Iterator[Problem]:
    """A font that is not there, or is damaged."""
    try:
        fault = font_fault(read_within(font_file(theme, name)))
    except ReportCardError:
        yield STYLE_FONT.at(place, "file", name=name, folder=theme.folder)
    except (OSError, ValueError) as error:
        yield STYLE_FONT.at(place, "unreadable", name=name, reason=reason(error))
    else:
        if fault:
            yield STYLE_FONT.at(place, "damaged", name=name, reason=fault)


def _read_sizes(theme: Theme) -> tuple[Sizes | None, bytes, tuple[Problem, ...]]:
    """The sizes of a theme, the bytes they were read from, and what is wrong with them. A theme
    without that file has the sizes of a new workspace.
    """
    file = theme.path(SIZES)
    try:
        is_own = not theme.is_missing(file)
        data = theme.read(file) if is_own else (starter_theme() / SIZES).read_bytes()
    except (OSError, ValueError) as error:
        return None, b"", (STYLE_UNREADABLE.at(Place(file), error=reason(error)),)
    sourced, problems = Shelf().read(ContentFile(file, Sizes), data)
    return sourced.model if sourced else None, data, problems


def _read_templates(theme: Theme, problems: list[Problem]) -> dict[str, str]:
    """The templates by their names; those that cannot be read are added to the problems."""
    templates = {}
    for path in theme.paths(f"{TEMPLATES}**/*.html"):
        try:
            templates[path.removeprefix(theme.path(TEMPLATES))] = _template(theme, path)
        except (OSError, ValueError) as error:
            fault = STYLE_TEMPLATE.at(
                Place(path), "unreadable", error=reason(error), maximum=_LARGEST // 1000
            )
            problems.append(fault)
    return templates


def _template(theme: Theme, path: str) -> str:
    data = theme.read(path)
    if len(data) > _LARGEST:
        raise ValueError(message("it is too large ({size} KB)", size=len(data) // 1000))
    return data.decode("utf-8").replace("\r\n", "\n")


def _unknown_tokens(
    sheets: Mapping[str, str],
    tokens: Iterable[str],
    fonts: Mapping[str, str],
    tokens_file: str,
) -> Iterator[Problem]:
    known = {*tokens, *(f"{_FONT}{use}" for use in fonts)}
    for file, text in sheets.items():
        for match in _VARIABLE.finditer(text):
            if match[1] not in known and f"--{match[1]}:" not in text:
                place = _place(file, text, match.start())
                yield STYLE_TOKEN.at(place, "unknown", name=match[1], file=tokens_file)


def _missing_tokens(tokens: Iterable[str], tokens_file: str) -> Iterator[Problem]:
    """Colors that the style sheets of all themes need."""
    for name in sorted(shared_colours().difference(tokens)):
        yield STYLE_TOKEN.at(Place(tokens_file), "shared", name=name)


def _colour_places(sheets: Mapping[str, str], tree: Tree) -> Mapping[str, Place]:
    """Where each color is given, by its value on screen: as a token, else in a style sheet."""
    places: dict[str, Place] = {}
    for name in colour_names(tree):
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
