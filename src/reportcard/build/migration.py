"""A workspace of an earlier format as the present one has it: its files rewritten in place, with
their comments and layout, all of them or none.
"""

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import count
from pathlib import PurePosixPath
from posixpath import commonprefix
from types import MappingProxyType
from typing import Final

from reportcard.build.theme import copied
from reportcard.content.formats import FORMAT, format_of
from reportcard.content.loading import EDITION, read_edition
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.rules import EDITION_NEWER
from reportcard.content.splicing import spliced
from reportcard.content.tree import Tree
from reportcard.content.yaml import read_tree
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.problems.problem import Problem
from reportcard.workspace.replacement import replace_files
from reportcard.workspace.system import reason
from reportcard.workspace.theme import STYLES, default_theme, packaged_themes
from reportcard.workspace.workspace import Workspace


@dataclass(slots=True)
class MigrationDraft:
    """The files of a workspace as the steps leave them; nothing is written. `before` has those
    that a step has read, `after` those that it changes: None is a file that is not there.
    """

    workspace: Workspace
    before: dict[str, bytes | None] = field(default_factory=dict)
    after: dict[str, bytes | None] = field(default_factory=dict)

    def read(self, file: str) -> bytes | None:
        """A file's bytes as they are by now; None if it is not there. Raises ReportCardError
        (CONTENT) if it cannot be read.
        """
        try:
            if file not in self.before:
                self.before[file] = self.workspace.read(file)
        except FileNotFoundError:
            self.before[file] = None
        except (OSError, ValueError) as error:
            raise _unreadable(file, error) from error
        return self.after.get(file, self.before[file])

    def put(self, file: str, data: bytes | None) -> None:
        """Puts other bytes in a file, or takes it away."""
        self.read(file)
        self.after[file] = data

    def move(self, file: str, target: str, moved: bytes | None = None) -> None:
        """Moves a file, with other bytes if they are given; not onto another file. Where it was
        copied but not deleted, by a migration that was interrupted, it is deleted.
        """
        data = self.read(file) if moved is None else moved
        if data is None or self.read(target) not in (None, data):
            return
        self.put(target, data)
        self.put(file, None)


def _unreadable(file: str, error: Exception) -> ReportCardError:
    return ReportCardError(
        message("cannot read {file}: {reason}.", file=file, reason=reason(error)),
        code=ExitCode.CONTENT,
        advice=message("Correct the problem and run the command again. Nothing was written."),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the format, which is never edited once a version has it: the format that it
    leads to, and what it does to the files. It changes only what is of the earlier format, so that
    it can be repeated.
    """

    format: int
    change: Callable[[MigrationDraft], None]


#: The folder that style files get which lie loose in styles/.
_HOUSE: Final = "house"


def _styles_in_a_folder(draft: MigrationDraft) -> None:
    """Style sheets, colors, templates and fonts move from styles/ to a theme of that folder. If the
    edition names a theme, what is left of such a move is deleted.
    """
    edition = draft.read(EDITION) or b""
    tree, _ = read_tree(edition, EDITION)
    loose = default_theme(draft.workspace)
    if tree is None or loose is None or not loose.is_loose:
        return
    try:
        files = {name.as_posix(): data for name, data in copied(loose)}
    except (OSError, ValueError) as error:
        raise _unreadable(STYLES, error) from error
    named = str(tree.text("theme") or "")
    if named:
        files = {
            name: data
            for name, data in files.items()
            if draft.read(f"{STYLES}/{named}/{name}") == data
        }
    else:
        named = _free_name(draft, files)
        line = Rewrite(("theme",), (("line", named),))
        draft.put(EDITION, rewritten(edition, EDITION, [line]))
    for name, data in files.items():
        draft.move(f"{STYLES}/{name}", f"{STYLES}/{named}/{name}", data)


def _free_name(draft: MigrationDraft, files: Mapping[str, bytes]) -> str:
    """A name for a theme of these files: no other theme has it, unless with the same files."""
    for number in count(1):
        name = _HOUSE if number == 1 else f"{_HOUSE}-{number}"
        there = (draft.read(f"{STYLES}/{name}/{file}") for file in files)
        is_free = all(data in (None, own) for data, own in zip(there, files.values(), strict=True))
        if is_free and name not in packaged_themes():
            return name
    raise AssertionError  # count() has no end


#: All changes since the first format, in order. The number of the format is set after them.
STEPS: Final[tuple[Step, ...]] = (Step(2, _styles_in_a_folder),)


@dataclass(frozen=True, slots=True)
class Migration:
    """What migrating changes: the formats before and after, and by path the bytes that files have
    and are to have, None where there is no file.
    """

    found: int
    format: int
    before: Mapping[str, bytes | None] = field(default_factory=lambda: MappingProxyType({}))
    after: Mapping[str, bytes | None] = field(default_factory=lambda: MappingProxyType({}))

    def diff(self) -> Iterator[str]:
        """The lines that change, as a unified diff; of a file that moves unchanged, and of one that
        is not text, its names alone.
        """
        moved = self._moved()
        for file, data in self.after.items():
            if file in moved.values():
                continue
            source = moved.get(file, file)
            old, new = self.before[source], data
            names = (
                f"a/{source}" if old is not None else "/dev/null",
                f"b/{file}" if new is not None else "/dev/null",
            )
            if source != file and (old == new or b"\0" in (old or b"")):
                yield from (f"--- {names[0]}", f"+++ {names[1]}")
                continue
            before, after = (
                (one or b"").decode("utf-8", "replace").splitlines() for one in (old, new)
            )
            yield from unified_diff(before, after, *names, lineterm="")

    def _moved(self) -> Mapping[str, str]:
        """Where files that are new come from: of those that are taken away, the one whose path ends
        most alike.
        """
        gone = [file for file, data in self.after.items() if data is None]
        moved = {}
        for file, data in self.after.items():
            named = [one for one in gone if PurePosixPath(one).name == PurePosixPath(file).name]
            if named and data is not None and self.before[file] is None:
                moved[file] = max(named, key=lambda one: len(commonprefix((one[::-1], file[::-1]))))
        return moved


def migration(
    workspace: Workspace, steps: Sequence[Step] = STEPS, to: int = FORMAT
) -> tuple[Migration | None, tuple[Problem, ...]]:
    """What migrating a workspace changes, or the problems that keep it from being migrated. Steps
    to the workspace's own format are taken again: it may be half migrated.

    Raises ReportCardError (CONTENT) if a file cannot be read or changed in place.
    """
    draft = MigrationDraft(workspace)
    tree, problems = read_tree(draft.read(EDITION) or b"", EDITION)
    if tree is None:
        return None, problems
    found = format_of(tree)
    if found is None:
        return None, read_edition(workspace)[1]
    if found > to:
        newer = EDITION_NEWER.at(tree.at("format"), found=str(found), known=str(to))
        return None, (newer,)
    for step in steps:
        if found <= step.format <= to:
            step.change(draft)
    if found < to:
        draft.put(EDITION, _with_format(draft.read(EDITION) or b"", to))
    changed = {file: data for file, data in draft.after.items() if data != draft.before[file]}
    return Migration(found, to, draft.before, changed), ()


def _with_format(data: bytes, to: int) -> bytes:
    """The edition's file with a format, before all other keys."""
    first, _ = read_tree(b"format: 1\n", EDITION)
    return rewritten(data, EDITION, [Rewrite(("format",), (("line", str(to)),))], first)


def rewritten(
    data: bytes, file: str, rewrites: Sequence[Rewrite], model: Tree | None = None
) -> bytes:
    """`splicing.spliced`. Raises ReportCardError (CONTENT) where it cannot be done."""
    try:
        return spliced(data, file, rewrites, model)
    except SpliceError as error:
        raise ReportCardError(
            message("cannot change {file}: {fault}.", file=file, fault=error.message),
            code=ExitCode.CONTENT,
            advice=message("Change it by hand and run the command again. Nothing was written."),
        ) from error


# --- writing --------------------------------------------------------------------------------------


def migrate(workspace: Workspace, made: Migration) -> tuple[str, ...]:
    """Writes what a migration changes, and gives the files. All that is new is on the disk before
    anything is deleted; what an interruption leaves, the next migration deletes.

    Raises ReportCardError if a file was changed meanwhile (CONTENT), or if one is read-only or
    cannot be written (OUTPUT). Nothing is then changed.
    """
    order = sorted(made.after, key=lambda file: (made.after[file] is None, file == EDITION, file))
    for file in order:
        if _now(workspace, file) != made.before[file]:
            raise ReportCardError(
                message("{file} was changed during the migration.", file=file),
                code=ExitCode.CONTENT,
                advice=message("Nothing was written. Run the command again."),
            )
    if locked := tuple(file for file in order if _is_locked(workspace, file)):
        raise ReportCardError(
            message("these files are read-only: {files}.", files=locked),
            code=ExitCode.OUTPUT,
            advice=message("Make them writable and run the command again. Nothing was written."),
        )
    try:
        _put(workspace, made.after)
    except ReportCardError as error:
        with suppress(ReportCardError):
            _put(workspace, {file: made.before[file] for file in order})
        raise ReportCardError(
            error.message,
            code=ExitCode.OUTPUT,
            advice=message(
                "Free up space or grant write permission, then run the command again. Nothing was "
                "changed."
            ),
        ) from error
    return tuple(order)


def _put(workspace: Workspace, files: Mapping[str, bytes | None]) -> None:
    """Writes files, all or none, then deletes those of which there are no bytes, with folders that
    become empty.
    """
    written = {
        file: data
        for file, data in files.items()
        if data is not None and data != _now(workspace, file)
    }
    if written:
        replace_files(workspace.root, written)
    gone = [file for file, data in files.items() if data is None]
    for file in sorted(gone, key=lambda file: -file.count("/")):  # by those of styles/ it is known
        try:
            path = workspace.path(file)
            path.unlink(missing_ok=True)
        except (OSError, ValueError) as error:
            raise ReportCardError(
                message("cannot write to {path}: {reason}.", path=file, reason=reason(error)),
                code=ExitCode.OUTPUT,
                advice=message("Free up space or grant write permission. Nothing was changed."),
            ) from error
        with suppress(OSError, ValueError):  # it holds something else
            for folder in path.relative_to(workspace.root).parents[:-2]:
                (workspace.root / folder).rmdir()


def _now(workspace: Workspace, file: str) -> bytes | None:
    try:
        return workspace.read(file)
    except (OSError, ValueError):
        return None


def _is_locked(workspace: Workspace, file: str) -> bool:
    """Whether a file is marked read-only: a rename would replace it all the same."""
    try:
        path = workspace.path(file)
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK)
