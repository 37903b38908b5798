"""References to tables and figures, “Table 2”, “(see Gráfico 1)”, as values of the card: typed
ones, and those that Word keeps by a bookmark.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportcard.content.exhibits import exhibits
from reportcard.content.model import Card
from reportcard.content.shelf import Sourced
from reportcard.intake.blocks import (
    ManuscriptBlock,
    ManuscriptExhibit,
    ManuscriptTable,
    changed,
    exhibits_changed,
    exhibits_of,
)
from reportcard.intake.captions import NUMBER, kind_of_label
from reportcard.intake.manuscript import Inline, ManuscriptParagraph, ManuscriptRun, plain
from reportcard.intake.names import distinct, slug
from reportcard.intake.placement import RECOMMENDATIONS, Placed
from reportcard.messages.message import Message, message

#: A word, and a number or several: “Tablas 1, 2 y 3”.
_REFERENCE: Final = re.compile(
    rf"\b([^\W\d_]{{3,15}})(\.?\s+(?:n\.?\s?[º°o]\.?\s*)?)"
    rf"((?:{NUMBER})(?!\w)(?:(?:\s*,\s*|\s+(?:y|e|and|et|&)\s+)(?:{NUMBER})(?![\w%]))*)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(rf"(?<!\w)(?:{NUMBER})(?!\w)", re.IGNORECASE)
#: What follows a number of another document: “Table 2 of the report”, “cuadro 3 del informe”.
_ELSEWHERE: Final = re.compile(
    r"\s+(?:of|in|from|del?|en|da|do|du|des)\s+(?:the|la|el|los|las|its|su|sus|le|les)?\s*"
    r"(?:reports?|law|decree|annex|appendix|study|census|informes?|ley|decreto|anexo|ap[eé]ndice"
    r"|estudio|censo|reglamento|relat[oó]rio|rapport)\b",
    re.IGNORECASE,
)

#: One word in either gender.
_SAME_LABELS: Final = frozenset({"grafico", "grafica", "graficos", "graficas"})

Labels = Mapping[str, str]
"""By `table` and `figure`, what the wording has before and after `{number}`; empty if nothing."""


@dataclass(frozen=True, slots=True)
class _Target:
    """A table or figure with a caption, and the value that refers to it."""

    kind: str
    label: str
    number: str
    anchors: tuple[str, ...]
    name: str

    @property
    def value(self) -> str:
        return f"{self.kind}.{self.name}"


def referred(
    placed: Placed, labels: Labels, dimensions: Sequence[str], other: Sourced[Card] | None
) -> tuple[Message, ...]:
    """Puts a value in place of each reference in the printed fields of what was placed, if exactly
    one table or figure there has that label and number; gives remarks. Names of tables and figures
    are those of the `other` language if it has the same ones.
    """
    fields = _printed(placed, dimensions)
    captioned = [
        one for blocks in fields for one in exhibits_of(blocks) if one.legend.caption is not None
    ]
    names = _names(captioned, dimensions, other)
    targets = [
        _Target(_kind(one), one.legend.label, one.legend.number, one.legend.anchors, name)
        for one, name in zip(captioned, names, strict=True)
    ]
    writer = _ReferenceWriter(targets, labels)
    for blocks in fields:
        blocks[:] = [changed(one, writer.paragraph) for one in blocks]
    named = iter(targets)
    has_others = bool(other) and _is_same(captioned, dimensions, other)
    keep = set(writer.used) | ({one.value for one in targets} if has_others else set())

    def name(one: ManuscriptExhibit) -> ManuscriptExhibit:
        if one.legend.caption is None or (target := next(named)).value not in keep:
            return one
        return replace(one, legend=replace(one.legend, name=target.name))

    for blocks in fields:
        blocks[:] = [exhibits_changed(one, name) for one in blocks]
    return tuple(writer.remarks())


def _printed(placed: Placed, dimensions: Sequence[str]) -> list[list[ManuscriptBlock]]:
    """The blocks of each printed field, in the order of the page."""
    order = ["overall.result", *(f"dimensions.{id_}.findings" for id_ in dimensions), "context"]
    names = sorted(placed.fields, key=lambda one: order.index(one) if one in order else len(order))
    return [
        *(placed.fields[one] for one in names if one != RECOMMENDATIONS),
        *(one.text for one in placed.recommendations),
    ]


def _kind(one: ManuscriptExhibit) -> str:
    return "table" if isinstance(one, ManuscriptTable) else "figure"


# --- names ----------------------------------------------------------------------------------------


def _names(
    captioned: Sequence[ManuscriptExhibit], dimensions: Sequence[str], other: Sourced[Card] | None
) -> list[str]:
    own = distinct(
        slug(one.legend.caption.text if one.legend.caption else "", _kind(one)) for one in captioned
    )
    if other is None or not _is_same(captioned, dimensions, other):
        return list(own)
    theirs = (one.name for one in exhibits(other.prose, dimensions))
    return list(distinct(name or mine for name, mine in zip(theirs, own, strict=True)))


def _is_same(
    captioned: Sequence[ManuscriptExhibit], dimensions: Sequence[str], other: Sourced[Card] | None
) -> bool:
    """Whether the other language has tables and figures of the same kinds in the same order."""
    if other is None:
        return False
    return [one.kind for one in exhibits(other.prose, dimensions)] == [*map(_kind, captioned)]


# --- references -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _ReferenceWriter:
    """Writes values for references. `used` are the values, and `open` the references that stay
    typed.
    """

    targets: Sequence[_Target]
    labels: Labels
    used: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def paragraph(self, one: ManuscriptParagraph) -> ManuscriptParagraph:
        """A paragraph with its references as values."""
        inlines = tuple(part for inline in one.inlines for part in self._inline(inline))
        return replace(one, inlines=inlines) if inlines != one.inlines else one

    def remarks(self) -> Iterator[Message]:
        """What became a value, and what stays typed."""
        if self.used:
            yield message(
                "{n} reference to a table or figure was converted to a value, so its number "
                "stays up to date.",
                "{n} references to tables and figures were converted to values, so their numbers "
                "stay up to date.",
                n=len(self.used),
            )
        for text in dict.fromkeys(self.open):
            yield message(
                '"{text}" was left as typed: its label and number do not match exactly one table '
                "or figure printed in the card.",
                text=text,
            )

    def _inline(self, one: Inline) -> Iterator[Inline]:
        if not isinstance(one, ManuscriptRun) or one.href or one.value:
            yield one
            return
        at = 0
        bookmarked = [target for target in self.targets if one.target in target.anchors]
        if one.target and len(bookmarked) == 1 and _NUMBER.fullmatch(one.text.strip()):
            yield from self._written(one, one.text, bookmarked[0], is_number=True)
            return
        for match in _REFERENCE.finditer(one.text):
            kind = kind_of_label(match[1])
            if not kind or _ELSEWHERE.match(one.text, match.end()):
                continue
            yield replace(one, text=one.text[at : match.start()])
            yield from self._matched(one, match, bookmarked)
            at = match.end()
        if text := one.text[at:]:
            yield replace(one, text=text)

    def _matched(
        self, one: ManuscriptRun, match: "re.Match[str]", bookmarked: Sequence[_Target]
    ) -> Iterator[Inline]:
        """A label with its numbers: the whole as a value if it is one that prints as typed, else
        each number.
        """
        numbers = list(_NUMBER.finditer(match[3]))
        first = self._target(match[1], numbers[0][0], bookmarked)
        if len(numbers) == 1 and first and self._prints(first, match[0], numbers[0][0]):
            yield from self._written(one, match[0], first, is_number=False)
            return
        yield replace(one, text=match[1] + match[2])
        at = 0
        for number in numbers:
            yield replace(one, text=match[3][at : number.start()])
            target = self._target(match[1], number[0], bookmarked)
            if target:
                yield from self._written(one, number[0], target, is_number=True)
            else:
                self.open.append(f"{match[1]} {number[0]}")
                yield replace(one, text=number[0])
            at = number.end()

    def _target(self, label: str, number: str, bookmarked: Sequence[_Target]) -> _Target | None:
        """The one table or figure that is meant; None if there is none, or more than one."""
        if len(bookmarked) == 1:
            return bookmarked[0]
        found = [
            one
            for one in self.targets
            if one.number.casefold() == number.casefold() and _is_same_label(one.label, label)
        ]
        return found[0] if len(found) == 1 else None

    def _prints(self, target: _Target, typed: str, number: str) -> bool:
        """Whether the value prints the label as it is typed."""
        label = self.labels.get(target.kind, "")
        return " ".join(typed.split()) == label.replace("{number}", number)

    def _written(
        self, one: ManuscriptRun, text: str, target: _Target, *, is_number: bool
    ) -> Iterator[Inline]:
        self.used.append(target.value)
        filter_ = " | number" if is_number else ""
        yield replace(one, text=text, target="", value=f"{{{{ {target.value}{filter_} }}}}")


def _is_same_label(one: str, other: str) -> bool:
    """Whether two labels are the same word, one of them in the plural or cut short."""
    ours, theirs = plain(one), plain(other)
    short = min(ours, theirs, key=len)
    if short in ("fig", "figs") and kind_of_label(ours) == kind_of_label(theirs):
        return True
    return (
        ours == theirs
        or {ours, theirs} & {f"{short}s", f"{short}es"} != set()
        or {ours, theirs} <= _SAME_LABELS
    )
