"""What a page may load: WeasyPrint fetches every style sheet, font and picture here, by address."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from reportcard.messages.message import message
from reportcard.page.fonts import font_file
from reportcard.page.styles import Styles
from reportcard.page.typeset.engine import engine
from reportcard.workspace.theme import is_font
from reportcard.workspace.workspace import BASE


def fetcher(styles: Styles, drawings: Mapping[str, bytes], loaded: dict[str, bytes]) -> Any:
    """What a page may load: figures of the workspace, fonts and artwork of its theme, and the
    drawings. Nothing comes from a network.

    What is loaded from a file is put into `loaded`.
    """
    engine()
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  the engine's own signature
            parts = urlsplit(url)
            path = unquote(parts.path).lstrip("/")
            if f"{parts.scheme}://{parts.netloc}/" != BASE:
                raise ValueError(message("only files in the workspace can be loaded"))
            if path in drawings:
                data = drawings[path]
            elif is_font(path):
                data = font_file(styles.theme, path.rpartition("/")[2]).read_bytes()
            elif path.startswith(("figures/", "styles/")):
                data = styles.theme.read(path)
            else:
                raise ValueError(message("only files in figures/ and styles/ can be loaded"))
            if path not in drawings:
                loaded[path] = data
            if path.endswith(".svg"):
                data = styles.coloured(data.decode("utf-8")).encode()
                return URLFetcherResponse(url, data, {"Content-Type": "image/svg+xml"})
            return URLFetcherResponse(url, data)

    return Fetcher()
