"""Rules on blocks of prose besides paragraphs and lists: tables, captions, boxes, charts."""

from collections.abc import Mapping
from typing import Final

from reportcard.content.prose_rules import PROSE_LIST, PROSE_MARKDOWN
from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

PROSE_TABLE: Final = Rule(
    "PROSE-TABLE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "dashes": (
            "the line of dashes has a different number of columns than the header row: "
            "{found} here; {expected} above.",
            "Write one group of dashes for each column: | --- | --- |.",
        ),
        "cells": (
            "this row has a different number of cells than the header row: {found} here; "
            "{expected} there.",
            "Add or delete cells. Write \\| for a vertical bar in the text of a cell.",
        ),
        "call": (
            "a table or a full-width block cannot contain note references.",
            "Put the note reference in the text before the table or block.",
        ),
        "empty": ("this table has no rows.", "Add rows below the line of dashes."),
        "words": (
            "this table has a column without a heading.",
            "Write a heading in every cell of the first row except the first one.",
        ),
    },
    why=(
        "A table must have a header row, a line of dashes, and rows with the same number of "
        "cells. Screen readers read out the heading of the column with each cell."
    ),
    wrong="| Year | Area |\n| --- |\n| 2024 | 9 |",
    right="| Year | Area |\n| --- | --- |\n| 2024 | 9 |",
    is_waivable=True,
)
PROSE_CAPTION: Final = Rule(
    "PROSE-CAPTION",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "alone": (
            "this caption is not below a figure, table or chart.",
            "Move it below one of these, or write \\: to begin text with a colon.",
        ),
        "two": (
            "this figure has two captions.",
            "Delete the one in quotation marks, or this line.",
        ),
        "three": (
            "a figure, table or chart can have only a caption and a source below it.",
            "Write the caption and the source, each on a single line that starts with a colon.",
        ),
        "name": (
            '"{name}" is not a valid name.',
            "Use lowercase letters, digits and hyphens, for example {#gold-exports}.",
        ),
        "source-name": (
            "the name comes after the source instead of the caption.",
            "Write the name after the caption.",
        ),
        "label": (
            "the wording file has no label for numbering this caption.",
            "Add `{key}: {example}` below `labels:` in {file}.",
        ),
        "data": (
            "the wording file has no name for the table that opens below this chart on the web.",
            "Add `data: Data` below `labels:` in {file}.",
        ),
        "again": (
            'the name "{name}" is used twice on this card.',
            "Give each figure, table and chart its own name.",
        ),
        "by": (
            "a quote can have only one attribution line, below its text.",
            "Write the quote first, and then one line that starts with a colon.",
        ),
    },
    why=(
        "A line below a figure, table or chart that starts with a colon is its caption, and the "
        "next one its source. Below a quote, such a line names the person quoted."
    ),
    wrong=": Areas of mining",
    right="![A map](figures/map.svg)\n: Areas of mining",
    is_waivable=True,
)
PROSE_BOX: Final = Rule(
    "PROSE-BOX",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "open": (
            "this {kind} is not closed.",
            "Write ::: on a line of its own where the block ends.",
        ),
        "nested": (
            "a {kind} cannot be inside a box or a quote.",
            "Close the outer block with ::: first, or move the {kind} out of it.",
        ),
        "words": (
            'unexpected "{words}" after the name of the block.',
            "Write the text on the next line. Only a box has a title.",
        ),
        "empty": ("this {kind} is empty.", "Add text, or delete the block."),
        "quote-block": (
            "a quote can contain only paragraphs.",
            "Close the quote with ::: before this line.",
        ),
    },
    why=(
        "A box starts with `::: box` and its title, a quote with `::: quote`. Each ends with "
        "`:::` on a line of its own, and neither can contain another box or quote."
    ),
    wrong="::: box What is mercury?\nA metal.",
    right="::: box What is mercury?\nA metal.\n:::",
    is_waivable=True,
)
PROSE_CHART: Final = Rule(
    "PROSE-CHART",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "open": (
            "this {kind} is not closed.",
            "Write ::: on a line of its own where the block ends.",
        ),
        "nested": (
            "a {kind} cannot be inside a quote.",
            "Close the quote with ::: before this block.",
        ),
        "form": (
            '"{form}" is not a chart type.',
            "Write ::: chart bars, ::: chart lines or ::: chart dots.",
        ),
        "data": (
            "no data file is given for this chart.",
            "Write data=name.csv, with the name of a file in the card's data/ folder.",
        ),
        "line": (
            '"{line}" is not allowed in a chart.',
            "Write a caption (: …), a source below it (: …), or words to print instead of those "
            "in the data (area = Area).",
        ),
        "plain": (
            "text printed in a chart can consist only of plain words and values.",
            "Put note references and links in the caption or the source line.",
        ),
        "twice": (
            'there are two lines for "{word}".',
            "Delete one of them.",
        ),
        "word": (
            '"{word}" does not appear in {file}.',
            "Write the word as it appears in the file, or delete this line.",
        ),
    },
    why=(
        "The first line of a chart gives its type and its data file. Between that line and "
        "`:::`, write its caption, its source, and the words to print instead of those in the "
        "file."
    ),
    wrong="::: chart pie\n:::",
    right="::: chart bars data=deforestation.csv\n: Forest lost each year\n:::",
    is_waivable=True,
)
PROSE_FIELD: Final = Rule(
    "PROSE-FIELD",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "run-in": (
            "this field cannot have headings.",
            "Start a paragraph with **bold words** instead.",
        ),
        "table": ("this field cannot have tables.", "Move it to the findings or the context."),
        "picture": ("this field cannot have figures.", "Move it to the findings or the context."),
        "chart": ("this field cannot have charts.", "Move it to the findings or the context."),
        "quote": ("this field cannot have pull quotes.", "Move it to the findings or the context."),
        "box": ("this field cannot have boxes.", "Move it to the findings or the context."),
    },
    why=(
        "Headings, tables, figures, charts, boxes and pull quotes belong in a card's overall "
        "result, findings, context and recommendations. Other fields have no room for them."
    ),
    is_waivable=True,
)
#: By the kind of a block, the rule of what is wrong with it.
FAULT_RULES: Final[Mapping[str, Rule]] = {
    "table": PROSE_TABLE,
    "box": PROSE_BOX,
    "quote": PROSE_BOX,
    "chart": PROSE_CHART,
}
#: The rules of faults that leave a block out, or make another of it.
BLOCK_FAULTS: Final = frozenset(
    rule.code
    for rule in (PROSE_TABLE, PROSE_CAPTION, PROSE_BOX, PROSE_CHART, PROSE_LIST, PROSE_MARKDOWN)
)
