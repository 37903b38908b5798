"""The glossary, `content/glossary.yaml`: what its terms say of a text, and where a text has a word
that is not to be written.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from reportcard.content.loading import Content
from reportcard.content.model import Term


def terms(content: Content) -> dict[str, Term]:
    """The terms by their id; none if the workspace has no glossary."""
    return dict(content.glossary.model.terms) if content.glossary else {}


def hints(content: Content, text: str, source_language: str, language: str) -> Iterator[str]:
    """What the glossary says of the words of a source text, a line a term."""
    for term in terms(content).values():
        source, target = term.names.get(source_language), term.names.get(language)
        if source and target and whole_word(str(source)).search(text):
            avoid = ", ".join(map(str, term.avoid.get(language, ())))
            note = f" {term.note}" if term.note else ""
            yield f"Term: {source} = {target}{f' (not: {avoid})' if avoid else ''}.{note}"


def avoided(content: Content, text: str, language: str) -> Iterator[tuple[int, str, str]]:
    """Words of a text that the glossary does not want: where, the word, and the term to write."""
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
