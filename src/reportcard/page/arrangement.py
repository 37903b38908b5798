"""Other ways to set a section whose last page would be half empty: in one column instead of two or
in two instead of one, with smaller gauges, with more space between recommendations, or with other
spacing and type.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportcard.messages.message import Message, message
from reportcard.page.changes import ONE_COLUMN, TRIES
from reportcard.page.fit import Fit
from reportcard.page.proof.fill import HALF

#: Text in one column is so many times as high as in two; how many, depends on its last lines.
_HIGHER: Final = (1.3, 1.4, 1.5)
#: Columns with more notes take longer to set than all other sections.
_MOST_NOTES: Final = 12
_TWO_COLUMNS: Final = ".context { width: auto; columns: 2; column-gap: 2.2em }"
#: Space below a recommendation, in sizes of type, beside what the theme gives it.
_APART: Final = (0.6, 1.2, 1.8, 2.4, 3.2)
#: The gauges of the overall assessment, in sizes of type: that of the total, those of dimensions.
_SMALLER: Final = ((18, 10.2), (14, 8.6))
_PANEL: Final = (
    ".panel .gauge-total img {{ width: {:g}em }} .row .gauge-dimension img {{ width: {:g}em }} "
    ".panel .row {{ margin-top: .7em; padding-top: .8em }}"
)
#: So much of a page they save at most.
_SAVED: Final = (-0.04, -0.08, -0.16)
#: What comes about of an estimate: breaks move, and what stays together moves as a whole.
_YIELDS: Final = (0.8, 1.0)
_MM_PER_PT: Final = 25.4 / 72


@dataclass(frozen=True, slots=True)
class _Extent:
    """How many pages a section has, the last one as a share, and how many of them its text takes
    up that may be in one column or two.
    """

    pages: float
    text: float

    def may_fill(self, *changes: float) -> bool:
        """Whether the last page may be half full where the section is longer or shorter by some
        number of pages: by less than a page, or the rest of it is emptier.
        """
        return any((self.pages + one) % 1 >= HALF for one in changes if abs(one) < 1)

    def may_fill_by(self, *factors: float) -> bool:
        """The same where its text is higher by some factor."""
        return self.may_fill(*(self.text * (factor - 1) for factor in factors))


def arrangements(fit: Fit) -> Iterator[tuple[Message, str]]:
    """What may be tried, with the style rules of each; only what can help, by an estimate."""
    html = fit.section.html
    extent = _extent(fit)
    if 'class="findings"' in html and ONE_COLUMN not in fit.rules and extent.may_fill_by(*_HIGHER):
        yield message("the findings were set in one column"), ONE_COLUMN
    if _may_be_divided(html) and extent.may_fill_by(*(1 / factor for factor in _HIGHER)):
        yield message("the context was set in two columns"), _TWO_COLUMNS
    if 'class="panel ' in html and extent.may_fill(*_SAVED):
        for sizes in _SMALLER:
            yield message("the gauges of the panel were drawn smaller"), _PANEL.format(*sizes)
    yield from _farther_apart(fit, extent)
    yield from _spaced(fit, extent)


def _may_be_divided(html: str) -> bool:
    """Whether the context may be in columns: quotes are beside one alone."""
    return (
        'class="running context"' in html
        and 'class="pulled"' not in html
        and html.count('class="call"') <= _MOST_NOTES
    )


def _farther_apart(fit: Fit, extent: _Extent) -> Iterator[tuple[Message, str]]:
    """Recommendations with more space between them, as little as is enough."""
    first = fit.laid.sections[fit.section.name][0]
    area = fit.laid.areas[first]
    count = fit.section.html.count('class="recommendation')
    for space in _APART if count else ():
        more = (count - 1) * space * area.types[-1].size * _MM_PER_PT / area.block.height
        if extent.may_fill(*(more * share for share in _YIELDS)):
            rule = f".recommendation {{ padding-bottom: {space:g}em }}"
            yield message("recommendations were set farther apart"), rule


def _spaced(fit: Fit, extent: _Extent) -> Iterator[tuple[Message, str]]:
    """Spacing and type of sections that are so long that this fills half a page."""
    first = fit.laid.sections[fit.section.name][0]
    for what, size, leading in TRIES if not fit.mends else ():
        change = extent.pages * (size * size * leading - 1)
        rules = (one.scaled(size, leading) for one in fit.laid.areas[first].types)
        if extent.may_fill(*(change * share for share in _YIELDS)):
            yield what, " ".join(filter(None, rules))


def _extent(fit: Fit) -> _Extent:
    first = fit.laid.sections[fit.section.name][0]
    block = fit.laid.areas[first].block
    boxes = [
        box
        for id_, found in fit.laid.boxes.items()
        if ".findings." in id_ or _is_of_context(id_)
        for box in found
    ]
    starts = [box.page - first + (box.y - block.y) / block.height for box in boxes]
    ends = [start + box.height / block.height for start, box in zip(starts, boxes, strict=True)]
    return _Extent(fit.count - 1 + fit.filled, max(ends, default=0) - min(starts, default=0))


def _is_of_context(id_: str) -> bool:
    return ".context." in id_ and ".wording." not in id_
