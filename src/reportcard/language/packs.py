"""What the program knows of a language: a file of data for each, here or in a package.

A package names a module in an entry point that is called like the language; beside the module is
`<code>.yaml`. A language without such a file can be written and printed, and fewer rules look at
it.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Literal

from reportcard.content.scalars import Frozen, Table
from reportcard.content.shelf import ContentFile, Shelf
from reportcard.errors import ExitCode, ReportCardError
from reportcard.language.claim_words import ClaimWords
from reportcard.messages.message import Hole, message
from reportcard.problems.problem import Place
from reportcard.workspace.packages import Group, folders
from reportcard.workspace.system import reason

_OWN: Final = ("en", "es", "pt")


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


class LanguagePack(Frozen):
    """What the program knows of one language. All of it may be left out."""

    claims: ClaimWords | None = None
    signs: tuple[WrongSign, ...] = ()
    may_repeat: tuple[str, ...] = ()
    """Words that may come twice: had had."""
    small_words: tuple[str, ...] = ()
    """Words of a name that its acronym leaves out."""
    conjunctions: tuple[str, ...] = ()
    """Words between two authors."""
    version: tuple[str, ...] = ()
    """Words before the number of a version."""
    laws: LawWords | None = None


def pack(language: str) -> LanguagePack | None:
    """What is known of a language; of `es-PE` what is known of es. None if there is nothing.

    Raises ReportCardError (USAGE) if the file of a package is invalid.
    """
    return _packs().get(language) or _packs().get(language.partition("-")[0])


def every_pack() -> tuple[LanguagePack, ...]:
    """What is known of all languages: names and laws of one are in texts of another."""
    return tuple(_packs().values())


@cache
def _packs() -> dict[str, LanguagePack]:
    own = files("reportcard.language") / "packs"
    found = {code: _read(code, own / f"{code}.yaml") for code in _OWN}
    for code, folder in folders(Group.LANGUAGES).items():
        if code not in found:
            found[code] = _read(code, folder / f"{code}.yaml")
    return found


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


def _unusable(code: str, place: Place, fault: Hole) -> ReportCardError:
    return ReportCardError(
        message(
            'the file for the language "{code}" is invalid: {place}: {fault}',
            code=code,
            place=str(place),
            fault=fault,
        ),
        code=ExitCode.USAGE,
        advice=message("Report this to the authors of the package, or uninstall it."),
    )
