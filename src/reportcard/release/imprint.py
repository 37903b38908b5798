"""The version and date that the pages print, set to those of a release."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812  the field has its name

from reportcard.content.loading import EDITION, read_edition
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.splicing import spliced
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.problems.problem import Place
from reportcard.workspace.replacement import replace_files
from reportcard.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line of the edition's file, before and after; `old` is empty if it is new."""

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """The edition's file with another version and date, and the lines that change; none if both
    are right.
    """

    data: bytes
    lines: tuple[ChangedLine, ...]

    def write(self, workspace: Workspace) -> None:
        """Writes the file. Raises ReportCardError (OUTPUT) if it cannot be written."""
        replace_files(workspace.root, {EDITION: self.data})


def imprint(workspace: Workspace, version: str, date: Day) -> Imprint | None:
    """The imprint of a release; None if the pages print its version already, or the edition cannot
    be read: the release then says why.

    Raises ReportCardError (CONTENT) if the file cannot be changed in place.
    """
    edition, _ = read_edition(workspace)
    if edition is None or edition.model.version in (None, version):
        return None
    wanted = {"version": version, "date": date.isoformat()}
    rewrites = [Rewrite((key,), (("line", value),)) for key, value in wanted.items()]
    try:
        data = spliced(edition.data, EDITION, rewrites)
    except SpliceError as error:
        raise ReportCardError(
            message("cannot change {file}: {fault}.", file=EDITION, fault=error.message),
            code=ExitCode.CONTENT,
            advice=message("Set `version` and `date` there by hand."),
        ) from error
    return Imprint(data, tuple(_changed(edition.data, data)))


def _changed(before: bytes, after: bytes) -> Iterator[ChangedLine]:
    """The lines that differ: values of one line are replaced, so the lines correspond."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    for number, (old, new) in enumerate(pairs, start=1):
        if old != new:
            yield ChangedLine(Place(EDITION, number), old.decode(), new.decode())
