"""Validators of PDF/UA and PDF/A behind one interface: the package page-validation, always, and the
program verapdf where it is installed; the only importer of page.
"""

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol
from xml.etree.ElementTree import Element, ParseError, fromstring

import page

from reportcard.errors import FaultError
from reportcard.messages.message import message
from reportcard.workspace.fingerprint import verapdf
from reportcard.workspace.system import reason

#: The profiles that a file can be held against, as both validators name them: ua1, 1b … 3a.
PROFILES: Final = frozenset(profile.value for profile in page.ValidationProfile)
_TIMEOUT_S: Final = 60
#: Of one rule, as many occurrences are asked of verapdf; it counts all of them.
_MOST: Final = 20
#: Without these Java reserves more memory than a file from anywhere is inspected in.
_JAVA: Final = "-Xmx1g -XX:CompressedClassSpaceSize=128m -XX:ReservedCodeCacheSize=96m"


class NoVerdictError(FaultError):
    """A validator did not come to a verdict."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a file breaks a rule: the fault in the validator's words, and the numbers of
    the page and object (0 if it names none).
    """

    message: str
    page: int = 0
    object_number: int = 0


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that a file breaks, as the validator names it, how often, and the first
    occurrences.
    """

    rule: str
    count: int
    occurrences: tuple[Occurrence, ...]


class Validator(Protocol):
    """Holds a file against a profile of PDF/UA or PDF/A."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def is_optional(self) -> bool:
        """Whether a file may be published without its verdict."""

    def verdict(self, data: bytes, profile: str) -> tuple[BrokenRule, ...]:
        """The rules of a profile (of `PROFILES`) that a file breaks, by name; none if it meets the
        profile. Raises NoVerdictError.
        """


class PageValidation:
    """The package page-validation, which comes with this program."""

    name: Final = "page-validation"
    is_optional: Final = False

    def verdict(self, data: bytes, profile: str) -> tuple[BrokenRule, ...]:
        """See Validator."""
        try:
            report = page.validate_pdf_bytes(data, profile=profile)
        except page.PageError as error:
            raise NoVerdictError(str(error)) from error
        by_rule: dict[str, list[Occurrence]] = {}
        for failure in report.failures:
            number = failure.object_id.object_number if failure.object_id else 0
            occurrence = Occurrence(failure.message, object_number=number)
            by_rule.setdefault(failure.rule_id, []).append(occurrence)
        return tuple(
            BrokenRule(rule, len(found), tuple(found)) for rule, found in sorted(by_rule.items())
        )


@dataclass(frozen=True, slots=True)
class VeraPdf:
    """The program verapdf (1.24 or newer), run on a temporary copy of the file."""

    program: str
    name: str = "veraPDF"
    is_optional: bool = True

    def verdict(self, data: bytes, profile: str) -> tuple[BrokenRule, ...]:
        """See Validator."""
        with tempfile.TemporaryDirectory() as folder:
            file, printed = Path(folder, "file.pdf"), Path(folder, "report.xml")
            file.write_bytes(data)
            call = [self.program, "--format", "xml", "--flavour", profile, "--loglevel", "0"]
            call += ["--maxfailuresdisplayed", str(_MOST), str(file)]
            options = f"{_JAVA} {os.environ.get('JAVA_TOOL_OPTIONS', '')}".strip()
            try:
                # Into a file: a pipe would be waited for as long as any child of the program lives.
                with printed.open("wb") as report:
                    subprocess.run(
                        call,
                        cwd=folder,
                        stdin=subprocess.DEVNULL,
                        stdout=report,
                        stderr=subprocess.DEVNULL,
                        env={**os.environ, "JAVA_TOOL_OPTIONS": options},
                        timeout=_TIMEOUT_S,
                        check=False,  # it ends with 1 for a file that breaks rules
                    )
            except subprocess.TimeoutExpired as error:
                raise NoVerdictError(
                    message("it took more than {seconds} s", seconds=_TIMEOUT_S)
                ) from error
            except OSError as error:
                raise NoVerdictError(
                    message("it could not be started: {error}", error=reason(error))
                ) from error
            return _understood(printed.read_bytes())


def validators() -> tuple[Validator, ...]:
    """The validators that are there, those that always are first."""
    program = verapdf()
    return (PageValidation(), *([VeraPdf(program)] if program else []))


def _understood(report: bytes) -> tuple[BrokenRule, ...]:
    """The broken rules of a report in veraPDF's XML. Raises NoVerdictError if it has no verdict."""
    try:
        root = fromstring(report)
    except ParseError as error:
        raise NoVerdictError(message("it produced no report")) from error
    verdict = root.find("jobs/job/validationReport")
    if verdict is None or verdict.get("jobEndStatus", "normal") != "normal":
        raise NoVerdictError(root.findtext(".//exceptionMessage") or message("it did not finish"))
    broken = [
        _broken(rule) for rule in verdict.iterfind("details/rule") if rule.get("status") == "failed"
    ]
    if (verdict.get("isCompliant") == "true") is bool(broken):
        raise NoVerdictError(message("its report is inconsistent"))
    return tuple(sorted(broken, key=lambda one: one.rule))


def _broken(rule: Element) -> BrokenRule:
    description = rule.findtext("description") or ""
    name = f"{rule.get('specification', '')} {rule.get('clause', '')}-{rule.get('testNumber', '')}"
    found = tuple(
        Occurrence(
            _line(check.findtext("errorMessage") or description),
            *_page_and_object(check.findtext("context") or ""),
        )
        for check in rule.iterfind("check")
        if check.get("status") == "failed"
    ) or (Occurrence(_line(description)),)
    count = rule.get("failedChecks", "")
    return BrokenRule(name.strip(), int(count) if count.isdecimal() else len(found), found)


def _line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _page_and_object(context: str) -> tuple[int, int]:
    """Their numbers in a veraPDF context, `root/document[0]/pages[3](9 0 obj PDPage)/…`."""
    pages = re.search(r"/pages\[(\d+)\]", context)
    objects = re.findall(r"\((\d+) \d+ obj\b", context)
    return int(pages[1]) + 1 if pages else 0, int(objects[-1]) if objects else 0
