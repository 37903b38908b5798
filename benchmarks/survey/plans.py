"""What differs between generated cards: everything follows from a seed and a card's number."""

import math
import re
from dataclasses import dataclass
from random import Random
from typing import Final

LANGUAGES: Final = ("en", "es", "pt", "de", "fr", "nl")
#: ISO 3166 codes: the countries of a ranking, in the order in which they join it.
COUNTRIES: Final = tuple(
    re.findall("..", "BOPECOBRECVEGYSRPYUYARCLMXGTHNNICRPADOCUJMCIGHMLBFSNGNLRSLGW")
)
#: What a card is about, each with a stride of its own over its range: numbers from 1 on fill each
#: range evenly, and no two ranges in step (square roots of primes).
_AXES: Final = {
    "length": 2,
    "notes": 3,
    "dimensions": 5,
    "categories": 7,
    "countries": 11,
    "authors": 13,
    "organisations": 17,
    "recommendations": 19,
    "names": 23,
    "missing": 29,
    "provisional": 31,
    "logos": 37,
    "title": 41,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A card to be generated. `length` and `notes` are factors of a usual card's text and notes;
    `categories` are those of each dimension; `missing` and `provisional` the shares of its scores;
    `logos` the share of organizations with one.
    """

    seed: int
    number: int
    language: str
    length: float
    notes: float
    categories: tuple[int, ...]
    countries: int
    has_long_names: bool
    has_long_title: bool
    missing: float
    provisional: float
    authors: int
    organisations: int
    logos: float
    recommendations: int

    @property
    def name(self) -> str:
        """Its name in those of files."""
        return f"{self.number:03d}-{self.language}"

    @property
    def random(self) -> Random:
        """The choices of its texts."""
        return Random(f"{self.seed}/{self.number}")


def plan(seed: int, number: int) -> Plan:
    """The card of a number, from 1."""
    at = {axis: _share(seed, number, axis) for axis in _AXES}
    random = Random(f"plan {seed}/{number}")
    dimensions = 1 + int(at["dimensions"] * 6)
    most = 1 + int(at["categories"] * 12)
    return Plan(
        seed=seed,
        number=number,
        language=LANGUAGES[(number - 1) % len(LANGUAGES)],
        # As many cards shorter than usual as longer ones.
        length=round(0.2 * 5 ** (at["length"] * 2), 2)
        if at["length"] < 0.5
        else round(3 ** (at["length"] * 2 - 1), 2),
        notes=round(at["notes"] * 4, 2),
        categories=tuple(random.randint(max(1, most - 3), most) for _ in range(dimensions)),
        countries=1 + int(at["countries"] * 30),
        has_long_names=at["names"] < 0.3,
        has_long_title=at["title"] < 0.2,
        missing=0.0 if at["missing"] < 0.6 else round(at["missing"] - 0.5, 2),
        provisional=0.0 if at["provisional"] < 0.3 else 1.0 if at["provisional"] > 0.7 else 0.5,
        authors=1 + int(at["authors"] * 20),
        organisations=1 + int(at["organisations"] * 6),
        logos=0.0 if at["logos"] < 0.4 else at["logos"],
        recommendations=2 + int(at["recommendations"] * 11),
    )


def _share(seed: int, number: int, axis: str) -> float:
    """Where a card is on an axis, 0 to 1."""
    start = Random(f"{axis} {seed}").random()
    return math.fmod(start + number * math.sqrt(_AXES[axis]), 1)
