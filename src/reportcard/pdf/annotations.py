"""What reviewers wrote into a PDF with Acrobat, Preview, Foxit, Okular or a browser: marks, notes,
replies, stamps.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from itertools import islice
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from reportcard.messages.message import message
from reportcard.pdf.area import Area
from reportcard.pdf.faults import InvalidFileError
from reportcard.pdf.frame import Frame, coordinate, corners
from reportcard.pdf.preflight import ODD

MAXIMUM: Final = 10_000
_MAXIMUM_TEXT: Final = 100_000
_MAXIMUM_NAME: Final = 200
_MAXIMUM_AREAS: Final = 1_000
_KINDS: Final[Mapping[str, str]] = {
    "/Highlight": "highlight",
    "/Text": "note",
    "/StrikeOut": "strike-out",
    "/Underline": "underline",
    "/Squiggly": "squiggly",
    "/Caret": "insertion",
    "/FreeText": "text",
    **dict.fromkeys(("/Ink", "/Square", "/Circle", "/Line", "/Polygon", "/PolyLine"), "drawing"),
    "/Stamp": "stamp",
    "/FileAttachment": "file attachment",
}
#: What Acrobat writes for “replace this”: an insertion and a strike-out that are one group.
_REPLACEMENT: Final = {"insertion", "strike-out"}
_DATE: Final = re.compile(
    r"(?:D:)?\s*([0-9]{4})-?([01][0-9])?-?([0-3][0-9])?[T"
    r" ]?([0-2][0-9])?:?([0-5][0-9])?:?([0-5][0-9])?(?:\.[0-9]+)?\s*"
    r"(Z|([+-])([01][0-9]|2[0-3])[':]?([0-5][0-9])?)?"
)
#: Signs that no text has, and that a terminal would obey; before them, the language codes that a
#: PDF's text may hold.
_UNSEEN: Final = re.compile("\x1b[A-Za-z]{2,8}\x1b|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. `kind` is highlight, note, strike-out, underline, squiggly, insertion,
    replacement, text, drawing, stamp or file attachment; `text` what was written (of a stamp its
    name, of an attachment the file's, if nothing was).

    `date` is ISO 8601, without a time zone if the file names none, empty if unknown; `page` counts
    from 1, and is 0 in a file without pages. `areas` are in mm from the trimmed page's top left
    corner, as readers see it. `reply_to` is the index of the remark that it answers, `state` what
    reviewers set it to (“accepted by …”).
    `quoted` are the words that it marks, once someone has looked for them.
    """

    kind: str
    text: str
    author: str
    date: str
    page: int
    areas: tuple[Area, ...]
    reply_to: int | None = None
    state: str = ""
    quoted: str = ""


def remarks(data: bytes) -> tuple[Remark, ...]:
    """All remarks of a file, page by page, each page's in the order in which they were made.

    A mark that carries no words of its own and is grouped with another is one remark with it; a
    review state is part of its remark. Malformed parts are left out. Raises InvalidFileError if the
    file cannot be read or has more than 10,000 remarks.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found = list(islice(_found(pdf), MAXIMUM + 1))
    except pikepdf.PasswordError:
        raise InvalidFileError(message("it needs a password")) from None
    except ODD as error:
        raise InvalidFileError(message("it is damaged or not a PDF")) from error
    if len(found) > MAXIMUM:
        raise InvalidFileError(message("it has more than {most} comments", most=f"{MAXIMUM:,}"))
    return _threads(found)


def roots(parents: Sequence[int | None]) -> list[int]:
    """Of each item the one at the head of its chain of parents; a chain that runs in a circle ends
    where it would close.
    """
    known: dict[int, int] = {}
    for start in range(len(parents)):
        path: dict[int, None] = {}
        at, parent = start, parents[start]
        while at not in known and parent is not None and parent not in path:
            path[at] = None
            at, parent = parent, parents[parent]
        head = known.get(at, at)
        known |= dict.fromkeys((*path, at), head)
    return [known[index] for index in range(len(parents))]


@dataclass(frozen=True, slots=True)
class _Found:
    """A remark as it is in the file: its own names, that of what it answers, whether as one
    group, and the state it sets.
    """

    remark: Remark
    names: tuple[object, ...]
    parent: object
    is_group: bool
    model: str
    state: str


def _threads(found: Sequence[_Found]) -> tuple[Remark, ...]:
    """The remarks with states and members of groups laid into what they belong to, and replies tied
    to what they answer.
    """
    named = {name: index for index, one in enumerate(found) for name in one.names}
    parents = [named.get(one.parent) for one in found]
    for index, head in enumerate(roots(parents)):
        if head == index:
            parents[index] = None
    folded = [
        parent if parent is not None and _folds(one, found[parent]) else None
        for one, parent in zip(found, parents, strict=True)
    ]
    into = roots(folded)
    whole = {index: one.remark for index, one in enumerate(found) if into[index] == index}
    states: dict[int, dict[tuple[str, str], str]] = {}
    for index, one in enumerate(found):
        head = into[index]
        if one.state:
            states.setdefault(head, {})[one.model, one.remark.author] = one.state
        elif head != index:
            whole[head] = _joined(whole[head], one.remark)
    places = {index: number for number, index in enumerate(whole)}
    threaded = []
    for index, remark in whole.items():
        set_to = (
            f"{state.lower()} by {author}" if author else state.lower()
            for (_, author), state in states.get(index, {}).items()
            if state not in ("None", "Unmarked")
        )
        parent = parents[index]
        threaded.append(
            replace(
                remark,
                state=", ".join(set_to),
                reply_to=None if parent is None else places[into[parent]],
            )
        )
    return tuple(threaded)


def _folds(one: _Found, parent: _Found) -> bool:
    return bool(one.state) or (
        one.is_group
        and (not one.remark.text or {one.remark.kind, parent.remark.kind} == _REPLACEMENT)
    )


def _joined(one: Remark, member: Remark) -> Remark:
    text = one.text or member.text
    if {
        one.kind,
        member.kind,
    } == _REPLACEMENT:  # the struck-out words show more than the point of insertion
        struck = one if one.kind == "strike-out" else member
        return replace(one, kind="replacement", text=text, page=struck.page, areas=struck.areas)
    return replace(one, text=text, areas=one.areas + member.areas)


def _found(pdf: pikepdf.Pdf) -> Iterator[_Found]:
    seen = set()
    for number, page in enumerate(pdf.pages, start=1):
        listed = page.obj.get("/Annots")
        if not isinstance(listed, Array):
            continue
        frame = Frame.of(page)
        for annotation in listed:
            try:
                kind = (
                    _KINDS.get(str(annotation.get("/Subtype")))
                    if isinstance(annotation, Dictionary)
                    else None
                )
                if kind is None or annotation.objgen in seen:
                    continue
                one = _read(annotation, kind, number, frame)
            except ODD:
                continue
            seen |= {annotation.objgen} - {(0, 0)}
            yield one


def _read(annotation: Object, kind: str, number: int, frame: Frame) -> _Found:
    text = _text(annotation.get("/Contents")) or _plain(annotation.get("/RC"))
    if not text and kind == "stamp":
        text = str(annotation.get("/Name", "")).lstrip("/")
    elif not text and kind == "file attachment":
        text = _file_name(annotation.get("/FS"))
    author = _line(annotation.get("/T"))
    date = _date(annotation.get("/M")) or _date(annotation.get("/CreationDate"))
    remark = Remark(kind, text, author, date, number, tuple(_areas(annotation, number, frame)))
    parent = annotation.get("/IRT")
    answers = parent.objgen if isinstance(parent, Dictionary) else _line(parent)
    names = tuple(
        name
        for name in (annotation.objgen, _line(annotation.get("/NM")))
        if name not in ((0, 0), "")
    )
    is_group = annotation.get("/RT") == Name.Group
    return _Found(
        remark,
        names,
        answers,
        is_group,
        _line(annotation.get("/StateModel")),
        _line(annotation.get("/State")),
    )


def _areas(annotation: Object, number: int, frame: Frame) -> Iterator[Area]:
    """What a mark covers: its quadrilaterals, whatever the order of their corners; else its
    rectangle.
    """
    quads = annotation.get("/QuadPoints")
    has_any = False
    if isinstance(quads, Array):
        for start in range(0, min(len(quads) - 7, 8 * _MAXIMUM_AREAS), 8):
            values = [coordinate(quads[start + offset]) for offset in range(8)]
            known = [value for value in values if value is not None]
            if len(known) == 8:
                has_any = True
                yield frame.area(
                    number, min(known[::2]), min(known[1::2]), max(known[::2]), max(known[1::2])
                )
    if not has_any:
        try:
            yield frame.area(number, *corners(annotation.get("/Rect")))
        except ODD:
            return


def _text(value: object) -> str:
    """A text string, its ends of lines made one kind, and no longer than 100,000 characters; empty
    if it is not one.
    """
    return _cleaned(str(value)) if isinstance(value, String) else ""


def _line(value: object) -> str:
    return " ".join(_text(value).split())[:_MAXIMUM_NAME]


def _cleaned(text: str) -> str:
    clean = _UNSEEN.sub(
        "", text[: 2 * _MAXIMUM_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    ).strip()
    return clean if len(clean) <= _MAXIMUM_TEXT else f"{clean[: _MAXIMUM_TEXT - 1]}…"


def _plain(rich: object) -> str:
    """The words of rich text, which is XHTML; its paragraphs are lines."""
    if isinstance(rich, Stream):
        xhtml = rich.read_bytes()[: 10 * _MAXIMUM_TEXT].decode("utf-8", "replace")
    else:
        xhtml = str(rich)[: 10 * _MAXIMUM_TEXT] if isinstance(rich, String) else ""
    lined = re.sub(r"<br\b[^<>]*>|</(?:p|div|li)\s*>", "\n", re.sub(r"\s+", " ", xhtml))
    return _cleaned(
        "\n".join(line.strip() for line in unescape(re.sub(r"<[^<>]*>", "", lined)).split("\n"))
    )


def _file_name(spec: object) -> str:
    if not isinstance(spec, Dictionary):
        return _line(spec)
    return _line(spec.get("/UF")) or _line(spec.get("/F"))


def _date(value: object) -> str:
    """A PDF date (ISO 32000-1, 7.9.4), or one of the ISO 8601 kind, as ISO 8601; empty if it is
    none.
    """
    parts = _DATE.match(_line(value))
    if not parts:
        return ""
    year, month, day, hour, minute, second = (
        int(parts[index] or index in (2, 3)) for index in range(1, 7)
    )
    zone = ""
    if parts[8]:
        zone = f"{parts[8]}{parts[9]}:{parts[10] or '00'}"
    elif parts[7]:
        zone = "+00:00"
    try:
        return datetime.fromisoformat(
            f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"
        ).isoformat()
    except ValueError:
        return ""
