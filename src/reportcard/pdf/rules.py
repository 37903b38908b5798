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
            "Export the PDF again, or flatten its drawings.",
        ),
        "structure": (
            "cannot check this PDF for printing: it is damaged.",
            "Export the PDF again.",
        ),
    },
    why=(
        "A file cannot be inspected if it is not a PDF, is damaged, needs a password, "
        "or has too much content on a page."
    ),
)
PDF_UA: Final = Rule(
    "PDF-UA",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "broken": (
            "{fault} ({validator}: {rule}).",
            "Fix it in the program that created the file, and export it again.",
        ),
        "more": ("{more} for rule {rule} ({validator}).", "Fix the rest the same way."),
        "unread": ("{validator} cannot read this PDF: {reason}.", "Export the PDF again."),
    },
    why=(
        "PDF/UA-1 (ISO 14289-1) makes a file accessible to screen readers. The message "
        "names the validator and the rule that the file violates."
    ),
)
PDF_A: Final = Rule(
    "PDF-A",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "broken": (
            "{fault} ({validator}: {rule}).",
            "Fix it in the program that created the file, and export it again.",
        ),
        "more": ("{more} for rule {rule} ({validator}).", "Fix the rest the same way."),
        "unread": ("{validator} cannot read this PDF: {reason}.", "Export the PDF again."),
    },
    why=(
        "PDF/A (ISO 19005) ensures that a file will look the same in the future. The "
        "message names the validator and the rule that the file violates."
    ),
)
PDF_VALIDATOR: Final = Rule(
    "PDF-VALIDATOR",
    Severity.WARNING,
    Stage.PREFLIGHT,
    message="{validator} failed: {reason}. The file was checked without it.",
    advice="Reinstall or remove {validator}.",
    why=(
        "veraPDF is installed but failed or took too long. The built-in validator "
        "checked the file. This is reported during a release but does not block it."
    ),
)
PDFX_VERSION: Final = Rule(
    "PDFX-VERSION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "other": ("the file is marked as {version}, not PDF/X-4.", "Export the PDF as PDF/X-4."),
        "none": ("the file is not marked as PDF/X-4.", "Export the PDF as PDF/X-4."),
    },
    why="A file for print must be marked as PDF/X-4 (ISO 15930-7).",
)
PDFX_METADATA: Final = Rule(
    "PDFX-METADATA",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the metadata is missing {fields}.",
    advice="Export the file as PDF/X-4, which adds this metadata.",
    why=("PDF/X-4 requires a title, dates, identifiers and the trapping status in the metadata."),
)
PDFX_ID: Final = Rule(
    "PDFX-ID",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the file has no identifier in its trailer.",
    advice="Export the PDF as PDF/X-4.",
    why="PDF/X-4 requires an identifier in the file's trailer.",
)
PDFX_ENCRYPTED: Final = Rule(
    "PDFX-ENCRYPTED",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the file is encrypted.",
    advice="Save it without a password or restrictions.",
    why="A file for print cannot be password-protected.",
)
PDFX_INTENT: Final = Rule(
    "PDFX-INTENT",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "count": (
            "the file has {count} PDF/X output intents instead of one.",
            (
                "Export the PDF with the ICC profile for its printing condition as the only "
                "output intent."
            ),
        ),
        "condition": (
            "the output intent does not specify a printing condition.",
            "Export the PDF again, with a printing condition in its output intent.",
        ),
        "missing": (
            "the output intent has no ICC profile.",
            "Export the PDF with the ICC profile for its printing condition.",
        ),
        "unreadable": (
            "cannot read the ICC profile of the output intent: {reason}.",
            "Export the PDF with the ICC profile for its printing condition.",
        ),
        "kind": (
            (
                "the ICC profile of the output intent has the class {kind} instead of the output "
                "device class (prtr)."
            ),
            "Export the PDF with the ICC profile for its printing condition.",
        ),
        "inks": (
            "the output intent is not CMYK.",
            "Export the PDF with a CMYK profile.",
        ),
    },
    why=(
        "The file must specify one printing condition, with the ICC profile of a CMYK "
        "output device."
    ),
)
PDFX_BOXES: Final = Rule(
    "PDFX-BOXES",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "one": (
            "the page has both a TrimBox and an ArtBox, or neither.",
            "Export the PDF with either a TrimBox or an ArtBox, but not both.",
        ),
        "nest": (
            "the {inner} extends beyond the {outer}.",
            "Export the PDF with page boxes that fit inside one another.",
        ),
    },
    why="Each page must have a trim box inside a bleed box inside a media box.",
)
PDFX_FONT: Final = Rule(
    "PDFX-FONT",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the font {font} is not embedded.",
    advice="Export the PDF with all fonts embedded.",
    why="All fonts must be embedded, because the printer may not have them.",
)
PDFX_ACTION: Final = Rule(
    "PDFX-ACTION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "opening": (
            "the file runs an action when it is opened.",
            "Export the PDF without links, forms or scripts.",
        ),
        "document": (
            "the file contains actions.",
            "Export the PDF without links, forms or scripts.",
        ),
        "scripts": (
            "the file contains scripts.",
            "Export the PDF without links, forms or scripts.",
        ),
        "form": ("the file contains a form.", "Export the PDF without links, forms or scripts."),
        "page": ("the page contains actions.", "Export the PDF without links, forms or scripts."),
        "links": (
            "the page contains links or other annotations with actions.",
            "Export the PDF without links, forms or scripts.",
        ),
        "bookmarks": (
            "the file contains bookmarks with actions.",
            "Export the PDF with bookmarks that link only to pages.",
        ),
    },
    why=(
        "Links, forms, scripts and other actions have no effect in print, and PDF/X-4 forbids them."
    ),
)
PDFX_ANNOTATION: Final = Rule(
    "PDFX-ANNOTATION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="an annotation overlaps the printed area.",
    advice="Export the PDF without comments, links or form fields.",
    why="A comment, link or form field in the printed area might be printed.",
)
PDFX_BLEND: Final = Rule(
    "PDFX-BLEND",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="transparency is blended in a color space other than CMYK.",
    advice="Set the transparency blend space to CMYK.",
    why="Transparency must be blended in CMYK. Otherwise, nearby colors may shift.",
)
PDFX_TRANSFER: Final = Rule(
    "PDFX-TRANSFER",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the page sets its own tone curves or screening.",
    advice="Export the PDF without transfer curves or halftones.",
    why="Tone curves and screening must be set by the printer, not in the file.",
)
PDFX_DRAWING: Final = Rule(
    "PDFX-DRAWING",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the page contains PostScript, a placeholder for a picture, or part of another file.",
    advice="Export the PDF with everything embedded.",
    why="A PDF for print cannot contain PostScript or depend on content in other files.",
)
PDFX_COLOUR: Final = Rule(
    "PDFX-COLOUR",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="{space} is used instead of CMYK for {kinds}.",
    advice="Use a color token from the theme's tokens.yaml, or export the file in CMYK.",
    why="Colors without a profile must use the color space of the output intent.",
)
PRINT_COLOUR: Final = Rule(
    "PRINT-COLOUR",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="{space} is used instead of CMYK for {kinds}.",
    advice="Use a color token from the theme's tokens.yaml, or export the file in CMYK.",
    why=(
        "The print edition must use only CMYK, black or spot colors, so that no colors "
        "are converted on press."
    ),
)
PRINT_INK: Final = Rule(
    "PRINT-INK",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="ink coverage reaches {percent}%; the maximum is {maximum}%.",
    advice="Use less ink in the color or picture that exceeds the maximum.",
    why="Where ink coverage exceeds 300%, the ink does not dry properly and stains the next sheet.",
)
PRINT_INK_UNKNOWN: Final = Rule(
    "PRINT-INK-UNKNOWN",
    Severity.WARNING,
    Stage.PREFLIGHT,
    message="cannot measure the ink on the pages: {reason}.",
    advice="Check the file with your printer's preflight tool.",
    why=("Ink is measured on a page's color separations, which are produced with Ghostscript."),
)
PRINT_INK_ESTIMATE: Final = Rule(
    "PRINT-INK-ESTIMATE",
    Severity.NOTE,
    Stage.PREFLIGHT,
    message=(
        "Ghostscript is not installed, so ink was checked for each color separately, "
        "not on the pages."
    ),
    advice="Install Ghostscript and build again.",
    why=(
        "Without Ghostscript, ink cannot be measured on separations, so overlapping "
        "colors are not added together."
    ),
)
PRINT_BLACK: Final = Rule(
    "PRINT-BLACK",
    Severity.ERROR,
    Stage.PREFLIGHT,
    cases={
        "rich": (
            "black text uses more than one ink.",
            "Set the text in black ink only, with overprint.",
        ),
        "knockout": (
            "black text knocks out the color beneath it.",
            "Set the text in black ink only, with overprint.",
        ),
    },
    why=(
        "Text must be printed in black ink only and must overprint. Otherwise, colored "
        "or white edges appear if the plates shift."
    ),
)
PRINT_RESOLUTION: Final = Rule(
    "PRINT-RESOLUTION",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="a picture has {ppi} pixels per inch; the minimum is {least}.",
    advice="Use a higher-resolution picture or a vector graphic.",
    why=(
        "A picture in the print edition must have at least 300 pixels per inch at its printed size."
    ),
)
PRINT_HAIRLINE: Final = Rule(
    "PRINT-HAIRLINE",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="a line is {width} pt thick; the minimum is {least} pt.",
    advice="Make the line thicker.",
    why="A line thinner than 0.25 pt may break up in print.",
)
PRINT_BLEED: Final = Rule(
    "PRINT-BLEED",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="the bleed is less than {bleed} mm.",
    advice="Export the PDF with {bleed} mm of bleed.",
    why=(
        "Artwork at the edge of the page must extend 3 mm beyond it, so that no white "
        "shows if the cut is slightly off."
    ),
)
