"""Whether a file is what this content makes: it is made again, apart, and compared byte by byte."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportcard.build.card import make_card
from reportcard.build.editions import Kit, bilingual_name, file_name
from reportcard.build.inventory import Read, read_workspace
from reportcard.build.manifest import MANIFEST, Record, changed, digest, read_manifest
from reportcard.errors import ExitCode, ReportCardError
from reportcard.page.gauges import Gallery
from reportcard.pdf.difference import different_pages
from reportcard.pdf.inspection import UnreadableError, apart
from reportcard.pdf.inspection import read as read_file
from reportcard.pdf.preflight import identifier
from reportcard.problems.problem import Problem, has_errors
from reportcard.workspace.media import Medium
from reportcard.workspace.workspace import REGIONAL, Workspace

_LANGUAGE: Final = r"[a-z]{2,3}(?:-[A-Z]{2})?"
_NAME: Final = re.compile(
    rf"(?:(?P<country>[a-z0-9-]+?)-report-card|{REGIONAL})-(?P<languages>{_LANGUAGE}(?:-{_LANGUAGE})*)(-(?P<medium>print|archive))?"
)


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it: `differences` is empty if the file is the same; `problems` are those that
    keep it from being made.
    """

    file: str
    differences: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    code: ExitCode = ExitCode.CONTENT


def verify(workspace: Workspace, file: Path) -> Verification:
    """Makes the card of a file again in a temporary place and says what differs.

    A file is known by its name, or by the name that it bears inside. Raises ReportCardError
    (UNREADABLE) if it is none of this workspace's.
    """
    try:
        data = read_file(file)
    except UnreadableError as error:
        raise ReportCardError(
            f"{file} cannot be read: {error}.",
            code=ExitCode.UNREADABLE,
            advice="Name a file that is there.",
        ) from error
    read = read_workspace(workspace)
    if read.content is None or read.styles is None or has_errors(read.shared):
        return Verification(str(file), (), read.problems)
    country, languages, medium = _identity(read, file, data)
    if has_errors(read.problems_of(country)):
        return Verification(str(file), (), read.problems_of(country))
    kit = Kit.of(read, (medium,), bilingual=len(languages) > 1)
    with tempfile.TemporaryDirectory() as apart:
        made = make_card(kit, country, languages, Gallery(Path(apart)))
    if has_errors(made.problems):
        return Verification(str(file), (), made.problems, made.code)
    name = (
        bilingual_name(country, languages)
        if kit.bilingual
        else file_name(country, languages[0], medium)
    )
    if made.files[name] == data:
        return Verification(str(file), ())
    return Verification(
        str(file), tuple(_differences(file, data, made.files[name], made.records[name]))
    )


def _identity(read: Read, file: Path, data: bytes) -> tuple[str, tuple[str, ...], Medium]:
    assert read.content
    for name in _names(file, data):
        if match := _NAME.fullmatch(name):
            country, languages = (
                match["country"] or REGIONAL,
                tuple(re.findall(_LANGUAGE, match["languages"])),
            )
            known = read.content.edition.model.languages
            if country in (REGIONAL, *read.content.cards) and set(languages) <= set(known):
                return country, languages, Medium(match["medium"] or Medium.SCREEN)
    raise ReportCardError(
        f"{file} is no file that this workspace makes.",
        code=ExitCode.UNREADABLE,
        advice=(
            "Its name, or the name in its metadata, tells country, language and edition:"
            " peru-report-card-es-print.pdf"
        ),
    )


def _names(file: Path, data: bytes) -> Iterator[str]:
    """The file's name, and where that says nothing the one that it bears inside."""
    yield file.stem
    with suppress(UnreadableError):
        yield apart(identifier, data)


def _differences(file: Path, data: bytes, remade: bytes, now: Record) -> Iterator[str]:
    try:
        records: Mapping[str, Record] = read_manifest((file.parent / MANIFEST).read_bytes())
    except OSError:
        records = {}
    before = records.get(file.name) or next(
        (one for one in records.values() if one.sha256 == digest(data)), None
    )
    if before is None:
        yield f"what it was made from is not known: {MANIFEST} beside it does not name it"
    else:
        if before.sha256 != digest(data):
            yield (
                "the file was changed after it was built: it is not the one that its manifest"
                " records"
            )
        if before.date != now.date:
            yield f"the date that it bears: {before.date}, now {now.date}"
        for path in changed(before.inputs, now.inputs):
            is_new = path not in before.inputs
            told = "is gone" if path not in now.inputs else "is new" if is_new else "has changed"
            yield f"{path} {told}"
        for kind, old, new in (
            ("", before.tools, now.tools),
            ("the font ", before.fonts, now.fonts),
        ):
            for name in changed(old, new):
                yield (
                    f"{kind}{name}: made with {old.get(name, 'none')}, now {new.get(name, 'none')}"
                )
    try:
        pages = apart(different_pages, data, remade)
    except UnreadableError:
        yield "it is no PDF that can be read"
        return
    yield (
        f"pages that differ: {', '.join(map(str, pages))}"
        if pages
        else "the pages are the same; what differs is beside them (metadata, tags, links)"
    )
