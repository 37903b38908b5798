"""The source names the cases and holes that its rules have, and what people read is a message."""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest

from reportcard.problems.registry import every_rule
from reportcard.problems.rule import Rule

from .catalogue import SOURCE, holes


@dataclass(frozen=True)
class Helper:
    """A function that makes a problem of a rule given: its parameters in order without `self`, all
    their names, and whether it takes holes.
    """

    parameters: tuple[str, ...]
    names: frozenset[str]
    has_holes: bool


#: `Rule.at` itself, without the rule.
AT = Helper(("place", "case"), frozenset(inspect.signature(Rule.at).parameters), has_holes=True)


def sources(root: Path = SOURCE) -> Iterator[tuple[str, ast.Module]]:
    """Every module of the package, by its path without the package's."""
    for path in sorted(root.rglob("*.py")):
        yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def helpers(*trees: ast.AST) -> dict[str, list[Helper]]:
    """The functions that take a rule, and a case or holes, by name; several may share one."""
    found: dict[str, list[Helper]] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            ordered = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
            ordered = [name for name in ordered if name != "self"]
            names = {*ordered, *(one.arg for one in node.args.kwonlyargs)}
            has_holes = node.args.kwarg is not None
            if "rule" in names and ("case" in names or has_holes):
                helper = Helper(tuple(ordered), frozenset(names), has_holes)
                found.setdefault(node.name, []).append(helper)
    return found


def rules_in(node: ast.expr, module: ModuleType) -> list[Rule]:
    """The rules that an expression names: one, those of `A if x else B`, or none that is known."""
    if isinstance(node, ast.IfExp):
        return [*rules_in(node.body, module), *rules_in(node.orelse, module)]
    value: object = None
    if isinstance(node, ast.Name):
        value = getattr(module, node.id, None)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        value = getattr(getattr(module, node.value.id, None), node.attr, None)
    return [value] if isinstance(value, Rule) else []


def faults(tree: ast.AST, module: ModuleType, known: Mapping[str, list[Helper]]) -> Iterator[str]:
    """The calls of a module that name a case which their rule does not have, or other holes."""
    for call in calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "at":
            found = [_faults(call, AT, rules_in(call.func.value, module))]
        else:
            found = [
                _faults(call, helper, rules)
                for helper in known.get(name_of(call), [])
                if (rule := _argument(call, helper, "rule")) and (rules := rules_in(rule, module))
            ]
        yield from min(found, key=len, default=())


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    """The name of what is called, without that of its object or module."""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _faults(call: ast.Call, helper: Helper, rules: list[Rule]) -> list[str]:
    found = ((rule, _fault(call, helper, rule)) for rule in rules)
    return [f"line {call.lineno}: {rule.code} {fault}" for rule, fault in found if fault]


def _argument(call: ast.Call, helper: Helper, name: str) -> ast.expr | None:
    named = next((one.value for one in call.keywords if one.arg == name), None)
    index = helper.parameters.index(name) if name in helper.parameters else len(call.args)
    return call.args[index] if named is None and index < len(call.args) else named


def _fault(call: ast.Call, helper: Helper, rule: Rule) -> str:
    """What is wrong with a call, if anything. A case that is computed may be any of the rule's."""
    words = {"": (rule.message, rule.advice)} if rule.message else {}
    words |= rule.cases
    case = _argument(call, helper, "case")
    cases = [""] if case is None else _texts(case)
    if unknown := [one for one in cases if one not in words]:
        return f"has no case {unknown[0]!r}, but {sorted(words)}"
    named = {one.arg for one in call.keywords if one.arg is not None}
    given = named - helper.names
    is_open = any(one.arg is None for one in call.keywords) or not helper.has_holes
    needed = [frozenset().union(*map(holes, words[one])) for one in cases or words]
    filled = [given >= one for one in needed]
    if not is_open and not (all(filled) if cases else any(filled)):
        return f"has the holes {[sorted(one) for one in needed]}, not {sorted(given)}"
    if surplus := given.difference(*needed):
        return f"has no hole {sorted(surplus)[0]!r}"
    if rule.is_waivable and helper is AT and not is_open and "field" not in named:
        return "can be waived, and no field is given"
    return ""


def _texts(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body), *_texts(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def module_of(file: str) -> ModuleType:
    name = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return import_module("reportcard" if name == "__init__" else f"reportcard.{name}")


@pytest.mark.long
def test_calls_name_cases_and_holes_that_the_rule_has() -> None:
    known = helpers(*(tree for _, tree in sources()))
    wrong = [
        f"{file}: {fault}"
        for file, tree in sources()
        if any(isinstance(node, ast.Name) and node.id.isupper() for node in ast.walk(tree))
        for fault in faults(tree, module_of(file), known)
    ]
    assert wrong == []


#: A module of which each line after the first two has one fault.
PLANTED = """\
def problem(rule: Rule, case: str = "", /, *, offset: int = 0, **holes: str) -> None: ...
def fixed(place: str, rule: Rule, case: str) -> None: ...
A.at(place, "none", field="x", note="y")
A.at(place, "one", field="x")
A.at(place, "one", note="y", more="z")
B.at(place)
B.at(place, "one", **given)
(A if x else B).at(place, note="y")
self.problem(A, "one", offset=1)
self.problem(A, "one" if x else "two", note="y")
fixed(place, A, "three")
there.A.at(place, "one", notes="y")
B.at(place, name="y", **given)
A.at(place, case, other="y")
A.at(place, case)
C.at(place, note="y")
"""
SOUND = """\
def problem(rule: Rule, case: str = "", /, *, offset: int = 0, **holes: str) -> None: ...
def fixed(place: str, rule: Rule, case: str) -> None: ...
A.at(place, "one", field="x", note="y")
A.at(place, case, note="y")
A.at(place, "one", **given)
B.at(place, note="y")
self.problem(A, "one", offset=1, note="y")
self.problem(B, note="y")
fixed(place, A, "two")
tree.at("a", "b")
unknown.at(place, "none")
A.at(place, "one" if x else "two", note="y", name="z")
C.at(place, field="x", note="y")
"""


@pytest.fixture
def planted() -> ModuleType:
    from reportcard.problems.problem import Severity
    from reportcard.problems.rule import Stage

    module = ModuleType("planted")
    cases = {"one": ("the {note}.", ""), "two": ("two.", "Write {name}.")}
    module.A = Rule("A", Severity.ERROR, Stage.CONTENT, cases=cases)  # type: ignore[attr-defined]
    module.B = Rule("B", Severity.ERROR, Stage.CONTENT, "the {note}.")  # type: ignore[attr-defined]
    module.C = replace(module.B, is_waivable=True)  # type: ignore[attr-defined]
    module.there = module  # type: ignore[attr-defined]
    return module


def test_a_wrong_case_or_hole_is_seen(planted: ModuleType) -> None:
    tree = ast.parse(PLANTED)
    found = [fault.split()[1] for fault in faults(tree, planted, helpers(tree))]
    assert sorted({int(line.rstrip(":")) for line in found}) == list(range(3, 17))
    tree = ast.parse(SOUND)
    assert list(faults(tree, planted, helpers(tree))) == []


def bare(tree: ast.AST) -> Iterator[int]:
    """The lines on which a problem is made without its rule, or an error with bare words."""
    for call in calls(tree):
        named = {one.arg: one.value for one in call.keywords}
        match name_of(call):
            case "Problem":
                words = [*call.args[:1], named.get("code")]
            case "ReportCardError":
                words = [*call.args[:1], named.get("message"), named.get("advice")]
            case _:
                continue
        if any(isinstance(one, ast.Constant | ast.JoinedStr | ast.BinOp) for one in words):
            yield call.lineno


@pytest.mark.long
def test_problems_come_from_rules_and_errors_have_messages() -> None:
    found = [(file, line) for file, tree in sources() for line in bare(tree)]
    assert found == []


def test_bare_words_are_seen() -> None:
    wrong = 'Problem("A-B", x, "", place)\nProblem(code="A-B")\nReportCardError("x", code=c)\n'
    wrong += 'ReportCardError(f"{x}", code=c)\nReportCardError(m, code=c, advice="Do.")\n'
    assert list(bare(ast.parse(wrong))) == [1, 2, 3, 4, 5]
    sound = 'Problem(self.code, m)\nReportCardError(message("x"), code=c, advice=message("Do."))\n'
    assert list(bare(ast.parse(sound))) == []


#: What only a framework of countries meets, or names a key of the files.
_OF_COUNTRIES = {"SCORE-COUNTRY", "CONTENT-VALUE", "NUMBER-LANGUAGES"}


def test_rules_do_not_call_everything_a_country() -> None:
    """States and basins are assessed, too: `assessed: other`."""
    quoted = re.compile(r"\{[a-z_]+\}|`[^`]*`|countries › ")
    found = [
        text
        for code, rule in every_rule().items()
        if code not in _OF_COUNTRIES
        for text in (rule.message, rule.advice, *chain.from_iterable(rule.cases.values()))
        if re.search(r"\bcountr(?:y|ies)\b", quoted.sub("", text))
    ]
    assert found == []
