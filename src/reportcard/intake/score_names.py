"""The names in the headings of a table of scores: countries, categories, criteria and sums, in
every language of the edition.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Self

from reportcard.content.loading import Content
from reportcard.intake.manuscript import plain
from reportcard.intake.outline import unnumbered
from reportcard.language.locales import Tongue
from reportcard.language.names import country_code
from reportcard.scores.formula import Scale, scales
from reportcard.scores.results import TOTAL

Measure = tuple[str, ...]
"""What is measured: a category, a category and its criterion, or a sum (`SUM` and the dimension or
total).
"""
SUM: Final = "="
#: Languages in which tables name countries, whatever those of the edition are.
_UN_LANGUAGES: Final = ("en", "es", "fr", "pt")
_LONGEST_NAME: Final = 80
#: What is typed beside the name of a dimension, as plain words: Total Marcos legales, Legal score.
_SUM_WORDS: Final = re.compile(
    r"^(?:sub)?(?:total|suma|sum|puntaje|score|pontuacao)(?: (?:total|for|of|de|del|da|do))* "
    r"| (?:sub)?(?:total|score|sum)$"
)


@dataclass(frozen=True, slots=True)
class ScoreNames:
    """What countries, categories, criteria and sums are called, in every language, as plain
    words. `codes` are the countries by ISO code, where that tells them apart; `scales` those of the
    dimensions and the total.
    """

    countries: Mapping[str, str]
    measures: Mapping[str, Measure]
    maximum: Fraction
    codes: Mapping[str, str]
    languages: tuple[str, ...]
    scales: Mapping[str, Scale]

    @classmethod
    def of(cls, content: Content) -> Self:
        """The names that a workspace knows."""
        scale = scales(content.scoreboard.model)
        return cls(
            MappingProxyType(_countries(content)),
            MappingProxyType(_measures(content)),
            content.scoreboard.model.most,
            MappingProxyType(_codes(content)),
            tuple(dict.fromkeys((*content.edition.model.languages, *_UN_LANGUAGES))),
            MappingProxyType({**scale.dimensions, TOTAL: scale.total}),
        )

    def country(self, text: str) -> str | None:
        """The country of a name: as the workspace has it, or that of its language or of the
        United Nations, or an ISO code of two or three letters.
        """
        known = self.countries.get(plain(text))
        if known or not self.codes or not text or len(text) > _LONGEST_NAME:
            return known
        return self.codes.get(_code(text, self.languages) or "")

    def measure(self, text: str) -> Measure | None:
        """What a heading names; a letter or number before the name does not count, nor does the
        word for a sum beside a dimension.
        """
        known = self.measures.get(plain(text)) or self.measures.get(plain(unnumbered(text)[1]))
        if known:
            return known
        of_sum = self.measures.get(_SUM_WORDS.sub("", plain(text)))
        return of_sum if of_sum and of_sum[0] == SUM else None


@lru_cache(maxsize=4096)
def _code(text: str, languages: tuple[str, ...]) -> str | None:
    return country_code(text, languages)


def _codes(content: Content) -> dict[str, str]:
    """Countries by their ISO code; none that two of them have, and none where other units than
    countries are assessed.
    """
    if content.scoreboard.model.assessed != "country":
        return {}
    codes = Counter(one.model.country for one in content.scores.values())
    return {
        one.model.country: country
        for country, one in content.scores.items()
        if codes[one.model.country] == 1
    }


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
