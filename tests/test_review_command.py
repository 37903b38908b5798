"""Compare, sign-off and comments as one types them: what is compared with what, what is told, and
how the program ends.
"""

import io
import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pikepdf
import pytest

from reportcard.build.pipeline import build
from reportcard.build.request import Order
from reportcard.errors import ExitCode, ReportCardError
from reportcard.pdf.skeleton import MOST_PAGES
from reportcard.review.changes import Act, Change, Kind
from reportcard.review.compare.regard import Regard
from reportcard.review.revisions import revision
from reportcard.workspace.card_files import file_name
from reportcard.workspace.media import Medium

from .conftest import LANGUAGES, Built, Copy, copy_workspace, once

pytestmark = pytest.mark.usefixtures("compared_once")

Run = Callable[..., tuple[int, str, str]]
A4 = (595.276, 841.89)


@pytest.fixture(scope="session")
def edited() -> Built:
    """The cards after some edits: a number and a note in Spanish alone, a word and a score in both
    languages.
    """
    return once("edited", edit)


def edit(folder: Path) -> Built:
    copy = copy_workspace(folder / "workspace")
    copy.edit("content/peru/es.yaml", "238,860 empleos", "238,680 empleos")
    waive(copy)
    copy.edit("content/peru/es.yaml", "dl-1107: Perú.", "dl-1107: República del Perú.")
    copy.edit("content/peru/es.yaml", "Por la solidez", "Por la firmeza")
    copy.edit(
        "content/peru/en.yaml",
        "the country received a perfect score",
        "the country received a full score",
    )
    copy.edit("content/peru/scores.yaml", "ownership: 0.8", "ownership: 0.7")
    copy.edit("content/peru/scores.yaml", "licences: 0.8", "licences: 0.9")
    outcome = build(copy.workspace, Order(copy.root / "output"))
    assert not outcome.withheld, outcome.problems
    return Built(copy, outcome)


def waive(copy: Copy, field: str = "context") -> None:
    """Lets the languages tell different numbers: what a check finds, a comparison has to find
    too.
    """
    for language in LANGUAGES:
        with (copy.root / f"content/peru/{language}.yaml").open("a", encoding="utf-8") as file:
            file.write(f"\nwaivers:\n  {field}: {{NUMBER-LANGUAGES: planted}}\n")


def both(built: Built, edited: Built) -> tuple[str, str]:
    return str(built.pdf("es")), str(edited.pdf("es"))


def pages(count: int, *sizes: tuple[float, float], password: str = "") -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for number in range(count):
            pdf.add_blank_page(page_size=sizes[number % len(sizes)] if sizes else A4)
        pdf.save(
            target, encryption=pikepdf.Encryption(owner="x", user=password) if password else False
        )
    return target.getvalue()


def written(texts: list[list[str]], *sizes: tuple[float, float]) -> bytes:
    """A PDF of plain text in Helvetica, a list of lines a page."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages(len(texts), *sizes))) as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        for page, lines in zip(pdf.pages, texts, strict=True):
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            shown = b" T* ".join(
                b"("
                + line.replace("\\", "\\\\")
                .replace("(", "\\(")
                .replace(")", "\\)")
                .encode("cp1252", "replace")
                + b") Tj"
                for line in lines
            )
            page.obj.Contents = pdf.make_stream(b"BT /F 11 Tf 14 TL 60 700 Td " + shown + b" ET")
        pdf.save(target)
    return target.getvalue()


# --- what is told ---------------------------------------------------------------------------------


def test_the_same_file_ends_with_0_and_another_with_1(
    run: Run, built: Built, edited: Built
) -> None:
    old, new = both(built, edited)
    assert run("compare", old, old, "--format", "text")[0] == ExitCode.OK
    assert run("compare", old, new, "--format", "text")[0] == ExitCode.DIFFERENT


def test_a_change_is_told_with_its_field_file_line_and_page(
    run: Run, built: Built, edited: Built
) -> None:
    _, out, _ = run("compare", *both(built, edited), "--format", "text")
    lines = (edited.copy.root / "content/peru/es.yaml").read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, start=1) if "238,680" in line)
    told = [line.split() for line in out.splitlines()]
    (number,) = [words for words in told if words[0] == "number"]
    assert number[1] == "peru/context"
    file, line, _ = number[2].split(":")
    assert file == "content/peru/es.yaml"
    assert int(line) <= at <= int(line) + 8, "the paragraph that it stands in"
    assert number[3:] == ["page", "8"]


def test_json_names_what_was_and_is(run: Run, built: Built, edited: Built) -> None:
    _, out, _ = run("compare", *both(built, edited), "--format", "json")
    told = json.loads(out)
    assert told["format"] == 1
    (file,) = told["files"]
    assert file["state"] == "different"
    assert {(one["kind"], one["field"], one["old"], one["new"]) for one in file["changes"]} >= {
        ("number", "peru/context", "238,860", "238,680"),
        ("note", "peru/notes.dl-1107", "", "República del"),
        ("wording", "peru/dimensions.legal.findings", "solidez", "firmeza"),
        ("score", "peru/scores.ownership", "0.8", "0.7"),
    }
    assert told["counts"] == file["counts"]
    assert file["new"]["sha256"] != file["old"]["sha256"]


def test_junit_has_a_case_a_kind(run: Run, built: Built, edited: Built) -> None:
    _, out, _ = run("compare", *both(built, edited), "--format", "junit")
    (suite,) = fromstring(out)
    failed = {case.get("name") for case in suite if case.find("failure") is not None}
    # Categories are listed from strongest to weakest; a gauge goes with its score
    assert failed == {"number", "note", "wording", "score", "moved"}
    assert suite.get("failures") == "5"
    assert {case.get("name") for case in suite} > {"boxes", "compared"}


def test_the_report_and_the_marked_copy_are_written_whole(
    run: Run, built: Built, edited: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = run(
        "compare", *both(built, edited), "--pdf", "marked.pdf", "--report-language", "es"
    )
    assert code == ExitCode.DIFFERENT
    assert out.splitlines()[1:] == ["comparison.html", "marked.pdf"]
    page = (tmp_path / "comparison.html").read_text(encoding="utf-8")
    assert '<html lang="es"' in page
    assert "238,680" in page
    with pikepdf.open(tmp_path / "marked.pdf") as pdf:
        assert any("238,680" in str(one.get("/Contents", "")) for one in pdf.pages[7].Annots)


def test_only_some_kinds_fail(run: Run, built: Built, edited: Built) -> None:
    old, new = both(built, edited)
    assert (
        run("compare", old, new, "--format", "text", "--fail-on", "link,bookmarks")[0]
        == ExitCode.OK
    )
    assert (
        run("compare", old, new, "--format", "text", "--fail-on", "score,number")[0]
        == ExitCode.DIFFERENT
    )
    code, _, err = run("compare", old, new, "--fail-on", "scores")
    assert code == ExitCode.USAGE
    assert "Choose from: score, number, meaning, note, wording" in err


def test_kinds_and_areas_can_be_passed_over(run: Run, built: Built, edited: Built) -> None:
    old, new = both(built, edited)
    _, out, _ = run(
        "compare",
        old,
        new,
        "--format",
        "json",
        "--ignore",
        "picture,score,note,moved",
        "--ignore-area",
        "8:0,0,210,297",
    )
    assert {one["kind"] for one in json.loads(out)["files"][0]["changes"]} == {"wording"}
    code, _, err = run("compare", old, new, "--ignore-area", "all of it")
    assert code == ExitCode.USAGE
    assert "2:20,30,100,15" in err


def test_the_workspace_can_pass_over_kinds_and_areas(
    run: Run, built: Built, edited: Built, copy: Copy
) -> None:
    with (copy.root / "content/edition.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "\nignored_changes:\n  kinds: [picture, score, note, moved]\n  areas:\n    - {page: 8,"
            " left: 0, top: 0, width: 210, height: 297}\n"
        )
    _, out, _ = run(
        "compare", *both(built, edited), "--format", "json", "--workspace", str(copy.root)
    )
    found = json.loads(out)["files"][0]["changes"]
    assert not {"picture", "moved"}.intersection(one["kind"] for one in found)
    # Whoever signs off sees what fields say, whatever the edition leaves out
    assert {"score", "number", "note", "wording"} <= {one["kind"] for one in found if one["field"]}


@pytest.mark.parametrize("kind", [Kind.SCORE, Kind.NUMBER, Kind.MEANING, Kind.NOTE, Kind.WORDING])
def test_an_edition_leaves_out_only_what_no_field_says(kind: Kind) -> None:
    """A date on the cover, in an area of its own; not the same in the text."""
    area = (1, 10.0, 10.0, 20.0, 5.0)
    change = Change(kind, Act.CHANGED, old="2025", new="2026", new_areas=(area,))
    for regard in (
        Regard(agreed_kinds=frozenset({kind})),
        Regard(agreed_areas=((0, 0.0, 0.0, 210.0, 297.0),)),
    ):
        assert regard.agrees(change)
        assert not regard.agrees(replace(change, field="peru/context"))
    assert Regard(ignored_kinds=frozenset({kind})).ignores(replace(change, field="peru/context"))
    assert Regard(agreed_kinds=frozenset({Kind.LAYOUT})).agrees(
        Change(Kind.LAYOUT, Act.CHANGED, field="peru/context")
    )


# --- what is compared with what -------------------------------------------------------------------


def test_folders_are_compared_file_by_file_and_one_language_alone_is_flagged(
    run: Run, built: Built, edited: Built
) -> None:
    code, out, _ = run(
        "compare",
        str(built.copy.root / "output"),
        str(edited.copy.root / "output"),
        "--format",
        "json",
    )
    assert code == ExitCode.DIFFERENT
    files = {file["name"]: file for file in json.loads(out)["files"]}
    assert files["peru-report-card-es-print.pdf"]["new"] is None
    assert files["peru-report-card-en.pdf"]["state"] == "different"
    alone = {
        (one["kind"], one["field"], one["only_in"])
        for file in files.values()
        for one in file["changes"]
        if one["only_in"]
    }
    assert alone == {("number", "peru/context", "es"), ("note", "peru/notes.dl-1107", "es")}


def test_files_of_other_names_belong_together_by_the_name_that_they_bear(
    run: Run, built: Built, tmp_path: Path
) -> None:
    for side, name in (("old", "{}-2025.pdf"), ("new", "{}-2026.pdf")):
        (tmp_path / side).mkdir()
        for language in ("en", "es"):
            (tmp_path / side / name.format(language)).write_bytes(built.pdf(language).read_bytes())
    code, out, _ = run("compare", str(tmp_path / "old"), str(tmp_path / "new"), "--format", "text")
    assert (code, out.count(".pdf: no changes\n")) == (ExitCode.OK, 2)


@pytest.mark.slow
@pytest.mark.thorough  # ten seconds and more; its neighbours build the same
def test_two_revisions_and_the_content_as_it_is(
    run: Run, brief: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
            cwd=brief.root,
            check=True,
            capture_output=True,
        )

    brief.edit("content/peru/es.yaml", "se quedan atrás", "dejan atrás el 68 % del oro")
    brief.edit("content/peru/en.yaml", "lag behind", "leave 68% of the gold behind")
    waive(brief, "dimensions.policies.findings")
    git("init", "-q")
    git("add", "content", "styles", "figures")
    git("commit", "-q", "-m", "one")
    git("tag", "one")
    brief.edit("content/peru/es.yaml", "68 % del oro", "69 % del oro")
    git("commit", "-q", "-a", "-m", "two")
    monkeypatch.chdir(brief.root)
    code, out, _ = run("compare", "one", "HEAD", "--format", "text")
    assert code == ExitCode.DIFFERENT
    assert "peru-report-card-en.pdf: no changes\n" in out
    assert "68 → 69" in out
    assert "only in es" in out
    brief.edit("content/peru/es.yaml", "69 % del oro", "68 % del oro")
    assert run("compare", "one", "--format", "text")[0] == ExitCode.OK
    assert not (brief.root / "output").exists()


def test_a_revision_with_a_link_that_leads_out_is_refused(copy: Copy, tmp_path: Path) -> None:
    (copy.root / "content/peru/notes").symlink_to("/etc/passwd")
    for arguments in (["init", "-q"], ["add", "content", "styles"], ["commit", "-q", "-m", "one"]):
        named = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *named, *arguments], cwd=copy.root, check=True)
    with pytest.raises(ReportCardError, match="revision HEAD has a link that leads out") as raised:
        revision(copy.workspace, "HEAD", tmp_path / "out", (Medium.SCREEN,))
    assert raised.value.code is ExitCode.CONTENT


def test_the_last_release_is_the_old_side(
    run: Run, built: Built, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.root)
    code, _, err = run("compare", "--against", "last")
    assert code == ExitCode.USAGE
    assert "Create one with: reportcard release VERSION" in err
    for version in ("1.9", "1.10"):
        folder = copy.root / "output/releases" / version
        folder.mkdir(parents=True)
        for language in ("en", "es"):
            name = file_name("peru", language)
            (folder / name).write_bytes(
                built.pdf(language).read_bytes() if version == "1.10" else pages(2)
            )
    assert run("compare", "--against", "last", "--format", "text")[0] == ExitCode.OK
    code, _, err = run("compare", "--against", "2.0")
    assert code == ExitCode.USAGE
    assert "1.9, 1.10" in err


def test_wrong_sides_are_wrong_usage(
    run: Run, built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    old = str(built.pdf("es"))
    for arguments in (
        [],
        [old, "missing.pdf"],
        [old, "--output-thing"],
        [str(tmp_path), str(tmp_path)],
        ["--against", "last", old, old],
    ):
        code, _, err = run("compare", *arguments)
        assert code == ExitCode.USAGE, arguments
        assert err.startswith("error: ")
    code, _, err = run("compare", old, old, "-o", old)
    assert code == ExitCode.USAGE
    assert "is also an input file" in err


@pytest.mark.long
def test_what_is_wrong_with_a_side_is_told_before_the_other_is_built(
    run: Run, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both sides are looked for and read first: no card is built, which would tell its progress or
    leave drawings.
    """
    monkeypatch.chdir(copy.root)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], check=True)
    code, _, err = run("compare", "HEAD", "HEAD~9")
    assert (code, '"HEAD~9" is not a PDF' in err) == (ExitCode.USAGE, True)
    (copy.root / "content/peru/es.yaml").write_bytes(b"[")
    code, _, err = run("compare", "HEAD")
    assert code == ExitCode.CONTENT
    assert "cannot build the current content: content/peru/es.yaml:1" in err
    assert "reportcard check" in err
    assert "revision" not in err
    assert not (copy.root / ".cache/builds").exists()


def test_agreed_changes_of_an_edition_that_cannot_be_read_are_not_dropped_in_silence(
    run: Run, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.root)
    (copy.root / "a.pdf").write_bytes(pages(0))
    (copy.root / "content/edition.yaml").write_bytes(b"date: [\n")
    code, out, err = run("compare", "a.pdf", "a.pdf", "--format", "text")
    assert "content/edition.yaml:1:7: " in err
    assert "so changes that should be ignored are also shown" in err
    assert code == ExitCode.UNREADABLE
    assert "it has no pages" in out
    assert "Save them again" in err


@pytest.mark.parametrize(
    "area",
    [
        f"{'9' * 5000}:1,1,1,1",
        f"1:{'9' * 400},1,1,1",
        "1:nan,1,1,1",
        "1:1,1,0,1",
        "1:1,1,1,-1",
        "1:1,1,1",
        "x:1,1,1,1",
        "1",
    ],
)
def test_an_area_that_is_none_is_wrong_usage(run: Run, area: str, tmp_path: Path) -> None:
    code, _, err = run("compare", "a.pdf", "b.pdf", "--format", "text", "--ignore-area", area)
    assert (code, "is not a valid area" in err) == (ExitCode.USAGE, True)


# --- files from anywhere --------------------------------------------------------------------------


def unreadable(name: str, built: Built) -> bytes:
    data = built.pdf("es").read_bytes()
    return {
        "encrypted": pages(2, password="secret"),
        "truncated": data[: len(data) // 3],
        "no PDF": b"<html>not found</html>",
        "empty": b"",
        "zeros": bytes(50_000),
        "no pages": (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0"
            b" obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>"
        ),
        "too many pages": pages(MOST_PAGES + 1),
    }[name]


@pytest.mark.parametrize(
    "name", ["encrypted", "truncated", "no PDF", "empty", "zeros", "no pages", "too many pages"]
)
def test_what_cannot_be_read_could_not_be_compared(
    name: str, run: Run, built: Built, tmp_path: Path
) -> None:
    (tmp_path / "odd.pdf").write_bytes(unreadable(name, built))
    code, out, err = run(
        "compare", str(built.pdf("es")), str(tmp_path / "odd.pdf"), "--format", "text"
    )
    assert code == ExitCode.UNREADABLE
    assert "odd.pdf: could not be compared: the new file, odd.pdf, cannot be read: it " in out
    assert "Traceback" not in err


@pytest.mark.slow
def test_a_scan_has_no_text_to_compare(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(pages(2))
    (tmp_path / "other.pdf").write_bytes(pages(2, (500.0, 700.0)))
    code, out, _ = run(
        "compare", str(tmp_path / "one.pdf"), str(tmp_path / "other.pdf"), "--format", "text"
    )
    assert code == ExitCode.UNREADABLE
    assert "neither file has text to compare" in out
    assert ": no change" not in out
    assert (
        run("compare", str(tmp_path / "one.pdf"), str(tmp_path / "one.pdf"), "--format", "text")[0]
        == ExitCode.OK
    )


@pytest.mark.long
def test_pages_of_mixed_sizes_are_compared(run: Run, tmp_path: Path) -> None:
    texts = [
        [f"Page {number} speaks of gold and of {number * 17} mines in the region of the river"]
        for number in range(1, 7)
    ]
    sizes = (A4, (300.0, 800.0), (1190.0, 841.0))
    (tmp_path / "one.pdf").write_bytes(written(texts, *sizes))
    texts[3][0] = texts[3][0].replace("68 mines", "86 mines")
    (tmp_path / "other.pdf").write_bytes(written(texts, *sizes))
    code, out, _ = run(
        "compare", str(tmp_path / "one.pdf"), str(tmp_path / "other.pdf"), "--format", "json"
    )
    assert code == ExitCode.DIFFERENT
    (change,) = json.loads(out)["files"][0]["changes"]
    assert (change["kind"], change["old"], change["new"], change["new_areas"][0][0]) == (
        "number",
        "68",
        "86",
        4,
    )


def test_a_page_put_in_between_leaves_all_others_as_they_were(run: Run, tmp_path: Path) -> None:
    texts = [
        [
            f"Chapter {name} tells of gold, of rivers and of what the law of {name} says",
            f"and of the people in {name}",
        ]
        for name in ("Madre", "Loreto", "Puno", "Pasco", "Ucayali")
    ]
    (tmp_path / "one.pdf").write_bytes(written(texts))
    (tmp_path / "other.pdf").write_bytes(
        written(
            [
                *texts[:2],
                ["An altogether new page was put in here, about nothing in particular"],
                *texts[2:],
            ]
        )
    )
    _, out, _ = run(
        "compare", str(tmp_path / "one.pdf"), str(tmp_path / "other.pdf"), "--format", "json"
    )
    (file,) = json.loads(out)["files"]
    assert [(change["kind"], change["act"]) for change in file["changes"]] == [("wording", "added")]
    assert [(leaf["old"], leaf["new"], leaf["differs"]) for leaf in file["leaves"]] == [
        (1, 1, False),
        (2, 2, False),
        (None, 3, True),
        (3, 4, False),
        (4, 5, False),
        (5, 6, False),
    ]


@pytest.mark.slow
def test_hostile_text_stays_text(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.pdf").write_bytes(written([["Nothing is here but some plain words on gold"]]))
    Path("other.pdf").write_bytes(
        written([["Nothing is here but </script><script>alert(1)</script> words on gold"]])
    )
    code, _, _ = run("compare", "one.pdf", "other.pdf")
    assert code == ExitCode.DIFFERENT
    page = Path("comparison.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    _, out, _ = run("compare", "one.pdf", "other.pdf", "--format", "text")
    assert "\x1b" not in out


# --- sign-off and comments ------------------------------------------------------------------------


def test_a_record_signs_the_file_until_that_is_altered(
    run: Run, built: Built, edited: Built, tmp_path: Path
) -> None:
    old, new = both(built, edited)
    _, out, _ = run("compare", old, new, "--format", "json")
    (file,) = json.loads(out)["files"]
    changes = [
        {key: change[key] for key in ("id", "kind", "field", "place", "old", "new")}
        | {"state": "seen", "remark": ""}
        for change in file["changes"]
    ]
    record = {
        "format": 1,
        "kind": "review",
        "reviewer": "Reviewer A",
        "date": "2026-01-02T03:04:05+00:00",
        "files": [
            {"name": file["name"], "old": file["old"], "new": file["new"], "changes": changes}
        ],
    }
    path = tmp_path / "review.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    code, out, _ = run("sign-off", str(path), new, "--old", old)
    assert (code, "signed off by Reviewer A" in out) == (ExitCode.OK, True)
    (tmp_path / Path(new).name).write_bytes(Path(new).read_bytes() + b"\n")
    code, out, _ = run("sign-off", str(path), str(tmp_path / Path(new).name))
    assert code == ExitCode.DIFFERENT
    assert "the file is not the one that was reviewed" in out
    changes.pop()
    path.write_text(json.dumps(record), encoding="utf-8")
    assert run("sign-off", str(path), new, "--old", old)[0] == ExitCode.DIFFERENT
    path.write_text("{}", encoding="utf-8")
    assert run("sign-off", str(path), new)[0] == ExitCode.UNREADABLE


def test_a_remark_is_told_with_the_words_and_the_line_it_is_about(
    run: Run, built: Built, tmp_path: Path
) -> None:
    target = built.pdf("es").with_name("reviewed.pdf")
    with pikepdf.open(built.pdf("es")) as pdf:
        page = pdf.pages[7]
        box = [56.7, 700, 200, 732]
        quads = [box[0], box[3], box[2], box[3], box[0], box[1], box[2], box[1]]
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Highlight,
            Rect=box,
            QuadPoints=quads,
            Contents="¿Seguro?",
            T="Reviewer A",
            M="D:20260102030405Z",
        )
        page.obj.Annots = pikepdf.Array([*page.obj.Annots, pdf.make_indirect(note)])
        pdf.save(target)
    try:
        code, out, _ = run(
            "comments", str(target), "--format", "json", "--workspace", str(built.copy.root)
        )
        assert code == ExitCode.OK
        (comment,) = [one for one in json.loads(out)["comments"] if one["author"] == "Reviewer A"]
        assert comment["field"] == "peru/context"
        assert comment["place"].startswith("content/peru/es.yaml:")
        assert "2024" in comment["quoted"]
        assert (
            run("comments", str(target), "--format", "xlsx", "-o", str(tmp_path / "comments.xlsx"))[
                0
            ]
            == ExitCode.OK
        )
        assert (tmp_path / "comments.xlsx").read_bytes()[:2] == b"PK"
        assert run("comments", str(target), "--format", "xlsx")[0] == ExitCode.USAGE
    finally:
        target.unlink()
    assert run("comments", str(tmp_path / "missing.pdf"))[0] == ExitCode.UNREADABLE


# --- what an attack found -------------------------------------------------------------------------


def test_a_number_in_a_running_head_is_no_folio(run: Run, tmp_path: Path) -> None:
    texts = [
        [f"Page {name} tells of gold and of the law of {name}, and of its rivers"]
        for name in ("Madre", "Loreto", "Puno", "Pasco")
    ]
    for file, year in (("one.pdf", 2025), ("other.pdf", 2026)):
        with pikepdf.open(io.BytesIO(written(texts))) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                page.contents_add(f"BT /F 8 Tf 60 20 Td (Edition {year}, {number}) Tj ET".encode())
            pdf.save(tmp_path / file)
    _, out, _ = run(
        "compare", str(tmp_path / "one.pdf"), str(tmp_path / "other.pdf"), "--format", "json"
    )
    told = [
        (fact["name"], fact["new"])
        for change in json.loads(out)["files"][0]["changes"]
        for fact in change["facts"]
    ]
    assert told == [("running head", "Edition 2026,")]


@pytest.mark.slow
def test_control_characters_in_text_are_read_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(
        written([["Gold and \x02 rivers and \x02\x02 12 mines of the region"]])
    )
    code, out, _ = run(
        "compare", str(tmp_path / "one.pdf"), str(tmp_path / "one.pdf"), "--format", "text"
    )
    assert (code, out) == (ExitCode.OK, "one.pdf: no changes\n")


def test_a_tree_of_tags_that_holds_itself_is_read_once(
    run: Run, built: Built, tmp_path: Path
) -> None:
    with pikepdf.open(built.pdf("es")) as pdf:
        kids = pdf.make_indirect(pikepdf.Array([pdf.Root.StructTreeRoot.K]))
        kids.append(kids)
        kids.append(kids)
        pdf.Root.StructTreeRoot.K = kids
        pdf.save(tmp_path / "cycle.pdf")
    code, _, _ = run(
        "compare", str(tmp_path / "cycle.pdf"), str(tmp_path / "cycle.pdf"), "--format", "text"
    )
    assert code == ExitCode.OK


def test_endings_in_capitals_are_pdfs_too_and_an_empty_name_is_none(
    run: Run, built: Built, tmp_path: Path
) -> None:
    for side, language in (("old", "en"), ("new", "es")):
        (tmp_path / side).mkdir()
        (tmp_path / side / "X.PDF").write_bytes(built.pdf(language).read_bytes())
    assert (
        run("compare", str(tmp_path / "old"), str(tmp_path / "new"), "--format", "text")[0]
        == ExitCode.DIFFERENT
    )
    assert run("compare", "", str(tmp_path / "new"))[0] == ExitCode.USAGE
    (tmp_path / "nothing").mkdir()
    assert run("compare", str(tmp_path / "nothing"), str(tmp_path / "new"))[0] == ExitCode.USAGE


def test_a_name_cannot_forge_a_line(run: Run, built: Built, tmp_path: Path) -> None:
    name = tmp_path / "evil\nother.pdf: same\u202e.pdf"
    name.write_bytes(built.pdf("es").read_bytes())
    _, out, _ = run("compare", str(built.pdf("en")), str(name), "--format", "text")
    assert out.splitlines()[0].startswith("evil other.pdf: same�.pdf: ")


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"old": None}, "was not compared with another"),
        ({"failed": "no text"}, "could not be compared"),
        ({"left_out": 3}, "3 changes were left out"),
    ],
)
def test_a_record_of_nothing_signs_nothing(
    odd: dict[str, object], reason: str, run: Run, built: Built, tmp_path: Path
) -> None:
    digest = sha256(built.pdf("es").read_bytes()).hexdigest()
    side = {"name": "a.pdf", "sha256": digest}
    record = {
        "format": 1,
        "kind": "review",
        "reviewer": "Reviewer A",
        "date": "2026-01-02T03:04:05+00:00",
        "files": [{"name": "a.pdf", "old": side, "new": side, "changes": []} | odd],
    }
    (tmp_path / "review.json").write_text(json.dumps(record), encoding="utf-8")
    code, out, _ = run("sign-off", str(tmp_path / "review.json"), str(built.pdf("es")))
    assert code == ExitCode.DIFFERENT
    assert reason in out


def test_sign_off_opens_no_pipe_and_names_the_file_that_is_wrong(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("rec.json").write_text(
        '{"kind": "review", "format": 1, "reviewer": "A", "date": "", "files": []}',
        encoding="utf-8",
    )
    Path("a.pdf").write_bytes(pages(1))
    with Path("large.json").open("wb") as file:
        file.truncate(20_000_001)
    for arguments, told in (
        (("pipe", "a.pdf"), "pipe cannot be read: it is not a file. Export it again"),
        (("rec.json", "pipe"), "pipe cannot be read: it is not a file. Specify the PDF"),
        (
            ("rec.json", "nope.pdf"),
            "nope.pdf cannot be read: no such file or folder. Specify the PDF",
        ),
        (("nope.json", "a.pdf"), "nope.json cannot be read: no such file"),
        (("large.json", "a.pdf"), "large.json cannot be read: it is larger than 20 MB."),
        (("a.pdf", "a.pdf"), "a.pdf cannot be read: this is not a review record"),
        (
            ("rec.json", "a.pdf", "--old", "nope.pdf"),
            "nope.pdf cannot be read: no such file or folder. Specify the PDF",
        ),
        (("rec.json", "a.pdf", "--old", "pipe"), "pipe cannot be read"),
    ):
        code, _, err = run("sign-off", *arguments)
        assert code == ExitCode.UNREADABLE
        assert told in err


@pytest.mark.slow
def test_a_pdf_without_remarks_says_so_and_a_pipe_is_not_opened(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("a.pdf").write_bytes(pages(1))
    code, out, err = run("comments", "a.pdf")
    assert (code, out) == (ExitCode.OK, "")
    assert "a.pdf has no comments." in err
    for command in (("comments",), ("translations", "import")):
        code, _, err = run(*command, "pipe")
        assert (code, "pipe cannot be read: it is not a file" in err) == (ExitCode.UNREADABLE, True)
