"""Two PDFs, and every change between them. It runs in a process of its own: `compared` is what that
process does.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any, Final

from reportcard.pdf.area import Area
from reportcard.pdf.glyphs import Glyphs, Pixels, encoded
from reportcard.pdf.skeleton import SkeletonError, skeleton
from reportcard.review.changes import Act, Change, Comparison, Fact, Kind, Leaf, Side
from reportcard.review.compare.alignment import align
from reportcard.review.compare.beside import file_changes, page_changes, unlike
from reportcard.review.compare.echoes import Echoes
from reportcard.review.compare.layout import Neighbours, layout_changes, picture_layout, shift
from reportcard.review.compare.leaves import cropped, differ, differing_areas, leaves
from reportcard.review.compare.pieces import PassagePair
from reportcard.review.compare.wording import text_changes
from reportcard.review.read.document import Document, Passage, PlacedPicture, areas, read_document
from reportcard.review.read.tokens import same_number

#: Pages are drawn at this resolution, for comparing their look and for the report.
DPI: Final = 96
#: Of larger files than this, the report shows only the pages that changed.
_MOST_DRAWN: Final = 80
#: Of more pictures than these, the look is not compared.
_MOST_PICTURES: Final = 500
#: Text nearer than this, in mm, to where it stood falls on the same pixels; farther than that, what
#: is around it flowed on.
_EXACT, _NEAR, _FAR = 0.011, 0.1, 1e9
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Regard:
    """What is compared: kinds that are passed over, and areas in mm (page 0: every page); those
    that the edition itself passes over are `agreed`. `draws` asks for pictures of the pages.
    """

    ignored_kinds: frozenset[Kind] = frozenset()
    ignored_areas: tuple[Area, ...] = ()
    agreed_kinds: frozenset[Kind] = frozenset()
    agreed_areas: tuple[Area, ...] = ()
    draws: bool = False

    @property
    def areas(self) -> tuple[Area, ...]:
        """All areas that are passed over."""
        return self.ignored_areas + self.agreed_areas


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and pictures of pages by side (`old`, `new`) and number."""

    comparison: Comparison
    pictures: Mapping[tuple[str, int], bytes] = field(default_factory=dict)


def compared(name: str, old: tuple[str, bytes], new: tuple[str, bytes], regard: Regard) -> Compared:
    """Compares two files, each a name and its bytes. What cannot be compared is told in the
    comparison's `failed`.
    """
    digests = [sha256(data).hexdigest() for _, data in (old, new)]
    sides = [Side(file, digest, ()) for (file, _), digest in zip((old, new), digests, strict=True)]
    documents: list[Document] = []
    with ExitStack() as stack:
        glyphs: list[Glyphs] = []
        for number, (which, (file, data)) in enumerate((("old", old), ("new", new))):
            try:
                bones = skeleton(data)
                glyphs.append(stack.enter_context(Glyphs.opened(data, bones.sheets)))
                documents.append(read_document(bones, glyphs[-1]))
            except (SkeletonError, ValueError) as error:
                return Compared(
                    Comparison(
                        name,
                        sides[0],
                        sides[1],
                        failed=f"the {which} file, {file}, cannot be read: {error}",
                    )
                )
            sides[number] = replace(sides[number], sizes=documents[-1].sizes)
        return _Work(
            name, sides[0], sides[1], documents[0], documents[1], glyphs[0], glyphs[1], regard
        ).done()


@dataclass(slots=True)
class _Work:
    name: str
    old_side: Side
    new_side: Side
    old: Document
    new: Document
    old_glyphs: Glyphs
    new_glyphs: Glyphs
    regard: Regard
    changes: list[Change] = field(default_factory=list)

    def done(self) -> Compared:
        by_name = self.old.is_ours and self.new.is_ours
        alike = self.old.is_ours == self.new.is_ours and self.old.is_tagged == self.new.is_tagged
        pairs = align(self.old, self.new)
        same_note = _same_notes(pairs)
        textual = [
            change for pair in pairs for change in text_changes(pair, same_note, by_name=by_name)
        ]
        echoes = Echoes.of(pairs)
        self.changes.extend(_merged(textual))
        called = {
            change.name for change in textual if change.facts and change.facts[0].name == "call"
        }
        self.changes.extend(_moved(pairs) if alike else ())
        self.changes.extend(
            change
            for pair in pairs
            if pair.old and pair.new
            for change in self._beside(pair, called, alike=alike)
        )
        neighbours = (Neighbours(self.old), Neighbours(self.new)) if alike else None
        self.changes.extend(layout_changes(pairs, neighbours))
        moved = {pair.new.text for pair in pairs if pair.moved and pair.new}
        self.changes.extend(
            file_changes(self.old, self.new, echoes, moved, by_name=by_name, alike=alike)
        )
        pages, reordered = leaves(pairs, len(self.old.sizes), len(self.new.sizes))
        self.changes.extend(page_changes(self.old, self.new, pages, reordered))
        pictures = list(_paired_pictures(self.old, self.new))
        drawn, looks = self._look_at_pages(pages, pairs, pictures, by_look=alike)
        self._look_at_pictures(looks, pictures, echoes)
        agreed = [
            change
            for change in self.changes
            if _passes(change, self.regard.agreed_kinds, self.regard.agreed_areas)
        ]
        left_out = [
            change
            for change in self.changes
            if change not in agreed
            and _passes(change, self.regard.ignored_kinds, self.regard.ignored_areas)
        ]
        kept = tuple(
            change for change in self.changes if change not in agreed and change not in left_out
        )
        told = tuple(Leaf(i, j, any(_stands_on(change, i, j) for change in kept)) for i, j in pages)
        failed = self._failed()
        comparison = Comparison(
            self.name,
            self.old_side,
            self.new_side,
            self.new.language,
            told,
            kept,
            failed,
            _languages(self.new),
            len(agreed) + len(left_out),
            len(left_out),
        )
        return Compared(comparison, drawn)

    def _failed(self) -> str:
        """Files without text that are not one file: that nothing differs in it says nothing."""
        if self.old_side.sha256 == self.new_side.sha256:
            return ""
        silent = [
            which
            for which, document in (("old", self.old), ("new", self.new))
            if not document.has_text
        ]
        return (
            f"no text to compare in the {' and the '.join(silent)} file: scanned, or drawn as"
            " outlines"
            if silent
            else ""
        )

    def _beside(
        self, pair: PassagePair, called: Container[str], *, alike: bool
    ) -> Iterator[Change]:
        """Links, tags and languages of a passage that is in both files."""
        old, new = pair.old, pair.new
        assert old
        assert new
        places: dict[str, Any] = {
            "field": new.name.field,
            "name": new.name.id,
            "language": new.language,
            "old_areas": areas(old.words),
            "new_areas": areas(new.words),
        }
        has_links = bool(self.old.skeleton.links) and bool(self.new.skeleton.links)
        # Where a call leads is told of the call.
        targets = [
            [
                target
                for target in passage.targets
                if new.name.id not in called or "/notes." not in target
            ]
            for passage in (old, new)
        ]
        for before, after in unlike(targets[0], targets[1]) if has_links else ():
            # An address that the passage itself tells is told with its words.
            if not (old.key != new.key and _tells(old, before) and _tells(new, after)):
                act = Act.CHANGED if before and after else Act.ADDED if after else Act.REMOVED
                yield Change(
                    Kind.LINK,
                    act,
                    old=before,
                    new=after,
                    facts=(Fact("target", before, after),),
                    **places,
                )
        if not alike or not self.new.is_tagged:
            return
        if old.role != new.role:
            yield Change(
                Kind.TAGS,
                Act.CHANGED,
                old=old.role,
                new=new.role,
                facts=(Fact("role", old.role, new.role),),
                **places,
            )
        languages = [
            tuple(dict.fromkeys(language for language, _ in passage.foreign))
            for passage in (old, new)
        ]
        if languages[0] != languages[1] or (old.key == new.key and old.foreign != new.foreign):
            then, now = (
                ", ".join(f"{language}: {words}" for language, words in passage.foreign)
                for passage in (old, new)
            )
            yield Change(
                Kind.LANGUAGE,
                Act.CHANGED,
                old=then,
                new=now,
                facts=(Fact("language", then, now),),
                **places,
            )

    def _look_at_pictures(
        self,
        looks: Mapping[int, bool],
        pictures: Sequence[tuple[PlacedPicture | None, PlacedPicture | None]],
        echoes: Echoes,
    ) -> None:
        """Pictures that came, went, or differ: in what they tell, in their look (`looks` says
        which), or in their text alone.
        """
        for number, (old, new) in enumerate(pictures):
            there = new or old
            assert there
            if old is None or new is None:
                if self.old.is_ours == self.new.is_ours:
                    act = Act.ADDED if new else Act.REMOVED
                    self.changes.append(
                        _of_picture(
                            there,
                            Kind.PICTURE,
                            act,
                            old,
                            new,
                            (Fact("alt", old.alt if old else "", new.alt if new else ""),),
                        )
                    )
                continue
            self.changes.extend(picture_layout(old, new))
            numbers = [_NUMBER.findall(picture.alt) for picture in (old, new)]
            valued = len(numbers[0]) != len(numbers[1]) or not all(map(same_number, *numbers))
            said = old.alt != new.alt and (valued or not echoes.explain(old.alt, new.alt))
            if valued or looks.get(number):
                self.changes.append(
                    _of_picture(
                        new,
                        Kind.PICTURE,
                        Act.CHANGED,
                        old,
                        new,
                        (
                            (
                                Fact("value" if valued else "alt", old.alt, new.alt)
                                if said
                                else Fact("look", "", "")
                            ),
                        ),
                    )
                )
            elif said:
                self.changes.append(
                    _of_picture(
                        new, Kind.TAGS, Act.CHANGED, old, new, (Fact("alt", old.alt, new.alt),)
                    )
                )

    def _look_at_pages(
        self,
        pages: Sequence[tuple[int | None, int | None]],
        pairs: Sequence[PassagePair],
        pictures: Sequence[tuple[PlacedPicture | None, PlacedPicture | None]],
        *,
        by_look: bool,
    ) -> tuple[dict[tuple[str, int], bytes], dict[int, bool]]:
        """Draws the pages, finds what looks otherwise beside the text, and gives the drawings that
        the report shows, and of which pictures the look differs.
        """
        drawn: dict[tuple[str, int], bytes] = {}
        crops: dict[tuple[str, int], Pixels] = {}
        hidden, shifted = _hidden(pairs, self.changes, pictures)
        for i, j in pages:
            old = self.old_glyphs.pixels(i, DPI) if i else None
            new = self.new_glyphs.pixels(j, DPI) if j else None
            for number, both in enumerate(pictures[:_MOST_PICTURES] if by_look else ()):
                for side, picture, page, pixels in (
                    ("old", both[0], i, old),
                    ("new", both[1], j, new),
                ):
                    if picture and picture.area and picture.area[0] == page and pixels is not None:
                        crops[side, number] = cropped(pixels, DPI, picture.area).copy()
            if (
                old is not None
                and new is not None
                and i
                and j
                and by_look
                and (i, j) not in shifted
            ):
                ignored = [area for area in self.regard.areas if area[0] in (0, j)]
                margins = (
                    area
                    for document, page in ((self.old, i), (self.new, j))
                    for area in document.margins
                    if area[0] == page
                )
                unseen = [
                    *hidden.get(("old", i), ()),
                    *hidden.get(("new", j), ()),
                    *ignored,
                    *margins,
                ]
                self._look_at_ground(tuple(differing_areas(old, new, DPI, j, unseen)), i)
            if self.regard.draws and (
                len(pages) <= _MOST_DRAWN
                or any(_stands_on(change, i, j) for change in self.changes)
            ):
                same = (
                    old is not None
                    and new is not None
                    and old.shape == new.shape
                    and bool((old == new).all())
                )
                if new is not None and j:
                    drawn["new", j] = encoded(new)
                if old is not None and i:
                    drawn["old", i] = drawn["new", j] if same and j else encoded(old)
        looks = {
            number: differ(
                crops["old", number], crops["new", number], _same_spot(*pictures[number])
            )
            for side, number in crops
            if side == "old" and ("new", number) in crops
        }
        return drawn, looks

    def _look_at_ground(self, patches: Sequence[Area], old_page: int) -> None:
        """What looks otherwise though no text does. What stands beside a score that changed, like
        its bar, goes with it.
        """
        rest = []
        for patch in patches:
            at = next(
                (
                    number
                    for number, change in enumerate(self.changes)
                    if change.kind in (Kind.SCORE, Kind.NUMBER)
                    and any(_beside(patch, area) for area in change.new_areas)
                ),
                None,
            )
            if at is None:
                rest.append(patch)
            else:
                self.changes[at] = replace(
                    self.changes[at], new_areas=(*self.changes[at].new_areas, patch)
                )
        if rest:
            self.changes.append(
                Change(
                    Kind.LAYOUT,
                    Act.CHANGED,
                    facts=(Fact("look", "", ""),),
                    old_areas=tuple((old_page, *area[1:]) for area in rest),
                    new_areas=tuple(rest),
                )
            )


# --- kinds of change that take no more than a few lines -------------------------------------------


def _same_notes(pairs: Sequence[PassagePair]) -> Callable[[str, str], bool]:
    """Whether a call's number then and another's now call the same note."""
    same = {
        (pair.old.label, pair.new.label)
        for pair in pairs
        if pair.old and pair.new and pair.new.is_note
    }
    fields = [
        {
            passage.label: passage.name.field
            for pair in pairs
            if (passage := pair.old if side == 0 else pair.new) and passage.is_note
        }
        for side in (0, 1)
    ]

    def same_note(then: str, now: str) -> bool:
        known = then in fields[0] and now in fields[1]
        if known and fields[0][then] and fields[1][now]:
            return fields[0][then] == fields[1][now]
        return (then, now) in same if known else then == now

    return same_note


def _merged(changes: Iterable[Change]) -> Iterator[Change]:
    """What a field says twice changes twice: told once, with all places."""
    found: dict[tuple[object, ...], Change] = {}
    for number, change in enumerate(changes):
        key = (
            (
                change.kind,
                change.act,
                change.field,
                change.language,
                change.old.casefold(),
                change.new.casefold(),
            )
            if change.field
            else (number,)
        )
        first = found.get(key)
        found[key] = (
            replace(
                first,
                old_areas=(*first.old_areas, *change.old_areas),
                new_areas=(*first.new_areas, *change.new_areas),
            )
            if first
            else change
        )
    return iter(found.values())


def _moved(pairs: Iterable[PassagePair]) -> Iterator[Change]:
    for pair in pairs:
        # Notes stand in the order of their calls: where these went is told of them.
        if pair.moved and pair.old and pair.new and not pair.new.is_note:
            new = pair.new
            yield Change(
                Kind.MOVED,
                Act.MOVED,
                field=new.name.field,
                name=new.name.id,
                language=new.language,
                old=pair.old.text,
                new=new.text,
                old_areas=areas(pair.old.words),
                new_areas=areas(new.words),
            )


def _tells(passage: Passage, address: str) -> bool:
    """Whether a passage's words have an address in them; what is none is told anyway."""
    return address in "".join(word.text for word in passage.words)


def _paired_pictures(
    old: Document, new: Document
) -> Iterator[tuple[PlacedPicture | None, PlacedPicture | None]]:
    """Pictures by name, and those without one by their alternative text and order."""
    identities = [
        [picture.name.id or picture.alt for picture in document.pictures] for document in (old, new)
    ]
    for tag, i1, i2, j1, j2 in SequenceMatcher(
        None, identities[0], identities[1], autojunk=False
    ).get_opcodes():
        then, now = old.pictures[i1:i2], new.pictures[j1:j2]
        if tag != "equal" and len(then) != len(now):
            yield from ((picture, None) for picture in then)
            yield from ((None, picture) for picture in now)
        else:
            yield from zip(then, now, strict=True)


def _of_picture(
    there: PlacedPicture,
    kind: Kind,
    act: Act,
    old: PlacedPicture | None,
    new: PlacedPicture | None,
    facts: tuple[Fact, ...],
) -> Change:
    return Change(
        kind,
        act,
        field=there.name.field,
        name=there.name.id,
        language=there.name.language,
        old=old.alt if old else "",
        new=new.alt if new else "",
        facts=facts,
        old_areas=(old.area,) if old and old.area else (),
        new_areas=(new.area,) if new and new.area else (),
    )


# --- places ---------------------------------------------------------------------------------------


def _hidden(
    pairs: Sequence[PassagePair],
    changes: Sequence[Change],
    pictures: Iterable[tuple[PlacedPicture | None, PlacedPicture | None]],
) -> tuple[dict[tuple[str, int], list[Area]], set[tuple[int, int]]]:
    """The areas by side and page whose look needs no comparing, since their text is told; and the
    pairs of pages on which text that says the same stands elsewhere, whose look cannot be compared.
    """
    found: dict[tuple[str, int], list[Area]] = {}
    shifted: set[tuple[int, int]] = set()
    for pair in pairs:
        says_same = pair.old and pair.new and pair.old.key == pair.new.key
        moved = (
            shift(pair.old.words, pair.new.words) if says_same and pair.old and pair.new else _FAR
        )
        same = moved <= _EXACT
        if says_same and pair.old and pair.new and moved > _NEAR:
            shifted.update(
                (one.page, other.page)
                for one, other in zip(pair.old.words, pair.new.words, strict=False)
            )
        for side, passage in (("old", pair.old), ("new", pair.new)):
            if passage:
                for area in passage.figures if same else (*passage.figures, *areas(passage.words)):
                    found.setdefault((side, area[0]), []).append(area)
    for old, new in pictures:
        for side, picture in (("old", old), ("new", new)):
            if picture and picture.area:
                found.setdefault((side, picture.area[0]), []).append(picture.area)
    for change in changes:
        if change.kind is not Kind.BOXES:
            for side, told in (("old", change.old_areas), ("new", change.new_areas)):
                for area in told:
                    found.setdefault((side, area[0]), []).append(area)
    return found, shifted


def _beside(patch: Area, area: Area) -> bool:
    """Whether a patch stands in the row of an area."""
    return patch[0] == area[0] and patch[2] < area[2] + area[4] and area[2] < patch[2] + patch[4]


def _same_spot(old: PlacedPicture | None, new: PlacedPicture | None) -> bool:
    return bool(old and new and old.area and new.area and old.area[1:3] == new.area[1:3])


def _passes(change: Change, kinds: frozenset[Kind], areas: tuple[Area, ...]) -> bool:
    """Whether a change is passed over: by its kind, or since all of it stands in such areas."""
    places = (*change.old_areas, *change.new_areas)
    return change.kind in kinds or bool(
        places and areas and all(any(_is_inside(place, area) for area in areas) for place in places)
    )


def _is_inside(area: Area, ignored: Area) -> bool:
    return (
        ignored[0] in (0, area[0])
        and ignored[1] <= area[1]
        and ignored[2] <= area[2]
        and area[1] + area[3] <= ignored[1] + ignored[3]
        and area[2] + area[4] <= ignored[2] + ignored[4]
    )


def _stands_on(change: Change, old: int | None, new: int | None) -> bool:
    return any(area[0] == old for area in change.old_areas) or any(
        area[0] == new for area in change.new_areas
    )


def _languages(document: Document) -> tuple[str, ...]:
    found = dict.fromkeys(passage.language for passage in document.passages if passage.language)
    return tuple(found) or ((document.language,) if document.language else ())
