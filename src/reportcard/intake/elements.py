"""Elements of a Word document by their names without name spaces: documents of the strict kind have
others.
"""

from reportcard.intake.package import Element


def name_of(element: Element) -> str:
    """An element's name without its name space: documents of the strict kind have others."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name."""
    return (
        next((one for one in element if name_of(one) == name), None)
        if element is not None
        else None
    )


def get(element: Element, name: str) -> str:
    """An attribute by its name without its name space; empty if there is none."""
    return next(
        (
            str(given)
            for key, given in element.attrib.items()
            if str(key).rpartition("}")[2] == name
        ),
        "",
    )


def value(element: Element | None, name: str) -> str:
    """The attribute `val` of the first child of a name."""
    found = child(element, name)
    return get(found, "val") if found is not None else ""


def whole(text: str, otherwise: int = 0) -> int:
    """A whole number as it is typed, or another if it is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise


def is_deleted_row(element: Element) -> bool:
    """Whether an element is a row of a table that was deleted, as a tracked change."""
    properties = child(element, "trPr") if name_of(element) == "tr" else None
    return properties is not None and child(properties, "del") is not None
