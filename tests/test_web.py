"""The web edition in a browser: what it shows, that all can use it, and that it asks nobody for
anything.
"""

import io
import json
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from reportcard.build.inventory import read_workspace
from reportcard.checks import references
from reportcard.content.loading import Content, load
from reportcard.errors import ExitCode
from reportcard.web.head import cut
from reportcard.web.pictures import embedded
from reportcard.web.publication import publish_web, web_edition

from .browsing import RULES, Open, axe, in_a_browser, playwright, watched
from .conftest import ROOT, Copy, copy_workspace

Run = Callable[..., tuple[int, str, str]]
LANGUAGES = ("en", "es", "pt-BR")
HOSTILE = (
    '</script><script>window.caught=1</script><img src=x onerror="window.caught=1"><!-- ]]> & \\\''
    " {{'{{'}}"
)
LONG = "Mineralienverarbeitungs" * 12
PORTUGUESE = """\
language: Português
labels: {draft: Rascunho}
"""
#: A card without context and recommendations, whose one note is called twice, as forty others are
#: once.
SMALL = (
    (
        f"title: 'Colombia {HOSTILE}'\nstatus: final\nauthors: ['{HOSTILE}']\noverall:\n  result:"
        f" |\n    {LONG} <b>{{{{ score.total }}}}</b> [^first]\ndimensions:\n  legal:\n   "
        " findings: |\n      Twice [^first]. [Out](https://example.org/?a=1&b=2). [The"
        " place](edition:scoreboard).\n  policies:\n    findings: |\n     "
        f" {' '.join(f'Text [^n{number}].' for number in range(40))}\n  enforcement:\n    findings:"
        f" |\n      Text.\nnotes:\n  first: First {LONG}.\n"
        + "".join(f"  n{number}: Note {number}.\n" for number in range(40))
        + "waivers:\n"
        + "".join(
            f"  {name}: {{PROSE-MARKDOWN: A test.}}\n"
            for name in ("title", "authors.1", "overall.result")
        )
    )
    .replace("{{'{{'}}", "")
    .replace("\\'", "''")
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Two cards in three languages: the real one, and a hostile one; with `output/web` made."""
    copy = copy_workspace(tmp_path_factory.mktemp("web") / "workspace")
    copy.edit(
        "content/edition.yaml",
        "source_language: en",
        "  pt-BR: {fallback: true}\nsource_language: en",
    )
    copy.edit("content/edition.yaml", "repeated_notes: again", "repeated_notes: same ")
    copy.edit("content/edition.yaml", "web_address:", "web_address: https://example.org/cards/")
    copy.edit(
        "content/edition.yaml", "  scoreboard:\n", "  scoreboard: https://example.org/board\n"
    )
    (copy.root / "content/wording/pt-BR.yaml").write_text(PORTUGUESE, encoding="utf-8")
    (copy.root / "content/peru/pt-BR.yaml").write_text(
        "title: Ficha do Peru\nstatus: draft\n", encoding="utf-8"
    )
    for language in LANGUAGES:
        text = SMALL.replace("final", "draft") if language == "pt-BR" else SMALL
        (copy.root / f"content/colombia/{language}.yaml").write_text(text, encoding="utf-8")
    outcome = publish_web(copy.workspace, (), (), copy.root / "output/web")
    assert outcome.code is ExitCode.OK, [
        str(problem) for problem in outcome.problems if problem.severity == "error"
    ]
    return copy


@pytest.fixture(scope="module")
def content() -> Content:
    found = load(Copy(ROOT).workspace).content
    assert found
    return found


def source(site: Copy, name: str) -> str:
    return (site.root / "output/web" / name).read_text(encoding="utf-8")


@pytest.fixture
def opened(browser: "playwright.Browser", site: Copy) -> Iterator[Open]:
    """Opens a page in a browser of its own; in the end, nothing was fetched, logged or thrown in
    any.
    """
    told: list[str] = []

    def open_(
        name: str = "peru-report-card-en.html", width: int = 1280, height: int = 800, **options
    ) -> "playwright.Page":
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        closing.callback(context.close)
        page = watched(context, told, lambda url: re.match(r"data:|file:.*\.html", url))
        page.goto((site.root / "output/web" / name).as_uri())
        return page

    with ExitStack() as closing:
        yield open_
    assert told == []


class Parts(HTMLParser):
    """The elements of a page with their attributes, as a browser would part them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.data = ""
        self._in_data = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        self._in_data = attributes.get("type") == "application/ld+json"

    def handle_data(self, data):
        self.data += data if self._in_data else ""

    def handle_endtag(self, _):
        self._in_data = False

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def meta(self, name: str) -> str:
        return next(
            (
                one["content"]
                for one in self.all("meta")
                if name in (one.get("name"), one.get("property"))
            ),
            "",
        )


def active(page: "playwright.Page") -> str:
    return page.evaluate("document.activeElement.getAttribute('href') ?? document.activeElement.id")


# --- files ----------------------------------------------------------------------------------------


def test_each_card_and_the_list_is_a_file_in_each_language(site: Copy) -> None:
    names = {
        path.name
        for path in (site.root / "output/web").glob("*.*")
        if not path.name.startswith(".")
    }
    assert names == {
        "index.html",
        *(
            f"{stem}-{language}.html"
            for language in LANGUAGES
            for stem in ("index", "peru-report-card", "colombia-report-card")
        ),
    }
    assert source(site, "index.html") == source(site, "index-en.html")


def test_the_same_content_gives_the_same_bytes_and_a_page_is_light(site: Copy) -> None:
    read = read_workspace(site.workspace)
    files, found = web_edition(read, ("peru", "colombia"), LANGUAGES)
    assert found == ()
    for name, data in files.items():
        assert data == (site.root / "output/web" / name).read_bytes()
        assert len(data) < 300_000


def test_a_page_has_nothing_that_runs_or_loads_but_its_own(site: Copy) -> None:
    for path in (site.root / "output/web").glob("*.html"):
        page = Parts(path.read_text(encoding="utf-8"))
        assert Counter(tag for tag, _ in page.elements)["script"] == 2
        for _, attributes in page.elements:
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
            assert attributes.get("src", "data:").startswith("data:")
        policy = next(one["content"] for one in page.all("meta") if "http-equiv" in one)
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert "http" not in policy
        ids = Counter(one["id"] for _, one in page.elements if "id" in one)
        assert [id_ for id_, count in ids.items() if count > 1] == []


def test_every_link_leads_somewhere(site: Copy) -> None:
    folder = site.root / "output/web"
    for path in folder.glob("*.html"):
        page = Parts(path.read_text(encoding="utf-8"))
        ids = {one.get("id") for _, one in page.elements}
        for link in page.all("a"):
            href = link["href"]
            if href.startswith("#"):
                assert href[1:] in ids
            elif href.startswith("http"):
                assert link["rel"] == "noopener"
            else:
                assert (folder / href).is_file()


def test_the_other_languages_are_named_and_only_those_that_are_there(
    site: Copy, tmp_path: Path
) -> None:
    page = Parts(source(site, "peru-report-card-es.html"))
    assert [
        (one["hreflang"], one["href"]) for one in page.all("link") if one["rel"] == "alternate"
    ] == [
        (language, f"https://example.org/cards/peru-report-card-{language}.html")
        for language in LANGUAGES
    ]
    read = read_workspace(site.workspace)
    alone, _ = web_edition(read, ("peru",), ("es",))
    assert set(alone) == {"peru-report-card-es.html", "index-es.html", "index.html"}
    assert b"hreflang" not in alone["peru-report-card-es.html"].partition(b"<body>")[2]
    assert b"colombia-report-card" not in alone["index-es.html"]
    beside, _ = web_edition(
        read, ("peru",), ("es",), {path.name for path in (site.root / "output/web").iterdir()}
    )
    assert beside["peru-report-card-es.html"].decode() == source(site, "peru-report-card-es.html")
    assert "index.html" not in beside


def test_it_tells_searchers_and_sharers_what_it_is(site: Copy) -> None:
    page = Parts(source(site, "peru-report-card-en.html"))
    assert page.meta("description") == cut(
        "Peru comes second overall in the Amazon Mining Policy Scoreboard: it scores 11.7 of 15"
        " points. That places it after Colombia (12.5) and before Brazil (11.5), Ecuador (10.1),"
        " and Bolivia (8.3)."
    )
    assert page.meta("description").endswith("after Colombia (12.5) and before Brazil (11.5)…")
    assert page.meta("og:title") == "Peru Report Card"
    assert page.meta("og:image") == "https://example.org/cards/peru-en-1200x630.png"
    assert page.meta("robots") == "noindex"
    report = json.loads(page.data)
    assert report["@type"] == "Report"
    assert report["datePublished"] == "2026-11-24"
    assert report["about"] == {"@type": "Country", "name": "Peru", "identifier": "PE"}
    assert [one["inLanguage"] for one in report["workTranslation"]] == ["es", "pt-BR"]
    translated = json.loads(Parts(source(site, "peru-report-card-es.html")).data)
    assert [one["name"] for one in translated["translationOfWork"]] == ["Peru Report Card"]
    assert "workTranslation" not in translated
    hostile = Parts(source(site, "colombia-report-card-en.html"))
    assert hostile.meta("robots") == ""
    assert "<script>window.caught=1</script>" in json.loads(hostile.data)["name"]


@pytest.mark.slow
def test_without_an_address_none_is_invented(copy: Copy) -> None:
    files, _ = web_edition(read_workspace(copy.workspace), ("peru",), ("en", "es"))
    page = Parts(files["peru-report-card-en.html"].decode())
    assert [one["href"] for one in page.all("link") if one["rel"] != "icon"] == [
        "peru-report-card-en.html",
        "peru-report-card-es.html",
    ]
    assert (page.meta("og:url"), page.meta("og:image")) == ("", "")
    copy.edit("content/edition.yaml", "web_address:", "web_address: cards/?x")
    assert [problem.code for problem in read_workspace(copy.workspace).shared] == ["EDITION-LINK"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://ana:secret@example.org/", "the web address contains a user name."),
        ("https://@example.org/", "the web address contains a user name."),
        ("https://example.org:99999/", "an invalid host or port"),
        ("https://example.org:0/", "is not a web address"),
        ("https://[example.org/", "an invalid host or port"),
        ("https://example..org/", "an invalid host or port"),
        ("https://example.org/cards/index.html", "points to a file, not a folder"),
        ("https://ejemplo-ñandú.org/", "Write xn--"),
        ("https://example.org:8443/v1.2/fichas", ""),
        ("https://xn--andu-0na.org/", ""),
    ],
)
def test_the_address_is_that_of_a_folder_that_every_program_finds(
    content: Content, address: str, told: str
) -> None:
    edition = content.edition.model.model_copy(update={"web_address": address})
    changed = replace(content, edition=replace(content.edition, model=edition))
    found = [
        str(one)
        for one in references.shared(Copy(ROOT).workspace, changed)
        if one.code == "EDITION-LINK"
    ]
    assert len(found) == bool(told)
    assert all(
        told in one and "content/edition.yaml:" in one and "secret" not in one for one in found
    )


def test_it_shows_what_the_print_card_says(site: Copy) -> None:
    page = source(site, "peru-report-card-es.html")
    assert 'aria-label="Regulación del mercurio: 0.8 de 1 (provisional)"' in page
    assert "<strong>2</strong> de 5\u00a0países" in page
    assert "139\u00a0169\u00a0hectáreas" in page or "139,169\u00a0hectáreas" in page
    assert page.count('class="recommendation"') == 10
    assert '<li class="note" id="peru.es.notes.dl-1100.1" value="1">' in page
    assert 'lang="en"' in source(site, "peru-report-card-pt-BR.html").partition("<main")[2]


@pytest.mark.long
def test_the_list_hatches_and_stars_what_is_provisional_and_says_so_once(copy: Copy) -> None:
    def index() -> str:
        files, _ = web_edition(read_workspace(copy.workspace), ("peru",), ("en",))
        return files["index-en.html"].decode()

    page = index()
    bars = re.findall(r'<svg class="extent".*?</svg>', page)
    hatched = [number for bar in bars for number in re.findall(r"url\(#hatch-(\d)\)", bar)]
    assert hatched == ["0", "1", "2", "3"], "the legend, then Peru's three dimensions"
    assert all(f'<pattern id="hatch-{number}"' in page for number in hatched)
    assert "* provisional</p>" in page
    assert '<strong>3.9<span aria-hidden="true">*</span></strong>&nbsp;of\u00a05' in page
    assert "<strong>11.7</strong>&nbsp;of\u00a015" in page
    assert page.count("(provisional)") == 3
    assert all("viewBox" not in bar for bar in bars), "which would stretch the stripes"

    copy.edit("content/peru/scores.yaml", "\nprovisional: true", "\nprovisional: false")
    page = index()
    assert "<strong>3.9</strong>&nbsp;of\u00a05" in page
    assert "url(#hatch" not in page
    assert "provisional" not in page.partition("<body>")[2]


@pytest.mark.long
def test_a_card_with_a_fault_has_no_page(run: Run, copy: Copy) -> None:
    copy.edit(
        "content/peru/en.yaml",
        "On paper, the country has",
        "[On](javascript:alert(1)) ![paper](figures/photo.png) the country has",
    )
    code, out, err = run("web", "--workspace", str(copy.root))
    assert (code, out) == (ExitCode.CONTENT, "")
    assert "content/peru/en.yaml:" in err
    assert "peru was not published: " in err
    assert not (copy.root / "output/web").exists()
    assert run("web", "atlantis", "--workspace", str(copy.root))[0] == ExitCode.USAGE


@pytest.mark.slow
def test_pictures_are_carried_along_and_what_cannot_be_is_told(copy: Copy, run: Run) -> None:
    for language in ("en", "es"):
        (copy.root / f"content/colombia/{language}.yaml").write_text(
            SMALL.replace(
                "      Text.\n", '      Text.\n\n      ![A map](figures/photo.jpg "Seen")\n'
            ),
            encoding="utf-8",
        )
    Image.effect_noise((3000, 2000), 90).convert("RGB").save(
        copy.root / "figures/photo.jpg", quality=95
    )
    read = read_workspace(copy.workspace)
    files, found = web_edition(read, ("colombia", "peru"), ("en", "es"))
    page = files["colombia-report-card-en.html"].decode()
    assert '<img src="data:image/webp;base64,' in page
    assert re.search(r"<figcaption><p id=[^>]*>Seen", page)
    assert [problem.code for problem in found] == ["WEB-WEIGHT"] * 2
    (copy.root / "figures/photo.jpg").write_bytes(b"no picture")
    code, out, err = run("web", "--workspace", str(copy.root))
    assert code == ExitCode.WITHHELD
    assert "colombia-report-card" not in out
    assert "error: figures/photo.jpg: " in err
    assert "[FIGURE-FILE]" in err
    assert "colombia-report-card" not in (copy.root / "output/web/index-en.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.long
def test_pictures_have_twice_the_pixels_that_they_are_shown_in(copy: Copy) -> None:
    def pixels(path: str) -> tuple[str, int, int]:
        kind, _, data = embedded(read.styles, path).partition(";base64,")
        image = Image.open(io.BytesIO(b64decode(data)))
        return kind.removeprefix("data:image/"), *image.size

    read = read_workspace(copy.workspace)
    noise = Image.effect_noise((2000, 1500), 90).convert("RGB")
    noise.save(copy.root / "figures/photo.jpg", quality=95)
    noise.resize((600, 450)).save(copy.root / "figures/small.png")
    noise.save(copy.root / "figures/still.gif")
    noise.save(copy.root / "figures/film.gif", save_all=True, append_images=[noise.rotate(9)])
    Image.new("RGB", (900, 300)).save(copy.root / "figures/organisations/wide.png")
    Image.new("RGB", (400, 400)).save(copy.root / "figures/organisations/square.png")
    Image.new("RGB", (100, 60)).save(copy.root / "figures/organisations/tiny.png")
    assert pixels("figures/photo.jpg") == ("webp", 1344, 1008)
    assert pixels("figures/small.png")[1:] == (600, 450), "none is scaled up"
    assert pixels("figures/still.gif") == ("webp", 1344, 1008)
    assert pixels("figures/film.gif") == ("gif", 2000, 1500)
    assert pixels("figures/organisations/wide.png") == ("webp", 336, 112)
    assert pixels("figures/organisations/square.png") == ("webp", 112, 112)
    assert pixels("figures/organisations/tiny.png") == ("png", 100, 60)
    sizes = copy.root / "styles/gold/sizes.yaml"
    sizes.write_text(sizes.read_text().replace("picture: {width: 672}", "picture: {width: 400}"))
    read = read_workspace(copy.workspace)
    assert pixels("figures/photo.jpg") == ("webp", 800, 600)
    page = web_edition(read, ("peru",), ("en",))[0]["peru-report-card-en.html"].decode()
    assert "--picture:400px;--logo-width:176px;--logo-height:56px" in page


@pytest.mark.slow
def test_the_style_sheet_is_the_workspace_s_and_asks_for_nothing_else(copy: Copy, run: Run) -> None:
    sheet = copy.root / "styles/gold/web.css"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(f"{text}\n.own::after {{ content: '</style>'; }}\n", encoding="utf-8")
    files, _ = web_edition(read_workspace(copy.workspace), ("peru",), ("en",))
    page = files["peru-report-card-en.html"].decode()
    assert "content: '<\\/style>'" in page
    # After what all themes have, so that it overrules it
    assert 0 < page.find(".recommendation { display: grid") < page.find(".own::after")
    assert "web.css" not in str(dict(read_workspace(copy.workspace).styles.sources))
    line = text.count("\n") + 2
    for addition, column, code in (
        ("body { background: url(https://example.org/x.png); }", 20, "ARTWORK-MISSING"),
        ("@font-face { font-family: X; src: url(https://example.org/x.ttf); }", 39, "WEB-FILE"),
    ):
        sheet.write_text(f"{text}\n{addition}\n", encoding="utf-8")
        ended, _, err = run("web", "--workspace", str(copy.root))
        assert ended == ExitCode.CONTENT
        assert f"styles/gold/web.css:{line}:{column}: " in err
        assert f"[{code}]" in err
    sheet.unlink()
    code, _, err = run("web", "--workspace", str(copy.root))
    assert (code, "[STYLE-MISSING]" in err) == (ExitCode.CONTENT, True)


# --- in a browser ---------------------------------------------------------------------------------


@in_a_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_assistive_technology_finds_nothing_amiss(opened: Open, scheme: str, width: int) -> None:
    other = "index-es.html" if width == 1280 else "colombia-report-card-pt-BR.html"
    for name in ("peru-report-card-en.html", other):
        page = opened(name, width, color_scheme=scheme)
        states = ["closed", "open"] if name.startswith("peru") else ["closed"]
        for state in states:
            if state == "open":
                page.locator(".call a").nth(5).click()
            found = axe.Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{name}, {state}: {found.generate_report()}"


@in_a_browser
def test_a_note_opens_beside_its_call_and_gives_the_focus_back(opened: Open) -> None:
    page = opened()
    call = page.locator(".call a").nth(6)
    call.focus()
    page.keyboard.press("Enter")
    beside = page.locator(".beside")
    assert beside.is_visible()
    assert beside.get_attribute("aria-label") == "Note 6"
    assert "Anuario Minero 2024" in beside.inner_text()
    assert active(page) == "beside-a-call"
    note, word = beside.bounding_box(), call.bounding_box()
    assert (
        0 <= note["y"] - word["y"] - word["height"] < 20
        or 0 <= word["y"] - note["y"] - note["height"] < 20
    )
    page.keyboard.press("Tab")
    assert active(page).startswith("https://cdn.www.gob.pe/")
    page.keyboard.press("Escape")
    assert not beside.is_visible()
    assert active(page) == "#peru.en.notes.yearbook-2024.1"
    page.locator("a[title='Note 15']").filter(has_text="Balbuena").first.click()
    assert "Balbuena, H." in beside.inner_text()
    page.get_by_role("button", name="Close").click()
    assert not beside.is_visible()
    assert page.evaluate(
        "document.querySelectorAll('[id]').length === new"
        " Set([...document.querySelectorAll('[id]')].map((e) => e.id)).size"
    )


@in_a_browser
def test_without_scripts_a_call_leads_to_the_note_and_the_note_back_to_each_call(
    opened: Open,
) -> None:
    page = opened("colombia-report-card-en.html", java_script_enabled=False)
    page.locator(".call a").first.click()
    note = page.locator("li.note:target")
    assert note.bounding_box()["y"] < 800
    backs = note.locator(".backs a")
    assert [back.get_attribute("title") for back in backs.all()] == [
        "Back to the reference to note 1",
        "Back to reference 2 to note 1",
    ]
    backs.nth(1).click()
    assert page.locator("sup.call:target").count() == 1
    assert not page.locator(".beside").is_visible()


@in_a_browser
def test_by_keyboard_past_the_head_to_another_language_and_to_the_list(opened: Open) -> None:
    page = opened("peru-report-card-es.html")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert active(page) == "text"
    page.get_by_role("navigation", name="Idiomas").get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title() == "Peru Report Card · Amazon Gold Governance Review"
    page.get_by_role("link", name="All report cards").click()
    assert page.get_by_role("heading", level=2).all_inner_texts() == [
        "Colombia",
        "Peru",
        "Brazil",
        "Ecuador",
        "Bolivia",
    ]
    page.get_by_role("link", name="Peru", exact=True).click()
    assert page.locator("h1").inner_text().split() == ["Peru", "Report", "Card"]
    for link in page.locator(".contents ol a").all():
        link.click()
        assert page.locator(":target").count() == 1


@in_a_browser
@pytest.mark.parametrize(
    "name", ["peru-report-card-es.html", "colombia-report-card-en.html", "index-en.html"]
)
def test_narrow_or_enlarged_four_times_nothing_is_cut(opened: Open, name: str) -> None:
    page = opened(name, 320, 256)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    outside = """() => [...document.querySelectorAll("body *:not(.unseen, .skip, .hatches, \
.hatches *)")].filter((e) => {
        const box = e.getBoundingClientRect(); return box.width && (box.right > 320.5 || box.left \
< -0.5); }).map((e) => e.outerHTML.slice(0, 90))"""
    assert page.evaluate(outside) == []
    if page.locator(".call a").count():
        page.locator(".call a").first.click()
        box = page.locator(".beside").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 256


@in_a_browser
@pytest.mark.parametrize("width", [320, 800])
def test_the_artwork_is_behind_no_text_of_a_narrow_head(opened: Open, width: int) -> None:
    for name in ("peru-report-card-en.html", "index-es.html"):
        page = opened(name, width)
        art, text = page.evaluate(
            """() => {
                const hero = document.querySelector(".hero");
                const foot = hero.getBoundingClientRect().bottom;
                const height = parseFloat(getComputedStyle(hero, "::before").height);
                const below = [...hero.querySelectorAll(".inner *")]
                    .map((one) => one.getBoundingClientRect().bottom);
                return [foot - height, Math.max(...below)];
            }"""
        )
        assert text <= art


@in_a_browser
def test_what_is_typed_is_only_text(opened: Open) -> None:
    page = opened("colombia-report-card-en.html")
    assert page.evaluate("window.caught") is None
    assert "</script>" in page.locator("h1").inner_text()
    assert page.locator(".notes li").count() == 41
    assert page.locator(".contents li").count() == 6
    assert page.locator(".recommendation").count() == 0
    assert page.locator("#colombia\\.en\\.context").count() == 0


@in_a_browser
def test_it_prints_in_ink_on_white_whatever_the_screen(opened: Open) -> None:
    page = opened(color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 42, 38)"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.hero')).backgroundColor")
        == "rgba(0, 0, 0, 0)"
    )
    assert not page.locator("nav, .beside, .skip").filter(visible=True).count()
    assert page.locator(".notes").is_visible()
