"""A translator's and a reviewer's commands in Spanish, from end to end: no English sentence."""

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from reportcard.errors import ExitCode

from .conftest import Built, Copy
from .test_messages import english_in, unquoted
from .test_review_command import edited

__all__ = ["edited"]

Run = Callable[..., tuple[int, str, str]]
IN_SPANISH = ("--messages", "es")


@pytest.mark.long
def test_an_import_in_spanish(copy: Copy, run: Run, tmp_path: Path) -> None:
    """A note call is lost, and bold is not closed: each is refused with what to do about it."""
    file = tmp_path / "peru.xlf"
    space = ("--workspace", str(copy.root), *IN_SPANISH)
    exported = ("translations", "export", "peru", "--language", "es", "--output", str(file))
    code, out, err = run(*exported, *space)
    assert (code, english_in(out + err)) == (0, [])
    text = file.read_text(encoding="utf-8")
    for code_of, words in (
        (r"<ph [^>]*>\[\^dl-1100\]</ph>(?=\.</target>)", ""),
        (r"(<bpt [^>]*>\*\*</bpt>define con precisión)<ept [^>]*>\*\*</ept>", r"\1"),
    ):
        text, count = re.subn(code_of, words, text)
        assert count == 1
    file.write_text(text, encoding="utf-8")
    code, out, err = run("translations", "import", str(file), *space)
    assert code != 0
    assert "rechazad" in out + err
    assert english_in(unquoted(out + err, copy)) == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no workbook", b"<xliff", b"msgid 'x"])
@pytest.mark.parametrize("kind", ["xlf", "po", "xlsx"])
def test_a_file_that_is_none_in_spanish(
    copy: Copy, run: Run, tmp_path: Path, data: bytes, kind: str
) -> None:
    file = tmp_path / f"peru.{kind}"
    file.write_bytes(data)
    space = ("--workspace", str(copy.root), *IN_SPANISH)
    code, out, err = run("translations", "import", str(file), *space)
    assert code == ExitCode.UNREADABLE
    assert err.startswith("error: ")
    assert english_in(out + err) == []


@pytest.mark.slow
@pytest.mark.usefixtures("compared_once")
def test_a_comparison_in_spanish(run: Run, built: Built, edited: Built, tmp_path: Path) -> None:
    report = tmp_path / "informe.html"
    old, new = str(built.pdf("es")), str(edited.pdf("es"))
    code, out, err = run("compare", old, new, "--format", "html", "-o", str(report), *IN_SPANISH)
    assert code == 1
    assert out
    quoted = built.copy.root / "content/peru/es.yaml"
    words = quoted.read_text(encoding="utf-8")
    said = [line for line in (out + err).splitlines() if line.strip(" …+-") not in words]
    assert english_in("\n".join(said)) == []
    assert 'lang="es"' in report.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_preflight_in_spanish(run: Run, built: Built, tmp_path: Path) -> None:
    """The findings of a validator are in its own words."""
    file = tmp_path / "peru-es.pdf"
    with pikepdf.open(built.pdf("es")) as pdf:
        del pdf.Root.Lang
        pdf.save(file)
    code, out, err = run("preflight", str(file), *IN_SPANISH)
    assert code != 0
    said = [line for line in (out + err).splitlines() if "page-validation" not in line]
    assert said
    assert english_in("\n".join(said)) == []
