"""A comparison told on a terminal, as JSON, or as JUnit for a continuous integration."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from reportcard.pdf.area import Area
from reportcard.review.changes import Change, Comparison, Kind, counted, told

_WIDTH: Final = 100


def as_json(comparisons: Sequence[Comparison]) -> str:
    """All of it, in the form that docs/reviewers.md describes."""
    return json.dumps(told(comparisons), indent=1, ensure_ascii=False) + "\n"


def as_text(comparisons: Sequence[Comparison]) -> str:
    """File by file: each change with its kind, field, line of the content and pages, and what was
    and is.
    """
    return "".join(line for one in comparisons for line in _file(one))


def summary(comparisons: Sequence[Comparison]) -> str:
    """A line a file."""
    return "".join(f"{_printable(one.name)}: {_sum(one)}\n" for one in comparisons)


def _file(one: Comparison) -> Iterator[str]:
    yield f"{_printable(one.name)}: {_sum(one)}\n"
    for change in one.changes:
        where = "  ".join(filter(None, (change.field, change.place, _pages(change))))
        alone = f"  only in {change.only_in}" if change.only_in else ""
        yield f"  {change.kind:10} {where}{alone}\n"
        if line := _short(change):
            yield f"             {line}\n"


def _sum(one: Comparison) -> str:
    if one.failed:
        return f"could not be compared: {_printable(one.failed)}"
    if one.old is None or one.new is None:
        return "is new" if one.old is None else "is gone"
    if one.is_same:
        return f"nothing told; {one.passed_over} passed over" if one.passed_over else "same"
    kinds = ", ".join(f"{kind} {count}" for kind, count in counted(one.changes).items())
    return f"{len(one.changes)} change{'s' if len(one.changes) > 1 else ''} ({kinds})"


def _pages(change: Change) -> str:
    """The pages of the new file on which a change stands, or of the old one where it is gone."""
    areas: Sequence[Area] = change.new_areas or change.old_areas
    numbers = sorted({area[0] for area in areas})
    if not numbers:
        return ""
    runs = [
        list(group) for _, group in groupby(enumerate(numbers), key=lambda one: one[1] - one[0])
    ]
    ranges = ", ".join(
        str(run[0][1]) if len(run) == 1 else f"{run[0][1]}–{run[-1][1]}" for run in runs
    )
    side = "" if change.new_areas else "old "
    return f"{side}page{'s' if len(numbers) > 1 else ''} {ranges}"


def _short(change: Change) -> str:
    if change.kind is Kind.MOVED:
        return f"“{_cut(change.new)}”"
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
            SubElement(case, "error", message=_clean(one.failed))
        elif one.old is None or one.new is None:
            SubElement(case, "failure", message=_sum(one))
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
