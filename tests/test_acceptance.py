"""With translators' own tools, where they are installed: what goes out comes back whole. Left out
without --acceptance; `make acceptance` runs them.
"""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from translate.storage import pypo, xliff, xliff2

from reportcard.content.loading import load
from reportcard.translation.confirmation import Standing, standings
from reportcard.translation.export import project, read_back, written
from reportcard.translation.judgement import Account, judged
from reportcard.translation.parcel import parcel

from .conftest import PATIENCE, Copy
from .dialects import DONE, NEW_DONE, OPEN

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


def translated(folder: Path, change: Callable[[str], str]) -> None:
    """Adds a translation of the new block to the memory of a project."""
    memory = folder / "omegat/project_save.tmx"
    root = etree.parse(memory).getroot()
    made = etree.SubElement(root.find("body"), "tu")
    source = "A first new sentence. A second one with a call<m0/>."
    for language, text in (("en", source), ("es", change("Una frase nueva. Otra<m0/>."))):
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
    translated(folder, change)
    run_omegat(folder, "--mode=console-translate")
    assert remaining(folder) == (128, 0)
    account = judge((folder / "target/peru-es.xlf").read_bytes())
    taken = [one.typed for each in account.accepted.values() for one in each.values()]
    assert taken == ([typed] if typed else [])
    assert [why in str(one.why) for one in account.rejected] == ([] if typed else [True])


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
