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
    why="Bold text needs two asterisks before it and two after it; one pair is missing.",
    wrong="**gold",
    right="**gold**",
    is_waivable=True,
)
PROSE_ITALIC: Final = Rule(
    "PROSE-ITALIC",
    Severity.ERROR,
    Stage.CONTENT,
    message="unmatched * (italics).",
    advice="Put * directly before and after the italic words, or write \\* for an asterisk.",
    why="Italic text needs one asterisk before it and one after it; one is missing.",
    wrong="*gold",
    right="*gold*",
    is_waivable=True,
)
PROSE_CALL: Final = Rule(
    "PROSE-CALL",
    Severity.ERROR,
    Stage.CONTENT,
    message="this note reference is not closed.",
    advice="Close the reference with ], as in [^id].",
    why="A note reference is incomplete.",
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
            "Use one of: {known}. You can replace total with a dimension or category.",
        ),
        "unscored": ('unknown score "{score}".', "Use one of these: {known}."),
        "unpublished": (
            'the score "{value}" is not published.',
            "Remove the value from the text, or add the score to scores.yaml.",
        ),
        "unranked": (
            'the rank "{value}" is missing.',
            "Add it to scores.yaml under published › ranks.",
        ),
        "ahead": (
            'cannot compute the list of those ahead in "{key}".',
            "Add the names to scores.yaml under published › ahead.",
        ),
        "form_of_name": (
            'the form "{form}" of the name {name} is not defined in this language.',
            "Add it to {file} under countries › {country}: `{form}: …`.",
        ),
        "behind": (
            'cannot compute the list of those behind in "{key}".',
            "Add the missing scores to each scores.yaml, or type the names.",
        ),
        "change": (
            'there is no earlier score for "{key}".',
            "Add it to scores.yaml under earlier › YEAR (the year of the earlier edition).",
        ),
        "list": (
            "{value} is a list of names, so it needs a filter.",
            "Write {{ {value} | list }}.",
        ),
        "filter": (
            'the filter "{filter}" cannot be applied to {value}.',
            "Use rank | ordinal, rank | ordinal('f'), ahead | list or behind | list.",
        ),
        "gender": (
            '"{gender}" is not a valid gender for an ordinal.',
            "Write ordinal, ordinal('m'), ordinal('m', short) or ordinal('f').",
        ),
        "figure": (
            'no figure or chart in this card is named "{name}".',
            "Write the name after its caption: {#{name}}.",
        ),
        "table": (
            'no table in this card is named "{name}".',
            "Write the name after its caption: {#{name}}.",
        ),
        "ordinal": (
            "the wording file has no word for the ordinal {number}.",
            "Add it to `ordinals` in the wording file.",
        ),
    },
    why="A value is incomplete, or its name is not recognized.",
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
        "A link is incomplete, or its address is of an unsupported type. Cards can "
        "link to https, http, mailto and edition addresses."
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
            "this language or citation attribute is incomplete.",
            "Write [words]{lang=es} or [Author, year]{cites=note}.",
        ),
        "unknown": ('unknown attribute "{mark}".', "Write {lang=…} or {cites=…}."),
    },
    why="A language or citation attribute is incomplete, or its name is not recognized.",
    wrong="[texto]{lang}",
    right="[texto]{lang=es}",
    is_waivable=True,
)
PROSE_LIST: Final = Rule(
    "PROSE-LIST",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "sign": ("a bullet must start with - and a space.", 'Write "- " instead of "{sign}".'),
        "deep": (
            "this list is inside a list that is already inside another list.",
            "Use at most two levels.",
        ),
        "number": (
            "this item is numbered {typed}, but it is number {number} in its list.",
            "Number the items in order, or write {typed}\\. to keep the number as text.",
        ),
        "block": (
            "a list item can contain only text and a list.",
            "Add an empty line after the list, and do not indent the text below it.",
        ),
        "empty": ("this bullet is empty.", "Add text, or delete the bullet."),
        "paragraphs": (
            "this bullet has a second paragraph.",
            "Make the paragraph a separate bullet, or end the list before it.",
        ),
    },
    why="Lists can have one or two levels, with one paragraph per item.",
    wrong="* one",
    right="- one",
    is_waivable=True,
)
PROSE_MARKDOWN: Final = Rule(
    "PROSE-MARKDOWN",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "heading": (
            "text cannot contain headings of this kind.",
            (
                "Write ### and a space before a heading within findings, context or "
                "recommendations; the card's other headings come from its keys."
            ),
        ),
        "quotation": ("text cannot contain block quotes.", "Use quotation marks instead."),
        "code": ("text cannot contain code blocks.", "Use a paragraph instead."),
        "table": (
            "this table has no line of dashes below its first row.",
            "Write | --- | --- | there, with one group of dashes for each column.",
        ),
        "box": (
            "unknown type of block (:::).",
            "Begin the block with ::: box, ::: quote or ::: chart, and end it with ::: on a line "
            "of its own.",
        ),
        "rule": (
            "text cannot contain horizontal rules.",
            "Delete the line. Use an empty line to separate paragraphs.",
        ),
        "note": (
            "a note cannot be defined in the text.",
            "Move the definition to `notes`, under the note's name.",
        ),
        "address": (
            "a link address cannot be defined on a line of its own.",
            "Write [words](https://…) where the link belongs.",
        ),
        "html": (
            "text cannot contain HTML.",
            "Delete the tag, and write **bold**, *italics* or [words](https://…) instead.",
        ),
        "entity": (
            "text cannot contain HTML entities.",
            "Type the character itself.",
        ),
        "code-mark": (
            "text cannot contain inline code (`…`).",
            "Delete the backticks, or use quotation marks.",
        ),
        "struck": (
            "text cannot contain strikethrough (~~…~~).",
            "Delete the struck-out words, or only the ~~ marks.",
        ),
    },
    why=(
        "Text can contain paragraphs, lists, run-in headings, tables, figures, charts, boxes, "
        "pull quotes, bold, italics, links, notes and values. Any other Markdown would print as "
        "typed. To print a Markdown character itself, put a backslash before it."
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
        "bullet": ("a picture cannot be inside a bullet.", "Put it in a paragraph of its own."),
        "sentence": ("a picture cannot be inside a sentence.", "Put it in a paragraph of its own."),
        "outside": (
            '"{picture}" is outside this workspace.',
            "Put the file in figures/ and write ![what it shows](figures/name.svg).",
        ),
        "folder": (
            "pictures must be in the figures/ folder.",
            "Move the file there and write ![what it shows](figures/{name}).",
        ),
        "setting": (
            '"{typed}" is not a valid setting for a figure or chart.',
            "Write width=half or width=full, or delete the setting.",
        ),
        "alternative": (
            "this picture has no alternative text.",
            "Describe the picture inside the square brackets.",
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
