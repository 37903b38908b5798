"""Nothing of the published card is lost: its figures, laws, registries, institutions, notes and
links are in both PDFs.
"""

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from .conftest import LANGUAGES, ROOT, Built

FACTS = [
    line
    for line in (ROOT / "tests/peru-facts.txt").read_text(encoding="utf-8").splitlines()
    if line and line[0] != "#"
]


def squeezed(text: str) -> str:
    """Without white space and hyphens: where a line breaks is no matter, and pdfium takes a hyphen
    there for a broken word.
    """
    return re.sub(r"[\s\-\x02\ufffe]+", "", text)


def links(path: Path) -> set[str]:
    with pikepdf.open(path) as pdf:
        return {
            str(note.A.URI)
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        }


@pytest.mark.parametrize(("index", "language"), list(enumerate(LANGUAGES)))
def test_every_fact_is_in_the_card(built: Built, index: int, language: str) -> None:
    text = squeezed(
        "".join(
            page.get_textpage().get_text_bounded()
            for page in pypdfium2.PdfDocument(built.pdf(language))
        )
    )
    lost = []
    for fact in FACTS:
        told = fact.split(" | ")[index] if " | " in fact else fact
        known = (
            squeezed(told) in text
            if not fact.startswith("https")
            else told in links(built.pdf(language)) and squeezed(told) in text
        )
        if not known:
            lost.append(told)
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_is_there_that_the_source_has_not(built: Built, language: str) -> None:
    assert links(built.pdf(language)) == {fact for fact in FACTS if fact.startswith("https")}


@pytest.mark.parametrize(("language", "least", "most"), [("en", 3797, 5135), ("es", 3350, 5582)])
def test_the_card_is_about_as_long_as_its_source(language: str, least: int, most: int) -> None:
    """The published text has 4,466 words: within 15 % in English, 25 % in Spanish."""
    words = 0
    for file in (f"content/wording/{language}.yaml", f"content/peru/{language}.yaml"):
        text = (ROOT / file).read_text(encoding="utf-8")
        words += len(
            [
                word
                for word in text.split()
                if re.search(r"\w", word) and not word.endswith(":") and word != "|"
            ]
        )
    assert least <= words <= most


@pytest.mark.parametrize("fault", ["areald", "#2008", "#:~:text", "Scorecard", "Mapa n.º", "11,7"])
def test_the_faults_of_the_source_are_gone(built: Built, fault: str) -> None:
    for language in LANGUAGES:
        text = "".join(
            page.get_textpage().get_text_bounded()
            for page in pypdfium2.PdfDocument(built.pdf(language))
        )
        assert fault not in text
