"""The status names just the blocks of a card whose source a person changed, whatever kind of block
it is, and whatever came back from translators meanwhile.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import pytest

from reportcard.content.loading import Content, load
from reportcard.content.model import Card
from reportcard.content.shelf import ContentFile, Shelf
from reportcard.translation.confirmation import Confirmation, Standing, standings
from reportcard.translation.export import read_back, written
from reportcard.translation.merge import merged
from reportcard.translation.parcel import parcel
from reportcard.translation.stamps import block_ids
from reportcard.translation.status import State
from reportcard.workspace.replacement import replace_files

from .blocks import with_blocks
from .conftest import Copy
from .test_translation_exchange import set_target

Run = Callable[..., tuple[int, str, str]]
#: A word among others: what an editor replaces, and no name, note, value, link or key.
WORD = re.compile(r"(?<=[a-z] )[a-z]{4,}(?= [a-z])")
MADE = re.compile(r"zq\d+")


@dataclass(repr=False)
class CardOnDesk:
    """A card as files, that a person edits; `waiting` are the words that were typed into it, by
    number, as long as no translation followed.
    """

    copy: Copy
    content: Content
    chance: random.Random
    waiting: set[str] = field(default_factory=set)
    count: int = 0
    shelf: Shelf = field(default_factory=Shelf)

    def standing(self) -> tuple[Standing, Content]:
        cards = {}
        for language in ("en", "es"):
            path = f"content/peru/{language}.yaml"
            file = ContentFile(path, Card, "peru", "«»“”" if language == "es" else "“”‘’")
            found, problems = self.shelf.read(file, (self.copy.root / path).read_bytes())
            assert found, problems
            cards[language] = found
        known = {**self.content.cards, "peru": cards}
        content = replace(self.content, cards=MappingProxyType(known))
        (standing,), problems = standings(self.copy.workspace, content, ("peru",), ("es",))
        assert problems == ()
        return standing, content

    def edit(self) -> str:
        """One edit of the English file as text: a word replaced, or lines broken otherwise."""
        path = self.copy.root / "content/peru/en.yaml"
        text = path.read_text(encoding="utf-8")
        if self.chance.random() < 0.2:
            found = self.chance.choice(list(re.finditer(r"(?<=[a-z],)\n +(?=[a-z])", text)))
            path.write_text(f"{text[: found.start()]} {text[found.end() :]}", encoding="utf-8")
            return "wrap"
        found = self.chance.choice(list(WORD.finditer(text, text.index("\noverall:"))))
        line = text[text.rindex("\n", 0, found.start()) : text.index("\n", found.end())]
        if re.search(r"[#{}<>\[\]]|::: |^\n *[a-z_-]+:", line):
            return ""
        self.count += 1
        made = f"zq{self.count}"
        path.write_text(f"{text[: found.start()]}{made}{text[found.end() :]}", encoding="utf-8")
        self.waiting.add(made)
        return "word"

    def check(self) -> None:
        """Every word that was typed is in a block that the status names, and in each of these is
        one.
        """
        standing, _ = self.standing()
        named = [one for one in standing.blocks if not one.state.is_done]
        assert {one.state for one in named} <= {State.STALE}
        words = [set(MADE.findall(one.source.text if one.source else "")) for one in named]
        assert all(one & self.waiting for one in words), "none is named that was not touched"
        assert set().union(*words) >= self.waiting, "none is left out"

    def import_some(self) -> None:
        """A translator sends some of the blocks back that wait, and some others."""
        standing, content = self.standing()
        waiting = [one for one in standing.blocks if not one.state.is_done]
        done = [one for one in standing.blocks if one.state.is_done]
        prose = [one for one in done if one.source and len(one.source.text) > 90]
        chosen = self.chance.sample(waiting, len(waiting) // 2) + self.chance.sample(prose, 2)
        ids = {id(block): name for name, block in block_ids(standing.blocks).items()}
        edits = {}
        for one in chosen:
            assert one.target
            edits[ids[id(one)]] = f"{one.target.text} Nota{self.chance.randrange(10**9)}."
        data = set_target(written(parcel(standing, content), "xliff"), "xliff", edits)
        (returned,) = read_back(data)
        by = Confirmation(kept=False, by="Ana", on="2026-11-24")
        result = merged(self.copy.workspace, content, standing, returned, by)
        assert result.rejected == ()
        replace_files(self.copy.root, result.files)
        for one in chosen:
            self.waiting -= set(MADE.findall(one.source.text if one.source else ""))


@pytest.mark.slow
@pytest.mark.parametrize("most", [40, pytest.param(200, marks=pytest.mark.thorough)])
def test_edits_of_every_kind_of_block_are_named_and_nothing_else(
    copy: Copy, run: Run, most: int
) -> None:
    with_blocks(copy)
    assert run("translations", "confirm", "peru", "--workspace", str(copy.root))[0] == 0
    content = load(copy.workspace).content
    assert content
    desk = CardOnDesk(copy, content, random.Random(11))
    desk.check()
    kinds: dict[str, int] = {}
    while sum(kinds.values()) < most:
        for _ in range(5):
            if kind := desk.edit():
                kinds[kind] = kinds.get(kind, 0) + 1
        desk.check()
        if desk.chance.random() < 0.4:
            desk.import_some()
            desk.check()
    assert min(kinds["word"], kinds["wrap"]) > most // 10
