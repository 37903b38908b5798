"""Labels that have no room for more than so many letters."""

from collections.abc import Iterator
from typing import Final

from reportcard.content.fields import kind_of
from reportcard.content.loading import Content
from reportcard.content.prose import Prose
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.problems.rule import Rule, Stage

LABEL_LENGTH: Final = Rule(
    "LABEL-LENGTH",
    Severity.ERROR,
    Stage.CONTENT,
    message="this label has {letters} characters; the maximum is {maximum}.",
    advice="Shorten the label to fit below the gauge.",
    why=(
        "A category name is printed below its gauge, on up to three lines in a narrow "
        "column. A longer name would displace the text or overlap its neighbors."
    ),
    wrong="name: Mercury and all other hazardous substances that are used in artisanal mining…",
    right="name: Mercury and hazardous substances",
    is_waivable=True,
)


def shared(content: Content) -> Iterator[Problem]:
    """The labels of the wording that are too long."""
    for wording in content.wordings.values():
        for path, prose in wording.prose.items():
            if path not in wording.fallen and (fault := too_long(path, prose)):
                yield fault


def too_long(path: str, prose: Prose) -> Problem | None:
    """The fault of a label, by the path of its field, that has more letters than it may have."""
    maximum = kind_of(path).longest
    if not maximum or prose.letters <= maximum:
        return None
    first = next(prose.paragraphs(), None)
    place = first.place if first else Place("")
    return LABEL_LENGTH.at(place, field=prose.field, letters=prose.letters, maximum=maximum)
