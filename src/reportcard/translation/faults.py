"""Why a text that came back cannot be taken as the translation of its block."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from reportcard.checks.fixed_names import has_name, missing_names
from reportcard.checks.labels import too_long
from reportcard.checks.passages import PlainPassage
from reportcard.content.encoding import UnsoundError, decoded
from reportcard.content.loading import Content
from reportcard.content.markdown import parse_prose
from reportcard.content.model import House
from reportcard.content.scalars import Line
from reportcard.content.segments import segments
from reportcard.content.tree import BLOCK, Text
from reportcard.content.yaml_rules import YAML_TEXT
from reportcard.messages.message import Message, message
from reportcard.translation.codes import Code, CodeKind, Piece, coded, codes
from reportcard.translation.status import BlockState

#: Where a sentence ends, marks and note calls that close it included (as tools' segmentation has
#: it, roughly: SRX 2.0).
_SENTENCE_END: Final = re.compile(r"(?<=[.!?:;…])[\"'”’»)\]*]*(?:\[\^[^\]\s]*\])*\s+")
#: A passage in a language of its own: its words are the same in a translation.
_FOREIGN: Final = re.compile(r"\[[^\[\]]*\]\{lang=[^{}]*\}")
_MARKUP: Final = re.compile(r"\{\{[^{}]*\}\}|\[\^[^\]\s]*\]|<[^<>\s]+>|\]\([^()\s]*\)")
_PLAIN_WORD: Final = re.compile(r"(?<![\w.@/-])[^\W\d_A-Z]{2,}(?![\w@/])")
#: A sentence of fewer words, or with fewer that are no names, may be alike in two languages; so may
#: one with less than a third of such words.
_SENTENCE_WORDS: Final = 3
_PLAIN_WORDS: Final = 2
_PLAIN_PART: Final = 3
#: Values that one language may use where another has a pronoun or other words.
_FREE_VALUES: Final = ("country.", "countries.")


def fault(
    block: BlockState, typed: str, content: Content, languages: tuple[str, str], *, is_coded: bool
) -> Message | str | None:
    """Why a typed text cannot be merged, in a translator's words; None if it can. `languages` are
    those of source and translation; `is_coded` demands italics too.
    """
    return (
        _damaged(typed)
        or _emptied(block, typed)
        or _unfit(block, typed, content, languages, is_coded=is_coded)
    )


def _unfit(
    block: BlockState, typed: str, content: Content, languages: tuple[str, str], *, is_coded: bool
) -> Message | str | None:
    assert block.source
    is_line = block.source.kind == "line"
    text = Text(typed, "", BLOCK).as_(Line if is_line else Text)
    quotes = content.edition.model.languages.get(languages[1], House()).quotes
    prose, problems = parse_prose(text, block.unit.field, quotes, single_line=is_line)
    if problems:
        return problems[0].message
    if long := too_long(block.unit.name, prose):
        return long.message
    before = block.target.text if block.target else ""
    texts = (block.source.text, typed, before)
    if found := _lost(*texts, is_coded=is_coded) or _joined_words(*texts):
        return found
    found_segments = segments(text)
    if len(found_segments) != 1 or (
        not is_line and found_segments[0].kind not in ("paragraph", "picture")
    ):
        return message(
            "the translation begins with a marker, such as - or 1., that would turn it into a list."
        )
    if typed == block.source.text:
        return None  # someone has approved that it stays as it is
    return _left(block.source.text, typed, before) or _name(content, block, texts, languages)


def _damaged(typed: str) -> Message | str | None:
    """What an encoding that was not UTF-8 did to a text, or signs that no text can have."""
    try:
        decoded(typed.encode(errors="replace"), "")
    except UnsoundError as error:
        first = error.problems[0]
        words = next((word for word in typed.split() if not _is_sound(word)), "")
        return (
            message('characters of "{words}" were damaged by a wrong encoding.', words=words)
            if first.code == YAML_TEXT.code
            else first.message
        )
    return None


def _emptied(block: BlockState, typed: str) -> Message | None:
    """What an encoding without dashes or curly quotes left of a translation: programs put ? in
    their place.
    """
    known = block.target.text if block.target else ""
    if len(typed) != len(known) or typed == known:
        return None
    pairs = list(zip(known, typed, strict=True))
    if any(old != new and (new != "?" or old.isascii()) for old, new in pairs):
        return None
    start = next(at for at, (old, new) in enumerate(pairs) if old != new)
    words = known[:start].split(" ")[-1] + typed[start:].split(" ", maxsplit=1)[0]
    return message('characters of "{words}" were damaged by a wrong encoding.', words=words)


def _is_sound(word: str) -> bool:
    try:
        decoded(word.encode(errors="replace"), "")
    except UnsoundError:
        return False
    return True


def _joined_words(source: str, typed: str, before: str) -> Message | None:
    """A space that a tool lost beside a code, if neither source nor earlier text lacks it."""
    found = _glued(typed)
    if not found or _glued(source) or _glued(before):
        return None
    return message('a space is missing at "{words}".', words=found)


def _glued(text: str) -> str:
    """The first words that a code joins without a space, as some tools lose it: "for**gold**"."""
    pieces = coded(text)
    for before, code, after in zip(("", *pieces), pieces, (*pieces[1:], ""), strict=False):
        if not isinstance(code, Code):
            continue
        is_after = code.end != "close" and code.kind is not CodeKind.CALL
        left = str(before)[-1:] if isinstance(before, str) and is_after else ""
        right = str(after)[:1] if isinstance(after, str) and code.end != "open" else ""
        if _is_of_word(left) or _is_of_word(right):
            words = "".join(
                one if isinstance(one, str) else one.text for one in (before, code, after)
            )
            at = len(before) if isinstance(before, str) else 0
            return words[max(at - 12, 0) : at + len(code.text) + 12].strip()
    return ""


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() and sign not in "ªº"


def _left(source: str, typed: str, before: str) -> Message | None:
    """A sentence that is still in the source language."""
    left = next(untranslated(source, typed, before), None)
    if left is None:
        return None
    return message(
        'this block is only partly translated: "{sentence}" is still the same as in the source.',
        sentence=left,
    )


def _name(
    content: Content, block: BlockState, texts: tuple[str, str, str], languages: tuple[str, str]
) -> Message | None:
    """A name of the glossary that the source has and the translation lacks, unless it did before.
    `texts` are source, translation and the translation before.
    """
    source, typed, before = (
        _passage(text, block, content, language)
        for text, language in zip(texts, (*languages, languages[1]), strict=True)
    )
    for name, target in missing_names(content, source, typed):
        if not before.text or has_name(before, name, target):
            return message(
                'the glossary term for "{source}" is "{target}", but the translation does not '
                "use it.",
                target=target,
                source=name,
            )
    return None


def _passage(text: str, block: BlockState, content: Content, language: str) -> PlainPassage:
    """A text of a block without its marks."""
    quotes = content.edition.model.languages.get(language, House()).quotes
    prose, _ = parse_prose(Text(text, "", BLOCK), block.unit.field, quotes)
    inlines = (one for paragraph in prose.paragraphs() for one in paragraph.inlines)
    return PlainPassage(block.unit.field, block.unit.name, language, tuple(inlines))


def untranslated(source: str, typed: str, before: str = "") -> Iterator[str]:
    """The sentences of a source that a translation has word for word, other than names, passages in
    another language, and what was there before.
    """
    source, typed, before = (_FOREIGN.sub(" ", text) for text in (source, typed, before))
    for sentence in sentences(source):
        words = _MARKUP.sub(" ", sentence)
        count, plain = len(words.split()), len(_PLAIN_WORD.findall(words))
        if (
            count >= _SENTENCE_WORDS
            and plain >= _PLAIN_WORDS
            and plain * _PLAIN_PART > count
            and sentence in typed
            and sentence not in before
        ):
            yield sentence


def sentences(text: str) -> list[str]:
    """The sentences of a text, its clauses before a colon or semicolon too."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    parts = (text[start:end] for start, end in pairwise(starts))
    return [part.strip() for part in parts if part.strip()]


# --- codes ----------------------------------------------------------------------------------------

_Names = Callable[[Sequence[Piece]], Iterator[str]]


def _calls(pieces: Sequence[Piece]) -> Iterator[str]:
    return (one.text[2:-1] for one in codes(pieces) if one.kind is CodeKind.CALL)


def _values(pieces: Sequence[Piece]) -> Iterator[str]:
    names = (one.identity[2] for one in codes(pieces) if one.kind is CodeKind.VALUE)
    return (name for name in names if not name.startswith(_FREE_VALUES))


def _links(pieces: Sequence[Piece]) -> Iterator[str]:
    """The sites that links lead to: each language of a site has its own addresses."""
    for one in codes(pieces):
        if one.kind is CodeKind.ADDRESS or (one.kind is CodeKind.LINK and one.end == "close"):
            address = one.text.strip("<>]()")
            yield urlsplit(address).hostname or address


def _pictures(pieces: Sequence[Piece]) -> Iterator[str]:
    for one in codes(pieces):
        if one.kind is CodeKind.PICTURE and one.end == "close":
            yield one.text.removeprefix("](").partition(")")[0]


def _passages(kind: CodeKind) -> _Names:
    """Passages by their order, so that messages count them."""

    def named(pieces: Sequence[Piece]) -> Iterator[str]:
        opened = [one for one in codes(pieces) if _opens(one, kind)]
        return (str(number) for number in range(1, len(opened) + 1))

    return named


def _opens(code: Code, kind: CodeKind) -> bool:
    return code.kind is kind and code.end == "open"


def _lost(source: str, typed: str, before: str, *, is_coded: bool) -> Message | None:
    """What the translation has less or more of than its source, and than the translation that is
    there now.
    """
    here, there, now = coded(typed), coded(source), coded(before)

    def names(named: _Names) -> tuple[list[str], list[str]] | None:
        found = Counter(named(here))
        if found == Counter(named(there)) or (before and found == Counter(named(now))):
            return None
        return sorted(found.elements()), sorted(named(there))

    if lost := names(_calls):
        return message(
            "the note references differ: {found} here, {expected} in the source.",
            found=tuple(lost[0]) or message("no note"),
            expected=tuple(lost[1]) or message("no note"),
        )
    if lost := names(_values):
        return message(
            "the values differ: {found} here, {expected} in the source.",
            found=tuple(lost[0]) or message("no value"),
            expected=tuple(lost[1]) or message("no value"),
        )
    if (lost := names(_links)) or (lost := names(_pictures)):
        return message(
            "the links differ: {found} here, {expected} in the source.",
            found=tuple(lost[0]) or message("no link"),
            expected=tuple(lost[1]) or message("no link"),
        )
    if lost := names(_passages(CodeKind.BOLD)):
        return message(
            "the number of bold passages differs: {found} here, {expected} in the source.",
            found=len(lost[0]),
            expected=len(lost[1]),
        )
    if is_coded and (lost := names(_passages(CodeKind.ITALIC))):
        return message(
            "the number of passages in italics differs: {found} here, {expected} in the source.",
            found=len(lost[0]),
            expected=len(lost[1]),
        )
    return None
