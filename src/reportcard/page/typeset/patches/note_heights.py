"""How high notes are, measured once each; WeasyPrint 70 lays all notes of a page out again for each
one that comes.

Private: `weasyprint.layout.LayoutContext._update_footnote_area`, which is replaced, and what it
works with: `current_footnote_area`, `current_page_footnotes`, `page_bottom`, `in_column`,
`create_anonymous_boxes`, `block_level_layout`. A test holds that pages are the same without it.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from math import inf
from typing import Any
from xml.etree import ElementTree as ET


@contextmanager
def measured_notes(engine: Any, heights: dict[bytes, float]) -> Iterator[None]:
    """While this lasts, pages are laid out with each note measured once. `engine` is the module of
    WeasyPrint.

    `heights` are those known, in px, and take up the others: of notes laid out with the same style
    sheets, in this engine's process. The context of a note matters only by what it inherits:
    styles have no rules for notes in certain places.

    A page's notes are below each other, so their area is as high as they are together. Where the
    styles make more of it (margins between notes, notes in a line, an area of a given height), the
    engine's own way is gone.
    """
    context = engine.layout.LayoutContext
    whole = context._update_footnote_area
    inherited = sorted(engine.css.properties.INHERITED)

    def height(self: Any, note: Any) -> float:
        area = self.current_footnote_area
        element = copy.copy(note.element)
        element.tail = None  # the text after the call
        inputs = (ET.tostring(element), area.page.width, *(note.style[name] for name in inherited))
        key = sha256(repr(inputs).encode()).digest()
        if key not in heights:
            area.children = [note]
            alone = engine.layout.build.create_anonymous_boxes(area.deepcopy())
            heights[key] = engine.layout.block_level_layout(self, alone, -inf, None, area.page)[
                0
            ].height
        return heights[key]

    def update(self: Any) -> bool:
        area, notes = self.current_footnote_area, self.current_page_footnotes
        if (
            self.in_column
            or not notes
            or not _is_plain(area)
            or not all(map(_is_below_the_last, notes))
        ):
            return bool(whole(self))
        if area.height != "auto":
            self.page_bottom += area.margin_height()
        area.height = sum(height(self, note) for note in notes)
        area.children = notes
        self.page_bottom -= area.margin_height()
        return False

    context._update_footnote_area = update
    try:
        yield
    finally:
        context._update_footnote_area = whole


def _is_plain(area: Any) -> bool:
    return bool(area.style["height"] == "auto" and area.min_height == 0 and area.max_height == inf)


def _is_below_the_last(note: Any) -> bool:
    style = note.style
    margins = (style["margin_top"], style["margin_bottom"])
    return bool(
        style["footnote_display"] == "block"
        and all(margin != "auto" and margin.value == 0 for margin in margins)
    )
