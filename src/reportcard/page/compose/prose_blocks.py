"""Blocks of prose to blocks that are set: paragraphs, lists, headings, figures, tables, charts,
boxes, quotes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from reportcard.content.chart_data import data_path, read_chart_data
from reportcard.content.exhibits import Exhibit
from reportcard.content.loading import Content
from reportcard.content.prose import (
    Aside,
    Bullets,
    Chart,
    DataTable,
    Exhibited,
    Inline,
    Legend,
    Paragraph,
    Picture,
    Prose,
    PullQuote,
    Run,
    RunIn,
)
from reportcard.content.prose import Block as TypedBlock
from reportcard.page.charts import ChartPlot
from reportcard.page.compose.blocks import Block, Captions, Origin, Span, Words
from reportcard.page.compose.breaks import with_last_words_tied
from reportcard.scores.values import Values

#: A cell that is a number, with its sign and a percent sign, or says that there is none.
_NUMBER: Final = re.compile(r"[−+-]?\d[\d.,'’\u00a0\u202f ]*[\u00a0\u202f ]?[%‰]?|[–—-]|")
#: By what an author sets, where a figure is: in a column of text, or across the page.
_PLACES: Final = {"half": "half", "full": "across"}
#: A table of at most so many letters across, and of so many columns, is set in a column of text.
_COLUMN_LETTERS: Final = 46
_COLUMN_CELLS: Final = 5
#: A cell breaks its words into lines of about so many letters.
_CELL_LETTERS: Final = 14
#: A table of more rows than these may go on over pages.
_SHORT_TABLE: Final = 16


class Compositing(Protocol):
    """What sets running text, and keeps where each block comes from."""

    content: Content
    values: Values
    origins: dict[str, Origin]
    plots: dict[str, ChartPlot]

    def mark(self, prose: Prose, key: str) -> str:
        """The HTML id of a block of prose; its origin is kept."""

    def spans(self, inlines: Sequence[Inline], field_id: str) -> tuple[Span, ...]:
        """Running text of a field, with its calls and links."""


@dataclass(slots=True)
class ProseBlocks:
    """Makes the blocks of one field's prose, whose values are bound."""

    compositor: Compositing
    prose: Prose

    def blocks(self, typed: Sequence[TypedBlock]) -> list[Block]:
        """The blocks, in order."""
        found: list[Block] = []
        for position, block in enumerate(typed):
            follows = typed[position + 1] if position + 1 < len(typed) else None
            before = found[-1] if found else None
            is_run_in = before and before.kind == "run-in" and not before.items
            if isinstance(block, Paragraph) and before and is_run_in:
                found[-1] = replace(before, items=(self._paragraph("p", block),))
            else:
                leads = isinstance(block, Paragraph) and isinstance(follows, Bullets)
                made = self._other(block)
                found.append(replace(made, leads=True) if leads else made)
        return found

    def _other(self, block: TypedBlock) -> Block:
        made: Block
        match block:
            case Paragraph():
                made = self._paragraph("p", block)
            case RunIn():
                made = self._paragraph("run-in", block.text, ties=False)
            case Bullets():
                made = self._list(block)
            case DataTable():
                made = self._table(block)
            case Picture():
                made = self._figure(block, block.file, block.alt)
            case Chart():
                made = self._chart(block)
            case PullQuote():
                items = tuple(self._paragraph("p", one) for one in block.paragraphs)
                by = self._paragraph("p", block.by, ties=False) if block.by else None
                made = Block("quote", self._stand(block.key, block), items=items, title=by)
            case Aside():
                title = self._paragraph("p", block.title, ties=False) if block.title else None
                items = tuple(self.blocks(block.blocks))
                made = Block("box", self._stand(block.key, block), items=items, title=title)
        return made

    def _paragraph(self, kind: str, paragraph: Paragraph, *, ties: bool = True) -> Block:
        id_ = self.compositor.mark(self.prose, paragraph.key)
        spans = self.compositor.spans(paragraph.inlines, self.prose.field)
        return Block(kind, id_, with_last_words_tied(spans) if ties else spans)

    def _stand(self, key: str, block: TypedBlock) -> str:
        """The HTML id of a block that is more than one text."""
        id_ = self.compositor.mark(self.prose, key)
        if not isinstance(block, Paragraph):
            self.compositor.origins[id_] = Origin(self.prose.field, block.place)
        return id_

    def _list(self, listed: Bullets) -> Block:
        items = []
        for item in listed.items:
            made = self._paragraph("li", item.text)
            inner = (self._list(item.inner),) if item.inner else ()
            items.append(replace(made, items=inner))
        kind = "ol" if listed.is_numbered else "ul"
        return Block(kind, items=tuple(items), start=listed.start)

    # --- figures and charts -----------------------------------------------------------------------

    def _figure(self, block: Picture | Chart, source: str, alt: str) -> Block:
        id_ = self._stand(block.key, block)
        legend = self._with_source(self._captions(block), block)
        place = _PLACES.get(block.width, "")
        return Block("figure", id_, source=source, alt=alt, place=place, legend=legend)

    def _captions(self, block: Exhibited) -> Captions | None:
        legend: Legend = block.legend
        if legend.caption is None:
            return None
        exhibit = self._exhibit(block)
        values = self.compositor.values
        label = values.exhibit_label(exhibit) if exhibit else ""
        return Captions(label, self._paragraph("p", legend.caption, ties=False))

    def _with_source(self, legend: Captions | None, block: Exhibited) -> Captions | None:
        """What stands at a figure or table with its source, which comes last: its notes too."""
        if legend is None or block.legend.source is None:
            return legend
        return replace(legend, source=self._paragraph("p", block.legend.source, ties=False))

    def _exhibit(self, block: Exhibited) -> Exhibit | None:
        """The number of a figure or table: it has one if its caption is a line of its own."""
        path = self.prose.field.partition("/")[2]
        return next(
            (
                one
                for one in self.compositor.values.exhibits
                if one.field == path
                and one.block.key == block.key
                and one.block.place == block.place
            ),
            None,
        )

    def _chart(self, chart: Chart) -> Block:
        """A chart, with the table behind it."""
        values = self.compositor.values
        path = data_path(values.country, chart.data)
        data, _ = read_chart_data(self.compositor.content.data[path])
        assert data, "the content was checked"
        words = {one.word: _plain(one.text) for one in chart.names}
        head = tuple(words.get(name, name) for name in (data.labels, *data.series))
        rows = tuple(
            (
                words.get(label, label),
                *("" if one is None else values.tongue.number(one) for one in numbers),
            )
            for label, numbers in data.rows
        )
        numbers = tuple(numbers for _, numbers in data.rows)
        field = self.prose.field.partition("/")[2].split(".")
        dimensions = list(self.compositor.content.scoreboard.model.dimensions)
        tone = dimensions.index(field[1]) + 1 if field[0] == "dimensions" else 0
        mark = values.tongue.number
        plot = ChartPlot(chart.form, chart.width != "full", tone, head, rows, numbers, mark)
        source = f"drawings/{plot.key}.svg"
        self.compositor.plots[source] = plot
        caption = _plain(chart.legend.caption) if chart.legend.caption else ""
        figure = self._figure(chart, source, f"{caption} {plot.spoken}".strip())
        cells = tuple(
            Block("tr", items=tuple(_typed_cell(cell, number) for number, cell in enumerate(row)))
            for row in rows
        )
        place = _PLACES[chart.width or "half"]
        heads = tuple(_typed_cell(cell, 0) for cell in head)
        return replace(figure, kind="chart", place=place, head=heads, items=cells)

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, table: DataTable) -> Block:
        id_ = self._stand(table.key, table)
        legend = self._captions(table)
        texts = [[_plain(cell) for cell in row] for row in (table.head, *table.rows)]
        columns = list(zip(*texts, strict=True))
        sides = [
            side or ("right" if number and _is_numeric(column[1:]) else "")
            for number, (side, column) in enumerate(zip(table.sides, columns, strict=True))
        ]
        has_labels = len(columns) > 1 and not _is_numeric(columns[0][1:])
        lacks = [
            list(self._lacks(side, column)) for side, column in zip(sides, columns, strict=True)
        ]
        head = tuple(
            self._cell("th", cell, side) for cell, side in zip(table.head, sides, strict=True)
        )
        rows = tuple(
            Block(
                "tr",
                items=tuple(
                    replace(
                        self._cell("th" if has_labels and not at else "td", cell, sides[at]),
                        lacks=lacks[at][number],
                    )
                    for at, cell in enumerate(row)
                ),
            )
            for number, row in enumerate(table.rows)
        )
        place = "" if _fits_column(columns) else "across"
        legend = self._with_source(legend, table)
        made = Block("table", id_, items=rows, head=head, place=place, legend=legend)
        return replace(made, leads=len(rows) <= _SHORT_TABLE)

    def _cell(self, kind: str, cell: Paragraph, side: str) -> Block:
        if not cell.key:
            return Block("td", place=side)
        return replace(self._paragraph(kind, cell, ties=False), place=side)

    def _lacks(self, side: str, column: Sequence[str]) -> Iterator[str]:
        """For each number of a column what it lacks to end where the longest decimals do."""
        mark = self.compositor.values.tongue.numbers.marks.decimal
        ends = [re.search(rf"(?:{re.escape(mark)}(\d+))?\D*$", text) for text in column[1:]]
        digits = [len(end[1] or "") if end else 0 for end in ends]
        most = max(digits, default=0)
        for text, count in zip(column[1:], digits, strict=True):
            lacking = most - count if side == "right" and any(map(str.isdigit, text)) else 0
            yield f"{'whole' if not count else 'short'}-{min(lacking, 4)}" if lacking else ""


def _is_numeric(column: Sequence[str]) -> bool:
    """Whether all cells of a column are numbers, or say that there is none."""
    return any(any(map(str.isdigit, cell)) for cell in column) and all(
        map(_NUMBER.fullmatch, column)
    )


def _fits_column(columns: Sequence[Sequence[str]]) -> bool:
    """Whether a table can be read in a column of text."""
    widths = []
    for column in columns:
        longest_word = max((len(word) for cell in column for word in cell.split()), default=1)
        longest_cell = max(map(len, column))
        widths.append(max(longest_word, min(longest_cell, _CELL_LETTERS)) + 2)
    return sum(widths) <= _COLUMN_LETTERS and len(columns) <= _COLUMN_CELLS


def _plain(paragraph: Paragraph) -> str:
    return "".join(one.text for one in paragraph.inlines if isinstance(one, Run)).strip()


def _typed_cell(text: str, number: int) -> Block:
    """A cell behind a chart, whose words come from its file."""
    words = Words(text, bold=False, italic=False, lang="")
    return Block(
        "td" if number else "th", spans=(Span("", (words,)),), place="right" * bool(number)
    )
