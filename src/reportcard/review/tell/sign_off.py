"""The record of a review, and whether it signs a file off: this very file, every change of it seen
and none in question.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import PurePath
from typing import Any, Final

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
    """A change as the reviewer left it: `state` is seen, questioned or open, `remark` what was said
    about it.
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
    """Who reviewed what, and when, as the record says it: neither name nor date has been
    checked.
    """

    reviewer: str
    date: str
    files: tuple[ReviewedFile, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """Whether a record signs a file off; if not, `reasons` says why, each a sentence's worth
    without its full stop.

    `questioned` and `open` count the changes of the file that are in these states.
    """

    valid: bool
    reasons: tuple[str, ...]
    reviewer: str
    date: str
    questioned: int
    open: int


def read_record(data: bytes) -> ReviewRecord:
    """A record from its JSON. Keys that are not known are passed over.

    Raises ValueError, with the place in the record and what is wrong there, if it is not one.
    """
    if len(data) > MAXIMUM_SIZE:
        raise ValueError(
            f"this is no record of a review: it is larger than {MAXIMUM_SIZE // 1_000_000} MB"
        )
    try:
        told = json.loads(data, object_pairs_hook=_once)
    except _TwiceError as error:
        raise ValueError(
            f"this record cannot be trusted: an object in it has the key “{error}” twice"
        ) from None
    except (ValueError, RecursionError):
        raise ValueError("this is no record of a review: it is no JSON") from None
    if not isinstance(told, dict) or told.get("kind") != "review":
        raise ValueError("this is no record of a review: its “kind” is not “review”")
    if type(told.get("format")) is not int or told["format"] != FORMAT:
        raise ValueError(
            f"this record is of a format that is not known: “format” is not {FORMAT}; save the"
            " review again with this version"
        )
    files = tuple(
        _file(one, f"files[{index}]") for index, one in enumerate(_list(told, "files", ""))
    )
    return ReviewRecord(_text(told, "reviewer", "").strip(), _text(told, "date", "").strip(), files)


def check_record(
    record: ReviewRecord, name: str, data: bytes, comparison: Comparison | None = None
) -> SignOff:
    """Whether a record signs a file off. `name` is the file's name, `data` its bytes.

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
        reasons.append(f"{_counted(questioned, 'is', 'are')} questioned: {_named(questioned)}")
    if unseen:
        reasons.append(f"{_counted(unseen, 'was', 'were')} not looked at: {_named(unseen)}")
    for file in files:
        reasons += _comparison_faults(file)
    if not record.reviewer:
        reasons.append("it names no reviewer")
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


def _another(record: ReviewRecord, name: str, digest: str) -> str:
    namesakes = _namesakes(record, name)
    if namesakes and namesakes[0].new:
        return (
            f"the file was altered after the review, or is another one: it has sha256 {digest}, the"
            f" record says {namesakes[0].new.sha256}"
        )
    names = [file.new.name for file in record.files if file.new]
    told = f"it is about {_some(names)}" if names else "it is about no new file"
    return f"the record does not know this file: it has sha256 {digest}; {told}"


def _counted(changes: Sequence[Reviewed], one: str, more: str) -> str:
    return f"1 change {one}" if len(changes) == 1 else f"{len(changes):,} changes {more}"


def _named(changes: Iterable[Reviewed]) -> str:
    return _some([change.field or change.place or change.kind for change in changes])


def _some(names: Iterable[str]) -> str:
    """The first few of some names, each once, and how many more there are."""
    once = list(dict.fromkeys(names))
    more = f" and {len(once) - _NAMED} more" if len(once) > _NAMED else ""
    return ", ".join(once[:_NAMED]) + more


def _comparison_faults(file: ReviewedFile) -> Iterator[str]:
    """Why a file was not reviewed as a whole, whatever was said of its changes."""
    if file.old is None:
        yield "the file was compared with none: nothing in it was reviewed"
    elif file.new and file.old.sha256 == file.new.sha256:
        yield "the file was compared with itself: nothing in it was reviewed"
    if file.failed:
        yield "the files could not be compared"
    if file.left_out:
        yield f"{file.left_out} changes were left out of the comparison"


def _date_faults(date: str) -> Iterator[str]:
    try:
        when = datetime.fromisoformat(date)
        if when.tzinfo is None:
            yield f"its date, {date}, names no time zone"
        elif when > datetime.now(UTC) + _CLOCK:
            yield f"its date, {date}, is in the future"
    except (ValueError, OverflowError):
        yield (
            f"its date, “{date[:40]}”, cannot be read: ISO 8601 is wanted"
            if date
            else "it has no date"
        )


def _other_changes(changes: Iterable[Reviewed], comparison: Comparison) -> Iterator[str]:
    if comparison.failed:
        yield (
            "whether it lists every change is not known, the files cannot be compared now:"
            f" {comparison.failed}"
        )
        return
    listed, found = {change.id for change in changes}, {change.id for change in comparison.changes}
    if listed != found:
        yield (
            f"the record lists other changes than a comparison finds now: {len(found - listed)} are"
            f" not in it, {len(listed - found)} are no longer found"
        )


class _TwiceError(Exception):
    """An object has a key twice: what a person reads in it may not be what a program takes."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(_SURROGATE.sub("?", key[:40]))
        found[key] = value
    return found


def _file(told: object, at: str) -> ReviewedFile:
    one = _object(told, at)
    changes = tuple(
        _change(change, f"{at}.changes[{index}]")
        for index, change in enumerate(_list(one, "changes", f"{at}."))
    )
    failed, left_out = one.get("failed", ""), one.get("left_out", 0)
    if not isinstance(failed, str) or not isinstance(left_out, int):
        raise ValueError(f"the record's {at} does not tell whether the files were compared")  # noqa: TRY004
    return ReviewedFile(
        _text(one, "name", f"{at}."),
        _known(one, "old", f"{at}."),
        _known(one, "new", f"{at}."),
        changes,
        failed,
        left_out,
    )


def _known(told: dict[str, Any], key: str, at: str) -> Known | None:
    if key not in told:
        raise ValueError(f"the record has no {at}{key}")
    if told[key] is None:
        return None
    one = _object(told[key], f"{at}{key}")
    digest = _text(one, "sha256", f"{at}{key}.").lower()
    if not _SHA256.fullmatch(digest):
        raise ValueError(f"the record's {at}{key}.sha256 is none: 64 hexadecimal digits are wanted")
    return Known(_text(one, "name", f"{at}{key}."), digest)


def _change(told: object, at: str) -> Reviewed:
    one = _object(told, at)
    values = {key: _text(one, key, f"{at}.") for key in Reviewed.__dataclass_fields__}
    if values["state"] not in STATES:
        raise ValueError(f"the record's {at}.state is none of {', '.join(STATES)}")
    return Reviewed(**values)


def _object(told: object, at: str) -> dict[str, Any]:
    if isinstance(told, dict):
        return told
    raise ValueError(f"the record's {at} is no object")


def _list(told: dict[str, Any], key: str, at: str) -> list[Any]:
    value = told.get(key)
    if isinstance(value, list):
        return value
    raise ValueError(f"the record's {at}{key} is no list, or missing")


def _text(told: dict[str, Any], key: str, at: str) -> str:
    """A text without signs that a terminal would obey."""
    value = told.get(key)
    if isinstance(value, str) and not _SURROGATE.search(value):
        return _CONTROL.sub("", value)
    raise ValueError(f"the record's {at}{key} is no text, or missing")
