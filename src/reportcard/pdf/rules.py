"""Rules on finished PDFs: PDF/UA-1, PDF/A, PDF/X-4, and what a press needs."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

PDF_UNREADABLE: Final = Rule(
    "PDF-UNREADABLE",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why=(
        "A file given is no PDF, is damaged, opens with a password only, or draws more than is "
        "looked at."
    ),
)
PDF_UA: Final = Rule(
    "PDF-UA",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why=(
        "A rule of PDF/UA-1 (ISO 14289-1) is broken: a screen reader would stumble. The "
        "validator and its own rule are named."
    ),
)
PDF_A: Final = Rule(
    "PDF-A",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why=(
        "A rule of PDF/A (ISO 19005) is broken: the file might not open the same in later "
        "years. The validator and its own rule are named."
    ),
)
PDF_VALIDATOR: Final = Rule(
    "PDF-VALIDATOR",
    Severity.WARNING,
    Stage.PREFLIGHT,
    why=(
        "The program verapdf is on this machine and gave no verdict on a file: it failed, or "
        "took too long. The file was inspected by the built-in validator alone; a release "
        "tells it and is not withheld by it."
    ),
)
PDFX_VERSION: Final = Rule(
    "PDFX-VERSION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="A file for a press says that it is PDF/X-4 (ISO 15930-7).",
)
PDFX_METADATA: Final = Rule(
    "PDFX-METADATA",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="PDF/X-4 asks for a title, dates, identifiers and a word on trapping in the metadata.",
)
PDFX_ID: Final = Rule(
    "PDFX-ID",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="PDF/X-4 asks for an identifier in the file's trailer.",
)
PDFX_ENCRYPTED: Final = Rule(
    "PDFX-ENCRYPTED",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="A press cannot ask for a password.",
)
PDFX_INTENT: Final = Rule(
    "PDFX-INTENT",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why=(
        "The file names the printing condition it is made for, once, with the ICC profile of "
        "an output device in four inks."
    ),
)
PDFX_BOXES: Final = Rule(
    "PDFX-BOXES",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="Each page has a trim box, inside the bleed box, inside the sheet.",
)
PDFX_FONT: Final = Rule(
    "PDFX-FONT",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="All fonts are embedded: a press has no others.",
)
PDFX_ACTION: Final = Rule(
    "PDFX-ACTION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why=(
        "Links, forms, scripts and other actions have no place on paper, and PDF/X-4 forbids them."
    ),
)
PDFX_ANNOTATION: Final = Rule(
    "PDFX-ANNOTATION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="No comment, link or field lies on the printed area.",
)
PDFX_BLEND: Final = Rule(
    "PDFX-BLEND",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="Transparency is blended in the inks, else colours shift where it meets others.",
)
PDFX_TRANSFER: Final = Rule(
    "PDFX-TRANSFER",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="Tone curves and screening belong to the press, not to the file.",
)
PDFX_DRAWING: Final = Rule(
    "PDFX-DRAWING",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="No PostScript, no stand-in for a picture, nothing of another file.",
)
PDFX_COLOUR: Final = Rule(
    "PDFX-COLOUR",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="Colours without a profile are given in the inks of the output intent.",
)
PRINT_COLOUR: Final = Rule(
    "PRINT-COLOUR",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="The print edition is in inks throughout: nothing is left to be converted on the press.",
)
PRINT_INK: Final = Rule(
    "PRINT-INK",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="More than 300 % ink on one spot does not dry, and sets off on the next sheet.",
)
PRINT_INK_UNKNOWN: Final = Rule(
    "PRINT-INK-UNKNOWN",
    Severity.WARNING,
    Stage.PREFLIGHT,
    why="The ink of the pages could not be measured on its separations.",
)
PRINT_INK_ESTIMATE: Final = Rule(
    "PRINT-INK-ESTIMATE",
    Severity.NOTE,
    Stage.PREFLIGHT,
    why=(
        "Without Ghostscript there are no separations to measure ink on. Colours that lie over "
        "each other are not added up then."
    ),
)
PRINT_BLACK: Final = Rule(
    "PRINT-BLACK",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why=(
        "Text is black ink alone and overprints: of several inks, or knocked out, it shows "
        "coloured or white edges where plates shift."
    ),
)
PRINT_RESOLUTION: Final = Rule(
    "PRINT-RESOLUTION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="A picture in print has 300 pixels per inch or more at its size on the page.",
)
PRINT_HAIRLINE: Final = Rule(
    "PRINT-HAIRLINE",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="A line thinner than 0.25 pt breaks up on the plate.",
)
PRINT_BLEED: Final = Rule(
    "PRINT-BLEED",
    Severity.ERROR,
    Stage.PREFLIGHT,
    why="What reaches the edge goes 3 mm past it, so that no white shows where the knife slips.",
)
