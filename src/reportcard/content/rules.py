"""Rules on files, YAML, fields and prose."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

FILE_MISSING: Final = Rule(
    "FILE-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "A file that the workspace needs is not there: the edition, the scoreboard, the "
        "wording of each language, the scores of each country, the card in each language."
    ),
    cases={
        "countries": (
            "there are no countries to compare.",
            "Begin one with `reportcard new COUNTRY`.",
        ),
    },
)
FILE_UNREADABLE: Final = Rule(
    "FILE-UNREADABLE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "file": ("this file cannot be read: {reason}.", "Replace it with a readable file."),
        "folder": (
            "this folder cannot be read: {reason}.",
            "Correct its permissions, or replace it with a readable folder.",
        ),
    },
    why=(
        "A file or a country's folder exists but cannot be read: permission is missing, or it is a "
        "link that leads outside the workspace."
    ),
)
YAML_SYNTAX: Final = Rule(
    "YAML-SYNTAX",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "The file is not YAML. Most often the indentation of a line differs from the one "
        "above, or a quote is not closed."
    ),
    wrong='title: "Peru',
    right='title: "Peru"',
)
YAML_TEXT: Final = Rule(
    "YAML-TEXT",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "The file is no text in UTF-8: a PDF or a Word file was saved under this name, or an "
        "old encoding."
    ),
)
YAML_EMPTY: Final = Rule(
    "YAML-EMPTY",
    Severity.ERROR,
    Stage.CONTENT,
    why="The file is empty: its text was lost, or never written.",
)
YAML_MAPPING: Final = Rule(
    "YAML-MAPPING",
    Severity.ERROR,
    Stage.CONTENT,
    why="Content files are mappings: keys and what belongs to them.",
    wrong="- title",
    right="title: Peru",
)
YAML_DUPLICATE: Final = Rule(
    "YAML-DUPLICATE",
    Severity.ERROR,
    Stage.CONTENT,
    why="A key stands twice, and one of the two texts would be lost.",
    wrong="title: Peru\ntitle: Perú",
    right="title: Perú",
)
YAML_KEY: Final = Rule(
    "YAML-KEY",
    Severity.ERROR,
    Stage.CONTENT,
    why="A key is a plain word.",
    wrong="[a, b]: text",
    right="a: text",
)
YAML_MACHINERY: Final = Rule(
    "YAML-MACHINERY",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "Anchors, aliases, tags and merge keys make a file say what does not stand in it, and "
        "can be used to exhaust memory."
    ),
    wrong="text: *other",
    right="text: the words themselves",
)
YAML_DIRECTIVE: Final = Rule(
    "YAML-DIRECTIVE",
    Severity.ERROR,
    Stage.CONTENT,
    why="Lines that begin with % steer a YAML reader; content has no use for them.",
    wrong="%YAML 1.1",
)
YAML_DOCUMENTS: Final = Rule(
    "YAML-DOCUMENTS",
    Severity.ERROR,
    Stage.CONTENT,
    why="A line --- begins a second document, which would not be read.",
    wrong="---",
)
YAML_CONTROL: Final = Rule(
    "YAML-CONTROL",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "Control characters, line separators and marks that turn the direction of writing are "
        "invisible and change what is printed."
    ),
)
YAML_DEPTH: Final = Rule(
    "YAML-DEPTH",
    Severity.ERROR,
    Stage.CONTENT,
    why="No content lies deeper than 12 levels.",
)
YAML_SIZE: Final = Rule(
    "YAML-SIZE",
    Severity.ERROR,
    Stage.CONTENT,
    why="A content file has at most 2 MB.",
)
CONTENT_MISSING: Final = Rule(
    "CONTENT-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    why="A key that every file of its kind has is missing.",
    right="status: draft",
    cases={
        "wording": (
            'the group "{key}" is missing.',
            "Add `{key}:` with these keys below it: {fields} (docs/content-format.md).",
        ),
    },
)
CONTENT_UNKNOWN: Final = Rule(
    "CONTENT-UNKNOWN",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "A key is not one of its place: a misspelling, or a wrong indentation. What stands "
        "under it would be lost."
    ),
    wrong="kontext: |",
    right="context: |",
)
CONTENT_EMPTY: Final = Rule(
    "CONTENT-EMPTY",
    Severity.ERROR,
    Stage.CONTENT,
    why="A text is empty, and its place on the page would be.",
    wrong="title:",
    right="title: Peru",
)
CONTENT_VALUE: Final = Rule(
    "CONTENT-VALUE",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "What stands there does not fit the key: a score that is no number, a list where one "
        "line belongs, a text that YAML would cut."
    ),
    wrong='ownership: "0,8"',
    right="ownership: 0.8",
)
COUNTRY_RESERVED: Final = Rule(
    "COUNTRY-RESERVED",
    Severity.ERROR,
    Stage.CONTENT,
    why=("A folder of content/ is called like the card of all countries, which no country can be."),
    wrong="content/scoreboard/scores.yaml",
    right="content/suriname/scores.yaml",
)
CARD_LANGUAGE: Final = Rule(
    "CARD-LANGUAGE",
    Severity.ERROR,
    Stage.CONTENT,
    why="A card stands in a language that the edition does not have.",
)
EDITION_LANGUAGE: Final = Rule(
    "EDITION-LANGUAGE",
    Severity.ERROR,
    Stage.CONTENT,
    why="A language of the edition is no language, or the source language is not among them.",
    wrong="source_language: xx",
    right="source_language: en",
    cases={"unknown": ('"{language}" is not a language.', "Write a code like es or pt-BR.")},
)
PROSE_BOLD: Final = Rule(
    "PROSE-BOLD",
    Severity.ERROR,
    Stage.CONTENT,
    why="Two asterisks open or close bold, and their other half is missing.",
    wrong="**gold",
    right="**gold**",
    is_waivable=True,
)
PROSE_ITALIC: Final = Rule(
    "PROSE-ITALIC",
    Severity.ERROR,
    Stage.CONTENT,
    why="An asterisk opens or closes italics, and its other half is missing.",
    wrong="*gold",
    right="*gold*",
    is_waivable=True,
)
PROSE_CALL: Final = Rule(
    "PROSE-CALL",
    Severity.ERROR,
    Stage.CONTENT,
    why="A note call is not complete.",
    wrong="[^a",
    right="[^a]",
    is_waivable=True,
)
PROSE_VALUE: Final = Rule(
    "PROSE-VALUE",
    Severity.ERROR,
    Stage.CONTENT,
    why="A value is not complete, or there is none of that name.",
    wrong="{{ score.totl }}",
    right="{{ score.total }}",
    is_waivable=True,
)
PROSE_LINK: Final = Rule(
    "PROSE-LINK",
    Severity.ERROR,
    Stage.CONTENT,
    why=(
        "A link is not complete, or leads where a card may not: only https, http, mailto and "
        "edition."
    ),
    wrong="[x](javascript:y)",
    right="[x](https://example.org)",
    is_waivable=True,
)
PROSE_SPAN: Final = Rule(
    "PROSE-SPAN",
    Severity.ERROR,
    Stage.CONTENT,
    why="A mark of language or citation is not complete, or there is none of that name.",
    wrong="[texto]{lang}",
    right="[texto]{lang=es}",
    is_waivable=True,
)
PROSE_LIST: Final = Rule(
    "PROSE-LIST",
    Severity.ERROR,
    Stage.CONTENT,
    why="Lists are bullets of one level, one paragraph each.",
    wrong="1. one",
    right="- one",
    is_waivable=True,
)
PROSE_MARKDOWN: Final = Rule(
    "PROSE-MARKDOWN",
    Severity.ERROR,
    Stage.CONTENT,
    why="Prose has no headings, tables, quotation or code blocks.",
    wrong="# Title",
    right="**Title**",
    is_waivable=True,
)
PROSE_PICTURE: Final = Rule(
    "PROSE-PICTURE",
    Severity.ERROR,
    Stage.CONTENT,
    why=("Pictures stand in a paragraph of their own, come from figures/, and say what they show."),
    wrong="![](https://x.org/y.png)",
    right="![A map](figures/map.svg)",
    is_waivable=True,
)
