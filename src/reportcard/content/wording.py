"""The words of what is made beside the countries' cards, in wording/<language>.yaml."""

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


class ChangesWording(Frozen):
    """The words that tell what changed since the last release."""

    heading: Line
    """{version} is filled in."""
    since: Line
    """The same; the version before."""
    first: Line
    new: Line
    gone: Line
    same: Line
    failed: Line
    scores: Line
    numbers: Line
    notes: Line
    wording: Line


class WebWording(Frozen):
    """Small words of the web edition."""

    skip: Line
    """The link past the head of the page, for who goes by keyboard."""
    contents: Line
    languages: Line
    all_cards: Line
    """The link to the list of all cards, and its heading."""
    country: Line
    rank: Line
    score: Line
    of_maximum: Line
    """What follows a score; {maximum} is filled in."""
    of_countries: Line
    """What follows a rank; {count} is filled in."""
    no_card: Line
    """What is said of a country that has scores and no card yet."""
    notes: Line
    note_back_again: Line
    """A note's link back to its second call, and those after it; {number} and {call} are filled in.
    """
    close: Line
