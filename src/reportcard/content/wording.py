"""The words that all cards of a language share, in wording/<language>.yaml, and those of the files
made besides the countries' cards.
"""

from typing import Annotated, Literal

from reportcard.content.kinds import COUNTRY, FORM, GAUGE_LABEL, LABEL, SCOREBOARD_TEXT
from reportcard.content.scalars import EMPTY, IN_KEY, Frozen, Id, Line, ProseText, Table, Waivers


class EditionWording(Frozen):
    """The publication's own words."""

    programme: Line
    subtitle: Line | None = None
    notice: ProseText | None = None
    method: ProseText | None = None
    """How the scores are found, in about five lines, for the back cover."""
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


class GlanceWording(Frozen):
    """The page that shows the country's results at a glance."""

    heading: Line
    total: Line
    """The words above the total score."""
    findings: Line
    """The heading of the key findings."""


class FillersWording(Frozen):
    """What is added at the end of a dimension whose last page is less than half full."""

    strengths: Line
    """The heading of the categories from the highest score to the lowest."""
    remedy: Line
    """The words before the recommendations that would raise a score."""
    countries: Line | None = None
    """The heading of all countries by their score in a dimension. Without it, they are left out."""


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
    """A section that shares only its heading."""

    heading: Line


class RecommendationsWording(Frozen):
    """The section of recommendations."""

    heading: Line
    introduction: ProseText | None = None
    institutions: Line
    tags: Line | None = None
    """What the letters of categories beside a recommendation mean."""


class CountryForms(Frozen):
    """A country's name in the forms that sentences need: Peru, Peru's, Peru, in Peru; Perú, del
    Perú, el Perú, en el Perú. Forms that are left out follow the grammar of the language.
    """

    name: Line
    of: Annotated[Line | None, FORM] = None
    the: Annotated[Line | None, FORM] = None
    in_: Annotated[Line | None, FORM, IN_KEY] = None

    def written(self, form: Literal["name", "of", "the", "in"]) -> Line | None:
        """A form that the file has, or None."""
        return {"name": self.name, "of": self.of, "the": self.the, "in": self.in_}[form]


class Labels(Frozen):
    """Labels on the pages."""

    authors: Line
    more_authors: Line | None = None
    """What follows the first eight authors on the cover; {count} is filled in. The back cover then
    names all of them. Without it, the cover names all.
    """
    draft: Line
    review: Line
    provisional: Line
    not_published: Line
    not_applicable: Line | None = None
    """What is printed in place of a score where the framework does not apply, like n/a. Without it,
    the language has its own.
    """
    not_applicable_key: Line | None = None
    """What that means, in legends: not applicable. Without it, the language has its own words."""
    gauge: Line
    """The alternative text of a gauge; {name}, {score} and {maximum} are filled in."""
    gauge_absent: Line
    """The same for a score that is not published; {name} is filled in."""
    note: Line
    """The description of a link to a note; {number} is filled in."""
    link: Line
    """The description of a link to the web; {address} is filled in."""
    note_back: Line
    """The description of a note's link back to its call; {number} is filled in."""
    addresses: Line
    """The heading of the list of addresses in print."""
    cover: Line
    """The name of the cover among the page numbers of PDF viewers."""
    back: Line
    """The name of the back cover among them."""
    version: Line
    cite: Line
    contact: Line
    method: Line | None = None
    """The heading of the method on the back cover."""
    online: Line | None = None
    """The heading of the web address on the back cover."""
    figure: Line | None = None
    """What begins the caption of a figure or chart, and refers to it, like Figure 3; {number} is
    filled in. A card with captions needs it.
    """
    table: Line | None = None
    """The same for a table."""
    data: Line | None = None
    """What opens the numbers behind a chart in the web edition. A card with charts needs it."""


class Ordinals(Frozen):
    """Ordinals in words, from the first to the last, masculine and feminine. A language without
    gender has the same list twice.
    """

    m: tuple[Line, ...]
    f: tuple[Line, ...]


# --- besides the cards ----------------------------------------------------------------------------


class RegionalWording(Frozen):
    """The scoreboard of all countries, a card of two pages."""

    title: Line
    status: Literal["draft", "review", "final"]
    """Only a final scoreboard can be released."""
    subtitle: Line | None = None
    introduction: ProseText
    leader: Line
    """The sentence about the best total; {countries}, {score} and {maximum} are filled in."""
    leaders: Line
    """The same if several countries share the best total."""
    ranking: Line
    """The heading of the ranking."""
    country: Line
    """The heading of the column of countries."""
    total: Line
    """The heading of the column of totals; {maximum} is filled in."""
    dimension: Line
    """The text below a dimension's name; {maximum} is filled in."""
    categories: Line
    """The heading of the categories."""
    categories_introduction: ProseText | None = None
    category: Line
    """The heading of the column of categories; {maximum} is filled in."""
    legend: Line
    """The title of the legend of colors; {maximum} is filled in."""
    citation: Line | None = None
    """How to cite the scoreboard. Without it, it is cited like the cards."""


class BookletWording(Frozen):
    """The pages that fill up a printed booklet."""

    notes: Line
    """The heading of a page for notes."""
    about: Line
    """The heading of the page about the publication or its organizations."""
    about_text: ProseText


class PicturesWording(Frozen):
    """The pictures for social media."""

    total: Line
    """The text below the gauge of the total."""
    rank: Line
    """A country's rank: {rank} and {count} are filled in."""


class ChangesWording(Frozen):
    """The words of the list of changes since the last release."""

    heading: Line
    """The heading of the list; {version} is filled in."""
    since: Line
    """The reference to the version before; {version} is filled in."""
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
    """Labels of the web edition."""

    skip: Line
    """The link past the head of the page, for readers who use the keyboard."""
    contents: Line
    languages: Line
    all_cards: Line
    """The link to the list of all cards, and its heading."""
    country: Line
    rank: Line
    score: Line
    of_maximum: Line
    """The text after a score; {maximum} is filled in."""
    of_countries: Line
    """The text after a rank; {count} is filled in."""
    no_card: Line
    """The remark on a country that has scores but no card yet."""
    notes: Line
    note_back_again: Line
    """The link of a note back to its second call or a later one; {number} and {call} are filled in.
    """
    close: Line


# --- the whole file -------------------------------------------------------------------------------


class Wording(Frozen):
    """content/wording/<language>.yaml: the text that all cards in one language share."""

    language: Annotated[Line, FORM]
    """The name of the language, in that language."""
    edition: EditionWording
    scoreboard: Line
    overall: OverallWording
    glance: GlanceWording | None = None
    """The words of the page At a glance."""
    fillers: FillersWording | None = None
    """The words of what fills pages. Without them, the categories are not listed again."""
    dimensions: Table[Id, DimensionWording]
    context: Headed
    recommendations: RecommendationsWording
    countries: Annotated[Table[Id, CountryForms], COUNTRY] = EMPTY
    labels: Annotated[Labels, LABEL]
    web: WebWording
    bands: Table[Id, Line] = EMPTY
    """The names of the scoreboard's bands, by their ids."""
    ordinals: Annotated[Ordinals | None, FORM] = None
    """Ordinals to use instead of those that the program knows of the language."""
    regional: Annotated[RegionalWording | None, SCOREBOARD_TEXT] = None
    """The words of the scoreboard of all countries. Without them, it is not made."""
    booklet: BookletWording | None = None
    """The words of the pages that fill up a printed booklet. Only an edition that asks for such
    pages needs them.
    """
    pictures: PicturesWording | None = None
    """The words of the pictures for social media. Without them, they are not made."""
    changes: ChangesWording | None = None
    """The words of the list of changes. Only a release needs them."""
    waivers: Waivers = EMPTY
