"""What translators note beside a block comes back with the file, as remarks on its field."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment as CellComment
from translate.storage import pypo

from reportcard.content.loading import load
from reportcard.content.segments import segment_key
from reportcard.review.tell.translator_comments import comments_in
from reportcard.translation.confirmation import standings
from reportcard.translation.export import read_back, written
from reportcard.translation.parcel import Item, Parcel, parcel
from reportcard.translation.stamps import Stamp
from reportcard.translation.status import State

from .conftest import Copy

Run = Callable[..., tuple[int, str, str]]
ID = "peru/overall.result#0d3f8e1a"
TEXT = "Is the mine legal or informal?\nThe sentence can be read both ways."


def sent(kind: str) -> bytes:
    """A file of two blocks, with a note of the program beside each."""
    items = [
        Item(id_, f"The {id_}", f"El {id_}", State.CURRENT, ("Location: here.",), _stamp(id_))
        for id_ in ("peru/title", ID)
    ]
    return written(Parcel("peru", "en", "es", tuple(items)), kind)


def _stamp(id_: str) -> Stamp:
    return Stamp(segment_key(f"The {id_}"), segment_key(f"El {id_}"), "current")


def noted(data: bytes, kind: str, *, id_: str = ID, text: str = TEXT) -> bytes:
    """The file with a comment by Ana beside a block, as tools write it."""
    if kind == "po":
        store = pypo.pofile.parsestring(data)
        next(one for one in store.units if one.getcontext() == id_).addnote(text, "translator")
        return bytes(store)
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        row = next(one for one in book.active.iter_rows() if one[0].value == id_)
        row[2].comment = CellComment(f"Ana:\n{text}", "Ana")
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()
    root = etree.fromstring(data)
    unit = next(one for one in root.iter() if id_ in (one.get("id"), one.get("name")))
    if kind == "xliff2":
        unit = next(one for one in unit if etree.QName(one).localname == "notes")
    namespace = etree.QName(unit).namespace
    note = etree.SubElement(unit, f"{{{namespace}}}note")
    note.text = text
    if kind == "xliff":
        note.set("from", "Ana")
    return etree.tostring(root)


@pytest.mark.parametrize(
    ("kind", "author"), [("xliff", "Ana"), ("xliff2", ""), ("po", ""), ("xlsx", "Ana")]
)
def test_a_comment_comes_back_with_its_field_and_words(kind: str, author: str) -> None:
    assert comments_in(read_back(sent(kind)), None, None) == ()
    (found,) = comments_in(read_back(noted(sent(kind), kind)), None, None)
    assert (found.field, found.place, found.quoted) == ("peru/overall.result", "", f"El {ID}")
    assert (found.remark.kind, found.remark.text, found.remark.author) == ("note", TEXT, author)


def test_a_workbook_has_a_column_for_comments() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent("xlsx")))
    row = next(one for one in book.active.iter_rows() if one[0].value == ID)
    assert [cell.column for cell in row if not cell.protection.locked] == [3, 7]
    row[6].value = TEXT
    made = io.BytesIO()
    book.save(made)
    (found,) = comments_in(read_back(made.getvalue()), None, None)
    assert (found.field, found.remark.text) == ("peru/overall.result", TEXT)


@pytest.mark.long
def test_an_import_lists_them_with_their_place(copy: Copy, run: Run) -> None:
    content = load(copy.workspace).content
    assert content
    (standing,), _ = standings(copy.workspace, content, ("peru",), ("es",))
    items = parcel(standing, content)
    title = items.items[0]
    data = noted(written(items, "xliff"), "xliff", id_=title.id, text="Why not *Informe*?")
    # A tool that drops from whom notes are: the program's own are not remarks
    data = data.replace(b' from="reportcard"', b"")
    file = copy.root / "peru-es.xlf"
    file.write_bytes(data)
    here = ("--workspace", str(copy.root))
    code, out, err = run("translations", "import", str(file), *here)
    assert (code, err) == (0, "")
    _, _, told = out.partition("Comments:\n")
    line = title.id, "content/peru/es.yaml:"
    assert f"note by Ana, in {line[0]} ({line[1]}" in told
    assert "Why not *Informe*?" in told
    assert told.count("note") == 1
    assert run("comments", str(file), *here)[:2] == (0, told)
