"""The live preview: what it shows of a workspace, who may read it, and the page in a browser while
files are edited.
"""

import http.client
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from reportcard.content.loading import load
from reportcard.content.shelf import Shelf
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.page.compose.composed import Composed
from reportcard.page.copyfit import Copyfitter
from reportcard.pdf.portraits import picture
from reportcard.preview import work
from reportcard.preview.guard import Guard
from reportcard.preview.server import ASSETS, editor_template, listener
from reportcard.preview.session import Session
from reportcard.preview.state import Snapshot, block_at, listed, shown_card
from reportcard.preview.work import Worker
from reportcard.problems.problem import Place, Problem

from .browsing import Open, axe, in_a_browser, playwright, watched
from .conftest import PATIENCE, Built, Copy, copy_workspace, is_note

ES = "content/peru/es.yaml"
WORD, OTHER = "Por la solidez", "Por la firmeza"
YET = "Con todo, se calcula que el"
MORE = "Un párrafo más"
MARKUP = "<img src=x onerror=window.caught=1>"


# --- memory ---------------------------------------------------------------------------------------


class Littering(Session):
    """Leaves with each change as much garbage as an hour of edits."""

    left: list["weakref.ref[set[object]]"]

    def lay_out(self, changed: frozenset[str], wanted: Iterable[str]) -> None:  # noqa: ARG002  the session's own signature
        loose: list[object] = [[] for _ in range(200_000)]
        mark: set[object] = set()
        loose += [loose, mark]
        self.left.append(weakref.ref(mark))

    def check(self) -> None:
        """Nothing is found."""


@pytest.mark.long
def test_garbage_is_collected_though_saves_never_pause(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "_QUIET", 10 * PATIENCE)
    session = Littering(copy.workspace, lambda _: None)
    session.left = []
    worker = Worker(session)
    worker.start()
    end = time.monotonic() + PATIENCE
    while not (session.left and session.left[0]() is None):
        assert time.monotonic() < end
        time.sleep(0.01)
    worker.stop()


# --- the session ----------------------------------------------------------------------------------


@dataclass
class Shown:
    """A session on a copy of the workspace, and every snapshot that it published."""

    copy: Copy
    session: Session
    snapshots: list[Snapshot]

    def save(self, old: str, new: str, file: str = ES) -> list[Snapshot]:
        self.copy.edit(file, old, new)
        self.snapshots.clear()
        self.session.lay_out(frozenset({file}), ["peru"])
        self.session.check()
        return list(self.snapshots)

    @property
    def card(self):
        return self.session.snapshot.cards["peru"]

    def codes(self) -> set[str]:
        """The rules that found something; what the program only tells is passed over."""
        return {problem.code for problem in self.card.problems if not is_note(problem)}

    def versions(self, language: str) -> list[str]:
        return [leaf.version for leaf in self.card.faces[language].leaves]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    copy = copy_workspace(tmp_path_factory.mktemp("session") / "workspace")
    snapshots: list[Snapshot] = []
    session = Session(copy.workspace, snapshots.append)
    session.lay_out(frozenset(), ["peru"])
    session.check()
    return Shown(copy, session, snapshots)


def test_both_languages_have_their_pages_and_the_same_blocks(shown: Shown) -> None:
    (card,) = listed(shown.session.snapshot)
    assert card["pages"] == {"en": 13, "es": 13}
    assert (card["counts"]["error"], card["counts"]["warning"]) == (0, 0)
    assert card["stale"] == {"es": 0}
    assert card["checked"]
    assert not card["broken"]
    keys = [{block.key for block in face.blocks} for face in shown.card.faces.values()]
    assert len(keys[0] & keys[1]) > 0.97 * len(keys[0] | keys[1])
    fields = {block.field for block in shown.card.faces["es"].blocks}
    assert {
        "peru/context",
        "peru/notes.dl-1100",
        "peru/scores.total",
        "wording/overall.introduction",
    } <= fields
    json.dumps(shown_card(shown.card))


def test_a_page_is_the_one_that_prints(shown: Shown, built: Built) -> None:
    for page in (3, 9):
        data, number = shown.session.snapshot.leaves[shown.versions("es")[page - 1]]
        mine = np.asarray(Image.open(io.BytesIO(picture(data, number, 900))), np.int16)
        document = pypdfium2.PdfDocument(built.pdf("es"))
        theirs = (
            document[page - 1]
            .render(
                scale=900 / document[page - 1].get_width(),
                may_draw_forms=False,
                draw_annots=False,
                rev_byteorder=True,
            )
            .to_numpy()
        )
        document.close()
        assert mine.shape[1] == 900
        # The subset of a font has its own hints for what it does not hold: a few pixels differ in a
        # shade.
        assert (np.abs(mine - theirs[:, :900, :3]) > 24).mean() < 0.0005


def test_an_edit_changes_its_pages_alone_and_they_come_before_the_checks(shown: Shown) -> None:
    before = {language: shown.versions(language) for language in ("en", "es")}
    looks = {(block.id, block.look) for block in shown.card.faces["es"].blocks}
    first, *_, last = shown.save(WORD, OTHER)
    assert not first.cards["peru"].is_checked
    assert last.cards["peru"].is_checked
    assert shown.versions("en") == before["en"]
    changed = [
        number
        for number, (one, other) in enumerate(
            zip(before["es"], shown.versions("es"), strict=True), start=1
        )
        if one != other
    ]
    new = [block for block in shown.card.faces["es"].blocks if (block.id, block.look) not in looks]
    assert [block.field for block in new] == ["peru/dimensions.legal.findings"]
    assert new[0].text.startswith(OTHER)
    assert changed == [new[0].boxes[0].page]
    # A browser that still fetches the pages from before gets them.
    assert set(before["es"]) <= set(shown.session.snapshot.leaves)
    shown.save(OTHER, WORD)
    assert shown.versions("es") == before["es"]


def test_a_score_changes_its_gauge(shown: Shown) -> None:
    before = shown.versions("en"), {block.id: block.look for block in shown.card.faces["en"].blocks}
    file = "content/peru/scores.yaml"
    shown.save("machinery: 0.5", "machinery: 0.6", file)
    assert shown.card.broken  # the published total holds it back
    assert shown.codes() == {"SCORE-PUBLISHED"}
    shown.save("mercury: 0.8", "mercury: 0.7", file)
    assert not shown.card.broken
    after = {block.id: block.look for block in shown.card.faces["en"].blocks}
    gauges = {
        id_.rpartition(".")[2]
        for id_, look in after.items()
        if ".score." in id_ and before[1].get(id_) != look
    }
    assert gauges == {"machinery", "mercury"}
    assert shown.versions("en")[1] == before[0][1]  # the scores of dimensions are the same
    assert shown.versions("en")[2] != before[0][2]  # the page that lists all scores
    assert shown.versions("en")[3] != before[0][3]  # the gauges alone changed here
    shown.save("machinery: 0.6", "machinery: 0.5", file)
    shown.save("mercury: 0.7", "mercury: 0.8", file)
    assert shown.versions("en") == before[0]


def test_a_broken_file_leaves_the_last_good_pages(shown: Shown) -> None:
    before = shown.versions("es")
    text = (shown.copy.root / ES).read_text(encoding="utf-8")
    line = text[: text.index("context: |")].count("\n") + 1
    shown.save("context: |", "kontext: |")
    assert shown.card.broken
    assert shown.versions("es") == before
    assert [
        str(problem.place) for problem in shown.card.problems if problem.code == "CONTENT-UNKNOWN"
    ] == [f"{ES}:{line}:1"]
    shown.save("kontext: |", "context: |")
    assert not shown.card.broken
    assert shown.codes() == set()
    assert shown.versions("es") == before


def test_what_would_not_compose_is_broken_and_what_would_is_shown(shown: Shown) -> None:
    shown.save("dl-1100: ", "dl-11: ")
    assert shown.card.broken
    shown.save("dl-11: ", "dl-1100: ")
    shown.save(f"{YET} 68 % del oro", f"{YET} 69 % del oro")
    assert not shown.card.broken
    (problem,) = [
        one
        for one in shown.card.problems
        if one.code == "NUMBER-LANGUAGES" and one.place.file == ES
    ]
    (at,) = [
        one["at"]
        for one in shown_card(shown.card)["problems"]
        if one["code"] == "NUMBER-LANGUAGES" and one["file"] == ES
    ]
    block = next(block for block in shown.card.faces["es"].blocks if block.id == at["es"])
    assert "69 % del oro" in block.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert problem.place.line
    shown.save(f"{YET} 69 % del oro", f"{YET} 68 % del oro")


def test_a_problem_finds_its_block(shown: Shown) -> None:
    blocks = shown.card.faces["es"].blocks
    block = next(block for block in blocks if block.text.startswith(WORD))
    below = replace(block.place, column=block.place.column + 4)
    assert block_at(below, block.field, blocks) == block.id
    assert (
        block_at(Place("content/peru/en.yaml", below.line, below.column), block.field, blocks) == ""
    )
    assert block_at(Place(ES, 1, 1), "", blocks) == ""


def test_pages_are_fitted_once_and_do_not_jump(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a card was fitted before, it is shown in the same arrangement: its pages stay as many.
    Afterwards it is fitted; what fills its pages has to fit in the other language, which is fitted
    again too.
    """
    tried: list[str] = []
    fit = Copyfitter.fit

    def counted(own: Copyfitter, card: Composed, *given: Any) -> Any:
        tried.append(card.language)
        return fit(own, card, *given)

    monkeypatch.setattr(Copyfitter, "fit", counted)
    before = shown.versions("es")
    shown.copy.edit(ES, "En el papel, el país", "Sobre el papel, el país")
    shown.snapshots.clear()
    shown.session.lay_out(frozenset({ES}), ["peru"])
    assert not tried
    at_once = shown.versions("es")
    assert at_once != before
    shown.session.check()
    assert shown.versions("es") == at_once
    assert sorted(tried) == ["en", "es"]
    snapshots = list(shown.snapshots)
    assert {len(one.cards["peru"].faces["es"].leaves) for one in snapshots} == {13}
    assert "PAGE-MENDED" in {problem.code for problem in shown.card.problems}
    shown.session.check()
    assert sorted(tried) == ["en", "es"]
    shown.save("Sobre el papel, el país", "En el papel, el país")
    assert shown.versions("es") == before


def test_a_style_that_changes_while_nobody_looks(shown: Shown) -> None:
    shown.session.lay_out(frozenset({"styles/gold/2-page.css"}), [])
    shown.session.check()
    assert not shown.session.snapshot.fault
    assert shown.card.faces == {}
    shown.session.lay_out(frozenset(), ["peru"])
    shown.session.check()
    assert len(shown.versions("es")) == 13


def test_a_style_is_taken_anew(shown: Shown) -> None:
    """The last one with this session: its pages are others from here on."""
    before = shown.versions("es")
    shown.save("9.5pt/1.45", "9.5pt/1.40", "styles/gold/2-page.css")
    assert not set(shown.versions("es")[2:-1]) & set(before)


@pytest.mark.long
def test_files_that_are_the_same_are_not_read_again(copy: Copy) -> None:
    shelf = Shelf()
    first = load(copy.workspace, shelf).content
    copy.edit(ES, WORD, OTHER)
    second = load(copy.workspace, shelf).content
    assert first
    assert second
    assert second.cards["peru"]["en"] is first.cards["peru"]["en"]
    assert second.cards["peru"]["es"] is not first.cards["peru"]["es"]
    anew = load(copy.workspace).content
    assert anew
    for language, card in second.cards["peru"].items():
        assert anew.cards["peru"][language].model == card.model
        assert anew.cards["peru"][language].prose == card.prose


# --- who may read it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        ("/word/", "GET", {"host": "127.0.0.1:8765"}, 0),
        (
            "/word/events",
            "HEAD",
            {
                "host": "localhost:8765",
                "origin": "http://localhost:8765",
                "sec-fetch-site": "same-origin",
            },
            0,
        ),
        ("/word/", "GET", {"host": "127.0.0.1:8765", "sec-fetch-site": "none"}, 0),
        ("/word/", "GET", {"host": "cards.example:8765"}, 403),
        ("/word/", "GET", {"host": "127.0.0.1:8766"}, 403),
        ("/word/", "GET", {"host": "127.0.0.1"}, 403),
        ("/word/", "GET", {}, 403),
        ("/word/", "GET", {"host": "127.0.0.1:8765", "origin": "https://cards.example"}, 403),
        ("/word/", "GET", {"host": "127.0.0.1:8765", "origin": "null"}, 403),
        ("/word/", "GET", {"host": "127.0.0.1:8765", "origin": "http://localhost:8765"}, 403),
        ("/word/", "GET", {"host": "127.0.0.1:8765", "sec-fetch-site": "cross-site"}, 403),
        ("/word/", "GET", {"host": "127.0.0.1:8765", "sec-fetch-site": "same-site"}, 403),
        ("/word/", "POST", {"host": "127.0.0.1:8765"}, 405),
        ("/word/", "OPTIONS", {"host": "127.0.0.1:8765"}, 405),
        ("/", "GET", {"host": "127.0.0.1:8765"}, 404),
        ("/ward/", "GET", {"host": "127.0.0.1:8765"}, 404),
    ],
)
def test_only_its_own_page_may_read_it(
    path: str, method: str, headers: dict[str, str], status: int
) -> None:
    scope = {
        "type": "http",
        "path": path,
        "method": method,
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    assert Guard(None, 8765, "word").refusal(scope) == status  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given",
    [
        "",
        "code",
        "https://x.example/{path}",
        "javascript:alert('{path}')",
        "JavaScript:x{path}",
        "file://{path}",
        "vscode://file",
        " data:{path}",
        "ms-msdt:{path}",
        "Search-MS:{path}",
        "shell:{path}",
    ],
)
def test_an_editor_is_no_page(given: str) -> None:
    with pytest.raises(ReportCardError) as caught:
        editor_template(given)
    assert caught.value.code is ExitCode.USAGE


def test_the_case_of_an_editor_s_scheme_is_no_matter() -> None:
    assert editor_template("VSCODE://file{path}") == "VSCODE://file{path}"


def test_a_taken_port_is_left_to_who_has_it() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ReportCardError):
            listener(port, is_fixed=True)
        free = listener(port, is_fixed=False)
        assert free.getsockname()[0] == "127.0.0.1"
        assert free.getsockname()[1] != port
        free.close()


@dataclass
class Served:
    copy: Copy
    address: str
    process: "subprocess.Popen[str]"

    @property
    def port(self) -> int:
        return int(self.address.split("/")[2].partition(":")[2])

    @property
    def token(self) -> str:
        return self.address.split("/")[3]

    def ask(
        self, path: str, method: str = "GET", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        told = answer.status, answer.headers, answer.read()
        connection.close()
        return told


def serve(root: Path, *options: str) -> "subprocess.Popen[str]":
    command = [
        sys.executable,
        "-m",
        "reportcard",
        "preview",
        "--no-open",
        "--workspace",
        str(root),
        *options,
    ]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "REPORTCARD_DEBUG": "1"},
    )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    copy = copy_workspace(tmp_path_factory.mktemp("served") / "workspace")
    process = serve(copy.root)
    assert process.stdout
    assert process.stderr
    yield Served(copy, process.stdout.readline().strip(), process)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=PATIENCE) == ExitCode.INTERRUPTED
    assert "Traceback" not in process.stderr.read()


def test_no_address_leads_to_a_file_and_every_answer_is_locked(served: Served) -> None:
    status, headers, body = served.ask(f"/{served.token}/")
    assert status == 200
    assert body == (files("reportcard.preview") / "page/page.html").read_bytes()
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    page = (files("reportcard.preview") / "page/page.html").read_text()
    assert set(re.findall(r'(?:src|href)="([^"#]+)"', page)) <= set(ASSETS)
    for path in (
        "page.html",
        "../pyproject.toml",
        "%2e%2e/%2e%2e/content/edition.yaml",
        "content/peru/es.yaml",
        "..%2fserver.py",
        "page/",
        "page/x/800",
        "page/../../x/800",
        "//etc/passwd",
        "page/0/0",
    ):
        status, headers, body = served.ask(f"/{served.token}/{path}")
        assert status == 404, path
        assert headers["x-content-type-options"] == "nosniff"
        assert b"languages:" not in body
    assert served.ask("/")[0] == 404
    assert served.ask(f"/{served.token}/", "POST")[0] == 405
    assert served.ask(f"/{served.token}/", Host="cards.example")[0] == 403
    assert served.ask(f"/{served.token}/", Origin="https://cards.example")[0] == 403


def test_it_listens_on_this_machine_alone(served: Served) -> None:
    with (
        pytest.raises(OSError, match=r"refused|unreachable|timed out"),
        socket.create_connection(("127.0.0.2", served.port), timeout=2),
    ):
        pass


def test_the_command_says_what_it_cannot_do(
    run: Callable[..., tuple[int, str, str]], copy: Copy
) -> None:
    code, _, said = run(
        "preview",
        "--no-open",
        "--editor",
        "https://x.example/{path}",
        "--workspace",
        str(copy.root),
    )
    assert code == ExitCode.USAGE
    assert "vscode://file{path}" in said
    assert run("preview", "--workspace", str(copy.root.parent))[0] == ExitCode.NO_WORKSPACE


# --- in a browser ---------------------------------------------------------------------------------


@pytest.fixture
def opened(browser: "playwright.Browser", served: Served) -> Iterator[Open]:
    """Opens the preview; in the end the files are as they were, nothing was asked of another
    machine, logged or thrown.
    """
    told: list[str] = []
    contexts = []
    source = (served.copy.root / ES).read_bytes()

    def open_(where: str = "#/peru", **options) -> "playwright.Page":
        context = browser.new_context(
            **{
                "viewport": {"width": 1440, "height": 900},
                "locale": "en-US",
                "reduced_motion": "reduce",
                **options,
            }
        )
        contexts.append(context)
        page = watched(context, told, lambda url: url.startswith(served.address))
        page.goto(served.address + where)
        if where:
            page.locator(".sheet[data-version]").first.wait_for()
            until(page, "state.card.checked && state.card.faces.length === 2")
        return page

    yield open_
    if (served.copy.root / ES).read_bytes() != source:
        (served.copy.root / ES).write_bytes(source)
        texts = "state.card.faces.flatMap((face) => face.blocks.map((block) => block.text))"
        until(
            contexts[-1].pages[0],
            f"state.card?.checked && {CLEAN} && {texts}.some((text) =>"
            f" text.startsWith('{WORD}')) && !{texts}.some((text) => text.startsWith('{MORE}'))",
        )
    for context in contexts:
        context.close()
    assert told == []


def block(page: "playwright.Page", text: str, language: str = "es") -> "playwright.Locator":
    return page.locator(f'.pane[data-language="{language}"] .block[aria-label*="{text}"]').first


CLEAN = "!state.card.problems.some((problem) => problem.severity !== 'note')"


def until(page: "playwright.Page", condition: str) -> None:
    """Waits for a condition; Playwright's own way evaluates a string in the page, which the page
    does not allow.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


def tops(page: "playwright.Page") -> list[float]:
    return page.evaluate("[...document.querySelectorAll('.scroller')].map((one) => one.scrollTop)")


@in_a_browser
def test_the_list_tells_how_cards_stand(opened: Open) -> None:
    page = opened("")
    page.get_by_text("English: 13 pages").wait_for()
    page.get_by_text(re.compile(r"^\d notes$")).wait_for()
    page.get_by_text("Translations up to date").wait_for()
    page.get_by_role("link", name="Peru Report Card").click()
    page.locator(".sheet[data-version]").first.wait_for()
    page.go_back()
    page.get_by_role("link", name="Peru Report Card").wait_for()


@in_a_browser
def test_a_save_shows_in_place(opened: Open, served: Served) -> None:
    page = opened()
    block(page, WORD).scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    page.evaluate("document.querySelector('.scroller').dataset.same = 'yes'")
    before, place = tops(page), block(page, WORD).bounding_box()
    versions = (
        "[...document.querySelectorAll('.pane[data-language=es] .sheet')].map((one) =>"
        " one.dataset.version ?? null)"
    )
    drawn = page.evaluate(versions)
    part = served.copy.root / "content/peru/es.part"  # as editors save: beside, then in its place
    part.write_text(
        (served.copy.root / ES).read_text(encoding="utf-8").replace(WORD, OTHER), encoding="utf-8"
    )
    part.replace(served.copy.root / ES)
    block(page, OTHER).wait_for(state="attached")
    assert page.locator(".block.lit").count() == 1
    assert OTHER in (page.locator(".block.lit").get_attribute("aria-label") or "")
    page.get_by_text(re.compile(r"^Changed: page \d+$")).wait_for()
    until(page, f"{versions}.some((one, index) => one !== {json.dumps(drawn)}[index])")
    assert sum(one != other for one, other in zip(page.evaluate(versions), drawn, strict=True)) == 1
    assert tops(page) == before
    assert block(page, OTHER).bounding_box() == place
    assert page.evaluate("document.querySelector('.scroller').dataset.same") == "yes"
    until(page, "!document.querySelector('.lit')")


@in_a_browser
def test_text_that_comes_in_above_keeps_the_place(opened: Open, served: Served) -> None:
    page = opened()
    page.get_by_role("radio", name="Español").check()
    target = block(page, "Los operativos conducidos")
    target.scroll_into_view_if_needed()
    page.evaluate("panes.get('es').scroller.scrollTop += 400")
    page.wait_for_timeout(300)
    before = target.bounding_box()
    served.copy.edit(ES, "context: |\n", f"context: |\n  {MORE}, que antes no estaba.\n\n")
    block(page, MORE).wait_for(state="attached")
    after = target.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 2


@in_a_browser
def test_a_block_leads_to_its_source(opened: Open, served: Served) -> None:
    page = opened()
    line = (served.copy.root / ES).read_text(encoding="utf-8").split(WORD)[0].count("\n") + 1
    block(page, WORD).click()
    place = page.get_by_role("dialog", name="peru/dimensions.legal.findings")
    assert re.fullmatch(rf"{ES}:{line}:\d+", place.locator("code").inner_text())
    address = place.get_by_role("link", name="Open in editor").get_attribute("href") or ""
    assert re.fullmatch(
        rf"vscode://file{re.escape(str(served.copy.root / ES))}:{line}:\d+", address
    )
    assert page.evaluate("document.activeElement.textContent") == "Open in editor"
    page.keyboard.press("Escape")
    place.wait_for(state="detached")
    assert WORD in page.evaluate("document.activeElement.getAttribute('aria-label')")


@in_a_browser
def test_problems_stand_beside_the_page_and_lead_to_it(opened: Open, served: Served) -> None:
    page = opened()
    served.copy.edit(ES, f"{YET} 68 % del oro", f"{YET} 69 % del oro")
    until(page, "document.querySelector('#problems-toggle').textContent === '2 problems'")
    page.locator("#problems li", has_text="69 appears").locator(".go").click()
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.startswith("En 2024")
    box, pane = (
        page.locator(":focus").bounding_box(),
        page.locator('.pane[data-language="es"]').bounding_box(),
    )
    assert box
    assert pane
    assert pane["y"] < box["y"] < pane["y"] + pane["height"] - 50
    page.keyboard.press("Enter")
    assert "69 appears here but not in en" in page.locator("#place").inner_text()
    served.copy.edit(ES, f"{YET} 69 % del oro", f"{YET} 68 % del oro")
    until(page, "/^\\d notes$/.test(document.querySelector('#problems-toggle').textContent)")


@in_a_browser
def test_both_languages_scroll_together_by_block(opened: Open) -> None:
    page = opened()
    assert page.locator(".pane").count() == 2
    for text, other in (
        ("En 2024, la minería", "Mining made up"),
        ("Los operativos conducidos", "Operations led by the State"),
    ):
        page.evaluate(
            """(text) => {
          const pane = panes.get("es");
          const found = pane.face.blocks.find((one) => one.text.startsWith(text));
          pane.scroller.scrollTop = starts(pane).get(found.key) - 40;
        }""",
            text,
        )
        rows = [
            f"document.querySelector('.pane[data-language={name}]"
            f' .block[aria-label*="{label}"]\').getBoundingClientRect().y'
            for name, label in (("es", text), ("en", other))
        ]
        until(page, f"Math.abs({rows[0]} - {rows[1]}) < 3")
        assert -100 < page.evaluate(rows[0]) < 200


@in_a_browser
def test_a_broken_file_keeps_the_last_good_pages_and_recovers(opened: Open, served: Served) -> None:
    page = opened()
    drawn = page.evaluate("document.querySelectorAll('.sheet').length")
    line, _ = served.copy.edit(ES, "context: |", f'"{MARKUP}": |')
    banner = page.get_by_role("region", name=re.compile("Fix 1 error"))
    banner.wait_for()
    assert f"{ES}:{line}:2" in banner.inner_text()
    assert MARKUP in banner.inner_text()
    assert "The pages below are from before" in banner.inner_text()
    assert page.evaluate("document.querySelectorAll('.sheet').length") == drawn
    assert (
        page.evaluate("document.querySelectorAll('#app img[src=x]').length + (window.caught ?? 0)")
        == 0
    )
    served.copy.edit(ES, f'"{MARKUP}": |', "context: |")
    banner.wait_for(state="hidden")
    until(page, f"state.card.checked && {CLEAN}")


@in_a_browser
def test_pages_are_sharp_at_every_size(opened: Open) -> None:
    page = opened(device_scale_factor=2)
    ratio = (
        "(() => { const one = document.querySelector('.pane img'); return one.naturalWidth /"
        " one.getBoundingClientRect().width })()"
    )
    # On a busy machine the picture comes after the page.
    until(page, "document.querySelector('.pane img')?.naturalWidth > 0")
    assert abs(page.evaluate(ratio) - 2) < 0.01
    for size in ("50", "200"):
        page.get_by_role("combobox", name="Zoom").select_option(size)
        until(page, f"Math.abs({ratio} - 2) < 0.01")
    assert page.evaluate(
        "document.querySelector('.paper').getBoundingClientRect().width"
    ) == pytest.approx(210 / 25.4 * 96 * 2, abs=1)
    page.get_by_role("button", name="Smaller", exact=True).click()
    assert page.get_by_role("combobox", name="Zoom").input_value() == "150"


@in_a_browser
def test_all_of_it_works_by_keyboard(opened: Open) -> None:
    page = opened()
    reached: list[str] = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className ||"
                " document.activeElement.value"
            )
        )
    assert reached[:2] == ["skip", "home"]
    assert {
        "smaller",
        "zoom",
        "larger",
        "problems-toggle",
        "switch",
        "help-open",
        "scroller",
        "block",
    } <= set(reached)
    first = page.locator('.pane[data-language="en"] .block[tabindex="0"]')
    first.focus()
    label = first.get_attribute("aria-label")
    for _ in range(12):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") != label
    assert page.locator('.pane[data-language="en"] .block[tabindex="0"]').count() == 1
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("link", name="Open in editor").first.wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className").startswith("block")


@in_a_browser
@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark", "locale": "es-PE"}, {"viewport": {"width": 390, "height": 844}}],
    ids=["light", "dark", "narrow"],
)
def test_nothing_stands_in_the_way_of_anyone(opened: Open, served: Served, options: dict) -> None:
    def faults() -> list[str]:
        found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]

    page = opened("", **options)
    page.locator("#cards h2").wait_for()
    assert faults() == []
    page.locator("#cards a").click()
    until(page, "state.card?.checked && document.querySelector('.sheet[data-version]')")
    assert faults() == []
    served.copy.edit(ES, "context: |", "kontext: |")
    page.locator("#banner").wait_for()
    assert faults() == []
    served.copy.edit(ES, "kontext: |", "context: |")
    page.locator("#banner").wait_for(state="hidden")
    page.locator(".block").first.click(force=True)
    page.locator("#place").wait_for()
    assert faults() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_problem_has_its_advice_and_its_page(shown: Shown) -> None:
    place = Place(ES, 12, 3, 4)
    problem = Problem("X", message("{n} error", "{n} errors", n=2), "Fix it.", place)
    (written,) = shown_card(replace(shown.card, problems=(problem,)))["problems"]
    assert (written["message"], written["advice"]) == ("2 errors", "Fix it.")
    assert [written[key] for key in ("line", "column", "page")] == [12, 3, 4]


def test_words_are_the_same_in_both_languages() -> None:
    folder = files("reportcard.preview") / "page"
    words = json.loads(folder.joinpath("words.json").read_text("utf-8"))
    scripts = "".join(
        file.read_text("utf-8") for file, kind in ASSETS.values() if kind != "application/json"
    )
    assert words["en"].keys() == words["es"].keys()
    for name, text in words["en"].items():
        holes = [set(re.findall(r"{\w+}", json.dumps(words[language][name]))) for language in words]
        assert holes[0] == holes[1], name
        assert type(text) is type(words["es"][name])
        assert re.search(
            rf"""["'`.]{name}["'`;]|"{name.removesuffix("s")}"|\b{name.removesuffix("s")}\b""",
            scripts,
        ), f"{name} is used nowhere"
    used = re.findall(r"""\bt\("(\w+)"|data-(?:text|label)="(\w+)\"""", scripts)
    assert {one or other for one, other in used} <= words["en"].keys()
    assert "innerHTML" not in scripts
