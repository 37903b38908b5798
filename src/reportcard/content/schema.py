"""The JSON Schemas of content files, made from the model: an editor helps with just what the
program accepts.
"""

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from reportcard.content import framework, model, sizes, wording
from reportcard.content.framework import Scoreboard
from reportcard.content.model import Card, CountryScores, Edition, Glossary
from reportcard.content.scalars import NOT_APPLICABLE, Frozen
from reportcard.content.sizes import Sizes
from reportcard.content.wording import Wording

SCHEMAS: Final[Mapping[str, type[Frozen]]] = MappingProxyType(
    {
        "edition": Edition,
        "scoreboard": Scoreboard,
        "wording": Wording,
        "scores": CountryScores,
        "card": Card,
        "glossary": Glossary,
        "sizes": Sizes,
    }
)
"""The kinds of content files; each has a schema of that name under schema/."""
#: The key of the class itself among its fields.
_OF_CLASS: Final = ""


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of content file, for editors."""
    schema = SCHEMAS[kind].model_json_schema()
    for name, part in {SCHEMAS[kind].__name__: schema, **schema.get("$defs", {})}.items():
        docs = _docs().get(name, {})
        for field, text in docs.items():
            if field == _OF_CLASS:
                part["description"] = text
            else:
                part["properties"][field].setdefault("description", text)
        in_order = sorted(part.items())  # as pydantic has them
        part.clear()
        part.update(in_order)
    _count_keys(schema)
    if kind == "scores":
        _allow_literal(schema["$defs"]["CategoryScore"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


@cache
def _docs() -> dict[str, dict[str, str]]:
    """The text under the name of each of the models' classes and under its fields, as their files
    have it: a Python that drops such texts (PYTHONOPTIMIZE=2) gives the same schemas. pydantic can
    read those of fields too, but at every start (15 ms).
    """
    found: dict[str, dict[str, str]] = {}
    modules = [
        ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))
        for module in (model, framework, sizes, wording)
    ]
    for node in chain.from_iterable(module.body for module in modules):
        if isinstance(node, ast.ClassDef):
            if doc := ast.get_docstring(node):
                found.setdefault(node.name, {})[_OF_CLASS] = " ".join(doc.split())
            for field, text in pairwise(node.body):
                match field, text:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                        value=ast.Constant(value=str(doc))
                    ):
                        found.setdefault(node.name, {})[name] = " ".join(doc.split())
    return found


def _count_keys(part: Any) -> None:
    """Bounds on the number of keys, which pydantic writes as those of a text."""
    if isinstance(part, dict):
        if part.get("type") == "object":
            for length, keys in (("minLength", "minProperties"), ("maxLength", "maxProperties")):
                if length in part:
                    part[keys] = part.pop(length)
        for inside in part.values():
            _count_keys(inside)
    elif isinstance(part, list):
        for inside in part:
            _count_keys(inside)


def _allow_literal(category: dict[str, Any]) -> None:
    """A category's score may be the number alone, `not applicable`, or nothing."""
    group = dict(category)
    category.clear()
    category["anyOf"] = [
        {"type": "number", "minimum": 0},
        {"const": NOT_APPLICABLE},
        {"type": "null"},
        group,
    ]
