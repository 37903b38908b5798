"""On which page of the built card a fact is, if the card was built and is still there."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportcard.build.manifest import MANIFEST, Record, read_manifest
from reportcard.review.facts.fact import CardFact
from reportcard.workspace.card_files import file_name
from reportcard.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FactPages:
    """The pages of a card's blocks, by their name in the PDF: `peru.en.context.4c74a9ac`."""

    country: str
    pages: Mapping[str, int]

    def page(self, fact: CardFact, language: str) -> int:
        """The page on which the block begins that a fact is in; 0 if that is not known: there is no
        PDF, or the block was edited since.
        """
        words = fact.words.get(language)
        if words is None:
            return 0
        field = f"{self.country}.{language}.{fact.field}"
        names = (f"{field}.{words.block}", f"{field}.line", field)
        return next((self.pages[name] for name in names if name in self.pages), 0)


def fact_pages(workspace: Workspace, country: str, languages: tuple[str, ...]) -> FactPages:
    """The pages of the card's PDFs in the output folder, by the manifest beside them."""
    try:
        records = read_manifest((workspace.output / MANIFEST).read_bytes())
    except OSError:
        records = {}
    there = {name: one for name, one in records.items() if (workspace.output / name).is_file()}
    return pages_of(there, country, languages)


def pages_of(records: Mapping[str, Record], country: str, languages: tuple[str, ...]) -> FactPages:
    """The pages of the card's PDFs by the records of a manifest."""
    pages: dict[str, int] = {}
    for language in languages:
        record = records.get(file_name(country, language))
        notes = f"{country}.{language}.notes."
        for spot in record.places if record else ():
            if spot.boxes:
                # A note's own name ends with its number, and a note may be printed again
                name = spot.id.rpartition(".")[0] if spot.id.startswith(notes) else spot.id
                pages.setdefault(name, spot.boxes[0][0])
    return FactPages(country, pages)
