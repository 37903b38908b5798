"""The preview as a small web server on this machine; the only importer of Starlette, uvicorn and
watchfiles.

Served are the files of the page, by name, and pages of cards from memory: no address leads to a
file of the disk.
"""

import asyncio
import json
import re
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from types import FrameType
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from watchfiles import awatch

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.catalogue import reader
from reportcard.messages.message import message
from reportcard.pdf.portraits import picture
from reportcard.preview.guard import Guard
from reportcard.preview.session import Session
from reportcard.preview.state import Snapshot, listed, shown_card
from reportcard.preview.work import Worker
from reportcard.workspace.workspace import Workspace

HOST: Final = "127.0.0.1"
_PAGE: Final = files("reportcard.preview") / "page"
#: The files of the page, by the last part of their address, with their media types.
ASSETS: Final = {
    "": (_PAGE / "page.html", "text/html"),
    "icon.svg": (_PAGE / "icon.svg", "image/svg+xml"),
    "preview.css": (_PAGE / "preview.css", "text/css"),
    "words.json": (_PAGE / "words.json", "application/json"),
    "ui.js": (files("reportcard.page.compose") / "templates/ui.js", "text/javascript"),
    **{
        f"{name}.js": (_PAGE / f"{name}.js", "text/javascript")
        for name in ("base", "sheets", "scrolling", "places", "problems", "preview")
    },
}
#: What pages are made from.
WATCHED: Final = ("content", "styles", "figures")
#: How often the files are looked at, and how long a burst of changes is collected, in ms.
_STEP, _BURST = 5, 40
#: Pixels: from a thumbnail to A4 at four times its size on a screen of 192 dpi.
_NARROWEST, _WIDEST = 16, 6400
_ALIVE: Final = 15.0
#: Case does not matter in a scheme: RFC 3986, 3.1.
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
#: Schemes that would have the browser itself do something, or that Windows opens with a tool of its
#: own.
_NO_EDITOR: Final = frozenset(
    {
        "search",
        "shell",
        "about",
        "blob",
        "data",
        "file",
        "filesystem",
        "ftp",
        "http",
        "https",
        "javascript",
        "vbscript",
        "view-source",
        "ws",
        "wss",
    }
)
_NO_EDITORS: Final = ("ms-", "search-")


def editor_template(given: str) -> str:
    """A template of addresses that open an editor: `{path}` is the file's whole path, `{line}` and
    `{column}` count from 1.

    Raises ReportCardError (USAGE) if it is not such a template.
    """
    scheme = _SCHEME.match(given)
    name = scheme[0][:-1].lower() if scheme else ""
    if not name or name in _NO_EDITOR or name.startswith(_NO_EDITORS) or "{path}" not in given:
        raise ReportCardError(
            message('"{template}" is not a valid editor address.', template=given),
            code=ExitCode.USAGE,
            advice=message(
                "Use the editor's URL scheme with {path}, {line} and {column}, such as "
                "vscode://file{path}:{line}:{column}."
            ),
        )
    return given


def listener(port: int, *, is_fixed: bool) -> socket.socket:
    """A socket of this machine alone at a port, or at a free one if that is in use and not fixed.

    Raises ReportCardError (USAGE) if there is none.
    """
    for number in (port,) if is_fixed else (port, 0):
        bound = socket.socket()
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((HOST, number))
            bound.listen()
        except (OSError, OverflowError):
            bound.close()
        else:
            return bound
    raise ReportCardError(
        message("port {port} is in use or not permitted.", port=port),
        code=ExitCode.USAGE,
        advice=message("Choose another port with --port, or omit the option."),
    )


class Preview:
    """The preview of a workspace at a port: `app` answers requests, `address` is what a browser
    opens.
    """

    def __init__(self, workspace: Workspace, port: int, editor: str) -> None:
        self.workspace = workspace
        self.token = secrets.token_urlsafe(16)
        self.address = f"http://{HOST}:{port}/{self.token}/"
        self._editor = editor
        self._snapshot = Snapshot()
        self._news: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closing = False
        self._worker = Worker(Session(workspace, self._publish))
        self._assets = {name: (file.read_bytes(), kind) for name, (file, kind) in ASSETS.items()}
        routes = [
            Route(f"/{self.token}/events", self._events),
            Route(f"/{self.token}/page/{{version}}/{{width:int}}", self._picture),
            Route(f"/{self.token}/{{name}}", self._asset),
            Route(f"/{self.token}/", self._asset),
        ]
        inner = Starlette(routes=routes, lifespan=self._lifespan)
        inner.router.redirect_slashes = False
        self.app = Guard(inner, port, self.token)

    def close(self) -> None:
        """Ends all streams, so that the server can end; from any thread."""
        self._is_closing = True
        self._worker.stop()
        if self._loop:
            self._loop.call_soon_threadsafe(self._tell)

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        stop = asyncio.Event()
        watch = asyncio.create_task(self._watch(stop))
        self._worker.start()
        yield
        self._worker.stop()
        stop.set()
        await watch

    async def _watch(self, stop: asyncio.Event) -> None:
        root = self.workspace.root
        folders = [root / name for name in WATCHED if (root / name).is_dir()]
        async for changes in awatch(
            *folders,
            debounce=_BURST,
            step=_STEP,
            stop_event=stop,
            ignore_permission_denied=True,
            raise_interrupt=False,
        ):
            paths = (Path(path) for _, path in changes)
            self._worker.changed(
                {path.relative_to(root).as_posix() for path in paths if path.is_relative_to(root)}
            )

    def _publish(self, snapshot: Snapshot) -> None:
        """Takes a snapshot from the thread of the session."""
        self._snapshot = snapshot
        if self._loop and not self._is_closing:
            self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        for one in self._news:
            one.set()

    async def _asset(self, request: Request) -> Response:
        if (found := self._assets.get(request.path_params.get("name", ""))) is None:
            raise HTTPException(404)
        return Response(found[0], media_type=found[1], headers={"cache-control": "no-store"})

    async def _picture(self, request: Request) -> Response:
        """A page, so many pixels wide. Its address changes with its content, so it may be kept for
        good.
        """
        version, width = request.path_params["version"], request.path_params["width"]
        found = self._snapshot.leaves.get(version)
        if found is None or not _NARROWEST <= width <= _WIDEST:
            raise HTTPException(404)
        data = await run_in_threadpool(picture, *found, width)
        self._worker.seen()
        return Response(
            data,
            media_type="image/png",
            headers={"cache-control": "private, max-age=31536000, immutable"},
        )

    async def _events(self, request: Request) -> Response:
        """The list of cards and one card, now and each time that they change, as server-sent
        events.
        """
        return StreamingResponse(
            self._stream(request.query_params.get("card", "")),
            media_type="text/event-stream",
            headers={"cache-control": "no-store"},
        )

    async def _stream(self, country: str) -> AsyncIterator[str]:
        news = asyncio.Event()
        self._news.add(news)
        self._worker.opened(country)
        shown: list[Any] = [None, None]
        try:
            hello = {
                "editor": self._editor,
                "root": self.workspace.root.as_posix(),
                "language": reader(),
            }
            yield _event("hello", hello)
            while not self._is_closing:
                news.clear()
                now = self._snapshot
                if (card := now.cards.get(country)) and card != shown[0]:
                    yield _event("card", shown_card(card))
                    shown[0] = card
                if now.number and (cards := {"cards": listed(now), "fault": now.fault}) != shown[1]:
                    yield _event("cards", cards)
                    shown[1] = cards
                try:
                    await asyncio.wait_for(news.wait(), _ALIVE)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._news.discard(news)
            self._worker.closed(country)


class Server(uvicorn.Server):
    """Serves a preview until a signal; then it ends at once."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(
            uvicorn.Config(
                preview.app,
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                lifespan="on",
                loop="asyncio",
                http="h11",
                ws="none",
                timeout_graceful_shutdown=1,
            )
        )
        self._preview = preview

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal: streams would else never end."""
        self._preview.close()
        super().handle_exit(sig, frame)


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"
