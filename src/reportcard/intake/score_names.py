"""The names in the headings of a table of scores: countries, categories, criteria and sums, in
every language of the edition.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Self

from reportcard.content.loading import Content
from reportcard.intake.manuscript import plain
from reportcard.intake.outline import unnumbered
from reportcard.language.locales import Tongue
from reportcard.scores.results import TOTAL

Measure = tuple[str, ...]
"""What is measured: a category, a category and its criterion, or a sum (`SUM` and the dimension or
total).
"""
SUM: Final = "="


@dataclass(frozen=True, slots=True)
class ScoreNames:
    """What countries, categories, criteria and sums are called, in every language, as plain
    words.
    """

    countries: Mapping[str, str]
    measures: Mapping[str, Measure]
    maximum: Fraction

    @classmethod
    def of(cls, content: Content) -> Self:
        """The names that a workspace knows."""
        return cls(
            MappingProxyType(_countries(content)),
            MappingProxyType(_measures(content)),
            content.scoreboard.model.most,
        )

    def country(self, text: str) -> str | None:
        """The country of a name."""
        return self.countries.get(plain(text))

    def measure(self, text: str) -> Measure | None:
        """What a heading names; a letter or number before the name does not count."""
        return self.measures.get(plain(text)) or self.measures.get(plain(unnumbered(text)[1]))


def _countries(content: Content) -> dict[str, str]:
    found: dict[str, str] = {}
    for country, scores in content.scores.items():
        code = scores.model.country
        names = [country]
        if content.scoreboard.model.assessed == "country":
            names += [
                code,
                *(
                    Tongue(language, code, house).country_name(code)
                    for language, house in content.edition.model.languages.items()
                ),
            ]
        for wording in content.wordings.values():
            if forms := wording.model.countries.get(country):
                names += [str(forms.name), str(forms.the or forms.name)]
        found |= {plain(name): country for name in names}
    return found


def _measures(content: Content) -> dict[str, Measure]:
    found: dict[str, Measure] = {plain(name): (SUM, TOTAL) for name in (TOTAL, "sum", "suma")}
    for wording in content.wordings.values():
        found |= {
            plain(str(name)): (SUM, TOTAL)
            for name in (wording.model.overall.total, wording.model.overall.panel)
        }
        for id_, dimension in wording.model.dimensions.items():
            found |= {
                plain(str(name)): (SUM, id_) for name in (id_, dimension.name, dimension.short)
            }
    for measure, names in _categories(content):
        found |= {plain(name): measure for name in names}
    return found


def _categories(content: Content) -> Iterator[tuple[Measure, list[str]]]:
    for id_, dimension in content.scoreboard.model.dimensions.items():
        for name, category in dimension.categories.items():
            written = [
                str(wording.model.dimensions[id_].categories[name].name)
                for wording in content.wordings.values()
            ]
            yield (
                (name,),
                [name, category.letter, *written, *(f"{category.letter} {one}" for one in written)],
            )
            for criterion in category.criteria:
                yield (
                    (name, criterion),
                    [criterion, f"{name} {criterion}", f"{category.letter} {criterion}"],
                )
