"""No file, name or argument commands the terminal: control characters are printed as escapes."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reportcard.cli.terminal import as_file, shown

from .conftest import copy_content

Run = Callable[..., tuple[int, str, str]]
#: Sets a window's title, clears the screen, turns text around, and a byte that is no letter.
HOSTILE = "\x1b]0;title\x07\x1b[2J\u202e\x9b31m"
AS_SHOWN = r"\x1b]0;title\x07\x1b[2J\u202e\u009b31m"
#: All that may be printed beside letters.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (HOSTILE, AS_SHOWN),
        ("over\rwritten", r"over\x0dwritten"),
        ("\udcff.pdf", r"\udcff.pdf"),
        ("a\tb\nñ → 11,7 ‑ “é”", "a\tb\nñ → 11,7 ‑ “é”"),
    ],
)
def test_control_characters_are_escaped_and_text_stays(text: str, printed: str) -> None:
    assert shown(text) == printed


def _commands(folder: Path) -> list[tuple[str, ...]]:
    strange = str(folder / HOSTILE)
    return [
        (HOSTILE,),
        ("build", f"--{HOSTILE}"),
        ("check", "--workspace", strange),
        ("preflight", strange),
        ("compare", strange, f"{strange}2"),
        ("intake", strange),
        ("explain", HOSTILE),
        ("init", str(folder / "x"), f"--{HOSTILE}"),
    ]


@pytest.mark.parametrize("number", range(8))
def test_what_is_typed_is_escaped(number: int, tmp_path: Path, run: Run) -> None:
    arguments = _commands(tmp_path)[number]
    code, out, err = run(*arguments)
    assert code not in (0, 70)
    assert r"\x1b]0;title\x07" in out + err
    assert not _UNSAFE.search(out + err)


@pytest.mark.long
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_names_of_files_and_content_are_escaped(form: str, tmp_path: Path, run: Run) -> None:
    copy = copy_content(tmp_path / f"project{HOSTILE}")
    (copy.root / "content" / "peru" / "en.yaml").write_text(
        f"title: Peru {HOSTILE}\n", encoding="utf-8"
    )
    (copy.root / "content" / HOSTILE).mkdir()
    (copy.root / "content" / HOSTILE / "en.yaml").write_text("title: [\n", encoding="utf-8")
    code, out, err = run("check", "--workspace", str(copy.root), "--format", form)
    assert code not in (0, 70)
    assert not _UNSAFE.search(out + err)
    assert "U+001B" in out


def test_json_stays_json() -> None:
    """What it does not escape itself is escaped as it does."""
    text = json.dumps({"a": "\x7f\x85\u202e\udfff"}, ensure_ascii=False)
    assert json.loads(shown(text)) == json.loads(as_file(text)) == {"a": "\x7f\x85\u202e\udfff"}


def test_a_file_that_is_printed_commands_no_terminal() -> None:
    assert as_file(f"ñ {HOSTILE}\udcff") == rf"ñ {AS_SHOWN}\udcff".encode()
