"""The same content and tools give the same files, whatever differs around them; each says what it
was made from.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import ChainMap
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

import pikepdf
import pytest

from reportcard.build import verify
from reportcard.build.manifest import Record, digest, dumped, read_manifest
from reportcard.build.pipeline import build
from reportcard.build.publish import publish
from reportcard.build.request import Order
from reportcard.errors import ExitCode
from reportcard.workspace.card_files import file_name
from reportcard.workspace.media import Medium
from reportcard.workspace.store import Store

from .conftest import ROOT, Built, Copy, brief_workspace, drawings

# What is verified is set and written anew, as the program does
pytestmark = pytest.mark.set_anew

Run = Callable[..., tuple[int, str, str]]

#: Sets the clock of a Python process to another day, as a machine whose clock is wrong, and makes
#: random ids fail.
_CLOCK = """
import datetime, time, uuid
shift = {shift}
real, real_local, real_gmt = time.time, time.localtime, time.gmtime
time.time = lambda: real() + shift
time.localtime = lambda seconds=None: real_local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: real_gmt(time.time() if seconds is None else seconds)
class Day(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)
datetime.datetime = Day
"""
#: What differs between the builds: environment, mask of rights, user, days that the clock is off.
DIFFERENCES: list[dict[str, object]] = [
    {"TZ": "America/Lima"},
    {"TZ": "Pacific/Kiritimati", "days": 1},
    {"LC_ALL": "C"},
    {"LC_ALL": "es_PE.UTF-8", "LANG": "es_PE.UTF-8", "LANGUAGE": "es"},
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "4242"},
    {"umask": 0o077},
    {"USER": "someone", "LOGNAME": "someone", "prefix": "unshare --user --map-user=1234"},
    {"days": 4000},
    {"days": -9000, "TZ": "Asia/Kathmandu"},
    {"HOME": "/nonexistent", "OMP_NUM_THREADS": "1", "COLUMNS": "20", "NO_COLOR": "1"},
]
#: Which of them come together: all of them in three builds, and each alone in the thorough run.
TOGETHER = [(0, 2, 4, 6, 8), (1, 3, 5, 7), (9, 10)]


def made(
    folder: Path, difference: dict[str, object], languages: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, Record]]:
    """The sha256 of every file of a build in a folder of its own, where something differs, and the
    records of its manifest.
    """
    copy = brief_workspace(folder / "a workspace")
    clock = folder / "clock"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(
        _CLOCK.format(shift=int(str(difference.get("days", 0))) * 86_400), encoding="utf-8"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{clock}:{ROOT / 'src'}"}
    environment |= {name: str(value) for name, value in difference.items() if name.isupper()}
    prefix = str(difference.get("prefix", "")).split()
    if prefix and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        # A machine without user namespaces: another name in the environment is what is left.
        prefix = []
    options = [f"--edition={medium}" for medium in Medium]
    options += [f"--language={language}" for language in languages]
    command = [
        *prefix,
        sys.executable,
        "-m",
        "reportcard",
        "build",
        "peru",
        *options,
        "--workspace",
        str(copy.root),
    ]
    mask = int(str(difference.get("umask", -1)))
    done = subprocess.run(
        command, cwd=folder, env=environment, umask=mask, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return sums(copy), read_manifest((copy.root / "output/manifest.json").read_bytes())


def sums(copy: Copy) -> dict[str, str]:
    return {
        path.name: digest(path.read_bytes())
        for path in (copy.root / "output").iterdir()
        if path.name[0] != "."
    }


@pytest.mark.parametrize(
    "differences",
    [
        pytest.param(TOGETHER, id="together"),
        pytest.param(
            [(number,) for number in range(len(DIFFERENCES))],
            id="each alone",
            marks=pytest.mark.thorough,
        ),
    ],
)
def test_builds_give_the_same_files_whatever_differs_around_them(
    brief_built: Built, tmp_path: Path, differences: list[tuple[int, ...]]
) -> None:
    assert {number for some in differences for number in some} == set(range(len(DIFFERENCES)))
    folders = [tmp_path / f"build {number}" for number in range(len(differences))]
    for folder in folders:
        folder.mkdir()
    around = [dict(ChainMap(*(DIFFERENCES[one] for one in some))) for some in differences]
    # All that can differ is in the files of one language; the first build has those of both
    languages = [(), *repeat(("es",), len(differences) - 1)]
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(made, folders, around, languages))
    mine = sums(brief_built.copy)
    assert len(mine) == 7
    assert told[0][0] == mine, around[0]
    records = read_manifest((brief_built.copy.root / "output/manifest.json").read_bytes())
    for (one, recorded), difference in zip(told, around, strict=True):
        assert len(recorded) in (3, 6)
        assert recorded == {name: records[name] for name in recorded}, difference
        assert one == {name: mine[name] for name in recorded} | {
            "manifest.json": digest(dumped(recorded))
        }, difference


@pytest.mark.parametrize("medium", Medium)
def test_no_path_of_the_machine_is_in_a_file(built: Built, medium: Medium) -> None:
    data = built.pdf("en", medium).read_bytes()
    with pikepdf.open(built.pdf("en", medium)) as pdf:
        parts = [data]
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                parts.append(thing.read_bytes())
            parts.append(thing.unparse() if not isinstance(thing, pikepdf.Stream) else b"")
    everything = b"".join(parts)
    for place in (
        str(built.copy.root),
        str(ROOT),
        str(Path.home()),
        "/usr/",
        "file://",
        "report.invalid",
    ):
        assert place.encode() not in everything, place


@pytest.mark.slow
def test_the_date_is_the_edition_s_or_the_one_that_is_asked_for(
    brief: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    outcome = build(brief.workspace, Order(brief.root / "output", languages=("en",)))
    with pikepdf.open(outcome.written[0]) as pdf, pdf.open_metadata() as xmp:
        assert xmp["xmp:CreateDate"] == "1970-01-02T00:00:00Z"


@pytest.mark.long
def test_a_date_that_is_none_is_refused(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    code, _, err = run("build", "--workspace", str(copy.root))
    assert code == ExitCode.USAGE
    assert "SOURCE_DATE_EPOCH" in err


# --- the manifest ---------------------------------------------------------------------------------


def test_the_manifest_tells_what_each_file_was_made_from(built: Built) -> None:
    output = built.copy.root / "output"
    told = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert sorted(told) == sorted(path.name for path in built.outcome.written)
    for name, record in told.items():
        assert record["sha256"] == hashlib.sha256((output / name).read_bytes()).hexdigest()
        assert record["pages"] == 13
        for path, sha in record["inputs"].items():
            if (built.copy.root / path).is_file():
                assert hashlib.sha256((built.copy.root / path).read_bytes()).hexdigest() == sha
        assert f"content/peru/{record['language']}.yaml" in record["inputs"]
        assert {
            "styles/gold/tokens.yaml",
            "figures/cover.svg",
            "content/bolivia/scores.yaml",
            "styles/gold/fonts/SourceSansPro-Bold.ttf",
        } <= set(record["inputs"])
        assert record["tools"]["weasyprint"] == "70.0"
        assert record["tools"]["pango"].count(".") == 2
        assert record["fonts"]["SourceSansPro-Regular.ttf"] == "2.020"
    assert "profile:default_cmyk.icc" in told["peru-report-card-es-print.pdf"]["inputs"]


def test_a_place_of_the_manifest_is_where_the_text_stands(built: Built) -> None:
    import pypdfium2

    told = json.loads((built.copy.root / "output/manifest.json").read_text(encoding="utf-8"))[
        "files"
    ]["peru-report-card-es.pdf"]
    (spot,) = [
        one
        for one in told["places"]
        if one["field"] == "peru/recommendations.mercury-controls.title"
    ][1:] or [
        next(
            one
            for one in told["places"]
            if one["field"] == "peru/recommendations.mercury-controls.title"
        )
    ]
    number, left, top, width, height = spot["boxes"][0]
    text = pypdfium2.PdfDocument(built.pdf("es"))[number - 1].get_textpage()
    point = 72 / 25.4
    found = text.get_text_bounded(
        left * point, 841.89 - (top + height) * point, (left + width) * point, 841.89 - top * point
    )
    assert "insumos químicos" in found
    assert spot["source"].startswith("content/peru/es.yaml:")


def test_a_manifest_keeps_what_it_says_of_other_files(built: Built, tmp_path: Path) -> None:
    records = read_manifest((built.copy.root / "output/manifest.json").read_bytes())
    one, other, gone = (
        "peru-report-card-en.pdf",
        "peru-report-card-es.pdf",
        "peru-report-card-es-print.pdf",
    )
    publish(tmp_path, {one: b"1", gone: b"3"}, {one: records[one], gone: records[gone]})
    (tmp_path / gone).unlink()
    publish(tmp_path, {other: b"2"}, {other: records[other]})
    assert read_manifest((tmp_path / "manifest.json").read_bytes()) == {
        one: records[one],
        other: records[other],
    }


#: A manifest that is whole but for the last entry, which takes the place of an earlier one.
WRONG = (
    b'{"format": 1, "files": {"a.pdf": {"sha256": "", "country": "", "language": "", "edition": "",'
    b' "date": "", "pages": 1, "inputs": {}, "tools": {}, "fonts": {}, "places": [], %s}}}'
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": 1, "files": []}',
        b'{"format": 99, "files": {}}',
        b"[" * 5000,
        WRONG % b'"inputs": null',
        WRONG % b'"inputs": {"a": 1}',
        WRONG % b'"pages": "13"',
        WRONG
        % b'"places": [{"id": "a", "field": "b", "source": "c", "boxes": [[1e999, 1, 1, 1, 1]]}]',
    ],
)
def test_a_manifest_that_is_damaged_is_written_anew(data: bytes) -> None:
    assert read_manifest(data) == {}


def test_a_manifest_is_read_as_it_was_written(built: Built) -> None:
    data = (built.copy.root / "output/manifest.json").read_bytes()
    assert dumped(read_manifest(data)) == data


# --- verify ---------------------------------------------------------------------------------------


@pytest.fixture
def published(brief_built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """A copy of the workspace with its output, to be changed. Verified with gauges drawn before."""
    monkeypatch.setattr(verify, "Store", lambda _: Store(drawings()))
    shutil.copytree(
        brief_built.copy.root, tmp_path / "space", ignore=shutil.ignore_patterns(".cache")
    )
    return Copy(tmp_path / "space")


@pytest.mark.parametrize("medium", Medium)
def test_a_file_is_what_its_content_makes(run: Run, published: Copy, medium: Medium) -> None:
    file = published.root / "output" / file_name("peru", "es", medium)
    assert run("verify", str(file)) == (0, f"{file}: matches the content\n", "")


def test_a_file_under_another_name_is_known_by_what_it_bears_inside(
    run: Run, published: Copy, tmp_path: Path
) -> None:
    shutil.copy(
        published.root / "output/peru-report-card-en-print.pdf", tmp_path / "to the printer.pdf"
    )
    code, out, _ = run(
        "verify", str(tmp_path / "to the printer.pdf"), "--workspace", str(published.root)
    )
    assert (code, out) == (0, f"{tmp_path}/to the printer.pdf: matches the content\n")


def test_verify_says_what_differs(run: Run, published: Copy) -> None:
    file = published.root / "output/peru-report-card-es.pdf"
    published.edit("content/peru/es.yaml", "title: Ficha del Perú", "title: Informe del Perú")
    code, out, _ = run("verify", str(file))
    assert code == ExitCode.DIFFERENT
    assert out.splitlines()[1:] == [
        "  content/peru/es.yaml has changed",
        "  pages that differ: 1, 2, 3, 4, 5, 6, 7",
    ]


def test_verify_finds_a_file_that_was_changed_by_hand(run: Run, published: Copy) -> None:
    file = published.root / "output/peru-report-card-en.pdf"
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.pages[4].contents_add(b"0 g 50 50 20 20 re f")
        pdf.save(file)
    code, out, _ = run("verify", str(file))
    assert code == ExitCode.DIFFERENT
    assert "the file was changed after it was built" in out
    assert "pages that differ: 5" in out


def test_verify_tells_other_tools(run: Run, published: Copy) -> None:
    manifest = published.root / "output/manifest.json"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace('"pikepdf": "', '"pikepdf": "0.'),
        encoding="utf-8",
    )
    file = published.root / "output/peru-report-card-en.pdf"
    file.write_bytes(file.read_bytes() + b"\n")
    _, out, _ = run("verify", str(file))
    assert "pikepdf: 0." in out


def test_verify_refuses_what_is_none_of_this_workspace(
    run: Run, published: Copy, tmp_path: Path
) -> None:
    (tmp_path / "other.pdf").write_bytes(b"no pdf")
    code, _, err = run("verify", str(tmp_path / "other.pdf"), "--workspace", str(published.root))
    assert code == ExitCode.UNREADABLE
    assert "is not a file that this workspace produces" in err


def test_verify_looks_at_every_file_and_at_no_password(run: Run, published: Copy) -> None:
    output = published.root / "output"
    with pikepdf.open(output / "peru-report-card-en.pdf", allow_overwriting_input=True) as pdf:
        pdf.save(
            output / "peru-report-card-en.pdf", encryption=pikepdf.Encryption(owner="a", user="b")
        )
    code, out, err = run(
        "verify",
        str(output / "none.pdf"),
        str(output / "peru-report-card-en.pdf"),
        str(output / "peru-report-card-es.pdf"),
    )
    assert code == ExitCode.UNREADABLE
    assert "none.pdf cannot be read" in err
    assert "the file is not a readable PDF" in out
    assert "peru-report-card-es.pdf: matches the content" in out


def test_verify_tells_problems_of_the_content(run: Run, published: Copy) -> None:
    published.edit("content/peru/en.yaml", "title: Peru Report Card", "title:")
    code, _, err = run("verify", str(published.root / "output/peru-report-card-en.pdf"))
    assert code == ExitCode.CONTENT
    assert "cannot be rebuilt" in err
