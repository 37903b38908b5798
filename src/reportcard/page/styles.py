"""The look: colour tokens and style sheets of the workspace's styles/ folder."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from reportcard.content.tree import Series, Text, Tree
from reportcard.content.yaml import read_tree
from reportcard.problems.problem import Place, Problem
from reportcard.workspace.workspace import Workspace

TOKENS: Final = "styles/tokens.yaml"
#: The look of the web edition: no page is set in it.
WEB: Final = "styles/web.css"
#: ISO 12647-2 allows 300–330 % on coated paper; the printers this card goes to ask for 300.
MAXIMUM_INK: Final = 300
_HEX: Final = re.compile(r"#[0-9a-f]{6}")
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
    """

    tokens: Mapping[str, ColourToken]
    sheets: Mapping[str, str]
    sources: Mapping[str, bytes]
    web: str | None

    def colour(self, name: str) -> str:
        """The screen value of a token. Raises KeyError for a name that is none."""
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
        declared = re.findall(
            r"@font-face\s*{[^}]*font-family:\s*[\"']?([^\"';}]+)", "\n".join(self.sheets.values())
        )
        return frozenset(name.strip() for name in declared)

    @property
    def faces(self) -> str:
        """The style sheets' declarations of fonts alone."""
        return "\n".join(re.findall(r"@font-face\s*{[^}]*}", "\n".join(self.sheets.values())))

    @property
    def css(self) -> str:
        """All style sheets as one. Colours are put in as values: page margin boxes cannot see
        custom properties.
        """
        return self.coloured("\n".join(self.sheets.values()))


#: The tokens are read with every look at the content, and seldom others.
_known_tree: Final = lru_cache(maxsize=1)(read_tree)


def read_styles(workspace: Workspace, dimensions: int) -> tuple[Styles | None, tuple[Problem, ...]]:
    """The styles of a workspace whose scoreboard has that many dimensions, or what is wrong with
    them.
    """
    sheets, problems = _read_sheets(workspace)
    try:
        source = workspace.read(TOKENS)
        tree, found = _known_tree(source, TOKENS)
    except (OSError, ValueError):
        hint = "Copy it from a new workspace (reportcard init)."
        missing = Problem("STYLE-MISSING", "this file is missing.", hint, Place(TOKENS))
        return None, (*problems, missing)
    problems.extend(found)
    tokens: dict[str, ColourToken] = {}
    if tree:
        tokens = _read_tokens(tree, problems)
        problems.extend(_missing_tokens(tree, dimensions))
        problems.extend(_unknown_tokens(sheets, tokens))
        problems.extend(_one_ink_each(tree, tokens))
    if problems:
        return None, tuple(problems)
    web = sheets.pop(WEB, None)
    sources = {name: text.encode() for name, text in sheets.items()} | {TOKENS: source}
    return Styles(
        MappingProxyType(tokens), MappingProxyType(sheets), MappingProxyType(sources), web
    ), ()


def _read_sheets(workspace: Workspace) -> tuple[dict[str, str], list[Problem]]:
    """The style sheets by their paths, and those that cannot be read."""
    problems: list[Problem] = []
    sheets = {}
    for path in sorted((workspace.root / "styles").glob("*.css")):
        name = f"styles/{path.name}"
        try:
            sheets[name] = workspace.read(name).decode("utf-8")
        except (OSError, ValueError) as error:
            message = f"this style sheet cannot be read: {error}."
            hint = "Save it as UTF-8 text."
            problems.append(Problem("STYLE-UNREADABLE", message, hint, Place(name)))
    if not sheets:
        hint = "Copy styles/ from a new workspace (reportcard init)."
        problems.append(Problem("STYLE-MISSING", "there is no style sheet.", hint, Place("styles")))
    return sheets, problems


def _read_tokens(tree: Tree, problems: list[Problem]) -> dict[str, ColourToken]:
    """The colours by name; what is none is added to the problems."""
    tokens: dict[str, ColourToken] = {}
    for name in tree.root.entries:
        token = _token(tree.text(name, "screen"), tree.root.entries[name])
        if isinstance(token, ColourToken):
            tokens[name] = token
        else:
            hint = 'Write {screen: "#rrggbb", print: [c, m, y, k]}.'
            message = f"“{name}” {token}."
            problems.append(Problem("STYLE-TOKEN", message, hint, tree.at(name)))
    return tokens


def _missing_tokens(tree: Tree, dimensions: int) -> Iterator[Problem]:
    """Colours that a scoreboard of so many dimensions needs."""
    hint = f"The scoreboard has {dimensions} dimensions: give each its two colours."
    for number in range(1, dimensions + 1):
        for name in (f"dimension-{number}", f"tint-{number}"):
            if name not in tree.root.entries:
                message = f"there is no colour “{name}”."
                yield Problem("STYLE-TOKEN", message, hint, Place(TOKENS, 1, 1))


def _token(screen: Text | None, node: object) -> ColourToken | str:
    inks = getattr(node, "entries", {}).get("print")
    if screen is None or not _HEX.fullmatch(screen):
        return "has no screen value like #1d2a26"
    if (
        not isinstance(inks, Series)
        or len(inks.items) != 4
        or not all(isinstance(ink, Text) and ink.isdecimal() for ink in inks.items)
    ):
        return "has no four inks for print"
    cyan, magenta, yellow, black = (int(str(ink)) for ink in inks.items)
    if max(cyan, magenta, yellow, black) > 100 or cyan + magenta + yellow + black > MAXIMUM_INK:
        return f"has more ink than {MAXIMUM_INK} %"
    return ColourToken(str(screen), (cyan, magenta, yellow, black))


def _one_ink_each(tree: Tree, tokens: Mapping[str, ColourToken]) -> Iterator[Problem]:
    """Two tokens of one screen colour have one print colour: the print edition is made from the
    screen's colours.
    """
    first: dict[str, str] = {}
    for name, token in tokens.items():
        other = first.setdefault(token.screen, name)
        if tokens[other].print != token.print:
            yield Problem(
                "STYLE-TOKEN",
                f"“{name}” is {token.screen} on screen like “{other}”, and other inks in print.",
                "Give both the same inks, or one of them a shade of its own.",
                tree.at(name),
            )


def _unknown_tokens(
    sheets: Mapping[str, str], tokens: Mapping[str, ColourToken]
) -> Iterator[Problem]:
    for file, text in sheets.items():
        for match in _VARIABLE.finditer(text):
            if match[1] not in tokens and f"--{match[1]}:" not in text:
                place = Place(
                    file,
                    text.count("\n", 0, match.start()) + 1,
                    match.start() - text.rfind("\n", 0, match.start()),
                )
                yield Problem(
                    "STYLE-TOKEN",
                    f"there is no colour “{match[1]}”.",
                    f"Add it to {TOKENS}, or mend its name.",
                    place,
                )
