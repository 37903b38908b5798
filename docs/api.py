"""The reference of the Python API, from the docstrings and signatures of `reportcard.api`.

    python docs/api.py            writes docs/api.md from the code
    python docs/api.py --check    fails if docs/api.md does not match the code

Names appear in the order of `api.__all__`: functions first, then values, then enumerations. Of a
class, the page has its docstring, its public fields with their types and defaults, and its public
methods and properties.
"""

import argparse
import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from enum import Enum
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from reportcard import api

PAGE: Final = Path(__file__).resolve().parent / "api.md"
_WIDTH: Final = 100
#: A longer signature has a line for each argument.
_LINE: Final = 80
_HEAD: Final = """\
# The Python API

"""
_FOOT: Final = (
    "<!-- Written by docs/api.py from the code: change the docstrings, not this file. -->"
)


def page() -> str:
    """The page in Markdown."""
    named = {name: getattr(api, name) for name in api.__all__}
    functions = {name: one for name, one in named.items() if not isinstance(one, type)}
    enumerations = {name: one for name, one in named.items() if _is(one, Enum)}
    values = {
        name: one for name, one in named.items() if name not in functions.keys() | enumerations
    }
    parts = [_HEAD + _prose(inspect.getdoc(api) or "")]
    for heading, members, written in (
        ("Functions", functions, _function),
        ("Values", values, _value),
        ("Enumerations", enumerations, _enumeration),
    ):
        parts.append(f"## {heading}")
        for name, one in members.items():
            parts += [f"### {name}", *written(name, one)]
    return "\n\n".join([*parts, _FOOT]) + "\n"


def _is(one: object, kind: type) -> bool:
    return isinstance(one, type) and issubclass(one, kind)


def _function(name: str, function: Any) -> list[str]:
    """A function's signature and docstring."""
    definition = _definition(function)
    assert isinstance(definition, ast.FunctionDef)
    return [_code(_signature(name, definition)), _prose(inspect.getdoc(function) or "")]


def _value(name: str, value: Any) -> list[str]:
    """A class: its docstring, its fields, its methods and properties."""
    definition = _definition(value)
    assert isinstance(definition, ast.ClassDef)
    parts = [_prose(inspect.getdoc(value) or "")]
    if fields := [*_fields(definition)]:
        parts.append(_code("\n".join(fields)))
    for member in definition.body:
        if not isinstance(member, ast.FunctionDef):
            continue
        if member.name == "__init__":
            parts.append(_code(_signature(name, member)))
        elif not member.name.startswith("_"):
            parts += [f"#### {name}.{member.name}", *_member(member)]
    return parts


def _member(member: ast.FunctionDef) -> Iterator[str]:
    """A method with its signature, or a property with its type; and its docstring."""
    if "property" in map(_source, member.decorator_list):
        assert member.returns
        yield _code(f"{member.name}: {_source(member.returns)}")
    else:
        yield _code(_signature(member.name, member))
    yield _prose(ast.get_docstring(member) or "")


def _enumeration(_: str, enumeration: Any) -> list[str]:
    """An enumeration: its docstring, its members with their values, its methods."""
    definition = _definition(enumeration)
    assert isinstance(definition, ast.ClassDef)
    members = "\n".join(
        f"{name} = {_source(ast.Constant(member.value))}"
        for name, member in enumeration.__members__.items()
    )
    rest = [
        part
        for member in definition.body
        if isinstance(member, ast.FunctionDef) and not member.name.startswith("_")
        for part in (f"#### {enumeration.__name__}.{member.name}", *_member(member))
    ]
    return [_prose(inspect.getdoc(enumeration) or ""), _code(members), *rest]


def _definition(one: Any) -> ast.stmt:
    """The syntax tree of a function or class; of a context manager, that of its function."""
    return ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(one)))).body[0]


def _fields(definition: ast.ClassDef) -> Iterator[str]:
    """The public fields with their types and defaults; a default from a factory is written `…`."""
    for member in definition.body:
        if isinstance(member, ast.AnnAssign) and not _source(member.target).startswith("_"):
            default = _source(member.value) if member.value else ""
            default = "…" if default.startswith("field(") else default
            typed = f"{_source(member.target)}: {_source(member.annotation)}"
            yield typed + (f" = {default}" if default else "")


def _signature(name: str, definition: ast.FunctionDef) -> str:
    """A call's arguments and result, on one line or a line for each argument."""
    arguments = definition.args
    if arguments.args and arguments.args[0].arg == "self":
        arguments.args.pop(0)
    if arguments.posonlyargs and arguments.posonlyargs[0].arg == "self":
        arguments.posonlyargs.pop(0)
    before, after = "", f" -> {_source(definition.returns)}" if definition.returns else ""
    if definition.name == "__init__":
        after = ""
    elif "contextmanager" in map(_source, definition.decorator_list):
        before, after = "with ", ""
    each = [*_arguments(arguments)]
    line = f"{before}{name}({', '.join(each)}){after}"
    if len(line) <= _LINE:
        return line
    lines = "".join(f"    {argument},\n" for argument in each)
    return f"{before}{name}(\n{lines}){after}"


def _arguments(arguments: ast.arguments) -> Iterator[str]:
    """Each argument with its type and default, with `/` and `*` where they divide the list."""
    plain = [*arguments.posonlyargs, *arguments.args]
    missing = len(plain) - len(arguments.defaults)
    defaults = [*[None] * missing, *arguments.defaults]
    for number, (argument, default) in enumerate(zip(plain, defaults, strict=True), start=1):
        yield _argument(argument, default)
        if number == len(arguments.posonlyargs):
            yield "/"
    if arguments.kwonlyargs:
        yield f"*{_source(arguments.vararg)}" if arguments.vararg else "*"
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield _argument(argument, default)
    if arguments.kwarg:
        yield f"**{_source(arguments.kwarg)}"


def _argument(argument: ast.arg, default: ast.expr | None) -> str:
    return _source(argument) + (f" = {_source(default)}" if default else "")


def _source(node: ast.AST) -> str:
    """A node as source text, with double quotes."""
    return re.sub(r"'([^'\"]*)'", r'"\1"', ast.unparse(node))


def _code(text: str) -> str:
    return f"```python\n{text}\n```"


def _prose(docstring: str) -> str:
    """A docstring's paragraphs, wrapped; indented ones are a program."""
    parts = []
    blocks = docstring.strip().split("\n\n")
    for is_program, group in groupby(blocks, key=lambda block: block.startswith("    ")):
        if is_program:
            parts.append(_code(textwrap.dedent("\n\n".join(group))))
        else:
            parts += [
                textwrap.fill(" ".join(block.split()), _WIDTH, break_on_hyphens=False)
                for block in group
            ]
    return "\n\n".join(parts)


def main() -> None:
    """Writes the page, or checks it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="fail if the page is out of date")
    if not parser.parse_args().check:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        sys.exit("docs/api.md is out of date. Run: python docs/api.py")


if __name__ == "__main__":
    main()
