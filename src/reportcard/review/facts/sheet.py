"""The fact sheet of a card: what is found in each language, put together so that a claim which the
languages share is on it once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from reportcard.checks.quantities import equal_pairs
from reportcard.content.loading import Content
from reportcard.content.prose import Prose, Run
from reportcard.review.facts.fact import CardFact, FactSource
from reportcard.review.facts.found import Finder, Found
from reportcard.review.facts.names import NameReader
from reportcard.review.facts.printed import printed_passages

#: A card of 200 pages has 10,000 facts; a paragraph with more than this many is no prose.
_MOST_IN_A_GROUP: Final = 400
_Spot = tuple[str, int]
"""A field and the number of a passage in it."""


@dataclass(frozen=True, slots=True)
class FactSheet:
    """The facts of a country's card in the order of the card; `languages` are those of the card,
    the source language first.
    """

    country: str
    languages: tuple[str, ...]
    facts: tuple[CardFact, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """What was found in one language: by field and passage, and names by all of the card."""

    found: Mapping[_Spot, tuple[Found, ...]]
    names: tuple[Found, ...]
    shapes: Mapping[str, tuple[object, ...]]
    """By field, what it is divided into."""


def fact_sheet(content: Content, country: str) -> FactSheet:
    """The fact sheet of a card. What two languages have in the same passage, with the same value,
    is one fact.
    """
    first = content.source_language(country)
    languages = sorted(content.cards[country], key=lambda language: language != first)
    sides = {language: _side(content, country, language) for language in languages}
    sources = _sources(content, country)
    rows = [*_rows(languages, sides), *_name_rows(languages, sides)]
    rows.sort(key=lambda row: _order(row, sides))
    facts = [_fact(row, languages, sources) for row in rows]
    return FactSheet(country, tuple(languages), tuple(_each_once(facts)))


_Row = dict[str, Found]
"""What was found of one fact, by language."""


def _side(content: Content, country: str, language: str) -> _Side:
    finder = Finder.of(content, country, language)
    reader = NameReader.of(content, country, language)
    found: dict[_Spot, tuple[Found, ...]] = {}
    names: list[Found] = []
    shapes: dict[str, tuple[object, ...]] = {}
    for path, prose, passages in printed_passages(content, country, language):
        shapes[path] = _shape(prose)
        for passage in passages:
            here = tuple(finder.found(passage))
            found[path, passage.number] = here
            taken = tuple((one.start, one.end) for one in here)
            names.extend(reader.found(passage, taken))
    return _Side(MappingProxyType(found), tuple(names), MappingProxyType(shapes))


def _shape(prose: Prose) -> tuple[object, ...]:
    """What a field is divided into: passages of fields of one shape belong together in order."""
    return (*(type(block) for block in prose.blocks), sum(1 for _ in prose.paragraphs()))


def _rows(languages: Sequence[str], sides: Mapping[str, _Side]) -> Iterator[_Row]:
    """Facts but names: each language is set against the first, passage by passage, or field by
    field where the passages are not the same.
    """
    first, *others = languages
    groups = {language: _groups(sides[language], sides[first]) for language in languages}
    spots = dict.fromkeys(spot for language in languages for spot in groups[language])
    for spot in spots:
        rows: list[_Row] = [{first: one} for one in groups[first].get(spot, ())]
        for language in others:
            rows = _joined(rows, groups[language].get(spot, ()), language, first)
        yield from (row for row in rows if not _is_idle(row))


def _groups(side: _Side, first: _Side) -> Mapping[_Spot, tuple[Found, ...]]:
    """What was found, by passage; by field alone where it is divided otherwise than in the first
    language.
    """
    groups: dict[_Spot, tuple[Found, ...]] = {}
    for (path, number), found in side.found.items():
        is_same = first.shapes.get(path, side.shapes[path]) == side.shapes[path]
        spot = (path, number if is_same else 0)
        groups[spot] = (*groups.get(spot, ()), *found)
    return groups


def _joined(rows: Sequence[_Row], found: Sequence[Found], language: str, first: str) -> list[_Row]:
    """The rows with what was found in another language in its place, or in a row of its own."""
    pairs = dict(_pairs([row[first] for row in rows if first in row], found))
    joined = [
        {**row, language: found[pairs[at]]} if at in pairs else row for at, row in enumerate(rows)
    ]
    taken = set(pairs.values())
    return joined + [{language: one} for at, one in enumerate(found) if at not in taken]


def _pairs(one: Sequence[Found], other: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """Which is which in two languages of a passage: numbers by their value as the languages are
    compared, quotations in their order, all else by kind and value.
    """
    if max(len(one), len(other)) > _MOST_IN_A_GROUP:
        return
    numbers = [
        [(at, found.number) for at, found in enumerate(side) if found.number]
        for side in (one, other)
    ]
    left, right = numbers
    for here, there in equal_pairs([number for _, number in left], [one for _, one in right]):
        yield left[here][0], right[there][0]
    taken: set[int] = set()
    for at, found in enumerate(one):
        match = next(
            (i for i, its in enumerate(other) if i not in taken and _agree(found, its)), -1
        )
        if match >= 0:
            taken.add(match)
            yield at, match


def _agree(one: Found, other: Found) -> bool:
    is_number = one.number is not None or other.number is not None
    return not is_number and (one.kind, one.value) == (other.kind, other.value)


def _name_rows(languages: Sequence[str], sides: Mapping[str, _Side]) -> Iterator[_Row]:
    """Names: those with the same acronym, or the same key in the content, are one, wherever each
    language has it first; others by their order in a passage.
    """
    first, *others = languages
    rows: list[_Row] = [{first: one} for one in sides[first].names]
    for language in others:
        names = sides[language].names
        by_value = {one.value: one for one in names if one.value}
        joined: list[_Row] = []
        taken: set[int] = set()
        for row in rows:
            match = by_value.get(row[first].value) if first in row and row[first].value else None
            taken |= {id(match)} if match else set()
            joined.append({**row, language: match} if match else row)
        rest = [one for one in names if id(one) not in taken]
        rows = _by_order(joined, rest, language, first)
    yield from (row for row in rows if not _is_idle(row))


def _by_order(
    rows: Sequence[_Row], names: Sequence[Found], language: str, first: str
) -> list[_Row]:
    """Names of a passage that are as many in both languages belong together in their order."""
    open_: dict[_Spot, list[int]] = {}
    for at, row in enumerate(rows):
        if language not in row and first in row:
            open_.setdefault(_spot(row[first]), []).append(at)
    there: dict[_Spot, list[Found]] = {}
    for one in names:
        there.setdefault(_spot(one), []).append(one)
    joined = list(rows)
    for spot, found in there.items():
        waiting = open_.get(spot, [])
        if len(waiting) == len(found):
            for at, one in zip(waiting, found, strict=True):
                joined[at] = {**joined[at], language: one}
        else:
            joined += [{language: one} for one in found]
    return joined


def _spot(found: Found) -> _Spot:
    return found.passage.path, found.passage.number


def _is_idle(row: _Row) -> bool:
    """Whether one language alone has what is doubtful in it."""
    return len(row) == 1 and all(one.is_doubtful for one in row.values())


def _order(row: _Row, sides: Mapping[str, _Side]) -> tuple[int, int, int]:
    """Where a fact is in the card: by the language that has it first."""
    language, found = next(iter(row.items()))
    fields = list(sides[language].shapes)
    return fields.index(found.passage.path), found.passage.number, found.start


def _fact(
    row: _Row, languages: Sequence[str], sources: Callable[[str], FactSource | None]
) -> CardFact:
    found = next(iter(row.values()))
    notes = dict.fromkeys(note for one in row.values() for note in one.passage.notes(one.start))
    value = found.value or " / ".join(
        f"{language}:{one.passage.words(one.start, one.end).words}" for language, one in row.items()
    )
    return CardFact(
        found.kind,
        value,
        found.passage.path,
        MappingProxyType(
            {
                language: row[language].passage.words(row[language].start, row[language].end)
                for language in languages
                if language in row
            }
        ),
        tuple(source for note in notes if (source := sources(note))),
        missing=tuple(language for language in languages if language not in row),
    )


def _each_once(facts: Sequence[CardFact]) -> Iterator[CardFact]:
    """Each fact once: one that is claimed again in the very same sentences is in several fields."""
    first: dict[str, CardFact] = {}
    for fact in facts:
        known = first.setdefault(fact.id, fact)
        if known is not fact and fact.field not in (known.field, *known.also):
            first[fact.id] = replace(known, also=(*known.also, fact.field))
    return iter(first.values())


def _sources(content: Content, country: str) -> Callable[[str], FactSource | None]:
    """The notes of a card by their names."""
    cards = content.cards[country]
    known: dict[str, FactSource | None] = {}

    def source(note: str) -> FactSource | None:
        if note not in known:
            texts = {
                language: sourced.prose[f"notes.{note}"]
                for language, sourced in cards.items()
                if f"notes.{note}" in sourced.prose
            }
            known[note] = FactSource(
                note,
                MappingProxyType({language: _words(prose) for language, prose in texts.items()}),
                tuple(dict.fromkeys(one for prose in texts.values() for one in _addresses(prose))),
            )
        return known[note]

    return source


def _words(prose: Prose) -> str:
    paragraphs = (
        "".join(one.text for one in paragraph.inlines if isinstance(one, Run))
        for paragraph in prose.paragraphs()
    )
    return " ".join(" ".join(paragraphs).split())


def _addresses(prose: Prose) -> Iterator[str]:
    for inline in prose.inlines():
        if inline.marks.href.startswith(("https://", "http://")):
            yield inline.marks.href
