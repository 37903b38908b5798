"""The command: begins, fills and builds each framework, and counts what the program reports.

    python -m benchmarks.frameworks OUTPUT [NAME …]

Writes the table of errors and warnings to OUTPUT/frameworks.md, what the commands reported to
OUTPUT/<name>.txt and contact sheets beside it, and leaves the workspaces in OUTPUT/<name>.
"""

import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.frameworks.sheets import sheets
from benchmarks.frameworks.texts import fill, folder_of, write_card
from benchmarks.frameworks.trials import LANGUAGES, TRIALS, Trial, named
from benchmarks.survey.workspaces import loaded

#: Pages that are too empty, which an editor fills with a paragraph of so many sentences, at most so
#: many times.
_EMPTY: Final = frozenset({"PAGE-TAIL", "PAGE-HOLE", "PAGE-GAP"})
_PARAGRAPH, _ROUNDS = 7, 6


@dataclass(frozen=True, slots=True)
class Step:
    """A command that was run: its exit code, what it said, how many problems of each severity."""

    name: str
    code: int
    said: str
    seconds: float

    def count(self, severity: str) -> int:
        """How many problems of a severity it reported."""
        return len(re.findall(rf"^{severity}: ", self.said, re.MULTILINE))

    @property
    def verdict(self) -> str:
        """Its cell of the table."""
        if self.name == "paragraphs added":
            return str(len(self.said.splitlines()))
        warnings = self.count("warning")
        if self.code:
            return f"**exit {self.code}: {self.count('error')} errors, {warnings} warnings**"
        return f"{warnings} warnings" if warnings else "clean"


def begin(trial: Trial, folder: Path) -> Step:
    """The workspace by `init`, from options alone."""
    options = ["--programme", "River Review", "--organisation", "Office of Rivers and Lakes"]
    options += ["--organisation", "Council of the Lower Valley", *trial.options]
    for language in LANGUAGES:
        options += ["--language", language]
        prefix = "" if language == LANGUAGES[0] else f"{language}="
        for one, (name, names) in enumerate(named(trial.categories, language)):
            weight = f" *{one % 3 + 1}" if trial.is_weighted and not prefix else ""
            own = [
                f"{category} *{n % 2 + 1}" if weight else category
                for n, category in enumerate(names)
            ]
            options += ["--dimension", f"{prefix}{name}{weight}: {'; '.join(own)}"]
    for name, _ in trial.units:
        options += ["--card", name]
    return run("init", folder.parent, str(folder), *options)


def proofread(trial: Trial, root: Path, seed: str) -> Step:
    """Adds a paragraph where the check reports a page as too empty, as an editor does; says how
    often.
    """
    scoreboard = loaded(root / "content/scoreboard.yaml")
    homes = {
        category: id_
        for id_, dimension in scoreboard["dimensions"].items()
        for category in dimension["categories"]
    }
    more: Counter[str] = Counter()
    start, said, rounds = time.perf_counter(), "", 0
    while rounds < _ROUNDS:
        found = run("check", root, "--layout", "--format", "json").said
        listed, _ = json.JSONDecoder().raw_decode(found[found.index("[") :])
        empty = set()
        for one in (one for one in listed if one["code"] in _EMPTY):
            parts = one["field"].partition("/")[2].split(".")
            if parts[0] == "categories" and parts[1] in homes:
                parts = ["dimensions", homes[parts[1]]]
            if parts[0] in ("context", "dimensions"):
                empty.add(".".join(parts[:2]))
        if not empty:
            break
        said += "".join(f"a paragraph more: {field}\n" for field in sorted(empty))
        more.update(dict.fromkeys(empty, _PARAGRAPH))
        rounds += 1
        write_card(trial, root, seed, more)
    return Step("paragraphs added", 0, said, time.perf_counter() - start)


def run(command: str, folder: Path, *arguments: str) -> Step:
    """A command of the program, in a process of its own."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "reportcard", *command.split(), *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Step(command, done.returncode, done.stdout, time.perf_counter() - start)


def steps(trial: Trial, root: Path, seed: str) -> Iterator[Step]:
    """All commands in order, each as it is done."""
    yield begin(trial, root)
    fill(trial, root, seed)
    card = folder_of(trial.units[0][0])
    yield proofread(trial, root, seed)
    yield run("translations confirm", root)
    yield run("check", root, "--all")
    yield run("build", root, "--all")
    yield run("build scoreboard", root, "--all")
    yield run("web", root)
    yield run("pictures", root)
    gauges = ("--output", "output/gauges", "--format", "png", "--dpi", "150")
    yield run("gauges", root, card, *gauges)
    yield run("release", root, "1.0", "--set-version", "--all")


def table(found: Mapping[str, Sequence[Step]]) -> str:
    """The table of all frameworks, in Markdown."""
    names = list(dict.fromkeys(step.name for tried in found.values() for step in tried))
    rows = [["framework", *names], ["---"] * (len(names) + 1)]
    for name, tried in found.items():
        verdicts = {step.name: step.verdict for step in tried}
        rows.append([name, *(verdicts.get(one, "") for one in names)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1]).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[Step]] = {}
    for name in sys.argv[2:] or TRIALS:
        root = folder / name
        shutil.rmtree(root, ignore_errors=True)
        found[name] = []
        for step in steps(TRIALS[name], root, name):
            found[name].append(step)
            print(f"{name} {step.name}: {step.verdict} ({step.seconds:.0f} s)", file=sys.stderr)
        said = "".join(f"$ {step.name}\n{step.said}\n" for step in found[name])
        (folder / f"{name}.txt").write_text(said, encoding="utf-8")
        sheets(root, folder / name)
    text = table(found)
    (folder / "frameworks.md").write_text(f"{text}\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
