"""The data that prose may name, `{{ score.total }}`, put into words for a language. Nothing else
can be expressed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from reportcard.content.loading import Content
from reportcard.content.model import CountryScores
from reportcard.content.prose import Block, Bullets, Inline, Paragraph, Prose, Run, Value
from reportcard.content.wording import Wording
from reportcard.language.locales import Tongue
from reportcard.problems.problem import Problem
from reportcard.scores.results import TOTAL, Results, results, shown
from reportcard.workspace.workspace import SCOREBOARD

_FORMS: Final = ("name", "of", "the")
#: Latin America and the Caribbean (UN M49): where CLDR knows how a language is written there, the
#: card of all countries follows.
_REGION: Final = "419"


@dataclass(frozen=True, slots=True)
class Values:
    """What the prose of one card in one language may name.

    `score.X`, `max.X` (X: total, a dimension, a category), `rank.X`, `ahead.X` (X: total, a
    dimension), the same of any country as `scores.COUNTRY.X`, `ranks.COUNTRY.X`, and names as
    `country.name|of|the`, `countries.COUNTRY.name|of|the`.
    """

    country: str
    """Whose card it is; `scoreboard` for that of all countries, which knows no `score.X`, `rank.X`,
    `ahead.X`, `country.X`.
    """
    results: Results
    codes: Mapping[str, CountryScores]
    wording: Wording
    tongue: Tongue
    standings: tuple[str, ...]
    """What countries are ranked by: `total` and the dimensions."""
    categories: Mapping[str, tuple[str, ...]]
    """The categories of each dimension."""

    def maximum(self, key: str) -> str:
        """The most that a score can be, in every country: 15, or 4.5 if it is no whole number."""
        return self.points(next(iter(self.results.values())).scores[key].maximum)

    def points(self, value: Fraction) -> str:
        """A number of points, without decimals if it is whole."""
        return self.tongue.number(
            Decimal(value.numerator) if value.denominator == 1 else shown(value)
        )

    def score(self, key: str) -> str | None:
        """A score of this country as printed, None if it is not published."""
        points = self.results[self.country].scores[key].shown
        return None if points is None else self.tongue.number(points)

    def bind(self, prose: Prose) -> tuple[Prose, tuple[Problem, ...]]:
        """The prose with words in place of its values, numbers tied to their units, and the values
        that do not exist.
        """
        problems: list[Problem] = []
        blocks: list[Block] = []
        for block in prose.blocks:
            if isinstance(block, Bullets):
                blocks.append(
                    Bullets(
                        tuple(self._paragraph(item, prose.field, problems) for item in block.items)
                    )
                )
            elif isinstance(block, Paragraph):
                blocks.append(self._paragraph(block, prose.field, problems))
            else:
                blocks.append(block)
        return Prose(prose.field, tuple(blocks)), tuple(problems)

    def told(self, value: Value) -> str:
        """A value in words; as it is typed if there is none of that name."""
        words = self._tell(value)
        return words if isinstance(words, str) else f"{{{{ {value.name} }}}}"

    def name(self, country: str, form: str = "name") -> str:
        """A country's name in the form that a sentence needs; the edition's own, else CLDR's."""
        forms = self.wording.countries.get(country)
        written = forms and (getattr(forms, form) or forms.name)
        return (
            _apostrophes(written)
            if written
            else self.tongue.country_name(self.codes[country].country)
        )

    def _paragraph(self, paragraph: Paragraph, field: str, problems: list[Problem]) -> Paragraph:
        words: list[Inline] = []
        for inline in paragraph.inlines:
            item: Inline = inline
            if isinstance(inline, Value):
                told = self._tell(inline)
                if isinstance(told, _Unknown):
                    problems.append(
                        Problem("PROSE-VALUE", told.message, told.hint, inline.place, field=field)
                    )
                    told = "?"
                item = Run(told, inline.marks, inline.place)
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

    def _tell(self, value: Value) -> "str | _Unknown":
        found = self._find(value.name)
        if isinstance(found, _Unknown):
            return found
        match value.filter:
            case "":
                if isinstance(found, tuple):
                    return _Unknown(
                        f"{value.name} is several countries.",
                        f"Write {{{{ {value.name} | list }}}}.",
                    )
                return str(found)
            case "list" if isinstance(found, tuple):
                return self.tongue.join([self.name(country) for country in found])
            case "ordinal" if isinstance(found, int):
                return self._ordinal(found, value)
        return _Unknown(
            f"“{value.filter}” cannot be applied to {value.name}.",
            "Filters are: rank | ordinal, rank | ordinal('f'), ahead | list.",
        )

    def _ordinal(self, number: int, value: Value) -> "str | _Unknown":
        gender = value.argument or "m"
        if gender not in ("m", "f"):
            return _Unknown(
                f"“{gender}” is no gender of the ordinals.",
                "Write ordinal, ordinal('m') or ordinal('f').",
            )
        words = self.wording.ordinals.f if gender == "f" else self.wording.ordinals.m
        if number > len(words):
            return _Unknown(
                f"there is no word for the ordinal {number}.",
                "Add it to `ordinals` in the wording file.",
            )
        return str(words[number - 1])

    def _find(self, name: str) -> "str | int | tuple[str, ...] | _Unknown":
        """A value by its dotted name: words, a rank, or countries."""
        found: str | int | tuple[str, ...] | _Unknown = _Unknown(
            f"there is no value “{name}”.", f"Values are: {', '.join(self._known())}."
        )
        match name.split("."):
            case ["score", key] if self.country in self.results:
                found = self._score(self.country, key, name)
            case ["scores", country, key] if country in self.results:
                found = self._score(country, key, name)
            case ["max", key] if self.results and key in next(iter(self.results.values())).scores:
                found = self.maximum(key)
            case ["rank", key] if key in self.standings and self.country in self.results:
                found = self._rank(self.country, key, name)
            case ["ranks", country, key] if country in self.results and key in self.standings:
                found = self._rank(country, key, name)
            case ["ahead", key] if key in self.standings and self.country in self.results:
                found = self._ahead(key)
            case ["country", form] if form in _FORMS and self.country in self.results:
                found = self.name(self.country, form)
            case ["countries", country, form] if country in self.results and form in _FORMS:
                found = self.name(country, form)
        return found

    def _score(self, country: str, key: str, name: str) -> "str | _Unknown":
        if key not in self.results[country].scores:
            return _Unknown(
                f"there is no score “{key}”.",
                f"Scores are: {', '.join(self.results[country].scores)}.",
            )
        points = self.results[country].scores[key].shown
        if points is None:
            return _Unknown(
                f"the score “{name}” is not published.",
                "Take it out of the text, or state it in scores.yaml.",
            )
        return self.tongue.number(points)

    def _rank(self, country: str, key: str, name: str) -> "int | _Unknown":
        rank = self.results[country].ranks.get(key)
        if rank is None:
            return _Unknown(
                f"the rank “{name}” is not known.",
                "State it in scores.yaml under published › ranks.",
            )
        return rank

    def _ahead(self, key: str) -> "tuple[str, ...] | _Unknown":
        ahead = self.results[self.country].ahead.get(key)
        if ahead is None:
            return _Unknown(
                f"who is ahead in “{key}” is not known.",
                "State it in scores.yaml under published › ahead.",
            )
        return ahead

    def _known(self) -> list[str]:
        return [
            "score.total",
            "max.total",
            "rank.total",
            "ahead.total",
            "scores.COUNTRY.total",
            "country.name",
            "countries.COUNTRY.name",
            "and the same with a dimension or category for total",
        ]


def values_of(content: Content, country: str, language: str) -> Values:
    """What the prose of a country's card may name."""
    return _values(content, country, language, content.scores[country].model.country)


def scoreboard_values(content: Content, language: str) -> Values:
    """What the prose of the scoreboard may name: nothing of one country."""
    return _values(content, SCOREBOARD, language, _REGION)


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
    )


@dataclass(frozen=True, slots=True)
class _Unknown:
    message: str
    hint: str


def _apostrophes(text: str) -> str:
    return str(text).replace("'", "’")
