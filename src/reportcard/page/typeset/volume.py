"""Several cards in one volume: their laid-out pages between one pair of covers."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from reportcard.page.typeset.layout import LaidOut


def joined(
    covers: LaidOut, cards: Mapping[str, LaidOut]
) -> tuple[LaidOut, Mapping[str, tuple[int, int]]]:
    """Several cards between one pair of covers, and the first page and number of pages of each, by
    its name.

    The cards' own covers are left out. Nothing is laid out again: each page is the one of its own
    card, its printed number too.
    """
    documents = {"cover": covers.documents["cover"]}
    sections = {"cover": (1, 1)}
    boxes = {id_: found for id_, found in covers.boxes.items() if found[0].page == 1}
    ranges: dict[str, tuple[int, int]] = {}
    first = 2
    for name, laid in cards.items():
        inner = [section for section in laid.sections if section not in ("cover", "back")]
        offset = first - laid.sections[inner[0]][0]
        for section in inner:
            start, count = laid.sections[section]
            documents[f"{name}.{section}"] = laid.documents[section]
            sections[f"{name}.{section}"] = (start + offset, count)
        last = laid.sections["back"][0]
        boxes |= {
            id_: moved
            for id_, found in laid.boxes.items()
            if (
                moved := tuple(
                    replace(box, page=box.page + offset) for box in found if 1 < box.page < last
                )
            )
        }
        ranges[name] = (first, last + offset - first)
        first = last + offset
    documents["back"] = covers.documents["back"]
    sections["back"] = (first, 1)
    boxes |= {
        id_: tuple(replace(box, page=first) for box in found)
        for id_, found in covers.boxes.items()
        if found[0].page == 2
    }
    loaded = {
        path: data for laid in (covers, *cards.values()) for path, data in laid.loaded.items()
    }
    whole = LaidOut(
        MappingProxyType(documents),
        MappingProxyType({}),
        MappingProxyType(sections),
        MappingProxyType(boxes),
        (),
        (),
        (),
        MappingProxyType({}),
        MappingProxyType(loaded),
        covers.colours,
    )
    return whole, ranges
