"""A score to a gauge, drawn as vector: a half ring, or the form that a package adds; the only
importer of matplotlib, which is loaded when one is drawn.

In a card the gauge's text stays text, set in the card's font; an exported gauge carries its text as
outlines.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from math import cos, degrees, pi, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol

from reportcard.content.sizes import GaugeSize
from reportcard.page.canvas import list_fonts, matplotlib, warnings_logged
from reportcard.page.fonts import Typeface
from reportcard.page.styles import Styles
from reportcard.problems.logs import listening
from reportcard.problems.problem import Problem, has_errors
from reportcard.scores.values import Values
from reportcard.workspace.packages import Group, additions, calling, names, versions
from reportcard.workspace.store import Store, key_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path as Shape

#: The form of gauges that the program has.
HALF_RING: Final = "half-ring"

Format = Literal["svg", "png", "pdf"]
_NO_METADATA: Final[Mapping[str, dict[str, None]]] = {
    "svg": dict.fromkeys(("Date", "Creator", "Format", "Type")),
    "png": {"Software": None},
    "pdf": dict.fromkeys(("Creator", "Producer", "CreationDate")),
}
_MM_PER_INCH: Final = 25.4
#: Ring width as a share of the radius; the score must fit between the two ends of the ring.
_RING: Final = 0.27
#: The score's baseline, and the room between it and the ring, in units of the radius.
_BASELINE, _ROOM = 0.03, 0.02
#: Of a fifth of the ring: fill or track that is shorter is a sliver beside the mark.
_SLIVER: Final = Fraction(1, 10)
#: Stripes of a provisional score: one in so many points, as wide as half of that, leaning right.
_STRIPE_PT: Final = 3.2
#: The line round the ring.
_OUTLINE_PT: Final = 0.5
#: Drawn area in units of the radius: a hair round the ring, and room for “/ max” below its foot.
_LEFT, _RIGHT, _BOTTOM, _TOP = -1.02, 1.02, -0.36, 1.02


@dataclass(frozen=True, slots=True)
class Gauge:
    """All that a drawing depends on. `share` is score / maximum, None if not published; colors are
    `#rrggbb`; `typeface` is that of its text; `form` is the name of what draws it.
    """

    size: GaugeSize
    share: Fraction | None
    score: str
    maximum: str
    provisional: bool
    fill: str
    tint: str
    track: str
    tick: str
    ink: str
    muted: str
    typeface: Typeface
    form: str = HALF_RING

    @property
    def key(self) -> str:
        """Names this drawing among all: the same input, the same drawing."""
        own = (getattr(self, one.name) for one in fields(self) if one.name != "typeface")
        inputs = (*own, self.typeface.key, *_drawn_by(self.form))
        return sha256(repr(inputs).encode()).hexdigest()

    @property
    def extent(self) -> tuple[float, float]:
        """Its width and height in mm."""
        return self.size.width, self.size.width * (_TOP - _BOTTOM) / (_RIGHT - _LEFT)

    def paint(self, figure: "Figure") -> None:
        """Draws it into an empty figure of its size."""
        if self.form == HALF_RING:
            _half_ring(figure, self)
            return
        with calling(self.form):
            form: GaugeForm = additions(Group.GAUGES)[self.form]
            form(figure, self)


class Drawing(Protocol):
    """What is drawn: a gauge, a chart. The same key, the same drawing."""

    @property
    def key(self) -> str:
        """Its digest."""

    @property
    def extent(self) -> tuple[float, float]:
        """Its width and height in mm."""

    @property
    def typeface(self) -> Typeface:
        """That of its text."""

    def paint(self, figure: "Figure") -> None:
        """Draws it into an empty figure of its size. Text is drawn as text, in its typeface."""


class GaugeForm(Protocol):
    """A form of gauges, as packages add them."""

    def __call__(self, figure: "Figure", gauge: Gauge) -> None:
        """Draws a gauge into an empty figure of its size. Text stays text, in its `typeface`."""


def gauge_forms() -> tuple[str, ...]:
    """The names of the forms that gauges can have: those of packages, and the program's own."""
    return (HALF_RING, *names(Group.GAUGES))


def gauge_of(values: Values, styles: Styles, kind: str, key: str, dimension: int) -> Gauge:
    """The gauge of one score of a card: `kind` names its size, `key` names the score,
    `dimension` its number (0: total).
    """
    result = values.results[values.country].scores[key]
    return Gauge(
        size=getattr(styles.sizes.gauges, kind),
        share=None if result.value is None else result.share,
        score=values.cell(result),
        maximum=""
        if result.scale.suffix or not result.is_applicable
        else f"/ {values.maximum(key)}",
        provisional=result.provisional,
        fill=styles.colour(f"dimension-{dimension}" if dimension else "gold"),
        tint=styles.colour(f"tint-{dimension}" if dimension else "gold-tint"),
        track=styles.colour("track"),
        tick=styles.colour("white"),
        ink=styles.colour("ink"),
        muted=styles.colour("muted"),
        typeface=styles.typeface,
    )


class Gallery:
    """Drawings kept in a store, each drawn once. One that is damaged is drawn again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def draw(self, wanted: Iterable[Drawing]) -> list[bytes]:
        """The SVG of each gauge or chart, in order."""
        return [self.drawing(one, "svg", outlines=False) for one in wanted]

    def drawing(
        self, gauge: Drawing, kind: Format, *, outlines: bool = True, dpi: int = 300
    ) -> bytes:
        """One drawing. It is kept if matplotlib warned of nothing: else it would be taken over
        without its fault.
        """
        key = key_of(["gauge", gauge.key, kind, outlines, dpi])
        if known := self._store.get(key):
            return known[1]
        found: list[Problem] = []
        with listening(key, found):
            drawing = draw(gauge, kind, outlines=outlines, dpi=dpi)
        if not has_errors(found):
            self._store.put(key, {}, drawing)
        return drawing


def draw(drawing: Drawing, kind: Format, *, outlines: bool = False, dpi: int = 300) -> bytes:
    """The drawing's bytes. `outlines` turns an SVG's text into shapes, for places where the font is
    not installed.

    The same input gives the same bytes: no date, no random ids, none of the user's matplotlib
    settings.
    """
    mpl = matplotlib()
    from matplotlib.figure import Figure

    width, height = (side / _MM_PER_INCH for side in drawing.extent)
    with mpl.rc_context(), warnings_logged():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "svg.fonttype": "path" if outlines else "none",
                "svg.hashsalt": "reportcard",
                "pdf.fonttype": 42,
                "path.simplify": False,
            }
        )
        figure = Figure(figsize=(width, height))
        figure.patch.set_visible(False)
        list_fonts(drawing.typeface)
        drawing.paint(figure)
        target = io.BytesIO()
        figure.savefig(target, format=kind, dpi=dpi, transparent=True, metadata=_NO_METADATA[kind])
    return target.getvalue()


def fifths(share: Fraction | None) -> list[int]:
    """The fifths of a ring that are marked, 1 to 4: not one so near to the end of the fill that a
    sliver would be left beside it.
    """
    ends = Fraction(share or 0) * 5
    return [one for one in range(1, 5) if one == ends or abs(ends - one) >= _SLIVER]


def _half_ring(figure: "Figure", gauge: Gauge) -> None:
    from matplotlib.font_manager import FontProperties
    from matplotlib.patches import PathPatch, Wedge

    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(_LEFT, _RIGHT)
    axes.set_ylim(_BOTTOM, _TOP)
    ring = partial(Wedge, (0, 0), 1, width=_RING, edgecolor="none", clip_on=False)
    axes.add_patch(ring(0, 180, facecolor=gauge.tick))
    if gauge.share:
        end = 180 - 180 * float(min(gauge.share, Fraction(1)))
        if gauge.provisional:
            _hatch(axes, gauge, end)
        else:
            axes.add_patch(ring(end, 180, facecolor=gauge.fill))
    _outline(axes, gauge)
    angles = [pi * (5 - fifth) / 5 for fifth in fifths(gauge.share)]
    inner, outer = 1 - _RING - 0.01, 1.01
    ticks = _strokes(
        [
            ((inner * cos(angle), inner * sin(angle)), (outer * cos(angle), outer * sin(angle)))
            for angle in angles
        ]
    )
    axes.add_patch(
        PathPatch(
            ticks, fill=False, edgecolor=gauge.tick, linewidth=0.9, capstyle="butt", clip_on=False
        )
    )
    face = gauge.typeface
    set_in = partial(FontProperties, family=face.family)
    bold = set_in(fname=face.bold, weight="bold", size=gauge.size.score)
    bold.set_size(gauge.size.score * min(1.0, _fit(gauge, bold)))
    regular = set_in(fname=face.regular, weight="normal", size=gauge.size.maximum)
    axes.text(
        0,
        _BASELINE,
        gauge.score,
        ha="center",
        va="baseline",
        fontproperties=bold,
        color=gauge.ink,
        parse_math=False,
    )
    axes.text(
        0,
        -0.29,
        gauge.maximum,
        ha="center",
        va="baseline",
        fontproperties=regular,
        color=gauge.muted,
        parse_math=False,
    )


def _fit(gauge: Gauge, face: "FontProperties") -> float:
    """By how much the score can grow until its upper corners meet the ring: less than 1 is for
    long ones, such as 100.00 %.
    """
    from matplotlib.textpath import text_to_path

    width, height, depth = text_to_path.get_text_width_height_descent(gauge.score, face, False)
    radius_pt = gauge.size.width / _MM_PER_INCH * 72 / (_RIGHT - _LEFT)
    half, height = width / 2 / radius_pt, (height - depth) / radius_pt
    inner = 1 - _RING - _ROOM
    # The growth g for which (g * half)² + (_BASELINE + g * height)² = inner².
    a, b, c = half**2 + height**2, _BASELINE * height, _BASELINE**2 - inner**2
    return (sqrt(b * b - a * c) - b) / a if a else 1.0


def _outline(axes: "Axes", gauge: Gauge) -> None:
    """The edge of the whole ring: on a tinted ground and in grey, an empty part is still seen."""
    from matplotlib.patches import Wedge

    radius_pt = gauge.size.width / _MM_PER_INCH * 72 / (_RIGHT - _LEFT)
    inset = _OUTLINE_PT / 2 / radius_pt
    tilt = degrees(inset)
    axes.add_patch(
        Wedge(
            (0, 0),
            1 - inset,
            tilt,
            180 - tilt,
            width=_RING - 2 * inset,
            facecolor="none",
            edgecolor=gauge.muted,
            linewidth=_OUTLINE_PT,
            clip_on=False,
        )
    )


def _hatch(axes: "Axes", gauge: Gauge, end: float) -> None:
    """The filled part in stripes on its tint, outlined: readable in grey, and unlike a full
    fill.
    """
    from matplotlib.patches import PathPatch, Wedge

    axes.add_patch(
        Wedge(
            (0, 0), 1, end, 180, width=_RING, facecolor=gauge.tint, edgecolor="none", clip_on=False
        )
    )
    radius_pt = gauge.size.width / _MM_PER_INCH * 72 / (_RIGHT - _LEFT)
    step = _STRIPE_PT / radius_pt * 2**0.5
    # Only stripes that cross the ring: of others, clipped away whole, some renderers leave a dot in
    # the clip's corner.
    reach = 2**0.5 * (1 + _STRIPE_PT / radius_pt)
    feet = [-reach + step * index for index in range(int(2 * reach / step) + 1)]
    stripes = _strokes([((foot, 0), (foot + 1.1, 1.1)) for foot in feet if foot < 1])
    lines = PathPatch(
        stripes, fill=False, edgecolor=gauge.fill, linewidth=_STRIPE_PT * 0.52, capstyle="butt"
    )
    axes.add_patch(lines)
    lines.set_clip_path(Wedge((0, 0), 1, end, 180, width=_RING, transform=axes.transData))
    # The outline is drawn inside the ring's edge, so that a hatched ring is no larger than a full
    # one.
    inset = 0.45 / radius_pt
    tilt = min(degrees(inset), (180 - end) / 2)
    outline = Wedge(
        (0, 0),
        1 - inset,
        end + tilt,
        180 - tilt,
        width=_RING - 2 * inset,
        facecolor="none",
        edgecolor=gauge.fill,
        linewidth=0.9,
        clip_on=False,
    )
    axes.add_patch(outline)


def _strokes(ends: Sequence[tuple[tuple[float, float], tuple[float, float]]]) -> "Shape":
    """Straight strokes as one shape: as many of their own, each clipped anew, took a third of the
    time of writing a page.
    """
    from matplotlib.path import Path as Shape

    return Shape([end for both in ends for end in both], [Shape.MOVETO, Shape.LINETO] * len(ends))


@cache
def _drawn_by(form: str) -> tuple[str, ...]:
    """The version of matplotlib and this module's own text are inputs of every drawing, and the
    package that adds its form.
    """
    package = versions().get(f"{Group.GAUGES} {form}", "")
    return version("matplotlib"), sha256(Path(__file__).read_bytes()).hexdigest(), package
