"""The record of a review as reviewers export it: who reviewed which files, and what they left on
each change.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from reportcard.messages.message import Message, message

FORMAT: Final = 1
MAXIMUM_SIZE: Final = 20_000_000
STATES: Final = ("seen", "questioned", "open")
#: Said by others of a change, at most.
_MOST_SAID: Final = 1000
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Said:
    """What someone said of a change before: a reviewer of another record, or a reply in this one.
    `state` is empty if they only replied.
    """

    reviewer: str
    date: str
    state: str
    remark: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A change as the reviewer left it: `state` is seen, questioned or open, `remark` the comment
    on it, `thread` what was said of it before, in order.
    """

    id: str
    kind: str
    field: str
    place: str
    old: str
    new: str
    state: str
    remark: str
    thread: tuple[Said, ...] = ()


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
    keys = [key for key in Reviewed.__dataclass_fields__ if key != "thread"]
    values = {key: _text(one, key, f"{at}.") for key in keys}
    if values["state"] not in STATES:
        raise ValueError(
            message("{key} in the record is not one of {names}", key=f"{at}.state", names=STATES)
        )
    said = _list(one, "thread", f"{at}.")[:_MOST_SAID] if "thread" in one else ()
    thread = tuple(_said(part, f"{at}.thread[{index}]") for index, part in enumerate(said))
    return Reviewed(**values, thread=thread)


def _said(value: object, at: str) -> Said:
    one = _object(value, at)
    said = Said(**{key: _text(one, key, f"{at}.") for key in Said.__dataclass_fields__})
    if said.state not in ("", *STATES):
        raise ValueError(
            message("{key} in the record is not one of {names}", key=f"{at}.state", names=STATES)
        )
    return said


def _object(value: object, at: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise ValueError(_not_a(message("object"), at))


def _list(values: dict[str, Any], key: str, at: str) -> list[Any]:
    value = values.get(key)
    if isinstance(value, list):
        return value
    raise ValueError(_not_a(message("list"), f"{at}{key}"))


def shown(text: str) -> str:
    """A text without signs that a terminal would obey, as a record is read."""
    return _CONTROL.sub("", text)


def _text(values: dict[str, Any], key: str, at: str) -> str:
    """A text without signs that a terminal would obey."""
    value = values.get(key)
    if isinstance(value, str) and not _SURROGATE.search(value):
        return shown(value)
    raise ValueError(_not_a(message("text"), f"{at}{key}"))


def _not_a(kind: Message, at: str) -> Message:
    return message(
        "{key} in the record is missing or has the wrong type; expected type: {kind}",
        key=at,
        kind=kind,
    )
