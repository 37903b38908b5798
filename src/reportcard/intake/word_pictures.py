"""The pictures of a Word document (ECMA-376, part 1, 20.1, 20.4; part 4, 19.1), as files that a
card can print. Those that it cannot are told, with what to do.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from reportcard.content.signs import printed
from reportcard.intake.blocks import ManuscriptFigure
from reportcard.intake.elements import get, name_of
from reportcard.intake.manuscript import allowed
from reportcard.intake.package import MAXIMUM_PICTURE, Element, Package
from reportcard.messages.message import Message, message
from reportcard.pdf.pixels import picture_fault

#: A card has fewer; more are refused one by one.
MAXIMUM_PICTURES: Final = 200
#: All pictures together, in bytes.
MAXIMUM_PICTURES_SIZE: Final = 200_000_000
#: How the files begin that a card prints, with what ends their names.
_PRINTED: Final = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
#: How others begin, at an offset, with their kind.
_KINDS: Final = (
    (40, b" EMF", "EMF"),
    (0, b"\xd7\xcd\xc6\x9a", "WMF"),
    (0, b"\x01\x00\x09\x00", "WMF"),
    (0, b"\x02\x00\x09\x00", "WMF"),
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (8, b"WEBP", "WebP"),
    (4, b"ftyp", "HEIC"),
    (0, b"<", "SVG"),
)
#: What Word writes below alternative text that it made itself.
_MADE_BY_WORD: Final = (
    "description automatically generated",
    "descripción generada automáticamente",
    "descripción generada con confianza",
    "ai-generated content may be incorrect",
    "el contenido generado por ia puede ser incorrecto",
)
#: Where a drawing has pictures of its own, in the order of the text.
_BOX: Final = "txbxContent"


@dataclass(slots=True)
class WordPictures:
    """The pictures of a document, while its text is read. `remarks` are on those that were left
    out or need a look.
    """

    package: Package
    counts: Counter[str]
    remarks: list[Message] = field(default_factory=list)
    count: int = 0
    #: The parts that were read.
    read: dict[str, bytes | None] = field(default_factory=dict)

    def figures(
        self, drawing: Element, related: Mapping[str, tuple[str, str]]
    ) -> Iterator[ManuscriptFigure]:
        """The pictures of a drawing or object, without those in its text boxes."""
        alt, is_hidden = _described(drawing)
        if is_hidden:
            self.counts["hidden"] += 1
            return
        for one in _walk(drawing):
            match name_of(one):
                case "docPr" | "cNvPr" | "shape" if get(one, "descr") or get(one, "alt"):
                    alt = get(one, "descr") or get(one, "alt")
                case "blip":
                    part = get(one, "embed")
                    self._note_crop(one, alt)
                    yield from self._figure(related.get(part, ("", ""))[1], alt)
                    alt = ""
                case "imagedata":
                    yield from self._figure(related.get(get(one, "id"), ("", ""))[1], alt)
                    alt = ""
                case "svgBlip":
                    self.counts["svg"] += 1
                case "chart" | "relIds" if get(one, "id") or get(one, "dm"):
                    self._left_out(one, alt)

    def _figure(self, part: str, alt: str) -> Iterator[ManuscriptFigure]:
        """A picture by the part that it is in, if a card can print it."""
        typed = part.rpartition("/")[2] or "–"
        alt = " ".join(printed(allowed(alt)).split())
        # The names in messages come from a stranger's file
        shown = f"{allowed(typed)[:60]}{f' ({alt[:80]})' if alt else ''}"
        if self._is_full(part):
            self.remarks.append(
                message(
                    'the picture "{picture}" was left out: the file has more than {count} '
                    "pictures, or its pictures total more than {maximum} bytes. Delete some of "
                    "them, or compress them in Word.",
                    picture=shown,
                    count=MAXIMUM_PICTURES,
                    maximum=f"{MAXIMUM_PICTURES_SIZE:,}",
                )
            )
            return
        if part not in self.read:
            self.read[part] = self.package.picture(part)
        data = self.read[part]
        if data is None:
            self.remarks.append(
                message(
                    'the picture "{picture}" is not in the file, is damaged, or is larger than '
                    "{maximum} bytes. It was left out. Insert it again in Word, or put it in "
                    "figures/ and write ![what it shows](figures/name.png).",
                    picture=shown,
                    maximum=f"{MAXIMUM_PICTURE:,}",
                )
            )
            return
        ending = next((end for start, end in _PRINTED if data.startswith(start)), "")
        if not ending:
            self.remarks.append(_unprintable(shown, data))
            return
        if fault := picture_fault(data):
            self.remarks.append(_faulty(shown, fault))
            return
        if any(sign in alt.casefold() for sign in _MADE_BY_WORD):
            self.remarks.append(
                message(
                    'the alternative text of the picture "{picture}" was written by Word. Check '
                    "that it says what the picture shows.",
                    picture=shown,
                )
            )
        yield ManuscriptFigure(data, ending, alt, typed)

    def _is_full(self, part: str) -> bool:
        """Whether a document has as many pictures as are read; it counts this one."""
        self.count += 1
        size = sum(len(data) for data in self.read.values() if data)
        return self.count > MAXIMUM_PICTURES or (
            part not in self.read and size > MAXIMUM_PICTURES_SIZE
        )

    def _note_crop(self, blip: Element, alt: str) -> None:
        """Remarks on a picture of which the document shows a part."""
        parent = blip.getparent()
        crops = (one for one in parent if name_of(one) == "srcRect") if parent is not None else ()
        if any(get(one, side) not in ("", "0") for one in crops for side in "lrtb"):
            self.remarks.append(
                message(
                    'a picture is cropped in Word ("{alt}"); the whole picture was saved. Crop '
                    "the file in figures/ before you share it.",
                    alt=" ".join(allowed(alt).split()) or "–",
                )
            )

    def _left_out(self, element: Element, alt: str) -> None:
        """Remarks on a chart or diagram, of which the document has no picture."""
        shown = " ".join(allowed(alt).split()) or "–"
        self.remarks.append(
            message(
                'a chart was left out ("{alt}"). Save its numbers as a CSV file in the card\'s '
                "data/ folder and write ::: chart, or save it as a picture in figures/.",
                alt=shown,
            )
            if name_of(element) == "chart"
            else message(
                'a diagram was left out ("{alt}"). Save it as a picture (PNG or SVG) in figures/ '
                "and write ![what it shows](figures/name.png).",
                alt=shown,
            )
        )


def _walk(element: Element) -> Iterator[Element]:
    """The elements of a drawing, in order, without those of text boxes."""
    for one in element:
        if name_of(one) == "AlternateContent":
            yield from _walk(one[0] if len(one) else one)
        elif name_of(one) != _BOX:
            yield one
            yield from _walk(one)


def _described(drawing: Element) -> tuple[str, bool]:
    """The alternative text of a drawing, and whether it is hidden."""
    for one in _walk(drawing):
        if name_of(one) == "docPr":
            return get(one, "descr") or get(one, "title"), get(one, "hidden") in ("1", "true")
        if name_of(one) in ("shape", "rect", "group"):
            return get(one, "alt"), False
    return "", False


def _unprintable(shown: str, data: bytes) -> Message:
    kind = next((kind for at, sign, kind in _KINDS if data[at : at + len(sign)] == sign), "")
    if not kind:
        return message(
            'the picture "{picture}" is in an unknown format. It was left out. Save it as PNG or '
            "SVG in figures/ and write ![what it shows](figures/name.png).",
            picture=shown,
        )
    return message(
        'the picture "{picture}" is in {kind} format, which cannot be printed. It was left out. '
        "In Word, right-click it, choose Save as Picture, and choose PNG; put the file in "
        "figures/ and write ![what it shows](figures/name.png).",
        picture=shown,
        kind=kind,
    )


def _faulty(shown: str, fault: str) -> Message:
    if fault == "pixels":
        return message(
            'the picture "{picture}" has too many pixels. It was left out. Compress it in Word.',
            picture=shown,
        )
    return message(
        'the picture "{picture}" is incomplete or damaged. It was left out. Insert it again in '
        "Word.",
        picture=shown,
    )
