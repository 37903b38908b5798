"""Comments in a Word document as remarks on the fields of a card, like those in a PDF."""

from collections.abc import Iterator, Mapping

from reportcard.content.loading import Content
from reportcard.content.segments import segments
from reportcard.content.shelf import texts
from reportcard.manuscript.binding import block_at
from reportcard.manuscript.dispatch import Dispatch, SentBlock, unpacked
from reportcard.manuscript.returned import ReturnedManuscript
from reportcard.manuscript.word_file import read_manuscript
from reportcard.pdf.annotations import Remark
from reportcard.problems.problem import Place
from reportcard.review.tell.comments import Comment


def commented(data: bytes, name: str, content: Content | None) -> tuple[Comment, ...]:
    """All comments of a .docx; of one that is not a manuscript of this content without a field.
    Raises ReportCardError (UNREADABLE).
    """
    return comments_of(read_manuscript(data, name), content)


def comments_of(manuscript: ReturnedManuscript, content: Content | None) -> tuple[Comment, ...]:
    """The comments of a manuscript with the field and place in the content that each is about."""
    dispatch = unpacked(manuscript.properties)
    numbers = {one.id: number for number, one in enumerate(manuscript.comments)}
    return tuple(_listed(manuscript, dispatch, content, numbers))


def _listed(
    manuscript: ReturnedManuscript,
    dispatch: Dispatch | None,
    content: Content | None,
    numbers: Mapping[str, int],
) -> Iterator[Comment]:
    places: dict[str, tuple[str, str]] = {}
    for one in manuscript.comments:
        field, place = places.get(one.reply_to, ("", ""))
        if dispatch and not field:
            index = block_at(one.note, one.line, manuscript, dispatch)
            block = None if index is None else dispatch.blocks[index]
            if block is not None and block.path:
                field = f"{dispatch.country}/{block.field}"
                place = _place(block, dispatch, content)
        places[one.id] = field, place
        remark = Remark(
            "highlight" if one.quoted else "note",
            one.text,
            one.trace.author,
            one.trace.date,
            0,
            (),
            numbers.get(one.reply_to),
            "resolved" if one.is_done else "",
            one.quoted,
        )
        yield Comment(remark, field, place, one.quoted)


def _place(block: SentBlock, dispatch: Dispatch, content: Content | None) -> str:
    """Where a block is in the content now: `file:line:column`; empty if its field is gone."""
    cards = content.cards.get(dispatch.country, {}) if content else {}
    card = cards.get(dispatch.language)
    text = dict(texts(card.model)).get(block.path) if card else None
    if text is None:
        return ""
    segment = next((one for one in segments(text) if one.text == block.text), None)
    if segment is None or segment.rows[0] >= len(text.scalar.rows):
        return str(text.place)
    line, column = text.scalar.rows[segment.rows[0]]
    return str(Place(text.file, line, column + segment.column))
