"""The whole way of a card, from files to PDF, on one screen."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from reportcard.checks import card_problems, shared_problems, spelling_problems
from reportcard.composing import compose
from reportcard.content.loading import Content, load
from reportcard.errors import ExitCode, ReportCardError
from reportcard.gauges import Format, Gallery, draw
from reportcard.locales import country_code, folder_name, is_country
from reportcard.logs import listening
from reportcard.mending import mend
from reportcard.problems import Problem, has_errors, in_reading_order
from reportcard.proofing import proof_counts, proof_fonts
from reportcard.publishing import publish
from reportcard.rules import Stage, Waivers, judged
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
    found = list(read.shared)
    files: dict[str, bytes] = {}
    withheld: dict[str, ExitCode] = {}
    for number, country in enumerate(countries):
        if number:
            gc.collect()
        faults = read.by_country[country]
        code, made = ExitCode.CONTENT, dict[str, bytes]()
        if not has_errors(faults):
            done = number * len(languages)
            made, laid_faults = _make(workspace, read, country, languages, lambda at, name, done=done: tell(name, done + at, len(countries) * len(languages)))  # type: ignore[misc]  # fmt: skip
            faults, code = (*faults, *laid_faults), ExitCode.LAYOUT
        found.extend(faults)
        if has_errors(faults):
            withheld[country] = code
        else:
            files |= made
    if withheld and order.all_or_nothing:
        files = {}
    written = publish(order.output, files) if files else ()
    code = ExitCode.WITHHELD if withheld and files else max(withheld.values(), default=ExitCode.OK)
    return Outcome(written, tuple(withheld), in_reading_order(found), code)


def check(workspace: Workspace, countries: tuple[str, ...], *, layout: bool) -> tuple[Problem, ...]:
    """Every problem of the content and the spelling of some countries' cards (none: of all); with `layout`, of their pages too.

    Raises ReportCardError if a country has no card (USAGE).
    """
    read = read_workspace(workspace, spelling=True)
    if read.content is None:
        return read.problems
    wanted, languages = _ordered(read.content, Order(workspace.output, countries))
    found = [
        *read.shared,
        *chain.from_iterable(read.by_country[country] for country in (wanted if countries else read.by_country)),
    ]
    if layout and read.styles and not has_errors(found):
        for country in wanted:
            found.extend(_make(workspace, read, country, languages, lambda *_: None)[1])
    return in_reading_order(found)


def _make(
    workspace: Workspace, read: "Read", country: str, languages: tuple[str, ...], tell: Callable[[int, str], None]
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The PDFs of one country by name, and what was found on their pages."""
    assert read.content
    assert read.styles
    found: list[Problem] = []
    made: dict[str, bytes] = {}
    cards = []
    gallery, typesetter = Gallery(workspace.cache), read.typesetter
    for number, language in enumerate(languages):
        name = file_name(country, language)
        tell(number, name)
        card = compose(workspace, read.content, values_of(read.content, country, language), language, read.styles)
        with listening(name, found):
            drawings = dict(zip(card.gauges, gallery.draw(card.gauges.values()), strict=True))
            laid, faults = mend(typesetter, card, drawings, typesetter.lay_out(card, drawings))
            made[name], fonts = laid.pdf()
        found.extend((*faults, *proof_fonts(card, fonts, read.styles.families)))
        cards.append((card, laid))
    found.extend(proof_counts(cards))
    return made, judged(found, waivers(read.content, country), Stage.LAYOUT)


@dataclass(frozen=True)
class Read:
    """What a workspace holds, with the problems that concern every card and those of one country."""

    workspace: Workspace
    content: Content | None
    styles: Styles | None
    shared: tuple[Problem, ...]
    by_country: Mapping[str, tuple[Problem, ...]]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, in reading order."""
        return in_reading_order(chain(self.shared, *self.by_country.values()))

    @cached_property
    def typesetter(self) -> Typesetter:
        """The typesetter of this workspace, with its fonts and style sheets."""
        assert self.styles
        return Typesetter(self.workspace, self.styles)


def read_workspace(workspace: Workspace, *, spelling: bool = False) -> Read:
    """Reads and checks all content and styles of a workspace, without setting a page."""
    loaded = load(workspace)
    content = loaded.content
    if content is None:
        by_country = {country: judged(problems, {}, Stage.CONTENT) for country, problems in loaded.by_country.items()}
        return Read(workspace, None, None, judged(loaded.shared, {}, Stage.CONTENT), by_country)
    styles, found = read_styles(workspace, len(content.scoreboard.model.dimensions))
    shared = judged((*loaded.shared, *found, *shared_problems(workspace, content)), waivers(content), Stage.CONTENT)
    if spelling:
        shared = (*shared, *judged(spelling_problems(content), waivers(content), Stage.SPELLING))
    by_country = {}
    for country, problems in loaded.by_country.items():
        mine = waivers(content, country)
        checked = card_problems(workspace, content, country) if country in content.cards else ()
        by_country[country] = judged((*problems, *checked), mine, Stage.CONTENT)
        if spelling and country in content.cards:
            by_country[country] += judged(spelling_problems(content, country), mine, Stage.SPELLING)
    return Read(workspace, content, styles, in_reading_order(shared), by_country)


def waivers(content: Content, country: str | None = None) -> Waivers:
    """The waivers of a country's cards, or of the shared wording, by file, field and rule."""
    found = {}
    for sourced in (content.cards.get(country, {}) if country else content.wordings).values():
        scope = country or "wording"
        for path, rules in sourced.model.waivers.items():
            for code in rules:
                found[sourced.tree.file, f"{scope}/{path}", code] = sourced.tree.key("waivers", path, code)
    return found


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
