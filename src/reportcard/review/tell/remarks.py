"""The remarks in a PDF from anywhere, read in a process of their own, with the words that they are
on and the lines of the content that these come from.
"""

from pathlib import Path

from reportcard.content.loading import Content
from reportcard.messages.message import Message
from reportcard.pdf.annotations import Remark, remarks
from reportcard.pdf.glyphs import Glyphs
from reportcard.pdf.skeleton import SkeletonError, skeleton
from reportcard.review.places import lookup
from reportcard.review.read.names import named
from reportcard.review.read.reader import page_words, read_document
from reportcard.review.tell.comments import Comment, Word, comments
from reportcard.workspace.bounds import UnreadableError, apart, read
from reportcard.workspace.system import reason


def remarked(file: Path, content: Content | None) -> tuple[Comment, ...]:
    """All remarks of a file. Raises UnreadableError if it cannot be read."""
    data = read(file)
    found, words, fault = apart(_read, data)
    if fault:
        raise UnreadableError(fault)
    places = lookup(file, data, content)
    return comments(found, words, lambda name: (named(name).field, places(name) or ""))


def _read(data: bytes) -> tuple[tuple[Remark, ...], dict[int, list[Word]], Message | str]:
    """The remarks, and the words of the pages that have some; or why there are none."""
    try:
        found = remarks(data)
        bones = skeleton(data)
        words: dict[int, list[Word]] = {remark.page: [] for remark in found}
        if words:
            with Glyphs.opened(data, bones.sheets) as glyphs:
                read = page_words(bones, glyphs)
                for passage in read_document(read, by_tags=read.has_tags).passages:
                    for word in passage.words:
                        if word.page in words:
                            words[word.page].append(
                                (
                                    word.text,
                                    (word.x, word.y, word.width, word.height),
                                    passage.name.id,
                                )
                            )
    except (SkeletonError, ValueError) as error:
        return (), {}, reason(error)
    return found, words, ""
