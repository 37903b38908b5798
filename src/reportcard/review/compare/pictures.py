"""Pictures before and after: which is which, and whether they came, went, or differ."""

import re
from collections.abc import Container, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from reportcard.language.literals import LITERAL, same_number
from reportcard.pdf.glyphs import Pixels
from reportcard.review.changes import Act, Change, Fact, Kind
from reportcard.review.compare.echoes import Echoes
from reportcard.review.compare.layout import picture_layout
from reportcard.review.compare.pairs import DocumentPair, PicturePair
from reportcard.review.compare.pixels import DrawnPages, differ
from reportcard.review.read.document import PlacedPicture

#: Of more pictures than these, the look is not compared.
_MOST: Final = 500
_NUMBER: Final = re.compile(LITERAL)


def paired_pictures(documents: DocumentPair) -> Iterator[PicturePair]:
    """Pictures by name, and those without one by their alternative text and order."""
    old, new = documents.old.pictures, documents.new.pictures
    then, now = ([picture.name.id or picture.alt for picture in side] for side in (old, new))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag != "equal" and i2 - i1 != j2 - j1:
            yield from ((picture, None) for picture in old[i1:i2])
            yield from ((None, picture) for picture in new[j1:j2])
        else:
            yield from zip(old[i1:i2], new[j1:j2], strict=True)


class Crops:
    """The pixels of pictures, cut from the pages as these are drawn."""

    def __init__(self, pictures: Sequence[PicturePair]) -> None:
        self.pictures = pictures[:_MOST]
        self.crops: tuple[dict[int, Pixels], dict[int, Pixels]] = ({}, {})

    def cut(self, pages: DrawnPages) -> None:
        """Cuts the pictures of two pages."""
        for number, pair in enumerate(self.pictures):
            for side, picture in enumerate(pair):
                if picture and picture.area:
                    crop = pages.crop(side, picture.area)
                    if crop is not None:
                        self.crops[side][number] = crop

    def differing(self) -> frozenset[int]:
        """The numbers of the pictures that look different."""
        then, now = self.crops
        return frozenset(
            number
            for number in then.keys() & now.keys()
            if differ(then[number], now[number], _same_spot(*self.pictures[number]))
        )


def _same_spot(old: PlacedPicture | None, new: PlacedPicture | None) -> bool:
    return bool(old and new and old.area and new.area and old.area[1:3] == new.area[1:3])


def picture_changes(
    pictures: Sequence[PicturePair], differing: Container[int], echoes: Echoes, *, by_program: bool
) -> Iterator[Change]:
    """Pictures that came or went, where one program made both files (`by_program`), or that differ:
    in their values, in their look (`differing` are their numbers), or in their text alone.
    """
    for number, (old, new) in enumerate(pictures):
        if old and new:
            yield from picture_layout(old, new)
            yield from _differences(old, new, echoes, looks_different=number in differing)
        elif by_program:
            then, now = (picture.alt if picture else "" for picture in (old, new))
            act = Act.ADDED if new else Act.REMOVED
            yield _change(Kind.PICTURE, act, old, new, Fact("alt", then, now))


def _differences(
    old: PlacedPicture, new: PlacedPicture, echoes: Echoes, *, looks_different: bool
) -> Iterator[Change]:
    then, now = ([match[0] for match in _NUMBER.finditer(picture.alt)] for picture in (old, new))
    valued = len(then) != len(now) or not all(map(same_number, then, now))
    said = old.alt != new.alt and (valued or not echoes.explain(old.alt, new.alt))
    if valued or looks_different:
        name = "value" if valued else "alt"
        fact = Fact(name, old.alt, new.alt) if said else Fact("look", "", "")
        yield _change(Kind.PICTURE, Act.CHANGED, old, new, fact)
    elif said:
        yield _change(Kind.TAGS, Act.CHANGED, old, new, Fact("alt", old.alt, new.alt))


def _change(
    kind: Kind, act: Act, old: PlacedPicture | None, new: PlacedPicture | None, fact: Fact
) -> Change:
    there = new or old
    assert there
    return Change(
        kind,
        act,
        field=there.name.field,
        name=there.name.id,
        language=there.name.language,
        old=old.alt if old else "",
        new=new.alt if new else "",
        facts=(fact,),
        old_areas=(old.area,) if old and old.area else (),
        new_areas=(new.area,) if new and new.area else (),
    )
