"""Edits planted in the real card and in its PDF, one at a time: which of them a comparison tells as
what they are, and what it tells besides.

    python -m benchmarks.planted [BATCH ...]

Each edit has to be one entry of its kind, with its field, its page and the mark of the language
that it alone was made in. What is not found is missed, what else is found is invented; of either,
one in a hundred at most is allowed, and the exit code is 1 if there are more. `planted.txt` lists
the edits of the content. Those that do not touch each other are set in one card, since a comparison
lists them apart; the edits inside the PDF (benchmarks/planted_inside.py) are compared one by one.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import pypdfium2
from benchmarks.planted_inside import INSIDE, changed

from reportcard.build.card import lay_out
from reportcard.build.cards import card_named
from reportcard.build.editions import Kit, edition
from reportcard.build.inventory import ReadWorkspace, SoundWorkspace, read_workspace
from reportcard.page.gauges import Gallery
from reportcard.review.changes import SAID, Change, Comparison, Kind
from reportcard.review.compare.comparison import compared
from reportcard.review.compare.regard import Regard
from reportcard.review.review import held_against_each_other
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace

ROOT: Final = Path(__file__).parent.parent
#: The files of the content by their short names.
_FILES: Final = {
    f"{language}{short}": f"content/{path}/{language}.yaml"
    for language in ("en", "es")
    for short, path in (("", "peru"), ("-words", "wording"))
}
#: Kinds that have no words of their own to be found by.
_WORDLESS: Final = frozenset({Kind.LAYOUT, Kind.LANGUAGE, Kind.LINK, Kind.MOVED})
#: Kinds of which each difference of a passage is an entry.
_SINGLE: Final = frozenset({Kind.NUMBER, Kind.SCORE})
#: So many characters between two edits of one passage.
_APART: Final = 60
#: What the reader sees where nothing is printed.
_NOTHING: Final = "none"
_ALLOWED: Final = 100


@dataclass(frozen=True)
class Planted:
    """A text replaced in a file of the content, and what is to be found: kinds and fields. Alone,
    it is the only edit of its card. `seen` is what the reader sees before and after, where the
    content has keys for it.
    """

    file: str
    found: tuple[tuple[str, str], ...]
    old: str
    new: str
    alone: bool
    seen: tuple[str, str] | None = None

    @property
    def language(self) -> str:
        """The language of its file."""
        return self.file[:2]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of what is to be found."""
        return frozenset(kind for kind, _ in self.found)

    def __str__(self) -> str:
        return f"{self.file}: {self.old!r} → {self.new!r}"


def _letters(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text).casefold())


def plain(text: str) -> str:
    """A text of the content without its marks."""
    text = re.sub(r"\[\^[^\]]*\]|\{(?:lang|cites)=[^}]*\}|\]\([^)]*\)|^[\w-]+: ", "", text)
    return re.sub(r"[*\[\]\n]", " ", text)


def listed() -> Iterator[Planted]:
    """The edits of planted.txt."""
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            file, found, old, new, *seen = (
                part.replace(r"\|", "|").replace(r"\n", "\n")
                for part in re.split(r"(?<!\\) \| ", line)
            )
            parts = (one.partition(" ") for one in found.split(" & "))
            expected = tuple((kind, field_) for kind, _, field_ in parts)
            shown = tuple("" if text == _NOTHING else text for text in seen)
            printed = (shown[0], shown[1]) if shown else None
            yield Planted(file.lower(), expected, old, new, file.isupper(), printed)


def block(text: str, at: int) -> int:
    """Where the paragraph or line begins that a place of a file is in: what it is part of."""
    beginnings = [match.end() for match in re.finditer(r"\n\s*\n|\n *- |\n *[\w-]+: ", text[:at])]
    return beginnings[-1] if beginnings else 0


@dataclass
class Batch:
    """Edits of one language that do not touch each other."""

    language: str
    edits: list[Planted] = field(default_factory=list)
    places: list[tuple[str, int, int]] = field(default_factory=list)

    def takes(self, edit: Planted, place: tuple[str, int, int]) -> bool:
        """Whether an edit can be told apart from all that are here: in another block; or, of the
        kinds that are an entry for each difference, at some distance.
        """
        if edit.language != self.language or edit.alone or any(one.alone for one in self.edits):
            return not self.edits
        for other, (file, beginning, at) in zip(self.edits, self.places, strict=True):
            if (file, beginning) == place[:2]:
                is_listed_apart = (
                    edit.kinds | other.kinds <= _SINGLE or not edit.kinds & other.kinds
                )
                if abs(at - place[2]) < _APART or not is_listed_apart:
                    return False
        return True


def batches(edits: Iterable[Planted], root: Path) -> list[Batch]:
    """The edits, as few cards as hold them. Raises AssertionError if a text is not in its file
    once.
    """
    found: list[Batch] = []
    texts = {file: (root / path).read_text(encoding="utf-8") for file, path in _FILES.items()}
    for edit in edits:
        text = texts[edit.file]
        assert text.count(edit.old) == 1, f"{text.count(edit.old)} times: {edit}"
        assert edit.new not in text or edit.new in edit.old, f"already there: {edit}"
        at = text.index(edit.old)
        place = edit.file, block(text, at), at
        batch = next((one for one in found if one.takes(edit, place)), None)
        if batch is None:
            found.append(batch := Batch(edit.language))
        batch.edits.append(edit)
        batch.places.append(place)
    return found


def card(folder: Path, language: str) -> bytes:
    """The card of a workspace as it is, whatever the checks say."""
    found = read_workspace(Workspace.find(folder))
    assert isinstance(found, ReadWorkspace)
    assert found.styles
    read = SoundWorkspace(found.workspace, (), found.by_country, found.content, found.styles)
    composed = card_named("peru").compose(read, language)
    drawings, composed, laid, _ = lay_out(read, composed, Gallery(Store(ROOT / ".cache")))
    return edition(Kit.of(read, (Medium.SCREEN,)), composed, drawings, laid, Medium.SCREEN)[0]


def edited(batch: Batch, language: str) -> bytes:
    """The card with the edits of a batch."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("content", "styles", "figures"):
            shutil.copytree(ROOT / part, folder / part)
        for edit in batch.edits:
            path = folder / _FILES[edit.file]
            text = path.read_text(encoding="utf-8").replace(edit.old, edit.new)
            path.write_text(text, encoding="utf-8")
        return card(folder, language)


def pages_of(data: bytes, words: str) -> set[int]:
    """The pages that some words are on, without regard to spaces and hyphens."""

    def squeezed(text: str) -> str:
        return re.sub(r"[\s\-‐\u00ad\ufffe\u2011]", "", text).casefold()

    wanted = squeezed(words)
    pdf = pypdfium2.PdfDocument(data)
    texts = (squeezed(page.get_textpage().get_text_bounded()) for page in pdf)
    return {number for number, text in enumerate(texts, 1) if wanted in text}


@dataclass
class Tally:
    """What was planted, and what went wrong."""

    planted: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Takes over what another found."""
        self.planted += other.planted
        self.missed += other.missed
        self.invented += other.invented


def shown(change: Change) -> str:
    """A change in one line."""
    pages = sorted({area[0] for area in change.new_areas or change.old_areas})
    mark = f" only in {change.only_in}" if change.only_in else ""
    facts = " ".join(f"{fact.name}: {fact.old} → {fact.new}" for fact in change.facts)[:90]
    return (
        f"{change.kind} {change.field} p. {pages}{mark}: "
        f"{change.old[:60]!r} → {change.new[:60]!r} {facts}"
    )


def compare(old: bytes, new: bytes, language: str) -> tuple[Change, ...]:
    """The changes between two cards of a language, held against the other language's, which has
    none.
    """
    name = f"peru-report-card-{language}.pdf"
    one = compared(name, (name, old), (name, new), Regard()).comparison
    assert not one.failed, one.failed
    other = "es" if language == "en" else "en"
    same = Comparison(f"peru-report-card-{other}.pdf", None, None, other, languages=(other,))
    return held_against_each_other((one, same))[0].changes


def judge(batch: Batch, before: bytes) -> Tally:
    """What a comparison makes of the edits of a batch."""
    after = edited(batch, batch.language)
    left = list(compare(before, after, batch.language))
    tally = Tally()
    for edit in batch.edits:
        tally.planted += 1
        for kind, field_ in edit.found:
            fitting = [one for one in left if fits(one, edit, kind, field_)]
            if not fitting:
                tally.missed.append(f"{kind} {field_} · {edit}")
                continue
            # The same words may have changed at several places
            judged = [(faults(one, edit, before, after), one) for one in fitting]
            fault, change = min(judged, key=lambda one: bool(one[0]))
            left.remove(change)
            if fault:
                tally.missed.append(f"{fault} · {edit} · {shown(change)}")
    tally.invented += [f"{shown(one)} (with {batch.edits[0]})" for one in left]
    return tally


def fits(change: Change, edit: Planted, kind: str, field_: str) -> bool:
    """Whether a change may be what was planted."""
    if (change.kind, change.field) != (kind, field_):
        return False
    if edit.seen:
        return (change.old, change.new) == edit.seen
    is_call = change.kind is Kind.NOTE and ".notes." not in f".{field_.partition('/')[2]}"
    if is_call or change.kind in _WORDLESS or not change.old + change.new:
        return True
    texts = (edit.old, edit.new)
    return all(
        "{{" in text or set(_letters(said)) <= set(_letters(text))
        for said, text in zip((change.old, change.new), texts, strict=True)
    )


def faults(change: Change, edit: Planted, before: bytes, after: bytes) -> str:
    """What is wrong with the entry of an edit: its page or the mark of its language."""
    is_alone = change.kind in SAID and bool(change.field)
    if change.only_in != (edit.language if is_alone else ""):
        return f"marked as only in {change.only_in!r}"
    # What the file has instead of these, no text of the content tells
    if "{{" in edit.old + edit.new or "[^" in edit.old + edit.new:
        return ""
    seen = {area[0] for area in change.new_areas}
    old, new = edit.seen or (plain(edit.old), plain(edit.new))
    true = pages_of(after, new)
    if not seen:
        seen, true = {area[0] for area in change.old_areas}, pages_of(before, old)
    return f"on pages {sorted(seen)}, not {sorted(true)}" if true and not seen & true else ""


def judge_inside(number: int, before: bytes) -> Tally:
    """What a comparison makes of one change inside the file."""
    edit = INSIDE[number]
    after = changed(before, edit)
    left = list(compare(before, after, "es"))
    tally = Tally(1)
    for kind, field_ in edit.found:
        fitting = [one for one in left if (one.kind, one.field) == (kind, field_)]
        if not fitting:
            tally.missed.append(f"{kind} {field_} · inside: {edit.name}")
            continue
        left.remove(fitting[0])
        pages = {area[0] for area in fitting[0].new_areas or fitting[0].old_areas}
        if edit.page and pages and edit.page not in pages:
            tally.missed.append(f"on pages {sorted(pages)}, not {edit.page} · inside: {edit.name}")
    tally.invented += [f"{shown(one)} (with inside: {edit.name})" for one in left]
    return tally


def main(chosen: Sequence[str]) -> int:
    """Plants all, or the batches of these numbers and what is inside (the word `inside`)."""
    work = batches(listed(), ROOT)
    numbers = [int(one) for one in chosen if one.isdecimal()] or (
        [] if chosen else list(range(len(work)))
    )
    tally = Tally()
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        plain_cards = {one: pool.submit(card, ROOT, one) for one in ("en", "es")}
        before = {one: made.result() for one, made in plain_cards.items()}
        waiting = [
            pool.submit(judge, work[number], before[work[number].language]) for number in numbers
        ]
        if not chosen or "inside" in chosen:
            waiting += [pool.submit(judge_inside, one, before["es"]) for one in range(len(INSIDE))]
        for one in waiting:
            found = one.result()
            tally.add(found)
            print(
                *(f"  missed: {fault}" for fault in found.missed),
                *(f"  invented: {fault}" for fault in found.invented),
                f"{found.planted} planted",
                sep="\n",
                flush=True,
            )
    print(
        f"{tally.planted} planted, {len(tally.missed)} missed, {len(tally.invented)} invented "
        f"({len(work)} cards)"
    )
    allowed = tally.planted / _ALLOWED
    return int(len(tally.missed) > allowed or len(tally.invented) > allowed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
