"""How high notes are, measured once each; WeasyPrint 70 lays all notes of a page out again for each one that comes.

It reaches into one private function, so the version is pinned and a test holds that pages are the same without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any


@contextmanager
def measured_notes(engine: Any) -> Iterator[None]:
    """While this lasts, pages are laid out with each note measured once. `engine` is the module of WeasyPrint.

    A page's notes stand below each other, so their area is as high as they are together. Where the styles make more of it
    (margins between notes, notes in a line, an area of a given height), the engine's own way is gone.
    """
    context = engine.layout.LayoutContext
    whole = context._update_footnote_area
    heights: dict[tuple[int, float], tuple[Any, float]] = {}

    def height(self: Any, note: Any) -> float:
        area = self.current_footnote_area
        key = (id(note), area.page.width)
        if key not in heights:
            area.children = [note]
            alone = engine.layout.build.create_anonymous_boxes(area.deepcopy())
            laid = engine.layout.block_level_layout(self, alone, -inf, None, area.page)[0]
            heights[key] = note, laid.height  # the note is kept with it: an id is its own only while it lives
        return heights[key][1]

    def update(self: Any) -> bool:
        area, notes = self.current_footnote_area, self.current_page_footnotes
        if self.in_column or not notes or not _is_plain(area) or not all(map(_is_below_the_last, notes)):
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
        style["footnote_display"] == "block" and all(margin != "auto" and margin.value == 0 for margin in margins)
    )
