"""Rules on prose: what an author may write in a text."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

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
        "form_of_name": (
            'the form "{form}" of the name {name} is not known in this language.',
            "Add it to {file} under countries › {country}: `{form}: …`.",
        ),
        "behind": (
            'the countries behind in "{key}" are not known.',
            "Add the scores of all countries to their scores.yaml, or name the countries.",
        ),
        "change": (
            'no earlier score in "{key}" is known.',
            "Add it to scores.yaml under earlier, by the year of the edition.",
        ),
        "list": ("{value} is a list of countries.", "Write {{ {value} | list }}."),
        "filter": (
            'the filter "{filter}" cannot be applied to {value}.',
            "Use rank | ordinal, rank | ordinal('f'), ahead | list or behind | list.",
        ),
        "gender": (
            '"{gender}" is not a gender of ordinals.',
            "Write ordinal, ordinal('m'), ordinal('m', short) or ordinal('f').",
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
        "sign": ("a bullet is written with - and a space.", 'Write "- " instead of "{sign}".'),
        "numbered": (
            "numbered lists are not supported.",
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
        "table": ("text cannot have tables.", "Write bullets, one for each row."),
        "box": (
            "text cannot have boxes (:::).",
            "Delete the lines with :::, and write the text between them as paragraphs.",
        ),
        "rule": (
            "text cannot have horizontal rules.",
            "Delete the line; an empty line parts paragraphs.",
        ),
        "note": (
            "a note is not defined in the text.",
            "Move it to `notes`, under its name.",
        ),
        "address": (
            "an address is not defined on a line of its own.",
            "Write [words](https://…) where the link belongs.",
        ),
        "html": (
            "text cannot have HTML.",
            "Delete the tag; write **bold**, *italics* or [words](https://…) for its effect.",
        ),
        "entity": (
            "text cannot have HTML entities.",
            "Type the character itself.",
        ),
        "code-mark": ("text cannot have code (`…`).", "Delete the backticks, or use quotes."),
        "struck": ("text cannot have struck-out words (~~…~~).", "Delete the words or the marks."),
    },
    why=(
        "Text has paragraphs, bullets, bold, italics, links, notes and values. Any other Markdown "
        "would print as it is typed. A backslash before the sign prints the sign itself."
    ),
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
            '"{picture}" is not a picture in this workspace.',
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
        "A picture must be in a paragraph of its own, come from figures/, and have "
        "alternative text for readers who cannot see it."
    ),
    wrong="![](https://x.org/y.png)",
    right="![A map](figures/map.svg)",
    is_waivable=True,
)
