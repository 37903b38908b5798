"""A unit's note names the page that it is on, as long as the PDF is of this content."""

from dataclasses import replace

import pytest

from reportcard.build.manifest import MANIFEST, Record, Spot, digest, dumped
from reportcard.content.loading import load
from reportcard.translation.confirmation import standings
from reportcard.translation.exchange_folder import carried_on
from reportcard.translation.export import read_back, written
from reportcard.translation.judgement import judged
from reportcard.translation.pages import block_pages, built_pages
from reportcard.translation.parcel import Item, TranslatorComment, is_page_note, parcel
from reportcard.translation.stamps import block_ids

from .conftest import Copy
from .dialects import DONE, OPEN

PDF = "peru-report-card-en.pdf"
NOTE = f"Page 8 of {PDF}."


def published(copy: Copy) -> None:
    """A PDF of the content as it is now, with a paragraph of the context on page 8."""
    folder = copy.root / "output"
    folder.mkdir(exist_ok=True)
    (folder / PDF).write_bytes(b"%PDF")
    spot = Spot(
        "peru.en." + OPEN.partition("/")[2].replace("#", "."),
        "peru/context",
        "content/peru/en.yaml:1:1",
        ((8, 0.0, 0.0, 1.0, 1.0), (9, 0.0, 0.0, 1.0, 1.0)),
    )
    file = "content/peru/en.yaml"
    inputs = {file: digest((copy.root / file).read_bytes()), "profile:x": "0"}
    record = Record(digest(b"%PDF"), "peru", "en", "screen", "", 9, inputs, {}, {}, (spot,))
    (folder / MANIFEST).write_bytes(dumped({PDF: record}))


@pytest.fixture
def items(copy: Copy) -> dict[str, Item]:
    """The units of the card with the pages of a PDF of this content, by id."""
    published(copy)
    content = load(copy.workspace).content
    assert content
    (standing,), _ = standings(copy.workspace, content, ("peru",), ("es",))
    pages = built_pages(copy.workspace, "peru", "en")
    made = parcel(standing, content, pages)
    for kind in ("xliff", "xliff2", "po", "xlsx"):
        data = written(made, kind)
        (returned,) = read_back(data)
        account = judged(standing, returned, content)
        assert not account.accepted, "what went out and came back as it was changes nothing"
        assert not account.rejected
        assert not any(item.comments for item in returned.items), "and its notes are no comments"
        if kind != "xlsx":
            assert written(made, kind) == data
    # A tool that forgets from whom a note is makes no comment of it
    came = replace(
        returned,
        items=tuple(
            replace(item, comments=(TranslatorComment(NOTE), TranslatorComment("¿Qué ley?")))
            for item in returned.items
        ),
    )
    kept = carried_on(parcel(standing, content), [came], [])
    assert {one.text for item in kept.items for one in item.comments} == {"¿Qué ley?"}
    block = block_ids(standing.blocks)[OPEN]
    assert block.source
    assert block_pages(pages, "peru", "en", block, block.source) == [8, 9]
    return {item.id: item for item in made.items}


def test_the_page_of_a_unit_is_in_its_notes(items: dict[str, Item]) -> None:
    assert [str(note) for note in items[OPEN].notes if is_page_note(str(note))] == [NOTE]
    assert not any(is_page_note(str(note)) for note in items[DONE].notes), "not known"


@pytest.mark.parametrize("gone", ["content", "file", "manifest", "none"])
def test_a_pdf_of_other_content_has_no_pages(copy: Copy, gone: str) -> None:
    published(copy)
    match gone:
        case "content":
            copy.edit("content/peru/en.yaml", "Also in 2025", "In 2025")
        case "file":
            (copy.root / "output" / PDF).write_bytes(b"%PDF of another build")
        case "manifest":
            (copy.root / "output" / MANIFEST).unlink()
    assert bool(built_pages(copy.workspace, "peru", "en")) is (gone == "none")
    assert not built_pages(copy.workspace, "peru", "es"), "not built"


def test_notes_on_pages_are_known_in_every_language() -> None:
    assert is_page_note(NOTE)
    assert is_page_note(f"Página 8 de {PDF}.")
    assert not is_page_note("Page 8 of the law.")
