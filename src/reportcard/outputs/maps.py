"""The locator map of a card, drawn from a file of outlines: this country among the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians
from typing import Final

from reportcard.build.inventory import ReadWorkspace, read_workspace
from reportcard.content.model import House
from reportcard.errors import ExitCode, ReportCardError
from reportcard.language.locales import Tongue, folder_name
from reportcard.language.names import country_code, short_name
from reportcard.messages.message import message
from reportcard.outputs.outlines import (
    Point,
    Ring,
    Territory,
    area,
    cut_to,
    read_outlines,
    simplified,
)
from reportcard.problems.problem import Problem, has_errors
from reportcard.workspace.bounds import UnreadableError, apart
from reportcard.workspace.system import reason
from reportcard.workspace.workspace import Workspace

#: A map's longer side in mm: the width that a card gives it. A style sheet may set it larger.
_SIDE: Final = 46.0
#: The space around the countries, as a part of the longer side.
_MARGIN: Final = 0.06
#: The least space around a country that is alone, so that its neighbors show.
_ALONE: Final = 0.35
#: Half a printed dot of a 150 lpi screen, in mm: nothing smaller is seen.
_TOLERANCE: Final = 0.08
#: The least area of an island in mm², about that of a full stop.
_ISLAND: Final = 0.06
#: Words in the names of properties that hold a country's name: NAME, name_es, ADMIN, country.
_NAMED: Final = ("name", "admin", "country", "title")


@dataclass(frozen=True, slots=True)
class Projection:
    """What of the world a map shows, and how it becomes mm: parallels and meridians are straight,
    and distances are true along the middle parallel (the equirectangular projection).
    """

    west: float
    north: float
    width: float
    height: float
    scale: float
    shrink: float

    def __call__(self, point: Point) -> Point:
        """A point in mm from the upper left corner."""
        longitude, latitude = point
        return (
            (longitude - self.west) * self.shrink * self.scale,
            (self.north - latitude) * self.scale,
        )


def map_of(
    workspace: Workspace, country: str, data: bytes, named: str = ""
) -> tuple[str, tuple[Problem, ...]]:
    """The same as `draw_map`, from a file's bytes, in a process of its own: how long outlines take
    to draw depends on how they wind. Raises UnreadableError if they cannot be read or drawn.
    """
    return apart(_map_of, workspace, country, data, named)


def _map_of(
    workspace: Workspace, country: str, data: bytes, named: str
) -> tuple[str, tuple[Problem, ...]]:
    try:
        outlines = read_outlines(data)
    except ValueError as error:
        raise UnreadableError(reason(error)) from error
    return draw_map(workspace, country, outlines, named)


def draw_map(
    workspace: Workspace, country: str, outlines: Sequence[Territory], named: str = ""
) -> tuple[str, tuple[Problem, ...]]:
    """The SVG of a country's locator map in the colors of the styles; empty, with the problems, if
    the workspace has errors. `named` is the country's name in the file, if it is not recognized.

    Raises ReportCardError (USAGE) if the country has no scores or no outline.
    """
    read = read_workspace(workspace)
    if not isinstance(read, ReadWorkspace) or has_errors(read.shared):
        return "", read.problems
    scores = read.content.scores
    if country not in scores:
        raise ReportCardError(
            message('there is no country "{country}" in content/.', country=country),
            code=ExitCode.USAGE,
            advice=message("Use one of: {values}.", values=tuple(sorted(scores))),
        )
    codes = {one.model.country: name for name, one in scores.items()}
    languages = tuple(read.content.edition.model.languages)
    found = {name: _outline_of(outlines, code, languages) for code, name in codes.items()}
    own = _named(outlines, named) if named else found[country]
    if own is None:
        raise ReportCardError(
            message('the file has no outline of "{country}".', country=named or country),
            code=ExitCode.USAGE,
            advice=message(
                "Specify the name or code that the file uses, for example --name Peru. The file "
                "contains: {names}.",
                names=tuple(sorted(_label(one) for one in outlines))[:12],
            ),
        )
    others = [one for name, one in found.items() if one is not None and name != country]
    return _svg(country, own, others, outlines), ()


def _outline_of(
    outlines: Iterable[Territory], code: str, languages: Sequence[str]
) -> Territory | None:
    """The outline whose ISO 3166 code is a country's; if none is, whose id; else whose name."""
    tongues = [Tongue(language, code, House()) for language in ("en", *languages)]
    names = {folder_name(one.country_name(code)) for one in tongues}

    def has_code(key: str, value: str) -> bool:
        return "iso" in key and value.isupper() and country_code(value, ()) == code

    def has_id(key: str, value: str) -> bool:
        return key == "id" and value.isupper() and country_code(value, ()) == code

    def has_name(key: str, value: str) -> bool:
        is_name = any(word in key for word in _NAMED)
        return is_name and folder_name(short_name(value)) in names

    for fits in (has_code, has_id, has_name):
        for one in outlines:
            if any(fits(key.casefold(), value) for key, value in one.properties.items()):
                return one
    return None


def _named(outlines: Iterable[Territory], name: str) -> Territory | None:
    return next((one for one in outlines if name in one.properties.values()), None)


def _label(outline: Territory) -> str:
    """The name of an outline to choose it by."""
    named = [
        value
        for key, value in outline.properties.items()
        if any(word in key.casefold() for word in _NAMED)
    ]
    return min(named, key=len) if named else outline.properties.get("id", "?")


def _frame(own: Territory, others: Iterable[Territory]) -> Projection:
    """The frame around a country and the others of the publication."""
    boxes = [one.box for one in (own, *others)]
    west, south = (min(low[axis] for low, _ in boxes) for axis in (0, 1))
    east, north = (max(high[axis] for _, high in boxes) for axis in (0, 1))
    shrink = max(cos(radians((north + south) / 2)), 0.1)
    side = max((east - west) * shrink, north - south, 0.01)
    margin = side * (_MARGIN if len(boxes) > 1 else _ALONE)
    scale = _SIDE / (side + 2 * margin)
    return Projection(
        west - margin / shrink,
        north + margin,
        ((east - west) * shrink + 2 * margin) * scale,
        (north - south + 2 * margin) * scale,
        scale,
        shrink,
    )


def _svg(
    country: str, own: Territory, others: list[Territory], outlines: Iterable[Territory]
) -> str:
    longitude = sum(corner[0] for corner in own.beside(own.box[0][0]).box) / 2
    placed = {id(one): one.beside(longitude) for one in outlines}
    frame = _frame(placed[id(own)], [placed[id(one)] for one in others])
    shown = {id(own), *(id(one) for one in others)}
    layers = (
        ("muted", [one for key, one in placed.items() if key not in shown]),
        ("bar", [placed[id(one)] for one in others]),
        ("bright-gold", [placed[id(own)]]),
    )
    paths = "".join(
        f'<path fill="var(--{colour})" d="{drawn}"/>\n'
        for colour, group in layers
        if (drawn := "".join(_path(one, frame) for one in group))
    )
    width, height = f"{frame.width:.1f}", f"{frame.height:.1f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}mm" height="{height}mm">\n<title>{escape(country)}</title>\n'
        f'<g stroke="var(--forest)" stroke-width="0.2" stroke-linejoin="round">\n{paths}</g>\n'
        "</svg>\n"
    )


def _path(outline: Territory, frame: Projection) -> str:
    """The outline in mm, without islands that nobody sees. A country that is itself as small is
    drawn as it is.
    """
    rings = sorted(
        (cut_to(tuple(map(frame, ring)), frame.width, frame.height) for ring in outline.rings),
        key=area,
        reverse=True,
    )
    kept = [ring for number, ring in enumerate(rings) if area(ring) > (number and _ISLAND)]
    return "".join(map(_drawn, filter(None, (_closed(ring) for ring in kept))))


def _closed(ring: Ring) -> Ring:
    """A ring with the points that are seen; none if it is not an area."""
    if len(ring) < 3:
        return ()
    # A line that ends where it begins has no direction: the ring is simplified in two halves.
    half = max(range(len(ring)), key=lambda at: _square(ring[0], ring[at]))
    first = simplified(ring[: half + 1], _TOLERANCE)
    second = simplified((*ring[half:], ring[0]), _TOLERANCE)
    found = (*first[:-1], *second[:-1])
    return found if len(found) > 2 else ()


def _square(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _drawn(ring: Ring) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in ring) + "Z"
