"""Charts of a table of numbers: bars, lines or dots, in the theme's font and colors.

What is drawn is a `ChartDrawing`; `gauges.draw` writes it, as it writes gauges.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportcard.page.fonts import Typeface
from reportcard.page.styles import Styles

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Type in pt of labels and numbers: as small as that of gauges, never less than 7.
_TYPE: Final = 7.4
_MM_PER_PT: Final = 25.4 / 72
#: Heights in mm: of a row of a chart with labels at its left, of the whole of one with labels
#: below, of the key of its series.
_ROW: Final = 5.6
_UPRIGHT: Final = 48.0
_KEY: Final = 5.0
#: Labels below bars are so short, and so few: longer ones are set at their left.
_SHORT_LABEL: Final = 5
_FEW_LABELS: Final = 14
#: What an upper-case letter and others are wide, as a share of the size of type.
_WIDE, _NARROW = 0.64, 0.5
#: Names at the ends of lines take up no more of the width, and are so many mm apart at least.
_NAMES: Final = 0.34
_APART: Final = 3.0
_MARKERS: Final = ("o", "s", "D", "^", "v")


@dataclass(frozen=True, slots=True)
class ChartPlot:
    """What a chart shows, in the words of a language. `is_half` is whether it is as wide as a
    column of text; `tone` the number of the dimension whose color it has (0: the total's). `rows`
    are printed words, a label and a number in each column; `numbers` are their values. `write`
    writes the numbers of the scale.
    """

    form: str
    is_half: bool
    tone: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[tuple[Decimal | None, ...], ...]
    write: Callable[[Decimal], str] = field(compare=False, repr=False)

    @property
    def key(self) -> str:
        """Names this plot among all: the same words and numbers, the same plot."""
        inputs = (self.form, self.is_half, self.tone, self.head, self.rows, self.numbers)
        scale = self.write(Decimal("1234.5"))
        return sha256(repr((inputs, scale)).encode()).hexdigest()

    @property
    def spoken(self) -> str:
        """The table behind the chart, for who does not see it."""
        head = f"{self.head[0]}: {', '.join(self.head[1:])}."
        rows = "; ".join(
            f"{label}: {', '.join(number or '–' for number in numbers)}"
            for label, *numbers in self.rows
        )
        return f"{head} {rows}."


@dataclass(frozen=True, slots=True)
class ChartDrawing:
    """A plot with its width in mm and the colors of its series, of text, and of the scale."""

    plot: ChartPlot
    width: float
    series: tuple[str, ...]
    ink: str
    muted: str
    rule: str
    typeface: Typeface

    @property
    def key(self) -> str:
        """Names this drawing among all."""
        own = sha256(Path(__file__).read_bytes()).hexdigest()
        look = (self.width, self.series, self.ink, self.muted, self.rule)
        return sha256(repr((self.plot.key, look, self.typeface.key, own)).encode()).hexdigest()

    @property
    def extent(self) -> tuple[float, float]:
        """Its width and height in mm."""
        key = self._key_height
        if self._is_upright:
            return self.width, _UPRIGHT + key
        bars = len(self.plot.head) - 1 if self.plot.form == "bars" else 1
        row = _ROW if bars == 1 else _ROW * 0.62 * bars + 1
        return self.width, row * len(self.plot.rows) + key + (5 if self.plot.form == "dots" else 1)

    @property
    def _is_upright(self) -> bool:
        """Whether the labels are below: along a line, or where they are few and short."""
        labels = [row[0] for row in self.plot.rows]
        are_short = max(map(len, labels)) <= _SHORT_LABEL and len(labels) <= _FEW_LABELS
        return self.plot.form == "lines" or (self.plot.form == "bars" and are_short)

    @property
    def _key_height(self) -> float:
        """The height in mm of the key of several series; none where lines have their names."""
        return _KEY if len(self.plot.head) > 2 and not self._names_width else 0.0

    @property
    def _names_width(self) -> float:
        """The width in mm of the names at the ends of several lines, if they have room there."""
        if self.plot.form != "lines" or len(self.plot.head) == 2:
            return 0.0
        longest = max(map(_wide, self.plot.head[1:])) + 2
        return longest if longest <= self.width * _NAMES else 0.0

    def paint(self, figure: "Figure") -> None:
        """Draws it into an empty figure of its size. Text is drawn as text."""
        width, height = self.extent
        key = self._key_height
        if self._is_upright:
            marks = max(len(self.plot.write(one)) for one in self._scale())
            left = (marks * _TYPE * _NARROW * _MM_PER_PT + 2) if self._has_scale else 0.5
            box = (left, 5.0, width - left - 0.5 - self._names_width, height - key - 8.0)
        else:
            longest = max(_wide(row[0]) for row in self.plot.rows) + 2
            left = min(longest, width * 0.45)
            right = 3.0 if self._has_scale else self._longest_number() + 2
            foot = 4.5 if self.plot.form == "dots" else 0.3
            box = (left, foot, width - left - right, height - key - foot - 0.5)
        shares = box[0] / width, box[1] / height, box[2] / width, box[3] / height
        axes = figure.add_axes(shares)
        for side in ("top", "right", "left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0, pad=2, labelsize=_TYPE)
        {"bars": self._bars, "lines": self._lines, "dots": self._dots}[self.plot.form](axes)
        self._type(axes)
        if key:
            self._key(figure, height)

    # The forms.

    def _bars(self, axes: "Axes") -> None:
        count, rows = len(self.series_numbers), len(self.plot.rows)
        thick = 0.72 / count
        for number, (values, colour) in enumerate(
            zip(self.series_numbers, self.series, strict=False)
        ):
            places = [row + (number - (count - 1) / 2) * thick for row in range(rows)]
            lengths = [float(value or 0) for value in values]
            if self._is_upright:
                axes.bar(places, lengths, width=thick * 0.94, color=colour, linewidth=0)
            else:
                axes.barh(places, lengths, height=thick * 0.9, color=colour, linewidth=0)
            if not self._has_scale:
                self._numbers_at(axes, number, places)
        low, high = self._scale()[0], self._scale()[-1]
        if self._is_upright:
            axes.set_xlim(-0.5, rows - 0.5)
            top = high if self._has_scale else max(self._highest(), high / 20) * Decimal("1.02")
            axes.set_ylim(float(low), float(top))
            axes.axhline(0, color=self.muted, linewidth=0.6)
            self._rules(axes, upright=True)
            axes.set_xticks(range(rows), [row[0] for row in self.plot.rows])
        else:
            axes.set_ylim(rows - 0.5, -0.5)
            axes.set_xlim(float(min(low, Decimal(0))), float(self._highest()))
            axes.set_xticks([])
            axes.axvline(0, color=self.muted, linewidth=0.6)
            axes.set_yticks(range(rows), [row[0] for row in self.plot.rows])

    def _lines(self, axes: "Axes") -> None:
        rows = len(self.plot.rows)
        for values, colour, marker in zip(self.series_numbers, self.series, _MARKERS, strict=False):
            line = [float("nan") if value is None else float(value) for value in values]
            axes.plot(
                range(rows),
                line,
                color=colour,
                linewidth=1.4,
                marker=marker,
                markersize=3.2,
                markeredgewidth=0,
                clip_on=False,
            )
        axes.set_xlim(-0.3, rows - (0.95 if self._names_width else 0.7))
        axes.set_ylim(float(self._scale()[0]), float(self._scale()[-1]))
        self._rules(axes, upright=True)
        step = self._label_step()
        shown = range(0, rows, step)
        axes.set_xticks(list(shown), [self.plot.rows[row][0] for row in shown])
        if self._names_width:
            self._names(axes)

    def _names(self, axes: "Axes") -> None:
        """The names of lines at their ends, none over another."""
        low, high = float(self._scale()[0]), float(self._scale()[-1])
        tall = axes.get_position().height * self.extent[1]
        ends = sorted(
            ((float(last) - low) / (high - low) * tall, name)
            for values, name in zip(self.series_numbers, self.plot.head[1:], strict=True)
            for last in [value for value in values if value is not None][-1:]
        )
        places = _parted([end for end, _ in ends])
        for at, (_, name) in zip(places, ends, strict=True):
            axes.annotate(
                name,
                (1, at / tall),
                (3, 0),
                xycoords="axes fraction",
                textcoords="offset points",
                ha="left",
                va="center_baseline",
                fontsize=_TYPE,
                color=self.ink,
                family=self.typeface.family,
                parse_math=False,
                annotation_clip=False,
            )

    def _dots(self, axes: "Axes") -> None:
        rows = len(self.plot.rows)
        for values, colour, marker in zip(self.series_numbers, self.series, _MARKERS, strict=False):
            there = [(float(value), row) for row, value in enumerate(values) if value is not None]
            axes.plot(
                [x for x, _ in there],
                [y for _, y in there],
                linestyle="none",
                color=colour,
                marker=marker,
                markersize=4.6,
                markeredgewidth=0,
                clip_on=False,
            )
        axes.set_ylim(rows - 0.5, -0.5)
        axes.set_xlim(float(self._scale()[0]), float(self._scale()[-1]))
        for row in range(rows):
            axes.axhline(row, color=self.rule, linewidth=0.4, zorder=0)
        self._rules(axes, upright=False)
        axes.set_yticks(range(rows), [row[0] for row in self.plot.rows])

    # What they share.

    @property
    def series_numbers(self) -> list[tuple[Decimal | None, ...]]:
        """The numbers of each column."""
        return [
            tuple(row[number] for row in self.plot.numbers)
            for number in range(len(self.plot.head) - 1)
        ]

    @property
    def _has_scale(self) -> bool:
        """Whether a scale is drawn. Bars of one series with few labels have their numbers on
        them.
        """
        few = len(self.plot.rows) * (len(self.plot.head) - 1) <= _FEW_LABELS
        return self.plot.form != "bars" or not (few or not self._is_upright)

    def _known(self) -> list[Decimal]:
        return [value for row in self.plot.numbers for value in row if value is not None]

    def _scale(self) -> list[Decimal]:
        """The numbers of the scale: round ones, from 0 or below to above the highest."""
        known = self._known()
        low, high = min(Decimal(0), *known), max(Decimal(0), *known)
        span = high - low or Decimal(1)
        power = Decimal(10) ** (span.adjusted() - 1)
        step = next(power * size for size in (2, 5, 10, 20, 25, 50) if span / (power * size) <= 5)
        first = int((low / step).to_integral_value(rounding="ROUND_FLOOR"))
        last = int((high / step).to_integral_value(rounding="ROUND_CEILING"))
        return [_plain(step * number) for number in range(first, last + 1)]

    def _highest(self) -> Decimal:
        return max(Decimal(0), *self._known()) or Decimal(1)

    def _longest_number(self) -> float:
        return max(_wide(number) for _, *numbers in self.plot.rows for number in numbers)

    def _rules(self, axes: "Axes", *, upright: bool) -> None:
        """The lines of the scale and their numbers."""
        scale = self._scale() if self._has_scale else []
        places, words = [float(one) for one in scale], [self.plot.write(one) for one in scale]
        if upright:
            axes.set_yticks(places, words)
            axes.grid(axis="y", color=self.rule, linewidth=0.5)
        else:
            axes.set_xticks(places, words)
            axes.grid(axis="x", color=self.rule, linewidth=0.5)
        axes.set_axisbelow(True)

    def _numbers_at(self, axes: "Axes", series: int, places: Sequence[float]) -> None:
        """The numbers at the ends of bars."""
        for place, row, values in zip(places, self.plot.rows, self.plot.numbers, strict=True):
            value, words = values[series], row[series + 1]
            if value is None:
                continue
            end = (
                (place, float(value))
                if self._is_upright
                else (float(max(value, Decimal(0))), place)
            )
            below = self._is_upright and value < 0
            axes.annotate(
                words,
                end,
                (0, -2 if below else 2) if self._is_upright else (3, 0),
                textcoords="offset points",
                ha="center" if self._is_upright else "left",
                va=("top" if below else "bottom") if self._is_upright else "center_baseline",
                fontsize=_TYPE,
                color=self.ink,
                family=self.typeface.family,
                weight="bold",
                parse_math=False,
                annotation_clip=False,
            )

    def _label_step(self) -> int:
        """Every how manieth label has room below a line."""
        room = (self.extent[0] - 12) / max(len(self.plot.rows) - 1, 1)
        longest = max(_wide(row[0]) for row in self.plot.rows) + 2
        return max(1, int(-(-longest // room)))

    def _type(self, axes: "Axes") -> None:
        """The card's font for what stands at the axes. A $ is a dollar."""
        for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
            label.set(fontfamily=self.typeface.family, color=self.muted, parse_math=False)
        labels = axes.get_xticklabels() if self._is_upright else axes.get_yticklabels()
        for label in labels:
            label.set_color(self.ink)

    def _key(self, figure: "Figure", height: float) -> None:
        """The names of the series, each in its color, along the top."""
        x, y = 0.5, 1 - 2.6 / height
        for name, colour, marker in zip(self.plot.head[1:], self.series, _MARKERS, strict=False):
            sign = "s" if self.plot.form == "bars" else marker
            mark = figure.add_axes(
                (x / self.width, y - 1.2 / height, 2.4 / self.width, 2.4 / height)
            )
            mark.set_axis_off()
            mark.plot([0], [0], marker=sign, color=colour, markersize=4.6, markeredgewidth=0)
            figure.text(
                (x + 3.2) / self.width,
                y,
                name,
                fontsize=_TYPE,
                color=self.ink,
                family=self.typeface.family,
                va="center_baseline",
                ha="left",
                parse_math=False,
            )
            x += 3.2 + _wide(name) + 4


def drawing_of(plot: ChartPlot, styles: Styles) -> ChartDrawing:
    """A plot as it is drawn with the styles of a workspace."""
    tone = styles.colour(f"dimension-{plot.tone}" if plot.tone else "gold")
    ink, muted = styles.colour("ink"), styles.colour("muted")
    tint = styles.colour(f"tint-{plot.tone}" if plot.tone else "gold-tint")
    # The second series is as strong as the first.
    others = (styles.colour("gold") if plot.tone else ink, muted, tint, ink)
    width = styles.sizes.charts.half if plot.is_half else styles.sizes.charts.full
    colours = ink, muted, styles.colour("track")
    return ChartDrawing(plot, width, (tone, *others), *colours, styles.typeface)


def _wide(text: str) -> float:
    """About how wide a text is set, in mm."""
    shares = (_WIDE if sign.isupper() else _NARROW for sign in text)
    return sum(shares) * _TYPE * _MM_PER_PT


def _parted(places: Sequence[float]) -> list[float]:
    """Places from below, moved apart as little as lines of type need."""
    parted = list(places)
    for _ in range(len(parted) ** 2):
        for one in range(len(parted) - 1):
            lack = _APART - (parted[one + 1] - parted[one])
            if lack > 0:
                parted[one] -= lack / 2
                parted[one + 1] += lack / 2
    return parted


def _plain(number: Decimal) -> Decimal:
    """The same number without a power of ten."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()
