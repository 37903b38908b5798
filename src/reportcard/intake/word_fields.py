"""Fields of a Word document: links, references, the numbers of captions (ECMA-376, part 1,
17.16).
"""

from dataclasses import dataclass, field

from reportcard.intake.elements import get, name_of
from reportcard.intake.package import Element


@dataclass(slots=True)
class WordField:
    """A field being read (17.16.18): its code, and whether its result has begun."""

    code: str = ""
    has_result: bool = False

    @property
    def name(self) -> str:
        """What it does, in capitals: `HYPERLINK`, `REF`, `SEQ`."""
        return next(iter(self.code.split()), "").upper()

    @property
    def href(self) -> str:
        """The address that its result links to; empty if it is not a link."""
        return self._argument() if self.name == "HYPERLINK" and not self._is_inner() else ""

    @property
    def target(self) -> str:
        """The bookmark that its result refers to; empty if there is none."""
        if self.name == "REF" or (self.name == "HYPERLINK" and self._is_inner()):
            return self._argument()
        return ""

    def _is_inner(self) -> bool:
        return "\\l" in self.code.split()

    def _argument(self) -> str:
        words = self.code.split()[1:]
        return next((word.strip('"') for word in words if not word.startswith("\\")), "")


@dataclass(slots=True)
class WordFields:
    """The fields that are open at a place of the document, outermost first."""

    open: list[WordField] = field(default_factory=list)

    @property
    def href(self) -> str:
        """The address of the innermost link field with its result being read."""
        return next((one.href for one in reversed(self.open) if one.has_result and one.href), "")

    @property
    def target(self) -> str:
        """The bookmark that the words here refer to."""
        found = (one.target for one in reversed(self.open) if one.has_result and one.target)
        return next(found, "")

    def step(self, element: Element) -> WordField | None:
        """Follows a field from its beginning over its code to its result and end; gives it where
        its result begins.
        """
        if name_of(element) == "instrText":
            if self.open and not self.open[-1].has_result:
                self.open[-1].code += element.text or ""
            return None
        match get(element, "fldCharType"):
            case "begin":
                self.open.append(WordField())
            case "separate" if self.open:
                self.open[-1].has_result = True
                return self.open[-1]
            case "end" if self.open:
                self.open.pop()
        return None
