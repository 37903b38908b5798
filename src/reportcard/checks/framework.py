"""Wording, scores and cards have the dimensions and categories of the scoreboard and no others."""

from collections.abc import Iterable, Iterator
from typing import Final

from reportcard.content.loading import Content
from reportcard.content.rules import EDITION_LANGUAGE
from reportcard.content.tree import Tree
from reportcard.language.locales import is_country, is_language
from reportcard.messages.message import message
from reportcard.page.gauges import gauge_forms
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.scores.results import TOTAL
from reportcard.workspace.media import added_editions

FRAMEWORK_ID: Final = Rule(
    "FRAMEWORK-ID",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "total": ('"{name}" is reserved for the total score.', "Choose another name."),
        "twice": (
            '"{name}" is already used for another dimension or category.',
            "Choose another name.",
        ),
    },
    why="Every dimension and category must have a unique name.",
)
FRAMEWORK_LETTER: Final = Rule(
    "FRAMEWORK-LETTER",
    Severity.ERROR,
    Stage.CONTENT,
    message='the letter {letter} is already used for "{category}".',
    advice="Choose another letter.",
    why="Two categories have the same letter.",
)
FRAMEWORK_MISSING: Final = Rule(
    "FRAMEWORK-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "dimension": ('the dimension "{name}" is missing.', "Add `{name}:` with its text."),
        "category": ('the category "{name}" is missing.', "Add `{name}:` with its text."),
    },
    why="A dimension or category in the scoreboard has no text in this file.",
)
FRAMEWORK_UNKNOWN: Final = Rule(
    "FRAMEWORK-UNKNOWN",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "dimension": (
            'unknown dimension "{name}".',
            "Use a name from content/scoreboard.yaml: {known}.",
        ),
        "category": (
            'unknown category "{name}".',
            "Use a name from content/scoreboard.yaml: {known}.",
        ),
    },
    why=("There is text or a score for a dimension or category that is not in the scoreboard."),
)
EDITION_ADDED: Final = Rule(
    "EDITION-ADDED",
    Severity.ERROR,
    Stage.CONTENT,
    message='no installed package adds the edition "{name}".',
    advice=(
        "Delete it, or install the package that adds it. Editions available from packages: {known}."
    ),
    why=(
        "A release contains the screen, print and archive editions. It can also "
        "include editions added by packages."
    ),
)
EDITION_REVIEWERS: Final = Rule(
    "EDITION-REVIEWERS",
    Severity.ERROR,
    Stage.CONTENT,
    message="`quorum` is {quorum}, but the number of `reviewers` is {count}.",
    advice="Name more reviewers, or reduce `quorum`.",
    why=(
        "A release counts the sign-offs of the reviewers named in the edition. It cannot reach a "
        "quorum larger than their number."
    ),
)
EDITION_GAUGE: Final = Rule(
    "EDITION-GAUGE",
    Severity.ERROR,
    Stage.CONTENT,
    message='unknown gauge shape "{name}".',
    advice="Choose from: {known}.",
    why=(
        "The edition specifies an unknown gauge shape. The program draws half rings; "
        "packages can add other shapes."
    ),
    wrong="gauge: ring",
    right="gauge: half-ring",
)
SCORE_COUNTRY: Final = Rule(
    "SCORE-COUNTRY",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "folder": (
            "there is no folder content/{country}.",
            "Use the name of a folder in content/.",
        ),
        "code": (
            '"{country}" is not a country code.',
            "Use the country's ISO 3166 code, such as PE.",
        ),
        "missing": (
            'there is no country code for "{country}".',
            (
                'Enter its ISO 3166 code, such as "country: PE". If the scoreboard does not assess '
                'countries, enter "assessed: other" in content/scoreboard.yaml.'
            ),
        ),
        "name": (
            'there is no name for "{country}" in this language.',
            'Add "{country}" with its name under "countries".',
        ),
        "twice": (
            'the country code {country} already belongs to "{other}".',
            "Correct the code of one of the two countries.",
        ),
    },
    why=(
        "A country code is missing, is not in ISO 3166, or belongs to two countries. Or a country "
        "has no folder in content/. A unit that is not a country needs a name in every language."
    ),
    wrong="country: XX",
    right="country: PE",
)


def shared(content: Content) -> Iterator[Problem]:
    """Faults of the scoreboard's names and letters, of the wording's dimensions and categories in
    each language, and of what the scores belong to.
    """
    yield from _distinct(content)
    yield from _edition(content)
    dimensions = content.scoreboard.model.dimensions
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
        for year, earlier in scores.model.earlier.items():
            yield from _unknown(
                scores.tree, ("earlier", year), earlier, (TOTAL, *dimensions), "dimension"
            )
        for key, ahead in scores.model.published.ahead.items():
            for number, country in enumerate(ahead):
                if country not in content.scores:
                    place = scores.tree.at("published", "ahead", key, number)
                    yield SCORE_COUNTRY.at(place, "folder", country=country)
    yield from _codes(content)


def card(content: Content, country: str) -> Iterator[Problem]:
    """Dimensions whose findings are missing in a language of the card, and unknown ones."""
    for sourced in content.cards[country].values():
        yield from _same(
            sourced.tree,
            ("dimensions",),
            sourced.model.dimensions,
            content.scoreboard.model.dimensions,
            "dimension",
        )


def _edition(content: Content) -> Iterator[Problem]:
    """Languages that nobody has, a quorum that nobody reaches, and a gauge that nothing draws."""
    tree, edition = content.edition.tree, content.edition.model
    for language in edition.languages:
        if not is_language(language):
            place = tree.key("languages", language)
            yield EDITION_LANGUAGE.at(place, "unknown", language=language)
    added = added_editions()
    for number, name in enumerate(edition.release.editions):
        if name not in added:
            place = tree.at("release", "editions", number)
            yield EDITION_ADDED.at(place, name=name, known=added or message("none"))
    quorum, count = edition.release.quorum or 0, len(edition.release.reviewers)
    if quorum > count:
        yield EDITION_REVIEWERS.at(tree.at("release", "quorum"), quorum=quorum, count=count)
    forms = gauge_forms()
    if edition.gauge not in forms:
        yield EDITION_GAUGE.at(tree.at("gauge"), name=edition.gauge, known=tuple(sorted(forms)))


def _codes(content: Content) -> Iterator[Problem]:
    """Country codes that do not exist, or that two folders have; names that are missing where
    countries are not what is assessed.
    """
    are_countries = content.scoreboard.model.assessed == "country"
    owners: dict[str, str] = {}
    for folder, scores in content.scores.items():
        code = scores.model.country
        place = scores.tree.at("country")
        if not code and are_countries:
            yield SCORE_COUNTRY.at(place, "missing", country=folder)
        elif code and not is_country(code):
            yield SCORE_COUNTRY.at(place, "code", country=code)
        elif are_countries and owners.setdefault(code, folder) != folder:
            yield SCORE_COUNTRY.at(place, "twice", country=code, other=owners[code])
        for wording in content.wordings.values():
            if not are_countries and folder not in wording.model.countries:
                yield SCORE_COUNTRY.at(wording.tree.key("countries"), "name", country=folder)


def _distinct(content: Content) -> Iterator[Problem]:
    seen = {TOTAL}
    letters: dict[str, str] = {}
    tree = content.scoreboard.tree
    for id_, dimension in content.scoreboard.model.dimensions.items():
        names = [(id_, ("dimensions", id_))] + [
            (name, ("dimensions", id_, "categories", name)) for name in dimension.categories
        ]
        for name, path in names:
            if name in seen:
                case = "total" if name == TOTAL else "twice"
                yield FRAMEWORK_ID.at(tree.key(*path), case, name=name)
            seen.add(name)
        for name, category in dimension.categories.items():
            if category.letter in letters:
                yield FRAMEWORK_LETTER.at(
                    tree.at("dimensions", id_, "categories", name, "letter"),
                    letter=category.letter,
                    category=letters[category.letter],
                )
            letters[category.letter] = name


def _same(
    tree: Tree, path: tuple[str, ...], given: Iterable[str], known: Iterable[str], kind: str
) -> Iterator[Problem]:
    given, known = list(given), list(known)
    yield from _unknown(tree, path, given, known, kind)
    for id_ in known:
        if id_ not in given:
            yield FRAMEWORK_MISSING.at(tree.key(*path), kind, name=id_)


def _unknown(
    tree: Tree, path: tuple[str, ...], given: Iterable[str], known: Iterable[str], kind: str
) -> Iterator[Problem]:
    known = tuple(known)
    for id_ in given:
        if id_ not in known:
            yield FRAMEWORK_UNKNOWN.at(tree.key(*path, id_), kind, name=id_, known=known)
