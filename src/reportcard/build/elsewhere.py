"""Work for other machines, which may have another workspace, or other versions."""

import platform
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from typing import Any

from reportcard.page.typeset.engine import engine_versions
from reportcard.workspace.archive import unpacked
from reportcard.workspace.fingerprint import program, tools
from reportcard.workspace.packages import versions


def made_with() -> dict[str, str]:
    """What makes the files of a card on this machine, by name: versions, and digests of code."""
    return {
        **tools(),
        **engine_versions(),
        **versions(),
        "reportcard (code)": program(),
        "system": platform.system(),
    }


def differences(mine: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[str, ...]:
    """What another machine has otherwise, by name; of digests, the names alone."""
    names = [name for name in (*mine, *theirs) if mine.get(name) != theirs.get(name)]
    return tuple(
        name if len(theirs.get(name, "")) > 40 else f"{name} {theirs.get(name) or '–'}"
        for name in dict.fromkeys(names)
    )


class Elsewhere(Executor):
    """An executor that hands its workers a copy of the workspace: its bytes, or what the executor
    makes bytes of.

    Each unpacks it once, in a temporary folder of its own.
    """

    def __init__(self, executor: Executor, archive: Any) -> None:
        self._executor = executor
        self._archive = archive

    def submit(
        self, function: Callable[..., Any], /, *arguments: Any, **named: Any
    ) -> "Future[Any]":
        root, *rest = arguments
        del root
        return self._executor.submit(_on_copy, self._archive, function, *rest, **named)


def _on_copy(archive: bytes, function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function gives of a copy of the workspace."""
    return function(str(unpacked(archive)), *arguments)
