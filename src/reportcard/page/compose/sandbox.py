"""Where templates of a workspace are filled in: they see what is given to them and nothing else.

Such a template is the organization's own text, and yet no code that is trusted. It cannot reach
Python's internals, a file or a network, and what it may do is counted: one that goes on for ever,
or writes without end, is stopped.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from numbers import Rational
from typing import Any, Final

from jinja2 import nodes
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import escape

from reportcard.messages.message import message

#: What filling in one template may cost: the longest page takes a hundredth of it.
_ALLOWANCE: Final = 50_000_000
#: What a turn of a loop or a call costs, and a template that another includes. A sign that is
#: written costs 1.
_STEP: Final = 100
_INCLUSION: Final = 1_000
#: The longest text or list that an operator may make, and the bits of the largest number.
_LONGEST: Final = 1_000_000
_BITS: Final = 256
#: A format that asks for a width of more than three digits, or for one that comes with the values.
_WIDE: Final = re.compile(r"%[^a-zA-Z%]*(?:\*|\d{4})")
_METHODS: Final[Mapping[type, frozenset[str]]] = {
    str: frozenset({"startswith", "endswith", "upper", "lower", "title", "strip", "split"}),
    dict: frozenset({"get", "items", "keys", "values"}),
}
#: Filters on text, which get no list; and those on anything. Others of Jinja's are left out: they
#: look for attributes by themselves, or make much of little.
_OF_TEXT: Final = (
    *("capitalize", "e", "escape", "lower", "safe", "striptags", "title", "trim", "truncate"),
    *("upper", "urlencode", "wordcount"),
)
_OF_ALL: Final = (
    *("abs", "count", "d", "default", "dictsort", "first", "float", "int", "items", "last"),
    *("length", "list", "map", "max", "min", "reject", "rejectattr", "reverse", "select"),
    *("selectattr", "sort", "sum", "unique"),
)


class RefusedError(Exception):
    """A template asked for what it may not do; the message says what."""


class EndlessError(Exception):
    """What a template does, does not come to an end."""


class _Allowance:
    """What is left of what a template may do."""

    def __init__(self) -> None:
        self.left = _ALLOWANCE

    def spend(self, cost: int) -> None:
        """Takes a cost off. Raises EndlessError if nothing is left."""
        self.left -= cost
        if self.left < 0:
            raise EndlessError


_LEFT: Final[ContextVar[_Allowance]] = ContextVar("allowance")


@contextmanager
def limited() -> Iterator[None]:
    """A template is filled in meanwhile, in this thread: what it does is counted."""
    token = _LEFT.set(_Allowance())
    try:
        yield
    finally:
        _LEFT.reset(token)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja for templates of a workspace. Only within `limited` can one be filled in."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(finalize=_written, **options)
        self.globals.clear()
        self.filters = {
            **{name: FILTERS[name] for name in _OF_ALL},
            **{name: _on_text(FILTERS[name]) for name in _OF_TEXT},
            "format": _formatted,
            "join": _joined,
            "_turns": _turns,
            "_text": _written,
        }

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Counting().visit(super()._parse(source, name, filename))
        return tree

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template has of its own accord; asked for each that another one includes."""
        if allowance := _LEFT.get(None):
            allowance.spend(_INCLUSION)
        return super().make_globals(d)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have an attribute: of what it was given the values, of text a few
        methods.
        """
        if not super().is_safe_attribute(obj, attr, value):
            return False
        for kind, methods in _METHODS.items():
            if isinstance(obj, kind):
                return attr in methods
        return not callable(value) or type(obj).__module__.startswith("jinja2.")

    def wrap_str_format(self, value: Any) -> None:
        """The methods `format` of text are like any other."""

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  arguments may have any name
        """Calls a macro, or a function that the template was given."""
        _LEFT.get().spend(_STEP)
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Works out `left operator right`, unless it would be too long."""
        match operator:
            case "%" if isinstance(left, str):
                return _formatted(left, *(right if isinstance(right, tuple) else (right,)))
            case "**":
                raise RefusedError(message("exponents are not allowed"))
            case "+" if _length(left) + _length(right) > _LONGEST:
                raise RefusedError(message("the result is too long"))
            case "*" if _bits(left) + _bits(right) > _BITS or _repeated(left, right) > _LONGEST:
                raise RefusedError(message("the result is too long"))
        return super().call_binop(context, operator, left, right)


class _Counting(NodeTransformer):
    """Has the turns of loops and the length of texts counted in a template's code."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  the name of Jinja's node
        """Each turn costs a step, and the signs that it writes as they are."""
        self.generic_visit(node)
        signs = sum(len(one.data) for part in node.body for one in _plain_text(part))
        node.iter = _filtered(node.iter, "_turns", nodes.Const(_STEP + signs, lineno=node.lineno))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        """Texts side by side cost what they have of signs."""
        self.generic_visit(node)
        return _filtered(node, "_text")


def _plain_text(node: nodes.Node) -> Iterable[nodes.TemplateData]:
    return node.find_all(nodes.TemplateData)


def _filtered(node: nodes.Expr | nodes.Node, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)


def _turns(items: Iterable[Any], cost: int) -> Iterator[Any]:
    allowance = _LEFT.get()
    for item in items:
        allowance.spend(cost)
        yield item


def _written(value: Any) -> Any:
    """What is written on a page: text or a number, counted by its signs. A list has no place there:
    it may hold itself many times over.
    """
    if isinstance(value, list | tuple | dict | set | frozenset):
        raise RefusedError(message("a list cannot be printed"))
    if (allowance := _LEFT.get(None)) and isinstance(value, str):
        allowance.spend(len(value))
    return value


def _on_text(own: Callable[..., Any]) -> Callable[..., Any]:
    """One of Jinja's filters, which is given no list."""
    passed = getattr(own, "jinja_pass_arg", None)

    def filtered(*arguments: Any, **more: Any) -> Any:
        _written(arguments[1 if passed else 0])
        return own(*arguments, **more)

    if passed:
        filtered.jinja_pass_arg = passed  # type: ignore[attr-defined]
    return filtered


def _formatted(text: Any, *values: Any) -> str:
    """The filter `format`, and the operator `%` of a text."""
    if _WIDE.search(str(text)):
        raise RefusedError(message("the format width is too large"))
    result: str = text % tuple(map(_written, values))
    return result


def _joined(items: Iterable[Any], separator: str = "") -> str:
    """The filter `join`."""
    written = [_written(item) for item in items]
    if len(separator) * len(written) + sum(map(_length, written)) > _LONGEST:
        raise RefusedError(message("the result is too long"))
    return escape(separator).join(written)


def _length(value: Any) -> int:
    """How long a text or list is; 0 of what is neither."""
    return len(value) if hasattr(value, "__len__") else 0


def _repeated(one: Any, other: Any) -> int:
    """How long a text or list is that is repeated."""
    times = next((value for value in (one, other) if isinstance(value, int)), 0)
    return (_length(one) + _length(other)) * times


def _bits(value: Any) -> int:
    """The bits of a whole number or a fraction; 0 of anything else."""
    if not isinstance(value, Rational):
        return 0
    return int(value.numerator).bit_length() + int(value.denominator).bit_length()
