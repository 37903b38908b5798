"""Help and the first page, in every language: complete, grouped, nothing cut off."""

import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from reportcard.cli import app
from reportcard.cli.commands import Program
from reportcard.cli.contents import CONTENTS
from reportcard.cli.help import summary
from reportcard.cli.language import speak_as_asked
from reportcard.errors import ExitCode
from reportcard.messages import catalogue
from reportcard.messages.catalogue import languages, speaking
from reportcard.messages.message import message

from .conftest import ROOT, copy_content
from .test_messages import english_in

Run = Callable[..., tuple[int, str, str]]
PROGRAM: Any = typer.main.get_command(app)
SUMMARY = 60
#: Runs the program and prints the modules of the program that it imported.
IMPORTED = """
from reportcard.cli import run
run()
print(*(name for name in sys.modules if name.startswith("reportcard.")), file=sys.stderr)
"""


def walked(command: Any = PROGRAM, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, one in getattr(command, "commands", {}).items():
        yield (*path, name)
        yield from walked(one, (*path, name))


COMMANDS = tuple(walked())


def command_at(path: tuple[str, ...]) -> Any:
    command = PROGRAM
    for name in path:
        command = command.commands[name]
    return command


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_every_command_has_a_purpose_and_one_alone() -> None:
    """Each module of commands declares those that the list says are in it, and no others."""
    listed = [name for names in CONTENTS.values() for name in names]
    dict(PROGRAM.commands)  # imports all
    declared = typer.main.get_command(app)
    assert isinstance(declared, Program)
    assert sorted(listed) == sorted(declared.commands.taken)


@pytest.mark.slow
def test_a_command_alone_is_imported(run: Run) -> None:
    """Importing all of them takes longer than answering for one."""
    told = {}
    for words in ("--help", "doctor --help"):
        code = f"import sys; sys.argv[1:] = {words.split()!r}{IMPORTED}"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        told[words] = set(done.stderr.split())
    assert told["doctor --help"] - told["--help"] == {"reportcard.cli.upkeep"}


@pytest.mark.parametrize("language", languages())
def test_the_list_of_commands_has_a_line_for_each(run: Run, language: str) -> None:
    code, out, err = run("--help", "--messages", language)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    with speaking(language):
        for name in PROGRAM.commands:
            words = summary(name)
            assert 0 < len(words) <= SUMMARY, words
            assert f"  {name:12}  {words}" in lines
        assert [line[:-1] for line in lines if line[:-1] in set(map(str, CONTENTS))] == list(
            map(str, CONTENTS)
        )
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(run: Run, path: tuple[str, ...], language: str) -> None:
    code, out, err = run(*path, "--help", "--messages", language)
    assert (code, err) == (0, "")
    command = command_at(path)
    with speaking(language):
        line = summary(path[0]) if len(path) == 1 else str(message(command.help)).split("\n")[0]
        assert 0 < len(line) <= SUMMARY + 1
    assert all(len(line) <= 80 or line.startswith("  reportcard ") for line in out.splitlines())
    for parameter in command.params:
        assert parameter.help, parameter.name
        assert all(name in out for name in parameter.opts if name.startswith("-"))
    if language != "en":
        assert english_in(out) == []


@pytest.mark.parametrize(
    "path", [path for path in COMMANDS if not hasattr(command_at(path), "commands")], ids=" ".join
)
def test_help_ends_with_examples_that_are_right(
    run: Run, path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each example is a command line that the parser takes."""
    monkeypatch.setattr(catalogue, "_process", "en")
    _, _, examples = run(*path, "--help")[1].rpartition("\n\nExamples:\n")
    lines = examples.splitlines()
    assert lines
    for line in lines:
        words = speak_as_asked(shlex.split(line))
        assert tuple(words[: len(path) + 1]) == ("reportcard", *path)
        command_at(path).make_context(path[-1], words[len(path) + 1 :])


def test_help_names_what_is_optional_and_what_may_be_repeated(run: Run) -> None:
    assert run("build", "--help")[1].startswith("Usage: reportcard build [OPTIONS] [CARD]…\n")
    assert run("verify", "--help")[1].startswith("Usage: reportcard verify [OPTIONS] FILE…\n")
    out = run("build", "--help")[1]
    assert "--edition screen|print|archive\n" in out
    assert "[0 to 64; default: 0]" in " ".join(out.split())


def test_a_group_alone_prints_its_help(run: Run) -> None:
    assert run("translations") == run("translations", "--help")


WRONG = {
    ("bild",): 'unknown command "bild". Did you mean build? See reportcard --help.',
    ("translations", "exprt"): (
        'unknown command "exprt". Did you mean export? See reportcard translations --help.'
    ),
    ("build", "--alll"): "unknown option --alll. Did you mean --all",
    ("--nothing-like-it",): "unknown option --nothing-like-it. See reportcard --help.",
    ("build", "-x"): "unknown option -x. See reportcard build --help.",
    ("gauges",): "CARD is missing. See reportcard gauges --help.",
    ("translations", "export", "peru"): "--language is missing. See reportcard translations export",
    ("build", "--jobs"): "--jobs requires a value.",
    ("build", "--bilingual=yes"): "--bilingual does not take a value.",
    ("build", "--jobs", "-1"): 'invalid value "-1" for --jobs. Use a whole number from 0 to 64.',
    (
        "build",
        "--jobs",
        "many",
    ): 'invalid value "many" for --jobs. Use a whole number from 0 to 64.',
    ("build", "--edition", "print", "--edition", "web"): (
        'invalid value "web" for --edition. Use one of: screen, print, archive.'
    ),
    (
        "gauges",
        "peru",
        "--format",
        "gif",
    ): 'invalid value "gif" for --format. Use one of: svg, png, pdf.',
    ("schema", "card", "peru"): 'unexpected argument "peru".',
    ("schema", "card", "peru", "es"): 'unexpected arguments "peru es".',
}


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_a_fault_and_what_to_do(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith(f"error: {WRONG[arguments]}")
    assert err.endswith(" --help.\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize("language", languages())
def test_the_first_page_says_where_one_is_and_what_is_next(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("REPORTCARD_LANGUAGE", language)
    pages = {}
    empty = copy_content(tmp_path / "empty")
    for file in (empty.root / "content/peru").glob("??.yaml"):
        file.unlink()
    for name, folder in (("none", tmp_path), ("empty", empty.root), ("cards", ROOT / "content")):
        monkeypatch.chdir(folder)
        code, pages[name], err = run()
        assert (code, err) == (0, "")
        assert "reportcard --help" in pages[name]
        if language != "en":
            assert english_in(pages[name]) == []
    assert "reportcard init my-cards" in pages["none"]
    assert "reportcard new peru" in pages["empty"]
    assert str(empty.root) in pages["empty"]
    assert f"{ROOT}\n" in pages["cards"]
    assert "reportcard build" in pages["cards"]
    with speaking(language):
        assert summary("check") in " ".join(pages["cards"].split())
