"""Who may read the preview: the browser of this machine that was given its address, and no page of
another site.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from reportcard.messages.message import message

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: The headers of every answer: nothing is fetched from elsewhere, nothing runs that is not a file
#: of the page, nobody frames it.
HEADERS: Final = (
    (
        b"content-security-policy",
        (
            b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
            b" 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
    ),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)


@dataclass(frozen=True, slots=True)
class Guard:
    """An ASGI application before another: requests that are not the page's own get 403 and nothing
    else.

    The host must be this machine by one of its two names (a name of another site that leads here is
    refused), the origin, if there is one, the page's own; and the path begins with a word that
    cannot be guessed.
    """

    app: App
    port: int
    token: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def send_guarded(event: Event) -> None:
            if event["type"] == "http.response.start":
                event["headers"] = [*event.get("headers", ()), *HEADERS]
            await send(event)

        if code := self.refusal(scope):
            await send_guarded(
                {
                    "type": "http.response.start",
                    "status": code,
                    "headers": [
                        (b"content-type", b"text/plain; charset=utf-8"),
                        (b"cache-control", b"no-store"),
                    ],
                }
            )
            await send({"type": "http.response.body", "body": f"{_REASONS[code]}\n".encode()})
        else:
            await self.app(scope, receive, send_guarded)

    def refusal(self, scope: Scope) -> int:
        """The status with which a request is refused; 0 if it is not."""
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), []).append(value)
        names = (f"127.0.0.1:{self.port}".encode(), f"localhost:{self.port}".encode())
        host = headers.get(b"host", [])
        if len(host) != 1 or host[0] not in names:
            return 403
        if any(origin != b"http://" + host[0] for origin in headers.get(b"origin", [])):
            return 403
        if any(
            site not in (b"same-origin", b"none") for site in headers.get(b"sec-fetch-site", [])
        ):
            return 403
        if scope["method"] not in ("GET", "HEAD"):
            return 405
        return 0 if scope["path"].startswith(f"/{self.token}/") else 404


_REASONS: Final = {
    403: message(
        "This request did not come from the preview itself. Open the address that "
        "`reportcard preview` printed."
    ),
    404: message("Page not found. Open the address that `reportcard preview` printed."),
    405: message("The preview is read-only."),
}
