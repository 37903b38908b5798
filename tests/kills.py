"""A process killed at one of its calls that change files, or refused that call by the system:

    python -m tests.kills [NUMBER] [COMMAND …]
    python -m tests.kills --random NUMBER [COMMAND …]

Every command that writes files is begun once. At each call that changes one, or at so many of
them, it waits while what would follow is tried on copies of the folder: it is killed there, also
with half of the last file written, and the call fails for each of five reasons. No file is then
lost or half written, a command that fails says so, and the same command sent again ends as if
nothing had happened and leaves nothing. With --random, commands are killed at moments of a clock
instead. What test_kills.py does for one moment of each.
"""

import argparse
import contextlib
import errno
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from reportcard import cli
from reportcard.build import pipeline
from reportcard.errors import ExitCode

from .conftest import Copy, copy_content, shared
from .interruptions import ERRORS, FORCED, HALF, KILL, WAYS, changes, fits
from .writers import NAMES, STEPS, sent

#: Seconds after which a command that was interrupted hangs.
_LONGEST: Final = 300


_WRITTEN_ON: Final = re.compile(rb'^"(?:POT-Creation|PO-Revision)-Date: .*$', re.MULTILINE)


def state(root: Path, *, cache: bool = False) -> dict[str, bytes]:
    """All files below a folder, but for the cache and the minute that a PO file states."""
    return {
        path.relative_to(root).as_posix(): _WRITTEN_ON.sub(b"", path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file() and (cache or ".cache" not in path.parts) and path.name != ".lock"
    }


def run(*command: str) -> int:
    """The exit code of the command line in this process, without its standard output."""
    sys.argv = ["reportcard", *command]
    with contextlib.redirect_stdout(io.StringIO()):
        return cli.run()


def told_by(command: Sequence[str]) -> tuple[int, str]:
    """The exit code of a command, and what it printed to standard error."""
    with contextlib.redirect_stderr(io.StringIO()) as told:
        code = run(*command)
    return code, told.getvalue()


def _in_child(action: Callable[[], object]) -> int:
    """The exit code of a process that does something; -SIGALRM if it hangs."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.alarm(_LONGEST)
    code = 1
    try:
        action()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


@dataclass
class Bench:
    """One command to be interrupted: how many changes it makes, and the files before and after."""

    name: str
    folder: Path
    command: tuple[str, ...]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes] = field(default_factory=dict)
    calls: int = 0
    #: What was wrong after the command was sent again, by what it found there.
    _again: dict[bytes, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.folder / "copy"

    @property
    def _waiting(self) -> Path:
        return self.folder / "waiting"

    @property
    def _whole(self) -> Path:
        return self.folder / "whole"

    def state(self) -> dict[str, bytes]:
        return state(self.root, cache=self.name == "cache clear")

    def begin(self) -> None:
        """The folder as it is before the command."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self._whole, self.root, symlinks=True)

    def interrupted(
        self, at: Collection[int], ways: Collection[str] = WAYS
    ) -> Iterator[tuple[int, str, str]]:
        """What is wrong after each of these calls in each way; empty if nothing is."""
        self.begin()
        shutil.rmtree(self._waiting, ignore_errors=True)
        notes = self.folder / "notes"
        notes.unlink(missing_ok=True)
        assert _in_child(lambda: self._attended(at, ways, notes)) == 0
        if notes.exists():
            for line in notes.read_text(encoding="utf-8").splitlines():
                number, way, fault = json.loads(line)
                yield number, way, fault

    def _attended(self, at: Collection[int], ways: Collection[str], notes: Path) -> None:
        """Does the command; at each of these calls, tries what would follow."""
        signal.alarm(0)
        attendant = _Attendant(self, at, ways, notes)
        attendant.begin()
        code, told = told_by(self.command)
        attendant.is_asleep = True
        if attendant.refused:
            (self.folder / "told").write_text(told, encoding="utf-8")
            os._exit(code)
        (self.folder / "calls").write_text(str(attendant.number), encoding="utf-8")

    def wait(self) -> None:
        """Puts the folder aside as it is."""
        self.root.rename(self._waiting)

    def go_on(self) -> None:
        self._waiting.rename(self.root)

    def copy(self) -> None:
        """Makes the folder that waits anew: what happens there changes nothing in it."""
        shutil.copytree(self._waiting, self.root, symlinks=True)

    def fault(self, way: str, code: int) -> str:
        """What is wrong after an interruption, and after the command was sent again."""
        return self.fault_of(way, code) or self.sent_again()

    def fault_of(self, way: str, code: int) -> str:
        """What is wrong with the files before the command is sent again, and with what it said."""
        found = self.state()
        is_left = any(name.rpartition("/")[2] in _JOURNALS for name in found)
        half = [
            name
            for name, data in found.items()
            if data not in (self.before.get(name), self.after.get(name)) and not _is_left(name)
        ]
        gone = [name for name in self.before if name in self.after and name not in found]
        if half or gone:
            return f"half: {half}, gone: {gone}"
        new = [one for one in self.after if self.after[one] != self.before.get(one)]
        done = [one for one in new if found.get(one) == self.after[one]]
        if 0 < len(done) < len(new) and not is_left and self.name not in STEPS:
            return f"{len(done)} of {len(new)} files: {done}"
        if way in (KILL, HALF):
            return ""
        told = (self.folder / "told").read_text(encoding="utf-8")
        (self.folder / "told").unlink()
        if code in (ExitCode.INTERNAL, *range(128, 256)) or code < 0 or "Traceback" in told:
            return f"exit {code}: {told}"
        if found != self.after and (code == ExitCode.OK or "error" not in told):
            return f"exit {code}, though not all was done: {told}"
        return ""

    def sent_again(self) -> str:
        """What is wrong after the command is sent again."""
        found = state(self.root, cache=True)
        listed = sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*"))
        key = sha256(repr((listed, found)).encode()).digest()
        if key not in self._again:
            told = self.folder / "again"
            code = _in_child(
                lambda: told.write_text("{}: {}".format(*told_by(self.command)), encoding="utf-8")
            )
            now = self.state()
            names = [one for one in {**self.after, **now} if self.after.get(one) != now.get(one)]
            hang = "hangs; " if code == -signal.SIGALRM else ""
            self._again[key] = (
                f"{hang}sent again: {', '.join(names)}; {told.read_text(encoding='utf-8')}"
                if names or hang
                else ""
            )
        return self._again[key]

    def killed_in_time(self, chance: random.Random, longest: float) -> tuple[float, str]:
        """What is wrong after the command was killed at a moment of its time."""
        self.begin()
        moment = chance.uniform(0, longest)
        child = os.fork()
        if not child:
            os.setsid()
            with contextlib.suppress(BaseException):
                told_by(self.command)
            os._exit(0)
        time.sleep(moment)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return moment, self.fault(KILL, 0)

    def time(self) -> float:
        """The seconds that the command takes."""
        self.begin()
        begun = time.monotonic()
        _in_child(lambda: told_by(self.command))
        return time.monotonic() - begun


class _Attendant:
    """Attends a command in this process: at some of its calls, the folder waits, and each way to be
    interrupted is tried on a copy of it. In a child, `refused` is the error of its calls.
    """

    def __init__(
        self, bench: Bench, at: Collection[int], ways: Collection[str], notes: Path
    ) -> None:
        self._bench, self._at, self._ways, self._notes = bench, at, ways, notes
        self.number, self.refused, self.is_asleep = 0, 0, False

    def begin(self) -> None:
        fsync = os.fsync

        def forced(descriptor: int) -> None:
            path = Path(f"/proc/self/fd/{descriptor}").readlink()
            is_seen = not self.is_asleep and path.is_relative_to(self._bench.root)
            if is_seen and path.is_file():
                self._see(FORCED, str(path))
            fsync(descriptor)

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            if not self.is_asleep and changes(event, arguments, self._bench.root):
                self._see(event, str(arguments[0]))

        sys.addaudithook(watch)
        os.fsync = forced  # type: ignore[assignment]

    def _see(self, event: str, path: str) -> None:
        if self.refused:
            if event in ERRORS[self.refused]:
                raise OSError(self.refused, os.strerror(self.refused), path)
            return
        self.number += 1
        if self.number - 1 in self._at:
            self.is_asleep = True
            self._bench.wait()
            for way in self._ways:
                if fits(way, event):
                    self._try(way, event, path)
            self._bench.go_on()
            self.is_asleep = False

    def _try(self, way: str, event: str, path: str) -> None:
        self._bench.copy()
        code = 0
        if reason := getattr(errno, way, 0):
            child = os.fork()
            if not child:
                self.is_asleep, self.refused = False, reason
                signal.alarm(_LONGEST)
                raise OSError(reason, os.strerror(reason), path)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        elif way == HALF:
            os.truncate(path, Path(path).stat().st_size // 2)
        fault = self._bench.fault(way, code)
        with self._notes.open("a", encoding="utf-8") as target:
            target.write(json.dumps([self.number - 1, f"{way} {event}", fault]) + "\n")
        shutil.rmtree(self._bench.root)


#: What says that files count that are not in their place yet.
_JOURNALS: Final = frozenset({".reportcard-journal.json", "journal.json"})


def _is_left(name: str) -> bool:
    """Whether a file is what an interrupted command leaves until the next: a journal or a part."""
    *folders, file = name.split("/")
    return (file.startswith(".") and file.endswith((".part", ".json"))) or any(
        folder == ".staging" or folder.startswith(".making-") for folder in folders
    )


def bench(name: str, folder: Path) -> Bench:
    """A command, done once without an interruption."""
    made = copy_content(folder / "copy")
    command = sent(Copy(made.root), name)
    before = state(made.root, cache=name == "cache clear")
    made.root.rename(folder / "whole")
    tried = Bench(name, folder, command, before)
    assert not list(tried.interrupted(()))
    tried.after = tried.state()
    tried.calls = int((folder / "calls").read_text(encoding="utf-8"))
    assert tried.after != before, f"{name} changes nothing"
    return tried


def _tried(tried: Bench, number: int, *, is_random: bool) -> Iterator[tuple[str, str]]:
    """Each way in which a command was interrupted, and what is wrong then."""
    chance = random.Random(0)
    if is_random:
        longest = tried.time() * 1.2
        for _ in range(number):
            moment, fault = tried.killed_in_time(chance, longest)
            yield KILL, f"{tried.name}, after {moment:.2f} s: {fault}" if fault else ""
        return
    at = sorted(chance.sample(range(tried.calls), min(number or tried.calls, tried.calls)))
    for call, way, fault in tried.interrupted(at):
        yield way.rpartition(" ")[0], f"{tried.name}, call {call}, {way}: {fault}" if fault else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("number", nargs="?", type=int, default=0, help="calls of each command")
    parser.add_argument("command", nargs="*", help="these commands alone")
    parser.add_argument("--random", action="store_true", help="kill at moments of a clock")
    given = parser.parse_args()
    os.environ["XDG_STATE_HOME"] = str(shared())
    pipeline.cores = lambda: 1  # type: ignore[attr-defined]
    count, faults = Counter[str](), []
    for name in given.command or NAMES:
        with tempfile.TemporaryDirectory() as folder:
            tried = bench(name, Path(folder).resolve())
            told = list(_tried(tried, given.number, is_random=given.random))
        count.update(way for way, _ in told)
        faults += [one for _, one in told if one]
        wrong = sum(bool(one) for _, one in told)
        print(f"{name}: {tried.calls} calls, {len(told)} interruptions, {wrong} faults", flush=True)
        print(*[one for _, one in told if one][:5], sep="\n", flush=True)
    ways = ", ".join(f"{n} {way}" for way, n in count.items())
    print(*faults, f"{count.total()} interruptions ({ways}), {len(faults)} faults", sep="\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
