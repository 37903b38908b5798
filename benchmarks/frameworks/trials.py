"""The frameworks that are tried, and the names of their parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.survey.prose import words

LANGUAGES: Final = ("en", "es")


@dataclass(frozen=True, slots=True)
class Trial:
    """A framework to be tried: the categories of each dimension, and the options of `init` beyond
    names. `scores` are those that a category can have. `length` is a factor of a usual card's text.
    """

    categories: tuple[int, ...]
    options: tuple[str, ...] = ()
    scores: tuple[str, ...] = ("0", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1")
    is_weighted: bool = False
    has_gaps: bool = False
    units: tuple[tuple[str, str], ...] = (
        ("Peru", "Perú"),
        ("Bolivia", "Bolivia"),
        ("Ecuador", "Ecuador"),
    )
    length: float = 1.0


_UNITS: Final = ("--unit", "basin/basins", "--unit", "es=cuenca/cuencas")
_OUT_OF_100: Final = ("--out-of", "100", "--decimals", "0")
TRIALS: Final[Mapping[str, Trial]] = {
    "1x1": Trial((1,), length=0.6),
    "1x12": Trial((12,)),
    "uneven": Trial((2, 7)),
    "5x3": Trial((3,) * 5),
    "12x2": Trial((2,) * 12, length=1.5),
    "12x12": Trial((12,) * 12, length=2),
    "means": Trial((1, 3, 4, 4, 3), ("--formula", "mean", "--out-of", "100")),
    "weights": Trial(
        (3, 4, 2, 5),
        ("--formula", "weighted", *_OUT_OF_100, "--suffix", "%", "--theme", "atlas"),
        is_weighted=True,
    ),
    "max4": Trial((3, 3, 4), ("--maximum", "4"), tuple("01234")),
    "max10": Trial(
        (4, 3, 5),
        ("--formula", "mean", "--maximum", "10", "--out-of", "10"),
        ("0", "2.5", "4", "5.5", "6", "7", "8.5", "9", "10"),
    ),
    "max100": Trial(
        (3,) * 4,
        ("--formula", "mean", "--maximum", "100", *_OUT_OF_100),
        ("0", "17", "33", "48", "50", "66", "75", "82", "91", "100"),
    ),
    "lower": Trial((4, 4, 3), ("--lower-is-better",)),
    "bands": Trial(
        (4, 2, 3),
        (
            *("--formula", "mean", *_OUT_OF_100),
            *("--band", "Weak=40", "--band", "Partial=70", "--band", "Strong"),
        ),
    ),
    "na": Trial((4, 3, 5), has_gaps=True),
    "units": Trial(
        (3, 4, 2, 3),
        _UNITS,
        units=(
            ("North Basin", "Cuenca Norte"),
            ("South Basin", "Cuenca Sur"),
            ("High Basin", "Cuenca Alta"),
            ("Delta", "Delta"),
        ),
    ),
}


def named(categories: Sequence[int], language: str) -> list[tuple[str, list[str]]]:
    """The dimensions' names, each with those of its categories: the same in meaning in every
    language.
    """
    known = words(language)
    topics, further = known.topics, known.further
    found = []
    for one, count in enumerate(categories):
        names = [
            f"{topics[(one + n + 1) % 12]} {further[(one + n) % 6]}"
            if n % 3
            else str(topics[(one + n + 1) % 12])
            for n in range(count)
        ]
        found.append((f"{topics[one % 12]} {further[one % 6]}" if one % 2 else topics[one], names))
    return found
