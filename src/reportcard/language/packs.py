"""What the program knows of a language: a file of data for each, here or in a package.

A package names a module in an entry point that is called like the language; beside the module is
`<code>.yaml`, which takes the place of a file here. A language without such a file can be written
and printed, and fewer rules look at it.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Final, Literal

from reportcard.content.scalars import EMPTY, IN_KEY, Frozen, Table
from reportcard.content.shelf import ContentFile, Shelf
from reportcard.errors import ExitCode, ReportCardError
from reportcard.language.claim_words import ClaimWords
from reportcard.language.number_words import NumberWords
from reportcard.messages.message import Hole, message
from reportcard.problems.problem import Place
from reportcard.workspace.packages import Group, folders
from reportcard.workspace.system import reason

_OWN: Final = ("en", "es", "pt", "fr", "nl", "de")


class WrongSign(Frozen):
    """Signs that people type and that are wrong in the language."""

    fault: Literal["percent-missing", "percent-extra", "ordinal", "number"]
    """A space before % that is missing, or too much; a wrong ordinal or abbreviation of "number".
    """
    pattern: str
    right: str = ""
    """What to write instead of an ordinal or abbreviation."""


class LawWords(Frozen):
    """How a language cites laws."""

    kinds: Table[str, str]
    """What a law is called, by a name that is the same in every language."""
    number: tuple[str, ...] = ()
    """Abbreviations before its number."""
    articles: tuple[str, ...] = ()
    """Articles before its name."""


class CountryGroup(Frozen):
    """Countries whose names go into a sentence alike; {name} is filled in."""

    countries: tuple[str, ...] = ()
    """Their ISO 3166 codes. A group without any is of all countries that no other group has."""
    the: str
    """The name as a subject."""
    of: str
    """The name as an owner."""
    in_: Annotated[str, IN_KEY]

    def pattern(self, form: Literal["the", "of", "in"]) -> str:
        """How a form is made."""
        return {"the": self.the, "of": self.of, "in": self.in_}[form]


class CountryNames(Frozen):
    """How a language puts the names of countries into sentences."""

    groups: tuple[CountryGroup, ...]
    names: Table[str, str] = EMPTY
    """By ISO 3166 code, names where CLDR has one that is for lists only."""


class Inapplicable(Frozen):
    """What stands for a score where the framework does not apply, and what that means."""

    sign: str
    meaning: str


class IndefiniteArticle(Frozen):
    """The two forms of an article by the sound that follows, before numbers: a 10, an 11."""

    consonant: str
    vowel: str
    numbers: str
    """Digits, with their separators, that are read with a vowel first: a regular expression."""
    unclear: str
    """Digits that are read in two ways, or may be."""
    words: tuple[str, ...] = ()
    """Numbers in words, and ordinals, that begin with a vowel."""


class FrameworkWords(Frozen):
    """How a language counts dimensions and categories."""

    numbers: tuple[str, ...]
    """The numbers in words, from one."""
    dimensions: str
    """What follows the number of dimensions: a regular expression."""
    categories: str
    part: str
    """What comes before a number that is a part: first, other."""


class LanguagePack(Frozen):
    """What the program knows of one language. All of it may be left out."""

    claims: ClaimWords | None = None
    signs: tuple[WrongSign, ...] = ()
    openings: Table[str, str] = EMPTY
    """By the sign that ends a question or an exclamation, the sign that opens it."""
    spaced: tuple[str, ...] = ()
    """Signs with a space before them, which does not break; after an opening quotation mark too, if
    the closing one is among them.
    """
    singulars: Table[str, str] = EMPTY
    """Plural nouns that are counted, each with its singular: points: point."""
    contractions: Table[str, str] = EMPTY
    """Prepositions that are joined to an article after them: de el: del."""
    indefinite: IndefiniteArticle | None = None
    may_repeat: tuple[str, ...] = ()
    """Words that may come twice: had had."""
    small_words: tuple[str, ...] = ()
    """Words of a name that its acronym leaves out."""
    conjunctions: tuple[str, ...] = ()
    """Words between two authors."""
    negations: tuple[str, ...] = ()
    """Words that deny: not, without; the ending of one begins with a letter before its apostrophe:
    n't.
    """
    no_negations: tuple[str, ...] = ()
    """Phrases with such a word that do not deny: no doubt, not only."""
    opposites: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """Lists of words and phrases with sides, of which one says the opposite of the others: must,
    shall; should; may, can.
    """
    negating_prefixes: tuple[str, ...] = ()
    """Beginnings of words that turn their meaning round: un, in."""
    version: tuple[str, ...] = ()
    """Words before the number of a version."""
    laws: LawWords | None = None
    names: CountryNames | None = None
    not_applicable: Inapplicable | None = None
    framework: FrameworkWords | None = None
    numbers: NumberWords | None = None


def pack(language: str) -> LanguagePack | None:
    """What is known of a language; of `es-PE` what is known of es. None if there is nothing.

    Raises ReportCardError (USAGE) if the file of a package is invalid.
    """
    return _packs().get(language) or _packs().get(language.partition("-")[0])


def every_pack() -> tuple[LanguagePack, ...]:
    """What is known of all languages: names and laws of one are in texts of another."""
    return tuple(_packs().values())


def known_languages() -> tuple[str, ...]:
    """The codes of all languages that something is known of."""
    return tuple(_packs())


@cache
def _packs() -> dict[str, LanguagePack]:
    own = files("reportcard.language") / "packs"
    found = {code: _read(code, own / f"{code}.yaml") for code in _OWN}
    for code, folder in folders(Group.LANGUAGES).items():
        added = _read(code, folder / f"{code}.yaml")
        found[code] = _completed(found[code], added) if code in found else added
    return found


def _completed(own: LanguagePack, added: LanguagePack) -> LanguagePack:
    """What the program knows of a language, and of a package what the program does not."""
    return own.model_copy(
        update={
            name: getattr(added, name) for name in added.model_fields_set - own.model_fields_set
        }
    )


def _read(code: str, file: Traversable) -> LanguagePack:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _unusable(code, Place(str(file)), reason(error)) from error
    read, problems = Shelf().read(ContentFile(str(file), LanguagePack), data)
    for problem in problems:
        raise _unusable(code, problem.place, problem.message)
    assert read is not None, "what cannot be read has problems"
    for path, pattern in _patterns(read.model):
        try:
            re.compile(pattern)
        except re.error as error:
            raise _unusable(code, read.tree.at(*path), str(error)) from error
    return read.model


def _patterns(known: LanguagePack) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The regular expressions, with the keys that lead to each."""
    for number, sign in enumerate(known.signs):
        yield ("signs", number, "pattern"), sign.pattern
    for name in ("numbers", "unclear") if known.indefinite else ():
        yield ("indefinite", name), getattr(known.indefinite, name)
    for name in ("dimensions", "categories", "part") if known.framework else ():
        yield ("framework", name), getattr(known.framework, name)
    if known.numbers and known.numbers.ranks:
        yield ("numbers", "ranks", "sign"), known.numbers.ranks.sign


def _unusable(code: str, place: Place, fault: Hole) -> ReportCardError:
    return ReportCardError(
        message(
            'the file for the language "{code}" is invalid: {place}: {fault}',
            code=code,
            place=str(place),
            fault=fault,
        ),
        code=ExitCode.USAGE,
        advice=message("Report this to the package's authors, or uninstall the package."),
    )
