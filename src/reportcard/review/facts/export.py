"""The fact sheet as text for a terminal, and as JSON for programs and for the record of a
release.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from reportcard.messages.message import message
from reportcard.review.facts.pages import FactPages
from reportcard.review.facts.record import FactRecord
from reportcard.review.facts.standing import JudgedFact, JudgedSheet, tally
from reportcard.review.facts.workbook import earlier

_FORMAT: Final = 1


def as_text(judged: JudgedSheet, facts: Sequence[JudgedFact], pages: FactPages) -> str:
    """Some facts of a sheet, each with its place, state, sentences and sources."""
    lines = [line for one in facts for line in _lines(one, pages)]
    return "".join(f"{line}\n" for line in (*lines, str(tally(judged))))


def _lines(one: JudgedFact, pages: FactPages) -> Iterator[str]:
    fact = one.fact
    words = " = ".join(dict.fromkeys(its.words for its in fact.words.values()))
    yield f"{fact.first.place}: {fact.kind.label} {words} — {one.state.label}"
    for language, its in fact.words.items():
        page = pages.page(fact, language)
        printed = f" ({message('page {number}', number=page)})" if page else ""
        yield f"    {language}{printed}: {its.sentence}"
    if fact.missing:
        for language in fact.words:
            yield f"    {message('only in {language}', language=language)}"
    if fact.also:
        yield f"    {message('also in {fields}', fields=fact.also)}"
    for source in fact.sources:
        is_own = fact.field == f"notes.{source.note}"
        text = " ".join(source.addresses) or ("" if is_own else _first(source.texts))
        yield f"    {message('note')} {source.note}: {text}".rstrip(": ")
    if record := one.record:
        parts = (record.by, record.on, record.remark, record.evidence)
        yield f"    {record.verdict.label}: {' · '.join(filter(None, parts))}"
    if before := earlier(one):
        yield f"    {message('earlier')}: {before}"


def _first(texts: Mapping[str, str]) -> str:
    return next(iter(texts.values()), "")


def as_json(judged: JudgedSheet, facts: Sequence[JudgedFact], pages: FactPages) -> str:
    """Some facts of a sheet as JSON, by what they are called in `docs/reviewers.md`."""
    record = {
        "format": _FORMAT,
        "country": judged.sheet.country,
        "languages": list(judged.sheet.languages),
        "counts": {str(state): count for state, count in judged.counts.items()},
        "claims": [_entry(one, pages) for one in facts],
    }
    return f"{json.dumps(record, indent=1, ensure_ascii=False)}\n"


def release_record(sheets: Sequence[tuple[JudgedSheet, FactPages]]) -> bytes:
    """The fact sheets of a release, by country."""
    record = {
        "format": _FORMAT,
        "cards": {
            judged.sheet.country: {
                "counts": {str(state): count for state, count in judged.counts.items()},
                "claims": [_entry(one, pages) for one in judged.facts],
            }
            for judged, pages in sheets
        },
    }
    return f"{json.dumps(record, indent=1, ensure_ascii=False)}\n".encode()


def _entry(one: JudgedFact, pages: FactPages) -> dict[str, Any]:
    fact = one.fact
    return {
        "id": fact.id,
        "kind": str(fact.kind),
        "value": fact.value,
        "field": fact.field,
        "also": list(fact.also),
        "place": str(fact.first.place),
        "block": fact.first.block,
        "words": {language: its.words for language, its in fact.words.items()},
        "sentences": {language: its.sentence for language, its in fact.words.items()},
        "pages": {
            language: page for language in fact.words if (page := pages.page(fact, language))
        },
        "missing_in": list(fact.missing),
        "notes": [source.note for source in fact.sources],
        "addresses": list(fact.addresses),
        "state": str(one.state),
        **(_found(one.record) if one.record else {}),
        **({"earlier": _found(one.before)} if one.before else {}),
    }


def _found(record: FactRecord) -> dict[str, str]:
    return {
        "verdict": str(record.verdict),
        "by": record.by,
        "on": record.on,
        "remark": record.remark,
        "evidence": record.evidence,
    }
