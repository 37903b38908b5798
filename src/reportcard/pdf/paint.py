"""What a page paints: every fill, stroke, text, picture and shade, with its colour, width and
resolution, drawings included.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import hypot, sqrt
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from reportcard.errors import FaultError
from reportcard.messages.message import Message, message

#: A page has so many operators at most, forms counted as often as they are drawn; ours have
#: some 5,000.
MAXIMUM_OPERATORS: Final = 1_000_000
#: Bytes of one content stream, unfolded; ours have 15,000.
MAXIMUM_CONTENT: Final = 100_000_000
_DEPTH: Final = 12
_PATHS: Final = {
    "f": "f",
    "F": "f",
    "f*": "f",
    "S": "s",
    "s": "s",
    "B": "fs",
    "B*": "fs",
    "b": "fs",
    "b*": "fs",
    "n": "",
}
_SHOWN: Final = frozenset({"Tj", "TJ", "'", '"'})
_DEVICES: Final = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
#: What inline images call the colour spaces (ISO 32000-1, table 93).
_SHORT: Final = {"/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK", "/G": "DeviceGray", "/I": "Indexed"}

Matrix = tuple[float, float, float, float, float, float]


class PageError(FaultError):
    """A page has too much on it, or cannot be read; `page` is its number."""

    def __init__(self, message: Message, page: int) -> None:
        super().__init__(message)
        self.page = page


@dataclass(frozen=True, slots=True)
class Paint:
    """One way in which a page is painted, however often.

    `kind` is fill, stroke, text, image or shading; `space` the family of the colour (`DeviceCMYK`,
    `ICCBased-3`, `Separation`), `values` its components from 0 to 1. `width` is that of a stroke or
    of a filled bar in pt, `ppi` a picture's pixels per inch as placed; 0 where there is none.
    """

    page: int
    kind: str
    space: str
    values: tuple[float, ...] = ()
    overprints: bool = False
    width: float = 0.0
    ppi: float = 0.0


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix
    fill: tuple[str, tuple[float, ...]] = ("DeviceGray", (0.0,))
    stroke: tuple[str, tuple[float, ...]] = ("DeviceGray", (0.0,))
    width: float = 1.0
    overprint_fill: bool = False
    overprint_stroke: bool = False
    mode: int = 0

    @property
    def scale(self) -> float:
        """How many points one unit is long."""
        a, b, c, d, _, _ = self.matrix
        return sqrt(abs(a * d - b * c))


def paints(pdf: pikepdf.Pdf) -> tuple[Paint, ...]:
    """All ways in which the pages of a PDF are painted. Raises PageError."""
    found: dict[Paint, None] = {}
    for number, page in enumerate(pdf.pages, start=1):
        try:
            for paint in _OperatorReader(number).read(
                page.obj, page.resources, _State((1, 0, 0, 1, 0, 0)), 0
            ):
                found[paint] = None
        except (
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            ArithmeticError,
            RecursionError,
        ) as error:
            # Operands of another number or kind than their operator has: pikepdf's objects refuse
            # in as many ways.
            raise PageError(message("its drawing instructions are invalid"), number) from error
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Instruction:
    """An operator with its operands, and the resources that these may name."""

    operator: str
    operands: list[Any]
    resources: Object

    @property
    def ends_in_name(self) -> bool:
        """Whether its last operand is a name."""
        return bool(self.operands) and isinstance(self.operands[-1], Name)

    def named(self, kind: str, operand: int = 0) -> Object | None:
        """What an operand names among the resources of a kind; None if it is not there."""
        return _lookup(self.resources, kind, self.operands[operand])


@dataclass(slots=True)
class _OperatorReader:
    page: int
    count: int = 0
    bars: list[float] = field(default_factory=list)
    is_bars: bool = True
    fonts: set[tuple[int, int]] = field(default_factory=set)

    def read(
        self, thing: Dictionary | Stream, resources: Object, state: _State, depth: int
    ) -> Iterator[Paint]:
        """What a page, drawing, glyph or tile paints, `depth` drawings deep. Raises PageError."""
        if depth > _DEPTH:
            raise PageError(
                message("its drawings are nested more than {depth} levels deep", depth=_DEPTH),
                self.page,
            )
        self._measure(thing)
        saved: list[_State] = []
        for instruction in pikepdf.parse_content_stream(thing):
            self.count += 1
            if self.count > MAXIMUM_OPERATORS:
                raise PageError(
                    message(
                        "it has more than {most} drawing operators", most=f"{MAXIMUM_OPERATORS:,}"
                    ),
                    self.page,
                )
            one = _Instruction(str(instruction.operator), list(instruction.operands), resources)
            match one.operator:
                case "q":
                    saved.append(state)
                case "Q":
                    state = saved.pop() if saved else state
                case "re" | "m" | "l" | "c" | "v" | "y":
                    self._path(one, state)
                case _:
                    state = _after(one, state)
                    yield from self._painted(one, state, depth)

    def _painted(self, one: _Instruction, state: _State, depth: int) -> Iterator[Paint]:
        """What one instruction paints in a state."""
        match one.operator:
            case operator if operator in _PATHS:
                yield from self._outlined(_PATHS[operator], state)
            case operator if operator in _SHOWN:
                yield from self._text(state)
            case "Tf":
                yield from self._glyphs(one.named("/Font"), state, depth)
            case "scn" | "SCN" if one.ends_in_name:
                yield from self._tiles(one.named("/Pattern", -1), one.resources, depth)
            case "Do":
                yield from self._drawn(one, state, depth)
            case "sh":
                shading = one.named("/Shading")
                space = (
                    shading.get(Name.ColorSpace)
                    if isinstance(shading, Dictionary | Stream)
                    else None
                )
                yield Paint(self.page, "shading", _family(space, one.resources))
            case "INLINE IMAGE":
                yield self._picture(one.operands[0].obj, one.resources, state)

    def _measure(self, thing: Dictionary | Stream) -> None:
        """Refuses content that unfolds to more than is looked at, before it does."""
        contents = thing if isinstance(thing, Stream) else thing.get(Name.Contents)
        for stream in contents if isinstance(contents, Array) else [contents]:
            if isinstance(stream, Stream) and stream.get(Name.Filter) in (
                Name.FlateDecode,
                Array([Name.FlateDecode]),
            ):
                unfolder = zlib.decompressobj()
                try:
                    unfolder.decompress(stream.read_raw_bytes(), MAXIMUM_CONTENT)
                except zlib.error:
                    continue  # the reader reports that it is broken
                if unfolder.unconsumed_tail:
                    raise PageError(
                        message(
                            "it is larger than {size} MB when unpacked",
                            size=MAXIMUM_CONTENT // 1_000_000,
                        ),
                        self.page,
                    )

    def _path(self, one: _Instruction, state: _State) -> None:
        if one.operator == "re":
            width, height = abs(float(one.operands[2])), abs(float(one.operands[3]))
            self.bars.append(min(width, height) * state.scale)
        else:
            self.is_bars = False

    def _outlined(self, how: str, state: _State) -> Iterator[Paint]:
        if "f" in how:
            thin = min(self.bars) if self.bars and self.is_bars else 0.0
            yield Paint(self.page, "fill", *state.fill, state.overprint_fill, round(thin, 3))
        if "s" in how:
            width = round(state.width * state.scale, 3)
            yield Paint(self.page, "stroke", *state.stroke, state.overprint_stroke, width)
        self.bars, self.is_bars = [], True

    def _text(self, state: _State) -> Iterator[Paint]:
        if state.mode in (0, 2, 4, 6):
            yield Paint(self.page, "text", *state.fill, state.overprint_fill)
        if state.mode in (1, 2, 5, 6):
            yield Paint(self.page, "text", *state.stroke, state.overprint_stroke)

    def _drawn(self, one: _Instruction, state: _State, depth: int) -> Iterator[Paint]:
        thing = one.named("/XObject")
        if not isinstance(thing, Stream):
            return
        if thing.get(Name.Subtype) == Name.Image:
            yield self._picture(thing, one.resources, state)
        elif thing.get(Name.Subtype) == Name.Form:
            matrix = _times(_matrix(list(thing.get(Name.Matrix, [1, 0, 0, 1, 0, 0]))), state.matrix)
            inner = thing.get(Name.Resources, one.resources)
            yield from self.read(thing, inner, replace(state, matrix=matrix), depth + 1)

    def _glyphs(self, font: Object | None, state: _State, depth: int) -> Iterator[Paint]:
        """What the glyphs of a Type 3 font paint: they are drawings of their own (ISO 32000-1,
        9.6.5).
        """
        if (
            isinstance(font, Dictionary)
            and font.get(Name.Subtype) == Name.Type3
            and font.objgen not in self.fonts
        ):
            self.fonts.add(font.objgen)
            for glyph in font.CharProcs.values():
                if isinstance(glyph, Stream):
                    yield from self.read(
                        glyph, font.get(Name.Resources, Dictionary()), state, depth + 1
                    )

    def _tiles(self, pattern: Object | None, resources: Object, depth: int) -> Iterator[Paint]:
        """What a tiling pattern paints, in its own coordinates on the page (ISO 32000-1, 8.7.3)."""
        if isinstance(pattern, Stream):
            matrix = _matrix(list(pattern.get(Name.Matrix, [1, 0, 0, 1, 0, 0])))
            yield from self.read(
                pattern, pattern.get(Name.Resources, resources), _State(matrix), depth + 1
            )

    def _picture(self, picture: Any, resources: Object, state: _State) -> Paint:
        """A picture is drawn into the unit square: the matrix says how large that is."""
        a, b, c, d, _, _ = state.matrix
        get = picture.get
        pixels = [
            float(get(long, get(short, 0))) for long, short in (("/Width", "/W"), ("/Height", "/H"))
        ]
        inches = [hypot(a, b) / 72, hypot(c, d) / 72]
        ppi = min(
            (count / length for count, length in zip(pixels, inches, strict=True) if length),
            default=0.0,
        )
        if get("/ImageMask", get("/IM", False)):
            return Paint(self.page, "image", *state.fill, ppi=round(ppi, 1))
        space = get("/ColorSpace", get("/CS"))
        return Paint(self.page, "image", _family(space, resources), ppi=round(ppi, 1))


def _after(one: _Instruction, state: _State) -> _State:
    """The graphics state after an instruction, but for saving and restoring it."""
    match one.operator:
        case "cm":
            return replace(state, matrix=_times(_matrix(one.operands), state.matrix))
        case "w":
            return replace(state, width=float(one.operands[0]))
        case "Tr":
            return replace(state, mode=int(one.operands[0]))
        case "gs":
            return _with_state(state, one.named("/ExtGState"))
        case _:
            return _with_colour(state, one)


def _with_colour(state: _State, one: _Instruction) -> _State:
    operator, operands = one.operator.lower(), one.operands
    side = "stroke" if one.operator.isupper() else "fill"
    if operator in _DEVICES:
        family = _family(Name(f"/{_DEVICES[operator]}"), one.resources)
        return replace(state, **{side: (family, _numbers(operands))})  # type: ignore[arg-type]
    if one.operator in ("cs", "CS"):
        return replace(state, **{side: (_family(operands[0], one.resources), ())})  # type: ignore[arg-type]
    if operator in ("sc", "scn"):
        space, _ = state.stroke if side == "stroke" else state.fill
        if space == "Pattern" and one.ends_in_name:
            pattern = one.named("/Pattern", -1)
            shading = (
                pattern.get(Name.Shading) if isinstance(pattern, Dictionary | Stream) else None
            )
            if shading is not None:
                space = _family(shading.get(Name.ColorSpace), one.resources)
        return replace(state, **{side: (space, _numbers(operands))})  # type: ignore[arg-type]
    return state


def _with_state(state: _State, changes: Object | None) -> _State:
    if not isinstance(changes, Dictionary):
        return state
    stroke = bool(changes.get(Name.OP, state.overprint_stroke))
    fill = bool(changes.get(Name("/op"), changes.get(Name.OP, state.overprint_fill)))
    return replace(
        state,
        overprint_fill=fill,
        overprint_stroke=stroke,
        width=float(changes.get(Name.LW, state.width)),
    )


def _family(space: Object | None, resources: Object) -> str:
    """The kind of a colour space; of one made on another (Indexed), that one's."""
    if isinstance(space, Name):
        return _named_family(space, resources)
    if isinstance(space, Array) and len(space):
        kind = str(space[0])[1:]
        if kind == "ICCBased":
            return f"ICCBased-{int(space[1].get(Name.N, 0))}"
        if kind in ("Indexed", "I") and len(space) > 1:
            return _family(space[1], resources)
        return kind
    return "none" if space is None else "unknown"


def _named_family(space: Name, resources: Object) -> str:
    """The kind of a colour space by its name: one of the resources, or a device's, for which these
    may have another.
    """
    named = _lookup(resources, "/ColorSpace", space)
    if named is not None and named != space:
        return _family(named, resources)
    name = str(space)
    if name.startswith("/Device"):
        default = _lookup(resources, "/ColorSpace", Name(f"/Default{name[7:]}"))
        if default is not None:
            return _family(default, resources)
    return _SHORT.get(name, name[1:])


def _lookup(resources: Object, kind: str, name: Object) -> Object | None:
    table = resources.get(kind) if isinstance(resources, Dictionary) else None
    return table.get(str(name)) if isinstance(table, Dictionary) else None


def _numbers(operands: list[Any]) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in operands if not isinstance(value, Name))


def _matrix(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands[:6])
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
