"""What is compared with what: two files, two folders, two revisions, a release; as pairs of files
that belong together.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reportcard.build.manifest import MANIFEST, Record, read_manifest
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.pdf.preflight import identifier
from reportcard.review.revisions import Build, content, is_revision, revision
from reportcard.versions import RELEASES, releases
from reportcard.workspace.bounds import UnreadableError, apart, read
from reportcard.workspace.card_files import card_file
from reportcard.workspace.media import Medium
from reportcard.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Couple:
    """Two files that belong together, or one that has no other."""

    name: str
    old: Path | None
    new: Path | None


@dataclass(frozen=True, slots=True)
class Bench:
    """Where sides are made that are not files yet: the workspace, a temporary folder, and the
    editions to build.
    """

    workspace: Workspace | None
    folder: Path
    media: tuple[Medium, ...]

    def side(self, name: str, number: int) -> Build:
        """How to get the file or folder of a side of the comparison: it is there, or is built from
        a revision.

        Raises ReportCardError (USAGE) if it is neither, (CONTENT) if the revision has errors.
        """
        path = Path(name)
        if name and path.exists() and (path.is_file() or _has_pdf(path)):
            return lambda: path
        if name and self.workspace and is_revision(self.workspace, name):
            target = self.folder / str(number)
            target.mkdir()
            return revision(self.workspace, name, target, self.media)
        raise ReportCardError(
            message(
                '"{name}" is not a PDF, a folder of PDFs, or a git revision of this workspace.',
                name=name,
            ),
            code=ExitCode.USAGE,
            advice=message("Specify two PDFs, two folders of PDFs, or two revisions."),
        )

    def as_it_is(self, beside: Build) -> Build:
        """How to make what the content makes now, with the scoreboard if the other side has one.

        Raises ReportCardError (CONTENT) if its content has errors.
        """
        made = content(
            self._here(),
            self.folder / "now",
            self.media,
            message("the current content"),
            message("For details, run: reportcard check"),
        )
        return lambda: made(_has_scoreboard(beside()))

    def release(self, version: str) -> Build:
        """How to get the folder of a release, or of the last one: it is there. Raises
        ReportCardError (USAGE) if there is none.
        """
        known = releases(self._here().output / RELEASES)
        found = known[-1:] if version == "last" else [one for one in known if one.name == version]
        if not found:
            raise ReportCardError(
                message('there is no release "{version}".', version=version),
                code=ExitCode.USAGE,
                advice=message("Choose from: {names}.", names=tuple(one.name for one in known))
                if known
                else message("Create one with: reportcard release VERSION"),
            )
        return lambda: found[0]

    def _here(self) -> Workspace:
        if self.workspace is None:
            raise ReportCardError(
                message("there is no workspace here to compare with."),
                code=ExitCode.NO_WORKSPACE,
                advice=message("Change to the workspace folder, or specify it with --workspace."),
            )
        return self.workspace


def _has_scoreboard(side: Path) -> bool:
    paths = side.rglob("*.pdf") if side.is_dir() else [side]
    return any(file.is_scoreboard for path in paths if (file := card_file(path.stem)))


def _has_pdf(folder: Path) -> bool:
    return folder.is_dir() and any(path.suffix.lower() == ".pdf" for path in folder.rglob("*"))


def couples(old: Path, new: Path, medium: Medium | None = None) -> tuple[Couple, ...]:
    """The pairs of files of two sides: two files, or the PDFs of two folders by name, then by the
    name in their metadata.

    A file against a folder is the file of its name there. In an old folder, files are left out that
    are of another edition than `medium` by its manifest; in any folder, its releases. Raises
    ReportCardError (USAGE) if nothing is there to compare.
    """
    if old.is_file() and new.is_file():
        return (Couple(new.name, old, new),)
    if old.is_file() != new.is_file():
        folder, file = (old, new) if new.is_file() else (new, old)
        there = folder / file.name
        if not there.is_file():
            raise ReportCardError(
                message("{folder} does not contain {name}.", folder=str(folder), name=file.name),
                code=ExitCode.USAGE,
                advice=message("Instead of the folder, specify the file to compare with."),
            )
        return (
            Couple(file.name, there, file) if new.is_file() else Couple(file.name, file, there),
        )
    sides = [_pdfs(old, medium), _pdfs(new, None)]
    if not sides[0] and not sides[1]:
        raise ReportCardError(
            message("{old} and {new} contain no PDFs.", old=str(old), new=str(new)),
            code=ExitCode.USAGE,
            advice=message("Specify folders that contain PDFs."),
        )
    return tuple(sorted(_paired(*sides), key=lambda couple: couple.name))


def _pdfs(side: Path, medium: Medium | None) -> dict[str, Path]:
    """The PDFs of a folder by their path in it."""
    found = {
        path.relative_to(side).as_posix(): path
        for path in sorted(side.rglob("*"))
        if path.suffix.lower() == ".pdf" and path.is_file()
    }
    records: dict[str, Record] = {}
    with suppress(OSError):
        records = read_manifest((side / MANIFEST).read_bytes()) if medium else {}
    return {
        name: path
        for name, path in found.items()
        if not name.startswith((f"{RELEASES}/", "."))
        and (name not in records or records[name].edition == medium)
    }


def _paired(old: dict[str, Path], new: dict[str, Path]) -> Iterator[Couple]:
    for name in old.keys() & new.keys():
        yield Couple(name, old.pop(name), new.pop(name))
    if len(old) == len(new) == 1:
        (one,), ((name, other),) = old.values(), new.items()
        yield Couple(name, one, other)
        return
    by_identifier = {own: name for name, path in old.items() if (own := _identifier(path))}
    for name, path in list(new.items()):
        if (there := by_identifier.pop(_identifier(path), None)) is not None:
            yield Couple(name, old.pop(there), new.pop(name))
    yield from (Couple(name, path, None) for name, path in old.items())
    yield from (Couple(name, None, path) for name, path in new.items())


def _identifier(path: Path) -> str:
    try:
        return apart(identifier, read(path))
    except UnreadableError:
        return ""
