"""A country's results in the words of a page: its total, its dimensions, its ranks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reportcard.page.compose.rows import ticks
from reportcard.scores.results import contenders
from reportcard.scores.values import Values

Label = Callable[[str], str]
"""A line of the wording as plain text."""


@dataclass(frozen=True, slots=True)
class RankedScore:
    """One score: `11.7`, `of 15`, the name of its band if the edition shows them, a remark on it
    (`provisional`, `not applicable`), its share of the maximum; and the rank in it, empty if it is
    unknown or there is no other country: `2`, `of 5 countries`.
    """

    is_given: bool
    points: str
    of_maximum: str
    band: str
    remark: str
    share: Fraction
    rank: str
    of_countries: str


def standings(values: Values, label: Label) -> Mapping[str, RankedScore]:
    """The country's results in the total and in each dimension."""
    return {key: _standing(values, label, key) for key in values.standings}


def scale_view(values: Values, maximum: Fraction) -> list[tuple[str, str]]:
    """The numbers below bars: each one's distance from the left in percent, and the number."""
    return [(f"{float(100 * one / maximum):.4g}", values.points(one)) for one in ticks(maximum)]


def _standing(values: Values, label: Label, key: str) -> RankedScore:
    country = values.results[values.country]
    result = country.scores[key]
    remark = (
        label("labels.provisional")
        if result.provisional
        else (values.not_applicable[1] or values.not_applicable[0])
        if not result.is_applicable
        else label("labels.not_published")
        if result.value is None
        else ""
    )
    count = contenders(values.results, key)
    return RankedScore(
        is_given=result.value is not None,
        points=values.cell(result),
        of_maximum=""
        if result.scale.suffix or not result.is_applicable
        else _whole(label("web.of_maximum").replace("{maximum}", values.maximum(key))),
        band=values.band(result) if values.are_bands_shown else "",
        remark=remark,
        share=result.share,
        rank=str(country.ranks.get(key, "")) if count > 1 else "",
        of_countries=label("web.of_countries")
        .replace("{count} ", "{count}\u00a0")
        .replace("{count}", str(count)),
    )


def _whole(text: str) -> str:
    """A text that stays on one line."""
    return text.replace(" ", "\u00a0")
