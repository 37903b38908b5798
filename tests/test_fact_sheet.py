"""The fact sheet: every claim of a card is on it once, an edit opens what it touched and nothing
else, verdicts come back, and a release can ask for them.
"""

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from reportcard.build.inventory import read_workspace
from reportcard.content import loading
from reportcard.content.loading import Content
from reportcard.errors import ExitCode
from reportcard.messages.catalogue import speaking
from reportcard.release.fact_record import fact_record
from reportcard.release.gate import reasons, unverified
from reportcard.review.facts import export, record, workbook
from reportcard.review.facts.desk import FactDesk, fact_desk
from reportcard.review.facts.fact import CardFact, FactKind
from reportcard.review.facts.pages import FactPages
from reportcard.review.facts.printed import printed_passages
from reportcard.review.facts.record import FactRecord, FactRecords, FactState
from reportcard.review.facts.sheet import FactSheet, fact_sheet
from reportcard.review.facts.standing import judged_sheet
from reportcard.review.facts.verdicts import Signature, taken_sheet
from reportcard.review.facts.webpage import as_html
from reportcard.workspace.workspace import Workspace

from .conftest import LANGUAGES, ROOT, Copy
from .test_facts import FACTS

Run = Callable[..., tuple[int, str, str]]
TODAY = date(2026, 11, 30)
SIGNED = Signature(None, "somebody", TODAY)
NO_PAGES = FactPages("peru", {})


def read(copy: Copy | None = None) -> Content:
    content = loading.load(copy.workspace if copy else Workspace(ROOT)).content
    assert content
    return content


@cache
def peru() -> FactSheet:
    return fact_sheet(read(), "peru")


def told(sheet: FactSheet, **given: str) -> list[CardFact]:
    """The facts whose words in a language are, or contain, some."""
    return [
        fact
        for fact in sheet.facts
        if all(
            language in fact.words
            and re.search(
                rf"(?<![\w.,-]){re.escape(words)}(?![\w,]|\.\d)", fact.words[language].words
            )
            for language, words in given.items()
        )
    ]


# --- the sheet of Peru ----------------------------------------------------------------------------

#: The facts of the list that are figures, dates, laws and institutions, by what is asked of them;
#: the others are people, places, titles and addresses.
_FIGURE = re.compile(r"[\d.,]+%?")
_LAW = re.compile(r"(?:Law|Legislative Decree|Supreme Decree|Decreto Supremo) N|^Articles")
_ACRONYMS = (
    "INGEMMET|GEOCATMIN|REINFO|OEFA|PIFA|MINAM|SINIA|SINADA|UIF-Peru|SBS|PNP|MINEM|SUNAT|MTC|SUTRAN"
    "|MEF|PCM|MIMP|MININTER"
)
#: Of each fact of the context, the note that is called after it.
NOTES = {
    "9%": "yearbook-2024",
    "64.2%": "yearbook-2024",
    "238,860": "yearbook-2024",
    "8.2": "yearbook-2024",
    "139,169": "maap-223",
    "1,262": "maap-223",
    "1,014": "maap-223",
    "2030": "ds-003-2025",
    "139,000": "maap-233",
    "Law No. 27651": "law-27651",
    "Legislative Decree No. 1100": "dl-1100",
    "Legislative Decree No. 1107 (2012)": "dl-1107",
    "Decreto Supremo N.º 003-2025-IN": "ds-003-2025",
}


def listed(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Facts of the list whose English is of a form, in both languages."""
    pairs = [line.split(" | ") for line in FACTS if not line.startswith("https")]
    return [(pair[0], pair[-1]) for pair in pairs if pattern.search(pair[0])]


def sentences(language: str, words: str) -> set[tuple[str, str]]:
    """Where a figure or a law is in the card: the fields and sentences. Figures in the titles of
    sources, in citations and in addresses name something.
    """
    found = set()
    for path, _, passages in printed_passages(read(), "peru", language):
        for passage in passages:
            for match in re.finditer(
                rf"(?<![\w.,#]){re.escape(words)}(?![\w-]|[.,]\d)", passage.text
            ):
                spans = [*passage.titles * passage.passage.is_note, *passage.cited]
                is_address = "/" in passage.text[max(match.start() - 40, 0) : match.start()]
                named = any(span[0] <= match.start() < span[1] for span in spans)
                if not (named or is_address):
                    found.add((path, passage.words(*match.span()).sentence))
    return found


@pytest.mark.parametrize(
    ("english", "spanish"),
    [pair for pair in listed(re.compile(rf"^{_FIGURE.pattern}$")) if pair[0] not in ("2023",)],
)
def test_every_figure_and_date_is_on_it_once(english: str, spanish: str) -> None:
    facts = told(peru(), en=english, es=spanish)
    assert facts
    for language, words in (("en", english), ("es", spanish)):
        own = [(fact.field, fact.words[language].sentence) for fact in facts]
        assert len(own) == len(set(own)), "twice"
        assert set(own) == sentences(language, words)
    kinds = {fact.kind for fact in facts}
    assert len(kinds) == 1
    if english in NOTES:
        assert [source.note for source in facts[0].sources] == [NOTES[english]]


@pytest.mark.parametrize(("english", "spanish"), listed(_LAW))
def test_every_law_is_on_it_once_with_its_note(english: str, spanish: str) -> None:
    facts = told(peru(), en=english, es=spanish)
    assert facts
    assert {fact.kind for fact in facts} == {FactKind.LAW}
    for language, words in (("en", english), ("es", spanish)):
        own = [(fact.field, fact.words[language].sentence) for fact in facts]
        assert len(own) == len(set(own)), "twice"
        assert set(own) == sentences(language, words)
    if english in NOTES:
        assert NOTES[english] in {source.note for fact in facts for source in fact.sources}


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        *listed(re.compile(rf"^(?:{_ACRONYMS})$")),
        *listed(re.compile(r"^(?:Congress|Office|Ministry|Regional|Presidency|Superintend)")),
        *listed(
            re.compile(r"^(?:Minamata Conv|Initial|National Action|Special Reg|Electronic Min)")
        ),
        *listed(re.compile(r"^(?:National Registry|Law Against|Mining Corridor)")),
    ],
)
def test_every_institution_is_on_it_once(english: str, spanish: str) -> None:
    english, spanish = (words.partition(" (Fiscalía")[0] for words in (english, spanish))
    names = [fact for fact in told(peru(), en=english, es=spanish) if fact.kind is FactKind.NAME]
    # The corridor is in quotation marks, and again with the region that it is in.
    assert len(names) == 1
    assert not names[0].missing


@pytest.mark.parametrize(
    ("english", "spanish", "kind"),
    [
        ("second", "segundo", FactKind.RANK),
        ("fourth", "cuarto", FactKind.RANK),
        ("perfect score", "puntaje máximo", FactKind.RANK),
        ("lowest score", "puntaje más bajo", FactKind.RANK),
        ("12.5", "12.5", FactKind.SCORE),
        ("8.3", "8.3", FactKind.SCORE),
        ("«Mining Corridor»", "«Corredor Minero»", FactKind.QUOTATION),
    ],
)
def test_scores_ranks_and_quotations_are_on_it(english: str, spanish: str, kind: FactKind) -> None:
    (fact,) = [
        fact
        for fact in peru().facts
        if [one.words for one in fact.words.values()] == [english, spanish]
    ]
    assert fact.kind is kind


def test_no_claim_of_the_real_card_is_in_one_language_alone() -> None:
    facts = peru().facts
    assert [fact for fact in facts if fact.missing] == []
    assert len({fact.id for fact in facts}) == len(facts) > 90
    assert all(len(fact.words["en"].block) == 8 for fact in facts)


def test_tables_boxes_and_quotes_are_read_from_any_source_language() -> None:
    content = loading.load(Workspace(ROOT / "examples/rivers")).content
    assert content
    sheet = fact_sheet(content, "alta-vega")
    assert sheet.languages == ("es", "en")
    assert [fact.first.words for fact in sheet.facts if fact.missing] == []
    found = {(str(fact.kind), *(one.words for one in fact.words.values())) for fact in sheet.facts}
    assert found >= {
        ("figure", "112,5", "112.5"),
        ("figure", "13.500", "13,500"),
        ("figure", "8,4 millones", "8.4 million"),
        ("figure", "12 metros cúbicos", "12 cubic meters"),
        ("rank", "tercer", "third"),
        (
            "quotation",
            "Medimos el río cada mañana. Nadie nos ha pedido nunca el cuaderno.",
            "We measure the river every morning. Nobody has ever asked us for the notebook.",
        ),
    }
    # What is assessed is no claim by its name.
    assert [words for kind, *words in found if kind == "name" and "Valle Hondo" in words[0]] == []


def test_a_claim_in_one_language_alone_is_marked(copy: Copy) -> None:
    copy.edit("content/peru/es.yaml", "el 97.5 % solo en la región", "el 96.5 % solo en la región")
    facts = fact_sheet(read(copy), "peru").facts
    alone = {fact.first.words: (fact.field, fact.missing) for fact in facts if fact.missing}
    assert alone == {"97.5%": ("context", ("es",)), "96.5 %": ("context", ("en",))}


def test_what_no_reader_could_take_for_a_claim_is_left_out(copy: Copy) -> None:
    copy.edit(
        "content/peru/en.yaml",
        "  It puts strong emphasis on oversight",
        "  It is one of a kind ([Balbuena et al., 2026]{cites=balbuena-2026}), see MAAP #223 and"
        " <https://example.org/2019>.\n  It puts strong emphasis on oversight",
    )
    facts = fact_sheet(read(copy), "peru").facts
    assert [fact for fact in facts if "one of a kind" in fact.first.sentence] == []


@pytest.mark.long
def test_other_acts_full_dates_and_numbers_in_words_are_claims(copy: Copy) -> None:
    sentences = {
        "en": "On November 24, 2025, Ministerial Resolution No. 123-2025-MINEM closed two million"
        " hectares, the 3rd closure; three rivers were spared.",
        "es": "El 24 de noviembre de 2025, la Resolución Ministerial N.º 123-2025-MINEM cerró dos"
        " millones de hectáreas, el 3.º cierre; quedaron libres tres ríos.",
    }
    for language, before in (("en", "  It puts strong emphasis on"), ("es", "  Hace hincapié en")):
        copy.edit(f"content/peru/{language}.yaml", before, f"  {sentences[language]}\n{before}")
    facts = fact_sheet(read(copy), "peru").facts
    found = [
        (fact.kind, fact.value, fact.missing)
        for fact in facts
        if fact.first.sentence.startswith("On November")
    ]
    assert found == [
        (FactKind.DATE, "2025-11-24", ()),
        (FactKind.LAW, "123-2025-MINEM", ()),
        (FactKind.FIGURE, "2000000 hectare", ()),
        (FactKind.RANK, "3", ()),
        (FactKind.FIGURE, "3", ()),
    ]


@pytest.mark.long
def test_the_same_sentence_in_two_fields_is_one_claim(copy: Copy) -> None:
    for language in LANGUAGES:
        path = copy.root / f"content/peru/{language}.yaml"
        text = path.read_text("utf-8")
        first, second = re.findall(r"(?m)^  (?:undeclared|growth): (.*)$", text)
        path.write_text(text.replace(first, second), "utf-8")
    facts = [one for one in told(fact_sheet(read(copy), "peru"), en="66.9%") if not one.sources]
    assert [(one.field, one.also) for one in facts] == [
        ("context_quotes.undeclared", ("context_quotes.growth",))
    ]


@pytest.mark.long
@pytest.mark.parametrize("text", ["A.", "«", "A de ", "Aa y ", "No. 1 ", "(AB) ", "1,"])
def test_no_text_takes_long_to_read(copy: Copy, text: str) -> None:
    copy.edit(
        "content/peru/en.yaml",
        "  It puts strong emphasis on",
        f"  {(text * 4000)[:8000]}\n  It puts strong emphasis on",
    )
    started = process_time()
    fact_sheet(read(copy), "peru")
    assert process_time() - started < 10


# --- edits ----------------------------------------------------------------------------------------


def words_between(text: str) -> list[tuple[int, str]]:
    """Pairs of small words of a file that occur once, where each may be edited and is no part of a
    number, a name or what the program reads.
    """
    known = ("score", "point", "rank", "place", "high", "low", "after", "before", "region")
    pairs = []
    for match in re.finditer(
        r"(?<![\w\[\]{}*^/.:-])[a-záéíóúñ]{5,} [a-záéíóúñ]{4,}(?![\w\]}:*/-])", text
    ):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        is_prose = not re.match(r"\s*[a-z_-]+:", line) or '"' in line
        if (
            is_prose
            and text.count(match[0]) == 1
            and "http" not in line
            and "{lang" not in text[match.start() : text.find("\n", match.end())]
            and not any(word in match[0] for word in known)
        ):
            pairs.append((match.start(), match[0]))
    return pairs


def touched(sheet: FactSheet, language: str, words: str) -> set[str]:
    """The facts in whose sentence, or in whose source, some words are."""
    return {
        fact.id
        for fact in sheet.facts
        if (language in fact.words and words in fact.words[language].sentence)
        or any(words in source.texts.get(language, "") for source in fact.sources)
    }


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_edits_open_exactly_the_claims_that_they_touch(copy: Copy, seed: int) -> None:
    """Twenty edits for each seed, all at once: words of sentences with claims and without, and of
    notes, in either language.
    """
    dice = random.Random(seed)
    before = peru()
    records = FactRecords({fact.id: verified(fact) for fact in before.facts})
    expected: set[str] = set()
    for language in LANGUAGES:
        path = copy.root / f"content/peru/{language}.yaml"
        text = path.read_text("utf-8")
        for at, words in sorted(dice.sample(words_between(text), 10), reverse=True):
            expected |= touched(before, language, words)
            first, _, second = words.partition(" ")
            text = text[:at] + f"{first} qq{second}" + text[at + len(words) :]
        path.write_text(text, "utf-8")
    judged = judged_sheet(fact_sheet(read(copy), "peru"), records)
    now = {one.fact.id for one in judged.facts if one.state is FactState.VERIFIED}
    assert {fact.id for fact in before.facts} - now == expected
    assert 0 < len(expected) < len(before.facts)
    # Each of them says what it was before.
    reopened = [one for one in judged.facts if one.state is FactState.REOPENED]
    assert len(reopened) == len(judged.unverified) == len(expected)
    assert all(one.before and one.before.by == "Ana" for one in reopened)


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "old", "new", "opened"),
    [
        # A figure in one language: the sentence, and the pair
        (
            "en",
            "lost significant areas of forest to mining as well: 1,262",
            "lost significant areas of forest to mining as well: 1,263",
            2,
        ),
        # A sentence before others of the same block
        (
            "en",
            "  It puts strong emphasis on",
            "  Nobody denies this.\n  It puts strong emphasis on",
            0,
        ),
        # A value of the data
        ("scores", "sanctions: 0.9", "sanctions: 0.8", 2),
        # A source's address
        ("en", "/es/mineria-oro-peru-2025/", "/es/mineria-oro-peru-2026/", 6),
        # A call for another note
        (
            "en",
            "and 1,014 hectares, respectively[^maap-223].",
            "and 1,014 hectares, respectively[^maap-233].",
            6,
        ),
        # Bold, quotes and line breaks change no words
        (
            "en",
            "**Good faith as to the origin of gold is not presumed**",
            "Good faith as to\n      the origin of gold is not presumed",
            0,
        ),
    ],
)
def test_an_edit_opens_what_rests_on_it(
    copy: Copy, file: str, old: str, new: str, opened: int
) -> None:
    before = {fact.id for fact in peru().facts}
    copy.edit(f"content/peru/{file}.yaml", old, new)
    now = {fact.id for fact in fact_sheet(read(copy), "peru").facts}
    assert len(before - now) == opened
    # Undone, everything holds again.
    copy.edit(f"content/peru/{file}.yaml", new, old)
    assert {fact.id for fact in fact_sheet(read(copy), "peru").facts} == before


# --- records --------------------------------------------------------------------------------------


def verified(fact: CardFact, state: FactState = FactState.VERIFIED) -> FactRecord:
    return FactRecord(
        str(fact.kind),
        fact.field,
        fact.value,
        fact.first.block,
        {language: one.sentence for language, one in fact.words.items()},
        state,
        "Ana",
        "2026-11-28",
        'He said: "yes" — # no',
        "https://example.org/copy?a=1&b=2",
    )


def kept(copy: Copy, state: FactState = FactState.VERIFIED, *, but: int = 0) -> FactDesk:
    """A copy in which all facts but the first few have a verdict."""
    records = FactRecords({fact.id: verified(fact, state) for fact in peru().facts[but:]})
    (copy.root / record.records_file("peru")).write_bytes(record.dumped(records))
    return fact_desk(copy.workspace, read(copy), "peru")


@pytest.mark.long
def test_records_are_read_as_they_were_written(copy: Copy) -> None:
    desk = kept(copy)
    assert desk.problems == ()
    assert desk.records.records == {fact.id: verified(fact) for fact in peru().facts}
    assert desk.judged.unverified == ()
    # The folder's file is no language of the card.
    assert list(copy.workspace.languages("peru")) == list(LANGUAGES)


@pytest.mark.parametrize(
    "text", ["facts:\n  a: {}\n", "facts: [\n", "facts:\n  a:\n    verdict: fine\n    by: x\n"]
)
def test_records_that_cannot_be_read_are_never_replaced(copy: Copy, run: Run, text: str) -> None:
    path = copy.root / record.records_file("peru")
    path.write_text(text, "utf-8")
    code, _, err = run("facts", "peru", "--workspace", str(copy.root))
    assert (code, path.read_text("utf-8")) == (ExitCode.CONTENT, text)
    assert "content/peru/facts.status.yaml:" in err


Cells = dict[int, dict[str, Any]]


# --- the workbook ---------------------------------------------------------------------------------


def sheet_of(copy: Copy | None = None) -> tuple[FactDesk, bytes]:
    copy_ = copy.workspace if copy else Workspace(ROOT)
    desk = fact_desk(copy_, read(copy), "peru")
    return desk, workbook.dumped(desk.judged, desk.judged.facts, NO_PAGES)


def filled(data: bytes, rows: Cells) -> bytes:
    """A workbook with cells written, by row and heading."""
    book = load_workbook(io.BytesIO(data))
    page = book.active
    assert page is not None
    heads = [cell.value for cell in page[1]]
    for row, cells in rows.items():
        for head, value in cells.items():
            page.cell(row, heads.index(head) + 1).value = value  # type: ignore[union-attr]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.long
def test_the_workbook_has_each_claim_once_and_no_formula() -> None:
    desk, data = sheet_of()
    page = load_workbook(io.BytesIO(data)).active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [fact.id for fact in desk.judged.sheet.facts]
    row = next(row for row in rows if "139,169 hectares" in str(row[2]))
    assert "in the Madre de Dios region alone." in str(row[3])
    assert "en la región Madre de Dios." in str(row[4])
    assert "https://www.maaprogram.org/es/mineria-oro-peru-2025/" in row
    assert all(cell.data_type != "f" for cells in page.iter_rows() for cell in cells)


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "head", "words"),
    [
        ("en", "verdict", ("verified", "Doubtful", " wrong ")),
        ("es", "veredicto", ("verificado", "DUDOSA", "incorrecta")),
        ("es", "veredicto", ("verified", "doubtful", "wrong")),
    ],
)
def test_verdicts_come_back_in_either_language(
    language: str, head: str, words: tuple[str, ...]
) -> None:
    with speaking(language):
        desk, data = sheet_of()
        cells: Cells = {row: {head: word} for row, word in enumerate(words, start=2)}
        returned = workbook.read(filled(data, cells), "back.xlsx")
    result = taken_sheet(desk.judged.sheet, desk.records, returned.rows, SIGNED)
    assert result.rejected == ()
    assert [state for _, state in result.taken] == [
        FactState.VERIFIED,
        FactState.DOUBTFUL,
        FactState.WRONG,
    ]
    first = result.records.records[desk.judged.sheet.facts[0].id]
    assert (first.by, first.on, first.field) == ("somebody", "2026-11-30", "overall.result")


@pytest.mark.long
def test_whatever_is_wrong_with_a_row_is_said_and_nothing_else_is_lost() -> None:
    desk, data = sheet_of()
    ids = [fact.id for fact in desk.judged.sheet.facts]
    cells: Cells = {
        2: {"verdict": "verified", "by": "Ana", "when": "24 de noviembre de 2026"},
        3: {"verdict": "perhaps"},
        4: {"remark": "I am not sure"},
        5: {"verdict": "verified", "when": "03/04/2026"},
        6: {"id": "000000000000", "verdict": "wrong"},
        7: {"verdict": "verified", "copy of the evidence": '=HYPERLINK("http://x")'},
        8: {"id": ids[0], "verdict": "wrong"},
        9: {"verdict": "wrong", "when": date(2026, 11, 2), "remark": "Two\nlines"},
        10: {"verdict": "wrong", "remark": "x" * 5000},
    }
    rows = workbook.read(filled(data, cells), "back.xlsx").rows
    result = taken_sheet(desk.judged.sheet, desk.records, rows, SIGNED)
    assert [(one.row.row, str(one.why)) for one in result.rejected] == [
        (3, '"perhaps" is not a verdict.'),
        (4, "there is a remark or evidence, but no verdict."),
        (5, '"03/04/2026" is not a date. Use the form 2026-11-24.'),
        (6, "the card no longer contains this claim: the text was edited, or the ID is wrong."),
        (7, "a cell has a formula. Type the text instead."),
        (8, "this claim is in the workbook twice."),
        (10, "a cell has more than 4,000 characters."),
    ]
    records = result.records.records
    assert {id_: (one.verdict, one.by, one.on) for id_, one in records.items()} == {
        ids[0]: (FactState.VERIFIED, "Ana", "2026-11-24"),
        ids[7]: (FactState.WRONG, "somebody", "2026-11-02"),
    }
    assert records[ids[7]].remark == "Two\nlines"


@pytest.mark.long
def test_a_workbook_sent_back_as_it_is_changes_nothing(copy: Copy) -> None:
    desk = kept(copy)
    data = workbook.dumped(desk.judged, desk.judged.facts, NO_PAGES)
    rows = workbook.read(data, "back.xlsx").rows
    result = taken_sheet(desk.judged.sheet, desk.records, rows, SIGNED)
    assert (result.taken, result.rejected, result.records) == ((), (), desk.records)


@pytest.mark.long
def test_a_new_verdict_is_of_whoever_gives_it_and_open_withdraws_one(copy: Copy) -> None:
    desk = kept(copy)
    data = workbook.dumped(desk.judged, desk.judged.facts, NO_PAGES)
    cells: Cells = {2: {"verdict": "wrong"}, 3: {"verdict": "open"}}
    rows = workbook.read(filled(data, cells), "back.xlsx").rows
    signed = Signature("Luis", "somebody", TODAY)
    result = taken_sheet(desk.judged.sheet, desk.records, rows, signed)
    first, second = (fact.id for fact in desk.judged.sheet.facts[:2])
    one = result.records.records[first]
    assert (one.verdict, one.by, one.on) == (FactState.WRONG, "Luis", "2026-11-30")
    assert second not in result.records.records
    assert len(result.records.records) == len(desk.records.records) - 1


@pytest.mark.long
def test_a_workbook_from_before_an_edit_gives_what_still_holds(copy: Copy) -> None:
    desk, data = sheet_of(copy)
    cells: Cells = {row: {"verdict": "verified"} for row in range(2, len(desk.judged.facts) + 2)}
    copy.edit(
        "content/peru/en.yaml", "gold mining had deforested some", "gold mining deforested some"
    )
    rows = workbook.read(filled(data, cells), "back.xlsx").rows
    now = fact_sheet(read(copy), "peru")
    result = taken_sheet(now, desk.records, rows, SIGNED)
    assert len(result.rejected) == 4
    assert len(result.taken) == len(now.facts) - 4
    assert all(one.row.verdict == "verified" for one in result.rejected)


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return target.getvalue()


def other_book(title: str) -> bytes:
    book = Workbook()
    book.properties.title = title
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


HOSTILE = {
    "no zip": b"verdict;by\nverified;Ana\n",
    "an empty file": b"",
    "a PDF": b"%PDF-1.7\n",
    "a bomb": zipped(xl__workbook_xml=b"<a>" * 5_000_000),
    "entities": zipped(xl__workbook_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "half a workbook": zipped(xl__workbook_xml=b"<workbook/>"),
    "another workbook": other_book(""),
    "a translation": other_book("peru/es"),
    "without columns": other_book("peru/facts"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_is_refused_in_one_line(
    copy: Copy, run: Run, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "back.xlsx"
    file.write_bytes(HOSTILE[kind])
    code, out, err = run("facts", "peru", "--take", str(file), "--workspace", str(copy.root))
    assert (code, out, err.count("\n")) == (ExitCode.UNREADABLE, "", 1), err
    assert err.startswith("error: ")
    assert not (copy.root / record.records_file("peru")).exists()


@pytest.mark.long
def test_the_workbook_of_another_country_is_refused(copy: Copy, run: Run, tmp_path: Path) -> None:
    _, data = sheet_of()
    book = load_workbook(io.BytesIO(data))
    book.properties.title = "chile/facts"
    file = tmp_path / "back.xlsx"
    book.save(file)
    code, _, err = run("facts", "peru", "--take", str(file), "--workspace", str(copy.root))
    assert code == ExitCode.USAGE
    assert "is the fact sheet for chile, not for peru" in err


# --- the command ----------------------------------------------------------------------------------


@pytest.mark.long
def test_the_way_of_a_fact_check(copy: Copy, run: Run, tmp_path: Path) -> None:
    at = ("--workspace", str(copy.root))
    file = tmp_path / "facts.xlsx"
    code, out, _ = run("facts", "peru", "--format", "xlsx", "-o", str(file), *at)
    count = len(peru().facts)
    assert (code, out.splitlines()[-1]) == (0, f"peru: {count} claims (open: {count})")
    file.write_bytes(filled(file.read_bytes(), {2: {"verdict": "verified"}, 4: {"verdict": "x"}}))
    code, out, err = run("facts", "peru", "--take", str(file), "--by", "Ana", *at)
    assert code == ExitCode.DIFFERENT
    assert "1 verdict saved" in out
    assert 'error: row 4 was not saved: "x" is not a verdict.' in err
    code, out, _ = run("facts", "peru", *at)
    assert (code, out.splitlines()[-1]) == (
        0,
        f"peru: {count} claims (open: {count - 1}, verified: 1)",
    )
    assert out.startswith("content/peru/en.yaml:16:16: rank second = segundo — verified\n")
    assert "    verified: Ana · " in out
    copy.edit("content/peru/en.yaml", "Peru comes {{ rank.total", "Peru came {{ rank.total")
    code, out, _ = run("facts", "peru", "--unverified", *at)
    assert out.startswith("content/peru/en.yaml:16:15: rank second = segundo — reopened\n")
    assert "    earlier: verified, according to Ana (" in out
    code, out, _ = run("facts", "peru", "--format", "json", *at)
    first = json.loads(out)["claims"][0]
    assert (first["state"], first["earlier"]["by"]) == ("reopened", "Ana")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("atlantis",), "there is no folder content/atlantis"),
        (("peru", "--format", "html"), "--output peru-facts.html"),
        (("peru", "--take", "x.xlsx", "--unverified"), "--take cannot be combined"),
        (("brazil",), "brazil has scores but no card"),
    ],
)
def test_a_wrong_command_line_is_explained(
    copy: Copy, run: Run, options: tuple[str, ...], said: str
) -> None:
    code, _, err = run("facts", *options, "--workspace", str(copy.root))
    assert code == ExitCode.USAGE
    assert said in err


def test_a_card_that_cannot_be_read_has_no_fact_sheet(copy: Copy, run: Run) -> None:
    copy.edit("content/peru/es.yaml", "title: Ficha", "titel: Ficha")
    code, out, err = run("facts", "peru", "--workspace", str(copy.root))
    assert (code, out) == (ExitCode.CONTENT, "")
    assert "Nothing was written" in err


# --- the page -------------------------------------------------------------------------------------


def page_of(copy: Copy, language: str) -> str:
    """The page of a card with a verdict of each kind, and markup wherever somebody can type it."""
    content = read(copy)
    facts = fact_sheet(content, "peru").facts
    records = {
        fact.id: replace(
            verified(fact, state), remark="<script>alert(1)</script>", evidence=evidence
        )
        for fact, state, evidence in zip(
            facts,
            (*record.VERDICTS, FactState.VERIFIED),
            ("https://example.org/?a=<b>", "javascript:alert(1)", "scan 7.pdf", ""),
            strict=False,
        )
    }
    judged = judged_sheet(fact_sheet(content, "peru"), FactRecords(records))
    pages = FactPages("peru", {f"peru.en.context.{facts[-1].first.block}": 3})
    card, wording = content.cards["peru"][language].model, content.wordings[language].model
    with speaking(language):
        data = as_html(judged, judged.facts, pages, (str(card.title), language), wording)
    return data.decode()


@pytest.mark.long
def test_the_page_holds_nothing_that_runs_or_is_fetched(copy: Copy) -> None:
    copy.edit(
        "content/peru/en.yaml", "gold mining had deforested some", "gold <b>mining</b> had lost"
    )
    html = page_of(copy, "en")
    assert "<script" not in html
    assert "<b>mining" not in html
    assert "default-src 'none'" in html
    assert html.count('href="javascript') == 0
    assert 'href="https://example.org/?a=&lt;b&gt;"' in html
    assert html.count('class="claim"') == len(peru().facts)
    assert "<mark>97.5%</mark> of them in the Madre de Dios region alone." in html


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_accessible_and_shows_what_is_chosen(
    copy: Copy, browser: Any, tmp_path: Path, language: str
) -> None:
    from .browsing import RULES, axe, watched

    file = tmp_path / "facts.html"
    file.write_text(page_of(copy, language), "utf-8")
    said: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 700}, locale=language)
    page = watched(context, said, lambda url: url.startswith(("file:", "data:")))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(file.as_uri())
        assert axe.Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate("document.documentElement.lang") == language
    page.check("#kind-law")
    laws = sum(fact.kind is FactKind.LAW for fact in peru().facts)
    assert page.locator(".claim:visible").count() == laws
    page.check("#kind-all")
    page.check("#state-wrong")
    assert page.locator(".claim:visible").count() == page.locator("section:visible").count() == 1
    assert said == []
    context.close()


# --- a release ------------------------------------------------------------------------------------


def blocked(copy: Copy) -> list[str]:
    found = unverified(copy.workspace, read(copy), ("peru",))
    return [str(one.message) for one in found if one.code == "RELEASE-FACTS"]


@pytest.mark.long
def test_a_release_asks_for_the_fact_check_that_the_edition_asks_for(copy: Copy) -> None:
    assert blocked(copy) == []
    copy.edit(
        "content/edition.yaml",
        "repeated_notes: again",
        "release: {facts: verified}\nrepeated_notes: again",
    )
    count = len(peru().facts)
    (unchecked,) = blocked(copy)
    assert unchecked.startswith(f"peru has {count} claims not yet verified: second, 11.7, 12.5")
    kept(copy)
    assert blocked(copy) == []
    for state in (FactState.DOUBTFUL, FactState.WRONG):
        kept(copy, state)
        (found,) = blocked(copy)
        assert found.startswith(f"peru has {count} claims found to be {state}: second")
    kept(copy, but=1)
    assert blocked(copy) == ["peru has 1 claim not yet verified: second."]
    kept(copy)
    copy.edit(
        "content/peru/es.yaml",
        "el Perú **ocupa el {{ rank.legal",
        "el Perú **ocupó el {{ rank.legal",
    )
    assert blocked(copy) == [
        "peru has 2 claims edited since the fact-check: fourth, Colombia, Brazil, and Ecuador."
    ]


@pytest.mark.long
def test_records_that_cannot_be_read_block_a_release(copy: Copy) -> None:
    copy.edit(
        "content/edition.yaml",
        "repeated_notes: again",
        "release: {facts: verified}\nrepeated_notes: again",
    )
    (copy.root / record.records_file("peru")).write_text("facts: [\n", "utf-8")
    found = reasons(read_workspace(copy.workspace), ("peru",), scoreboard=False)
    assert [one.code for one in found if "facts.status.yaml" in one.place.file]
    assert not [one for one in found if one.code == "RELEASE-FACTS"]


@pytest.mark.long
def test_a_release_records_what_was_found(copy: Copy) -> None:
    assert fact_record(copy.workspace, read(copy), ("peru",), {}) == {}
    kept(copy, but=1)
    (data,) = fact_record(copy.workspace, read(copy), ("peru",), {}).values()
    card = json.loads(data)["cards"]["peru"]
    assert card["counts"] == {"open": 1, "verified": len(peru().facts) - 1}
    one = card["claims"][1]
    assert (one["verdict"], one["by"], one["on"]) == ("verified", "Ana", "2026-11-28")
    assert one["sentences"]["es"].startswith("En el conjunto")
    assert export.as_json(judged_sheet(peru(), FactRecords()), (), NO_PAGES).endswith("}\n")
