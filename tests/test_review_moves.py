"""What belongs to one edit is one change, and names what moved: a call its note, a score its gauge,
a passage its headings.
"""

from dataclasses import replace

from reportcard.pdf.glyphs import Style, Word
from reportcard.pdf.skeleton import Skeleton
from reportcard.review.changes import Act, Change, Fact, Kind
from reportcard.review.compare.alignment import align
from reportcard.review.compare.calls import NoteTitles, call_changes, same_notes
from reportcard.review.compare.consequences import with_gauges, with_notes
from reportcard.review.compare.moves import moved_passages
from reportcard.review.compare.pairs import DocumentPair, PassagePair
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
