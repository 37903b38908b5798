"""The templates of pages, filled in: the program's own, and those of a workspace in their place."""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, Final

from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.meta import find_referenced_templates

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Hole, message
from reportcard.page.compose.sandbox import EndlessError, RefusedError, Sandbox, limited
from reportcard.page.style_rules import STYLE_TEMPLATE
from reportcard.page.styles import TEMPLATES, Styles
from reportcard.problems.problem import Place, Problem
from reportcard.workspace.system import reason

#: What the program's own template is called for one that takes its place: `default/section.html`.
_DEFAULT: Final = "default/"
_OPTIONS: Final[Mapping[str, Any]] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}


class TemplateFaultError(ReportCardError):
    """A template of the workspace cannot be filled in: the problem says where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(
            message("{place}: {fault}", place=str(problem.place), fault=problem.message),
            code=ExitCode.LAYOUT,
            advice=problem.advice,
        )
        self.problem = problem


def render(styles: Styles, template: str, /, **view: Any) -> str:
    """A template filled in; what it names must be in `view`. One of the workspace is taken instead
    of the program's.

    Raises TemplateFaultError if one of the workspace cannot be filled in.
    """
    if not styles.templates:
        return _templates().get_template(template).render(view)
    environment = _with(styles.theme.path(TEMPLATES), tuple(styles.templates.items()))
    try:
        with limited():
            return environment.get_template(template).render(view)
    except Exception as error:
        place = _blamed(error, {styles.theme.path(f"{TEMPLATES}{one}") for one in styles.templates})
        if place is None:
            raise
        raise TemplateFaultError(_fault(error, place)) from error


def template_problems(styles: Styles) -> Iterator[Problem]:
    """The templates of a workspace that no page can use: those that break Jinja's grammar, and
    those that nothing names.
    """
    if not styles.templates:
        return
    folder = styles.theme.path(TEMPLATES)
    environment = _with(folder, tuple(styles.templates.items()))
    used = set(_own_loader().list_templates())
    for name, text in styles.templates.items():
        try:
            environment.get_template(name)
            named = [*find_referenced_templates(environment.parse(text))]
        except Exception as error:
            yield _fault(error, Place(f"{folder}{name}", getattr(error, "lineno", 0)))
            used |= {name}
        else:
            # One that is named only while the page is filled in may be any
            used |= set(styles.templates) if None in named else {one for one in named if one}
    for name in styles.templates:
        if name not in used:
            yield STYLE_TEMPLATE.at(Place(f"{folder}{name}"), "unused")


@cache
def _templates() -> Environment:
    """The program's own templates, which are trusted."""
    beside = str(Path(cache_from_source(__file__)).parent)
    made_by = sha256(Path(__file__).read_bytes() + version("jinja2").encode()).hexdigest()[:12]
    compiled = _Compiled(beside, f"template-%s-{made_by}.{sys.implementation.cache_tag}")
    environment = Environment(
        loader=_own_loader(),
        bytecode_cache=None if sys.dont_write_bytecode else compiled,
        **_OPTIONS,
    )
    environment.globals.clear()
    return environment


@lru_cache(maxsize=2)
def _with(folder: str, overriding: tuple[tuple[str, str], ...]) -> Environment:
    """The templates with those of a theme, given by name: all of them in a sandbox."""
    return Sandbox(loader=_Loader(folder, dict(overriding)), **_OPTIONS)


@cache
def _own_loader() -> PackageLoader:
    return PackageLoader("reportcard.page.compose")


class _Loader(BaseLoader):
    """Finds a template in the theme, else among the program's own; nowhere else."""

    def __init__(self, folder: str, overriding: Mapping[str, str]) -> None:
        self.folder = folder
        self.overriding = overriding

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text of a template, and its path."""
        if template in self.overriding:
            return self.overriding[template], f"{self.folder}{template}", None
        return _own_loader().get_source(environment, template.removeprefix(_DEFAULT))


def _blamed(error: Exception, names: Collection[str]) -> Place | None:
    """The line of the theme's templates, by their paths, that an error comes from: the innermost.
    None if no template of the theme has part in it.
    """
    place = None
    if isinstance(error, TemplateSyntaxError) and error.filename in names:
        return Place(str(error.filename), error.lineno)
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in names:
            place = Place(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _fault(error: Exception, place: Place) -> Problem:
    said: Hole = reason(error)
    if isinstance(said, str):
        said = said.rstrip(".")
    match error:
        case TemplateSyntaxError():
            case = "syntax"
        case RefusedError() | SecurityError():
            case = "refused"
        case RecursionError() | EndlessError():
            case = "endless"
        case TemplateNotFound():
            case = "missing"
        case KeyError():
            case, said = "key", str(error.args[0])
        case _:
            case = "failed"
    return STYLE_TEMPLATE.at(place, case, error=said)


class _Compiled(FileSystemBytecodeCache):
    """Templates compiled once, like modules and beside theirs: 45 ms of each process. Where nothing
    can be kept, nothing is.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # whatever is wrong with a damaged one: it is compiled again
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)
