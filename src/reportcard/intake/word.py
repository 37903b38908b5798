"""A Word document to a manuscript: its text, notes and comments, and remarks on what a card does
not have.
"""

from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from reportcard.intake.blocks import Manuscript, ManuscriptFigure, as_paragraphs, exhibits_of
from reportcard.intake.body import BodyReader
from reportcard.intake.comments import CommentedRanges, read_comments
from reportcard.intake.elements import get, name_of
from reportcard.intake.manuscript import ManuscriptParagraph
from reportcard.intake.numbering import ListCounter
from reportcard.intake.package import Package, unreadable
from reportcard.intake.remarks import remarks
from reportcard.intake.styles import StyleSheet
from reportcard.intake.word_pictures import WordPictures
from reportcard.messages.message import message

#: A manuscript's length, so that one is read in a few seconds; that of the Peru card has 40,000
#: letters in 100 paragraphs.
MAXIMUM_LETTERS: Final = 300_000
MAXIMUM_PARAGRAPHS: Final = 5_000


def read_word(package: Package) -> Manuscript:
    """The manuscript in a .docx. Raises ReportCardError (UNREADABLE) if it is damaged."""
    root = package.root(package.main)
    body = next((one for one in root if name_of(one) == "body"), None) if root is not None else None
    if body is None:
        raise unreadable(
            package.name,
            message("the file contains no text."),
            message("Open it in Word and save it again."),
        )
    letters = sum(len(one.text or "") for one in body.iter("{*}t"))
    if letters > MAXIMUM_LETTERS or sum(1 for _ in body.iter("{*}p")) > MAXIMUM_PARAGRAPHS:
        raise unreadable(
            package.name,
            message(
                "the file is too long to be a card ({letters} characters).", letters=f"{letters:,}"
            ),
            message("Import a file that contains only the card's text."),
        )
    related = package.related(package.main)
    parts = dict(related.values())
    sheet = StyleSheet.of(
        package.root(parts.get("styles", "")), package.root(parts.get("numbering", ""))
    )
    counts: Counter[str] = Counter()
    comments = CommentedRanges(read_comments(package.root(parts.get("comments", ""))))
    pictures = WordPictures(package, counts)
    reader = BodyReader(sheet, related, counts, comments, ListCounter(sheet.numbering), pictures)
    blocks = reader.read(body)
    asides = reader.asides
    notes: dict[str, tuple[ManuscriptParagraph, ...]] = {}
    for kind in ("footnote", "endnote"):
        part = parts.get(f"{kind}s", "")
        part_root = package.root(part)
        for note in part_root if part_root is not None else ():
            if name_of(note) == kind and get(note, "type") in ("", "normal"):
                lists = ListCounter(sheet.numbering)
                own = package.related(part)
                reader = BodyReader(sheet, own, counts, comments, lists, pictures)
                found = reader.read(note)
                counts["note-picture"] += sum(
                    isinstance(one, ManuscriptFigure) for one in exhibits_of(found)
                )
                notes[f"{kind}-{get(note, 'id')}"] = tuple(as_paragraphs(found))
                asides += reader.asides
    running = tuple(_running_heads(package, related, sheet))
    return Manuscript(
        blocks,
        MappingProxyType(notes),
        (*remarks(counts, running), *dict.fromkeys(pictures.remarks)),
        (*asides, *comments.left()),
    )


def _running_heads(
    package: Package, related: dict[str, tuple[str, str]], sheet: StyleSheet
) -> Iterator[str]:
    """The text of headers and footers of the pages, each once."""
    texts: dict[str, None] = {}
    for kind, target in related.values():
        root = package.root(target) if kind in ("header", "footer") else None
        if root is not None:
            lists, counts = ListCounter(sheet.numbering), Counter[str]()
            pictures = WordPictures(package, counts)
            reader = BodyReader(sheet, {}, counts, CommentedRanges({}), lists, pictures)
            texts |= dict.fromkeys(one.text for one in as_paragraphs(reader.read(root)))
    yield from texts
