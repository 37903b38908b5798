"""Finished work, stored in a folder by the digest of all that it was made from. Any of it may be
deleted at any moment.

A folder of a workspace may come with the workspace, by mail or in an archive. So every entry is
authenticated (HMAC, RFC 2104) by a key that is the user's and never in a workspace: what another
person put there counts as never made.
"""

import hmac
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from reportcard.workspace.owner import owner_key

#: The space that a store may take on disk, and the part of it that is left when it takes more: what
#: was used last.
LIMIT: Final = 500_000_000
_LEFT: Final = 0.7
_ENDING: Final = ".kept"
#: Seconds after which a file that was not finished never will be.
_ABANDONED: Final = 3600


def key_of(parts: object) -> str:
    """The name of work by what it is made from: a value that JSON can hold."""
    return sha256(
        json.dumps(parts, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    ).hexdigest()


class Store:
    """Entries of a record, as JSON, and some bytes. One that is damaged, cut off, gone, or put
    there by another person counts as never made.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit

    def get(self, key: str) -> tuple[dict[str, Any], bytes] | None:
        """The record and the bytes stored under a key; None if there are none, or not as they were
        put there.
        """
        found = self._read(key)
        with suppress(OSError):
            os.utime(self._path(key))  # the last use decides what is dropped, and nothing else
        return found

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"

    def _read(self, key: str) -> tuple[dict[str, Any], bytes] | None:
        try:
            code, _, rest = self._path(key).read_bytes().partition(b"\n")
            if not hmac.compare_digest(code, _code(key, rest)):
                return None
            record, _, data = rest.partition(b"\n")
            found = json.loads(record)
        except (OSError, ValueError, RecursionError):
            return None
        return (found, data) if isinstance(found, dict) else None

    def put(self, key: str, record: Mapping[str, Any], data: bytes = b"") -> None:
        """Stores them. A folder that cannot be written costs time, never a card."""
        rest = (
            json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n" + data
        )
        part = self.folder / f"{uuid4().hex}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_code(key, rest) + b"\n" + rest)
            part.replace(self._path(key))
            self._drop()
        except OSError:
            with suppress(OSError):
                part.unlink()

    def survey(self) -> tuple[int, int]:
        """How many bytes all entries take, and how many of them another person made or damaged."""
        size = strange = 0
        for path in self.folder.glob(f"*{_ENDING}"):
            with suppress(OSError):
                size += path.stat().st_size
                strange += self._read(path.name.removesuffix(_ENDING)) is None
        return size, strange

    def clear(self) -> int:
        """Deletes all entries, and what killed processes left. Gives how many bytes they took."""
        freed = 0
        for path in self.files():
            with suppress(OSError):
                size = path.stat().st_size
                path.unlink()
                freed += size
        return freed

    def files(self) -> tuple[Path, ...]:
        """Those of all entries, and what killed processes left."""
        return (*self.folder.glob(f"*{_ENDING}"), *self.folder.glob("*.part"))

    def left(self) -> tuple[Path, ...]:
        """What cannot be deleted: the folder itself, if it cannot be listed."""
        is_closed = self.folder.is_dir() and not os.access(self.folder, os.R_OK | os.X_OK)
        return (self.folder,) if is_closed else self.files()

    def _drop(self) -> None:
        """Deletes what was not used for longest, if all of it is more than the limit; and parts
        that a killed process left.
        """
        for part in self.folder.glob("*.part"):
            with suppress(OSError):
                if time.time() - part.stat().st_mtime > _ABANDONED:
                    part.unlink()
        sizes: list[tuple[float, int, Path]] = []
        for path in self.files():
            with suppress(FileNotFoundError):
                known = path.stat()
                sizes.append((known.st_mtime, known.st_size, path))
        total = sum(size for _, size, _ in sizes)
        if total <= self.limit:
            return
        for _, size, path in sorted(sizes):
            if total <= self.limit * _LEFT:
                return
            with suppress(OSError):
                path.unlink()
                total -= size


class Scratch(Store):
    """A store of one process, in memory: nothing made before is found there."""

    def __init__(self) -> None:
        super().__init__(Path(os.devnull))
        self._made: dict[str, tuple[dict[str, Any], bytes]] = {}

    def get(self, key: str) -> tuple[dict[str, Any], bytes] | None:
        return self._made.get(key)

    def put(self, key: str, record: Mapping[str, Any], data: bytes = b"") -> None:
        self._made[key] = dict(record), data


def _code(key: str, rest: bytes) -> bytes:
    return hmac.new(owner_key(), key.encode() + rest, sha256).hexdigest().encode()
