"""What is compared with what: two files, two folders, two revisions, a release; as pairs of files
that belong together.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reportcard.build.manifest import MANIFEST, Record, read_manifest
from reportcard.errors import ExitCode, ReportCardError
from reportcard.pdf.inspection import UnreadableError, apart, read
from reportcard.pdf.preflight import identifier
from reportcard.review.revisions import Build, content, is_revision, revision
from reportcard.versions import RELEASES, releases
from reportcard.workspace.media import Medium
from reportcard.workspace.workspace import SCOREBOARD, Workspace


@dataclass(frozen=True, slots=True)
class Couple:
    """Two files that belong together, or one that has no other."""

    name: str
    old: Path | None
    new: Path | None


@dataclass(frozen=True, slots=True)
class Bench:
    """Where sides that are no files are made: the workspace, a temporary folder, and the editions
    to build.
    """

    workspace: Workspace | None
    folder: Path
    media: tuple[Medium, ...]

    def side(self, name: str, number: int) -> Build:
        """How the file or folder of a side of the comparison is had: it is there, or is built of a
        revision.

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
            f"“{name}” is no file, no folder with PDFs and no revision that git knows here.",
            code=ExitCode.USAGE,
            advice="Name two PDFs, two folders of them, or two revisions of a workspace.",
        )

    def as_it_is(self, beside: Build) -> Build:
        """How what the workspace makes now is made, the scoreboard too if the other side holds one.

        Raises ReportCardError (CONTENT) if its content has errors.
        """
        made = content(
            self._here(),
            self.folder / "now",
            self.media,
            "the content as it is",
            "Find them with: reportcard check",
        )
        return lambda: made(_holds_scoreboard(beside()))

    def release(self, version: str) -> Build:
        """How the folder of a release, or of the last one, is had: it is there. Raises
        ReportCardError (USAGE) if there is none.
        """
        known = releases(self._here().output / RELEASES)
        found = known[-1:] if version == "last" else [one for one in known if one.name == version]
        if not found:
            told = (
                f"There are: {', '.join(one.name for one in known)}."
                if known
                else f"{RELEASES}/ in the output folder holds none yet."
            )
            raise ReportCardError(
                f"there is no release “{version}”.", code=ExitCode.USAGE, advice=told
            )
        return lambda: found[0]

    def _here(self) -> Workspace:
        if self.workspace is None:
            raise ReportCardError(
                "no workspace here to compare with.",
                code=ExitCode.NO_WORKSPACE,
                advice="Go to the workspace, or name it with --workspace.",
            )
        return self.workspace


def _holds_scoreboard(side: Path) -> bool:
    held = side.rglob("*.pdf") if side.is_dir() else [side]
    return any(path.name.startswith(f"{SCOREBOARD}-") for path in held)


def _has_pdf(folder: Path) -> bool:
    return folder.is_dir() and any(path.suffix.lower() == ".pdf" for path in folder.rglob("*"))


def couples(old: Path, new: Path, medium: Medium | None = None) -> tuple[Couple, ...]:
    """The pairs of files of two sides: two files, or the PDFs of two folders by name, then by the
    name that they bear inside.

    A file against a folder is the file of its name there. Of an old folder, files are passed over
    that its manifest tells to be of another edition than `medium`; of any folder, the releases in
    it. Raises ReportCardError (USAGE) if nothing is there to compare.
    """
    if old.is_file() and new.is_file():
        return (Couple(new.name, old, new),)
    if old.is_file() != new.is_file():
        folder, file = (old, new) if new.is_file() else (new, old)
        there = folder / file.name
        if not there.is_file():
            raise ReportCardError(
                f"{folder} has no {file.name}.",
                code=ExitCode.USAGE,
                advice="Name the file to compare with.",
            )
        return (
            Couple(file.name, there, file) if new.is_file() else Couple(file.name, file, there),
        )
    sides = [_pdfs(old, medium), _pdfs(new, None)]
    if not sides[0] and not sides[1]:
        raise ReportCardError(
            f"{old} and {new} hold no PDF.", code=ExitCode.USAGE, advice="Name folders that do."
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
    borne = {told: name for name, path in old.items() if (told := _identifier(path))}
    for name, path in list(new.items()):
        if (there := borne.pop(_identifier(path), None)) is not None:
            yield Couple(name, old.pop(there), new.pop(name))
    yield from (Couple(name, path, None) for name, path in old.items())
    yield from (Couple(name, None, path) for name, path in new.items())


def _identifier(path: Path) -> str:
    try:
        return apart(identifier, read(path))
    except UnreadableError:
        return ""
