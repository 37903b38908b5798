"""All scores of a release as JSON, for whoever computes with them."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from reportcard.build.inventory import SoundWorkspace
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage
from reportcard.scores.results import Result, results

OPEN_DATA_CONTACT: Final = Rule(
    "OPEN-DATA-CONTACT",
    Severity.ERROR,
    Stage.COMMAND,
    message="the open data names nobody to ask.",
    advice="Enter an address under `contact`.",
    why="Who computes with the scores has to know whom to ask about them.",
    wrong="contact:",
    right="contact: cards@example.org",
)


def files(
    read: SoundWorkspace,
    countries: Sequence[str],
    languages: Sequence[str],
) -> tuple[Mapping[str, bytes], Sequence[Problem]]:
    """`scores.json`: every score of every country with its maximum, and the ranks."""
    edition = read.content.edition
    if not edition.model.contact:
        return {}, [OPEN_DATA_CONTACT.at(edition.tree.at("contact"))]
    scores = {name: sourced.model for name, sourced in read.content.scores.items()}
    every = results(read.content.scoreboard.model, scores)
    data = {
        "version": edition.model.version,
        "date": edition.model.date.isoformat(),
        "contact": edition.model.contact,
        "countries": {
            name: {
                "scores": {key: _score(one) for key, one in country.scores.items()},
                "ranks": dict(country.ranks),
            }
            for name, country in every.items()
        },
    }
    return {"scores.json": f"{json.dumps(data, indent=1)}\n".encode()}, []


def _score(result: Result) -> dict[str, object]:
    shown = None if result.shown is None else float(result.shown)
    return {
        "score": shown,
        "maximum": float(result.maximum),
        "provisional": result.provisional,
    }
