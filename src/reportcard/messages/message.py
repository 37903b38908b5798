"""A message as a value: an English sentence with named holes and what fills them. It becomes text
when somebody reads it, in the reader's language.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, Union

from reportcard.messages.catalogue import reader, translated

#: What fills a hole: text that is nobody's language (a name, a number as typed), a number, another
#: message, or several of these, listed with commas.
Hole: TypeAlias = Union[str, int, "Message", tuple["Hole", ...]]

_HOLE: Final = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in English, its plural if it counts something (`n`), and what fills its holes, by
    name. `str()` writes it in the reader's language.
    """

    text: str
    plural: str = ""
    holes: tuple[tuple[str, Hole], ...] = ()

    def __str__(self) -> str:
        return self.written(reader())

    def written(self, language: str) -> str:
        """The text in a language, or in English if it is not translated."""
        holes = dict(self.holes)
        count = holes.get("n")
        template = translated(
            self.text, self.plural, count if isinstance(count, int) else 1, language
        )
        return _HOLE.sub(
            lambda hole: _filled(holes[hole[1]], language) if hole[1] in holes else hole[0],
            template,
        )


def message(text: str, plural: str = "", /, **holes: Hole) -> Message:
    """Makes a message: an English sentence, its plural if it counts something (`n`), and what fills
    its holes.

    Braces that name no hole given stay as they are: `{{ score.total }}` and `{lang=es}` are
    content.
    """
    return Message(text, plural, tuple(holes.items()))


def message_from(record: str | Mapping[str, Any]) -> Message | str:
    """The message that `dataclasses.asdict` wrote, also by way of JSON. Raises KeyError or
    TypeError if it is none.
    """
    if isinstance(record, str):
        return record
    holes = tuple((str(name), _hole_from(hole)) for name, hole in record["holes"])
    return Message(record["text"], record["plural"], holes)


def _filled(hole: Hole, language: str) -> str:
    if isinstance(hole, tuple):
        return ", ".join(_filled(one, language) for one in hole)
    return hole.written(language) if isinstance(hole, Message) else str(hole)


def _hole_from(record: Any) -> Hole:
    if isinstance(record, list | tuple):
        return tuple(_hole_from(one) for one in record)
    return record if isinstance(record, int) else message_from(record)
