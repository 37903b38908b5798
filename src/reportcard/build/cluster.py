"""A Dask cluster as an executor, for publishers with hundreds of cards; the only importer of
distributed.
"""

import re
import socket
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message

#: A host, an IPv4 or a bracketed IPv6 address, with a port; the protocol may be left out. Of other
#: words Dask starts a cluster here.
_ADDRESS: Final = re.compile(r"([a-z]+://)?(\[[0-9A-Fa-f:.]+\]|[^\s/:\[\]]+):\d{1,5}")


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


def _knock(address: str) -> None:
    """Raises OSError at once if nobody listens at an address: Dask would ask again until its time
    is over, which is long for the sake of busy machines.
    """
    _, _, place = address.rpartition("://")
    host, _, port = place.rpartition(":")
    socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()


@contextmanager
def cluster(address: str | None) -> Iterator[Executor | None]:
    """The executor of a cluster by its scheduler's address; None without an address.

    Every machine of the cluster needs the workspace at the same path, and the same version of this
    program. Raises ReportCardError (USAGE) if the package is not installed or
    nobody answers there.
    """
    if address is None:
        yield None
        return
    check_address(address)
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
        yield client.get_executor(pure=False, retries=1)
