"""What belongs together, before and after: documents, passages, pictures, pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportcard.review.read.document import Document, Passage, PlacedPicture

PagePair = tuple[int | None, int | None]
"""Pages (from 1) that belong together; None where there is none."""
PagePairs = Sequence[PagePair]
PicturePair = tuple[PlacedPicture | None, PlacedPicture | None]
"""A picture before and after; None where it was not yet, or is gone."""


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """Two files that are compared, and how far one can be held against the other."""

    old: Document
    new: Document

    @property
    def by_name(self) -> bool:
        """Whether the passages of both have names: this program made both."""
        return self.old.is_ours and self.new.is_ours

    @property
    def is_alike(self) -> bool:
        """Whether one program made both: the look and the tags of one are to be the other's."""
        return self.old.is_ours == self.new.is_ours and self.old.is_tagged == self.new.is_tagged


@dataclass(frozen=True, slots=True)
class PassagePair:
    """A passage before and after; None where it was not yet, or is gone. `moved` means that it
    is elsewhere in the order, `parted` that the same words were so many passages, and are so
    many now.
    """

    old: Passage | None
    new: Passage | None
    moved: bool = False
    parted: tuple[int, int] | None = None

    @property
    def both(self) -> tuple[Passage, Passage] | None:
        """The passage before and after; None if it came or went."""
        return (self.old, self.new) if self.old and self.new else None
