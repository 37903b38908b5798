"""PO (GNU gettext), for Poedit and its like: out and in."""

import io
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from reportcard.content.segments import folded
from reportcard.messages.message import message
from reportcard.translation.parcel import Parcel, Returned, ReturnedFileError
from reportcard.translation.status import State

_PROJECT: Final = "report-card"


def dumped(parcel: Parcel) -> bytes:
    """The parcel as a catalogue: the block's id is its context, so that the same words may have
    different translations in different places.
    """
    catalog = Catalog(
        locale=parcel.language.replace("-", "_"),
        project=f"{_PROJECT}/{parcel.scope}",
        version=parcel.source_language,
        fuzzy=False,
    )
    for item in parcel.items:
        flags = ("fuzzy",) if item.target and item.state is State.STALE else ()
        comments = [str(note) for note in item.notes]
        catalog.add(item.source, item.target, context=item.id, flags=flags, auto_comments=comments)
    target = io.BytesIO()
    write_po(target, catalog, width=0)
    return target.getvalue()


def read(data: bytes) -> Returned:
    """What came back in a catalogue. Raises ReturnedFileError if export did not write it."""
    try:
        catalog = read_po(io.BytesIO(data), abort_invalid=True)
    except (PoFileError, ValueError, UnicodeDecodeError) as error:
        raise ReturnedFileError(message("the file is not a readable PO file.")) from error
    project, _, scope = str(catalog.project).partition("/")
    if project != _PROJECT or not scope:
        raise ReturnedFileError(
            message(
                "this PO file was not exported by reportcard: its header does not name a country."
            )
        )
    items = tuple(
        (str(one.context or ""), str(one.id), folded(str(one.string or "")))
        for one in catalog
        if one.id
    )
    return Returned(
        scope, str(catalog.version), str(catalog.locale_identifier or "").replace("_", "-"), items
    )
