"""What the content says, as frozen values: the edition, the scoreboard, the glossary, a country's
scores, a card. The shared wording has a module of its own.

The text under a field says what it means; `schema.py` puts it into the JSON Schemas.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from reportcard.content.kinds import INSTITUTION, NOTE, PERSON, UNPLACED
from reportcard.content.scalars import (
    COUNTRY_PATTERN,
    EMPTY,
    Frozen,
    Id,
    Language,
    Line,
    ProseText,
    Rank,
    Score,
    Table,
    Waivers,
)

# --- edition.yaml ---------------------------------------------------------------------------------


class Organisation(Frozen):
    """An organisation named on the cover or the back. A logo is used if
    figures/organisations/<id>.svg or .png is there.
    """

    name: Line
    lines: tuple[Line, ...] = ()
    """The name broken over lines as it is set in plain type; without it the name is set on one
    line.
    """


class House(Frozen):
    """How one language is set. What is not given follows the language."""

    quotes: Annotated[str, Field(min_length=4, max_length=4)] = "“”‘’"
    """Four marks: outer pair, inner pair."""
    decimal: Literal[".", ","] | None = None
    """The decimal mark; without it, that of the language in the card's country."""
    units: tuple[str, ...] = ()
    """Words that stay on the line of the number before them."""
    before_numbers: tuple[str, ...] = ()
    """Words and abbreviations that stay on the line of the number after them, like N.º"""
    fallback: bool = False
    """Whether fields that are not translated yet are printed in the source language, marked. Never
    in a final card.
    """
    spelling: tuple[str, ...] = ()
    """Words that are right though no dictionary has them."""
    avoid: Table[str, str] = EMPTY
    """Words that the house does not write, each with the one to write instead (empty: none)."""


class Print(Frozen):
    """How the print edition is made."""

    profile: str | None = None
    """The ICC profile that the printer gives, by its path in the workspace; without it, the
    system's.
    """
    condition: Line = Line("Custom", "")
    """The printing condition's name in the ICC's registry, like FOGRA39."""
    addresses: Literal["none", "list"] = "none"
    """Where words are links on a screen, their addresses are left out in print, or listed on a page
    before the back cover.
    """
    booklet: bool = False
    """Whether to be told when the number of pages is no multiple of four."""


#: In mm; no page is larger than 10 m, and areas may begin in the bleed.
Where = Annotated[float, Field(ge=-10_000, le=10_000, allow_inf_nan=False)]
Extent = Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)]


class IgnoredArea(Frozen):
    """An area of the pages that a comparison passes over, in mm from the trimmed page's top left
    corner.
    """

    page: Annotated[int, Field(ge=0, le=10_000)] = 0
    """The page, from 1; 0 is every page."""
    left: Where
    top: Where
    width: Extent
    height: Extent

    @property
    def box(self) -> tuple[int, float, float, float, float]:
        """Page, left, top, width and height."""
        return (self.page, self.left, self.top, self.width, self.height)


class Comparing(Frozen):
    """What a comparison of two versions passes over."""

    kinds: tuple[
        Literal[
            "wording",
            "number",
            "score",
            "note",
            "link",
            "moved",
            "layout",
            "picture",
            "boxes",
            "metadata",
            "tags",
            "language",
            "bookmarks",
        ],
        ...,
    ] = ()
    """Kinds of change that are not told."""
    areas: tuple[IgnoredArea, ...] = ()
    """Areas in which changes are not told."""


class Releasing(Frozen):
    """What a release asks for beyond final cards."""

    sign_offs: tuple[Literal["screen", "print", "archive"], ...] = ()
    """The editions of which every card's file needs a reviewer's record in reviews/ that signs it
    off.
    """


class Edition(Frozen):
    """content/edition.yaml: the publication, as far as it is the same in every language."""

    version: Line | None = None
    date: date
    languages: Table[Language, House]
    source_language: Language
    """The language that texts are written in first, and translated from."""
    source_languages: Table[Id, Language] = EMPTY
    """Countries whose card is written first in another language, with that language."""
    organisations: Table[Id, Organisation] = EMPTY
    cover: tuple[Id, ...] = ()
    """Organisations on the cover, in order."""
    back: tuple[Id, ...] = ()
    """Organisations on the back cover, in order."""
    links: Table[Id, str | None] = EMPTY
    """Addresses that texts link to as edition:name; empty while not known: the words then stand
    without a link.
    """
    contact: str | None = None
    """An e-mail address for the imprint."""
    web_address: str | None = None
    """The folder's address on the web at which the web edition will stand; without it, its pages do
    not name their own address.
    """
    repeated_notes: Literal["again", "same"] = "again"
    """A note called twice is printed again under a new number, or keeps its first number."""
    print: Print = Field(default_factory=Print)
    ignored_changes: Comparing = Field(default_factory=Comparing)
    """What a comparison of two versions passes over."""
    release: Releasing = Field(default_factory=Releasing)


# --- scoreboard.yaml ------------------------------------------------------------------------------


class Category(Frozen):
    """A category of a dimension."""

    letter: Annotated[str, Field(min_length=1, max_length=3)]
    criteria: tuple[Id, ...] = ()
    """The criteria whose mean is its score, if scores are given by criterion."""


class Dimension(Frozen):
    """A dimension: its score is the sum of its categories'."""

    categories: Annotated[Table[Id, Category], Field(min_length=1)]


class Scoreboard(Frozen):
    """content/scoreboard.yaml: the framework. Dimensions and categories are as many as stand
    here.
    """

    category_maximum: Score
    """What one category can score at most, in points."""
    dimensions: Annotated[Table[Id, Dimension], Field(min_length=1)]

    @property
    def categories(self) -> Mapping[str, Category]:
        """All categories by id, in order."""
        return {
            id_: category
            for dimension in self.dimensions.values()
            for id_, category in dimension.categories.items()
        }


# --- glossary.yaml --------------------------------------------------------------------------------


class Term(Frozen):
    """A term of the subject in every language, and variants that are not to be written."""

    names: Annotated[Table[Language, Line], Field(min_length=1)]
    avoid: Table[Language, tuple[Line, ...]] = EMPTY
    """By language, words that mean the same and are not to be written."""
    note: Line | None = None
    """What a translator should know of it."""


class Glossary(Frozen):
    """content/glossary.yaml: the terms that translators agree on. A workspace may have none."""

    terms: Table[Id, Term] = EMPTY


# --- <country>/scores.yaml ------------------------------------------------------------------------


class CategoryScore(Frozen):
    """A category's score, given directly or by criteria; absent while not published."""

    score: Score | None = None
    criteria: Table[Id, Score] = EMPTY
    provisional: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_literal(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"score": value}


class Published(Frozen):
    """What the published source states, to be checked against what is computed, or used where
    nothing can be.
    """

    total: Score | None = None
    dimensions: Table[Id, Score] = EMPTY
    ranks: Table[Id, Rank] = EMPTY
    """By dimension id, and `total`."""
    ahead: Table[Id, tuple[Id, ...]] = EMPTY
    """The countries said to be ahead of this one, best first; by dimension id, and `total`."""


class CountryScores(Frozen):
    """content/<country>/scores.yaml: a country's scores, the same in every language."""

    country: Annotated[str, Field(pattern=COUNTRY_PATTERN)]
    """ISO 3166-1 alpha-2 code."""
    provisional: bool = False
    """Whether scores here are placeholders; a category may say otherwise."""
    categories: Table[Id, CategoryScore] = EMPTY
    published: Published = Field(default_factory=Published)


# --- <country>/<language>.yaml --------------------------------------------------------------------


class OverallText(Frozen):
    """The overall assessment of one country."""

    result: ProseText


class DimensionText(Frozen):
    """The findings in one dimension."""

    findings: ProseText


class Recommendation(Frozen):
    """A recommendation; `pictogram` names a file of figures/pictograms/ without its ending."""

    title: Line
    text: ProseText
    institutions: tuple[Id, ...] = ()
    pictogram: Id | None = None


class Card(Frozen):
    """content/<country>/<language>.yaml: one country's card in one language."""

    title: Line
    status: Literal["draft", "review", "final"]
    """Only a final card can be released."""
    authors: Annotated[tuple[Line, ...], PERSON] = ()
    overall: OverallText
    dimensions: Table[Id, DimensionText]
    context: ProseText | None = None
    recommendations: Table[Id, Recommendation] = EMPTY
    institutions: Annotated[Table[Id, Line], INSTITUTION] = EMPTY
    notes: Annotated[Table[Id, ProseText], NOTE] = EMPTY
    unplaced: Annotated[ProseText | None, UNPLACED] = None
    """What `reportcard intake` could not place: to be moved to the field it belongs to. It is not
    printed.
    """
    waivers: Waivers = EMPTY
