"""A comparison for a terminal, in the reader's language; as JSON or JUnit, in English."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from reportcard.messages.catalogue import SOURCE, speaking
from reportcard.messages.message import Message, message
from reportcard.pdf.area import Area
from reportcard.problems.problem import in_english
from reportcard.review.changes import (
    Change,
    Comparison,
    Kind,
    Obscurity,
    Unseen,
    counted,
    recorded,
)
from reportcard.review.tell.verdict import verdict

_WIDTH: Final = 100
_OBSCURED: Final[Mapping[Obscurity, Message]] = {
    Obscurity.DAMAGED: message("the content is damaged and was not compared"),
    Obscurity.GARBLED: message(
        "the text cannot be read because its fonts have no usable character map"
    ),
    Obscurity.SCAN: message("a picture without a text layer; any words in it are not compared"),
    Obscurity.OUTLINES: message(
        "outlines without a text layer; any words in them are not compared"
    ),
    Obscurity.OUTSIDE: message("text off the page"),
}


def as_json(comparisons: Sequence[Comparison]) -> str:
    """All of it, in the form that docs/reviewers.md describes."""
    return json.dumps(recorded(comparisons), indent=1, ensure_ascii=False) + "\n"


def as_text(comparisons: Sequence[Comparison]) -> str:
    """File by file: each change with its kind, field, line of the content and pages, and what was
    and is.
    """
    return "".join(line for one in comparisons for line in _file(one)) + _total(comparisons)


def summary(comparisons: Sequence[Comparison]) -> str:
    """A line a file."""
    files = "".join(
        f"{_printable(one.name)}: {state_of(one)}\n"
        + "".join(f"  {unseen_of(thing)}\n" for thing in one.unseen)
        for one in comparisons
    )
    return files + _total(comparisons)


def _total(comparisons: Sequence[Comparison]) -> str:
    """A line on all files, if they are more than one."""
    return f"{verdict(comparisons)}\n" if len(comparisons) > 1 else ""


def unseen_of(one: Unseen) -> Message:
    """What is not seen of a file, where, and its words."""
    file = message("old file") if one.side == "old" else message("new file")
    if one.what is Obscurity.ENCRYPTED:
        return message(
            "{file}: encrypted; permissions denied: {text}",
            file=file,
            text=one.text or message("none"),
        )
    if one.what is Obscurity.SIGNED:
        return message(
            "{file}: digitally signed: {text}", file=file, text=one.text or message("unnamed")
        )
    pages = message(
        "{file}, page {pages}",
        "{file}, pages {pages}",
        n=len(one.pages),
        file=file,
        pages=ranges(one.pages),
    )
    return message("{pages}: {what}", pages=pages, what=_obscured(one))


def _obscured(one: Unseen) -> Message:
    match one.what:
        case Obscurity.INVISIBLE:
            return message("text that cannot be seen: {text}", text=_cut(one.text))
        case Obscurity.COVERED:
            return message("a number with a covered digit: {text}", text=_cut(one.text))
    return _OBSCURED[one.what]


def _file(one: Comparison) -> Iterator[str]:
    yield f"{_printable(one.name)}: {state_of(one)}\n"
    yield from (f"  {unseen_of(thing)}\n" for thing in one.unseen)
    for change in one.changes:
        where, line = told(change)
        yield f"  {change.kind:10} {'  '.join(where)}\n"
        if line:
            yield f"             {line}\n"


def told(change: Change) -> tuple[tuple[str, ...], str]:
    """Where a change is (field, line of the content, pages, the only language), and what was and
    is, in one line.
    """
    alone = message("only in {language}", language=change.only_in) if change.only_in else ""
    where = (change.field, change.place, str(_pages(change)), str(alone))
    return tuple(filter(None, where)), _short(change)


def state_of(one: Comparison) -> Message:
    """What became of a file: how many changes of each kind, or that it is new, the same …"""
    if one.failed:
        return message("could not be compared: {reason}", reason=_printable(str(one.failed)))
    if one.old is None:
        return message("new")
    if one.new is None:
        return message("removed")
    if one.is_same:
        return _same(one)
    kinds = tuple(f"{kind} {count}" for kind, count in counted(one.changes).items())
    if one.is_foreign and not one.of_content:
        return message(
            "the content is the same; {n} design difference ({kinds})",
            "the content is the same; {n} design differences ({kinds})",
            n=len(one.changes),
            kinds=kinds,
        )
    return message("{n} change ({kinds})", "{n} changes ({kinds})", n=len(one.changes), kinds=kinds)


def _same(one: Comparison) -> Message:
    if one.misses_text:
        return message("no changes in what could be compared; some pages have no text")
    if one.passed_over:
        return message("no changes shown ({n} ignored)", n=one.passed_over)
    return message("no changes")


def _pages(change: Change) -> Message | str:
    """The pages of the new file that a change is on, or of the old one where it is gone."""
    areas: Sequence[Area] = change.new_areas or change.old_areas
    numbers = {area[0] for area in areas}
    if not numbers:
        return ""
    pages = ranges(numbers)
    if change.new_areas:
        return message("page {pages}", "pages {pages}", n=len(numbers), pages=pages)
    return message("old page {pages}", "old pages {pages}", n=len(numbers), pages=pages)


def ranges(pages: Iterable[int]) -> str:
    """Pages as ranges: 1–3, 5."""
    numbered = enumerate(sorted(set(pages)))
    runs = [list(group) for _, group in groupby(numbered, key=lambda one: one[1] - one[0])]
    return ", ".join(
        str(run[0][1]) if len(run) == 1 else f"{run[0][1]}–{run[-1][1]}" for run in runs
    )


def _short(change: Change) -> str:
    if change.kind is Kind.MOVED:
        under = (f"{fact.name} {_difference(fact.old, fact.new)}" for fact in change.facts)
        return "; ".join((f'"{_cut(change.new)}"', *under))
    parts = (
        [_difference(change.old, change.new)]
        if (change.old or change.new) and not change.facts
        else []
    )
    parts += [f"{fact.name} {_difference(fact.old, fact.new)}".strip() for fact in change.facts]
    return "; ".join(filter(None, parts))


def _difference(old: str, new: str) -> str:
    if old and new:
        return f"{_cut(old)} → {_cut(new)}"
    return f"+ {_cut(new)}" if new else f"− {_cut(old)}" if old else ""


def _cut(text: str) -> str:
    printable = _printable(text)
    return printable if len(printable) <= _WIDTH else f"{printable[: _WIDTH - 1]}…"


def _printable(text: str) -> str:
    """A text from a file without what a terminal would obey."""
    return "".join(sign if sign.isprintable() else "�" for sign in " ".join(text.split()))


def as_junit(comparisons: Sequence[Comparison]) -> str:
    """A suite a file and a case a kind: a kind that has changes fails, and a file that could not be
    compared is an error.
    """
    with speaking(SOURCE):
        return _junit(comparisons)


def _junit(comparisons: Sequence[Comparison]) -> str:
    root = Element("testsuites", name="reportcard compare")
    for one in comparisons:
        by_kind = {kind: [change for change in one.changes if change.kind is kind] for kind in Kind}
        failures = sum(bool(changes) for changes in by_kind.values())
        suite = SubElement(
            root,
            "testsuite",
            name=_clean(one.name),
            tests=str(len(Kind) + 1),
            failures=str(failures),
            errors=str(int(bool(one.failed))),
        )
        case = SubElement(suite, "testcase", classname=_clean(one.name), name="compared")
        if one.failed:
            SubElement(case, "error", message=_clean(in_english(one.failed)))
        elif one.old is None or one.new is None:
            SubElement(case, "failure", message=str(state_of(one)))
        for kind, changes in by_kind.items():
            case = SubElement(suite, "testcase", classname=_clean(one.name), name=kind)
            if changes:
                fault = SubElement(case, "failure", message=f"{len(changes)} {kind}")
                fault.text = _clean(
                    "\n".join(
                        f"{change.field or _pages(change)} {change.place}: {_short(change)}"
                        for change in changes
                    )
                )
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _clean(text: str) -> str:
    """A text without the signs that XML 1.0 does not allow (2.2)."""
    return "".join(
        sign if sign in "\t\n" or (sign.isprintable() or sign == " ") else "�" for sign in text
    )
