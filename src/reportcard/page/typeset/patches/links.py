"""Which of the links that WeasyPrint 70 found on a page are to be written.

Private: the fourth member of an entry in `Page.links`, the box that the link is of. What is
inside an `a` inherits its target (`weasyprint.anchors.gather_anchors`) and would be a link over it
once more; one that begins with a break leaves an empty end on the line before.
"""

from typing import Any, Final

_NO_WIDTH_PX: Final = 0.01


def is_link(link: Any) -> bool:
    """Whether a link is of an `a` and has a width."""
    _, _, (left, _, right, _), box = link
    return bool(box.element_tag == "a" and right - left > _NO_WIDTH_PX)
