"""A text that changes keeps the lines of its file: a difference shows the sentence that changed."""

import random
import re

import pytest

from reportcard.content.line_breaks import UNBROKEN, LineBreaks
from reportcard.content.rewrites import Rewrite
from reportcard.content.segments import segments
from reportcard.content.splicing import spliced
from reportcard.content.tree import Text
from reportcard.content.yaml import read_tree

from .conftest import ROOT
from .test_splicing import DATA, FILE, card, changed_lines

SENTENCES = LineBreaks(at_sentences=True)
OLD = ["El país prohíbe las dragas[^a].", "La ley N.º 27651 fija las condiciones,", "y las separa."]


@pytest.mark.parametrize(
    ("new", "lines"),
    [
        # A word alone, in each line
        (OLD[0].replace("dragas", "grandes dragas"), 0),
        (OLD[1].replace("condiciones", "reglas"), 1),
        (OLD[2].replace("separa", "distingue"), 2),
    ],
)
def test_a_changed_word_changes_its_line(new: str, lines: int) -> None:
    wanted = [*OLD[:lines], new, *OLD[lines + 1 :]]
    assert SENTENCES.lines(" ".join(wanted), OLD) == wanted
    assert UNBROKEN.lines(" ".join(wanted), OLD) == wanted


def test_a_new_sentence_is_a_line_where_sentences_are() -> None:
    wanted = [OLD[0], "Nadie las vigila.", *OLD[1:]]
    assert SENTENCES.lines(" ".join(wanted), OLD) == wanted
    last = [*OLD, "¿Quién la aplica?"]
    assert SENTENCES.lines(" ".join(last), OLD) == last
    first = ["Todo empieza así.", *OLD]
    assert SENTENCES.lines(" ".join(first), OLD) == first
    assert UNBROKEN.lines(" ".join(last), OLD) == [*OLD[:2], f"{OLD[2]} ¿Quién la aplica?"]


def test_a_sentence_that_goes_takes_its_line_along() -> None:
    assert SENTENCES.lines(" ".join(OLD[1:]), OLD) == OLD[1:]
    assert SENTENCES.lines(OLD[0], OLD) == OLD[:1]


def test_a_text_in_other_words_breaks_where_a_sentence_or_a_part_of_one_ends() -> None:
    new = ["Aquí no hay nada igual.", "Otra oración trata de caminos nuevos,", "todos ilegales."]
    assert SENTENCES.lines(" ".join(new), OLD) == new


def test_one_line_stays_one_line() -> None:
    text = "Una oración. Otra oración."
    assert UNBROKEN.lines(text, ["Una frase. Otra frase."]) == [text]
    assert SENTENCES.lines(text, ["Una oración. Otra frase."]) == [text], "it was so before"
    assert SENTENCES.lines(text) == ["Una oración.", "Otra oración."]


@pytest.mark.parametrize(
    "text",
    [
        "La ley N.º 27651 rige. - no es una viñeta",
        "Rige la ley. # no es un título",
        "Va el año 2024. 1. no es una lista",
        "Lo dijo J. Pérez ayer.",
        "Véase [una página. Otra](https://example.org/a b) y más.",
        "Vale {{ rank.total. | ordinal }} y más.",
    ],
)
def test_no_line_begins_with_what_would_be_another_block(text: str) -> None:
    for line in SENTENCES.lines(text):
        assert not re.match(r"[-#]|\d+\. |Pérez", line)
        assert line.count("{{") == line.count("}}")
    assert " ".join(SENTENCES.lines(text)) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Una.\nDos.\n\n- Tres.\n  Cuatro.\n", True),
        ("Una. Dos.\nTres.\n\nCuatro. Cinco.\n", False),
        ("Una sola.\n\n- Otra sola.\n- La MAPE.\n", None),
        ("La minería de la MAPE.\nSigue.\n", True),
    ],
)
def test_where_a_field_breaks(text: str, found: bool | None) -> None:
    breaks = LineBreaks.of(text)
    assert (breaks.at_sentences if breaks else None) == found


@pytest.mark.long
def test_each_line_of_the_card_can_be_changed_and_no_other_line_is() -> None:
    """A word of every ninth line of the blocks that have several, in turn: one line differs."""
    tried = 0
    tree, _ = read_tree(DATA, FILE)
    assert tree
    for rewrite in card(ROOT):
        text = tree.text(*rewrite.path)
        if text is None or text.scalar.style != "|":
            continue
        rows = str(text).split("\n")
        for number, block in enumerate(segments(text)):
            lines = rows[slice(*block.rows)]
            for row in [line for line in lines if line.strip()] if len(lines) > 2 else []:
                word = max(re.findall(r"\b[a-zí-ú]{4,}\b", row), key=len, default="")
                if not word or block.text.count(word) != 1:
                    continue
                tried += 1
                if tried % 9:
                    continue
                blocks = list(rewrite.blocks)
                blocks[number] = (block.kind, block.text.replace(word, "palabra nueva"))
                made = spliced(DATA, FILE, [Rewrite(rewrite.path, tuple(blocks))])
                gone, new = changed_lines(DATA, made)
                assert (len(gone), len(new)) == (1, 1), (rewrite.path, row)
                assert new[0] == gone[0].replace(word, "palabra nueva")
    assert tried > 60


def test_a_new_block_and_a_new_field_have_a_line_for_each_sentence() -> None:
    data = b"a: |\n  Una.\n  Dos.\n\n  - Tres.\n    Cuatro.\n"
    blocks = (("paragraph", "Una. Dos."), ("paragraph", "Nueva. Otra."), ("bullet", "Cinco. Seis."))
    rewrites = [Rewrite(("a",), blocks), Rewrite(("b",), (("paragraph", "Siete. Ocho."),) * 2)]
    assert spliced(data, "a.yaml", rewrites) == (
        b"a: |\n  Una.\n  Dos.\n\n  Nueva.\n  Otra.\n\n  - Cinco.\n    Seis.\n"
        b"b: |\n  Siete.\n  Ocho.\n\n  Siete.\n  Ocho.\n"
    )


def test_an_item_within_a_list_keeps_its_lines() -> None:
    data = b"a: |\n  1. Una.\n     Dos.\n     - Tres\n       cuatro.\n  2. Cinco.\n"
    tree, _ = read_tree(data, "a.yaml")
    assert tree
    text = tree.text("a")
    assert text is not None
    blocks = [(one.kind, one.text.replace("Dos.", "Dos y medio.")) for one in segments(text)]
    made = spliced(data, "a.yaml", [Rewrite(("a",), tuple(blocks))])
    assert made == data.replace(b"Dos.", b"Dos y medio.")


def test_fields_that_are_added_at_one_place_are_in_the_order_of_the_other_language() -> None:
    other, _ = read_tree(b"a: |\n  A.\nb: |\n  B.\nc: |\n  C.\nd: x\n", "en.yaml")
    new = [Rewrite((name,), (("paragraph", f"{name}."),)) for name in "cba"]
    made = spliced(b"d: x\n", "a.yaml", new, other)
    assert made == b"a: |\n  a.\nb: |\n  b.\nc: |\n  c.\nd: x\n"


def test_random_texts_are_read_as_they_were() -> None:
    chance = random.Random(3)
    signs = "Uno dos, tres. - # 1. 2) > | : ::: + * ** = --- [^a]: ~~~ *no* (sí). {{ a.b }} ñ"
    words = signs.split()
    for _ in range(300):
        old = [" ".join(chance.choices(words, k=4)) for _ in range(3)]
        text = " ".join(["Uno", *chance.choices(words, k=9), "fin."])
        for breaks in (SENTENCES, UNBROKEN):
            made = breaks.lines(text, old)
            assert " ".join(made) == text
            if len(made) > 1:
                whole, again = (segments(Text(one, "")) for one in (text, "\n".join(made)))
                assert [(one.kind, one.text) for one in again] == [
                    (one.kind, one.text) for one in whole
                ], made
