"""The workspace of a generated card: the repository's styles, figures and shared words, with a
scoreboard, countries and texts of its own.
"""

import shutil
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, Final

from babel import Locale
from benchmarks.survey.plans import COUNTRIES, Plan
from benchmarks.survey.prose import Words, Writer, words
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

#: Words of outputs that are not made here.
_LEFT_OUT: Final = ("regional", "pictures", "changes", "waivers")
#: Words that no page shows: they stay in the language of the file that they are taken from.
_UNSEEN: Final = ("web", "ordinals")
#: A shared text longer than this is prose, and written anew.
_PROSE: Final = 90
#: Colors of dimensions that the repository's card does not have: on screen and in print.
_TOKENS: Final = {
    4: ("#6a3d7c", "60, 80, 10, 20", "#f0e8f3", "5, 10, 0, 1"),
    5: ("#0f6b66", "85, 25, 50, 30", "#dff0ee", "13, 0, 7, 1"),
    6: ("#7d5312", "30, 60, 100, 35", "#f4ecdd", "3, 6, 14, 1"),
}
_PICTOGRAMS: Final = ("drop", "map", "people", "compass", "scales")
#: The ratio of width to height of each logo.
_RATIOS: Final = (1.0, 4.0, 0.6, 2.0, 7.0, 1.4)


def write_workspace(plan: Plan, folder: Path, source: Path) -> str:
    """Writes the workspace of a card into an empty folder, with styles, figures and shared words
    of the workspace `source`. Returns the name of the card.
    """
    for part in ("styles", "figures"):
        shutil.copytree(source / part, folder / part)
    _add_colours(folder / "styles/gold/tokens.yaml", len(plan.categories))
    known = words(plan.language)
    writer = Writer(known, plan.random, [f"source-{number}" for number in range(1, _notes(plan))])
    names = _countries(plan)
    card = next(iter(names))
    scoreboard = _scoreboard(plan)
    files = {
        "edition.yaml": _edition(plan, known, source),
        "scoreboard.yaml": scoreboard,
        f"wording/{plan.language}.yaml": _wording(plan, writer, source, scoreboard, names),
        f"{card}/{plan.language}.yaml": _card(plan, writer, names[card][1], scoreboard),
    }
    for country, (code, _) in names.items():
        files[f"{country}/scores.yaml"] = _scores(plan, writer, code, scoreboard)
    for name, content in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dumped(content), encoding="utf-8")
    _draw_logos(plan, folder / "figures/organisations")
    return card


def _notes(plan: Plan) -> int:
    """A usual card has 17 notes."""
    return 1 + round(17 * plan.notes)


def _add_colours(path: Path, dimensions: int) -> None:
    text = path.read_text(encoding="utf-8")
    for number in range(1, dimensions + 1):
        if f"dimension-{number}:" not in text:
            ink, inks, tint, tints = _TOKENS[number]
            text += f'dimension-{number}: {{screen: "{ink}", print: [{inks}]}}\n'
            text += f'tint-{number}: {{screen: "{tint}", print: [{tints}]}}\n'
    path.write_text(text, encoding="utf-8")


def _countries(plan: Plan) -> dict[str, tuple[str, str]]:
    """The countries' codes and names by their folders; the card's own is the first."""
    first = plan.number % len(COUNTRIES)
    codes = (COUNTRIES[first:] + COUNTRIES[:first])[: plan.countries]
    territories = Locale.parse(plan.language).territories
    long = words(plan.language).long
    names = {}
    for index, code in enumerate(codes):
        name = str(territories[code])
        is_long = plan.has_long_names and index % 4 == 0
        names[f"country-{code.lower()}"] = (code, long.format(name=name) if is_long else name)
    return names


def _edition(plan: Plan, known: Words, source: Path) -> dict[str, Any]:
    edition = loaded(source / "content/edition.yaml")
    ids = [f"organisation-{number}" for number in range(1, plan.organisations + 1)]
    for key in ("contact", "web_address", "source_languages"):
        edition.pop(key, None)
    return edition | {
        "languages": {plan.language: known.house},
        "source_language": plan.language,
        "organisations": {
            id_: {"name": name, "lines": name.split(" ", 1)}
            for id_, name in zip(ids, known.offices, strict=False)
        },
        "cover": ids,
        "back": ids,
    }


def _scoreboard(plan: Plan) -> dict[str, Any]:
    letters = _letters()
    return {
        "category_maximum": 1,
        "dimensions": {
            f"dimension-{number}": {
                "categories": {
                    f"category-{number}-{one}": {"letter": next(letters)}
                    for one in range(1, count + 1)
                }
            }
            for number, count in enumerate(plan.categories, start=1)
        },
    }


def _letters() -> Iterator[str]:
    """A to Z, then AA to AZ and so on."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for before in ("", *alphabet):
        for letter in alphabet:
            yield f"{before}{letter}"


def _wording(
    plan: Plan,
    writer: Writer,
    source: Path,
    scoreboard: Mapping[str, Any],
    names: Mapping[str, tuple[str, str]],
) -> dict[str, Any]:
    own = source / f"content/wording/{plan.language}.yaml"
    base = loaded(own if own.exists() else source / "content/wording/en.yaml")
    for key in _LEFT_OUT:
        base.pop(key, None)
    dimensions = {}
    for id_, dimension in scoreboard["dimensions"].items():
        name = writer.name(long=plan.has_long_title)
        dimensions[id_] = {
            "name": name,
            "short": name,
            "assesses": writer.paragraphs(round(3 * min(plan.length, 2))),
            "categories": {
                category: {
                    "name": writer.name(long=number % 3 != 1),
                    "definition": writer.clause(),
                }
                for number, category in enumerate(dimension["categories"], start=1)
            },
        }
    countries = {
        id_: {"name": name, "of": writer.words.of.format(name=name), "the": name}
        for id_, (_, name) in names.items()
    }
    shared = {key: _replaced(value, key, writer) for key, value in base.items()}
    return shared | {"dimensions": dimensions, "countries": countries}


def _replaced(value: Any, key: str, writer: Writer) -> Any:
    """A shared text of the repository, or a group of them, with the language's words or new
    prose.
    """
    if key.partition(".")[0] in _UNSEEN:
        return value
    if isinstance(value, dict):
        return {name: _replaced(one, f"{key}.{name}", writer) for name, one in value.items()}
    if key in writer.words.wording:
        return writer.words.wording[key]
    if isinstance(value, str) and len(value) > _PROSE:
        return writer.paragraphs(max(1, len(value) // 110))
    return value


def _card(plan: Plan, writer: Writer, name: str, scoreboard: Mapping[str, Any]) -> dict[str, Any]:
    ids = [f"source-{number}" for number in range(1, _notes(plan))]
    texts = 1 + len(plan.categories)
    share = min(1.0, len(ids) / (25 * plan.length * texts))
    title = writer.words.card.format(name=name)
    result = writer.paragraphs(max(1, round(2 * plan.length)))
    if not plan.missing:
        result = f"{{{{ score.total }}}} / {{{{ max.total }}}}. {result}"
    card: dict[str, Any] = {
        "title": title,
        "status": "draft",
        "authors": [f"Author {number} Surname" for number in range(1, plan.authors + 1)],
        "overall": {"result": result},
        "dimensions": {
            id_: {"findings": writer.paragraphs(round(18 * plan.length), share, bullets=True)}
            for id_ in scoreboard["dimensions"]
        },
        "context": writer.paragraphs(round(34 * plan.length), share),
    }
    recommendations: dict[str, Any] = {}
    for number in range(1, plan.recommendations + 1):
        offices = writer.random.randint(1, 5)
        recommendations[f"action-{number}"] = {
            "title": writer.title(list(recommendations)),
            "text": writer.paragraphs(round(writer.random.randint(2, 5) * min(plan.length, 2))),
            "institutions": [f"office-{one}" for one in range(1, offices + 1)],
        }
        if number % 3:
            recommendations[f"action-{number}"]["pictogram"] = _PICTOGRAMS[number % 5]
    used = {one for action in recommendations.values() for one in action["institutions"]}
    card |= {
        "recommendations": recommendations,
        "institutions": {
            f"office-{number}": office
            for number, office in enumerate(writer.words.offices, start=1)
            if f"office-{number}" in used
        },
    }
    called = ids[: len(ids) - len(writer.calls)]
    if called:
        card["notes"] = {id_: writer.note(number) for number, id_ in enumerate(called, start=1)}
    return card


def _scores(plan: Plan, writer: Writer, code: str, scoreboard: Mapping[str, Any]) -> dict[str, Any]:
    categories: dict[str, Any] = {}
    for dimension in scoreboard["dimensions"].values():
        for category in dimension["categories"]:
            if writer.random.random() >= plan.missing:
                categories[category] = {
                    "score": round(writer.random.randint(0, 10) / 10, 1),
                    "provisional": writer.random.random() < plan.provisional,
                }
    return {"country": code, "categories": categories}


def _draw_logos(plan: Plan, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(1, round(plan.organisations * plan.logos) + 1):
        width = 100 * _RATIOS[(plan.number + number) % len(_RATIOS)]
        (folder / f"organisation-{number}.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} 100">'
            f'<rect width="{width:g}" height="100" fill="var(--forest)"/>'
            '<circle cx="30" cy="50" r="22" fill="var(--bright-gold)"/></svg>\n',
            encoding="utf-8",
        )


def loaded(path: Path) -> dict[str, Any]:
    """The content of a YAML file."""
    loaded: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return loaded


def dumped(content: Any) -> str:
    """YAML with prose as blocks."""
    yaml = YAML()
    yaml.width = 4096
    target = StringIO()
    yaml.dump(_literal(content), target)
    return target.getvalue()


def _literal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _literal(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_literal(one) for one in value]
    return LiteralScalarString(value) if isinstance(value, str) and "\n" in value else value
