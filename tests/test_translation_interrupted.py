"""The status says what is true whatever came before: 200 edits of the source, imports of other
blocks, orphans that are left or removed, imports killed at any moment.
"""

import random
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

from reportcard.content.loading import Content, load
from reportcard.content.model import Card
from reportcard.content.rewrites import Rewrite
from reportcard.content.shelf import ContentFile, Shelf
from reportcard.content.splicing import spliced
from reportcard.translation import confirmation
from reportcard.translation.confirmation import Confirmation, Standing, standings
from reportcard.translation.export import read_back, written
from reportcard.translation.merge import merged
from reportcard.translation.parcel import parcel
from reportcard.translation.stamps import block_ids
from reportcard.translation.status import State
from reportcard.workspace.replacement import finish_interrupted, replace_files, sweep

from .conftest import Copy
from .interruptions import killed_at
from .test_translation_exchange import set_target

FIELDS = (
    "overall.result",
    *(f"dimensions.{one}.findings" for one in ("legal", "policies", "enforcement")),
    "context",
    "recommendations.roads.text",
)
#: An import makes so many changes of files.
MOMENTS = 9
WORD = Confirmation(kept=False, by="Ana", on="2026-11-24")


def words(chance: random.Random) -> str:
    """A text that shares no word with any other."""
    return " ".join(f"w{chance.randrange(10**9)}" for _ in range(7)) + "."


@dataclass(repr=False)
class Desk:
    """A card in two languages, with what its status has to say: by field, the blocks of the source
    with what each needs ("" for nothing), and translations whose source is gone.
    """

    copy: Copy
    content: Content
    chance: random.Random
    blocks: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    orphans: dict[str, list[str]] = field(default_factory=dict)
    #: Fields in which a new block would be one that had changed.
    fresh: set[str] = field(default_factory=set)
    shelf: Shelf = field(default_factory=Shelf)

    @property
    def folder(self) -> Path:
        return self.copy.root / "content/peru"

    def write(self) -> None:
        """Writes the English card."""
        lines = ["title: T", "status: draft", "overall:", "  result: |"]
        texts = {name: [text for text, _ in blocks] for name, blocks in self.blocks.items()}
        lines += _indented(texts["overall.result"], 4)
        lines.append("dimensions:")
        for name in FIELDS[1:4]:
            lines += [f"  {name.split('.')[1]}:", "    findings: |", *_indented(texts[name], 6)]
        lines += ["context: |", *_indented(texts["context"], 2)]
        lines += ["recommendations:", "  roads:", "    title: R", "    text: |"]
        lines += _indented(texts["recommendations.roads.text"], 6)
        (self.folder / "en.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def standing(self) -> tuple[Standing, Content]:
        cards = {}
        for language in ("en", "es"):
            path = f"content/peru/{language}.yaml"
            if (self.copy.root / path).exists():
                data = (self.copy.root / path).read_bytes()
                found, problems = self.shelf.read(ContentFile(path, Card, "peru", "«»“”"), data)
                assert found, problems
                cards[language] = found
        content = replace(self.content, cards=MappingProxyType({"peru": cards}))
        (standing,), problems = standings(self.copy.workspace, content, ("peru",), ("es",))
        assert problems == ()
        return standing, content

    def found(self) -> set[tuple[str, str, str]]:
        """What the status says is to be done: field, the words of the block, what it needs."""
        standing, _ = self.standing()
        return {
            (
                one.unit.name,
                one.source.text if one.source else one.target.text if one.target else "",
                str(one.state),
            )
            for one in standing.blocks
            if not one.state.is_done
        }

    def expected(self) -> set[tuple[str, str, str]]:
        waiting = {
            (name, text, needs)
            for name, blocks in self.blocks.items()
            for text, needs in blocks
            if needs
        }
        return waiting | {
            (name, text, "orphan") for name, texts in self.orphans.items() for text in texts
        }

    def edit(self) -> str:
        """One edit of the source, in a field where nothing else waits; gives its kind."""
        free = [name for name, blocks in self.blocks.items() if not any(one for _, one in blocks)]
        free = [name for name in free if name not in self.fresh]
        if not free:
            return ""
        name = self.chance.choice(free)
        blocks = self.blocks[name]
        at = self.chance.randrange(len(blocks))
        kind = self.chance.choice(["insert", "delete", "reword", "move", "space"])
        text = blocks[at][0]
        if kind == "insert":
            blocks.insert(at, (words(self.chance), "missing"))
        elif kind == "delete" and len(blocks) > 3:
            del blocks[at]
            self.orphans[name].append(self.translation(name, text))
            self.fresh.add(name)
        elif kind == "reword":
            changed = [f"n{self.chance.randrange(10**9)}", *text.split(" ")[1:]]
            blocks[at] = (" ".join(changed), "stale")
        elif kind == "move" and len(blocks) > 4:
            to = (at + self.chance.randrange(2, len(blocks) - 1)) % len(blocks)
            if abs(to - at) > 1:
                del blocks[at]
                blocks.insert(to, (text, "stale"))
        self.write()
        return kind

    def translation(self, name: str, source: str) -> str:
        standing, _ = self.standing()
        return next(
            one.target.text
            for one in standing.blocks
            if one.target and one.unit.name == name and one.before == source
        )

    def sent_back(self) -> tuple[bytes, list[tuple[str, str]]]:
        """A file from a translator who did some of what waits, and changed other blocks."""
        standing, content = self.standing()
        sources = [one for one in standing.blocks if one.source]
        waiting = [one for one in sources if not one.state.is_done]
        done = [one for one in sources if one.state.is_done]
        chosen = self.chance.sample(waiting, self.chance.randint(0, len(waiting)))
        chosen += self.chance.sample(done, min(2, len(done)))
        made = parcel(standing, content)
        ids = {id(block): name for name, block in block_ids(standing.blocks).items()}
        edits = {ids[id(one)]: f"es {words(self.chance)}" for one in chosen}
        taken = [(one.unit.name, one.source.text) for one in chosen if one.source]
        return set_target(written(made, "xliff"), "xliff", edits), taken

    def import_(self, data: bytes) -> None:
        finish_interrupted(self.copy.root)  # as every command does when it finds its workspace
        standing, content = self.standing()
        sweep(self.copy.root, [self.folder])
        (returned,) = read_back(data)
        result = merged(self.copy.workspace, content, standing, returned, WORD)
        assert result.rejected == ()
        replace_files(self.copy.root, result.files)

    def remove_an_orphan(self) -> None:
        """Somebody deletes a translation whose source is gone."""
        name = next((name for name, texts in self.orphans.items() if texts), "")
        if not name:
            return
        gone = self.orphans[name].pop()
        self.fresh -= {name}
        standing, _ = self.standing()
        unit = next(one for one in standing.pair.units if one.name == name)
        left = [one.text for one in unit.target_segments if one.text != gone]
        path = self.folder / "es.yaml"
        rewrite = Rewrite(tuple(name.split(".")), tuple(("paragraph", text) for text in left))
        path.write_bytes(spliced(path.read_bytes(), "es.yaml", [rewrite]))


def _indented(texts: list[str], spaces: int) -> list[str]:
    return [line for text in texts for line in (" " * spaces + text, "")]


def desk(copy: Copy, seed: int) -> Desk:
    content = load(copy.workspace).content
    assert content
    chance = random.Random(seed)
    made = Desk(copy, content, chance)
    for name in FIELDS:
        made.blocks[name] = [(words(chance), "missing") for _ in range(6)]
        made.orphans[name] = []
    made.write()
    for name in ("es.yaml", "es.status.yaml"):
        (made.folder / name).unlink()
    return made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("most", "moments"), [(50, 25), pytest.param(200, 100, marks=pytest.mark.thorough)]
)
def test_edits_imports_and_kills_in_any_order(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, most: int, moments: int
) -> None:
    monkeypatch.setattr("os.fsync", lambda _: None)  # no power is cut here, and disks are slow
    # The same bytes are read once: that is most of the time otherwise
    monkeypatch.setattr(confirmation, "read_sidecar", cache(confirmation.read_sidecar))
    made = desk(copy, 7)
    # The first translation, and its titles
    standing, content = made.standing()
    first = parcel(standing, content)
    everything = {item.id: f"es {words(made.chance)}" for item in first.items}
    made.import_(set_target(written(first, "xliff"), "xliff", everything))
    made.blocks = {name: [(text, "") for text, _ in blocks] for name, blocks in made.blocks.items()}
    assert made.found() == set()
    kinds: dict[str, int] = {}
    at: dict[int, int] = {}
    kills = edits = 0
    while edits < most or kills < moments:
        if kind := made.edit():
            edits += 1
            kinds[kind] = kinds.get(kind, 0) + 1
            assert made.found() == made.expected(), (edits, kind)
        if kind and made.chance.random() < 0.3:
            continue
        before = made.expected()
        data, taken = made.sent_back()
        made.fresh -= {name for name, _ in taken}
        for name, blocks in made.blocks.items():
            blocks[:] = [(text, "" if (name, text) in taken else needs) for text, needs in blocks]
        moment = made.chance.randrange(MOMENTS)
        if killed_at(lambda data=data: made.import_(data), moment, copy.root):  # type: ignore[misc]
            kills += 1
            at[moment] = at.get(moment, 0) + 1
            # Whatever was written: nothing is done that is not, and nothing is to be done that was
            told = {(name, text) for name, text, _ in made.found()}
            assert {one[:2] for one in made.expected()} <= told <= {one[:2] for one in before}
            made.import_(data)
        assert made.found() == made.expected(), (edits, "import")
        assert [one.name for one in made.folder.iterdir() if ".part" in one.name] == []
        if made.chance.random() < 0.1:
            files = [path.read_bytes() for path in sorted(made.folder.glob("es*.yaml"))]
            made.import_(data)
            assert [path.read_bytes() for path in sorted(made.folder.glob("es*.yaml"))] == files
        if made.chance.random() < 0.4:
            made.remove_an_orphan()
            assert made.found() == made.expected(), (edits, "removal")
    assert min(kinds.values()) > most // 13
    assert len(at) > 5, "an import was killed at each of its moments"
    assert State.ORPHAN in {State(state) for _, _, state in made.found()} or not any(
        made.orphans.values()
    )
