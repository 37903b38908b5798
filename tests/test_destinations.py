"""A command writes over nothing that a person did not mean: not over what it reads, not over
content, not over devices.
"""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from reportcard.errors import ExitCode, ReportCardError
from reportcard.workspace.guard import destinations, output_folder

from .conftest import Copy

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with some files, a pipe, links and the beginnings of a workspace."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content/peru").mkdir(parents=True)
    (tmp_path / "content/edition.yaml").write_bytes(b"edition")
    (tmp_path / "content/peru/en.yaml").write_bytes(b"typed")
    for name in ("a.pdf", "b.pdf"):
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            data = io.BytesIO()
            pdf.save(data)
        (tmp_path / name).write_bytes(data.getvalue())
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "to-content").symlink_to("content/peru/en.yaml")
    (tmp_path / "to-a").symlink_to("a.pdf")
    (tmp_path / "circle").symlink_to("circle")
    return tmp_path


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("a.pdf", "is also an input file"),
        ("content/../a.pdf", "is also an input file"),
        ("to-a", "is also an input file"),
        ("", "is a folder"),
        (".", "is a folder"),
        ("/", "is a folder"),
        ("content", "is a folder"),
        ("pipe", "is a device or a pipe, not a file"),
        ("a.pdf/x.txt", "which is a file"),
        ("a.pdf/deep/x.txt", "which is a file"),
        ("content/peru/en.yaml", "is part of the content"),
        ("content/new/deep/x.json", "is part of the content"),
        ("figures/report.html", "is part of the content"),
        ("styles/../content/x", "is part of the content"),
        ("to-content", "is part of the content"),
    ],
)
def test_what_is_no_place_for_a_file_is_refused(folder: Path, named: str, why: str) -> None:
    with pytest.raises(ReportCardError) as caught:
        destinations([Path(named)], [folder / "a.pdf"])
    assert caught.value.code is ExitCode.USAGE
    assert why in str(caught.value)
    assert caught.value.advice


def test_a_link_in_a_circle_and_a_name_too_long_are_told(folder: Path) -> None:
    for named in (folder / "circle", Path("x" * 300)):
        with pytest.raises(ReportCardError) as caught:
            destinations([named])
        assert caught.value.code is ExitCode.OUTPUT


def test_two_files_are_not_written_over_each_other(folder: Path) -> None:
    for one, other in (("c.html", "./c.html"), ("c.html", "c.html/x.pdf"), ("deep/c/x", "deep/c")):
        with pytest.raises(ReportCardError, match="conflict"):
            destinations([Path(one), Path(other)])


def test_other_files_are_places_and_links_are_followed(folder: Path) -> None:
    (folder / "to-new").symlink_to("new.txt")
    named = ["out/deep/x.txt", "b.pdf", "to-new", "content.txt"]
    wanted = ["out/deep/x.txt", "b.pdf", "new.txt", "content.txt"]
    assert destinations([Path(one) for one in named], [folder / "a.pdf"]) == tuple(
        folder / one for one in wanted
    )


def test_a_link_as_a_folder_of_figures_elsewhere_is_no_content(folder: Path) -> None:
    (folder / "elsewhere/content").mkdir(parents=True)
    assert destinations([Path("elsewhere/content/x.txt")]) == (folder / "elsewhere/content/x.txt",)


@pytest.mark.parametrize(
    "arguments",
    [
        ["comments", "a.pdf", "-o", "a.pdf"],
        ["comments", "a.pdf", "-o", "content/peru/en.yaml"],
        ["comments", "a.pdf", "-o", "pipe"],
        ["comments", "a.pdf", "-o", "."],
        ["comments", "a.pdf", "-o", "a.pdf/x.txt"],
        ["compare", "a.pdf", "b.pdf", "-o", "content/edition.yaml"],
        ["compare", "a.pdf", "b.pdf", "--format", "json", "-o", "content/edition.yaml"],
        ["compare", "a.pdf", "b.pdf", "-o", "c.html", "--pdf", "c.html"],
        ["compare", "a.pdf", "b.pdf", "-o", "content"],
        ["compare", "a.pdf", "b.pdf", "--pdf", "b.pdf"],
        ["compare", "a.pdf", "b.pdf", "--pdf", "."],
        ["compare", "old", "new", "--pdf", "new"],
        ["compare", "old", "new", "--pdf", "old/"],
        ["translations", "export", "peru", "--language", "es", "--output", "content/peru/en.yaml"],
    ],
)
def test_every_command_refuses_before_it_works(
    folder: Path, run: Run, arguments: list[str]
) -> None:
    for side, file in (("old", "a.pdf"), ("new", "b.pdf")):
        (folder / side).mkdir()
        for name in ("p.pdf", "q.pdf"):
            (folder / side / name).write_bytes((folder / file).read_bytes())
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    code, out, err = run(*arguments)
    assert code == ExitCode.USAGE, err
    assert out == ""
    assert not {"1/1", "1/2"} & set(err.split()), "the comparison had begun"
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert (folder / "pipe").is_fifo()


def test_a_revision_is_not_built_for_a_file_that_cannot_be_written(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The content could not even be read: that the file is told shows that it is looked at
    first.
    """
    monkeypatch.chdir(copy.root)
    (copy.root / "content/scoreboard.yaml").write_bytes(b"[")
    (copy.root / "a.pdf").write_bytes(b"%PDF")
    for output in ("a.pdf", "content", "content/x.html"):
        code, _, err = run("compare", "a.pdf", "-o", output)
        assert (code, "scoreboard" in err) == (ExitCode.USAGE, False), err


def test_a_folder_in_whose_place_a_file_is_is_refused_before_any_work(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.touch()
    link.symlink_to(tmp_path / "nowhere")
    for path in (file, file / "below", link):
        with pytest.raises(ReportCardError) as caught:
            output_folder(path)
        assert caught.value.code is ExitCode.OUTPUT
        assert str(path) in str(caught.value.message)
    (tmp_path / "real").symlink_to(tmp_path)
    for path in (tmp_path, tmp_path / "new/deep", tmp_path / "real"):
        assert output_folder(path) == path
