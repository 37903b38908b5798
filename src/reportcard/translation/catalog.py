"""PO (GNU gettext), for Poedit, Weblate and their like: out and in."""

import codecs
import io
import re
from collections import Counter
from dataclasses import replace
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, escape, read_po, write_po

from reportcard.content.segments import folded
from reportcard.messages.message import message
from reportcard.translation.parcel import (
    Parcel,
    Returned,
    ReturnedFileError,
    ReturnedItem,
    ToolMark,
    TranslatorComment,
)
from reportcard.translation.stamps import is_under_review, stamp_in
from reportcard.translation.status import State

_PROJECT: Final = "report-card"
#: Babel takes a percent sign in prose for a format, which `msgfmt -c` then refuses.
_FORMATS: Final = ("python-format", "python-brace-format")
_CONTEXT: Final = re.compile(rb'^(msgctxt\s+"(?:[^"\\]|\\.)*)"', re.MULTILINE)
_CONTEXT_LINE: Final = re.compile(rb"^msgctxt .*", re.MULTILINE)
_TEXT_LINE: Final = re.compile(rb'\s*(?:#~\s*)?(?:msg\w+(?:\[\d+\])?\s*)?"')
_WHOLE_LINE: Final = re.compile(rb'[^"]*"(?:[^"\\]|\\.)*"\s*')
_ENTRY: Final = re.compile(rb'^(?:msgctxt .*\n(?:".*\n)*)?msgid .*\n(?:".*\n)*', re.MULTILINE)
_CHARSET: Final = re.compile(rb"(Content-Type:[^\n]*charset=)[\w:.-]+")
#: How many entries were written: a file that was cut between two of them looks whole.
_COUNT: Final = re.compile(rb"X-Reportcard-Units: (\d{1,6})\\n")
_HEAD_END: Final = re.compile(rb'^"Generated-By:', re.MULTILINE)
#: The source before, which the library takes for a comment.
_PREVIOUS: Final = re.compile(r"\|\s*(?:msg|\")")
#: The same of an entry that a tool took for obsolete, which the library cannot read.
_PREVIOUS_LINE: Final = re.compile(rb"^#~\|.*\n?", re.MULTILINE)
#: What makes contexts that are there twice differ while they are read.
_AGAIN: Final = "\x04"


def dumped(parcel: Parcel) -> bytes:
    """The parcel as a catalogue: the block's id is its context, so that the same words may have
    different translations in different places.
    """
    catalog = Catalog(
        locale=parcel.language.replace("-", "_"),
        project=f"{_PROJECT}/{parcel.scope}",
        version=parcel.source_language,
        copyright_holder="reportcard",
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        fuzzy=False,
    )
    catalog.header_comment = f"# {parcel.scope}: {parcel.source_language} > {parcel.language}"
    for item in parcel.items:
        is_fuzzy = item.target and is_under_review(item.state)
        catalog.add(
            item.source,
            item.target,
            context=item.id,
            flags=("fuzzy",) if is_fuzzy else (),
            auto_comments=[*map(str, item.notes), str(item.stamp)],
            user_comments=[line for one in item.comments for line in one.text.split("\n")],
        )
        added = catalog.get(item.source, item.id)
        assert added is not None
        added.flags.difference_update(_FORMATS)
    target = io.BytesIO()
    write_po(target, catalog, width=0)
    count = f'"X-Reportcard-Units: {len(parcel.items)}\\n"\n'.encode()
    data = _HEAD_END.sub(lambda found: count + found[0], target.getvalue(), count=1)
    return _with_previous(data, parcel)


def _with_previous(data: bytes, parcel: Parcel) -> bytes:
    """The catalogue with the source before of what is stale. Babel wraps a long one as if it were a
    comment, and gettext then refuses the file.
    """
    before = {
        f"msgctxt {escape(item.id)}".encode(): f"#| msgid {escape(item.before)}\n".encode()
        for item in parcel.items
        if item.before and item.state is State.STALE
    }
    return _CONTEXT_LINE.sub(lambda found: before.get(found[0], b"") + found[0], data)


def read(data: bytes) -> tuple[Returned, ...]:
    """What came back in a catalogue. Raises ReturnedFileError if export did not write it, or it is
    cut off.
    """
    data = _utf8(data)
    if _is_cut(data):
        raise ReturnedFileError(message("the file is incomplete: its last entry was cut off."))
    try:
        entries = _told_apart(_PREVIOUS_LINE.sub(b"", data))
        catalog = read_po(io.BytesIO(entries), abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        raise ReturnedFileError(message("the file is not a readable PO file.")) from error
    project, _, scope = str(catalog.project).partition("/")
    # An entry that a tool takes for obsolete has words of a person, too
    gone = (replace(_item(one), mark=ToolMark.REVIEW) for one in catalog.obsolete.values())
    items = (*(_item(one) for one in catalog if one.id), *gone)
    if (project != _PROJECT or not scope) and not any("/" in item.id for item in items):
        raise ReturnedFileError(
            message(
                "this PO file was not exported by reportcard: its header does not name a country."
            )
        )
    is_named = project == _PROJECT and bool(scope)
    count = _COUNT.search(data)
    return (
        Returned(
            scope if is_named else "",
            str(catalog.version) if is_named else "",
            str(catalog.locale_identifier or "").replace("_", "-"),
            items,
            int(count[1]) if count else 0,
        ),
    )


def _item(one: Message) -> ReturnedItem:
    stamp = stamp_in(" ".join(one.auto_comments))
    id_ = str(one.context or "").partition(_AGAIN)[0]
    forms = (one.string,) if isinstance(one.string, str) else tuple(one.string or ())
    texts = tuple(dict.fromkeys(filter(None, map(folded, forms))))
    source = one.id if isinstance(one.id, str) else one.id[0]
    mark = ToolMark.NOTHING
    if one.fuzzy:
        mark = ToolMark.REVIEW
    elif stamp and is_under_review(stamp.state):
        mark = ToolMark.DONE
    noted = "\n".join(line for line in one.user_comments if not _PREVIOUS.match(line)).strip()
    return ReturnedItem(
        id_,
        folded(source),
        " / ".join(texts),
        stamp,
        mark,
        message("a text cannot have several plural forms.") if len(texts) > 1 else None,
        comments=(TranslatorComment(noted),) if noted else (),
    )


def _utf8(data: bytes) -> bytes:
    """The file in UTF-8, as its bytes are, whatever its head says; lines end as in Unix."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            try:
                data = data.decode(encoding).encode()
            except UnicodeDecodeError as error:
                raise ReturnedFileError(message("the file is not a readable PO file.")) from error
    data = data.removeprefix(codecs.BOM_UTF8)
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        data.decode()
    except UnicodeDecodeError:
        return data  # in the encoding that it names
    return _CHARSET.sub(rb"\1utf-8", data, count=1)


def _is_cut(data: bytes) -> bool:
    """Whether the file ends within a text, or before the translation of its last entry."""
    lines = [line for line in data.splitlines() if line.strip() and not line.startswith(b"#")]
    if not lines:
        return False
    if _TEXT_LINE.match(lines[-1]) and not _WHOLE_LINE.fullmatch(lines[-1]):
        return True
    last = next((line for line in reversed(lines) if line.lstrip().startswith(b"msg")), b"")
    return last.startswith((b"msgid", b"msgctxt"))


def _told_apart(data: bytes) -> bytes:
    """The catalogue with contexts that are there twice made different, and sources that are there
    twice without one, or Babel would keep one of their entries.
    """
    seen: Counter[bytes] = Counter()

    def numbered(match: re.Match[bytes]) -> bytes:
        seen[match[1]] += 1
        again = f"{_AGAIN}{seen[match[1]]}".encode() if seen[match[1]] > 1 else b""
        return match[1] + again + b'"'

    def with_context(match: re.Match[bytes]) -> bytes:
        seen[match[0]] += 1
        is_again = seen[match[0]] > 1 and not match[0].startswith(b"msgctxt")
        return (f'msgctxt "{_AGAIN}{seen[match[0]]}"\n'.encode() if is_again else b"") + match[0]

    return _ENTRY.sub(with_context, _CONTEXT.sub(numbered, data))
