"""Figures, tables and charts of a card: their names, the words of their captions, and the data of
charts.
"""

from collections.abc import Iterator
from typing import Final

from reportcard.content.chart_data import data_path, read_chart_data
from reportcard.content.exhibits import exhibits
from reportcard.content.loading import Content
from reportcard.content.model import Card
from reportcard.content.prose import Chart
from reportcard.content.prose_block_rules import PROSE_CAPTION, PROSE_CHART
from reportcard.content.shelf import Sourced
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.problems.rule import Rule, Stage

CHART_DATA: Final = Rule(
    "CHART-DATA",
    Severity.ERROR,
    Stage.CONTENT,
    cases={
        "missing": (
            "cannot find {file}.",
            "Put the file there, or correct its name after data=.",
        ),
        "large": (
            "this file is larger than {most} bytes.",
            "Delete the rows and columns that the chart does not need.",
        ),
        "encoding": (
            "this file is not UTF-8 text.",
            'Save it again as "CSV UTF-8".',
        ),
        "quotes": (
            "a quotation mark on this line is not closed or is in the wrong place.",
            "Put quotation marks around the whole cell, or delete them.",
        ),
        "empty": (
            "this file has no data.",
            "Write the names of the columns on the first line, and one line for each label.",
        ),
        "columns": (
            "this file has {found} columns; a chart can have 2 to {most}.",
            "Keep the column of labels and one for each series of numbers.",
        ),
        "rows": (
            "this file has more than {most} rows of numbers.",
            "Keep only the rows that the chart needs.",
        ),
        "unnamed": (
            "a column has no name.",
            "Write one on the first line, or delete the column.",
        ),
        "cells": (
            "this line has {found} cells, but the first line has {expected}.",
            "Add or delete cells. Put quotation marks around any cell that contains a comma.",
        ),
        "unlabelled": (
            "this line has no label.",
            "Write one in the first cell.",
        ),
        "twice": (
            '"{word}" appears twice.',
            "Give each row a unique label and each column a unique name.",
        ),
        "long": (
            '"{word}" is longer than {most} characters.',
            "Shorten it.",
        ),
        "number": (
            '"{typed}" in column "{column}", row "{row}", is not a number.',
            "Write digits without thousands separators: 1234.5, or 1234,5 in a file whose cells "
            "are separated by semicolons.",
        ),
        "blank": (
            "this file contains no numbers.",
            "Write numbers in the columns after the first.",
        ),
    },
    why=(
        "A chart shows the data in a CSV file in its card's data/ folder: a header row, then "
        "rows with a label and numbers. The file can have up to 40 rows, 5 columns of numbers, "
        "60 characters per label or column name, and 50 kB."
    ),
    wrong='year,area\n2023,"9,5"',
    right="year,area\n2023,9.5",
)


def card(content: Content, country: str) -> Iterator[Problem]:
    """What is wrong with the exhibits of a card, in each language; a file of data is looked at
    once.
    """
    seen: set[str] = set()
    for language, sourced in content.cards[country].items():
        yield from _numbered(content, sourced, language)
        for prose in sourced.prose.values():
            for block in prose.exhibits():
                if isinstance(block, Chart):
                    yield from _chart(content, country, block, prose.field, seen)


def _numbered(content: Content, sourced: Sourced[Card], language: str) -> Iterator[Problem]:
    """Names that are used twice, and the words that captions begin with."""
    found = exhibits(sourced.prose, tuple(content.scoreboard.model.dimensions))
    names: set[str] = set()
    wording = content.wordings[language]
    file, labels = wording.tree.file, wording.model.labels
    unsaid: set[str] = set()
    for exhibit in found:
        caption = exhibit.block.legend.caption
        assert caption, "what has a number has a caption"
        field = sourced.prose[exhibit.field].field
        if exhibit.name in names:
            yield PROSE_CAPTION.at(caption.place, "again", field=field, name=exhibit.name)
        names.update(filter(None, (exhibit.name,)))
        label = str(getattr(labels, exhibit.kind) or "")
        if "{number}" not in label and exhibit.kind not in unsaid:
            unsaid.add(exhibit.kind)
            example = f"{exhibit.kind.capitalize()} {{number}}"
            holes = {"key": exhibit.kind, "example": example, "file": file}
            yield PROSE_CAPTION.at(caption.place, "label", field=field, **holes)
    for prose in sourced.prose.values():
        for block in prose.exhibits():
            if isinstance(block, Chart) and not labels.data and "data" not in unsaid:
                unsaid.add("data")
                yield PROSE_CAPTION.at(block.place, "data", field=prose.field, file=file)


def _chart(
    content: Content, country: str, chart: Chart, field: str, seen: set[str]
) -> Iterator[Problem]:
    """What is wrong with a chart's file, at its lines, and the words that it does not have."""
    path = data_path(country, chart.data)
    if not chart.data:
        return
    if path not in content.data:
        missing = CHART_DATA.at(chart.place, "missing", field=field, file=path)
        yield from content.unread.get(path, (missing,))
        return
    data, faults = read_chart_data(content.data[path])
    if path not in seen:
        seen.add(path)
        for line, case, holes in faults:
            yield CHART_DATA.at(Place(path, line, 1), case, field=field, **holes)
    for name in chart.names if data else ():
        if data and name.word not in data.words:
            yield PROSE_CHART.at(
                name.text.place, "word", field=field, word=name.word, file=chart.data
            )
