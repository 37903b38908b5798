"""The list of all cards: every country in the order of its rank, with its scores, and a link to its
card where there is one.
"""

from dataclasses import dataclass, replace

from reportcard.content.loading import Content
from reportcard.language.locales import Tongue
from reportcard.page.compose.card import Composer, organisations
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.standings import RankedScore, standings
from reportcard.scores.results import TOTAL, ranking
from reportcard.scores.values import Values, shared_country, values_of
from reportcard.web.card import dressed
from reportcard.web.head import Head, Summary, cut, scripted, sharing
from reportcard.web.look import Look
from reportcard.web.site import Site, index_name
from reportcard.workspace.card_files import page_name


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country of the list; `file` is empty while it has no card, `status` once the card is
    final.
    """

    name: str
    file: str
    status: str
    standings: dict[str, RankedScore]


def index_page(content: Content, language: str, look: Look, site: Site) -> bytes:
    """The list in a language."""
    # Numbers of several countries are below each other: they are all written alike.
    code = shared_country(content, language)
    tongue = Tongue(language, code, content.edition.model.languages[language])
    every = {
        country: replace(values_of(content, country, language), tongue=tongue)
        for country in content.scores
    }
    order = [(rank, country) for rank, country, _ in ranking(next(iter(every.values())).results)]
    prose = Compositor(content, every[order[0][1]], language)
    rows = [_row(content, prose, every[country], rank, site) for rank, country in order]
    composer = Composer(look.workspace, content, prose.values, language, look.styles, prose)
    edition = content.edition.model
    view = {
        "language": language,
        "paged": False,
        "picture": look.picture,
        "label": prose.label,
        "label_given": prose.wording.prose.__contains__,
        "head": _head(content, prose, rows, site),
        "entries": rows,
        "organisations": organisations(composer.workspace, composer.prose, edition.back),
        "tones": range(look.dimensions + 1),
        "some_provisional": any(
            one.is_given and one.remark for row in rows for one in row.standings.values()
        ),
        "version": str(edition.version or ""),
        "date": tongue.date(edition.date),
    }
    return dressed("web/index.html", look, view)


def _row(
    content: Content, prose: Compositor, values: Values, rank: int | None, site: Site
) -> CountryRow:
    country = values.country
    card = content.cards.get(country, {}).get(prose.language)
    file = (
        page_name(country, prose.language)
        if card and page_name(country, prose.language) in site.files
        else ""
    )
    state = card.model.status if card else "final"
    rows = dict(standings(values, prose.label))
    rows[TOTAL] = replace(rows[TOTAL], rank=str(rank or ""))
    return CountryRow(
        values.name(country), file, "" if state == "final" else prose.label(f"labels.{state}"), rows
    )


def _head(content: Content, prose: Compositor, rows: list[CountryRow], site: Site) -> Head:
    edition = content.edition.model
    programme, heading = prose.label("edition.programme"), prose.label("web.all_cards")
    description = cut(
        prose.label("edition.subtitle") if "edition.subtitle" in prose.wording.prose else heading
    )
    faces, address = site.faces(), site.address(index_name(prose.language))
    data = {
        "@type": "CreativeWorkSeries",
        "name": programme,
        "description": description,
        "url": address,
        "inLanguage": prose.language,
        "datePublished": edition.date.isoformat(),
        "version": str(edition.version or ""),
        "publisher": [
            {"@type": "Organization", "name": str(edition.organisations[id_].name)}
            for id_ in edition.cover
        ],
        "hasPart": [
            {"@type": "Report", "name": row.name, "url": site.address(row.file) or row.file}
            for row in rows
            if row.file
        ],
    }
    title = f"{programme}: {heading}"
    summary = Summary("website", title, description, prose.language, address)
    return Head(
        title=f"{heading} · {programme}",
        description=description,
        authors=(),
        is_final=True,
        status="",
        faces=faces,
        index="",
        address=address,
        image="",
        sharing=sharing(summary, faces),
        data=scripted(data),
    )
