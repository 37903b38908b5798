"""What a release records of the fact-check of its cards: `facts.json` beside the PDFs."""

from collections.abc import Mapping, Sequence
from typing import Final

from reportcard.build.manifest import Record
from reportcard.content.loading import Content
from reportcard.review.facts.desk import fact_desk
from reportcard.review.facts.export import release_record
from reportcard.review.facts.pages import pages_of
from reportcard.workspace.workspace import Workspace

FACTS: Final = "facts.json"


def fact_record(
    workspace: Workspace,
    content: Content,
    countries: Sequence[str],
    records: Mapping[str, Record],
) -> dict[str, bytes]:
    """Each card's claims with their state, by whom and when, and the page in the release's own
    files; nothing where the edition asks for no fact-check and nobody made one.
    """
    desks = [fact_desk(workspace, content, country) for country in countries]
    is_asked = content.edition.model.release.facts is not None
    if not is_asked and not any(desk.records.records for desk in desks):
        return {}
    sheets = [desk.judged for desk in desks]
    pages = [pages_of(records, one.sheet.country, one.sheet.languages) for one in sheets]
    return {FACTS: release_record(list(zip(sheets, pages, strict=True)))}
