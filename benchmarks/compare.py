"""How long a comparison takes: two Peru cards that differ in a few words, and two files of some 200
pages, beside other tools.

    python benchmarks/compare.py [ROUNDS] [TOOLS]

TOOLS is a folder with `pdf-diff` and `diff-pdf-visually` in it, if these are to be measured too.
The long files are the card with its context told over and over, each time with other numbers.
"""

import os
import re
import shutil
import statistics
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from build import ROOT, seconds
from reportcard.build.card import lay_out
from reportcard.build.cards import card_named
from reportcard.build.editions import Kit, edition
from reportcard.build.inventory import read_workspace
from reportcard.page.gauges import Gallery
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace

#: A field holds 100,000 characters: so often the context.
_TIMES = 9
_CONTEXT = re.compile(r"^context: \|\n(.*?)(?=^\w)", re.MULTILINE | re.DOTALL)


def card(folder: Path, target: Path, *, is_long: bool, is_edited: bool) -> None:
    """Writes the Spanish card of a copy of the workspace after changes of its text, whatever the
    checks say of it.
    """
    for part in ("content", "styles", "figures"):
        shutil.copytree(ROOT / part, folder / part)
    source = folder / "content/peru/es.yaml"
    text = source.read_text(encoding="utf-8")
    text = long(text) if is_long else text
    source.write_text(edited(text) if is_edited else text, encoding="utf-8")
    read = read_workspace(Workspace.find(folder))
    composed = card_named("peru").compose(read, "es")
    drawings, composed, laid, _ = lay_out(read, composed, Gallery(Store(ROOT / ".cache")))
    target.write_bytes(
        edition(Kit.of(read, (Medium.SCREEN,)), composed, drawings, laid, Medium.SCREEN)[0]
    )


def edited(text: str) -> str:
    return (
        text.replace("68 % del oro", "69 % del oro")
        .replace("Por la solidez", "Por la firmeza")
        .replace("dl-1107: Perú.", "dl-1107: República del Perú.")
    )


def long(text: str) -> str:
    """The card with its context told over and over in every long field, without calls, each time
    with other numbers.
    """
    found = _CONTEXT.search(text)
    assert found
    plain = re.sub(r"\[\^[^\]]*\]", "", re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", found[1]))
    count = 0

    def more(times: int) -> str:
        nonlocal count
        told = ""
        for _ in range(times):
            count += 1
            told += re.sub(r"\d+", lambda match, n=count: str(int(match[0]) + n), plain)  # type: ignore[misc] + "\n"
        return "\n" + re.sub(r"(?m)^  ", "      ", told)

    fields = re.split(r"(?m)(^    (?:findings|text): \|\n(?:(?:      .*)?\n)+)", text)
    return "".join(
        (
            part.rstrip("\n") + "\n" + more(_TIMES)
            if part.startswith(("    findings", "    text"))
            else part
        )
        for part in fields
    )


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    tools = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    command = str(Path(sys.executable).with_name("reportcard"))
    with tempfile.TemporaryDirectory() as name:
        space = Path(name)
        # Made in another process: what a process holds when it starts others counts as theirs.
        with ProcessPoolExecutor(1, get_context("spawn")) as maker:
            for kind in ("", "long-"):
                for side in ("old", "new"):
                    maker.submit(
                        card,
                        space / f"{kind}{side}",
                        space / f"{kind}{side}.pdf",
                        is_long=bool(kind),
                        is_edited=side == "new",
                    ).result()
        pairs = {"card": ("old.pdf", "new.pdf"), "long": ("long-old.pdf", "long-new.pdf")}
        calls = {
            f"{kind}, {form}": (
                command,
                "compare",
                str(space / old),
                str(space / new),
                f"--format={form}",
                "-o",
                str(space / "told"),
            )
            for kind, (old, new) in pairs.items()
            for form in ("html", "text")
        }
        if tools:
            calls["card, pdf-diff"] = (
                str(tools / "pdf-diff"),
                str(space / "old.pdf"),
                str(space / "new.pdf"),
            )
            calls["card, diff-pdf-visually"] = (
                str(tools / "diff-pdf-visually"),
                str(space / "old.pdf"),
                str(space / "new.pdf"),
            )
        times: dict[str, list[float]] = {kind: [] for kind in calls}
        peaks: dict[str, list[int]] = {kind: [] for kind in calls}
        for _ in range(rounds):
            for kind, call in calls.items():
                times[kind].append(
                    seconds(*call, peak=peaks[kind], code=1 if call[0] == command else None)
                )
    print(f"{os.cpu_count()} cores, {rounds} rounds in turns; medians")
    for kind, measured in times.items():
        print(
            f"{kind:24} {statistics.median(measured):6.2f} s  peak"
            f" {statistics.median(peaks[kind]) / 1024:5.0f} MB"
        )


if __name__ == "__main__":
    main()
