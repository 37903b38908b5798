"""What a field of the content is, besides its type: whether it is translated, spell-checked, or
compared between languages. The model declares it once.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FieldKind:
    """What is done with the text of a field.

    `longest` is its limit in letters, 0 for none.
    """

    is_exchanged: bool = True
    """Whether it goes to a translator."""
    is_spelled: bool = True
    """Whether its spelling is checked."""
    is_compared: bool = True
    """Whether a final card needs it in every language."""
    is_note: bool = False
    """Whether it is the text of a note."""
    is_name: bool = False
    """Whether it names people or institutions: it is not searched for figures or claims."""
    is_person: bool = False
    is_label: bool = False
    """Whether it is a word of the page, which may hold a single quote or bracket."""
    has_lists: bool = True
    """Whether its bullets are printed as a list."""
    has_blocks: bool = False
    """Whether it may have headings, tables, numbered figures, charts, boxes and quotes."""
    is_scoreboard: bool = False
    """Whether the scoreboard alone shows it."""
    longest: int = 0


TEXT: Final = FieldKind()
BODY: Final = FieldKind(has_blocks=True)
PERSON: Final = FieldKind(
    is_exchanged=False, is_spelled=False, is_compared=False, is_name=True, is_person=True
)
INSTITUTION: Final = FieldKind(is_name=True)
NOTE: Final = FieldKind(is_note=True, has_lists=False)
#: A country's name is translated; each language has it in forms of its own.
COUNTRY: Final = FieldKind(is_spelled=False, is_compared=False)
#: A language's name for itself, ordinals, forms of names: each language fills them by its grammar.
FORM: Final = FieldKind(is_exchanged=False, is_spelled=False, is_compared=False)
LABEL: Final = FieldKind(is_label=True)
SCOREBOARD_TEXT: Final = FieldKind(is_scoreboard=True)
#: 72 letters are three lines below a gauge, in the narrowest of five columns.
GAUGE_LABEL: Final = FieldKind(longest=72)
UNPLACED: Final = FieldKind(is_exchanged=False, has_lists=False, has_blocks=True)
