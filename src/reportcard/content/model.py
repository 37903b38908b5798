"""The content as frozen values: the edition, the scoreboard, the glossary, a country's scores, a
card. The shared wording and the sizes of drawings have modules of their own.

The text under a field is its meaning; `schema.py` puts it into the JSON Schemas.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import Field, field_validator, model_validator

from reportcard.content.kinds import BODY, INSTITUTION, NOTE, PERSON, UNPLACED
from reportcard.content.scalars import (
    COUNTRY_PATTERN,
    EMPTY,
    Frozen,
    Id,
    Language,
    Line,
    Points,
    ProseText,
    Rank,
    Score,
    Table,
    Waivers,
    Year,
)

# --- edition.yaml ---------------------------------------------------------------------------------


class Organisation(Frozen):
    """An organization named on the cover or the back. Its logo is used if there is a file
    figures/organisations/<id>.svg, .png or .jpg.
    """

    name: Line
    lines: tuple[Line, ...] = ()
    """The name divided into lines, where it is set in plain type. Without it, the name is set on
    one line.
    """


#: The quotation marks of languages that do not use “these”, as CLDR 45 lists them: outer pair,
#: inner pair.
QUOTES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("bg", "cs", "de", "is", "lt", "sk", "sl"), "„“‚‘"),
    **dict.fromkeys(("fr", "it"), "«»“”"),
    **dict.fromkeys(("be", "ru", "uk"), "«»„“"),
    **dict.fromkeys(("hu", "pl", "ro"), "„”«»"),
    "nb": "«»‘’",
    "nn": "«»‘’",
    "no": "«»‘’",
    "el": "«»“”",
}


class House(Frozen):
    """How one language is set. What is left out follows the conventions of the language."""

    quotes: Annotated[str, Field(min_length=4, max_length=4)] = "“”‘’"
    """Four marks: outer pair, inner pair. Without them, those of the language."""
    decimal: Literal[".", ","] | None = None
    """The decimal mark. Without it, the one that the language has in the card's country."""
    units: tuple[str, ...] = ()
    """Words that stay on the line of the number before them."""
    before_numbers: tuple[str, ...] = ()
    """Words and abbreviations that stay on the line of the number after them, like N.º"""
    fallback: bool = False
    """Whether a draft prints fields that are not translated yet in the source language, and marks
    them. A final card never does.
    """
    spelling: tuple[str, ...] = ()
    """Correct words that are in no dictionary."""
    avoid: Table[str, str] = EMPTY
    """Words to avoid, each with the word to use instead (may be empty)."""


class Print(Frozen):
    """How the print edition is made."""

    profile: str | None = None
    """The path of the printer's ICC profile in the workspace. Without it, the system's profile is
    used.
    """
    condition: Line = Line("Custom", "")
    """The name of the printing condition in the ICC registry, like FOGRA39."""
    addresses: Literal["none", "list"] = "none"
    """Whether print leaves out the addresses of linked words, or lists them on a page before the
    back cover.
    """
    booklet: bool = False
    """Whether to report a number of pages that is not a multiple of four."""
    padding: Annotated[tuple[Literal["notes", "about", "blank"], ...], Field(max_length=3)] = ()
    """Pages before the back cover that fill up a booklet to a multiple of four: as many as are
    missing, in this order. Without enough of them, the rest is blank.
    """
    colour_bar: bool = False
    """Whether to print patches of the inks above the trimmed page."""


#: In mm; no page is larger than 10 m, and areas may begin in the bleed.
Where = Annotated[float, Field(ge=-10_000, le=10_000, allow_inf_nan=False)]
Extent = Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)]


class IgnoredArea(Frozen):
    """An area of the pages that a comparison ignores, in mm from the top left corner of the trimmed
    page.
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
    """What a comparison of two versions ignores. Scores, numbers, meaning, notes and wording of a
    field are always reported: whoever signs a release off has to see them.
    """

    kinds: tuple[
        Literal[
            "score",
            "number",
            "meaning",
            "note",
            "wording",
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
    """Kinds of change that are not reported."""
    areas: tuple[IgnoredArea, ...] = ()
    """Areas in which changes are not reported."""


class Releasing(Frozen):
    """What a release requires beyond final cards."""

    editions: tuple[str, ...] = ()
    """Editions that packages add, in the release beside screen, print and archive."""
    sign_offs: tuple[Literal["screen", "print", "archive"], ...] = ()
    """Editions that need a sign-off: a reviewer's record in reviews/ for the file of each card."""
    reviewers: tuple[str, ...] = ()
    """Who must sign these files off, by the names in the records. Default: any one reviewer."""
    quorum: Annotated[int, Field(ge=1)] | None = None
    """How many of `reviewers` are enough. Default: all of them."""
    allowed_signers: str = ""
    """A file of the workspace that lists the reviewers' SSH keys. Records must then be signed."""
    facts: Literal["verified"] | None = None
    """Whether every claim of each card must be verified (`reportcard facts`)."""


class Edition(Frozen):
    """content/edition.yaml: the parts of the publication that are the same in every language."""

    format: Annotated[int, Field(ge=1)] = 1
    """The format of the workspace's files. `reportcard migrate` sets it."""
    version: Line | None = None
    date: date
    languages: Table[Language, House]
    source_language: Language
    """The language that texts are written in first and translated from."""
    source_languages: Table[Id, Language] = EMPTY
    """By country, the source language of its card, where it is another."""
    organisations: Table[Id, Organisation] = EMPTY
    cover: tuple[Id, ...] = ()
    """Organisations on the cover, in order."""
    back: tuple[Id, ...] = ()
    """Organisations on the back cover, in order."""
    links: Table[Id, str | None] = EMPTY
    """By name, the addresses that texts link to as edition:name. While an address is empty, its
    words are not linked.
    """
    contact: str | None = None
    """An e-mail address for the imprint."""
    web_address: str | None = None
    """The web address of the folder where the web edition will be published. Without it, the pages
    do not give their own address.
    """
    parts: Literal["all", "published"] = "all"
    """Whether a card has the page At a glance, or only the parts of the published card."""
    fillers: tuple[Literal["strengths", "quote", "countries", "run-on", "arrangement"], ...] = (
        "strengths",
        "quote",
        "countries",
        "run-on",
        "arrangement",
    )
    """What may fill a page that would be half empty. At the end of a dimension: its categories from
    the highest score to the lowest, its quote, and all countries by their score. `run-on`: the
    recommendations, which then begin below the end of the context. `arrangement`: one column or
    two, spacing between recommendations.
    """
    card_address: str | None = None
    """The web address on the back cover, with a QR code; {country} and {language} are filled in.
    Without it: that of the card's page below `web_address`.
    """
    theme: Id | None = None
    """The theme of the pages: a folder in styles/, or one that a package adds. Without it, the only
    folder in styles/.
    """
    gauge: Id = "half-ring"
    """The form of the gauges: half-ring, or the name of one that a package adds."""
    show_bands: bool = False
    """Whether the name of a score's band is printed beside it."""
    repeated_notes: Literal["again", "same"] = "again"
    """Whether a note that is referenced twice is printed again under a new number, or keeps its
    first number.
    """
    print: Print = Field(default_factory=Print)
    ignored_changes: Comparing = Field(default_factory=Comparing)
    """What a comparison of two versions ignores."""
    release: Releasing = Field(default_factory=Releasing)

    @field_validator("languages")
    @classmethod
    def _quoted(cls, languages: Mapping[str, House]) -> Mapping[str, House]:
        return MappingProxyType(
            {
                language: house.model_copy(update={"quotes": marks})
                if (marks := QUOTES.get(language.partition("-")[0]))
                and "quotes" not in house.model_fields_set
                else house
                for language, house in languages.items()
            }
        )


# --- glossary.yaml --------------------------------------------------------------------------------


class Term(Frozen):
    """A term of the subject in every language, with variants to avoid."""

    names: Annotated[Table[Language, Line], Field(min_length=1)]
    avoid: Table[Language, tuple[Line, ...]] = EMPTY
    """By language, words with the same meaning to avoid."""
    note: Line | None = None
    """What a translator should know about it."""


class Glossary(Frozen):
    """content/glossary.yaml: the terms that translators have agreed on. It is optional."""

    terms: Table[Id, Term] = EMPTY


# --- <country>/scores.yaml ------------------------------------------------------------------------


class CategoryScore(Frozen):
    """A category's score, given directly or by criterion, or `not applicable`. It is left out until
    it is published.
    """

    score: Points | None = None
    criteria: Table[Id, Points] = EMPTY
    provisional: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_literal(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"score": value}

    @property
    def is_applicable(self) -> bool:
        """Whether the framework applies: to the category, or to one of its criteria."""
        if self.criteria:
            return any(not isinstance(given, str) for given in self.criteria.values())
        return not isinstance(self.score, str)


class Published(Frozen):
    """Figures of the published source. They are checked against those computed, and used where none
    can be computed.
    """

    total: Score | None = None
    dimensions: Table[Id, Score] = EMPTY
    ranks: Table[Id, Rank] = EMPTY
    """By id of the dimension, and `total`."""
    ahead: Table[Id, tuple[Id, ...]] = EMPTY
    """The countries ahead of this one, best first, by id of the dimension and `total`."""


class CountryScores(Frozen):
    """content/<country>/scores.yaml: a country's scores, the same in every language."""

    country: Annotated[str, Field(pattern=COUNTRY_PATTERN)] = ""
    """ISO 3166-1 alpha-2 code. Where countries are not what is assessed, it may be that of the
    country around it, whose marks numbers are then written with.
    """
    provisional: bool = False
    """Whether the scores are placeholders. A category can have another value."""
    categories: Table[Id, CategoryScore] = EMPTY
    published: Published = Field(default_factory=Published)
    earlier: Table[Year, Table[Id, Score]] = EMPTY
    """By year, the scores of earlier editions, by id of the dimension and `total`."""


# --- <country>/<language>.yaml --------------------------------------------------------------------


class OverallText(Frozen):
    """The overall assessment of one country."""

    result: Annotated[ProseText, BODY]
    findings: Table[Id, ProseText] = EMPTY
    """Key findings for the page At a glance, a sentence each, by the id of the dimension."""


class DimensionText(Frozen):
    """The findings in one dimension."""

    findings: Annotated[ProseText, BODY]
    quote: Line | None = None
    """A sentence of the findings that may be printed large at the end, where a page has room."""


class Recommendation(Frozen):
    """A recommendation. `pictogram` is the name of a file in figures/pictograms/ without its
    extension.
    """

    title: Line
    text: Annotated[ProseText, BODY]
    institutions: tuple[Id, ...] = ()
    categories: tuple[Id, ...] = ()
    """The categories whose scores it would raise."""
    pictogram: Id | None = None


class Card(Frozen):
    """content/<country>/<language>.yaml: one country's card in one language."""

    title: Line
    status: Literal["draft", "review", "final"]
    """Only a final card can be released."""
    authors: Annotated[tuple[Line, ...], PERSON] = ()
    overall: OverallText
    dimensions: Table[Id, DimensionText]
    context: Annotated[ProseText | None, BODY] = None
    context_quotes: Table[Id, Line] = EMPTY
    """Sentences of the context, printed large beside it. A number in bold is set by itself."""
    recommendations: Table[Id, Recommendation] = EMPTY
    institutions: Annotated[Table[Id, Line], INSTITUTION] = EMPTY
    notes: Annotated[Table[Id, ProseText], NOTE] = EMPTY
    unplaced: Annotated[ProseText | None, UNPLACED] = None
    """Text that `reportcard intake` could not place. Move it to the field that it belongs to; it is
    not printed here.
    """
    waivers: Waivers = EMPTY
