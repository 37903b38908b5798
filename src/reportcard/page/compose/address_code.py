"""The web address on the back cover, and its QR code."""

from itertools import groupby
from typing import Final

from reportcard.content.model import Edition
from reportcard.workspace.card_files import page_name

#: The clear ground round a symbol, in modules (ISO/IEC 18004, 6.3.8).
QUIET_ZONE: Final = 4
#: Characters of an address whose modules are at least .43 mm on a symbol of 26 mm (version 8: 49
#: modules and the clear ground), which the cameras of phones tell apart.
LONGEST: Final = 150
#: 15 % of the symbol may be soiled (ISO/IEC 18004, level M).
_CORRECTION: Final = "m"


def card_address(edition: Edition, country: str, language: str) -> str:
    """The web address of a card: the edition's own, or that of its page in the web edition; empty
    if the edition has neither.
    """
    if edition.card_address:
        return edition.card_address.replace("{country}", country).replace("{language}", language)
    base = edition.web_address
    return f"{base.rstrip('/')}/{page_name(country, language)}" if base else ""


def modules(address: str) -> list[list[bool]]:
    """The modules of an address's symbol, row by row: dark ones are true.

    Raises ValueError if the address is too long for a symbol.
    """
    import segno

    symbol = segno.make(address, error=_CORRECTION, micro=False)
    return [[bool(module) for module in row] for row in symbol.matrix]


def address_code(address: str, alt: str, ink: str, ground: str) -> dict[str, str | int]:
    """The QR code of an address as the template draws it: `alt`, the number of modules of its side
    with the clear ground, a path over the dark ones, and the colours of both.
    """
    rows = modules(address)
    return {
        "alt": alt,
        "side": len(rows) + 2 * QUIET_ZONE,
        "path": "".join(
            f"M{column} {number}h{length}v1h-{length}z"
            for number, row in enumerate(rows, start=QUIET_ZONE)
            for column, length in _runs(row)
        ),
        "ink": ink,
        "ground": ground,
    }


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where the dark runs of a row begin, and their lengths: drawn as one, they have no seams."""
    column, runs = QUIET_ZONE, []
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            runs.append((column, length))
        column += length
    return runs
