"""The report of a comparison, in a browser: what it shows, what it keeps, and that all can use it
and nothing gets into it.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from reportcard.messages.message import message
from reportcard.review.changes import Act, Change, Comparison, Fact, Kind, Leaf, Side
from reportcard.review.tell.report import report
from reportcard.review.tell.review_record import read_record

from .browsing import RULES, Open, axe, in_a_browser, playwright, watched

pytestmark = in_a_browser

A4 = (210.0, 297.0)
WIDE = {"width": 1440, "height": 900}
HOSTILE = (
    '</script><img src=x onerror="window.caught=1"><!-- $style ${script} ]]> \u2028 \ud800 & \''
)
WORDS = json.loads(files("reportcard.review.tell").joinpath("words.json").read_text("utf-8"))


def picture(kind: str = "PNG", grey: int = 255) -> bytes:
    image = Image.new("L", (84, 119), grey)
    ImageDraw.Draw(image).rectangle((10, 10, 60, 14), fill=40)
    target = BytesIO()
    image.save(target, kind)
    return target.getvalue()


def side(name: str, sign: str, pages: int = 3) -> Side:
    return Side(name, sign * 64, (A4,) * pages)


WORDING = Change(
    Kind.WORDING,
    Act.CHANGED,
    "peru/context",
    "content/peru/es.yaml:31:5",
    "es",
    "segundo lugar",
    "tercer lugar",
    (("same", "El Perú ocupa el"), ("gone", " segundo"), ("new", " tercer"), ("same", " lugar.")),
    old_areas=((1, 21.0, 29.7, 42.0, 5.0),),
    new_areas=((1, 42.0, 59.4, 63.0, 5.0), (2, 20.0, 20.0, 30.0, 5.0)),
)
NUMBER = Change(
    Kind.NUMBER,
    Act.CHANGED,
    "peru/context",
    old="139,169",
    new="141,002",
    only_in="es",
    old_areas=((2, 30.0, 100.0, 20.0, 5.0),),
    new_areas=((2, 30.0, 100.0, 20.0, 5.0),),
)
REMOVED = Change(
    Kind.NOTE, Act.REMOVED, "peru/notes.a", old="Una nota", old_areas=((3, 20.0, 250.0, 60.0, 5.0),)
)
LAYOUT = Change(
    Kind.LAYOUT,
    Act.CHANGED,
    facts=(
        Fact("size", "11 pt", "10 pt"),
        Fact("kerning", "", "on"),
        Fact("look", "", ""),
        Fact("passages", "", "12"),
    ),
    old_areas=((1, 10.0, 10.0, 190.0, 100.0),),
    new_areas=((1, 10.0, 10.0, 190.0, 100.0),),
)
METADATA = Change(Kind.METADATA, Act.CHANGED, facts=(Fact("title", "Ficha", "Ficha del Perú"),))
CARD = Comparison(
    "peru-es.pdf",
    side("peru-es.pdf", "a"),
    side("peru-es.pdf", "b", 2),
    "es",
    (Leaf(1, 1, True), Leaf(2, 2, True), Leaf(3, None, True)),
    (WORDING, NUMBER, REMOVED, LAYOUT, METADATA),
)
IMAGES = {
    (0, "old", 1): picture(),
    (0, "new", 1): picture(grey=250),
    (0, "old", 2): picture(),
    (0, "old", 3): picture(),
}


@pytest.fixture
def opened(browser: "playwright.Browser", tmp_path: Path) -> Iterator[Open]:
    """Opens a report in a browser of its own; in the end, nothing was fetched, logged or thrown in
    any.
    """
    told: list[str] = []
    numbers = count()

    def open_(
        *comparisons: Comparison,
        images: dict = IMAGES,
        language: str = "en",
        before: str = "",
        **options,
    ) -> "playwright.Page":
        context = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})
        closing.callback(context.close)
        page = watched(context, told, lambda url: re.match("file|data|blob", url))
        if before:
            page.add_init_script(before)
        file = tmp_path / f"report-{next(numbers)}.html"
        file.write_bytes(report(comparisons or (CARD,), images, language))
        page.goto(file.as_uri())
        return page

    with ExitStack() as closing:
        yield open_
    assert told == []


def selected(page: "playwright.Page") -> str:
    return page.locator(".card.selected .count").inner_text()


def shown(page: "playwright.Page") -> str:
    return page.locator("#shown").inner_text()


class Parts(HTMLParser):
    """What the elements of a file are, as a browser would part them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: dict[str, str] = {}
        self.policy = ""
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append(tag)
        self.policy = attributes.get("content", "") if "http-equiv" in attributes else self.policy
        self._in = attributes.get("id", tag) if tag in ("script", "style") else ""
        assert not [name for name in attributes if name.startswith("on") or name == "style"]

    def handle_endtag(self, _):
        self._in = ""

    def handle_data(self, data):
        if self._in:
            self.texts[self._in] = self.texts.get(self._in, "") + data


def test_its_policy_allows_its_own_style_and_script_alone():
    parts = Parts(report([CARD], IMAGES).decode())
    hashes = {
        name: b64encode(sha256(parts.texts[name].encode()).digest()).decode()
        for name in ("style", "script")
    }
    assert (
        parts.policy
        == f"default-src 'none'; img-src data:; style-src 'sha256-{hashes['style']}'; script-src"
        f" 'sha256-{hashes['script']}'; base-uri 'none'; form-action 'none'"
    )
    assert not {"img", "iframe", "object"} & set(parts.tags)


def test_a_picture_is_kept_once_and_known_by_its_first_bytes():
    images = {
        (0, "old", 1): picture("PNG"),
        (0, "new", 1): picture("PNG"),
        (0, "old", 2): picture("JPEG"),
        (0, "new", 2): picture("WEBP"),
    }
    text = report([CARD], images).decode()
    assert re.findall('data-type="(.+?)"', text) == ["image/png", "image/jpeg", "image/webp"]
    places = json.loads(Parts(text).texts["data"])["images"]
    assert places == {"0:old:1": 0, "0:new:1": 0, "0:old:2": 1, "0:new:2": 2}
    with pytest.raises(ValueError, match="not a PNG"):
        report([CARD], {(0, "old", 1): b"GIF89a"})


def test_the_same_comparison_gives_the_same_bytes():
    assert report([CARD], IMAGES) == report([CARD], IMAGES)


def test_both_languages_have_all_words():
    def keys(value, path=""):
        return (
            {path} | {key for name, one in value.items() for key in keys(one, f"{path}/{name}")}
            if isinstance(value, dict)
            else {path}
        )

    def texts(value):
        return (
            [text for one in value.values() for text in texts(one)]
            if isinstance(value, dict)
            else [value]
        )

    assert keys(WORDS["en"]) == keys(WORDS["es"])
    assert {kind.value for kind in Kind} == set(WORDS["en"]["kinds"])
    assert {act.value for act in Act} == set(WORDS["en"]["acts"])
    for english, spanish in zip(texts(WORDS["en"]), texts(WORDS["es"]), strict=True):
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", spanish)), english


def test_every_word_of_the_page_is_in_the_list_of_words():
    page = files("reportcard.review.tell").joinpath("page")
    parts = [
        one.read_text("utf-8") for one in page.iterdir() if one.name.endswith((".html", ".js"))
    ]
    used = {
        name
        for text in parts
        for name in re.findall(r"""data-(?:text|label)="(\w+)"|\bt\("(\w+)\"""", text)
    }
    assert {one or other for one, other in used} <= set(WORDS["en"]["texts"])


def test_nothing_in_a_file_gets_into_the_page(opened: Open):
    change = Change(
        Kind.LINK,
        Act.CHANGED,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        (("same", HOSTILE), ("gone", HOSTILE)),
        (Fact(HOSTILE, HOSTILE, HOSTILE), Fact("constructor", "javascript:alert(1)", "b")),
        ((1, 1.0, 1.0, 9.0, 9.0),),
        (),
        HOSTILE,
    )
    hostile = replace(
        CARD, name=HOSTILE, language=HOSTILE, changes=(change,), old=replace(CARD.old, name=HOSTILE)
    )
    page = opened(hostile, replace(hostile, failed=HOSTILE))
    page.locator(".select").first.click()
    page.locator("#switch-language").click()
    assert page.evaluate(
        "[window.caught, document.querySelectorAll('img:not([data-image])').length]"
    ) == [None, 0]
    assert page.locator("h1 img, #list img, a[href^=javascript]").count() == 0
    assert HOSTILE.replace("\ud800", "\ufffd")[:40] in page.locator(".card").first.inner_text()


def test_a_list_and_a_summary_tell_what_changed(opened: Open):
    page = opened()
    assert page.locator("h1").inner_text() == "What changed in peru-es.pdf"
    assert page.locator("#subject").inner_text().startswith("5 changes. Pages that differ: 3 of 3.")
    assert page.locator("#kinds label").all_inner_texts()[0].split() == ["#", "Number", "1"]
    assert page.locator(".strip button").all_text_contents() == ["12", "22", "31"]
    card = page.locator(".card").first
    assert [
        text in card.inner_text()
        for text in (
            "Wording · changed",
            "pages 1 → 1–2",
            "peru/context",
            "content/peru/es.yaml:31:5",
        )
    ] == [True] * 4
    assert (
        card.locator(".context").text_content().split("removed: ")[1]
        == "segundo (end of removed text)  added: tercer (end of added text)  lugar."
    )
    assert card.locator(".passage del > [lang]").get_attribute("lang") == "es"
    assert page.locator(".badge").all_inner_texts() == ["only in Spanish"]
    assert page.locator(".facts").first.locator("dt").all_inner_texts() == [
        "size",
        "kerning",
        "look",
        "passages",
    ]
    assert [
        text.split()[0] for text in page.locator(".facts").first.locator("dd").all_inner_texts()[1:]
    ] == [
        "none",
        "differs",
        "12",
    ]


def test_files_that_failed_are_the_same_or_stand_alone_are_told_apart(opened: Open):
    same = Comparison(
        "same.pdf", side("same.pdf", "c"), side("same.pdf", "d"), leaves=(Leaf(1, 1, False),)
    )
    failed = Comparison(
        "bad.pdf", side("bad.pdf", "e"), side("bad.pdf", "f"), failed="it is no PDF"
    )
    new, gone = (
        Comparison("new.pdf", None, side("new.pdf", "0")),
        Comparison("gone.pdf", side("gone.pdf", "1"), None),
    )
    page = opened(CARD, same, failed, new, gone)
    assert page.locator("#subject").inner_text() == "5 changes. Files that differ: 1 of 5."
    assert page.locator("#notices li").all_inner_texts() == [
        "bad.pdf could not be compared: it is no PDF",
        "New files, not in the old version: new.pdf.",
        "Removed files, not in the new version: gone.pdf.",
    ]
    told = page.locator("#files > li > p").all_inner_texts()
    assert [text.split(" ", 1)[1].split(":")[0] for text in told] == [
        "5 changes",
        "no change",
        "could not be compared",
        "new file",
        "removed",
    ]
    page.locator("#file").select_option("1")
    assert shown(page) == "No change matches these filters."
    assert page.locator(".leaf:visible").count() == 0
    alone = opened(failed, images={})
    assert alone.locator("#notices .failed").inner_text().endswith("it is no PDF")
    assert "no change" not in alone.locator("body").inner_text().lower()
    assert "no change" in opened(same, images={}).locator("#notices").inner_text()


def test_why_files_could_not_be_compared_is_in_the_languages_of_the_report():
    fault = message("the new file, {file}, cannot be read: {reason}", file="a.pdf", reason="x")
    page = report((replace(CARD, failed=fault),), {}).decode()
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert data
    (file,) = json.loads(data[1])["files"]
    assert file["failed"] == "the new file, a.pdf, cannot be read: x"
    assert file["reasons"].keys() == {"en", "es"}


def test_marks_stand_where_the_changes_are(opened: Open):
    page = opened()
    page.locator(".new .mark[data-number='1']").first.wait_for()
    sheet = page.locator(".leaf .new .sheet").first.bounding_box()
    mark = page.locator(".leaf .new .mark[data-number='1']").first.bounding_box()
    place = [
        (mark["x"] - sheet["x"]) / sheet["width"],
        (mark["y"] - sheet["y"]) / sheet["height"],
        mark["width"] / sheet["width"],
    ]
    assert place == pytest.approx([0.2, 0.2, 0.3], abs=0.005)
    mark = page.locator(".leaf .new .mark[data-number='1']").first
    mark.click()
    assert selected(page) == "1"
    assert page.locator(".mark.selected").count() == 3
    assert (
        page.evaluate("document.activeElement.closest('.card').querySelector('.count').textContent")
        == "1"
    )


@pytest.mark.parametrize("width", [480, 1024, 1440, 2200])
def test_signs_are_in_the_margins_and_on_no_word(opened: Open, width: int):
    """Six changes, of which four are in one line: no sign covers a mark, or another sign."""
    places = ((25.0, 100.0), (45.0, 100.0), (120.0, 100.4), (170.0, 99.8), (60.0, 150.0))
    changes = [
        replace(NUMBER, old=str(number), new_areas=((1, left, top, 9.0, 4.0),), old_areas=())
        for number, (left, top) in enumerate(places)
    ]
    changes.append(LAYOUT)
    page = opened(replace(CARD, changes=tuple(changes)), viewport={"width": width, "height": 900})
    page.locator(".new .mark").first.wait_for(state="attached")
    for zoom in ("1", "2"):
        page.evaluate("zoom => setZoom(zoom)", zoom)
        boxes = page.evaluate(
            """() => [...document.querySelectorAll("[data-leaf='0'] .new .label")].map(one => {
                const sheet = one.closest(".plate").getBoundingClientRect();
                const {left, right, top, bottom} = one.getBoundingClientRect();
                return [left - sheet.left, sheet.right - right, top, bottom, sheet.width];
            })"""
        )
        assert len(boxes) == 6
        for left, right, *_, across in boxes:
            assert left >= -1
            assert right >= -1
            # The outer 22 mm of the page
            assert min(across - right, across - left) <= across * 22 / 210, (
                left,
                right,
                across,
            )
        spans = [(left, across - right, top, bottom) for left, right, top, bottom, across in boxes]
        for number, one in enumerate(spans):
            for other in spans[:number]:
                apart = one[0] >= other[1] or other[0] >= one[1]
                assert apart or one[2] >= other[3] or other[2] >= one[3], (one, other)


def test_changes_are_gone_through_by_keys_but_not_while_typing(opened: Open):
    page = opened()
    for key, number in (("n", "1"), ("j", "2"), ("n", "3"), ("n", "4"), ("k", "3"), ("p", "2")):
        page.keyboard.press(key)
        assert selected(page) == number
    assert page.locator(".old .mark.selected").first.evaluate(
        "mark => mark.getBoundingClientRect().top < innerHeight"
    )
    page.keyboard.press("/")
    page.keyboard.type("nj?s")
    assert page.locator("#search").input_value() == "nj?s"
    page.locator("#show-everything").click()
    page.keyboard.press("n")
    page.keyboard.press("r")
    page.keyboard.type("snp")
    assert (selected(page), page.locator(".card.selected textarea").input_value()) == ("1", "snp")
    page.locator(".card.selected .select").focus()
    page.keyboard.press("?")
    page.keyboard.press("n")
    assert page.locator("#help").is_visible()
    page.locator("#use-keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert selected(page) == "1"


def test_filters_hide_changes_marks_and_pages(opened: Open):
    page = opened()
    assert shown(page) == "5 of 5 shown"
    page.locator("#kinds label", has_text="Wording").click()
    assert shown(page) == "4 of 5 shown"
    assert page.locator(".mark[data-number='1']:visible").count() == 0
    page.locator("#show-everything").click()
    page.locator("#only-in").check()
    assert (shown(page), page.locator(".leaf:visible h3").all_inner_texts()) == (
        "1 of 5 shown",
        ["Page 2"],
    )
    page.locator("#show-everything").click()
    page.locator("#search").fill("PERU segundo")
    assert shown(page) == "1 of 5 shown"
    page.locator("#search").fill("nothing of the kind")
    assert shown(page) == "No change matches these filters."
    page.locator("#show-everything").click()
    page.locator(".card [data-state=seen]").first.click()
    page.locator("#unseen").check()
    assert shown(page) == "4 of 5 shown"


def test_pages_without_changes_are_shown_on_demand(opened: Open):
    page = opened(
        replace(CARD, leaves=(*CARD.leaves[:2], Leaf(3, None, False)), changes=(WORDING,))
    )
    assert page.locator(".leaf:visible").count() == 2
    page.locator("#all-pages").check()
    assert page.locator(".leaf:visible").count() == 3
    assert (
        page.locator(".leaf:visible .missing").inner_text()
        == "The other file does not have this page."
    )
    assert "no picture" in page.locator(".leaf").nth(1).locator(".new").inner_text()


def test_every_view_of_the_pages(opened: Open):
    page = opened()
    leaves = page.locator("#leaves")
    for key, mode in (
        ("2", "overlay"),
        ("3", "difference"),
        ("4", "slider"),
        ("5", "flicker"),
        ("1", "side"),
    ):
        page.keyboard.press(key)
        assert (
            leaves.get_attribute("data-mode"),
            page.locator(f"[value={mode}]").is_checked(),
        ) == (mode, True)
    page.locator("#modes label", has_text="Slider").click()
    cut = page.locator(".cut").first
    cut.focus()
    page.keyboard.press("Home")
    assert (
        page.locator(".pair").first.evaluate("pair => pair.style.getPropertyValue('--cut')") == "0%"
    )
    assert page.get_by_role("slider", name="Divider between old and new, Page 1").count() == 1
    pair = page.locator(".pair").first
    box = pair.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + 40)
    page.mouse.up()
    page.mouse.move(box["x"] + 9, box["y"] + 40)
    assert pair.evaluate("pair => pair.style.getPropertyValue('--cut')") == "25%"
    page.locator("#modes label", has_text="Flicker").click()
    assert page.locator("#alternate").get_attribute("aria-pressed") == "false", (
        "it moves although less motion is asked"
    )
    page.locator("#flip").click()
    assert leaves.get_attribute("data-flicker") == "old"
    assert not page.locator(".pair .new").first.is_visible()
    moving = opened(reduced_motion="no-preference")
    moving.keyboard.press("5")
    moving.locator("#leaves[data-flicker=old]").wait_for()
    moving.locator("#alternate").click()
    assert moving.locator("#alternate").get_attribute("aria-pressed") == "false"


def test_it_speaks_english_and_spanish_and_keeps_the_choice(opened: Open):
    page = opened(language="es-PE")
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.title() == "Qué cambió en peru-es.pdf"
    page.locator("#search").fill("lugar")
    page.locator("#switch-language").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert shown(page) == "1 of 5 shown"
    page.reload()
    assert page.locator("h1").inner_text() == "What changed in peru-es.pdf"


def test_a_review_is_kept_saved_and_loaded_elsewhere(opened: Open, tmp_path: Path):
    page = opened()
    page.locator(".card [data-state=seen]").first.click()
    page.locator(".card [data-state=questioned]").nth(1).click()
    page.locator(".card textarea:visible").fill("¿De dónde viene esta cifra?")
    assert page.locator("#progress-text").inner_text() == "1 of 5 seen, 1 questioned"
    page.reload()
    assert page.locator("#progress-text").inner_text() == "1 of 5 seen, 1 questioned"
    page.locator("#open-record").click()
    page.locator("#save").click()
    assert (
        page.locator("#reviewer-error").inner_text()
        == "Enter your name first: the record names the reviewer."
    )
    assert page.evaluate("document.activeElement.id") == "reviewer"
    page.locator("#reviewer").fill("Reviewer")
    with page.expect_download() as download:
        page.locator("#save").click()
    assert download.value.suggested_filename == "review-peru-es.pdf.json"
    download.value.save_as(tmp_path / "record.json")
    record = json.loads((tmp_path / "record.json").read_text("utf-8"))
    assert {key: record[key] for key in ("format", "kind", "reviewer")} == {
        "format": 1,
        "kind": "review",
        "reviewer": "Reviewer",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", record["date"])
    assert record["files"][0]["old"] == {"name": "peru-es.pdf", "sha256": "a" * 64}
    found = record["files"][0]["changes"]
    assert [(one["id"], one["state"]) for one in found] == [
        (one.id, state)
        for one, state in zip(
            CARD.changes, ("seen", "questioned", "open", "open", "open"), strict=True
        )
    ]
    assert found[1] == {
        "id": NUMBER.id,
        "kind": "number",
        "field": "peru/context",
        "place": "",
        "old": "139,169",
        "new": "141,002",
        "state": "questioned",
        "remark": "¿De dónde viene esta cifra?",
    }

    other = opened()
    other.locator(".card [data-state=seen]").nth(1).click()
    found.append({**found[0], "id": "0" * 12})
    record["files"].append(
        {
            "name": "else.pdf",
            "old": None,
            "new": {"name": "else.pdf", "sha256": "9" * 64},
            "changes": found,
        }
    )
    told = load(other, json.dumps(record))
    assert told[0].startswith("Review by Reviewer, ")
    assert told[1:] == [
        "2 marks were loaded.",
        (
            '1 change was marked differently here. "Questioned" wins over "seen", and both remarks'
            " are kept."
        ),
        "1 marked change in the record is not in this comparison. Its mark was ignored.",
        "Ignored, about other files: else.pdf.",
    ]
    assert other.locator("#progress-text").inner_text() == "1 of 5 seen, 1 questioned"
    assert load(other, json.dumps({**record, "files": record["files"][1:]}))[0].endswith(
        "this record is about other files."
    )
    assert load(other, json.dumps({**record, "format": 2}))[0].endswith("a newer version.")
    for broken in (
        "no JSON",
        "null",
        "[]",
        '{"kind":"review"}',
        '{"format":1,"kind":"review","files":5}',
    ):
        assert load(other, broken) == ["Nothing was loaded: this file is not a review record."]
    odd = [
        None,
        5,
        {"id": "x", "state": "lost", "remark": ""},
        {"id": NUMBER.id, "state": "seen", "remark": {"a": 1}},
    ]
    assert "0 marks were loaded." in load(
        other, json.dumps({**record, "files": [{**record["files"][0], "changes": odd}, None]})
    )


def load(page: "playwright.Page", text: str) -> list[str]:
    page.evaluate(
        "document.getElementById('record').open || document.getElementById('open-record').click()"
    )
    page.evaluate("document.getElementById('record-message').replaceChildren()")
    page.locator("#load").set_input_files(
        {"name": "r.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    page.locator("#record-message p").first.wait_for()
    return page.locator("#record-message p").all_inner_texts()


def test_records_of_other_reviewers_are_a_thread_that_is_replied_to(opened: Open, tmp_path: Path):
    def record(reviewer: str, date: str, state: str, remark: str) -> str:
        one = {"id": NUMBER.id, "state": state, "remark": remark}
        pair = {"name": CARD.name, "old": {"sha256": "a" * 64}, "new": {"sha256": "b" * 64}}
        files = [{**pair, "changes": [one]}]
        known = {"kind": "review", "format": 1, "reviewer": reviewer, "date": date, "files": files}
        return json.dumps(known)

    page = opened()
    page.locator("#open-record").click()
    page.locator("#reviewer").fill("Luz")
    eva = record("Eva", "2026-03-02T10:00:00Z", "questioned", "<b>Where from?</b>")
    for one in (eva, record("Ana", "2026-03-01T10:00:00Z", "seen", ""), eva):
        assert load(page, one)[1:] == ["1 mark was loaded."]
    page.locator("#record .close").click()
    assert page.locator("#progress-text").inner_text() == "0 of 5 seen", "they are not Luz's marks"
    card = page.locator(".card").nth(1)
    assert card.locator(".thread li").all_inner_texts() == [
        "Ana\nSeen\nMar 1, 2026",
        "Eva\nQuestioned\nMar 2, 2026\n\n<b>Where from?</b>",
    ]
    card.locator("[data-state=seen]").first.click()
    card.locator(".select").click()
    card.get_by_label("Reply").fill("From the yearbook")
    page.reload()
    assert page.locator(".card").nth(1).locator(".thread li").count() == 2
    page.locator("#open-record").click()
    with page.expect_download() as download:
        page.locator("#save").click()
    download.value.save_as(tmp_path / "record.json")
    saved = read_record((tmp_path / "record.json").read_bytes()).files[0].changes[1]
    assert (saved.state, saved.remark) == ("seen", "From the yearbook")
    assert [(one.reviewer, one.state) for one in saved.thread] == [
        ("Ana", "seen"),
        ("Eva", "questioned"),
    ]


def test_all_shown_are_marked_at_once_and_unmarked_again(opened: Open):
    page = opened()
    page.locator(".card [data-state=questioned]").first.click()
    page.locator("#kinds label", has_text="Layout").click()
    page.locator("#all-seen").click()
    assert page.locator("#progress-text").inner_text() == "3 of 5 seen, 1 questioned"
    page.locator("#undo").click()
    assert page.locator("#progress-text").inner_text() == "0 of 5 seen, 1 questioned"


def test_where_nothing_can_be_kept_it_says_so(opened: Open):
    page = opened(
        before=(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied');"
            " } })"
        )
    )
    assert "cannot keep your marks" in page.locator("#notices").inner_text()
    page.locator(".card [data-state=seen]").first.click()
    assert page.locator("#progress-text").inner_text() == "1 of 5 seen"


def test_what_others_left_in_the_store_does_no_harm(opened: Open):
    key = f"reportcard-review:{'a' * 64}:{'b' * 64}"
    lost = json.dumps(
        {WORDING.id: {"state": "lost", "remark": 5}, "__proto__": None, NUMBER.id: None}
    )
    page = opened(
        before=(
            f"localStorage.setItem({key!r}, {lost!r});"
            " localStorage.setItem('reportcard-review:settings', '[3')"
        )
    )
    assert page.locator("#progress-text").inner_text() == "0 of 5 seen"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_assistive_technology_finds_nothing_amiss(opened: Open, scheme: str):
    page = opened(
        CARD, Comparison("bad.pdf", None, None, failed="it is no PDF"), color_scheme=scheme
    )

    def check(where: str) -> None:
        found = axe.Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"

    check("first view")
    page.keyboard.press("n")
    page.keyboard.press("q")
    for mode in "12345" if scheme == "light" else "3":
        page.keyboard.press(mode)
        check(f"view {mode}")
    page.keyboard.press("?")
    check("help")
    page.keyboard.press("Escape")
    page.locator("#open-record").click()
    page.locator("#save").click()
    check("record")
    page.keyboard.press("Escape")
    page.locator("#switch-language").click()
    check("Spanish")


@pytest.mark.parametrize("size", [(320, 640), (720, 450), (1280, 300)])
def test_narrow_and_enlarged_windows_need_no_sideways_scrolling(
    opened: Open, size: tuple[int, int]
):
    page = opened(
        replace(CARD, name=f"{'long' * 40}.pdf"), viewport={"width": size[0], "height": size[1]}
    )
    page.evaluate("document.getElementById('filter-box').open = true")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".locate:visible").count() == (4 if size[0] < 992 or size[1] < 400 else 0)
    if page.locator(".locate:visible").count():
        page.locator(".locate").first.click()
        assert page.evaluate("document.activeElement.id") == "leaf-0"


def test_thousands_of_changes_stay_usable(opened: Open):
    leaves = tuple(Leaf(page, page, True) for page in range(1, 201))
    area = (20.0, 30.0, 40.0, 5.0)
    many = tuple(
        replace(
            NUMBER,
            field=f"peru/f{at}",
            old_areas=((at // 15 + 1, *area),),
            new_areas=((at // 15 + 1, *area),),
        )
        for at in range(3000)
    )
    page = opened(
        replace(CARD, leaves=leaves, changes=many, old=side("a", "a", 200), new=side("b", "b", 200))
    )
    assert page.locator(".card").count() <= 180
    assert page.locator(".leaf img[src]").count() <= 8
    page.locator("#search").fill("f2987")
    page.locator("#next").click()
    page.locator("#show-everything").click()
    assert selected(page) == "2,988"
    page.keyboard.press("n")
    assert selected(page) == "2,989"
    assert page.locator(".card").count() <= 180
    assert page.locator(".new .mark.selected").evaluate(
        "mark => mark.getBoundingClientRect().top < innerHeight"
    )
    page.locator("#earlier").click()
    assert (
        page.evaluate("document.activeElement.closest('.card').querySelector('.count').textContent")
        == "2,940"
    )


def test_printed_it_is_the_whole_list(opened: Open):
    many = tuple(replace(NUMBER, field=f"peru/f{at}") for at in range(150))
    page = opened(replace(CARD, changes=(WORDING, *many)))
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".card").count() == 151
    assert not page.locator(".page-column, #filters, .actions").filter(visible=True).count()
    assert page.locator("#printed .leaf").count() == len(CARD.leaves)
    assert page.locator("#printed .new .mark").first.is_visible()
    assert not page.locator("#printed [id], #printed input").and_(page.locator(".leaf *")).count()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".card").count() < 151
    assert not page.locator("#printed .leaf").count()


def test_without_scripts_it_says_what_is_missing(opened: Open):
    page = opened(java_script_enabled=False)
    assert page.locator("body").inner_text().startswith("This report needs JavaScript")
    assert not page.locator("#report").is_visible()
