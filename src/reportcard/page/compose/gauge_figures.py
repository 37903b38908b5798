"""Gauges as they stand on a page: drawing, name, alternative text, and what a hatching means."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportcard.page.compose.blocks import Title
from reportcard.page.compose.breaks import with_last_words_of_title_tied
from reportcard.page.compose.compositor import Compositor
from reportcard.page.gauges import Gauge, gauge_of
from reportcard.page.styles import Styles


@dataclass(frozen=True, slots=True)
class GaugeFigure:
    """A gauge on a page: its HTML id, the address of its drawing, the drawing, and its texts. A
    remark says that it is a placeholder, not published, or not applicable.
    """

    id: str
    source: str
    gauge: Gauge
    alt: str
    name: Title
    letter: str
    number: int
    remark: Title | None


@dataclass(slots=True)
class GaugeFigures:
    """Makes the gauges of one card. `gauges` are the drawings needed so far, by their address;
    `drawn` gives the address of each score's drawing.
    """

    prose: Compositor
    styles: Styles
    gauges: dict[str, Gauge] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)

    def figure(
        self, kind: str, key: str, name: str, number: int = 0, letter: str = ""
    ) -> GaugeFigure:
        """The gauge of a score: its size is named by `kind`, its text is the field `name`."""
        values, prose = self.prose.values, self.prose
        gauge = replace(
            gauge_of(values, self.styles, kind, key, number),
            form=prose.content.edition.model.gauge,
        )
        source = f"drawings/{gauge.key}.svg"
        self.gauges[source] = gauge
        self.drawn[key] = source
        result = values.results[values.country].scores[key]
        if not result.is_applicable:
            remark = prose.not_applicable()
        elif gauge.share is None:
            remark = prose.label_line("labels.not_published")
        else:
            remark = prose.label_line("labels.provisional") if result.provisional else None
        return GaugeFigure(
            prose.scored(f"{values.country}.{prose.language}.score.{key}", values.country, key),
            source,
            gauge,
            prose.spoken(key, name),
            with_last_words_of_title_tied(prose.label_line(name)),
            letter,
            number,
            remark,
        )


def legend(figures: Sequence[GaugeFigure]) -> list[GaugeFigure]:
    """A gauge for each remark that some of them have: what it means is said once for all."""
    found = {
        (figure.gauge.provisional, figure.gauge.share is None and figure.gauge.score): figure
        for figure in reversed(figures)
        if figure.remark
    }
    return list(found.values())
