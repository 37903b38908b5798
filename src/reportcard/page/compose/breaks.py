"""Where lines may end in what is set, and where they may not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportcard.language.locales import NO_BREAK_SPACE
from reportcard.page.compose.blocks import Block, NoteCall, Span, Title, Words

#: What is kept on one line: a word with the dash that opens or closes what is set off, numbers with
#: a dash between them, a word with hyphens in it. No line begins with a dash, and none ends with an
#: opening one.
_WHOLE: Final = re.compile(r"((?<!\S)—[^\s—]+—?|[^\s—]+—|\d[\d.,]*–\d[\d.,]*\d|\d–\d|\w+(?:-\w+)+)")
_DASHES: Final = re.compile("[-–—]")
#: Where an address may be parted: after its double slash, before another sign (CMOS 17, 14.18).
_ADDRESS_BREAK: Final = re.compile(r"(?<=//)(?=\w)|(?<![/:])(?=[/.?#%~_-])|(?=&)")
#: A longer stretch without a sign may be parted anywhere.
_LONGEST: Final = 40
#: Text of fewer letters can be narrower than 10 mm at 9.5 pt.
_LEAST_LETTERS: Final = 8
#: Text of fewer letters is one line, even in two columns.
_ONE_LINE: Final = 40
#: A title of fewer letters is one line, even in a narrow column.
_SHORT_TITLE: Final = 24
#: A last line of fewer letters looks lost below a title that is as wide as the page.
_LEAST_OF_WIDE: Final = 18
#: Notes are set so small that 10 mm are as many letters.
_LEAST_OF_SMALL: Final = 11
#: So many letters are a line that is easy to read.
_LINE: Final = 80


def parts(item: Words | NoteCall, *, is_address: bool) -> Iterator[Words | NoteCall]:
    """A run in pieces, so that no line ends in a hyphen that belongs to a word or an address, and
    none parts a dash from its word.

    Readers take such a hyphen for one of hyphenation, and copy the word without it: pdfium does,
    and so Chrome.
    """
    if isinstance(item, NoteCall) or not (is_address or _DASHES.search(item.text)):
        yield item
    elif is_address:
        for number, piece in enumerate(_ADDRESS_BREAK.split(item.text)):
            yield replace(item, text=piece, whole=len(piece) < _LONGEST, after_break=number > 0)
    else:
        for number, piece in enumerate(_WHOLE.split(item.text)):
            if piece:
                yield replace(item, text=piece, whole=number % 2 == 1)


def is_brief(blocks: Sequence[Block]) -> bool:
    """Whether text is at most two lines in one measure: in two columns, the second would be empty,
    or have a word or two.
    """
    letters = sum(
        len(item.text)
        for block in blocks
        for span in block.spans
        for item in span.items
        if isinstance(item, Words)
    )
    return letters <= 2 * _LINE and all(block.kind == "p" for block in blocks)


def with_spaces_inside(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same words, with the space before bold, italic or unbreakable words inside of them.

    A run that ends in a space can be wider than its line though its words fit; the engine then
    ends the line after the first word (WeasyPrint 70, `split_first_line`). A link keeps its space
    outside, or that would be underlined.
    """
    moved: list[list[Words | NoteCall]] = []
    for span in spans:
        moved.append([])
        for item in span.items:
            home = moved[-1] or (moved[-2] if len(moved) > 1 and not span.href else [])
            space = _space_between(home[-1], item) if home else ""
            if space and isinstance(item, Words) and isinstance(home[-1], Words):
                home[-1] = replace(home[-1], text=home[-1].text.removesuffix(space))
                moved[-1].append(replace(item, text=f"{space}{item.text}"))
            else:
                moved[-1].append(item)
    return tuple(
        replace(span, items=tuple(items)) for span, items in zip(spans, moved, strict=True)
    )


def with_last_words_tied(
    spans: Sequence[Span], shortest: int = _ONE_LINE, least: int = _LEAST_LETTERS
) -> tuple[Span, ...]:
    """The same words of a paragraph, with a no-break space before the last one if it is so short
    that it would be a line of less than `least` letters alone, and so on with the word before. Text
    of less than `shortest` letters is one line, and stays as it is.
    """
    items = [item for span in spans for item in span.items if isinstance(item, Words)]
    if sum(len(item.text) for item in items) < shortest:
        return tuple(spans)
    letters, tied = 0, list(spans)
    for number, span in reversed(list(enumerate(spans))):
        runs = list(span.items)
        for index, item in reversed(list(enumerate(runs))):
            if isinstance(item, Words) and not item.whole:
                text, letters = _tied(item.text, letters, least)
                runs[index] = replace(item, text=text)
            elif isinstance(item, Words):
                letters += len(item.text)
        tied[number] = replace(span, items=tuple(runs))
    return tuple(tied)


def with_last_words_of_title_tied(line: Title, *, is_wide: bool = False) -> Title:
    """A title whose last line is not a short word alone: as wide as the page, not a word or two."""
    least = _LEAST_OF_WIDE if is_wide else _LEAST_LETTERS
    return replace(line, spans=with_last_words_tied(line.spans, _SHORT_TITLE, least))


def with_last_words_of_brief_tied(blocks: Sequence[Block]) -> Sequence[Block]:
    """Text, of which the second and last line is not a word or two if it is brief."""
    if not is_brief(blocks):
        return blocks
    return [
        replace(block, spans=with_last_words_tied(block.spans, least=_LEAST_OF_WIDE))
        for block in blocks
    ]


def with_last_words_of_small_tied(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same words in small type, as of a note, whose last line is at least 10 mm."""
    return with_last_words_tied(spans, least=_LEAST_OF_SMALL)


def _tied(text: str, letters: int, least: int) -> tuple[str, int]:
    """Text with its last spaces as no-break spaces while what follows them, `letters` of other
    runs included, is too short for a line; and the number of letters after the first space that
    is left.
    """
    end = len(text)
    while letters < least:
        space = text.rfind(" ", 0, end)
        letters += end - max(space, -1) - 1
        if space < 0:
            break
        if letters < least:
            text, letters = f"{text[:space]}{NO_BREAK_SPACE}{text[space + 1 :]}", letters + 1
        end = space
    return text, letters


def _space_between(before: Words | NoteCall, item: Words | NoteCall) -> str:
    """The space that words end in, if it belongs into the words that follow: a line may end before
    bold words, and before unbreakable ones where the space is one too.
    """
    if not (isinstance(before, Words) and isinstance(item, Words)) or len(before.text) < 2:
        return ""
    space = before.text[-1]
    if item.whole:
        return space if space == NO_BREAK_SPACE else ""
    is_marked = item.bold or item.italic or item.lang
    return space if is_marked and space in (" ", NO_BREAK_SPACE) else ""
