"""The structure of tables, lists and figures as WeasyPrint 70 leaves it, put right: elements that
are parts of one become one, and captions go into what they belong to.

Structure elements are pydyf dictionaries, which refer to each other by number.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

_CELLS: Final = ("/TH", "/TD")


@dataclass(slots=True)
class TagShapes:
    """Puts the elements of one PDF right, as each is made. `objects` are those of the PDF."""

    objects: list[Any]
    names: dict[int, Any] = field(default_factory=dict)
    """By the number of a cell's element, the ID that it is to have."""
    whole: dict[int, Any] = field(default_factory=dict)
    """By an HTML element that is one in the structure, its first part."""

    def shaped(self, box: Any, element: Any) -> Any | None:
        """The element to go into its parent; None if it became a part of another."""
        html = box.element
        if html is None or not hasattr(html, "get") or "::" in str(box.element_tag):
            return element
        if element["S"] == "/LI":
            self._label_first(element)
        if html.get("data-tag") == "Figure":
            return self._figure(element)
        if html.get("data-tag") == "Table" and element["S"] == "/Table":
            self._head(element)
        if html.get("data-whole") is not None or html.get("data-tag") == "Table":
            return self._first_part(html, element)
        return element

    def _kids(self, element: Any) -> Iterator[Any]:
        """The structure elements right below one."""
        for kid in element["K"]:
            found = self._object(kid)
            if found is not None:
                yield found

    def _object(self, reference: Any) -> Any | None:
        if not isinstance(reference, bytes):
            return None
        found = self.objects[int(reference.split()[0])]
        return found if isinstance(found, dict) and "S" in found else None

    def _move(self, kid: Any, parent: Any, at: int | None = None) -> None:
        kid["P"] = parent.reference
        parent["K"].insert(len(parent["K"]) if at is None else at, kid.reference)

    def _label_first(self, item: Any) -> None:
        """The number of an item is beside its body, and not in it (ISO 32000-1, 14.8.4.3.3)."""
        for body in self._kids(item):
            label = next((one for one in self._inner(body) if one[1]["S"] == "/Lbl"), None)
            if body["S"] == "/LBody" and label:
                label[0]["K"].remove(label[1].reference)
                self._move(label[1], item, 0)
                return

    def _inner(self, element: Any, depth: int = 3) -> Iterator[tuple[Any, Any]]:
        """The elements below one with their parents, but for lists in it."""
        for kid in self._kids(element):
            yield element, kid
            if depth and kid["S"] != "/L":
                yield from self._inner(kid, depth - 1)

    def _figure(self, around: Any) -> Any:
        """A figure's caption is in it (ISO 32000-1, 14.8.4.5): the picture's element takes the
        place of what is around both.
        """
        parts = [one for one in self._inner(around) if one[1]["S"] in ("/Figure", "/Caption")]
        picture = next((one for _, one in parts if one["S"] == "/Figure"), None)
        if picture is None:
            return around
        for _, caption in parts:
            if caption["S"] == "/Caption":
                self._move(caption, picture)
        picture["P"] = around["P"]
        if "ID" in around:
            picture["ID"] = around.pop("ID")
        around["K"].clear()
        return picture

    def _head(self, table: Any) -> None:
        """Headings of a table say what they are the heading of, and keep the names of their
        places.
        """
        for row, cell in self._inner(table):
            if cell["S"] not in _CELLS:
                continue
            cell["A"].pop("Headers", None)
            if name := self.names.pop(cell.number, None):
                cell["ID"] = name
            elif cell["S"] == "/TH":
                cell.pop("ID", None)
            if cell["S"] == "/TH":
                is_row = any(kid["S"] == "/TD" for kid in self._kids(row))
                cell["A"]["Scope"] = "/Row" if is_row else "/Column"

    def _first_part(self, html: Any, element: Any) -> Any | None:
        """What goes on in another line or on another page is put into its first part."""
        first = self.whole.setdefault(id(html), element)
        if first is element:
            return element
        bodies = {kid["S"]: kid for kid in self._kids(first) if kid["S"] == "/TBody"}
        for kid in list(element["K"]):
            part = self._object(kid)
            if part is None:
                continue
            if body := bodies.get(part["S"]):
                for row in list(self._kids(part)):
                    self._move(row, body)
            else:
                self._move(part, first)
        element["K"].clear()
        return None


def repeated_heads(pages: list[Any], inside: Callable[[Any], Iterator[Any]]) -> dict[int, Any]:
    """The heads of tables that are printed again on a page, by the id of the table's box."""
    seen: set[int] = set()
    found: dict[int, Any] = {}
    for page in pages:
        for box in inside(page._page_box):
            html = box.element
            if not getattr(box, "is_table_wrapper", False) or not hasattr(html, "get"):
                continue
            if html.get("data-tag") == "Table":
                table = box.get_wrapped_table()
                heads = [group for group in table.children if group.element_tag == "thead"]
                if id(html) in seen and heads:
                    found[id(box)] = (table, heads)
                seen.add(id(html))
    return found


@contextmanager
def without(repeated: Any | None) -> Iterator[None]:
    """A table without its repeated head, while its structure is made."""
    if repeated is None:
        yield
        return
    table, heads = repeated
    before = table.children
    table.children = [group for group in before if group not in heads]
    try:
        yield
    finally:
        table.children = before
