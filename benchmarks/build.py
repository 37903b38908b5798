"""How much processor time the whole build of one PDF takes, beside bare WeasyPrint on the same
HTML, and how much memory it needs.

    python -m benchmarks.build [ROUNDS]

Measures in turns, so that a slow moment of the machine hits all alike, and prints medians and their
ratios:

- bare: a process that imports WeasyPrint, reads each section's HTML and style rules as the build
set them last, lays them out and writes the PDF;
- kept: `reportcard build peru --language en` after an edit of a word, with the gauges drawn before;
what fills a page has to fit in Spanish too, so some of its sections are set as well;
- drawn: the same with nothing kept;
- first: the same in a new workspace: matplotlib has not listed the machine's fonts yet either;
- help: `reportcard --help`;
- whole: the card in both languages with nothing kept, in one process, beside bare for both.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: What comes before the first word of the card's context, and the word.
FIRST_WORD = re.compile(r"(^context: .*\n\s+)\w+", re.MULTILINE)
BARE = """
import json
import sys
from pathlib import Path
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
folder = Path(sys.argv[1])
fonts, images = FontConfiguration(), {}
sheet = CSS(folder / "styles" / "card.css", font_config=fonts)
documents = [
    HTML(string=html, base_url=folder.as_uri() + "/").render(
        font_config=fonts,
        stylesheets=[sheet, CSS(string=f"@page :first {{ counter-set: page {first} }} {rules}")],
        cache=images,
    )
    for html, first, rules in json.loads((folder / "sections.json").read_text())
]
pages = [page for document in documents for page in document.pages]
documents[0].copy(pages).write_pdf(folder / "bare.pdf", pdf_variant="pdf/ua-1")
print(len(pages))
"""


def write_bare(folder: Path, language: str) -> int:
    """The HTML of Peru's sections as they were set last, with their drawings, figures, fonts and
    styles beside them; gives the number of pages.
    """
    from reportcard.build.card import Task, lay_out
    from reportcard.build.inventory import SoundWorkspace, read_workspace
    from reportcard.page.fonts import font_file
    from reportcard.page.gauges import Gallery
    from reportcard.workspace.store import Scratch
    from reportcard.workspace.workspace import Workspace

    workspace = Workspace.find(ROOT)
    read = read_workspace(workspace)
    assert isinstance(read, SoundWorkspace)
    card = Task("peru", (language,)).compose(read)[0]
    drawings, _, laid, _ = lay_out(read, card, Gallery(Scratch()))
    css = read.styles.css
    for name in set(re.findall(r"[A-Za-z0-9-]+\.(?:ttf|otf)", css)):
        css = re.sub(rf"[./A-Za-z]*{name}", font_file(read.styles.theme, name).as_uri(), css)
    files = {**laid.loaded, **drawings, "styles/card.css": css.encode()}
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        is_drawing = name.endswith(".svg")
        target.write_bytes(
            read.styles.coloured(data.decode("utf-8")).encode() if is_drawing else data
        )
    (folder / "sections.json").write_text(json.dumps(list(laid.set_from.values())))
    return laid.pages


def seconds(*command: str, peak: list[int] | None = None, code: int | None = 0) -> float:
    """Processor time of a process and its children, which has to end with `code` (None: with any);
    appends its peak memory in KiB to `peak`.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert code is None or os.waitstatus_to_exitcode(status) == code, command
    if peak is not None:
        peak.append(usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1))
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    kinds = ("bare", "kept", "drawn", "first", "help", "whole")
    times: dict[str, list[float]] = {name: [] for name in kinds}
    other: list[float] = []
    peaks: dict[str, list[int]] = {name: [] for name in times}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folders = {language: folder / language for language in ("en", "es")}
        pages = {one: write_bare(there, one) for one, there in folders.items()}
        space = folder / "workspace"
        for part in ("content", "styles", "figures"):
            shutil.copytree(ROOT / part, space / part)
        text = space / "content/peru/en.yaml"
        command = str(Path(sys.executable).with_name("reportcard"))
        place = ("--workspace", str(space))
        build = (command, "build", "peru", "--language", "en", *place)
        seconds(*build)
        for number in range(rounds):
            bare = [sys.executable, "-c", BARE]
            times["bare"].append(seconds(*bare, str(folders["en"]), peak=peaks["bare"]))
            other.append(seconds(*bare, str(folders["es"])))
            word = "Mining" if number % 2 else "Miners"
            text.write_text(FIRST_WORD.sub(rf"\1{word}", text.read_text("utf-8")), "utf-8")
            times["kept"].append(seconds(*build, peak=peaks["kept"]))
            times["drawn"].append(seconds(*build, "--no-cache", peak=peaks["drawn"]))
            shutil.rmtree(space / ".cache")
            times["first"].append(seconds(*build, peak=peaks["first"]))
            times["help"].append(seconds(command, "--help", peak=peaks["help"]))
            whole = (command, "build", "peru", "--jobs", "1", "--no-cache", *place)
            times["whole"].append(seconds(*whole, peak=peaks["whole"]))
    print(f"{os.cpu_count()} cores, {pages} pages, {rounds} rounds in turns; medians")
    english, spanish = statistics.median(times["bare"]), statistics.median(other)
    for kind, measured in times.items():
        median = statistics.median(measured)
        beside = english + spanish if kind == "whole" else english
        print(
            f"{kind:6} {median:6.2f} s  × {median / beside:4.2f} of bare  peak"
            f" {statistics.median(peaks[kind]) / 1024:4.0f} MB"
        )


if __name__ == "__main__":
    main()
