"""The whole way of a card, from files to PDF, on one screen."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from reportcard.checks import card_problems, shared_problems
from reportcard.composing import compose
from reportcard.content.loading import Content, load
from reportcard.errors import ExitCode, ReportCardError
from reportcard.gauges import Format, Gallery, draw
from reportcard.locales import country_code, folder_name, is_country
from reportcard.logs import listening
from reportcard.problems import Problem, has_errors, in_reading_order
from reportcard.proofing import proof
from reportcard.publishing import publish
from reportcard.starter import new
from reportcard.styles import Styles, read_styles
from reportcard.typesetting import Typesetter
from reportcard.values import values_of
from reportcard.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: no countries means every country with a card, no languages means all of the edition."""

    output: Path
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    all_or_nothing: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to: the files written, the countries withheld, every problem found, and how the program exits."""

    written: tuple[Path, ...]
    withheld: tuple[str, ...]
    problems: tuple[Problem, ...]
    code: ExitCode


Tell = Callable[[str, int, int], None]
"""Called as work goes on: the file being made, how many are done, how many there will be."""


def build(workspace: Workspace, order: Order, tell: Tell = lambda *_: None) -> Outcome:
    """Reads everything, sets every card ordered, and publishes those without a fault, all together.

    Garbage is collected between cards, in case the caller has switched the collector off.

    Raises ReportCardError if the order names what does not exist (USAGE) or files cannot be written (OUTPUT).
    """
    read = read_workspace(workspace)
    if read.content is None or read.styles is None or has_errors(read.shared):
        return Outcome((), (), read.problems, ExitCode.CONTENT)
    countries, languages = _ordered(read.content, order)
    bench = _Bench(workspace, read.content, read.styles, Typesetter(workspace, read.styles), Gallery(workspace.cache))
    found = list(read.shared)
    files: dict[str, bytes] = {}
    withheld: dict[str, ExitCode] = {}
    for country in countries:
        faults = [*read.by_country[country]]
        code = ExitCode.CONTENT if has_errors(faults) else ExitCode.LAYOUT
        made: dict[str, bytes] = {}
        for language in () if has_errors(faults) else languages:
            name = file_name(country, language)
            if files or made:
                gc.collect()
            tell(name, len(files) + len(made), len(countries) * len(languages))
            made[name] = bench.make(country, language, faults)
        found.extend(faults)
        if has_errors(faults):
            withheld[country] = code
        else:
            files |= made
    if withheld and order.all_or_nothing:
        files = {}
    written = publish(order.output, files) if files else ()
    code = ExitCode.WITHHELD if withheld and written else max(withheld.values(), default=ExitCode.OK)
    return Outcome(written, tuple(withheld), in_reading_order(found), code)


@dataclass(frozen=True, slots=True)
class _Bench:
    """What making a card needs beside its content; read once for all cards."""

    workspace: Workspace
    content: Content
    styles: Styles
    typesetter: Typesetter
    gallery: Gallery

    def make(self, country: str, language: str, faults: list[Problem]) -> bytes:
        """The PDF of one card, or nothing; `faults` takes what was found on its pages."""
        values = values_of(self.content, country, language)
        card = compose(self.workspace, self.content, values, language, self.styles)
        with listening(file_name(country, language), faults):
            drawings = dict(zip(card.gauges, self.gallery.draw(card.gauges.values()), strict=True))
            laid = self.typesetter.lay_out(card, drawings)
            faults.extend(proof(card, laid))
            return b"" if has_errors(faults) else laid.pdf()


@dataclass(frozen=True, slots=True)
class Read:
    """What a workspace holds, with the problems that concern every card and those of one country."""

    content: Content | None
    styles: Styles | None
    shared: tuple[Problem, ...]
    by_country: Mapping[str, tuple[Problem, ...]]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, in reading order."""
        return in_reading_order(chain(self.shared, *self.by_country.values()))


def read_workspace(workspace: Workspace) -> Read:
    """Reads and checks all content and styles of a workspace, without setting a page."""
    loaded = load(workspace)
    if loaded.content is None:
        return Read(None, None, loaded.shared, loaded.by_country)
    content = loaded.content
    styles, found = read_styles(workspace, len(content.scoreboard.model.dimensions))
    shared = (*loaded.shared, *found, *shared_problems(workspace, content))
    by_country = {
        country: (*problems, *(card_problems(workspace, content, country) if country in content.cards else ()))
        for country, problems in loaded.by_country.items()
    }
    return Read(content, styles, in_reading_order(shared), by_country)


def file_name(country: str, language: str) -> str:
    """The name of a card's file in the output folder."""
    return f"{country}-report-card-{language}.pdf"


def _ordered(content: Content, order: Order) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The countries and languages of an order, those it leaves open filled in."""
    for country in order.countries:
        if country not in content.cards:
            reason = "has scores only, no card" if country in content.scores else "is no folder of content/"
            raise ReportCardError(
                f"“{country}” {reason}.",
                code=ExitCode.USAGE,
                advice=f"Cards are there for: {', '.join(content.cards) or 'none'}.",
            )
    known = tuple(content.edition.model.languages)
    for language in order.languages:
        if language not in known:
            raise ReportCardError(
                f"the edition has no language “{language}”.",
                code=ExitCode.USAGE,
                advice=f"Its languages are: {', '.join(known)}.",
            )
    return tuple(dict.fromkeys(order.countries)) or tuple(content.cards), tuple(dict.fromkeys(order.languages)) or known


def export_gauges(
    workspace: Workspace, country: str, languages: tuple[str, ...], kind: Format, dpi: int, output: Path
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """A country's gauges as files of their own, `peru-legal-en.svg`; the paths written, and the problems.

    Raises ReportCardError if the country or a language does not exist (USAGE) or files cannot be written (OUTPUT).
    """
    read = read_workspace(workspace)
    if read.content is None or read.styles is None or has_errors(read.shared):
        return (), read.problems
    (country,), languages = _ordered(read.content, Order(output, (country,), languages))
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


def begin_card(workspace: Workspace, country: str, code: str | None) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """A country's skeleton in every language; the files written, and the problems that kept them from being written.

    Raises ReportCardError if the country is not known or has a card (USAGE), or files cannot be written (OUTPUT).
    """
    read = read_workspace(workspace)
    if read.content is None or has_errors(read.shared):
        return (), read.problems
    folder = folder_name(country)
    given = read.content.scores.get(folder)
    known = code or (given.model.country if given else country_code(country, read.content.edition.model.languages))
    if not folder or known is None or not is_country(known):
        raise ReportCardError(
            f"“{code or country}” is no country that is known.",
            code=ExitCode.USAGE,
            advice="Give its ISO 3166 code: --code PE",
        )
    return new(workspace, read.content, folder, known), ()
