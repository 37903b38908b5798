"""A process killed at one of its calls that change files, or refused that call by the system:

    python -m tests.kills [NUMBER]
    python -m tests.kills --errors [NUMBER]

Every command that replaces files of the content is killed at every such call, or at so many of
them, and sent again: the files are then as if nothing had happened. With --errors, each call fails
for each of five reasons instead: the command says so, no file is half written, and sent again it
does all. What test_kills.py does for one moment of each.
"""

import argparse
import contextlib
import errno
import io
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportcard import cli
from reportcard.content.loading import load
from reportcard.errors import ExitCode
from reportcard.translation.confirmation import standings
from reportcard.translation.export import written
from reportcard.translation.parcel import parcel

from .conftest import ROOT, Copy, copy_content

#: The calls of the system that change a file or a name (Python's table of audit events).
_CHANGES: Final = frozenset(
    {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
)
#: Calls that need room on the disk.
_ROOM: Final = frozenset({"open", "os.mkdir", "os.link"})
#: Why the system may refuse a call, and the calls that it refuses from then on: a full disk lets
#: nothing be made, one that became read-only lets nothing be changed.
ERRORS: Final[Mapping[int, frozenset[str]]] = {
    errno.ENOSPC: _ROOM,
    errno.EROFS: _CHANGES | {"open"},
    errno.EIO: frozenset(),
    errno.EACCES: frozenset(),
    errno.EMFILE: frozenset(),
}


def killed_at(
    action: Callable[[], object], at: int, root: Path, counted: Path | None = None
) -> bool:
    """Whether a process that does something was killed before its `at`th change below a folder: it
    has fewer if not. How many it made goes into the file `counted`.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    left = at

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if not _changes(event, arguments, root):
            return
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    try:
        action()
    finally:
        if counted:
            counted.write_text(str(at - left), encoding="utf-8")
        os._exit(0)


def refused_at(
    command: tuple[str, ...], at: int, root: Path, error: int, told: Path
) -> tuple[int, str]:
    """The exit code of a command whose `at`th change below a folder is refused with an error, and
    what it printed to standard error, which goes through the file `told`.
    """
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code, told.read_text(encoding="utf-8")
    left = at

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if _changes(event, arguments, root):
            left -= 1
            is_refused = left == -1 and (error != errno.ENOSPC or event in _ROOM)
            if is_refused or (left < -1 and event in ERRORS[error]):
                raise OSError(error, os.strerror(error), arguments[0])

    sys.addaudithook(watch)
    code = 1
    try:
        with told.open("w", encoding="utf-8") as channel, contextlib.redirect_stderr(channel):
            code = run(*command)
    finally:
        os._exit(code)


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


def run(*command: str) -> int:
    """The exit code of the command line in this process, without its standard output."""
    sys.argv = ["reportcard", *command]
    with contextlib.redirect_stdout(io.StringIO()):
        return cli.run()


def in_silence(*command: str) -> int:
    """The same without its standard error."""
    with contextlib.redirect_stderr(io.StringIO()):
        return run(*command)


@dataclass(frozen=True)
class Bench:
    """One command to be interrupted: how many changes it makes, and the files before and after."""

    name: str
    folder: Path
    calls: int
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]

    def begun(self) -> tuple[Copy, tuple[str, ...]]:
        """A new copy of the workspace, and the command."""
        shutil.rmtree(self.folder / "copy", ignore_errors=True)
        return _begun(self.name, self.folder)

    def killed(self, at: int) -> str:
        """What is wrong after the command was killed and sent again; empty if nothing is."""
        copy, command = self.begun()
        killed_at(lambda: in_silence(*command), at, copy.root)
        return self._sent_again(copy, command)

    def refused(self, at: int, error: int) -> str:
        """The same after a call was refused; or what is wrong before it is sent again."""
        copy, command = self.begun()
        code, told = refused_at(command, at, copy.root, error, self.folder / "told")
        found = state(copy.root)
        half = [
            name
            for name, data in found.items()
            if data not in (self.before.get(name), self.after.get(name)) and not _is_left(name)
        ]
        gone = [name for name in self.before if name in self.after and name not in found]
        if half or gone:
            return f"half: {half}, gone: {gone}"
        if code in (ExitCode.INTERNAL, *range(128, 256)) or code < 0 or "Traceback" in told:
            return f"exit {code}: {told}"
        if found != self.after and (code == ExitCode.OK or "error" not in told):
            return f"exit {code}, though not all was done: {told}"
        return self._sent_again(copy, command)

    def _sent_again(self, copy: Copy, command: tuple[str, ...]) -> str:
        killed_at(lambda: in_silence(*command), 10**9, copy.root)
        found = state(copy.root)
        names = [one for one in self.after | found if self.after.get(one) != found.get(one)]
        return f"sent again: {', '.join(names)}" if names else ""


def _is_left(name: str) -> bool:
    """Whether a file is what an interrupted command leaves until the next: a journal or a part."""
    file = name.rpartition("/")[2]
    return file.startswith(".") and file.endswith((".part", ".json"))


def _begun(name: str, folder: Path) -> tuple[Copy, tuple[str, ...]]:
    copy = copy_content(folder / "copy")
    command = sent(copy, folder)[name]
    prepare(copy, name)
    return copy, command


def bench(name: str, folder: Path) -> Bench:
    """A command, done once without an interruption."""
    copy, command = _begun(name, folder)
    before = state(copy.root)
    killed_at(lambda: in_silence(*command), 10**9, copy.root, folder / "calls")
    after = state(copy.root)
    assert after != before, f"{name} changes nothing"
    return Bench(name, folder, int((folder / "calls").read_text()), before, after)


def _interrupted(bench: Bench, number: int, *, errors: bool) -> Iterator[str]:
    """What is wrong after each interruption; empty if nothing is."""
    chance = random.Random(0)
    for at in sorted(chance.sample(range(bench.calls), min(number or bench.calls, bench.calls))):
        for error in ERRORS if errors else (0,):
            fault = bench.refused(at, error) if error else bench.killed(at)
            reason = errno.errorcode[error] if error else "killed"
            yield f"{bench.name}, call {at}, {reason}: {fault}" if fault else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("number", nargs="?", type=int, default=0, help="calls of each command")
    parser.add_argument("--errors", action="store_true", help="refuse calls instead of killing")
    given = parser.parse_args()
    count, faults = 0, []
    names = list(sent(Copy(ROOT), Path(tempfile.mkdtemp())))
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            tried = bench(name, Path(folder))
            told = list(_interrupted(tried, given.number, errors=given.errors))
        count += len(told)
        faults += [one for one in told if one]
        print(f"{name}: {len(told)} interruptions, {sum(map(bool, told))} faults", flush=True)
    print(*faults, f"{count} interruptions, {len(faults)} faults", sep="\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
