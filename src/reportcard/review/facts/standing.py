"""The facts of a card with what was found of each, and what an edit opened again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportcard.content.likeness import alike
from reportcard.messages.message import Message, message
from reportcard.review.facts.fact import CardFact
from reportcard.review.facts.record import FactRecord, FactRecords, FactState
from reportcard.review.facts.sheet import FactSheet

#: If more facts of a field are open than this, they are not set against what was found earlier.
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class JudgedFact:
    """A fact with its state; what was found of it as it is, or of it as it was `before` an edit."""

    fact: CardFact
    state: FactState
    record: FactRecord | None = None
    before: FactRecord | None = None


@dataclass(frozen=True, slots=True)
class JudgedSheet:
    """A card's fact sheet with the state of each fact."""

    sheet: FactSheet
    facts: tuple[JudgedFact, ...]

    @property
    def counts(self) -> Mapping[FactState, int]:
        """How many facts are in each state, those that occur."""
        found = Counter(one.state for one in self.facts)
        return {state: found[state] for state in FactState if found[state]}

    @property
    def unverified(self) -> tuple[JudgedFact, ...]:
        """Those that nobody has verified as they are now."""
        return tuple(one for one in self.facts if one.state is not FactState.VERIFIED)


def judged_sheet(sheet: FactSheet, records: FactRecords) -> JudgedSheet:
    """The facts with their states. A fact that is open is set against what was found in the same
    field and that is no fact of the card any more: that is how it was before an edit.
    """
    known = records.records
    ids = {fact.id for fact in sheet.facts}
    gone = [record for id_, record in known.items() if id_ not in ids]
    before = dict(_earlier([fact for fact in sheet.facts if fact.id not in known], gone))
    facts = []
    for fact in sheet.facts:
        record = known.get(fact.id)
        if record:
            facts.append(JudgedFact(fact, record.verdict, record))
        elif fact.id in before:
            facts.append(JudgedFact(fact, FactState.REOPENED, before=before[fact.id]))
        else:
            facts.append(JudgedFact(fact, FactState.OPEN))
    return JudgedSheet(sheet, tuple(facts))


def _earlier(facts: Sequence[CardFact], gone: Sequence[FactRecord]) -> list[tuple[str, FactRecord]]:
    """Which of the facts was which, by the likeness of the sentences: first those of the same
    value, then those of which the value itself was edited.
    """
    found: list[tuple[str, FactRecord]] = []
    for with_value in (True, False):
        groups: dict[tuple[str, ...], tuple[list[CardFact], list[FactRecord]]] = {}
        known, used = {id_ for id_, _ in found}, {id(record) for _, record in found}
        for fact in facts:
            if fact.id not in known:
                key = (fact.field, str(fact.kind), fact.value if with_value else "")
                groups.setdefault(key, ([], []))[0].append(fact)
        for record in gone:
            key = (record.field, record.kind, record.value if with_value else "")
            if id(record) not in used and key in groups:
                groups[key][1].append(record)
        for now, then in groups.values():
            if then and max(len(now), len(then)) <= _MOST:
                pairs = alike([one.first.sentence for one in now], [one.sentence for one in then])
                found += [(now[at].id, then[origin]) for at, origin in pairs]
    return found


def tally(judged: JudgedSheet) -> Message:
    """How many facts a card has, and how many are in each state."""
    return message(
        "{country}: {claims} ({states})",
        country=judged.sheet.country,
        claims=message("{n} claim", "{n} claims", n=len(judged.facts)),
        states=tuple(
            message("{state}: {count}", state=state.label, count=count)
            for state, count in judged.counts.items()
        ),
    )
