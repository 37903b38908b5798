"""Which field of a card each paragraph of a manuscript goes to. Nothing is dropped: what has no
field is kept apart, what is shared is listed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportcard.intake.blocks import (
    Manuscript,
    ManuscriptBlock,
    ManuscriptBox,
    exhibits_of,
    paragraphs_of,
)
from reportcard.intake.manuscript import (
    Inline,
    ManuscriptParagraph,
    ManuscriptRun,
    Marginalia,
    ParagraphKind,
    as_text,
    plain,
    stripped,
    text_of,
    unbolded,
    without,
)
from reportcard.intake.outline import Heading, Outline, unnumbered
from reportcard.intake.recommendations import (
    Advice,
    advice_title,
    bold_lead,
    institution_names,
)
from reportcard.messages.message import Message, message

#: A heading typed as a plain paragraph has at most so many letters.
_LONGEST_HEADING: Final = 120
UNPLACED: Final = "unplaced"
RECOMMENDATIONS: Final = "recommendations"
NOTES: Final = "notes"
_HEADINGS: Final = message("headings")


@dataclass(slots=True)
class Placed:
    """A manuscript by the fields of a card. `shared` is text that is not needed there, such as
    headings, each with where the card has it from; `remarks` are for a person to look at.
    """

    title: tuple[Inline, ...] = ()
    authors: list[str] = field(default_factory=list)
    fields: dict[str, list[ManuscriptBlock]] = field(default_factory=dict)
    recommendations: list[Advice] = field(default_factory=list)
    unplaced: list[ManuscriptBlock] = field(default_factory=list)
    shared: list[tuple[Message | str, str]] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)
    #: Comments and struck-through words, each with its field: a recommendation by its number, the
    #: notes together, and empty where it is about no field.
    asides: list[tuple[str, Marginalia]] = field(default_factory=list)

    def texts(self) -> Iterator[tuple[str, Sequence[ManuscriptBlock]]]:
        """All that holds prose, by field, in the order given; recommendations by their number."""
        yield "title", [ManuscriptParagraph(ParagraphKind.TEXT, self.title)]
        yield from self.fields.items()
        for number, advice in enumerate(self.recommendations):
            yield (
                f"{RECOMMENDATIONS}.{number}.title",
                [ManuscriptParagraph(ParagraphKind.TEXT, advice.title)],
            )
            yield f"{RECOMMENDATIONS}.{number}.text", advice.text
        yield UNPLACED, self.unplaced


def place(manuscript: Manuscript, outline: Outline) -> Placed:
    """Every paragraph in its field."""
    sorter = _Sorter(outline)
    placed = sorter.placed
    for block in manuscript.blocks:
        sorter.take(block)
        asides = (aside for one in paragraphs_of([block]) for aside in one.asides)
        placed.asides += [(sorter.place, aside) for aside in asides]
    for note in manuscript.notes.values():
        placed.asides += [(NOTES, aside) for one in note for aside in one.asides]
    placed.asides += [("", aside) for aside in manuscript.asides]
    called = {
        note for _, blocks in placed.texts() for one in paragraphs_of(blocks) for note in one.calls
    }
    for key, note in manuscript.notes.items():
        if key not in called and note:
            placed.unplaced.extend(replace(one, kind=ParagraphKind.TEXT) for one in note)
            placed.remarks.append(
                message(
                    'the note "{text}" is not referenced in the imported text.',
                    text=_short(note[0].text),
                )
            )
    return placed


@dataclass(slots=True)
class _Sorter:
    outline: Outline
    placed: Placed = field(default_factory=Placed)
    #: Where text goes now; empty before the first heading.
    field: str = ""
    #: The level of the heading above it; 0 where none was marked as one.
    level: int = 0
    lists_institutions: bool = False
    #: Whether recommendations are recognized by numbers.
    are_numbered: bool = False

    @property
    def place(self) -> str:
        """Where the paragraph went that was taken last, or where its neighbors go."""
        advices = self.placed.recommendations
        if self.field == RECOMMENDATIONS and advices:
            return f"{RECOMMENDATIONS}.{len(advices) - 1}"
        return "" if self.field in ("authors", RECOMMENDATIONS) else self.field

    def take(self, one: ManuscriptBlock) -> None:
        """Puts the next block in its place."""
        if isinstance(one, ManuscriptParagraph):
            self._paragraph(one)
        elif isinstance(one, ManuscriptBox) and self._is_only_frame(one):
            for inner in one.all_blocks:
                self.take(inner)
        else:
            self._block(one)

    def _is_only_frame(self, box: ManuscriptBox) -> bool:
        """Whether what is in a box is the text itself: headings of the card, what all cards have,
        or the head of the manuscript.
        """
        if box.floats:
            return False
        texts = [one for one in box.all_blocks if isinstance(one, ManuscriptParagraph)]
        return (
            not self.field
            or self.field == "authors"
            or any(self._heading(one) for one in texts)
            or all(self._shared(one) for one in texts)
        )

    def _block(self, one: ManuscriptBlock) -> None:
        """A table, picture, box or quote, which has no field where there is no text around it."""
        for exhibit in exhibits_of([one]):
            if exhibit.legend.typed:
                self.placed.shared.append((message("numbering"), exhibit.legend.typed))
        if self.field == RECOMMENDATIONS and self.placed.recommendations:
            self.lists_institutions = False
            self.placed.recommendations[-1].text.append(one)
        elif self.field in ("", "authors", RECOMMENDATIONS, UNPLACED):
            self.placed.unplaced.append(one)
        else:
            self.placed.fields.setdefault(self.field, []).append(one)

    def _paragraph(self, one: ManuscriptParagraph) -> None:
        if one.kind is ParagraphKind.LISTED:
            self.placed.shared.append((message("table of contents"), one.text))
        elif shared := self._shared(one):
            self.placed.shared.append((f"wording/{shared}", one.text))
        elif heading := self._heading(one):
            self._begin(one, heading)
        elif not self.field or self.field == "authors":
            self._front(one)
        elif one.kind in (ParagraphKind.HEADING, ParagraphKind.TITLE):
            self._foreign_heading(one)
        elif self.field == RECOMMENDATIONS:
            self._advice(one)
        else:
            self._text(one)

    def _shared(self, one: ManuscriptParagraph) -> str:
        """The field of the wording that has this text already; empty for a heading, although the
        wording has it.
        """
        if one.calls or plain(unnumbered(one.text)[1]) in self.outline.headings:
            return ""
        return self.outline.is_shared(one.text)

    def _heading(self, one: ManuscriptParagraph) -> Heading | None:
        """The heading of the wording that a paragraph is: marked as one, or typed as one, bold, in
        capitals, or alone on its line.
        """
        if (
            one.kind in (ParagraphKind.BULLET, ParagraphKind.TITLE)
            or len(one.text) > _LONGEST_HEADING
        ):
            return None
        if (
            self.field == RECOMMENDATIONS
            and self.placed.recommendations
            and one.kind is not ParagraphKind.HEADING
        ):
            return self.outline.heading(one.text, alike=False)
        stands_out = one.kind is ParagraphKind.HEADING or (
            not one.text.rstrip().endswith(".") and (one.is_bold or one.text.isupper())
        )
        found = self.outline.heading(one.text, alike=stands_out)
        # A section of a dimension can be called “Context”, too.
        is_inner = one.kind is ParagraphKind.HEADING and 0 < self.level < one.level
        return None if found and found.is_own and is_inner and self.field != UNPLACED else found

    def _begin(self, one: ManuscriptParagraph, heading: Heading) -> None:
        if (
            heading.field == self.field
            and self.placed.fields.get(self.field)
            and not heading.is_same
        ):
            self._text(one)
            return
        if not heading.field:
            self.placed.remarks.append(
                message(
                    '"{text}" combines several parts of a card. Its text was kept under '
                    "`unplaced`: divide it among the fields where it belongs.",
                    text=_short(one.text),
                )
            )
            self.field, self.level = UNPLACED, one.level
            self.placed.unplaced.append(as_text(one))
            return
        self.field, self.level = (
            heading.field,
            one.level if one.kind is ParagraphKind.HEADING else 0,
        )
        self.lists_institutions = False
        self.placed.shared.append((_HEADINGS, one.text))
        self._uncall(one)
        if not heading.is_same:
            self.placed.remarks.append(
                message(
                    '"{text}" was interpreted as the heading "{heading}".',
                    text=_short(one.text),
                    heading=heading.written,
                )
            )
        if heading.joins:
            self.placed.remarks.append(
                message(
                    '"{text}" combines several parts of a card. The text before the first '
                    "recommendation was kept under `unplaced`: move it to the field where it "
                    "belongs.",
                    text=_short(one.text),
                )
            )

    def _front(self, one: ManuscriptParagraph) -> None:
        """The title, the authors; before the first heading nothing else has a field."""
        lead, _, rest = one.text.partition(":")
        if rest.strip() and self.outline.is_authors(lead):
            self.placed.shared.append((_HEADINGS, lead))
            self._authors(rest)
        elif self.field == "authors" and one.kind is not ParagraphKind.HEADING:
            self._authors(one.text)
        elif (
            not self.placed.title
            and len(one.text) <= _LONGEST_HEADING
            and not one.text.endswith(".")
        ):
            self.placed.title = tuple(
                (
                    replace(part, bold=False, text=part.text.replace("\n", " "))
                    if isinstance(part, ManuscriptRun)
                    else part
                )
                for part in one.inlines
            )
        else:
            if one.kind is ParagraphKind.HEADING:
                self.field, self.level = UNPLACED, one.level
            self.placed.unplaced.append(as_text(one))

    def _authors(self, text: str) -> None:
        sign = ";" if ";" in text else ","
        names = [name.strip(" .") for line in text.split("\n") for name in line.split(sign)]
        self.placed.authors.extend(name for name in names if name)

    def _foreign_heading(self, one: ManuscriptParagraph) -> None:
        """A heading that the wording does not have: a recommendation, a run-in of the field, or a
        section with no field.
        """
        if one.kind is ParagraphKind.HEADING and one.level > self.level and self.field != UNPLACED:
            if self.field == RECOMMENDATIONS:
                self._recommend(one.inlines)
            else:
                self.placed.remarks.append(
                    message(
                        '"{text}" was imported as a heading (###) in {field}.',
                        text=_short(one.text),
                        field=self.field,
                    )
                )
                self._text(unbolded(one))
            return
        self.field, self.level = UNPLACED, one.level
        self.placed.unplaced.append(as_text(one))

    def _text(self, one: ManuscriptParagraph) -> None:
        if self.field == UNPLACED:
            self.placed.unplaced.append(one)
            return
        self.placed.fields.setdefault(self.field, []).append(one)
        if name := self.outline.resembling(one.text):
            self.placed.remarks.append(
                message(
                    (
                        '"{text}" in {field} is almost identical to {shared}, which appears on '
                        "every card. If the two are the same, delete this text from the card."
                    ),
                    text=_short(one.text),
                    field=self.field,
                    shared=f"wording/{name}",
                )
            )

    # Recommendations.

    def _advice(self, one: ManuscriptParagraph) -> None:
        lead, colon, rest = one.text.partition(":")
        if (
            (colon or len(one.text) < _LONGEST_HEADING)
            and self.placed.recommendations
            and self.outline.is_institutions(lead)
        ):
            self.placed.shared.append((_HEADINGS, lead))
            self._uncall(one)
            self._institutions(rest)
            self.lists_institutions = not rest.strip()
        elif title := self._title(one):
            rest_of = stripped(
                without(
                    one.inlines,
                    sum(len(part.text) if isinstance(part, ManuscriptRun) else 1 for part in title),
                )
            )
            self._recommend(title, is_run_in=bool(rest_of))
            if rest_of:
                self.placed.recommendations[-1].text.append(
                    ManuscriptParagraph(ParagraphKind.TEXT, rest_of)
                )
        elif self.lists_institutions and not one.calls:
            self._institutions(one.text)
        elif self.placed.recommendations:
            self.lists_institutions = False
            self.placed.recommendations[-1].text.append(one)
        else:
            self.placed.unplaced.append(one)

    def _title(self, one: ManuscriptParagraph) -> tuple[Inline, ...]:
        """The bold words that begin a recommendation: a bold paragraph, or a numbered one that
        begins bold.
        """
        lead, is_numbered = bold_lead(one)
        text = text_of(lead)
        if not lead:
            return ()
        if is_numbered:
            self.are_numbered = True
            return lead
        if len(lead) < len(one.inlines):
            return ()
        if self.are_numbered:
            self.placed.remarks.append(
                message(
                    'the bold line "{text}" has no number, unlike the recommendations. It was '
                    "kept as part of the preceding recommendation.",
                    text=_short(text),
                )
            )
            return ()
        return lead

    def _recommend(self, title: Sequence[Inline], *, is_run_in: bool = False) -> None:
        number, words = advice_title(title, is_run_in=is_run_in)
        if number:
            self.placed.shared.append((message("numbering"), number))
        self.placed.recommendations.append(Advice(words))
        self.lists_institutions = False

    def _institutions(self, text: str) -> None:
        self.placed.recommendations[-1].institutions.extend(institution_names(text))

    def _uncall(self, one: ManuscriptParagraph) -> None:
        if one.calls:
            self.placed.remarks.append(
                message(
                    'the note reference in "{text}" was not imported, because all cards share '
                    "that text.",
                    text=_short(one.text),
                )
            )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
