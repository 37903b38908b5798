"""The languages of a card agree in blocks, numbers, calls, values, links and bold run-ins."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from reportcard.checks.fixed_names import untranslated_names
from reportcard.checks.numbers import style
from reportcard.checks.passages import PlainPassage
from reportcard.checks.quantities import discrepancies
from reportcard.content.fields import kind_of
from reportcard.content.loading import Content
from reportcard.content.prose import Call, Prose, Run, Value
from reportcard.content.segments import NOTHING
from reportcard.content.shelf import Sourced
from reportcard.language.numbers import Number, NumberStyle
from reportcard.language.translated_numbers import translated_numbers
from reportcard.messages.message import Hole, message
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

NUMBER_LANGUAGES: Final = Rule(
    "NUMBER-LANGUAGES",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "alone": (
            "{number} appears here but not in {language}.",
            "Correct whichever is wrong.",
        ),
        "sign": (
            "{number} here and {other} in {language} have different signs.",
            "Correct whichever is wrong.",
        ),
        "unit": (
            "{number} here and {other} in {language} have different units.",
            "Correct whichever is wrong.",
        ),
        "magnitude": (
            (
                "{number} here and {other} in {language} differ in magnitude (thousands, "
                "millions and so on)."
            ),
            "Correct whichever is wrong.",
        ),
        "mark": (
            "{number} here and {other} in {language} have different decimal separators.",
            "Write each number with the decimal separator of its language and country.",
        ),
        "word": (
            '"{number}" here is "{other}" in {language}.',
            "Correct whichever is wrong.",
        ),
    },
    why=(
        'A number, or its sign, unit, magnitude (such as "million") or decimal separator, '
        "differs between the versions of a paragraph in two languages. 12,5 and 12.5 count as "
        "the same number if each follows the conventions of its language and country."
    ),
    wrong="66.9% | 69.6 %",
    right="66.9% | 66.9 %",
    is_waivable=True,
)
NOTE_LANGUAGES: Final = Rule(
    "NOTE-LANGUAGES",
    Severity.ERROR,
    Stage.CONTENT,
    message="the note references differ. Only here: {here}. Only in {language}: {there}.",
    advice="Reference the same notes in both languages.",
    why="Two language versions of a paragraph reference different notes.",
    is_waivable=True,
)
LINK_LANGUAGES: Final = Rule(
    "LINK-LANGUAGES",
    Severity.WARNING,
    Stage.CONTENT,
    message=("the links lead to different sites. Only here: {here}. Only in {language}: {there}."),
    advice="Link to the same sites in both languages.",
    why="Two language versions of a paragraph link to different sites.",
    wrong="[here](https://one.org) | [aquí](https://other.org)",
    right="[here](https://one.org/en) | [aquí](https://one.org/es)",
    is_waivable=True,
)
LANG_BLOCKS: Final = Rule(
    "LANG-BLOCKS",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "count": (
            "the number of paragraphs and bullets differs: {here} here; {there} in {language}.",
            "Split the text the same way in both languages.",
        ),
        "order": (
            "paragraphs and bullets are not in the same order as in {language}.",
            "Split the text the same way in both languages.",
        ),
    },
    why="Two language versions of a field are divided differently into paragraphs or bullets.",
    is_waivable=True,
)
FALLBACK_FINAL: Final = Rule(
    "FALLBACK-FINAL",
    Severity.ERROR,
    Stage.CONTENT,
    message="the card is final, but these fields are not translated into {language}: {fields}.",
    advice="Translate them, or set `status: draft`.",
    why=("A final card has untranslated fields. Only drafts can fall back to the source language."),
)
LANG_MISSING: Final = Rule(
    "LANG-MISSING",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "source": (
            'the field "{name}" is missing in {language}, the source language.',
            "Add the field to the source language first, or delete it here.",
        ),
        "translation": (
            'the field "{name}" is missing in {language}.',
            "Translate it, or delete it here.",
        ),
    },
    why=(
        "A field exists in one language but not in the other: it has not been "
        "translated, or its source was deleted."
    ),
    is_waivable=True,
)
BOLD_LANGUAGES: Final = Rule(
    "BOLD-LANGUAGES",
    Severity.WARNING,
    Stage.CONTENT,
    message="the number of bold passages differs: {here} here; {there} in {language}.",
    advice="Make the same words bold in both languages.",
    why=(
        "A paragraph has more bold passages in one language than in the other, so a "
        "bold heading may be missing."
    ),
    is_waivable=True,
)
VALUE_LANGUAGES: Final = Rule(
    "VALUE-LANGUAGES",
    Severity.WARNING,
    Stage.CONTENT,
    message="the values differ. Only here: {here}. Only in {language}: {there}.",
    advice="Use the same values in both languages.",
    why="Two language versions of a paragraph use different values.",
    is_waivable=True,
)

Styles = Callable[[str], NumberStyle]
"""How numbers are written in a language, in the files that are compared."""
Comparison = Callable[[PlainPassage, PlainPassage], Iterator[Problem]]
"""What differs between a passage and its translation."""
#: Fields that other languages may lack: tables of each language's grammar, names, unplaced text.
_OWN: Final = ("ordinals.", "countries.", "authors.", "unplaced")
#: So many fields without translation are named.
_LISTED: Final = 3


def shared(content: Content) -> Iterator[Problem]:
    """Parity of the wording."""
    compared = partial(_compared, content, partial(style, content))
    yield from _compare(content.source_language("wording"), content.wordings, compared)


def card(content: Content, country: str) -> Iterator[Problem]:
    """Parity of one card: each language against the one it was written in first. A final card has
    every field in each of its languages.
    """
    for language, sourced in content.cards[country].items():
        fallen = sorted(
            name
            for name in (*sourced.fallen, *content.wordings[language].fallen)
            if kind_of(name).is_compared
        )
        if fallen and sourced.model.status == "final":
            fields: tuple[Hole, ...] = tuple(fallen[:_LISTED])
            if len(fallen) > _LISTED:
                more = message("{n} more", "{n} more", n=len(fallen) - _LISTED)
                fields = (*fields, more)
            place = sourced.tree.at("status")
            yield FALLBACK_FINAL.at(place, language=language, fields=fields)
    compared = partial(_compared, content, partial(style, content, country=country))
    yield from _compare(content.source_language(country), content.cards[country], compared)


def _compare(
    language: str, files: "Mapping[str, Sourced[Any]]", compared: Comparison
) -> Iterator[Problem]:
    source = files.get(language)
    if source is None:
        return
    for other, sourced in files.items():
        if other == language:
            continue
        for name, prose in sourced.prose.items():
            if name in source.prose and name not in sourced.fallen and not name.startswith(_OWN):
                yield from _fields(source.prose[name], prose, name, (language, other), compared)
        for name, prose in sourced.prose.items():
            if name not in source.prose and not name.startswith(_OWN):
                yield from _missing(prose, name, "source", language)
        for name, prose in source.prose.items():
            if (name not in sourced.prose or name in sourced.fallen) and not name.startswith(_OWN):
                yield from _missing(prose, name, "translation", other)


def _missing(prose: Prose, name: str, case: str, language: str) -> Iterator[Problem]:
    # A text that could not be read at all is reported where it is.
    for block in prose.blocks[:1]:
        yield LANG_MISSING.at(block.place, case, field=prose.field, name=name, language=language)


def _fields(
    source: Prose, prose: Prose, name: str, languages: tuple[str, str], compared: Comparison
) -> Iterator[Problem]:
    before = [
        PlainPassage(source.field, name, languages[0], paragraph.inlines)
        for paragraph in source.paragraphs()
    ]
    after = [
        PlainPassage(prose.field, name, languages[1], paragraph.inlines)
        for paragraph in prose.paragraphs()
    ]
    if not (source.is_whole and prose.is_whole):
        return  # what could not be read is reported where it is
    kinds = [[type(block) for block in text.blocks] for text in (source, prose)]
    if kinds[0] != kinds[1] or len(before) != len(after):
        for here, there in ((after, before), (before, after)):
            language = there[0].language
            if len(here) == len(there):
                yield here[0].problem(LANG_BLOCKS, "order", language=language)
            else:
                yield here[0].problem(
                    LANG_BLOCKS, "count", here=len(here), there=len(there), language=language
                )
        if any(map(_is_open, after)):
            return  # what is missing is reported as a block without text
        before, after = [_joined(before)], [_joined(after)]
    for one, other in zip(before, after, strict=True):
        if not _is_open(other):
            yield from compared(one, other)


def _compared(
    content: Content, styles: Styles, one: PlainPassage, other: PlainPassage
) -> Iterator[Problem]:
    yield from _numbers(one, other, styles)
    yield from _counts(one, other)
    yield from untranslated_names(content, one, other)


def _is_open(passage: PlainPassage) -> bool:
    return passage.text.strip() == NOTHING


def _joined(parts: list[PlainPassage]) -> PlainPassage:
    return PlainPassage(
        parts[0].field,
        parts[0].path,
        parts[0].language,
        tuple(inline for part in parts for inline in part.inlines),
    )


def _numbers(one: PlainPassage, other: PlainPassage, styles: Styles) -> Iterator[Problem]:
    """A number of one language alone is reported where it is, a pair that differs in both
    languages, since either may be wrong.
    """
    for found in discrepancies(
        *(numbers_of(its, styles, translated_numbers) for its in (one, other))
    ):
        sides = ((one, found.one, other, found.other), (other, found.other, one, found.one))
        for passage, number, its, counterpart in sides:
            if number:
                is_unit = found.kind in ("unit", "magnitude")
                holes = {} if counterpart is None else {"other": _named(counterpart, is_unit)}
                yield passage.problem(
                    NUMBER_LANGUAGES,
                    found.kind,
                    offset=number.offset,
                    number=_named(number, is_unit),
                    language=its.language,
                    **holes,
                )


def _named(number: Number, with_unit: bool) -> str:
    return number.currency + number.phrase if with_unit else number.typed


def numbers_of(
    passage: PlainPassage,
    styles: Styles,
    read: Callable[[NumberStyle, str], Iterable[Number]] = NumberStyle.read,
) -> list[Number]:
    """The numbers of a passage, those of a part in another language by its marks. Addresses have
    none.
    """
    parts = list(passage.parts())
    starts = [part.start for part in parts]

    def language_at(offset: int) -> str:
        part = parts[max(bisect_right(starts, offset) - 1, 0)]
        return part.language if part.start <= offset < part.end else ""

    return [
        number
        for language in dict.fromkeys(part.language for part in parts)
        for number in read(styles(language), passage.text)
        if language_at(number.offset) == language
    ]


def _counts(one: PlainPassage, other: PlainPassage) -> Iterator[Problem]:
    """A difference of calls, values, links or bold passages is reported in both languages, since
    either may be wrong.
    """
    for rule, named in _NAMED:
        names = Counter(named(one)), Counter(named(other))
        if names[0] != names[1]:
            left = [_listed(names[0] - names[1]), _listed(names[1] - names[0])]
            for (here, there), passage, its in ((left, one, other), (left[::-1], other, one)):
                yield passage.problem(rule, here=here, there=there, language=its.language)
    bold = _bold(one), _bold(other)
    if bold[0] != bold[1]:
        for (here, there), passage, its in ((bold, one, other), (bold[::-1], other, one)):
            yield passage.problem(BOLD_LANGUAGES, here=here, there=there, language=its.language)


def _listed(names: Counter[str]) -> Hole:
    return tuple(sorted(names.elements())) or message("nothing")


def _calls(passage: PlainPassage) -> Iterable[str]:
    return (inline.note for inline in passage.inlines if isinstance(inline, Call))


def _values(passage: PlainPassage) -> Iterable[str]:
    """The names of values; a country's name may be a value where the other language has a
    pronoun.
    """
    names = {inline.name for inline in passage.inlines if isinstance(inline, Value)}
    return (name for name in names if not name.startswith(("country.", "countries.")))


def _links(passage: PlainPassage) -> Iterable[str]:
    """The sites that links lead to: each language of a site has its own addresses."""
    links = {inline.marks.href for inline in passage.inlines if isinstance(inline, Run)}
    return {urlsplit(link).hostname or "" for link in links if link.startswith("http")}


def _bold(passage: PlainPassage) -> int:
    """How many passages are bold: neighbors count once."""
    bold = [inline.marks.bold for inline in passage.inlines if not isinstance(inline, Call)]
    return sum(now and not before for before, now in zip([False, *bold], bold, strict=False))


#: What a paragraph names, by the rule that it be the same in both languages.
_NAMED: Final[tuple[tuple[Rule, Callable[[PlainPassage], Iterable[str]]], ...]] = (
    (NOTE_LANGUAGES, _calls),
    (VALUE_LANGUAGES, _values),
    (LINK_LANGUAGES, _links),
)
