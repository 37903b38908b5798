"""Placeholders for text that is still to be written, and the rule that finds them: a card is begun,
and taken in, with gaps.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final
from unicodedata import normalize

from reportcard.checks.passages import HOLE, passages
from reportcard.content.loading import Content
from reportcard.content.model import Card
from reportcard.content.prose import Picture
from reportcard.content.segments import NOTHING, segments
from reportcard.content.shelf import Sourced, texts
from reportcard.messages.message import Hole, message
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

TEXT_PLACEHOLDER: Final = Rule(
    "TEXT-PLACEHOLDER",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "gap": ('"{name}" has no text yet.', "Add text, or delete the field if it is optional."),
        "open": (
            "{count}: {names}.",
            (
                "Translate the missing text: `reportcard translations export {scope} --language "
                "{language}` writes it to a file."
            ),
        ),
        "begun": (
            "this is still placeholder text.",
            "Replace it with your text.",
        ),
        "undescribed": (
            "{file} has no alternative text yet.",
            "Describe the picture inside the square brackets.",
        ),
    },
    why=(
        "A field, or a block of a translation, contains only an ellipsis. Or a paragraph is "
        "unchanged since `reportcard new` or `reportcard init` created it. An ellipsis within "
        "other text is accepted."
    ),
    wrong="findings: |\n  {{ country.name }} …",
    right="findings: |\n  {{ country.name }} has a mining law.",
    is_waivable=True,
)

#: So many blocks without text are named.
_NAMED: Final = 5
#: The text of a required field, and of a note, in a card that `reportcard new` begins.
BEGINNING: Final = "{{ country.name }} …"
NOTE: Final = "Source, title, year, <https://…>"
#: The definitions of categories in the wording that `reportcard init` writes, by language.
DEFINITION: Final = {
    "en": "assesses …",
    "es": "examina …",
    "fr": "examine …",
    "pt": "avalia …",
    "de": "bewertet …",
    "nl": "beoordeelt …",
}


def shared(content: Content) -> Iterator[Problem]:
    """Definitions of categories that are as they were begun, in each language."""
    for language, wording in content.wordings.items():
        if language != content.source_language("wording"):
            yield from _open_blocks(wording, "wording", language)
        for one in passages(wording, language):
            if _bare(one.text) in _UNDEFINED:
                yield one.problem(TEXT_PLACEHOLDER, "begun")


def card(content: Content, country: str) -> Iterator[Problem]:
    """Fields without text, and paragraphs that are as they were begun, in each language."""
    for language, sourced in content.cards[country].items():
        is_source = language == content.source_language(country)
        if not is_source:
            yield from _open_blocks(sourced, country, language)
        for path, field in groupby(passages(sourced, language), key=lambda one: one.path):
            paragraphs = list(field)
            if all(set(_bare(one.text)) == {"."} for one in paragraphs):
                if not is_source and any(one.text.strip() == NOTHING for one in paragraphs):
                    continue  # counted above, with all others
                yield paragraphs[0].problem(TEXT_PLACEHOLDER, "gap", name=path)
                continue
            for one in paragraphs:
                if _bare(one.text) in _BEGUN:
                    yield one.problem(TEXT_PLACEHOLDER, "begun")
        yield from _undescribed(sourced)


def _undescribed(sourced: Sourced[Card]) -> Iterator[Problem]:
    """Pictures that have only an ellipsis as their alternative text."""
    for prose in sourced.prose.values():
        for block in prose.exhibits():
            if isinstance(block, Picture) and _bare(block.alt) == "...":
                yield TEXT_PLACEHOLDER.at(
                    block.place, "undescribed", field=prose.field, file=block.file
                )


def _open_blocks(sourced: Sourced[Any], scope: str, language: str) -> Iterator[Problem]:
    """The blocks of a translation that are not written yet, as one problem."""
    found = [
        (".".join(path), number, text.place)
        for path, text in texts(sourced.model)
        if NOTHING in text and ".".join(path) not in sourced.fallen
        for number, block in enumerate(segments(text), start=1)
        if block.is_open
    ]
    if found:
        first = found[:_NAMED]
        names: tuple[Hole, ...] = tuple(
            message("{field} (block {number})", field=name, number=number)
            for name, number, _ in first
        )
        if len(found) > _NAMED:
            names = (*names, message("{n} more", "{n} more", n=len(found) - _NAMED))
        count = message(
            "{n} block of this translation has no text yet",
            "{n} blocks of this translation have no text yet",
            n=len(found),
        )
        yield TEXT_PLACEHOLDER.at(
            found[0][2],
            "open",
            field=f"{scope}/{found[0][0]}",
            count=count,
            names=names,
            scope=scope,
            language=language,
        )


def _bare(text: str) -> str:
    """A text without spaces and the brackets of addresses, an ellipsis as three full stops."""
    return re.sub(r"[\s<>]", "", normalize("NFKC", text))


_UNDEFINED: Final = frozenset(map(_bare, DEFINITION.values()))
_BEGUN: Final = frozenset(_bare(re.sub(r"\{\{.*?\}\}", HOLE, text)) for text in (BEGINNING, NOTE))
