"""Blocks as they are set: notes numbered as their calls come up, links and citations resolved, ids
and origins of everything, hyphens that no line may end in.
"""

from dataclasses import replace
from functools import cache

import pytest

from reportcard.content.exhibits import exhibits
from reportcard.content.loading import Content, Sourced, load
from reportcard.content.markdown import parse_prose
from reportcard.content.prose import Prose
from reportcard.content.tree import Scalar, Text
from reportcard.page.compose.blocks import Called, Link, NoteCall, Span, TableNumber, Title, Words
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.notes import NoteNumbers
from reportcard.scores.values import values_of
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT


@cache
def content() -> Content:
    found = load(Workspace(ROOT)).content
    assert found
    return found


def prose(field: str, text: str, line: int = 1) -> Prose:
    rows = tuple((number + line, 1) for number in range(text.count("\n") + 1))
    style = "|" if field.rpartition("/")[2] != "title" else ""
    parsed, problems = parse_prose(Text(text, "a.yaml", Scalar(rows, style)), field, "«»“”")
    assert problems == ()
    return parsed


def compositor(
    *,
    repeated: str = "again",
    links: dict[str, str | None] | None = None,
    fallen: tuple[str, ...] = (),
    wording: dict[str, str] | None = None,
    language: str = "en",
    **fields: str,
) -> Compositor:
    """A compositor of a card with these fields; `note_a` is the note a."""
    whole = content()
    names = {name: name.replace("note_", "notes.") for name in fields}
    texts = {
        names[name]: prose(f"peru/{names[name]}", text, 10 * (number + 1))
        for number, (name, text) in enumerate(fields.items())
    }
    card = whole.cards["peru"][language]
    said = whole.wordings[language]
    shared = {name: prose(f"wording/{name}", text) for name, text in (wording or {}).items()}
    edition = whole.edition.model.model_copy(
        update={"repeated_notes": repeated, "links": links or {}}
    )
    made = replace(
        whole,
        edition=replace(whole.edition, model=edition),
        wordings={**whole.wordings, language: replace(said, prose={**said.prose, **shared})},
        cards={
            "peru": {language: Sourced(card.model, card.tree, b"", texts, frozenset(fallen))},
        },
    )
    return Compositor(made, values_of(whole, "peru", language), language)


def calls(spans: tuple[Span, ...]) -> list[NoteCall]:
    return [item for span in spans for item in span.items if isinstance(item, NoteCall)]


def text(spans: tuple[Span, ...]) -> str:
    return "".join(
        item.text if isinstance(item, Words) else f"[{item.number}]"
        for span in spans
        for item in span.items
    )


NOTES = {"note_a": "Note A.", "note_b": "Note B.", "note_c": "Note C."}


# --- numbers of the notes -------------------------------------------------------------------------


def test_notes_are_numbered_as_their_calls_come_up_over_all_fields() -> None:
    setter = compositor(second="One[^a] two[^c].", first="Three[^b].", **NOTES)
    (block,) = setter.text("first")
    assert text(block.spans) == "Three[1]."
    (block,) = setter.text("second")
    assert text(block.spans) == "One[2] two[3]."
    assert [(called.number, called.note) for called in setter.calls] == [
        (1, "b"),
        (2, "a"),
        (3, "c"),
    ]
    assert [note.number for note in setter.notes] == [1, 2, 3]


def test_a_note_called_again_is_printed_again_under_the_next_number() -> None:
    setter = compositor(context="A[^a] b[^b] a[^a] c[^c].", **NOTES)
    (block,) = setter.text("context")
    assert text(block.spans) == "A[1] b[2] a[3] c[4]."
    assert setter.calls[2] == Called(3, "a", "peru.en.call.a.2", "peru.en.notes.a.2")
    assert [note.number for note in setter.notes] == [1, 2, 3, 4]
    assert [text(note.note[0]) for note in setter.notes] == [
        "Note A.",
        "Note B.",
        "Note A.",
        "Note C.",
    ]


def test_a_note_called_again_keeps_its_number_where_the_edition_says_so() -> None:
    setter = compositor(repeated="same", context="A[^a] b[^b] a[^a] b[^b] c[^c].", **NOTES)
    (block,) = setter.text("context")
    assert text(block.spans) == "A[1] b[2] a[1] b[2] c[3]."
    again = calls(block.spans)[2]
    assert again == NoteCall(
        1,
        "peru.en.call.a.2",
        "peru.en.notes.a.1",
        "Note 1",
        "Back to the reference to note {number}",
        (),
    )
    assert [called.call_id for called in setter.calls] == [
        "peru.en.call.a.1",
        "peru.en.call.b.1",
        "peru.en.call.a.2",
        "peru.en.call.b.2",
        "peru.en.call.c.1",
    ]
    assert [note.number for note in setter.notes] == [1, 2, 3], "printed once each"


def test_a_call_and_its_note_lead_to_each_other_and_know_their_places() -> None:
    setter = compositor(context="Words\nand a call[^a].", **NOTES)
    (block,) = setter.text("context")
    (call,) = calls(block.spans)
    assert (call.call_id, call.note_id) == ("peru.en.call.a.1", "peru.en.notes.a.1")
    assert (call.title, call.back) == ("Note 1", "Back to the reference to note 1")
    assert setter.notes == [call]
    place = setter.origins[call.call_id].place
    assert (setter.origins[call.call_id].field, place.line, place.column) == (
        "peru/context",
        11,
        11,
    )
    assert setter.origins[call.note_id].field == "peru/notes.a"
    assert setter.origins[call.note_id].place.line == 20


# --- citations and links --------------------------------------------------------------------------


def hrefs(spans: tuple[Span, ...]) -> list[str]:
    return [span.href for span in spans]


def test_a_citation_leads_to_the_note_called_next_to_it() -> None:
    setter = compositor(
        context="[A]{cites=a}[^a], b[^b].\n\n[B]{cites=b} and [A]{cites=a}[^a].\n\n[A]{cites=a}.",
        **NOTES,
    )
    blocks = setter.text("context")
    assert [[href for href in hrefs(block.spans) if href] for block in blocks] == [
        ["#peru.en.notes.a.1"],
        ["#peru.en.notes.b.1", "#peru.en.notes.a.2"],
        ["#peru.en.notes.a.2"],
    ]
    assert [[span.title for span in block.spans if span.href] for block in blocks] == [
        ["Note 1"],
        ["Note 2", "Note 3"],
        ["Note 3"],
    ]


def test_a_citation_of_a_note_printed_earlier_leads_to_the_last_print_of_it() -> None:
    setter = compositor(first="A[^a] b[^b] a[^a].", second="See [A]{cites=a}.", **NOTES)
    setter.text("first")
    (block,) = setter.text("second")
    assert [href for href in hrefs(block.spans) if href] == ["#peru.en.notes.a.2"]
    assert [span.title for span in block.spans if span.href] == ["Note 3"]


def test_a_citation_leads_to_the_first_print_where_a_note_keeps_its_number() -> None:
    setter = compositor(
        repeated="same", context="[A]{cites=a}[^a], b[^b], [A]{cites=a}[^a].", **NOTES
    )
    (block,) = setter.text("context")
    assert [href for href in hrefs(block.spans) if href] == ["#peru.en.notes.a.1"] * 2
    assert [span.title for span in block.spans if span.href] == ["Note 1", "Note 1"]


def test_a_citation_beside_a_call_leads_to_the_one_print_of_a_note_that_keeps_its_number() -> None:
    numbers = NoteNumbers("peru.en", keeps_number=True)
    numbers.call("b")
    numbers.call("a")
    assert numbers.cited("a", is_called_beside=True) == "peru.en.notes.a.1"
    assert numbers.cited("c", is_called_beside=True) == "peru.en.notes.c.1"


def test_a_citation_of_a_note_that_is_not_printed_yet_leads_nowhere() -> None:
    setter = compositor(context="See [A]{cites=a}; b[^b].", **NOTES)
    (block,) = setter.text("context")
    assert [href for href in hrefs(block.spans) if href] == []


def test_words_that_are_a_link_are_listed_and_an_address_is_not() -> None:
    setter = compositor(
        context="[The **site**](https://example.org/a) and"
        " [example.org/a](https://example.org/a), [mail](mailto:a@example.org)."
    )
    (block,) = setter.text("context")
    site, _, address, _, mail, _ = block.spans
    assert (site.href, site.id, site.title) == (
        "https://example.org/a",
        "peru.en.link.1",
        "Web page: https://example.org/a",
    )
    assert not site.is_address
    assert [(item.text, item.bold) for item in site.items if isinstance(item, Words)] == [
        ("The", False),
        (" site", True),
    ]
    assert address.is_address
    assert (address.id, mail.id) == ("", "")
    assert setter.links == [Link("peru.en.link.1", "The site", "https://example.org/a")]
    assert setter.origins["peru.en.link.1"].field == "peru/context"
    assert setter.origins["peru.en.link.1"].place.column == 2


def test_links_are_numbered_one_after_the_other() -> None:
    setter = compositor(context="[A](https://example.org/a) [B](http://example.org/b).")
    setter.text("context")
    assert [link.id for link in setter.links] == ["peru.en.link.1", "peru.en.link.2"]


@pytest.mark.parametrize(
    ("links", "href"),
    [
        ({"scoreboard": "https://example.org/b"}, "https://example.org/b"),
        ({"scoreboard": None}, ""),
        ({}, ""),
    ],
)
def test_an_address_of_the_edition_is_looked_up(links: dict[str, str | None], href: str) -> None:
    setter = compositor(links=links, context="[Words](edition:scoreboard).")
    (block,) = setter.text("context")
    assert block.spans[0].href == href
    assert text(block.spans) == "Words."


# --- blocks, ids, languages -----------------------------------------------------------------------


def test_blocks_have_their_kinds_ids_and_origins() -> None:
    setter = compositor(
        context="Before:\n\n- one\n- two\n\n![Alt](figures/a.png 'Caption')\n\n![B](figures/b.png)"
    )
    lead, bullets, picture, bare = setter.text("context")
    assert [block.kind for block in (lead, bullets, picture, bare)] == [
        "p",
        "ul",
        "figure",
        "figure",
    ]
    assert lead.leads
    assert [text(item.spans) for item in bullets.items] == ["one", "two"]
    assert {item.kind for item in bullets.items} == {"li"}
    assert picture.legend
    assert picture.legend.caption
    assert (picture.source, picture.alt, text(picture.legend.caption.spans)) == (
        "figures/a.png",
        "Alt",
        "Caption",
    )
    assert bare.spans == ()
    lines = {id_: origin.place.line for id_, origin in setter.origins.items() if ".context." in id_}
    assert list(lines.values()) == [10, 12, 13, 15, 15, 17]
    assert all(id_.startswith("peru.en.context.") for id_ in lines)
    assert {origin.field for origin in setter.origins.values()} == {"peru/context"}


def test_only_what_stands_before_bullets_leads_to_them() -> None:
    setter = compositor(context="One.\n\nTwo.\n\n- a\n\nThree.")
    assert [block.leads for block in setter.text("context")] == [False, True, False, False]


def test_a_line_that_stands_twice_has_an_id_each_time() -> None:
    setter = compositor(title="A title")
    lines = [setter.line("title") for _ in range(3)]
    assert [line.id for line in lines] == [
        "peru.en.title.line",
        "peru.en.title.line.2",
        "peru.en.title.line.3",
    ]
    assert [text(line.spans) for line in lines] == ["A title"] * 3
    assert {origin.field for origin in setter.origins.values()} == {"peru/title"}


def test_words_of_all_cards_have_ids_of_their_own() -> None:
    setter = compositor()
    heading = setter.shared_line("overall.heading")
    assert heading
    assert heading.id == "peru.en.wording.overall.heading.line"
    assert setter.shared_line("nothing") is None
    assert setter.shared("nothing") == []
    first, *_ = setter.shared("overall.introduction")
    assert first.id.startswith("peru.en.wording.overall.introduction.")
    assert setter.origins[first.id].field == "wording/overall.introduction"


def test_labels_are_filled_in() -> None:
    setter = compositor(title="A title")
    assert setter.label("labels.gauge", name="A", score="1", maximum="2") == "A: 1 of 2"
    line = setter.label_line("labels.gauge", name="A-B", score="1", maximum="2")
    assert isinstance(line, Title)
    assert text(line.spans) == "A-B:\u00a01\u00a0of\u00a02", "a number keeps to its words"
    assert [(item.text, item.whole) for item in line.spans[0].items] == [  # type: ignore[union-attr]
        ("A-B", True),
        (":\u00a01\u00a0of\u00a02", False),
    ]
    assert setter.plain("title") == "A title"


def test_a_gauge_is_spoken_with_its_state() -> None:
    setter = compositor()
    assert (
        setter.spoken("definitions", "overall.total")
        == "Total score across all dimensions: 1.0 of 1"
    )
    assert setter.spoken("mercury", "overall.total").endswith(": 0.8 of 1 (provisional)")
    its = setter.values.results["peru"]
    scores = {**its.scores, "mercury": replace(its.scores["mercury"], value=None)}
    absent = {**setter.values.results, "peru": replace(its, scores=scores)}
    setter.values = replace(setter.values, results=absent)
    assert setter.spoken("mercury", "overall.total").endswith(": score not published")


def test_numbers_of_tables_come_from_their_country_s_file() -> None:
    setter = compositor()
    told = setter.number("table.1", "bolivia", "total", "8.3")
    assert told == TableNumber("peru.en.table.1", "8.3")
    assert setter.origins["peru.en.table.1"].field == "bolivia/scores.total"
    total = setter.origins["peru.en.table.1"].place
    assert total.file == "content/bolivia/scores.yaml"
    tree = content().scores["peru"].tree
    assert setter.scored("x", "peru", "mercury") == "x"
    assert setter.origins["x"].place == tree.at("categories", "mercury")
    setter.scored("y", "peru", "total")
    assert setter.origins["y"].place == tree.at("published", "total")


def test_a_country_has_the_id_of_its_name_in_the_wording_or_one_of_its_own() -> None:
    setter = compositor()
    assert setter.country("brazil") == "peru.en.wording.countries.brazil.name.line"
    assert setter.country("guyana") == "peru.en.country.guyana"


def test_what_is_not_translated_says_so_and_a_name_does_not() -> None:
    setter = compositor(
        language="es",
        fallen=("context", "title", "authors.1"),
        context="Text[^a].\n\nMore.",
        title="Title",
        note_a="Nota.",
        **{"authors.1": "Name"},
    )
    first, second = setter.text("context")
    assert text(first.spans) == "[en] Text[1]."
    assert text(second.spans) == "[en] More."
    words = second.spans[1].items[0]
    assert isinstance(words, Words)
    assert (words.lang, words.fallen) == ("en", True)
    assert setter.plain("title") == "[en] Title"
    assert setter.plain("authors.1") == "Name"
    assert text(setter.line("authors.1").spans) == "Name"
    assert text(setter.notes[0].note[0]) == "Nota."


def test_names_of_countries_have_no_language() -> None:
    setter = compositor(
        language="es",
        fallen=(),
        wording={"countries.brazil.name": "Brazil", "labels.note": "Note"},
    )
    said = setter.wording
    fallen = frozenset({"countries.brazil.name", "labels.note"})
    setter.content = replace(setter.content, wordings={"es": replace(said, fallen=fallen)})
    assert setter.label("countries.brazil.name") == "Brazil"
    assert setter.label("labels.note") == "[en] Note"


def test_words_of_labels_are_upright() -> None:
    (span,) = (
        compositor(wording={"labels.provisional": "provisional"})
        .label_line("labels.provisional")
        .spans
    )
    assert span.items == (Words("provisional", bold=False, italic=False, lang=""),)


def test_a_reference_leads_to_its_table_and_says_so() -> None:
    tables = "\n\n".join(
        f"| A |\n| --- |\n| {number} |\n: Caption {number} {{#{name}}}"
        for number, name in ((1, "first"), (2, "second"))
    )
    setter = compositor(context=f"See {{{{ table.second }}}}.\n\n{tables}")
    shown = exhibits(setter.card.prose, list(setter.content.scoreboard.model.dimensions))
    setter.values = replace(setter.values, exhibits=shown)
    block, *_ = setter.text("context")
    (link,) = [span for span in block.spans if span.href]
    assert (text((link,)), link.title) == ("Table\u00a02", "Table\u00a02")
    assert link.href == f"#peru.en.context.{shown[1].block.key}"


def test_a_passage_in_another_language_is_marked_as_that() -> None:
    setter = compositor(context="A [ley]{lang=es} b *c*.")
    (block,) = setter.text("context")
    items = [item for span in block.spans for item in span.items if isinstance(item, Words)]
    assert [(item.text, item.lang, item.italic, item.fallen) for item in items] == [
        ("A", "", False, False),
        (" ley", "es", False, False),
        (" b", "", False, False),
        (" c", "", True, False),
        (".", "", False, False),
    ]


# --- hyphens --------------------------------------------------------------------------------------


def test_a_word_with_hyphens_stays_whole() -> None:
    setter = compositor(context="Small-scale, state-of-the-art - and plain.")
    (block,) = setter.text("context")
    assert [(item.text, item.whole) for span in block.spans for item in span.items] == [  # type: ignore[union-attr]
        ("Small-scale", True),
        (", ", False),
        ("state-of-the-art", True),
        (" - and\u00a0plain.", False),
    ]


def test_an_address_is_parted_before_its_signs_and_a_long_piece_anywhere() -> None:
    long = "a" * 40
    setter = compositor(context=f"<https://example.org/x-{long}?a=1&b=2>")
    (block,) = setter.text("context")
    pieces = [item for span in block.spans for item in span.items if isinstance(item, Words)]
    assert [(item.text, item.whole, item.after_break) for item in pieces] == [
        ("https://", True, False),
        ("example", True, True),
        (".org", True, True),
        ("/x", True, True),
        (f"-{long}", False, True),
        ("?a=1", True, True),
        ("&b=2", True, True),
    ]
    plain = compositor(context="<https://example.org/abc>").text("context")[0].spans[0].items
    assert [item.text for item in plain] == ["https://", "example", ".org", "/abc"]


def test_a_piece_of_an_address_one_sign_shorter_than_the_longest_stays_whole() -> None:
    for length, whole in ((38, True), (39, False)):
        setter = compositor(context=f"<https://example.org/x-{'a' * length}>")
        last = setter.text("context")[0].spans[0].items[-1]
        assert isinstance(last, Words)
        assert (len(last.text), last.whole) == (length + 1, whole)
