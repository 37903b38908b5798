"""Mutated real content, for as long as you like:

    python -m tests.fuzz [EXAMPLES] [SEED]
    python -m tests.fuzz EXAMPLES SEED outside [KIND …]

With `outside`, damaged files of other programs instead (see `foreign`).

Each input is the real workspace with one file changed: bytes, YAML structure, Markdown or values.
Reading and checking it must end in problems or in none, never in an exception, within 1 GB, and
write nothing; each took at most 5 s when this was written. A short run of it is a test
(test_fuzz.py).
"""

import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from reportcard.build.inventory import SoundWorkspace, read_workspace
from reportcard.content.loading import Shelf
from reportcard.page.compose.card import compose
from reportcard.problems.problem import has_errors
from reportcard.scores.values import values_of
from reportcard.workspace.workspace import Workspace

from . import foreign
from .conftest import copy_content
from .foreign import Account
from .senders import ways

FILES = (
    "content/peru/en.yaml",
    "content/peru/es.yaml",
    "content/peru/scores.yaml",
    "content/wording/en.yaml",
    "content/scoreboard.yaml",
    "content/edition.yaml",
    "styles/gold/tokens.yaml",
)
PIECES = [
    "**",
    "*",
    "{{",
    "}}",
    "{{ score.total }}",
    "{{ score.total | ordinal('f') }}",
    "{{ 7*7 }}",
    "[^",
    "[^dl-1100]",
    "](",
    "[x](javascript:y)",
    "]{lang=",
    "]{cites=x}",
    "![a](figures/../../etc/passwd)",
    "<script>",
    "- ",
    "    - ",
    "\n\n",
    "\n",
    "\t",
    ": ",
    " #",
    "|",
    ">",
    "'",
    '"',
    "&a ",
    "*a",
    "!!python/object:os.system ",
    "<<: ",
    "%YAML 1.1\n",
    "---\n",
    "...\n",
    "{",
    "}",
    "[",
    "]",
    ",",
    "? ",
    "~",
    "null",
    "\u2028",
    "\u202e",
    "\x00",
    "\r",
    "\ufeff",
    "1e999",
    "0x1f",
    "-1",
    "99999999999999999999",
    "0.1.2",
    "[" * 300,
    "{a: " * 300,
    "(" * 3000,
    "*a " * 2000,
    "[x](" * 800,
    "é" * 50,
    "9" * 400,
    "$x^2$",
    "\\",
    "\u0301" * 40,
    "\U0001f600",
    "Ley N.º 27651",
    "139,619",
    "((((a",
    "A (BCD)" * 200,
]

places = st.floats(0, 1, exclude_max=True)
operations = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), places, st.sampled_from(PIECES).map(str.encode)),
        st.tuples(st.just("insert"), places, st.binary(min_size=1, max_size=6)),
        st.tuples(st.just("delete"), places, st.integers(1, 400).map(lambda size: b"x" * size)),
        st.tuples(st.just("double"), places, st.integers(1, 2000).map(lambda size: b"x" * size)),
        st.tuples(st.just("flip"), places, st.binary(min_size=1, max_size=1)),
        st.tuples(st.just("cut"), places, st.just(b"")),
        st.tuples(st.just("indent"), places, st.just(b"")),
    ),
    min_size=1,
    max_size=5,
)


def mutated(data: bytes, steps: list[tuple[str, float, bytes]]) -> bytes:
    for kind, where, piece in steps:
        at = int(where * len(data))
        match kind:
            case "insert":
                data = data[:at] + piece + data[at:]
            case "delete":
                data = data[:at] + data[at + len(piece) :]
            case "double":
                data = data[:at] + data[at : at + len(piece)] + data[at:]
            case "flip":
                data = data[:at] + piece + data[at + 1 :]
            case "cut":
                data = data[:at]
            case "indent":
                line = data.rfind(b"\n", 0, at) + 1
                data = data[:line] + b"  " + data[line:]
    return data


def run(examples: int, number: int) -> tuple[int, float]:
    """Tries so many inputs; gives how many, and the longest time one took in s. Raises on the first
    that fails.
    """
    slowest = 0.0
    tried = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = copy_content(Path(folder) / "workspace")
        originals = {name: (copy.root / name).read_bytes() for name in FILES}
        workspace = Workspace.find(copy.root)
        shelf = Shelf()  # of seven files, six are as they were
        listed = sorted(str(path) for path in Path(folder).rglob("*"))

        @seed(number)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.sampled_from(FILES), operations)
        def attack(name: str, steps: list[tuple[str, float, bytes]]) -> None:
            nonlocal slowest, tried
            (copy.root / name).write_bytes(mutated(originals[name], steps))
            start = time.perf_counter()
            try:
                read = read_workspace(workspace, spelling=tried % 10 == 0, shelf=shelf)
                for problem in read.problems:
                    assert str(problem)
                    assert problem.place.file
                if (
                    isinstance(read, SoundWorkspace)
                    and not has_errors(read.problems)
                    and "peru" in read.content.cards
                ):
                    compose(
                        workspace,
                        read.content,
                        values_of(read.content, "peru", "en"),
                        "en",
                        read.styles,
                    )
            finally:
                (copy.root / name).write_bytes(originals[name])
            slowest = max(slowest, time.perf_counter() - start)
            tried += 1

        attack()
        assert sorted(str(path) for path in Path(folder).rglob("*")) == listed, (
            "something was written"
        )
    peak = (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        / (1 if sys.platform == "darwin" else 1024)
        / 1024
    )
    assert peak < 1024, f"{peak:.0f} MB"
    return tried, slowest


def run_outside(examples: int, number: int, kinds: Sequence[str] = ()) -> Account:
    """Tries so many damaged files of other programs, of some kinds (none: all)."""
    with tempfile.TemporaryDirectory() as folder:
        copy = copy_content(Path(folder).resolve() / "workspace")
        chosen = [way for way in ways(copy) if not kinds or way.name in kinds]
        return foreign.run(chosen, examples, number, Path("output/faults"), copy.root)


def main() -> None:
    count, number, *rest = (*sys.argv[1:], *("10000", "0")[max(len(sys.argv) - 1, 0) :])
    if rest[:1] == ["outside"]:
        account = run_outside(int(count), int(number), rest[1:])
        print(foreign.told(account), end="")
        sys.exit(bool(account.faults))
    tried, slowest = run(int(count), int(number))
    print(
        f"{tried} inputs, the slowest {slowest:.2f} s, peak"
        f" {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )


if __name__ == "__main__":
    main()
