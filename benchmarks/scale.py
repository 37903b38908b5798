"""What grows faster than its work: cards by their number, countries, notes, recommendations and
pages.

    python benchmarks/scale.py [--cards 1,10] [--countries 5,50] [--sizes 1,2,4] [--built 1,4]

Three tables, each row in a process of its own. First, reading, checking and composing so many
cards among so many countries; then building cards (screen edition, one worker, no cache); then one
card of growing size, at 1 with 75 notes, 25 recommendations, 10 categories and 50 pages. The
processor's time counts, not the clock's, and the most memory of a process. A whole number of times
the work should be as many times the time: what is told for each row is the time of one unit.
"""

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel import Locale

from reportcard.build import beginning, starter
from reportcard.build.plan import Framework, NamedCategory, NamedDimension
from reportcard.language.locales import is_country
from reportcard.workspace.workspace import Workspace

_READING = """
import gc, sys
from pathlib import Path
from reportcard.build.inventory import read_workspace
from reportcard.page.compose.card import compose
from reportcard.scores.values import values_of
from reportcard.workspace.workspace import Workspace
gc.disable()
space = Workspace.find(Path(sys.argv[1]))
read = read_workspace(space)
assert read.content and read.styles, [str(one) for one in read.problems[:5]]
for name in read.content.cards:
    compose(space, read.content, values_of(read.content, name, "en"), "en", read.styles)
"""
_BUILDING = """
import gc, sys
from pathlib import Path
from reportcard.build.manifest import MANIFEST, read_manifest
from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.workspace.workspace import Workspace
gc.disable()
space = Workspace.find(Path(sys.argv[1]))
made = build(space, Order(space.root / "output", jobs=1, cache=False))
assert made.written, [str(one) for one in made.problems[:5]]
known = read_manifest((space.root / "output" / MANIFEST).read_bytes())
print(sum(record.pages for record in known.values()))
"""
_PARAGRAPH = (
    "{{ country.name }} has written rules for its rivers, and the offices that should apply them "
    "seldom have the staff, the maps or the time that the rules assume.[^note-%d] Files travel "
    "between the capital and the provinces, and people wait for an answer that often comes after "
    "the season has ended. Some give up; others go on without papers, and nobody asks them why.\n"
)
#: Paragraphs of that length on a page.
_ON_A_PAGE = 8


def begun(root: Path, cards: int, countries: int, categories: int = 4) -> None:
    """A workspace with so many cards of two dimensions, and scores for so many countries."""
    parts = [
        NamedDimension(
            f"Dimension {at}",
            tuple(NamedCategory(f"Category {at}.{one}") for one in range(categories // 2)),
        )
        for at in range(2)
    ]
    plan = Framework("Rivers", ("en",), tuple(parts))
    starter.init(root, starter.shell(plan.theme), beginning.begun(plan, starter.tokens(plan.theme)))
    codes = _countries(countries)
    starter.begin_card(Workspace(root), codes[0][1], codes[0][0])
    (first,) = (one for one in (root / "content").iterdir() if (one / "scores.yaml").exists())
    scores = (first / "scores.yaml").read_text(encoding="utf-8")
    ids = [line for line in scores.splitlines() if line.startswith("  ") and line.endswith(":")]
    for at, line in enumerate(ids):
        scores = scores.replace(line, f"{line} 0.{at % 9 + 1}", 1)
    text = (first / "en.yaml").read_text(encoding="utf-8")
    for at, (code, name) in enumerate(codes):
        folder = root / "content" / (first.name if not at else f"x-{code.lower()}")
        folder.mkdir(exist_ok=True)
        own = scores.replace(f"country: {codes[0][0]}", f"country: {code}")
        (folder / "scores.yaml").write_text(own, encoding="utf-8")
        if at < cards:
            named = text.replace(f"title: {codes[0][1]}", f"title: {name}")
            body = named.replace("{{ country.name }} …", "{{ country.name }} has rules.")
            (folder / "en.yaml").write_text(body, encoding="utf-8")


def _countries(number: int) -> list[tuple[str, str]]:
    """Codes of countries, each with its English name."""
    names = Locale.parse("en").territories
    known = sorted(code for code in names if len(code) == 2 and is_country(code))
    assert number <= len(known), f"there are {len(known)} countries"
    return [(code, str(names[code])) for code in known[:number]]


def enlarge(root: Path, size: int) -> None:
    """Gives the first card `size` times 75 notes, 25 recommendations and 50 pages."""
    files = root.glob("content/*/en.yaml")
    (file,) = (one for one in files if (one.parent / "scores.yaml").exists())
    notes = itertools.cycle(range(75 * size))
    head, _, rest = file.read_text(encoding="utf-8").partition("dimensions:\n")
    short = "      {{ country.name }} has rules.\n"
    per_part = 15 * size * _ON_A_PAGE
    for _ in range(2):
        whole = "\n".join(f"      {_PARAGRAPH % next(notes)}" for _ in range(per_part))
        rest = rest.replace(short, whole, 1)
    lines = [head, "dimensions:\n", rest, "recommendations:\n"]
    for at in range(25 * size):
        words = "\n".join(f"      {_PARAGRAPH % next(notes)}" for _ in range(6))
        lines.append(f"  advice-{at}:\n    title: Advice {at}\n    text: |\n{words}\n")
        lines.append("    institutions: [ministry]\n")
    lines.append("institutions:\n  ministry: The ministry\nnotes:\n")
    for at in range(75 * size):
        lines.append(f"  note-{at}: An office, The report number {at}, 2024.\n")
    file.write_text("".join(lines), encoding="utf-8")


def measured(program: str, root: Path) -> tuple[float, int, str]:
    """The processor's seconds of a process and of those that it waits for, the most memory of it in
    MB, and what it printed.
    """
    process = subprocess.Popen([sys.executable, "-c", program, str(root)], stdout=subprocess.PIPE)
    assert process.stdout
    told = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    assert not status, f"the program ended with {os.waitstatus_to_exitcode(status)}"
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024, told.strip()


def _many(cards: Sequence[int], countries: Sequence[int], program: str) -> Iterator[str]:
    for among in countries:
        for number in [one for one in cards if one <= among]:
            with tempfile.TemporaryDirectory() as name:
                begun(Path(name) / "space", number, among)
                took, peak, told = measured(program, Path(name) / "space")
            pages = f", {told} pages, {1000 * took / int(told):.0f} ms a page" if told else ""
            per_card = 1000 * took / number
            yield (
                f"{number:4} cards, {among:3} countries: {took:7.2f} s {peak:5} MB,"
                f" {per_card:6.0f} ms a card{pages}"
            )


def _large(sizes: Sequence[int]) -> Iterator[str]:
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            root = Path(name) / "space"
            begun(root, 1, 5, 10 * size)
            enlarge(root, size)
            took, peak, _ = measured(_READING, root)
            built, most, told = measured(_BUILDING, root)
        yield (
            f"{75 * size:3} notes, {25 * size:3} recommendations, {10 * size:2} categories:"
            f" read in {took:6.2f} s {peak:4} MB, {told} pages in {built:6.2f} s {most:5} MB,"
            f" {1000 * built / max(int(told), 1):.0f} ms a page"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name, default in (
        ("cards", "1,10"),
        ("countries", "5,50"),
        ("built", "1,4"),
        ("sizes", "1,2"),
    ):
        parser.add_argument(f"--{name}", default=default, metavar="N,…")
    given = parser.parse_args()
    numbers = {
        key: [int(one) for one in text.split(",") if one] for key, text in vars(given).items()
    }
    print("read, checked and composed")
    for line in _many(numbers["cards"], numbers["countries"], _READING):
        print(line, flush=True)
    print("built")
    for line in _many(numbers["built"], numbers["countries"], _BUILDING):
        print(line, flush=True)
    print("one card")
    for line in _large(numbers["sizes"]):
        print(line, flush=True)


if __name__ == "__main__":
    main()
