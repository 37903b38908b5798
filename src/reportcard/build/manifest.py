"""What each published file was made from, and where every field is in it: `manifest.json` beside
the PDFs.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final

from reportcard.page.compose.blocks import Origin
from reportcard.page.typeset.measures import Box

MANIFEST: Final = "manifest.json"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block of a field is: its HTML id (a destination in the PDF), its line in the
    source, and its boxes.

    A box is its page (from 1), then left, top, width and height in mm from the trimmed page's top
    left corner.
    """

    id: str
    field: str
    source: str
    boxes: tuple[tuple[int, float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One published file: what it is, what it was made from (sha256 by path), with which tools, and
    its named places.
    """

    sha256: str
    country: str
    language: str
    edition: str
    date: str
    pages: int
    inputs: Mapping[str, str]
    tools: Mapping[str, str]
    fonts: Mapping[str, str]
    places: tuple[Spot, ...]


def digest(data: bytes) -> str:
    """The sha256 of some bytes, as hexadecimal digits."""
    return sha256(data).hexdigest()


def spots(origins: Mapping[str, Origin], boxes: Mapping[str, tuple[Box, ...]]) -> tuple[Spot, ...]:
    """The named places of a card's blocks, in the order of its pages."""
    found = [
        Spot(
            id_,
            origin.field,
            str(origin.place),
            tuple((box.page, box.x, box.y, box.width, box.height) for box in boxes[id_]),
        )
        for id_, origin in origins.items()
        if id_ in boxes
    ]
    return tuple(
        sorted(found, key=lambda spot: (spot.boxes[0][0], spot.boxes[0][2], spot.boxes[0][1]))
    )


def dumped(records: Mapping[str, Record]) -> bytes:
    """The manifest as JSON, files in order, a place a line: two manifests can be compared line by
    line.
    """
    parts = []
    for name, record in sorted(records.items()):
        values = asdict(record)
        places = ",\n".join(
            f"    {json.dumps(spot, ensure_ascii=False)}" for spot in values.pop("places")
        )
        head = (
            json.dumps(values, indent=1, ensure_ascii=False)
            .removesuffix("\n}")
            .replace("\n", "\n  ")
        )
        parts.append(f'  {json.dumps(name)}: {head},\n   "places": [\n{places}\n   ]\n  }}')
    files = ",\n".join(parts)
    return f'{{\n "format": {_FORMAT},\n "files": {{\n{files}\n }}\n}}\n'.encode()


def read_manifest(data: bytes) -> dict[str, Record]:
    """The records of a manifest. One that is damaged or of another format has none: the next build
    writes it anew.
    """
    try:
        manifest = json.loads(data)
        if manifest["format"] != _FORMAT:
            return {}
        return {str(name): record_from(record) for name, record in manifest["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return {}


def record_from(values: dict[str, Any]) -> Record:
    """A record from JSON. Raises KeyError, TypeError or ValueError if something is not of its
    kind.
    """
    for name, kind in _KINDS.items():
        if not isinstance(values[name], kind):
            raise TypeError(name)
    for name in ("inputs", "tools", "fonts"):
        if not all(isinstance(value, str) for value in values[name].values()):
            raise TypeError(name)
    spots = []
    for spot in values["places"]:
        boxes = tuple(
            (int(box[0]), float(box[1]), float(box[2]), float(box[3]), float(box[4]))
            for box in spot["boxes"]
        )
        spots.append(Spot(str(spot["id"]), str(spot["field"]), str(spot["source"]), boxes))
    return Record(**{**values, "places": tuple(spots)})


_KINDS: Final[Mapping[str, type]] = {
    "sha256": str,
    "country": str,
    "language": str,
    "edition": str,
    "date": str,
    "pages": int,
    "inputs": dict,
    "tools": dict,
    "fonts": dict,
}


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    """The names whose values differ, in order."""
    return (name for name in sorted({*before, *now}) if before.get(name) != now.get(name))
