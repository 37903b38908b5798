"""Files to the model: everything a workspace says, or every problem that keeps it from being
said.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reportcard.content.model import (
    Card,
    CountryScores,
    Edition,
    Glossary,
    House,
    Scoreboard,
    Wording,
)
from reportcard.content.prose import Prose, parse_prose
from reportcard.content.scalars import (
    COUNTRY_PATTERN,
    ID_PATTERN,
    LANGUAGE_PATTERN,
    Frozen,
    Line,
    ProseText,
)
from reportcard.content.tree import Branch, Node, Series, Text, Tree, read_tree
from reportcard.problems.problem import Place, Problem
from reportcard.workspace.workspace import SCOREBOARD as SCOREBOARD_NAME
from reportcard.workspace.workspace import Workspace

M = TypeVar("M", bound=Frozen)

EDITION: Final = "content/edition.yaml"
SCOREBOARD: Final = "content/scoreboard.yaml"
GLOSSARY: Final = "content/glossary.yaml"


@dataclass(frozen=True, slots=True)
class Sourced(Generic[M]):
    """A file's model, its tree (for places), its bytes, and its prose by the path of the field.

    `fallen` are the fields that it does not have and the source language's file stands in for,
    where the edition allows that.
    """

    model: M
    tree: Tree
    data: bytes
    prose: Mapping[str, Prose] = field(default_factory=lambda: MappingProxyType({}))
    fallen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Content:
    """All that a workspace says: cards by country and language, in the order of the edition's
    languages.

    `unread` are the files of cards that are there and cannot be read, by path, with what is wrong
    with them: a language that `cards` lacks is not translated only if its file is not among them.
    """

    edition: Sourced[Edition]
    scoreboard: Sourced[Scoreboard]
    wordings: Mapping[str, Sourced[Wording]]
    scores: Mapping[str, Sourced[CountryScores]]
    cards: Mapping[str, Mapping[str, Sourced[Card]]]
    glossary: Sourced[Glossary] | None = None
    unread: Mapping[str, tuple[Problem, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def source_language(self, scope: str) -> str:
        """The language that a country's card, or the shared wording, is written in first."""
        return self.edition.model.source_languages.get(scope, self.edition.model.source_language)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read, and the problems: `shared` ones concern every card, the others their
    country alone.
    """

    content: Content | None
    shared: tuple[Problem, ...]
    by_country: Mapping[str, tuple[Problem, ...]]


class Shelf:
    """Files as they were read, by path: one whose bytes are still the same need not be read
    again.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[Any, ...], Sourced[Any] | None, tuple[Problem, ...]]] = {}

    def read(
        self,
        data: bytes,
        file: str,
        kind: type[M],
        problems: list[Problem],
        scope: str,
        quotes: str,
        source: Sourced[M] | None,
    ) -> Sourced[M] | None:
        """What those bytes of a file say, or None; what is wrong with them is appended to
        `problems`.
        """
        key = (data, kind, scope, quotes, source.data if source else None)
        kept = self._kept.get(file)
        if kept is None or kept[0] != key:
            found: list[Problem] = []
            sourced = _understood(data, file, kind, found, scope, quotes, source)
            kept = self._kept[file] = (key, sourced, tuple(found))
        problems.extend(kept[2])
        return kept[1]


def load(workspace: Workspace, shelf: Shelf | None = None) -> Loaded:
    """Reads all content of the workspace, but what the shelf has from an earlier time.

    Scores count as shared whatever their country: every card states ranks, and a rank needs all
    countries' scores.
    """
    shelf = shelf or Shelf()
    shared: list[Problem] = []
    by_country: dict[str, list[Problem]] = {}
    edition = _read(shelf, workspace, EDITION, Edition, shared)
    scoreboard = _read(shelf, workspace, SCOREBOARD, Scoreboard, shared)
    quotes = (
        {name: house.quotes for name, house in edition.model.languages.items()} if edition else {}
    )
    if edition and edition.model.source_language not in edition.model.languages:
        place = edition.tree.at("source_language")
        shared.append(
            _problem(
                "EDITION-LANGUAGE",
                "the source language is not among the edition's languages.",
                "Add it to `languages`, or name another.",
                place,
            )
        )
    for country, language in (edition.model.source_languages if edition else {}).items():
        if edition and language not in edition.model.languages:
            place = edition.tree.at("source_languages", country)
            shared.append(
                _problem(
                    "EDITION-LANGUAGE",
                    f"the source language of “{country}” is not among the edition's languages.",
                    "Add it to `languages`, or name another.",
                    place,
                )
            )
    houses = edition.model.languages if edition else {}
    first = edition.model.source_language if edition else ""
    wordings = _languages(shelf, workspace, "wording", Wording, houses, first, shared)
    scores: dict[str, Sourced[CountryScores]] = {}
    cards: dict[str, dict[str, Sourced[Card]]] = {}
    for country in workspace.countries():
        mine = by_country.setdefault(country, [])
        if read := _read(shelf, workspace, f"content/{country}/scores.yaml", CountryScores, shared):
            scores[country] = read
        try:
            written = list(workspace.languages(country))
        except OSError as error:
            mine.append(_unreadable(f"content/{country}", "folder", error))
            written = list(houses)
        if not written:
            continue
        mine.extend(_stray_languages(country, written, quotes, edition))
        first = (
            edition.model.source_languages.get(country, edition.model.source_language)
            if edition
            else ""
        )
        cards[country] = _languages(shelf, workspace, country, Card, houses, first, mine)
    if workspace.is_taken(SCOREBOARD_NAME):
        shared.append(
            _problem(
                "COUNTRY-RESERVED",
                f"no country can be called “{SCOREBOARD_NAME}”: that is the card of all countries.",
                "Give this folder another name, or take its files out.",
                Place(f"content/{SCOREBOARD_NAME}"),
            )
        )
    glossary = (
        _read(shelf, workspace, GLOSSARY, Glossary, shared) if workspace.exists(GLOSSARY) else None
    )
    complete = edition and scoreboard and len(wordings) == len(quotes)
    told = {country: tuple(problems) for country, problems in by_country.items()}
    if not (edition and scoreboard and complete):
        return Loaded(None, tuple(shared), told)
    unread = dict(_unread(cards, houses, told))
    return Loaded(
        Content(edition, scoreboard, wordings, scores, cards, glossary, unread), tuple(shared), told
    )


def read_edition(workspace: Workspace) -> tuple[Sourced[Edition] | None, tuple[Problem, ...]]:
    """The edition alone, or what is wrong with it."""
    problems: list[Problem] = []
    return _read(Shelf(), workspace, EDITION, Edition, problems), tuple(problems)


def _unread(
    cards: Mapping[str, Mapping[str, Sourced[Card]]],
    languages: Iterable[str],
    problems: Mapping[str, tuple[Problem, ...]],
) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """The files of cards that could not be read though they are there, with their problems."""
    for country, card in cards.items():
        for language in languages:
            file = f"content/{country}/{language}.yaml"
            mine = tuple(
                one
                for one in problems[country]
                if one.place.file == file and one.code != "FILE-MISSING"
            )
            if language not in card and mine:
                yield file, mine


def _languages(
    shelf: Shelf,
    workspace: Workspace,
    scope: str,
    kind: type[M],
    houses: Mapping[str, House],
    first: str,
    problems: list[Problem],
) -> dict[str, Sourced[M]]:
    """A scope's file in every language, in the edition's order; the source language is read first,
    since others may fall back on it.
    """
    found: dict[str, Sourced[M]] = {}
    for language in sorted(houses, key=lambda name: name != first):
        house = houses[language]
        source = found.get(first) if house.fallback else None
        if read := _read(
            shelf,
            workspace,
            f"content/{scope}/{language}.yaml",
            kind,
            problems,
            scope,
            house.quotes,
            source,
        ):
            found[language] = read
    return {language: found[language] for language in houses if language in found}


def _problem(code: str, message: str, hint: str, place: Place) -> Problem:
    return Problem(code, message, hint, place)


def _stray_languages(
    country: str, written: list[str], quotes: Mapping[str, str], edition: Sourced[Edition] | None
) -> Iterator[Problem]:
    for language in written:
        if edition and language not in quotes:
            yield _problem(
                "CARD-LANGUAGE",
                f"the edition has no language “{language}”.",
                f"Add it to `languages` in {EDITION}, or take this file out of the folder.",
                Place(f"content/{country}/{language}.yaml", 1, 1),
            )


def _read(
    shelf: Shelf,
    workspace: Workspace,
    file: str,
    kind: type[M],
    problems: list[Problem],
    scope: str = "",
    quotes: str = "",
    source: Sourced[M] | None = None,
) -> Sourced[M] | None:
    """A file of a kind; what it does not have is taken from `source`, if one is given."""
    try:
        data = workspace.read(file)
    except FileNotFoundError:
        if source is None:
            problems.append(
                _problem("FILE-MISSING", "this file is missing.", _MISSING_FILE[kind], Place(file))
            )
            return None
        data = b"{}"
    except (OSError, ValueError) as error:
        problems.append(_unreadable(file, "file", error))
        return None
    return shelf.read(data, file, kind, problems, scope, quotes, source)


def _unreadable(path: str, kind: str, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or str(error)
    return _problem(
        "FILE-UNREADABLE",
        f"this {kind} cannot be read: {reason}.",
        f"Put a readable {kind} there.",
        Place(path),
    )


def _understood(
    data: bytes,
    file: str,
    kind: type[M],
    problems: list[Problem],
    scope: str,
    quotes: str,
    source: Sourced[M] | None,
) -> Sourced[M] | None:
    """What the bytes of a file say."""
    tree, found = read_tree(data, file)
    problems.extend(found)
    if tree is None:
        return None
    try:
        plain = _plain(tree.root)
        model = kind.model_validate(_filled(plain, _plain(source.tree.root)) if source else plain)
    except ValidationError as error:
        problems.extend(_explain(detail, tree, kind) for detail in error.errors(include_url=False))
        return None
    prose: dict[str, Prose] = {}
    if quotes:
        for path, text in texts(model):
            name = ".".join(path)
            prose[name], found = parse_prose(
                text, f"{scope}/{name}", quotes, single_line=isinstance(text, Line)
            )
            problems.extend(found)
    fallen = (
        frozenset(".".join(path) for path, text in texts(model) if text.file != file)
        if source
        else frozenset()
    )
    return Sourced(model, tree, data, MappingProxyType(prose), fallen)


def _filled(own: Any, source: Any) -> Any:
    """A group of keys with those that only the source has, in the source's order; waivers and what
    is not placed are each file's own.
    """
    if not isinstance(own, dict) or not isinstance(source, dict):
        return source if own is None else own
    names = [name for name in source if name not in ("waivers", "unplaced")]
    filled = {name: _filled(own.get(name), source[name]) for name in names}
    return filled | {name: value for name, value in own.items() if name not in filled}


def texts(model: BaseModel) -> Iterator[tuple[tuple[str, ...], Text]]:
    """Every text of a model that people read, with the keys that lead to it, in the order of the
    file format.
    """

    def walk(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Text]]:
        if isinstance(value, Line | ProseText):
            yield path, value
        elif isinstance(value, BaseModel):
            for name in type(value).model_fields:
                yield from walk(getattr(value, name), (*path, name))
        elif isinstance(value, Mapping):
            for name, item in value.items():
                yield from walk(item, (*path, name))
        elif isinstance(value, tuple):
            for number, item in enumerate(value, start=1):
                yield from walk(item, (*path, str(number)))

    return walk(model, ())


def _plain(node: Node) -> Any:
    """The tree as dicts, lists and `Text`, what pydantic validates; a value left empty is None."""
    if isinstance(node, Branch):
        return {str(key): _plain(value) for key, value in node.entries.items()}
    if isinstance(node, Series):
        return [_plain(item) for item in node.items]
    return None if not node.style and node in ("", "~", "null") else node


_MISSING_FILE: Final[Mapping[type[Frozen], str]] = {
    Glossary: "A workspace may do without one.",
    Edition: "Every workspace has one.",
    Scoreboard: "Every workspace has one.",
    Wording: (
        "Write it after the wording file of another language, or take the language out of"
        " content/edition.yaml."
    ),
    CountryScores: "Every country has one; `reportcard new COUNTRY` makes it.",
    Card: (
        "Every card stands in every language of content/edition.yaml: write it, or take the"
        " language out there."
    ),
}


def _explain(error: ErrorDetails, tree: Tree, kind: type[Frozen]) -> Problem:
    """A pydantic error in the words of the person who typed the file."""
    path = tuple(step for step in error["loc"] if step != "[key]")
    where = ".".join(
        str(step + 1 if isinstance(step, int) else step) for step in path
    )  # people count from 1
    given = error.get("input")
    place = tree.at(*path)
    code, hint = "CONTENT-VALUE", ""
    match error["type"]:
        case "missing":
            code, message = "CONTENT-MISSING", f"“{where}” is missing."
            hint = f"Add `{path[-1]}: …` here."
            place = tree.key(*path[:-1]) if len(path) > 1 else tree.at()
        case "extra_forbidden":
            code, message = "CONTENT-UNKNOWN", f"“{path[-1]}” is not a key of this place."
            place = tree.key(*path)
            close = difflib.get_close_matches(str(path[-1]), _keys_at(kind, path[:-1]), n=1)
            hint = f"Did you mean “{close[0]}”?" if close else "Delete it, or look at its spelling."
        case "empty_text":
            code, message, hint = (
                "CONTENT-EMPTY",
                f"“{where}” is empty.",
                "Write its text, or delete the key.",
            )
        case "cut_by_comment":
            message, hint = (
                f"{error['msg']}.",
                "Put the text between quotes, or in a block: `key: |`.",
            )
        case "plain_over_lines":
            message, hint = (
                f"{error['msg']}.",
                "Begin with `key: |` and put the text below it, indented.",
            )
        case "too_long":
            message, hint = (
                f"{error['msg']}.",
                "Is a whole file pasted here? Divide it, or take it out.",
            )
        case "several_lines":
            message, hint = f"{error['msg']}.", "Join them."
        case "score_literal" | "text_type":
            message = f"{error['msg']}."
        case "string_pattern_mismatch":
            place = tree.key(*path) if "[key]" in error["loc"] else place
            message = f"“{given}” is not a name of this kind."
            hint = _PATTERN_HINTS[error["ctx"]["pattern"]]
        case "literal_error":
            message, hint = (
                f"“{given}” is none of {error.get('ctx', {}).get('expected', '')}.",
                "Write one of them.",
            )
        case "bool_parsing" | "bool_type":
            message, hint = f"“{given}” is neither yes nor no.", "Write true or false."
        case (
            "dict_type" | "model_type" | "mapping_type" | "model_attributes_type" | "is_instance_of"
        ):
            message, hint = (
                f"keys belong under “{where}”.",
                "Write them below it, indented by two spaces.",
            )
        case fault if fault in _NO_NUMBER or fault in _NUMBER_BOUNDS:
            message, hint = _number_fault(error, where)
        case "tuple_type":
            message, hint = (
                f"a list belongs under “{where}”.",
                "Write [one, two], or lines that begin with `- `.",
            )
        case _:
            message, hint = (
                f"“{where}”: {error['msg'][0].lower()}{error['msg'][1:]}.",
                "Look at the schema of this file for what fits.",
            )
    return Problem(code, message, hint, place)


_NO_NUMBER: Final = frozenset(
    {
        "float_parsing",
        "float_type",
        "finite_number",
        "int_parsing",
        "int_parsing_size",
        "int_type",
        "int_from_float",
    }
)
_NUMBER_BOUNDS: Final = {
    "greater_than": "more than",
    "greater_than_equal": "at least",
    "less_than": "less than",
    "less_than_equal": "at most",
}


def _number_fault(error: ErrorDetails, where: str) -> tuple[str, str]:
    given = "" if error["input"] is None else str(error["input"])[:40]
    if bound := _NUMBER_BOUNDS.get(error["type"]):
        (limit,) = error["ctx"].values()
        return f"“{where}” is {given}, and has to be {bound} {limit:,.10g}.", "Mend the number."
    if error["type"].startswith("int"):
        return f"“{where}” is no whole number: “{given}”.", "Write digits alone, like 12."
    return (
        f"“{where}” is no number: “{given}”.",
        "Write digits, with a point if need be, like 12.5.",
    )


_PATTERN_HINTS: Final = {
    COUNTRY_PATTERN: "Write the two capital letters of ISO 3166, like PE.",
    LANGUAGE_PATTERN: "Write the language's code, like es or pt-BR.",
    ID_PATTERN: "Use small letters, digits and hyphens, like law-27651.",
}


def _keys_at(kind: type[Frozen], path: tuple[str | int, ...]) -> list[str]:
    """The keys that a model knows at a path, for a suggestion; a path through a table passes over
    the table's own keys.
    """
    model: Any = kind
    for step in path:
        annotation = (
            model.model_fields[step].annotation
            if isinstance(model, type)
            and issubclass(model, BaseModel)
            and step in model.model_fields
            else model
        )
        model = _inner_model(annotation)
        if model is None:
            return []
    return list(model.model_fields)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(
        (found for inner in getattr(annotation, "__args__", ()) if (found := _inner_model(inner))),
        None,
    )
