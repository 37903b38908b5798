"""Texts of generated cards: plain sentences on forests and rivers, put together from words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from ruamel.yaml import YAML

#: The longest label below a gauge, in characters.
_LABEL: Final = 72


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language: the file `words/<language>.yaml`. `wording` are texts that all cards
    share, by their keys with dots.
    """

    given: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.given[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def wording(self) -> dict[str, str]:
        """Texts that all cards share; none where the repository has the wording itself."""
        wording: dict[str, str] = self.given.get("wording", {})
        return wording


@cache
def words(language: str) -> Words:
    """Those of a language. Raises OSError if it has none."""
    path = Path(__file__).parent / "words" / f"{language}.yaml"
    return Words(YAML(typ="safe").load(path.read_text(encoding="utf-8")))


@dataclass(slots=True)
class Writer:
    """Writes a card's texts; `calls` are the note calls that are still to be set."""

    words: Words
    random: Random
    calls: list[str]

    def sentence(self) -> str:
        """A sentence. Some have a number with its unit, or bold words."""
        one = self.random.choice
        subject, verb, thing = (
            one(self.words.given[key]) for key in ("subjects", "verbs", "objects")
        )
        tail = one(self.words.tails).format(
            n=self.random.randint(110, 990), p=self.random.randint(2, 98)
        )
        if self.random.random() < 0.25:
            thing = f"**{thing}**"
        return f"{subject} {verb} {thing} {tail}."

    def clause(self) -> str:
        """A definition: what follows a name."""
        text = self.sentence().replace("**", "")
        return f"{text[0].lower()}{text[1:]}\n"

    def called(self, share: float) -> str:
        """A sentence, with the next note's call if it has its turn."""
        text = self.sentence()
        if self.calls and self.random.random() < share:
            return f"{text[:-1]}[^{self.calls.pop(0)}]."
        return text

    def paragraphs(self, sentences: int, share: float = 0.0, *, bullets: bool = False) -> str:
        """So many sentences in paragraphs; with `bullets`, some of them as lists."""
        blocks: list[str] = []
        left = max(1, sentences)
        while left > 0:
            count = min(left, self.random.randint(1, 4))
            left -= count
            if bullets and blocks and left and self.random.random() < 0.5:
                items = min(left, self.random.randint(2, 4))
                left -= items
                lead = self.sentence()[:-1]
                listed = "\n".join(f"- {self.called(share)}" for _ in range(items))
                blocks.extend((f"{lead}:", listed))
            else:
                blocks.append("\n".join(self.called(share) for _ in range(count)))
        return "\n\n".join(blocks) + "\n"

    def name(self, *, long: bool) -> str:
        """The name of a dimension or category, no longer than a label may be (LABEL-LENGTH)."""
        topic = str(self.random.choice(self.words.topics))
        longer = f"{topic} {self.random.choice(self.words.further)}" if long else topic
        return longer if len(longer) <= _LABEL else topic

    def title(self, taken: Sequence[str]) -> str:
        """The title of a recommendation, of one action or two."""
        first, second = self.random.sample(self.words.titles, 2)
        return f"{first}; {second[0].lower()}{second[1:]}" if len(taken) % 3 == 1 else str(first)

    def note(self, number: int) -> str:
        """A source."""
        path = f"{'-'.join(self.random.choices(('river', 'forest', 'soil', 'map'), k=3))}-{number}"
        source = self.words.note.format(
            office=self.random.choice(self.words.offices),
            title=self.random.choice(self.words.titles),
            n=number,
            path=path,
        )
        return str(source)
