"""All corrections of a workspace: put into its files, and checked again before anybody sees them;
and their writing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Final

from reportcard.build.inventory import ReadWorkspace
from reportcard.build.publish import replace_files
from reportcard.content.loading import Content
from reportcard.content.replacements import replaced
from reportcard.content.rewrites import SpliceError
from reportcard.corrections.correction import Corrected, Correction, Undecided
from reportcard.corrections.drafts import files_of, redrafted
from reportcard.corrections.records import carried_over, unreadable
from reportcard.corrections.search import Spared, UntraceableError, found, problems_of
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.problems.problem import Severity, has_errors
from reportcard.workspace.workspace import Workspace

#: A correction may make room for another one; few do.
_ROUNDS: Final = 5
#: An error that a correction may mend: a score is typed in one language, and a value in another.
_MENDED: Final = "NUMBER-LANGUAGES"


def corrected(read: ReadWorkspace, scopes: Iterable[str]) -> Corrected:
    """The corrections of some scopes (countries, `wording`). Nothing of a scope is corrected that
    has a file with an error.
    """
    whole = Corrected()
    for scope in scopes:
        if faulty := _faulty(read, scope):
            whole = replace(whole, untouched=(*whole.untouched, *faulty))
            continue
        draft = _settled(read, scope)
        changed = _changed(read.content, draft.content, scope)
        # Records first: should the writing end in between, the next run finishes it
        records = carried_over(read.workspace, read.content, draft.content, scope)
        before = {one.tree.file: one.data for one in files_of(read.content, scope).values()}
        before |= {file: read.workspace.read(file) for file in records}
        files = {**records, **changed}
        whole = Corrected(
            (*whole.corrections, *draft.corrections),
            (*whole.undecided, *draft.undecided),
            whole.untouched,
            {**whole.files, **files},
            {**whole.before, **{file: before[file] for file in files}},
        )
    return whole


def write(workspace: Workspace, corrections: Corrected) -> tuple[Path, ...]:
    """Writes the corrected files, and gives their paths.

    Raises ReportCardError if one was changed since it was read (CONTENT) or cannot be written
    (OUTPUT); nothing is then changed.
    """
    for file, data in corrections.before.items():
        if _now(workspace, file) != data:
            raise ReportCardError(
                message("{file} was changed while it was being corrected.", file=file),
                code=ExitCode.CONTENT,
                advice=message("Nothing was written. Run the command again."),
            )
    try:
        return replace_files(workspace.root, corrections.files)
    except ReportCardError:
        undone = {
            file: data
            for file, data in corrections.before.items()
            if _now(workspace, file) == corrections.files[file]
        }
        with suppress(ReportCardError):
            replace_files(workspace.root, undone)
        raise


def _now(workspace: Workspace, file: str) -> bytes | None:
    try:
        return workspace.read(file)
    except (OSError, ValueError):
        return None


def _faulty(read: ReadWorkspace, scope: str) -> tuple[str, ...]:
    """The files of a scope that have errors or cannot be read, its translations' records too."""
    problems = (*read.problems, *unreadable(read.workspace, read.content, scope))
    files = {
        one.place.file
        for one in problems
        if one.severity is Severity.ERROR
        and one.code != _MENDED
        and one.place.file.startswith(f"content/{scope}/")
    }
    return tuple(sorted(files))


def _changed(before: Content, after: Content, scope: str) -> dict[str, bytes]:
    old = files_of(before, scope)
    return {
        one.tree.file: one.data
        for language, one in files_of(after, scope).items()
        if one.data != old[language].data
    }


@dataclass(frozen=True, slots=True)
class Settlement:
    """A scope's content after its corrections."""

    content: Content
    corrections: tuple[Correction, ...] = ()
    undecided: tuple[Undecided, ...] = ()


def _settled(read: ReadWorkspace, scope: str) -> Settlement:
    """The corrections of a scope. Where a value in place of a typed score or rank would give its
    field a problem that it did not have before, all that is typed in that field is left.
    """
    before = _counted(read.content, scope)
    spared = Spared()
    while True:
        try:
            draft = _corrected(read, scope, spared)
        except UntraceableError as error:
            spared = replace(spared, fields=spared.fields | {error.field})
            continue
        after = _counted(draft.content, scope) if draft.corrections else before
        worse = frozenset(field for _, _, field in after - before)
        if worse <= spared.values:
            return draft
        spared = replace(spared, values=spared.values | worse)


def _counted(content: Content, scope: str) -> Counter[tuple[str, str, str]]:
    return Counter((one.code, one.place.file, one.field) for one in problems_of(content, scope))


def _corrected(read: ReadWorkspace, scope: str, spared: Spared) -> Settlement:
    knows_values = scope in read.content.cards and not has_errors(read.shared)
    draft = Settlement(read.content)
    for number in range(_ROUNDS):
        corrections, undecided = found(draft.content, scope, spared, typed_values=knows_values)
        if not number:
            draft = replace(draft, undecided=undecided)
        if not corrections:
            break
        draft = replace(
            draft,
            content=redrafted(draft.content, scope, _applied(draft.content, scope, corrections)),
            corrections=(*draft.corrections, *corrections),
        )
    return draft


def _applied(
    content: Content, scope: str, corrections: Iterable[Correction]
) -> Mapping[str, bytes]:
    data = {one.tree.file: one.data for one in files_of(content, scope).values()}
    by_text = sorted(corrections, key=lambda one: (one.place.file, one.path))
    for (file, path), mine in groupby(by_text, key=lambda one: (one.place.file, one.path)):
        try:
            data[file] = replaced(data[file], file, [one.replacement for one in mine])
        except SpliceError as error:
            raise UntraceableError(f"{scope}/{'.'.join(path)}") from error
    return data
