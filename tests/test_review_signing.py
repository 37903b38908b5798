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
from reportcard.review.tell.sign_off import MAXIMUM_SIZE, Known, SignOff, check_record, read_record

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
    assert found.reasons == (
        (
            "the file was altered after the review, or is another one: it has sha256"
            f" {digest(b'altered')}, the record says {digest(DATA)}"
        ),
        "1 change was not looked at: content/cards/peru.yaml:3:1",
    )
    assert not found.valid
    assert found.open == 1


def test_a_file_that_the_record_does_not_know_is_not_signed() -> None:
    found = signed(form(), b"altered", "colombia.pdf")
    assert found.reasons == (
        (
            f"the record does not know this file: it has sha256 {digest(b'altered')}; it is about"
            f" {NAME}"
        ),
    )
    told = form()
    told["files"][0]["new"] = None
    assert signed(told).reasons[0].endswith("it is about no new file")


def test_the_old_file_is_not_signed_by_the_review_of_the_new_one() -> None:
    assert not signed(form(), b"old").valid


def test_questioned_and_open_changes_are_told() -> None:
    found = signed(form("questioned", "open"))
    assert found.reasons == (
        "1 change is questioned: peru/context",
        "1 change was not looked at: content/cards/peru.yaml:3:1",
    )
    assert (found.valid, found.questioned, found.open) == (False, 1, 1)
    told = form("questioned", "open")
    told["files"][0]["changes"] = [
        {**told["files"][0]["changes"][0], "field": f"peru/{index}"} for index in range(8)
    ]
    assert signed(told).reasons == (
        "8 changes are questioned: peru/0, peru/1, peru/2, peru/3, peru/4 and 3 more",
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
        ("", "it has no date"),
        ("yesterday", "its date, “yesterday”, cannot be read: ISO 8601 is wanted"),
        ("2025-11-03T14:25:30", "its date, 2025-11-03T14:25:30, names no time zone"),
        ("2999-01-01T00:00:00Z", "its date, 2999-01-01T00:00:00Z, is in the future"),
        ("9999-12-31T23:59:59-23:59", "its date, 9999-12-31T23:59:59-23:59, is in the future"),
    ],
)
def test_a_date_that_cannot_be_is_told(date: str, reason: str) -> None:
    assert signed(form() | {"date": date}).reasons == (reason,)


def test_a_clock_that_is_a_little_fast_is_forgiven() -> None:
    now = datetime.now(UTC)
    assert signed(form() | {"date": (now + timedelta(minutes=5)).isoformat()}).valid
    assert not signed(form() | {"date": (now + timedelta(minutes=20)).isoformat()}).valid


def test_nobody_signs_nothing() -> None:
    assert signed(form() | {"reviewer": "  "}).reasons == ("it names no reviewer",)


def test_a_record_lists_what_a_comparison_finds_now() -> None:
    fresh = Comparison("card", None, None, changes=CHANGES)
    assert signed(form(), comparison=fresh).valid
    one_more = replace(fresh, changes=(*CHANGES, Change(Kind.LINK, Act.ADDED)))
    assert signed(form(), comparison=one_more).reasons == (
        (
            "the record lists other changes than a comparison finds now: 1 are not in it, 0 are no"
            " longer found"
        ),
    )
    one_less = replace(fresh, changes=CHANGES[:1])
    assert not signed(form(), comparison=one_less).valid
    failed = replace(fresh, changes=(), failed="it is damaged")
    assert signed(form(), comparison=failed).reasons == (
        (
            "whether it lists every change is not known, the files cannot be compared now: it is"
            " damaged"
        ),
    )


Break = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda told: told.pop("kind"), "its “kind” is not “review”"),
        (lambda told: told.update(format=2), "“format” is not 1"),
        (lambda told: told.update(format=True), "“format” is not 1"),
        (lambda told: told.update(reviewer=None), "reviewer is no text"),
        (lambda told: told.update(reviewer="\ud800"), "reviewer is no text"),
        (lambda told: told.pop("date"), "date is no text"),
        (lambda told: told.update(files={}), "files is no list"),
        (lambda told: told.update(files=[3]), r"files\[0\] is no object"),
        (lambda told: told["files"][0].pop("new"), r"the record has no files\[0\].new"),
        (lambda told: told["files"][0].update(new="x"), r"files\[0\].new is no object"),
        (
            lambda told: told["files"][0]["new"].update(sha256="x"),
            r"files\[0\].new.sha256 is none: 64",
        ),
        (lambda told: told["files"][0].update(changes=None), r"files\[0\].changes is no list"),
        (
            lambda told: told["files"][0]["changes"].append([]),
            r"files\[0\].changes\[2\] is no object",
        ),
        (
            lambda told: told["files"][0]["changes"][1].update(state="fine"),
            r"changes\[1\].state is none of seen, questioned, open",
        ),
        (lambda told: told["files"][0]["changes"][1].update(old=3), r"changes\[1\].old is no text"),
        (lambda told: told["files"][0]["changes"][1].pop("id"), r"changes\[1\].id is no text"),
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
        (b"", "it is no JSON"),
        (b"\xff\xfe\xff", "it is no JSON"),
        (b"[" * 1_000_000, "it is no JSON"),
        (b"9" * 10_000, "it is no JSON"),
        (b"[]", "is not “review”"),
        (b" " * (MAXIMUM_SIZE + 1), "larger than 20 MB"),
        (b'{"kind":"review","kind":"review"}', "the key “kind” twice"),
    ],
)
def test_what_is_no_record_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_record(data)
