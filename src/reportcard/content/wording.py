"""The words that all cards of a language share, in wording/<language>.yaml, and those of what is
made beside the countries' cards.
"""

from typing import Annotated, Literal

from reportcard.content.kinds import COUNTRY, FORM, GAUGE_LABEL, LABEL, SCOREBOARD_TEXT
from reportcard.content.scalars import EMPTY, Frozen, Id, Line, ProseText, Table, Waivers


class EditionWording(Frozen):
    """The publication's own words."""

    programme: Line
    subtitle: Line | None = None
    notice: ProseText | None = None
    citation: Line | None = None
    licence: Line | None = None


class OverallWording(Frozen):
    """The page of the overall assessment."""

    heading: Line
    introduction: ProseText
    panel: Line
    panel_note: Line | None = None
    total: Line
    ranking: Line | None = None
    glance: Line | None = None
    outlook: ProseText | None = None


class CategoryWording(Frozen):
    """A category's name, and its definition as a clause that follows the name."""

    name: Annotated[Line, GAUGE_LABEL]
    definition: ProseText


class DimensionWording(Frozen):
    """A dimension's long and short name, what it assesses, and its categories."""

    name: Line
    short: Line
    assesses: ProseText
    categories: Table[Id, CategoryWording]


class Headed(Frozen):
    """A section of which only the heading is shared."""

    heading: Line


class RecommendationsWording(Frozen):
    """The section of recommendations."""

    heading: Line
    introduction: ProseText | None = None
    institutions: Line


class CountryForms(Frozen):
    """A country's name in the forms that a sentence needs: Peru, Peru's, Peru; Perú, del Perú, el
    Perú.
    """

    name: Line
    of: Annotated[Line | None, FORM] = None
    the: Annotated[Line | None, FORM] = None


class Labels(Frozen):
    """Small words of the page."""

    authors: Line
    draft: Line
    review: Line
    provisional: Line
    not_published: Line
    gauge: Line
    """What a gauge says to who cannot see it: {name}, {score} and {maximum} are filled in."""
    gauge_absent: Line
    """The same for a score that is not published: {name} is filled in."""
    note: Line
    """The description of a link to a note; {number} is filled in."""
    link: Line
    """The description of a link to the web; {address} is filled in."""
    note_back: Line
    """The description of a note's link back to its call; {number} is filled in."""
    addresses: Line
    """The heading of the list of addresses in print."""
    cover: Line
    """What readers call the cover among the page numbers."""
    back: Line
    """The same for the back cover."""
    version: Line
    cite: Line
    contact: Line


class Ordinals(Frozen):
    """Ordinals in words, first to last, masculine and feminine (the same list twice where the
    language has no gender).
    """

    m: tuple[Line, ...]
    f: tuple[Line, ...]


# --- what is made beside the cards ----------------------------------------------------------------


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


# --- the whole file -------------------------------------------------------------------------------


class Wording(Frozen):
    """content/wording/<language>.yaml: what all cards say alike in one language."""

    language: Annotated[Line, FORM]
    """The language's name in itself."""
    edition: EditionWording
    scoreboard: Line
    overall: OverallWording
    dimensions: Table[Id, DimensionWording]
    context: Headed
    recommendations: RecommendationsWording
    countries: Annotated[Table[Id, CountryForms], COUNTRY]
    labels: Annotated[Labels, LABEL]
    web: WebWording
    ordinals: Annotated[Ordinals, FORM]
    regional: Annotated[RegionalWording | None, SCOREBOARD_TEXT] = None
    """The words of the scoreboard of all countries; without them there is none."""
    pictures: PicturesWording | None = None
    """The words of pictures for social media; without them there are none."""
    changes: ChangesWording | None = None
    """What a release says of itself; only a release needs it."""
    waivers: Waivers = EMPTY
