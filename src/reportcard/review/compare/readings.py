"""How two files are read to be compared: by their tags, or by the places of their words alone."""

from dataclasses import dataclass

from reportcard.review.changes import DESIGN
from reportcard.review.compare.alignment import align
from reportcard.review.compare.numerals import both_numerals
from reportcard.review.compare.pairs import DocumentPair, PassagePair
from reportcard.review.compare.wording import text_changes
from reportcard.review.read.fused import parted
from reportcard.review.read.reader import PageWords, read_document


@dataclass(frozen=True, slots=True)
class AlignedFiles:
    """Two files as they were read, and which passage of one is which of the other."""

    documents: DocumentPair
    passages: tuple[PassagePair, ...]

    @property
    def content_changes(self) -> int:
        """How many changes of the content there are in the passages."""
        numerals = both_numerals(self.documents)
        return sum(
            change.kind not in DESIGN
            for pair in self.passages
            for change in text_changes(pair, numerals, by_name=self.documents.by_name)
        )


def best_reading(old: PageWords, new: PageWords) -> AlignedFiles:
    """Both files by their tags, or both without where neither has any.

    Where one has none, both ways are tried, and the one that finds less changed is taken. A file
    saved anew has the lines and blocks of the other: read alike, these agree. A text set by another
    program has other lines: there, the tags know the other file's blocks better.
    """
    own = (old.has_tags, new.has_tags)
    if old.has_tags == new.has_tags:
        return _reading(old, new, own)
    plain = _reading(old, new, (False, False))
    if not (most := plain.content_changes):
        return plain
    tagged = _reading(old, new, own)
    return tagged if tagged.content_changes < most else plain


def _reading(old: PageWords, new: PageWords, by_tags: tuple[bool, bool]) -> AlignedFiles:
    files = (old, new)
    documents = [
        read_document(file, by_tags=tags) for file, tags in zip(files, by_tags, strict=True)
    ]
    if not (documents[0].is_ours and documents[1].is_ours):
        for number, file in enumerate(files):
            whole = parted(file, documents[1 - number])
            if whole is not file:
                documents[number] = read_document(whole, by_tags=by_tags[number])
    pair = DocumentPair(*documents)
    return AlignedFiles(pair, align(pair))
