"""Pictures, pictograms, logos and artwork can be read to their end, and print as they are drawn.
The artwork that a theme uses is there.
"""

import re
from collections.abc import Iterator
from posixpath import normpath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from reportcard.checks.drawings import FIGURE_FILE, Palette, drawing_problems
from reportcard.content.loading import Content
from reportcard.content.prose import Picture
from reportcard.content.rules import FILE_UNREADABLE
from reportcard.content.shelf import Sourced
from reportcard.page.font_signs import font_signs
from reportcard.page.styles import WEB, Styles
from reportcard.pdf.pixels import picture_fault
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.workspace.system import reason
from reportcard.workspace.workspace import Workspace

ARTWORK_MISSING: Final = Rule(
    "ARTWORK-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "artwork": (
            "cannot find {file}, which the pages of the theme use.",
            "Put the file back, or copy it from a new workspace (`reportcard init`).",
        ),
        "style": (
            "cannot find {file}, which this line of the theme uses.",
            "Put the file back, copy it from a new workspace (`reportcard init`), or correct its "
            "name here.",
        ),
        "elsewhere": (
            "{file} is not loaded: styles use only files in figures/ and in the theme's folder.",
            "Copy the file into figures/, and name it here.",
        ),
    },
    why="A theme uses artwork that is not where it is looked for.",
)

#: Artwork that the program's own templates name.
_ARTWORK: Final = {"cover.svg": "cover.html", "back.svg": "back.html"}
#: Artwork that a template names, and a template that goes on with the program's own.
_CALLED: Final = re.compile(r"\bartwork\(\s*[\"']([\w./-]+)[\"']")
_DEFAULT: Final = "default/"
#: Fonts, which another rule looks for, and remarks: no pictures of the pages.
_ASIDE: Final = re.compile(r"(?s)/\*.*?\*/|@font-face\s*\{[^}]*\}|@import[^;]*;")
_URL: Final = re.compile(r"(?i)\burl\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\"'()\s]*))\s*\)")
_NAMED: Final = re.compile(r"figures/[\w./-]+\.(?:svg|png|jpe?g|gif|webp)")


def shared(workspace: Workspace, content: Content, styles: Styles | None) -> Iterator[Problem]:
    """The logos, the artwork of covers and styles, and the pictures of the wording."""
    edition = content.edition.model
    logos = (workspace.logo(one) for one in (*edition.cover, *edition.back))
    sheets = "\n".join((*styles.sheets.values(), *styles.templates.values())) if styles else ""
    named = _NAMED.findall(f"{sheets}\n{styles.web if styles else ''}")
    palette = _palette(styles)
    artwork = tuple(_artwork(styles)) if styles else ()
    own = styles.theme.paths("art/*.svg") if styles else ()
    for file in dict.fromkeys((*filter(None, logos), *artwork, *named, *own)):
        yield from _figure(styles, palette, file)
    if styles:
        yield from _missing(styles, artwork)
    for wording in content.wordings.values():
        yield from _pictures(styles, palette, wording)


def card(
    workspace: Workspace, content: Content, country: str, styles: Styles | None
) -> Iterator[Problem]:
    """The pictures of a country's texts and the pictograms of its recommendations."""
    palette = _palette(styles)
    for sourced in content.cards[country].values():
        yield from _pictures(styles, palette, sourced)
        for id_, recommendation in sourced.model.recommendations.items():
            if recommendation.pictogram:
                file = workspace.pictogram(recommendation.pictogram)
                yield from _figure(styles, palette, file, f"{country}/recommendations.{id_}")


def _artwork(styles: Styles) -> Iterator[str]:
    """The paths of the artwork that pages name: that of the program's templates, where the theme
    has none in their place, and that of the theme's templates.
    """
    for name, template in _ARTWORK.items():
        own = styles.templates.get(template, _DEFAULT)
        if _DEFAULT in own:
            yield styles.artwork(name)
    for text in styles.templates.values():
        yield from map(styles.artwork, _CALLED.findall(text))


def _missing(styles: Styles, artwork: tuple[str, ...]) -> Iterator[Problem]:
    """Artwork that is not there, each file once: of the pages, and of the lines of style sheets."""
    gone = {file for file in artwork if styles.theme.is_missing(file)}
    for file in sorted(gone):
        yield ARTWORK_MISSING.at(Place(file), "artwork", file=file)
    for place, address in _addresses(styles):
        parts = urlsplit(address)
        file = normpath(f"{styles.theme.folder}/{unquote(parts.path)}")
        if parts.scheme or parts.netloc or not file.startswith(("figures/", "styles/")):
            yield ARTWORK_MISSING.at(place, "elsewhere", file=address)
        elif file not in gone and styles.theme.is_missing(file):
            gone.add(file)
            yield ARTWORK_MISSING.at(place, "style", file=file)


def _addresses(styles: Styles) -> Iterator[tuple[Place, str]]:
    """What the style sheets load, and where they name it: no fonts, no part of the sheet itself."""
    sheets = dict(styles.sheets)
    if styles.web is not None:
        sheets[styles.theme.path(WEB)] = styles.web
    for sheet, text in sheets.items():
        # What is left out keeps its length, so that places stay.
        plain = _ASIDE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        for match in _URL.finditer(plain):
            address = (match[1] or match[2] or match[3] or "").strip()
            line = plain.count("\n", 0, match.start()) + 1
            column = match.start() - plain.rfind("\n", 0, match.start())
            if address and not address.startswith(("#", "data:", "var(")):
                yield Place(sheet, line, column), address


def _palette(styles: Styles | None) -> Palette | None:
    if styles is None:
        return None
    fonts = font_signs(styles)
    return Palette(frozenset(styles.tokens), styles.families, fonts)


def _pictures(
    styles: Styles | None, palette: Palette | None, sourced: Sourced[Any]
) -> Iterator[Problem]:
    for prose in sourced.prose.values():
        for block in prose.exhibits():
            if isinstance(block, Picture):
                yield from _figure(styles, palette, block.file, prose.field)


def _figure(
    styles: Styles | None, palette: Palette | None, file: str, field: str = ""
) -> Iterator[Problem]:
    """What is wrong with a figure, at its own file; a missing one is another rule's matter."""
    if styles is None or palette is None or styles.theme.is_missing(file):
        return
    try:
        data = styles.theme.read(file)
    except (OSError, ValueError) as error:
        why = reason(error)
        if folder := styles.theme.workspace.closed_folder(file):
            yield FILE_UNREADABLE.at(Place(folder), "folder", reason=why)
        else:
            yield FIGURE_FILE.at(Place(file), "unreadable", field=field, reason=why)
        return
    if file.lower().endswith(".svg"):
        yield from drawing_problems(data, file, palette)
    elif fault := picture_fault(data):
        yield FIGURE_FILE.at(Place(file), fault, field=field)
