"""Scores lie within their scale, and what was published agrees with what is computed."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from reportcard.content.loading import Content
from reportcard.content.model import CountryScores
from reportcard.content.shelf import Sourced
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.scores.results import TOTAL, Results, results, shown

SCORE_RANGE: Final = Rule(
    "SCORE-RANGE",
    Severity.ERROR,
    Stage.CONTENT,
    why="A score lies between 0 and the scoreboard's maximum.",
    wrong="ownership: 1.3",
    right="ownership: 0.3",
    is_waivable=True,
)
SCORE_TWICE: Final = Rule(
    "SCORE-TWICE",
    Severity.ERROR,
    Stage.CONTENT,
    why="A category has a score and criteria. The mean of the criteria is the score.",
    is_waivable=True,
)
SCORE_CRITERION: Final = Rule(
    "SCORE-CRITERION",
    Severity.ERROR,
    Stage.CONTENT,
    why="A criterion is not one of the category's, or one of the category's has no score.",
    is_waivable=True,
)
SCORE_PUBLISHED: Final = Rule(
    "SCORE-PUBLISHED",
    Severity.ERROR,
    Stage.CONTENT,
    why="The published score differs from the one computed from the categories.",
    is_waivable=True,
)
SCORE_RANK: Final = Rule(
    "SCORE-RANK",
    Severity.ERROR,
    Stage.CONTENT,
    why="The published rank differs from the one computed from the scores.",
    is_waivable=True,
)
SCORE_AHEAD: Final = Rule(
    "SCORE-AHEAD",
    Severity.ERROR,
    Stage.CONTENT,
    why="The countries stated as ahead are not those that are, or not as many as the rank says.",
    is_waivable=True,
)


def check(content: Content) -> Iterator[Problem]:
    """All rules on every country's scores."""
    found = results(
        content.scoreboard.model, {name: sourced.model for name, sourced in content.scores.items()}
    )
    for country, sourced in content.scores.items():
        yield from _within_scale(content, sourced)
        yield from _criteria_known(content, sourced)
        yield from _scores_agree(found, country, sourced)
        yield from _ranks_agree(found, country, sourced)


def _within_scale(content: Content, sourced: Sourced[CountryScores]) -> Iterator[Problem]:
    most = content.scoreboard.model.category_maximum
    limit = f"{float(most):g}"
    for id_, category in sourced.model.categories.items():
        given: list[tuple[tuple[str, ...], Fraction]] = [
            (("categories", id_, "criteria", name), score)
            for name, score in category.criteria.items()
        ]
        if category.score is not None:
            given.append((("categories", id_, "score"), category.score))
        for path, score in given:
            if score > most:
                place = sourced.tree.at(*path)
                yield Problem(
                    "SCORE-RANGE",
                    f"the score of “{id_}” is over the maximum of {limit}.",
                    f"Write a score from 0 to {limit}.",
                    place,
                )
        if category.criteria and category.score is not None:
            yield Problem(
                "SCORE-TWICE",
                f"“{id_}” has a score and criteria.",
                "Keep one: the mean of the criteria is the score.",
                sourced.tree.at("categories", id_, "score"),
            )
    dimensions = content.scoreboard.model.dimensions
    maxima = {id_: most * len(dimension.categories) for id_, dimension in dimensions.items()}
    maxima[TOTAL] = sum(maxima.values(), Fraction(0))
    published = sourced.model.published
    stated: dict[tuple[str, ...], tuple[str, Fraction]] = {
        ("published", "dimensions", id_): (id_, score)
        for id_, score in published.dimensions.items()
    }
    if published.total is not None:
        stated[("published", "total")] = (TOTAL, published.total)
    for path, (id_, score) in stated.items():
        if id_ in maxima and score > maxima[id_]:
            yield Problem(
                "SCORE-RANGE",
                f"the published score of “{id_}” is over the maximum of {float(maxima[id_]):g}.",
                "Look it up again.",
                sourced.tree.at(*path),
            )


def _criteria_known(content: Content, sourced: Sourced[CountryScores]) -> Iterator[Problem]:
    for id_, category in sourced.model.categories.items():
        known = (
            content.scoreboard.model.categories[id_].criteria
            if id_ in content.scoreboard.model.categories
            else ()
        )
        for name in category.criteria:
            if name not in known:
                yield Problem(
                    "SCORE-CRITERION",
                    f"“{name}” is not a criterion of “{id_}”.",
                    "Add it in content/scoreboard.yaml, or mend its name.",
                    sourced.tree.key("categories", id_, "criteria", name),
                )
        for name in known:
            if category.criteria and name not in category.criteria:
                yield Problem(
                    "SCORE-CRITERION",
                    f"the criterion “{name}” of “{id_}” has no score.",
                    "A mean needs all of them.",
                    sourced.tree.key("categories", id_, "criteria"),
                )


def _scores_agree(
    found: Results, country: str, sourced: Sourced[CountryScores]
) -> Iterator[Problem]:
    published = sourced.model.published
    stated = dict(published.dimensions) | (
        {TOTAL: published.total} if published.total is not None else {}
    )
    for key, score in stated.items():
        if key not in found[country].computed or shown(score) == found[country].scores[key].shown:
            continue
        path = ("published", "total") if key == TOTAL else ("published", "dimensions", key)
        yield Problem(
            "SCORE-PUBLISHED",
            f"the category scores of {country} make {found[country].scores[key].shown}, but"
            f" {shown(score)} is stated as published ({key}).",
            "Mend the category score that is wrong, or the published one.",
            sourced.tree.at(*path),
        )


def _ranks_agree(
    found: Results, country: str, sourced: Sourced[CountryScores]
) -> Iterator[Problem]:
    published = sourced.model.published
    for key, rank in published.ranks.items():
        computed = found[country].ranks.get(key)
        if computed is not None and computed != rank:
            yield Problem(
                "SCORE-RANK",
                f"{country} ranks {computed} by the scores ({key}), but {rank} is stated as"
                " published.",
                "Mend the scores or the rank.",
                sourced.tree.at("published", "ranks", key),
            )
    for key, ahead in published.ahead.items():
        computed_ahead = found[country].ahead.get(key, ())
        place = found[country].ranks.get(key)
        if tuple(ahead) != computed_ahead:
            yield Problem(
                "SCORE-AHEAD",
                f"ahead of {country} ({key}) are {', '.join(computed_ahead) or 'none'} by the"
                " scores.",
                "Mend the list or the scores.",
                sourced.tree.at("published", "ahead", key),
            )
        elif place is not None and len(ahead) + 1 != place:
            yield Problem(
                "SCORE-AHEAD",
                f"{len(ahead)} countries are said to be ahead of {country} ({key}), but its rank is"
                f" {place}.",
                "Mend the list or the rank.",
                sourced.tree.at("published", "ahead", key),
            )
