"""Text without tags: blocks as the places of the words show them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportcard.pdf.glyphs import Word
from reportcard.pdf.paper import placed
from reportcard.pdf.skeleton import Skeleton
from reportcard.review.read.document import PageContents, PlacedPicture, area_of
from reportcard.review.read.lines import untagged_blocks
from reportcard.review.read.names import UNNAMED, named
from reportcard.review.read.passages import TextBlock, passages_of, with_notes


def untagged(skeleton: Skeleton, pages: Sequence[Sequence[Word]]) -> PageContents:
    """What pages hold, by the places of their words alone; `pages` are these words."""
    blocks, lines = untagged_blocks(
        list(_named(skeleton, pages)), [placed(sheet.trim, sheet)[2:] for sheet in skeleton.sheets]
    )
    language = skeleton.particulars.get("language", "")
    passages = passages_of(
        with_notes(
            [TextBlock(UNNAMED, "", language, [("", word) for word in block]) for block in blocks]
        )
    )
    pictures = tuple(
        PlacedPicture(named(figure.name), figure.alt, (), area_of(number, skeleton))
        for number, figure in enumerate(skeleton.figures)
    )
    runners = tuple(tuple(line) for line in lines)
    return PageContents(passages, passages, pictures, runners, is_ours=False)


def _named(skeleton: Skeleton, pages: Sequence[Sequence[Word]]) -> Iterator[list[Word]]:
    """The words with the names of their places, if the file has some."""
    names = {(mark.page, mark.mcid): mark.name for mark in skeleton.marked if mark.name}
    for page in pages:
        yield [
            replace(word, place=name) if (name := names.get((word.page, word.mcid), "")) else word
            for word in page
        ]
