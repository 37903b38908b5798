"""The rules of the house: imports run one way, each library has one importer, the wheel holds all that is needed."""

import ast
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGE = ROOT / "src/reportcard"
#: The way of a card: a module may import those before it. Those of one line do not know each other.
ORDER = [
    ["errors", "problems", "media", "matching", "review.changes"],
    ["workspace", "store", "orders", "versions"],
    ["destinations"],
    ["content.tree"],
    ["content.scalars"],
    ["content.beside"],
    ["content.model", "content.grammar"],
    ["content.prose", "content.schema", "content.segments"],
    ["content.splicing"],
    ["content.loading"],
    ["scoring", "locales", "fonts", "styles", "logs", "pages", "rules", "dictionaries", "glossary", "tooling"],
    ["values", "pdf.profile"],
    ["checks.passages", "reporting"],
    ["checks.framework", "checks.references", "checks.scores", "checks.quantities", "checks.regional"],
    [
        "checks.claims",
        "checks.sources",
        "checks.terms",
        "checks.typography",
        "checks.spelling",
        "checks.parity",
        "checks.placeholders",
        "checks.unplaced",
    ],
    ["checks"],
    ["gauges", "blocks"],
    ["composing", "manifest", "tagging", "noting"],
    ["regional"],
    ["typesetting"],
    ["proofing", "publishing", "reading"],
    ["pdf.sheet", "pdf.metadata", "pdf.painting", "pdf.coverage", "pdf.difference"],
    ["pdf.inks", "pdf.attachments", "pdf.pressrules"],
    ["pdf.editions"],
    ["pdf.preflight"],
    ["pdf.skeleton", "pdf.remarks"],
    ["pdf.marking"],
    ["mending", "editing", "exporting", "starter"],
    ["making", "inspecting", "remembering", "clusters"],
    ["keeping", "warm"],
    ["crew"],
    ["building"],
    ["web.head", "web.fonts", "web.pictures", "web.standing"],
    ["web.look", "web.site"],
    ["web.card"],
    ["web.index"],
    ["web.publication"],
    ["translation.units", "translation.sidecar"],
    ["translation.status"],
    ["translation.confirming"],
    ["translation.parcel"],
    ["translation.xliff", "translation.catalog", "translation.sheet", "translation.memory"],
    ["translation.exporting", "translation.merging", "translation.parallel"],
    ["review.names", "review.glyphs"],
    ["review.tokens", "review.lines", "pictures"],
    ["review.documents"],
    ["review.pieces"],
    ["review.aligning", "review.wording", "review.layout", "review.leaves", "review.echoes"],
    ["review.beside"],
    ["review.comparing", "review.places", "review.revisions"],
    ["review.sides"],
    ["review.reviewing", "review.telling", "review.report", "review.signing", "review.comments"],
    ["review.comment_sheet", "review.remarked"],
    ["verifying"],
    ["intake.package", "intake.manuscript"],
    ["intake.styles", "intake.outline", "intake.grid"],
    ["intake.word", "intake.placing", "intake.marking", "intake.naming", "intake.tallying"],
    ["intake.drafting", "intake.posting"],
    ["intake.receiving"],
    ["preview.state", "preview.guard"],
    ["preview.session"],
    ["preview.work"],
    ["preview.server"],
    ["release.changes", "release.folder", "release.standing"],
    ["release.releasing"],
    ["cli.app"],
    [
        "cli.cards",
        "cli.files",
        "cli.intake",
        "cli.preview",
        "cli.release",
        "cli.reviews",
        "cli.translations",
        "cli.web",
    ],
    ["cli"],
    ["__main__"],
]
IMPORTERS = {
    "babel": {"locales", "translation.catalog"},
    "distributed": {"clusters"},
    "fontTools": {"web.fonts"},
    "hunspell": {"dictionaries"},
    "jinja2": {"composing"},
    "markdown_it": {"content.grammar"},
    "lxml": {"intake.package", "translation.xliff", "translation.memory"},
    "matplotlib": {"gauges"},
    "numpy": {"pdf.coverage", "pdf.inks", "review.glyphs", "review.leaves"},
    "openpyxl": {"intake.grid", "review.comment_sheet", "translation.sheet"},
    "page": {"pdf.preflight"},
    "PIL": {"pdf.inks", "pdf.profile", "review.glyphs", "web.pictures"},
    "pikepdf": {
        "pdf.attachments",
        "pdf.difference",
        "pdf.editions",
        "pdf.inks",
        "pdf.marking",
        "pdf.metadata",
        "pdf.painting",
        "pdf.preflight",
        "pdf.pressrules",
        "pdf.remarks",
        "pdf.sheet",
        "pdf.skeleton",
    },
    "pydantic": {"content.scalars", "content.model", "content.loading"},
    "pydantic_core": {"content.scalars", "content.loading"},
    "pypdfium2": {"review.glyphs"},
    "rich": {"cli.app"},
    "ruamel": {"content.tree"},
    "starlette": {"preview.server"},
    "typer": {
        "cli.app",
        "cli.cards",
        "cli.files",
        "cli.intake",
        "cli.preview",
        "cli.release",
        "cli.reviews",
        "cli.translations",
        "cli.web",
        "cli",
    },
    "uvicorn": {"preview.server"},
    "watchfiles": {"preview.server"},
    "weasyprint": {"typesetting"},
}


def imports(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def modules() -> dict[str, set[str]]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        found[name] = imports(path.read_text(encoding="utf-8"))
    return {
        name: used
        for name, used in found.items()
        if name not in ("__init__", "content", "intake", "pdf", "preview", "release", "review", "translation", "web")
    }


def wrong_ways(used: dict[str, set[str]]) -> list[str]:
    rank = {name: number for number, names in enumerate(ORDER) for name in names}
    told = []
    for name, imported in used.items():
        own = {one.removeprefix("reportcard.") for one in imported if one.startswith("reportcard.")} & set(rank)
        told += [f"{name} imports {other}" for other in own if other != name and rank[other] >= rank[name]]
    return told


def test_every_module_has_its_place() -> None:
    assert set(modules()) == {name for names in ORDER for name in names}


def test_imports_run_one_way() -> None:
    assert wrong_ways(modules()) == []
    assert wrong_ways({"scoring": {"reportcard.building"}}) == ["scoring imports building"]


def test_each_library_has_one_importer() -> None:
    importers: dict[str, set[str]] = {}
    for name, used in modules().items():
        for top in {one.partition(".")[0] for one in used} - {"reportcard"} - set(sys.stdlib_module_names):
            importers.setdefault(top, set()).add(name)
    assert importers == IMPORTERS


def test_modules_stay_short() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 410, f"{path.name} is more than one idea"


def test_no_host_of_a_registry_is_named() -> None:
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".com", "npmjs" + ".org"]
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split() or [
        str(path.relative_to(ROOT)) for name in ("src", "docs", "tests") for path in (ROOT / name).rglob("*.*")
    ]  # fmt: skip
    for name in tracked:
        text = (ROOT / name).read_bytes().decode("utf-8", "ignore") if (ROOT / name).is_file() else ""
        assert not any(host in text for host in hosts), name


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout and unpacked in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_begins_and_builds_a_workspace_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def reportcard(*arguments: str, folder: Path = tmp_path) -> str:
        done = subprocess.run([sys.executable, "-m", "reportcard", *arguments], cwd=folder, env=environment, capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = subprocess.run([sys.executable, "-c", "import reportcard; print(reportcard.__file__)"], env=environment, cwd=tmp_path, capture_output=True, text=True)  # fmt: skip
    assert where.stdout.startswith(str(installed))
    reportcard("init", "cards")
    assert (tmp_path / "cards/schema/card.json").is_file()
    reportcard("new", "guyana", folder=tmp_path / "cards")
    assert reportcard("build", folder=tmp_path / "cards").split() == ["output/guyana-report-card-en.pdf", "output/guyana-report-card-es.pdf"]  # fmt: skip
