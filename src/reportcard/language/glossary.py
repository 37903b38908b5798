"""The glossary, `content/glossary.yaml`: the terms in a text, and the words in it to avoid."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from reportcard.content.loading import Content
from reportcard.content.model import Term
from reportcard.messages.message import Message, message

_ALIKE: Final = str.maketrans({"’": "'", "‑": "-", "‐": "-", "\xad": None})
_SPACE: Final = re.compile(r"\s+")
#: In place of a name that was found: no word, and no space.
_GAP: Final = "\ufffc"
#: What is before the first word of a sentence.
_BEGINNING: Final = re.compile(r"(?:^|[.!?:¿¡…–—])[\s\"'“”«»‘()\[\]]*$")


def terms(content: Content) -> dict[str, Term]:
    """The terms by their id; none if the workspace has no glossary."""
    return dict(content.glossary.model.terms) if content.glossary else {}


def hints(content: Content, text: str, source_language: str, language: str) -> Iterator[str]:
    """The terms in a source text, with their translation: a line for each, for the notes to a
    translator.
    """
    for term in terms(content).values():
        source, target = term.names.get(source_language), term.names.get(language)
        if source and target and whole_word(str(source)).search(text):
            avoid = tuple(map(str, term.avoid.get(language, ())))
            yield " ".join(filter(None, (str(_hint(str(source), str(target), avoid)), term.note)))


def fixed_terms(
    content: Content, text: str, source_language: str, language: str
) -> Iterator[tuple[str, str]]:
    """The terms in a source text that a translation has to have as the glossary writes them, in
    both languages: names, which have a capital in both and so no inflection. A name within a longer
    one is not there for itself.
    """
    named = (
        tuple(str(term.names.get(one, "")) for one in (source_language, language))
        for term in terms(content).values()
    )
    rest = flattened(text)
    for source, target in sorted(named, key=lambda one: -len(one[0])):
        if _is_name(source) and _is_name(target):
            name = flattened(source)
            pattern = whole_word(name)
            if any(_is_meant(match, name) for match in pattern.finditer(rest)):
                yield source, target
            rest = pattern.sub(lambda match: _GAP * len(match[0]), rest)


def flattened(text: str) -> str:
    """A text with one kind of spaces, hyphens and apostrophes."""
    return _SPACE.sub(" ", text.translate(_ALIKE))


def _is_name(text: str) -> bool:
    return any(sign.isupper() for sign in text)


def _is_meant(match: re.Match[str], name: str) -> bool:
    """Whether words are a name: with its capitals. One that has a capital at its beginning alone
    may be any word at the beginning of a sentence.
    """
    if any(sign.islower() and other.isupper() for sign, other in zip(match[0], name, strict=True)):
        return False
    has_one = name[:1].isupper() and not _is_name(name[1:])
    return not has_one or not _BEGINNING.search(match.string, 0, match.start())


def _hint(source: str, target: str, avoid: tuple[str, ...]) -> Message:
    if avoid:
        return message(
            "Term: {source} = {target} (not: {avoid}).", source=source, target=target, avoid=avoid
        )
    return message("Term: {source} = {target}.", source=source, target=target)


def avoided(content: Content, text: str, language: str) -> Iterator[tuple[int, str, str]]:
    """Words of a text that the glossary avoids: where, the word, and the term to write."""
    for term in terms(content).values():
        for word in term.avoid.get(language, ()):
            for match in whole_word(str(word)).finditer(text):
                yield match.start(), match[0], str(term.names.get(language, ""))


@lru_cache(maxsize=4096)
def whole_word(text: str) -> re.Pattern[str]:
    """What finds a text as words of their own, in capitals or not. Every paragraph is searched for
    the same words.
    """
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)
