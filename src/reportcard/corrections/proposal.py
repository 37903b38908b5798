"""All corrections of a workspace: put into its files, and checked again before anybody sees them;
and their writing.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from reportcard.build.inventory import ReadWorkspace
from reportcard.content.loading import Content
from reportcard.corrections.correction import Corrected
from reportcard.corrections.drafts import files_of, redrafted
from reportcard.corrections.records import carried_over, unreadable
from reportcard.corrections.search import Spared, found
from reportcard.corrections.settlement import Settlement, applied, settled
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.problems.problem import Severity, has_errors
from reportcard.workspace.replacement import replace_files
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
        draft = settled(read.content, scope, partial(_corrected, read, scope))
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
    return replace_files(workspace.root, corrections.files)


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
            content=redrafted(draft.content, scope, applied(draft.content, scope, corrections)),
            corrections=(*draft.corrections, *corrections),
        )
    return draft
