"""Validators: what veraPDF reports is heard where it is installed, and one that fails refuses
nothing. The program is a stand-in that prints reports in veraPDF's format.
"""

import io
import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest

from reportcard.pdf import validators
from reportcard.pdf.preflight import preflight
from reportcard.pdf.validators import NoVerdictError, PageValidation, VeraPdf
from reportcard.problems.problem import Place, Severity
from reportcard.release.gate import blocking, tolerated
from reportcard.workspace.fingerprint import inspectors
from reportcard.workspace.media import Medium

from .conftest import Built

Install = Callable[..., Path]

REPORT = """\
<?xml version="1.0" encoding="utf-8"?>
<report>
  <buildInformation>
    <releaseDetails id="core" version="1.28.2" buildDate="2025-07-15T16:07:00+03:00"/>
  </buildInformation>
  <jobs>
    <job>
      <item size="1000">
        <name>file.pdf</name>
      </item>
{}
      <duration start="1721198489436" finish="1721198489720">00:00:00.284</duration>
    </job>
  </jobs>
  <batchSummary totalJobs="1" failedToParse="0" encrypted="0" outOfMemory="0" veraExceptions="0">
    <validationReports compliant="1" nonCompliant="0" failedJobs="0">1</validationReports>
  </batchSummary>
</report>
"""
VERDICT = """\
      <validationReport jobEndStatus="{end}" profileName="PDF/UA-1 validation profile" \
statement="PDF file is{negation} compliant with Validation Profile requirements." \
isCompliant="{compliant}">
        <details passedRules="105" failedRules="1" passedChecks="14462" failedChecks="25">{rules}\
</details>
      </validationReport>
"""
RULE = """
          <rule specification="ISO 14289-1:2014" clause="7.3" testNumber="1" status="failed" \
failedChecks="{count}">
            <description>Figure tags shall include an alternative</description>
            <object>SEFigure</object>
            <test>hasAlt</test>
            {checks}
          </rule>
"""
CHECK = """<check status="failed">
  <context>root/document[0]/pages[3](41 0 obj PDPage)/structElem[{}]\
(57 0 obj SEFigure Figure)</context>
  <errorMessage>Figure structure element has no
    alternate description.</errorMessage>
</check>"""
EXCEPTION = """\
      <taskException type="PARSE" isExecuted="true" isSuccess="false">
        <exceptionMessage>Exception: Couldn't parse stream</exceptionMessage>
      </taskException>
"""


def verdict(compliant: bool, rules: str = "", end: str = "normal") -> str:
    negation = "" if compliant else " not"
    return REPORT.format(
        VERDICT.format(
            end=end, negation=negation, compliant=str(compliant).lower(), rules=rules
        ).rstrip()
    )


def rule(count: int, shown: int) -> str:
    return RULE.format(count=count, checks="\n".join(CHECK.format(i) for i in range(shown)))


GOOD = verdict(True)
BAD = verdict(False, rule(25, 20))


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a program verapdf on the path: it prints a report, and keeps what it was called with."""

    def install(report: str, then: str = "exit 0", shell: str = "/bin/sh") -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        (folder / "report.xml").write_text(report, "utf-8")
        program = folder / "verapdf"
        program.write_text(
            f"#!{shell}\n"
            'if [ "$1" = --version ]; then\n'
            "  echo veraPDF 1.28.2; echo 'Built: Tue Jul 15 2025'; exit 0\nfi\n"
            f'echo "$JAVA_TOOL_OPTIONS" >"{folder}/java"\n'
            f'echo "$@" >"{folder}/call"\n'
            f'for file in "$@"; do :; done; cp "$file" "{folder}/seen.pdf"\n'
            f'cat "{folder}/report.xml"\n{then}\n',
            "utf-8",
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return folder

    return install


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A PDF that page-validation passes."""
    monkeypatch.setattr(
        validators.page, "validate_pdf_bytes", lambda *_, **__: SimpleNamespace(failures=())
    )
    pdf, target = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(target)
    return target.getvalue()


def test_a_file_that_verapdf_passes_is_met(
    install: Install, card: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JAVA_TOOL_OPTIONS", raising=False)
    folder = install(GOOD)
    found = preflight(card, "card.pdf", [Medium.SCREEN])
    assert [str(problem) for problem in found.problems] == []
    assert (folder / "seen.pdf").read_bytes() == card
    call = (folder / "call").read_text("utf-8").split()
    assert ("--flavour", "ua1") in pairwise(call)
    assert ("--format", "xml") in pairwise(call)
    assert ("--maxfailuresdisplayed", "20") in pairwise(call), "as many as are told"
    java = (folder / "java").read_text("utf-8").split()
    assert {option[:4] for option in java} == {"-Xmx", "-XX:"}, "memory is bounded for Java too"
    assert not Path(call[-1]).exists(), "the copy is taken away"


def test_what_verapdf_finds_is_told_with_its_rule_and_place(install: Install, card: bytes) -> None:
    install(BAD, "exit 1")
    found = preflight(card, "card.pdf", [Medium.SCREEN])
    assert not found.passes
    assert {(one.code, one.severity) for one in found.problems} == {("PDF-UA", Severity.ERROR)}
    told = [str(problem.message) for problem in found.problems]
    assert told[0] == (
        "Figure structure element has no alternate description"
        " (veraPDF: ISO 14289-1:2014 7.3-1, object 57)."
    )
    assert found.problems[0].place == Place("card.pdf", page=4)
    assert (len(told), told[-1]) == (
        21,
        "5 more errors for rule ISO 14289-1:2014 7.3-1 (veraPDF).",
    )


def test_an_archive_is_held_against_its_own_level(install: Install, built: Built) -> None:
    folder = install(BAD, "exit 1")
    data = built.pdf("en", Medium.ARCHIVE).read_bytes()
    found = preflight(data, "card.pdf", [Medium.ARCHIVE])
    assert {problem.code for problem in found.problems} == {"PDF-A"}
    assert "--flavour 3a" in (folder / "call").read_text("utf-8")


def test_print_is_not_its_business(install: Install, built: Built) -> None:
    folder = install(BAD, "exit 1")
    data = built.pdf("en", Medium.PRINT).read_bytes()
    assert preflight(data, "card.pdf", [Medium.PRINT]).problems == ()
    assert not (folder / "call").exists()


FAILURES = {
    "nothing": ("", "exit 1", "it produced no report"),
    "half a report": (BAD[: len(BAD) // 2], "exit 1", "it produced no report"),
    "words": ("Error: no Java", "exit 1", "it produced no report"),
    "a file that it cannot parse": (
        REPORT.format(EXCEPTION),
        "exit 7",
        "Exception: Couldn't parse stream",
    ),
    "cut short": (verdict(True, end="cancelled"), "exit 0", "it did not finish"),
    "no job": ("<report><jobs></jobs></report>", "exit 5", "it did not finish"),
    "not met without a rule": (verdict(False), "exit 1", "its report is inconsistent"),
    "met with a broken rule": (
        verdict(True, rule(1, 1)),
        "exit 0",
        "its report is inconsistent",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_verapdf_that_fails_is_a_warning(install: Install, card: bytes, name: str) -> None:
    report, then, why = FAILURES[name]
    install(report, then)
    found = preflight(card, "card.pdf", [Medium.SCREEN])
    assert found.passes
    assert [(one.code, one.severity, str(one.message)) for one in found.problems] == [
        (
            "PDF-VALIDATOR",
            Severity.WARNING,
            f"veraPDF failed: {why}. The file was checked without it.",
        )
    ]
    assert blocking(found.problems) == (), "a release is not withheld by it"
    assert tolerated(found.problems) == found.problems, "and tells it"


def test_one_that_cannot_be_run_is_a_warning(install: Install, card: bytes) -> None:
    install(GOOD, shell="/nowhere/sh")
    found = preflight(card, "card.pdf", [Medium.SCREEN])
    assert [problem.code for problem in found.problems] == ["PDF-VALIDATOR"]
    assert "it could not be started: no such file or folder" in str(found.problems[0].message)


@pytest.mark.long
def test_one_that_hangs_is_ended(
    install: Install, card: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(GOOD, "exec sleep 600")
    monkeypatch.setattr(validators, "_TIMEOUT_S", 1)
    with pytest.raises(NoVerdictError, match="more than 1 s"):
        VeraPdf("verapdf").verdict(card, "ua1")


def test_a_rule_without_places_is_told_once(install: Install, card: bytes) -> None:
    install(verdict(False, rule(1, 0)))
    (broken,) = VeraPdf("verapdf").verdict(card, "ua1")
    assert [one.message for one in broken.occurrences] == [
        "Figure tags shall include an alternative"
    ]


def test_a_report_of_a_version_that_names_no_end_of_the_job_counts(install: Install) -> None:
    install(GOOD.replace(' jobEndStatus="normal"', ""))
    assert VeraPdf("verapdf").verdict(b"", "ua1") == ()


def test_a_rule_of_no_named_standard_is_told_by_its_number(install: Install) -> None:
    install(BAD.replace(' specification="ISO 14289-1:2014"', ""))
    (broken,) = VeraPdf("verapdf").verdict(b"", "ua1")
    assert (broken.rule, broken.count) == ("7.3-1", 25)


@pytest.mark.parametrize(
    ("context", "page", "number"),
    [
        ("root/document[0]/pages[3](41 0 obj PDPage)", 4, 41),
        ("root/trailer[0](7 0 obj CosTrailer)", 0, 7),
        ("root/document[0]/pages[0]", 1, 0),
        ("root", 0, 0),
        ("root(1 0 obj A)/pages[11](2 0 obj PDPage)/x[0](3 0 obj B)", 12, 3),
    ],
)
def test_a_place_is_the_page_and_the_innermost_object(
    install: Install, context: str, page: int, number: int
) -> None:
    check = f'<check status="failed"><context>{context}</context></check>'
    install(verdict(False, RULE.format(count=1, checks=check)))
    (broken,) = VeraPdf("verapdf").verdict(b"", "ua1")
    assert [(one.page, one.object_number) for one in broken.occurrences] == [(page, number)]


def test_java_keeps_the_options_that_it_was_given(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Duser.language=en")
    folder = install(GOOD)
    VeraPdf("verapdf").verdict(b"", "ua1")
    java = (folder / "java").read_text("utf-8").split()
    assert java[-1] == "-Duser.language=en"
    assert len(java) > 1


def test_without_verapdf_its_name_is_nowhere(
    card: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [type(one) for one in validators.validators()] == [PageValidation]
    assert preflight(card, "card.pdf", [Medium.SCREEN]).passes
    assert "verapdf" not in inspectors(tuple(Medium))


def test_its_version_is_part_of_what_files_are_inspected_with(install: Install) -> None:
    install(GOOD)
    assert inspectors((Medium.SCREEN,))["verapdf"] == "veraPDF 1.28.2"
    assert inspectors((Medium.ARCHIVE,))["verapdf"] == "veraPDF 1.28.2"
    assert "verapdf" not in inspectors((Medium.PRINT,))
