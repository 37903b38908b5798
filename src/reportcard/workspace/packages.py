"""Packages that add to the program: rules, exchange formats, gauges, editions, files of a release,
languages, themes; and those that carry fonts.

A package names what it adds in an entry point of a group; the name of the entry point is that of
the addition. Its own messages are `messages/<language>.po` beside the module named.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.catalogue import add_folder
from reportcard.messages.message import message

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


class Group(StrEnum):
    """What can be added, by the group of its entry points."""

    RULES = "reportcard.rules"
    EXCHANGE = "reportcard.exchange"
    GAUGES = "reportcard.gauges"
    EDITIONS = "reportcard.editions"
    OUTPUTS = "reportcard.outputs"
    LANGUAGES = "reportcard.languages"
    THEMES = "reportcard.themes"


@cache
def additions(group: Group) -> Mapping[str, Any]:
    """What packages add of a kind, loaded, by name.

    Raises ReportCardError (USAGE) if one cannot be loaded, or two have the same name.
    """
    found: dict[str, Any] = {}
    for point in _points(group):
        if point.name in found:
            raise ReportCardError(
                message('two packages add "{name}" to {group}.', name=point.name, group=group),
                code=ExitCode.USAGE,
                advice=message("Uninstall one of them."),
            )
        with calling(point.name):
            found[point.name] = point.load()
    return MappingProxyType(found)


def names(group: Group) -> tuple[str, ...]:
    """What packages add of a kind, by name. Nothing of them is imported."""
    return tuple(dict.fromkeys(point.name for point in _points(group)))


def folders(group: Group) -> Mapping[str, Path]:
    """The folders of the modules that packages name, by name. Nothing of them is imported."""
    found = {point.name: _module(point) for point in _points(group)}
    return {name: module.parent for name, module in found.items() if module is not None}


def modules(*groups: Group) -> tuple[ModuleType, ...]:
    """The modules that entry points of some groups name, imported.

    Raises ReportCardError (USAGE) if one cannot be imported.
    """
    found = []
    for point in (point for group in groups for point in _points(group)):
        with calling(point.name):
            found.append(import_module(point.module))
    return tuple(dict.fromkeys(found))


@contextmanager
def calling(name: str, *expected: type[Exception]) -> Iterator[None]:
    """Code of a package is run: whatever it raises is a fault of that package, and said to be.

    Raises ReportCardError (USAGE) for everything but ReportCardError itself and what is expected,
    or what the machine lacks.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, (ReportCardError, MemoryError, *expected)):
            raise
        from reportcard.workspace.shortage import shortage

        if lacking := shortage(error):
            raise lacking from error
        raise ReportCardError(
            message(
                'the package that adds "{name}" failed: {error}.',
                name=name,
                error=f"{type(error).__name__}: {error}".rstrip(" ."),
            ),
            code=ExitCode.USAGE,
            advice=message("Report this to the package's authors, or uninstall the package."),
        ) from error


@cache
def versions() -> Mapping[str, str]:
    """What packages add, by group and name: the version of the package and a digest of its code,
    since while it is worked on its version stays the same.
    """
    return MappingProxyType(
        {f"{group} {point.name}": _version(point) for group in Group for point in _points(group)}
    )


def add_messages() -> None:
    """Has the messages of all packages looked up. Nothing of them is imported."""
    for group in Group:
        for point in _points(group):
            if (module := _module(point)) is not None:
                add_folder(module.parent / "messages")


@cache
def _all_points() -> Mapping[str, tuple["EntryPoint", ...]]:
    # Imported when it is needed, like all below: `reportcard --help` needs none of it
    from importlib.metadata import entry_points

    found = entry_points()
    return {group: tuple(found.select(group=group)) for group in Group}


@cache
def font_folders() -> tuple[Path, ...]:
    """The folders of TrueType files of all installed font packages, by their common entry point
    (`fonts_ttf`, of the Python package fonts and its family). Nothing of them is imported.
    """
    from importlib.metadata import entry_points

    found = filter(None, map(_module, entry_points(group="fonts_ttf")))
    return tuple(dict.fromkeys(module.parent / "files" for module in found))


def _points(group: Group) -> "tuple[EntryPoint, ...]":
    return _all_points()[group]


def _version(point: "EntryPoint") -> str:
    from hashlib import sha256

    module = _module(point)
    folder = module.parent if module and module.name == "__init__.py" else module
    code = sha256()
    if folder is not None:
        for file in [folder] if folder.is_file() else sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                code.update(file.read_bytes())
    return f"{point.dist.version if point.dist else ''} {point.value} {code.hexdigest()}"


def _module(point: "EntryPoint") -> Path | None:
    """The file of the package that an entry point names, found without importing it."""
    from importlib.util import find_spec

    spec = find_spec(point.module.partition(".")[0])
    return Path(spec.origin) if spec and spec.origin else None
