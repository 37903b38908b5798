"""The state of a translation, for people and for programs."""

from typing import TYPE_CHECKING, Any

import typer

from reportcard.messages.message import message
from reportcard.problems.problem import in_english

if TYPE_CHECKING:
    from reportcard.translation.confirmation import Standing
    from reportcard.translation.status import BlockState


def print_standing(standing: "Standing", *, every: bool) -> bool:
    """Prints the blocks that need work, or with `every` all. Gives whether some were counted, and
    not listed.
    """
    from reportcard.translation.status import State, alike, summary

    pair = standing.pair
    head = message(
        "{scope}, {source} to {language}",
        scope=pair.scope,
        language=pair.language,
        source=pair.source_language,
    )
    typer.echo(f"{head}: {' · '.join(map(str, summary(standing.blocks)))}")
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


def record(standing: "Standing", block: "BlockState") -> dict[str, Any]:
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
        "source": source,
        "before": block.before or None,
        "translation": block.target.text if block.target else None,
        "diff": (
            word_diff(block.before, source)
            if source and block.before and source != block.before
            else []
        ),
    }
