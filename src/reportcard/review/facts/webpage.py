"""The fact sheet as one HTML file that a browser opens: it fetches nothing and has no script. What
is shown is chosen by style sheet alone.
"""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template
from typing import Final

from reportcard.content.wording import Wording
from reportcard.language.locales import own_name
from reportcard.messages.catalogue import reader
from reportcard.messages.message import Message, message
from reportcard.review.facts.fact import CardFact, FactKind, FactSource, FactWords
from reportcard.review.facts.pages import FactPages
from reportcard.review.facts.record import FactRecord, FactState
from reportcard.review.facts.standing import JudgedFact, JudgedSheet, tally
from reportcard.review.facts.workbook import earlier

#: What a choice of the filters shows: all, or what has a value.
_ALL: Final = "all"


def as_html(
    judged: JudgedSheet,
    facts: Sequence[JudgedFact],
    pages: FactPages,
    title: tuple[str, str],
    wording: Wording,
) -> bytes:
    """Some facts of a sheet as a page in the reader's language. `title` is the card's, with its
    language; `wording` has the headings of the card.
    """
    style = _text("facts.css") + "\n".join(_hiding())
    states = Counter(str(one.state) for one in facts)
    kinds = Counter(str(one.fact.kind) for one in facts)
    name, language = title
    heading = escape(str(message("Fact sheet")))
    fieldsets = (
        _fieldset("state", message("State"), states, [(str(one), one.label) for one in FactState]),
        _fieldset("kind", message("Kind"), kinds, [(str(one), one.label) for one in FactKind]),
    )
    page = Template(_text("facts.html")).substitute(
        language=reader(),
        title=f"{heading}: {escape(name)}",
        heading=f'{heading}: <span lang="{escape(language)}">{escape(name)}</span>',
        style=style,
        style_hash=f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}",
        tally=escape(str(tally(judged))),
        filters=escape(str(message("What is shown"))),
        fieldsets="\n".join(fieldsets),
        sections="\n".join(_sections(judged, facts, pages, wording)),
    )
    return page.encode()


def _text(name: str) -> str:
    return files("reportcard.review.facts").joinpath(f"page/{name}").read_text("utf-8")


def _hiding() -> Iterator[str]:
    """The rules that hide what was not chosen, and fields of which nothing is left."""
    for group, values in (("state", FactState), ("kind", FactKind)):
        for value in values:
            chosen = f"body:has(#{group}-{value}:checked)"
            yield f"{chosen} .claim:not([data-{group}={value}]) {{ display: none }}"
            yield f"{chosen} section:not(:has([data-{group}={value}])) {{ display: none }}"


def _fieldset(
    group: str, legend: Message, counts: Counter[str], values: Sequence[tuple[str, Message]]
) -> str:
    choices = [_choice(group, _ALL, message("all"), counts.total(), is_chosen=True)]
    choices += [
        _choice(group, value, label, counts[value]) for value, label in values if counts[value]
    ]
    return f"<fieldset><legend>{escape(str(legend))}</legend>{''.join(choices)}</fieldset>"


def _choice(group: str, value: str, label: Message, count: int, *, is_chosen: bool = False) -> str:
    checked = " checked" if is_chosen else ""
    return (
        f'<label><input type="radio" name="{group}" id="{group}-{value}"{checked}>'
        f" {escape(str(label))} <b>{count}</b></label>"
    )


def _sections(
    judged: JudgedSheet, facts: Sequence[JudgedFact], pages: FactPages, wording: Wording
) -> Iterator[str]:
    """A section for each field, and in it the facts, numbered as on the whole sheet."""
    numbers = {one.fact.id: number for number, one in enumerate(judged.facts, start=1)}
    for field, group in groupby(facts, key=lambda one: one.fact.field):
        heading = escape(_heading(field, wording))
        yield f"<section><h2>{heading} <code>{escape(field)}</code></h2><ol>"
        yield from (_claim(one, numbers[one.fact.id], pages) for one in group)
        yield "</ol></section>"


def _heading(field: str, wording: Wording) -> str:
    """The heading of the card above a field, in the card's words; empty if it has none."""
    headings: Mapping[str, str] = {
        "overall": wording.overall.heading,
        "context": wording.context.heading,
        "context_quotes": wording.context.heading,
        "recommendations": wording.recommendations.heading,
        "institutions": wording.recommendations.institutions,
        "notes": wording.web.notes,
    }
    section, *keys = field.split(".")
    named = (wording.dimensions[key].name for key in keys if key in wording.dimensions)
    return str(next(named, headings.get(section, "")))


def _claim(one: JudgedFact, number: int, pages: FactPages) -> str:
    fact = one.fact
    words = " · ".join(
        f'<span lang="{escape(language)}">{escape(its.words)}</span>'
        for language, its in _each_words(fact)
    )
    alone = fact.words if fact.missing else ()
    missing = "".join(
        f'<span class="state missing">{_said(message("only in {language}", language=code))}</span>'
        for code in alone
    )
    rows = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in _rows(one, pages))
    return (
        f'<li class="claim" id="claim-{fact.id}" data-state="{one.state}" data-kind="{fact.kind}">'
        f'<div class="head"><h3>{words}</h3><span class="kind">{_said(fact.kind.label)}</span>'
        f'<span class="state" data-state="{one.state}">{_said(one.state.label)}</span>{missing}'
        f'<span class="number">{number}</span></div><dl>{rows}</dl></li>'
    )


def _each_words(fact: CardFact) -> Iterator[tuple[str, FactWords]]:
    seen: set[str] = set()
    for language, its in fact.words.items():
        if its.words not in seen:
            seen.add(its.words)
            yield language, its


def _rows(one: JudgedFact, pages: FactPages) -> Iterator[tuple[str, str]]:
    fact = one.fact
    for language, its in fact.words.items():
        page = pages.page(fact, language)
        place = _said(message("page {number}", number=page)) if page else ""
        term = f'<span lang="{escape(language)}">{escape(own_name(language))}</span>'
        sentence = f'<span lang="{escape(language)}">{_marked(its)}</span>'
        yield term, f'{sentence} <span class="page">{place}</span>' if place else sentence
    for source in fact.sources:
        is_own = fact.field == f"notes.{source.note}"
        if not is_own or source.addresses:
            yield _said(message("note")), _source(source, has_text=not is_own)
    if fact.also:
        yield _said(message("also in")), escape(", ".join(fact.also))
    if one.record:
        yield _said(one.record.verdict.label), _found(one.record)
    if before := earlier(one):
        yield _said(message("earlier")), escape(before)
    yield _said(message("location")), f"<code>{escape(str(fact.first.place))}</code>"


def _marked(its: FactWords) -> str:
    """A sentence with the words of the fact marked."""
    match = re.search(rf"(?<![\w.,]){re.escape(its.words)}", its.sentence)
    start, end = match.span() if match and its.words else (0, 0)
    before, words, after = its.sentence[:start], its.sentence[start:end], its.sentence[end:]
    return (
        f"{escape(before)}<mark>{escape(words)}</mark>{escape(after)}" if words else escape(after)
    )


def _source(source: FactSource, *, has_text: bool) -> str:
    """A note's text in the first language, unless it is the sentence itself, with its addresses."""
    language, text = next(iter(source.texts.items()), ("", ""))
    for address in source.addresses:
        text = text.replace(address, "")
    links = "".join(f"<p>{_link(address)}</p>" for address in source.addresses)
    words = escape(" ".join(text.split()))
    return f'<p lang="{escape(language)}">{words}</p>{links}' if has_text else links


def _link(address: str) -> str:
    return f'<a href="{escape(address)}" rel="noreferrer">{escape(address)}</a>'


def _found(record: FactRecord) -> str:
    parts = [f"<p>{escape(' · '.join(filter(None, (record.by, record.on))))}</p>"]
    parts += [f"<p>{escape(record.remark)}</p>"] if record.remark else []
    is_address = record.evidence.startswith(("https://", "http://"))
    evidence = _link(record.evidence) if is_address else escape(record.evidence)
    parts += [f"<p>{_said(message('copy of the evidence'))}: {evidence}</p>"] if evidence else []
    return "".join(parts)


def _said(text: Message) -> str:
    return escape(str(text))
