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

#: A host, an IPv4 or a bracketed IPv6 address, with a port; the protocol may be left out. Of other
#: words Dask starts a cluster here.
_ADDRESS: Final = re.compile(r"([a-z]+://)?(\[[0-9A-Fa-f:.]+\]|[^\s/:\[\]]+):\d{1,5}")


def check_address(address: str | None) -> None:
    """Raises ReportCardError (USAGE) if a scheduler's address is none, or the package that would
    ask there is not installed.
    """
    if address is None:
        return
    if not _ADDRESS.fullmatch(address):
        raise ReportCardError(
            f"--scheduler “{address}” is no address.",
            code=ExitCode.USAGE,
            advice="Write tcp://, the machine and the port: tcp://host:8786",
        )
    if find_spec("distributed") is None:
        raise ReportCardError(
            "a Dask cluster needs a package that is not installed.",
            code=ExitCode.USAGE,
            advice="Run: pip install 'reportcard[dask]'",
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

    The workspace has to stand at the same path on every machine of the cluster, and the same
    version of this program. Raises ReportCardError (USAGE) if the package is not installed or
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
            f"no scheduler answers at {address}.",
            code=ExitCode.USAGE,
            advice="Start it with: dask scheduler, and name its address.",
        ) from error
    with client:
        yield client.get_executor(pure=False, retries=1)
