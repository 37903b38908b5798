"""The words of what is made beside the countries' cards, in wording/<language>.yaml; a workspace may do without."""

from typing import Literal

from reportcard.content.scalars import Frozen, Line, ProseText


class RegionalWording(Frozen):
    """The scoreboard of all countries, a card of two pages."""

    title: Line
    status: Literal["draft", "review", "final"]
    """Only a final scoreboard can be released."""
    subtitle: Line | None = None
    introduction: ProseText
    leader: Line
    """The sentence on the best total: {countries}, {score} and {maximum} are filled in."""
    leaders: Line
    """The same where several countries share it."""
    ranking: Line
    """The heading of the ranking."""
    country: Line
    """What heads the column of countries."""
    total: Line
    """What heads the column of totals; {maximum} is filled in."""
    dimension: Line
    """What stands below a dimension's name: {maximum} is filled in."""
    categories: Line
    """The heading of the categories."""
    categories_introduction: ProseText | None = None
    category: Line
    """What heads the column of categories; {maximum} is filled in."""
    legend: Line
    """What the legend of colours is of; {maximum} is filled in."""
    citation: Line | None = None
    """How to cite the scoreboard; without it, as the cards."""


class PicturesWording(Frozen):
    """The pictures for social media."""

    total: Line
    """What stands below the gauge of the total."""
    rank: Line
    """A country's rank: {rank} and {count} are filled in."""
