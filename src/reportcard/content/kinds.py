"""What a field of the content is, beside its type: whether a translator gets it, a dictionary looks
at it, the languages are held against each other in it. Said once, on the model.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FieldKind:
    """What is done with the text of a field.

    `longest` is the most letters that it may have, 0 if there is no bound.
    """

    is_exchanged: bool = True
    """Whether it goes to a translator."""
    is_spelled: bool = True
    """Whether dictionaries look at it."""
    is_compared: bool = True
    """Whether a final card needs it in every language."""
    is_note: bool = False
    """Whether it is the text of a note."""
    is_name: bool = False
    """Whether it names people or institutions: no figure or claim is looked for in it."""
    is_person: bool = False
    is_label: bool = False
    """Whether it is a word of the page, which may hold a single quote or bracket."""
    is_scoreboard: bool = False
    """Whether the scoreboard alone shows it."""
    longest: int = 0


TEXT: Final = FieldKind()
PERSON: Final = FieldKind(
    is_exchanged=False, is_spelled=False, is_compared=False, is_name=True, is_person=True
)
INSTITUTION: Final = FieldKind(is_name=True)
NOTE: Final = FieldKind(is_note=True)
#: A country's name is translated; each language has it in forms of its own.
COUNTRY: Final = FieldKind(is_spelled=False, is_compared=False)
#: A language's name for itself, ordinals, forms of names: each language fills them by its grammar.
FORM: Final = FieldKind(is_exchanged=False, is_spelled=False, is_compared=False)
LABEL: Final = FieldKind(is_label=True)
SCOREBOARD_TEXT: Final = FieldKind(is_scoreboard=True)
#: 72 letters are three lines below a gauge, in the narrowest of five columns.
GAUGE_LABEL: Final = FieldKind(longest=72)
UNPLACED: Final = FieldKind(is_exchanged=False)
