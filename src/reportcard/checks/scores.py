"""Scores are within their scale, and what was published agrees with what is computed."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final

from reportcard.content.framework import Scoreboard
from reportcard.content.loading import Content
from reportcard.content.model import CountryScores
from reportcard.content.shelf import Sourced
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.scores.formula import Scale, combination, scales
from reportcard.scores.results import TOTAL, Results, category_score, results

SCORE_RANGE: Final = Rule(
    "SCORE-RANGE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "category": (
            'the score for "{name}" is above the maximum of {maximum}.',
            "Enter a score from 0 to {maximum}.",
        ),
        "published": (
            'the published score for "{name}" is above the maximum of {maximum}.',
            "Check the score against the publication.",
        ),
    },
    why="A score must be between 0 and the maximum set in the scoreboard.",
    wrong="ownership: 1.3",
    right="ownership: 0.3",
)
SCORE_FORMULA: Final = Rule(
    "SCORE-FORMULA",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "none": (
            "the maximum score for a category is missing.",
            'Enter it in points, for example: "category: {maximum: 1}".',
        ),
        "twice": (
            "the maximum score for a category is given twice.",
            'Delete "category_maximum".',
        ),
        "maximum": (
            'the scores that make up "{level}" have different maximums.',
            'Enter a "maximum" for "{level}": the highest score the mean can reach.',
        ),
        "weight": (
            'the weight of "{name}" has no effect: "{level}" does not use weights.',
            'Delete the weight, or enter "combine: weighted" for "{level}".',
        ),
        "bands": (
            'the bands of "{level}" are not in order.',
            'List them from lowest to highest. Give all but the last a "to" below {maximum}.',
        ),
        "band": (
            'the band "{band}" has no name in this language.',
            'Add it under "bands".',
        ),
    },
    why=(
        "How scores are combined must be clear: a maximum for each level, weights only where they "
        "count, and bands in order, with a name in every language."
    ),
    wrong="dimension: {combine: mean}   # of categories that have different maximums",
    right="dimension: {combine: mean, maximum: 100}",
)
SCORE_TWICE: Final = Rule(
    "SCORE-TWICE",
    Severity.ERROR,
    Stage.CONTENT,
    message='"{category}" has both a score and criteria.',
    advice=(
        "Delete either the score or the criteria. If there are criteria, the score is computed "
        "from them."
    ),
    why="A category has both a score and criteria. Its score is the mean of the criteria.",
)
SCORE_CRITERION: Final = Rule(
    "SCORE-CRITERION",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "unknown": (
            'unknown criterion "{criterion}" in "{category}".',
            "Correct the name, or add it in content/scoreboard.yaml.",
        ),
        "missing": (
            'the criterion "{criterion}" of "{category}" has no score.',
            "Add the score: the mean requires a score for every criterion.",
        ),
    },
    why=(
        "A criterion does not belong to the category, or one of the category's "
        "criteria has no score."
    ),
)
SCORE_PUBLISHED: Final = Rule(
    "SCORE-PUBLISHED",
    Severity.ERROR,
    Stage.CONTENT,
    message=(
        'the published score for "{name}" is {published}, but the score computed from the '
        "categories is {computed}."
    ),
    advice="Correct the published score, or the category scores.",
    why="The published score differs from the one computed from the categories.",
)
SCORE_RANK: Final = Rule(
    "SCORE-RANK",
    Severity.ERROR,
    Stage.CONTENT,
    message=(
        'the published rank in "{name}" is {published}, but according to the scores it '
        "is {computed}."
    ),
    advice="Correct the rank or the scores.",
    why="The published rank differs from the one computed from the scores.",
)
SCORE_AHEAD: Final = Rule(
    "SCORE-AHEAD",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "others": (
            'according to the scores, these are ahead in "{name}": {countries}.',
            "Correct the list or the scores.",
        ),
        "none": (
            'according to the scores, no one is ahead in "{name}".',
            "Clear the list, or correct the scores.",
        ),
        "count": (
            ('the rank in "{name}" is {rank}, but the list of those ahead has {listed}.'),
            "Correct the list or the rank.",
        ),
    },
    why=(
        "The list of those ahead does not match the scores, or its length does not match the rank."
    ),
)


def check(content: Content) -> Iterator[Problem]:
    """All rules on every country's scores."""
    found = results(
        content.scoreboard.model, {name: sourced.model for name, sourced in content.scores.items()}
    )
    yield from _formulas_clear(content)
    for country, sourced in content.scores.items():
        yield from _within_scale(content, sourced)
        yield from _criteria_known(content, sourced)
        yield from _scores_agree(found, country, sourced)
        yield from _ranks_agree(found, country, sourced)


def _formulas_clear(content: Content) -> Iterator[Problem]:
    """Maxima that are not given or given twice, weights without effect, bands out of order."""
    board, tree = content.scoreboard.model, content.scoreboard.tree
    if board.category_maximum is None and board.category.maximum is None:
        yield SCORE_FORMULA.at(tree.key("dimensions"), "none")
    elif board.category_maximum is not None and board.category.maximum is not None:
        yield SCORE_FORMULA.at(tree.at("category_maximum"), "twice")
    found = scales(board)
    maxima = {scale.maximum for scale in found.dimensions.values()}
    if combination(board.total) != "sum" and board.total.maximum is None and len(maxima) > 1:
        yield SCORE_FORMULA.at(tree.at("total"), "maximum", level="total")
    for level, path, weight in _weights(board):
        if combination(getattr(board, level), "mean") != "weighted" and weight != 1:
            name = path[-1 if level == "category" else -2]
            yield SCORE_FORMULA.at(tree.at(*path), "weight", name=name, level=level)
    a_dimension = next(iter(found.dimensions.values()))
    for level, scale in (
        ("category", found.category),
        ("dimension", a_dimension),
        ("total", found.total),
    ):
        yield from _bands_clear(content, level, scale)


def _bands_clear(content: Content, level: str, scale: Scale) -> Iterator[Problem]:
    if scale.bands and not _is_in_order(scale):
        place = content.scoreboard.tree.key(level, "bands")
        yield SCORE_FORMULA.at(place, "bands", level=level, maximum=f"{float(scale.maximum):g}")
    for wording in content.wordings.values():
        for band in scale.bands:
            if band.name not in wording.model.bands:
                yield SCORE_FORMULA.at(Place(wording.tree.file), "band", band=band.name)


def _is_in_order(scale: Scale) -> bool:
    """Whether every band but the last has an end, each above the one before, below the maximum."""
    *inner, last = [band.to for band in scale.bands]
    ends = [end for end in inner if end is not None]
    is_rising = all(one < other for one, other in pairwise([*ends, scale.maximum]))
    return last is None and len(ends) == len(inner) and is_rising


def _weights(board: Scoreboard) -> Iterator[tuple[str, tuple[str, ...], Fraction]]:
    """The weights of a framework: the level that they count in, and where they are."""
    for id_, dimension in board.dimensions.items():
        yield "total", ("dimensions", id_, "weight"), dimension.weight
        for name, category in dimension.categories.items():
            path = ("dimensions", id_, "categories", name)
            yield "dimension", (*path, "weight"), category.weight
            for criterion, weight in category.criteria.items():
                yield "category", (*path, "criteria", criterion), weight


def _within_scale(content: Content, sourced: Sourced[CountryScores]) -> Iterator[Problem]:
    most = content.scoreboard.model.most
    scale = scales(content.scoreboard.model)
    limit = f"{float(most):g}"
    for id_, category in sourced.model.categories.items():
        given: list[tuple[tuple[str, ...], Fraction | str]] = [
            (("categories", id_, "criteria", name), score)
            for name, score in category.criteria.items()
        ]
        if category.score is not None:
            given.append((("categories", id_, "score"), category.score))
        for path, score in given:
            if isinstance(score, Fraction) and score > most:
                place = sourced.tree.at(*path)
                yield SCORE_RANGE.at(place, "category", name=id_, maximum=limit)
        total = category_score(content.scoreboard.model, id_, category)
        if category.criteria and total is not None and total > most:
            place = sourced.tree.key("categories", id_, "criteria")
            yield SCORE_RANGE.at(place, "category", name=id_, maximum=limit)
        if category.criteria and category.score is not None:
            yield SCORE_TWICE.at(sourced.tree.at("categories", id_, "score"), category=id_)
    maxima = {id_: one.maximum for id_, one in scale.dimensions.items()}
    maxima[TOTAL] = scale.total.maximum
    published = sourced.model.published
    stated: dict[tuple[str, ...], tuple[str, Fraction]] = {
        ("published", "dimensions", id_): (id_, score)
        for id_, score in published.dimensions.items()
    }
    if published.total is not None:
        stated[("published", "total")] = (TOTAL, published.total)
    for year, scores in sourced.model.earlier.items():
        stated |= {("earlier", year, id_): (id_, score) for id_, score in scores.items()}
    for path, (id_, score) in stated.items():
        if id_ in maxima and score > maxima[id_]:
            place, limit = sourced.tree.at(*path), f"{float(maxima[id_]):g}"
            yield SCORE_RANGE.at(place, "published", name=id_, maximum=limit)


def _criteria_known(content: Content, sourced: Sourced[CountryScores]) -> Iterator[Problem]:
    for id_, category in sourced.model.categories.items():
        known = (
            content.scoreboard.model.categories[id_].criteria
            if id_ in content.scoreboard.model.categories
            else ()
        )
        for name in category.criteria:
            if name not in known:
                place = sourced.tree.key("categories", id_, "criteria", name)
                yield SCORE_CRITERION.at(place, "unknown", criterion=name, category=id_)
        for name in known:
            if category.criteria and name not in category.criteria:
                place = sourced.tree.key("categories", id_, "criteria")
                yield SCORE_CRITERION.at(place, "missing", criterion=name, category=id_)


def _scores_agree(
    found: Results, country: str, sourced: Sourced[CountryScores]
) -> Iterator[Problem]:
    published = sourced.model.published
    stated = dict(published.dimensions) | (
        {TOTAL: published.total} if published.total is not None else {}
    )
    for key, score in stated.items():
        computed = found[country].scores[key]
        printed = computed.scale.shown(score)
        if key not in found[country].computed or printed == computed.shown:
            continue
        path = ("published", "total") if key == TOTAL else ("published", "dimensions", key)
        yield SCORE_PUBLISHED.at(
            sourced.tree.at(*path),
            name=key,
            published=str(printed),
            computed=str(computed.shown),
        )


def _ranks_agree(
    found: Results, country: str, sourced: Sourced[CountryScores]
) -> Iterator[Problem]:
    published = sourced.model.published
    for key, rank in published.ranks.items():
        computed = found[country].ranks.get(key)
        if computed is not None and computed != rank:
            place = sourced.tree.at("published", "ranks", key)
            yield SCORE_RANK.at(place, name=key, published=rank, computed=computed)
    for key, ahead in published.ahead.items():
        place = sourced.tree.at("published", "ahead", key)
        computed_ahead = found[country].ahead.get(key, ())
        computed = found[country].ranks.get(key)
        if tuple(ahead) != computed_ahead and computed_ahead:
            yield SCORE_AHEAD.at(place, "others", name=key, countries=computed_ahead)
        elif tuple(ahead) != computed_ahead:
            yield SCORE_AHEAD.at(place, "none", name=key)
        elif computed is not None and len(ahead) + 1 != computed:
            yield SCORE_AHEAD.at(place, "count", name=key, rank=computed, listed=len(ahead))
