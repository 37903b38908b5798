"""The corrections of a country's card or of the shared wording, as it is at one moment."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportcard.checks import claims, parity, quotes, terms, typography
from reportcard.content.loading import Content
from reportcard.content.replacements import place_in_file
from reportcard.content.rewrites import SpliceError
from reportcard.content.shelf import Sourced
from reportcard.corrections import signs
from reportcard.corrections.agreement import CODE, agreed
from reportcard.corrections.correction import Correction, Undecided, apart
from reportcard.corrections.drafts import files_of
from reportcard.corrections.offsets import FieldText, field_texts, placed_in_texts
from reportcard.corrections.typed_values import TypedValue, name_value, written
from reportcard.messages.message import Message
from reportcard.problems.problem import Problem
from reportcard.scores.values import values_of

_OF_WORDING: Final = (parity, quotes, terms, typography)
_OF_CARDS: Final = (claims, *_OF_WORDING)
#: Letters of a word beside a correction that are shown.
_BESIDE: Final = 20


class UntraceableError(Exception):
    """A field whose text is typed in a way that cannot be corrected, by its id."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Spared:
    """Fields, by their id, that are not corrected at all, and those in which scores and ranks stay
    as they are typed.
    """

    fields: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()


def problems_of(content: Content, scope: str) -> Iterator[Problem]:
    """What the rules find in a scope (a country, `wording`) that are corrected, or that corrections
    could break.
    """
    if scope in content.cards:
        for of_card in _OF_CARDS:
            yield from of_card.card(content, scope)
    else:
        for of_wording in _OF_WORDING:
            yield from of_wording.shared(content)


def found(
    content: Content,
    scope: str,
    spared: Spared,
    *,
    typed_values: bool,
) -> tuple[tuple[Correction, ...], tuple[Undecided, ...]]:
    """The corrections of a scope, and what is left to a person. Scores and ranks are not looked at
    without `typed_values`.

    Raises UntraceableError.
    """
    placed = placed_in_texts(content, scope)
    problems = [one for one in problems_of(placed, scope) if one.field not in spared.fields]
    texts = {
        sourced.tree.file: _File(language, sourced, field_texts(sourced))
        for language, sourced in files_of(content, scope).items()
    }
    corrections = list(_of_signs(content, texts, problems))
    undecided: list[Undecided] = []
    if typed_values:
        made, left = agreed(placed, scope, problems, spared.values)
        for one in made:
            corrections.extend(_of_value(content, scope, texts, one))
        undecided = [_undecided(texts, one) for one in left]
    return tuple(apart(corrections)), tuple(undecided)


@dataclass(frozen=True, slots=True)
class _File:
    """A file, its language and its texts by the name of their field."""

    language: str
    sourced: Sourced[Any]
    texts: Mapping[str, FieldText]

    def correction(
        self, field: str, edit: signs.Edit, rule: str, *, is_shown_with_words: bool
    ) -> Correction:
        """A correction of a field's text. Raises UntraceableError."""
        start, end, new = edit
        its = self.texts[field.partition("/")[2]]
        text = str(its.text)
        try:
            place = place_in_file(self.sourced.data, its.text, start)
        except SpliceError as error:
            raise UntraceableError(field) from error
        head, tail = ("", "")
        if is_shown_with_words:
            head = re.findall(r"\S*$", text[:start])[0][-_BESIDE:]
            tail = re.findall(r"^\S*", text[end:])[0][:_BESIDE]
        return Correction(place, its.path, start, text[start:end], new, rule, head, tail)


def _of_signs(
    content: Content, files: Mapping[str, _File], problems: Sequence[Problem]
) -> Iterator[Correction]:
    for problem in problems:
        file = files.get(problem.place.file)
        name = problem.field.partition("/")[2]
        if file is None or name not in file.texts or not signs.is_mended(problem.code):
            continue
        if problem.code in file.sourced.model.waivers.get(name, {}):
            continue
        its = file.texts[name]
        holes = dict(problem.message.holes) if isinstance(problem.message, Message) else {}
        house = content.edition.model.languages[file.language]
        flaw = signs.Flaw(str(its.text), its.offset(problem.place), holes, file.language, house)
        for edit in signs.edits(problem.code, flaw):
            yield file.correction(problem.field, edit, problem.code, is_shown_with_words=True)


def _of_value(
    content: Content, country: str, files: Mapping[str, _File], typed: TypedValue
) -> Iterator[Correction]:
    """A score or rank, and the name beside it. A name that is typed in two lines of the file is
    left.
    """
    passage = typed.passage
    file = files[passage.place(0).file]
    its = file.texts[passage.path]
    spots: list[tuple[int, int, str]] = []
    if typed.value:
        spots.append((typed.start, typed.end, written(typed.value)))
    if typed.name:
        values = values_of(content, country, passage.language)
        name = written(name_value(typed.name.country, values))
        spots.append((typed.name.start, typed.name.end, name))
    for start, end, new in spots:
        first, last = its.offset(passage.place(start)), its.offset(passage.place(end - 1)) + 1
        if str(its.text)[first:last] == passage.text[start:end]:
            edit = (first, last, new)
            yield file.correction(passage.field, edit, CODE, is_shown_with_words=False)


def _undecided(files: Mapping[str, _File], typed: TypedValue) -> Undecided:
    passage = typed.passage
    file = files[passage.place(0).file]
    its = file.texts[passage.path]
    try:
        offset = its.offset(passage.place(typed.start))
        place = place_in_file(file.sourced.data, its.text, offset)
    except SpliceError:
        place = its.text.place
    words = passage.text[typed.start : typed.end]
    return Undecided(place, words, tuple(dict.fromkeys(map(written, typed.choices))))
