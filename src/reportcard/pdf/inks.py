"""Screen colours to inks: every colour operator and picture of a PDF rewritten in cyan, magenta,
yellow and black.

One layout serves all editions. It is set in the screen values of the colour tokens, and each has
one print value.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Stream
from PIL import Image, ImageChops, ImageCms

from reportcard.page.styles import Styles
from reportcard.page.tokens import MAXIMUM_INK
from reportcard.pdf.profile import Profile

Inks = tuple[int, int, int, int]
"""Cyan, magenta, yellow, black in percent."""
_BLACK: Final[Inks] = (0, 0, 0, 100)
_OVERPRINT, _KNOCKOUT = Name("/OverprintText"), Name("/KnockoutText")


@dataclass
class Separator:
    """Turns colours into inks: a token into its print value, any other through the profile, as
    pictures go.

    `foreign` collects the colors that are not tokens, as `#rrggbb`.
    """

    styles: Styles
    profile: Profile
    foreign: set[str] = field(default_factory=set)

    def inks(self, colour: str) -> Inks:
        """The inks of `#rrggbb`. Black that nobody chose, the colour of text before any is set, is
        black ink alone.
        """
        if colour == "#000000":
            return _BLACK
        for token in self.styles.tokens.values():
            if token.screen == colour:
                return token.print
        self.foreign.add(colour)
        pixel = Image.new("RGB", (1, 1), tuple(bytes.fromhex(colour[1:])))
        inks = self.picture(pixel).getpixel((0, 0))
        assert isinstance(inks, tuple)
        cyan, magenta, yellow, black = (round(value / 2.55) for value in inks)
        return cyan, magenta, yellow, black

    def picture(self, picture: Image.Image) -> Image.Image:
        """A picture in inks, at most 300 % together; a grey one in black alone."""
        if picture.mode in ("1", "L"):
            grey = ImageChops.invert(picture.convert("L"))
            none = Image.new("L", picture.size, 0)
            return Image.merge("CMYK", (none, none, none, grey))
        if picture.mode == "CMYK":
            return _within(picture)
        made = ImageCms.applyTransform(picture.convert("RGB"), self._transform)
        assert made is not None
        return _within(made)

    @cached_property
    def _transform(self) -> ImageCms.ImageCmsTransform:
        press = ImageCms.ImageCmsProfile(io.BytesIO(self.profile.data))
        flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
        return ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            press,
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags,
        )


def _within(picture: Image.Image) -> Image.Image:
    """The picture with at most 300 % ink: where there is more, the coloured inks give way to the
    black.
    """
    import numpy as np

    inks = np.asarray(picture).astype(np.int32)
    limit = MAXIMUM_INK * 255 // 100
    coloured, black = inks[..., :3], inks[..., 3]
    room = limit - black
    total = coloured.sum(axis=-1)
    over = total > room
    if not over.any():
        return picture
    coloured[over] = coloured[over] * room[over][..., None] // total[over][..., None]
    return Image.fromarray(inks.astype(np.uint8), "CMYK")


def separate(pdf: pikepdf.Pdf, separator: Separator, marks: Callable[[Dictionary], bytes]) -> None:
    """Rewrites a PDF of our engine in inks. `marks` gives the operators drawn on a page over all
    others.

    - Colours become inks; black text overprints, so that no white edge shows where plates shift
    (ISO 12647-2 presses do).
    - Marks of structure go: they name tags that the print edition does not have.
    - Transparency groups blend in inks (ISO 15930-7).
    """
    painter = _Painter(separator)
    for page in pdf.pages:
        body = painter.rewritten(page.obj, page.obj.Resources)
        page.obj.Contents = pdf.make_stream(b"q\n" + body + b"\nQ\n" + marks(page.obj))
        _blend_in_inks(page.obj)
    # A mask is a picture that holds no colour.
    masks = {thing[Name.SMask].objgen for thing in _streams(pdf) if Name.SMask in thing}
    for drawing in list(_streams(pdf)):
        if drawing.get(Name.Subtype) == Name.Form or Name.PatternType in drawing:
            drawing.write(painter.rewritten(drawing, drawing.get(Name.Resources, Dictionary())))
            _blend_in_inks(drawing)
        elif drawing.get(Name.Subtype) == Name.Image and drawing.objgen not in masks:
            _separate_picture(drawing, separator)
    for resources in _resources(pdf):
        for shading in resources.get(Name.Shading, Dictionary()).values():
            _separate_shading(shading, painter)
        spaces = resources.get(Name.ColorSpace, Dictionary())
        for space in list(spaces.keys()):
            if space not in painter.spaces:
                del spaces[space]


def _streams(pdf: pikepdf.Pdf) -> Iterator[Stream]:
    return (thing for thing in pdf.objects if isinstance(thing, Stream))


def _resources(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    for thing in (*(page.obj for page in pdf.pages), *_streams(pdf)):
        if isinstance(found := thing.get(Name.Resources), Dictionary):
            yield found


def _blend_in_inks(thing: Dictionary | Stream) -> None:
    if Name.Group in thing:
        thing.Group.CS = Name.DeviceCMYK


def _separate_shading(shading: Object, painter: "_Painter") -> None:
    """A gradient runs from the inks of one colour to those of the next (ISO 32000-1, 8.7.4.5;
    function types 2 and 3).
    """
    if not isinstance(shading, Dictionary) or shading.get(Name.ColorSpace) != Name.DeviceRGB:
        return
    functions = [shading.Function]
    for function in functions:
        functions.extend(function.get(Name.Functions, ()))
    for function in functions:
        for end in (Name.C0, Name.C1):
            if end in function:
                function[end] = Array(
                    painter.inks(tuple(float(value) for value in function[end]))[1]
                )
    shading.ColorSpace = Name.DeviceCMYK


def _separate_picture(picture: Stream, separator: Separator) -> None:
    if picture.get(Name.ImageMask) or picture.get(Name.ColorSpace) is None:
        return
    made = separator.picture(pikepdf.PdfImage(picture).as_pil_image())
    kept = {
        key: picture[key] for key in (Name.SMask, Name.Mask, Name.Interpolate) if key in picture
    }
    picture.write(made.tobytes())
    for entry in list(picture.keys()):
        if entry not in (Name.Type, Name.Subtype, Name.Length, Name.Width, Name.Height):
            del picture[entry]
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceCMYK, 8
    for name, value in kept.items():
        picture[name] = value


@dataclass(slots=True)
class _Painter:
    separator: Separator
    spaces: set[str] = field(default_factory=set)
    known: dict[tuple[float, ...], tuple[Inks, list[Decimal]]] = field(default_factory=dict)

    def rewritten(self, thing: Dictionary | Stream, resources: Object) -> bytes:
        """The content of a page or drawing in inks. Adds the graphics states of overprinting to its
        resources.
        """
        written: list[Any] = []
        fill: Inks | None = None
        saved: list[Inks | None] = []
        overprints = False
        for instruction in pikepdf.parse_content_stream(thing):
            operator = str(instruction.operator)
            operands = instruction.operands
            if operator == "q":
                saved.append(fill)
            elif operator == "Q" and saved:
                fill = saved.pop()
            elif operator in ("rg", "RG", "g", "G"):
                inks, values = self.inks(tuple(float(value) for value in operands))
                fill = inks if operator in ("rg", "g") else fill
                written.append((values, Operator("k" if operator in ("rg", "g") else "K")))
                continue
            elif operator in ("cs", "CS"):
                self.spaces.add(str(operands[0]))
                fill = None if operator == "cs" else fill
            elif operator == "BT" and fill == _BLACK:
                overprints = True
                written.append(([_OVERPRINT], Operator("gs")))
                written.append((operands, instruction.operator))
                continue
            elif operator == "ET" and fill == _BLACK:
                written.append((operands, instruction.operator))
                written.append(([_KNOCKOUT], Operator("gs")))
                continue
            written.append((operands, instruction.operator))
        if overprints:
            if Name.ExtGState not in resources:
                resources.ExtGState = Dictionary()
            resources.ExtGState[_OVERPRINT] = Dictionary(
                Type=Name.ExtGState, op=True, OP=False, OPM=1
            )
            resources.ExtGState[_KNOCKOUT] = Dictionary(
                Type=Name.ExtGState, op=False, OP=False, OPM=0
            )
        return pikepdf.unparse_content_stream(written)

    def inks(self, values: tuple[float, ...]) -> tuple[Inks, list[Decimal]]:
        if values not in self.known:
            red, green, blue = (
                round(value * 255) for value in (values if len(values) == 3 else values * 3)
            )
            inks = self.separator.inks(f"#{red:02x}{green:02x}{blue:02x}")
            self.known[values] = inks, [Decimal(ink) / 100 for ink in inks]
        return self.known[values]
