"""A Word document that came back, from the document's own XML: text with its tracked changes
(ECMA-376, part 1, 17.13.5), fields, footnotes, comments.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from reportcard.intake.elements import child, get, name_of, whole
from reportcard.intake.manuscript import allowed
from reportcard.intake.package import Element, Package, opened, unreadable
from reportcard.intake.styles import StyleSheet
from reportcard.intake.word import MAXIMUM_LETTERS, MAXIMUM_PARAGRAPHS
from reportcard.manuscript.line_reader import Anchor, LineReader, trace_of
from reportcard.manuscript.returned import (
    ReturnedLine,
    ReturnedManuscript,
    Trace,
    Unread,
    WordComment,
)
from reportcard.messages.message import message
from reportcard.workspace.bounds import taken

#: How deep elements may be in each other; a table in a box in a control has some twenty.
_DEEPEST: Final = 100


def read_manuscript(data: bytes, name: str) -> ReturnedManuscript:
    """What is in a .docx that came back, read in a process of its own. Raises ReportCardError
    (UNREADABLE).
    """
    return taken(name, read_word_file, data, name)


def read_word_file(data: bytes, name: str) -> ReturnedManuscript:
    """What is in a .docx. Raises ReportCardError (UNREADABLE)."""
    package = opened(data, name)
    root = package.root(package.main) if package.is_word else None
    body = child(root, "body")
    if body is None:
        raise unreadable(
            name,
            message("the file contains no text."),
            message("Open it in Word and save it again."),
        )
    parts = _parts(package)
    notes = package.root(parts.get("footnotes", ""))
    counted = [body] if notes is None else [body, notes]
    letters = sum(len(one.text or "") for part in counted for one in part.iter("{*}t"))
    lines = sum(1 for part in counted for _ in part.iter("{*}p"))
    if letters > MAXIMUM_LETTERS or lines > MAXIMUM_PARAGRAPHS or _is_deep(body):
        raise unreadable(
            name,
            message("the file is too long to be a card ({letters} characters).", letters=letters),
            message("Import a file that contains only the card's text."),
        )
    sheet = StyleSheet.of(
        package.root(parts.get("styles", "")), package.root(parts.get("numbering", ""))
    )
    calls: dict[str, str] = {}
    anchors: dict[str, Anchor] = {}
    reader = LineReader(sheet, _links(package, package.main), calls, anchors)
    read = reader.lines(body)
    footnotes = {}
    for kind in ("footnote", "endnote"):
        part = parts.get(f"{kind}s", "")
        root = package.root(part)
        for note in root if root is not None else ():
            if name_of(note) == kind and get(note, "type") in ("", "normal"):
                key = f"{kind}-{get(note, 'id')}"
                inner = LineReader(sheet, _links(package, part), {}, anchors, key)
                footnotes[key] = _without_sign(inner.lines(note))
                reader.unread += inner.unread
    if running := "; ".join(dict.fromkeys(_running(package))):
        reader.unread.append(Unread("running", -1, words=running))
    return ReturnedManuscript(
        name,
        read,
        MappingProxyType(footnotes),
        MappingProxyType(calls),
        tuple(_comments(package, parts, anchors)),
        MappingProxyType(_properties(package)),
        _saved(package),
        tuple(reader.unread),
    )


def _parts(package: Package) -> dict[str, str]:
    return dict(package.related(package.main).values())


def _running(package: Package) -> Iterator[str]:
    """The texts of headers and footers: a manuscript goes out without."""
    for kind, part in package.related(package.main).values():
        root = package.root(part) if kind in ("header", "footer") else None
        if root is not None:
            text = allowed("".join(one.text or "" for one in root.iter("{*}t")))
            yield from [" ".join(text.split())] if text.strip() else ()


def _links(package: Package, part: str) -> dict[str, str]:
    """The addresses that a part links to, by id."""
    related = package.related(part).items() if part else ()
    return {id_: target for id_, (kind, target) in related if kind == "hyperlink"}


def _is_deep(element: Element) -> bool:
    level, here = 0, [element]
    while here and level <= _DEEPEST:
        here = [one for parent in here for one in parent]
        level += 1
    return level > _DEEPEST


def _without_sign(lines: tuple[ReturnedLine, ...]) -> tuple[ReturnedLine, ...]:
    """A note's lines without the space after its number."""
    if not lines:
        return lines
    letters = lines[0].letters
    start = 0
    while start < len(letters) and letters[start].letter.text.isspace():
        start += 1
    return (lines[0].with_letters(letters[start:]), *lines[1:])


def _properties(package: Package) -> dict[str, str]:
    root = package.root("docProps/custom.xml")
    return {
        get(one, "name"): "".join(part.text or "" for part in one.iter("{*}lpwstr"))
        for one in (root if root is not None else ())
    }


def _saved(package: Package) -> Trace:
    root = package.root("docProps/core.xml")
    found = {name_of(one): (one.text or "").strip() for one in (root if root is not None else ())}
    return Trace(found.get("lastModifiedBy", ""), found.get("modified", ""))


# --- comments -------------------------------------------------------------------------------------


def _comments(
    package: Package, parts: Mapping[str, str], anchors: Mapping[str, Anchor]
) -> Iterator[WordComment]:
    """The comments that have words, in the order of the part that has them."""
    root = package.root(parts.get("comments", ""))
    extended = package.root(parts.get("commentsExtended", ""))
    threads = {
        get(one, "paraId"): (get(one, "paraIdParent"), whole(get(one, "done")) == 1)
        for one in (extended if extended is not None else ())
    }
    ids: dict[str, str] = {}
    for one in root if root is not None else ():
        if name_of(one) != "comment":
            continue
        lines = list(one.iter("{*}p"))
        texts = ("".join(part.text or "" for part in line.iter("{*}t")) for line in lines)
        text = "\n".join(filter(None, (allowed(text).strip() for text in texts)))
        thread = get(lines[-1], "paraId") if lines else ""
        id_ = get(one, "id")
        ids[thread] = id_
        anchor = anchors.get(id_, Anchor("", -1))
        parent, is_done = threads.get(thread, ("", False))
        if text:
            yield WordComment(
                id_,
                text,
                trace_of(one),
                " ".join(anchor.words.split()),
                anchor.note,
                anchor.line,
                ids.get(parent, ""),
                is_done,
            )
