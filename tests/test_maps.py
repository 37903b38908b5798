"""Locator maps: files of outlines, which country is found in them, what is drawn."""

import json
import re
from collections.abc import Callable
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

import pytest

from reportcard.errors import ExitCode, ReportCardError
from reportcard.outputs import outlines
from reportcard.outputs.maps import draw_map
from reportcard.outputs.outlines import (
    Territory,
    area,
    cut_to,
    read_outlines,
    simplified,
)

from .conftest import Copy

Run = Callable[..., tuple[int, str, str]]
Square = list[list[float]]


def square(west: float, south: float, side: float = 10) -> Square:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(ring: Square, **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


#: Peru and its neighbors as squares, each with its name in another way; Belarus has the code of
#: Bolivia in another standard.
WORLD = collection(
    feature(square(-80, -15), ISO_A2="PE", NAME="Peru"),
    feature(square(-70, 0), ISO_A3="COL", NAME="Colombia"),
    feature(square(-60, -20, 20), iso_a2="-99", name="Brasil"),
    {**feature(square(-90, -5)), "id": "ECU"},
    feature(square(20, 50), FIPS_10="BO", NAME="Belarus"),
    feature(square(-70, -25), ADMIN="Bolivia (Plurinational State of)"),
    feature(square(-70, -36), NAME="Chile"),
)


def paths(svg: str) -> dict[str, list[list[tuple[float, float]]]]:
    """The rings of a map, by the token of their color."""
    return {
        colour: [
            [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", ring)]
            for ring in drawn.split("M")[1:]
        ]
        for colour, drawn in re.findall(r'fill="var\(--([a-z-]+)\)" d="([^"]+)"', svg)
    }


@pytest.mark.long
def test_the_country_stands_out_among_the_others_of_the_publication(copy: Copy) -> None:
    svg, problems = draw_map(copy.workspace, "peru", read_outlines(WORLD))
    assert problems == ()
    drawn = paths(svg)
    assert {colour: len(rings) for colour, rings in drawn.items()} == {
        "muted": 1,  # Chile; Belarus is out of the frame
        "bar": 4,
        "bright-gold": 1,
    }
    width, height = map(float, re.findall(r'(?:width|height)="([\d.]+)mm"', svg))
    assert max(width, height) == 46
    for rings in drawn.values():
        for x, y in (point for ring in rings for point in ring):
            assert -0.01 <= x <= width + 0.05
            assert -0.01 <= y <= height + 0.05
    # North is up: Colombia, a bar, lies above Peru
    top = min(y for ring in drawn["bar"] for _, y in ring)
    assert top < min(y for _, y in drawn["bright-gold"][0])


@pytest.mark.long
def test_names_the_file_has_are_offered_and_one_is_taken(copy: Copy) -> None:
    found = read_outlines(
        collection(feature(square(0, 0), NAME="Piruw"), feature(square(9, 0), NAME="Norte"))
    )
    with pytest.raises(ReportCardError, match="no outline") as refused:
        draw_map(copy.workspace, "peru", found)
    assert refused.value.code is ExitCode.USAGE
    assert "Norte, Piruw" in str(refused.value.advice)
    svg, _ = draw_map(copy.workspace, "peru", found, "Piruw")
    assert list(paths(svg)) == ["muted", "bright-gold"]


@pytest.mark.long
def test_a_topology_and_a_collection_draw_the_same_map(copy: Copy) -> None:
    features = read_outlines(collection(feature(square(-80, -15), name="Peru")))
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [-80, -15]},
        "arcs": [[[0, 0], [20, 0], [0, 20]], [[0, 0], [0, 20], [20, 0]]],
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, -2]], "properties": {"name": "Peru"}}
                ],
            }
        },
    }
    (found,) = read_outlines(json.dumps(topology).encode())
    assert found.rings == features[0].rings
    assert draw_map(copy.workspace, "peru", [found]) == draw_map(copy.workspace, "peru", features)


def test_a_country_across_the_180th_meridian_is_in_one_piece() -> None:
    islands = Territory(
        {}, (tuple(map(tuple, square(178, -20, 2))), tuple(map(tuple, square(-180, -20, 1))))
    )  # type: ignore[arg-type]
    (west, _), (east, _) = islands.beside(178).box
    assert (west, east) == (178, 181)
    crossing = ((179.0, 0.0), (-179.0, 0.0), (-179.0, 2.0), (179.0, 2.0), (179.0, 0.0))
    (west, _), (east, _) = Territory({}, (crossing,)).beside(179).box
    assert (west, east) == (179, 181)


def test_points_on_a_line_are_left_out_and_corners_stay() -> None:
    line = tuple((step / 10, 0.001 * (step % 2)) for step in range(11))
    assert simplified((*line, (1.0, 1.0)), 0.01) == ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))


def test_what_is_outside_the_frame_is_cut_off() -> None:
    ring = ((-1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (-1.0, 3.0))
    assert area(cut_to(ring, 2, 2)) == pytest.approx(2)
    assert cut_to(tuple((x + 9, y) for x, y in ring), 2, 2) == ()


@pytest.mark.long
def test_a_map_is_small_and_as_exact_as_print_is(copy: Copy) -> None:
    fine = [[-80 + 5 * (1 + 0.2 * (n % 2)) * (n / 4000), -15 + n / 400] for n in range(4000)]
    svg, _ = draw_map(
        copy.workspace,
        "peru",
        read_outlines(collection(feature([*fine, [-90, -10], fine[0]], name="Peru"))),
    )
    assert len(svg) < 60_000
    (ring,) = paths(svg)["bright-gold"]
    assert all(hypot(x - u, y - v) > 0.001 for (x, y), (u, v) in pairwise(ring))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04", "it is not a JSON file"),
        (b"[" * 100_000, "it is not a JSON file"),
        (b"[]", "it is not valid GeoJSON or TopoJSON"),
        (
            b'{"type": "Topology", "objects": {}, "arcs": [[[0, 0]]],'
            b' "transform": {"scale": [1], "translate": [0, 0]}}',
            "it is not valid GeoJSON or TopoJSON",
        ),
        (b'{"type": "FeatureCollection"}', "it is not valid GeoJSON or TopoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "not a GeoJSON or TopoJSON file with"),
        (
            collection({"type": "Feature", "geometry": {"type": "Point", "coordinates": [0, 0]}}),
            "not a GeoJSON or TopoJSON file with",
        ),
        (
            collection(feature([[500000, 8000000], [500001, 8000000], [500001, 8000001], [0, 0]])),
            "not longitudes and latitudes",
        ),
        (collection(feature(["\u202e", [1, 1], [1, 0], [0, 0]])), "it is not valid GeoJSON"),
        (collection(feature([[0, 0], [float("nan"), 1], [1, 1], [0, 0]])), "not longitudes"),
        (
            b'{"type": "Topology", "arcs": [], "objects": {"a": {"type": "Polygon", '
            b'"arcs": [[7]]}}}',
            "it is not valid",
        ),
    ],
)
def test_a_file_without_outlines_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_outlines(data)


@pytest.mark.parametrize("is_named_often", [False, True])
def test_a_file_with_too_many_points_is_refused(
    monkeypatch: pytest.MonkeyPatch, *, is_named_often: bool
) -> None:
    """Also if they are few, of an arc that an outline has many times."""
    monkeypatch.setattr(outlines, "MAXIMUM_POINTS", 10_000)
    arcs, often = (1, 20) if is_named_often else (20, 1)
    shape = {"type": "Polygon", "arcs": [[0] * often]}
    ring = {"type": "Topology", "arcs": [[[0, 0]] * 1000] * arcs, "objects": {"a": shape}}
    with pytest.raises(ValueError, match="more than"):
        read_outlines(json.dumps(ring).encode())


@pytest.mark.long
def test_a_map_is_written_once_and_replaced_only_if_asked(
    copy: Copy, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "world.geojson"
    file.write_bytes(WORLD)
    there = ("--workspace", str(copy.root))
    code, out, err = run("map", "peru", str(file), *there)
    assert code == ExitCode.OK
    assert out.strip().endswith("figures/maps/peru.svg")
    assert "license" in err
    target = copy.root / "figures/maps/peru.svg"
    drawn = target.read_bytes()
    target.write_text("mine")
    code, _, err = run("map", "peru", str(file), *there)
    assert (code, target.read_text()) == (ExitCode.USAGE, "mine")
    assert "already exists" in err
    assert run("map", "peru", str(file), "--replace", *there)[0] == ExitCode.OK
    assert target.read_bytes() == drawn


@pytest.mark.long
@pytest.mark.parametrize("name", ["../../escaped", "nowhere", "scoreboard"])
def test_only_a_country_with_scores_has_a_map(
    copy: Copy, run: Run, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "world.geojson"
    file.write_bytes(WORLD)
    code, _, err = run("map", name, str(file), "--workspace", str(copy.root))
    assert code == ExitCode.USAGE
    assert "there is no country" in err
    assert not list(tmp_path.rglob("*.svg")) or not (tmp_path / "escaped.svg").exists()


def test_a_file_that_is_not_a_map_is_one_line(copy: Copy, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "world.geojson"
    file.write_bytes(b"not a map")
    code, _, err = run("map", "peru", str(file), "--workspace", str(copy.root))
    assert code == ExitCode.UNREADABLE
    assert err.startswith(f"error: {file} cannot be read: it is not a JSON file.")
