"""Releases: what goes out, each reason that keeps it in, and what is left when a release is
killed.
"""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from reportcard.build import pipeline
from reportcard.build.card import CardFiles
from reportcard.build.inventory import SoundWorkspace, read_workspace
from reportcard.build.request import Order, Tell
from reportcard.content.model import Releasing
from reportcard.errors import ExitCode, ReportCardError
from reportcard.language import dictionaries
from reportcard.release import bundle
from reportcard.release.bundle import Released, Wanted
from reportcard.release.changes import ComparedCard, Runs, as_markdown, news
from reportcard.release.folder import check_version, put_release
from reportcard.release.gate import reasons
from reportcard.release.imprint import imprint
from reportcard.release.recomparison import REVIEWS
from reportcard.release.sign_offs import unsigned
from reportcard.review.changes import Act, Change, Comparison, Kind, Side
from reportcard.versions import before, releases
from reportcard.workspace.media import Medium
from reportcard.workspace.workspace import Workspace

from .conftest import LANGUAGES, Copy, copy_workspace

Run = Callable[..., tuple[int, str, str]]
DATE = datetime(2026, 11, 24, tzinfo=UTC)
LATER = {
    "content/peru/en.yaml": ("97.5%", "97.4%"),
    "content/peru/es.yaml": ("97.5 %", "97.4 %"),
    "content/peru/scores.yaml": ("sanctions: 0.9", "sanctions: 1.0"),
}


def make_final(copy: Copy) -> Copy:
    """The workspace as it would be agreed: everything final, and test scores that nobody
    published.
    """
    for language in LANGUAGES:
        path = copy.root / f"content/peru/{language}.yaml"
        path.write_text(
            re.sub(r"(?m)^status: draft.*$", "status: final", path.read_text("utf-8")), "utf-8"
        )
        copy.edit(f"content/wording/{language}.yaml", "  status: draft\n", "  status: final\n")
    copy.edit("content/peru/scores.yaml", "\nprovisional: true\n", "\n# Invented for a test.\n")
    copy.edit("content/peru/scores.yaml", "{score: 1.0, provisional: false}", "1.0")
    return copy


def silent(*_: object) -> None:
    """Nobody watches."""


def set_version(workspace: Workspace, version: str) -> None:
    """Sets the version, and a date, that the pages print."""
    if found := imprint(workspace, version, date(2026, 12, len(version) * 5)):
        found.write(workspace)


def release(workspace: Workspace, wanted: Wanted, tell: Tell) -> Released:
    """A release whose version the pages print."""
    set_version(workspace, wanted.version)
    return bundle.release(workspace, wanted, tell)


@contextmanager
def lightly() -> Iterator[None]:
    """For releases of which only the screen edition is asked: the others, and what lies beside the
    PDFs, are not made, and PDFs are not inspected again.
    """

    def screen(read: SoundWorkspace, order: Order, tell: Tell) -> dict[str, CardFiles]:
        light = replace(order, media=(Medium.SCREEN,), bilingual=False, inspect=False)
        return pipeline.assemble(read, light, tell)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundle, "assemble", screen)
        patch.setattr(bundle, "beside", lambda *_: ({}, ()))
        yield


@pytest.fixture
def light(compared_once: None) -> Iterator[None]:
    with lightly():
        yield


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return make_final(copy_workspace(tmp_path_factory.mktemp("final") / "workspace"))


@pytest.fixture(scope="module")
def first(final: Copy) -> Released:
    return release(final.workspace, Wanted("1.0"), silent)


@pytest.fixture(scope="module")
def second(final: Copy, first: Released) -> Released:
    """A number and a score changed since; the total that the source published with the score."""
    assert first.folder
    for file, (old, new) in LATER.items():
        path = final.root / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    final.edit("content/peru/scores.yaml", "total: 11.7", "total: 11.8")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "reportcard",
            "translations",
            "confirm",
            "peru",
            "--language",
            "es",
            "--workspace",
            str(final.root),
        ],
        capture_output=True,
        check=True,
    )
    with lightly():
        return release(final.workspace, Wanted("1.1"), silent)


@pytest.fixture
def mine(tmp_path: Path) -> Copy:
    return make_final(copy_workspace(tmp_path / "workspace"))


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_all_that_goes_out_is_in_the_folder(first: Released) -> None:
    assert [str(reason) for reason in first.reasons] == []
    assert first.notes == ()
    assert first.folder
    there = files_of(first.folder)
    pdfs = {
        f"{card}-{language}{edition}.pdf"
        for card in ("peru-report-card", "scoreboard")
        for language in LANGUAGES
        for edition in ("", "-print", "-archive")
    }
    web = {
        f"web/{name}.html"
        for name in ("index", "index-en", "index-es", "peru-report-card-en", "peru-report-card-es")
    }
    shared = {
        f"pictures/peru-{language}-{name}"
        for language in LANGUAGES
        for name in ("1200x630.png", "1080x1350.png", "1080x1080.png", "1080x1920.png", "alt.txt")
    }
    news = {f"changes-{language}.{kind}" for language in LANGUAGES for kind in ("md", "html")}
    assert there >= pdfs | web | shared | news | {
        "peru-report-card-en-es.pdf",
        "manifest.json",
        "SHA256SUMS",
        "report-cards-1.0.zip",
    }
    gauges = {name for name in there if name.startswith("gauges/")}
    assert len(gauges) == 19 * 2 * 2
    assert there == pdfs | web | shared | news | gauges | {
        "peru-report-card-en-es.pdf",
        "manifest.json",
        "SHA256SUMS",
        "report-cards-1.0.zip",
    }


def test_the_sums_are_those_of_every_file_and_the_zip_holds_the_same(first: Released) -> None:
    assert first.folder
    sums = dict(
        reversed(line.split("  ", 1))
        for line in (first.folder / "SHA256SUMS").read_text().splitlines()
    )
    assert set(sums) == files_of(first.folder) - {"SHA256SUMS", "report-cards-1.0.zip"}
    assert sums == {name: sha256((first.folder / name).read_bytes()).hexdigest() for name in sums}
    with zipfile.ZipFile(first.folder / "report-cards-1.0.zip") as archive:
        assert archive.testzip() is None
        held = {
            name.removeprefix("report-cards-1.0/"): sha256(archive.read(name)).hexdigest()
            for name in archive.namelist()
        }
    assert {name: held[name] for name in sums} == sums
    assert set(held) == {*sums, "SHA256SUMS"}
    records = json.loads((first.folder / "manifest.json").read_text("utf-8"))["files"]
    assert {name: record["sha256"] for name, record in records.items()} == {
        name: told for name, told in sums.items() if name.endswith(".pdf")
    }


def test_the_first_release_says_that_it_is_the_first(first: Released) -> None:
    assert first.folder
    assert (first.folder / "changes-es.md").read_text(
        "utf-8"
    ) == "# Qué cambió en la versión 1.0\n\nEsta es la primera versión.\n"


def test_the_next_release_tells_what_changed_in_each_language(second: Released) -> None:
    assert [str(reason) for reason in second.reasons] == []
    assert second.folder
    english, spanish = (
        (second.folder / f"changes-{language}.md").read_text("utf-8") for language in LANGUAGES
    )
    assert "Compared with version 1.0." in english
    assert "- Economic and Criminal Sanctions: ~~0.9~~ **1.0**" in english
    assert re.search(
        r"- Interpretation of results in the national context: .*<del>97\.5%</del> "
        r"<ins>97\.4%</ins>",
        english,
    )
    assert (
        "- Peru, Economic and Criminal Sanctions: ~~0.9~~ **1.0**"
        in english.partition("## Regional Scoreboard")[2]
    )
    assert "- Sanciones económicas y penales: ~~0.9~~ **1.0**" in spanish
    assert "### Cifras" in spanish
    assert "### Texto" not in spanish
    page = (second.folder / "changes-es.html").read_text("utf-8")
    assert '<html lang="es">' in page
    assert "<del>0.9</del> <ins>1.0</ins>" in page
    assert "- Investigation and Enforcement: ~~4.5~~ **4.6**\n" in english


def test_a_release_is_never_made_twice(final: Copy, first: Released, run: Run) -> None:
    assert first.folder
    before = {name: (first.folder / name).stat().st_mtime_ns for name in files_of(first.folder)}
    code, _, err = run("release", "1.0", "--workspace", str(final.root))
    assert (code, "release 1.0 already exists" in err) == (ExitCode.USAGE, True)
    assert {
        name: (first.folder / name).stat().st_mtime_ns for name in files_of(first.folder)
    } == before


@pytest.mark.slow
def test_a_release_of_another_version_than_the_cards_print_is_refused(mine: Copy, run: Run) -> None:
    line, column = mine.edit("content/edition.yaml", 'version: "0.1"', 'version: "1.0"')
    found = bundle.release(mine.workspace, Wanted("1.0.1", scoreboard=False, dry_run=True), silent)
    (reason,) = (one for one in found.reasons if one.code == "RELEASE-VERSION")
    assert str(reason).startswith(
        f"error: content/edition.yaml:{line}:{column + 10}: the version printed on the cards is"
        " 1.0, but the release is 1.0.1. Run `reportcard release 1.0.1 --set-version`"
    )


@pytest.mark.slow
def test_the_version_and_date_of_a_release_are_set_and_shown_first(
    mine: Copy, light: None, run: Run
) -> None:
    file = mine.root / "content/edition.yaml"
    before = file.read_text("utf-8")
    made = ("release", "1.0.1", "--no-scoreboard", "--set-version", "--workspace", str(mine.root))
    code, _, err = run(*made, "--dry-run")
    assert (code, file.read_text("utf-8")) == (ExitCode.WITHHELD, before)
    shown = 'content/edition.yaml:4: version: "0.1" → version: "1.0.1"\n'
    assert shown in err
    code, out, err = run(*made)
    assert (code, shown in err) == (0, True), err
    today = datetime.now(UTC).astimezone().date()
    after = before.replace('"0.1"', '"1.0.1"').replace("date: 2026-11-24", f"date: {today}")
    assert file.read_text("utf-8") == after
    assert str(mine.root / "output/releases/1.0.1") in out


@pytest.mark.slow
def test_an_edition_that_prints_no_version_is_released(mine: Copy, light: None) -> None:
    mine.edit("content/edition.yaml", 'version: "0.1"\n', "")
    found = bundle.release(mine.workspace, Wanted("1.0", scoreboard=False, dry_run=True), silent)
    assert found.reasons == ()


def test_to_try_a_release_writes_none(final: Copy, second: Released, light: None, run: Run) -> None:
    assert second.folder
    set_version(final.workspace, "2.0")
    code, out, _ = run("release", "2.0", "--dry-run", "--workspace", str(final.root))
    assert (code, out) == (0, "nothing blocks release 2.0\n")
    assert [one.name for one in releases(second.folder.parent)] == ["1.0", "1.1"]


# --- what stands against it -----------------------------------------------------------------------


def against(copy: Copy) -> list[tuple[str, str]]:
    return [
        (reason.code, reason.place.file)
        for reason in reasons(read_workspace(copy.workspace), ("peru",), scoreboard=True)
    ]


@pytest.mark.long
def test_nothing_stands_against_a_final_workspace(mine: Copy) -> None:
    assert against(mine) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("content/peru/es.yaml", "status: final", "status: review", "RELEASE-STATUS"),
        ("content/peru/en.yaml", "status: final", "status: draft", "RELEASE-STATUS"),
        ("content/wording/es.yaml", "  status: final", "  status: draft", "RELEASE-STATUS"),
        (
            "content/peru/scores.yaml",
            "sanctions: 0.9",
            "sanctions: {score: 0.9, provisional: true}",
            "RELEASE-PROVISIONAL",
        ),
        (
            "content/peru/scores.yaml",
            "country: PE",
            "country: PE\nprovisional: true",
            "RELEASE-PROVISIONAL",
        ),
        (
            "content/brazil/scores.yaml",
            "country: BR",
            "country: BR\nprovisional: true",
            "RELEASE-PROVISIONAL",
        ),
        (
            "content/peru/en.yaml",
            "  sutran: ",
            "  spare: Spare office\n  sutran: ",
            "INSTITUTION-UNUSED",
        ),
        (
            "content/peru/en.yaml",
            "status: final",
            "status: final\nunplaced: |\n  A passage that belongs somewhere.",
            "INTAKE-UNPLACED",
        ),
        ("content/wording/es.yaml", "\nchanges:\n", "\nchanged:\n", "CONTENT-UNKNOWN"),
    ],
)
def test_each_reason_stands_by_itself(mine: Copy, file: str, old: str, new: str, code: str) -> None:
    mine.edit(file, old, new)
    found = against(mine)
    assert (code, file) in found
    assert {other for other, _ in found} <= {
        code,
        "LANG-MISSING",
        "RELEASE-TRANSLATION",
    }  # what stands in one language alone


@pytest.mark.long
def test_each_provisional_score_is_reported_at_its_own_line(mine: Copy) -> None:
    file = "content/peru/scores.yaml"
    lines = [
        mine.edit(
            file, f"{category}: {score}", f"{category}: {{score: {score}, provisional: true}}"
        )[0]
        for category, score in (("mercury", "0.8"), ("sanctions", "0.9"))
    ]
    found = reasons(read_workspace(mine.workspace), ("peru",), scoreboard=True)
    assert [(one.place.file, one.place.line) for one in found] == [(file, line) for line in lines]
    assert re.fullmatch(r"the score for category [A-Z] is provisional\.", str(found[0].message))


@pytest.mark.long
def test_wording_without_the_words_for_changes_is_a_reason(mine: Copy) -> None:
    for language in LANGUAGES:
        path = mine.root / f"content/wording/{language}.yaml"
        path.write_text(re.sub(r"\nchanges:\n(  .*\n)+", "\n", path.read_text("utf-8")), "utf-8")
    assert [file for code, file in against(mine) if code == "CONTENT-MISSING"] == [
        "content/wording/en.yaml",
        "content/wording/es.yaml",
    ]


@pytest.mark.long
def test_a_stale_translation_is_a_reason(mine: Copy) -> None:
    mine.edit("content/peru/en.yaml", "title: Peru Report Card", "title: The Peru Report Card")
    (reason,) = reasons(read_workspace(mine.workspace), ("peru",), scoreboard=True)
    assert (reason.code, reason.place.file, str(reason.message)) == (
        "RELEASE-TRANSLATION",
        "content/peru/es.yaml",
        'the translation into "es" has 1 block out of date: title (block 1).',
    )
    assert "reportcard translations confirm peru --language es" in str(reason.advice)


@pytest.mark.long
def test_a_translation_that_nobody_confirmed_is_a_reason(mine: Copy) -> None:
    (mine.root / "content/peru/es.status.yaml").unlink()
    (reason,) = reasons(read_workspace(mine.workspace), ("peru",), scoreboard=True)
    assert re.match(
        r'the translation into "es" has \d+ blocks not confirmed yet: ', str(reason.message)
    )


@pytest.mark.long
def test_a_missing_translation_is_a_reason(mine: Copy) -> None:
    mine.edit("content/edition.yaml", "  es:\n", "  es:\n    fallback: true\n")
    path = mine.root / "content/peru/es.yaml"
    path.write_text(re.sub(r"(?m)^title: .*\n", "", path.read_text("utf-8")), "utf-8")
    assert ("RELEASE-TRANSLATION", "content/peru/en.yaml") in against(mine)


@pytest.mark.long
def test_two_faults_are_two_reasons_and_nothing_is_written(mine: Copy, run: Run) -> None:
    mine.edit("content/peru/es.yaml", "status: final", "status: review")
    mine.edit(
        "content/peru/scores.yaml", "sanctions: 0.9", "sanctions: {score: 0.9, provisional: true}"
    )
    mine.edit("content/peru/en.yaml", "[^dl-1100]", "[^dl-1101]")
    code, out, err = run("release", "1.0", "--workspace", str(mine.root), "--no-scoreboard")
    assert (code, out) == (ExitCode.WITHHELD, "")
    for told in (
        "RELEASE-STATUS",
        "RELEASE-PROVISIONAL",
        "NOTE-MISSING",
        "release 1.0 was not created",
    ):
        assert told in err
    assert not (mine.root / "output/releases").exists()


@pytest.mark.slow
def test_a_file_that_fails_its_edition_is_a_reason(mine: Copy) -> None:
    edition = mine.root / "content/edition.yaml"
    edition.write_text(re.sub(r"\n  es:\n(    .*\n)+", "\n", edition.read_text("utf-8")), "utf-8")
    for folder in ("peru", "wording"):
        (mine.root / f"content/{folder}/es.yaml").unlink()
    mine.edit(
        "figures/back.svg",
        "</g>",
        '<path d="M20 20L99 99" stroke="var(--strand-deep)" stroke-width="0.02"/></g>',
    )
    found = release(mine.workspace, Wanted("1.0", scoreboard=False), silent)
    assert found.folder is None
    assert {(reason.code, reason.place.file) for reason in found.reasons} == {
        ("PRINT-HAIRLINE", "peru-report-card-en-print.pdf")
    }


@pytest.mark.slow
def test_of_countries_that_do_not_go_out_scores_count_alone(mine: Copy) -> None:
    """They are ranked on every card."""
    mine.edit("content/wording/es.yaml", "  status: final", "  status: draft")
    mine.edit("content/brazil/scores.yaml", "country: BR", "country: BR\nprovisional: true")
    found = reasons(read_workspace(mine.workspace), ("peru",), scoreboard=False, everything=False)
    assert [(reason.code, reason.place.file) for reason in found] == [
        ("RELEASE-PROVISIONAL", "content/brazil/scores.yaml")
    ]
    with pytest.raises(ReportCardError, match="has scores but no card"):
        release(mine.workspace, Wanted("1.0", ("brazil",)), silent)


def test_a_language_whose_spelling_was_not_checked_is_told_and_withholds_nothing(
    final: Copy, second: Released, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries, "folders", lambda: ((), ()))
    found = release(final.workspace, Wanted("3.0", scoreboard=False, dry_run=True), silent)
    assert [str(reason) for reason in found.reasons] == []
    assert [note.code for note in found.notes] == ["SPELL-DICTIONARY", "SPELL-DICTIONARY"]


@pytest.mark.slow
def test_a_card_that_cannot_be_read_is_not_passed_over(mine: Copy, run: Run) -> None:
    for language in LANGUAGES:
        (mine.root / f"content/peru/{language}.yaml").write_text("a: [", "utf-8")
    code, _, err = run(
        "release", "1.0", "--no-scoreboard", "--dry-run", "--workspace", str(mine.root)
    )
    assert (code, err.count("[YAML-SYNTAX]")) == (ExitCode.WITHHELD, 2)


@pytest.mark.slow
def test_there_has_to_be_something_to_release(mine: Copy) -> None:
    for language in LANGUAGES:
        (mine.root / f"content/peru/{language}.yaml").unlink()
    with pytest.raises(ReportCardError, match="nothing to release"):
        release(mine.workspace, Wanted("1.0", scoreboard=False), silent)


# --- sign-offs ------------------------------------------------------------------------------------


def record(
    name: str,
    data: bytes,
    state: str = "seen",
    by: str = "Reviewer A",
    date: str = "2025-11-03T14:25:30Z",
) -> bytes:
    change = {
        "id": "1",
        "kind": "wording",
        "field": "peru/context",
        "place": "",
        "old": "a",
        "new": "b",
        "state": state,
        "remark": "",
    }
    file = {
        "name": name,
        "old": {"name": name, "sha256": "0" * 64},
        "new": {"name": name, "sha256": sha256(data).hexdigest()},
        "changes": [change],
    }
    return json.dumps(
        {
            "format": 1,
            "kind": "review",
            "reviewer": by,
            "date": date,
            "files": [file],
        }
    ).encode()


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (None, "no review record in reviews/ signs off on card.pdf"),
        (record("other.pdf", b"x"), "no review record in reviews/ signs off on card.pdf"),
        (record("card.pdf", b"before"), "the file is not the one that was reviewed"),
        (record("card.pdf", b"now", "questioned"), "1 change was questioned: peru/context"),
        (record("card.pdf", b"now", "open"), "1 change was not marked as seen"),
        (b"%PDF-1.7", "cannot be read: this is not a review record"),
        (
            record("card.pdf", b"now").replace(b"0" * 64, sha256(b"now").hexdigest().encode()),
            "was compared with itself",
        ),
        (
            json.dumps(
                (emptied := json.loads(record("card.pdf", b"now")))
                | {"files": [emptied["files"][0] | {"changes": []}]}
            ).encode(),
            "the record lists no changes, although the two files differ",
        ),
        (record("card.pdf", b"now"), ""),
    ],
)
def test_a_file_needs_a_record_that_fits_it(mine: Copy, kept: bytes | None, told: str) -> None:
    if kept is not None:
        (mine.root / REVIEWS).mkdir()
        (mine.root / REVIEWS / "peru.json").write_bytes(kept)
    found = list(unsigned(mine.workspace, {"card.pdf": b"now"}, Releasing()))
    assert any(told in str(reason.message) for reason in found) if told else found == []
    assert {reason.code for reason in found} <= {"RELEASE-SIGN-OFF"}


A, B, C = (record("card.pdf", b"now", by=f"Reviewer {name}") for name in "ABC")
A_ASKS = record("card.pdf", b"now", "questioned", date="2025-11-02T10:00:00Z")
B_ASKS = record("card.pdf", b"now", "questioned", "Reviewer B")
B_OPEN = record("card.pdf", b"now", "open", "Reviewer B")
B_BEFORE = record("card.pdf", b"before", "seen", "Reviewer B")
B_ASKED_BEFORE = record("card.pdf", b"before", "questioned", "Reviewer B")
ALL = ("Reviewer A", "Reviewer B", "Reviewer C")


@pytest.mark.parametrize(
    ("kept", "reviewers", "quorum", "told"),
    [
        ([A, B_ASKS], (), None, "Reviewer B has open questions on card.pdf: 1 change was"),
        ([A, B_ASKS], ("Reviewer A",), None, "Reviewer B has open questions on card.pdf"),
        ([A, B, B_ASKS.replace(b"2025", b"2024")], (), None, ""),
        ([A, A_ASKS], (), None, ""),
        ([A, B_ASKED_BEFORE], (), None, ""),
        ([A], ALL[:2], None, "signed off by 1 of 2 required reviewers. Missing: Reviewer B"),
        ([A, A], ALL[:2], None, "signed off by 1 of 2 required reviewers"),
        ([A, B_OPEN], ALL[:2], None, "1 change was not marked as seen"),
        ([A, B_BEFORE], ALL[:2], None, "not the one that was reviewed"),
        ([C], ALL[:2], 1, "signed off by 0 of 1 required reviewers"),
        ([A, C], ALL, None, "signed off by 2 of 3 required reviewers. Missing: Reviewer B"),
        ([A], ALL, 2, "signed off by 1 of 2 required reviewers"),
        ([A, C], ALL, 2, ""),
        ([A.replace(b"Reviewer A", b" reviewer  a")], ALL[:1], None, ""),
        ([A], ("Reviewer A", "reviewer a"), None, ""),
        ([A], ALL[:1], 4, ""),
        ([], ALL[:1], None, "no review record in reviews/ signs off on card.pdf"),
    ],
)
def test_each_reviewer_that_the_edition_names_signs_and_a_question_blocks(
    tmp_path: Path, kept: list[bytes], reviewers: tuple[str, ...], quorum: int | None, told: str
) -> None:
    (tmp_path / REVIEWS).mkdir()
    for number, one in enumerate(kept):
        (tmp_path / REVIEWS / f"{number}.json").write_bytes(one)
    found = list(
        unsigned(
            Workspace(tmp_path),
            {"card.pdf": b"now"},
            Releasing(reviewers=reviewers, quorum=quorum),
        )
    )
    assert any(told in str(reason.message) for reason in found) if told else found == []


@pytest.mark.long
@pytest.mark.parametrize(("quorum", "is_told"), [(1, False), (2, False), (3, True)])
def test_a_quorum_that_the_reviewers_cannot_reach_is_an_error(
    copy: Copy, quorum: int, is_told: bool
) -> None:
    line = f"release: {{reviewers: [Ana, Eva], quorum: {quorum}}}\nrepeated_notes: again"
    copy.edit("content/edition.yaml", "repeated_notes: again", line)
    found = read_workspace(copy.workspace).problems
    assert [one.code for one in found] == ["EDITION-REVIEWERS"] * is_told


def test_a_release_asks_for_the_sign_offs_that_the_edition_asks_for(
    final: Copy, second: Released, light: None
) -> None:
    assert second.folder
    final.edit(
        "content/edition.yaml",
        "repeated_notes: again",
        "release:\n  sign_offs: [screen]\nrepeated_notes: again",
    )
    try:
        found = release(final.workspace, Wanted("3.0", dry_run=True), silent)
        assert [(reason.code, reason.place.file) for reason in found.reasons] == [
            ("RELEASE-SIGN-OFF", "peru-report-card-en.pdf"),
            ("RELEASE-SIGN-OFF", "peru-report-card-es.pdf"),
        ]
    finally:
        final.edit("content/edition.yaml", "release:\n  sign_offs: [screen]\n", "")


# --- the folder -----------------------------------------------------------------------------------

PUT = """
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from reportcard.release.folder import put_release
files = {f"web/{number}.html": os.urandom(20_000) for number in range(200)}
print("begin", flush=True)
put_release(Path(sys.argv[1]), sys.argv[2], files, datetime(2026, 1, 1, tzinfo=UTC))
"""


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.2])
@pytest.mark.slow
def test_a_killed_release_leaves_nothing_that_looks_like_one(tmp_path: Path, wait: float) -> None:
    folder = tmp_path / "releases"
    process = subprocess.Popen(
        [sys.executable, "-c", PUT, str(folder), "1.0"], stdout=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.readline()
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    seen = [path.name for path in folder.glob("[!.]*")] if folder.exists() else []
    assert seen in ([], ["1.0"])
    if seen:
        assert len(files_of(folder / "1.0")) == 202
    put_release(folder, "1.1", {"a.pdf": b"%PDF"}, DATE)
    assert [one.name for one in releases(folder)] == ["1.1"]
    assert not list(folder.glob(".making-*"))


def test_a_release_that_has_no_room_is_none(tmp_path: Path) -> None:
    told = subprocess.run(
        [
            "bash",
            "-c",
            f'ulimit -f 1; exec "{sys.executable}" -c "$0" "$1" 1.0',
            PUT,
            str(tmp_path / "releases"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "There is no release of this version" in told.stderr or "File too large" in told.stderr
    assert not list((tmp_path / "releases").glob("[!.]*"))
    assert not list((tmp_path / "releases").glob(".making-*"))


@pytest.mark.parametrize("year", [1970, 2026, 3000])
def test_a_zip_bears_a_date_that_zips_can_tell(tmp_path: Path, year: int) -> None:
    folder = put_release(tmp_path, "1.0", {"card.pdf": b"%PDF"}, datetime(year, 2, 28, tzinfo=UTC))
    with zipfile.ZipFile(folder / "report-cards-1.0.zip") as archive:
        assert archive.infolist()[0].date_time[0] == min(max(year, 1980), 2107)


def test_a_place_that_cannot_hold_releases_is_told_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "releases").write_text("a file")
    with pytest.raises(ReportCardError, match="is not a folder"):
        check_version(tmp_path / "releases", "1.0")


def test_the_same_files_make_the_same_zip(tmp_path: Path) -> None:
    files = {"web/a.html": b"a" * 1000, "card.pdf": b"%PDF"}
    one, other = (put_release(tmp_path / name, "1.0", files, DATE) for name in ("one", "other"))
    assert (one / "report-cards-1.0.zip").read_bytes() == (
        other / "report-cards-1.0.zip"
    ).read_bytes()


@pytest.mark.parametrize(
    "version", ["", ".", "..", ".hidden", "a/b", "../x", "a b", "last", "1.", "x" * 80, "1\n0"]
)
def test_a_version_is_a_name_for_a_folder(tmp_path: Path, version: str) -> None:
    with pytest.raises(ReportCardError, match="is not a valid version"):
        check_version(tmp_path, version)


def test_a_release_is_not_put_over_one_that_came_meanwhile(tmp_path: Path) -> None:
    put_release(tmp_path, "1.0", {"card.pdf": b"first"}, DATE)
    with pytest.raises(ReportCardError, match=r"release 1\.0 already exists"):
        put_release(tmp_path, "1.0", {"card.pdf": b"second"}, DATE)
    assert (tmp_path / "1.0/card.pdf").read_bytes() == b"first"


# --- what changed ---------------------------------------------------------------------------------


def cards() -> Iterator[ComparedCard]:
    side = Side("card.pdf", "0" * 64, ())
    runs = (
        ("same", "before " * 30),
        ("gone", "*stars* "),
        ("new", "<b> [x](y) & z "),
        ("same", "after " * 30),
    )
    yield ComparedCard("New", Comparison("new.pdf", None, side), "1.0")
    yield ComparedCard("Gone", Comparison("gone.pdf", side, None), "1.0")
    yield ComparedCard(
        "Same",
        Comparison(
            "same.pdf", side, side, changes=(Change(Kind.LAYOUT, Act.CHANGED, old="1", new="2"),)
        ),
        "0.9",
    )
    yield ComparedCard(
        "Broken", Comparison("broken.pdf", side, side, failed="it is damaged"), "1.0"
    )
    yield ComparedCard(
        "Changed",
        Comparison(
            "changed.pdf",
            side,
            side,
            changes=(Change(Kind.NOTE, Act.CHANGED, "peru/notes.a", runs=runs),) * 2,
        ),
        "1.0",
    )


@pytest.mark.long
def test_readers_are_told_of_meaning_alone(mine: Copy) -> None:
    content = read_workspace(mine.workspace).content
    assert content
    told = news(content, "en", "1.1", "1.0", tuple(cards()))
    assert [part.remark for part in told.parts] == [
        "This card is new.",
        "This card is no longer published.",
        "Compared with version 0.9. Its scores, numbers, notes and wording are the same.",
        "It could not be compared with the previous version.",
        "",
    ]
    ((heading, (item,)),) = told.parts[4].kinds
    assert heading == "Notes"
    assert item.runs[0][1].startswith("… before")
    assert len(item.runs[0][1]) < 70
    assert item.runs[-1][1].endswith("after …")


@pytest.mark.long
@pytest.mark.parametrize(
    ("runs", "line"),
    [
        ((("gone", "old "), ("new", "new")), "- ~~old~~ **new**"),
        (
            (("same", "By the middle"), ("new", ", at last,"), ("same", " of it")),
            "- By the middle<ins>, at last,</ins> of it",
        ),
        (
            (("same", "a *b* "), ("gone", "<b> [x](y) & z")),
            r"- a \*b\* <del>\<b\> \[x\](y) \& z</del>",
        ),
        ((("same", "1. first "), ("new", "x")), r"- 1\. first **x**"),
        ((("same", "- dash "), ("new", "x")), r"- \- dash **x**"),
    ],
)
def test_news_is_markdown_that_shows_what_was_typed(mine: Copy, runs: Runs, line: str) -> None:
    content = read_workspace(mine.workspace).content
    assert content
    side = Side("card.pdf", "0" * 64, ())
    comparison = Comparison(
        "card.pdf", side, side, changes=(Change(Kind.NOTE, Act.CHANGED, runs=runs),)
    )
    told = news(content, "en", "1.1", "1.0", [ComparedCard("Card", comparison, "1.0")])
    assert as_markdown(told).decode().splitlines()[-1] == line


@pytest.mark.thorough  # ten seconds and more; its neighbours build the same
def test_each_card_is_compared_with_the_last_release_that_had_it(
    second: Released, final: Copy, light: None
) -> None:
    """A release without the scoreboard says nothing of it, and the next one knows it again."""
    assert second.folder
    part = release(final.workspace, Wanted("1.2", scoreboard=False), silent)
    whole = release(final.workspace, Wanted("1.3"), silent)
    assert part.folder
    assert whole.folder
    assert whole.notes == ()
    assert "Scoreboard" not in (part.folder / "changes-en.md").read_text("utf-8")
    told = (whole.folder / "changes-en.md").read_text("utf-8")
    assert "Compared with version 1.2.\n" in told
    assert (
        told.partition("## Regional Scoreboard\n\n")[2]
        == "Compared with version 1.1. Its scores, numbers, notes and wording are the same.\n"
    )


@pytest.mark.thorough  # ten seconds and more; its neighbours build the same
def test_a_card_that_can_no_longer_be_compared_is_told(
    second: Released, final: Copy, light: None
) -> None:
    assert second.folder
    earlier = second.folder.parent / "1.9"
    earlier.mkdir()
    (earlier / "peru-report-card-es.pdf").write_bytes(b"%PDF-1.7 cut off")
    try:
        found = release(final.workspace, Wanted("1.9.1", scoreboard=False), silent)
    finally:
        shutil.rmtree(earlier)
    assert [
        (note.code, note.place.file) for note in found.notes if note.code == "RELEASE-CHANGES"
    ] == [("RELEASE-CHANGES", "peru-report-card-es.pdf")]


# --- the releases there ---------------------------------------------------------------------------


def test_releases_stand_in_the_order_of_their_versions(tmp_path: Path) -> None:
    for name in (
        "1.0",
        "2.9",
        "2.10",
        "2.10-rc1",
        "2.10-rc2",
        "1.0.1",
        "1.0 (copy)",
        ".making-3.0",
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "card.pdf").touch()
    (tmp_path / "latest").symlink_to(tmp_path / "1.0")
    (tmp_path / "9.9").mkdir()
    assert [one.name for one in releases(tmp_path)] == [
        "1.0",
        "1.0.1",
        "2.9",
        "2.10-rc1",
        "2.10-rc2",
        "2.10",
    ]
    assert [one.name for one in before(tmp_path, "2.10-rc2")] == ["2.10-rc1", "2.9", "1.0.1", "1.0"]


def test_the_last_release_is_compared_with_the_content_edition_by_edition(
    second: Released, final: Copy, run: Run, tmp_path: Path
) -> None:
    assert second.folder
    set_version(final.workspace, "1.1")
    code, out, err = run(
        "compare", "--against", "1.1", "--format", "text", "--workspace", str(final.root)
    )
    assert (code, "removed" in out) == (ExitCode.OK, False), err
    names = ("peru-report-card-en", "peru-report-card-es", "scoreboard-en", "scoreboard-es")
    told = [f"{name}.pdf: no changes" for name in names]
    assert out.splitlines() == [*told, "4 files in total: no changes"]
