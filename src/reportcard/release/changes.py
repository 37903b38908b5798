"""What changed since the last release, for readers: scores, numbers, notes and wording of each
card, in one language.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportcard.content.likeness import word_diff
from reportcard.content.loading import Content
from reportcard.content.wording import ChangesWording, Wording
from reportcard.page.compose.templates import render
from reportcard.page.styles import Styles
from reportcard.review.changes import Change, Comparison, Kind
from reportcard.workspace.card_files import card_file

#: What is news for readers, in this order; how a page looks is not.
_NEWS: Final = (Kind.SCORE, Kind.NUMBER, Kind.NOTE, Kind.WORDING)
#: Letters of an unchanged passage that are kept on each side of a change.
_AROUND: Final = 60
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>#|~&])")
#: What would begin a list of its own at the head of an item.
_HEAD: Final = re.compile(r"^(\d*)([-+.)])")
_MARKS: Final = {"gone": ("~~", "~~"), "new": ("**", "**")}
_TAGS: Final = {"gone": ("<del>", "</del>"), "new": ("<ins>", "</ins>")}

Runs = tuple[tuple[str, str], ...]
"""A passage as runs of words: "same", "gone" or "new", and the words."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A change: the heading above it in the card, and the passage."""

    where: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Part:
    """A card: its title, what is said of it as a whole (empty: nothing), and its changes by the
    heading of their kind.
    """

    title: str
    remark: str
    kinds: tuple[tuple[str, tuple[NewsItem, ...]], ...]


@dataclass(frozen=True, slots=True)
class News:
    """All of it in one language: a heading, since when, and the cards."""

    language: str
    heading: str
    since: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ComparedCard:
    """A card with news: its title, its comparison, and the version that it was compared with
    (empty: none).
    """

    title: str
    comparison: Comparison
    version: str


def news(
    content: Content, language: str, version: str, last: str, cards: Sequence[ComparedCard]
) -> News:
    """The news of a version in a language; `last` is the one before (empty: none)."""
    wording = content.wordings[language].model
    words = wording.changes
    assert words is not None
    since = _since(words, last) if last else str(words.first)
    parts = (
        tuple(
            _part(_without_imprint(card, wording, version), last, wording, words) for card in cards
        )
        if last
        else ()
    )
    return News(language, words.heading.replace("{version}", version), since, parts)


def _without_imprint(card: ComparedCard, wording: Wording, version: str) -> ComparedCard:
    """The card without the change of the line that prints the version and date: it differs in each
    release, and the heading says so.
    """
    label = re.escape(str(wording.labels.version))
    line = re.compile(rf"\s*(?:{label}\s+)?{re.escape(version)} · ")
    kept = tuple(
        change
        for change in card.comparison.changes
        if not line.match("".join(words for kind, words in change.runs if kind != "gone"))
    )
    return replace(card, comparison=replace(card.comparison, changes=kept))


def _since(words: ChangesWording, version: str) -> str:
    return words.since.replace("{version}", version)


def _part(card: ComparedCard, last: str, wording: Wording, words: ChangesWording) -> Part:
    comparison = card.comparison
    if comparison.old is None or comparison.new is None:
        return Part(card.title, str(words.new if comparison.old is None else words.gone), ())
    headings = {
        Kind.SCORE: words.scores,
        Kind.NUMBER: words.numbers,
        Kind.NOTE: words.notes,
        Kind.WORDING: words.wording,
    }
    kinds = []
    for kind in _NEWS:
        items = [
            NewsItem(_where(change.field, wording, comparison.name), _passage(change))
            for change in comparison.changes
            if change.kind is kind or (kind is Kind.WORDING and change.kind is Kind.MEANING)
        ]
        if kind is Kind.SCORE:
            items += [NewsItem("", _passage(change)) for change in _drawn(comparison)]
        if items:
            kinds.append((str(headings[kind]), tuple(dict.fromkeys(items))))
    remark = "" if kinds else str(words.failed if comparison.failed else words.same)
    if card.version != last:
        remark = f"{_since(words, card.version)} {remark}".rstrip()
    return Part(card.title, remark, tuple(kinds))


def _drawn(comparison: Comparison) -> Iterator[Change]:
    """The scores that a card shows as gauges alone, as changes of what the gauges say."""
    written = {change.field for change in comparison.changes if change.kind is Kind.SCORE}
    for change in comparison.changes:
        is_score = change.kind is Kind.PICTURE and change.field.partition("/")[2].startswith(
            "scores."
        )
        if is_score and change.field not in written and change.old and change.new:
            yield replace(change, runs=tuple(word_diff(change.old, change.new)))


def _where(field: str, wording: Wording, file: str) -> str:
    """Where a field is in a card; on the scoreboard, after the country that it is about."""
    country = field.partition("/")[0]
    card = card_file(file.removesuffix(".pdf"))
    names = (
        [wording.countries[country].name]
        if card and card.is_scoreboard and country in wording.countries
        else []
    )
    return ", ".join(filter(None, (*names, _heading(field, wording))))


def _heading(field: str, wording: Wording) -> str:
    """The heading above a field in the card, or which score it is; empty if it has none."""
    keys = field.partition("/")[2].split(".")
    categories = {
        id_: category.name
        for dimension in wording.dimensions.values()
        for id_, category in dimension.categories.items()
    }
    match keys:
        case ["scores", score]:
            short = {id_: dimension.short for id_, dimension in wording.dimensions.items()}
            return str((categories | short).get(score, wording.overall.total))
        case ["dimensions", dimension, *_] if dimension in wording.dimensions:
            return str(wording.dimensions[dimension].short)
        case ["overall", *_]:
            return str(wording.overall.heading)
        case ["context", *_]:
            return str(wording.context.heading)
        case ["recommendations", *_]:
            return str(wording.recommendations.heading)
    return ""


def _passage(change: Change) -> Runs:
    """The change with some words around it."""
    runs = change.runs or tuple(
        (kind, words) for kind, words in (("gone", change.old), ("new", change.new)) if words
    )
    last = len(runs) - 1
    found: list[tuple[str, str]] = []
    for number, (kind, words) in enumerate(runs):
        if kind == "same":
            found.append((kind, _cut(words, starts=number == 0, ends=number == last)))
            continue
        # No blank is struck out or underlined, and one parts what is gone from what is new.
        starts = words[:1].isspace() or bool(found and found[-1][0] != "same")
        found += (
            [("same", " ")] * starts
            + [(kind, words.strip())]
            + [("same", " ")] * words[-1:].isspace()
        )
    return tuple(found)


def _cut(words: str, *, starts: bool, ends: bool) -> str:
    if len(words) <= 2 * _AROUND:
        return words
    head = "" if starts else words[:_AROUND].rpartition(" ")[0]
    tail = "" if ends else words[-_AROUND:].partition(" ")[2]
    return (
        f"{head} … {tail}".strip()
        if not (starts or ends)
        else f"… {tail}"
        if starts
        else f"{head} …"
    )


def as_markdown(page: News) -> bytes:
    """The news as Markdown: what is gone struck out, what is new in bold."""
    lines = [f"# {_plain(page.heading)}", _plain(page.since)]
    for part in page.parts:
        lines.append(f"## {_plain(part.title)}")
        if part.remark:
            lines.append(_plain(part.remark))
        for heading, items in part.kinds:
            lines += [f"### {_plain(heading)}", "\n".join(f"- {_line(item)}" for item in items)]
    return ("\n\n".join(lines) + "\n").encode()


def _line(item: NewsItem) -> str:
    line = f"{_plain(item.where)}: " if item.where else ""
    for kind, words in item.runs:
        line += _plain(words) if kind == "same" else _marked(kind, words)
    return _HEAD.sub(r"\1\\\2", " ".join(line.split()))


def _marked(kind: str, words: str) -> str:
    """Words with their marks: HTML's where CommonMark does not read its own, beside punctuation."""
    plain = words[:1].isalnum() and words[-1:].isalnum()
    opening, closing = _MARKS[kind] if plain else _TAGS[kind]
    return f"{opening}{_plain(words)}{closing}"


def _plain(text: str) -> str:
    """Text in which Markdown finds no mark; the blanks at its ends stay."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    plain = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return f"{before}{plain}{after}" if plain else before


def as_html(page: News, styles: Styles) -> bytes:
    """The news as a page of one file, without a script."""
    return render(styles, "changes.html", news=page, colour=styles.colour).encode()
