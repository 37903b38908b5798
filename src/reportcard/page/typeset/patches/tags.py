"""What WeasyPrint 70 leaves to be done for a screen reader, done while it writes a PDF.

Private: `weasyprint.pdf.tags._build_box_tree`, which gives each structure element with its box, and
`Stream.marked`, which begins marked content; both are wrapped. Of a box, its `element`,
`element_tag` and `link_annotation` are read. Tests hold each effect.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportcard.page.typeset.measures import PT_PER_PX
from reportcard.page.typeset.patches.tag_shapes import TagShapes, repeated_heads, without


@contextmanager
def mended_tags(engine: Any, pages: list[Any]) -> Iterator[None]:
    """While this lasts, PDFs of these pages are written with mended tags. `engine` is the module of
    WeasyPrint.

    - An element's `data-tag` names its structure type: a call is a Reference, a note a Note (ISO
    14289-1, 7.9).
    - An element's `id` becomes its ID: a note must have one, and by it a comparison knows every
    block of the text.
    - `lang` inside the text becomes Lang (ISO 14289-1, 7.2): WeasyPrint writes that of the document
    alone.
    - A link's `title` becomes its description (ISO 14289-1, 7.18.5), in place of the name of its
    target.
    - Running heads and feet, and what is marked `aria-hidden`, are artifacts (ISO 14289-1, 7.8).
    - A table that goes on over pages is one, and its repeated heads are artifacts; a heading of it
    has a Scope. A figure's caption is in it, an item's number beside its body.
    - A figure's BBox is in points from the page's foot (ISO 32000-1, 14.8.5.4.3), not in px from
    its head.
    """
    tags, stream = engine.pdf.tags, engine.pdf.stream.Stream
    build, marked = tags._build_box_tree, stream.marked
    unread = {
        id(box)
        for page in pages
        for hidden in _inside(page._page_box)
        if _is_unread(hidden)
        for box in _inside(hidden)
    }
    repeated = repeated_heads(pages, _inside)
    for _, heads in repeated.values():
        unread.update(id(box) for head in heads for box in _inside(head))
    height = pages[0].height
    named: set[str] = set()
    shapes: list[TagShapes] = []

    def build_mended(box: Any, *context: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)
        if _is_unread(box):
            return
        shapes.extend([TagShapes(context[1].objects)] if not shapes else [])
        with without(repeated.get(id(box))):
            built = list(build(box, *context))
        for element in built:
            _mend(box, element, named, tags.pydyf.String)
            _keep_name(box, element, shapes[0])
            _place_figure(element, height, tags.pydyf.Array)
            shaped = shapes[0].shaped(box, element)
            if shaped is not None:
                yield shaped

    def mark_mended(self: Any, box: Any, tag: str) -> Any:
        return self.artifact() if id(box) in unread else marked(self, box, tag)

    tags._build_box_tree, stream.marked = build_mended, mark_mended
    try:
        yield
    finally:
        tags._build_box_tree, stream.marked = build, marked


def _mend(box: Any, structure: Any, named: set[str], string: Any) -> None:
    box = getattr(box, "_box", box)
    element = box.element
    if (
        element is None
        or not hasattr(element, "get")
        or "::" in str(box.element_tag)
        or element.tag in ("html", "body")
    ):
        return
    if tag := element.get("data-tag"):
        structure["S"] = f"/{tag}"
    if (name := element.get("id")) and "ID" not in structure:
        while name in named:  # a block that goes on over a page: each part has an ID of its own
            name = f"{name}+"
        named.add(name)
        structure["ID"] = string(name)
    if language := element.get("lang"):
        structure["Lang"] = string(language)
    if box.link_annotation and (title := element.get("title")):
        box.link_annotation["Contents"] = string(title)


def _place_figure(element: Any, height: float, array: Any) -> None:
    """Gives a figure its box in points from the foot of a page, whose height is in px."""
    if element["S"] == "/Figure" and "BBox" in element.get("A", {}):
        left, top, right, bottom = element["A"]["BBox"]
        sides = (left, height - bottom, right, height - top)
        element["A"]["BBox"] = array(round(side * PT_PER_PX, 3) for side in sides)


def _keep_name(box: Any, structure: Any, shapes: TagShapes) -> None:
    """Keeps the name of a table's cell: the engine gives its headings other IDs later."""
    element = box.element
    is_cell = structure["S"] in ("/TH", "/TD") and getattr(element, "tag", "") in ("th", "td")
    if is_cell and "ID" in structure:
        shapes.names[structure.number] = structure["ID"]


def _is_unread(box: Any) -> bool:
    element = box.element
    hidden = hasattr(element, "get") and element.get("aria-hidden") == "true"
    return type(box).__name__ == "MarginBox" or hidden


def _inside(box: Any) -> Iterator[Any]:
    yield box
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from _inside(child)
