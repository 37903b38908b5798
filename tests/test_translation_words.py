"""What translators read is in their language; what comes back is understood in any."""

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from reportcard.cli.standings import record
from reportcard.content.loading import load
from reportcard.messages import catalogue
from reportcard.messages.catalogue import speaking
from reportcard.translation import sheet
from reportcard.translation.confirmation import Standing, standings
from reportcard.translation.export import read_back, returned_in, written
from reportcard.translation.merge import Rejected, rejection_report
from reportcard.translation.parcel import Parcel, ReturnedFileError, parcel
from reportcard.translation.status import NEVER_CONFIRMED, State

from .conftest import Copy

_CATALOGUE = """\
msgid ""
msgstr "Language: pt\\nContent-Type: text/plain; charset=utf-8\\n"

msgid "source"
msgstr "original"

msgid "translation"
msgstr "tradução"

msgid "state"
msgstr "estado"

msgid "current"
msgstr "em dia"

msgid "never confirmed"
msgstr "nunca confirmado"

msgid "{id}\\n  Reason: {why}\\n  Source: {source}\\n  Translation: {typed}"
msgstr "{id}\\n  Motivo: {why}\\n  Original: {source}\\n  Tradução: {typed}"
"""


@pytest.fixture
def portuguese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Messages in a language that the program does not bring."""
    (tmp_path / "pt.po").write_text(_CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(catalogue, "_folders", [*catalogue._folders, tmp_path])
    catalogue._catalogue.cache_clear()
    yield
    catalogue._catalogue.cache_clear()


def standing_and_parcel(copy: Copy) -> tuple[Standing, Parcel]:
    content = load(copy.workspace).content
    assert content
    (standing,), _ = standings(copy.workspace, content, ("peru",), ("es",))
    return standing, parcel(standing, content)


@pytest.mark.long
@pytest.mark.usefixtures("portuguese")
def test_a_sheet_has_headings_and_states_in_the_language_of_whoever_exports(copy: Copy) -> None:
    _, made = standing_and_parcel(copy)
    with speaking("pt"):
        data = written(made, "xlsx")
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    headings = ["id", "original", "tradução", "estado", "notes", "stamp (en > es)", "comment"]
    assert [cell.value for cell in page[1]] == headings
    assert page.cell(2, 4).value == "em dia"
    (back,) = sheet.read(data)  # a process of its own would not know these words
    assert len(back.items) == len(made.items)
    assert back.items == read_back(written(made, "xlsx"))[0].items


@pytest.mark.long
@pytest.mark.usefixtures("portuguese")
def test_a_sheet_with_other_headings_is_refused_with_those_that_it_should_have(copy: Copy) -> None:
    _, made = standing_and_parcel(copy)
    book = openpyxl.load_workbook(io.BytesIO(written(made, "xlsx")))
    book.active.cell(1, 3).value = "words"
    data = io.BytesIO()
    book.save(data)
    with pytest.raises(ReturnedFileError) as refused:
        read_back(data.getvalue())
    assert str(refused.value.message).endswith("the columns id, source, translation.")
    with speaking("pt"):
        assert str(refused.value.message).endswith("the columns id, original, tradução.")


@pytest.mark.usefixtures("portuguese")
def test_what_was_rejected_is_reported_in_the_reader_s_language_as_it_was_typed() -> None:
    one = Rejected("peru/context#1", "Gold {why}.", "Oro {typed}.", NEVER_CONFIRMED)
    with speaking("pt"):
        text = rejection_report([one]).decode()
    assert text.endswith(
        "\n\nperu/context#1\n  Motivo: nunca confirmado\n  Original: Gold {why}.\n"
        "  Tradução: Oro {typed}.\n"
    )


@pytest.mark.usefixtures("portuguese")
def test_programs_read_states_and_reasons_in_english(copy: Copy) -> None:
    (copy.root / "content/peru/es.status.yaml").unlink()
    standing, _ = standing_and_parcel(copy)
    block = standing.blocks[0]
    with speaking("pt"):
        row = record(standing, block)
        assert (str(State.CURRENT.label), str(block.why)) == ("em dia", "nunca confirmado")
    assert (row["state"], row["why"]) == ("stale", "never confirmed")


@pytest.mark.parametrize("data", [b"", b"\xd3\x00\x91\x00\x17" * 99, b"Just a letter.\n"])
def test_a_file_of_no_kind_is_not_called_a_damaged_one_of_some_kind(data: bytes) -> None:
    with pytest.raises(ReturnedFileError) as refused:
        returned_in(data)
    assert str(refused.value.message) == "the file is not a readable XLIFF, PO or XLSX file."
