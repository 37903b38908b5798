"""What translators noted beside the blocks of a file that came back, as remarks on the fields of a
card, like those in a PDF.
"""

from collections.abc import Iterator, Sequence

from reportcard.content.loading import Content
from reportcard.content.segments import folded
from reportcard.language.locales import nearest_tag
from reportcard.messages.catalogue import languages
from reportcard.messages.message import Message
from reportcard.pdf.annotations import Remark
from reportcard.review.tell.comments import Comment
from reportcard.translation.confirmation import Standing, standings
from reportcard.translation.parcel import Returned, ReturnedItem, is_page_note, parcel
from reportcard.translation.stamps import block_ids
from reportcard.translation.units import WORDING
from reportcard.workspace.workspace import Workspace


def comments_in(
    returned: Sequence[Returned], workspace: Workspace | None, content: Content | None
) -> tuple[Comment, ...]:
    """The comments in a file of translations, with the place of each block in the content; without
    content that can be read, the field alone.
    """
    found: tuple[Standing, ...] = ()
    known = {*content.cards, WORDING} if content else set()
    scopes = tuple(dict.fromkeys(one.scope for one in returned if one.scope in known))
    if workspace and content and scopes:
        found, _ = standings(workspace, content, scopes, ())
    return tuple(
        comment for one in returned for comment in _of_scope(one, _its(one, found), content)
    )


def _its(returned: Returned, found: Sequence[Standing]) -> Standing | None:
    """The translation that a file is of."""
    its = {one.pair.language: one for one in found if one.pair.scope == returned.scope}
    return its.get(nearest_tag(returned.language, its))


def _of_scope(
    returned: Returned, standing: Standing | None, content: Content | None
) -> Iterator[Comment]:
    """Those of one scope, without the program's own notes: some tools drop from whom they are."""
    if not any(item.comments for item in returned.items):
        return
    blocks = block_ids(standing.blocks) if standing else {}
    own: dict[str, set[str]] = {}
    if standing and content:
        own = {
            item.id: {text for note in item.notes for text in _written(note)}
            for item in parcel(standing, content).items
        }
    for item in returned.items:
        block = blocks.get(item.id)
        place = str(block.place) if block else ""
        for comment in item.comments:
            text = folded(comment.text)
            if text not in own.get(item.id, ()) and not is_page_note(text):
                yield Comment(_remark(item, *comment), item.id.partition("#")[0], place, item.typed)


def _remark(item: ReturnedItem, text: str, author: str) -> Remark:
    return Remark("note", text, author, "", 0, (), quoted=item.typed)


def _written(note: Message | str) -> Iterator[str]:
    """A note in each language in which the program may have written it."""
    for language in languages():
        yield folded(note.written(language) if isinstance(note, Message) else note)
