"""A theme to edit: a copy of the one in use, in a folder of its own that the edition names."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import relpath
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
_URL: Final = re.compile(rb"(url\(\s*[\"']?)((?:\.\./)+figures/)")
_SCHEMA: Final = re.compile(rb"(?<=\$schema=)\S*?(?=schema/sizes\.json)")
#: What a theme consists of; a theme of a package lies among its code.
_PATTERNS: Final = ("*.yaml", "*.css", "templates/**/*.html", "art/*", "fonts/*")


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


def copied(used: Theme) -> Iterator[tuple[Path, bytes]]:
    """The files of a theme by their paths in it, with the paths in them as they are from a folder
    of styles/. Raises OSError or ValueError if one cannot be read.
    """
    figures = relpath("figures", f"{STYLES}/x").encode() + b"/"
    schema = relpath(".", f"{STYLES}/x").encode() + b"/"
    for pattern in _PATTERNS:
        for path in used.paths(pattern):
            if not used.exists(path):
                continue
            data = used.read(path)
            name = PurePosixPath(path).relative_to(used.folder)
            if name.suffix == ".css":
                data = _URL.sub(rb"\1" + figures, data)
            elif name.suffix == ".yaml":
                data = _SCHEMA.sub(schema, data)
            yield Path(name), data


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
