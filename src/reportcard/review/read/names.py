"""What the name of a place in our PDFs means: `peru.es.dimensions.legal.findings.2b889dd4` is a
block of a content field.
"""

import re
from dataclasses import dataclass
from typing import Final

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class Named:
    """A place's name (empty: it has none), the content field (`peru/context`) and the language that
    it is a block of.
    """

    id: str = ""
    field: str = ""
    language: str = ""

    @property
    def is_note(self) -> bool:
        """Whether the field is a note."""
        return "/notes." in self.field

    @property
    def is_score(self) -> bool:
        """Whether the field is a score."""
        return "/scores." in self.field


UNNAMED: Final = Named()


def named(id_: str) -> Named:
    """The place of a name; UNNAMED if it is not one of ours.

    Blocks end with their key, lines with `line` and, from the second time on, a number: see
    `blocks.Compositor`.
    """
    country, _, rest = id_.partition(".")
    language, _, rest = rest.partition(".")
    parts = rest.split(".")
    if not country or not _LANGUAGE.fullmatch(language) or len(parts) < 2 or not all(parts):
        return UNNAMED
    match parts:
        case ["call" | "link" | "country", *_]:
            field = ""
        case ["score" | "glance" | "strengths", key, *_]:
            field = f"{country}/scores.{key}"
        case ["rank" | "ranking", other, *_]:
            field = f"{other}/scores.total"
        case ["scores" | "map", other, key, *_]:
            field = f"{other}/scores.{key}"
        case ["notes", *note, _] if note:
            field = f"{country}/notes.{'.'.join(note)}"
        case ["wording", *name]:
            field = f"wording/{_without_key(name)}"
        case _:
            field = f"{country}/{_without_key(parts)}"
    return Named(id_, field, language) if field else UNNAMED


def _without_key(parts: list[str]) -> str:
    kept = (
        parts[:-2] if len(parts) > 2 and parts[-2] == "line" and parts[-1].isdigit() else parts[:-1]
    )
    return ".".join(kept)
