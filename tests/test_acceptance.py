"""With translators' own tools, where they are installed: what goes out comes back whole. Left out
without --acceptance; `make acceptance` runs them.
"""

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from lxml import etree
from translate.storage import pypo, xliff, xliff2

from reportcard.content.loading import load
from reportcard.manuscript.card import dispatched
from reportcard.manuscript.comments import comments_of
from reportcard.manuscript.document import document
from reportcard.manuscript.merge import EditState
from reportcard.manuscript.update import updated
from reportcard.translation.confirmation import Standing, standings
from reportcard.translation.export import project, read_back, written
from reportcard.translation.judgement import Account, judged
from reportcard.translation.parcel import parcel

from .blocks import with_blocks
from .conftest import PATIENCE, Copy
from .dialects import DONE, NEW_DONE, OPEN
from .test_manuscript_return import EDITOR, FORTY, expected, returned, with_all
from .tracked import AUTHOR, TrackedFile

pytestmark = [pytest.mark.acceptance, pytest.mark.slow]

OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
#: Filters of pofilter that find fault with good translations of these cards, since they compare
#: what languages write each in its way.
EXCLUDED = (
    "acronyms",
    "brackets",
    "puncspacing",
    "pythonbraceformat",
    "sentencecount",
    "simplecaps",
    "singlequoting",
    "startcaps",
    "startpunc",
)


def needs(name: str, found: bool) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not found, reason=f"{name} is not installed")


omegat = needs("OmegaT", OMEGAT.is_file() and shutil.which("java") is not None)
gettext = needs("gettext", shutil.which("msgfmt") is not None)
office = needs("LibreOffice", shutil.which("soffice") is not None)
#: The system's own Python, which has LibreOffice's module.
SYSTEM = Path("/usr/bin/python3")
UNO = Path("/usr/lib/python3/dist-packages/uno.py")
uno = needs(
    "LibreOffice's module for Python", UNO.is_file() and shutil.which("soffice") is not None
)
WORD, EXCEL = "MS Word 2007 XML", "Calc MS Excel 2007 XML"


def ran(*command: str | Path) -> str:
    done = subprocess.run(
        list(map(str, command)), check=True, capture_output=True, timeout=PATIENCE, text=True
    )
    return done.stdout + done.stderr


def standing(copy: Copy) -> tuple[Standing, Callable[[bytes], Account]]:
    """The card, with one block new in the source, and what becomes of a file for it."""
    copy.edit(
        "content/peru/en.yaml",
        "context: |\n",
        "context: |\n  A first new sentence. A second one with a call[^maap-223].\n\n",
    )
    content = load(copy.workspace).content
    assert content
    (found,), _ = standings(copy.workspace, content, ("peru",), ("es",))
    return found, lambda data: judged(found, read_back(data)[0], content)


def run_omegat(folder: Path, *arguments: str) -> str:
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    java = ("java", "-Djava.awt.headless=true", f"-Duser.home={home}", "-jar", OMEGAT)
    return ran(*java, folder, "--quiet", *arguments)


def remaining(folder: Path) -> tuple[int, int]:
    """Segments of a project, and those that are not translated."""
    text = (folder / "omegat/project_stats.txt").read_text(encoding="utf-8")
    found = re.findall(r"^(?:Total|Remaining):\s+(\d+)", text, re.M)
    return int(found[0]), int(found[1])


def omegat_project(copy: Copy, tmp_path: Path) -> tuple[Path, Callable[[bytes], Account]]:
    found, judge = standing(copy)
    content = load(copy.workspace).content
    assert content
    data = project(parcel(found, content), content, "omegat")
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    return tmp_path / "peru-es", judge


@omegat
def test_omegat_shows_what_is_open_and_nothing_else(copy: Copy, tmp_path: Path) -> None:
    folder, judge = omegat_project(copy, tmp_path)
    run_omegat(folder, "--mode=console-translate")
    assert remaining(folder) == (128, 1)
    account = judge((folder / "target/peru-es.xlf").read_bytes())
    assert (account.accepted, account.rejected) == ({}, [])
    assert (account.untouched, account.equal) == (128, 1)


def translated(folder: Path, texts: Mapping[str, str]) -> None:
    """Adds translations of texts, with tags as OmegaT shows them, to the memory of a project."""
    memory = folder / "omegat/project_save.tmx"
    root = etree.parse(memory).getroot()
    for pair in texts.items():
        made = etree.SubElement(root.find("body"), "tu")
        for language, text in zip(("en", "es"), pair, strict=True):
            name = "{http://www.w3.org/XML/1998/namespace}lang"
            variant = etree.SubElement(made, "tuv", attrib={name: language})
            etree.SubElement(variant, "seg").text = text
    memory.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


@omegat
@pytest.mark.parametrize(
    ("change", "typed", "why"),
    [
        (str, "Una frase nueva. Otra[^maap-223].", ""),
        (lambda text: text.replace("<m0/>", ""), "", "the note references differ"),
        (
            lambda text: text.replace("Una frase nueva.", "A first new sentence."),
            "",
            'only partly translated: "A first new sentence."',
        ),
    ],
)
def test_what_omegat_translates_is_taken_whole_or_refused(
    copy: Copy, tmp_path: Path, change: Callable[[str], str], typed: str, why: str
) -> None:
    folder, judge = omegat_project(copy, tmp_path)
    source = "A first new sentence. A second one with a call<m0/>."
    translated(folder, {source: change("Una frase nueva. Otra<m0/>.")})
    run_omegat(folder, "--mode=console-translate")
    assert remaining(folder) == (128, 0)
    account = judge((folder / "target/peru-es.xlf").read_bytes())
    taken = [one.typed for each in account.accepted.values() for one in each.values()]
    assert taken == ([typed] if typed else [])
    assert [why in str(one.why) for one in account.rejected] == ([] if typed else [True])


@omegat
def test_of_a_first_translation_every_other_block_is_done_in_omegat(
    copy: Copy, tmp_path: Path
) -> None:
    """Pseudo-translated: each vowel gets an accent. The glossary's term without an inflection is
    demanded, as nobody would know it from the accents.
    """
    for name in ("es.yaml", "es.status.yaml"):
        (copy.root / "content/peru" / name).unlink()
    content = load(copy.workspace).content
    assert content
    (found,), _ = standings(copy.workspace, content, ("peru",), ("es",))
    made = parcel(found, content)
    data = project(made, content, "omegat")
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    folder, memory = tmp_path / "peru-es", tmp_path / "pseudo.tmx"
    create = "--mode=console-createpseudotranslatetmx"
    run_omegat(folder, create, f"--pseudotranslatetmx={memory}", "--pseudotranslatetype=equal")
    shown = [next(one.iter("seg")).text or "" for one in etree.parse(memory).iter("tu")]
    assert len(shown) == len(made.items)
    done = [text for text in shown if re.search("[aeo](?![^<]*>)", text)][::2]
    translated(folder, {text: _accented(text) for text in done})
    run_omegat(folder, "--mode=console-translate")
    assert remaining(folder) == (len(shown), len(shown) - len(done))
    account = judged(found, read_back((folder / "target/peru-es.xlf").read_bytes())[0], content)
    taken = [one for each in account.accepted.values() for one in each.values()]
    refused = [str(one.why) for one in account.rejected]
    assert (len(taken), account.equal) == (len(done) - len(refused), len(shown) - len(done))
    assert not any(one.is_to_review for one in taken)
    terms = [text for text in done if "Minamata Convention on Mercury" in text]
    assert len(terms) == len(refused) == 1
    assert "Convenio de Minamata sobre el Mercurio" in refused[0]
    assert (
        b"Minamata Convention on Mercury\tConvenio"
        in (folder / "glossary/glossary.txt").read_bytes()
    )


def _accented(text: str) -> str:
    vowels = {"a": "á", "e": "é", "o": "ó"}
    return re.sub(r"<[^>]*>|[aeo]", lambda found: vowels.get(found[0], found[0]), text)


@omegat
def test_a_label_too_long_for_its_place_comes_back_from_omegat_refused(
    copy: Copy, tmp_path: Path
) -> None:
    """OmegaT shows no limit and keeps none: the import holds it, to the letter."""
    wording = "content/wording/en.yaml"
    for old, new in (("Mercury Regulation", "Mercury Rules"), ("Monitoring Systems", "Monitoring")):
        copy.edit(wording, f"name: {old}", f"name: {new}")
    content = load(copy.workspace).content
    assert content
    (found,), _ = standings(copy.workspace, content, ("wording",), ("es",))
    made = parcel(found, content)
    limits = {item.source: item.maximum for item in made.items if not item.state.is_done}
    assert limits == {"Mercury Rules": 72, "Monitoring": 72}
    data = project(made, content, "omegat")
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    folder = tmp_path / "wording-es"
    longest = "Reglas para el mercurio ".ljust(72, "x")
    translated(folder, {"Mercury Rules": longest, "Monitoring": f"{longest}x"})
    run_omegat(folder, "--mode=console-translate")
    account = judged(found, read_back((folder / "target/wording-es.xlf").read_bytes())[0], content)
    taken = [one.typed for each in account.accepted.values() for one in each.values()]
    assert taken == [longest]
    assert [(one.typed, "73" in str(one.why)) for one in account.rejected] == [
        (f"{longest}x", True)
    ]


@gettext
def test_gettext_accepts_the_catalogue_and_msgmerge_keeps_it(copy: Copy, tmp_path: Path) -> None:
    found, judge = standing(copy)
    content = load(copy.workspace).content
    assert content
    file = tmp_path / "peru-es.po"
    file.write_bytes(written(parcel(found, content), "po"))
    ran("msgfmt", "--check", "--output-file", tmp_path / "a.mo", file)
    merged = tmp_path / "merged.po"
    ran("msgmerge", "--previous", "--no-wrap", "--output-file", merged, file, file)
    account = judge(merged.read_bytes())
    assert (account.accepted, account.rejected, account.untouched) == ({}, [], 128)


def test_translate_toolkit_counts_and_sets_what_is_open(copy: Copy) -> None:
    found, judge = standing(copy)
    content = load(copy.workspace).content
    assert content
    made = parcel(found, content)
    stores = {
        "xliff": xliff.xlifffile.parsestring(written(made, "xliff")),
        "po": pypo.pofile.parsestring(written(made, "po")),
    }
    for kind, store in stores.items():
        units = [one for one in store.units if one.istranslatable() and not one.isheader()]
        assert (len(units), sum(one.istranslated() for one in units)) == (128, 127), kind
        (new,) = [one for one in units if not one.istranslated()]
        new.target = "Una frase nueva. Otra[^maap-223]."
        account = judge(bytes(store))
        assert account.rejected == []
        (change,) = (one for each in account.accepted.values() for one in each.values())
        assert change.typed == "Una frase nueva. Otra[^maap-223].", kind
    second = xliff2.Xliff2File.parsestring(written(made, "xliff2"))
    assert len(second.units) == 128
    assert judge(bytes(second)).accepted == {}


def test_pofilter_finds_no_fault_with_good_translations(copy: Copy, tmp_path: Path) -> None:
    content = load(copy.workspace).content
    assert content
    (found,), _ = standings(copy.workspace, content, ("peru",), ("es",))
    file, out = tmp_path / "peru-es.po", tmp_path / "out.po"
    file.write_bytes(written(parcel(found, content), "po"))
    excluded = [f"--excludefilter={name}" for name in EXCLUDED]
    ran(Path(sys.executable).parent / "pofilter", "--language=es", *excluded, file, out)
    text = out.read_text(encoding="utf-8") if out.exists() else ""
    assert re.findall(r"^# \(pofilter\).*", text, re.M) == []


@office
def test_libreoffice_keeps_a_workbook(copy: Copy, tmp_path: Path) -> None:
    found, judge = standing(copy)
    content = load(copy.workspace).content
    assert content
    data = written(parcel(found, content), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = {row[0].value: row for row in book.active.iter_rows(min_row=2)}
    rows[DONE][2].value = NEW_DONE.replace("{b}", "**").replace("{/b}", "**")
    rows[OPEN][2].value = "=NAME"
    rows["peru/title"][2].value = True
    book.save(tmp_path / "back.xlsx")
    ran(
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        tmp_path / "office",
        tmp_path / "back.xlsx",
    )
    account = judge((tmp_path / "office/back.xlsx").read_bytes())
    assert [one.id for one in account.rejected] == ["peru/title", OPEN]
    assert "true or false" in str(account.rejected[0].why)
    assert "holds an error" in str(account.rejected[1].why)
    (change,) = (one for each in account.accepted.values() for one in each.values())
    assert change.block.unit.field == DONE.partition("#")[0]


class RecordedEdits:
    """The edits of a manuscript by name, for tests/office.py: in place of a `TrackedFile`."""

    #: By name, so many arguments come before the author.
    _NUMBERS = dict.fromkeys(("delete", "remove_paragraph", "split", "join", "delete_call"), 1)

    def __init__(self) -> None:
        self.made: list[list[object]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        def made(*arguments: str, author: str = AUTHOR, **options: bool) -> None:
            number = self._NUMBERS.get(name, 2)
            by = next(iter(arguments[number:]), author)
            self.made.append([by, name, arguments[:number], options])

        return made


def run_office(folder: Path, *tasks: tuple[Path, list[list[object]], dict[Path, str]]) -> None:
    """Opens files in LibreOffice, edits them, and saves each with filters."""
    listed = [
        {
            "open": str(file),
            "edits": edits,
            "save": [[str(path), filter_] for path, filter_ in saved.items()],
        }
        for file, edits, saved in tasks
    ]
    (folder / "tasks.json").write_text(json.dumps(listed), encoding="utf-8")
    ran(SYSTEM, Path(__file__).parent / "office.py", folder / "tasks.json")


@uno
def test_forty_tracked_changes_in_libreoffice_are_forty_edits(copy: Copy, tmp_path: Path) -> None:
    """And a file that it opened and saved is none; saved once more, all are still there."""
    content = load(with_blocks(copy).workspace).content
    assert content
    names = ("sent", "none", "forty", "again")
    sent, none, forty, again = (tmp_path / f"{name}.docx" for name in names)
    sent.write_bytes(document(dispatched(content, "peru", "es", has_values=True), "es-PE"))
    edits = RecordedEdits()
    for one in FORTY:
        one.change(cast(TrackedFile, edits))
    edits.comment("La Fiscalía de la Nación reconoce", "¿Desde cuándo?", EDITOR)
    run_office(
        tmp_path,
        (sent, [], {none: WORD}),
        (sent, edits.made, {forty: WORD}),
        (forty, [], {again: WORD}),
    )
    update = returned(content, none.read_bytes())
    assert (update.edits, update.remarks) == ((), ())
    wanted = Counter((one.field, one.kind, one.author) for one in FORTY)
    for file in (forty, again):
        update = returned(content, file.read_bytes())
        found = Counter(
            (one.edit.field, one.edit.kind, one.edit.trace.author) for one in update.edits
        )
        assert (found, update.remarks) == (wanted, ())
        assert {one.state for one in update.edits} == {EditState.OPEN}
        (comment,) = comments_of(update.manuscript, content)
        assert comment.field == "peru/recommendations.machinery-registry.text"
        assert updated(update, frozenset(), "«»“”").data == update.card.data
        made = with_all(update)
        assert (dict(made.refused), made.problems, len(made.made)) == ({}, (), 40)
        note = "  peru-ley-27693-2002: Perú. Ley N.º 27693 (2002).\n"
        assert made.data.decode() == expected(update.card.data, FORTY) + note


@uno
def test_cells_typed_in_libreoffice_come_back_also_by_way_of_its_own_format(
    copy: Copy, tmp_path: Path
) -> None:
    found, judge = standing(copy)
    content = load(copy.workspace).content
    assert content
    sent, back, own, again = (
        tmp_path / name for name in ("sent.xlsx", "back.xlsx", "back.ods", "again.xlsx")
    )
    sent.write_bytes(written(parcel(found, content), "xlsx"))
    bold = NEW_DONE.replace("{b}", "**").replace("{/b}", "**")
    typed: list[list[object]] = [
        ["", "cell", [DONE, bold], {}],
        ["", "cell", ["peru/title", "=Informe del Perú"], {}],
        ["", "cell", [OPEN, "=NAME"], {"is_formula": True}],
    ]
    run_office(tmp_path, (sent, typed, {back: EXCEL, own: "calc8"}), (own, [], {again: EXCEL}))
    for file in (back, again):
        account = judge(file.read_bytes())
        taken = [one.typed for each in account.accepted.values() for one in each.values()]
        assert taken == ["=Informe del Perú", bold]
        assert [(one.id, "holds an error" in str(one.why)) for one in account.rejected] == [
            (OPEN, True)
        ]
