"""Pages in a real browser: Debian's Chromium through Playwright, and what a page does that it
should not.
"""

import shutil
from collections.abc import Callable
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
#: What axe looks for. Of what it finds sound, it keeps no list: that is most of its work.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

from .conftest import PATIENCE  # noqa: E402  after what may skip the module

Open = Callable[..., Any]


def watched(
    context: Any, told: list[str], may_ask: Callable[[str], object], timeout: int = PATIENCE * 1000
) -> Any:
    """A new page; what it logs, throws, asks a person, or fetches where it may not, is added to
    `told`.
    """
    page = context.new_page()
    page.set_default_timeout(timeout)
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: None if may_ask(request.url) else told.append(request.url))
    return page
