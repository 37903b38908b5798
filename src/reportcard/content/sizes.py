"""The sizes of what is drawn, in styles/sizes.yaml."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from reportcard.content.scalars import Frozen

#: In mm or pt: no drawing is larger than a page of A3.
Length = Annotated[float, Field(gt=0, le=420, allow_inf_nan=False)]
#: Networks take pictures of up to some 4,000 px.
Pixels = Annotated[int, Field(gt=0, le=4096)]


class GaugeSize(Frozen):
    """The size of a gauge."""

    width: Length
    """In mm; the height follows from the form."""
    score: Length
    """The size of the score's type in pt."""
    maximum: Length
    """The size in pt of “/ max”."""


class GaugeSizes(Frozen):
    """The sizes of gauges by what they show. `picture` is a dimension on a picture."""

    total: GaugeSize
    dimension: GaugeSize
    category: GaugeSize
    picture: GaugeSize


class PictureSize(Frozen):
    """The size of a picture for social media."""

    width: Pixels
    height: Pixels
    titles: Annotated[tuple[Pixels, ...], Field(min_length=1)]
    """The sizes in px that its title is tried in, largest first."""

    @property
    def name(self) -> str:
        """Its name in those of files: `1200x630`."""
        return f"{self.width}x{self.height}"


class PictureSizes(Frozen):
    """The sizes of pictures by shape: for a link's preview, upright and square for a feed, and as
    high as a phone for a story. Without its size, a shape is not drawn.
    """

    wide: PictureSize
    tall: PictureSize
    square: PictureSize | None = None
    story: PictureSize | None = None

    @property
    def shapes(self) -> Mapping[str, PictureSize]:
        """The shapes that have a size, in order."""
        return {name: size for name, size in self if size is not None}


class WebSize(Frozen):
    """The largest size of a picture on a page of the web, in px of the style sheet."""

    width: Pixels
    height: Pixels | None = None
    """Without it, as high as the picture's form asks."""


class WebSizes(Frozen):
    """The largest sizes of pictures on the web: of a text, and of an organization's logo. Twice as
    many pixels are put into a page, for screens of double density.
    """

    picture: WebSize = WebSize(width=672)
    logo: WebSize = WebSize(width=176, height=56)


class ChartSizes(Frozen):
    """The widths of charts in mm: of one in a column of text, and of one across the page."""

    half: Length = 81
    full: Length = 170


class Sizes(Frozen):
    """styles/sizes.yaml: the sizes of what is drawn."""

    gauges: GaugeSizes
    charts: ChartSizes = Field(default_factory=ChartSizes)
    pictures: PictureSizes
    web: WebSizes = Field(default_factory=WebSizes)
