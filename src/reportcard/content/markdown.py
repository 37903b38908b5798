"""Prose as authors type it, Markdown with note calls and values, to typed blocks.

What an author may write: paragraphs, lists of two levels, run-in headings `###`, pictures from
`figures/`, tables, boxes, quotes and charts, and captions of those. Other Markdown is refused at
its line, raw HTML included.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from reportcard.content.foreign_markdown import foreign_block
from reportcard.content.grammar import Token, parser, picture_in
from reportcard.content.inlines import InlineReader, key_of
from reportcard.content.prose import (
    Aside,
    Block,
    BlockChanges,
    Bullets,
    Call,
    Chart,
    ChartName,
    DataTable,
    Legend,
    ListItem,
    Marks,
    Paragraph,
    Picture,
    Prose,
    PullQuote,
    Run,
    RunIn,
)
from reportcard.content.prose_block_rules import (
    BLOCK_FAULTS,
    FAULT_RULES,
    PROSE_BOX,
    PROSE_CAPTION,
    PROSE_CHART,
    PROSE_TABLE,
)
from reportcard.content.prose_rules import PROSE_LIST, PROSE_PICTURE
from reportcard.content.tree import Text
from reportcard.problems.problem import Place, Problem

#: How wide a figure or chart may be set.
_WIDTHS: Final = ("half", "full")
_FORMS: Final = ("bars", "lines", "dots")
_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_DATA: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.csv")
#: Lists are so many levels deep.
_DEEPEST: Final = 2


def parse_prose(
    text: Text, field_id: str, quotes: str, *, single_line: bool = False
) -> tuple[Prose, tuple[Problem, ...]]:
    """The blocks of `text` and what is wrong with it. `quotes` are four marks: outer pair, inner
    pair («»“”).

    With `single_line` the text is one paragraph without bullets (titles, names).
    """
    reads = parser(quotes)
    if single_line:
        tokens = [Token("paragraph_open", "p", 1), *reads.parseInline(str(text).strip())]
        if found := foreign_block([str(text).strip()], continues=False):
            tokens[1].meta["foreign"] = found[0]
    else:
        tokens = reads.parse(str(text))
    reader = _BlockReader(InlineReader(text, field_id), tokens)
    blocks = tuple(reader.blocks())
    problems = tuple(reader.inlines.problems)
    is_whole = BLOCK_FAULTS.isdisjoint(problem.code for problem in problems)
    return Prose(field_id, _with_distinct_keys(blocks), is_whole), problems


@dataclass(slots=True)
class _BlockReader:
    """Reads blocks from tokens, in one pass."""

    inlines: InlineReader
    tokens: Sequence[Token]
    at: int = 0

    def blocks(self, end: str = "") -> list[Block]:
        """The blocks up to a token of a type, which is passed; all of them without one."""
        found: list[Block] = []
        while (token := self._next()) and token.type != end:
            match token.type:
                case "inline":
                    found.append(self._text(token))
                case "bullet_list_open" | "ordered_list_open":
                    if listed := self._list(token, 1):
                        found.append(listed)
                case "caption_open":
                    self._caption(token, found)
                case "run_in_open":
                    found.append(RunIn(self.inlines.paragraph(self._only())))
                case "table_open":
                    found.append(self._table(token))
                case "chart_open":
                    found.append(self._chart(token))
                case "quote_open":
                    found.extend(self._quote(token))
                case "box_open":
                    found.extend(self._box(token))
        return found

    def _next(self) -> Token | None:
        self.at += 1
        return self.tokens[self.at - 1] if self.at <= len(self.tokens) else None

    def _only(self) -> Token:
        """The one text of what a token opened."""
        token = self._next()
        assert token is not None
        return token

    def _text(self, token: Token) -> Paragraph | Picture:
        found = picture_in(token.children or ())
        if found is None:
            return self.inlines.paragraph(token)
        return self._picture(token, *found)

    def _faults(self, token: Token, kind: str) -> None:
        """Reports what the grammar found wrong with a block."""
        for row, case, holes in token.meta["faults"]:
            self.inlines.report(FAULT_RULES[kind], self.inlines.line(row), case, **holes)

    # --- lists ----------------------------------------------------------------------------------

    def _list(self, opening: Token, level: int) -> Bullets | None:
        """A list up to its end; None if nothing is in it."""
        is_numbered = opening.type == "ordered_list_open"
        if level == _DEEPEST + 1:
            self.inlines.report(PROSE_LIST, self._line(opening), "deep")
        items: list[ListItem] = []
        start = int(opening.attrs.get("start") or 1) if is_numbered else 1
        while (token := self._next()) and not token.type.endswith("list_close"):
            if token.type != "list_item_open":
                continue
            if is_numbered:
                self._check_number(token, start + len(items))
            if item := self._item(token, level):
                items.append(item)
        return Bullets(tuple(items), is_numbered, start) if items else None

    def _check_number(self, token: Token, number: int) -> None:
        """Numbers count up, or all are 1."""
        if token.info not in (str(number), "1"):
            place = self._line(token)
            self.inlines.report(PROSE_LIST, place, "number", typed=token.info, number=number)

    def _item(self, opening: Token, level: int) -> ListItem | None:
        """An item; None, and a problem, if it has no text."""
        text: Paragraph | None = None
        inner: Bullets | None = None
        while (token := self._next()) and token.type != "list_item_close":
            if token.type in ("bullet_list_open", "ordered_list_open"):
                found = self._list(token, level + 1)
                inner = inner or (found if level < _DEEPEST else None)
            elif token.type == "inline" and token.meta.get("foreign") is None:
                text = self._item_text(token, text)
            elif token.type == "inline":
                self.inlines.paragraph(token)
            elif token.nesting == 1 and token.type != "paragraph_open":
                self.inlines.report(PROSE_LIST, self._line(token), "block")
                self._skip()
        if text is None:
            self._check_empty(opening)
            return None
        return ListItem(text, inner)

    def _item_text(self, token: Token, before: Paragraph | None) -> Paragraph | None:
        if picture_in(token.children or ()):
            self.inlines.report(PROSE_PICTURE, self.inlines.place(token, 0), "bullet")
            return before
        text = self.inlines.paragraph(token)
        if before is None:
            return text
        self.inlines.report(PROSE_LIST, text.place, "paragraphs")
        return before

    def _check_empty(self, token: Token) -> None:
        if token.map and not self.inlines.lines[token.map[0]].strip(" -*+.)0123456789"):
            self.inlines.report(PROSE_LIST, self._line(token), "empty")

    def _skip(self) -> None:
        """Passes what the last token opened."""
        depth = 1
        while depth and (token := self._next()):
            depth += token.nesting
            if token.type == "inline":
                self.inlines.paragraph(token)

    def _line(self, token: Token) -> Place:
        return self.inlines.line(token.map[0] if token.map else 0)

    # --- figures, tables, charts ----------------------------------------------------------------

    def _picture(self, block: Token, token: Token, typed: str) -> Picture:
        place = self.inlines.place(block, 0)
        source, alt = str(token.attrs.get("src", "")), token.content
        parts = source.split("/")
        report = self.inlines.report
        if (
            urlsplit(source).scheme
            or source.startswith(("/", "\\"))
            or ".." in parts
            or "\\" in source
            or "%" in source
        ):
            report(PROSE_PICTURE, place, "outside", picture=source)
        elif parts[0] != "figures" or len(parts) < 2:
            report(PROSE_PICTURE, place, "folder", name=parts[-1])
        if not alt.strip():
            report(PROSE_PICTURE, place, "alternative")
        key, width = key_of(block), self._settings(typed.split(), block).get("width", "")
        legend = Legend()
        if title := str(token.attrs.get("title", "")):
            words = Paragraph((Run(title, Marks(), place),), f"{key}-caption", place)
            legend = Legend(words)
        return Picture(source, alt, key, place, width, legend)

    def _settings(self, typed: Sequence[str], token: Token) -> dict[str, str]:
        """What is set of a figure or chart, like `width=half`, by name; what is unknown is
        reported.
        """
        allowed = {"width": _WIDTHS}
        found: dict[str, str] = {}
        for one in typed:
            name, _, value = one.partition("=")
            if value not in allowed.get(name, ()) or name in found:
                self.inlines.report(PROSE_PICTURE, self._line(token), "setting", typed=one)
            else:
                found[name] = value
        return found

    def _table(self, opening: Token) -> DataTable:
        self._faults(opening, "table")
        rows: list[list[Paragraph]] = []
        first = self.at
        while (token := self._next()) and token.type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self._without_notes(token))
        words = "".join(one.content for one in self.tokens[first : self.at])
        head = tuple(rows[0])
        if any(not cell.key for cell in head[1:]):
            self.inlines.report(PROSE_TABLE, self._line(opening), "words")
        missing = [_nothing(row[-1]) for row in rows]
        body = tuple(
            tuple((*row, *[missing[number]] * len(head))[: len(head)])
            for number, row in enumerate(rows[1:], start=1)
        )
        sides = tuple((*opening.meta["sides"], *("",) * len(head))[: len(head)])
        key = f"table-{key_of(Token('inline', '', 0, content=words))}"
        return DataTable(head, body, sides, key, self._line(opening))

    def _without_notes(self, token: Token) -> Paragraph:
        """A text of a table, or of what is set across the page. Within columns, WeasyPrint 70 lets
        the text after it run into its notes.
        """
        text = self.inlines.paragraph(token)
        for inline in text.inlines:
            if isinstance(inline, Call):
                self.inlines.report(PROSE_TABLE, inline.place, "call")
        return text

    def _chart(self, opening: Token) -> Chart:
        self._faults(opening, "chart")
        place, report = self._line(opening), self.inlines.report
        form, *typed = opening.meta["settings"] or [""]
        if form not in _FORMS:
            report(PROSE_CHART, place, "form", form=form)
        named = [one for one in typed if one.startswith("data=")]
        data = named[0].removeprefix("data=") if named else ""
        if len(named) != 1 or not _DATA.fullmatch(data):
            report(PROSE_CHART, place, "data")
        settings = self._settings([one for one in typed if one not in named], opening)
        names: list[ChartName] = []
        captions: list[Block] = [
            Chart(
                form,
                data,
                f"chart-{form}-{data.removesuffix('.csv')}",
                place,
                settings.get("width", ""),
            )
        ]
        while (token := self._next()) and token.type != "chart_close":
            if token.type == "caption_open":
                self._caption(token, captions)
            elif token.type == "name_open":
                words = self.inlines.paragraph(self._only())
                if any(one.word == token.meta["word"] for one in names):
                    report(PROSE_CHART, words.place, "twice", word=token.meta["word"])
                if any(isinstance(one, Call) or one.marks != Marks() for one in words.inlines):
                    report(PROSE_CHART, words.place, "plain")
                names.append(ChartName(token.meta["word"], words))
        (chart,) = captions
        assert isinstance(chart, Chart)
        return replace(chart, names=tuple(names))

    def _caption(self, opening: Token, before: list[Block]) -> None:
        """A caption, or below it a source: it belongs to what is before it."""
        last = before[-1] if before else None
        is_across = isinstance(last, DataTable) or getattr(last, "width", "") == "full"
        token = self._only()
        text = self._without_notes(token) if is_across else self.inlines.paragraph(token)
        name = opening.meta.get("name")
        if not isinstance(last, Picture | DataTable | Chart):
            self.inlines.report(PROSE_CAPTION, text.place, "alone")
            before.append(text)
            return
        legend = last.legend
        if name is not None and (not _ID.fullmatch(name) or legend.is_numbered):
            case = "source-name" if legend.is_numbered else "name"
            self.inlines.report(PROSE_CAPTION, text.place, case, name=name)
        if legend.source:
            self.inlines.report(PROSE_CAPTION, text.place, "three")
            return
        if legend.caption and not legend.is_numbered:
            self.inlines.report(PROSE_CAPTION, text.place, "two")
        before[-1] = replace(
            last,
            legend=replace(legend, source=text)
            if legend.is_numbered
            else Legend(text, None, name or "", is_numbered=True),
        )

    # --- boxes and quotes -----------------------------------------------------------------------

    def _quote(self, opening: Token) -> Iterator[Block]:
        self._faults(opening, "quote")
        place = self._line(opening)
        texts: list[Paragraph] = []
        by: Paragraph | None = None
        first = self.at
        while (token := self._next()) and token.type != "quote_close":
            if token.type == "caption_open":
                said = self.inlines.paragraph(self._only())
                if by or not texts:
                    self.inlines.report(PROSE_CAPTION, said.place, "by")
                by = by or said
            elif token.type == "inline" and not picture_in(token.children or ()):
                texts.append(self.inlines.paragraph(token))
            elif token.nesting == 1 and token.type != "paragraph_open":
                self.inlines.report(PROSE_BOX, self._line(token), "quote-block")
                self._skip()
            elif token.type == "inline":
                self.inlines.report(PROSE_BOX, self._line(token), "quote-block")
        is_nothing = self.at == first + 1
        if texts:
            yield PullQuote(tuple(texts), by, f"quote-{texts[0].key}", place)
        elif is_nothing:
            self.inlines.report(PROSE_BOX, place, "empty", kind="quote")

    def _box(self, opening: Token) -> Iterator[Block]:
        self._faults(opening, "box")
        title: Paragraph | None = None
        if self.at < len(self.tokens) and self.tokens[self.at].meta.get("kind") == "title":
            title = self.inlines.paragraph(self._only())
        found = self.blocks("box_close")
        inner = tuple(one for one in found if not isinstance(one, Aside))
        if inner:
            key = title.key if title else _first_key(inner)
            yield Aside(title, inner, f"box-{key}", self._line(opening))
        elif not found:
            self.inlines.report(PROSE_BOX, self._line(opening), "empty", kind="box")


def _nothing(beside: Paragraph) -> Paragraph:
    """An empty cell, in a row that has too few."""
    return Paragraph((), "", beside.place)


def _first_key(blocks: Sequence[Block]) -> str:
    return next((one.key for one in Prose("", tuple(blocks)).paragraphs()), "")


def _with_distinct_keys(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same words twice in one field get keys of their own."""
    seen: dict[str, int] = {}

    def distinct(key: str) -> str:
        seen[key] = seen.get(key, 0) + 1
        return key if seen[key] == 1 else f"{key}-{seen[key]}"

    def renamed(paragraph: Paragraph) -> Paragraph:
        if not paragraph.inlines:
            return paragraph
        return replace(paragraph, key=distinct(paragraph.key))

    changes = BlockChanges(renamed, distinct)
    return tuple(map(changes.of, blocks))
