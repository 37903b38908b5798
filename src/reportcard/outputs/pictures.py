"""A card's pictures for social media, set in the styles of its pages and drawn pixel by pixel, with
an alternative text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from reportcard.build.inventory import SoundWorkspace, ordered, read_workspace
from reportcard.build.publish import publish
from reportcard.checks.scoreboard import lacking
from reportcard.content.sizes import PictureSize
from reportcard.content.wording import PicturesWording
from reportcard.messages.message import Hole, Message
from reportcard.outputs.rules import PICTURE_CUT
from reportcard.page.compose.card import organisations, parted_title
from reportcard.page.compose.composed import Composed, Section
from reportcard.page.compose.compositor import Compositor
from reportcard.page.compose.templates import TemplateFaultError, render
from reportcard.page.gauges import Gallery, Gauge, gauge_of
from reportcard.page.styles import Styles
from reportcard.page.typeset.layout import LaidOut
from reportcard.page.typeset.measures import Box
from reportcard.page.typeset.screen import screened
from reportcard.pdf.portraits import published_picture
from reportcard.problems.logs import listening
from reportcard.problems.problem import Place, Problem, has_errors, in_reading_order
from reportcard.problems.rule import Stage
from reportcard.problems.waivers import judged
from reportcard.scores.results import TOTAL, contenders
from reportcard.scores.values import values_of
from reportcard.workspace.store import Store
from reportcard.workspace.workspace import Workspace

_MOST_GAUGES: Final = 3
"""How many dimensions have a gauge of their own on a picture; more of them are listed."""
_HAIR: Final = 0.3
_HYPHENS: Final = "-‐\u00ad"


def pictures(
    read: SoundWorkspace, countries: Sequence[str], languages: Sequence[str], gallery: Gallery
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The pictures of some cards, whose content has no errors: `peru-en-1200x630.png`, and
    `peru-en-alt.txt` with their alternative text.

    What was found is judged; a card with an error has no files.
    """
    files: dict[str, bytes] = {}
    found: list[Problem] = []
    for language in languages:
        wording = read.content.wordings[language]
        if wording.model.pictures is None:
            found.append(lacking(wording, "pictures", list(PicturesWording.model_fields)))
            continue
        for country in countries:
            try:
                drawn, faults = _pictures(read, country, language, gallery)
            except TemplateFaultError as error:
                drawn, faults = {}, [error.problem]
            files |= {} if has_errors(judged(faults, {}, Stage.LAYOUT)) else drawn
            found.extend(faults)
    return files, judged(each_text_once(found), {}, Stage.LAYOUT)


def each_text_once(found: Sequence[Problem]) -> Iterator[Problem]:
    """The problems, with one for all pictures on which a text does not fit."""
    cut: dict[tuple[Place, str], list[Problem]] = {}
    for problem in found:
        if problem.code == PICTURE_CUT.code:
            cut.setdefault((problem.place, problem.field), []).append(problem)
        else:
            yield problem
    for (place, field), problems in cut.items():
        holes = [dict(one.message.holes) for one in problems if isinstance(one.message, Message)]
        pictures = tuple(dict.fromkeys(name for one in holes for name in _names(one["pictures"])))
        yield PICTURE_CUT.at(place, field=field, text=holes[0]["text"], pictures=pictures)


def _names(hole: Hole) -> tuple[Hole, ...]:
    return hole if isinstance(hole, tuple) else (hole,)


def export_pictures(
    workspace: Workspace, countries: tuple[str, ...], languages: tuple[str, ...], output: Path
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Puts the pictures of some cards (none named: of all) into a folder; the paths written, and
    the problems.

    Raises ReportCardError if a country or a language does not exist (USAGE) or files cannot be
    written (OUTPUT).
    """
    read = read_workspace(workspace)
    if not isinstance(read, SoundWorkspace):
        return (), read.problems
    countries, languages = ordered(read.content, countries, languages)
    sound = [country for country in countries if not has_errors(read.by_country[country])]
    files, found = pictures(read, sound, languages, Gallery(Store(workspace.cache)))
    problems = (*chain.from_iterable(read.by_country[country] for country in countries), *found)
    return publish(output, files) if files else (), in_reading_order(problems)


def _pictures(
    read: SoundWorkspace, country: str, language: str, gallery: Gallery
) -> tuple[dict[str, bytes], list[Problem]]:
    values = values_of(read.content, country, language)
    composer = Pictures(read, Compositor(read.content, values, language))
    files: dict[str, bytes] = {}
    found: list[Problem] = []
    alt = composer.alt()
    for name, size in shapes(read.styles).items():
        file = composer.file(size)
        with listening(file, found):
            laid, faults = composer.fitted(name, size, gallery)
            found.extend(faults)
            files[file] = published_picture(
                screened(laid.documents[name]).pdf, size.width, size.height
            )
    text = "".join(f"{file}\n{alt}\n\n" for file in files)
    return files | {f"{country}-{language}-alt.txt": f"{text.rstrip()}\n".encode()}, found


def shapes(styles: Styles) -> Mapping[str, PictureSize]:
    """The shapes that pictures are drawn in: those with a size and a page in the style sheets. The
    sheets of an older workspace have fewer.
    """
    return {
        name: size
        for name, size in styles.sizes.pictures.shapes.items()
        if re.search(rf"@page\s+picture-{name}\b", styles.css)
    }


@dataclass(frozen=True, slots=True)
class _Shown:
    """A gauge on a picture: its drawing and address, what is scored, a remark (provisional, not
    published), the dimension's number.
    """

    gauge: Gauge
    source: str
    name: str
    remark: str
    number: int
    #: The name of the remark among the wording's labels.
    remark_key: str = ""
    #: What is beside a name in a list and before its remark below it: an asterisk, or n/a.
    mark: str = "*"


@dataclass(frozen=True, slots=True)
class _Text:
    """A text on a picture, and the place and field of the content that it comes from."""

    text: str
    place: Place
    field: str


@dataclass(slots=True)
class Pictures:
    """The pictures of one card in one language."""

    read: SoundWorkspace
    prose: Compositor

    def alt(self) -> str:
        """The alternative text of the pictures, a paragraph."""
        status = self.prose.card.model.status
        head = ", ".join([self.prose.plain("title"), self.prose.label("edition.programme")])
        sentences = [
            head if status == "final" else f"{head} ({self.prose.label(f'labels.{status}')})",
            self.prose.spoken(TOTAL, "pictures.total"),
            *([rank] if (rank := self._rank()) else []),
            *(self.prose.spoken(id_, f"dimensions.{id_}.short") for id_ in self._dimensions()),
            ", ".join(name for name, _ in self._signatures()),
        ]
        return " ".join(f"{sentence}." for sentence in sentences if sentence)

    def file(self, size: PictureSize) -> str:
        """The name of the picture of a size: `peru-en-1200x630.png`."""
        return f"{self.prose.values.country}-{self.prose.language}-{size.name}.png"

    def fitted(
        self, name: str, size: PictureSize, gallery: Gallery
    ) -> tuple[LaidOut, tuple[Problem, ...]]:
        """The picture on its page, its title in the largest size in which everything has room, and
        what has none in the smallest.
        """
        drawn: Mapping[str, bytes] | None = None
        for title in size.titles:
            card, texts = self._composed(name, title)
            drawn = drawn or dict(zip(card.gauges, gallery.draw(card.gauges.values()), strict=True))
            laid = self.read.typesetter.lay_out(card, drawn)
            faults = tuple(self._cut(laid, texts, self.file(size)))
            if not faults:
                break
        return laid, faults

    def _composed(self, name: str, title: int) -> tuple[Composed, Mapping[str, Sequence["_Text"]]]:
        """The picture with its title in a size, and the texts of each of its parts."""
        prose = self.prose
        status = prose.card.model.status
        named = [
            (TOTAL, "pictures.total"),
            *((id_, f"dimensions.{id_}.short") for id_ in self._dimensions()),
        ]
        total, *dimensions = (
            self._shown(number, key, name) for number, (key, name) in enumerate(named)
        )
        is_listed = len(dimensions) > _MOST_GAUGES
        remarks = {one.remark: one for one in dimensions if one.remark}
        view = self._view(status) | {
            "shape": name,
            "title_size": title,
            "total": total,
            "dimensions": dimensions,
            "is_listed": is_listed,
            "remarks": [f"{one.mark} {remark}" for remark, one in remarks.items()],
        }
        card_title = prose.card.tree.at("title"), f"{prose.values.country}/title"
        texts: Mapping[str, list[_Text]] = {
            "words": [
                *(_Text(view[key], *card_title) for key in ("before", "this_country", "after")),
                self._label(view["programme"], "edition.programme"),
                self._label(view["rank"], "pictures.rank"),
                self._label(view["status"], f"labels.{status}"),
            ],
            "panel": [
                self._label(text, path)
                for one, (_, named_at) in zip((total, *dimensions), named, strict=True)
                for text, path in (
                    (one.name, named_at),
                    *(() if is_listed and one.number else ((one.remark, one.remark_key),)),
                )
            ]
            + [self._label(text, one.remark_key) for text, one in remarks.items() if is_listed],
            "foot": self._organisation_texts(),
        }
        drawn = (total,) if is_listed else (total, *dimensions)
        gauges = {one.source: one.gauge for one in drawn}
        section = Section(name, render(self.read.styles, "picture.html", **view), is_page=True)
        return Composed(
            prose.values.country,
            prose.language,
            prose.plain("title"),
            (section,),
            prose.origins,
            (),
            gauges,
            {},
            (),
            "",
            None,
        ), texts

    def _view(self, status: str) -> dict[str, Any]:
        """What every picture of this card says, whatever its shape."""
        prose = self.prose
        before, country, after = parted_title(prose)
        signatures = list(self._signatures())
        return {
            "language": prose.language,
            "card_title": prose.plain("title"),
            "programme": prose.label("edition.programme"),
            "status": "" if status == "final" else prose.label(f"labels.{status}"),
            "before": before,
            "this_country": country,
            "after": after,
            "rank": self._rank(),
            "organisations": [name for name, _ in signatures],
            "logos": [(name, logo) for name, logo in signatures if logo],
            "names": [name for name, logo in signatures if not logo],
            "colour": self.read.styles.colour,
        }

    def _shown(self, number: int, key: str, name: str) -> "_Shown":
        """The gauge of a score: of the total, or of the dimension of a number from 1."""
        kind = "picture" if number else "total"
        result = self.prose.values.results[self.prose.values.country].scores[key]
        gauge = replace(
            gauge_of(self.prose.values, self.read.styles, kind, key, number),
            form=self.read.content.edition.model.gauge,
        )
        is_absent = gauge.share is None and result.is_applicable
        remark = "not_published" if is_absent else "provisional" if gauge.provisional else ""
        words = self.prose.label(f"labels.{remark}") if remark else ""
        if not result.is_applicable:
            remark, words = "not_applicable_key", self.prose.values.not_applicable[1]
        return _Shown(
            gauge,
            f"drawings/{gauge.key}.svg",
            self.prose.label(name),
            words,
            number,
            f"labels.{remark}",
            "*" if result.is_applicable else gauge.score,
        )

    def _label(self, text: str, path: str) -> "_Text":
        """A text of the wording, at its line there."""
        place = self.prose.wording.tree.at(*path.split("."))
        return _Text(text, place, f"wording/{path}")

    def _dimensions(self) -> Sequence[str]:
        return list(self.prose.content.scoreboard.model.dimensions)

    def _signatures(self) -> list[tuple[str, str]]:
        """The organizations on the cover: their names, and the paths of their logos (empty:
        none).
        """
        edition = self.prose.content.edition.model
        listed = organisations(self.read.workspace, self.prose, edition.cover)
        return [(name, logo) for name, logo, _ in listed]

    def _organisation_texts(self) -> list["_Text"]:
        """The names of those without a logo."""
        edition = self.prose.content.edition
        return [
            _Text(
                str(edition.model.organisations[id_].name),
                edition.tree.at("organisations", id_, "name"),
                "",
            )
            for id_ in edition.model.cover
            if not self.read.workspace.logo(id_)
        ]

    def _rank(self) -> str:
        """The country's rank by the total; empty if it is not known, or there is no other."""
        values = self.prose.values
        rank, count = values.results[values.country].ranks.get(TOTAL), contenders(values.results)
        return (
            self.prose.label("pictures.rank", rank=str(rank), count=str(count))
            if rank and count > 1
            else ""
        )

    def _cut(
        self, laid: LaidOut, parts: Mapping[str, Sequence["_Text"]], picture: str
    ) -> Iterator[Problem]:
        """Parts of the picture (`words`, `panel`, `foot`) that a line overflows, or that the engine
        left words out of for lack of room: the first text of each that does not fit.
        """
        for part, texts in parts.items():
            lines = [line for line in laid.lines if line.id == part]
            out = [
                line.text.strip()
                for line in lines
                if line.room < -_HAIR or not _is_inside(line.box, laid.boxes[part][0])
            ]
            lost = lost_words([one.text for one in texts], [line.text for line in lines])
            if out or lost:
                cut = (out or lost)[0]
                longest = max(texts, key=lambda one: len(one.text))
                source = next((one for one in texts if _has(one.text, cut)), longest)
                yield PICTURE_CUT.at(
                    source.place, field=source.field, text=source.text, pictures=(picture,)
                )


def lost_words(texts: Sequence[str], lines: Sequence[str]) -> list[str]:
    """The words of some texts that are not in the lines that they were set in, in small letters and
    without hyphens, in any order. A word that is divided between two lines is there.
    """
    printed: Counter[str] = Counter()
    divided = ""
    for first, *others in filter(None, (line.casefold().split() for line in lines)):
        printed.update(map(_letters, (first, *others, *([divided + first] if divided else ()))))
        # The number of a disc can be between the two lines.
        last = [first, *others][-1]
        divided = last if last[-1] in _HYPHENS else divided
    return list(Counter(map(_letters, " ".join(texts).casefold().split())) - printed)


def _letters(word: str) -> str:
    return word.translate(dict.fromkeys(map(ord, _HYPHENS))) or word


def _has(text: str, words: str) -> bool:
    """Whether a text has some words, in any capitals and with any hyphens."""
    found, wanted = (_letters(" ".join(one.casefold().split())) for one in (text, words))
    return wanted in found


def _is_inside(box: Box, part: Box) -> bool:
    return (
        box.page == part.page
        and box.x >= part.x - _HAIR
        and box.y >= part.y - _HAIR
        and box.x + box.width <= part.x + part.width + _HAIR
        and box.y + box.height <= part.y + part.height + _HAIR
    )
