"""The record of a review, and whether it signs off a file: exactly this file, with every change
seen and none questioned.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import PurePath
from typing import Any, Final

from reportcard.messages.message import Hole, Message, message
from reportcard.review.changes import Comparison

FORMAT: Final = 1
MAXIMUM_SIZE: Final = 20_000_000
STATES: Final = ("seen", "questioned", "open")
#: How far the clock of the reviewer's machine may be ahead of this one's.
_CLOCK: Final = timedelta(minutes=10)
#: Fields that a reason names one by one.
_NAMED: Final = 5
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A change as the reviewer left it: `state` is seen, questioned or open, `remark` the comment
    on it.
    """

    id: str
    kind: str
    field: str
    place: str
    old: str
    new: str
    state: str
    remark: str


@dataclass(frozen=True, slots=True)
class Known:
    """One of the two files that were compared."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReviewedFile:
    """A pair of files, of which one may be missing, and its changes; why they could not be
    compared, and how many changes were left out.
    """

    name: str
    old: Known | None
    new: Known | None
    changes: tuple[Reviewed, ...]
    failed: str = ""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """Who reviewed what, and when, as the record has it: neither name nor date has been
    checked.
    """

    reviewer: str
    date: str
    files: tuple[ReviewedFile, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """Whether a record signs off a file; if not, `reasons` says why, each without a full stop.

    `questioned` and `open` count the changes of the file that are in these states.
    """

    valid: bool
    reasons: tuple[Message, ...]
    reviewer: str
    date: str
    questioned: int
    open: int


def read_record(data: bytes) -> ReviewRecord:
    """A record from its JSON. Unknown keys are ignored.

    Raises ValueError with a Message, of the place in the record and the fault, if it is not one.
    """
    if len(data) > MAXIMUM_SIZE:
        size = message("it is larger than {n} MB", n=MAXIMUM_SIZE // 1_000_000)
        raise ValueError(_no_record(size))
    try:
        values = json.loads(data, object_pairs_hook=_once)
    except _TwiceError as error:
        raise ValueError(
            message(
                'the key "{key}" appears twice in one object, so the record cannot be trusted',
                key=str(error),
            )
        ) from None
    except (ValueError, RecursionError):
        raise ValueError(_no_record(message("it is not JSON"))) from None
    if not isinstance(values, dict) or values.get("kind") != "review":
        raise ValueError(_no_record(message('its "kind" is not "review"')))
    if type(values.get("format")) is not int or values["format"] != FORMAT:
        raise ValueError(message('its format is unknown ("format" is not {n})', n=FORMAT))
    files = tuple(
        _file(one, f"files[{index}]") for index, one in enumerate(_list(values, "files", ""))
    )
    reviewer, date = (_text(values, key, "").strip() for key in ("reviewer", "date"))
    return ReviewRecord(reviewer, date, files)


def _no_record(fault: Message) -> Message:
    return message("this is not a review record ({fault})", fault=fault)


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
    if not record.reviewer:
        reasons.append(message("the record has no reviewer"))
    reasons += _date_faults(record.date)
    if comparison and files:
        reasons += _other_changes(changes, comparison)
    return SignOff(
        not reasons, tuple(reasons), record.reviewer, record.date, len(questioned), len(unseen)
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


def _other_changes(changes: Iterable[Reviewed], comparison: Comparison) -> Iterator[Message]:
    if comparison.failed:
        yield message(
            "the record's list of changes cannot be checked: {reason}", reason=comparison.failed
        )
        return
    listed, found = {change.id for change in changes}, {change.id for change in comparison.changes}
    if listed != found:
        yield message(
            (
                "the record does not match the changes found by this comparison: {missing} "
                "missing, {extra} extra"
            ),
            missing=len(found - listed),
            extra=len(listed - found),
        )


class _TwiceError(Exception):
    """An object has a key twice: a person may read one value and a program take the other."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(_SURROGATE.sub("?", key[:40]))
        found[key] = value
    return found


def _file(value: object, at: str) -> ReviewedFile:
    one = _object(value, at)
    changes = tuple(
        _change(change, f"{at}.changes[{index}]")
        for index, change in enumerate(_list(one, "changes", f"{at}."))
    )
    failed, left_out = one.get("failed", ""), one.get("left_out", 0)
    if not isinstance(failed, str) or not isinstance(left_out, int):
        raise ValueError(  # noqa: TRY004
            message('{key} in the record has an invalid value for "failed" or "left_out"', key=at)
        )
    return ReviewedFile(
        _text(one, "name", f"{at}."),
        _known(one, "old", f"{at}."),
        _known(one, "new", f"{at}."),
        changes,
        failed,
        left_out,
    )


def _known(values: dict[str, Any], key: str, at: str) -> Known | None:
    if key not in values:
        raise ValueError(_not_a(message("object"), f"{at}{key}"))
    if values[key] is None:
        return None
    one = _object(values[key], f"{at}{key}")
    digest = _text(one, "sha256", f"{at}{key}.").lower()
    if not _SHA256.fullmatch(digest):
        raise ValueError(_not_a(message("SHA-256 checksum"), f"{at}{key}.sha256"))
    return Known(_text(one, "name", f"{at}{key}."), digest)


def _change(value: object, at: str) -> Reviewed:
    one = _object(value, at)
    values = {key: _text(one, key, f"{at}.") for key in Reviewed.__dataclass_fields__}
    if values["state"] not in STATES:
        raise ValueError(
            message("{key} in the record is not one of {names}", key=f"{at}.state", names=STATES)
        )
    return Reviewed(**values)


def _object(value: object, at: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise ValueError(_not_a(message("object"), at))


def _list(values: dict[str, Any], key: str, at: str) -> list[Any]:
    value = values.get(key)
    if isinstance(value, list):
        return value
    raise ValueError(_not_a(message("list"), f"{at}{key}"))


def _text(values: dict[str, Any], key: str, at: str) -> str:
    """A text without signs that a terminal would obey."""
    value = values.get(key)
    if isinstance(value, str) and not _SURROGATE.search(value):
        return _CONTROL.sub("", value)
    raise ValueError(_not_a(message("text"), f"{at}{key}"))


def _not_a(kind: Message, at: str) -> Message:
    return message(
        "{key} in the record is missing or has the wrong type; expected type: {kind}",
        key=at,
        kind=kind,
    )
