"""What the model refuses, in the words of the person who typed the file."""

import difflib
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from reportcard.content.scalars import COUNTRY_PATTERN, ID_PATTERN, LANGUAGE_PATTERN, Frozen
from reportcard.content.tree import Tree
from reportcard.problems.problem import Problem

_NO_GROUP: Final = (
    "keys belong under “{where}”.",
    "Write them below it, indented by two spaces.",
)
_NO_BOOLEAN: Final = ("“{given}” is neither yes nor no.", "Write true or false.")
#: By pydantic's name of a fault, what is wrong with a value and what to do; `reason` is pydantic's
#: own sentence.
_VALUE_FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "cut_by_comment": (
        "{reason}.",
        "Put the text between quotes, or in a block: `key: |`.",
    ),
    "plain_over_lines": (
        "{reason}.",
        "Begin with `key: |` and put the text below it, indented.",
    ),
    "too_long": ("{reason}.", "Is a whole file pasted here? Divide it, or take it out."),
    "several_lines": ("{reason}.", "Join them."),
    "score_literal": ("{reason}.", ""),
    "text_type": ("{reason}.", ""),
    "literal_error": ("“{given}” is none of {expected}.", "Write one of them."),
    "bool_parsing": _NO_BOOLEAN,
    "bool_type": _NO_BOOLEAN,
    "dict_type": _NO_GROUP,
    "model_type": _NO_GROUP,
    "mapping_type": _NO_GROUP,
    "model_attributes_type": _NO_GROUP,
    "is_instance_of": _NO_GROUP,
    "tuple_type": (
        "a list belongs under “{where}”.",
        "Write [one, two], or lines that begin with `- `.",
    ),
}
_PATTERN_HINTS: Final = {
    COUNTRY_PATTERN: "Write the two capital letters of ISO 3166, like PE.",
    LANGUAGE_PATTERN: "Write the language's code, like es or pt-BR.",
    ID_PATTERN: "Use small letters, digits and hyphens, like law-27651.",
}
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


def explain(error: ErrorDetails, tree: Tree, kind: type[Frozen]) -> Problem:
    """A problem of an error that pydantic found in a tree that was to be of a kind."""
    is_key = "[key]" in error["loc"]
    path = tuple(step for step in error["loc"] if step != "[key]")
    where = ".".join(
        str(step + 1 if isinstance(step, int) else step) for step in path
    )  # people count from 1
    match error["type"]:
        case "missing":
            return Problem(
                "CONTENT-MISSING",
                f"“{where}” is missing.",
                f"Add `{path[-1]}: …` here.",
                tree.key(*path[:-1]) if len(path) > 1 else tree.at(),
            )
        case "extra_forbidden":
            close = difflib.get_close_matches(str(path[-1]), _keys_at(kind, path[:-1]), n=1)
            return Problem(
                "CONTENT-UNKNOWN",
                f"“{path[-1]}” is not a key of this place.",
                f"Did you mean “{close[0]}”?" if close else "Delete it, or look at its spelling.",
                tree.key(*path),
            )
        case "empty_text":
            return Problem(
                "CONTENT-EMPTY",
                f"“{where}” is empty.",
                "Write its text, or delete the key.",
                tree.at(*path),
            )
        case "string_pattern_mismatch":
            return Problem(
                "CONTENT-VALUE",
                f"“{error['input']}” is not a name of this kind.",
                _PATTERN_HINTS[error["ctx"]["pattern"]],
                tree.key(*path) if is_key else tree.at(*path),
            )
    return Problem("CONTENT-VALUE", *_value_fault(error, where), tree.at(*path))


def _value_fault(error: ErrorDetails, where: str) -> tuple[str, str]:
    """What is wrong with a value, and what to do."""
    fault, reason = error["type"], error["msg"]
    if fault in _NO_NUMBER or fault in _NUMBER_BOUNDS:
        return _number_fault(error, where)
    if fault not in _VALUE_FAULTS:
        return (
            f"“{where}”: {reason[0].lower()}{reason[1:]}.",
            "Look at the schema of this file for what fits.",
        )
    message, hint = _VALUE_FAULTS[fault]
    expected = error.get("ctx", {}).get("expected", "")
    return message.format(
        where=where, given=error.get("input"), reason=reason, expected=expected
    ), hint


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
