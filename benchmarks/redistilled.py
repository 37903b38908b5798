"""The same card saved anew by other programs, compared with itself: what is invented.

    python -m benchmarks.redistilled card.pdf [FOLDER]

Of each program that is installed, the number of changes of each kind is printed; a score, a number,
a negation or a note that differs is an invention, and the exit code is then 1.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pikepdf
import pypdfium2

from reportcard.review.changes import Comparison, Kind, counted
from reportcard.review.compare.comparison import compared
from reportcard.review.compare.regard import Regard

_GRAVE: Final = frozenset({Kind.SCORE, Kind.NUMBER, Kind.MEANING, Kind.NOTE})


def by_program(*command: str) -> Callable[[Path, Path], bytes]:
    """A program that reads {old} and writes {new}; {folder} is the one that both are in."""

    def run(old: Path, folder: Path) -> bytes:
        new = folder / "new.pdf"
        filled = [part.format(old=old, new=new, folder=folder) for part in command]
        subprocess.run(filled, check=True, capture_output=True, timeout=300)
        return new.read_bytes()

    return run


def by_postscript(old: Path, folder: Path) -> bytes:
    """Printed as PostScript, and that distilled."""
    between = folder / "card.ps"
    subprocess.run(["pdftops", str(old), str(between)], check=True, capture_output=True)
    new = folder / "new.pdf"
    subprocess.run(["ps2pdf", str(between), str(new)], check=True, capture_output=True)
    return new.read_bytes()


def by_libreoffice(old: Path, folder: Path) -> bytes:
    """Opened in Draw and exported."""
    target = folder / "out"
    command = (
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--infilter=draw_pdf_import",
        "--convert-to",
        "pdf:draw_pdf_Export",
        "--outdir",
        str(target),
        str(old),
    )
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (target / old.name).read_bytes()


def by_pikepdf(old: Path, _folder: Path) -> bytes:
    """Rewritten without its tags."""
    target = io.BytesIO()
    with pikepdf.open(old) as pdf:
        for key in ("/StructTreeRoot", "/MarkInfo"):
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.save(target, linearize=True)
    return target.getvalue()


def by_pdfium(old: Path, _folder: Path) -> bytes:
    """Its pages taken into a new file, as Chromium's print to PDF does."""
    target = io.BytesIO()
    source, made = pypdfium2.PdfDocument(old.read_bytes()), pypdfium2.PdfDocument.new()
    made.import_pages(source)
    made.save(target)
    return target.getvalue()


def two_up(old: Path, _folder: Path) -> bytes:
    """Two pages on each sheet, turned to lie."""
    target = io.BytesIO()
    with pikepdf.open(old) as pdf, pikepdf.new() as made:
        for first in range(0, len(pdf.pages), 2):
            made.add_blank_page(page_size=(842, 595))
            sheet = pikepdf.Page(made.pages[-1])
            for number, page in enumerate(pdf.pages[first : first + 2]):
                left = 421 * number
                sheet.add_overlay(page, pikepdf.Rectangle(left, 0, left + 421, 595))
        made.save(target)
    return target.getvalue()


def turned(old: Path, _folder: Path) -> bytes:
    """Every page lying, as some scanners and printers leave it."""
    target = io.BytesIO()
    with pikepdf.open(old) as pdf:
        for page in pdf.pages:
            page.rotate(90, relative=True)
        pdf.save(target)
    return target.getvalue()


PROGRAMS: Final[Mapping[str, tuple[str, Callable[[Path, Path], bytes]]]] = {
    "Ghostscript": (
        "gs",
        by_program("gs", "-q", "-sDEVICE=pdfwrite", "-dBATCH", "-dNOPAUSE", "-o", "{new}", "{old}"),
    ),
    "cairo": ("pdftocairo", by_program("pdftocairo", "-pdf", "{old}", "{new}")),
    "PostScript": ("pdftops", by_postscript),
    "LibreOffice": ("soffice", by_libreoffice),
    "mutool": ("mutool", by_program("mutool", "clean", "-gggg", "{old}", "{new}")),
    "without tags": ("", by_pikepdf),
    "pdfium": ("", by_pdfium),
    "two up": ("", two_up),
    "turned": ("", turned),
}


def made(card: Path) -> Iterator[tuple[str, bytes]]:
    """The card as each program that is installed saves it."""
    for name, (program, make) in PROGRAMS.items():
        if program and shutil.which(program) is None:
            print(f"{name}: not installed")
            continue
        with tempfile.TemporaryDirectory() as folder:
            yield name, make(card, Path(folder))


def main(card: Path, folder: Path | None = None) -> int:
    """Prints what differs, by program; 1 if something was invented."""
    invented = 0
    for name, data in made(card):
        if folder:
            (folder / f"{name}.pdf").write_bytes(data)
        comparison = compare(card.read_bytes(), data)
        grave = [change for change in comparison.changes if change.kind in _GRAVE]
        invented += len(grave) + bool(comparison.failed)
        print(f"{name}: {counted(comparison.changes)} {comparison.failed}")
        for change in grave:
            print(f"    {change.kind} {change.act} {change.old[:60]!r} → {change.new[:60]!r}")
    return int(invented > 0)


def compare(old: bytes, new: bytes) -> Comparison:
    """The comparison of two files."""
    return compared("card", ("old.pdf", old), ("new.pdf", new), Regard()).comparison


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
