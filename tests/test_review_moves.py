"""What belongs to one edit is one change, and names what moved: a call its note, a score its gauge,
a passage its headings.
"""

from dataclasses import replace

import numpy as np
import pytest

from reportcard.pdf.glyphs import Pixels, Style, Word
from reportcard.pdf.skeleton import Hyperlink, Skeleton
from reportcard.review.changes import Act, Change, Fact, Kind
from reportcard.review.compare.alignment import align
from reportcard.review.compare.attributes import attribute_changes
from reportcard.review.compare.beside import file_changes
from reportcard.review.compare.calls import NoteTitles, call_changes, same_notes
from reportcard.review.compare.consequences import with_gauges, with_notes
from reportcard.review.compare.echoes import Echoes
from reportcard.review.compare.list_numbers import list_numbers
from reportcard.review.compare.moves import moved_passages
from reportcard.review.compare.numerals import both_numerals
from reportcard.review.compare.pairs import DocumentPair, PassagePair
from reportcard.review.compare.pixels import differ
from reportcard.review.compare.rows import by_rows
from reportcard.review.compare.wording import text_changes
from reportcard.review.read.document import Document, Passage
from reportcard.review.read.names import Named

PLAIN = Style("Serif", 10.0, False, False, "#000000")
BARE = Skeleton((), {}, (), (), (), ())
DECREE, TEXT = "Legislative Decree No. 1100", "Consolidated Text of the Mining Law"


def passage(text: str, field: str, calls: tuple[tuple[int, str], ...] = (), **more: str) -> Passage:
    words = tuple(
        Word(word, 1, 5.0 * number, 20.0, 4.0, 3.5, PLAIN, -1)
        for number, word in enumerate(text.split(" "))
    )
    name = Named(f"peru.en.{field.partition('/')[2]}.1", field, "en")
    return replace(Passage(name, "P", "en", words, calls), **more)  # type: ignore[arg-type]


def note(text: str, key: str, label: str) -> Passage:
    return passage(text, f"peru/notes.{key}", role="Note", label=label)


def told(pairs: list[PassagePair]) -> tuple[list[Change], frozenset[int]]:
    titles, same = NoteTitles.of(pairs), same_notes(pairs)
    calls = [one for pair in pairs for one in call_changes(pair, same, titles)]
    return with_notes(calls, pairs)


def facts(changes: list[Change]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.old, fact.new) for change in changes for fact in change.facts]


def test_calls_that_were_exchanged_are_named_by_their_notes() -> None:
    text = "The code bans mercury and the law limits dredges"
    old = passage(text, "peru/context", ((4, "1"), (9, "2")))
    new = passage(text, "peru/context", ((4, "1"), (9, "2")))
    pairs = [
        PassagePair(old, new),
        PassagePair(note(DECREE, "dl", "1"), note(DECREE, "dl", "2")),
        PassagePair(note(TEXT, "tuo", "2"), note(TEXT, "tuo", "1")),
    ]
    changes, _ = told(pairs)
    (change,) = changes
    assert facts([change]) == [
        ("call", f"1: {DECREE}; 2: {TEXT}", f"1: {TEXT}; 2: {DECREE}"),
    ]


def test_a_call_of_another_note_is_one_change_with_both_notes() -> None:
    text = "Mining grew by half"
    pairs = [
        PassagePair(
            passage(text, "peru/context", ((4, "1"),)), passage(text, "peru/context", ((4, "1"),))
        ),
        PassagePair(note(DECREE, "dl", "1"), None),
        PassagePair(None, note(TEXT, "tuo", "1")),
    ]
    changes, taken = told(pairs)
    assert facts(changes) == [("call", f"1: {DECREE}", f"1: {TEXT}")]
    assert taken == {id(pairs[1]), id(pairs[2])}
    assert [len(changes[0].old_areas), len(changes[0].new_areas)] == [2, 2]


def test_a_note_that_comes_or_goes_with_its_call_is_one_change() -> None:
    text = "Mining grew by half"
    plain, called = passage(text, "peru/context"), passage(text, "peru/context", ((4, "1"),))
    gone = [PassagePair(called, plain), PassagePair(note(DECREE, "dl", "1"), None)]
    came = [PassagePair(plain, called), PassagePair(None, note(DECREE, "dl", "1"))]
    for pairs, act, fact in (
        (gone, Act.REMOVED, (f"1: {DECREE}", "")),
        (came, Act.ADDED, ("", f"1: {DECREE}")),
    ):
        ((change,), taken) = told(pairs)
        assert (change.kind, change.act, change.field) == (Kind.NOTE, act, "peru/context")
        assert facts([change]) == [("call", *fact)]
        assert taken == {id(pairs[1])}


def test_a_note_without_its_call_is_a_change_of_its_own() -> None:
    _, taken = told([PassagePair(note(DECREE, "dl", "1"), None)])
    assert not taken


def test_a_score_has_its_gauge_with_it_and_no_other() -> None:
    area, beside = (1, 20.0, 20.0, 9.0, 4.0), (1, 60.0, 20.0, 30.0, 30.0)
    score = Change(Kind.SCORE, Act.CHANGED, "peru/scores.legal", new_areas=(area,))
    gauge = Change(Kind.PICTURE, Act.CHANGED, "peru/scores.legal", new_areas=(beside,))
    other = replace(gauge, field="peru/scores.total")
    found = list(with_gauges([score, gauge, other]))
    assert found == [replace(score, new_areas=(area, beside)), other]


def of_file(old: Skeleton, new: Skeleton, *pairs: PassagePair) -> list[tuple[Kind, Act, str, str]]:
    documents = DocumentPair(replace(document(), skeleton=old), replace(document(), skeleton=new))
    found = file_changes(documents, Echoes.of(pairs), frozenset())
    return [(one.kind, one.act, one.old, one.new) for one in found]


def test_a_bookmark_that_moved_is_one_change_and_others_stay() -> None:
    titles = ((1, "Context"), (1, "Results"), (1, "Notes"))
    old, new = (
        replace(BARE, bookmarks=(*some,)) for some in (titles, (titles[1], titles[0], titles[2]))
    )
    ((kind, act, before, after),) = of_file(old, new)
    assert (kind, act) == (Kind.BOOKMARKS, Act.MOVED)
    assert before == after
    assert before in {"Context", "Results"}


def test_an_author_who_left_the_card_left_its_metadata_with_it() -> None:
    old, new = (
        replace(BARE, particulars={"author": names}) for names in ("A. Paz, R. Sol", "A. Paz")
    )
    gone = PassagePair(passage("R. Sol", "peru/authors.2"), None)
    assert not of_file(old, new, gone)
    other = PassagePair(passage("T. Ríos", "peru/authors.2"), None)
    assert of_file(old, new, other) == [(Kind.METADATA, Act.CHANGED, "A. Paz, R. Sol", "A. Paz")]


def test_tags_that_were_exchanged_take_their_links_with_them() -> None:
    def tags(*names: str) -> Passage:
        return replace(
            passage(" ".join(names), "peru/recommendations.set"),
            targets=tuple(f"#{name}" for name in names),
        )

    pair = PassagePair(tags("Mercury", "Support"), tags("Support", "Mercury"))
    skeleton = replace(BARE, links=(Hyperlink(1, (0.0, 0.0, 1.0, 1.0), "x", ""),))
    old, new = (replace(document(), skeleton=skeleton) for _ in range(2))
    assert not list(attribute_changes(pair, DocumentPair(old, new), ()))
    elsewhere = replace(tags("Support", "Mercury"), targets=("#Support", "#other"))
    changed = attribute_changes(PassagePair(pair.old, elsewhere), DocumentPair(old, new), ())
    assert {change.kind for change in changed} == {Kind.LINK}
    other = PassagePair(tags("Mercury", "Support"), tags("Mercury", "Security"))
    assert not list(attribute_changes(other, DocumentPair(old, new), ()))


def ring(top: int, left: int, ink: int = 0) -> Pixels:
    """A gauge of three pixels' stroke on a white square, so far down and along."""
    rows, columns = np.mgrid[0:48, 0:48]
    far = np.hypot(rows - 24 - top, columns - 24 - left)
    drawn = np.full((48, 48, 3), 255, dtype=np.uint8)
    drawn[np.abs(far - 18) < 1.5] = ink
    return drawn


def test_a_gauge_cut_a_pixel_further_on_looks_the_same_and_another_colour_does_not() -> None:
    # As on a page with another trim box
    for top, left in ((0, 1), (1, 0), (1, 1), (-1, 1), (-1, -1)):
        assert not differ(ring(0, 0), ring(top, left), same_spot=False)
    assert differ(ring(0, 0), ring(0, 1, 200), same_spot=False)
    assert differ(ring(0, 0), ring(6, 0), same_spot=False)


def test_what_took_the_place_of_another_of_its_kind_is_one_change() -> None:
    text = passage("To set it takes years of work", "peru/recommendations.set.text")
    old = document(text, passage("Draft", "wording/labels.draft"))
    new = document(text, passage("In review", "wording/labels.review"))
    pairs = align(DocumentPair(old, new))
    assert [(pair.old.text, pair.new.text) for pair in pairs if pair.old and pair.new] == [
        (text.text, text.text),
        ("Draft", "In review"),
    ]
    other = document(text, passage("In review", "peru/authors.1"))
    pairs = align(DocumentPair(old, other))
    assert [pair.both is None for pair in pairs] == [False, True, True]


def document(*passages: Passage) -> Document:
    return Document(BARE, passages, passages, (), (), (), (), is_tagged=True, is_ours=True)


def test_a_tag_that_moved_names_the_headings_that_it_was_and_is_under() -> None:
    titles = [
        passage(f"{verb} the recommendation", f"peru/recommendations.{verb}.title", role="H3")
        for verb in ("set", "follow")
    ]
    texts = [
        passage(f"To {verb} it takes years of work", f"peru/recommendations.{verb}.text")
        for verb in ("set", "follow")
    ]
    tag = passage("Ministry", "peru/institutions.minem")
    other = passage("Congress", "peru/institutions.congress")
    old = document(titles[0], texts[0], other, tag, titles[1], texts[1])
    moved = replace(tag)
    new = document(titles[0], texts[0], other, titles[1], texts[1], moved)
    documents = DocumentPair(old, new)
    (change,) = moved_passages(align(documents), documents)
    assert (change.kind, change.field) == (Kind.MOVED, "peru/institutions.minem")
    assert change.facts == (Fact("under", "set the recommendation", "follow the recommendation"),)


ROWS = (
    ("Switzerland", "51.2", "A canton"),
    ("India", "39", "A city"),
    ("Emirates", "18.5", "A port"),
)


def table(*rows: tuple[str, ...]) -> Document:
    cells = [
        passage(text, "peru/context", role="TD" if column else "TH")
        for row in rows
        for column, text in enumerate(row)
    ]
    return document(*cells)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((ROWS[1], ROWS[0], ROWS[2]), [(Kind.MOVED, "India 39 A city")]),
        ((ROWS[0], ROWS[2]), [(Kind.WORDING, "India 39 A city")]),
        ((*ROWS, ("China", "13", "An isle")), [(Kind.WORDING, "China 13 An isle")]),
        ((ROWS[0], ("Ghana", *ROWS[1][1:]), ROWS[2]), [(Kind.WORDING, "Ghana")]),
        ((ROWS[0], ("India", "93", "A city"), ROWS[2]), [(Kind.NUMBER, "93")]),
    ],
)
def test_a_row_that_came_went_or_moved_is_one_change_and_so_is_a_cell(
    rows: tuple[tuple[str, ...], ...], expected: list[tuple[Kind, str]]
) -> None:
    documents = DocumentPair(table(*ROWS), table(*rows))
    pairs = tuple(by_rows(align(documents), documents))
    numerals = both_numerals(documents)
    changes = [one for pair in pairs for one in text_changes(pair, numerals, by_name=True)]
    changes += moved_passages(pairs, documents)
    assert [(one.kind, one.new or one.old) for one in changes] == expected


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ("123", "456", [("1", "4")]),
        ("123", "1234", []),  # one item more at the head: the others follow
        ("12", "1", []),
    ],
)
def test_a_list_that_begins_with_another_number_is_one_change(
    then: str, now: str, expected: list[tuple[str, str]]
) -> None:
    texts = ("Declare", "Check", "Publish")
    sides = [
        [
            passage(text, "peru/context", role="LI", label=label)
            for text, label in zip(texts[-len(labels) :], labels[-len(texts) :], strict=True)
        ]
        for labels in (then, now)
    ]
    if len(now) > len(texts):
        sides[1].insert(0, passage("Register", "peru/context", role="LI", label=now[0]))
    documents = DocumentPair(document(*sides[0]), document(*sides[1]))
    found = list_numbers(align(documents), documents)
    assert [(one.old, one.new) for one in found] == expected
    assert all(one.kind is Kind.NUMBER for one in found)
