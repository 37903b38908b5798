"""The comparison that a reviewer's record was made from, made anew by the release: with the old
file that the record names, if that is one that readers have had or that somebody signed.
"""

import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final

from reportcard.content.loading import Content
from reportcard.messages.message import Message, message
from reportcard.review.changes import Comparison, Kind
from reportcard.review.compare.regard import Regard
from reportcard.review.review import review
from reportcard.review.sides import Couple
from reportcard.versions import RELEASES, SUMS, before, is_altered
from reportcard.workspace.workspace import Workspace

#: Where reviewers' records are kept, and the old files that no release has.
REVIEWS: Final = "reviews"

Anew = Callable[[str, bytes, str, Callable[[bytes], bool]], Comparison | Message]
"""Compares a file of a name, with its bytes, with the old file of a SHA-256; or says why it cannot.
The last tells of the bytes of an old file whether a record signs them off.
"""


class Recomparison:
    """Comparisons for a release of a version; each is made once."""

    def __init__(self, workspace: Workspace, content: Content, version: str) -> None:
        edition = content.edition.model
        self._reviews = workspace.root / REVIEWS
        self._releases = before(workspace.output / RELEASES, version)
        ignored = edition.ignored_changes
        self._regard = Regard(
            agreed_kinds=frozenset(map(Kind, ignored.kinds)),
            agreed_areas=tuple(area.box for area in ignored.areas),
        )
        self._made: dict[tuple[str, str, str], Comparison] = {}

    def __call__(
        self, name: str, data: bytes, old: str, is_signed: Callable[[bytes], bool]
    ) -> Comparison | Message:
        """See `Anew`."""
        released = [one / name for one in self._releases if (one / name).is_file()]
        kept = [
            path
            for path in sorted(self._reviews.rglob("*"))
            if path.suffix.lower() == ".pdf" and path.is_file()
        ]
        found = next((path for path in (*released, *kept) if _digest(path) == old), None)
        if found is None:
            return message(
                "the old file of this review (SHA-256 {sha}) is neither in a release nor in "
                "{folder}/, so its changes cannot be checked",
                sha=old,
                folder=REVIEWS,
            )
        if found in released and _is_altered(found):
            return message(
                "{file} of release {version} was altered after the release: its SHA-256 is not the "
                "one in {sums}. Restore it from the release's ZIP file",
                file=found.name,
                version=found.parent.name,
                sums=SUMS,
            )
        if released and found not in released and not is_signed(found.read_bytes()):
            return message(
                "the old file of this review is {file}, which was neither released nor signed off",
                file=found.name,
            )
        key = (name, sha256(data).hexdigest(), old)
        if key not in self._made:
            self._made[key] = self._compared(name, data, found)
        return self._made[key]

    def _compared(self, name: str, data: bytes, old: Path) -> Comparison:
        with tempfile.TemporaryDirectory(prefix="reportcard-") as folder:
            new = Path(folder) / name
            new.write_bytes(data)
            couple = Couple(name, old, new)
            return review((couple,), self._regard, None, lambda *_: None).comparisons[0]


def _is_altered(path: Path) -> bool:
    """The same of a file that may be out of reach: it is no basis then."""
    try:
        return is_altered(path)
    except OSError:
        return True


def _digest(path: Path) -> str:
    """A file's SHA-256; empty if it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
