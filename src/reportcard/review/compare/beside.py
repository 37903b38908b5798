"""What differs between two files beside their passages: boxes, order of pages, metadata, bookmarks,
links and remarks.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import zip_longest

from reportcard.pdf.paper import Sheet
from reportcard.review.changes import Act, Change, Fact, Kind
from reportcard.review.compare.echoes import Echoes
from reportcard.review.compare.pairs import DocumentPair, PagePairs
from reportcard.review.read.document import Document


def file_changes(
    documents: DocumentPair, echoes: Echoes, moved: Container[str]
) -> Iterator[Change]:
    """The changes of two files as files. `moved` are the texts that moved."""
    old, new = documents.old, documents.new
    # Heads and feet of another program are its design.
    heads = Kind.WORDING if documents.by_name else Kind.LAYOUT
    yield from (replace(change, kind=heads) for change in _running(old, new, echoes))
    yield from _particulars(old, new, echoes)
    yield from _bookmarks(old, new, echoes, moved)
    yield from _remarks(old, new)
    if documents.is_alike:
        yield from _loose_links(old, new)
        yield from _spoken(old, new)


def page_changes(
    documents: DocumentPair, pages: PagePairs, reordered: Sequence[tuple[int, int]]
) -> Iterator[Change]:
    """Pages of other boxes, without text and gone or come, or in another order."""
    old, new = documents.old, documents.new
    yield from _boxes(old, new, pages)
    yield from _blank(old, new, pages)
    yield from _reordered(old, new, reordered)


def _loose_links(old: Document, new: Document) -> Iterator[Change]:
    """Links over no word; and all of them, where one of the files has none."""
    if bool(old.skeleton.links) != bool(new.skeleton.links):
        counted = [str(len(document.skeleton.links)) for document in (old, new)]
        yield Change(
            Kind.LINK,
            Act.ADDED if new.skeleton.links else Act.REMOVED,
            old=counted[0],
            new=counted[1],
            facts=(Fact("links", *counted),),
        )
        return
    counts = [Counter(target for target, _ in document.loose_links) for document in (old, new)]
    for number, (document, act) in enumerate(((old, Act.REMOVED), (new, Act.ADDED))):
        more = counts[number] - counts[1 - number]
        for target, area in document.loose_links:
            if more[target] > 0:
                more[target] -= 1
                sides = ("", target) if number else (target, "")
                yield Change(
                    Kind.LINK,
                    act,
                    old=sides[0],
                    new=sides[1],
                    facts=(Fact("target", *sides),),
                    old_areas=() if number else (area,),
                    new_areas=(area,) if number else (),
                )


def _spoken(old: Document, new: Document) -> Iterator[Change]:
    """Text that is spoken in place of other text, not of a picture."""
    for before, after in unlike(old.skeleton.spoken, new.skeleton.spoken):
        act = Act.of(before, after)
        yield Change(Kind.TAGS, act, old=before, new=after, facts=(Fact("spoken", before, after),))


def _remarks(old: Document, new: Document) -> Iterator[Change]:
    """Remarks, stamps and form fields: they lie over the page, and may hide or add what is read."""
    for before, after in unlike(sorted(old.skeleton.laid_over), sorted(new.skeleton.laid_over)):
        act = Act.of(before, after)
        yield Change(
            Kind.METADATA, act, old=before, new=after, facts=(Fact("annotation", before, after),)
        )


def _running(old: Document, new: Document, echoes: Echoes) -> Iterator[Change]:
    """Heads and feet that are others."""
    gone, came = (
        [text for text in one.running if text not in other.running]
        for one, other in ((old, new), (new, old))
    )
    alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for before, after in unlike(gone, came):
        if not echoes.explain(before, after, removes=True, capitals=True):
            alike.setdefault(_difference(before, after), []).append((before, after))
    for difference, heads in alike.items():
        before, after = heads[0] if len(heads) == 1 else difference
        act = Act.of(before, after)
        yield Change(
            Kind.WORDING,
            act,
            old=before,
            new=after,
            runs=tuple((tag, text) for tag, text in (("gone", before), ("new", after)) if text),
            facts=(Fact("running head", before, after),),
        )


def _difference(before: str, after: str) -> tuple[str, str]:
    """The words that one text has and the other has not: on every page the same, they are one
    change, as of a status or a stamp.
    """
    then, now = before.split(), after.split()
    gone, came = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += then[i1:i2]
            came += now[j1:j2]
    return " ".join(gone), " ".join(came)


def _particulars(old: Document, new: Document, echoes: Echoes) -> Iterator[Change]:
    then, now = old.skeleton.particulars, new.skeleton.particulars
    for name in dict.fromkeys((*then, *now)):
        before, after = then.get(name, ""), now.get(name, "")
        if before == after or echoes.explain(before, after):
            continue
        if not (name == "author" and echoes.explain_list(before, after)):
            kind = Kind.LANGUAGE if name == "language" else Kind.METADATA
            act = Act.of(before, after)
            yield Change(kind, act, old=before, new=after, facts=(Fact(name, before, after),))


def _bookmarks(
    old: Document, new: Document, echoes: Echoes, moved: Container[str]
) -> Iterator[Change]:
    """Titles and levels, without numbers that count sections. A title whose heading moved, moved
    with it.
    """
    then, now = (
        [
            (level, _without_number(title))
            for level, title in document.skeleton.bookmarks
            if _without_number(title) not in moved
        ]
        for document in (old, new)
    )
    codes = SequenceMatcher(None, then, now, autojunk=False).get_opcodes()
    elsewhere = _elsewhere(then, now)
    for _, title in elsewhere:
        fact = Fact("bookmark", title, title)
        yield Change(Kind.BOOKMARKS, Act.MOVED, old=title, new=title, facts=(fact,))
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            continue
        left, right = (
            [one for one in side if one not in elsewhere] for side in (then[i1:i2], now[j1:j2])
        )
        for before, after in zip_longest(left, right, fillvalue=(0, "")):
            one_level = before[0] == after[0] or not (before[0] and after[0])
            if one_level and echoes.explain(before[1], after[1]):
                continue
            act = Act.of(before[1], after[1])
            titles = [
                f"{title} ({level})" if before[1] == after[1] else title
                for level, title in (before, after)
            ]
            yield Change(
                Kind.BOOKMARKS, act, old=before[1], new=after[1], facts=(Fact("bookmark", *titles),)
            )


def _elsewhere(
    then: Sequence[tuple[int, str]], now: Sequence[tuple[int, str]]
) -> Counter[tuple[int, str]]:
    """The bookmarks that are in both lists, in another order."""
    gone, came = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag != "equal":
            gone.update(then[i1:i2])
            came.update(now[j1:j2])
    return gone & came


def _without_number(title: str) -> str:
    return re.sub(r"^\d+\.\s+", "", title)


def unlike(gone: Sequence[str], came: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What differs between two lists, in pairs where one replaced the other; empty where it
    came or went.
    """
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, gone, came, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (
                (
                    gone[i1 + step] if i1 + step < i2 else "",
                    came[j1 + step] if j1 + step < j2 else "",
                )
                for step in range(max(i2 - i1, j2 - j1))
            )


def _boxes(old: Document, new: Document, pages: PagePairs) -> Iterator[Change]:
    """Pages of other boxes: neighbours that differ alike are one change."""
    found: dict[tuple[Fact, ...], list[tuple[int, int]]] = {}
    for i, j in pages:
        if i and j:
            facts = tuple(_box_facts(old.skeleton.sheets[i - 1], new.skeleton.sheets[j - 1]))
            if facts:
                found.setdefault(facts, []).append((i, j))
    for facts, ones in found.items():
        numbers = (
            ", ".join(str(j) for _, j in ones) if len(ones) < 5 else f"{ones[0][1]}–{ones[-1][1]}"
        )
        whole = [
            [(page, 0.0, 0.0, *document.sizes[page - 1]) for page in (one[side] for one in ones)]
            for side, document in ((0, old), (1, new))
        ]
        yield Change(
            Kind.BOXES,
            Act.CHANGED,
            facts=(*facts, Fact("pages", "", numbers)),
            old_areas=tuple(whole[0]),
            new_areas=tuple(whole[1]),
        )


def _reordered(old: Document, new: Document, pages: Sequence[tuple[int, int]]) -> Iterator[Change]:
    for i, j in pages:
        areas = [
            ((page, 0.0, 0.0, *document.sizes[page - 1]),)
            for page, document in ((i, old), (j, new))
        ]
        yield Change(
            Kind.BOXES,
            Act.MOVED,
            old=str(i),
            new=str(j),
            facts=(Fact("page", str(i), str(j)),),
            old_areas=areas[0],
            new_areas=areas[1],
        )


def _blank(old: Document, new: Document, pages: PagePairs) -> Iterator[Change]:
    """Pages without text that came or went: others show by their text."""
    for side, document, act in ((0, old, Act.REMOVED), (1, new, Act.ADDED)):
        written = {word.page for passage in document.passages for word in passage.words}
        for page in (pair[side] for pair in pages if pair[1 - side] is None):
            if page and page not in written:
                area = ((page, 0.0, 0.0, *document.sizes[page - 1]),)
                sides = ("", str(page)) if side else (str(page), "")
                yield Change(
                    Kind.BOXES,
                    act,
                    facts=(Fact("page", *sides),),
                    old_areas=() if side else area,
                    new_areas=area if side else (),
                )


def _box_facts(old: Sheet, new: Sheet) -> Iterator[Fact]:
    for name in dict.fromkeys((*old.boxes, *new.boxes)):
        before, after = old.boxes.get(name), new.boxes.get(name)
        if (
            before is None
            or after is None
            or any(abs(one - other) > 0.02 for one, other in zip(before, after, strict=True))
        ):
            yield Fact(
                f"{name} box",
                *(
                    "" if box is None else f"{box[2]:g} × {box[3]:g} mm ({box[0]:g}, {box[1]:g})"
                    for box in (before, after)
                ),
            )
    if old.turned != new.turned:
        yield Fact("turned", f"{old.turned}°", f"{new.turned}°")
