"""Rules on finished PDFs: PDF/UA-1, PDF/A, PDF/X-4, and what a press needs."""

from typing import Final

from reportcard.problems.problem import Severity
from reportcard.problems.rule import Rule, Stage

PDF_UNREADABLE: Final = Rule(
    "PDF-UNREADABLE",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "file": ("cannot inspect this PDF: {reason}.", "Export or download it again."),
        "page": (
            "cannot inspect this page: {reason}.",
            "Export it again, or flatten its drawings.",
        ),
        "structure": (
            "cannot inspect this PDF for print: it is damaged.",
            "Export it again.",
        ),
    },
    why=(
        "A file that is not a PDF, is damaged, needs a password, or has too much on a page cannot "
        "be inspected."
    ),
)
PDF_UA: Final = Rule(
    "PDF-UA",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "broken": (
            "{fault} ({validator}: {rule}).",
            "Fix it in the program that made the file, and export it again.",
        ),
        "more": ("{more} of rule {rule} ({validator}).", "Fix them in the same way."),
        "unread": ("{validator} cannot read this PDF: {reason}.", "Export it again."),
    },
    why=(
        "A screen reader needs files that meet PDF/UA-1 (ISO 14289-1). The message names the "
        "validator and its own rule."
    ),
)
PDF_A: Final = Rule(
    "PDF-A",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "broken": (
            "{fault} ({validator}: {rule}).",
            "Fix it in the program that made the file, and export it again.",
        ),
        "more": ("{more} of rule {rule} ({validator}).", "Fix them in the same way."),
        "unread": ("{validator} cannot read this PDF: {reason}.", "Export it again."),
    },
    why=(
        "A file that meets PDF/A (ISO 19005) opens the same in later years. The message names the "
        "validator and its own rule."
    ),
)
PDF_VALIDATOR: Final = Rule(
    "PDF-VALIDATOR",
    Severity.WARNING,
    Stage.PREFLIGHT,
    message="{validator} failed: {reason}. The file was checked without it.",
    advice="Repair or remove {validator}.",
    why=(
        "veraPDF is installed but failed or took too long. The built-in validator checked the "
        "file. A release reports this and is published all the same."
    ),
)
PDFX_VERSION: Final = Rule(
    "PDFX-VERSION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "other": ("the file is marked as {version}, not PDF/X-4.", "Export it as PDF/X-4."),
        "none": ("the file is not marked as PDF/X-4.", "Export it as PDF/X-4."),
    },
    why="A file for a press is marked as PDF/X-4 (ISO 15930-7).",
)
PDFX_METADATA: Final = Rule(
    "PDFX-METADATA",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the metadata lacks {fields}.",
    advice="Export it as PDF/X-4, which adds them.",
    why="PDF/X-4 requires a title, dates, identifiers and the state of trapping in the metadata.",
)
PDFX_ID: Final = Rule(
    "PDFX-ID",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the file has no identifier in its trailer.",
    advice="Export it as PDF/X-4.",
    why="PDF/X-4 requires an identifier in the file's trailer.",
)
PDFX_ENCRYPTED: Final = Rule(
    "PDFX-ENCRYPTED",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the file is encrypted.",
    advice="Save it without a password or restrictions.",
    why="A press cannot enter a password.",
)
PDFX_INTENT: Final = Rule(
    "PDFX-INTENT",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "count": (
            "the file has {count} PDF/X output intents instead of one.",
            "Export it with the profile of the printing condition as its only output intent.",
        ),
        "condition": (
            "the output intent does not name a printing condition.",
            "Export it with the name of the printing condition.",
        ),
        "missing": (
            "the output intent has no ICC profile.",
            "Export it with the profile of the printing condition.",
        ),
        "unreadable": (
            "cannot read the ICC profile of the output intent: {reason}.",
            "Export it with the profile of the printing condition.",
        ),
        "kind": (
            "the ICC profile of the output intent is of class {kind}, not an output device (prtr).",
            "Export it with the profile of the printing condition.",
        ),
        "inks": (
            "the output intent does not have four inks.",
            "Export it with a CMYK profile.",
        ),
    },
    why=(
        "The file names the one printing condition it is made for, with the ICC profile of an "
        "output device in four inks."
    ),
)
PDFX_BOXES: Final = Rule(
    "PDFX-BOXES",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "one": (
            "the page does not have exactly one of TrimBox and ArtBox.",
            "Export it with page boxes.",
        ),
        "nest": ("the {inner} extends beyond the {outer}.", "Export it with page boxes that nest."),
    },
    why="Each page has a trim box, inside the bleed box, inside the sheet.",
)
PDFX_FONT: Final = Rule(
    "PDFX-FONT",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the font {font} is not embedded.",
    advice="Export it with all fonts embedded.",
    why="All fonts are embedded, because a press has no others.",
)
PDFX_ACTION: Final = Rule(
    "PDFX-ACTION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "opening": (
            "the file runs an action when it is opened.",
            "Export it without links, forms and scripts.",
        ),
        "document": ("the file has actions.", "Export it without links, forms and scripts."),
        "scripts": ("the file has scripts.", "Export it without links, forms and scripts."),
        "form": ("the file has a form.", "Export it without links, forms and scripts."),
        "page": ("the page has actions.", "Export it without links, forms and scripts."),
        "links": (
            "the page has links or other annotations with actions.",
            "Export it without links, forms and scripts.",
        ),
        "bookmarks": (
            "the file has bookmarks with actions.",
            "Export it with bookmarks that only lead to pages.",
        ),
    },
    why="Links, forms, scripts and other actions do nothing on paper, and PDF/X-4 forbids them.",
)
PDFX_ANNOTATION: Final = Rule(
    "PDFX-ANNOTATION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="an annotation overlaps the printed area.",
    advice="Export it without comments, links and form fields.",
    why="A comment, link or form field on the printed area might be printed.",
)
PDFX_BLEND: Final = Rule(
    "PDFX-BLEND",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="transparency is blended in a color space other than CMYK.",
    advice="Set the blend space to CMYK.",
    why="Transparency is blended in the inks; otherwise colors shift beside it.",
)
PDFX_TRANSFER: Final = Rule(
    "PDFX-TRANSFER",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the page changes the tone curves or the screening of the press.",
    advice="Export it without transfer curves and halftones.",
    why="Tone curves and screening are set by the press, not by the file.",
)
PDFX_DRAWING: Final = Rule(
    "PDFX-DRAWING",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the page contains PostScript, a placeholder for a picture, or part of another file.",
    advice="Export it with everything embedded.",
    why="A press cannot run PostScript inside a PDF or fetch parts of it from elsewhere.",
)
PDFX_COLOUR: Final = Rule(
    "PDFX-COLOUR",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="{space} is used instead of inks for {kinds}.",
    advice="Use a color token of styles/tokens.yaml, or export it in CMYK.",
    why="Colors without a profile are given in the inks of the output intent.",
)
PRINT_COLOUR: Final = Rule(
    "PRINT-COLOUR",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="{space} is used instead of inks for {kinds}.",
    advice="Use a color token of styles/tokens.yaml, or export it in CMYK.",
    why="The print edition is in inks throughout, so that the press converts nothing.",
)
PRINT_INK: Final = Rule(
    "PRINT-INK",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="ink coverage reaches {percent}%; {maximum}% is the maximum.",
    advice="Reduce the inks of that color or picture.",
    why="Where more than 300% ink is printed it does not dry, and stains the next sheet.",
)
PRINT_INK_UNKNOWN: Final = Rule(
    "PRINT-INK-UNKNOWN",
    Severity.WARNING,
    Stage.PREFLIGHT,
    message="cannot measure the ink on the pages: {reason}.",
    advice="Check the file with the printer's own preflight.",
    why="The ink of a page is measured on its separations, which Ghostscript makes.",
)
PRINT_INK_ESTIMATE: Final = Rule(
    "PRINT-INK-ESTIMATE",
    Severity.NOTE,
    Stage.PREFLIGHT,
    message="Ghostscript is not installed, so ink was checked color by color, not on the pages.",
    advice="Install Ghostscript and build again.",
    why=(
        "Without Ghostscript there are no separations to measure ink on. Colors that overlap are "
        "then not added up."
    ),
)
PRINT_BLACK: Final = Rule(
    "PRINT-BLACK",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "rich": (
            "black text is mixed from several inks.",
            "Set text in black ink alone, overprinting.",
        ),
        "knockout": (
            "black text knocks out the color beneath it.",
            "Set text in black ink alone, overprinting.",
        ),
    },
    why=(
        "Text must be printed in black ink only and must overprint. Otherwise it has "
        "colored or white edges if the plates shift."
    ),
)
PRINT_RESOLUTION: Final = Rule(
    "PRINT-RESOLUTION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="a picture has {ppi} pixels per inch; {least} is the minimum.",
    advice="Use a larger picture or a vector one.",
    why="A picture in print has at least 300 pixels per inch at its size on the page.",
)
PRINT_HAIRLINE: Final = Rule(
    "PRINT-HAIRLINE",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="a line is {width} pt wide; {least} pt is the minimum.",
    advice="Draw it wider.",
    why="A line thinner than 0.25 pt breaks up on the plate.",
)
PRINT_BLEED: Final = Rule(
    "PRINT-BLEED",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the bleed is less than {bleed} mm.",
    advice="Export it with {bleed} mm of bleed.",
    why=(
        "Artwork at the edge extends 3 mm beyond it, so that no white shows where the cut is off."
    ),
)
