"""A country's gauges as files of their own, for slides and the web."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportcard.build.cards import card_named
from reportcard.build.inventory import SoundWorkspace, ordered, read_workspace
from reportcard.build.publish import publish
from reportcard.page.gauges import Format, Gallery
from reportcard.problems.logs import listening
from reportcard.problems.problem import Problem, has_errors, in_reading_order
from reportcard.workspace.store import Store
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
    if not isinstance(read, SoundWorkspace):
        return (), read.problems
    (country,), languages = ordered(read.content, (country,), languages)
    if has_errors(read.by_country[country]):
        return (), read.by_country[country]
    gallery = Gallery(Store(workspace.cache))
    files, found = gauge_files(read, country, languages, (file,), gallery)
    faults = (*read.by_country[country], *found)
    return (() if has_errors(faults) else publish(output, files)), in_reading_order(faults)


def gauge_files(
    read: SoundWorkspace,
    country: str,
    languages: Iterable[str],
    kinds: Iterable[GaugeFile],
    gallery: Gallery,
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The gauges of a country whose content has no error, by file name, from a gallery; and what
    matplotlib warned of.
    """
    files: dict[str, bytes] = {}
    faults: list[Problem] = []
    for language in languages:
        card = card_named(country).compose(read, language)
        for key, source in card.scores.items():
            gauge = card.gauges[source]
            for file in kinds:
                name = f"{country}-{key}-{language}.{file.kind}"
                with listening(name, faults):
                    files[name] = gallery.drawing(gauge, file.kind, dpi=file.dpi)
    return files, tuple(faults)
