"""Scores and texts of a workspace that `init` began: the same sentences in every language."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.frameworks.trials import LANGUAGES, Trial
from benchmarks.survey.prose import Writer, words
from benchmarks.survey.workspaces import dumped, loaded

#: Sentences of a usual card's findings, all dimensions together, and of its context.
_FINDINGS, _CONTEXT = 56, 30
_NOTES: Final = 14
#: Names of bands in Spanish, by their id.
_BANDS: Final = {"weak": "Débil", "partial": "Parcial", "strong": "Sólido"}


def fill(trial: Trial, root: Path, seed: str) -> None:
    """Scores, shared words, and the first unit's card; the others keep their scores."""
    content = root / "content"
    scoreboard = loaded(content / "scoreboard.yaml")
    folders = [folder_of(name) for name, _ in trial.units]
    for at, unit in enumerate(folders):
        path = content / unit / "scores.yaml"
        random = Random(f"scores {seed} {at}")
        own = {"provisional": False, "categories": _scores(trial, scoreboard, random)}
        _write(path, loaded(path) | own)
        if at:
            for language in LANGUAGES:
                (content / unit / f"{language}.yaml").unlink()
    for language in LANGUAGES:
        path = content / f"wording/{language}.yaml"
        wording = loaded(path)
        writer = Writer(words(language), Random(f"wording {seed}"), [])
        for at, dimension in enumerate(wording["dimensions"].values()):
            dimension["short"] = words(language).topics[at]
            for category in dimension["categories"].values():
                category["definition"] = writer.clause()
        wording["regional"]["status"] = "final"
        if language == "es":
            wording["bands"] = {id_: _BANDS[id_] for id_ in wording.get("bands", {})}
            for unit, (_, name) in zip(folders, trial.units, strict=True):
                if unit in wording.get("countries", {}):
                    wording["countries"][unit]["name"] = name
        _write(path, {key: value for key, value in wording.items() if value})
    write_card(trial, root, seed, Counter())


def write_card(trial: Trial, root: Path, seed: str, more: Counter[str]) -> None:
    """The first unit's card in every language; `more` are sentences that an editor added, by
    field.
    """
    scoreboard = loaded(root / "content/scoreboard.yaml")
    folder = root / "content" / folder_of(trial.units[0][0])
    for language in LANGUAGES:
        path = folder / f"{language}.yaml"
        begun = loaded(path) | {"title": trial.units[0][LANGUAGES.index(language)]}
        drafted = Drafted(trial, seed, language, more, [f"source-{n + 1}" for n in range(_NOTES)])
        _write(path, drafted.card(begun, scoreboard))


def folder_of(name: str) -> str:
    """The folder of a unit."""
    return re.sub(r"\W+", "-", name.lower())


def _scores(trial: Trial, scoreboard: Mapping[str, Any], random: Random) -> dict[str, Any]:
    ids = [one for part in scoreboard["dimensions"].values() for one in part["categories"]]
    scores = {id_: _number(random.choice(trial.scores)) for id_ in ids}
    if trial.has_gaps:
        scores |= dict.fromkeys(ids[1::5], "not applicable")
    return scores


def _number(typed: str) -> float | int:
    number = Decimal(typed)
    return int(number) if number == int(number) else float(number)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A card's texts in a language: the same sentences in each, and a field's own whatever the
    length of the others. `calls` are the notes that are still to be called.
    """

    trial: Trial
    seed: str
    language: str
    more: Counter[str]
    calls: list[str]

    def writer(self, field: str) -> Writer:
        """The writer of a field."""
        return Writer(words(self.language), Random(f"{self.seed} {field}"), self.calls)

    def text(self, field: str, sentences: float, share: float = 0.0, **options: bool) -> str:
        """The text of a field, with what an editor added."""
        count = max(3, round(sentences)) + self.more[field]
        return self.writer(field).paragraphs(count, share, **options)

    def card(self, begun: dict[str, Any], scoreboard: Mapping[str, Any]) -> dict[str, Any]:
        """A card that was begun, with its texts."""
        dimensions = list(scoreboard["dimensions"])
        notes, length = list(self.calls), self.trial.length
        share = _FINDINGS * length / len(dimensions)
        first = "{{ country.name }}: {{ score.total }} / {{ max.total }}."
        card: dict[str, Any] = begun | {
            "status": "final",
            "authors": ["Author 1 Surname", "Author 2 Surname"],
            "overall": {
                "result": f"{first} {self.text('overall.result', 3)}",
                "findings": {id_: self.writer(f"key {id_}").sentence() for id_ in dimensions[:4]},
            },
            "dimensions": {
                id_: {
                    "findings": self.text(
                        f"dimensions.{id_}",
                        share * Random(id_).uniform(0.7, 1.3),
                        0.1,
                        bullets=True,
                    )
                }
                for id_ in dimensions
            },
            "context": self.text("context", _CONTEXT * min(length, 1), 0.15),
            "recommendations": {
                f"action-{number}": self.recommendation(number, scoreboard)
                for number in range(1, 6)
            },
            "institutions": {
                f"office-{number}": office
                for number, office in enumerate(words(self.language).offices[:3], start=1)
            },
        }
        if called := notes[: len(notes) - len(self.calls)]:
            card["notes"] = {id_: self.writer(id_).note(n) for n, id_ in enumerate(called, start=1)}
        return card

    def recommendation(self, number: int, scoreboard: Mapping[str, Any]) -> dict[str, Any]:
        """A recommendation, which raises two categories of a dimension."""
        dimensions = list(scoreboard["dimensions"].values())
        return {
            "title": words(self.language).titles[number],
            "text": self.text(f"recommendations.{number}", 3),
            "institutions": [f"office-{number % 3 + 1}"],
            "categories": list(dimensions[number % len(dimensions)]["categories"])[:2],
        }


def _write(path: Path, content: Any) -> None:
    path.write_text(dumped(content), encoding="utf-8")
