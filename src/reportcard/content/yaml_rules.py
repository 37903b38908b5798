"""Rules on how a content file is typed in YAML."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

YAML_SYNTAX: Final = Rule(
    "YAML-SYNTAX",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "conflict": (
            "this file contains an unresolved merge conflict.",
            (
                "Keep one of the two versions, and delete the lines that begin with <<<<<<<, "
                "======= or >>>>>>>."
            ),
        ),
        "colon": (
            'this value contains ": ", which YAML reads as another key.',
            "Write `key: |` and indent the text below it.",
        ),
        "tight-colon": (
            'the key "{key}" must be followed by a colon and a space.',
            "Type a space after the colon.",
        ),
        "wide-colon": (
            'YAML requires a colon after a key, not the character "{sign}".',
            "Type a colon (:) and a space.",
        ),
        "no-colon": (
            '"{key}" must be followed by a colon and a space if it is a key.',
            "Add the colon and space, or indent this line like the rest of its text.",
        ),
        "no-bar": (
            'the vertical bar (|) is missing after the key "{key}".',
            "Write `{key}: |` on this line, and keep the text indented below it.",
        ),
        "bar": (
            'text follows "{sign}" on the same line.',
            "Begin the text on the next line, indented.",
        ),
        "bullet": (
            "a bullet must start with - and a space.",
            'Write "- " instead of "{sign}".',
        ),
        "swallowed": (
            "this bullet is read as part of the text above it, not as a separate bullet.",
            "Write `key: |` before the text, or align the bullet with those above it.",
        ),
        "tab": ("a tab is used where YAML needs spaces.", "Indent with spaces."),
        "space": (
            "a no-break space is used as indentation here.",
            "Delete the space before the text, and type it again with the space bar.",
        ),
        "outdent": (
            (
                "the number of leading spaces is {given} on this line of text, but {wanted} on "
                "the lines around it."
            ),
            "Change the number of leading spaces to {wanted}.",
        ),
        "key": (
            (
                "a key here has no colon, or a line of text is not indented like the rest of "
                "its block."
            ),
            "Indent the line like those above it, or add `: ` after the key.",
        ),
        "indentation": (
            (
                "the number of leading spaces is {given} on this line, but {wanted} on the "
                "lines around it."
            ),
            "Change the number of leading spaces to {wanted}.",
        ),
        "unaligned": (
            "this line is not indented like the lines around it.",
            "Align it with the keys above it.",
        ),
        "quote": (
            "the quotation mark that opens here is never closed.",
            "Close it, or write `key: |` and indent the text below it.",
        ),
        "after-quote": (
            "text follows the quotation mark that closes this value.",
            "Write `key: |` and indent all of the text below it.",
        ),
        "curly": (
            "curly quotation marks ({sign}) cannot be used to enclose a value.",
            "Use straight quotation marks, or write `key: |` and indent the text below it.",
        ),
        "bracket": ("the bracket {sign} that opens here is never closed.", "Close it."),
        "unexpected": (
            "YAML does not allow this here.",
            "Look for an unclosed bracket or quotation mark above.",
        ),
        "percent": (
            "a line cannot begin with %.",
            "Write `key: |` and indent the text below it.",
        ),
        "sign": (
            'a value cannot begin with "{sign}".',
            ("Put the text in quotation marks, or write `key: |` and indent the text below it."),
        ),
        "escape": (
            "a backslash here is followed by an unexpected character.",
            "Write \\\\ for a backslash, or put the text in single quotation marks.",
        ),
        "line": ("this is not valid YAML: {reason}.", "Check this line and the one above it."),
        "file": ("this file is not valid YAML: {reason}.", "Undo the last edit to the file."),
    },
    why=(
        "The file is not valid YAML. The usual cause is a line that is not indented "
        "like the one above it, or a quotation mark that is not closed."
    ),
    wrong='title: "Peru',
    right='title: "Peru"',
)
YAML_TEXT: Final = Rule(
    "YAML-TEXT",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "pdf": ("this file is a PDF, not a plain text file.", "Restore the YAML file."),
        "office": (
            "this is a word processor or spreadsheet file, not a plain text file.",
            "Copy the text into a plain text file, or use `reportcard intake`.",
        ),
        "wide": (
            'this file was saved as UTF-16 ("Unicode" in some editors), not as UTF-8.',
            "Save it again as UTF-8.",
        ),
        "windows": (
            'this file was saved as Windows-1252 ("ANSI" in some editors), not as UTF-8.',
            "Save it again as UTF-8.",
        ),
        "encoding": ("this file is not UTF-8 text.", "Save it with UTF-8 encoding."),
        "twice": (
            (
                'this file was opened as Windows-1252 and then saved, so "{meant}" became '
                '"{damaged}".'
            ),
            "Restore an earlier version of the file, and open it as UTF-8.",
        ),
        "lost": (
            "letters were lost (�) when this file was saved in another encoding.",
            "Restore an earlier version of the file, and open it as UTF-8.",
        ),
        "returns": (
            "lines in this file end with only a carriage return, as on old Macs.",
            "Save it with LF or CRLF line endings.",
        ),
    },
    why=(
        "The file is not UTF-8 text. A PDF or Word file was saved under this name, or "
        "an editor opened or saved it with another encoding or with outdated line "
        "endings."
    ),
)
YAML_EMPTY: Final = Rule(
    "YAML-EMPTY",
    Severity.ERROR,
    Stage.CONTENT,
    message="this file is empty.",
    advice="Add content, or delete the file.",
    why="The file is empty: its text was lost or never written.",
)
YAML_MAPPING: Final = Rule(
    "YAML-MAPPING",
    Severity.ERROR,
    Stage.CONTENT,
    message="this file must consist of keys and values.",
    advice="Start it with a key and a colon, like `title: Peru`.",
    why="A content file must consist of keys and values.",
    wrong="- title",
    right="title: Peru",
)
YAML_DUPLICATE: Final = Rule(
    "YAML-DUPLICATE",
    Severity.ERROR,
    Stage.CONTENT,
    message='key "{key}" is repeated; the first is on line {line}.',
    advice="Keep one of them, or rename this one.",
    why="A key is repeated, so one of its two values would be lost.",
    wrong="title: Peru\ntitle: Perú",
    right="title: Perú",
)
YAML_KEY: Final = Rule(
    "YAML-KEY",
    Severity.ERROR,
    Stage.CONTENT,
    message="a key must be a single word.",
    advice="Use a single word as the key, as in `key: value`.",
    why="A key must be a single word.",
    wrong="[a, b]: text",
    right="a: text",
)
YAML_MACHINERY: Final = Rule(
    "YAML-MACHINERY",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "alias": (
            "content files cannot contain aliases (*).",
            "Write out the value, or put text that begins with * in quotation marks.",
        ),
        "anchor": (
            "content files cannot contain anchors (&).",
            "Write out the value, or put text that begins with & in quotation marks.",
        ),
        "tag": (
            "content files cannot contain tags (!).",
            "Write out the value, or put text that begins with ! in quotation marks.",
        ),
        "merge": ("content files cannot contain merge keys (<<).", "Write out the values."),
    },
    why=(
        "Anchors, aliases, tags and merge keys give a file a meaning that is not "
        "visible in its text. They can also be misused to exhaust memory."
    ),
    wrong="text: *other",
    right="text: the words themselves",
)
YAML_DIRECTIVE: Final = Rule(
    "YAML-DIRECTIVE",
    Severity.ERROR,
    Stage.CONTENT,
    message="content files cannot contain directives (lines that begin with %).",
    advice="Delete this line.",
    why=("Lines that begin with % are YAML directives. Content files cannot contain them."),
    wrong="%YAML 1.1",
)
YAML_DOCUMENTS: Final = Rule(
    "YAML-DOCUMENTS",
    Severity.ERROR,
    Stage.CONTENT,
    message="a second document begins here (---).",
    advice="Delete this line.",
    why=("A line that contains only --- starts a second YAML document, which would not be read."),
    wrong="---",
)
YAML_CONTROL: Final = Rule(
    "YAML-CONTROL",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "sign": (
            "there is an invisible control character here ({code}).",
            "Delete it, and retype the space or line break.",
        ),
        "escape": (
            "this escape sequence produces a control character ({code}).",
            "Delete the escape sequence.",
        ),
    },
    why=(
        "Control characters, line separators and text-direction marks are invisible, "
        "but they change what is printed."
    ),
)
YAML_DEPTH: Final = Rule(
    "YAML-DEPTH",
    Severity.ERROR,
    Stage.CONTENT,
    message="values are nested more than {limit} levels deep here.",
    advice="Look for a stray `-`, `[` or `{`.",
    why="Content can be nested at most 12 levels deep.",
)
YAML_SIZE: Final = Rule(
    "YAML-SIZE",
    Severity.ERROR,
    Stage.CONTENT,
    message="this file is {size} MB; the limit is {limit} MB.",
    advice="Move any embedded pictures and tables out of the file.",
    why="A content file can be at most 2 MB.",
)
