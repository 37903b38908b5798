"""What must be true of the laid-out pages before a PDF is written."""

from collections.abc import Iterator

from reportcard.composing import Composed
from reportcard.problems import Problem
from reportcard.typesetting import LaidOut


def proof(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Every rule on the pages of one card in one language."""
    yield from _notes_with_their_calls(card, laid)


def _notes_with_their_calls(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """A note begins on the page of its call. A call that repeats an earlier number has no note of its own."""
    printed = set()
    for called in card.calls:
        if called.note_id in printed:
            continue
        printed.add(called.note_id)
        origin = card.origins[called.call_id]
        pages = [laid.boxes[id_][0].page if id_ in laid.boxes else 0 for id_ in (called.call_id, called.note_id)]
        if pages[0] != pages[1]:
            yield Problem(
                "PAGE-NOTE",
                f"note {called.number} stands on page {pages[1] or '?'}, its call on page {pages[0] or '?'} ({card.language}).",
                "Shorten the text on that page by a line, or move the call.",
                origin.place,
                field=origin.field,
            )
