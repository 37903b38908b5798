"""All commands, by what they are for: a line of help for each, and the module that it is in.

Help and the first page read them here, so that no command is imported before it is needed:
importing all of them takes longer than answering `reportcard --help`.
"""

from collections.abc import Mapping
from typing import Final

from reportcard.messages.message import Message, message

#: Commands in the order of the work, each with its module in this room and its line of help, which
#: has at most 60 signs.
CONTENTS: Final[Mapping[Message, Mapping[str, tuple[str, Message]]]] = {
    message("Start"): {
        "init": ("beginning", message("Create a new workspace.")),
        "new": ("workspace", message("Start a card.")),
        "theme": ("theme", message("Start a theme.")),
        "intake": ("intake", message("Import a Word manuscript or a table of scores.")),
        "manuscript": ("word", message("Write a card as a Word document for its authors.")),
        "schema": ("workspace", message("Write or print the schemas of content files.")),
        "migrate": ("migration", message("Update a workspace from an earlier format.")),
    },
    message("Create"): {
        "preview": ("preview", message("Preview the cards in a browser while you edit them.")),
        "build": ("cards", message("Build PDFs of the cards.")),
        "web": ("web", message("Build web pages for the cards and an index of them.")),
        "pictures": ("cards", message("Create social media pictures for each card.")),
        "gauges": ("cards", message("Export a card's gauges for slides and the web.")),
        "map": ("cards", message("Draw a country's locator map from outlines.")),
    },
    message("Check"): {
        "check": ("check", message("Check the content without building PDFs.")),
        "explain": ("check", message("Explain a rule, with wrong and right examples.")),
        "preflight": ("files", message("Check PDFs against the standard for each edition.")),
        "verify": ("files", message("Check whether PDFs match the content.")),
        "doctor": ("upkeep", message("Check that this computer has all it needs to build cards.")),
        "cache": ("upkeep", message("Delete the cache that makes builds faster.")),
    },
    message("Translate"): {
        "translations": (
            "exchange_folder",
            message("Show translation progress; exchange files with translators."),
        ),
    },
    message("Review"): {
        "facts": ("facts", message("List every claim in a card for fact-checkers.")),
        "compare": (
            "reviews",
            message("Show what changed between two PDFs, folders or revisions."),
        ),
        "comments": ("sign_off", message("List the comments in a PDF, each with its location.")),
        "sign-off": ("sign_off", message("Check whether a reviewer's record signs off on a file.")),
    },
    message("Publish"): {
        "release": (
            "release",
            message("Create a release: all files, in a folder and as a ZIP file."),
        ),
    },
}
#: The same by name alone.
COMMANDS: Final[Mapping[str, tuple[str, Message]]] = {
    name: entry for entries in CONTENTS.values() for name, entry in entries.items()
}
