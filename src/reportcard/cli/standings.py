"""The state of translations: read for a command, shown to people and to programs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from reportcard.cli.app import say_error, say_problems, workspace_at
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.problems.problem import in_english

if TYPE_CHECKING:
    from reportcard.build.inventory import ReadWorkspace
    from reportcard.translation.confirmation import Standing
    from reportcard.translation.status import BlockState
    from reportcard.translation.volume import Weight


def print_standing(
    standing: "Standing", found: "Sequence[Weight]", *, every: bool, quote: bool = False
) -> bool:
    """Prints the blocks that need work, or with `every` all, and the weights of what is to be
    translated; with `quote`, by likeness. Gives whether some blocks were counted, and not listed.
    """
    from reportcard.translation.status import State, alike, summary
    from reportcard.translation.volume import weighted

    pair = standing.pair
    head = message(
        "{scope}, {source} to {language}",
        scope=pair.scope,
        language=pair.language,
        source=pair.source_language,
    )
    counts = list(summary(standing.blocks))
    if found:
        counts.append(message("{n} weighted", n=weighted(found)))
    typer.echo(f"{head}: {' · '.join(map(str, counts))}")
    if quote:
        _print_quote(found)
    width = max(len(str(state.label)) for state in State)
    groups = ((one,) for one in standing.blocks) if every else alike(standing.blocks)
    is_short = False
    for first, *others in groups:
        if first.state.is_done and not every:
            continue
        why = f": {first.why}" if first.why else ""
        label = f"  {first.state.label!s:{width}}"
        if others:
            is_short = True
            count = message("{n} block", "{n} blocks", n=len(others) + 1)
            is_whole = len(others) + 1 == len(standing.blocks)
            of = "" if is_whole else f"  {first.section}"
            typer.echo(f"{label} {first.place.file}{of}  {count}{why}")
            continue
        name = message("{field}, block {number}", field=first.unit.name, number=first.number)
        typer.echo(f"{label} {first.place}  {name}{why}")
        _print_change(first, " " * (width + 3))
    return is_short


def _print_quote(found: "Sequence[Weight]") -> None:
    from reportcard.translation.volume import BANDS

    above = 101
    for least, share in BANDS:
        band = [one for one in found if least <= one.match < above]
        likeness = f"{least}%" if above == least + 1 else f"{least}-{above - 1}%"
        above = least
        typer.echo(
            message(
                "  {likeness}: {words} in {blocks}, counted at {share}%",
                likeness=f"{likeness:>7}",
                words=message("{n} word", "{n} words", n=sum(one.words for one in band)),
                blocks=message("{n} block", "{n} blocks", n=len(band)),
                share=share,
            )
        )


def weights_of(read: "ReadWorkspace", found: "Sequence[Standing]") -> "list[dict[int, Weight]]":
    """Of each translation the weights of what is to be translated, by the number of the block. All
    that is translated into its language is known, of other cards too.
    """
    from reportcard.translation.confirmation import standings
    from reportcard.translation.volume import memory, weights

    known: dict[str, frozenset[str]] = {}
    made = []
    for standing in found:
        language = standing.pair.language
        if language not in known and any(block.words for block in standing.blocks):
            every, _ = standings(read.workspace, read.content, (), (language,))
            known[language] = memory(block for one in every for block in one.blocks)
        made.append(dict(weights(standing.blocks, known.get(language, ()))))
    return made


def _print_change(block: "BlockState", indent: str) -> None:
    from reportcard.content.likeness import word_diff
    from reportcard.translation.status import State

    if (
        block.state is State.STALE
        and block.source
        and block.before
        and block.before != block.source.text
    ):
        marks = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
        parts = word_diff(block.before, block.source.text)
        changes = (f"{marks[kind][0]}{text}{marks[kind][1]}" for kind, text in parts)
        typer.echo(f"{indent}{''.join(changes)}")
    elif block.source and not block.state.is_done:
        typer.echo(f"{indent}{block.source.text}")
    elif block.target and block.state is State.ORPHAN:
        typer.echo(f"{indent}{block.target.text}")


def record(
    standing: "Standing", block: "BlockState", weight: "Weight | None" = None
) -> dict[str, Any]:
    from reportcard.content.likeness import word_diff

    source = block.source.text if block.source else None
    return {
        "field": block.unit.field,
        "language": standing.pair.language,
        "source_language": standing.pair.source_language,
        "block": block.number,
        "key": block.source.key if block.source else None,
        "state": str(block.state),
        "why": in_english(block.why),
        "file": block.place.file,
        "line": block.place.line,
        "words": block.words,
        "match": weight.match if weight else None,
        "share": weight.share if weight else None,
        "source": source,
        "before": block.before or None,
        "translation": block.target.text if block.target else None,
        "diff": (
            word_diff(block.before, source)
            if source and block.before and source != block.before
            else []
        ),
    }


def read_standings(
    workspace: Path | None,
    countries: list[str] | None,
    languages: list[str] | None,
    *,
    new: bool = False,
) -> "tuple[ReadWorkspace, tuple[Standing, ...]]":
    """A workspace and `standings_of` it."""
    read = read_content(workspace)
    return read, standings_of(read, countries, languages, new=new)


def read_content(workspace: Path | None) -> "ReadWorkspace":
    """A workspace with its content. Exits if that cannot be read."""
    from reportcard.build.inventory import ReadWorkspace, read_workspace

    read = read_workspace(workspace_at(workspace))
    if not isinstance(read, ReadWorkspace):
        say_problems(read.problems, read.workspace)
        say_error(message("the content cannot be read."), message("Correct the problems above."))
        raise typer.Exit(ExitCode.CONTENT)
    return read


def standings_of(
    read: "ReadWorkspace",
    countries: "Sequence[str] | None",
    languages: "Sequence[str] | None",
    *,
    new: bool = False,
) -> "tuple[Standing, ...]":
    """The translations of some scopes into some languages; with `new`, into others than those of
    the edition, too. Raises ReportCardError (CONTENT) if they cannot be known.
    """
    from reportcard.build.inventory import ordered
    from reportcard.language.locales import is_language
    from reportcard.problems.rule import Stage
    from reportcard.problems.waivers import judged
    from reportcard.translation.confirmation import standings
    from reportcard.translation.units import WORDING
    from reportcard.workspace.replacement import sweep

    scopes = tuple(dict.fromkeys(countries or ()))
    cards = tuple(scope for scope in scopes if scope != WORDING)
    known = tuple(one for one in languages or () if not (new and is_language(one)))
    ordered(read.content, cards, known)
    found, problems = standings(
        read.workspace, read.content, scopes, tuple(dict.fromkeys(languages or ()))
    )
    root = read.workspace.root
    sweep(root, {(root / one.pair.file).parent for one in found})
    if problems:
        say_problems(judged(problems, {}, Stage.CONTENT), read.workspace)
        sidecar_alone = all(problem.place.file.endswith(".status.yaml") for problem in problems)
        advice = (
            message(
                "Undo the last change to the file, or delete the file and confirm the "
                "translation again."
            )
            if sidecar_alone
            else message("Correct the problems above, or undo your last change to that file.")
        )
        raise ReportCardError(
            message("a file needed for these translations cannot be read. Nothing was written."),
            code=ExitCode.CONTENT,
            advice=advice,
        )
    return found


def printed_with(read: "ReadWorkspace", found: "tuple[Standing, ...]") -> "Iterator[Standing]":
    """The shared wording that cards print, where its translation needs work: without it, theirs is
    not done.
    """
    from reportcard.translation.confirmation import standings
    from reportcard.translation.units import WORDING

    if not found or any(one.pair.scope == WORDING for one in found):
        return
    names = tuple(dict.fromkeys(one.pair.language for one in found))
    for standing in standings(read.workspace, read.content, (WORDING,), names)[0]:
        if any(not block.state.is_done for block in standing.on_cards().blocks):
            yield standing.on_cards()
