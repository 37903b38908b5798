"""Rules on files, keys and values, and languages; and all rules of this room."""

from typing import Final

from reportcard.content import prose_block_rules, prose_rules, yaml_rules
from reportcard.problems.problem import Severity
from reportcard.problems.registry import rules_of
from reportcard.problems.rule import Rule, Stage

# --- files ----------------------------------------------------------------------------------------

FILE_MISSING: Final = Rule(
    "FILE-MISSING",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "shared": (
            "this required file is missing.",
            "Restore it, or copy it from a new workspace (`reportcard init`).",
        ),
        "wording": (
            "the wording file for this language is missing.",
            (
                "Create the file, or set `fallback: true` for the language in "
                "content/edition.yaml until it is translated."
            ),
        ),
        "scores": (
            "this folder has no scores file.",
            "Create it with `reportcard new {country}`.",
        ),
        "card": (
            "this card does not exist in this language yet.",
            (
                "Translate it (`reportcard translations export {country} --language {language}`), "
                "or remove the language from content/edition.yaml."
            ),
        ),
        "optional": ("this file is missing.", "Restore the file from a backup."),
        "countries": (
            "there are no scores to compare.",
            "Create a scores file with `reportcard new NAME`.",
        ),
    },
    why=(
        "A required file is missing: the edition, the scoreboard, the wording "
        "for a language, the scores of a card, or a card in one of the "
        "languages."
    ),
)
FILE_UNREADABLE: Final = Rule(
    "FILE-UNREADABLE",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "file": (
            "this file cannot be read: {reason}.",
            "Correct the file's permissions, or replace it with a readable file.",
        ),
        "folder": (
            "this folder cannot be read: {reason}.",
            "Correct the folder's permissions, or replace it with a readable folder.",
        ),
    },
    why=(
        "A file or folder exists but cannot be read: permission is denied, or "
        "it is a link to a location outside the workspace."
    ),
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
            "Add `{key}: …` under that group, indented by two spaces.",
        ),
        "wording": (
            'the group "{key}" is missing.',
            "Add `{key}:` with these keys below it: {fields} (docs/content-format.md).",
        ),
    },
    why="A required key is missing.",
    right="status: draft",
)
CONTENT_UNKNOWN: Final = Rule(
    "CONTENT-UNKNOWN",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "near": ('unknown key "{key}".', 'Did you mean "{suggestion}"?'),
        "far": ('unknown key "{key}".', "Correct the spelling or indentation, or delete the key."),
    },
    why=(
        "A key is not recognized in this position: it is misspelled or incorrectly "
        "indented. The text under it would be lost."
    ),
    wrong="kontext: |",
    right="context: |",
)
CONTENT_EMPTY: Final = Rule(
    "CONTENT-EMPTY",
    Severity.ERROR,
    Stage.CONTENT,
    message='"{key}" is empty.',
    advice="Add a value, or delete the key.",
    why="A value is empty, which would leave a gap on the page.",
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
            "Use a two-letter ISO 3166 code in uppercase, like PE.",
        ),
        "language": (
            '"{given}" is not a language code.',
            'Write a code like "es" or "pt-BR".',
        ),
        "name": (
            '"{given}" is not a valid name.',
            "Use lowercase letters, digits and hyphens, like law-27651.",
        ),
        "comment": (
            'YAML cuts this text off at " #".',
            ("Put the text in quotation marks, or write `key: |` and indent the text below it."),
        ),
        "curly": (
            "curly quotation marks cannot be used to enclose a value.",
            (
                "Use straight quotation marks. To print curly ones, write `key: |` and indent "
                "the text below it."
            ),
        ),
        "lines": (
            'this text spans several lines without "|".',
            "Write `key: |` and indent the text below it.",
        ),
        "length": (
            "this text has more than {limit} characters.",
            "Split the text, or delete anything pasted by mistake.",
        ),
        "line": ("this text must be a single line.", "Join the lines into one."),
        "text": (
            '"{key}" must be text, not a list or a group of keys.',
            "Write the text after the colon.",
        ),
        "scalar": (
            '"{key}" must be a single value, not a list or a group of keys.',
            "Write the value after the colon.",
        ),
        "score": ('"{given}" is not a valid number.', "Write {score}."),
        "points": (
            '"{given}" is not a valid number.',
            "Use a number of 0 or more, with a decimal point, as in 0.8.",
        ),
        "choice": ('"{given}" is not a valid value.', "Write one of these: {choices}."),
        "boolean": ('the value must be true or false, not "{given}".', "Write true or false."),
        "group": (
            '"{key}" must be a group of keys.',
            "Write its keys below it, indented by two spaces.",
        ),
        "list": (
            '"{key}" must be a list.',
            "Write [one, two], or start each entry on a new line with `- `.",
        ),
        "entries": ('"{key}" has no entries.', "Add at least one entry."),
        "number": (
            '"{key}" must be a number, not "{given}".',
            "Use a number, with a decimal point if needed, like 12.5.",
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
            "Write the date as year-month-day, like 2026-11-24.",
        ),
        "short": ('"{key}" is too short.', "Use at least {limit} characters."),
        "long": ('"{key}" is too long.', "Use at most {limit} characters."),
        "other": (
            '"{key}" has an invalid value: {reason}.',
            "Look up the valid values for this key in the file's JSON Schema.",
        ),
    },
    why=(
        "A value is not valid for its key: a score that is not a number, a list "
        "instead of a single line, or text that YAML would cut off."
    ),
    wrong='ownership: "0,8"',
    right="ownership: 0.8",
)

# --- countries and languages ----------------------------------------------------------------------

COUNTRY_RESERVED: Final = Rule(
    "COUNTRY-RESERVED",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "scoreboard": (
            'a card cannot be named "{name}": this name is reserved for the scoreboard.',
            "Rename this folder, or remove its files.",
        ),
        "windows": (
            'a card cannot be named "{name}": Windows allows no folder of this name.',
            "Rename this folder. Use letters from a to z, digits and hyphens.",
        ),
        "twin": (
            'this folder differs from "{other}" only in capital letters or accents.',
            "Rename or remove one of them. Windows and macOS would mix up their files.",
        ),
    },
    why=(
        "A folder in content/ has a name that is reserved for the scoreboard, that Windows does "
        "not allow, or that other systems take for that of another folder."
    ),
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
            "Add it to `languages`, or choose another language.",
        ),
        "country": (
            'the source language of "{country}", "{language}", is not one of the edition\'s '
            "languages.",
            "Add it to `languages`, or choose another language.",
        ),
        "unknown": (
            '"{language}" is not a known language code.',
            'Write a code like "es" or "pt-BR".',
        ),
    },
    why=(
        "One of the edition's languages is not a valid language code, or the source "
        "language is not one of the edition's languages."
    ),
    wrong="source_language: xx",
    right="source_language: en",
)
EDITION_NEWER: Final = Rule(
    "EDITION-NEWER",
    Severity.ERROR,
    Stage.CONTENT,
    message=(
        "this workspace is in format {found}. This version of Report Card supports formats up to "
        "{known}."
    ),
    advice="Install the newest version of Report Card.",
    why=(
        "A newer version of reportcard has changed the files in this workspace. The installed "
        "version cannot interpret them, so nothing is built from them."
    ),
    wrong="format: 9",
    right="format: 2",
)
EDITION_EARLIER: Final = Rule(
    "EDITION-EARLIER",
    Severity.NOTE,
    Stage.CONTENT,
    message="this workspace is in format {found}. The current format is {known}.",
    advice="Run `reportcard migrate` before you install the next version. It shows all changes "
    "before it writes them.",
    why=(
        "Workspaces in the previous format can still be read by one more version of the program. "
        "If content/edition.yaml does not contain `format`, the workspace has format 1."
    ),
    wrong="version: 1.0",
    right="format: 2\nversion: 1.0",
)

#: All rules of the room, in the order of the documentation.
RULES: Final = (
    FILE_MISSING,
    FILE_UNREADABLE,
    *rules_of(yaml_rules),
    CONTENT_MISSING,
    CONTENT_UNKNOWN,
    CONTENT_EMPTY,
    CONTENT_VALUE,
    COUNTRY_RESERVED,
    CARD_LANGUAGE,
    EDITION_LANGUAGE,
    EDITION_NEWER,
    EDITION_EARLIER,
    *rules_of(prose_rules),
    *rules_of(prose_block_rules),
)
