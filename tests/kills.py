"""A process killed at one of its calls that change files:

    python -m tests.kills [NUMBER]

Every command that replaces files of the content is killed at every such call, or at so many of
them, and sent again: the files are then as if nothing had happened. What test_kills.py does for one
moment of each.
"""

import argparse
import contextlib
import io
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from reportcard import cli
from reportcard.content.loading import load
from reportcard.translation.confirmation import standings
from reportcard.translation.export import written
from reportcard.translation.parcel import parcel

from .conftest import ROOT, Copy, copy_content

#: The calls of the system that change a file or a name (Python's table of audit events).
_CHANGES: Final = frozenset(
    {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
)
_KILLED: Final = 77


def killed_at(
    action: Callable[[], object], at: int, root: Path, counted: Path | None = None
) -> bool:
    """Whether a process that does something was killed before its `at`th change below a folder: it
    has fewer if not. How many it made goes into the file `counted`.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == _KILLED
    left = at

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if not _changes(event, arguments, root):
            return
        left -= 1
        if left < 0:
            os._exit(_KILLED)

    sys.addaudithook(watch)
    try:
        action()
    finally:
        if counted:
            counted.write_text(str(at - left), encoding="utf-8")
        os._exit(0)


def _changes(event: str, arguments: tuple[object, ...], root: Path) -> bool:
    if not arguments or not isinstance(arguments[0], str | os.PathLike):
        return False
    is_write = (
        event == "open"
        and isinstance(flags := arguments[2], int)
        and bool(flags & (os.O_WRONLY | os.O_RDWR))
    )
    return (is_write or event in _CHANGES) and Path(arguments[0]).is_relative_to(root)


def state(root: Path) -> dict[str, bytes]:
    """All files below a folder, but for the cache."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


def sent(copy: Copy, folder: Path) -> dict[str, tuple[str, ...]]:
    """Commands that replace several files, each with what is sent to it."""
    table = folder / "scores.csv"
    table.write_text("país;A;B\nPerú;0,1;0,1\nBolivia;0,2;0,3\n", encoding="utf-8")
    at = ("--workspace", str(copy.root))
    word = str(ROOT / "tests/data/peru-es.docx")
    return {
        "translations confirm": ("translations", "confirm", *at),
        "translations keep": ("translations", "keep", "peru", *at),
        "translations import": ("translations", "import", str(_translated(copy, folder)), *at),
        "intake of scores": ("intake", str(table), *at),
        "intake --replace": (
            *("intake", word, "--country", "peru", "--language", "es", "--replace"),
            *at,
        ),
        "check --fix": ("check", "--fix", *at),
        "new": ("new", "Venezuela", *at),
        "theme new": ("theme", "new", "river-blue", *at),
    }


def _translated(copy: Copy, folder: Path) -> Path:
    """A file as a translator sends it back: another title, and a block of the text."""
    content = load(copy.workspace).content
    assert content
    (standing,), _ = standings(copy.workspace, content, ("peru",), ("es",))
    text = written(parcel(standing, content), "po")
    file = folder / "back.po"
    changed = text.replace("Ficha de evaluación del Perú".encode(), b"Ficha del pais")
    file.write_bytes(changed.replace("más accesibles".encode(), b"abiertos"))
    return file


def prepare(copy: Copy, name: str) -> None:
    """Has a command something to do."""
    if name == "translations confirm":
        for file in copy.root.glob("content/*/es.status.yaml"):
            file.unlink()
    if name == "translations keep":
        copy.edit("content/peru/en.yaml", "On paper, the country has", "On paper, it has")
    if name == "check --fix":
        copy.edit("content/peru/en.yaml", "On paper, the country has", "On paper, the country  has")


def run(*command: str) -> None:
    """The command line in this process, in silence."""
    sys.argv = ["reportcard", *command]
    silent = io.StringIO()
    with (
        contextlib.redirect_stdout(silent),
        contextlib.redirect_stderr(silent),
        contextlib.suppress(SystemExit),
    ):
        cli.main()


def _moments(name: str, folder: Path, chance: random.Random, number: int) -> Iterator[str]:
    """What is wrong after a command was killed at each of its calls, or at so many of them, and
    sent again; empty if nothing is.
    """

    def begun(place: str) -> tuple[Copy, tuple[str, ...]]:
        copy = copy_content(folder / place)
        command = sent(copy, folder)[name]
        prepare(copy, name)
        return copy, command

    whole, command = begun("whole")
    before = state(whole.root)
    killed_at(lambda: run(*command), 10**9, whole.root, folder / "calls")
    calls = int((folder / "calls").read_text())
    expected = state(whole.root)
    assert expected != before, f"{name} changes nothing"
    for at in sorted(chance.sample(range(calls), min(number or calls, calls))):
        copy, command = begun("killed")
        killed_at(lambda command=command: run(*command), at, copy.root)  # type: ignore[misc]
        killed_at(lambda command=command: run(*command), 10**9, copy.root)  # type: ignore[misc]
        found = state(copy.root)
        names = [one for one in expected | found if expected.get(one) != found.get(one)]
        yield f"{name}, call {at}: {', '.join(names)}" if names else ""
        shutil.rmtree(copy.root)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("number", nargs="?", type=int, default=0, help="calls of each command")
    number = parser.parse_args().number
    count, faults = 0, []
    names = list(sent(Copy(ROOT), Path(tempfile.mkdtemp())))
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            told = list(_moments(name, Path(folder), random.Random(0), number))
        count += len(told)
        faults += [one for one in told if one]
        print(f"{name}: {len(told)} kills, {sum(map(bool, told))} faults", flush=True)
    print(*faults, f"{count} kills, {len(faults)} faults", sep="\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
