"""Sign-off: a record signs the very file that was reviewed, with every change seen, and says
plainly why not.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from reportcard.review.changes import Act, Change, Comparison, Kind
from reportcard.review.tell.review_record import MAXIMUM_SIZE, Known, read_record
from reportcard.review.tell.sign_off import SignOff, check_record

DATA = b"the new file"
NAME = "peru-report-card-es.pdf"
CHANGES = (
    Change(
        Kind.NUMBER, Act.CHANGED, "peru/context", "content/cards/peru.yaml:12:5", "es", "30", "35"
    ),
    Change(Kind.WORDING, Act.ADDED, "", "content/cards/peru.yaml:3:1", new="more"),
)


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def form(*states: str) -> dict[str, Any]:
    """A record as the comparison's page saves it."""
    changes = [
        {
            "id": change.id,
            "kind": change.kind.value,
            "field": change.field,
            "place": change.place,
            "old": change.old,
            "new": change.new,
            "state": state,
            "remark": "",
            "more": 1,
        }
        for change, state in zip(CHANGES, states or ("seen", "seen"), strict=True)
    ]
    file = {
        "name": NAME,
        "old": {"name": NAME, "sha256": digest(b"old")},
        "new": {"name": NAME, "sha256": digest(DATA)},
        "changes": changes,
    }
    return {
        "format": 1,
        "kind": "review",
        "reviewer": "Reviewer A",
        "date": "2025-11-03T14:25:30.123Z",
        "files": [file],
        "unknown": {},
    }


def signed(
    told: dict[str, Any], data: bytes = DATA, name: str = NAME, comparison: Comparison | None = None
) -> SignOff:
    return check_record(read_record(json.dumps(told).encode()), name, data, comparison)


def reasons(found: SignOff) -> tuple[str, ...]:
    return tuple(map(str, found.reasons))


def test_a_review_in_which_all_was_seen_signs_the_file() -> None:
    assert signed(form()) == SignOff(True, (), "Reviewer A", "2025-11-03T14:25:30.123Z", 0, 0)
    assert signed(form(), name="another name.pdf").valid


def test_a_record_is_read_whole() -> None:
    told = form("seen", "questioned")
    told["files"][0]["changes"][1]["remark"] = "Why\x1b[31m?"
    told["files"][0]["old"] = None
    (file,) = read_record(b"\xef\xbb\xbf" + json.dumps(told).encode()).files
    assert (file.name, file.old, file.new) == (NAME, None, Known(NAME, digest(DATA)))
    assert (file.changes[0].id, file.changes[0].old, file.changes[1].remark) == (
        CHANGES[0].id,
        "30",
        "Why[31m?",
    )


def test_a_file_that_was_altered_is_not_signed() -> None:
    found = signed(form("seen", "open"), b"altered")
    assert reasons(found) == (
        (
            f"the file is not the one that was reviewed: its SHA-256 is {digest(b'altered')}, but"
            f" the record lists {digest(DATA)}"
        ),
        "1 change was not marked as seen: content/cards/peru.yaml:3:1",
    )
    assert not found.valid
    assert found.open == 1


def test_a_file_that_the_record_does_not_know_is_not_signed() -> None:
    found = signed(form(), b"altered", "colombia.pdf")
    assert reasons(found) == (
        (f"the record is for {NAME}, not for this file (SHA-256 {digest(b'altered')})"),
    )
    told = form()
    told["files"][0]["new"] = None
    assert reasons(signed(told))[0] == (f"the record is not for this file (SHA-256 {digest(DATA)})")


def test_the_old_file_is_not_signed_by_the_review_of_the_new_one() -> None:
    assert not signed(form(), b"old").valid


def test_questioned_and_open_changes_are_told() -> None:
    found = signed(form("questioned", "open"))
    assert reasons(found) == (
        "1 change was questioned: peru/context",
        "1 change was not marked as seen: content/cards/peru.yaml:3:1",
    )
    assert (found.valid, found.questioned, found.open) == (False, 1, 1)
    told = form("questioned", "open")
    told["files"][0]["changes"] = [
        {**told["files"][0]["changes"][0], "field": f"peru/{index}"} for index in range(8)
    ]
    assert reasons(signed(told)) == (
        "8 changes were questioned: peru/0, peru/1, peru/2, peru/3, peru/4 and 3 more",
    )


def test_only_the_files_own_changes_count_but_all_of_them() -> None:
    told = form()
    other = form("open", "open")["files"][0]
    told["files"].append(other | {"new": {"name": "other.pdf", "sha256": digest(b"other")}})
    assert signed(told).valid
    told["files"].append(other)
    assert signed(told).open == 2


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("", "the record has no date"),
        ("yesterday", 'the record\'s date, "yesterday", is not in ISO 8601 format'),
        ("2025-11-03T14:25:30", "the record's date, 2025-11-03T14:25:30, has no time zone"),
        ("2999-01-01T00:00:00Z", "the record's date, 2999-01-01T00:00:00Z, is in the future"),
        (
            "9999-12-31T23:59:59-23:59",
            "the record's date, 9999-12-31T23:59:59-23:59, is in the future",
        ),
    ],
)
def test_a_date_that_cannot_be_is_told(date: str, reason: str) -> None:
    assert reasons(signed(form() | {"date": date})) == (reason,)


def test_a_clock_that_is_a_little_fast_is_forgiven() -> None:
    now = datetime.now(UTC)
    assert signed(form() | {"date": (now + timedelta(minutes=5)).isoformat()}).valid
    assert not signed(form() | {"date": (now + timedelta(minutes=20)).isoformat()}).valid


def test_nobody_signs_nothing() -> None:
    assert reasons(signed(form() | {"reviewer": "  "})) == ("the record has no reviewer",)


def test_a_record_lists_what_a_comparison_finds_now() -> None:
    fresh = Comparison("card", None, None, changes=CHANGES)
    assert signed(form(), comparison=fresh).valid
    one_more = replace(fresh, changes=(*CHANGES, Change(Kind.LINK, Act.ADDED)))
    assert reasons(signed(form(), comparison=one_more)) == (
        ("the record does not match the changes found by this comparison: 1 missing, 0 extra"),
    )
    one_less = replace(fresh, changes=CHANGES[:1])
    assert not signed(form(), comparison=one_less).valid
    failed = replace(fresh, changes=(), failed="it is damaged")
    assert reasons(signed(form(), comparison=failed)) == (
        ("the record's list of changes cannot be checked: it is damaged"),
    )


Break = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda told: told.pop("kind"), 'its "kind" is not "review"'),
        (lambda told: told.update(format=2), '"format" is not 1'),
        (lambda told: told.update(format=True), '"format" is not 1'),
        (
            lambda told: told.update(reviewer=None),
            "reviewer in the record is missing or has the wrong type; expected type: text",
        ),
        (
            lambda told: told.update(reviewer="\ud800"),
            "reviewer in the record is missing or has the wrong type; expected type: text",
        ),
        (
            lambda told: told.pop("date"),
            "date in the record is missing or has the wrong type; expected type: text",
        ),
        (
            lambda told: told.update(files={}),
            "files in the record is missing or has the wrong type; expected type: list",
        ),
        (
            lambda told: told.update(files=[3]),
            r"files\[0\] in the record is missing or has the wrong type; expected type: object",
        ),
        (lambda told: told["files"][0].pop("new"), r"files\[0\].new in the record is missing"),
        (
            lambda told: told["files"][0].update(new="x"),
            r"files\[0\].new in the record is missing or has the wrong type; expected type: object",
        ),
        (
            lambda told: told["files"][0]["new"].update(sha256="x"),
            r"files\[0\].new.sha256 in the record is missing or has the wrong type; "
            "expected type: SHA-256",
        ),
        (
            lambda told: told["files"][0].update(changes=None),
            r"files\[0\].changes in the record is missing or has the wrong type; "
            "expected type: list",
        ),
        (
            lambda told: told["files"][0]["changes"].append([]),
            r"changes\[2\] in the record is missing or has the wrong type; "
            "expected type: object",
        ),
        (
            lambda told: told["files"][0]["changes"][1].update(state="fine"),
            r"changes\[1\].state in the record is not one of seen, questioned, open",
        ),
        (
            lambda told: told["files"][0]["changes"][1].update(old=3),
            r"changes\[1\].old in the record is missing or has the wrong type",
        ),
        (
            lambda told: told["files"][0]["changes"][1].pop("id"),
            r"changes\[1\].id in the record is missing or has the wrong type",
        ),
    ],
)
def test_a_record_of_another_form_is_refused_with_its_place(damage: Break, reason: str) -> None:
    told = form()
    damage(told)
    with pytest.raises(ValueError, match=reason):
        read_record(json.dumps(told).encode())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is not JSON"),
        (b"\xff\xfe\xff", "it is not JSON"),
        (b"[" * 1_000_000, "it is not JSON"),
        (b"9" * 10_000, "it is not JSON"),
        (b"[]", 'is not "review"'),
        (b" " * (MAXIMUM_SIZE + 1), "larger than 20 MB"),
        (b'{"kind":"review","kind":"review"}', 'the key "kind" appears twice'),
    ],
)
def test_what_is_no_record_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_record(data)
