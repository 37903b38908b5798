"""What the model refuses, in the words of the person who typed the file."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from reportcard.content.keys import meant
from reportcard.content.rules import (
    CONTENT_EMPTY,
    CONTENT_MISSING,
    CONTENT_UNKNOWN,
    CONTENT_VALUE,
)
from reportcard.content.scalars import COUNTRY_PATTERN, ID_PATTERN, LANGUAGE_PATTERN, Frozen
from reportcard.content.tree import Tree
from reportcard.problems.problem import Place, Problem

#: By the name of an error, ours or pydantic's, the case of CONTENT-VALUE.
_CASES: Final[Mapping[str, str]] = {
    "cut_by_comment": "comment",
    "curly_quotes": "curly",
    "plain_over_lines": "lines",
    "text_too_long": "length",
    "several_lines": "line",
    "text_type": "text",
    "string_type": "text",
    "not_a_score": "points",
    "misspelled_score": "score",
    "literal_error": "choice",
    "bool_parsing": "boolean",
    "bool_type": "boolean",
    "dict_type": "group",
    "model_type": "group",
    "mapping_type": "group",
    "model_attributes_type": "group",
    "is_instance_of": "group",
    "tuple_type": "list",
    "too_short": "entries",
    "float_parsing": "number",
    "float_type": "number",
    "finite_number": "number",
    "int_parsing": "integer",
    "int_parsing_size": "integer",
    "int_type": "integer",
    "int_from_float": "integer",
    "greater_than": "over",
    "greater_than_equal": "minimum",
    "less_than": "under",
    "less_than_equal": "maximum",
    "date_type": "date",
    "date_parsing": "date",
    "date_from_datetime_parsing": "date",
    "date_from_datetime_inexact": "date",
    "string_too_short": "short",
    "string_too_long": "long",
}
#: Those in which the words fit a list or a group of keys, too.
_STRUCTURED: Final = frozenset({"text", "group", "list", "entries", "other"})
_PATTERNS: Final[Mapping[str, str]] = {
    COUNTRY_PATTERN: "country",
    LANGUAGE_PATTERN: "language",
    ID_PATTERN: "name",
}
#: Where pydantic's errors and ours have the bound that a value misses.
_LIMITS: Final = ("limit", "gt", "ge", "lt", "le", "min_length", "max_length")
#: So much of what was typed is quoted.
_LONGEST: Final = 40


def explained(
    errors: Sequence[ErrorDetails], tree: Tree, kind: type[Frozen]
) -> tuple[Problem, ...]:
    """The problems of errors that pydantic found when a tree was read as a kind of file. A key that
    is missing because it is misspelled is one problem.
    """
    misspelled = {
        (*group, meant(str(key), _keys_at(kind, group)))
        for error in errors
        if error["type"] == "extra_forbidden"
        for *group, key in (error["loc"],)
    }
    return tuple(
        _explain(error, tree, kind)
        for error in errors
        if error["type"] != "missing" or error["loc"] not in misspelled
    )


def _explain(error: ErrorDetails, tree: Tree, kind: type[Frozen]) -> Problem:
    is_key = "[key]" in error["loc"]
    path = tuple(step for step in error["loc"] if step != "[key]")
    match error["type"]:
        case "missing":
            return _missing(path, tree)
        case "extra_forbidden":
            return _unknown(path, tree, kind)
        case "string_pattern_mismatch":
            case = _PATTERNS[error["ctx"]["pattern"]]
            place = tree.key(*path) if is_key else tree.at(*path)
            return CONTENT_VALUE.at(place, case, given=_given(error))
    if _is_empty(error):
        return CONTENT_EMPTY.at(tree.at(*path), key=_dotted(path))
    case = _CASES.get(error["type"], "other")
    if isinstance(error["input"], list | dict) and case not in _STRUCTURED:
        return CONTENT_VALUE.at(tree.at(*path), "scalar", key=_dotted(path))
    context = error.get("ctx", {})
    limit = next((context[name] for name in _LIMITS if name in context), 0)
    return CONTENT_VALUE.at(
        tree.at(*path),
        case,
        key=_dotted(path),
        given=_given(error),
        limit=f"{limit:,.10g}",
        score=str(context.get("score", "")),
        choices=tuple(f'"{choice}"' for choice in _choices(context)),
        reason=error["msg"],
    )


def _missing(path: tuple[int | str, ...], tree: Tree) -> Problem:
    *group, key = path
    if not group:
        return CONTENT_MISSING.at(Place(tree.file), "file", key=str(key))
    return CONTENT_MISSING.at(tree.key(*group), "group", key=str(key), group=_dotted(group))


def _unknown(path: tuple[int | str, ...], tree: Tree, kind: type[Frozen]) -> Problem:
    *group, key = path
    if near := meant(str(key), _keys_at(kind, group)):
        return CONTENT_UNKNOWN.at(tree.key(*path), "near", key=str(key), suggestion=near)
    return CONTENT_UNKNOWN.at(tree.key(*path), "far", key=str(key))


def _is_empty(error: ErrorDetails) -> bool:
    """Whether nothing is written where something should be."""
    is_blank = error["type"] == "string_too_short" and not error["input"]
    return error["type"] == "empty_text" or error["input"] is None or is_blank


def _dotted(path: Sequence[int | str]) -> str:
    """A path of keys as people write it; they count from 1."""
    return ".".join(str(step + 1 if isinstance(step, int) else step) for step in path)


def _given(error: ErrorDetails) -> str:
    return str(error["input"])[:_LONGEST]


def _choices(context: Mapping[str, Any]) -> list[str]:
    """The values that a key may have, read off pydantic's list of them: 'draft' or 'final'."""
    return re.findall(r"'([^']*)'", str(context.get("expected", "")))


def _keys_at(kind: type[Frozen], path: Sequence[int | str]) -> list[str]:
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
    return list(model.attributes() if issubclass(model, Frozen) else model.model_fields)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(
        (found for inner in getattr(annotation, "__args__", ()) if (found := _inner_model(inner))),
        None,
    )
