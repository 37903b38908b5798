"""The covers of a card in several languages at once."""

from collections.abc import Sequence
from types import MappingProxyType

from reportcard.content.loading import Content
from reportcard.page.compose.card import Composer
from reportcard.page.compose.composed import Composed, Section
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.templates import render
from reportcard.page.styles import Styles
from reportcard.scores.values import Values
from reportcard.workspace.workspace import Workspace


def compose_covers(
    workspace: Workspace,
    content: Content,
    values: Sequence[Values],
    languages: Sequence[str],
    styles: Styles,
) -> Composed:
    """The covers of a card in several languages at once, `values` of the same country in each:
    every title, every imprint.

    The first language is the document's own; passages of the others are marked.
    """
    composers = [
        Composer(workspace, content, one, language, styles, Compositor(content, one, language))
        for one, language in zip(values, languages, strict=True)
    ]
    first = composers[0]
    parts = [one.view("cover", "", **one.cover()) for one in composers]
    backs = [one.view("back", "", **one.back()) for one in composers]
    sections = tuple(
        Section(
            name,
            render(
                styles,
                template,
                **first.view(name, "", parts=views, organisations=views[0]["organisations"]),
            ),
        )
        for name, template, views in (
            ("cover", "covers.html", parts),
            ("back", "backs.html", backs),
        )
    )
    origins = {id_: origin for one in composers for id_, origin in one.prose.origins.items()}
    title = " / ".join(dict.fromkeys(one.prose.plain("title") for one in composers))
    subtitle = " / ".join(dict.fromkeys(filter(None, (one.subtitle() for one in composers))))
    return Composed(
        first.values.country,
        first.language,
        title,
        sections,
        MappingProxyType(origins),
        (),
        MappingProxyType({}),
        MappingProxyType({}),
        tuple(first.authors()),
        subtitle,
        None,
    )
