"""How long it takes from a saved file to the new page on the screen: `reportcard preview`, measured
end to end in Chromium.

    python benchmarks/preview.py [ROUNDS] [--side-by-side]

In turns, one paragraph of each section with long text is edited in the Spanish card, in a copy of
the workspace; the clock runs from just before the file is written until the picture of the page has
been fetched, decoded and put on the page. Prints the median for each section and for all, and how
long the stages take by themselves in this process.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
#: The field that is edited in each section, by its keys in the file.
FIELDS = {
    "overall": "overall.result",
    "legal": "dimensions.legal.findings",
    "policies": "dimensions.policies.findings",
    "context": "context",
    "recommendations": "recommendations.fixed-term.text",
}
#: How long an edit may take to reach the screen, in ms, before it is given up.
_LONGEST = 30_000
_WAIT = """([language, page, before, longest]) => new Promise((done) => {
  const selector = `.pane[data-language="${language}"] .sheet[data-page="${page}"]`;
  const start = Date.now();
  const look = () => {
    const version = document.querySelector(selector)?.dataset.version ?? before;
    if (version !== before) requestAnimationFrame(() => done(Date.now()));
    else if (Date.now() - start > longest) done(0);
    else setTimeout(look, 2);
  };
  look();
})"""


def edited(text: str, name: str, number: int) -> str:
    """The file with the first word of a field followed by a number; one that was put there before
    is replaced.
    """
    at = 0
    for depth, key in enumerate(name.split(".")):
        found = re.compile(rf"^{' ' * 2 * depth}{re.escape(key)}:", re.MULTILINE).search(text, at)
        assert found, f"{name} is not in the file"
        at = found.end()
    word = re.compile(r"\n\s+(?:- )?[^\s]+( \d+)?").search(text, at)
    assert word
    return f"{text[: word.start(1) if word[1] else word.end()]} {number}{text[word.end() :]}"


def stages(space: Path, rounds: int) -> dict[str, float]:
    """The median of each stage of an edit of the context in ms, in this process."""
    import gc

    from reportcard.build.inventory import glance, read_workspace
    from reportcard.content.shelf import Shelf
    from reportcard.page.compose.card import compose
    from reportcard.page.gauges import Gallery
    from reportcard.page.typeset.screen import screened
    from reportcard.pdf.portraits import picture
    from reportcard.scores.values import values_of
    from reportcard.workspace.store import Store
    from reportcard.workspace.workspace import Workspace

    workspace, shelf = Workspace.find(space), Shelf()
    read = glance(workspace, "peru", shelf)
    assert read.content
    assert read.styles
    typesetter, gallery, file = (
        read.typesetter,
        Gallery(Store(workspace.cache)),
        space / "content/peru/es.yaml",
    )
    card = compose(
        workspace, read.content, values_of(read.content, "peru", "es"), "es", read.styles
    )
    laid = typesetter.lay_out(
        card, dict(zip(card.gauges, gallery.draw(card.gauges.values()), strict=True))
    )
    source = file.read_text(encoding="utf-8")
    times: dict[str, list[float]] = {}

    def timed(name: str, act: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        made = act()
        times.setdefault(name, []).append((time.perf_counter() - start) * 1000)
        return made

    read_workspace(workspace, spelling=True, shelf=shelf)
    gc.collect()
    gc.disable()
    for number in range(rounds):
        for section in ("legal", "context"):
            source = edited(source, FIELDS[section], number)
            file.write_text(source, encoding="utf-8")
            read = timed("read", lambda: glance(workspace, "peru", shelf))
            card = timed(
                "compose",
                lambda read=read: compose(
                    workspace,
                    read.content,
                    values_of(read.content, "peru", "es"),
                    "es",
                    read.styles,
                ),
            )
            drawings = dict(zip(card.gauges, gallery.draw(card.gauges.values()), strict=True))
            laid = timed(
                f"lay out {section}",
                lambda card=card, drawings=drawings, laid=laid: typesetter.lay_out(
                    card, drawings, kept=[laid]
                ),
            )
            painted = timed(
                f"write {section}",
                lambda section=section, laid=laid: screened(laid.documents[section]),
            )
            timed("draw at 800 px", lambda painted=painted: picture(painted.pdf, 1, 800))
            timed("draw at 1600 px", lambda painted=painted: picture(painted.pdf, 1, 1600))
            timed(
                "check, after it is shown",
                lambda: read_workspace(workspace, spelling=True, shelf=shelf),
            )
    gc.enable()
    return {name: statistics.median(measured) for name, measured in times.items()}


def main() -> None:
    numbers = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    rounds = numbers[0] if numbers else 15
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    times: dict[str, list[float]] = {section: [] for section in FIELDS}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        space = Path(name)
        for part in ("content", "styles", "figures"):
            shutil.copytree(ROOT / part, space / part)
        command = (sys.executable, "-m", "reportcard", "preview", "--no-open", "--workspace", name)
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        address = process.stdout.readline().strip()
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="en-US"
        ).new_page()
        page.goto(f"{address}#/peru")
        page.locator('.pane[data-language="es"] .sheet[data-version]').first.wait_for(
            timeout=300_000  # all languages are set first
        )
        if "--side-by-side" not in sys.argv:
            page.get_by_role("radio", name="Español").check()
        page.wait_for_timeout(4000)
        file = space / "content/peru/es.yaml"
        source = file.read_text(encoding="utf-8")
        for number in range(rounds):
            for section, field in FIELDS.items():
                key = f"peru/{field}#1"
                sheet = page.locator(f'.pane[data-language="es"] .block[data-key="{key}"]').first
                leaf = int(sheet.locator("xpath=ancestor::figure").get_attribute("data-page") or 0)
                sheet.scroll_into_view_if_needed()
                shown = page.locator(f'.pane[data-language="es"] .sheet[data-page="{leaf}"]')
                page.wait_for_timeout(2500)  # until the checks of the edit before are done
                before = shown.get_attribute("data-version")
                source = edited(source, field, number)
                part = file.with_suffix(".part")
                start = time.time()
                part.write_text(source, encoding="utf-8")
                part.replace(file)  # as most editors save
                shown_at = page.evaluate(_WAIT, ["es", leaf, before, _LONGEST])
                if shown_at:
                    times[section].append(shown_at / 1000 - start)
        browser.close()
        process.terminate()
        process.wait()
        within = stages(space, rounds)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(
        f"{os.cpu_count()} cores{load}, {rounds} rounds in turns; from the save to the new page in"
        " Chromium"
    )
    for section, measured in times.items():
        if not measured:
            print(f"{section:16} no new page within {_LONGEST / 1000:.0f} s")
            continue
        print(
            f"{section:16} median {statistics.median(measured):5.2f} s "
            f" {min(measured):.2f}–{max(measured):.2f}"
        )
    whole = [one for measured in times.values() for one in measured]
    print(f"{'all':16} median {statistics.median(whole):5.2f} s")
    print("stages, in ms:", ", ".join(f"{name} {median:.0f}" for name, median in within.items()))


if __name__ == "__main__":
    main()
