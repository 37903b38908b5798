"""Rules on files, YAML, fields and prose."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

# --- files ----------------------------------------------------------------------------------------

FILE_MISSING: Final = Rule(
    "FILE-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "shared": (
            "this file is missing, and every workspace needs it.",
            "Restore it, or copy it from a new workspace (`reportcard init`).",
        ),
        "wording": (
            "the wording file of this language is missing.",
            "Write it, or remove the language from content/edition.yaml.",
        ),
        "scores": (
            "this country has no file of scores.",
            "Create it with `reportcard new {country}`.",
        ),
        "card": (
            "this card does not exist in this language yet.",
            "Write it, or remove the language from content/edition.yaml.",
        ),
        "optional": ("this file is missing.", "Restore it."),
        "countries": (
            "there are no countries to compare.",
            "Begin one with `reportcard new COUNTRY`.",
        ),
    },
    why=(
        "A file that the workspace needs is missing: the edition, the scoreboard, the wording of a "
        "language, the scores of a country, or a card in one of the languages."
    ),
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

# --- YAML -----------------------------------------------------------------------------------------

YAML_SYNTAX: Final = Rule(
    "YAML-SYNTAX",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "colon": (
            'this value contains ": ", which YAML reads as another key.',
            "Write `key: |` and put the text below it, indented.",
        ),
        "tab": ("a tab is used where YAML needs spaces.", "Indent with spaces."),
        "key": (
            "a key here has no colon, or a line of text is not indented like its block.",
            "Indent the line like those above it, or add `: ` after the key.",
        ),
        "indentation": (
            "this line is not indented like its neighbors.",
            "Align it with the keys above it.",
        ),
        "quote": (
            "this quotation mark is never closed.",
            "Close it, or write `key: |` and put the text below it, indented.",
        ),
        "unexpected": (
            "YAML does not allow this here.",
            "Look for an unclosed bracket or quotation mark above.",
        ),
        "percent": (
            "this line begins with %.",
            "Write `key: |` and put the text below it, indented.",
        ),
        "sign": (
            "a value cannot begin with this character.",
            "Put the text in quotation marks, or write `key: |` and put it below, indented.",
        ),
        "escape": (
            "a backslash here is followed by an unknown sign.",
            "Write \\\\ for a backslash, or put the text in single quotation marks.",
        ),
        "line": ("this is not valid YAML: {reason}.", "Check this line and the one above it."),
        "file": ("this file is not valid YAML: {reason}.", "Undo the last edit to it."),
    },
    why=(
        "The file is not valid YAML. Most often a line is not indented like the one above it, or a "
        "quotation mark is not closed."
    ),
    wrong='title: "Peru',
    right='title: "Peru"',
)
YAML_TEXT: Final = Rule(
    "YAML-TEXT",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "pdf": ("this file is a PDF, not text.", "Restore the YAML file."),
        "encoding": ("this file is not UTF-8 text.", "Save it with the encoding UTF-8."),
    },
    why=(
        "The file is not UTF-8 text: a PDF or Word file was saved under this name, or the encoding "
        "is an old one."
    ),
)
YAML_EMPTY: Final = Rule(
    "YAML-EMPTY",
    Severity.ERROR,
    Stage.CONTENT,
    message="this file is empty.",
    advice="Write its content, or delete the file.",
    why="The file is empty: its text was lost or never written.",
)
YAML_MAPPING: Final = Rule(
    "YAML-MAPPING",
    Severity.ERROR,
    Stage.CONTENT,
    message="this file must consist of keys and values.",
    advice="Begin it with a key and a colon, like `title: Peru`.",
    why="A content file consists of keys, each with its value.",
    wrong="- title",
    right="title: Peru",
)
YAML_DUPLICATE: Final = Rule(
    "YAML-DUPLICATE",
    Severity.ERROR,
    Stage.CONTENT,
    message='key "{key}" is repeated; the first is on line {line}.',
    advice="Keep one of them, or rename this one.",
    why="A key is repeated, and one of its two values would be lost.",
    wrong="title: Peru\ntitle: Perú",
    right="title: Perú",
)
YAML_KEY: Final = Rule(
    "YAML-KEY",
    Severity.ERROR,
    Stage.CONTENT,
    message="a key must be a single word.",
    advice="Write `key: value`.",
    why="A key is a plain word.",
    wrong="[a, b]: text",
    right="a: text",
)
YAML_MACHINERY: Final = Rule(
    "YAML-MACHINERY",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "alias": (
            "content files cannot have aliases (*).",
            "Write the value out, or put text that begins with * in quotation marks.",
        ),
        "anchor": (
            "content files cannot have anchors (&).",
            "Write the value out, or put text that begins with & in quotation marks.",
        ),
        "tag": (
            "content files cannot have tags (!).",
            "Write the value out, or put text that begins with ! in quotation marks.",
        ),
        "merge": ("content files cannot have merge keys (<<).", "Write the values out."),
    },
    why=(
        "With anchors, aliases, tags and merge keys, a file means something other than what is "
        "written in it. They can also be used to exhaust memory."
    ),
    wrong="text: *other",
    right="text: the words themselves",
)
YAML_DIRECTIVE: Final = Rule(
    "YAML-DIRECTIVE",
    Severity.ERROR,
    Stage.CONTENT,
    message="content files cannot have directives (lines that begin with %).",
    advice="Delete this line.",
    why="Lines that begin with % are instructions to a YAML reader. Content does not need them.",
    wrong="%YAML 1.1",
)
YAML_DOCUMENTS: Final = Rule(
    "YAML-DOCUMENTS",
    Severity.ERROR,
    Stage.CONTENT,
    message="a second document begins here (---).",
    advice="Delete this line.",
    why="A line --- begins a second document, which would not be read.",
    wrong="---",
)
YAML_CONTROL: Final = Rule(
    "YAML-CONTROL",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "sign": (
            "there is an invisible control character here ({code}).",
            "Delete it and type the space or line break again.",
        ),
        "escape": ("this escape produces a control character ({code}).", "Delete the escape."),
    },
    why=(
        "Control characters, line separators and marks that reverse the direction of writing are "
        "invisible, and change what is printed."
    ),
)
YAML_DEPTH: Final = Rule(
    "YAML-DEPTH",
    Severity.ERROR,
    Stage.CONTENT,
    message="values are nested more than {limit} levels deep here.",
    advice="Look for a stray `-`, `[` or `{`.",
    why="Content is never nested more than 12 levels deep.",
)
YAML_SIZE: Final = Rule(
    "YAML-SIZE",
    Severity.ERROR,
    Stage.CONTENT,
    message="this file has {size} MB; the limit is {limit} MB.",
    advice="Move pictures and tables out of it.",
    why="A content file has at most 2 MB.",
)

# --- keys and values ------------------------------------------------------------------------------

CONTENT_MISSING: Final = Rule(
    "CONTENT-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "file": ('the key "{key}" is missing.', "Add `{key}: …` to this file."),
        "group": (
            'the key "{key}" is missing under "{group}".',
            "Add `{key}: …` there, indented by two spaces.",
        ),
        "wording": (
            'the group "{key}" is missing.',
            "Add `{key}:` with these keys below it: {fields} (docs/content-format.md).",
        ),
    },
    why="A key that every file of its kind needs is missing.",
    right="status: draft",
)
CONTENT_UNKNOWN: Final = Rule(
    "CONTENT-UNKNOWN",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "near": ('unknown key "{key}".', 'Did you mean "{suggestion}"?'),
        "far": ('unknown key "{key}".', "Correct its spelling or indentation, or delete it."),
    },
    why=(
        "A key does not belong where it is: it is misspelled, or its indentation is wrong. The "
        "text under it would be lost."
    ),
    wrong="kontext: |",
    right="context: |",
)
CONTENT_EMPTY: Final = Rule(
    "CONTENT-EMPTY",
    Severity.ERROR,
    Stage.CONTENT,
    message='"{key}" is empty.',
    advice="Write its value, or delete the key.",
    why="A value is empty, and so would be its place on the page.",
    wrong="title:",
    right="title: Peru",
)
CONTENT_VALUE: Final = Rule(
    "CONTENT-VALUE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "country": (
            '"{given}" is not a country code.',
            "Write the two capital letters of ISO 3166, like PE.",
        ),
        "language": (
            '"{given}" is not a language code.',
            "Write a code like es or pt-BR.",
        ),
        "name": (
            '"{given}" is not a valid name.',
            "Use lowercase letters, digits and hyphens, like law-27651.",
        ),
        "comment": (
            'YAML cuts this text off at " #".',
            "Put the text in quotation marks, or write `key: |` and put it below, indented.",
        ),
        "lines": (
            'this text runs over several lines without "|".',
            "Write `key: |` and put the text below it, indented.",
        ),
        "length": (
            "this text has more than {limit} characters.",
            "Divide it, or delete what was pasted by mistake.",
        ),
        "line": ("this text must be a single line.", "Join its lines."),
        "text": (
            '"{key}" must be text, not a list or a group of keys.',
            "Write the text after the colon.",
        ),
        "scalar": (
            '"{key}" must be a single value, not a list or a group of keys.',
            "Write the value after the colon.",
        ),
        "score": ('"{given}" is not a valid score.', "Write {score}."),
        "points": ('"{given}" is not a valid score.', "Write digits with a point, like 0.8."),
        "choice": ('"{given}" is not a valid value.', "Write one of these: {choices}."),
        "boolean": ('"{given}" is neither true nor false.', "Write true or false."),
        "group": (
            '"{key}" must be a group of keys.',
            "Write its keys below it, indented by two spaces.",
        ),
        "list": (
            '"{key}" must be a list.',
            "Write [one, two], or lines that begin with `- `.",
        ),
        "entries": ('"{key}" has no entries.', "Add at least one."),
        "number": (
            '"{key}" must be a number, not "{given}".',
            "Write digits, with a point if needed, like 12.5.",
        ),
        "integer": (
            '"{key}" must be a whole number, not "{given}".',
            "Write digits only, like 12.",
        ),
        "over": ('"{key}" must be greater than {limit}, not {given}.', "Correct the number."),
        "minimum": ('"{key}" must be at least {limit}, not {given}.', "Correct the number."),
        "under": ('"{key}" must be less than {limit}, not {given}.', "Correct the number."),
        "maximum": ('"{key}" must be at most {limit}, not {given}.', "Correct the number."),
        "date": (
            '"{key}" must be a date, not "{given}".',
            "Write year, month and day, like 2026-11-24.",
        ),
        "short": ('"{key}" is too short.', "Write {limit} characters or more."),
        "long": ('"{key}" is too long.', "Write {limit} characters or fewer."),
        "other": (
            '"{key}" has a value that is not valid: {reason}.',
            "Look up the values of this key in the file's JSON Schema.",
        ),
    },
    why=(
        "A value does not fit its key: a score that is not a number, a list instead of a line, or "
        "a text that YAML would cut off."
    ),
    wrong='ownership: "0,8"',
    right="ownership: 0.8",
)

# --- countries and languages ----------------------------------------------------------------------

COUNTRY_RESERVED: Final = Rule(
    "COUNTRY-RESERVED",
    Severity.ERROR,
    Stage.CONTENT,
    message='a country cannot be named "{name}": that is the card of all countries.',
    advice="Rename this folder, or remove its files.",
    why="A folder of content/ has the name of the card of all countries.",
    wrong="content/scoreboard/scores.yaml",
    right="content/suriname/scores.yaml",
)
CARD_LANGUAGE: Final = Rule(
    "CARD-LANGUAGE",
    Severity.ERROR,
    Stage.CONTENT,
    message='the edition does not include the language "{language}".',
    advice="Add it to `languages` in content/edition.yaml, or remove this file.",
    why="A card is written in a language that the edition does not include.",
)
EDITION_LANGUAGE: Final = Rule(
    "EDITION-LANGUAGE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "source": (
            'the source language "{language}" is not one of the edition\'s languages.',
            "Add it to `languages`, or choose another.",
        ),
        "country": (
            'the source language of "{country}", "{language}", is not one of the edition\'s '
            "languages.",
            "Add it to `languages`, or choose another.",
        ),
        "unknown": ('"{language}" is not a language.', "Write a code like es or pt-BR."),
    },
    why=(
        "One of the edition's languages is not a language code, or the source language is not "
        "among them."
    ),
    wrong="source_language: xx",
    right="source_language: en",
)

# --- prose ----------------------------------------------------------------------------------------

PROSE_BOLD: Final = Rule(
    "PROSE-BOLD",
    Severity.ERROR,
    Stage.CONTENT,
    message="unmatched ** (bold).",
    advice="Put ** directly before and after the bold words.",
    why="Bold has two asterisks at its start and two at its end; one pair is missing.",
    wrong="**gold",
    right="**gold**",
    is_waivable=True,
)
PROSE_ITALIC: Final = Rule(
    "PROSE-ITALIC",
    Severity.ERROR,
    Stage.CONTENT,
    message="unmatched * (italics).",
    advice="Put * directly before and after the words, or write \\* for an asterisk.",
    why="Italics have one asterisk at their start and one at their end; one is missing.",
    wrong="*gold",
    right="*gold*",
    is_waivable=True,
)
PROSE_CALL: Final = Rule(
    "PROSE-CALL",
    Severity.ERROR,
    Stage.CONTENT,
    message="this note call is not closed.",
    advice="Write [^id].",
    why="A note call is incomplete.",
    wrong="[^a",
    right="[^a]",
    is_waivable=True,
)
PROSE_VALUE: Final = Rule(
    "PROSE-VALUE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "half": (
            "unmatched {{ or }} (value).",
            "Write {{ name }}, with two braces on each side.",
        ),
        "form": (
            '"{typed}" is not a valid value.',
            "Write {{ name }} or {{ name | filter }}, for example {{ score.total }} or "
            "{{ rank.total | ordinal }}.",
        ),
        "unknown": (
            'unknown value "{value}".',
            "Use one of these, or the same with a dimension or category instead of total: {known}.",
        ),
        "unscored": ('unknown score "{score}".', "Use one of these: {known}."),
        "unpublished": (
            'the score "{value}" is not published.',
            "Remove it from the text, or add it to scores.yaml.",
        ),
        "unranked": (
            'the rank "{value}" is not known.',
            "Add it to scores.yaml under published › ranks.",
        ),
        "ahead": (
            'the countries ahead in "{key}" are not known.',
            "Add them to scores.yaml under published › ahead.",
        ),
        "list": ("{value} is a list of countries.", "Write {{ {value} | list }}."),
        "filter": (
            'the filter "{filter}" cannot be applied to {value}.',
            "Use rank | ordinal, rank | ordinal('f') or ahead | list.",
        ),
        "gender": (
            '"{gender}" is not a gender of ordinals.',
            "Write ordinal, ordinal('m') or ordinal('f').",
        ),
        "ordinal": (
            "there is no word for the ordinal {number}.",
            "Add it to `ordinals` in the wording file.",
        ),
    },
    why="A value is incomplete, or its name is unknown.",
    wrong="{{ score.totl }}",
    right="{{ score.total }}",
    is_waivable=True,
)
PROSE_LINK: Final = Rule(
    "PROSE-LINK",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "half": (
            "this link is incomplete.",
            "Write [words](https://…), with no spaces in the address.",
        ),
        "empty": ("this link has no address.", "Write [words](https://…)."),
        "address": (
            'a card cannot link to "{address}".',
            "Use https://…, mailto:…, or edition:name for an address in content/edition.yaml.",
        ),
    },
    why=(
        "A link is incomplete, or its address is of a kind that cards do not link to. They link to "
        "https, http, mailto and edition."
    ),
    wrong="[x](javascript:y)",
    right="[x](https://example.org)",
    is_waivable=True,
)
PROSE_SPAN: Final = Rule(
    "PROSE-SPAN",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "half": (
            "this mark of language or citation is incomplete.",
            "Write [words]{lang=es} or [Author, year]{cites=note}.",
        ),
        "unknown": ('unknown mark "{mark}".', "Write {lang=…} or {cites=…}."),
    },
    why="A mark of language or citation is incomplete, or its name is unknown.",
    wrong="[texto]{lang}",
    right="[texto]{lang=es}",
    is_waivable=True,
)
PROSE_LIST: Final = Rule(
    "PROSE-LIST",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "numbered": (
            "numbered lists are not available.",
            "Use bullets (`- `), or write 1\\. for the number itself.",
        ),
        "nested": ("a bullet cannot be inside another bullet.", "Move it to the outer level."),
        "empty": ("this bullet is empty.", "Write its text, or delete it."),
        "paragraphs": (
            "this bullet has a second paragraph.",
            "Make the paragraph a bullet of its own, or end the list before it.",
        ),
    },
    why="Lists are bullets of one level, with one paragraph each.",
    wrong="1. one",
    right="- one",
    is_waivable=True,
)
PROSE_MARKDOWN: Final = Rule(
    "PROSE-MARKDOWN",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "heading": (
            "text cannot have headings.",
            "Write a paragraph with a **bold run-in**; the card's headings come from its keys.",
        ),
        "quotation": ("text cannot have quotation blocks.", "Use quotation marks."),
        "code": ("text cannot have code blocks.", "Write a paragraph."),
        "table": ("text cannot have tables.", "Write bullets."),
    },
    why="Text has no headings, tables, quotation blocks or code blocks.",
    wrong="# Title",
    right="**Title**",
    is_waivable=True,
)
PROSE_PICTURE: Final = Rule(
    "PROSE-PICTURE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "bullet": ("a picture cannot be in a bullet.", "Give it a paragraph of its own."),
        "sentence": ("a picture cannot be in a sentence.", "Give it a paragraph of its own."),
        "outside": (
            '"{picture}" is not a picture of this workspace.',
            "Put the file in figures/ and write ![what it shows](figures/name.svg).",
        ),
        "folder": (
            "pictures must be in the folder figures/.",
            "Move the file there and write ![what it shows](figures/{name}).",
        ),
        "alternative": (
            "this picture has no alternative text.",
            "Describe what it shows between the brackets.",
        ),
    },
    why=(
        "A picture has a paragraph of its own, comes from figures/, and has an alternative text "
        "for readers who cannot see it."
    ),
    wrong="![](https://x.org/y.png)",
    right="![A map](figures/map.svg)",
    is_waivable=True,
)
