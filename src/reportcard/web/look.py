"""What every page carries within itself: style sheet, fonts, figures and script, and the policy
that lets nothing else in.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from posixpath import normpath
from typing import Final

from reportcard.errors import ReportCardError
from reportcard.page.fonts import font_file
from reportcard.page.gauges import Gallery
from reportcard.page.styles import WEB, Styles
from reportcard.problems.problem import Place, Problem
from reportcard.web.fonts import packed
from reportcard.web.pictures import address, embedded
from reportcard.web.rules import WEB_FILE
from reportcard.workspace.system import reason
from reportcard.workspace.theme import is_font
from reportcard.workspace.workspace import Workspace, read_within

_URL: Final = re.compile(r"url\(\s*[\"']?([^\"')]*)[\"']?\s*\)")
#: An address within the workspace: no scheme, host or root.
_RELATIVE: Final = re.compile(r"(?!/|[a-zA-Z][a-zA-Z0-9+.-]*:)")
_NAME: Final = re.compile(r"[a-z0-9-]+")
#: What the pages of every theme have; the theme's own sheet comes after it.
_BASE: Final = "base.css"
_SCRIPT: Final = "beside.js"
#: The mark in a browser's tab: a gauge in the cover's colours.
_ICON: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16"'
    ' fill="var(--forest)"/><path d="M7 20a9 9 0 0 1 18 0" fill="none" stroke="var(--bright-gold)"'
    ' stroke-width="5"/></svg>'
)


@dataclass
class Look:
    """The look of the web edition of a workspace. `found` grows by what cannot be put into a
    page.
    """

    workspace: Workspace
    styles: Styles
    dimensions: int
    gallery: Gallery
    """Where charts are drawn."""
    found: list[Problem] = field(default_factory=list)

    def css(self, text: str) -> str:
        """The style sheet of a page whose text is given: colours, fonts and figures in it. No part
        of it can end its element.
        """
        sheet = _URL.sub(
            lambda match: f'url("{self._file(match[1], text)}")', self.styles.web or ""
        )
        parts = (*self._tokens(), _own(_BASE), sheet, self._sizes())
        return "\n".join(parts).replace("</", "<\\/")

    @cached_property
    def script(self) -> str:
        """The one script: notes beside their calls."""
        return _own(_SCRIPT)

    def policy(self, css: str) -> str:
        """The policy of a page: its own style sheet and script, pictures and fonts that it carries,
        and nothing else (CSP 3).
        """
        return (
            f"default-src 'none'; style-src '{_sign(css)}'; script-src '{_sign(self.script)}';"
            " img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
        )

    @cached_property
    def icon(self) -> str:
        """The address of the mark in a browser's tab."""
        return address(self.styles.coloured(_ICON).encode(), "svg+xml")

    def picture(self, path: str) -> str:
        """The `data:` address of a picture; an empty one, and a problem, if browsers cannot show
        it.
        """
        try:
            return embedded(self.styles, path)
        except (OSError, ValueError) as error:
            self.found.append(WEB_FILE.at(Place(path), "picture", file=path, reason=reason(error)))
            return ""

    def _sizes(self) -> str:
        """The sizes of pictures as custom properties, in place of those of the style sheet."""
        sizes = self.styles.sizes.web
        shown = f"--picture:{sizes.picture.width}px;--logo-width:{sizes.logo.width}px"
        return f":root{{{shown};--logo-height:{sizes.logo.height or sizes.logo.width}px}}"

    def _tokens(self) -> Iterator[str]:
        """The colours as custom properties, and for each dimension, which are its own."""
        named = (
            f"--{name}:{token.screen}"
            for name, token in self.styles.tokens.items()
            if _NAME.fullmatch(name)
        )
        fonts = (f'--font-{use}:"{family}"' for use, family in self.styles.fonts.items())
        yield f":root{{{';'.join((*named, *fonts))}}}"
        for number in range(1, self.dimensions + 1):
            own = f"--own:var(--dimension-{number});--own-tint:var(--tint-{number})"
            yield f".dimension-{number}{{{own}}}"

    def _file(self, url: str, text: str) -> str:
        """A file that the style sheet names, as it is carried along: a font or a figure."""
        if url.startswith("data:"):
            return url
        theme = self.styles.theme
        path = normpath(theme.path(url)) if _RELATIVE.match(url) else ""
        if is_font(path):
            with suppress(ReportCardError):
                return self._font(font_file(theme, path.rpartition("/")[2]), text)
        elif path and not theme.is_missing(path):
            return self.picture(path)
        before = (self.styles.web or "").partition(url)[0]
        place = Place(
            self.styles.theme.path(WEB), before.count("\n") + 1, len(before) - before.rfind("\n")
        )
        if path.startswith(("styles/", "figures/")):
            self.found.append(WEB_FILE.at(place, "missing", file=url))
        else:
            self.found.append(WEB_FILE.at(place, "elsewhere", address=url))
        return ""

    def _font(self, file: Path, text: str) -> str:
        """The `data:` address of a font; an empty one, and a problem, if it is not one."""
        try:
            data = packed(read_within(file), text)
        except (OSError, ValueError) as error:
            name = self.styles.theme.path(f"fonts/{file.name}")
            self.found.append(WEB_FILE.at(Place(name), "font", file=name, reason=reason(error)))
            return ""
        return f"data:font/woff2;base64,{b64encode(data).decode()}"


def _own(name: str) -> str:
    """The text of a file of the program's own, which lies beside the templates."""
    return files("reportcard.page.compose").joinpath(f"templates/web/{name}").read_text("utf-8")


def _sign(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
