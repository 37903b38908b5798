"""What `intake` prints of a manuscript that came in."""

from collections import Counter
from typing import TYPE_CHECKING, Final

import typer

from reportcard.messages.message import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportcard.content.loading import Content
    from reportcard.intake.receipt import Received
    from reportcard.workspace.workspace import Workspace

#: The most paragraphs without a field that are listed one by one.
_LISTED: Final = 12


def print_received(received: "Received") -> None:
    """Prints which paragraph went where, and what is for a person to look at."""
    typer.echo(message("Paragraphs by field:"))
    for field, paragraphs, notes in received.rows:
        if paragraphs:
            references = message("{n} note reference", "{n} note references", n=notes)
            typer.echo(f"  {field:36} {paragraphs}{f' ({references})' if notes else ''}")
    shared = Counter(_shortened(source) for source, _ in received.shared)
    if shared:
        typer.echo(message("Left out because they are shared by all cards or added automatically:"))
        for source, count in shared.items():
            typer.echo(f"  {source!s:36} {count}")
    if received.unplaced:
        typer.echo(message("Not assigned to a field (kept under `unplaced`):"))
        for text in received.unplaced[:_LISTED]:
            typer.echo(f'  "{_short(text)}"')
        if len(received.unplaced) > _LISTED:
            more = message("… and {n} more", "… and {n} more", n=len(received.unplaced) - _LISTED)
            typer.echo(f"  {more}")
    _print_asides(received)
    _print_values(received)
    if received.remarks:
        typer.echo(message("Please check:"))
        for remark in received.remarks:
            typer.echo(f"  {remark}")


def _print_asides(received: "Received") -> None:
    if received.asides:
        typer.echo(message("Kept in the file as YAML comments, which are not printed:"))
        for field, aside in received.asides:
            typer.echo(f"  {field or '–'}: {_short(str(aside), 200)}")


def _print_values(received: "Received") -> None:
    from reportcard.cli.corrections import undecided_message

    if received.corrections:
        typer.echo(message("Typed scores and ranks that were converted to values:"))
        for correction in received.corrections:
            typer.echo(f"  {correction}")
    if received.undecided:
        typer.echo(message("Numbers left as typed:"))
        for undecided in received.undecided:
            typer.echo(f"  {undecided_message(undecided)}")


def _shortened(source: Message | str) -> Message | str:
    """A field of the wording by the first two of its keys."""
    return source if isinstance(source, Message) else ".".join(source.split(".")[:2])


def print_next(
    received: "Received", content: "Content", country: str, language: str, *, at_place: bool
) -> None:
    """Prints what to do next: about the file, and in its workspace if it is there."""
    typer.echo(message("Next:"))
    for step in _next(received, country):
        typer.echo(f"  {step}")
    if at_place:
        for step in _next_in_workspace(content, country, language):
            typer.echo(f"  {step}")


def _next(received: "Received", country: str) -> "Iterator[Message]":
    """What to do about the file itself."""
    from reportcard.problems.problem import Severity

    if received.unplaced:
        yield message(
            "Text under `unplaced` is not printed. Move it to the correct field, or delete it."
        )
    if received.values:
        yield message(
            (
                "{n} score or rank is typed as a number. Replace it with a value, such as {{ "
                "score.total }}. `reportcard check` lists it."
            ),
            (
                "{n} scores or ranks are typed as numbers. Replace them with values, such as "
                "{{ score.total }}. `reportcard check` lists them."
            ),
            n=received.values,
        )
    errors, warnings = (
        sum(problem.severity is severity for problem in received.problems)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    if errors or warnings:
        yield message(
            "`reportcard check {country}` will report {errors} and {warnings} in this file.",
            country=country,
            errors=message("{n} error", "{n} errors", n=errors),
            warnings=message("{n} warning", "{n} warnings", n=warnings),
        )


def _next_in_workspace(content: "Content", country: str, language: str) -> "Iterator[Message]":
    """What to do about the card in its workspace."""
    cards = content.cards.get(country, {})
    missing = tuple(one for one in content.wordings if one != language and one not in cards)
    if missing:
        yield message(
            (
                "The card does not exist in {languages}. Import a manuscript, or translate the "
                "card. Until then, set `fallback: true` in content/edition.yaml to print the "
                "text in {language}."
            ),
            languages=missing,
            language=language,
        )
    if content.source_language(country) != language and not cards:
        yield message(
            (
                '"{language}" is the source language of this card. Add this to '
                "content/edition.yaml: {line}"
            ),
            language=language,
            line=f"source_languages: {{{country}: {language}}}",
        )
    yield message(
        (
            "To see the pages, run `reportcard preview` or `reportcard build {country} "
            "--language {language}`."
        ),
        country=country,
        language=language,
    )


def _short(text: str, most: int = 90) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def kept(workspace: "Workspace", country: str, language: str, new: bytes) -> dict[str, bytes]:
    """The earlier card under a name that is not a language and is not in use; none if it is the new
    one already: the same manuscript was sent again.
    """
    file = f"content/{country}/{language}.yaml"
    if not workspace.exists(file) or workspace.read(file) == new:
        return {}
    number = 1
    while workspace.exists(
        kept := f"content/{country}/{language}.before{'' if number == 1 else f'-{number}'}.yaml"
    ):
        number += 1
    return {kept: workspace.read(file)}
