"""The languages of a card say the same: as many blocks, the same numbers, calls and bold run-ins in
each.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from reportcard.checks.numbers import numbers
from reportcard.checks.passages import PlainPassage
from reportcard.content.fields import kind_of
from reportcard.content.loading import Content
from reportcard.content.prose import Call, Prose, Run, Value
from reportcard.content.shelf import Sourced
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

NUMBER_LANGUAGES: Final = Rule(
    "NUMBER-LANGUAGES",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "A number stands in one language of a paragraph and not in the other. 12,5 and 12.5 "
        "are the same."
    ),
    wrong="66.9% | 69.6 %",
    right="66.9% | 66.9 %",
    is_waivable=True,
)
NOTE_LANGUAGES: Final = Rule(
    "NOTE-LANGUAGES",
    Severity.ERROR,
    Stage.CONTENT,
    why="A paragraph calls other notes in one language than in the other.",
    is_waivable=True,
)
LINK_LANGUAGES: Final = Rule(
    "LINK-LANGUAGES",
    Severity.WARNING,
    Stage.CONTENT,
    why="A paragraph links to other sites in one language than in the other.",
    wrong="[here](https://one.org) | [aquí](https://other.org)",
    right="[here](https://one.org/en) | [aquí](https://one.org/es)",
    is_waivable=True,
)
LANG_BLOCKS: Final = Rule(
    "LANG-BLOCKS",
    Severity.WARNING,
    Stage.CONTENT,
    why="A field has more paragraphs or bullets in one language than in the other.",
    is_waivable=True,
)
FALLBACK_FINAL: Final = Rule(
    "FALLBACK-FINAL",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "A card is final and has fields in another language: where the edition lets a language "
        "fall back on the source, that is for drafts."
    ),
    is_waivable=True,
)
LANG_MISSING: Final = Rule(
    "LANG-MISSING",
    Severity.WARNING,
    Stage.CONTENT,
    why=(
        "A field stands in one language and not in the other: it is not translated, or its "
        "source is gone."
    ),
    is_waivable=True,
)
BOLD_LANGUAGES: Final = Rule(
    "BOLD-LANGUAGES",
    Severity.WARNING,
    Stage.CONTENT,
    why=(
        "A paragraph has more bold passages in one language than in the other: a run-in was lost."
    ),
    is_waivable=True,
)
VALUE_LANGUAGES: Final = Rule(
    "VALUE-LANGUAGES",
    Severity.WARNING,
    Stage.CONTENT,
    why="A paragraph tells other values in one language than in the other.",
    is_waivable=True,
)

#: Fields that no other language has to have: tables of each language's grammar, names, and what is
#: not placed yet.
_OWN: Final = ("ordinals.", "countries.", "authors.", "unplaced")


def shared(content: Content) -> Iterator[Problem]:
    """Parity of the wording."""
    yield from _compare(content.source_language("wording"), content.wordings)


def card(content: Content, country: str) -> Iterator[Problem]:
    """Parity of one card: each language against the one it was written in first. A final card has
    no field of another language.
    """
    for language, sourced in content.cards[country].items():
        fallen = sorted(
            name
            for name in (*sourced.fallen, *content.wordings[language].fallen)
            if kind_of(name).is_compared
        )
        if fallen and sourced.model.status == "final":
            message = (
                f"the card is final, and {len(fallen)} fields are not translated into {language}:"
                f" {', '.join(fallen[:3])}"
            )
            yield Problem(
                "FALLBACK-FINAL",
                message + ("…" if len(fallen) > 3 else "."),
                "Translate them, or set status: draft.",
                sourced.tree.at("status"),
            )
    yield from _compare(content.source_language(country), content.cards[country])


def _compare(language: str, files: "Mapping[str, Sourced[Any]]") -> Iterator[Problem]:
    source = files.get(language)
    if source is None:
        return
    for other, sourced in files.items():
        if other == language:
            continue
        for name, prose in sourced.prose.items():
            if name in source.prose and name not in sourced.fallen and not name.startswith(_OWN):
                yield from _fields(source.prose[name], prose, name, (language, other))
        for name, prose in sourced.prose.items():
            if name not in source.prose and not name.startswith(_OWN):
                place = next(prose.paragraphs()).place
                yield Problem(
                    "LANG-MISSING",
                    f"“{name}” stands here and not in {language}.",
                    "Take it out, or write it in the source first.",
                    place,
                    field=prose.field,
                )
        for name, prose in source.prose.items():
            if (name not in sourced.prose or name in sourced.fallen) and not name.startswith(_OWN):
                place = next(prose.paragraphs()).place
                yield Problem(
                    "LANG-MISSING",
                    f"“{name}” stands here and not in {other}.",
                    "Translate it, or take it out here.",
                    place,
                    field=prose.field,
                )


def _fields(
    source: Prose, prose: Prose, name: str, languages: tuple[str, str]
) -> Iterator[Problem]:
    before = [
        PlainPassage(source.field, name, languages[0], paragraph.inlines)
        for paragraph in source.paragraphs()
    ]
    after = [
        PlainPassage(prose.field, name, languages[1], paragraph.inlines)
        for paragraph in prose.paragraphs()
    ]
    if [type(block) for block in source.blocks] != [type(block) for block in prose.blocks] or len(
        before
    ) != len(after):
        for here, there, language in ((after, before, languages[0]), (before, after, languages[1])):
            yield here[0].problem(
                "LANG-BLOCKS",
                f"{len(here)} paragraphs and bullets stand here, {len(there)} in {language}.",
                "Divide the text as the other language does.",
            )
        before, after = [_joined(before)], [_joined(after)]
    for one, other in zip(before, after, strict=True):
        yield from _numbers(one, other)
        yield from _counts(one, other)


def _joined(parts: list[PlainPassage]) -> PlainPassage:
    return PlainPassage(
        parts[0].field,
        parts[0].path,
        parts[0].language,
        tuple(inline for part in parts for inline in part.inlines),
    )


def _numbers(one: PlainPassage, other: PlainPassage) -> Iterator[Problem]:
    """A number that stands in one language alone is told where it stands."""
    for here, there in ((one, other), (other, one)):
        left = Counter(number.value for number in numbers(there))
        for number in numbers(here):
            left[number.value] -= 1
            if left[number.value] < 0:
                yield here.problem(
                    "NUMBER-LANGUAGES",
                    f"{number.typed} stands here and not in {there.language}.",
                    "Mend the number that is wrong.",
                    number.offset,
                )


def _counts(one: PlainPassage, other: PlainPassage) -> Iterator[Problem]:
    """Calls, values and bold passages: a difference is told in both languages, since either may be
    wrong.
    """
    told = {
        "NOTE-LANGUAGES": (
            "the notes called here are {0}, in {2} {1}.",
            "Call the same notes in the same paragraph.",
            _calls,
        ),
        "VALUE-LANGUAGES": (
            "the values told here are {0}, in {2} {1}.",
            "Tell the same values.",
            _values,
        ),
        "LINK-LANGUAGES": (
            "the links here are {0}, in {2} {1}.",
            "Link to the same addresses.",
            _links,
        ),
        "BOLD-LANGUAGES": (
            "{0} passages are bold here, {1} in {2}.",
            "Make the same words bold.",
            _bold,
        ),
    }
    for code, (message, hint, count) in told.items():
        counts = count(one), count(other)
        if counts[0] != counts[1]:
            for here, there, passage, its in ((0, 1, one, other), (1, 0, other, one)):
                yield passage.problem(
                    code, message.format(counts[here], counts[there], its.language), hint
                )


def _calls(passage: PlainPassage) -> str:
    return _told(sorted(inline.note for inline in passage.inlines if isinstance(inline, Call)))


def _values(passage: PlainPassage) -> str:
    """The kinds of values told; a country's name may be one where the other language has a
    pronoun.
    """
    names = {inline.name for inline in passage.inlines if isinstance(inline, Value)}
    return _told(sorted(name for name in names if not name.startswith(("country.", "countries."))))


def _links(passage: PlainPassage) -> str:
    """The sites that links lead to: a site's languages have addresses of their own."""
    links = {inline.marks.href for inline in passage.inlines if isinstance(inline, Run)}
    return _told(
        sorted({urlsplit(link).hostname or "" for link in links if link.startswith("http")})
    )


def _told(names: list[str]) -> str:
    return ", ".join(names) or "none"


def _bold(passage: PlainPassage) -> str:
    """How many passages are bold: neighbours count once."""
    bold = [inline.marks.bold for inline in passage.inlines if not isinstance(inline, Call)]
    return str(sum(now and not before for before, now in zip([False, *bold], bold, strict=False)))
