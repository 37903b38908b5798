"""A score as a bar on its scale, below the score itself."""

from typing import Any, Final

from matplotlib.patches import Rectangle
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.page.gauges import Gauge

#: The foot and the height of the bar in units of the figure, and the letters that fit above it.
_FOOT, _HEIGHT, _LETTERS = 0.16, 0.22, 8
_TEXT: Final[dict[str, Any]] = {"va": "baseline", "parse_math": False}


def draw(figure: Any, gauge: Gauge) -> None:
    """Draws a gauge. Raises ReportCardError (LAYOUT) if its score is too long for it."""
    if len(gauge.score) > _LETTERS:
        raise ReportCardError(
            message('"{score}" is too long for a bar.', score=gauge.score), code=ExitCode.LAYOUT
        )
    text = {**_TEXT, "family": gauge.typeface.family}
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    track = {"linewidth": 0.9, "edgecolor": gauge.muted, "facecolor": gauge.track}
    axes.add_patch(Rectangle((0.03, _FOOT), 0.94, _HEIGHT, **track))
    if gauge.share:
        fill = gauge.tint if gauge.provisional else gauge.fill
        width = 0.94 * float(min(gauge.share, 1))
        bar = {"linewidth": 0.9, "edgecolor": gauge.fill, "facecolor": fill}
        axes.add_patch(Rectangle((0.03, _FOOT), width, _HEIGHT, **bar))
    sizes = {"size": gauge.size.score, "weight": "bold", "color": gauge.ink}
    axes.text(0.46, 0.52, gauge.score, ha="right", **sizes, **text)
    axes.text(0.5, 0.52, gauge.maximum, size=gauge.size.maximum, color=gauge.muted, **text)
