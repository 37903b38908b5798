"""The edition `proof`: the pages of the screen edition with a ruled margin for remarks beside
them.
"""

import io
from collections.abc import Iterator
from typing import Final

import pikepdf
from reportcard.pdf.added import AddedEdition
from reportcard.pdf.editions import screen
from reportcard.pdf.metadata import Particulars
from reportcard.pdf.preflight import preflight
from reportcard.problems.problem import Place, Problem, Severity
from reportcard.problems.rule import Rule, Stage

PROOF_MARGIN: Final = Rule(
    "PROOF-MARGIN",
    Severity.ERROR,
    Stage.PREFLIGHT,
    message="page {page} has no margin for remarks.",
    advice="Build this edition again.",
    why="Reviewers write their remarks beside the text.",
)
#: The margin's width, and the distance of its lines, in pt.
_WIDTH, _LINE = 200, 24


def write(master: bytes, particulars: Particulars) -> bytes:
    """The screen edition with wider pages."""
    with pikepdf.open(io.BytesIO(screen(master, particulars))) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = map(float, page.mediabox)
            lines = "".join(
                f"{right + 12} {height} m {right + _WIDTH - 12} {height} l "
                for height in range(int(bottom) + _LINE, int(top), _LINE)
            )
            # Nothing that a screen reader reads (ISO 14289-1, 7.1)
            ruled = f"Q /Artifact BMC q 0.5 w 0.7 G {lines}S Q EMC"
            page.contents_add(b"q", prepend=True)
            page.contents_add(ruled.encode())
            page.mediabox = page.cropbox = [left, bottom, right + _WIDTH, top]
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
        return target.getvalue()


def inspect(data: bytes, name: str) -> Iterator[Problem]:
    """Pages without a margin, and what the screen edition must not have either."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            if page.mediabox[2] - page.trimbox[2] < _WIDTH:
                yield PROOF_MARGIN.at(Place(name, page=number), page=number)
    yield from preflight(data, name, ["screen"]).problems


EDITION: Final = AddedEdition("PDF/UA-1", write, inspect)
