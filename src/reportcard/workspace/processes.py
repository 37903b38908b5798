"""How a process of this program begins another: quickly, and never with a lock that stays shut."""

import os
import sys
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import Final

#: What a process that builds imports once, before workers are forked from it.
PRELOADED: Final = "reportcard.build.preload"


def is_alone() -> bool:
    """Whether this process is known to have no thread but one, those of libraries counted
    (Linux).
    """
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208  names alone, not paths
    except OSError:
        return False


def start_context(*preloaded: str) -> BaseContext:
    """The way to start processes. They are forked from this one with all that it has imported and
    read, if it runs in one thread: another's locks, and the work that a library waits for from
    another, would never come in a process forked from it.

    Else they are forked from a server, which imports some modules once, before the first of them;
    where processes cannot be forked, they begin anew.
    """
    if is_alone():
        return get_context("fork")
    if sys.platform == "win32":
        return get_context("spawn")
    context = get_context("forkserver")
    # A process has one server, whoever needs it first: workers of a build may come later.
    builds = (PRELOADED,) if "reportcard.build.card" in sys.modules else ()
    context.set_forkserver_preload([*preloaded, *builds])
    return context
