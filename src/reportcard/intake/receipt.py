"""The way of a manuscript, on one screen: read, placed, written, read again by the program's own
loader, and every word accounted for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from reportcard.build.inventory import country_waivers
from reportcard.build.skeleton import empty_scores
from reportcard.checks.families import card_problems, spelling_problems
from reportcard.checks.references import PICTURE_MISSING
from reportcard.content.fields import kind_of
from reportcard.content.kinds import INSTITUTION
from reportcard.content.loading import Content
from reportcard.content.model import Card, CountryScores
from reportcard.content.prose import Picture, Prose, Run, Value
from reportcard.content.segments import NOTHING
from reportcard.content.shelf import ContentFile, Shelf, Sourced
from reportcard.corrections.correction import Correction, Undecided
from reportcard.corrections.settlement import Settlement
from reportcard.corrections.typed_scores import with_values
from reportcard.errors import ExitCode, ReportCardError
from reportcard.intake.blocks import (
    Manuscript,
    ManuscriptBlock,
    paragraphs_of,
    words_of,
)
from reportcard.intake.cross_references import referred
from reportcard.intake.draft import Draft, described, draft
from reportcard.intake.figure_files import filed, untold
from reportcard.intake.manuscript import ManuscriptRun, allowed, same, words
from reportcard.intake.outline import Outline
from reportcard.intake.package import opened, unreadable
from reportcard.intake.placement import RECOMMENDATIONS, UNPLACED, Placed, place
from reportcard.intake.word import read_word
from reportcard.language.locales import Tongue
from reportcard.language.names import country_code
from reportcard.messages.message import Message, message
from reportcard.page.styles import read_styles
from reportcard.problems.problem import Problem, has_errors
from reportcard.problems.rule import Stage
from reportcard.problems.waivers import judged
from reportcard.scores.values import values_of
from reportcard.workspace.bounds import taken
from reportcard.workspace.workspace import Workspace

#: Scores and ranks that are typed: the program knows them as values.
_VALUES: Final = frozenset({"SCORE-TYPED", "SCORE-CONTRADICTED"})


@dataclass(frozen=True, slots=True)
class Submission:
    """A manuscript as somebody sent it, the file's bytes and name, and the card that it is for."""

    data: bytes
    name: str
    country: str
    language: str

    @property
    def file(self) -> str:
        """The card's file, by its path in the workspace."""
        return f"content/{self.country}/{self.language}.yaml"


@dataclass(frozen=True, slots=True)
class Received:
    """A manuscript as files by their path in the workspace (none if it cannot be read back), what
    went where, and remarks.

    `rows` are fields with the number of their paragraphs and of the notes called in them; `asides`
    are comments and struck-through words with their field (empty: none), `corrections` the typed
    scores and ranks that became values and `undecided` those that may be one, `problems` what a
    check will find in the card.
    """

    files: Mapping[str, bytes]
    rows: tuple[tuple[str, int, int], ...]
    shared: tuple[tuple[Message | str, str], ...]
    unplaced: tuple[str, ...]
    asides: tuple[tuple[str, Message], ...]
    remarks: tuple[Message, ...]
    corrections: tuple[Correction, ...]
    undecided: tuple[Undecided, ...]
    values: int
    problems: tuple[Problem, ...]


def receive(
    workspace: Workspace,
    content: Content,
    submission: Submission,
    *,
    spelling: bool = False,
    has_values: bool = True,
) -> Received:
    """A Word manuscript as a card. Nothing is written here. With `spelling`, misspelled words are
    found, too; without `has_values`, scores and ranks stay typed: those of the workspace are wrong.

    Raises ReportCardError: UNREADABLE for a file that is refused, USAGE for a country or language
    that does not exist.
    """
    country, language, file = submission.country, submission.language, submission.file
    if language not in content.wordings:
        raise ReportCardError(
            message('unknown language "{language}".', language=language),
            code=ExitCode.USAGE,
            advice=message("Choose one of {languages}.", languages=tuple(content.wordings)),
        )
    content, files = _with_scores(content, country)
    read = taken(submission.name, read_submission, submission.data, submission.name)
    manuscript, pictures = filed(read, workspace, country)
    placed = place(manuscript, Outline.of(content, country, language))
    other = _other(content, country, language)
    dimensions = tuple(content.scoreboard.model.dimensions)
    placed.remarks += referred(placed, _labels(content, language), dimensions, other)
    name = _name(content, country, language)
    drafted = draft(manuscript, placed, dimensions, name, other)
    card, problems = _read_back(content, drafted, submission)
    settled = Settlement(content)
    if card is not None:
        _account(manuscript, placed, drafted, card)
        cards = {**content.cards, country: {**content.cards.get(country, {}), language: card}}
        settled = Settlement(replace(content, cards=MappingProxyType(cards)))
        if has_values:
            settled = with_values(settled.content, country, language)
        files |= pictures
        files[file] = settled.content.cards[country][language].data
        problems = _checked(workspace, settled.content, country, problems, spelling=spelling)
        problems = tuple(one for one in problems if not _is_coming(one, pictures))
    return Received(
        MappingProxyType(files if card is not None else {}),
        tuple(_rows(placed, drafted)),
        tuple(placed.shared),
        tuple(map(words_of, placed.unplaced)),
        tuple(_asides(placed, drafted)),
        tuple(_remarks(manuscript, placed, drafted)),
        settled.corrections,
        settled.undecided,
        sum(problem.code in _VALUES and problem.place.file == file for problem in problems),
        tuple(problem for problem in problems if problem.place.file == file),
    )


def read_submission(data: bytes, name: str) -> Manuscript:
    """The manuscript in a file. Raises ReportCardError (UNREADABLE) if there is none."""
    package = opened(data, name)
    if not package.is_word:
        raise unreadable(
            name,
            message("the file is a workbook, not a manuscript."),
            message("To import scores from the workbook, omit --country and --language."),
        )
    manuscript = read_word(package)
    if not manuscript.words():
        raise unreadable(
            name,
            message("the file contains no text."),
            message("If the text is in a picture, type it out."),
        )
    return manuscript


def _checked(
    workspace: Workspace,
    content: Content,
    country: str,
    found: Sequence[Problem],
    *,
    spelling: bool,
) -> tuple[Problem, ...]:
    """What a check will find in a country's card, after what was found when it was read."""
    known = country_waivers(content, country)
    theme = content.edition.model.theme or ""
    styles, _ = read_styles(workspace, len(content.scoreboard.model.dimensions), theme)
    problems = judged(
        (*found, *card_problems(workspace, content, country, styles)), known, Stage.CONTENT
    )
    if spelling:
        problems += judged(spelling_problems(content, country), known, Stage.SPELLING)
    return problems


def _name(content: Content, country: str, language: str) -> str:
    """What a country is called, for a manuscript without a title."""
    if content.scoreboard.model.assessed != "country":
        return values_of(content, country, language).name(country)
    code = content.scores[country].model.country
    tongue = Tongue(language, code, content.edition.model.languages[language])
    return tongue.country_name(tongue.country)


def _is_coming(problem: Problem, pictures: Mapping[str, bytes]) -> bool:
    """Whether a picture is missing that comes with the card."""
    if problem.code != PICTURE_MISSING.code or not isinstance(problem.message, Message):
        return False
    return dict(problem.message.holes).get("file") in pictures


def _labels(content: Content, language: str) -> Mapping[str, str]:
    """What the wording calls tables and figures."""
    labels = content.wordings[language].model.labels
    return {"table": str(labels.table or ""), "figure": str(labels.figure or "")}


def _with_scores(content: Content, country: str) -> tuple[Content, dict[str, bytes]]:
    """The content with scores for the country: a country that the wording names and that has no
    scores yet gets an empty file.
    """
    if country in content.scores:
        return content, {}
    code = country_code(country, content.edition.model.languages)
    if code is None or not any(
        country in wording.model.countries for wording in content.wordings.values()
    ):
        raise ReportCardError(
            message('"{country}" has no folder in content/.', country=country),
            code=ExitCode.USAGE,
            advice=message(
                "Create it with `reportcard new {country}`, then import the manuscript with"
                " --replace.",
                country=country,
            ),
        )
    file = ContentFile(f"content/{country}/scores.yaml", CountryScores)
    data = empty_scores(content, code).encode()
    scores, _ = Shelf().read(file, data)
    assert scores is not None
    return replace(content, scores=MappingProxyType({**content.scores, country: scores})), {
        file.path: data
    }


def _other(content: Content, country: str, language: str) -> Sourced[Card] | None:
    """The country's card in another language: its source language, if that exists."""
    cards = {
        name: card for name, card in content.cards.get(country, {}).items() if name != language
    }
    return cards.get(content.source_language(country)) or next(iter(cards.values()), None)


def _read_back(
    content: Content, drafted: Draft, submission: Submission
) -> tuple[Sourced[Card] | None, tuple[Problem, ...]]:
    """The card as the program's own loader reads it, or None where it cannot be read without
    fault.
    """
    quotes = content.edition.model.languages[submission.language].quotes
    file = ContentFile(submission.file, Card, submission.country, quotes)
    card, found = Shelf().read(file, drafted.text.encode())
    problems = judged(found, {}, Stage.CONTENT)
    return (None if has_errors(problems) else card), problems


# --- every word -----------------------------------------------------------------------------------


def _account(manuscript: Manuscript, placed: Placed, drafted: Draft, card: Sourced[Card]) -> None:
    """Every word of the manuscript is in the card as it was read back, or in what is shared. Raises
    ReportCardError (INTERNAL).
    """
    found = Counter[str]()
    for name, prose in card.prose.items():
        if not (kind_of(name).is_note or kind_of(name) is INSTITUTION):
            found += words(_texts(prose))
            found += words(one.alt for one in prose.exhibits() if isinstance(one, Picture))
    for key in manuscript.notes:
        if key in drafted.notes:
            found += words(_texts(card.prose[f"notes.{drafted.notes[key]}"]))
    for advice in placed.recommendations:
        found += words(
            "".join(_texts(card.prose[f"institutions.{drafted.names.institutions[same(one)]}"]))
            for one in advice.institutions
        )
    found += words(text for _, text in placed.shared)
    found += words(_replaced(placed, card))
    lost = manuscript.words() - found
    lost += words(allowed(one.text) for one in manuscript.all_asides()) - words(
        line for line in drafted.text.split("\n") if line.lstrip().startswith("#")
    )
    if lost:
        raise ReportCardError(
            message(
                "these words from the manuscript would be lost: {words}.", words=tuple(sorted(lost))
            ),
            code=ExitCode.INTERNAL,
            advice=message(
                "Nothing was written. Please report this bug and attach the manuscript."
            ),
        )


def _replaced(placed: Placed, card: Sourced[Card]) -> Iterator[str]:
    """The words of the references that values took the place of, as many as the card has."""
    values = Counter(
        one.name
        for prose in card.prose.values()
        for one in prose.inlines()
        if isinstance(one, Value)
    )
    for _, blocks in placed.texts():
        for run in (part for one in paragraphs_of(blocks) for part in one.inlines):
            name = isinstance(run, ManuscriptRun) and run.value.strip("{} ").partition(" ")[0]
            if isinstance(run, ManuscriptRun) and name and values[name]:
                values[name] -= 1
                yield run.text


def _texts(prose: Prose) -> Iterator[str]:
    """The words of each paragraph, each call a space."""
    for paragraph in prose.paragraphs():
        yield "".join(one.text if isinstance(one, Run) else " " for one in paragraph.inlines)


# --- for people -----------------------------------------------------------------------------------


def _rows(placed: Placed, drafted: Draft) -> Iterator[tuple[str, int, int]]:
    yield "title", int(bool(placed.title)), 0
    yield "authors", len(placed.authors), 0
    for name, blocks in placed.fields.items():
        yield name, len(blocks), _calls(blocks)
    for id_, one in zip(drafted.names.recommendations, placed.recommendations, strict=True):
        yield f"{RECOMMENDATIONS}.{id_}", len(one.text), _calls(one.text)
    yield "institutions", len(set(drafted.names.institutions.values())), 0
    yield "notes", len(set(drafted.notes.values())), 0
    if placed.unplaced:
        yield UNPLACED, len(placed.unplaced), _calls(placed.unplaced)


def _calls(blocks: Sequence[ManuscriptBlock]) -> int:
    return sum(len(one.calls) for one in paragraphs_of(blocks))


def _asides(placed: Placed, drafted: Draft) -> Iterator[tuple[str, Message]]:
    ids = {
        f"{RECOMMENDATIONS}.{number}": f"{RECOMMENDATIONS}.{id_}"
        for number, id_ in enumerate(drafted.names.recommendations)
    }
    yield from ((ids.get(field, field), described(aside)) for field, aside in placed.asides)


def _remarks(manuscript: Manuscript, placed: Placed, drafted: Draft) -> Iterator[Message]:
    yield from manuscript.remarks
    yield from untold(manuscript)
    yield from placed.remarks
    if again := len(drafted.notes) - len(set(drafted.notes.values())):
        yield message(
            "{n} note has the same text as an earlier one and was merged with it.",
            "{n} notes have the same text as earlier ones and were merged with them.",
            n=again,
        )
    for field in drafted.missing:
        if field == "title":
            yield message("the manuscript has no title. The card's name was used instead.")
        else:
            yield message(
                'the manuscript has no text for {field}. "{text}" was inserted instead.',
                field=field,
                text=NOTHING,
            )
    if drafted.names.from_other:
        yield message(
            "the IDs of {fields} were copied from the card in another language.",
            fields=drafted.names.from_other,
        )
