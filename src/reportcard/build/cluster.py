"""A Dask cluster as an executor, for publishers with hundreds of cards; the only importer of
distributed.
"""

import re
import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from importlib.util import find_spec
from threading import Event, Thread
from typing import Any, Final

from reportcard.build.elsewhere import Elsewhere, differences, made_with
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.archive import address as archive_address
from reportcard.workspace.archive import packed
from reportcard.workspace.workspace import Workspace

#: A host, an IPv4 or a bracketed IPv6 address, with a port; the protocol may be left out. Of other
#: words Dask starts a cluster here.
_ADDRESS: Final = re.compile(r"([a-z]+://)?(\[[0-9A-Fa-f:.]+\]|[^\s/:\[\]]+):\d{1,5}")
#: Seconds in which a first worker has to be there, and after which no other one is waited for.
_PATIENCE: Final = 30
#: Seconds between two looks at the workers.
_PACE: Final = 2


def check_address(address: str | None) -> None:
    """Raises ReportCardError (USAGE) if a scheduler's address is malformed, or the package that
    connects to it is not installed.
    """
    if address is None:
        return
    if not _ADDRESS.fullmatch(address):
        raise ReportCardError(
            message('"{address}" is not an address.', address=address),
            code=ExitCode.USAGE,
            advice=message("Use tcp://HOST:PORT."),
        )
    if find_spec("distributed") is None:
        raise ReportCardError(
            message("building on a Dask cluster requires a package that is not installed."),
            code=ExitCode.USAGE,
            advice=message("Run: pip install 'reportcard[dask]'"),
        )


@contextmanager
def cluster(address: str | None, workspace: Workspace) -> Iterator[Executor | None]:
    """The executor of a cluster by its scheduler's address; None without an address.

    Workers that have another workspace at its path than this one, or none, are handed a copy. If
    all workers are lost, what they have not done is given up after 30 s. Raises ReportCardError
    (USAGE) if the package is not installed, nobody answers there, there is no worker, or one has
    other versions than this machine.
    """
    if address is None:
        yield None
        return
    check_address(address)
    with _client(address) as client:
        _refuse_others(client, address)
        pool: Executor = client.get_executor(pure=False, retries=1)
        addresses = set(client.run(archive_address, workspace.root).values())
        if addresses != {archive_address(workspace.root)}:
            # Held by every worker: one that is lost takes no copy along that another needs.
            copy = client.scatter(packed(workspace.root), broadcast=True)
            pool = Elsewhere(pool, copy)
        watched = _Watched(pool, client)
        try:
            yield watched
        finally:
            watched.end()


@contextmanager
def _client(address: str) -> Iterator[Any]:
    from distributed import Client

    try:
        _knock(address)
        client = Client(address, timeout="60s")
    except (OSError, ValueError) as error:
        raise ReportCardError(
            message("no scheduler is responding at {address}.", address=address),
            code=ExitCode.USAGE,
            advice=message("Start one with `dask scheduler`, then use the address that it prints."),
        ) from error
    with client:
        yield client


def _knock(address: str) -> None:
    """Raises OSError at once if nobody listens at an address: Dask would ask again until its time
    is over, which is long for the sake of busy machines.
    """
    _, _, place = address.rpartition("://")
    host, _, port = place.rpartition(":")
    socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()


def _refuse_others(client: Any, address: str) -> None:
    """Raises ReportCardError if there is no worker, or one that would make other files."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise ReportCardError(
            message("the scheduler at {address} has no workers.", address=address),
            code=ExitCode.USAGE,
            advice=message("Start some with: dask worker {address}", address=address),
        ) from error
    mine = made_with()
    answers: Mapping[str, Any] = client.run(made_with, on_error="return")
    for worker, theirs in sorted(answers.items()):
        advice = message("Install the same versions on all machines in the cluster.")
        if isinstance(theirs, OSError):
            continue  # it was lost while it was asked; others carry on
        if not isinstance(theirs, dict):
            raise ReportCardError(
                message(
                    "the worker {worker} cannot import Report Card: {reason}.",
                    worker=worker,
                    reason=str(theirs),
                ),
                code=ExitCode.USAGE,
                advice=advice,
            )
        if differing := differences(mine, theirs):
            raise ReportCardError(
                message(
                    "the worker {worker} has different versions: {versions}.",
                    worker=worker,
                    versions=differing,
                ),
                code=ExitCode.USAGE,
                advice=advice,
            )


class _Watched(Executor):
    """An executor whose work is given up when no worker has been there for a while: a scheduler
    would wait for the next one for ever.
    """

    def __init__(self, executor: Executor, client: Any) -> None:
        self._executor = executor
        self._client = client
        self._running: set[Future[Any]] = set()
        self._ended = Event()
        Thread(target=self._watch, daemon=True).start()

    def submit(
        self, function: Callable[..., Any], /, *arguments: Any, **named: Any
    ) -> "Future[Any]":
        future = self._executor.submit(function, *arguments, **named)
        self._running.add(future)
        return future

    def end(self) -> None:
        """Looks no longer."""
        self._ended.set()

    def _watch(self) -> None:
        alone = 0
        while not self._ended.wait(_PACE):
            alone = 0 if self._has_workers() else alone + _PACE
            if alone >= _PATIENCE:
                for future in self._running:
                    future.cancel()
                return

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.scheduler_info()["workers"])
        except (OSError, KeyError, TypeError, RuntimeError):
            return False
