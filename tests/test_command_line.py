"""The commands as people type them: what is printed, what is written, how they end."""

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message

from .conftest import ROOT, Copy, copy_workspace

Run = Callable[..., tuple[int, str, str]]


def test_the_version(run: Run) -> None:
    assert run("--version") == (0, "reportcard 0.1.0\n", "")


@pytest.mark.slow
def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['reportcard', '--help']\nfrom reportcard import cli\ntry:"
        " cli.main()\nexcept SystemExit: pass\nheavy = {'weasyprint', 'matplotlib', 'pydantic',"
        " 'jinja2', 'babel', 'markdown_it', 'ruamel', 'numpy'} &"
        " set(sys.modules)\nsys.exit(f'{heavy}' if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_a_card_is_built_from_any_folder_of_the_workspace(
    brief: Copy, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(brief.root / "content/peru")
    code, out, err = run("build", "peru", "--language", "en")
    assert code == 0
    assert out == f"{brief.root}/output/peru-report-card-en.pdf\n"
    assert err.startswith("1/1 peru-report-card-en.pdf\n")
    assert err.endswith("peru: clean\n")


@pytest.mark.slow
def test_one_country_s_fault_withholds_that_country_alone(copy: Copy, run: Run) -> None:
    run("new", "Guyana", "--workspace", str(copy.root))
    output = copy.root / "output"
    output.mkdir()
    (output / "peru-report-card-en.pdf").write_bytes(b"earlier")
    copy.edit("content/peru/es.yaml", "**define con precisión**", "**define con precisión")
    code, out, err = run("build", "--all-or-nothing", "--workspace", str(copy.root))
    assert code == ExitCode.CONTENT
    assert out == ""
    assert [path.name for path in output.glob("*.pdf")] == ["peru-report-card-en.pdf"]
    code, out, err = run("build", "--workspace", str(copy.root))
    assert code == ExitCode.WITHHELD
    assert out.count("guyana-report-card") == 2
    assert "error: content/peru/es.yaml:" in err
    assert "error: peru was not published: 1 error above. Earlier PDFs are unchanged.\n" in err
    tally = "(shared files: .*notes? · )?guyana: .*warnings? · peru: 1 error, 2 warnings"
    assert re.fullmatch(tally, err.splitlines()[-1])
    assert (output / "peru-report-card-en.pdf").read_bytes() == b"earlier"


@pytest.mark.slow
def test_a_new_card_builds_at_once_in_every_language(copy: Copy, run: Run) -> None:
    code, out, _ = run("new", "ecuador", "--workspace", str(copy.root))
    assert code == 0
    assert out.split() == ["content/ecuador/en.yaml", "content/ecuador/es.yaml"]
    assert run("build", "ecuador", "--workspace", str(copy.root))[0] == 0
    before = (copy.root / "content/ecuador/es.yaml").read_bytes()
    code, _, err = run("new", "ecuador", "--workspace", str(copy.root))
    assert code == ExitCode.USAGE
    assert "already exists" in err
    assert (copy.root / "content/ecuador/es.yaml").read_bytes() == before


WRONG = {
    ("build", "colombia"): (ExitCode.USAGE, "colombia has scores but no card."),
    ("build", "atlantis"): (ExitCode.USAGE, "there is no folder content/atlantis."),
    ("build", "../peru"): (ExitCode.USAGE, "there is no folder content/../peru."),
    ("build", "--language", "fr"): (
        ExitCode.USAGE,
        'the edition does not include the language "fr".',
    ),
    ("bild",): (ExitCode.USAGE, 'error: unknown command "bild". Did you mean build?'),
    ("gauges", "peru", "--format", "gif"): (ExitCode.USAGE, '"gif"'),
    ("new", "atlantis"): (ExitCode.USAGE, '"atlantis" is not a known country.'),
    ("new", "Côn", "--code", "PE"): (ExitCode.USAGE, 'a card cannot be named "con": Windows'),
    ("schema", "cards"): (ExitCode.USAGE, 'unknown kind of content file "cards".'),
}


@pytest.mark.long
@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_usage_is_one_line(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(copy.root)
    code, out, err = run(*arguments)
    expected, message = WRONG[arguments]
    assert code == expected
    assert message in err
    assert "Traceback" not in err
    assert out == ""
    assert not (copy.root / "output").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("preflight", "file"),
        ("verify", "file"),
        ("intake", "file"),
        ("comments", "file"),
        ("sign-off", "file", "file"),
        ("translations", "import", "file"),
        ("map", "peru", "file"),
    ],
)
@pytest.mark.slow
def test_a_file_without_permission_is_no_wrong_usage(
    copy: Copy, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """Permissions do not hold for root, so they are made to look like it."""
    monkeypatch.chdir(copy.root)
    (copy.root / "file").write_bytes(b"\x00")
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    code, out, err = run(*arguments)
    assert code == ExitCode.UNREADABLE
    assert "is not readable" not in out + err


@pytest.mark.parametrize(
    ("kind", "why"),
    [("pipe", "it is not a file"), ("link", "leads nowhere"), ("folder", "it is not a file")],
)
def test_an_edition_that_is_no_file_is_not_called_missing(
    tmp_path: Path, run: Run, kind: str, why: str
) -> None:
    mark = tmp_path / "content/edition.yaml"
    mark.parent.mkdir()
    if kind == "pipe":
        os.mkfifo(mark)
    elif kind == "link":
        mark.symlink_to("unmounted.yaml")
    else:
        mark.mkdir()
    code, _, err = run("check", "--workspace", str(tmp_path))
    assert code == ExitCode.NO_WORKSPACE
    assert why in err
    assert "missing" not in err


def test_a_folder_that_is_in_no_workspace(tmp_path: Path, run: Run) -> None:
    code, _, err = run("build", "--workspace", str(tmp_path))
    assert code == ExitCode.NO_WORKSPACE
    assert "reportcard init DIR" in err


@pytest.mark.slow
def test_an_output_that_cannot_be_written(copy: Copy, run: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file", encoding="utf-8")
    code, out, err = run(
        "build", "--language", "en", "--output", str(blocked), "--workspace", str(copy.root)
    )
    assert code == ExitCode.OUTPUT
    assert out == ""
    assert f"cannot write to {blocked}" in err


BROKEN = {"an empty file": b"", "a PDF": b"%PDF-1.7\n", "binary": bytes(range(256))}


@pytest.mark.long
@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_one_clear_message_and_nothing_is_written(
    copy: Copy, run: Run, kind: str
) -> None:
    (copy.root / "content/peru/en.yaml").write_bytes(BROKEN[kind])
    code, out, err = run("build", "--workspace", str(copy.root))
    assert code == ExitCode.CONTENT
    assert out == ""
    assert err.count("content/peru/en.yaml") == 1
    assert not (copy.root / "output").exists()


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
@pytest.mark.slow
def test_gauges_are_written_for_slides(copy: Copy, run: Run, tmp_path: Path, kind: str) -> None:
    code, out, _ = run(
        "gauges",
        "peru",
        "--format",
        kind,
        "--language",
        "es",
        "--dpi",
        "72",
        "--output",
        str(tmp_path / "slides"),
        "--workspace",
        str(copy.root),
    )
    assert code == 0
    files = list((tmp_path / "slides").glob(f"peru-*-es.{kind}"))
    assert len(files) == len(out.split()) == 19
    assert all(path.stat().st_size > 500 for path in files)


def test_a_fault_of_the_program_is_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, copy: Copy
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("reportcard.build.pipeline.build", fail)
    code, _, err = run("build", "--workspace", str(copy.root))
    assert code == ExitCode.INTERNAL
    assert err.startswith("error: reportcard failed because of a bug: RuntimeError: planted")
    assert "Traceback" not in err


def test_the_exit_codes_are_those_of_the_documentation() -> None:
    documented = (ROOT / "docs/exit-codes.md").read_text(encoding="utf-8")
    for code in ExitCode:
        assert f"| {int(code)} | {code.meaning} |" in documented


#: An index that `init` begins without questions.
RIVERS = (
    *("--programme", "River Review", "--language", "en", "--language", "es"),
    *("--dimension", "Water: Quality; Access", "--dimension", "Law: Rights"),
)


@pytest.mark.slow
def test_a_workspace_to_start_from(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "mine"
    assert run("init", str(folder), *RIVERS)[0] == 0
    code, _, err = run("build", "--workspace", str(folder))
    assert code == 0
    assert "reportcard new NAME" in err
    assert run("new", "guyana", "--workspace", str(folder))[0] == 0
    code, out, _ = run("build", "--workspace", str(folder))
    assert code == 0
    assert len(out.split()) == 2
    code, _, err = run("init", str(folder), *RIVERS)
    assert code == ExitCode.USAGE
    assert "is not empty" in err


@pytest.mark.slow
def test_a_framework_of_another_shape_builds(tmp_path: Path, run: Run) -> None:
    """Two dimensions, of two categories and of one: nothing counts to three or five."""
    copy = copy_workspace(tmp_path / "workspace")
    board = (
        "category_maximum: 1\ndimensions:\n  legal:\n    categories:\n      definitions: {letter:"
        " A}\n      ownership: {letter: B}\n"
    )
    (copy.root / "content/scoreboard.yaml").write_text(
        board + "  policies:\n    categories:\n      minamata: {letter: C}\n", encoding="utf-8"
    )
    for country in ("bolivia", "brazil", "colombia", "ecuador", "peru"):
        for path in (copy.root / "content" / country).glob("*.yaml"):
            path.unlink()
    for language in ("en", "es"):
        wording = copy.root / f"content/wording/{language}.yaml"
        text = wording.read_text(encoding="utf-8")
        start, end = text.index("  enforcement:"), text.index("context:\n  heading")
        text = text[:start] + text[end:]
        for first, last in (
            ("      licences:", "  policies:"),
            ("      monitoring:", "context:\n  heading"),
        ):
            text = text[: text.index(first)] + text[text.index(last) :]
        wording.write_text(text, encoding="utf-8")
    assert run("new", "peru", "--workspace", str(copy.root))[0] == 0
    code, out, err = run("build", "--workspace", str(copy.root))
    assert (code, len(out.split())) == (0, 2), err


def ends(command: str, folder: Path) -> tuple[int, str]:
    """The exit code and the errors of a command line of the shell, in which `$R` is the program and
    no file may grow: a full disk.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": ":".join(sys.path),
        "R": f"{sys.executable} -m reportcard",
    }
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 0; {command}"],
        capture_output=True,
        text=True,
        env=environment,
        cwd=folder,
    )
    return done.returncode, done.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="macOS has no such limit")
@pytest.mark.parametrize("kilobytes", [100_000, 150_000, 350_000])
def test_too_little_memory_is_a_line_whatever_fails_first(
    copy: Copy, tmp_path: Path, kilobytes: int
) -> None:
    """The engine's libraries cannot be loaded, or a page has no room: some end the process."""
    command = f"ulimit -v {kilobytes}; $R build peru --no-cache --jobs 1 --workspace {copy.root}"
    done = subprocess.run(
        ["bash", "-c", command.replace("$R", f"{sys.executable} -m reportcard")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
        cwd=tmp_path,
    )
    last = done.stderr.splitlines()[-2:]
    assert "because of a bug" not in done.stderr
    assert "Traceback" not in done.stderr
    if done.returncode == ExitCode.OUTPUT:
        assert last[-1].startswith("error: there is not enough memory. Close other programs")
    else:
        assert done.returncode == ExitCode.LAYOUT, done.stderr
        assert "it was killed or ran out of memory. [BUILD-LOST]" in done.stderr


@pytest.mark.long
def test_a_reader_that_went_away_is_no_finding(tmp_path: Path) -> None:
    code, err = ends("$R explain --all | exec true; exit ${PIPESTATUS[0]}", tmp_path)
    assert (code, err) == (ExitCode.PIPE, "")


@pytest.mark.long
@pytest.mark.parametrize("asked", ["--all", "NOTE-UNUSED"])
def test_a_full_output(tmp_path: Path, asked: str) -> None:
    code, err = ends(f"REPORTCARD_DEBUG=1 $R explain {asked} > output", tmp_path)
    assert code == ExitCode.OUTPUT
    assert "cannot write the output: " in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "command", ["explain NO-SUCH-RULE 2> errors", f"build nope --no-cache --workspace {ROOT} 2>&-"]
)
@pytest.mark.slow
def test_a_channel_for_messages_that_takes_none_changes_no_exit_code(
    tmp_path: Path, command: str
) -> None:
    assert ends(f"$R {command}", tmp_path)[0] == ExitCode.USAGE


def test_progress_that_cannot_be_printed_ends_no_build(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from reportcard.cli.app import progress

    (tmp_path / "there").touch()
    with (tmp_path / "there").open(
        encoding="utf-8"
    ) as closed:  # to be read: what is written there is refused
        monkeypatch.setattr("sys.stderr", closed)
        with progress() as tell:
            tell("peru-report-card-en.pdf", 0, 1)


def test_an_error_of_a_worker_comes_back_whole() -> None:
    error = ReportCardError(message("{x}.", x="A"), code=ExitCode.LAYOUT, advice=message("Do."))
    back = pickle.loads(pickle.dumps(error))
    assert (back.message, back.code, back.advice) == (error.message, error.code, error.advice)
