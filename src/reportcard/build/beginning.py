"""A workspace that begins with a framework of one's own: its scoreboard, neutral wording in every
language, colors, and a README for its editors.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib.resources import files
from string import Template
from typing import Final

from reportcard.build.phrases import PHRASES
from reportcard.build.plan import Framework, positive
from reportcard.checks.placeholders import DEFINITION
from reportcard.content.formats import FORMAT
from reportcard.content.model import House
from reportcard.content.splicing import scalar
from reportcard.errors import ExitCode, ReportCardError
from reportcard.language.locales import Tongue, folder_name, home_country, own_name
from reportcard.messages.message import message
from reportcard.page.colorimetry import nearest_inks
from reportcard.page.tokens import MAXIMUM_INK
from reportcard.scores.results import TOTAL
from reportcard.workspace.starter import STARTER_THEME

#: From this maximum on, scores of categories may be whole numbers where those of the total are.
_WHOLE: Final = 10
#: The contrast of white text on the main color, as WCAG 2.2 asks for at its level AAA.
_CONTRAST: Final = 7
#: The colors of up to twelve dimensions on white and on their tints (at least 7:1), in turns of
#: hue, each with a lightness that differs from those beside it in grey.
PALETTE: Final = (
    ("#0e3353", "#e3eff3"),
    ("#4f6a1f", "#f1f6ea"),
    ("#7d2813", "#f7e9e2"),
    ("#3d2a6b", "#ece8f5"),
    ("#0b5f63", "#e2f2f2"),
    ("#7a4a06", "#f7eeda"),
    ("#1c3f1f", "#e6f0e6"),
    ("#8a2258", "#f8e6ef"),
    ("#2b5a8c", "#e6eff8"),
    ("#4a1a1a", "#f3e6e6"),
    ("#57603d", "#f1f2ea"),
    ("#5a2d82", "#efe7f6"),
)


def begun(framework: Framework, tokens: str) -> Iterator[tuple[str, str]]:
    """The files of the workspace that follow from a framework, by their paths. `tokens` are the
    colors of the theme.
    """
    ids = _ids(framework)
    yield "content/edition.yaml", _edition(framework)
    yield "content/scoreboard.yaml", _scoreboard(framework, ids)
    for language in framework.languages:
        yield f"content/wording/{language}.yaml", _wording(framework, ids, language)
    own = coloured(tokens, framework.colour, len(framework.dimensions))
    if framework.theme == STARTER_THEME or own != tokens:
        yield f"styles/{framework.theme}/tokens.yaml", own


def _ids(framework: Framework) -> list[tuple[str, list[str]]]:
    """Ids of the dimensions, each with those of its categories; none is there twice."""
    taken = {TOTAL}

    def of(name: str, number: int) -> str:
        plain = folder_name(name)
        own = plain if re.match(r"[a-z]", plain) else f"x-{plain}".rstrip("-")
        found = own if own not in taken else f"{own}-{number}"
        while found in taken:
            number += 1
            found = f"{own}-{number}"
        taken.add(found)
        return found

    return [
        (
            of(dimension.name, number),
            [of(one.name, place) for place, one in enumerate(dimension.categories, start=1)],
        )
        for number, dimension in enumerate(framework.dimensions, start=1)
    ]


def _edition(framework: Framework) -> str:
    organisations = {
        folder_name(name) or f"organisation-{n}": name
        for n, name in enumerate(framework.organisations, start=1)
    }
    lines = [
        "# yaml-language-server: $schema=../schema/edition.json",
        f"format: {FORMAT}",
        'version: "0.1"',
        f"date: {date.today().isoformat()}",
        "languages:",
        *(f"  {language}: {{}}" for language in framework.languages),
        f"source_language: {framework.languages[0]}",
    ]
    if framework.theme != STARTER_THEME:
        lines.append(f"theme: {framework.theme}")
    if organisations:
        lines.append("organisations:")
        lines += [f"  {id_}: {{name: {_flow(name)}}}" for id_, name in organisations.items()]
        listed = ", ".join(organisations)
        lines += [f"cover: [{listed}]", f"back: [{listed}]"]
    if framework.bands:
        lines.append("show_bands: true")
    return "\n".join([*lines, "web_address:", "card_address:", ""])


def _scoreboard(framework: Framework, ids: Sequence[tuple[str, Sequence[str]]]) -> str:
    lines = ["# yaml-language-server: $schema=../schema/scoreboard.json"]
    if not framework.is_of_countries:
        lines.append("assessed: other")
    if framework.is_lower_better:
        lines.append("direction: lower")
    printed = {"decimals": str(framework.decimals)}
    if framework.suffix:
        printed["suffix"] = _flow(framework.suffix)
    upper = {} if framework.combination == "sum" else {"combine": framework.combination}
    out_of = {"maximum": positive(framework.out_of)} if framework.out_of else {}
    # 0.4 of 1 is no 0, however a total out of 100 is printed.
    is_small = framework.out_of and Decimal(positive(framework.maximum)) < _WHOLE
    decimals = max(framework.decimals, 1) if is_small else framework.decimals
    lines += [
        _level("category", {"maximum": positive(framework.maximum), "decimals": str(decimals)}),
        _level("dimension", upper | out_of | printed),
        _level("total", upper | out_of | printed | _bands(framework)),
        "dimensions:",
    ]
    letters = _letters()
    for (id_, names), dimension in zip(ids, framework.dimensions, strict=True):
        lines.append(f"  {id_}:")
        if dimension.weight:
            lines.append(f"    weight: {dimension.weight}")
        lines.append("    categories:")
        for name, category in zip(names, dimension.categories, strict=True):
            more = f", weight: {category.weight}" if category.weight else ""
            more += ", direction: lower" if category.is_lower_better else ""
            lines.append(f"      {name}: {{letter: {next(letters)}{more}}}")
    return "\n".join([*lines, ""])


def _level(name: str, keys: Mapping[str, str]) -> str:
    return f"{name}: {{{', '.join(f'{key}: {value}' for key, value in keys.items())}}}"


def _bands(framework: Framework) -> dict[str, str]:
    bands = [
        f"{{name: {folder_name(name)}{f', to: {end}' if end else ''}}}"
        for name, end in framework.bands
    ]
    return {"bands": f"[{', '.join(bands)}]"} if bands else {}


def _letters() -> Iterator[str]:
    """A to Z, then AA, AB; quoted where YAML would read another thing."""
    signs = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    for one in (*signs, *(first + second for first in signs for second in signs)):
        yield f'"{one}"' if one in ("N", "Y", "NO", "ON") else one


def _wording(framework: Framework, ids: Sequence[tuple[str, Sequence[str]]], language: str) -> str:
    worded = language if language in PHRASES else "en"
    phrases = PHRASES[worded]
    tongue = Tongue(language, home_country(language), House())
    one, many = framework.units(language)
    dimensions: list[str] = []
    for (id_, names), dimension in zip(ids, framework.dimensions, strict=True):
        name = dimension.named(language)
        assesses = phrases.assesses[len(names) > 1].format(name=name)
        lower = [f"**{x.named(language)}**" for x in dimension.categories if x.is_lower_better]
        if lower:
            assesses += f" {phrases.lower_in.format(names=tongue.join(lower))}"
        dimensions += [
            f"  {id_}:",
            f"    name: {scalar(name, '')}",
            f"    short: {scalar(name, '')}",
            "    assesses: |",
            f"      {assesses}",
            "    categories:",
        ]
        for key, category in zip(names, dimension.categories, strict=True):
            dimensions += [
                f"      {key}:",
                f"        name: {scalar(category.named(language), '')}",
                "        definition: |",
                f"          {DEFINITION[worded]}",
            ]
    source = files("reportcard.build").joinpath("wording", f"{worded}.yaml")
    text = Template(source.read_text(encoding="utf-8")).substitute(
        programme=scalar(framework.programme, ""),
        programme_text=framework.programme,
        citation=scalar(f"{framework.programme} ({date.today().year}).", ""),
        unit=one,
        units=many,
        unit_capital=scalar(one[:1].upper() + one[1:], ""),
        formula=phrases.formulas[framework.combination],
        direction=f" {phrases.lower}" if framework.is_lower_better else "",
        whose=phrases.whose[not framework.is_of_countries],
        dimensions_listed=phrases.listed[len(ids) > 1].format(
            names=tongue.join([f"**{item.named(language)}**" for item in framework.dimensions])
        ),
        dimensions="\n".join(dimensions),
    )
    if worded != language:
        # English words with a name of another grammar: "de la France results".
        text = text.replace("{{ country.of }} results", "the results of {{ country.name }}")
        text = text.replace("language: English", f"language: {scalar(own_name(language), '')}")
    if framework.suffix:
        # "leads with 49.5% of 100%" says the same twice.
        text = re.sub(r"(leaders?: .*\{score\}) \w+ \{maximum\}", r"\1", text)
    if framework.bands:
        names = [f"  {folder_name(name)}: {scalar(name, '')}" for name, _ in framework.bands]
        text += "\n".join(["bands:", *names, ""])
    return text


def _flow(text: str) -> str:
    """A text within brackets or braces."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def coloured(tokens: str, colour: str, dimensions: int) -> str:
    """The tokens with a main color, if one is given, and with colors for every dimension. Raises
    ReportCardError (USAGE) if the color is none, or too light for white text on it.
    """
    lines = tokens.rstrip("\n").split("\n")
    own: dict[str, str] = {}
    for number, (screen, tint) in enumerate(PALETTE[:dimensions], start=1):
        if number > 3:
            own |= {f"dimension-{number}": screen, f"tint-{number}": tint}
    if colour:
        own |= _main(colour)
    named = {line.partition(":")[0]: place for place, line in enumerate(lines)}
    for name, screen in own.items():
        line = f'{name}: {{screen: "{screen}", print: {list(nearest_inks(screen, MAXIMUM_INK))}}}'
        if name in named:
            lines[named[name]] = line
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _main(colour: str) -> dict[str, str]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ReportCardError(
            message('"{colour}" is not a color.', colour=colour),
            code=ExitCode.USAGE,
            advice=message("Enter it as six hexadecimal digits, for example #12372a."),
        )
    if _contrast_to_white(colour) < _CONTRAST:
        raise ReportCardError(
            message("white text on {colour} is hard to read.", colour=colour),
            code=ExitCode.USAGE,
            advice=message("Choose a darker color, such as {other}.", other=_darkened(colour)),
        )
    return {
        "forest": colour.lower(),
        "forest-mist": _mixed(colour, 0.82),
        "heat-1": _mixed(colour, 0.88),
        "heat-2": _mixed(colour, 0.7),
        "heat-3": _mixed(colour, 0.48),
        "heat-4": _mixed(colour, 0.2),
        "heat-5": _mixed(colour, 0.04),
    }


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(colour: str, white: float) -> str:
    """A color with a share of white."""
    return "#" + "".join(f"{round(one + (255 - one) * white):02x}" for one in _channels(colour))


def _darkened(colour: str) -> str:
    """The color with as little black as makes white text on it easy to read."""
    darker = (
        "#" + "".join(f"{one * share // 100:02x}" for one in _channels(colour))
        for share in range(99, -1, -1)
    )
    return next(one for one in darker if _contrast_to_white(one) >= _CONTRAST)


def _contrast_to_white(colour: str) -> float:
    """As WCAG 2.2 defines contrast and relative luminance."""
    linear = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in (channel / 255 for channel in _channels(colour))
    ]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
