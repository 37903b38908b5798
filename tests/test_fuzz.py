"""A short, fixed run of the fuzzing harness; the long one is python -m tests.fuzz."""

import io
import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from reportcard.errors import FaultError
from reportcard.outputs.outlines import read_outlines
from reportcard.page.fonts import font_fault, font_file

from . import foreign
from .conftest import PATIENCE, ROOT
from .damage import _zip_odd, damaged, repaired
from .foreign import Way
from .fuzz import run
from .structures import odd_json
from .structures_packed import packed
from .structures_written import written


@pytest.mark.slow
def test_mutated_content_never_breaks_the_program() -> None:
    tried, slowest = run(30, 20261124)
    assert tried >= 30
    assert slowest < PATIENCE


@pytest.mark.slow
def test_damaged_files_of_other_programs_never_break_a_reader(tmp_path: Path) -> None:
    """In a process without threads: readers are forked from it."""
    command = [sys.executable, "-m", "tests.fuzz", "300", "20261128", "outside"]
    around = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    done = subprocess.run(
        command, cwd=tmp_path, env=around, capture_output=True, text=True, timeout=PATIENCE * 4
    )
    assert done.returncode == 0, done.stdout
    assert " 0 faults" in done.stdout


def _odd(data: bytes, _: str) -> None:
    if data.startswith(b"a"):
        raise RuntimeError
    if data.startswith(b"b"):
        Path("/nowhere/elsewhere").mkdir()
    if data.startswith(b"c"):
        raise SystemExit


_AREA = b"""{"type": "FeatureCollection", "features": [{"type": "Feature", "properties":
 {"name": "Peru"}, "geometry": {"type": "Polygon", "coordinates":
 [[[-80, -10], [-79, -10], [-79, -9], [-80, -10]]]}}]}"""


def test_damaged_files_are_read_in_a_batch_and_each_fault_is_counted(tmp_path: Path) -> None:
    """The harness finds what it is for: an exception, a file written elsewhere, an end."""
    whole = [letter * 400 for letter in (b"a", b"b", b"c", b"d")]
    ways = (Way("odd", whole, _odd), Way("outlines.json", (_AREA,), lambda data, _: _read(data)))
    account = foreign.run(ways, 60, 7, tmp_path / "kept", tmp_path)
    assert account.tried == 60
    assert {name for name, _ in account.faults} == {"odd"}
    kinds = {what.split()[0] for _, what in account.faults}
    assert {"RuntimeError", "does:", "SystemExit"} <= kinds
    assert any((tmp_path / "kept").iterdir())


def _read(data: bytes) -> object:
    return read_outlines(data)


def test_the_same_seed_damages_the_same_files() -> None:
    one, other = (damaged(b"a 12 b" * 90, (b"c" * 50,), random.Random(3)) for _ in range(2))
    assert one == other != b"a 12 b" * 90


@pytest.mark.parametrize("seed", range(8))
def test_odd_structures_leave_the_zip_and_its_xml_sound(seed: int) -> None:
    """The readers within are reached, and what doubles stays small."""
    whole = (ROOT / "tests/data/scores-es.xlsx").read_bytes()
    odd = _zip_odd(whole, (whole,), random.Random(seed))
    with zipfile.ZipFile(io.BytesIO(odd)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert odd != whole
    assert parts.keys() == {*zipfile.ZipFile(io.BytesIO(whole)).namelist()}
    for name, part in parts.items():
        if name.endswith(".xml"):
            etree.fromstring(part, etree.XMLParser(huge_tree=True))


def test_json_with_odd_structures_is_json() -> None:
    made = [odd_json(b'{"a": [1, {"b": "c"}]}', (), random.Random(seed)) for seed in range(20)]
    assert len({json.dumps(json.loads(one)) for one in made}) > 10


def _picture(kind: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (9, 9)).save(target, kind)
    return target.getvalue()


_SOUND = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><path d="M0 0"/></g></svg>',
    "po": b'msgid ""\nmsgstr "Language: es\\n"\n\n#: a:1\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"\n',
    "csv": b"a;b;c\n1,5;2;3\n",
    "yaml": b"from: en\nfields:\n  a: [1, b]\n",
    "profile": bytes(36) + b"acsp" + bytes(88) + b"\0\0\0\1desc\0\0\0\x90\0\0\0\4desc",
    **{kind: _picture(kind) for kind in ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")},
}


@pytest.mark.parametrize("kind", _SOUND)
def test_each_kind_has_odd_structures_of_its_own(kind: str) -> None:
    """Many different ones, that still begin as the kind does; a PNG has its sums right."""
    whole = _SOUND[kind]
    make = packed(whole) or written(whole)
    assert make
    odd = [make(whole, (whole,), random.Random(seed)) for seed in range(10)]
    assert len(set(odd)) > 5
    if kind == "svg":
        assert all(etree.fromstring(one).tag for one in odd)
    if kind == "PNG":
        assert all(one == repaired(one) for one in odd)
    if kind == "profile":
        assert all(int.from_bytes(one[:4]) == len(one) for one in odd)


def test_a_whole_file_that_is_refused_is_a_fault(tmp_path: Path) -> None:
    """What refuses all files would be tested by none."""

    def refuse(_: bytes, __: str) -> None:
        raise FaultError("no")

    way = Way("odd", (b"a" * 50,), refuse)
    account = foreign.run((way,), 3, 7, tmp_path / "kept", tmp_path)
    assert [what for _, what in account.faults] == ["whole file refused"]


def test_a_font_with_a_table_whose_name_is_not_ascii_is_refused() -> None:
    """Its sums may be right: the engine reads the name as text."""
    whole = font_file(None, "SourceSansPro-Regular.ttf").read_bytes()
    assert font_fault(repaired(whole)) is None
    odd = repaired(whole[:12] + b"\xb8" + whole[13:])
    assert "was changed" in str(font_fault(odd))
