"""A workspace's own templates: they change the look without a line of Python, a fault in one has
its place, and none gets out of its sandbox.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pypdfium2 as pdfium
import pytest

from reportcard.build.cards import card_named
from reportcard.build.inventory import ReadWorkspace, SoundWorkspace, read_workspace
from reportcard.outputs.pictures import Pictures
from reportcard.page.compose import templates
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.covers import compose_covers
from reportcard.problems.problem import Problem, in_english
from reportcard.release.changes import News, as_html
from reportcard.scores.values import values_of
from reportcard.web.publication import web_edition
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT, Copy

Run = Callable[..., tuple[int, str, str]]
OWN = Path(templates.__file__).parent / "templates"
FOLDER = "styles/gold/templates"
#: Parts of other templates, and the one that is filled in only after pages are set.
PARTS = {"section", "prose", "imprint", "scoreboard-fields", "web/document", "web/figures"}


def put(copy: Copy, text: str, name: str = "context.html") -> None:
    path = copy.root / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def body(text: str) -> str:
    return f'{{% extends "section.html" %}}\n{{% block body %}}\n{text}\n{{% endblock %}}\n'


def faults(copy: Copy) -> list[Problem]:
    """What is wrong with the templates, of those that are read or of those that are filled in."""
    read = read_workspace(copy.workspace)
    assert isinstance(read, ReadWorkspace)
    if not isinstance(read, SoundWorkspace):
        return [one for one in read.shared if one.code == "STYLE-TEMPLATE"]
    try:
        card_named("peru").compose(read, "en")
    except templates.TemplateFaultError as error:
        return [error.problem]
    return []


def printed(file: Path) -> str:
    """The text of a PDF's pages, a space between words."""
    pdf = pdfium.PdfDocument(file)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


# --- the look -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_template_and_a_color_change_the_pages_without_a_line_of_python(
    brief: Copy, run: Run
) -> None:
    copy = brief
    put(
        copy,
        '{% extends "default/overall.html" %}\n{% block body %}\n'
        '<p style="background: {{ colour("gold-tint") }}">Our own words on {{ heading }}.</p>\n'
        '{% include "parts/stamp.html" %}\n{{ super() }}\n{% endblock %}\n',
        "overall.html",
    )
    put(copy, "<p>Stamped.</p>\n", "parts/stamp.html")
    tint = re.search(
        r'gold-tint: +{ *screen: *"(#\w+)"', (copy.root / "styles/gold/tokens.yaml").read_text()
    )
    assert tint
    copy.edit("styles/gold/tokens.yaml", tint[0], tint[0].replace(tint[1], "#f9f1d0"))
    build = ("build", "peru", "--language", "en", "--workspace", str(copy.root))
    code, _, err = run(*build)
    assert code == 0, err
    pdf = copy.root / "output/peru-report-card-en.pdf"
    assert "Our own words on" in printed(pdf)
    assert "Stamped." in printed(pdf)
    inputs = json.loads((pdf.parent / "manifest.json").read_bytes())["files"][pdf.name]["inputs"]
    assert {f"{FOLDER}/overall.html", f"{FOLDER}/parts/stamp.html"} <= inputs.keys()
    put(copy, "<p>Stamped again.</p>\n", "parts/stamp.html")
    assert run(*build)[0] == 0
    assert "Stamped again." in printed(pdf)


@pytest.mark.long
def test_the_programs_own_text_as_a_template_of_the_workspace_gives_the_same_pages(
    copy: Copy,
) -> None:
    for path in OWN.rglob("*.html"):
        put(copy, path.read_text(encoding="utf-8"), path.relative_to(OWN).as_posix())
    mine, own = read_workspace(copy.workspace), read_workspace(Workspace(ROOT))
    assert isinstance(mine, SoundWorkspace)
    assert isinstance(own, SoundWorkspace)
    for card, language in (("peru", "en"), ("peru", "es"), ("scoreboard", "en")):
        made = card_named(card).compose(mine, language)
        assert made.sections == card_named(card).compose(own, language).sections
    assert web_edition(mine, ["peru"], ("en",)) == web_edition(own, ["peru"], ("en",))


@pytest.mark.long
def test_templates_of_the_web_are_no_input_of_a_pdf(copy: Copy) -> None:
    put(copy, (OWN / "web/context.html").read_text(encoding="utf-8"), "web/context.html")
    put(copy, (OWN / "context.html").read_text(encoding="utf-8"))
    read = read_workspace(copy.workspace)
    assert isinstance(read, SoundWorkspace)
    sources = card_named("peru").sources(read, "en")
    assert [name for name in sources if name.startswith(FOLDER)] == [f"{FOLDER}/context.html"]


# --- faults ---------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{{ headng }}", 3, "cannot fill in this template: 'headng' is undefined."),
        ("<p>\n{{ text.nothing }}", 4, "has no attribute 'nothing'"),
        ("{% if %}", 3, "syntax error: Expected an expression"),
        ("{{ heading | sparkle }}", 3, "syntax error: No filter named 'sparkle'."),
        ('{{ label("labels.sparkle") }}', 3, 'there is no text or color named "labels.sparkle".'),
        ('{{ colour("sparkle") }}', 3, 'there is no text or color named "sparkle".'),
        ('{% include "sparkle.html" %}', 3, 'there is no template "sparkle.html".'),
        ("{{ 1 / 0 }}", 3, "cannot fill in this template: division by zero."),
    ],
)
def test_a_fault_has_its_line(copy: Copy, text: str, line: int, said: str) -> None:
    put(copy, body(text))
    (fault,) = faults(copy)
    assert (fault.place.file, fault.place.line) == (f"{FOLDER}/context.html", line)
    assert said in in_english(fault.message)


@pytest.mark.long
def test_a_template_that_no_page_uses_is_found(copy: Copy) -> None:
    put(copy, "<p></p>", "contxt.html")
    put(copy, body('{% include "parts/stamp.html" %}'))
    put(copy, "<p></p>", "parts/stamp.html")
    assert [(one.place.file, in_english(one.message)) for one in faults(copy)] == [
        (f"{FOLDER}/contxt.html", "no page uses this template.")
    ]


@pytest.mark.long
@pytest.mark.parametrize("data", [b"\xff\xfe", b"<p></p>" * 20_000])
def test_a_template_that_cannot_be_read_is_found(copy: Copy, data: bytes) -> None:
    put(copy, "")
    (copy.root / FOLDER / "context.html").write_bytes(data)
    (fault,) = (one for one in read_workspace(copy.workspace).shared)
    assert fault.code == "STYLE-TEMPLATE"
    assert "cannot read this template" in in_english(fault.message)


@pytest.mark.long
def test_a_link_out_of_the_workspace_is_not_followed(copy: Copy, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    (copy.root / FOLDER).mkdir(parents=True)
    (copy.root / FOLDER / "context.html").symlink_to(tmp_path / "secret.html")
    (fault,) = read_workspace(copy.workspace).shared
    assert "points outside the workspace" in in_english(fault.message)


@pytest.mark.long
@pytest.mark.parametrize("name", ["web/context.html", "web/document.html"])
def test_a_fault_of_a_web_template_is_one_of_the_web_edition(copy: Copy, name: str) -> None:
    put(copy, "{{ nothing }}", name)
    read = read_workspace(copy.workspace)
    assert isinstance(read, SoundWorkspace)
    files, (fault,) = web_edition(read, ["peru"], ("en",))
    assert files == {}
    assert fault.place.file == f"{FOLDER}/{name}"


@pytest.mark.long
def test_check_and_build_name_the_fault_and_write_nothing(copy: Copy, run: Run) -> None:
    put(copy, body("{{ nothing }}"))
    for command in (["check"], ["build", "peru"], ["check", "peru", "--layout"]):
        code, out, err = run(*command, "--workspace", str(copy.root))
        assert code in (4, 5)
        assert f"{FOLDER}/context.html:3: cannot fill in this template" in out + err
    assert not (copy.root / "output").exists()


# --- the sandbox ----------------------------------------------------------------------------------

GROWING = "".join("{% set x = x ~ x ~ x ~ x ~ x ~ x ~ x ~ x ~ x ~ x %}" for _ in range(9))


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        "{{ heading.__class__.__mro__ }}",
        "{{ label.__globals__ }}",
        "{{ colour.__self__.sources }}",
        "{{ self.__init__.__globals__ }}",
        "{{ prose.__dict__ }}",
        '{{ heading["__class__"] }}',
        '{{ [heading] | map(attribute="__class__") | first }}',
        '{{ "{0.__class__}".format(heading) }}',
        '{{ "{:999999999}".format(heading) }}',
        "{{ heading | attr('__class__') }}",
        '{% include "../../content/edition.yaml" %}',
        '{% include "/etc/passwd" %}',
        '{% import "os" as os %}{{ os.environ }}',
        "{{ authors.append(heading) }}",
        "{{ text.clear() }}",
        "{{ range(9) }}{{ lipsum() }}{{ cycler() }}{{ namespace() }}",
    ],
)
def test_a_template_reaches_nothing_but_what_it_is_given(copy: Copy, text: str) -> None:
    put(copy, body(text))
    (fault,) = faults(copy)
    assert (fault.place.file, fault.place.line) == (f"{FOLDER}/context.html", 3)


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        '{% for a in "x" * 9999 %}{% for b in "x" * 9999 %}{% for c in "xx" %}{% endfor %}'
        "{% endfor %}{% endfor %}",
        "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}"
        "{{ f(60) }}",
        '{% include "context.html" %}{% include "context.html" %}',
        f'{{% set x = "x" %}}{GROWING}',
        '{{ "x" * 999999999999 }}',
        '{{ "%999999999999d" % 1 }}',
        '{{ "%*d" | format(999999999, 1) }}',
        "{{ 9 ** 9 ** 9 ** 9 }}",
        "{% set x = 9 %}" + "{% set x = x * x %}" * 40,
        '{% set x = ["x" * 99999] * 9999 %}{{ x | join(x[0]) }}',
        "{{ [[heading]] }}",
    ],
)
def test_a_template_without_end_is_stopped(copy: Copy, text: str) -> None:
    put(copy, body(text))
    (fault,) = faults(copy)
    assert fault.place.file == f"{FOLDER}/context.html"


@pytest.mark.slow
def test_a_page_loads_nothing_from_elsewhere(brief: Copy, run: Run) -> None:
    addresses = ("file:///etc/hostname", "https://example.org/a.png")
    pictures = "".join(f'<img src="{address}" alt="Elsewhere">' for address in addresses)
    put(brief, body(pictures), "overall.html")
    code, _, err = run("build", "peru", "--language", "en", "--workspace", str(brief.root))
    assert code == 5
    for address in addresses:
        assert re.search(rf"{address}\b.*only files in the workspace can be loaded", err), address


# --- the documentation ----------------------------------------------------------------------------


def documented() -> dict[str, set[str]]:
    """The names that docs/templates.md lists for each template."""
    page = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    _, every, besides, own, parts, _ = page.split("\n## ")[1:]
    common = {
        name.partition("(")[0]
        for row in re.findall(r"^\| (`.*?) \|", every, re.M)
        for name in re.findall(r"`([^`]+)`", row)
    }
    found = {}
    for part, shared in ((besides, common), (own, set())):
        for name, row in re.findall(r"^\| `(\S+\.html)` \| [^|]+ \| (.*) \|$", part, re.M):
            found[name] = {*re.findall(r"`(\w+)`", row), *shared}
    assert {f"{name}.html" for name in PARTS} == set(re.findall(r"^\| `(\S+)`", parts, re.M))
    return found


@pytest.mark.long
def test_the_documentation_lists_what_each_template_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, set[str]] = {}
    own = templates._templates()

    class Noted:
        def get_template(self, name: str) -> Any:
            template = own.get_template(name)
            render = template.render

            class Filled:
                def render(self, view: dict[str, Any]) -> str:
                    seen.setdefault(name, set()).update(view)
                    return render(view)

            return Filled()

    monkeypatch.setattr(templates, "_templates", Noted)
    read = read_workspace(Workspace(ROOT))
    assert isinstance(read, SoundWorkspace)
    values = {one: values_of(read.content, "peru", one) for one in ("en", "es")}
    for card in ("peru", "scoreboard"):
        card_named(card).compose(read, "en")
    links = replace(Compositor(read.content, values["en"], "en"), links=[])
    compose_covers(read.workspace, read.content, [*values.values()], [*values], read.styles)
    web_edition(read, ["peru"], ("en", "es"))
    Pictures(read, links)._composed("wide", 50)
    as_html(News("en", "", "", ()), read.styles)
    names = documented()
    assert seen == {name: names[name] for name in seen}
    assert names.keys() - seen.keys() <= {
        "addresses.html",
        "padding.html",
        "parallel.html",
        "slug.html",
    }
    files = {path.relative_to(OWN).as_posix() for path in OWN.rglob("*.html")}
    assert files == names.keys() | {f"{name}.html" for name in PARTS}


def test_an_environment_is_made_once_for_a_workspace() -> None:
    overriding = MappingProxyType({"context.html": "<p></p>"})
    given = ("styles/gold/templates/", tuple(overriding.items()))
    assert templates._with(*given) is templates._with(*given)
