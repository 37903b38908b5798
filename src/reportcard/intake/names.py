"""Names of recommendations, institutions and notes: readable, unique, and those of the card's other
language where both agree.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from reportcard.checks.references import calls
from reportcard.content.model import Card
from reportcard.content.shelf import Sourced
from reportcard.intake.manuscript import same

#: A name has at most so many words and letters.
_WORDS: Final = 4
_LETTERS: Final = 40
_ACRONYM: Final = re.compile(r"\(([A-Z][A-Za-z-]{1,11})\)\s*$")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of recommendations in order, of institutions by their words (`same`), and of
    distinct notes in the order of their first calls; `from_other` lists those of the three that
    have the other language's names.
    """

    recommendations: tuple[str, ...]
    institutions: dict[str, str]
    notes: tuple[str, ...]
    from_other: tuple[str, ...]


def names(
    titles: Sequence[str],
    institutions: Sequence[Sequence[str]],
    notes: Sequence[str],
    called: Sequence[int],
    other: Sourced[Card] | None,
) -> Names:
    """`institutions` are those of each recommendation, `notes` the texts of distinct notes,
    `called` the note of each call in turn.
    """
    model = other.model if other else None
    taken = []
    own_titles = tuple(distinct(slug(title, "recommendation") for title in titles))
    if model and titles and len(model.recommendations) == len(titles):
        own_titles = tuple(model.recommendations)
        taken.append("recommendations")
    by_name = _institutions(
        institutions, [one.institutions for one in model.recommendations.values()] if model else []
    )
    if by_name:
        taken.append("institutions")
    else:
        different = {same(name): name for listed in institutions for name in listed}
        by_name = dict(
            zip(different, distinct(_institution(name) for name in different.values()), strict=True)
        )
    own_notes = tuple(distinct(slug(note, "note") for note in notes))
    order = list(dict.fromkeys(call.note for _, call in calls(other))) if other else []
    if other and called and list(called) == [order.index(call.note) for _, call in calls(other)]:
        own_notes = tuple(order)
        taken.append("notes")
    return Names(own_titles, by_name, own_notes, tuple(taken))


def _institutions(own: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> dict[str, str]:
    """The other language's names of institutions, if each recommendation has as many there and each
    is always the same one.
    """
    if [len(one) for one in own] != [len(one) for one in other]:
        return {}
    pairs = {
        (same(name), id_)
        for mine, theirs in zip(own, other, strict=True)
        for name, id_ in zip(mine, theirs, strict=True)
    }
    found = dict(pairs)
    return found if len(found) == len(set(found.values())) == len(pairs) else {}


def _institution(name: str) -> str:
    acronym = _ACRONYM.search(name)
    return slug(acronym[1] if acronym else name, "institution")


def slug(text: str, otherwise: str) -> str:
    """The first words of a text as a name: small letters without accents, short words left out."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = [word for word in re.findall(r"[a-z0-9]+", letters) if len(word) > 2 or word.isdigit()]
    name = "-".join(found[:_WORDS])[:_LETTERS].strip("-")
    return name if name[:1].isalpha() else f"{otherwise}-{name}".strip("-")


def distinct(wanted: Iterable[str]) -> Iterable[str]:
    """Names each of which is used once: a second one gets a number."""
    used: set[str] = set()
    for name in wanted:
        number = 1
        while (one := name if number == 1 else f"{name}-{number}") in used:
            number += 1
        used.add(one)
        yield one
