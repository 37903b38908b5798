"""A theme to edit: a copy of the one in use, in a folder of its own that the edition names."""

import re
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from posixpath import normpath, relpath
from typing import Final

from reportcard.content.loading import EDITION, Content
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.splicing import spliced
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.workspace.replacement import replace_files
from reportcard.workspace.system import reason
from reportcard.workspace.theme import STYLES, Theme, packaged_themes
from reportcard.workspace.workspace import DEVICES, Workspace

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_URL: Final = re.compile(rb"(?P<start>url\(\s*[\"']?)(?P<address>[^\"'()\s#?]+)")
#: An address that does not begin at the style sheet: https:…, /…
_ABSOLUTE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
_SCHEMA: Final = re.compile(rb"(?<=\$schema=)\S*?(?=schema/sizes\.json)")
#: What a theme consists of; a theme of a package lies among its code.
_PATTERNS: Final = ("*.yaml", "*.css", "templates/**/*.html", "art/**/*", "fonts/**/*")
#: The folder of any theme: all lie alike.
_ANY: Final = f"{STYLES}/x"


def begin_theme(workspace: Workspace, content: Content, used: Theme, name: str) -> tuple[str, ...]:
    """Copies the theme in use into styles/ under a name, and has the edition name it. Gives the
    files written; none is if one cannot be.

    Raises ReportCardError if the name is none or taken (USAGE), or files cannot be written
    (OUTPUT).
    """
    folder = workspace.root / STYLES / name
    if not _NAME.fullmatch(name) or name in {"art", "fonts", "templates", *DEVICES}:
        raise ReportCardError(
            message('"{name}" cannot be the name of a theme.', name=name),
            code=ExitCode.USAGE,
            advice=message("Use lowercase letters, digits and hyphens, for example river-blue."),
        )
    if folder.exists() or name in packaged_themes():
        raise ReportCardError(
            message('there is already a theme "{name}".', name=name),
            code=ExitCode.USAGE,
            advice=message("Choose another name."),
        )
    edition = _edition(content, name)
    try:
        files = {f"{STYLES}/{name}/{path.as_posix()}": data for path, data in copied(used)}
    except OSError as error:
        raise ReportCardError(
            message("cannot write to {path}: {reason}.", path=str(folder), reason=reason(error)),
            code=ExitCode.OUTPUT,
            advice=message("Free up space or grant write permission. Nothing was changed."),
        ) from error
    replace_files(workspace.root, {**files, EDITION: edition})
    return (*sorted(files), EDITION)


def copied(used: Theme) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The files of a theme by their paths in it, with the paths in them as they are from a folder
    of styles/. Raises OSError or ValueError if one cannot be read.
    """
    paths = {path: None for pattern in _PATTERNS for path in used.paths(pattern)}
    files = [path for path in paths if used.exists(path)]
    schema = relpath(".", _ANY).encode() + b"/"
    for path in files:
        data = used.read(path)
        name = PurePosixPath(path).relative_to(used.folder)
        if name.suffix == ".css":
            data = _readdressed(data, used, files)
        elif name.suffix == ".yaml":
            data = _SCHEMA.sub(schema, data)
        yield name, data


def _readdressed(style: bytes, used: Theme, files: Collection[str]) -> bytes:
    """A style sheet of another folder, with the addresses in it of what does not come with it. A
    file that the theme does not have, such as a font, may be in a package.
    """

    def address(match: re.Match[bytes]) -> bytes:
        typed = match["address"].decode("utf-8", "surrogateescape")
        path = normpath(f"{used.folder}/{typed}")
        is_own = path in files or (path.startswith(f"{used.folder}/") and not used.exists(path))
        if is_own or path.startswith("../") or _ABSOLUTE.match(typed):
            return match[0]
        return match["start"] + relpath(path, _ANY).encode("utf-8", "surrogateescape")

    return _URL.sub(address, style)


def _edition(content: Content, name: str) -> bytes:
    """The edition's file with the theme named."""
    try:
        rewrite = Rewrite(("theme",), (("line", name),))
        return spliced(content.edition.data, EDITION, [rewrite])
    except SpliceError as error:
        raise ReportCardError(
            message("cannot change {file}: {reason}.", file=EDITION, reason=error.message),
            code=ExitCode.CONTENT,
            advice=message("Correct that file first. Nothing was changed."),
        ) from error
