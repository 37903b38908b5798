"""Comments of a Word document, and the words that they are about (ECMA-376, part 1, 17.13.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from reportcard.intake.elements import get, name_of
from reportcard.intake.manuscript import Marginalia, MarginaliaKind
from reportcard.intake.package import Element

#: So many pieces of text are enough to know where a comment belongs.
_PIECES: Final = 50


def read_comments(root: Element | None) -> dict[str, Marginalia]:
    """The comments of a document by their id, from the part that has them; empty ones do not
    count.
    """
    found = {}
    for one in root if root is not None else ():
        if name_of(one) == "comment":
            paragraphs = (
                "".join(part.text or "" for part in paragraph.iter("{*}t", "{*}delText"))
                for paragraph in one.iter("{*}p")
            )
            text = " ".join(" ".join(paragraphs).split())
            if text:
                by = " ".join(get(one, "author").split())
                found[get(one, "id")] = Marginalia(MarginaliaKind.COMMENT, text, by)
    return found


@dataclass(slots=True)
class CommentedRanges:
    """The comments of a document, while its text is read: the pieces of text so far, and where
    the words of each comment begin and end among them.
    """

    comments: Mapping[str, Marginalia]
    pieces: list[str] = field(default_factory=list)
    ranges: dict[str, tuple[int, int]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def turn(self, id_: str, *, is_start: bool) -> None:
        """A range begins or ends."""
        here = len(self.pieces)
        self.ranges[id_] = (here if is_start else self.ranges.get(id_, (here, here))[0], here)

    def take(self, id_: str) -> Marginalia | None:
        """The comment that is called here, with its words; None if the document does not have
        it.
        """
        self.taken.add(id_)
        comment = self.comments.get(id_)
        return self._placed(id_, comment) if comment else None

    def left(self) -> Iterator[Marginalia]:
        """The comments that the text does not call: those on what was deleted or hidden."""
        for id_, comment in self.comments.items():
            if id_ not in self.taken:
                yield self._placed(id_, comment)

    def _placed(self, id_: str, comment: Marginalia) -> Marginalia:
        begin, end = self.ranges.get(id_, (0, 0))
        words = "".join(self.pieces[begin : min(end, begin + _PIECES)])
        return replace(comment, about=" ".join(words.split()))
