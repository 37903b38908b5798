"""Slips of people who are no programmers: one problem each, at its line, in their words; and what
looks like a slip and is none.
"""

from typing import Any

import pytest

from reportcard.content.model import Card, CountryScores, Edition, Glossary
from reportcard.content.shelf import ContentFile, Shelf
from reportcard.content.wording import Wording
from reportcard.problems.problem import Problem

from .conftest import ROOT

ES = "content/peru/es.yaml"
EN = "content/peru/en.yaml"
SCORES = "content/peru/scores.yaml"
WORDING = "content/wording/es.yaml"
EDITION = "content/edition.yaml"
GLOSSARY = "content/glossary.yaml"
KINDS: dict[str, tuple[type[Any], str]] = {
    ES: (Card, "peru"),
    EN: (Card, "peru"),
    SCORES: (CountryScores, ""),
    WORDING: (Wording, "wording"),
    EDITION: (Edition, ""),
    GLOSSARY: (Glossary, ""),
}

TITLE = (
    "    title: Fijar un plazo a los derechos mineros de la MAPE y reevaluarlos periódicamente\n"
)
WORDS = TITLE.partition(": ")[2].rstrip("\n")
LINE = "      Debe modificarse la Ley N.º 27651 para que"
BULLET = "      - Los compradores de oro tienen"
NEXT = "\n    text: |\n"
QUOTE = "the quotation mark that opens here is never closed"
COLON = '"title" must be followed by a colon and a space'
DASH = "a bullet must start with - and a space"


def titled(value: str) -> tuple[str, str, str]:
    """The title of a recommendation with another value."""
    return ES, TITLE, f"    title: {value}\n"


#: By slip: the file, what stands there, what is typed instead, how many lines below that the slip
#: is, and what is said.
SLIPS: dict[str, tuple[str, str, str, int, str]] = {
    # Quotation marks.
    "a quote is not closed": (ES, "title: Ficha", 'title: "Ficha', 0, QUOTE),
    "an apostrophe begins a text": (*titled(f"'{WORDS}"), 0, QUOTE),
    "a quote in the wording": (WORDING, "scoreboard: Tablero", 'scoreboard: "Tablero', 0, QUOTE),
    "a quote in the edition": (EDITION, 'version: "0.1"', 'version: "0.1', 0, QUOTE),
    "a quote in a list": (ES, "  - T. Társia", '  - "T. Társia', 0, QUOTE),
    "a quote in the glossary": (GLOSSARY, "note: ASGM", "note: 'ASGM", 0, QUOTE),
    "text after a quote": (
        *titled('"Fijar" un plazo'),
        0,
        "text follows the quotation mark that closes",
    ),
    "an apostrophe in quotes": (EN, "Peru Report Card", "'Peru's Report Card'", 0, "text follows"),
    "curly quotes": (*titled(f"“{WORDS}”"), 0, "curly quotation marks"),
    "curly quotes and a colon": (*titled("“Plazo: fijarlo”"), 0, "curly quotation marks"),
    # Colons and keys.
    "no space after the colon": (ES, TITLE, f"    title:{WORDS}\n", 0, COLON),
    "no space after the colon of a bar": (ES, "  result: |", "  result:|", 0, "colon and a space"),
    "no space after a score's colon": (SCORES, "ownership: 0.8", "ownership:0.8", 0, "and a space"),
    "no space in braces": (SCORES, "total: 2", "total:2", 0, "and a space"),
    "a no-break space after the colon": (ES, TITLE, f"    title:\u00a0{WORDS}\n", 0, COLON),
    "a full-width colon": (ES, TITLE, f"    title：{WORDS}\n", 0, 'not the character "："'),
    "no colon": (ES, TITLE, f"    title {WORDS}\n", 0, COLON),
    "an equals sign": (ES, TITLE, f"    title = {WORDS}\n", 0, COLON),
    "no colon at a group": (ES, "recommendations:\n", "recommendations\n", 0, "colon and a space"),
    "a colon in a text": (*titled("Plazo: fijarlo"), 0, 'this value contains ": "'),
    "a translated key": (ES, TITLE, f"    título: {WORDS}\n", 0, 'Did you mean "title"?'),
    "a translated key of the card": (ES, "status: draft", "estado: draft", 0, 'mean "status"?'),
    "a key in capitals": (ES, "status: draft", "Status: draft", 0, 'Did you mean "status"?'),
    "a misspelled key": (EN, "status: draft", "staus: draft", 0, 'Did you mean "status"?'),
    "a translated key of the edition": (EDITION, "date: 2026", "fecha: 2026", 0, 'mean "date"?'),
    "a key twice": (ES, "status: draft\n", "status: draft\nstatus: draft\n", 1, "is repeated"),
    "a key without a value": (ES, TITLE, "    title:\n", 0, "is empty"),
    "a status without a value": (ES, "status: draft\n", "status:   # later\n", 0, "is empty"),
    # Bullets.
    "a dash for a bullet": (ES, BULLET, BULLET.replace("-", "–"), 0, DASH),
    "an asterisk for a bullet": (ES, BULLET, BULLET.replace("-", "*"), 0, DASH),
    "a dot for a bullet": (ES, BULLET, BULLET.replace("-", "•"), 0, DASH),
    "a bullet without a space": (ES, BULLET, BULLET.replace("- ", "-"), 0, DASH),
    "a bullet of a list without a space": (ES, "  - T. Társia", "  -T. Társia", 0, DASH),
    "a long dash in a list": (ES, "  - T. Társia", "  ― T. Társia", 0, DASH),
    "a wide hyphen in a list": (ES, "  - T. Társia", "  － T. Társia", 0, DASH),
    "a number in a list": (ES, "  - T. Társia", "  1. T. Társia", 0, DASH),
    "a dash in a list": (ES, "  - T. Társia", "  – T. Társia", 0, DASH),
    "a bullet in English": (EN, "\n      - ", "\n      • ", 1, DASH),
    # Indentation.
    "a text without indentation": (ES, LINE, LINE.lstrip(), 0, "is 0 on this line of text, but"),
    "a later line without indentation": (
        ES,
        "        Se establecen así",
        "Se establecen así",
        0,
        "is 0 on this line of text, but 6 on the lines around it.",
    ),
    "a line of text off by one": (
        ES,
        "    y antes de {{ countries.brazil",
        "   y antes de {{ countries.brazil",
        0,
        "is 3 on this line of text, but 4 on the lines around it.",
    ),
    "the first line of a text off by one": (
        ES,
        "    En el conjunto del Tablero",
        "     En el conjunto del Tablero",
        0,
        "is 5 on this line of text, but 4 on the lines around it.",
    ),
    "a key off by one": (
        ES,
        "    institutions: [",
        "     institutions: [",
        0,
        "is 5 on this line, but 4 on the lines around it.",
    ),
    "the first key off by one": (ES, TITLE, f" {TITLE}", 0, "is 5 on this line, but"),
    "a group off by one": (
        ES,
        "\nrecommendations:",
        "\n recommendations:",
        1,
        "is 1 on this line, but",
    ),
    "a bullet of a list off by one": (
        ES,
        "  - T. Társia",
        "   - T. Társia",
        0,
        "is 3 on this line, but",
    ),
    "a category off by one": (
        SCORES,
        "  ownership: 0.8",
        "   ownership: 0.8",
        0,
        "is 3 on this line, but",
    ),
    "no-break spaces": (ES, LINE, "\u00a0 " * 3 + LINE.lstrip(), 0, "a no-break space is used"),
    "a tab": (ES, "    text: |\n" + LINE, "\ttext: |\n" + LINE, 0, "a tab is used"),
    "a tab before a text": (ES, LINE, "\t" + LINE.lstrip(), 0, "a tab is used"),
    # Brackets, bars and signs.
    "a bracket is not closed": (EDITION, "earth-genome]", "earth-genome", 0, "never closed"),
    "a brace is not closed": (WORDING, "the: el Perú}", "the: el Perú", 0, "never closed"),
    "a bracket begins a text": (*titled("[sic] Fijar un plazo"), 0, 'cannot begin with "["'),
    "a value begins a text": (*titled("{{ country.name }} mejora"), 0, 'cannot begin with "{{"'),
    "an at sign": (*titled("@Minem fija un plazo"), 0, 'cannot begin with "@"'),
    "a grave accent": (*titled("`Fijar un plazo"), 0, 'cannot begin with "`"'),
    "a percent sign": (*titled("% de concesiones"), 0, 'cannot begin with "%"'),
    "an asterisk": (*titled("*Fijar* un plazo"), 0, "begins with *"),
    "bold": (*titled("**Fijar** un plazo"), 0, "*"),
    "an exclamation mark": (*titled("!Fijar un plazo"), 0, "begins with !"),
    "a bullet after a colon": (*titled("- Fijar un plazo"), 0, 'cannot begin with "-"'),
    "a text on the line of its bar": (
        ES,
        "result: |\n    En",
        "result: | En",
        0,
        "on the same line",
    ),
    "a text cut by a number sign": (*titled("Fijar el plazo #1"), 0, 'cuts this text off at " #"'),
    "bullets without a bar": (
        ES,
        f"    text: |\n{LINE}",
        f"    text:\n{LINE}\n      - uno",
        0,
        "bar",
    ),
    "paragraphs without a bar": (
        ES,
        f"    text: |\n{LINE}",
        f"    text:\n      Uno.\n\n{LINE}",
        1,
        'several lines without "|"',
    ),
    # Lines that programs leave.
    "a merge conflict": (
        ES,
        TITLE,
        f"<<<<<<< HEAD\n    title: Fijar\n=======\n{TITLE}",
        0,
        "merge conflict",
    ),
    "the end of a merge conflict": (ES, LINE, f">>>>>>> main\n{LINE}", 0, "merge conflict"),
}


def read(file: str, data: bytes) -> tuple[Problem, ...]:
    """What is wrong with the bytes of one of the workspace's files."""
    kind, scope = KINDS[file]
    return Shelf().read(ContentFile(file, kind, scope, "«»“”" if scope else ""), data)[1]


def typed(file: str, there: str, instead: str) -> tuple[str, int]:
    """A file with a slip in it, and the line where the slip begins."""
    source = (ROOT / file).read_text(encoding="utf-8")
    start = source.index(there)
    return source.replace(there, instead, 1), source.count("\n", 0, start) + 1


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_one_problem_at_its_line_in_plain_words(slip: str) -> None:
    file, there, instead, down, words = SLIPS[slip]
    source, line = typed(file, there, instead)
    (problem,) = read(file, source.encode())
    assert (problem.place.file, problem.place.line) == (file, line + down), str(problem)
    assert words in str(problem)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found_with_the_line_ends_of_windows_and_a_byte_order_mark(slip: str) -> None:
    file, there, instead, down, words = SLIPS[slip]
    source, line = typed(file, there, instead)
    (problem,) = read(file, b"\xef\xbb\xbf" + source.replace("\n", "\r\n").encode())
    assert (problem.place.line, words in str(problem)) == (line + down, True)


CARD = (ROOT / ES).read_text(encoding="utf-8")
#: By what a program did to the Spanish card: its bytes, the line, and what is said.
SAVED: dict[str, tuple[bytes, int, str]] = {
    "as Windows-1252": (CARD.encode("cp1252", "replace"), 2, "saved as Windows-1252"),
    "opened as Windows-1252": (
        CARD.encode().decode("cp1252", "replace").replace("\ufffd", "Ý").encode(),
        2,
        'Windows-1252 and then saved, so "evaluación" became "evaluaciÃ³n"',
    ),
    "opened as Latin-1, in part": (CARD.replace("Perú\n", "PerÃº\n", 1).encode(), 2, '"Perú"'),
    "as UTF-16": (CARD.encode("utf-16"), 0, "saved as UTF-16"),
    "as UTF-16 without a mark": (CARD.encode("utf-16-be"), 0, "saved as UTF-16"),
    "with the line ends of old Macs": (CARD.replace("\n", "\r").encode(), 1, "as on old Macs"),
    "with letters lost": (CARD.replace("ó", "\ufffd").encode(), 2, "letters were lost"),
    "as a Word file": (b"PK\x03\x04" + bytes(range(256)), 0, "word processor"),
    "with control characters": (CARD.replace(" oro ", " oro\x0b").encode(), 26, "U+000B"),
}


@pytest.mark.parametrize("way", SAVED)
def test_a_wrongly_saved_file_is_one_problem(way: str) -> None:
    data, line, words = SAVED[way]
    (problem,) = read(ES, data)
    assert problem.place.line == line, str(problem)
    assert words in str(problem)


#: What is content, whatever rules on words say to it, or no slip though it looks like one: the
#: file, what stands there, and what is typed instead.
SOUND: dict[str, tuple[str, str, str]] = {
    "a quoted title": titled(f'"{WORDS}"'),
    "an apostrophe within": (EN, "Peru Report Card", "Peru's Report Card"),
    "a quotation within a title": titled("Fijar el «plazo» y “reevaluarlo”"),
    "a quoted title to print": (ES, TITLE, f"    title: |\n      “{WORDS}”\n"),
    "a colon without a space": titled("Fijar de 8:30 a 9:30"),
    "a colon in a block": (ES, LINE, "      Nota: conviene, según title:Fijar,"),
    "a number sign within a word": titled("Fijar el plazo de a#b"),
    "a soft hyphen": (ES, "Conviene", "Con\u00advie\u00adne"),
    "a zero-width space": (ES, "Conviene", "Con\u200bviene"),
    "a mark of direction": (ES, "Debe modificarse", "Debe\u200f modificarse"),
    "a sign that begins a note": (ES, "dl-1107: Perú.", "dl-1107: • Perú."),
    "an emoji": (ES, "Debe modificarse", "Debe 🙂 modificarse"),
    "a dash of a sentence": (ES, LINE, f"      De otro modo\n      – así se dijo –\n{LINE}"),
    "an aside in hyphens": (ES, LINE, f"{BULLET}:\n      -ríos, lagos- y\n{LINE}"),
    "a negative number": (ES, LINE, f"      Es de\n      -5 grados\n{LINE}"),
    "italics at the beginning": (ES, LINE, f"      *Conviene* decirlo.\n{LINE}"),
    "a text in braces over lines": (EDITION, "[Amazon, Conservation]", "[Amazon,\n Conservation]"),
    "a comment": (ES, "status: draft", "# título:Ficha, “así”\nstatus: draft  # aún"),
    "capitals before a quotation mark": (ES, "Conviene", "“AMANHÔ conviene"),
    "a text of more indentation": (ES, LINE, f"{LINE}\n        así mismo"),
    "a paragraph without a bar": (ES, "  result: |\n", "  result:\n"),
    "a line of other ends": (ES, TITLE, TITLE.replace("\n", "\r\n")),
    "a bullet list at the key's indentation": (ES, "  - T. Társia", "  -   T. Társia"),
}


@pytest.mark.parametrize("text", SOUND)
def test_what_is_no_slip_is_taken(text: str) -> None:
    file, there, instead = SOUND[text]
    source, _ = typed(file, there, instead)
    assert [str(one) for one in read(file, source.encode())] == []


def test_decomposed_accents_are_taken() -> None:
    from unicodedata import normalize

    assert read(ES, normalize("NFD", CARD).encode()) == ()
