"""A file that a translator sent back: of which translation it is, and what became of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from reportcard.cli.app import say_error
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message

if TYPE_CHECKING:
    from reportcard.content.loading import Content
    from reportcard.translation.confirmation import Standing
    from reportcard.translation.merge import Merged
    from reportcard.translation.parcel import Returned
    from reportcard.workspace.workspace import Workspace

#: So many blocks that a file lacks are named.
_MOST_SHOWN: Final = 10


def returned_in(data: bytes, file: Path) -> "tuple[Returned, ...]":
    """What is in a file that came back. Raises ReportCardError (UNREADABLE)."""
    from reportcard.translation.export import read_back
    from reportcard.translation.parcel import ReturnedFileError

    try:
        return read_back(data)
    except ReturnedFileError as error:
        raise ReportCardError(
            message("{file}: {reason}", file=str(file), reason=error.message),
            code=ExitCode.UNREADABLE,
            advice=message("Use a completed file from `reportcard translations export`."),
        ) from error


def wanted_languages(content: "Content", returned: "Sequence[Returned]") -> list[str] | None:
    """Into which languages the translations are that came back: those of the edition, or None for
    all of these where a file does not say.
    """
    from reportcard.language.locales import is_language, nearest_tag

    known = tuple(content.edition.model.languages)
    named = [nearest_tag(one.language, known) or one.language for one in returned]
    return named if all(one and is_language(one) for one in named) else None


def standing_of(returned: "Returned", found: "tuple[Standing, ...]", file: Path) -> "Standing":
    """The translation of which a file is. Raises ReportCardError (USAGE) if there is none."""
    from reportcard.language.locales import nearest_tag

    its = [one for one in found if one.pair.scope == returned.scope]
    sources = [one.pair.source_language for one in its]
    languages = [one.pair.language for one in its]
    source = nearest_tag(returned.source_language, sources) if returned.source_language else "-"
    language = (
        nearest_tag(returned.language, languages)
        if returned.language
        else languages[0]
        if len(languages) == 1
        else ""
    )
    for one in its:
        if source and one.pair.language == language:
            return one
    raise ReportCardError(
        message(
            (
                "{file} is a translation of {scope} from {source} into {language}, but this "
                "workspace has no such translation."
            ),
            file=str(file),
            scope=returned.scope,
            source=returned.source_language,
            language=returned.language,
        ),
        code=ExitCode.USAGE,
        advice=message("Use --workspace to specify the workspace that the file came from."),
    )


def print_comments(returned: "Sequence[Returned]", workspace: "Workspace") -> None:
    """Prints what translators noted beside the blocks, as `reportcard comments` does, with their
    places after the import.
    """
    from reportcard.review.places import content_of
    from reportcard.review.tell.comments import as_text
    from reportcard.review.tell.translator_comments import comments_in

    if not any(item.comments for one in returned for item in one.items):
        return
    if listed := as_text(comments_in(returned, workspace, content_of(workspace))):
        typer.echo(message("Comments:"))
        typer.echo(listed, nl=False)


def print_merged(merged: "Sequence[Merged]", file: Path) -> None:
    """Prints what was imported and what was not, and why."""
    for block in (block for one in merged for block in one.imported):
        typer.echo(f"  {message('imported: {block}', block=block)}")
    rejections = [rejected for one in merged for rejected in one.rejected]
    imported = sum(len(one.imported) for one in merged)
    counts = [
        message("{n} block imported", "{n} blocks imported", n=imported),
        message("{n} unchanged", "{n} unchanged", n=sum(one.untouched for one in merged)),
        message("{n} rejected", "{n} rejected", n=len(rejections)),
    ]
    if to_review := sum(one.to_review for one in merged):
        counts.insert(1, message("{n} to review", "{n} to review", n=to_review))
    typer.echo(", ".join(map(str, counts)))
    if equal := sum(one.equal for one in merged):
        typer.echo(
            message(
                "{n} block is identical to its source, so it does not count as translated.",
                "{n} blocks are identical to their source, so they do not count as translated.",
                n=equal,
            )
        )
    if missing := [id_ for one in merged for id_ in one.missing]:
        typer.echo(_shortened(missing))
    for rejected in rejections:
        field = rejected.id.partition("#")[0]
        say_error(
            message("{field} was not imported: {why}", field=field, why=rejected.why),
            message("The translation is saved in {file}.", file=f"{file.name}.rejected"),
        )


def _shortened(missing: "Sequence[str]") -> Message:
    """What is said of a file that came back with fewer blocks than it had."""
    shown = tuple(missing[:_MOST_SHOWN])
    more = len(missing) - len(shown)
    return message(
        "{n} block is not in the file that came back: {blocks}. If nobody left it out on purpose, "
        "the file was cut off: get it again.",
        "{n} blocks are not in the file that came back: {blocks}. If nobody left them out on "
        "purpose, the file was cut off: get it again.",
        n=len(missing),
        blocks=(*shown, *(("…",) if more else ())),
    )
