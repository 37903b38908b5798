"""How a translation stands, for people and for programs."""

from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from reportcard.translation.confirmation import Standing
    from reportcard.translation.status import BlockState


def tell_standing(standing: "Standing", *, every: bool) -> None:
    from collections import Counter

    from reportcard.translation.status import State

    pair = standing.pair
    counts = Counter(block.state for block in standing.blocks)
    words = sum(block.words for block in standing.blocks)
    told = " · ".join(f"{counts[state]} {state}" for state in State)
    typer.echo(
        f"{pair.scope}, {pair.language} from {pair.source_language}: {told} · {words} words to do"
    )
    for block in standing.blocks:
        if every or not block.state.is_done:
            typer.echo(
                f"  {block.state:8} {block.place}  {block.unit.name}, block"
                f" {block.number}{': ' + block.why if block.why else ''}"
            )
            _tell_change(block)


def _tell_change(block: "BlockState") -> None:
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
        typer.echo(
            "           "
            + "".join(f"{marks[kind][0]}{text}{marks[kind][1]}" for kind, text in parts)
        )
    elif block.source and not block.state.is_done:
        typer.echo(f"           {block.source.text}")
    elif block.target and block.state is State.ORPHAN:
        typer.echo(f"           {block.target.text}")


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
        "why": block.why,
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
