"""Notes at the foot of the page where they are called."""

from collections.abc import Iterator

from reportcard.page.compose.composed import Composed
from reportcard.page.origins import on_page
from reportcard.page.proof.rules import PAGE_NOTE, PAGE_NOTE_ORDER
from reportcard.page.typeset.layout import LaidOut
from reportcard.problems.problem import Problem


def notes_with_calls(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """A note begins on the page of its call. A call that repeats an earlier number has no note of
    its own.
    """
    printed = set()
    for called in card.calls:
        if called.note_id in printed:
            continue
        printed.add(called.note_id)
        call_page, note_page = (
            laid.boxes[id_][0].page if id_ in laid.boxes else 0
            for id_ in (called.call_id, called.note_id)
        )
        if call_page != note_page:
            origin = card.origins[called.call_id]
            yield PAGE_NOTE.at(
                on_page(origin.place, call_page or note_page),
                "uncalled" if not call_page else "apart" if note_page else "unprinted",
                field=origin.field,
                number=called.number,
                note_page=note_page,
                call_page=call_page,
            )


def notes_in_order(card: Composed, laid: LaidOut) -> Iterator[Problem]:
    """Notes follow each other by their numbers."""
    last, before = (0, 0.0), 0
    for note_id, number in {called.note_id: called.number for called in card.calls}.items():
        if note_id not in laid.boxes:
            continue
        box = laid.boxes[note_id][0]
        if (box.page, box.y) < last:
            origin = card.origins[note_id]
            place = on_page(origin.place, box.page)
            yield PAGE_NOTE_ORDER.at(place, field=origin.field, number=number, before=before)
        last, before = (box.page, box.y), number
