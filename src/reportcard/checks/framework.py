"""Wording, scores and cards speak of just the dimensions and categories that the scoreboard has."""

from collections.abc import Iterable, Iterator
from typing import Final

from reportcard.content.loading import SCOREBOARD, Content
from reportcard.content.tree import Tree
from reportcard.language.locales import is_country, is_language
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.scores.results import TOTAL

FRAMEWORK_ID: Final = Rule(
    "FRAMEWORK-ID",
    Severity.ERROR,
    Stage.CONTENT,
    why="Dimensions and categories share one set of names, and each needs its own.",
)
FRAMEWORK_LETTER: Final = Rule(
    "FRAMEWORK-LETTER",
    Severity.ERROR,
    Stage.CONTENT,
    why="Two categories have the same letter.",
)
FRAMEWORK_MISSING: Final = Rule(
    "FRAMEWORK-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    why="A dimension or category of the scoreboard has no text in this file.",
)
FRAMEWORK_UNKNOWN: Final = Rule(
    "FRAMEWORK-UNKNOWN",
    Severity.ERROR,
    Stage.CONTENT,
    why="A text or score is for a dimension or category that the scoreboard does not have.",
)
SCORE_COUNTRY: Final = Rule(
    "SCORE-COUNTRY",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "A country's code is none of ISO 3166, or a country is named that content/ does not have."
    ),
    wrong="country: XX",
    right="country: PE",
)


def shared(content: Content) -> Iterator[Problem]:
    """Ids and letters told apart, every name given in every language, every score one of a category
    that exists.
    """
    yield from _distinct(content)
    dimensions = content.scoreboard.model.dimensions
    for language in content.edition.model.languages:
        if not is_language(language):
            yield Problem(
                "EDITION-LANGUAGE",
                f"“{language}” is not a language.",
                "Write a code like es or pt-BR.",
                content.edition.tree.key("languages", language),
            )
    for wording in content.wordings.values():
        yield from _same(
            wording.tree, ("dimensions",), wording.model.dimensions, dimensions, "dimension"
        )
        for id_, dimension in wording.model.dimensions.items():
            if id_ in dimensions:
                path = ("dimensions", id_, "categories")
                yield from _same(
                    wording.tree, path, dimension.categories, dimensions[id_].categories, "category"
                )
    for scores in content.scores.values():
        known = content.scoreboard.model.categories
        yield from _unknown(
            scores.tree, ("categories",), scores.model.categories, known, "category"
        )
        yield from _unknown(
            scores.tree,
            ("published", "dimensions"),
            scores.model.published.dimensions,
            dimensions,
            "dimension",
        )
        for key in ("ranks", "ahead"):
            given = getattr(scores.model.published, key)
            yield from _unknown(
                scores.tree, ("published", key), given, (TOTAL, *dimensions), "dimension"
            )
        for key, ahead in scores.model.published.ahead.items():
            for number, country in enumerate(ahead):
                if country not in content.scores:
                    yield Problem(
                        "SCORE-COUNTRY",
                        f"there is no country “{country}” in content/.",
                        "Name the countries by their folders.",
                        scores.tree.at("published", "ahead", key, number),
                    )
        if not is_country(scores.model.country):
            yield Problem(
                "SCORE-COUNTRY",
                f"“{scores.model.country}” is not a country's code.",
                "Write its ISO 3166 code, like PE.",
                scores.tree.at("country"),
            )


def card(content: Content, country: str) -> Iterator[Problem]:
    """Every dimension has its findings in every language of the edition."""
    for sourced in content.cards[country].values():
        yield from _same(
            sourced.tree,
            ("dimensions",),
            sourced.model.dimensions,
            content.scoreboard.model.dimensions,
            "dimension",
        )


def _distinct(content: Content) -> Iterator[Problem]:
    seen: dict[str, str] = {TOTAL: "the total"}
    letters: dict[str, str] = {}
    tree = content.scoreboard.tree
    for id_, dimension in content.scoreboard.model.dimensions.items():
        names = [(id_, ("dimensions", id_))] + [
            (name, ("dimensions", id_, "categories", name)) for name in dimension.categories
        ]
        for name, path in names:
            if name in seen:
                yield Problem(
                    "FRAMEWORK-ID",
                    f"“{name}” already names {seen[name]}.",
                    "Dimensions and categories need names of their own.",
                    tree.key(*path),
                )
            seen[name] = f"“{name}” above"
        for name, category in dimension.categories.items():
            if category.letter in letters:
                yield Problem(
                    "FRAMEWORK-LETTER",
                    f"the letter {category.letter} is that of “{letters[category.letter]}”"
                    " already.",
                    "Give each category its own.",
                    tree.at("dimensions", id_, "categories", name, "letter"),
                )
            letters[category.letter] = name


def _same(
    tree: Tree, path: tuple[str, ...], given: Iterable[str], known: Iterable[str], kind: str
) -> Iterator[Problem]:
    given, known = list(given), list(known)
    yield from _unknown(tree, path, given, known, kind)
    for id_ in known:
        if id_ not in given:
            yield Problem(
                "FRAMEWORK-MISSING",
                f"the {kind} “{id_}” is missing here.",
                f"Add `{id_}:` and its text.",
                tree.key(*path),
            )


def _unknown(
    tree: Tree, path: tuple[str, ...], given: Iterable[str], known: Iterable[str], kind: str
) -> Iterator[Problem]:
    known = list(known)
    for id_ in given:
        if id_ not in known:
            yield Problem(
                "FRAMEWORK-UNKNOWN",
                f"there is no {kind} “{id_}” in {SCOREBOARD}.",
                f"Known are: {', '.join(known)}.",
                tree.key(*path, id_),
            )
