"""A country's gauges as files of their own, for slides and the web."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportcard.build.inventory import Read, ordered, read_workspace
from reportcard.build.publish import publish
from reportcard.page.compose.card import compose
from reportcard.page.gauges import Format, Gauge, draw
from reportcard.problems.logs import listening
from reportcard.problems.problem import Problem, has_errors, in_reading_order
from reportcard.scores.values import values_of
from reportcard.workspace.store import Store, key_of
from reportcard.workspace.workspace import Workspace

#: Pixels per inch of a gauge for slides.
DPI: Final = 300


@dataclass(frozen=True, slots=True)
class GaugeFile:
    """What gauges go out as: the kind of file, and the pixels per inch if it is a PNG."""

    kind: Format
    dpi: int = DPI


def export_gauges(
    workspace: Workspace,
    country: str,
    languages: tuple[str, ...],
    file: GaugeFile,
    output: Path,
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """A country's gauges, `peru-legal-en.svg`; the paths written, and the problems.

    Raises ReportCardError if the country or a language does not exist (USAGE) or files cannot be
    written (OUTPUT).
    """
    read = read_workspace(workspace)
    if read.content is None or read.styles is None or has_errors(read.shared):
        return (), read.problems
    (country,), languages = ordered(read.content, (country,), languages)
    if has_errors(read.by_country[country]):
        return (), read.by_country[country]
    files, found = gauge_files(read, country, languages, (file,))
    faults = (*read.by_country[country], *found)
    return (() if has_errors(faults) else publish(output, files)), in_reading_order(faults)


def gauge_files(
    read: Read, country: str, languages: Iterable[str], kinds: Iterable[GaugeFile]
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The gauges of a country whose content has no error, by file name, each drawn once and kept;
    and what matplotlib says.
    """
    assert read.content
    assert read.styles
    store = Store(read.workspace.builds)
    files: dict[str, bytes] = {}
    faults: list[Problem] = []
    for language in languages:
        card = compose(
            read.workspace,
            read.content,
            values_of(read.content, country, language),
            language,
            read.styles,
        )
        with listening(f"gauges of {country}", faults):
            for key, source in card.scores.items():
                for file in kinds:
                    files[f"{country}-{key}-{language}.{file.kind}"] = _drawn(
                        store, card.gauges[source], file, faults
                    )
    return files, tuple(faults)


def _drawn(store: Store, gauge: Gauge, file: GaugeFile, faults: Sequence[Problem]) -> bytes:
    """A drawing, kept or drawn now; kept if drawing it added no fault."""
    key = key_of(["gauge", gauge.key, file.kind, file.dpi])
    if known := store.get(key):
        return known[1]
    before = len(faults)
    drawing = draw(gauge, file.kind, outlines=True, dpi=file.dpi)
    if not has_errors(faults[before:]):
        store.put(key, {}, drawing)
    return drawing
