"""A country's gauges as files of their own, for slides and the web."""

from pathlib import Path

from reportcard.composing import compose
from reportcard.gauges import Format, draw
from reportcard.logs import listening
from reportcard.problems import Problem, has_errors, in_reading_order
from reportcard.publishing import publish
from reportcard.reading import ordered, read_workspace
from reportcard.values import values_of
from reportcard.workspace import Workspace


def export_gauges(
    workspace: Workspace, country: str, languages: tuple[str, ...], kind: Format, dpi: int, output: Path
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """A country's gauges, `peru-legal-en.svg`; the paths written, and the problems.

    Raises ReportCardError if the country or a language does not exist (USAGE) or files cannot be written (OUTPUT).
    """
    read = read_workspace(workspace)
    if read.content is None or read.styles is None or has_errors(read.shared):
        return (), read.problems
    (country,), languages = ordered(read.content, (country,), languages)
    faults = [*read.by_country[country]]
    if has_errors(faults):
        return (), tuple(faults)
    files: dict[str, bytes] = {}
    for language in languages:
        values = values_of(read.content, country, language)
        card = compose(workspace, read.content, values, language, read.styles)
        with listening(f"gauges of {country}", faults):
            for key, source in card.scores.items():
                files[f"{country}-{key}-{language}.{kind}"] = draw(card.gauges[source], kind, outlines=True, dpi=dpi)
    return (() if has_errors(faults) else publish(output, files)), in_reading_order(faults)
