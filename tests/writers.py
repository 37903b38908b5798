"""Every command that writes files, each with what it needs: what `kills` interrupts."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.content.formats import FORMAT
from reportcard.content.loading import Content, load
from reportcard.manuscript.card import dispatched
from reportcard.manuscript.document import document
from reportcard.review.facts.desk import fact_desk
from reportcard.review.facts.record import FactState
from reportcard.review.facts.verdicts import Signature, taken_sheet
from reportcard.review.facts.workbook import ReturnedFact, dumped
from reportcard.translation.confirmation import standings
from reportcard.translation.export import written
from reportcard.translation.parcel import parcel

from .conftest import ROOT, Copy, once, shortened
from .tracked import TrackedFile

Argv = tuple[str, ...]
#: Commands whose steps count one by one: what is refused is written down before the rest is taken.
STEPS: Final = frozenset({"translations import", "translations sync"})
#: Commands that set pages: of a card with little text, which was built before.
_SETTING: Final = ("build", "build again", "web", "release")


def desk(copy: Copy) -> Path:
    """Where files come in and go out: in the folder that is looked at."""
    folder = copy.root / "desk"
    folder.mkdir(exist_ok=True)
    return folder


def sent(copy: Copy, name: str) -> Argv:
    """A command that replaces files, with what it has to do and what is sent to it."""
    return (*_WRITERS[name](copy), *(() if name == "init" else ("--workspace", str(copy.root))))


def _content(copy: Copy) -> Content:
    content = load(copy.workspace).content
    assert content
    return content


def _confirm(copy: Copy) -> Argv:
    for file in copy.root.glob("content/*/es.status.yaml"):
        file.unlink()
    return "translations", "confirm"


def _keep(copy: Copy) -> Argv:
    copy.edit("content/peru/en.yaml", "On paper, the country has", "On paper, it has")
    return "translations", "keep", "peru"


def _translated(copy: Copy) -> bytes:
    """A file as a translator sends it back: another title, and a block of the text."""
    content = _content(copy)
    (standing,), _ = standings(copy.workspace, content, ("peru",), ("es",))
    text = written(parcel(standing, content), "po")
    changed = text.replace("Ficha de evaluación del Perú".encode(), b"Ficha del pais")
    return changed.replace("más accesibles".encode(), b"abiertos")


def _import(copy: Copy) -> Argv:
    file = desk(copy) / "back.po"
    file.write_bytes(_translated(copy))
    return "translations", "import", str(file)


def _sync(copy: Copy) -> Argv:
    (desk(copy) / "peru.es.po").write_bytes(_translated(copy))
    return "translations", "sync", str(desk(copy))


def _scores(copy: Copy) -> Argv:
    table = desk(copy) / "scores.csv"
    table.write_text("país;A;B\nPerú;0,1;0,1\nBolivia;0,2;0,3\n", encoding="utf-8")
    return "intake", str(table)


def _manuscript(_: Copy) -> Argv:
    word = str(ROOT / "tests/data/peru-es.docx")
    return "intake", word, "--country", "peru", "--language", "es", "--replace"


def _update(copy: Copy) -> Argv:
    card = dispatched(_content(copy), "peru", "en", has_values=True)
    file = TrackedFile(document(card, "en-PE"))
    file.replace("On paper, the country has", "On paper, it has")
    back = desk(copy) / "back.docx"
    back.write_bytes(file.bytes())
    return "intake", str(back), "--update", "--accept", "all"


def _dispatch(copy: Copy) -> Argv:
    return "manuscript", "peru", "--language", "es", "--output", str(desk(copy) / "peru.docx")


def _export(copy: Copy) -> Argv:
    file = str(desk(copy) / "peru.xlf")
    return "translations", "export", "peru", "--language", "es", "--output", file


def _facts(copy: Copy) -> Argv:
    return "facts", "peru", "--format", "json", "--output", str(desk(copy) / "facts.json")


def _verdicts(copy: Copy) -> Argv:
    from datetime import date

    found = fact_desk(copy.workspace, _content(copy), "peru")
    some = found.judged.facts[:9]
    rows = [
        ReturnedFact(at, one.fact.id, "verified", "A", "", "", "") for at, one in enumerate(some)
    ]
    done = taken_sheet(found.judged.sheet, found.records, rows, Signature(None, "a", date.today()))
    assert {state for _, state in done.taken} == {FactState.VERIFIED}
    from reportcard.review.facts.standing import judged_sheet

    judged = judged_sheet(found.judged.sheet, done.records)
    book = desk(copy) / "facts.xlsx"
    book.write_bytes(dumped(judged, judged.facts[:9], found.pages))
    return "facts", "peru", "--take", str(book)


def _map(copy: Copy) -> Argv:
    ring = [[-80, -15], [-70, -15], [-70, -5], [-80, -15]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"ISO_A2": "PE"}, "geometry": shape}
    file = desk(copy) / "world.geojson"
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    file.write_text(text, encoding="utf-8")
    return "map", "peru", str(file), "--replace"


def _migrate(copy: Copy) -> Argv:
    """Styles in no folder, which the first format had."""
    copy.edit("content/edition.yaml", f"format: {FORMAT}\n", "")
    styles = copy.root / "styles"
    for file in [one for one in (styles / "gold").rglob("*") if one.is_file()]:
        target = styles / file.relative_to(styles / "gold")
        target.parent.mkdir(exist_ok=True)
        file.rename(target)
    return "migrate", "--yes"


def _fix(copy: Copy) -> Argv:
    copy.edit("content/peru/en.yaml", "On paper, the country has", "On paper, the country  has")
    return "check", "--fix"


def _init(copy: Copy) -> Argv:
    names = ("--language", "en", "--dimension", "Water: Quality; Access")
    return "init", str(copy.root / "mine"), "--programme", "Rivers", *names


def _built(copy: Copy, *, published: bool) -> None:
    """Gives the copy the cache of a build, and what that published, of another text."""

    def make(folder: Path) -> Path:
        made = shortened(_copied(folder / "workspace"))
        build(made.workspace, Order(made.root / "output"))
        return made.root

    import shutil

    shortened(copy)
    whole = once("built to be killed", make)
    shutil.rmtree(copy.root / ".cache", ignore_errors=True)
    shutil.copytree(whole / ".cache", copy.root / ".cache")
    if published:
        (copy.root / "output").mkdir()
        for file in whole.glob("output/*.pdf"):
            (copy.root / "output" / file.name).write_bytes(b"%PDF-1.7 an earlier one")


def _copied(target: Path) -> Copy:
    from .conftest import copy_content

    return copy_content(target)


def _build(copy: Copy) -> Argv:
    _built(copy, published=False)
    return "build", "--jobs", "1"


def _build_again(copy: Copy) -> Argv:
    _built(copy, published=True)
    return "build", "--jobs", "1"


def _web(copy: Copy) -> Argv:
    _built(copy, published=False)
    return "web", "peru"


def _release(copy: Copy) -> Argv:
    _built(copy, published=False)
    for language in ("en", "es"):
        copy.edit(f"content/peru/{language}.yaml", "status: draft", "status: final")
    return "release", "1.0", "peru", "--no-scoreboard", "--set-version"


def _clear(copy: Copy) -> Argv:
    (copy.root / ".cache").mkdir(exist_ok=True)
    for name in ("a.kept", "b.kept", "c.part"):
        (copy.root / ".cache" / name).write_bytes(b"x")
    return "cache", "clear"


_WRITERS: Final[Mapping[str, Callable[[Copy], Argv]]] = MappingProxyType(
    {
        "translations confirm": _confirm,
        "translations keep": _keep,
        "translations import": _import,
        "translations sync": _sync,
        "translations export": _export,
        "intake of scores": _scores,
        "intake --replace": _manuscript,
        "intake --update": _update,
        "manuscript": _dispatch,
        "check --fix": _fix,
        "new": lambda _: ("new", "Venezuela"),
        "init": _init,
        "theme new": lambda _: ("theme", "new", "river-blue"),
        "facts": _facts,
        "facts --take": _verdicts,
        "map": _map,
        "migrate": _migrate,
        "schema": lambda _: ("schema",),
        "gauges": lambda _: ("gauges", "peru", "--language", "en"),
        "cache clear": _clear,
        "build": _build,
        "build again": _build_again,
        "web": _web,
        "release": _release,
    }
)
NAMES: Final = tuple(_WRITERS)
