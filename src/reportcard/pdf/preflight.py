"""Any PDF, ours or not: which edition's rules it meets, and what keeps it from meeting the
others.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, ParseError, XMLParser, fromstring

import pikepdf

from reportcard.pdf.editions import ARCHIVE_LEVEL
from reportcard.pdf.paint import PageError, paints
from reportcard.pdf.press import press_problems
from reportcard.pdf.structures import Inspected
from reportcard.pdf.validators import PROFILES, BrokenRule, NoVerdictError, Validator, validators
from reportcard.problems.problem import Place, Problem, has_errors
from reportcard.problems.rules import Stage, judged
from reportcard.workspace.media import Medium

_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
}
#: In how many ways pikepdf and its objects refuse what is not of the kind that it should be.
ODD = (
    pikepdf.PdfError,
    pikepdf.OutlineStructureError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    OSError,
)
#: Faults of one kind that are told one by one; after that, how many more.
_TOLD = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a file meets an edition's rules. `standard` names what was asked, `claimed` whether
    the file says it meets it.
    """

    medium: Medium
    standard: str
    claimed: bool
    problems: tuple[Problem, ...]

    @property
    def is_met(self) -> bool:
        """No error was found."""
        return not has_errors(self.problems)


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file's pages and its verdicts, one an edition; of a file that cannot be read, why: it has
    neither.
    """

    name: str
    pages: int
    verdicts: tuple[Verdict, ...]
    unreadable: Problem | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was found, for every edition that was asked for."""
        found = tuple(problem for verdict in self.verdicts for problem in verdict.problems)
        return (self.unreadable, *found) if self.unreadable else found

    @property
    def passes(self) -> bool:
        """It meets every edition that it says it meets; one that says nothing meets at least
        one.
        """
        claimed = [verdict for verdict in self.verdicts if verdict.claimed]
        return (
            all(one.is_met for one in claimed)
            if claimed
            else any(one.is_met for one in self.verdicts)
        )


def preflight(data: bytes, name: str, media: Iterable[Medium] = Medium) -> Inspection:
    """Inspects a file for some editions. One that cannot be read meets none."""
    wanted = tuple(media)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            file = Inspected(name, data, pdf, properties(pdf), ())
            verdicts = tuple(_verdict(file, medium) for medium in wanted)
            return Inspection(name, len(pdf.pages), verdicts)
    except pikepdf.PasswordError:
        return unreadable(name, "it opens with a password only")
    except ODD as error:
        return unreadable(name, short(error))


def unreadable(name: str, why: str) -> Inspection:
    """The inspection of a file that cannot be read."""
    message = f"this is no PDF that can be inspected: {why}."
    return Inspection(
        name, 0, (), Problem("PDF-UNREADABLE", message, "Export or download it again.", Place(name))
    )


def identifier(data: bytes) -> str:
    """The name that a file bears in its metadata; empty if it has none or is no PDF."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return properties(pdf).get("dc:identifier", "")
    except (pikepdf.PasswordError, *ODD):
        return ""


def _verdict(file: Inspected, medium: Medium) -> Verdict:
    level = f"{file.xmp.get('pdfaid:part', '')}{file.xmp.get('pdfaid:conformance', '').lower()}"
    match medium:
        case Medium.SCREEN:
            return Verdict(
                medium,
                medium.standard,
                "pdfuaid:part" in file.xmp,
                _validated(file, "ua1", "PDF-UA"),
            )
        case Medium.ARCHIVE:
            asked = level if level in PROFILES else ARCHIVE_LEVEL
            return Verdict(medium, f"PDF/A-{asked}", bool(level), _validated(file, asked, "PDF-A"))
        case Medium.PRINT:
            found = judged(_press(file), {}, Stage.PREFLIGHT)
            return Verdict(medium, medium.standard, "pdfxid:GTS_PDFXVersion" in file.xmp, found)


def _press(file: Inspected) -> Iterator[Problem]:
    """The print edition's rules; structures that are not as they should be are a fault of print,
    not of the other editions.
    """
    try:
        yield from press_problems(replace(file, paints=paints(file.pdf)))
    except PageError as error:
        yield file.problem(
            "PDF-UNREADABLE", str(error), "Export it again, or flatten its drawings."
        )
    except ODD as error:
        yield file.problem(
            "PDF-UNREADABLE",
            f"its structures are not as they should be ({short(error)})",
            "Export it again.",
        )


def _validated(file: Inspected, profile: str, code: str) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for validator in validators():
        try:
            broken = validator.verdict(file.data, profile)
        except NoVerdictError as error:
            found.append(_without_verdict(file, validator, error, code))
        else:
            found.extend(_told(file, validator, broken, code))
    return judged(found, {}, Stage.PREFLIGHT)


def _without_verdict(
    file: Inspected, validator: Validator, error: NoVerdictError, code: str
) -> Problem:
    if validator.is_optional:
        return file.problem(
            "PDF-VALIDATOR",
            f"{validator.name} gave no verdict: {short(error)}",
            f"Mend or remove {validator.name}; the file was inspected without it.",
        )
    return file.problem(code, f"the validator cannot read it: {short(error)}", "Export it again.")


def _told(
    file: Inspected, validator: Validator, broken: Iterable[BrokenRule], code: str
) -> Iterator[Problem]:
    for one in broken:
        for occurrence in one.occurrences[:_TOLD]:
            rule = ", ".join(filter(None, [one.rule, occurrence.where]))
            yield file.problem(
                code,
                f"{occurrence.message} ({validator.name}: {rule})",
                "Mend it in the program that made the file, and export again.",
            )
        more = one.count - len(one.occurrences[:_TOLD])
        if more > 0:
            yield file.problem(
                code,
                f"{more} more fault{'s' if more > 1 else ''} of the rule {one.rule}"
                f" ({validator.name})",
                "They are alike.",
            )


def properties(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The properties of a file's XMP in the namespaces of `_PREFIXES`, items of a list joined by
    commas. No entity is expanded.
    """
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return {}
    text = stream.read_bytes()
    if re.search(rb"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE) or len(text) > 1_000_000:
        return {}
    try:
        root = fromstring(text.decode("utf-8", "replace"), XMLParser())
    except ParseError:
        return {}
    found: dict[str, str] = {}
    for about in root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"):
        pairs = [*about.attrib.items(), *((child.tag, _joined(child)) for child in about)]
        for tag, value in pairs:
            namespace, _, key = tag.removeprefix("{").partition("}")
            if namespace in _PREFIXES:
                found[f"{_PREFIXES[namespace]}:{key}"] = value.strip()
    return found


def _joined(element: Element) -> str:
    return ", ".join(text.strip() for text in element.itertext() if text.strip())


def short(error: Exception) -> str:
    """An error's first line, without the name that the library gives to bytes in memory."""
    told = re.sub(r"^stream <[^>]*>( \([^)]*\))?: ", "", str(error)).splitlines()
    return told[0][:200].rstrip(".") if told else type(error).__name__
