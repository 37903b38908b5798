"""What the section of a dimension shows: its gauges with their definitions, what it assesses, the
findings, and what may fill its last page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from reportcard.page.compose.blocks import TableNumber, Title
from reportcard.page.compose.breaks import (
    is_brief,
    with_last_words_of_brief_tied,
    with_last_words_of_title_tied,
)
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.gauge_figures import GaugeFigure, GaugeFigures, legend
from reportcard.page.compose.glance import ranking_view
from reportcard.page.compose.recommendations import raised_by
from reportcard.page.compose.rows import balanced
from reportcard.page.compose.standings import standings

#: What may be added at the end of a dimension.
_PARTS: Final = frozenset({"strengths", "quote", "countries"})
#: Fewer countries with a score are not ranked.
_FEW_COUNTRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Strength:
    """A category in the order of scores: its letter and name, the width of its bar in percent, its
    score, whether that is a placeholder, and the recommendations that would raise it: number,
    id and title.
    """

    letter: str
    name: Title
    share: str
    score: TableNumber
    provisional: bool
    raised_by: list[tuple[int, str, str]]


def dimension_view(
    prose: Compositor, figures: GaugeFigures, id_: str, number: int
) -> dict[str, Any]:
    """The view of a dimension, with its number from 1."""
    categories = prose.content.scoreboard.model.dimensions[id_].categories
    definitions = [
        (
            category.letter,
            prose.shared_line(f"dimensions.{id_}.categories.{name}.name"),
            prose.shared(f"dimensions.{id_}.categories.{name}.definition"),
        )
        for name, category in categories.items()
    ]
    gauges = [
        figures.figure(
            "category",
            name,
            f"dimensions.{id_}.categories.{name}.name",
            number=number,
            letter=category.letter,
        )
        for name, category in categories.items()
    ]
    fillers = _fillers(prose, id_, gauges)
    countries = ranking_view(prose, id_) if "countries" in fillers else None
    assesses = with_last_words_of_brief_tied(prose.shared(f"dimensions.{id_}.assesses"))
    return {
        "dimension": id_,
        "number": number,
        "standing": standings(prose.values, prose.label)[id_],
        "points_id": prose.standing(id_),
        "gauges": gauges,
        "rows": balanced(
            [(one, text) for one, (_, _, text) in zip(gauges, definitions, strict=True)]
        ),
        "legend": legend(gauges),
        "assesses": assesses,
        "assesses_is_brief": is_brief(assesses),
        "definitions": definitions,
        "findings": prose.text(f"dimensions.{id_}.findings"),
        "fillers": fillers,
        "strengths": _strengths(prose, id_, gauges) if "strengths" in fillers else [],
        "countries": countries,
        "quote": with_last_words_of_title_tied(prose.line(f"dimensions.{id_}.quote"), is_wide=True)
        if "quote" in fillers
        else None,
    }


def _fillers(prose: Compositor, dimension: str, gauges: Sequence[GaugeFigure]) -> tuple[str, ...]:
    """What may be added at the end of a dimension's section: an order takes two categories."""
    scored = [one for one in gauges if one.gauge.share is not None]
    has_score = {
        country: its.scores[dimension].value is not None
        for country, its in prose.values.results.items()
    }
    given = {
        "strengths": prose.wording.model.fillers is not None and len(scored) > 1,
        "quote": prose.card.model.dimensions[dimension].quote is not None,
        "countries": "fillers.countries" in prose.wording.prose
        and has_score[prose.values.country]
        and sum(has_score.values()) >= _FEW_COUNTRIES,
    }
    return tuple(name for name in prose.content.edition.model.fillers if given.get(name))


def lacking(prose: Compositor, dimension: str) -> Literal["", "quote", "fillers"]:
    """What would give a dimension's section more parts that may fill its last page: a quote, or an
    edition that allows such parts.
    """
    allowed = _PARTS.intersection(prose.content.edition.model.fillers)
    has_quote = prose.card.model.dimensions[dimension].quote is not None
    return "fillers" if not allowed else "quote" if "quote" in allowed and not has_quote else ""


def _strengths(prose: Compositor, dimension: str, gauges: Sequence[GaugeFigure]) -> list[Strength]:
    """The categories of a dimension from the best score to the worst, without those that are not
    published.
    """
    names = prose.content.scoreboard.model.dimensions[dimension].categories
    results = prose.values.results[prose.values.country].scores
    scored = [
        (one.gauge.share, name, one)
        for name, one in zip(names, gauges, strict=True)
        if one.gauge.share is not None
    ]
    return [
        Strength(
            one.letter,
            prose.label_line(f"dimensions.{dimension}.categories.{name}.name"),
            f"{float(share) * 100:.2f}",
            prose.number(f"strengths.{name}", prose.values.country, name, one.gauge.score),
            one.gauge.provisional,
            list(raised_by(prose, name)),
        )
        for share, name, one in sorted(
            scored,
            key=lambda scored: 1 - scored[0] if not results[scored[1]].is_reversed else scored[0],
        )
    ]
