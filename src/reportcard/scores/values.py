"""The data that prose may name, `{{ score.total }}`, put into words for a language. Nothing else
can be expressed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Final

from reportcard.content.exhibits import Exhibit, exhibits
from reportcard.content.loading import Content
from reportcard.content.model import CountryScores, House
from reportcard.content.prose import BlockChanges, Inline, Paragraph, Prose, Run, Value
from reportcard.content.prose_rules import PROSE_VALUE
from reportcard.content.wording import Wording
from reportcard.language.literals import NumberMarks
from reportcard.language.locales import NO_BREAK_SPACE, Tongue
from reportcard.language.names import FORMS, Form, country_form
from reportcard.language.number_words import RankWords
from reportcard.language.packs import pack
from reportcard.messages.message import Hole
from reportcard.problems.problem import Problem
from reportcard.scores.formula import Scale, rounded
from reportcard.scores.results import TOTAL, Result, Results, neighbours, results
from reportcard.workspace.workspace import SCOREBOARD

#: The minus sign (U+2212), which a line is not broken after.
MINUS: Final = "\u2212"
#: Latin America and the Caribbean (UN M49): where CLDR knows how a language is written there, what
#: belongs to no card follows it if the cards differ.
_REGION: Final = "419"
#: Values as people write them, one of each kind.
_EXAMPLES: Final = (
    "score.total",
    "max.total",
    "rank.total",
    "ahead.total",
    "behind.total",
    "neighbours.total",
    "change.total",
    "scores.COUNTRY.total",
    "country.name",
    "countries.COUNTRY.name",
    "figure.NAME",
    "table.NAME",
)


@dataclass(frozen=True, slots=True)
class Values:
    """What the prose of one card in one language may name.

    `score.X`, `max.X` (X: total, a dimension, a category), `rank.X`, `ahead.X`, `behind.X`,
    `neighbours.X`, `change.X` (X: total, a dimension), `band.X`, the same of any country as
    `scores.COUNTRY.X`, `ranks.COUNTRY.X`, names as `country.name|of|the|in`,
    `countries.COUNTRY.name|of|the|in`, and `figure.NAME`, `table.NAME`.
    """

    country: str
    """The country of the card; `scoreboard` for the card of all countries, which does not have
    `country.X` and what is of one country's scores.
    """
    results: Results
    codes: Mapping[str, CountryScores]
    wording: Wording
    tongue: Tongue
    standings: tuple[str, ...]
    """What countries are ranked by: `total` and the dimensions."""
    categories: Mapping[str, tuple[str, ...]]
    """The categories of each dimension."""
    are_countries: bool = True
    """Whether countries are what is assessed."""
    are_bands_shown: bool = False
    """Whether the edition shows the bands beside the scores."""
    exhibits: tuple[Exhibit, ...] = ()
    """The figures, tables and charts of the card that have a number."""

    def maximum(self, key: str) -> str:
        """The most that a score can be, in every country: 15; 4.5 if it is not whole; 100%."""
        scale = next(iter(self.results.values())).scores[key].scale
        return self.tongue.with_suffix(self.points(scale.maximum), scale.suffix)

    def points(self, value: Fraction) -> str:
        """A number of points, with as many decimals as it needs, at most two."""
        decimals = next((count for count in (0, 1) if (value * 10**count).denominator == 1), 2)
        return self.tongue.number(rounded(value, decimals))

    def score(self, key: str) -> str | None:
        """A score of this country as printed, None if it is not published or not applicable."""
        return self.printed(self.results[self.country].scores[key])

    def printed(self, result: Result) -> str | None:
        """A score as printed, with its suffix: 11.7, 68%. None if there is none."""
        points = result.shown
        return None if points is None else self._suffixed(points, result.scale)

    def cell(self, result: Result) -> str:
        """A score as a table or a gauge prints it: where there is none, a dash, or that the
        framework does not apply.
        """
        absent = "–" if result.is_applicable else self.not_applicable[0]
        return self.printed(result) or absent

    @property
    def not_applicable(self) -> tuple[str, str]:
        """What is printed where the framework does not apply, and what that means (empty: the
        language has no words for it): the wording's own, else those of the language.
        """
        known, labels = pack(self.tongue.language), self.wording.labels
        words = known.not_applicable if known else None
        return (
            str(labels.not_applicable or (words.sign if words else "n/a")),
            str(labels.not_applicable_key or (words.meaning if words else "")),
        )

    def band(self, result: Result) -> str:
        """The name of the band that a score is in; empty if it is in none."""
        return str(self.wording.bands.get(result.band, result.band))

    def _suffixed(self, points: Decimal, scale: Scale) -> str:
        return self.tongue.with_suffix(self.tongue.number(points), scale.suffix)

    def bind(self, prose: Prose) -> tuple[Prose, tuple[Problem, ...]]:
        """The prose with words in place of its values, numbers tied to their units, and the values
        that do not exist.
        """
        problems: list[Problem] = []
        bound = BlockChanges(lambda one: self._paragraph(one, prose.field, problems))
        blocks = tuple(map(bound.of, prose.blocks))
        return Prose(prose.field, blocks), tuple(problems)

    def exhibit_label(self, exhibit: Exhibit) -> str:
        """What begins a caption, and refers to it: Figure 3."""
        label = getattr(self.wording.labels, exhibit.kind) or "{number}"
        return str(label).replace("{number}", str(exhibit.number)).replace(" ", NO_BREAK_SPACE)

    def told(self, value: Value) -> str:
        """A value in words; as it is typed if its name is unknown."""
        words = self._words(value)
        return words if isinstance(words, str) else f"{{{{ {value.name} }}}}"

    @property
    def ranks(self) -> RankWords | None:
        """The words for ranks: the wording's own, else those that are known of the language."""
        known, own = self.tongue.numbers.ranks, self.wording.ordinals
        if own is None:
            return known
        words = {"m": tuple(map(str, own.m)), "f": tuple(map(str, own.f))}
        return (known or RankWords(m=())).model_copy(update=words)

    def name(self, country: str) -> str:
        """A country's name: the edition's own, or else CLDR's."""
        return self.form(country, "name") or country

    def form(self, country: str, form: Form) -> str | None:
        """A country's name in the form that a sentence needs: the edition's own, or else what the
        grammar of the language makes of its name; None if that is not known.
        """
        forms = self.wording.countries.get(country)
        written: str | None = forms.written(form) if forms else None
        if written is None:
            code = self.codes[country].country if self.are_countries else ""
            own = replace(self.tongue, country=code)
            written = country_form(own, form, str(forms.name) if forms else "")
        return None if written is None else _apostrophes(written)

    def _paragraph(self, paragraph: Paragraph, field: str, problems: list[Problem]) -> Paragraph:
        words: list[Inline] = []
        for inline in paragraph.inlines:
            item: Inline = inline
            if isinstance(inline, Value):
                text = self._words(inline)
                if isinstance(text, _Unknown):
                    problems.append(
                        PROSE_VALUE.at(inline.place, text.case, field=field, **text.holes)
                    )
                    text = "?"
                marks = inline.marks
                if inline.name.startswith(("figure.", "table.")) and text != "?":
                    marks = replace(marks, href=f"exhibit:{inline.name.partition('.')[2]}")
                item = Run(text, marks, inline.place)
            last = words[-1] if words else None
            if isinstance(item, Run) and isinstance(last, Run) and last.marks == item.marks:
                words[-1] = replace(last, text=last.text + item.text)
            else:
                words.append(item)
        tied = [
            replace(word, text=self.tongue.tie(word.text))
            if isinstance(word, Run) and not word.marks.href
            else word
            for word in words
        ]
        return replace(paragraph, inlines=tuple(tied))

    def _words(self, value: Value) -> "str | _Unknown":
        found = self._find(value.name)
        if isinstance(found, _Unknown):
            return found
        words: str | _Unknown = _unknown("filter", filter=value.filter, value=value.name)
        match value.filter:
            case "":
                is_list = isinstance(found, tuple)
                words = _unknown("list", value=value.name) if is_list else str(found)
            case "list" if isinstance(found, tuple):
                words = self.tongue.join([self.name(country) for country in found])
            case "number" if (exhibit := self._exhibit(value.name)) is not None:
                words = str(exhibit.number)
            case "ordinal" if isinstance(found, int):
                words = self._ordinal(found, value)
        return words

    def _ordinal(self, number: int, value: Value) -> "str | _Unknown":
        gender = value.argument or "m"
        if gender not in ("m", "f"):
            return _unknown("gender", gender=gender)
        words = self.ranks
        word = words.word(number, gender, is_short=value.is_short) if words else None
        return _unknown("ordinal", number=number) if word is None else word

    def _find(self, name: str) -> "str | int | tuple[str, ...] | _Unknown":
        """A value by its dotted name: words, a rank, or countries."""
        found: str | int | tuple[str, ...] | _Unknown = _unknown(
            "unknown", value=name, known=_EXAMPLES
        )
        match name.split("."):
            case ["score", key] if self.country in self.results:
                found = self._score(self.country, key, name)
            case ["scores", country, key] if country in self.results:
                found = self._score(country, key, name)
            case ["band", key] if self.country in self.results:
                found = self._band(key, name)
            case ["max", key] if self.results and key in next(iter(self.results.values())).scores:
                found = self.maximum(key)
            case ["rank", key] if key in self.standings and self.country in self.results:
                found = self._rank(self.country, key, name)
            case ["ranks", country, key] if country in self.results and key in self.standings:
                found = self._rank(country, key, name)
            case ["ahead" | "behind" | "neighbours" as group, key] if (
                key in self.standings and self.country in self.results
            ):
                found = self._countries(group, key)
            case ["change", key] if key in self.standings and self.country in self.results:
                found = self._change(key)
            case ["figure" | "table", _]:
                found = self._reference(name)
            case ["country", form] if self.country in self.results:
                found = self._form(self.country, form) or found
            case ["countries", country, form] if country in self.results:
                found = self._form(country, form) or found
        return found

    def _exhibit(self, name: str) -> Exhibit | None:
        """A figure or table by its dotted name, `figure.exports`."""
        kind, _, wanted = name.partition(".")
        return next(
            (one for one in self.exhibits if (one.kind, one.name) == (kind, wanted)),
            None,
        )

    def _reference(self, name: str) -> "str | _Unknown":
        """The words that refer to a figure or table."""
        exhibit = self._exhibit(name)
        if exhibit:
            return self.exhibit_label(exhibit)
        kind, _, wanted = name.partition(".")
        return _unknown(kind, name=wanted)

    def _form(self, country: str, wanted: str) -> "str | _Unknown | None":
        """A form of a country's name; None if there is no such form in any language."""
        form = next((form for form in FORMS if form == wanted), None)
        if form is None:
            return None
        return self.form(country, form) or _unknown(
            "form_of_name",
            form=form,
            name=self.name(country),
            country=country,
            file=f"content/wording/{self.tongue.language}.yaml",
        )

    def _score(self, country: str, key: str, name: str) -> "str | _Unknown":
        if key not in self.results[country].scores:
            return _unknown("unscored", score=key, known=tuple(self.results[country].scores))
        printed = self.printed(self.results[country].scores[key])
        return _unknown("unpublished", value=name) if printed is None else printed

    def _band(self, key: str, name: str) -> "str | _Unknown":
        """The name of the band that a score is in."""
        scores = self.results[self.country].scores
        if key not in scores:
            return _unknown("unscored", score=key, known=tuple(scores))
        words = self.band(scores[key])
        return words or _unknown("unpublished", value=name)

    def _rank(self, country: str, key: str, name: str) -> "int | _Unknown":
        rank = self.results[country].ranks.get(key)
        if rank is None:
            return _unknown("unranked", value=name)
        return rank

    def _countries(self, group: str, key: str) -> "tuple[str, ...] | _Unknown":
        """The countries ahead, behind or directly above and below, best first."""
        its = self.results[self.country]
        match group:
            case "ahead":
                return its.ahead.get(key, _unknown("ahead", key=key))
            case "behind":
                return its.behind.get(key, _unknown("behind", key=key))
        found = neighbours(self.results, self.country, key)
        return _unknown("behind", key=key) if found is None else found

    def _change(self, key: str) -> "str | _Unknown":
        """The difference to the latest earlier edition, with its sign: +0.8, −0.4, 0.0."""
        change = self.results[self.country].change(key)
        if change is None:
            return _unknown("change", key=key)
        sign = "+" if change.difference > 0 else MINUS if change.difference < 0 else ""
        return sign + self.tongue.number(abs(change.difference))


def values_of(content: Content, country: str, language: str) -> Values:
    """What the prose of a country's card may name."""
    card = content.cards.get(country, {}).get(language)
    dimensions = tuple(content.scoreboard.model.dimensions)
    numbered = exhibits(card.prose, dimensions) if card else ()
    values = _values(content, country, language, content.scores[country].model.country)
    return replace(values, exhibits=numbered)


def scoreboard_values(content: Content, language: str) -> Values:
    """What the prose of the scoreboard may name: nothing of one country."""
    return _values(content, SCOREBOARD, language, shared_country(content, language))


def shared_country(content: Content, language: str) -> str:
    """The country whose marks numbers have in a language where they belong to no card: on the
    scoreboard, in the list on the web, in the wording. Written as on the cards in that language, or
    if there are none, as in the countries that have scores; where these differ, as in Latin America
    (UN M49 419). Empty for the language itself.
    """
    named = [name for name, cards in content.cards.items() if language in cards]
    scores = [one for name, one in content.scores.items() if name in named or not named]
    codes = [one.model.country for one in scores]
    if len({_marks(language, code) for code in codes}) > 1:
        return _REGION
    return codes[0] if codes else ""


@cache
def _marks(language: str, country: str) -> NumberMarks:
    return Tongue(language, country, House()).numbers.marks


def _values(content: Content, card: str, language: str, region: str) -> Values:
    scores = {name: sourced.model for name, sourced in content.scores.items()}
    return Values(
        card,
        results(content.scoreboard.model, scores),
        scores,
        content.wordings[language].model,
        Tongue(language, region, content.edition.model.languages[language]),
        (TOTAL, *content.scoreboard.model.dimensions),
        {
            name: tuple(dimension.categories)
            for name, dimension in content.scoreboard.model.dimensions.items()
        },
        content.scoreboard.model.assessed == "country",
        content.edition.model.show_bands,
    )


@dataclass(frozen=True, slots=True)
class _Unknown:
    """Why a value cannot be put into words: a case of PROSE-VALUE and what fills its holes."""

    case: str
    holes: Mapping[str, Hole]


def _unknown(case: str, **holes: Hole) -> _Unknown:
    return _Unknown(case, holes)


def _apostrophes(text: str) -> str:
    return str(text).replace("'", "’")
