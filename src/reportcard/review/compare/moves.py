"""Passages that say the same at another place: where they were, and where they are."""

from collections.abc import Iterable, Iterator, Mapping

from reportcard.review.changes import Act, Change, Fact, Kind
from reportcard.review.compare.pairs import DocumentPair, PassagePair
from reportcard.review.read.document import Document, Passage, areas


def moved_passages(pairs: Iterable[PassagePair], documents: DocumentPair) -> Iterator[Change]:
    """The passages that moved; each names the headings that it was under and is under, where these
    are two. Notes are in the order of their calls: the moved calls are the change.
    """
    then, now = _headings(documents.old), _headings(documents.new)
    for pair in pairs:
        if not (pair.moved and pair.both) or pair.both[1].is_note:
            continue
        old, new = pair.both
        before, after = then.get(id(old.words[0]), ""), now.get(id(new.words[0]), "")
        yield Change(
            Kind.MOVED,
            Act.MOVED,
            field=new.name.field,
            name=new.name.id,
            language=new.language,
            old=old.text,
            new=new.text,
            facts=(Fact("under", before, after),) if before != after else (),
            old_areas=areas(old.words),
            new_areas=areas(new.words),
        )


def _headings(document: Document) -> Mapping[int, str]:
    """The heading that each passage is under, by the identity of its first word."""
    found: dict[int, str] = {}
    heading = ""
    for passage in document.passages:
        if _is_heading(passage):
            heading = passage.text
        else:
            found[id(passage.words[0])] = heading
    return found


def _is_heading(passage: Passage) -> bool:
    return passage.role[:1] == "H" or passage.name.field.endswith((".title", ".heading"))
