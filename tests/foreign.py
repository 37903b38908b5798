"""Damaged files of other programs, each read as the command reads it that takes it:

    python -m tests.fuzz NUMBER SEED outside [KIND …]

A batch of files is read in a process of its own, in which what reads a file in a bounded process
reads it here: to start one for each would take a week. A file is refused in a message with its
name, or taken. Everything else is a fault, and the file that shows it is kept: an exception, a
process that ends, more than 1 GB, more than 30 s, a file written elsewhere, a connection.
"""

import contextlib
import json
import os
import pickle
import random
import resource
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from reportcard.build import verify
from reportcard.errors import FaultError, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.pdf import inspection
from reportcard.review import review, sides
from reportcard.review.tell import remarks
from reportcard.translation import export
from reportcard.translation.parcel import ReturnedFileError
from reportcard.workspace import bounds
from reportcard.workspace.bounds import UnreadableError

from .damage import damaged

T = TypeVar("T")
#: Seconds of a processor and bytes that one file may take, and how often (s) it is looked at.
_LONGEST: Final = 30
_LOOK: Final = 5
_MEMORY: Final = 1_000_000_000
_BATCH: Final = 250
_WRITES: Final = frozenset(
    {"os.mkdir", "os.link", "os.symlink", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
)
_OUTWARD: Final = frozenset({"socket.connect", "socket.getaddrinfo"})


@dataclass(frozen=True)
class Way:
    """A kind of file: its name, whole files of the kind, and what reads one with its name. That
    raises what commands answer for.
    """

    name: str
    seeds: Sequence[bytes]
    read: Callable[[bytes, str], object]
    #: Whether the kind's messages have the file's name; a caller puts it before the others.
    is_named: bool = True
    #: Whether a whole file of the kind is taken; some are refused whatever is in them.
    is_taken: bool = True


@dataclass
class Account:
    """What became of the files: how many of each kind were taken, refused or stopped by the gate,
    the slowest in s, and faults with the file that showed each first.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    caught: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: dict[tuple[str, str], tuple[int, Path]] = field(default_factory=dict)
    slowest: tuple[float, str] = (0.0, "")
    largest: int = 0

    @property
    def tried(self) -> int:
        return sum(self.counts.values())


_caught: list[str] = []


def _here(function: Callable[..., T], *arguments: Any, limits: object = None) -> T:
    """What `bounds.apart` does, in this process."""
    try:
        made = function(*arguments)
    except MemoryError:
        _caught.append("MemoryError")
        raise UnreadableError(message("reading it used more than {megabytes} MB")) from None
    except ReportCardError:
        raise
    except FaultError as error:
        raise UnreadableError(error.message) from error
    except Exception as error:
        _caught.append(_signature(error))
        raise UnreadableError(message("it could not be read ({error})", error="")) from error
    pickle.dumps(made)  # as it would come back
    return made


def _signature(error: BaseException) -> str:
    """An exception and the lines of the program that it went through last."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [one for one in frames if "/reportcard/" in one.filename] or frames
    where = " < ".join(f"{Path(one.filename).stem}:{one.lineno}" for one in own[:-3:-1])
    return f"{type(error).__name__} {where} ({Path(frames[-1].filename).stem})"


def _outcome(way: Way, data: bytes, name: str) -> str:
    """`taken`, `refused`, or what is wrong."""
    _caught.clear()
    try:
        way.read(data, name)
    except ReportCardError as error:
        text = f"{error.message} {error.advice}"
        return "refused" if not way.is_named or name in text else f"without its name: {text[:90]}"
    except (FaultError, ReturnedFileError):
        return "refused"
    except ValueError as error:
        if error.args and isinstance(error.args[0], Message):
            return "refused"
        return _signature(error)
    except BaseException as error:
        return _signature(error)
    return "taken"


def _confined(folders: tuple[str, ...]) -> list[str]:
    """Bounds the memory of this process; gives what it does elsewhere, as it does it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * os.sysconf("SC_PAGESIZE") + _MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    done: list[str] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _OUTWARD:
            done.append(f"{event} {arguments[:2]!r}"[:120])
        elif event in _WRITES or (
            event == "open"
            and isinstance(arguments[2], int)
            and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        ):
            text = _path(arguments)
            if text and not text.startswith((*folders, os.devnull)):
                done.append(f"{event} {text}"[:120])

    sys.addaudithook(watch)
    for module in (bounds, export, review, sides, remarks, verify, inspection):
        module.apart = _here  # type: ignore[attr-defined]
    return done


def _path(arguments: tuple[Any, ...]) -> str:
    """The path that a call changes; empty if it has a file that is open already."""
    if not isinstance(arguments[0], str | bytes | os.PathLike):
        return ""
    path, folder = Path(os.fsdecode(os.fspath(arguments[0]))), arguments[-1]
    if not path.is_absolute() and isinstance(folder, int) and folder >= 0:
        path = Path(f"/proc/self/fd/{folder}").readlink() / path
    return str(path.absolute())


def made(way: Way, seed: int, number: int) -> bytes:
    """The file of that number; the first is a whole one."""
    if not number:
        return way.seeds[0]
    chance = random.Random(f"{seed}/{way.name}/{number}")
    return damaged(chance.choice(way.seeds), way.seeds, chance)


def _work(way: Way, seed: int, numbers: range, folders: tuple[str, ...], pipe: int) -> None:
    done = _confined(folders)
    name = "sent-file"
    with os.fdopen(pipe, "w", encoding="utf-8") as told:
        for number in numbers:
            data = made(way, seed, number)
            done.clear()
            start = time.process_time()
            outcome = _outcome(way, data, name)
            if done:
                outcome = f"does: {done[0]}"
            if not number and way.is_taken and outcome == "refused":
                outcome = "whole file refused"
            took = time.process_time() - start
            told.write(json.dumps([number, outcome, took, _caught[:1]]) + "\n")
            told.flush()


def _batch(
    way: Way, seed: int, numbers: range, folders: tuple[str, ...]
) -> Iterator[tuple[int, str, float]]:
    """Reads files in a process: each number with what became of it and the s it took. A process
    that ends early ends with the file that it was reading.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        sink = os.open(os.devnull, os.O_RDWR)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        with contextlib.suppress(BaseException):
            _work(way, seed, numbers, folders, writing)
        os._exit(0)
    os.close(writing)
    at, rest, outcome, begun = numbers.start, b"", "", 0.0
    while at < numbers.stop and not outcome:
        if not select.select([reading], [], [], _LOOK)[0]:
            if _processor_time(child) - begun > _LONGEST:
                outcome = f"takes more than {_LONGEST} s"
        elif not (more := os.read(reading, 65536)):
            outcome = "ends the process"
        else:
            *lines, rest = (rest + more).split(b"\n")
            for line in lines:
                at, told, took, caught = json.loads(line)
                yield at, told if not caught else f"caught {caught[0]}", took
                at += 1
            begun = _processor_time(child)
    os.close(reading)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    if outcome:
        how = os.waitstatus_to_exitcode(status)
        yield at, f"{outcome} ({how})" if "ends" in outcome else outcome, _LONGEST
    yield -1, str(usage.ru_maxrss // 1024), 0


def _processor_time(process: int) -> float:
    """The seconds that a processor worked for a process (proc(5): utime and stime of stat)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(ways: Sequence[Way], examples: int, seed: int, kept: Path, workspace: Path) -> Account:
    """Reads so many damaged files, as many of each kind. The first that shows a fault is kept in a
    folder. What reads them may write in the workspace alone.
    """
    account = Account()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        before = tempfile.tempdir
        tempfile.tempdir = name
        try:
            for way in ways:
                began = time.perf_counter()
                _tried(
                    way,
                    range(-(-examples // len(ways))),
                    seed,
                    account,
                    ((str(folder), str(workspace)), kept),
                )
                took = time.perf_counter() - began
                print(f"{_line(account, way.name)} ({took:.0f} s)", file=sys.stderr, flush=True)
        finally:
            tempfile.tempdir = before
    return account


def _tried(
    way: Way, numbers: range, seed: int, account: Account, places: tuple[tuple[str, ...], Path]
) -> None:
    folders, kept = places
    next_ = numbers.start
    while next_ < numbers.stop:
        batch = range(next_, min(next_ + _BATCH, numbers.stop))
        for number, outcome, took in _batch(way, seed, batch, folders):
            if number < 0:
                account.largest = max(account.largest, int(outcome))
                continue
            next_ = number + 1
            account.slowest = max(account.slowest, (took, f"{way.name} {number}"))
            kind, _, rest = outcome.partition(" ")
            is_fault = kind not in ("taken", "refused", "caught")
            account.counts[way.name, "fault" if is_fault else kind] += 1
            if kind == "caught":
                account.caught[way.name, rest] += 1
            if is_fault:
                count, file = account.faults.get((way.name, outcome), (0, kept))
                if not count:
                    kept.mkdir(parents=True, exist_ok=True)
                    file = kept / f"{way.name}-{number}"
                    file.write_bytes(made(way, seed, number))
                    print(f"{file}: {outcome}", file=sys.stderr, flush=True)
                account.faults[way.name, outcome] = (count + 1, file)


def told(account: Account) -> str:
    """The account as text."""
    lines = [_line(account, name) for name in dict.fromkeys(name for name, _ in account.counts)]
    for (name, what), count in account.caught.most_common():
        lines.append(f"  stopped by the gate: {name}: {what} ({count})")
    for (name, what), (count, file) in account.faults.items():
        lines.append(f"  FAULT {name}: {what} ({count}; {file})")
    faults = sum(count for count, _ in account.faults.values())
    lines.append(
        f"{account.tried} files, {faults} faults, the slowest {account.slowest[0]:.2f} s"
        f" ({account.slowest[1]}), peak {account.largest} MB"
    )
    return "\n".join(lines) + "\n"


def _line(account: Account, name: str) -> str:
    counts = (f"{n} {what}" for (one, what), n in account.counts.items() if one == name)
    return f"{name}: {', '.join(counts)}"
