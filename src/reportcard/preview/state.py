"""What is shown: a frozen picture of the workspace, from which a browser's page is filled. It knows
no server and no browser.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from reportcard.page.compose.composed import Composed
from reportcard.page.typeset.layout import LaidOut
from reportcard.page.typeset.measures import Box
from reportcard.problems.problem import Place, Problem, Severity

_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of text, a gauge or a picture on the pages of a card in one language.

    `key` is the same in every language: the field, and which of its blocks it is. `look` changes
    with what the block shows.
    """

    id: str
    key: str
    field: str
    place: Place
    text: str
    look: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page: a digest of what it shows, the section it belongs to, its width and height in mm."""

    version: str
    section: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ShownLanguage:
    """A card in one language: its pages, and the blocks on them in their order there."""

    language: str
    leaves: tuple[ShownPage, ...]
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A card: its title by language, its faces by language, what is wrong with it.

    `broken` means that its files cannot be set now, and the faces are from before. `stale` counts,
    by language, the blocks that a translator has to look at. `is_checked` means that the problems
    are those of the pages shown, all of them.
    """

    country: str
    titles: Mapping[str, str] = field(default_factory=lambda: _NONE)
    faces: Mapping[str, ShownLanguage] = field(default_factory=lambda: _NONE)
    problems: tuple[Problem, ...] = ()
    stale: Mapping[str, int] = field(default_factory=lambda: _NONE)
    broken: bool = False
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All cards at one moment. `leaves` gives the PDF and the page in it (from 1) of every version
    that may be asked for.

    `fault` is an error of the program itself; empty if there is none.
    """

    number: int = 0
    cards: Mapping[str, Shown] = field(default_factory=lambda: _NONE)
    leaves: Mapping[str, tuple[bytes, int]] = field(default_factory=lambda: _NONE)
    fault: str = ""


def blocks_of(card: Composed, laid: LaidOut) -> tuple[ShownBlock, ...]:
    """The blocks of a card with their places on the pages; calls and links inside a block
    belong to it.
    """
    texts: dict[str, str] = {}
    for line in laid.lines:
        texts[line.id] = _continued(texts.get(line.id, ""), line.text)
    prefix = f"{card.country}.{card.language}"
    drawn = {f"{prefix}.score.{name}": address for name, address in card.scores.items()}
    counts: dict[str, int] = {}
    found = []
    for id_, origin in card.origins.items():
        if id_.startswith((f"{prefix}.call.", f"{prefix}.link.")):
            continue
        number = counts[origin.field] = counts.get(origin.field, 0) + 1
        if id_ in laid.boxes:
            text = texts.get(id_, "")
            found.append(
                ShownBlock(
                    id_,
                    f"{origin.field}#{number}",
                    origin.field,
                    origin.place,
                    text,
                    _look(text, drawn.get(id_, "")),
                    laid.boxes[id_],
                )
            )
    return tuple(sorted(found, key=lambda one: (one.boxes[0].page, one.boxes[0].y, one.boxes[0].x)))


def _continued(text: str, line: str) -> str:
    """A text and its next line: a space between them was drawn as the end of the line, except
    where a word or an address is divided.
    """
    gap = "" if not text or text.endswith(("-", "/")) else " "
    return " ".join(f"{text}{gap}{line}".split())


def _look(text: str, drawing: str) -> str:
    return sha256(f"{text}{drawing}".encode()).hexdigest()[:12]


def block_at(place: Place, field_id: str, blocks: Iterable[ShownBlock]) -> str:
    """The id of the block that a problem is about: of its file, and of its field if it names one,
    the last that begins before it.
    """
    there = [block for block in blocks if block.place.file == place.file]
    own = [block for block in there if block.field == field_id]
    before = [block for block in own or (there if place.line > 1 else ()) if block.place <= place]
    found = max(before, key=lambda block: block.place, default=own[0] if own else None)
    near = found is not None and (bool(own) or found.place.line == place.line)
    return found.id if found and near else ""


def listed(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The list of cards, for JSON."""
    return [
        {
            "country": card.country,
            "titles": dict(card.titles),
            "pages": {language: len(face.leaves) for language, face in card.faces.items()},
            "counts": {
                str(gravity): sum(one.severity is gravity for one in card.problems)
                for gravity in Severity
            },
            "stale": dict(card.stale),
            "broken": card.broken,
            "checked": card.is_checked,
        }
        for card in snapshot.cards.values()
    ]


def shown_card(card: Shown) -> dict[str, Any]:
    """A card with its pages, blocks and problems, for JSON. The problems are in the language of
    this process's reader.
    """
    return {
        "country": card.country,
        "titles": dict(card.titles),
        "broken": card.broken,
        "checked": card.is_checked,
        "faces": [_face(face) for face in card.faces.values()],
        "problems": [*_problems(card)],
    }


def _face(face: ShownLanguage) -> dict[str, Any]:
    return {
        "language": face.language,
        "leaves": [asdict(leaf) for leaf in face.leaves],
        "blocks": [
            {
                "id": block.id,
                "key": block.key,
                "field": block.field,
                "file": block.place.file,
                "line": block.place.line,
                "column": block.place.column,
                "text": block.text,
                "look": block.look,
                "boxes": [[box.page, box.x, box.y, box.width, box.height] for box in block.boxes],
            }
            for block in face.blocks
        ],
    }


def _problems(card: Shown) -> Iterator[dict[str, Any]]:
    """Errors first, then warnings and notes, each in the order of the files, with the block that it
    is about in each language.
    """
    order = list(Severity)
    for problem in sorted(card.problems, key=lambda one: order.index(one.severity)):
        at = {
            name: id_
            for name, face in card.faces.items()
            if (id_ := block_at(problem.place, problem.field, face.blocks))
        }
        yield {
            "code": problem.code,
            "severity": str(problem.severity),
            "message": str(problem.message),
            "advice": str(problem.advice),
            "field": problem.field,
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "page": problem.place.page,
            "at": at,
        }
