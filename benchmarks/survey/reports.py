"""What a survey comes to, as a table: faults per 100 pages, and how many the proof reported."""

from collections.abc import Collection, Iterator, Sequence
from statistics import median

from benchmarks.survey.builds import Surveyed
from benchmarks.survey.faults import FINE, Kind


def table(cards: Sequence[Surveyed]) -> Iterator[str]:
    """The lines of the table. A page counts once for a kind; rates are per 100 inner pages."""
    full = [share for card in cards for share in card.fullness.values()]
    letters = [count for card in cards for count in card.letters]
    yield (
        f"{len(cards)} cards, {sum(card.pages for card in cards)} pages, {len(full)} of them inner"
        f" pages; median fullness {median(full or [0]):.0%}; median of full lines"
        f" {median(letters or [0]):g} letters"
    )
    yield f"{'':28} {'faults':>7} {'pages':>6} {'per 100':>8} {'unreported':>11}"
    for kind in Kind:
        yield _row(kind.value, cards, {kind}, len(full))
    yield _row("any but those of fine type", cards, set(Kind) - FINE, len(full))
    yield from _withheld(cards)
    alarms = sum(len(card.unconfirmed) for card in cards)
    yield f"problems of the proof that geometry does not confirm: {alarms}"


def _withheld(cards: Sequence[Surveyed]) -> Iterator[str]:
    """The cards that errors of the layout withhold, and by which rules."""
    found = [card for card in cards if card.withheld]
    share = 100 * len(found) / max(1, len(cards))
    yield f"withheld for layout: {len(found)} of {len(cards)} cards ({share:.0f} per 100)"
    for card in sorted(found, key=lambda one: one.plan.number):
        codes = ", ".join(
            f"{code} × {card.withheld.count(code)}" for code in dict.fromkeys(card.withheld)
        )
        yield f"  {card.plan.name}: {codes}"


def listing(cards: Sequence[Surveyed]) -> Iterator[str]:
    """Every card with its plan, and every fault on a line of its own."""
    for card in sorted(cards, key=lambda one: one.plan.number):
        one = card.plan
        yield (
            f"{one.name}: {card.pages} pages; text × {one.length:g}, notes × {one.notes:g},"
            f" categories {'+'.join(map(str, one.categories))}, {one.countries} countries,"
            f" {one.authors} authors, {one.organisations} organizations"
        )
        for fault, told in card.faults:
            mark = "reported" if told else "unreported"
            yield f"  page {fault.page}: {fault.kind.value}: {fault.what} ({mark})"
        yield from (f"  not confirmed: {problem}" for problem in card.unconfirmed)


def _row(name: str, cards: Sequence[Surveyed], kinds: Collection[Kind], inner: int) -> str:
    found = [
        (card.plan.number, fault.page, told)
        for card in cards
        for fault, told in card.faults
        if fault.kind in kinds
    ]
    pages = len({(number, page) for number, page, _ in found})
    untold = sum(not told for _, _, told in found)
    return f"{name:28} {len(found):7} {pages:6} {100 * pages / max(1, inner):8.1f} {untold:11}"
