"""What a manuscript's headings and paragraphs are compared with: the wording that all cards of a
language share.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Final, Self

from reportcard.content.loading import Content
from reportcard.content.prose import Run
from reportcard.intake.headings import own_heading
from reportcard.intake.manuscript import plain
from reportcard.scores.values import values_of

#: A heading is taken for one of the wording from this likeness of letters; “Marco legal” and
#: “Marcos legales” have 0.88.
_LIKE: Final = 0.75
#: A paragraph resembles the shared wording from this likeness of words.
_RESEMBLING: Final = 0.8
#: Numbering before a heading: 1., 2.3), IV –, B., and a word with a number and a sign, as in
#: “Dimension 1:”.
_NUMBERING: Final = re.compile(
    r"\s*(?:\(?(?:\d+(?:\.\d+)*|[IVXivx]+|[A-Za-z])[.):]\s*|\(?(?:\d+(?:\.\d+)*|[IVX]+)\)?\s*[–—-]\s*|[^\W\d]{3,14}\s+(?:\d+|[IVX]+)\s*[:.–—-]\s*)"
)
#: The parts of the wording that a manuscript can repeat.
_SHARED: Final = (
    "edition.",
    "scoreboard",
    "overall.",
    "dimensions.",
    "context.",
    "recommendations.",
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the wording, or one that authors use instead of it: the field that the text
    under it goes to, and how the wording has it. `joins` if it names several parts of a card; the
    field is empty if a person has to divide the text among them.
    """

    field: str
    written: str
    is_same: bool = True
    is_own: bool = False
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a language by their plain words, and the paragraphs of its wording, as they
    read for a country.

    `institutions` are the words before these names in every language of the edition, the card's
    own first: people keep those of the manuscript that they translate.
    """

    headings: Mapping[str, Heading]
    shared: Mapping[str, str]
    institutions: tuple[str, ...]

    @classmethod
    def of(cls, content: Content, country: str, language: str) -> Self:
        """The outline of a country's card in a language."""
        wording, values = content.wordings[language], values_of(content, country, language)
        texts: dict[str, str] = {}
        for name, prose in wording.prose.items():
            if name.startswith(_SHARED):
                for paragraph in values.bind(prose)[0].paragraphs():
                    words = "".join(one.text for one in paragraph.inlines if isinstance(one, Run))
                    texts.setdefault(words, name)
        shared = {plain(words): name for words, name in reversed(texts.items())}
        for id_, dimension in content.scoreboard.model.dimensions.items():
            for name, category in dimension.categories.items():
                named = wording.model.dimensions[id_].categories[name]
                for words in (
                    f"{named.name} {named.definition}",
                    f"{category.letter} {named.name} {named.definition}",
                ):
                    shared[plain(words)] = f"dimensions.{id_}.categories.{name}.definition"
        headings = {}
        for name, prose in wording.prose.items():
            if field := _field(name):
                written = "".join(
                    one.text for one in values.bind(prose)[0].line if isinstance(one, Run)
                )
                headings[plain(written)] = Heading(field, written)
        models = [
            wording.model,
            *(other.model for name, other in content.wordings.items() if name != language),
        ]
        institutions = tuple(plain(str(one.recommendations.institutions)) for one in models)
        for one in models:
            words = str(one.labels.authors)
            headings.setdefault(plain(words), Heading("authors", words))
        return cls(MappingProxyType(headings), MappingProxyType(shared), institutions)

    def heading(self, text: str, *, alike: bool) -> Heading | None:
        """The heading that a line is, in the words of the wording or in an author's own; with
        `alike`, one that it resembles or contains, if there is only one.
        """
        for words in (plain(text), plain(unnumbered(text)[1])):
            if words in self.headings:
                return self.headings[words]
        if own := self._own(text, loose=alike):
            return own
        if not alike or not words:
            return None
        near = [(self._likeness(words, known), heading) for known, heading in self.headings.items()]
        best = max(near, key=lambda one: one[0])
        rivals = [share for share, heading in near if heading.field != best[1].field]
        if best[0] < _LIKE or best[0] - max(rivals, default=0) < 0.05:
            return None
        return Heading(best[1].field, best[1].written, is_same=False)

    def _own(self, text: str, *, loose: bool) -> Heading | None:
        fields = {words: heading.field for words, heading in self.headings.items()}
        title = unnumbered(text)[1].strip()
        # A word with a full stop is a sentence.
        found = None if title.endswith(".") else own_heading(title, fields, loose=loose)
        if found is None:
            return None
        field = found.field
        written = next((one.written for one in self.headings.values() if one.field == field), field)
        is_same = field == "authors"
        return Heading(field, written, is_same, is_own=True, joins=len(set(found.fields)) > 1)

    def is_authors(self, lead: str) -> bool:
        """Whether words before a colon announce authors."""
        found = self.heading(lead, alike=False)
        return found is not None and found.field == "authors"

    def is_shared(self, text: str) -> str:
        """The field of the wording that has exactly this paragraph; empty if none has."""
        words = plain(text)
        return (
            self.shared.get(words) or self.shared.get(plain(unnumbered(text)[1]), "")
            if words
            else ""
        )

    def resembling(self, text: str) -> str:
        """The field of the wording that has almost this paragraph; empty if none has."""
        words = plain(text).split()
        if len(words) < 8:
            return ""
        for known, name in self.shared.items():
            matcher = SequenceMatcher(None, words, known.split(), autojunk=False)
            if (
                matcher.real_quick_ratio() >= _RESEMBLING
                and matcher.quick_ratio() >= _RESEMBLING
                and matcher.ratio() >= _RESEMBLING
            ):
                return name
        return ""

    def is_institutions(self, lead: str) -> bool:
        """Whether words before a colon announce institutions: they share a long word with the
        wording's own.
        """
        typed = plain(lead)
        return len(typed.split()) <= 5 and any(
            _share_a_word(own, typed) for own in self.institutions
        )

    @staticmethod
    def _likeness(words: str, known: str) -> float:
        """1 for the same letters; a heading of two words or more that the other contains counts as
        nearly the same.
        """
        for inner, outer in ((words, known), (known, words)):
            if " " in inner and f" {inner} " in f" {outer} ":
                return 0.95
        return SequenceMatcher(None, words, known, autojunk=False).ratio()


def unnumbered(text: str) -> tuple[str, str]:
    """The numbering before a heading, and the heading."""
    match = _NUMBERING.match(text)
    at = match.end() if match and text[match.end() :].strip() else 0
    return text[:at], text[at:]


def _share_a_word(own: str, typed: str) -> bool:
    """Whether two leads begin a long word alike and resemble each other as a whole."""
    stems = {word[:6] for word in own.split() if len(word) > 6}
    return (
        any(word[:6] in stems for word in typed.split())
        and SequenceMatcher(None, own, typed, autojunk=False).ratio() >= 0.6
    )


def _field(name: str) -> str:
    """The field of a card that has this line of the wording as its heading; empty if none has."""
    parts = name.split(".")
    if parts[0] == "dimensions" and len(parts) == 3 and parts[2] in ("name", "short"):
        return f"dimensions.{parts[1]}.findings"
    own = {
        "overall.heading": "overall.result",
        "context.heading": "context",
        "recommendations.heading": "recommendations",
        "labels.authors": "authors",
    }
    return own.get(name, "")
