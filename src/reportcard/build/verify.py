"""Whether a file is what this content makes: it is made again, apart, and compared byte by byte."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reportcard.build.card import make_card
from reportcard.build.cards import card_named
from reportcard.build.editions import Kit
from reportcard.build.inventory import SoundWorkspace, read_workspace
from reportcard.build.manifest import MANIFEST, Record, changed, digest, read_manifest
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message
from reportcard.page.gauges import Gallery
from reportcard.pdf.difference import painted_difference
from reportcard.pdf.preflight import identifier
from reportcard.problems.problem import Problem, has_errors
from reportcard.workspace.bounds import UnreadableError, apart
from reportcard.workspace.bounds import read as read_file
from reportcard.workspace.card_files import CardFile, bilingual_name, card_file, file_name
from reportcard.workspace.store import Store
from reportcard.workspace.system import reason
from reportcard.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it: `differences` is empty if the file is the same; `problems` are those that
    keep it from being made.
    """

    file: str
    differences: tuple[Message, ...]
    problems: tuple[Problem, ...] = ()
    code: ExitCode = ExitCode.CONTENT


def verify(workspace: Workspace, file: Path) -> Verification:
    """Makes the card of a file again in a temporary place and finds what differs.

    A file is known by its name, or by the name that it bears inside. Raises ReportCardError
    (UNREADABLE) if it does not belong to this workspace.
    """
    try:
        data = read_file(file)
    except UnreadableError as error:
        raise ReportCardError(
            message("{file} cannot be read: {reason}.", file=str(file), reason=reason(error)),
            code=ExitCode.UNREADABLE,
            advice=message("Specify an existing PDF."),
        ) from error
    read = read_workspace(workspace)
    if not isinstance(read, SoundWorkspace):
        return Verification(str(file), (), read.problems)
    wanted = _identity(read, file, data)
    problems = card_named(wanted.card).problems(read)
    if has_errors(problems):
        return Verification(str(file), (), problems)
    kit = Kit.of(read, (wanted.medium,), bilingual=len(wanted.languages) > 1)
    with tempfile.TemporaryDirectory() as apart:
        gallery = Gallery(Store(Path(apart)))
        made = make_card(kit, wanted.card, wanted.languages, gallery)
    if has_errors(made.problems):
        return Verification(str(file), (), made.problems, made.code)
    name = (
        bilingual_name(wanted.card, wanted.languages)
        if kit.bilingual
        else file_name(wanted.card, wanted.languages[0], wanted.medium)
    )
    if made.files[name] == data:
        return Verification(str(file), ())
    return Verification(
        str(file), tuple(_differences(file, data, made.files[name], made.records[name]))
    )


def _identity(read: SoundWorkspace, file: Path, data: bytes) -> CardFile:
    known = read.content.edition.model.languages
    for name in _names(file, data):
        found = card_file(name)
        is_card = found and (found.is_scoreboard or found.card in read.content.cards)
        if found and is_card and set(found.languages) <= set(known):
            return found
    raise ReportCardError(
        message("{file} is not a file that this workspace produces.", file=str(file)),
        code=ExitCode.UNREADABLE,
        advice=message(
            "Use the original file name from the build, such as peru-report-card-es-print.pdf."
        ),
    )


def _names(file: Path, data: bytes) -> Iterator[str]:
    """The file's name, then the name in its metadata."""
    yield file.stem
    with suppress(UnreadableError):
        yield apart(identifier, data)


def _differences(file: Path, data: bytes, remade: bytes, now: Record) -> Iterator[Message]:
    try:
        records: Mapping[str, Record] = read_manifest((file.parent / MANIFEST).read_bytes())
    except OSError:
        records = {}
    before = records.get(file.name) or next(
        (one for one in records.values() if one.sha256 == digest(data)), None
    )
    if before is None:
        yield message(
            ("the file's origin is unknown: it is not listed in {manifest} in the same folder"),
            manifest=MANIFEST,
        )
    else:
        if before.sha256 != digest(data):
            yield message("the file was changed after it was built")
        if before.date != now.date:
            yield message(
                "the date changed from {before} to {now}", before=before.date, now=now.date
            )
        for path in changed(before.inputs, now.inputs):
            if path not in now.inputs:
                yield message("{file} was deleted", file=path)
            elif path not in before.inputs:
                yield message("{file} is new", file=path)
            else:
                yield message("{file} has changed", file=path)
        for old, new in ((before.tools, now.tools), (before.fonts, now.fonts)):
            for name in changed(old, new):
                yield message(
                    "{name}: {old} when the file was built, now {new}",
                    name=name,
                    old=old.get(name) or message("none"),
                    new=new.get(name) or message("none"),
                )
    yield from _painted(data, remade)


def _painted(data: bytes, remade: bytes) -> Iterator[Message]:
    try:
        painted = apart(painted_difference, data, remade)
    except UnreadableError:
        yield message("the file is not a readable PDF")
        return
    if painted.pages:
        yield message("pages that differ: {pages}", pages=painted.pages)
    if painted.fonts:
        yield message("pages with different embedded fonts: {pages}", pages=painted.fonts)
    if not (painted.pages or painted.fonts):
        yield message("the pages are identical; only metadata, tags or links differ")
