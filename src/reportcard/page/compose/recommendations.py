"""The recommendations as the templates see them, tied to the categories that they would raise."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportcard.page.compose.breaks import with_last_words_of_title_tied
from reportcard.page.compose.compositor import Compositor
from reportcard.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CategoryTag:
    """The letter of a category, the number of its dimension, the id of its gauge and its name."""

    letter: str
    number: int
    target: str
    title: str


def recommendations(workspace: Workspace, prose: Compositor) -> Iterator[dict[str, Any]]:
    """Each recommendation, numbered from 1."""
    items = prose.card.model.recommendations.items()
    for number, (id_, recommendation) in enumerate(items, start=1):
        own = f"recommendations.{id_}"
        pictogram = recommendation.pictogram
        yield {
            "id": prose.mark(prose.card.prose[f"{own}.title"], "title"),
            "number": number,
            "pictogram": workspace.pictogram(pictogram) if pictogram else "",
            "title": with_last_words_of_title_tied(prose.line(f"{own}.title"), is_wide=True),
            "text": prose.text(f"{own}.text"),
            "institutions": [
                prose.line(f"institutions.{institution}")
                for institution in recommendation.institutions
            ],
            "categories": [_tag(prose, name) for name in recommendation.categories],
        }


def raised_by(prose: Compositor, category: str) -> Iterator[tuple[int, str, str]]:
    """The recommendations that would raise a category's score: number, HTML id and title."""
    own = f"{prose.values.country}.{prose.language}.recommendations"
    for number, (id_, item) in enumerate(prose.card.model.recommendations.items(), start=1):
        if category in item.categories:
            yield number, f"{own}.{id_}.title.title", prose.plain(f"recommendations.{id_}.title")


def _tag(prose: Compositor, category: str) -> CategoryTag:
    """A link to the gauge of a category."""
    dimensions = prose.content.scoreboard.model.dimensions
    number, id_ = next(
        (number, id_)
        for number, (id_, one) in enumerate(dimensions.items(), start=1)
        if category in one.categories
    )
    return CategoryTag(
        dimensions[id_].categories[category].letter,
        number,
        f"{prose.values.country}.{prose.language}.score.{category}",
        prose.label(f"dimensions.{id_}.categories.{category}.name"),
    )
