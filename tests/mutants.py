"""Wrong versions of the core modules, each of which a test has to catch:

    python -m tests.mutants [MODULE …] [--count 40] [--jobs 2] [--own | --whole]

A mutant is the program with one small change: `<` for `<=`, one more or one less, `and` for `or`, a
condition turned round, a statement left out. Of each module a sample is taken, the same each time
as long as the module is. Each is tried on a copy of the repository, first on the module's own test
files without the slow ones, then on all fast tests (not with --own); with --whole, on the slow ones
of its own files too. What survives is listed, and is a lack of a test or a change without effect:
tests/mutants.txt keeps those with the reason of each. Ends with 1 if more than 5 in 100 are
unexplained.
"""

import argparse
import ast
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parents[1]
KEPT = Path(__file__).with_suffix(".txt")
#: Each module with the test files that are its own.
MODULES = {
    "scores/results.py": ("test_scoring",),
    "scores/values.py": ("test_values", "test_scoring"),
    "page/compose/compositor.py": ("test_notes", "test_composing"),
    "page/compose/notes.py": ("test_notes", "test_composing"),
    "content/splicing.py": ("test_splicing", "test_intake_scores", "test_translation_exchange"),
    "translation/status.py": ("test_translation_status",),
    "content/likeness.py": ("test_likeness", "test_translation_status"),
    "pdf/preflight.py": ("test_verdicts", "test_validators", "test_preflight"),
    "pdf/pdfx.py": ("test_press",),
    "pdf/structures.py": ("test_press",),
    "pdf/validators.py": ("test_validators", "test_verdicts"),
    "pdf/press.py": ("test_press",),
}
#: What looks at the source itself, and would find any change.
NO_JUDGES = ("test_house",)
SEED = 20261124
SHARE_UNEXPLAINED = 0.05
#: Seconds of the processor after which a mutant counts as one that never ends.
CPU_S = 300
#: Seconds of the clock, for one that waits for ever.
CLOCK_S = 3600

#: Pytest in a process that has only so many seconds of the processor.
_BOUND = """
import resource, sys
import pytest
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]),) * 2)
sys.exit(pytest.main(sys.argv[2:]))
"""

_COMPARISONS = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
_SUMS = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}
_WORDS = {"min": "max", "max": "min", "any": "all", "all": "any"}
#: Methods of text whose argument decides something.
_DECIDING = frozenset(
    {"endswith", "get", "partition", "removeprefix", "removesuffix", "rpartition", "split"}
    | {"startswith", "strip", "lstrip", "rstrip", "replace", "join"}
)


@dataclass(frozen=True, order=True)
class Change:
    """A piece of a module (offsets in its text) and what is put there instead."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Mutant:
    """A module with one change."""

    module: str
    line: int
    function: str
    old: str
    new: str
    text: str

    def __str__(self) -> str:
        return f"{self.module} {self.function}: {self.old} -> {self.new}"


class Changes(ast.NodeVisitor):
    """Every change of a module that may be made."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Change] = []
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        self._starts, self._lines = starts, text.splitlines()

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(
            node.end_lineno, node.end_col_offset
        )

    def _offset(self, line: int, column: int) -> int:
        """An offset in the text; the syntax tree counts bytes."""
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode())

    def source(self, node: ast.expr | ast.stmt) -> str:
        return self.text[slice(*self.span(node))]

    def put(self, node: ast.expr | ast.stmt, new: str) -> None:
        self.found.append(Change(*self.span(node), new))

    def between(self, left: ast.expr, right: ast.expr, old: str, new: str) -> None:
        """Changes an operator between two operands."""
        start, end = self.span(left)[1], self.span(right)[0]
        match = re.search(rf"(?<![\w<>=!]){re.escape(old)}(?![\w<>=])", self.text[start:end])
        if match:
            self.found.append(Change(start + match.start(), start + match.end(), new))

    def generic_visit(self, node: ast.AST) -> None:
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "bases", "type_params"):
                continue  # types and the making of classes
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not is_text(child):
                    self.visit(child)

    def visit_Import(self, node: ast.Import) -> None: ...

    def visit_Assert(self, node: ast.Assert) -> None: ...

    def visit_Compare(self, node: ast.Compare) -> None:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            self.between(left, right, *_COMPARISONS[type(operator)])
            left = right
        for side in (node.left, *node.comparators):
            self.words(side)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            self.between(left, right, old, new)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in _SUMS:
            self.between(node.left, node.right, *_SUMS[type(node.op)])
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self.put(node, f"({self.source(node.operand)})")
        elif isinstance(node.op, ast.USub):
            self.put(node, f"+({self.source(node.operand)})")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self.put(node, str(not node.value))
        elif isinstance(node.value, int | float):
            self.put(node, str(node.value + 1))
            self.put(node, str(node.value - 1))

    def words(self, *nodes: ast.expr | None) -> None:
        """Changes words that decide something."""
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                self.put(node, repr(node.value + "x"))
            elif isinstance(node, ast.Tuple | ast.Set):
                self.words(*node.elts)

    def condition(self, node: ast.expr) -> None:
        self.put(node, f"not ({self.source(node)})")

    def visit_If(self, node: ast.If) -> None:
        self.condition(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.condition(node.test)
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        self.condition(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self.condition(test)
        self.generic_visit(node)

    def visit_match_case(self, node: ast.match_case) -> None:
        for pattern in ast.walk(node.pattern):
            if isinstance(pattern, ast.MatchValue):
                self.words(pattern.value)
        if node.guard:
            self.condition(node.guard)
            self.visit(node.guard)
        for statement in node.body:
            self.visit(statement)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.words(node.slice)
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        self.words(*node.keys)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in _WORDS:
            self.put(node.func, _WORDS[node.func.id])
        if isinstance(node.func, ast.Attribute) and node.func.attr in _DECIDING:
            self.words(*node.args)
        if len(node.args) > 1 and not any(isinstance(one, ast.Starred) for one in node.args[:2]):
            first, second = node.args[:2]
            (start, _), (_, end) = self.span(first), self.span(second)
            middle = self.text[self.span(first)[1] : self.span(second)[0]]
            swapped = f"{self.source(second)}{middle}{self.source(first)}"
            self.found.append(Change(start, end, swapped))
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.value, ast.Tuple | ast.Set):
            self.words(node.value)
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.put(node, "None")
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.put(node, "None")
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if isinstance(node.targets[0], ast.Attribute | ast.Subscript):
            self.put(node, "None")
        self.generic_visit(node)

    def visit_Continue(self, node: ast.Continue) -> None:
        self.put(node, "break")

    def visit_Break(self, node: ast.Break) -> None:
        self.put(node, "continue")

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is None:
            self.put(node, "None")
        elif not (isinstance(node.value, ast.Constant) and node.value.value is None):
            self.put(node, "return None")
        self.generic_visit(node)


def is_text(node: ast.AST) -> bool:
    """Whether a statement is a docstring."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def functions(tree: ast.AST, name: str = "") -> Iterator[tuple[range, str]]:
    """The lines of each function with its name, inner ones last."""
    for node in ast.iter_child_nodes(tree):
        inner = name
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            inner = f"{name}.{node.name}".lstrip(".")
            yield range(node.lineno, (node.end_lineno or node.lineno) + 1), inner
        yield from functions(node, inner)


def mutants(module: str) -> list[Mutant]:
    """All mutants of a module that Python can read."""
    text = (ROOT / "src/reportcard" / module).read_text(encoding="utf-8")
    tree = ast.parse(text)
    names = list(functions(tree))
    changes = Changes(text)
    changes.visit(tree)
    made = []
    for change in sorted(set(changes.found)):
        changed = text[: change.start] + change.new + text[change.end :]
        try:
            ast.parse(changed)
        except SyntaxError:
            continue
        line = text.count("\n", 0, change.start) + 1
        function = next((name for lines, name in reversed(names) if line in lines), "-")
        old, new = (" ".join(one.split()) for one in (text[change.start : change.end], change.new))
        # What is around it tells two of the same kind apart.
        where = text.splitlines()[line - 1].strip()
        if old in where:
            before = where.index(old) if where.count(old) == 1 else None
            if before is not None and old != where:
                old, new = where, where.replace(old, new)
            elif before is None:
                at = change.start - text.rfind("\n", 0, change.start) - 1
                whole = text.splitlines()[line - 1]
                old, new = where, (whole[:at] + change.new + whole[at + len(old) :]).strip()
        made.append(Mutant(module, line, function, old, new, changed))
    return made


def sample(module: str, count: int) -> list[Mutant]:
    """Some mutants of a module, the same each time."""
    found = mutants(module)
    chosen = random.Random(f"{SEED} {module}").sample(found, min(count, len(found)))
    return sorted(chosen, key=lambda one: (one.line, one.new))


def copied(target: Path) -> Path:
    """A copy of the repository to break."""
    left_out = shutil.ignore_patterns(".*", "output", "__pycache__", "*.pdf")
    return Path(shutil.copytree(ROOT, target, ignore=left_out))


def passes(folder: Path, files: Sequence[str], *options: str) -> bool:
    """Whether some test files pass in a copy of the repository."""
    call = [sys.executable, "-c", _BOUND, str(CPU_S)]
    call += ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--tb=no", "--hypothesis-seed=0"]
    # What a mutant was found by does not help with the next one
    shutil.rmtree(folder / "examples", ignore_errors=True)
    with subprocess.Popen(
        [*call, *options, *(f"tests/{name}.py" for name in files)],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(folder / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "examples"),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(CLOCK_S) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def survives(folder: Path, mutant: Mutant, *, own_alone: bool, whole: bool) -> bool:
    """Whether no test finds a mutant, in a copy of the repository."""
    path = folder / "src/reportcard" / mutant.module
    before = path.read_text(encoding="utf-8")
    own = MODULES[mutant.module]
    rest = [
        path.stem
        for path in sorted((ROOT / "tests").glob("test_*.py"))
        if path.stem not in (*own, *NO_JUDGES)
    ]
    path.write_text(mutant.text, encoding="utf-8")
    try:
        return (
            passes(folder, own, "-m", "not slow")
            and (own_alone or passes(folder, rest, "-m", "not slow"))
            and not (whole and not passes(folder, own, "-m", "slow"))
        )
    finally:
        path.write_text(before, encoding="utf-8")


def explained() -> dict[str, str]:
    """The mutants that may survive, with the reason of each: a line each, the reason on the next,
    indented.
    """
    found: dict[str, str] = {}
    last = ""
    for line in KEPT.read_text(encoding="utf-8").splitlines() if KEPT.exists() else []:
        if line.startswith(" ") and last:
            found[last] = f"{found[last]} {line.strip()}".strip()
        elif line and not line.startswith("#"):
            last = line
            found[last] = ""
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", default=list(MODULES))
    parser.add_argument("--count", type=int, default=40, help="how many of each module")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--own", action="store_true", help="the module's own test files alone")
    parser.add_argument("--whole", action="store_true", help="the slow tests too")
    asked = parser.parse_args()
    known = explained()
    made = left = 0
    with tempfile.TemporaryDirectory(prefix="reportcard-mutants-") as temporary:
        folders: SimpleQueue[Path] = SimpleQueue()
        for number in range(asked.jobs):
            folders.put(copied(Path(temporary) / str(number)))

        def tried(mutant: Mutant) -> bool:
            folder = folders.get()
            try:
                return survives(folder, mutant, own_alone=asked.own, whole=asked.whole)
            finally:
                folders.put(folder)

        for module in asked.modules:
            chosen = sample(module, asked.count)
            with ThreadPoolExecutor(asked.jobs) as pool:
                alive = list(pool.map(tried, chosen))
            survivors = [one for one, lives in zip(chosen, alive, strict=True) if lives]
            reasons = [known.get(str(one), "") for one in survivors]
            unexplained = reasons.count("")
            print(
                f"{module}: {len(chosen)} made, {len(chosen) - len(survivors)} killed,"
                f" {len(survivors)} survive, {unexplained} of them unexplained",
                flush=True,
            )
            for one, reason in zip(survivors, reasons, strict=True):
                print(f"  {one.module}:{one.line} {one.function}\n    {one.old}\n    {one.new}")
                print(f"    {reason or 'unexplained: write a test'}", flush=True)
            made, left = made + len(chosen), left + unexplained
    print(f"{made} made, {left} unexplained")
    return int(left > SHARE_UNEXPLAINED * made)


if __name__ == "__main__":
    sys.exit(main())
