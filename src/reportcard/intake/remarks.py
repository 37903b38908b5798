"""Remarks on what a Word document has and a card does not take over as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from reportcard.messages.message import Message, message

#: By the kind of thing that is counted.
_REMARKS: Final[Mapping[str, Message]] = {
    "picture": message(
        (
            "{n} picture was left out. Put it in figures/ and write ![what it "
            "shows](figures/name.svg)."
        ),
        (
            "{n} pictures were left out. Put them in figures/ and write ![what it "
            "shows](figures/name.svg)."
        ),
    ),
    "comment": message(
        "{n} comment has no text in the file.",
        "{n} comments have no text in the file.",
    ),
    "inserted": message(
        "{n} tracked insertion was imported as text.",
        "{n} tracked insertions were imported as text.",
    ),
    "deleted": message(
        "{n} tracked deletion was left out.",
        "{n} tracked deletions were left out.",
    ),
    "hidden": message(
        "{n} passage of hidden text was left out.",
        "{n} passages of hidden text were left out.",
    ),
    "equation": message(
        "{n} equation was imported as plain text.",
        "{n} equations were imported as plain text.",
    ),
    "embedded": message(
        "{n} embedded document was not read.",
        "{n} embedded documents were not read.",
    ),
    "symbol": message(
        "{n} character in a symbol font was replaced with •.",
        "{n} characters in a symbol font were replaced with •.",
    ),
    "link": message(
        (
            "{n} link was removed and its text kept: a card can link only to https, http "
            "and mailto addresses."
        ),
        (
            "{n} links were removed and their text kept: a card can link only to https, "
            "http and mailto addresses."
        ),
    ),
    "table": message(
        "{n} table was skipped: only body text can be imported.",
        "{n} tables were skipped: only body text can be imported.",
    ),
    "box": message(
        "{n} text box was skipped: only body text can be imported.",
        "{n} text boxes were skipped: only body text can be imported.",
    ),
    "nested": message(
        "{n} nested bullet was moved to the top level.",
        "{n} nested bullets were moved to the top level.",
    ),
    "break": message(
        "{n} line break inside a paragraph will print as a space.",
        "{n} line breaks inside paragraphs will print as spaces.",
    ),
}


def remarks(counts: Mapping[str, int], running: Sequence[str]) -> tuple[Message, ...]:
    """A remark on each kind of thing that was counted, and one on the headers and footers of the
    pages.
    """
    found = [
        replace(remark, holes=(("n", counts[kind]),))
        for kind, remark in _REMARKS.items()
        if counts.get(kind)
    ]
    if running:
        texts = "; ".join(f'"{text}"' for text in running)
        found.append(message("page headers and footers were left out: {texts}.", texts=texts))
    return tuple(found)
