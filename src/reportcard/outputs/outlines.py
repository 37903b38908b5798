"""Outlines of countries from a file: GeoJSON (RFC 7946) or TopoJSON 1.0, without their holes."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, isfinite
from types import MappingProxyType
from typing import Any, Final

from reportcard.messages.message import message

#: A point on the map: degrees of longitude and latitude, or mm to the right and down.
Point = tuple[float, float]
Ring = tuple[Point, ...]

#: More points than any file of countries has that is meant for a small map; Natural Earth's most
#: detailed one, at 1:10 million, has 550,000.
MAXIMUM_POINTS: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Territory:
    """A country or another unit of a file: its rings in degrees of longitude and latitude."""

    properties: Mapping[str, str]
    """What the file says of it: its properties, and its id as `id`."""
    rings: tuple[Ring, ...]

    @property
    def box(self) -> tuple[Point, Point]:
        """The south-western and north-eastern corners, in degrees."""
        points = [point for ring in self.rings for point in ring]
        east, north = (max(point[axis] for point in points) for axis in (0, 1))
        west, south = (min(point[axis] for point in points) for axis in (0, 1))
        return (west, south), (east, north)

    def beside(self, longitude: float) -> "Territory":
        """The same outline with each ring on the side of the 180th meridian that is nearer to a
        longitude: Chukotka lies east of Siberia.
        """
        return Territory(self.properties, tuple(_nearer(ring, longitude) for ring in self.rings))


def read_outlines(data: bytes) -> tuple[Territory, ...]:
    """The outlines of a file, in its order. What has no area, cities and rivers, is left out.

    Raises ValueError if the bytes are not GeoJSON or TopoJSON, or have too many points.
    """
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        raise ValueError(message("it is not a JSON file")) from None
    try:
        found = tuple(_outlines(root))
    except (KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError):
        raise ValueError(message("it is not valid GeoJSON or TopoJSON")) from None
    if not found:
        raise ValueError(message("it is not a GeoJSON or TopoJSON file with polygons"))
    return found


def simplified(ring: Ring, tolerance: float) -> Ring:
    """A ring without the points that lie less than `tolerance` from the line between those kept:
    the method of Douglas and Peucker (1973).
    """
    kept = {0, len(ring) - 1}
    spans = [(0, len(ring) - 1)]
    while spans:
        first, last = spans.pop()
        far = max(
            range(first + 1, last),
            key=lambda at: _distance(ring[at], ring[first], ring[last]),
            default=first,
        )
        if far != first and _distance(ring[far], ring[first], ring[last]) > tolerance:
            kept.add(far)
            spans += [(first, far), (far, last)]
    return tuple(ring[at] for at in sorted(kept))


def cut_to(ring: Ring, width: float, height: float) -> Ring:
    """What of a ring lies between the origin and a corner: the method of Sutherland and Hodgman
    (1974).
    """
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        inside: list[Point] = []
        for here, there in pairwise((*ring, *ring[:1])):
            depth, other = sign * (here[axis] - limit), sign * (there[axis] - limit)
            if depth >= 0:
                inside.append(here)
            if (depth >= 0) != (other >= 0):
                part = depth / (depth - other)
                crossing = [one + part * (two - one) for one, two in zip(here, there, strict=True)]
                crossing[axis] = limit
                inside.append((crossing[0], crossing[1]))
        ring = tuple(inside)
    return ring


def area(ring: Ring) -> float:
    """The area inside a ring, in the square of its unit."""
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise((*ring, *ring[:1])))) / 2


def _nearer(ring: Ring, longitude: float) -> Ring:
    # A ring that crosses the 180th meridian without being cut there jumps from one side to the
    # other.
    if max(x for x, _ in ring) - min(x for x, _ in ring) > 180:
        ring = tuple((x + 360 if x < 0 else x, y) for x, y in ring)
    middle = (max(x for x, _ in ring) + min(x for x, _ in ring)) / 2
    turns = round((longitude - middle) / 360) * 360
    return tuple((x + turns, y) for x, y in ring)


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (a, b), (c, d) = point, start, end
    length = (c - a) ** 2 + (d - b) ** 2
    part = ((x - a) * (c - a) + (y - b) * (d - b)) / length if length else 0.0
    part = min(max(part, 0.0), 1.0)
    return hypot(x - a - part * (c - a), y - b - part * (d - b))


def _outlines(root: Any) -> Iterator[Territory]:
    points = _Counted()
    if root["type"] == "Topology":
        arcs = tuple(_arc(arc, root.get("transform"), points) for arc in root["arcs"])

        def ring_of(indexes: Sequence[int]) -> Ring:
            points.add(sum(len(arcs[index if index >= 0 else ~index]) for index in indexes))
            return _joined(arcs, indexes)

        for collection in root["objects"].values():
            for geometry in collection.get("geometries", [collection]):
                yield from _outline(geometry, geometry, "arcs", ring_of)
        return

    def ring_from(positions: Sequence[Sequence[float]]) -> Ring:
        return tuple(points.position(one) for one in positions)

    for feature in root["features"] if root["type"] == "FeatureCollection" else [root]:
        geometry = feature["geometry"] if feature["type"] == "Feature" else feature
        yield from _outline(feature, geometry or {}, "coordinates", ring_from)


def _outline(
    feature: Mapping[str, Any], geometry: Mapping[str, Any], key: str, ring: Callable[[Any], Ring]
) -> Iterator[Territory]:
    """A feature's outline, if it is an area."""
    parts = list(_parts(geometry, key))
    rings = tuple(found for outer in parts if len(found := ring(outer)) > 3)
    if rings:
        named = {**(feature.get("properties") or {}), "id": feature.get("id")}
        texts = {key: str(value) for key, value in named.items() if isinstance(value, str | int)}
        yield Territory(MappingProxyType(texts), rings)


def _parts(geometry: Mapping[str, Any], key: str) -> Iterator[Any]:
    """The outer rings of a geometry: of each polygon the first."""
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        for one in geometry["geometries"]:
            yield from _parts(one, key)
    elif kind in ("Polygon", "MultiPolygon"):
        polygons = geometry[key] if kind == "MultiPolygon" else [geometry[key]]
        yield from (polygon[0] for polygon in polygons if polygon)


def _arc(arc: Any, transform: Any, points: "_Counted") -> Ring:
    """An arc of a topology in degrees: with a transform, each point is the step from the last."""
    if not transform:
        return tuple(points.position(one) for one in arc)
    scale, origin = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        found.append(points.position((origin[0] + x * scale[0], origin[1] + y * scale[1])))
    return tuple(found)


def _joined(arcs: Sequence[Ring], indexes: Sequence[int]) -> Ring:
    """Arcs in a row, each without the point that it shares with the last; a negative index is an
    arc backwards.
    """
    found: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        found.extend(arc[1:] if found else arc)
    return tuple(found)


class _Counted:
    """Counts points, so that a file cannot take the memory of the machine."""

    def __init__(self) -> None:
        self._count = 0

    def add(self, count: int) -> None:
        """So many points more; those of an arc count again in each outline that it is part of."""
        self._count += count
        if self._count > MAXIMUM_POINTS:
            raise ValueError(message("it has more than {limit} points", limit=MAXIMUM_POINTS))

    def position(self, given: Sequence[float]) -> Point:
        """A position of longitude and latitude; a height is left out."""
        self.add(1)
        x, y = given[0], given[1]
        if isinstance(x, str) or isinstance(y, str):
            raise TypeError
        x, y = float(x), float(y)
        if not (isfinite(x) and abs(x) <= 540 and abs(y) <= 90):
            raise ValueError(message("its coordinates are not longitudes and latitudes (WGS 84)"))
        return x, y
