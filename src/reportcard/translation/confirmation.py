"""A person confirms that a translation fits its source as it is now, or that a change of the source
needs no new translation: recorded in the sidecar.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Final

from reportcard.content.loading import Content
from reportcard.content.rules import FILE_UNREADABLE
from reportcard.problems.problem import Place, Problem, in_reading_order
from reportcard.translation.rules import TRANSLATION_BLOCKS, TRANSLATION_MISSING
from reportcard.translation.sidecar import Done, Sidecar, dumped, first_key, read_sidecar
from reportcard.translation.status import BlockState, State, states
from reportcard.translation.units import Pair, Unit, pairs
from reportcard.workspace.system import reason
from reportcard.workspace.workspace import Workspace

#: Groups of the shared wording that cards do not print.
_NOT_ON_CARDS: Final = ("regional.", "web.", "pictures.", "changes.")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Which fields are confirmed (none: all), by whom and when. `kept`: the source's change needs
    no new translation.
    """

    kept: bool
    by: str
    on: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A pair with its sidecar, and the state of each of its blocks."""

    pair: Pair
    sidecar: Sidecar | None
    blocks: tuple[BlockState, ...]

    @property
    def known(self) -> dict[str, tuple[Done, ...]]:
        """The sidecar's entry for each field; none if it is from another source language."""
        if self.sidecar is None or self.sidecar.source_language != self.pair.source_language:
            return {}
        return dict(self.sidecar.fields)

    def on_cards(self) -> "Standing":
        """The shared wording without what no card prints: the words of the scoreboard, the web
        edition, pictures and the list of changes.
        """
        blocks = (one for one in self.blocks if not one.unit.name.startswith(_NOT_ON_CARDS))
        return replace(self, blocks=tuple(blocks))

    def by_field(self) -> dict[str, list[BlockState]]:
        """Its blocks by the name of their field."""
        found: dict[str, list[BlockState]] = {}
        for block in self.blocks:
            found.setdefault(block.unit.name, []).append(block)
        return found


def standings(
    workspace: Workspace, content: Content, scopes: tuple[str, ...], languages: tuple[str, ...]
) -> tuple[tuple[Standing, ...], tuple[Problem, ...]]:
    """The translations of some scopes (none: all) into some languages (none: all), block by block,
    and what keeps their state from being known.

    A file that exists and cannot be read is not the same as one that is not written yet: with
    problems, nothing may be reported or written about the translations, or all that was done would
    count as undone.
    """
    found: list[Standing] = []
    problems: list[Problem] = []
    for pair in pairs(content, scopes, languages):
        sidecar, faults = _sidecar(workspace, pair.sidecar)
        problems.extend(
            chain(
                content.unread.get(pair.source_file, ()), content.unread.get(pair.file, ()), faults
            )
        )
        found.append(Standing(pair, sidecar, tuple(states(pair, sidecar))))
    return tuple(found), in_reading_order(problems)


def _sidecar(workspace: Workspace, file: str) -> tuple[Sidecar | None, tuple[Problem, ...]]:
    try:
        return read_sidecar(workspace.read(file), file)
    except FileNotFoundError:
        return None, ()
    except (OSError, ValueError) as error:
        return None, (FILE_UNREADABLE.at(Place(file), "file", reason=reason(error)),)


def confirmed(
    standing: Standing, word: Confirmation
) -> tuple[dict[str, bytes], tuple[str, ...], tuple[Problem, ...]]:
    """The sidecar's new bytes by its path, the fields that were confirmed, and why others cannot
    be.

    A whole pair is confirmed as far as it can be; fields that were named must all exist.
    """
    pair = standing.pair
    units = {unit.name: unit for unit in pair.units}
    known = standing.known
    problems = list(_unknown(pair, word, units))
    taken = []
    for name, blocks in standing.by_field().items():
        unit = units[name]
        if (word.fields and name not in word.fields) or not unit.is_translated:
            continue
        if len(unit.source_segments) != len(unit.target_segments):
            problems.append(_uneven(unit, pair))
            continue
        if (word.kept or not word.fields) and all(_needs_nothing(block) for block in blocks):
            continue
        known[name] = _confirmed(unit, blocks, word)
        taken.append(name)
    gone = _gone(pair, known)
    for name in gone:
        del known[name]
    if not taken and not gone:
        return {}, (), tuple(problems)
    sidecar = Sidecar(pair.source_language, MappingProxyType(known))
    return {pair.sidecar: dumped(sidecar)}, tuple(taken), tuple(problems)


def _confirmed(unit: Unit, blocks: Sequence[BlockState], word: Confirmation) -> tuple[Done, ...]:
    """A field's new entry: the blocks that its source has now, without those that are empty."""
    there = [block for block in blocks if block.source is not None]
    return tuple(
        _done(block, target.key, word)
        for block, target in zip(there, unit.target_segments, strict=True)
        if not target.is_open
    )


def _needs_nothing(block: BlockState) -> bool:
    """Whether there is nothing that a person could confirm."""
    return block.state.is_done or block.gap is not None


def _gone(pair: Pair, known: Iterable[str]) -> list[str]:
    """The fields that were deleted from the files of a pair, if both files exist."""
    if not (
        any(unit.source is not None for unit in pair.units)
        and any(unit.target is not None for unit in pair.units)
    ):
        return []
    translated = {unit.name for unit in pair.units if unit.is_translated}
    return [name for name in known if name not in translated]


def _done(block: BlockState, translation: str, word: Confirmation) -> Done:
    assert block.source
    kept = word.kept if not block.state.is_done else block.state is State.KEPT
    first = first_key(block.key, block.source.text) if block.key else ""
    return Done(block.source.text, translation, kept, word.by, word.on, first=first)


def _unknown(pair: Pair, word: Confirmation, units: dict[str, Unit]) -> Iterator[Problem]:
    for name in word.fields:
        unit = units.get(name)
        if unit is None or unit.source is None:
            yield TRANSLATION_MISSING.at(
                Place(pair.file),
                "unknown",
                scope=pair.scope,
                name=name,
                language=pair.source_language,
            )
        elif unit.target is None:
            yield TRANSLATION_MISSING.at(
                unit.place, "untranslated", field=unit.field, name=name, language=pair.language
            )


def _uneven(unit: Unit, pair: Pair) -> Problem:
    return TRANSLATION_BLOCKS.at(
        unit.place,
        field=unit.field,
        name=unit.name,
        found=len(unit.target_segments),
        expected=len(unit.source_segments),
        language=pair.source_language,
    )
