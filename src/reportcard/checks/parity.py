"""The languages of a card say the same: as many blocks, the same numbers, calls and bold run-ins in each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from reportcard.checks.passages import Passage
from reportcard.checks.quantities import Number, numbers
from reportcard.content.loading import Content, Sourced
from reportcard.content.prose import Call, Prose, Value
from reportcard.problems import Problem


def shared(content: Content) -> Iterator[Problem]:
    """Parity of the wording."""
    yield from _compare(content, content.wordings)


def card(content: Content, country: str) -> Iterator[Problem]:
    """Parity of one card: each language against the edition's source language."""
    yield from _compare(content, content.cards[country])


def _compare(content: Content, files: "Mapping[str, Sourced[Any]]") -> Iterator[Problem]:
    language = content.edition.model.source_language
    source = files.get(language)
    if source is None:
        return
    for other, sourced in files.items():
        if other == language:
            continue
        for name, prose in sourced.prose.items():
            if name in source.prose and not name.startswith(("ordinals.", "countries.", "authors.")):
                yield from _fields(source.prose[name], prose, name, (language, other))
        for name, prose in source.prose.items():
            if name not in sourced.prose and not name.startswith(("ordinals.", "countries.", "authors.")):
                place = next(prose.paragraphs()).place
                yield Problem("LANG-MISSING", f"“{name}” stands here and not in {other}.", "Translate it, or take it out here.", place, field=prose.field)  # fmt: skip


def _fields(source: Prose, prose: Prose, name: str, languages: tuple[str, str]) -> Iterator[Problem]:
    before = [Passage(source.field, name, languages[0], paragraph.inlines) for paragraph in source.paragraphs()]
    after = [Passage(prose.field, name, languages[1], paragraph.inlines) for paragraph in prose.paragraphs()]
    if [type(block) for block in source.blocks] != [type(block) for block in prose.blocks] or len(before) != len(after):
        yield after[0].problem("LANG-BLOCKS", f"{len(after)} paragraphs and bullets stand here, {len(before)} in {languages[0]}.", "Divide the text as the other language does.")  # fmt: skip
        before, after = [_joined(before)], [_joined(after)]
    for one, other in zip(before, after, strict=True):
        yield from _numbers(one, other)
        yield from _counts(one, other)


def _joined(parts: list[Passage]) -> Passage:
    return Passage(
        parts[0].field, parts[0].path, parts[0].language, tuple(inline for part in parts for inline in part.inlines)
    )


def _numbers(one: Passage, other: Passage) -> Iterator[Problem]:
    there: Counter[Decimal] = Counter(number.value for number in numbers(one))
    here: dict[Decimal, list[Number]] = {}
    for number in numbers(other):
        here.setdefault(number.value, []).append(number)
    for value, found in here.items():
        if len(found) > there[value]:
            yield other.problem("NUMBER-LANGUAGES", f"{found[-1].typed} stands here and not in {one.language}.", "Mend the number that is wrong.", found[-1].offset)  # fmt: skip
    for number in numbers(one):
        if there[number.value] > len(here.get(number.value, ())):
            there[number.value] = 0
            yield other.problem(
                "NUMBER-LANGUAGES",
                f"{number.typed} stands in {one.language} and not here.",
                "Mend the number that is wrong.",
            )


def _counts(one: Passage, other: Passage) -> Iterator[Problem]:
    calls = [sorted(inline.note for inline in passage.inlines if isinstance(inline, Call)) for passage in (one, other)]
    if calls[0] != calls[1]:
        yield other.problem("NOTE-LANGUAGES", f"the notes called here are {_told(calls[1])}, in {one.language} {_told(calls[0])}.", "Call the same notes in the same paragraph.")  # fmt: skip
    values = [sorted({inline.name.rpartition(".")[0] or inline.name for inline in passage.inlines if isinstance(inline, Value) and not inline.name.startswith(("country.", "countries."))}) for passage in (one, other)]  # fmt: skip
    if values[0] != values[1]:
        yield other.problem("VALUE-LANGUAGES", f"the values told here are {_told(values[1])}, in {one.language} {_told(values[0])}.", "Tell the same values.")  # fmt: skip
    bold = [_runs(passage) for passage in (one, other)]
    if bold[0] != bold[1]:
        yield other.problem(
            "BOLD-LANGUAGES",
            f"{bold[1]} passages are bold here, {bold[0]} in {one.language}.",
            "Make the same words bold.",
        )


def _told(names: list[str]) -> str:
    return ", ".join(names) or "none"


def _runs(passage: Passage) -> int:
    """How many passages are bold: neighbours count once."""
    bold = [inline.marks.bold for inline in passage.inlines if not isinstance(inline, Call)]
    return sum(now and not before for before, now in zip([False, *bold], bold, strict=False))
