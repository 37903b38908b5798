"""Text of the starter that is left in a workspace of another framework or other organizations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar
from unicodedata import normalize

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.framework import Scoreboard
from reportcard.content.loading import EDITION, SCOREBOARD, Content
from reportcard.content.model import Edition
from reportcard.content.scalars import Frozen
from reportcard.content.shelf import ContentFile, Shelf, Sourced
from reportcard.content.wording import Wording
from reportcard.language.packs import pack
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.workspace.starter import starter_folder

FRAMEWORK_COUNT: Final = Rule(
    "FRAMEWORK-COUNT",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "dimensions": (
            'the text says "{words}", but the scoreboard has {n} dimensions.',
            "Correct the number, or change content/scoreboard.yaml.",
        ),
        "categories": (
            'the text says "{words}", but the scoreboard has {n} categories.',
            "Correct the number, or change content/scoreboard.yaml.",
        ),
    },
    why=(
        "The shared wording gives the number of dimensions and categories. In a framework of "
        "your own, these numbers will differ from those in the starter."
    ),
    wrong="introduction: |\n  Fifteen categories in three dimensions make up the total.",
    right="introduction: |\n  Twelve categories in four dimensions make up the total.",
    is_waivable=True,
)
STARTER_TEXT: Final = Rule(
    "STARTER-TEXT",
    Severity.WARNING,
    Stage.CONTENT,
    cases={
        "subject": (
            'this sentence about "{word}" comes from the starter text.',
            "Write about the subject of your own scoreboard, or delete the sentence.",
        ),
        "demonstration": (
            "this sentence from the starter text calls the publication a demonstration.",
            "Write your own sentence, or delete this one.",
        ),
        "organisation": (
            ('the organization "{name}" from the starter text is not in content/edition.yaml.'),
            "Delete the name here, or add it to content/edition.yaml.",
        ),
    },
    why=(
        "A new workspace starts with the wording of the Amazon scoreboard. If you use another "
        "framework or other organizations, sentences that mention gold mining or call the "
        "publication a demonstration will not be true."
    ),
    wrong="notice: |\n  This is a demonstration.",
    right="notice: |\n  Published by the Blue Delta Alliance.",
    is_waivable=True,
)

M = TypeVar("M", bound=Frozen)

#: What the starter is about, and what it calls itself, by the language of its wording.
_SUBJECT: Final = {
    "en": re.compile(r"\b(?:gold|min(?:ing|ers?|erals?)|ASGM|mercury|Amazon)\b", re.IGNORECASE),
    "es": re.compile(
        r"\b(?:oro|aurífer[ao]s?|miner[íi]as?|miner[ao]s?|minerales|MAPE|mercurio|Amazonía"
        r"|amazónic[ao]s?)\b",
        re.IGNORECASE,
    ),
}
_DEMONSTRATION: Final = {
    "en": re.compile(r"\b(?:demonstration|placeholders)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:demostración|valores de relleno)\b", re.IGNORECASE),
}
_SENTENCE: Final = re.compile(r"\S(?:[^.!?;]|[.!?;](?!\s|$))*[.!?;]?")


@dataclass(frozen=True)
class _Starter:
    """What the starter says: names of its framework and organizations, sentences by language."""

    framework: frozenset[str]
    organisations: tuple[str, ...]
    sentences: dict[str, frozenset[str]]


def shared(content: Content) -> Iterator[Problem]:
    """Sentences and names of the starter in the wording, and numbers of dimensions and categories
    that are not the scoreboard's. Nothing while framework and organizations are the starter's.

    A framework that shares a dimension or category with the starter's is about the same subject.
    """
    starter = _starter()
    if starter is None:
        return
    own = {str(one.name) for one in content.edition.model.organisations.values()}
    ids = _ids(content.scoreboard.model)
    is_other_subject = ids.isdisjoint(starter.framework)
    is_other_house = bool(own) and own.isdisjoint(starter.organisations)
    for language, wording in content.wordings.items():
        if ids == starter.framework and not is_other_house:
            return
        for passage in passages(wording, language):
            if ids != starter.framework:
                yield from _counts(content.scoreboard.model, passage)
            if is_other_subject or is_other_house:
                yield from _sentences(starter, passage, is_other_subject=is_other_subject)
                yield from _organisations(starter, own, passage)


def _sentences(
    starter: _Starter, passage: PlainPassage, *, is_other_subject: bool
) -> Iterator[Problem]:
    """The first sentence of a passage that is the starter's and not about this publication."""
    code = passage.language.partition("-")[0]
    known = starter.sentences.get(code, frozenset())
    if code not in _SUBJECT:
        return
    for sentence in _SENTENCE.finditer(passage.text):
        if _folded(sentence[0]) not in known:
            continue
        if _DEMONSTRATION[code].search(sentence[0]):
            yield passage.problem(STARTER_TEXT, "demonstration", offset=sentence.start())
            return
        if is_other_subject and (word := _SUBJECT[code].search(sentence[0])):
            at = sentence.start() + word.start()
            yield passage.problem(STARTER_TEXT, "subject", offset=at, word=word[0])
            return


def _organisations(starter: _Starter, own: set[str], passage: PlainPassage) -> Iterator[Problem]:
    for name in starter.organisations:
        if name not in own and (match := re.search(rf"\b{re.escape(name)}\b", passage.text)):
            yield passage.problem(STARTER_TEXT, "organisation", offset=match.start(), name=name)


def _counts(scoreboard: Scoreboard, passage: PlainPassage) -> Iterator[Problem]:
    """Numbers of dimensions, and of categories in all or in one dimension, that none has."""
    known = pack(passage.language)
    words = known.framework if known else None
    if words is None:
        return
    numbers = {word: value for value, word in enumerate(words.numbers, start=1)}
    number = rf"\b(?P<number>\d{{1,2}}|{'|'.join(sorted(numbers, key=len, reverse=True))})"
    of_dimension = {len(one.categories) for one in scoreboard.dimensions.values()}
    for case, pattern, right in (
        ("dimensions", words.dimensions, {len(scoreboard.dimensions)}),
        ("categories", words.categories, {len(scoreboard.categories), *of_dimension}),
    ):
        for match in re.finditer(rf"{number} (?:{pattern})", passage.own, re.IGNORECASE):
            typed = match["number"].lower()
            value = int(typed) if typed.isdigit() else numbers[typed]
            before = passage.own[: match.start()].rstrip()
            if (
                value > 1
                and value not in right
                and not re.search(rf"(?:{words.part})$", before, re.IGNORECASE)
            ):
                n = len(scoreboard.dimensions if case == "dimensions" else scoreboard.categories)
                yield passage.problem(
                    FRAMEWORK_COUNT, case, offset=match.start(), words=match[0], n=n
                )


@cache
def _starter() -> _Starter | None:
    """The starter, or None where the program lies without it."""
    board = _read(ContentFile(SCOREBOARD, Scoreboard))
    edition = _read(ContentFile(EDITION, Edition))
    if board is None or edition is None:
        return None
    sentences = {}
    for language, house in edition.model.languages.items():
        file = ContentFile(f"content/wording/{language}.yaml", Wording, "wording", house.quotes)
        wording = _read(file)
        sentences[language] = frozenset(
            _folded(sentence)
            for passage in (passages(wording, language) if wording else ())
            for sentence in _SENTENCE.findall(passage.text)
        )
    names = tuple(str(one.name) for one in edition.model.organisations.values())
    return _Starter(_ids(board.model), names, sentences)


def _read(file: ContentFile[M]) -> Sourced[M] | None:
    """A file of the starter; None if it is not there or not sound."""
    try:
        data = (starter_folder() / file.path).read_bytes()
    except OSError:
        return None
    return Shelf().read(file, data)[0]


def _ids(scoreboard: Scoreboard) -> frozenset[str]:
    return frozenset((*scoreboard.dimensions, *scoreboard.categories))


def _folded(sentence: str) -> str:
    """A sentence without what a house sets otherwise: quotation marks, spaces, capitals."""
    letters = normalize("NFKC", re.sub("[«»“”„‘’‹›\"']", "", sentence))
    return " ".join(letters.split()).casefold().rstrip(".")
