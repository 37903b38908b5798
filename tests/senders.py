"""Whole files of every kind that a workspace gets from outside, and how each is read: what
`foreign` damages.
"""

import base64
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pikepdf
from PIL import Image

from reportcard.build import manifest
from reportcard.build.inventory import SoundWorkspace, read_workspace
from reportcard.checks.drawings import drawing_problems
from reportcard.checks.figures import _palette
from reportcard.content.chart_data import read_chart_data
from reportcard.errors import FaultError
from reportcard.intake.entry import post
from reportcard.intake.receipt import Submission, receive
from reportcard.manuscript import update
from reportcard.manuscript.card import dispatched
from reportcard.manuscript.comments import commented
from reportcard.manuscript.document import document
from reportcard.outputs import maps
from reportcard.outputs.outlines import read_outlines
from reportcard.page.fonts import font_fault, font_file, font_version
from reportcard.page.typeset.engine import engine
from reportcard.pdf.difference import painted_difference
from reportcard.pdf.inspection import inspect
from reportcard.pdf.pixels import picture_fault
from reportcard.pdf.profile import ProfileError, press_profile, system_profiles
from reportcard.problems.problem import Problem, has_errors
from reportcard.review.compare.regard import Regard
from reportcard.review.facts import record, workbook
from reportcard.review.facts.desk import fact_desk
from reportcard.review.facts.standing import judged_sheet
from reportcard.review.facts.verdicts import Signature, taken_sheet
from reportcard.review.facts.workbook import ReturnedFact
from reportcard.review.review import review
from reportcard.review.sides import Couple
from reportcard.review.tell.marked_copy import marked_copy
from reportcard.review.tell.remarks import remarked
from reportcard.review.tell.review_record import FORMAT, Reviewed, Said, read_record
from reportcard.review.tell.sign_off import check_record
from reportcard.review.tell.translator_comments import comments_in
from reportcard.translation import export, merge
from reportcard.translation.confirmation import Confirmation, standings
from reportcard.translation.parcel import parcel
from reportcard.translation.sidecar import read_sidecar
from reportcard.workspace.media import Medium
from reportcard.workspace.replacement import finish_interrupted
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT, Copy
from .foreign import Way

DATA = ROOT / "tests/data"
TODAY = date(2026, 1, 2)


def ways(copy: Copy) -> Iterator[Way]:
    """All kinds, read into a copy of the real workspace."""
    read = read_workspace(copy.workspace)
    assert isinstance(read, SoundWorkspace)
    yield from _tables(read)
    yield from _manuscripts(read)
    yield from _translations(read)
    yield from _facts(read)
    yield from _pictures(read, copy.root)
    yield from _outlines(read)
    yield from _documents(read, copy.root)
    yield from _records(read, copy.root)


# --- what people send -----------------------------------------------------------------------------


def _tables(read: SoundWorkspace) -> Iterator[Way]:
    book, table = (DATA / "scores-es.xlsx").read_bytes(), (DATA / "scores-es.csv").read_bytes()
    long = b'country,category,score\nPeru,A,0.1\nBolivia,B,"0,2"\n'

    def entered(ending: str, data: bytes, name: str) -> None:
        _say(post(read.content, data, name + ending, final=False).problems)

    yield Way("scores.xlsx", (book,), partial(entered, ".xlsx"))
    yield Way("scores.csv", (table, long), partial(entered, ".csv"))


def _manuscripts(read: SoundWorkspace) -> Iterator[Way]:
    words = tuple(file.read_bytes() for file in sorted(DATA.glob("*.docx")))
    sent = document(dispatched(read.content, "peru", "en", has_values=True), "en-PE")

    def received(data: bytes, name: str) -> None:
        _say(receive(read.workspace, read.content, Submission(data, name, "peru", "es")).problems)

    def returned(data: bytes, name: str) -> None:
        submission = Submission(data, name, "peru", "en")
        update.addressee(data, name)
        made = update.compared(read.content, submission, has_values=True)
        _say(update.updated(made, update.acceptable(made), "“”").problems)
        str(commented(data, name, read.content))

    yield Way("manuscript.docx", words, received)
    yield Way("returned.docx", (sent, *words), returned)


def _translations(read: SoundWorkspace) -> Iterator[Way]:
    found, _ = standings(read.workspace, read.content, ("peru",), ("es",))
    sent = parcel(found[0], read.content)
    part = replace(sent, items=sent.items[:40])
    word = Confirmation(kept=False, by="a", on=TODAY.isoformat())

    def merged(data: bytes, name: str) -> None:
        for one in export.read_back(data):
            if (one.scope, one.language) == ("peru", "es"):
                made = merge.merged(read.workspace, read.content, found[0], one, word)
                merge.rejection_report(made.rejected)
        str(comments_in(export.returned_in(data), read.workspace, read.content))

    # The command puts the file's name before the reason
    for kind in ("xliff", "xliff2", "po", "xlsx"):
        if kind in export.exchange_formats():
            files = (export.written(part, kind), export.written(sent, kind))
            yield Way(f"translation.{kind}", files, merged, is_named=False)
    bundle = export.bundle(part, read.content, {})
    yield Way("bundle.zip", (bundle,), merged, is_named=False, is_taken=False)


def _facts(read: SoundWorkspace) -> Iterator[Way]:
    desk = fact_desk(read.workspace, read.content, "peru")
    some = desk.judged.facts[:60]
    rows = [
        ReturnedFact(at, one.fact.id, "verified", "A", "", "", "") for at, one in enumerate(some)
    ]
    done = taken_sheet(desk.judged.sheet, desk.records, rows, Signature(None, "a", TODAY))
    judged = judged_sheet(desk.judged.sheet, done.records)
    book = workbook.dumped(judged, judged.facts[:60], desk.pages)

    def taken(data: bytes, name: str) -> None:
        rows = workbook.read(data, name).rows
        taken_sheet(desk.judged.sheet, desk.records, rows, Signature(None, "a", TODAY))

    def recorded(data: bytes, _: str) -> None:
        path = read.workspace.root / record.records_file("peru")
        path.write_bytes(data)
        try:
            _say(fact_desk(read.workspace, read.content, "peru").problems)
        finally:
            path.unlink()

    yield Way("facts.yaml", (record.dumped(done.records),), recorded)
    yield Way("facts.xlsx", (book,), taken)


# --- what a card shows ----------------------------------------------------------------------------


def _drawn(kind: str, data: bytes) -> None:
    """A picture set on a page and written, as a build does after its checks."""
    shown = base64.b64encode(data).decode()
    html = f'<img src="data:image/{kind};base64,{shown}" style="width: 5cm">'
    engine().HTML(string=html).write_pdf()


def _pictures(read: SoundWorkspace, root: Path) -> Iterator[Way]:
    palette = _palette(read.styles)
    assert palette
    files = sorted((ROOT / "figures").rglob("*.svg"), key=lambda file: file.stat().st_size)

    def drawing(data: bytes, name: str) -> None:
        problems = drawing_problems(data, name, palette)
        _say(problems, name)
        if has_errors(problems):
            raise FaultError(problems[0].message)
        _drawn("svg+xml", data)

    def raster(data: bytes, _: str) -> None:
        if fault := picture_fault(data):
            raise FaultError(fault)
        _drawn("png", data)

    def font(data: bytes, _: str) -> None:
        if fault := font_fault(data):
            raise FaultError(fault)
        font_version(data)
        shown = base64.b64encode(data).decode()
        sheet = f'@font-face {{ font-family: x; src: url("data:font/ttf;base64,{shown}") }}'
        html = f"<style>{sheet} p {{ font-family: x }}</style><p>Ficha 0,5 fi Ñandú"
        engine().HTML(string=html).write_pdf()

    def profile(data: bytes, name: str) -> None:
        (root / name).write_bytes(data)
        # The caller is an error of the edition, which names the file
        try:
            press_profile(Workspace(root), name)
        except ProfileError as error:
            raise FaultError(error.message) from error

    yield Way("drawing.svg", tuple(map(Path.read_bytes, files[:12])), drawing)
    yield Way("raster", tuple(_rasters()), raster)
    faces = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")
    there = [file for name in faces if (file := _font(name))]
    yield Way("font", there or [_any_font()], font)
    yield Way("profile.icc", tuple(path.read_bytes() for path in system_profiles()), profile)


def _font(name: str) -> bytes | None:
    try:
        return font_file(None, name).read_bytes()
    except Exception:
        return None


def _any_font() -> bytes:
    import matplotlib

    return Path(matplotlib.get_data_path(), "fonts/ttf/DejaVuSans.ttf").read_bytes()


def _rasters() -> Iterator[bytes]:
    for kind in ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"):
        for mode in ("RGB", "L") if kind == "JPEG" else ("RGB", "L", "P"):
            image = Image.linear_gradient("L").resize((40, 30)).convert(mode)
            target = io.BytesIO()
            image.save(target, kind, **({"interlace": 1} if kind == "PNG" else {}))
            yield target.getvalue()


def _outlines(read: SoundWorkspace) -> Iterator[Way]:
    ring = [[-80 + one % 3, -10 + one] for one in range(20)] + [[-80, -10]]
    feature = {
        "type": "Feature",
        "properties": {"ISO_A3": "PER", "ISO_A2": "PE", "name": "Peru"},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
    }
    geo = {"type": "FeatureCollection", "features": [feature, {**feature, "id": "BOL"}]}
    shape = {"type": "Polygon", "arcs": [[0, -2]], "properties": {"name": "Peru"}, "id": "PE"}
    topo = {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [-80, -10]},
        "objects": {"a": {"type": "GeometryCollection", "geometries": [shape]}},
        "arcs": [[[0, 0], [90, 5], [4, 80]], [[94, 85], [-94, 0], [0, -85]]],
    }

    def drawn(data: bytes, _: str) -> None:
        found = read_outlines(data)
        before, maps.read_workspace = maps.read_workspace, lambda _: read  # type: ignore[assignment]
        try:
            maps.draw_map(read.workspace, "peru", found)
        finally:
            maps.read_workspace = before

    sent = (json.dumps(geo).encode(), json.dumps(topo).encode())
    yield Way("outlines.json", sent, drawn, is_named=False)


# --- PDFs -----------------------------------------------------------------------------------------


def _documents(read: SoundWorkspace, root: Path) -> Iterator[Way]:
    first, second = (_document(word) for word in ("first", "other"))
    regard = Regard()

    def held(draws: bool, data: bytes, name: str) -> None:
        old, new = root / "old.pdf", root / f"{name}.pdf"
        old.write_bytes(first)
        new.write_bytes(data)
        wanted = replace(regard, draws=draws)
        found = review((Couple("card", old, new),), wanted, read.content, lambda *_: None)
        for one in found.comparisons:
            str(one.failed)
            if not one.failed:
                marked_copy(data, one)

    def inspected(data: bytes, name: str) -> None:
        file = root / f"{name}.pdf"
        file.write_bytes(data)
        inspect(file, tuple(Medium))
        painted_difference(first, data)

    def comments(data: bytes, name: str) -> None:
        file = root / f"{name}.pdf"
        file.write_bytes(data)
        str(remarked(file, read.content))

    yield Way("compared.pdf", (first, second), partial(held, False), is_named=False)
    yield Way("drawn.pdf", (first, second), partial(held, True), is_named=False)
    yield Way("inspected.pdf", (first, second), inspected, is_named=False)
    yield Way("commented.pdf", (first, second), comments, is_named=False)


def _document(word: str) -> bytes:
    """A small tagged PDF with a picture, a link, a list and a remark; no stream is packed."""
    picture = base64.b64encode(next(_rasters())).decode()
    html = (
        f'<html lang="en"><title>A {word}</title><body><h1 id="peru.en.title">A {word} title</h1>'
        f'<p id="peru.en.context">Some {word} text of 2025, <a href="https://example.org">a link'
        f'</a>.</p><ul><li>one</li><li>2.5</li></ul><img alt="x" style="width: 3cm"'
        f' src="data:image/png;base64,{picture}"><p style="break-before: page">Page two, {word}.'
    )
    data = engine().HTML(string=html).write_pdf(pdf_tags=True, pdf_variant="pdf/ua-1")
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[80, 700, 100, 720],
            Contents=f"A remark on {word}",
            T="A",
            M="D:20260102",
        )
        pdf.pages[0].obj["/Annots"] = pdf.make_indirect([pdf.make_indirect(note)])
        pdf.save(
            target,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return target.getvalue()


# --- records --------------------------------------------------------------------------------------


def _records(read: SoundWorkspace, root: Path) -> Iterator[Way]:
    known = {"name": "a.pdf", "sha256": "0" * 64}
    words = {key: "a" for key in Reviewed.__dataclass_fields__ if key != "thread"}
    said = {**dict.fromkeys(Said.__dataclass_fields__, "a"), "state": "seen"}
    change = {**words, "state": "seen", "thread": [said]}
    pair = {"name": "a", "old": known, "new": known, "changes": [change], "failed": ""}
    sent = {"kind": "review", "format": FORMAT, "reviewer": "A", "date": "2026-01-02"}
    review_ = json.dumps({**sent, "files": [pair]}).encode()

    def signed(data: bytes, _: str) -> None:
        str(check_record(read_record(data), "a.pdf", b"x"))

    def charted(data: bytes) -> None:
        table, faults = read_chart_data(data)
        if not table:
            raise FaultError(str(faults))

    def finished(data: bytes, _: str) -> None:
        (root / ".reportcard-journal.json").write_bytes(data)
        finish_interrupted(root)

    yield Way("record.json", (review_,), signed, is_named=False)
    status = (ROOT / "content/peru/es.status.yaml").read_bytes()
    yield Way("status.yaml", (status,), lambda data, name: _say(_sidecar(data, name), name))
    csv = b"year;gold;silver\n2020;1,5;2\n2021;3;4\n", b"year,gold\n2020,1.5\n"
    yield Way("chart.csv", csv, lambda data, _: charted(data), is_named=False)
    place = manifest.Spot("a", "peru/title", "content/peru/en.yaml:3", ((1, 1.0, 2.0, 3.0, 4.0),))
    one = manifest.Record(
        *("0" * 64, "peru", "en", "screen", "2026-01-02", 2, {"a": "0"}, {"b": "1"}, {"c": "2"}),
        places=(place,),
    )
    listed = manifest.dumped({"a.pdf": one})
    yield Way("manifest.json", (listed,), lambda data, _: manifest.read_manifest(data))
    journal = json.dumps({"content/a.yaml": "0" * 64, ".a.part": ""}).encode()
    yield Way("journal", (journal,), finished)


def _sidecar(data: bytes, name: str) -> tuple[Problem, ...]:
    return read_sidecar(data, name)[1]


def _say(problems: tuple[Problem, ...], name: str = "") -> None:
    """Has problems printed; those of the file have its name."""
    for problem in problems:
        assert str(problem)
        assert not name or problem.place.file == name, problem
