"""What came back in a workbook, put into the records of a card: row by row, and nothing that was
typed is lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from reportcard.content.model import House
from reportcard.language.locales import Tongue
from reportcard.messages.catalogue import languages
from reportcard.messages.message import Message, message
from reportcard.review.facts.fact import CardFact
from reportcard.review.facts.record import FactRecord, FactRecords, FactState
from reportcard.review.facts.sheet import FactSheet
from reportcard.review.facts.workbook import ReturnedFact, verdict_of

#: The most letters of a name, and of a remark or an address.
_LONGEST_NAME: Final = 200
_LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class RejectedFact:
    """A row that was not taken, and why."""

    row: ReturnedFact
    why: Message


@dataclass(frozen=True, slots=True)
class TakenSheet:
    """The records with what came back, what changed in them, how many rows said nothing new, and
    the rows that could not be taken.
    """

    records: FactRecords
    taken: tuple[tuple[CardFact, FactState], ...]
    untouched: int
    rejected: tuple[RejectedFact, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who takes a workbook: the name that was given, if one was, the user of this computer, and the
    day.
    """

    by: str | None
    user: str
    today: date


class _RejectedError(Exception):
    """A row that cannot be taken."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def taken_sheet(
    sheet: FactSheet,
    records: FactRecords,
    rows: Iterable[ReturnedFact],
    signature: Signature,
) -> TakenSheet:
    """What came back, put into the records. A row without a name or a date has those of the
    signature.
    """
    facts = {fact.id: fact for fact in sheet.facts}
    known = dict(records.records)
    seen: set[str] = set()
    taken: list[tuple[CardFact, FactState]] = []
    rejected: list[RejectedFact] = []
    untouched = 0
    for row in rows:
        try:
            fact = _fact(row, facts, records, seen)
            state = _state(row, known.get(row.id)) if fact else None
            if fact is None or state is None:
                untouched += 1
                continue
            seen.add(fact.id)
            if state is FactState.OPEN:
                untouched += known.pop(fact.id, None) is None
                taken += [(fact, state)] if fact.id in records.records else []
                continue
            record = _record(fact, row, known.get(fact.id), state, signature)
        except _RejectedError as error:
            rejected.append(RejectedFact(row, error.why))
            continue
        if record == known.get(fact.id):
            untouched += 1
        else:
            known[fact.id] = record
            taken.append((fact, state))
    made = FactRecords(MappingProxyType(known))
    return TakenSheet(made, tuple(taken), untouched, tuple(rejected))


def _fact(
    row: ReturnedFact, facts: dict[str, CardFact], records: FactRecords, seen: set[str]
) -> CardFact | None:
    """The fact of a row; None if nothing was written in it."""
    written = (row.verdict, row.remark, row.evidence)
    if row.has_formula:
        raise _RejectedError(message("a cell has a formula. Type the text instead."))
    fact = facts.get(row.id)
    if fact is None:
        # A fact as it was before an edit: what was found of it is in the records already
        record = records.records.get(row.id)
        if not any(written) or (record and _same(row, record)):
            return None
        raise _RejectedError(
            message(
                "the card no longer contains this claim: the text was edited, or the ID is wrong."
            )
        )
    if any(written) and row.id in seen:
        raise _RejectedError(message("this claim is in the workbook twice."))
    return fact


def _same(row: ReturnedFact, record: FactRecord) -> bool:
    return (verdict_of(row.verdict), row.remark, row.evidence) == (
        record.verdict,
        record.remark,
        record.evidence,
    )


def _state(row: ReturnedFact, record: FactRecord | None) -> FactState | None:
    """The verdict of a row; None if nothing was written."""
    if not row.verdict:
        known = (record.remark, record.evidence) if record else ("", "")
        if any(text and text not in known for text in (row.remark, row.evidence)):
            raise _RejectedError(message("there is a remark or evidence, but no verdict."))
        return None
    state = verdict_of(row.verdict)
    if state is None:
        raise _RejectedError(message('"{word}" is not a verdict.', word=row.verdict[:40]))
    return state


def _record(
    fact: CardFact,
    row: ReturnedFact,
    record: FactRecord | None,
    state: FactState,
    signature: Signature,
) -> FactRecord:
    """What a row says of a fact. A name and a date that were there already are those of an earlier
    verdict: a new one is of today.
    """
    earlier = record if record and record.verdict is not state else None
    is_old_name = earlier is not None and row.by == earlier.by
    is_old_day = earlier is not None and row.on == earlier.on
    own = "" if is_old_name and signature.by else row.by
    name = " ".join((own or signature.by or signature.user).split())
    if len(name) > _LONGEST_NAME or max(len(row.remark), len(row.evidence)) > _LONGEST:
        raise _RejectedError(
            message("a cell has more than {maximum} characters.", maximum=f"{_LONGEST:,}")
        )
    return FactRecord(
        str(fact.kind),
        fact.field,
        fact.value,
        fact.first.block,
        MappingProxyType({language: one.sentence for language, one in fact.words.items()}),
        state,
        name,
        signature.today.isoformat() if is_old_day or not row.on else _day(row.on),
        row.remark,
        " ".join(row.evidence.split()),
    )


def _day(typed: str) -> str:
    """A date in ISO 8601, or in words in any language of the program."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        for language in languages():
            for day, _ in Tongue(language, "", House()).dates(typed):
                return day.isoformat()
    raise _RejectedError(
        message('"{date}" is not a date. Use the form 2026-11-24.', date=typed[:40])
    )
