"""A whole comparison: every pair of files by itself, then the languages against each other."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from reportcard.build.manifest import digest
from reportcard.content.loading import Content
from reportcard.messages.catalogue import reader
from reportcard.messages.message import message
from reportcard.review.changes import SAID, Change, Comparison, Side
from reportcard.review.compare.comparison import Compared, compared
from reportcard.review.compare.regard import Regard
from reportcard.review.places import located, lookup
from reportcard.review.sides import Couple
from reportcard.review.tell.marked_copy import marked_copy
from reportcard.workspace.bounds import UnreadableError, apart, read
from reportcard.workspace.card_files import card_file
from reportcard.workspace.system import reason

#: One worker reads a file in some 200 MB; more of them than processors gain nothing.
_WORKERS: Final = min(4, os.cpu_count() or 1)

Pictures = Mapping[tuple[int, str, int], bytes]
"""Drawings of pages by the comparison's number, the side (`old`, `new`) and the page (from 1)."""


@dataclass(frozen=True, slots=True)
class Review:
    """The comparisons of several pairs of files, and the pictures of their pages."""

    comparisons: tuple[Comparison, ...]
    pictures: Pictures

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes of all files."""
        return tuple(change for one in self.comparisons for change in one.changes)


def review(
    couples: Sequence[Couple],
    regard: Regard,
    content: Content | None,
    tell: Callable[[str, int, int], None],
) -> Review:
    """Compares every couple in a process of its own, bounded in time and memory, some at once."""
    results: list[Compared] = []
    with ThreadPoolExecutor(max_workers=_WORKERS) as pool:
        for number, result in enumerate(
            pool.map(lambda couple: _compare(couple, regard, content), couples)
        ):
            tell(couples[number].name, number, len(couples))
            results.append(result)
    pictures = {
        (number, *key): data
        for number, one in enumerate(results)
        for key, data in one.pictures.items()
    }
    return Review(held_against_each_other([one.comparison for one in results]), pictures)


def _compare(couple: Couple, regard: Regard, content: Content | None) -> Compared:
    files: list[tuple[Path, bytes]] = []
    for path in (couple.old, couple.new):
        if path is None:
            continue
        try:
            files.append((path, read(path)))
        except UnreadableError as error:
            return Compared(
                Comparison(
                    couple.name,
                    None,
                    None,
                    failed=message(
                        "{file} cannot be read: {reason}", file=path.name, reason=reason(error)
                    ),
                )
            )
    sides = [Side(path.name, digest(data), ()) for path, data in files]
    if len(files) < 2:
        is_new = couple.old is None
        return Compared(
            Comparison(couple.name, None if is_new else sides[0], sides[0] if is_new else None)
        )
    (old, old_data), (new, new_data) = files
    try:
        found = apart(compared, couple.name, (old.name, old_data), (new.name, new_data), regard)
    except UnreadableError as error:
        return Compared(Comparison(couple.name, sides[0], sides[1], failed=reason(error)))
    return replace(
        found,
        comparison=located(
            found.comparison, lookup(old, old_data, None), lookup(new, new_data, content)
        ),
    )


def held_against_each_other(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """The comparisons with each number, score and note marked that changed in one language and not
    in another.

    Only fields of content count, in countries that were compared in several languages.
    """
    spoken: dict[str, set[str]] = {}
    changed: dict[tuple[str, str], set[str]] = {}
    for one in comparisons:
        spoken.setdefault(_country(one), set()).update(one.languages)
        for change in one.changes:
            changed.setdefault((_country(one), f"{change.kind} {change.field}"), set()).add(
                change.language or one.language
            )

    def marked(one: Comparison, change: Change) -> Change:
        languages = changed[_country(one), f"{change.kind} {change.field}"]
        is_alone = (
            change.kind in SAID
            and change.field
            and len(languages) == 1
            and len(spoken[_country(one)]) > 1
        )
        return replace(change, only_in=next(iter(languages))) if is_alone else change

    return tuple(
        replace(one, changes=tuple(marked(one, change) for change in one.changes))
        for one in comparisons
    )


def _country(one: Comparison) -> str:
    """The country of a card by its file's name; files of other names are a country each."""
    name = one.name.rpartition("/")[2]
    file = card_file(name.removesuffix(".pdf"))
    country, found, _ = name.partition("-report-card-")
    return file.card if file else country if found else one.name


def mark(couple: Couple, comparison: Comparison) -> bytes:
    """A copy of the new file with a remark for each change, in the reader's language. Raises
    UnreadableError if it cannot be made.
    """
    assert couple.new
    return apart(marked_copy, read(couple.new), comparison, reader())
