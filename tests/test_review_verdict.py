"""A whole release in one line."""

from dataclasses import replace

import pytest

from reportcard.messages.catalogue import speaking
from reportcard.messages.message import message
from reportcard.review.changes import Act, Change, Comparison, Kind, Obscurity, Side, Unseen
from reportcard.review.tell.summary import as_text, summary
from reportcard.review.tell.verdict import verdict

SIDE = Side("card.pdf", "0" * 64, 13)


def changed(*kinds: Kind) -> Comparison:
    changes = tuple(Change(kind, Act.CHANGED, f"peru/{at}") for at, kind in enumerate(kinds))
    return Comparison("card.pdf", SIDE, SIDE, changes=changes)


NUMBERS = changed(Kind.NOTE, Kind.NUMBER)
ONE_MORE = changed(Kind.NUMBER)
SAME = changed()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([NUMBERS, ONE_MORE, SAME], "3 files in total: 2 numbers, 1 note; nothing else"),
        ([SAME, SAME], "2 files in total: no changes"),
        ([SAME, replace(ONE_MORE, old=None)], "2 files in total: 1 new file; nothing else"),
        (
            [ONE_MORE, replace(SAME, failed=message("it is damaged"))],
            "2 files in total: 1 number; not everything could be compared",
        ),
        (
            [ONE_MORE, replace(SAME, unseen=(Unseen("new", Obscurity.SCAN, (1,)),))],
            "2 files in total: 1 number; not everything could be compared",
        ),
    ],
)
def test_a_verdict_counts_what_changed_in_all_files(files: list[Comparison], told: str) -> None:
    assert str(verdict(files)) == told
    assert summary(files).endswith(f"{told}\n")
    assert as_text(files).endswith(f"{told}\n")
    with speaking("es"):
        assert str(verdict(files)).startswith(f"{len(files)} archivos en total: ")


def test_every_kind_of_change_is_counted_in_words() -> None:
    for kind in Kind:
        assert "1 " in str(verdict([changed(kind), SAME]))


def test_one_file_needs_no_total() -> None:
    assert summary([ONE_MORE]) == "card.pdf: 1 change (number 1)\n"
