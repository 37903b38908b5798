"""Any PDF, ours or not: the editions whose rules it meets, and why it does not meet the others."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, ParseError, XMLParser, fromstring

import pikepdf

from reportcard.messages.message import Message, message
from reportcard.pdf.added import inspected
from reportcard.pdf.editions import ARCHIVE_LEVEL
from reportcard.pdf.paint import PageError, paints
from reportcard.pdf.press import press_problems
from reportcard.pdf.rules import PDF_A, PDF_UA, PDF_UNREADABLE, PDF_VALIDATOR
from reportcard.pdf.structures import Inspected
from reportcard.pdf.validators import PROFILES, BrokenRule, NoVerdictError, Validator, validators
from reportcard.problems.problem import Place, Problem, has_errors
from reportcard.problems.rule import Rule
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
#: Faults of one kind that are reported one by one; after that, how many more.
_MOST = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a file meets the `standard` of an edition, and the problems if it does not.
    `claimed` is whether the file is marked as meeting it.
    """

    medium: str
    standard: str
    claimed: bool
    problems: tuple[Problem, ...]

    @property
    def is_met(self) -> bool:
        """No error was found."""
        return not has_errors(self.problems)


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file's number of pages and a verdict for each edition. If it cannot be read, there is only
    the problem, as `unreadable`.
    """

    name: str
    pages: int
    verdicts: tuple[Verdict, ...]
    unreadable: Problem | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was found, for every edition."""
        found = tuple(problem for verdict in self.verdicts for problem in verdict.problems)
        return (self.unreadable, *found) if self.unreadable else found

    @property
    def passes(self) -> bool:
        """It meets each standard that it is marked with, or at least one if it is not marked."""
        claimed = [verdict for verdict in self.verdicts if verdict.claimed]
        return (
            all(one.is_met for one in claimed)
            if claimed
            else any(one.is_met for one in self.verdicts)
        )


def preflight(data: bytes, name: str, media: Iterable[str] = Medium) -> Inspection:
    """Inspects a file for some editions. One that cannot be read meets none."""
    wanted = tuple(media)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            file = Inspected(name, data, pdf, properties(pdf), ())
            verdicts = tuple(_verdict(file, medium) for medium in wanted)
            return Inspection(name, len(pdf.pages), verdicts)
    except pikepdf.PasswordError:
        return unreadable(name, message("it needs a password"))
    except ODD:
        return unreadable(name, message("it is damaged or not a PDF"))


def unreadable(name: str, reason: Message | str) -> Inspection:
    """The inspection of a file that cannot be read."""
    return Inspection(name, 0, (), PDF_UNREADABLE.at(Place(name), "file", reason=reason))


def identifier(data: bytes) -> str:
    """The name of a file in its metadata; empty if it has none or is not a PDF."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return properties(pdf).get("dc:identifier", "")
    except (pikepdf.PasswordError, *ODD):
        return ""


def _verdict(file: Inspected, medium: str) -> Verdict:
    level = f"{file.xmp.get('pdfaid:part', '')}{file.xmp.get('pdfaid:conformance', '').lower()}"
    match medium:
        case Medium.SCREEN:
            return Verdict(
                medium,
                Medium.SCREEN.standard,
                "pdfuaid:part" in file.xmp,
                _validated(file, "ua1", PDF_UA),
            )
        case Medium.ARCHIVE:
            asked = level if level in PROFILES else ARCHIVE_LEVEL
            return Verdict(medium, f"PDF/A-{asked}", bool(level), _validated(file, asked, PDF_A))
        case Medium.PRINT:
            found = tuple(_press(file))
            return Verdict(
                medium, Medium.PRINT.standard, "pdfxid:GTS_PDFXVersion" in file.xmp, found
            )
        case added:
            standard, found = inspected(added, file.data, file.name)
            is_named = file.xmp.get("dc:identifier", "").endswith(f"-{added}")
            return Verdict(added, standard, is_named, found)


def _press(file: Inspected) -> Iterator[Problem]:
    """The print edition's rules; damaged structures are a fault of print, not of the other
    editions.
    """
    try:
        yield from press_problems(replace(file, paints=paints(file.pdf)))
    except PageError as error:
        yield file.problem(PDF_UNREADABLE, "page", error.page, reason=error.message)
    except ODD:
        yield file.problem(PDF_UNREADABLE, "structure")


def _validated(file: Inspected, profile: str, rule: Rule) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for validator in validators():
        try:
            broken = validator.verdict(file.data, profile)
        except NoVerdictError as error:
            found.append(_without_verdict(file, validator, error, rule))
        else:
            found.extend(_broken(file, validator, broken, rule))
    return tuple(found)


def _without_verdict(
    file: Inspected, validator: Validator, error: NoVerdictError, rule: Rule
) -> Problem:
    reason = error.message if isinstance(error.message, Message) else short(error)
    if validator.is_optional:
        return file.problem(PDF_VALIDATOR, validator=validator.name, reason=reason)
    return file.problem(rule, "unread", validator=validator.name, reason=reason)


def _broken(
    file: Inspected, validator: Validator, broken: Iterable[BrokenRule], rule: Rule
) -> Iterator[Problem]:
    name = validator.name
    for one in broken:
        for occurrence in one.occurrences[:_MOST]:
            number = occurrence.object_number
            where = (message("object {number}", number=number),) if number else ()
            yield file.problem(
                rule,
                "broken",
                occurrence.page,
                fault=occurrence.message.rstrip("."),
                validator=name,
                rule=(one.rule, *where),
            )
        left = one.count - len(one.occurrences[:_MOST])
        if left > 0:
            more = message("{n} more error", "{n} more errors", n=left)
            yield file.problem(rule, "more", more=more, rule=one.rule, validator=name)


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
    lines = re.sub(r"^stream <[^>]*>( \([^)]*\))?: ", "", str(error)).splitlines()
    return lines[0][:200].rstrip(".") if lines else type(error).__name__
