"""Two PDFs, and every change between them. It runs in a process of its own: `compared` is what that
process does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

from reportcard.messages.message import Message, message
from reportcard.pdf.glyphs import Glyphs
from reportcard.pdf.obstacles import obstacles
from reportcard.pdf.skeleton import SkeletonError, skeleton
from reportcard.review.changes import Change, Comparison, Leaf, Side, Unseen, by_gravity
from reportcard.review.compare.attributes import attribute_changes
from reportcard.review.compare.beside import file_changes, page_changes
from reportcard.review.compare.calls import NoteTitles, call_changes, same_notes
from reportcard.review.compare.consequences import (
    with_gauges,
    with_notes,
    without_commas,
    without_shifts,
)
from reportcard.review.compare.echoes import Echoes
from reportcard.review.compare.ground import Ground
from reportcard.review.compare.layout import Neighbours, layout_changes
from reportcard.review.compare.leaves import leaves
from reportcard.review.compare.list_numbers import list_numbers
from reportcard.review.compare.moves import moved_passages
from reportcard.review.compare.numerals import both_numerals
from reportcard.review.compare.pairs import DocumentPair, PagePair, PagePairs, PassagePair
from reportcard.review.compare.pictures import Crops, paired_pictures, picture_changes
from reportcard.review.compare.pixels import DrawnPages
from reportcard.review.compare.readings import AlignedFiles, best_reading
from reportcard.review.compare.regard import Regard
from reportcard.review.compare.rows import by_rows
from reportcard.review.compare.unseen import gathered, hidden, unread, without_alike, without_unread
from reportcard.review.compare.wording import text_changes
from reportcard.review.read.document import Document
from reportcard.review.read.reader import PageWords, page_words
from reportcard.workspace.system import reason

#: Of larger files than this, the report shows only the pages that changed.
_MOST_DRAWN: Final = 80


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and pictures of pages by side (`old`, `new`) and number."""

    comparison: Comparison
    pictures: Mapping[tuple[str, int], bytes] = field(default_factory=dict)


def compared(name: str, old: tuple[str, bytes], new: tuple[str, bytes], regard: Regard) -> Compared:
    """Compares two files, each a name and its bytes. If they cannot be
    compared, `failed` of the comparison says why.
    """
    sides = [Side(file, sha256(data).hexdigest(), ()) for file, data in (old, new)]
    files: list[PageWords] = []
    unseen: list[Unseen] = []
    with ExitStack() as stack:
        glyphs: list[Glyphs] = []
        for number, (file, data) in enumerate((old, new)):
            try:
                bones = skeleton(data)
                glyphs.append(stack.enter_context(Glyphs.opened(data, bones.sheets)))
                files.append(page_words(bones, glyphs[-1]))
                side = "new" if number else "old"
                unseen += unread(side, files[-1], glyphs[-1], obstacles(data))
            except (SkeletonError, ValueError) as error:
                named = {"file": file, "reason": reason(error)}
                fault = (
                    message("the new file, {file}, cannot be read: {reason}", **named)
                    if number
                    else message("the old file, {file}, cannot be read: {reason}", **named)
                )
                return Compared(Comparison(name, sides[0], sides[1], failed=fault))
        reading = best_reading(files[0], files[1])
        pair = reading.documents
        sides = [
            replace(side, sizes=document.sizes)
            for side, document in zip(sides, (pair.old, pair.new), strict=True)
        ]
        comparison = Comparison(
            name,
            sides[0],
            sides[1],
            pair.new.language,
            failed="" if sides[0].sha256 == sides[1].sha256 else _silence(pair),
            languages=_languages(pair.new),
            is_foreign=not pair.by_name,
        )
        if sides[0].sha256 != sides[1].sha256:
            comparison = replace(comparison, unseen=tuple(unseen))
            if garbled := _gibberish(files, glyphs):
                return Compared(replace(comparison, failed=garbled))
        work = _Work(reading, (files[0], files[1]), (glyphs[0], glyphs[1]), regard)
        return work.done(comparison)


def _silence(documents: DocumentPair) -> Message | str:
    """Which file has no text: that nothing differs in it means nothing. Empty if both have some."""
    match documents.old.has_text, documents.new.has_text:
        case False, False:
            return message("neither file has text to compare: both contain only scans or outlines")
        case False, True:
            return message(
                "the old file has no text to compare: it contains only scans or outlines"
            )
        case True, False:
            return message(
                "the new file has no text to compare: it contains only scans or outlines"
            )
    return ""


def _gibberish(files: Sequence[PageWords], glyphs: Sequence[Glyphs]) -> Message | str:
    """Which file's fonts do not say which letters they show, on most of its pages."""
    is_garbled = [
        2 * len(letters.garbled) > sum(map(bool, file.pages))
        for file, letters in zip(files, glyphs, strict=True)
    ]
    if is_garbled[0]:
        return message(
            "the text of the old file cannot be read because its fonts have no usable character map"
        )
    if is_garbled[1]:
        return message(
            "the text of the new file cannot be read because its fonts have no usable character map"
        )
    return ""


def _languages(document: Document) -> tuple[str, ...]:
    found = dict.fromkeys(passage.language for passage in document.passages if passage.language)
    return tuple(found) or ((document.language,) if document.language else ())


@dataclass(frozen=True, slots=True)
class _Work:
    """The comparison of two files that are open."""

    reading: AlignedFiles
    files: tuple[PageWords, PageWords]
    glyphs: tuple[Glyphs, Glyphs]
    regard: Regard

    @property
    def documents(self) -> DocumentPair:
        """The two files as they were read."""
        return self.reading.documents

    def done(self, comparison: Comparison) -> Compared:
        """A comparison that knows the files, with their pages and changes."""
        old, new = self.documents.old, self.documents.new
        pairs = self.reading.passages
        pages, reordered = leaves(pairs, len(old.sizes), len(new.sizes))
        pictures = tuple(paired_pictures(self.documents))
        echoes = Echoes.of(pairs)
        moved = {pair.new.text for pair in pairs if pair.moved and pair.new}
        changes = [
            *self._in_passages(pairs),
            *file_changes(self.documents, echoes, moved),
            *page_changes(self.documents, pages, reordered),
        ]
        crops = Crops(pictures)
        ground = Ground.of(self.documents, pairs, pictures, changes, self.regard.areas)
        unseen: list[Unseen] = list(comparison.unseen)
        drawn = self._drawn(pages, ground, crops, changes, unseen)
        comparison = replace(comparison, unseen=gathered(unseen))
        by_program = self.documents.is_alike
        changes += picture_changes(pictures, crops.differing(), echoes, by_program=by_program)
        resized = {
            new: comparison.old.sizes[old - 1] != comparison.new.sizes[new - 1]
            for old, new in pages
            if old and new and comparison.old and comparison.new
        }
        changes = [*without_commas(without_shifts(with_gauges(changes), resized))]
        changes = list(without_unread(changes, pages, comparison.unseen))
        return Compared(self._without_passed_over(comparison, pages, changes), drawn)

    def _in_passages(self, pairs: Sequence[PassagePair]) -> Iterator[Change]:
        """The changes of passages: in their text, their place, what goes with them, their look."""
        same_note = same_notes(pairs)
        numerals = both_numerals(self.documents)
        by_name, alike = self.documents.by_name, self.documents.is_alike
        titles = NoteTitles.of(pairs)
        calls = [one for pair in pairs for one in call_changes(pair, same_note, titles)]
        called_changes, notes = with_notes(calls, pairs)
        rows = tuple(by_rows(pairs, self.documents))
        textual = [
            *(
                change
                for pair in rows
                if id(pair) not in notes
                for change in text_changes(pair, numerals, by_name=by_name)
            ),
            *called_changes,
        ]
        yield from _merged(textual)
        yield from moved_passages(rows, self.documents) if alike else ()
        yield from list_numbers(pairs, self.documents)
        called = {change.name for change in called_changes}
        for pair in pairs:
            yield from attribute_changes(pair, self.documents, called)
        neighbours = (
            (Neighbours(self.documents.old), Neighbours(self.documents.new)) if alike else None
        )
        yield from layout_changes(pairs, neighbours)

    def _drawn(
        self,
        pages: PagePairs,
        ground: Ground,
        crops: Crops,
        changes: list[Change],
        unseen: list[Unseen],
    ) -> dict[tuple[str, int], bytes]:
        """Draws the pages, adds what looks different beside the text to the changes, cuts the
        pictures, and gives the drawings that the report shows.
        """
        drawn: dict[tuple[str, int], bytes] = {}
        for pair in pages:
            both = DrawnPages.of(*self.glyphs, pair)
            unseen[:] = [*without_alike(unseen, both), *hidden(self.files, both)]
            if self.documents.is_alike:
                crops.cut(both)
                ground.add_patches(changes, both)
            if self.regard.draws and (
                len(pages) <= _MOST_DRAWN or any(_is_on(change, pair) for change in changes)
            ):
                drawn |= both.encoded()
        return drawn

    def _without_passed_over(
        self, comparison: Comparison, pages: PagePairs, changes: Sequence[Change]
    ) -> Comparison:
        """A comparison with its pages and the changes that are not left out."""
        rest = [change for change in by_gravity(changes) if not self.regard.agrees(change)]
        kept = tuple(change for change in rest if not self.regard.ignores(change))
        return replace(
            comparison,
            leaves=tuple(
                Leaf(*pair, any(_is_on(change, pair) for change in kept)) for pair in pages
            ),
            changes=kept,
            passed_over=len(changes) - len(kept),
            left_out=len(rest) - len(kept),
        )


def _merged(changes: Iterable[Change]) -> Iterator[Change]:
    """A text that a field has twice changes twice: one change, with all places. The same words
    changed in two paragraphs of a field are two.
    """
    found: dict[tuple[object, ...], Change] = {}
    for number, change in enumerate(changes):
        key = (
            (
                change.kind,
                change.act,
                change.field,
                change.language,
                change.old.casefold(),
                change.new.casefold(),
                "".join(text for tag, text in change.runs if tag == "same").casefold(),
            )
            if change.field
            else (number,)
        )
        first = found.get(key)
        found[key] = (
            replace(
                first,
                old_areas=(*first.old_areas, *change.old_areas),
                new_areas=(*first.new_areas, *change.new_areas),
            )
            if first
            else change
        )
    return iter(found.values())


def _is_on(change: Change, pages: PagePair) -> bool:
    old, new = pages
    return any(area[0] == old for area in change.old_areas) or any(
        area[0] == new for area in change.new_areas
    )
