"""Names that the glossary fixes: a passage that has one in its source has it in its translation."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from reportcard.checks.passages import HOLE, PlainPassage
from reportcard.content.loading import Content
from reportcard.content.prose import Run, Value
from reportcard.language.glossary import fixed_terms, flattened
from reportcard.language.packs import every_pack
from reportcard.problems.problem import Problem, Severity
from reportcard.problems.rule import Rule, Stage

TERM_MISSING: Final = Rule(
    "TERM-MISSING",
    Severity.WARNING,
    Stage.CONTENT,
    message='the glossary term for "{source}" is "{target}", but the translation does not use it.',
    advice='Write "{target}".',
    why=(
        "A name that the glossary has in both languages is in the source of a paragraph, but not "
        "in its translation. Only terms with a capital letter in both languages are names; others "
        "may be inflected."
    ),
    wrong="the Minamata Convention on Mercury | el Acuerdo de Minamata",
    right="the Minamata Convention on Mercury | el Convenio de Minamata sobre el Mercurio",
    is_waivable=True,
)


def untranslated_names(
    content: Content, source: PlainPassage, translation: PlainPassage
) -> Iterator[Problem]:
    """The names in a passage that its translation does not have."""
    for name, target in missing_names(content, source, translation):
        yield translation.problem(TERM_MISSING, source=name, target=target)


def missing_names(
    content: Content, source: PlainPassage, translation: PlainPassage
) -> Iterator[tuple[str, str]]:
    """The same, as the glossary has them in both languages."""
    for name, target in fixed_terms(content, source.own, source.language, translation.language):
        if not has_name(translation, name, target):
            yield name, target


def has_name(translation: PlainPassage, name: str, target: str) -> bool:
    """Whether a passage has a name: as the glossary has it; without its article, which may be one
    word with what is before it (del, au); as a value that is a country's name; or as the original
    in the title of a work.
    """
    text = _plain(translation.text)
    article, _, rest = _plain(target).partition(" ")
    if _plain(target) in text or (rest and article in _articles() and rest in text):
        return True
    values = (one.name for one in translation.inlines if isinstance(one, Value))
    if any(value.startswith(("country.", "countries.")) for value in values):
        return True
    titles = translation.text if translation.is_note else _set_apart(translation)
    return _plain(name) in _plain(titles)


def _plain(text: str) -> str:
    return flattened(text).casefold()


def _set_apart(passage: PlainPassage) -> str:
    """The words that are in italics or in another language."""
    return "".join(
        one.text
        if isinstance(one, Run) and (one.marks.italic or one.marks.lang)
        else HOLE * PlainPassage.length(one)
        for one in passage.inlines
    )


@cache
def _articles() -> frozenset[str]:
    """The articles before a name, in any language."""
    laws = (known.laws for known in every_pack())
    return frozenset(word.casefold() for one in laws if one for word in one.articles)
