"""A card as one page of the web: the sections of its pages, with their notes at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from reportcard.content.loading import Content
from reportcard.page.charts import drawing_of
from reportcard.page.compose.blocks import Block, NoteCall, Words
from reportcard.page.compose.card import Composer, organisations
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.glance import glance_heading
from reportcard.page.compose.standings import standings
from reportcard.page.compose.templates import render
from reportcard.scores.values import values_of
from reportcard.web.head import Face, Head, Summary, cut, scripted, sharing
from reportcard.web.look import Look
from reportcard.web.pictures import address
from reportcard.web.site import Site
from reportcard.workspace.card_files import page_name


@dataclass(frozen=True, slots=True)
class Entry:
    """A section in the list of contents: its id, a dimension's number (else 0), its heading."""

    id: str
    number: int
    heading: str


def card_page(content: Content, country: str, language: str, look: Look, site: Site) -> bytes:
    """The page of a country's card in a language, whose content has been checked. `look` finds what
    cannot be put into it.
    """
    values = values_of(content, country, language)
    prose = Compositor(content, values, language)
    shown = partial(_picture, prose, look)
    more = {"picture": shown, "standings": standings(values, prose.label)}
    composer = Composer(look.workspace, content, values, language, look.styles, prose, "web/", more)
    cover, *sections, back = composer.sections()
    contents = [_entry(content, prose, section.name) for section in sections]
    notes = list(_notes(prose))
    notes_id = f"{country}.{language}.notes"
    if notes:
        contents.append(Entry(notes_id, 0, prose.label("web.notes")))
    head = _head(composer, site)
    view = composer.view(
        "card",
        "",
        head=head,
        tones=range(look.dimensions + 1),
        cover=cover.html,
        sections=[section.html for section in sections],
        back=back.html,
        contents=contents,
        notes=notes,
        notes_id=notes_id,
    )
    return dressed("web/card.html", look, view)


def _picture(prose: Compositor, look: Look, path: str) -> str:
    """The `data:` address of a picture, or of a chart, whose type is outlines: a picture on the
    web has no font.
    """
    plot = prose.plots.get(path)
    if plot is None:
        return look.picture(path)
    drawing = look.gallery.drawing(drawing_of(plot, look.styles), "svg", outlines=True)
    return address(drawing, "svg+xml")


def dressed(template: str, look: Look, view: dict[str, Any]) -> bytes:
    """A page with its style sheet, script and policy, in which only characters that it has are
    given a font.
    """
    text = render(look.styles, template, **view, css="", policy="", script="", icon="")
    css = look.css(text)
    parts = {"css": css, "policy": look.policy(css), "script": look.script, "icon": look.icon}
    return render(look.styles, template, **view, **parts).encode()


def _entry(content: Content, prose: Compositor, name: str) -> Entry:
    id_ = f"{prose.values.country}.{prose.language}.{name}"
    dimensions = list(content.scoreboard.model.dimensions)
    if name in dimensions:
        return Entry(id_, dimensions.index(name) + 1, prose.label(f"dimensions.{name}.short"))
    field = glance_heading(prose) if name == "glance" else f"{name}.heading"
    return Entry(id_, 0, prose.label(field))


def _notes(prose: Compositor) -> Iterator[tuple[NoteCall, list[tuple[str, str]]]]:
    """Each note as it is printed, with the ids of its calls and the names of the links back."""
    for note in prose.notes:
        ids = [called.call_id for called in prose.calls if called.note_id == note.note_id]
        again = prose.label("web.note_back_again").replace("{number}", str(note.number))
        words = [
            note.back,
            *(again.replace("{call}", str(number)) for number in range(2, len(ids) + 1)),
        ]
        yield note, list(zip(ids, words, strict=True))


def _head(composer: Composer, site: Site) -> Head:
    """The metadata of the page."""
    prose, country, language = composer.prose, composer.values.country, composer.language
    title, programme = prose.plain("title"), prose.label("edition.programme")
    # Set by itself: a call in it does not count on the page.
    alone = Compositor(prose.content, prose.values, language)
    summary = Summary(
        "article",
        title,
        cut(_plain(alone.text("overall.result"))),
        language,
        site.address(page_name(country, language)),
        site.address(f"{country}-{language}-1200x630.png"),
    )
    faces = site.faces(country)
    return Head(
        title=title if title == programme else f"{title} · {programme}",
        description=summary.description,
        authors=composer.authors(),
        is_final=prose.card.model.status == "final",
        status=_status(prose),
        faces=faces,
        index=site.index(language),
        address=summary.address,
        image=summary.image,
        sharing=sharing(summary, faces),
        data=scripted(_report(composer, summary, faces)),
    )


def _status(prose: Compositor) -> str:
    """The card's status in words; empty once it is final."""
    state = prose.card.model.status
    return "" if state == "final" else prose.label(f"labels.{state}")


def _report(composer: Composer, summary: Summary, faces: Sequence[Face]) -> dict[str, Any]:
    """The card as a report of schema.org."""
    prose, country, language = composer.prose, composer.values.country, composer.language
    edition = composer.content.edition.model
    source = composer.content.source_language(country)
    others = [
        {
            "@type": "Report",
            "inLanguage": face.language,
            "name": _title(composer, face.language),
            "url": face.address,
        }
        for face in faces
        if face.language != language
    ]
    return {
        "@type": "Report",
        "name": summary.title,
        "description": summary.description,
        "url": summary.address,
        "image": summary.image,
        "inLanguage": language,
        "datePublished": edition.date.isoformat(),
        "version": str(edition.version or ""),
        "creativeWorkStatus": _status(prose),
        "author": [{"@type": "Person", "name": author} for author in composer.authors()],
        "publisher": [
            {"@type": "Organization", "name": name}
            for name, _, _ in organisations(composer.workspace, composer.prose, edition.cover)
        ],
        "about": {
            "@type": "Country" if composer.values.are_countries else "Thing",
            "name": composer.values.name(country),
        }
        | (
            {"identifier": composer.values.codes[country].country}
            if composer.values.are_countries
            else {}
        ),
        "isPartOf": {"@type": "CreativeWorkSeries", "name": prose.label("edition.programme")},
        # A work names its translations, a translation the work.
        "workTranslation": others if language == source else [],
        "translationOfWork": []
        if language == source
        else [one for one in others if one["inLanguage"] == source],
    }


def _title(composer: Composer, language: str) -> str:
    return Compositor(
        composer.content, values_of(composer.content, composer.values.country, language), language
    ).plain("title")


def _plain(blocks: list[Block]) -> str:
    """Paragraphs and bullets as plain text, without calls."""
    texts = [block for block in blocks if block.kind in ("p", "ul", "ol", "run-in")]
    lines = [line for block in texts for line in (block.items or (block,))]
    return " ".join(
        "".join(item.text for span in line.spans for item in span.items if isinstance(item, Words))
        for line in lines
    )
