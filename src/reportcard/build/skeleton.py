"""The files of a card that is begun, which build at once, with comments in the language of whoever
begins it.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from reportcard.checks.placeholders import BEGINNING, NOTE
from reportcard.content.loading import Content
from reportcard.content.segments import NOTHING
from reportcard.content.splicing import scalar
from reportcard.language.locales import Tongue
from reportcard.language.names import FORMS, Form, country_form
from reportcard.messages.message import Message, message
from reportcard.scores.values import values_of

SCORES: Final = "scores.yaml"
"""The file of the scores in a card's folder."""


def skeleton(content: Content, code: str, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The files of a card by name: `scores.yaml`, and its text in every language. `code` is the ISO
    3166 code of a country, `titles` are those of the cards by language, where they do not follow
    from the code.
    """
    yield SCORES, empty_scores(content, code)
    for language, wording in content.wordings.items():
        title = titles.get(language) or _title(content, language, code)
        dimensions = {
            id_: str(wording.model.dimensions[id_].name)
            for id_ in content.scoreboard.model.dimensions
        }
        yield f"{language}.yaml", _card(title, dimensions)


def _title(content: Content, language: str, code: str) -> str:
    """A card's title as those of the other countries are: "Peru Report Card" makes that of
    Venezuela "Venezuela Report Card", "Ficha de evaluación del Perú" the same "de Venezuela".
    """
    tongue = Tongue(language, code, content.edition.model.languages[language])
    name = country_form(tongue, "name") or code
    for country, cards in content.cards.items():
        if language not in cards or country not in content.scores:
            continue
        title = f" {cards[language].model.title} ".replace("'", "’")
        values = values_of(content, country, language)
        theirs: dict[str, Form] = {}
        for form in FORMS:
            theirs.setdefault(values.form(country, form) or "", form)
        for written in sorted(filter(None, theirs), key=len, reverse=True):
            before, found, after = title.partition(f" {written} ")
            if found:
                own = country_form(tongue, theirs[written]) or name
                return f"{before} {own} {after}".strip()
    return name


def empty_scores(content: Content, code: str) -> str:
    """The scores.yaml of a country without scores yet."""
    lines = [
        "# yaml-language-server: $schema=../../schema/scores.json",
        *([f"country: {code}"] if code else []),
        _comment(
            message(
                "Keep this true while the scores are placeholders: they are shown with "
                "hatching, and the card cannot be released."
            )
        ),
        "provisional: true",
        _comment(
            message(
                "One score per category, with a decimal point: 0.8. Leave a score empty if it "
                "is not published."
            )
        ),
        "categories:",
    ]
    for dimension in content.scoreboard.model.dimensions.values():
        lines.extend(f"  {category}:" for category in dimension.categories)
    lines += [
        _comment(message("Published figures, which are checked against the scores above.")),
        "# published:",
        "#   total: 11.7",
    ]
    return "\n".join(lines) + "\n"


def _comment(words: Message) -> str:
    return f"# {words}"


def _card(title: str, dimensions: Mapping[str, str]) -> str:
    lines = [
        "# yaml-language-server: $schema=../../schema/card.json",
        _comment(
            message(
                "Indent paragraphs below the | character. An empty line starts a new "
                'paragraph; "- " starts a bullet.'
            )
        ),
        _comment(
            message(
                "**bold**, *italic*, [words](https://…), a note reference [^note-id], a value "
                "{{ country.name }}."
            )
        ),
        f"title: {scalar(title, '')}",
        _comment(message("Use draft, review or final; only a final card can be released.")),
        "status: draft",
        "# authors:",
        f"#   - {NOTHING}",
        "overall:",
        "  result: |",
        f"    {BEGINNING}",
        "dimensions:",
    ]
    for id_, long_name in dimensions.items():
        lines += [f"  # {long_name}", f"  {id_}:", "    findings: |", f"      {BEGINNING}"]
    lines += [
        _comment(message("The national context:")),
        "# context: |",
        f"#   {NOTHING}",
        "# recommendations:",
        "#   first-recommendation:",
        f"#     title: {NOTHING}",
        "#     text: |",
        f"#       {NOTHING}",
        "#     institutions: [ministry]",
        "# institutions:",
        f"#   ministry: {NOTHING}",
        "# notes:",
        f"#   its-id: {NOTE}",
    ]
    return "\n".join(lines) + "\n"
