"""What `check --fix` corrects, and what it leaves."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from reportcard.cli.app import short
from reportcard.messages.message import Message, message

if TYPE_CHECKING:
    from reportcard.corrections.correction import Corrected, Undecided
    from reportcard.workspace.workspace import Workspace

Tell = Callable[[str], None]


def correct(
    workspace: "Workspace", countries: tuple[str, ...], tell: Tell, *, dry_run: bool
) -> None:
    """Shows the corrections of some cards (none: of all, and of the shared wording), and writes
    them unless it is a `dry_run`.
    """
    from reportcard.build.inventory import ReadWorkspace, ordered, read_workspace
    from reportcard.corrections.proposal import corrected, write
    from reportcard.translation.units import WORDING
    from reportcard.workspace.workspace import SCOREBOARD

    read = read_workspace(workspace)
    if not isinstance(read, ReadWorkspace):
        return
    ordered(read.content, countries, (), scoreboard=True)
    named = (WORDING if country == SCOREBOARD else country for country in countries)
    scopes = tuple(dict.fromkeys(named)) or (WORDING, *read.content.cards)
    found = corrected(read, scopes)
    _show(found, tell)
    count = len(found.corrections)
    if dry_run and count:
        tell(str(message("{n} correction possible.", "{n} corrections possible.", n=count)))
    elif count:
        for path in write(workspace, found):
            tell(short(path))
        tell(str(message("{n} correction made.", "{n} corrections made.", n=count)))
    else:
        tell(str(message("Nothing to correct.")))


def _show(found: "Corrected", tell: Tell) -> None:
    for file in found.untouched:
        tell(str(message("{file} has errors, so this card was not corrected.", file=file)))
    for correction in found.corrections:
        tell(str(correction))
    for one in found.undecided:
        tell(str(undecided_message(one)))


def undecided_message(one: "Undecided") -> Message:
    """What a person has to decide about a typed score or rank."""
    if not one.values:
        return message(
            "{place}: {typed} was not corrected. Check it yourself.",
            place=str(one.place),
            typed=one.typed,
        )
    return message(
        (
            "{place}: {typed} was not corrected. Check it yourself: it may be {values}, or "
            "something else."
        ),
        place=str(one.place),
        typed=one.typed,
        values=one.values,
    )
