"""Signs that are not printed, or printed otherwise than typed, and signs that no font has."""

from collections.abc import Iterator
from typing import Any, Final

from reportcard.content.loading import Content
from reportcard.content.prose import Inline, Prose, Run
from reportcard.content.shelf import Sourced, texts
from reportcard.content.signs import code_point, is_inked, sign_name
from reportcard.content.tree import Text
from reportcard.page.font_signs import FontSigns, font_signs
from reportcard.page.styles import Styles
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.problems.rule import Rule, Stage

TEXT_SIGN: Final = Rule(
    "TEXT-SIGN",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "missing": (
            'the fonts in styles/ do not contain "{sign}" ({name}).',
            ("Use another character or a word, or declare a font that contains this character."),
        ),
        "private": (
            "this character ({name}) has no meaning outside the program used to type it.",
            "Use another character, or write a word instead.",
        ),
    },
    why=(
        "A character that is missing from the styles' fonts would be taken from "
        "another font on the computer or printed as an empty box."
    ),
    wrong="✗ No law",
    right="No: no law",
)
TEXT_INVISIBLE: Final = Rule(
    "TEXT-INVISIBLE",
    Severity.NOTE,
    Stage.CONTENT,
    cases={
        "invisible": ("invisible characters in this file are not printed: {signs}.", ""),
        "composed": (
            (
                "this file stores some letters and their accents as separate characters; they "
                "are printed as single characters."
            ),
            "",
        ),
        "both": (
            (
                "this file stores some letters and their accents as separate characters; they "
                "are printed as single characters. Invisible characters are not printed: {signs}."
            ),
            "",
        ),
    },
    why=(
        "Text from word processors and the web can contain soft hyphens, zero-width "
        "characters, and accents separate from their letters. These are corrected on "
        "the page; the file is not changed."
    ),
)

#: Fields of the wording that are printed nowhere: browsers find fonts for them.
_OF_WEB: Final = "web."


def shared(content: Content, styles: Styles | None) -> Iterator[Problem]:
    """The signs of the files that all cards share."""
    files: list[Sourced[Any]] = [content.edition, content.scoreboard, *content.wordings.values()]
    for file in (*files, *filter(None, [content.glossary])):
        yield from _mended(file)
    fonts = font_signs(styles) if styles else None
    if fonts is None:
        return
    for _, text in texts(content.edition.model):
        yield from _missing(text, fonts)
    tree = content.scoreboard.tree
    for id_, dimension in content.scoreboard.model.dimensions.items():
        for name in dimension.categories:
            letter = tree.text("dimensions", id_, "categories", name, "letter")
            yield from _missing(letter, fonts) if letter else ()
    for wording in content.wordings.values():
        yield from _unset(wording, fonts)


def card(content: Content, country: str, styles: Styles | None) -> Iterator[Problem]:
    """The signs of a country's files."""
    cards = content.cards[country].values()
    scores = [content.scores[country]] if country in content.scores else []
    files: list[Sourced[Any]] = [*cards, *scores]
    for file in files:
        yield from _mended(file)
    fonts = font_signs(styles) if styles else None
    if fonts is not None:
        for sourced in cards:
            yield from _unset(sourced, fonts)


def _mended(sourced: Sourced[Any]) -> Iterator[Problem]:
    """One note on a file in which something is printed otherwise than it is typed."""
    if found := sourced.tree.mended:
        case = "both" if found.invisible and found.composed else "composed"
        case = case if found.composed else "invisible"
        yield TEXT_INVISIBLE.at(found.place, case, signs=found.invisible)


def _unset(sourced: Sourced[Any], fonts: FontSigns) -> Iterator[Problem]:
    """The signs of a file's texts that no font has, each once in a paragraph."""
    for path, prose in sourced.prose.items():
        if path in sourced.fallen or path == "unplaced" or path.startswith(_OF_WEB):
            continue
        for paragraph in prose.paragraphs():
            yield from _of_runs(paragraph.inlines, prose, fonts)


def _of_runs(inlines: tuple[Inline, ...], prose: Prose, fonts: FontSigns) -> Iterator[Problem]:
    seen: set[str] = set()
    for inline in inlines:
        if not isinstance(inline, Run) or inline.text.isascii():
            continue
        unset = {
            sign
            for sign in set(inline.text) - seen
            if is_inked(sign) and not fonts.have(sign, italic=inline.marks.italic)
        }
        seen |= unset
        place = inline.place
        for at in sorted(map(inline.text.index, unset)):
            spot = Place(place.file, place.line, place.column + at)
            yield _fault(inline.text[at], spot, prose.field)


def _missing(
    text: Text, fonts: FontSigns, place: Place | None = None, field: str = ""
) -> Iterator[Problem]:
    """The signs of a text that no font has, each once, at their places or at that given."""
    for at, sign in enumerate(text):
        if is_inked(sign) and not fonts.have(sign) and text.index(sign) == at:
            yield _fault(sign, place or text.place_at(at), field)


def _fault(sign: str, place: Place, field: str) -> Problem:
    name = sign_name(sign)
    case = "private" if name == code_point(sign) else "missing"
    return TEXT_SIGN.at(place, case, field=field, sign=sign, name=name)
