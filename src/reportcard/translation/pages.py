"""On which pages of a card its blocks are: by the PDFs that were made of the content as it is."""

from collections.abc import Iterable, Mapping
from typing import Final

from reportcard.build.manifest import MANIFEST, Record, digest, read_manifest
from reportcard.content.fields import kind_of
from reportcard.content.segments import Segment
from reportcard.translation.status import BlockState
from reportcard.translation.units import WORDING
from reportcard.workspace.card_files import file_name
from reportcard.workspace.workspace import Workspace

Pages = Mapping[str, tuple[int, ...]]
"""The pages, from 1, of the parts of a card by their HTML id."""

#: Files that decide on which page a block is; fonts and profiles may be elsewhere.
_FOLDERS: Final = ("content/", "styles/", "figures/")


def built_pages(workspace: Workspace, country: str, language: str) -> Pages:
    """The pages of a card's PDF in the output folder. Nothing if there is none, or any file that it
    was made from is another now.
    """
    name = file_name(country, language)
    try:
        data = (workspace.output / name).read_bytes()
        records = read_manifest((workspace.output / MANIFEST).read_bytes())
    except OSError:
        return {}
    record = records.get(name)
    if record is None or record.sha256 != digest(data):
        return {}
    inputs = record.inputs.items()
    is_same = all(
        _digest(workspace, path) == was for path, was in inputs if path.startswith(_FOLDERS)
    )
    return recorded_pages([record]) if is_same else {}


def recorded_pages(records: Iterable[Record]) -> Pages:
    """The pages that the records of some files have."""
    return {spot.id: tuple(box[0] for box in spot.boxes) for one in records for spot in one.places}


def _digest(workspace: Workspace, path: str) -> str:
    try:
        return digest(workspace.read(path))
    except (OSError, ValueError):
        return ""


def block_pages(
    pages: Pages, country: str, language: str, block: BlockState, segment: Segment
) -> list[int]:
    """The pages that a block is on in a language, as a segment of it; for a note the first page of
    each print.
    """
    scope = f"{WORDING}." if block.unit.scope == WORDING else ""
    stem = f"{country}.{language}.{scope}{block.unit.name}"
    if kind_of(block.unit.name).is_note:
        return sorted({found[0] for id_, found in pages.items() if id_.startswith(f"{stem}.")})
    is_line = segment.kind == "line"
    return sorted(
        {
            page
            for id_, found in pages.items()
            if id_ == f"{stem}.{segment.key}" or (is_line and _is_line(id_, stem))
            for page in found
        }
    )


def _is_line(id_: str, stem: str) -> bool:
    return id_ == f"{stem}.line" or id_.startswith(f"{stem}.line.")
