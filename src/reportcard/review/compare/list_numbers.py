"""Numbered lists that begin with another number; those of the other items follow from it."""

from collections.abc import Iterable, Iterator

from reportcard.review.changes import Act, Change, Kind
from reportcard.review.compare.pairs import DocumentPair, PassagePair
from reportcard.review.read.document import Document, Passage


def list_numbers(pairs: Iterable[PassagePair], documents: DocumentPair) -> Iterator[Change]:
    """The first items of lists, then and now, that have another number."""
    first = _firsts(documents.old), _firsts(documents.new)
    for pair in pairs:
        if not pair.both or pair.both[0].label == pair.both[1].label:
            continue
        old, new = pair.both
        if id(old) in first[0] and id(new) in first[1]:
            yield Change(
                Kind.NUMBER,
                Act.CHANGED,
                field=new.name.field,
                name=new.name.id,
                language=new.language,
                old=old.label,
                new=new.label,
                old_areas=old.figures,
                new_areas=new.figures,
            )


def _firsts(document: Document) -> frozenset[int]:
    """The items whose number does not follow that of the item before it in its field."""
    last: dict[str, int] = {}
    found: set[int] = set()
    for passage in filter(_is_numbered, document.passages):
        number, field = int(passage.label), passage.name.field
        if last.get(field) != number - 1:
            found.add(id(passage))
        last[field] = number
    return frozenset(found)


def _is_numbered(passage: Passage) -> bool:
    return passage.role == "LI" and passage.label.isdecimal()
