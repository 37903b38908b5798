"""The questions of `init`: what its options leave out of a new workspace is asked for on a
terminal.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

import typer

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.workspace.starter import STARTER_THEME

if TYPE_CHECKING:
    from reportcard.build.plan import NamedDimension

T = TypeVar("T")

#: The answers to the question for the formula, and what each is called in the reader's language.
_FORMULAS: Final[Mapping[str, Message]] = {
    "sum": message("sum"),
    "mean": message("mean"),
    "weighted": message("weighted mean"),
}
#: Which scores are better.
_DIRECTIONS: Final[Mapping[str, Message]] = {
    "higher": message("higher"),
    "lower": message("lower"),
}
#: The page sizes, by the theme of the program that has each.
_PAGES: Final[Mapping[str, Message]] = {
    STARTER_THEME: message("A4"),
    "atlas": message("Letter"),
}
#: The most decimal places that a score can have.
_MOST_DECIMALS: Final = 3


@dataclass(slots=True)
class Answers:
    """What is known of the new workspace: by options, then by questions. What is empty, or None, is
    not known; what is assessed is typed as `basin/basins`, in another language as
    `es=cuenca/cuencas`.
    """

    programme: str
    organisations: list[str]
    languages: list[str]
    units: list[str]
    dimensions: "list[NamedDimension]"
    formula: str
    maximum: str
    out_of: str
    decimals: int | None
    is_lower_better: bool
    colour: str
    theme: str
    cards: list[str]
    scored: list[str]


def ask(answers: Answers) -> None:
    """Asks for what is missing, everything if the name or the dimensions are; a wrong answer is
    asked for again. Without a terminal, raises ReportCardError (USAGE) if one of the two is
    missing.
    """
    is_begun = bool(answers.programme and answers.dimensions)
    if not is_on_terminal():
        if not is_begun:
            raise ReportCardError(
                message("the index's name and dimensions are required."),
                code=ExitCode.USAGE,
                advice=message(
                    "Add --programme and --dimension, or copy the demonstration with "
                    "--example peru."
                ),
            )
        return
    if not is_begun:
        _ask_index(answers)
        _ask_dimensions(answers)
        _ask_scale(answers)
        _ask_colour(answers)
        answers.theme = answers.theme or _chosen(message("Page size"), _PAGES)
    if not answers.cards:

        def of(typed: str) -> list[str]:
            return _names(typed, answers)

        question = message("Cards to start with, separated by commas")
        answers.cards = _until_right(question, "", of)
        if not answers.scored:
            question = message("Other countries or units with only scores, separated by commas")
            answers.scored = _until_right(question, "", of)


def is_on_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask_index(answers: Answers) -> None:
    answers.programme = answers.programme or _asked(message("Name of the index"))
    if not answers.organisations:
        answers.organisations = _several(message("Organizations, separated by commas"))
    if not answers.languages:
        answers.languages = _until_right(
            message('Languages, such as "en, es"; the first is the source'), "en", _languages
        )
    if not answers.units:
        unit = _asked(message("What is assessed, if not countries (for example, basin/basins)"), "")
        answers.units = [_with_plural(unit)] if unit else []
    worded = {one.partition("=")[0] for one in answers.units if "=" in one}
    for language in answers.languages[1:] if answers.units else ():
        if language not in worded:
            unit = _asked(
                message(
                    'What is assessed, in the language "{language}" (for example, {example})',
                    language=language,
                    example="cuenca/cuencas",
                ),
                "",
            )
            answers.units += [f"{language}={_with_plural(unit)}"] if unit else []


def _with_plural(unit: str) -> str:
    """What is assessed, one and many: what was not typed of `basin/basins` is asked for."""
    one, _, many = (part.strip() for part in unit.partition("/"))
    while not many:
        many = _asked(message('The plural of "{text}"', text=one))
    return f"{one}/{many}"


def _ask_dimensions(answers: Answers) -> None:
    from reportcard.build.plan import named_dimension

    if not answers.dimensions:
        question = message('A dimension and its categories, such as "Water: Quality; Access"')
        more = message("Another dimension and its categories, or nothing to go on")
        while not answers.dimensions:
            answers.dimensions += _until_empty(question, more, named_dimension)
    for language in answers.languages[1:]:
        for at, one in enumerate(answers.dimensions):
            if language not in one.names and not any(
                language in each.names for each in one.categories
            ):
                answers.dimensions[at] = _named(one, language)


def _named(dimension: "NamedDimension", language: str) -> "NamedDimension":
    """A dimension with its names in another language; without an answer, they stay as they are."""
    from reportcard.build.plan import named_dimension

    def of(typed: str) -> "NamedDimension":
        if not typed:
            return dimension
        other = named_dimension(typed)
        if len(other.categories) != len(dimension.categories):
            raise ReportCardError(
                message(
                    "Enter the same number of categories ({count}), in the same order.",
                    count=len(dimension.categories),
                ),
                code=ExitCode.USAGE,
            )
        return dimension.with_names(language, other)

    question = message(
        '"{text}" in the language "{language}"', text=dimension.typed(), language=language
    )
    return _until_right(question, "", of)


def _ask_scale(answers: Answers) -> None:
    from reportcard.build.plan import positive

    if not answers.maximum:
        answers.maximum = _until_right(
            message("Highest possible score for a category"), "1", positive
        )
    if answers.decimals is None:
        answers.decimals = _until_right(
            message("Decimal places to print, from 0 to {most}", most=_MOST_DECIMALS),
            "1",
            _decimals,
        )
    if not answers.formula:
        if any(one.weights for one in answers.dimensions):
            answers.formula = "weighted"
        else:
            answers.formula = _chosen(message("How scores are combined"), _FORMULAS)
            if answers.formula == "weighted":
                answers.dimensions = [_weighted(one) for one in answers.dimensions]
    if not answers.out_of and answers.formula != "sum":
        answers.out_of = _until_right(
            message("Highest possible score for dimensions and the total"),
            answers.maximum,
            positive,
        )
    if not answers.is_lower_better:
        better = _chosen(message("Which scores are better"), _DIRECTIONS)
        answers.is_lower_better = better == "lower"


def _ask_colour(answers: Answers) -> None:
    from reportcard.build.beginning import coloured

    def of(typed: str) -> str:
        if typed:
            coloured("", typed, 0)
        return typed

    if not answers.colour:
        answers.colour = _until_right(
            message("Main color, such as #12372a, if not the theme's"), "", of
        )


def _weighted(dimension: "NamedDimension") -> "NamedDimension":
    """A dimension with weights: its own, and those of its categories if it has several."""
    own = _weight(dimension.name)
    categories = dimension.categories
    if len(categories) > 1:
        categories = tuple(
            replace(one, weight=_weight(f"{dimension.name}: {one.name}")) for one in categories
        )
    return replace(dimension, weight=own, categories=categories)


def _weight(name: str) -> str:
    from reportcard.build.plan import positive

    return _until_right(message('Weight of "{name}"', name=name), "1", positive)


def _names(typed: str, answers: Answers) -> list[str]:
    """The names of cards, each of which can be begun."""
    from reportcard.build.starter import refuse_unnamed

    names = _listed(typed)
    for name in names:
        refuse_unnamed(name, answers.languages or ["en"], of_country=not answers.units)
    return names


def _languages(typed: str) -> list[str]:
    from reportcard.language.locales import is_language

    found = _listed(typed)
    for one in found:
        if not is_language(one):
            raise ReportCardError(
                message('"{code}" is not a language code such as "es" or "pt-BR".', code=one),
                code=ExitCode.USAGE,
            )
    return found


def _decimals(typed: str) -> int:
    if not typed.isdecimal() or int(typed) > _MOST_DECIMALS:
        raise ReportCardError(
            message("Enter a number from 0 to {most}.", most=_MOST_DECIMALS), code=ExitCode.USAGE
        )
    return int(typed)


def _chosen(question: Message, choices: Mapping[str, Message]) -> str:
    """One of some answers, in the reader's language or as an option has it; the first without an
    answer.
    """
    named = {key: str(words) for key, words in choices.items()}

    def of(typed: str) -> str:
        wanted = typed.casefold()
        for key, words in named.items():
            if wanted in (key, words.casefold()):
                return key
        raise ReportCardError(
            message("Enter one of: {values}.", values=tuple(named.values())), code=ExitCode.USAGE
        )

    listed = message(
        "{question} ({answers})", question=str(question), answers=", ".join(named.values())
    )
    return _until_right(listed, next(iter(named.values())), of)


def _until_right(question: Message, default: str, read: Callable[[str], T]) -> T:
    """What an answer means, asked for again for as long as it cannot be read."""
    while True:
        try:
            return read(_asked(question, default))
        except ReportCardError as error:
            typer.echo(f"{error.message} {error.advice}".rstrip(), err=True)


def _until_empty(question: Message, more: Message, read: Callable[[str], T]) -> list[T]:
    """What several answers mean, until one is empty; the question for each after the first says
    that it may be.
    """
    found: list[T] = []
    while one := _until_right(
        more if found else question, "", lambda typed: read(typed) if typed else None
    ):
        found.append(one)
    return found


def _asked(question: Message, default: str | None = None) -> str:
    answer: str = typer.prompt(str(question), default=default, err=True, show_default=bool(default))
    return answer.strip()


def _several(question: Message, default: str = "") -> list[str]:
    return _listed(_asked(question, default))


def _listed(typed: str) -> list[str]:
    return [one.strip() for one in typed.split(",") if one.strip()]
