"""Words that are not in the dictionary, and words of another language."""

import re
from collections.abc import Iterator
from typing import Any, Final

from reportcard.checks.passages import PlainPassage, passages
from reportcard.content.loading import Content
from reportcard.content.shelf import Sourced
from reportcard.language.dictionaries import Dictionary, debian_package, dictionary
from reportcard.language.locales import is_country
from reportcard.language.unit_symbols import UNIT_SYMBOLS
from reportcard.messages.message import Hole, message
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

LANG_FOREIGN: Final = Rule(
    "LANG-FOREIGN",
    Severity.WARNING,
    Stage.SPELLING,
    message='"{word}" is in the dictionary for "{other}", not the one for "{language}".',
    advice="Translate it, or mark the passage: [words]{lang={other}}.",
    why=(
        "A word is in another of the edition's languages, but the passage is not "
        "marked as being in that language."
    ),
    wrong="Disponible en https://… (in an English note)",
    right="Available at https://…",
    is_waivable=True,
)
SPELL_WORD: Final = Rule(
    "SPELL-WORD",
    Severity.WARNING,
    Stage.SPELLING,
    cases={
        "near": (
            '"{word}" is not in the dictionary.',
            (
                "Did you mean {near}? If the word is correct, add it to "
                "`languages.{language}.spelling` in content/edition.yaml."
            ),
        ),
        "far": (
            '"{word}" is not in the dictionary.',
            (
                "Correct the word, or add it to `languages.{language}.spelling` in "
                "content/edition.yaml."
            ),
        ),
    },
    why=(
        "A word is not in the dictionary. Names and acronyms found in the content are "
        "accepted. Add other correct words under `spelling` in the edition."
    ),
    wrong="minning",
    right="mining",
    is_waivable=True,
)
SPELL_DICTIONARY: Final = Rule(
    "SPELL-DICTIONARY",
    Severity.WARNING,
    Stage.SPELLING,
    message='cannot find a spelling dictionary for the language "{language}".',
    advice="Install the Debian package {package}, or run: pip install 'reportcard[spelling]'.",
    why=(
        "There is no dictionary for one of the edition's languages, so spelling in "
        "that language was not checked. The program looks for Hunspell dictionaries on "
        "the system, in the folders listed in DICPATH, and in the optional `spelling` "
        "extra. A release reports this but is not blocked, because some languages have "
        "no dictionary."
    ),
)

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END: Final = re.compile(r"(?:^|[.!?«“(]\s*)$")


def shared(content: Content) -> Iterator[Problem]:
    """Languages without a dictionary, and the spelling of the wording."""
    yield from _without_dictionary(content)
    written = next(iter(content.cards), next(iter(content.scores), ""))
    country = content.scores[written].model.country if written in content.scores else "US"
    names = _names(content)
    for language, wording in content.wordings.items():
        own = [one for one in passages(wording, language) if one.kind.is_spelled]
        yield from _spell(content, language, country, own, names)


def card(content: Content, country: str) -> Iterator[Problem]:
    """Spelling of one card."""
    names = _names(content)
    for language, sourced in content.cards[country].items():
        own = [one for one in passages(sourced, language) if one.kind.is_spelled]
        code = content.scores[country].model.country if country in content.scores else "US"
        yield from _spell(content, language, code, own, names)


def _without_dictionary(content: Content) -> Iterator[Problem]:
    countries = [
        content.scores[one].model.country for one in content.cards if one in content.scores
    ] or ["US"]
    for language in content.edition.model.languages:
        lacking = [country for country in countries if dictionary(language, country) is None]
        if not lacking:
            continue
        has_country = not lacking[0] or is_country(language.partition("-")[2])
        tag = language if has_country else f"{language}-{lacking[0]}"
        place = content.edition.tree.key("languages", language)
        yield SPELL_DICTIONARY.at(place, language=tag, package=debian_package(language))


def _spell(
    content: Content, language: str, country: str, own: list[PlainPassage], names: set[str]
) -> Iterator[Problem]:
    words = dictionary(language, country)
    if words is None:
        return
    others = {
        name: found
        for name in content.edition.model.languages
        if name != language and (found := dictionary(name, country))
    }
    known = (
        {word.lower() for word in content.edition.model.languages[language].spelling}
        | names
        | {"et", "al", *(symbol.lower() for symbol in UNIT_SYMBOLS)}
    )
    seen: dict[str, bool] = {}
    for passage in own:
        for match in _WORD.finditer(passage.own):
            word = match[0].replace("’", "'")
            bare = re.sub(r"'s?$", "", word)
            if (
                len(bare) < 2
                or bare.isupper()
                or bare.lower() in known
                or _is_name(passage, match, bare)
            ):
                continue
            if bare not in seen:
                seen[bare] = words.knows(word) or words.knows(bare)
            if not seen[bare]:
                yield from _unknown(passage, match.start(), bare, words, others)


def _unknown(
    passage: PlainPassage, offset: int, word: str, words: Dictionary, others: dict[str, Dictionary]
) -> Iterator[Problem]:
    for name, other in others.items():
        if other.knows(word):
            yield passage.problem(
                LANG_FOREIGN, offset=offset, word=word, other=name, language=passage.language
            )
            return
    *near, last = words.suggestions(word) or [""]
    if last:
        these: Hole = message("{these} or {last}", these=tuple(near), last=last) if near else last
        case, holes = "near", {"near": these}
    else:
        case, holes = "far", {}
    yield passage.problem(
        SPELL_WORD, case, offset=offset, word=word, language=passage.language, **holes
    )


def _is_name(passage: PlainPassage, match: re.Match[str], word: str) -> bool:
    """A capital inside a sentence, in a note, or before another capital begins a name; “de” between
    two capitals belongs to one.
    """
    before, after = passage.own[: match.start()], passage.own[match.end() :]
    if word[0].isupper():
        begins = _SENTENCE_END.search(before)
        in_source = passage.is_note and bool(re.match(r"[.,;:]", after))  # an author, a newspaper
        return not begins or in_source or bool(re.match(r" [A-ZÁÉÍÓÚÑ][a-záéíóúñ]", after))
    return bool(
        len(word) <= 3
        and re.match(r" (?:\w+ )?[A-ZÁÉÍÓÚÑ]", after)
        and re.search(r"[A-ZÁÉÍÓÚÑ]\w+ (?:\w+ )?$", before)
    )


def _names(content: Content) -> set[str]:
    """Proper names in the content itself (people, places, organizations): words with a capital
    inside a sentence.
    """
    names: set[str] = set()
    files: list[tuple[str, Sourced[Any]]] = [
        *content.wordings.items(),
        *(one for cards in content.cards.values() for one in cards.items()),
    ]
    for language, sourced in files:
        for passage in passages(sourced, language):
            for match in _WORD.finditer(passage.own):
                is_author = passage.kind.is_person
                if match[0][0].isupper() and (is_author or _is_name(passage, match, match[0])):
                    names.add(re.sub(r"['’]s?$", "", match[0]).lower())
    return names
