"""What preflight makes of a file: which edition it claims and meets, what its metadata say, and how
faults are told.
"""

import io
from dataclasses import dataclass
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from reportcard.messages.message import message
from reportcard.pdf import press
from reportcard.pdf import validators as validating
from reportcard.pdf.preflight import (
    Inspection,
    Verdict,
    identifier,
    preflight,
    properties,
    short,
    unreadable,
)
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.workspace.media import Medium


@pytest.fixture
def pdf(monkeypatch: pytest.MonkeyPatch) -> pikepdf.Pdf:
    """A PDF of two bare pages, whose ink is not measured."""
    monkeypatch.setattr(press, "ghostscript", lambda: None)
    made = pikepdf.new()
    made.add_blank_page()
    made.add_blank_page()
    return made


def saved(pdf: pikepdf.Pdf, xmp: str = "", **save: Any) -> bytes:
    if xmp:
        pdf.Root.Metadata = pdf.make_stream(xmp.encode())
    target = io.BytesIO()
    pdf.save(target, fix_metadata_version=False, **save)
    return target.getvalue()


def packet(described: str) -> str:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"'
        ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
        f' xmlns:other="urn:other">{described}</rdf:RDF></x:xmpmeta>'
    )


def test_properties_are_read_from_attributes_and_elements_and_lists_are_joined() -> None:
    pdf = pikepdf.new()
    pdf.Root.Metadata = pdf.make_stream(
        packet(
            '<rdf:Description dc:format=" application/pdf "><dc:creator><rdf:Seq><rdf:li>A</rdf:li>'
            "\n<rdf:li> B</rdf:li></rdf:Seq></dc:creator><other:x>1</other:x></rdf:Description>"
            "<rdf:Description><dc:title>T</dc:title></rdf:Description>"
        ).encode()
    )
    assert properties(pdf) == {
        "dc:format": "application/pdf",
        "dc:creator": "A, B",
        "dc:title": "T",
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no XML",
        "<!DOCTYPE x>" + packet("<rdf:Description dc:format='a'/>"),
        "<!doctype x>" + packet("<rdf:Description dc:format='a'/>"),
        packet("<rdf:Description dc:format='a'/>").ljust(1_000_001),
    ],
)
def test_metadata_that_are_none_or_dangerous_say_nothing(text: str) -> None:
    pdf = pikepdf.new()
    pdf.Root.Metadata = pdf.make_stream(text.encode())
    assert properties(pdf) == {}
    pdf.Root.Metadata = Name.A
    assert properties(pdf) == {}
    del pdf.Root[Name.Metadata]
    assert properties(pdf) == {}


def test_metadata_of_a_million_bytes_are_read() -> None:
    pdf = pikepdf.new()
    text = packet("<rdf:Description dc:format='a'/>").ljust(1_000_000)
    pdf.Root.Metadata = pdf.make_stream(text.encode())
    assert properties(pdf) == {"dc:format": "a"}


def test_a_file_has_a_name_in_its_metadata_or_none() -> None:
    pdf = pikepdf.new()
    named = packet("<rdf:Description><dc:identifier>a-name</dc:identifier></rdf:Description>")
    assert identifier(saved(pdf, named)) == "a-name"
    assert identifier(saved(pdf, packet(""))) == ""
    assert identifier(b"no pdf") == ""
    assert identifier(saved(pdf, encryption=pikepdf.Encryption(owner="a", user="b"))) == ""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("stream <_io.BytesIO object> (object 3 0): is broken."), "is broken"),
        (ValueError("stream <_io.BytesIO object>: is broken.\nmore"), "is broken"),
        (ValueError("x" * 300), "x" * 200),
        (ValueError(), "ValueError"),
        (ValueError("up<stream <a>: b"), "up<stream <a>: b"),
    ],
)
def test_an_error_is_told_in_a_line(error: Exception, words: str) -> None:
    assert short(error) == words


def verdict(claimed: bool, *problems: Problem) -> Verdict:
    return Verdict(Medium.SCREEN, "PDF/UA-1", claimed, problems)


def fault(severity: Severity) -> Problem:
    return Problem("PDF-UA", "a fault.", "Mend it.", Place("a.pdf"), severity=severity)


def test_a_file_passes_if_it_meets_what_it_claims_or_else_anything() -> None:
    bad, warned = fault(Severity.ERROR), fault(Severity.WARNING)
    assert verdict(True, warned).is_met
    assert not verdict(True, warned, bad).is_met
    for verdicts, passes in (
        ([verdict(True), verdict(False, bad)], True),
        ([verdict(True, bad), verdict(True)], False),
        ([verdict(True, bad), verdict(False)], False),
        ([verdict(False, bad), verdict(False)], True),
        ([verdict(False, bad), verdict(False, bad)], False),
        ([], False),
    ):
        assert Inspection("a.pdf", 1, tuple(verdicts)).passes is passes


def test_problems_of_all_verdicts_come_after_why_it_cannot_be_read() -> None:
    one, other = fault(Severity.ERROR), fault(Severity.NOTE)
    assert Inspection("a.pdf", 1, (verdict(True, one), verdict(False, other))).problems == (
        one,
        other,
    )
    lost = unreadable("a.pdf", "it is cut off")
    assert lost.problems == (lost.unreadable,)
    assert lost.unreadable
    assert str(lost.unreadable.message) == "cannot inspect this PDF: it is cut off."
    assert (lost.pages, lost.verdicts, lost.passes) == (0, (), False)


CLAIMS = {
    Medium.SCREEN: "<pdfuaid:part>1</pdfuaid:part>",
    Medium.PRINT: "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
    Medium.ARCHIVE: "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>",
}


@pytest.mark.parametrize("claimed", Medium)
def test_a_file_claims_what_its_metadata_say(pdf: pikepdf.Pdf, claimed: Medium) -> None:
    data = saved(pdf, packet(f"<rdf:Description>{CLAIMS[claimed]}</rdf:Description>"))
    found = preflight(data, "a.pdf")
    assert (found.name, found.pages, found.unreadable) == ("a.pdf", 2, None)
    assert {one.medium for one in found.verdicts if one.claimed} == {claimed}
    level = "2b" if claimed is Medium.ARCHIVE else "3a"
    assert [one.standard for one in found.verdicts] == ["PDF/UA-1", "PDF/X-4", f"PDF/A-{level}"]
    assert all(problem.severity for verdict in found.verdicts for problem in verdict.problems)
    assert [one.medium for one in preflight(data, "a.pdf", [Medium.PRINT]).verdicts] == [
        Medium.PRINT
    ]


def test_a_level_of_the_archive_that_does_not_exist_is_measured_by_ours(pdf: pikepdf.Pdf) -> None:
    odd = "<rdf:Description><pdfaid:part>9</pdfaid:part></rdf:Description>"
    (found,) = preflight(saved(pdf, packet(odd)), "a.pdf", [Medium.ARCHIVE]).verdicts
    assert (found.standard, found.claimed, found.is_met) == ("PDF/A-3a", True, False)


def test_a_page_that_cannot_be_read_is_a_fault_of_print(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Contents = pdf.make_stream(b"q cm")
    (found,) = preflight(saved(pdf), "a.pdf", [Medium.PRINT]).verdicts
    (problem,) = found.problems
    assert (problem.code, problem.place) == ("PDF-UNREADABLE", Place("a.pdf", page=2))
    assert str(problem.message) == (
        "cannot inspect this page: its drawing instructions are invalid."
    )


def test_structures_that_are_not_as_they_should_be_are_a_fault_of_print(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Name.A
    (found,) = preflight(saved(pdf), "a.pdf", [Medium.PRINT]).verdicts
    (problem,) = [one for one in found.problems if one.code == "PDF-UNREADABLE"]
    assert str(problem.message).startswith("cannot check this PDF for printing: it is damaged.")


@pytest.mark.long
def test_a_file_with_a_password_says_so() -> None:
    data = saved(pikepdf.new(), encryption=pikepdf.Encryption(owner="a", user="b"))
    assert preflight(data, "a.pdf") == unreadable("a.pdf", message("it needs a password"))
    assert preflight(b"", "a.pdf").unreadable
    open_to_all = saved(pikepdf.new(), encryption=pikepdf.Encryption(owner="a", user=""))
    (found,) = preflight(open_to_all, "a.pdf", [Medium.PRINT]).verdicts
    assert "PDFX-ENCRYPTED" in {problem.code for problem in found.problems}


@dataclass(frozen=True)
class Failed:
    """What the validator tells of a fault."""

    rule_id: str
    message: str
    object_id: Any = None


@dataclass(frozen=True)
class Numbered:
    object_number: int


def test_faults_of_a_rule_are_told_one_by_one_up_to_twenty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @dataclass(frozen=True)
    class Report:
        failures: tuple[Failed, ...]

    faults = (
        *(Failed("7.2", f"fault {number}", Numbered(number)) for number in range(1, 23)),
        *(Failed("7.1", "another") for _ in range(20)),
        *(Failed("7.3", "one more") for _ in range(21)),
    )
    monkeypatch.setattr(validating.page, "validate_pdf_bytes", lambda *_, **__: Report(faults))
    found = preflight(saved(pikepdf.new()), "a.pdf", [Medium.SCREEN]).problems
    assert [str(problem.message) for problem in found] == [
        *["another (page-validation: 7.1)."] * 20,
        *(f"fault {number} (page-validation: 7.2, object {number})." for number in range(1, 21)),
        "2 more errors for rule 7.2 (page-validation).",
        *["one more (page-validation: 7.3)."] * 20,
        "1 more error for rule 7.3 (page-validation).",
    ]
    assert {problem.code for problem in found} == {"PDF-UA"}
    assert {problem.severity for problem in found} == {Severity.ERROR}


def test_a_validator_that_cannot_read_the_file_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise validating.page.PageError("it is broken.")

    monkeypatch.setattr(validating.page, "validate_pdf_bytes", fail)
    (problem,) = preflight(saved(pikepdf.new()), "a.pdf", [Medium.ARCHIVE]).problems
    assert (problem.code, str(problem.message)) == (
        "PDF-A",
        "page-validation cannot read this PDF: it is broken.",
    )
