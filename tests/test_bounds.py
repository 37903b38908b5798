"""Files from anywhere are read within bounds, and each that cannot be is one line with its name."""

import io
import os
import signal
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest

from reportcard.errors import ExitCode, ReportCardError
from reportcard.intake.grid import read_grids
from reportcard.manuscript.word_file import read_manuscript, read_word_file
from reportcard.translation.export import read_back, returned_in, written
from reportcard.translation.parcel import ReturnedFileError
from reportcard.workspace import bounds
from reportcard.workspace.bounds import UnreadableError, apart, taken

from .conftest import ROOT, Copy
from .test_translation_exchange import parcels

WORD = (ROOT / "tests/data/peru-es-edited.docx").read_bytes()
SCORES = (ROOT / "tests/data/scores-es.xlsx").read_bytes()


def repacked(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip with one of its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return target.getvalue()


def sleeper(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def hoarder(megabytes: int) -> int:
    return len(b"x" * megabytes * 1_000_000)


def crasher() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def breaker() -> None:
    raise RuntimeError


def giver() -> object:
    return MappingProxyType({"a": MappingProxyType({})})


@pytest.mark.long
def test_whatever_a_library_does_with_a_file_ends_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "SENT", replace(bounds.SENT, megabytes=300))
    for function, arguments, words in (
        (hoarder, (900,), "used more than 300 MB"),
        (crasher, (), "crashed or used more than 300 MB"),
        (breaker, (), "it could not be read (RuntimeError)"),
    ):
        with pytest.raises(ReportCardError) as caught:
            taken("a.xlsx", function, *arguments)  # type: ignore[operator]
        assert caught.value.code is ExitCode.UNREADABLE
        assert str(caught.value.message).startswith("a.xlsx cannot be read: ")
        assert words in str(caught.value.message)
    assert taken("a.xlsx", hoarder, 30) == 30_000_000
    assert taken("a.xlsx", giver) == giver()


@pytest.mark.long
def test_reading_ends_after_its_time() -> None:
    with pytest.raises(UnreadableError, match="more than 1 s"):
        apart(sleeper, 60, limits=replace(bounds.SENT, seconds=1))


@pytest.mark.long
def test_what_is_read_apart_is_what_is_read_here(copy: Copy) -> None:
    assert read_manuscript(WORD, "a.docx") == read_word_file(WORD, "a.docx")
    for kind in ("xlsx", "xliff", "po"):
        data = written(parcels(copy), kind)
        assert read_back(data) == returned_in(data)


MERGED = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


@pytest.mark.long
def test_merged_ranges_and_far_cells_cost_nothing(copy: Copy) -> None:
    """The size that a sheet or a range in it states is not believed."""
    sheet = "xl/worksheets/sheet1.xml"
    data = written(parcels(copy), "xlsx")
    merged = repacked(data, sheet, lambda part: part.replace(b"</worksheet>", MERGED))
    assert merged != data
    assert returned_in(merged) == returned_in(data)
    far = repacked(data, sheet, lambda part: part.replace(b"</sheetData>", FAR))
    assert far != data
    with pytest.raises(ReturnedFileError, match="more than 20,000 rows"):
        returned_in(far)


def damaged(data: bytes) -> bytes:
    """Noise in the middle of a zip's streams, its list of parts whole."""
    middle = len(data) // 3
    return (
        data[:middle]
        + bytes(255 - byte for byte in data[middle : middle + 500])
        + data[middle + 500 :]
    )


@pytest.mark.long
def test_a_damaged_file_is_refused_by_its_name(copy: Copy) -> None:
    for read, data in ((read_grids, SCORES), (read_manuscript, WORD)):
        with pytest.raises(
            ReportCardError, match=r"cannot import b\.zip: the file is damaged"
        ) as e:
            read(damaged(data), "b.zip")
        assert e.value.code is ExitCode.UNREADABLE
    with pytest.raises(ReturnedFileError, match="not a readable XLSX file"):
        read_back(damaged(written(parcels(copy), "xlsx")))
