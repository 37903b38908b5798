"""Prose as typed to blocks: what is kept, where it stands, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcard.content.markdown import parse_prose
from reportcard.content.prose import (
    Aside,
    Bullets,
    Call,
    Chart,
    DataTable,
    Paragraph,
    Picture,
    Prose,
    PullQuote,
    Run,
    Value,
)
from reportcard.content.segments import segments
from reportcard.content.tree import Scalar, Text


def typed(text: str) -> Text:
    rows = tuple((number + 3, 5) for number in range(text.count("\n") + 1))
    return Text(text, "card.yaml", Scalar(rows, "|"))


def parse(text: str, quotes: str = "«»“”") -> tuple[Prose, list[str]]:
    prose, problems = parse_prose(typed(text), "peru/context", quotes)
    return prose, [
        f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in problems
    ]


def words(prose: Prose) -> str:
    return "".join(inline.text for inline in prose.inlines() if isinstance(inline, Run))


def test_blocks_and_marks() -> None:
    prose, problems = parse(
        "One **bold** and *slanted*.\n\n- first[^a]\n- second [site](https://example.org)\n\nLast"
        " {{ score.total }}."
    )
    assert problems == []
    first, bullets, last = prose.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(bullets, Bullets)
    assert isinstance(last, Paragraph)
    assert [
        (run.text, run.marks.bold, run.marks.italic)
        for run in first.inlines
        if isinstance(run, Run)
    ] == [
        ("One ", False, False),
        ("bold", True, False),
        (" and ", False, False),
        ("slanted", False, True),
        (".", False, False),
    ]
    assert [
        inline.note for inline in bullets.items[0].text.inlines if isinstance(inline, Call)
    ] == ["a"]
    assert bullets.items[1].text.inlines[1].marks.href == "https://example.org"
    assert [
        (inline.name, inline.filter) for inline in last.inlines if isinstance(inline, Value)
    ] == [("score.total", "")]


@pytest.mark.parametrize(
    "meant", ["a *b* c", "2 ** 3", "[sic] {{ x }}", "[^a]", "a](b", "_x_", "# x", "1. x", "- x"]
)
def test_what_is_escaped_is_text_and_no_half_of_a_mark(meant: str) -> None:
    escaped = "".join(f"\\{sign}" if sign in "*[]{}_#.-" else sign for sign in meant)
    prose, problems = parse(escaped)
    assert (words(prose), problems) == (meant, [])


def test_every_inline_knows_its_place() -> None:
    prose, _ = parse("Alpha **beta**\ngamma[^note] {{ score.total }}.")
    places = {}
    for inline in prose.inlines():
        name = (
            inline.text
            if isinstance(inline, Run)
            else inline.note
            if isinstance(inline, Call)
            else inline.name
        )
        places[name.strip()] = (inline.place.line, inline.place.column)
    assert places["beta"] == (3, 13)
    assert places["gamma"] == (4, 5)
    assert places["note"] == (4, 10)
    assert places["score.total"] == (4, 18)


def test_raw_html_is_refused_and_never_more_than_text() -> None:
    prose, problems = parse('<b>x</b> <script>alert("1")</script> &amp;')
    assert words(prose) == "<b>x</b> <script>alert(«1»)</script> &amp;"
    assert problems == ["3:5 PROSE-MARKDOWN", "3:14 PROSE-MARKDOWN", "3:42 PROSE-MARKDOWN"]


@pytest.mark.parametrize(
    ("quotes", "told"), [("«»“”", "«out “in” out»"), ("“”‘’", "“out ‘in’ out”")]
)
def test_quotes_follow_the_language(quotes: str, told: str) -> None:
    assert words(parse("\"out 'in' out\"", quotes)[0]) == told


def test_a_passage_in_another_language_and_a_citation() -> None:
    prose, problems = parse(
        "See [*Anuario*, Lima]{lang=es} ([Balbuena et al., 2026]{cites=balbuena})[^balbuena]."
    )
    assert problems == []
    runs = [inline for inline in prose.inlines() if isinstance(inline, Run)]
    assert [(run.text, run.marks.lang, run.marks.italic) for run in runs[1:3]] == [
        ("Anuario", "es", True),
        (", Lima", "es", False),
    ]
    assert [run.marks.cites for run in runs if run.marks.cites] == ["balbuena"]


def test_a_picture_stands_alone() -> None:
    prose, problems = parse('![A map](figures/map.svg "Mining fronts")')
    assert problems == []
    (picture,) = prose.blocks
    assert isinstance(picture, Picture)
    assert (picture.file, picture.alt, picture.width) == ("figures/map.svg", "A map", "")
    assert words(prose) == "Mining fronts"
    assert not picture.legend.is_numbered


def test_a_key_outlives_a_new_order_of_blocks() -> None:
    one, _ = parse("Alpha.\n\nBeta.\n\nGamma.")
    two, _ = parse("Gamma.\n\nAlpha.\n\nNew.\n\nBeta.")
    keys = {
        words(Prose("", (block,))): block.key
        for block in one.blocks
        if isinstance(block, Paragraph)
    }
    for block in two.blocks:
        if isinstance(block, Paragraph) and words(Prose("", (block,))) in keys:
            assert block.key == keys[words(Prose("", (block,)))]


def test_the_same_words_twice_have_two_keys() -> None:
    prose, _ = parse("Alpha.\n\nAlpha.")
    assert len({paragraph.key for paragraph in prose.paragraphs()}) == 2


#: Every block, and where the words of each of its texts are: line and column.
ALL = """\
### Heading
Text of it[^a].

3. three
   - inner **bold**
4. four

- a
  1. x
  2. y

| Year | Area {{ score.total }} |
|:-----|---:|
| 2019 | 9.5 |
| | 1 \\| 2 |
: Caption **here**
  going on {#areas}
: Source

::: box Title?
Boxed.

![Alt](figures/x.svg){width=half}
: Below
:::

::: quote
Quoted
: Someone
:::

::: chart bars data=def.csv width=full
: Chart
area = Área
:::
"""


def test_every_block_is_read_with_the_place_of_its_words() -> None:
    prose, problems = parse(ALL)
    assert problems == []
    kinds = [type(block).__name__ for block in prose.blocks]
    assert kinds == [
        "RunIn",
        "Paragraph",
        "Bullets",
        "Bullets",
        "DataTable",
        "Aside",
        "PullQuote",
        "Chart",
    ]
    lines = ALL.split("\n")
    for paragraph in prose.paragraphs():
        place = paragraph.place
        said = lines[place.line - 3][place.column - 5 :]
        first = paragraph.inlines[0]
        assert said.startswith(first.text if isinstance(first, Run) else "{{")
    _, _, numbered, bullets, table, box, quote, chart = prose.blocks
    assert isinstance(numbered, Bullets)
    assert (numbered.is_numbered, numbered.start, len(numbered.items)) == (True, 3, 2)
    assert numbered.items[0].inner
    assert isinstance(bullets, Bullets)
    assert bullets.items[0].inner
    assert bullets.items[0].inner.is_numbered
    assert isinstance(table, DataTable)
    assert table.sides == ("left", "right")
    assert [[plain(cell) for cell in row] for row in table.rows] == [["2019", "9.5"], ["", "1 | 2"]]
    assert (table.legend.name, table.legend.is_numbered) == ("areas", True)
    assert isinstance(box, Aside)
    assert isinstance(box.blocks[1], Picture)
    assert box.blocks[1].width == "half"
    assert isinstance(quote, PullQuote)
    assert quote.by
    assert plain(quote.by) == "Someone"
    assert isinstance(chart, Chart)
    assert (chart.form, chart.data, chart.width) == ("bars", "def.csv", "full")
    assert [(name.word, plain(name.text)) for name in chart.names] == [("area", "Área")]


def test_blocks_of_a_page_and_of_a_translator_have_the_same_keys() -> None:
    prose, _ = parse(ALL)
    keys = [segment.key for segment in segments(typed(ALL)) if segment.kind != "picture"]
    assert keys == [paragraph.key for paragraph in prose.paragraphs()]


def plain(paragraph: Paragraph) -> str:
    return "".join(inline.text for inline in paragraph.inlines if isinstance(inline, Run))


@pytest.mark.parametrize(
    "text",
    [
        "The word\n: with a colon goes on.",
        "Rows | and columns",
        "2024: area = length times width",
        "It is so: yes.",
        "Text ::: not a box",
    ],
)
def test_signs_of_blocks_within_a_text_are_text(text: str) -> None:
    prose, problems = parse(text)
    assert problems == []
    assert words(prose) == text.replace("\n", " ")


REFUSED = {
    "a **b": ["3:7 PROSE-BOLD"],
    "a b** c": ["3:8 PROSE-BOLD"],
    "a *b": ["3:7 PROSE-ITALIC"],
    "a {{ b": ["3:7 PROSE-VALUE"],
    "a [^b": ["3:7 PROSE-CALL"],
    "# a": ["3:5 PROSE-MARKDOWN"],
    "> a": ["3:5 PROSE-MARKDOWN"],
    "1. a\n3. b": ["4:5 PROSE-LIST"],
    "- a\n  - b\n    - c": ["5:9 PROSE-LIST"],
    "- a\n\n  ### b": ["5:7 PROSE-LIST"],
    "- | a | b |\n  | --- | --- |\n  | 1 | 2 |": ["3:5 PROSE-LIST"],
    "| a | b |\n| --- | --- |\n| 1 |": ["5:5 PROSE-TABLE"],
    "| a | b |\n| --- |\n| 1 | 2 |": ["4:5 PROSE-TABLE"],
    "| a | b |\n| --- | --- |": ["3:5 PROSE-TABLE"],
    "| a | |\n| --- | --- |\n| 1 | 2 |": ["3:5 PROSE-TABLE"],
    "| a | b[^c] |\n| --- | --- |\n| 1 | 2 |": ["3:12 PROSE-TABLE"],
    "::: chart bars data=a.csv width=full\n: a[^b]\n:::": ["4:8 PROSE-TABLE"],
    "::: box A\ntext": ["3:5 PROSE-BOX"],
    "::: box A\n:::": ["3:5 PROSE-BOX"],
    "::: quote A\ntext\n:::": ["3:5 PROSE-BOX"],
    "::: quote\n- a\n:::": ["4:5 PROSE-BOX"],
    "::: box A\n::: quote\nb\n:::\n:::": ["4:5 PROSE-BOX"],
    "::: box A\n::: box B\nb\n:::\n:::": ["4:5 PROSE-BOX"],
    "a\n\n: b": ["5:7 PROSE-CAPTION"],
    '![a](figures/x.svg "b")\n: c': ["4:7 PROSE-CAPTION"],
    "![a](figures/x.svg)\n: b\n: c\n: d": ["6:7 PROSE-CAPTION"],
    "![a](figures/x.svg)\n: b {#B}": ["4:7 PROSE-CAPTION"],
    "![a](figures/x.svg)\n: b\n: c {#d}": ["5:7 PROSE-CAPTION"],
    "![a](figures/x.svg){width=3}": ["3:5 PROSE-PICTURE"],
    "::: chart pie data=a.csv\n:::": ["3:5 PROSE-CHART"],
    "::: chart bars\n:::": ["3:5 PROSE-CHART"],
    "::: chart bars data=../a.csv\n:::": ["3:5 PROSE-CHART"],
    "::: chart bars data=a.csv\ntext\n:::": ["4:5 PROSE-CHART"],
    "::: chart bars data=a.csv\na = b[^c]\n:::": ["4:9 PROSE-CHART"],
    "::: chart bars data=a.csv\na = b\na = c\n:::": ["5:9 PROSE-CHART"],
    "::: chart bars data=a.csv": ["3:5 PROSE-CHART"],
    "- ": ["3:5 PROSE-LIST"],
    "[a](ftp://b.org)": ["3:5 PROSE-LINK"],
    "[a](data:text/html,b)": ["3:5 PROSE-LINK"],
    "[a]{color=red}": ["3:5 PROSE-SPAN"],
    "see ![x](figures/x.svg) here": ["3:9 PROSE-PICTURE"],
    "![](figures/x.svg)": ["3:5 PROSE-PICTURE"],
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_prose_is_told_at_its_place(text: str) -> None:
    assert parse(text)[1] == REFUSED[text]


#: Markdown that content does not have: the text, the line of the fault, words of its message.
FOREIGN = [
    ("| Region | ha |\n| Huánuco | 1262 |", 3, "no line of dashes"),
    ("Text:\n| Region | ha |\n| Huánuco | 1262 |", 4, "no line of dashes"),
    ("Text.\n\n::: frame\nText\n:::", 5, "unknown type of block"),
    ("::: warning\n\n- a\n\n:::\n\nText.", 3, "unknown type of block"),
    ("# Findings", 3, "headings"),
    ("Text.\n## Findings\nText.", 4, "headings"),
    ("##Findings", 3, "headings"),
    ("Findings\n========", 3, "headings"),
    ("Text.\n\nFindings\n--------\n\nText.", 5, "headings"),
    ("Text.\n\n---\n\nText.", 5, "horizontal"),
    ("* * *", 3, "horizontal"),
    ("- a\n- b\n___", 5, "horizontal"),
    ("Text.\n\n> Quoted\n> twice.", 5, "block quotes"),
    ("```\n- code\n```", 3, "code blocks"),
    ("~~~ yaml\na: b", 3, "code blocks"),
    ("Text with `code` in it.", 3, "code (`…`)"),
    ("This is ~~not~~ true.", 3, "strikethrough"),
    ("Text[^a].\n\n[^a]: The note.", 5, "a note"),
    ("[site]: https://example.org", 3, "a link address"),
    ("One<br>two", 3, "HTML"),
    ("H<sub>2</sub>O", 3, "HTML"),
    ("<!-- to do -->", 3, "HTML"),
    ("5&nbsp;%", 3, "entities"),
    ("#### Findings", 3, "headings"),
    ("###Findings", 3, "headings"),
]


@pytest.mark.parametrize(("text", "line", "words"), FOREIGN)
def test_markdown_that_would_print_raw_is_refused_once_at_its_line(
    text: str, line: int, words: str
) -> None:
    _, problems = parse_prose(typed(text), "peru/context", "«»“”")
    (told,) = problems
    assert told.place.line == line
    assert words in str(told.message)
    assert told.advice


@pytest.mark.parametrize(
    "text",
    [
        "5. Mai 2024 trat das Gesetz in Kraft.",
        "1. Mai 2024 war es so weit.",
        "La ley se promulgó en\n1998. Desde entonces rige.",
        "Los pasos son dos. El punto\n1. del artículo dice más.",
        "1998. El año de la ley.\n\n2001. El del reglamento.",
        "# 208 of the MAAP reports.",
        "According to MAAP\n# 208, mining grew.",
        "#StopMinería",
        "> 50 ha were lost.",
        "Areas of\n> 50 ha were lost.",
        "Region | country | year",
        "|x| is the absolute value.",
        "a || b",
        "Gold—and mercury—rose.",
        "— Sí —dijo.",
        "Text\n— and more",
        "Deforestation < 5 ha and > 2 ha.",
        "Less than <5 ha, more than >3.",
        "R&D; AT&T; Q&A",
        "The ratio is 3:::1.",
        "a * b * c",
        "5 – 10 • 12",
        "rock `n' roll, the 1990`s",
        "~5 % to ~10 %",
        "See <https://example.org/a_b> and <info@example.org>.",
        "Some text.\n[Law 27651](https://example.org): the law.",
        "\\# Title, 1\\. and \\<b>",
    ],
)
def test_text_that_only_looks_like_markdown_is_text(text: str) -> None:
    assert parse(text)[1] == []


@pytest.mark.parametrize("title", ["# Title", "> Title", "A <b>title</b>"])
def test_a_line_has_no_markdown_either(title: str) -> None:
    _, problems = parse_prose(typed(title), "peru/title", "«»“”", single_line=True)
    assert [one.code for one in problems] == ["PROSE-MARKDOWN"]
    assert not parse_prose(typed("1. Title # 2"), "peru/title", "«»“”", single_line=True)[1]


@given(
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=80)
)
def test_no_text_breaks_the_parser(text: str) -> None:
    prose, _ = parse(text)
    for inline in prose.inlines():
        assert inline.place.line >= 3


@given(
    st.lists(
        st.sampled_from(
            ["word", "**bold**", "*slant*", "[^note]", "{{ score.total }}", "[a](https://b.org/)"]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_nothing_typed_is_lost(pieces: list[str]) -> None:
    prose, problems = parse(" ".join(pieces))
    assert problems == []
    found = list(prose.inlines())
    assert sum(isinstance(inline, Call) for inline in found) == pieces.count("[^note]")
    assert sum(isinstance(inline, Value) for inline in found) == pieces.count("{{ score.total }}")
    assert sum(isinstance(inline, Run) and inline.marks.bold for inline in found) == pieces.count(
        "**bold**"
    )
    assert sum(
        isinstance(inline, Run) and bool(inline.marks.href) for inline in found
    ) == pieces.count("[a](https://b.org/)")
