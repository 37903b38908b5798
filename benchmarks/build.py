"""How long the whole build of one PDF takes, beside bare WeasyPrint on the same HTML, and how much
memory it needs.

    python benchmarks/build.py [ROUNDS]

Measures in turns, so that a slow moment of the machine hits all alike, and prints medians and their
ratios:

- bare: a process that imports WeasyPrint, reads the card's sections as one HTML from a file, and
writes the PDF;
- kept: `reportcard build peru --language en` with the gauges drawn before;
- drawn: the same with no gauge drawn yet;
- first: the same in a new workspace: matplotlib has not listed the machine's fonts yet either;
- help: `reportcard --help`.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BARE = """
import sys
from pathlib import Path
from weasyprint import CSS, HTML
folder = Path(sys.argv[1])
HTML(folder / "card.html").write_pdf(folder / "bare.pdf", stylesheets=[CSS(folder / "card.css")], \
pdf_variant="pdf/ua-1")
"""


def write_bare(folder: Path) -> None:
    """The card's HTML in one file, with its drawings, figures, fonts and styles beside it."""
    from reportcard.build.inventory import read_workspace
    from reportcard.page.compose.card import compose
    from reportcard.page.fonts import font_file
    from reportcard.page.gauges import draw
    from reportcard.scores.values import values_of
    from reportcard.workspace.workspace import Workspace

    workspace = Workspace.find(ROOT)
    read = read_workspace(workspace)
    assert read.content
    assert read.styles
    card = compose(
        workspace, read.content, values_of(read.content, "peru", "en"), "en", read.styles
    )
    bodies = [
        re.search(r"<body([^>]*)>(.*)</body>", section.html, re.DOTALL) for section in card.sections
    ]
    parts = "".join(f'<div class="piece"{body[1]}>{body[2]}</div>' for body in bodies if body)
    (folder / "card.html").write_text(
        f'<html lang="en"><meta charset="utf-8"><title>Card</title>{parts}</html>', encoding="utf-8"
    )
    css = read.styles.css.replace(
        "body:not(.joined), .joined .head { string-set", ".piece { break-before: page; string-set"
    )
    assert ".piece {" in css
    for name in re.findall(r"fonts/([A-Za-z-]+\.ttf)", css):
        css = css.replace(f"fonts/{name}", font_file(workspace, name).as_uri())
    (folder / "card.css").write_text(css, encoding="utf-8")
    (folder / "drawings").mkdir()
    for source, gauge in card.gauges.items():
        (folder / source).write_bytes(draw(gauge, "svg"))
    for path in (ROOT / "figures").rglob("*.svg"):
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(read.styles.coloured(path.read_text(encoding="utf-8")), encoding="utf-8")


def seconds(*command: str, peak: list[int] | None = None, code: int | None = 0) -> float:
    """Wall time of a process from start to end, which has to end with `code` (None: with any);
    appends its peak memory in KiB to `peak`.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert code is None or os.waitstatus_to_exitcode(status) == code, command
    if peak is not None:
        peak.append(usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1))
    return time.perf_counter() - start


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    times: dict[str, list[float]] = {"bare": [], "kept": [], "drawn": [], "first": [], "help": []}
    peaks: dict[str, list[int]] = {name: [] for name in times}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_bare(folder)
        space = folder / "workspace"
        for part in ("content", "styles", "figures"):
            shutil.copytree(ROOT / part, space / part)
        command = str(Path(sys.executable).with_name("reportcard"))
        build = (
            command,
            "build",
            "peru",
            "--language",
            "en",
            "--no-cache",
            "--workspace",
            str(space),
        )
        seconds(*build)
        for _ in range(rounds):
            times["bare"].append(seconds(sys.executable, "-c", BARE, name, peak=peaks["bare"]))
            times["kept"].append(seconds(*build, peak=peaks["kept"]))
            shutil.rmtree(space / ".cache/gauges")
            times["drawn"].append(seconds(*build, peak=peaks["drawn"]))
            shutil.rmtree(space / ".cache")
            times["first"].append(seconds(*build, peak=peaks["first"]))
            times["help"].append(seconds(command, "--help", peak=peaks["help"]))
    bare = statistics.median(times["bare"])
    print(f"{os.cpu_count()} cores, {rounds} rounds in turns; medians")
    for kind, measured in times.items():
        median = statistics.median(measured)
        print(
            f"{kind:6} {median:6.2f} s  × {median / bare:4.2f} of bare  peak"
            f" {statistics.median(peaks[kind]) / 1024:4.0f} MB"
        )


if __name__ == "__main__":
    main()
