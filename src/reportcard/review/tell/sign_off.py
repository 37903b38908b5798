"""Whether a record signs off a file: exactly this file, with every change seen and none
questioned.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import PurePath
from typing import Final
from unicodedata import category, normalize

from reportcard.messages.message import Hole, Message, message
from reportcard.review.changes import Comparison
from reportcard.review.tell.review_record import Reviewed, ReviewedFile, ReviewRecord, shown

#: How far the clock of the reviewer's machine may be ahead of this one's.
_CLOCK: Final = timedelta(minutes=10)
#: Fields that a reason names one by one.
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class SignOff:
    """Whether a record signs off a file; if not, `reasons` says why, each without a full stop.

    `questioned` and `open` count the changes of the file that are in these states; `remarked` are
    those that someone remarked on.
    """

    valid: bool
    reasons: tuple[Message, ...]
    reviewer: str
    date: str
    questioned: int
    open: int
    remarked: tuple[Reviewed, ...] = ()


def person(name: str) -> str:
    """A reviewer's name, however it is spaced, capitalized and encoded; empty if nothing of it can
    be seen.
    """
    seen = (sign for sign in normalize("NFKC", name) if category(sign) not in ("Cf", "Cc"))
    return " ".join("".join(seen).split()).casefold()


def moment(date: str) -> datetime | None:
    """When a record was saved; None if its date is none that counts."""
    return None if [*_date_faults(date)] else datetime.fromisoformat(date)


def check_record(
    record: ReviewRecord, name: str, data: bytes, comparison: Comparison | None = None
) -> SignOff:
    """Whether a record signs off a file. `name` is the file's name, `data` its bytes.

    With a fresh comparison of the old file and this one, the record has to list the very changes
    that it finds.
    """
    digest = sha256(data).hexdigest()
    files = [file for file in record.files if file.new and file.new.sha256 == digest]
    reasons = [] if files else [_another(record, name, digest)]
    # Of a file that is not the one reviewed, it is still worth knowing how far its review got.
    changes = [change for file in files or _namesakes(record, name) for change in file.changes]
    questioned = [change for change in changes if change.state == "questioned"]
    unseen = [change for change in changes if change.state == "open"]
    if questioned:
        reasons.append(
            message(
                "{n} change was questioned: {names}",
                "{n} changes were questioned: {names}",
                n=len(questioned),
                names=_named(questioned),
            )
        )
    if unseen:
        reasons.append(
            message(
                "{n} change was not marked as seen: {names}",
                "{n} changes were not marked as seen: {names}",
                n=len(unseen),
                names=_named(unseen),
            )
        )
    for file in files:
        reasons += _comparison_faults(file, is_compared=comparison is not None)
    if not person(record.reviewer):
        reasons.append(message("the record has no reviewer"))
    reasons += _date_faults(record.date)
    reasons += _all_other_changes(files, comparison)
    return SignOff(
        not reasons,
        tuple(dict.fromkeys(reasons)),
        record.reviewer,
        record.date,
        len(questioned),
        len(unseen),
        tuple(change for change in changes if change.remark or change.thread),
    )


def _namesakes(record: ReviewRecord, name: str) -> list[ReviewedFile]:
    return [
        file
        for file in record.files
        if file.new and PurePath(file.new.name).name == PurePath(name).name
    ]


def _another(record: ReviewRecord, name: str, digest: str) -> Message:
    namesakes = _namesakes(record, name)
    if namesakes and namesakes[0].new:
        return message(
            (
                "the file is not the one that was reviewed: its SHA-256 is {found}, but the "
                "record lists {recorded}"
            ),
            found=digest,
            recorded=namesakes[0].new.sha256,
        )
    names = [file.new.name for file in record.files if file.new]
    if names:
        return message(
            "the record is for {names}, not for this file (SHA-256 {found})",
            names=_some(names),
            found=digest,
        )
    return message("the record is not for this file (SHA-256 {found})", found=digest)


def _named(changes: Iterable[Reviewed]) -> Hole:
    return _some([change.field or change.place or change.kind for change in changes])


def _some(names: Iterable[str]) -> Hole:
    """The first few of some names, each once, and how many more there are."""
    once = tuple(dict.fromkeys(names))
    if len(once) <= _NAMED:
        return once
    return message("{names} and {n} more", names=once[:_NAMED], n=len(once) - _NAMED)


def _comparison_faults(file: ReviewedFile, *, is_compared: bool) -> Iterator[Message]:
    """Why a file was not reviewed as a whole, whatever the states of its changes. Only a fresh
    comparison (`is_compared`) can tell that two files differ in nothing that is reported.
    """
    if file.old is None:
        yield message("the file was not compared with another file, so nothing was reviewed")
    elif file.new and file.old.sha256 == file.new.sha256:
        yield message("the file was compared with itself, so nothing was reviewed")
    if file.failed:
        yield message("the files could not be compared")
    elif not is_compared and file.old and file.new and not file.changes:
        yield message("the record lists no changes, although the two files differ")
    if file.left_out:
        yield message(
            "{n} change was left out of the comparison",
            "{n} changes were left out of the comparison",
            n=file.left_out,
        )


def _date_faults(date: str) -> Iterator[Message]:
    try:
        when = datetime.fromisoformat(date)
        if when.tzinfo is None:
            yield message("the record's date, {date}, has no time zone", date=date)
        elif when > datetime.now(UTC) + _CLOCK:
            yield message("the record's date, {date}, is in the future", date=date)
    except (ValueError, OverflowError):
        yield (
            message('the record\'s date, "{date}", is not in ISO 8601 format', date=date[:40])
            if date
            else message("the record has no date")
        )


def _all_other_changes(
    files: Iterable[ReviewedFile], comparison: Comparison | None
) -> Iterator[Message]:
    for file in files:
        if comparison:
            yield from _other_changes(file, comparison)


def _other_changes(file: ReviewedFile, comparison: Comparison) -> Iterator[Message]:
    """How a file's list of changes differs from what a comparison finds now."""
    if comparison.failed:
        yield message(
            "the record's list of changes cannot be checked: {reason}", reason=comparison.failed
        )
        return
    if comparison.old and file.old and comparison.old.sha256 != file.old.sha256:
        yield message("the record is a review against another old file")
        return
    listed = {change.id: change for change in file.changes}
    found = {change.id: change for change in comparison.changes}
    if listed.keys() != found.keys():
        yield message(
            (
                "the record does not match the changes found by this comparison: {missing} "
                "missing, {extra} extra"
            ),
            missing=len(found.keys() - listed.keys()),
            extra=len(listed.keys() - found.keys()),
        )
    edited = [
        listed[id_]
        for id_ in listed.keys() & found.keys()
        if any(
            getattr(listed[id_], key) != shown(getattr(found[id_], key))
            for key in ("kind", "field", "old", "new")
        )
    ]
    if edited:
        yield message(
            "{n} change is described differently in the record: {names}",
            "{n} changes are described differently in the record: {names}",
            n=len(edited),
            names=_named(sorted(edited, key=lambda change: change.id)),
        )
