"""What is missing or stale: computed from the source as it is and as it was, block by block."""

import json
import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportcard.content.likeness import word_diff
from reportcard.content.loading import load
from reportcard.content.scalars import ProseText
from reportcard.content.segments import segments
from reportcard.content.tree import Scalar, Text
from reportcard.errors import ExitCode
from reportcard.translation.sidecar import Done, Sidecar, dumped, read_sidecar
from reportcard.translation.status import BlockState, State, states
from reportcard.translation.units import Pair, Unit, pairs

from .conftest import ROOT, Copy

Run = Callable[..., tuple[int, str, str]]


def prose(text: str) -> ProseText:
    return Text(
        text,
        "content/peru/en.yaml",
        Scalar(tuple((row + 1, 1) for row in range(text.count("\n") + 1)), "|"),
    ).as_(ProseText)


# --- segments -------------------------------------------------------------------------------------


def test_a_field_is_its_paragraphs_and_bullets() -> None:
    text = (
        "One\nparagraph.\n\n- a bullet\n  goes on\n-"
        " another\n\n![Map](figures/map.png)\n\nOne\nparagraph.\n"
    )
    told = [(one.kind, one.text, one.rows) for one in segments(prose(text))]
    assert told == [
        ("paragraph", "One paragraph.", (0, 2)),
        ("bullet", "a bullet goes on", (3, 5)),
        ("bullet", "another", (5, 6)),
        ("picture", "![Map](figures/map.png)", (7, 8)),
        ("paragraph", "One paragraph.", (9, 11)),
    ]
    keys = [one.key for one in segments(prose(text))]
    assert len(set(keys)) == 5
    assert keys[4] == f"{keys[0]}-2"


def test_keys_are_those_of_the_blocks_on_the_page(copy: Copy) -> None:
    content = load(copy.workspace).content
    assert content
    card = content.cards["peru"]["es"]
    of_page = [paragraph.key for paragraph in card.prose["context"].paragraphs()]
    assert card.model.context
    assert [one.key for one in segments(card.model.context)] == of_page


# --- states ---------------------------------------------------------------------------------------


def unit(source: list[str] | None, target: list[str] | None) -> Unit:
    one, other = (
        None if blocks is None else prose("\n\n".join(blocks) + "\n") for blocks in (source, target)
    )
    place = other if other is not None else one
    assert place is not None
    return Unit("peru", "context", one, other, place.place)


def told(
    source: list[str] | None, target: list[str] | None, done: list[Done] | None
) -> list[tuple[str, str]]:
    pair = Pair("peru", "en", "es", (unit(source, target),))
    sidecar = None if done is None else Sidecar("en", {"context": tuple(done)})
    return [
        (block.source.text if block.source else "", str(block.state))
        for block in states(pair, sidecar)
    ]


def done(source: list[str], target: list[str], *, kept: bool = False) -> list[Done]:
    keys = [one.key for one in segments(prose("\n\n".join(target) + "\n"))]
    return [
        Done(text, key, kept, "someone", "2026-11-24")
        for text, key in zip(source, keys, strict=True)
    ]


EN = [
    "Gold is mined.",
    "Rivers are dredged, and mercury is used.",
    "The law forbids dredges.",
    "Few are caught.",
]
ES = [
    "Se extrae oro.",
    "Se dragan ríos y se usa mercurio.",
    "La ley prohíbe las dragas.",
    "Pocos son atrapados.",
]


def test_what_was_translated_and_not_changed_is_current() -> None:
    assert [state for _, state in told(EN, ES, done(EN, ES))] == ["current"] * 4
    assert [state for _, state in told(EN, ES, done(EN, ES, kept=True))] == ["kept"] * 4


def test_what_nobody_confirmed_is_stale_and_what_is_not_there_missing() -> None:
    assert [state for _, state in told(EN, ES[:3], None)] == ["stale", "stale", "stale", "missing"]
    assert [state for _, state in told(EN, None, None)] == ["missing"] * 4
    assert [state for _, state in told(None, ES, None)] == ["orphan"] * 4


def test_a_changed_block_alone_is_stale() -> None:
    now = [EN[0], EN[1], "The law forbids all dredges.", EN[3]]
    assert [state for _, state in told(now, ES, done(EN, ES))] == [
        "current",
        "current",
        "stale",
        "current",
    ]


def test_a_new_block_is_missing_and_one_that_went_an_orphan() -> None:
    now = [EN[0], "A new paragraph on roads.", *EN[1:]]
    assert told(now, ES, done(EN, ES))[1] == ("A new paragraph on roads.", "missing")
    assert told(EN[1:], ES, done(EN, ES))[-1] == ("", "orphan")


def test_a_block_that_moved_is_stale_and_no_other() -> None:
    now = [EN[3], *EN[:3]]
    assert [state for _, state in told(now, ES, done(EN, ES))] == [
        "stale",
        "current",
        "current",
        "current",
    ]


def test_a_translation_edited_since_stays_with_its_block() -> None:
    target = [ES[0], "Se dragan los ríos y se utiliza mercurio.", *ES[2:]]
    assert [state for _, state in told(EN, target, done(EN, ES))] == ["current"] * 4


def test_a_translation_that_was_deleted_is_missing() -> None:
    assert [state for _, state in told(EN, [ES[0], *ES[2:]], done(EN, ES))] == [
        "current",
        "missing",
        "current",
        "current",
    ]


def test_white_space_is_no_change() -> None:
    pair = Pair(
        "peru",
        "en",
        "es",
        (
            Unit(
                "peru",
                "context",
                prose("Gold  is\nmined.\n\n\nRivers are dredged, and\nmercury is used.\n"),
                prose("\n\n".join(ES[:2])),
                prose("x").place,
            ),
        ),
    )
    sidecar = Sidecar("en", {"context": tuple(done(EN[:2], ES[:2]))})
    assert {block.state for block in states(pair, sidecar)} == {State.CURRENT}


def test_a_sidecar_of_another_source_says_nothing() -> None:
    pair = Pair("peru", "pt", "es", (unit(EN, ES),))
    assert {
        str(block.why) for block in states(pair, Sidecar("en", {"context": tuple(done(EN, ES))}))
    } == {"never confirmed"}


def blocks(
    source: list[str] | None, target: list[str] | None, done: list[Done] | None
) -> list[BlockState]:
    pair = Pair("peru", "en", "es", (unit(source, target),))
    return list(states(pair, None if done is None else Sidecar("en", {"context": tuple(done)})))


def test_each_state_says_why_and_with_what_it_was_compared() -> None:
    now = [EN[3], EN[1] + " It harms.", "A new paragraph on roads and rivers.", EN[0]]
    found = {
        (one.number, str(one.state)): (
            str(one.why),
            one.source and one.source.text,
            one.target and one.target.text,
            one.before,
        )
        for one in blocks(now, ES, done(EN, ES))
    }
    assert found == {
        (1, "stale"): ("the source has been reordered", EN[3], ES[3], EN[3]),
        (2, "stale"): ("the source has changed", now[1], ES[1], EN[1]),
        (3, "missing"): ("new in the source", now[2], None, ""),
        (4, "current"): ("", EN[0], ES[0], EN[0]),
        (3, "orphan"): ("deleted from the source", None, ES[2], EN[2]),
    }


def test_what_has_no_counterpart_says_why() -> None:
    (one, *_) = blocks(EN, None, None)
    assert (one.number, str(one.why), one.target) == (1, "not translated", None)
    (one, *_) = blocks(None, ES, None)
    assert (one.number, str(one.why), one.source) == (
        1,
        "the source does not have this field",
        None,
    )
    assert one.target
    assert one.target.text == ES[0]
    found = blocks(EN, ES[:3], None)
    assert [(one.number, str(one.why)) for one in found] == [
        (1, "never confirmed"),
        (2, "never confirmed"),
        (3, "never confirmed"),
        (4, "not translated"),
    ]
    assert [one.target and one.target.text for one in found] == [*ES[:3], None]
    gone = blocks(EN, [ES[0], *ES[2:]], done(EN, ES))[1]
    assert (gone.number, str(gone.why), gone.before) == (2, "the translation was deleted", EN[1])


def test_an_orphan_whose_translation_went_too_is_none() -> None:
    assert len(blocks(EN[1:], ES[1:], done(EN, ES))) == 3


def test_edited_translations_stay_in_their_order_between_those_that_were_not() -> None:
    target = ["Nuevo uno.", ES[1], "Nuevo tres.", "Nuevo cuatro."]
    found = blocks(EN, target, done(EN, ES))
    assert [str(one.state) for one in found] == ["current"] * 4
    assert [one.target and one.target.text for one in found] == target
    more = blocks(EN, ["Nuevo uno.", "De más.", *ES[1:]], done(EN, ES))
    assert [one.target and one.target.text for one in more] == ["Nuevo uno.", *ES[1:], "De más."]
    assert (str(more[-1].state), str(more[-1].why)) == (
        "orphan",
        "the source does not have this block",
    )
    # Nothing stands between the two that are as they were.
    fewer = blocks(EN[:3], [ES[0], ES[2], "Otro."], done(EN[:3], ES[:3]))
    assert [str(one.state) for one in fewer] == ["current", "missing", "current", "orphan"]
    # What stands before the two that are as they were is not what came after them.
    earlier = blocks(EN[:3], ["Otro.", *ES[:2]], done(EN[:3], ES[:3]))
    assert [str(one.state) for one in earlier] == ["current", "current", "missing", "orphan"]


def test_a_translation_that_was_moved_is_not_taken_for_one_that_was_edited() -> None:
    target = [ES[2], "Nuevo uno.", ES[1]]
    found = blocks(EN[:3], target, done(EN[:3], ES[:3]))
    assert [one.target and one.target.text for one in found] == ["Nuevo uno.", ES[1], ES[2]]


def test_a_state_stands_at_its_translation_and_counts_the_words_to_do() -> None:
    first, second, *_ = blocks(EN, ES, done(["Other gold.", *EN[1:]], ES))
    assert (str(first.state), str(second.state)) == ("stale", "current")
    assert (first.words, second.words) == (3, 0)
    assert (first.place.line, second.place.line) == (1, 3)
    (missing, *_) = blocks(EN, None, None)
    assert (missing.words, missing.place) == (3, missing.unit.place)
    (orphan, *_) = blocks(None, ES, None)
    assert orphan.words == 0
    assert not State.STALE.is_done
    assert State.KEPT.is_done


def test_a_change_is_told_in_words() -> None:
    assert word_diff("Gold was mined.", "Gold is mined illegally.") == (
        ("same", "Gold "),
        ("gone", "was"),
        ("new", "is"),
        ("same", " mined"),
        ("new", " illegally"),
        ("same", "."),
    )


# --- 200 edits of the real card -------------------------------------------------------------------


def bodies(root: Path) -> list[tuple[str, list[str]]]:
    """The fields of several blocks of the English card with their blocks' lines as typed."""
    content = load(Copy(root).workspace).content
    assert content
    (pair,) = pairs(content, ("peru",), ("es",))
    return [
        (one.name, [block.text for block in one.source_segments])
        for one in pair.units
        if len(one.source_segments) > 3
    ]


def edited(
    blocks: list[str], kind: str, chance: random.Random
) -> tuple[list[str], set[tuple[str, str]]]:
    """The blocks after one edit, and what the status has to say of it: the source's text now, or ""
    and what it was.
    """
    at = chance.randrange(len(blocks))
    words = blocks[at].split(" ")
    match kind:
        case "insert":
            new = f"Paragraph number {chance.randrange(10**9)} is entirely new here."
            return [*blocks[:at], new, *blocks[at:]], {(new, "missing")}
        case "delete":
            return blocks[:at] + blocks[at + 1 :], {("", "orphan")}
        case "reword":
            spot = chance.randrange(len(words))
            new = " ".join([*words[:spot], f"word{chance.randrange(10**6)}", *words[spot + 1 :]])
        case "punctuation":
            spot = chance.randrange(len(words))
            new = " ".join([*words[: spot + 1], "–", *words[spot + 1 :]])
        case "whitespace":
            return blocks, set()
        case _:
            to = (
                (at + chance.randrange(2, len(blocks) - 1)) % len(blocks) if len(blocks) > 3 else at
            )
            moved = blocks[:at] + blocks[at + 1 :]
            moved.insert(to, blocks[at])
            return moved, ({(blocks[at], "stale")} if abs(to - at) > 1 else set())
    return [*blocks[:at], new, *blocks[at + 1 :]], {(new, "stale")}


@pytest.mark.long
def test_200_random_edits_are_named_and_nothing_else(copy: Copy) -> None:
    chance = random.Random(42)
    fields = bodies(copy.root)
    assert len(fields) >= 4
    counts: dict[str, int] = {}
    for _ in range(200):
        name, blocks = chance.choice(fields)
        kind = chance.choice(["insert", "delete", "reword", "punctuation", "whitespace", "reorder"])
        now, expected = edited(blocks, kind, chance)
        target = [f"Traducción {number} de este bloque." for number in range(len(blocks))]
        joint = "\n\n" if kind != "whitespace" else "\n\n\n"
        source = prose(
            joint.join(text.replace(" ", "\n", 1) if kind == "whitespace" else text for text in now)
            + "\n"
        )
        pair = Pair(
            "peru",
            "en",
            "es",
            (Unit("peru", name, source, prose("\n\n".join(target) + "\n"), source.place),),
        )
        sidecar = Sidecar("en", {name: tuple(done(blocks, target))})
        found = {
            (one.source.text if one.source else "", str(one.state))
            for one in states(pair, sidecar)
            if not one.state.is_done
        }
        if kind == "reorder" and not expected:
            assert len(found) == 1, "of two neighbours that changed places, one was moved"
        else:
            assert found == expected, (kind, name)
        counts[kind] = counts.get(kind, 0) + 1
    assert min(counts.values()) > 15


# --- the sidecar ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        'a "quoted" word',
        "a \\ b",
        "tab\there",
        "– « » ñ 漢",
        "# no comment: here",
        "{{ score.total }}[^a]",
        "'",
    ],
)
def test_a_sidecar_is_read_as_it_was_written(text: str) -> None:
    sidecar = Sidecar(
        "en", {"context": (Done(text, "abc", True, 'A "B"', "2026-11-24"),), "title": ()}
    )
    read, problems = read_sidecar(dumped(sidecar), "es.status.yaml")
    assert problems == ()
    assert read
    assert read.fields["context"] == sidecar.fields["context"]


@pytest.mark.long
def test_the_repository_s_own_translation_is_current(run: Run) -> None:
    code, out, _ = run("translations", "status", "--workspace", str(ROOT))
    assert code == 0, out
    assert re.findall(r"(\d+) (?:stale|missing|orphan)", out) == ["0"] * 6


# --- the commands ---------------------------------------------------------------------------------


@pytest.mark.long
def test_a_change_of_the_source_is_told_with_old_and_new_words(copy: Copy, run: Run) -> None:
    copy.edit(
        "content/peru/en.yaml",
        "deforested some 139,169 hectares",
        "deforested about 139,169 hectares",
    )
    code, out, _ = run("translations", "status", "peru", "--workspace", str(copy.root))
    assert code == ExitCode.DIFFERENT
    assert "126 current · 0 kept · 1 stale · 0 missing · 0 orphaned · 41 words to translate" in out
    assert re.search(
        r"stale +content/peru/es.yaml:\d+:\d+  context, block 2: the source has changed", out
    )
    assert "deforested [-some-]{+about+} 139,169 hectares" in out


@pytest.mark.long
def test_a_change_of_the_wording_concerns_every_card(copy: Copy, run: Run) -> None:
    copy.edit(
        "content/wording/en.yaml",
        "programme: Amazon Gold Governance Review",
        "programme: Gold Review",
    )
    _, out, _ = run("translations", "status", "--language", "es", "--workspace", str(copy.root))
    assert re.search(r"stale +content/wording/es.yaml:6:14  edition.programme, block 1", out)


@pytest.mark.slow
def test_a_word_that_it_fits_and_one_that_it_needs_nothing(copy: Copy, run: Run) -> None:
    space = ("--workspace", str(copy.root))
    copy.edit("content/peru/en.yaml", "deforested some 139,169", "deforested about 139,169")
    code, out, err = run(
        "translations",
        "keep",
        "peru",
        "--language",
        "es",
        "--field",
        "context",
        "--by",
        "Ana",
        *space,
    )
    assert (code, err) == (0, "")
    assert "content/peru/es.status.yaml" in out
    _, out, _ = run("translations", "status", "peru", *space)
    assert "126 current · 1 kept · 0 stale" in out
    copy.edit("content/peru/en.yaml", "deforested about 139,169", "deforested nearly 139,169")
    assert "1 stale" in run("translations", "status", "peru", *space)[1]
    assert run("translations", "confirm", "peru", "--by", "Ana", *space)[0] == 0
    assert "127 current · 0 kept · 0 stale" in run("translations", "status", "peru", *space)[1]
    assert 'by: "Ana"' in (copy.root / "content/peru/es.status.yaml").read_text(encoding="utf-8")


@pytest.mark.long
def test_a_new_paragraph_cannot_be_confirmed_before_it_is_translated(copy: Copy, run: Run) -> None:
    copy.edit("content/peru/en.yaml", "context: |\n", "context: |\n  A first paragraph.\n\n")
    code, _, err = run(
        "translations", "confirm", "peru", "--field", "context", "--workspace", str(copy.root)
    )
    assert code == ExitCode.CONTENT
    assert "[TRANSLATION-BLOCKS]" in err
    assert "Split the text into the same paragraphs and bullets as the source." in err


@pytest.mark.long
def test_a_field_that_is_none_is_told(copy: Copy, run: Run) -> None:
    before = (copy.root / "content/peru/es.status.yaml").read_bytes()
    code, _, err = run(
        "translations", "confirm", "peru", "--field", "kontext", "--workspace", str(copy.root)
    )
    assert code == ExitCode.CONTENT
    assert "[TRANSLATION-MISSING]" in err
    assert (copy.root / "content/peru/es.status.yaml").read_bytes() == before


@pytest.mark.long
def test_programs_get_every_block(copy: Copy, run: Run) -> None:
    code, out, _ = run(
        "translations", "status", "peru", "--format", "json", "--workspace", str(copy.root)
    )
    blocks = json.loads(out)
    assert code == 0
    assert len(blocks) == 127
    assert {block["state"] for block in blocks} == {"current"}
    assert all(block["source"] and block["translation"] and block["line"] for block in blocks)


@pytest.mark.long
def test_fields_in_another_order_are_the_same(copy: Copy, run: Run) -> None:
    path = copy.root / "content/peru/es.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("context: |")
    end = start + re.search(r"\n(?=\S)", text[start:]).end()  # type: ignore[union-attr]
    path.write_text(
        text[:start] + text[end:].rstrip("\n") + "\n" + text[start:end], encoding="utf-8"
    )
    assert run("translations", "status", "peru", "--workspace", str(copy.root))[0] == 0


@pytest.mark.long
def test_a_card_can_be_written_in_another_language_first(copy: Copy, run: Run) -> None:
    copy.edit(
        "content/edition.yaml",
        "source_language: en",
        "source_language: en\nsource_languages: {peru: es}",
    )
    _, out, _ = run("translations", "status", "--workspace", str(copy.root))
    assert "peru, es to en:" in out
    assert "wording, en to es:" in out


@pytest.mark.long
def test_a_language_without_a_card_is_all_missing(copy: Copy, run: Run) -> None:
    (copy.root / "content/peru/es.yaml").unlink()
    _, out, _ = run("translations", "status", "peru", "--workspace", str(copy.root))
    assert "0 current · 0 kept · 0 stale · 127 missing" in out
    # One line for the file, and where the details are
    assert out.splitlines()[1:] == [
        "  missing      content/peru/en.yaml  127 blocks: not translated",
        "To list each block, add --all.",
    ]
    _, out, _ = run("translations", "status", "peru", "--all", "--workspace", str(copy.root))
    assert out.count("  missing      content/peru/en.yaml") == 127


@pytest.mark.long
def test_what_is_alike_in_a_section_is_counted_and_a_change_is_not(copy: Copy, run: Run) -> None:
    path = copy.root / "content/peru/es.status.yaml"
    text = path.read_text(encoding="utf-8")
    # Nothing of the recommendations was confirmed; one paragraph has another source
    text = re.sub(r"(?ms)^  recommendations\..*?(?=^  (?!recommendations|  )\S|\Z)", "", text)
    path.write_text(text, encoding="utf-8")
    copy.edit("content/peru/en.yaml", "deforested some 139,169", "deforested about 139,169")
    _, out, _ = run("translations", "status", "peru", "--workspace", str(copy.root))
    assert re.search(
        r"stale        content/peru/es.yaml  recommendations  \d+ blocks: never confirmed", out
    )
    assert "context, block 2: the source has changed" in out
    assert len(out.splitlines()) == 5, out


@pytest.mark.long
def test_a_damaged_sidecar_is_told_at_its_place(copy: Copy, run: Run) -> None:
    (copy.root / "content/peru/es.status.yaml").write_text("fields: [\n", encoding="utf-8")
    code, _, err = run("translations", "status", "peru", "--workspace", str(copy.root))
    assert code == ExitCode.CONTENT
    assert "content/peru/es.status.yaml" in err


@pytest.mark.long
def test_it_works_without_git_and_under_another_name(copy: Copy, run: Run, tmp_path: Path) -> None:
    shutil.move(copy.root, tmp_path / "elsewhere")
    shutil.move(tmp_path / "elsewhere/content/peru", tmp_path / "elsewhere/content/republica")
    assert (
        run("translations", "status", "republica", "--workspace", str(tmp_path / "elsewhere"))[0]
        == 0
    )


def content_files(copy: Copy) -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in (copy.root / "content").rglob("*.yaml")}


@pytest.mark.slow
def test_no_command_takes_a_file_that_cannot_be_read_for_one_that_is_not_written(
    copy: Copy, run: Run, tmp_path: Path
) -> None:
    """What was confirmed would be forgotten, and what a translator sent refused."""
    here = ("--workspace", str(copy.root))
    job = tmp_path / "job.po"
    assert (
        run(
            "translations",
            "export",
            "peru",
            "--language",
            "es",
            "--format",
            "po",
            "--output",
            str(job),
            *here,
        )[0]
        == 0
    )
    data = job.read_bytes()
    with (copy.root / "content/peru/es.yaml").open("ab") as file:
        file.write(b"a: [\n")
    before = content_files(copy)
    for arguments in (
        ("status", "peru"),
        ("confirm", "peru", "--language", "es"),
        ("keep",),
        ("import", str(job)),
        ("export", "peru", "--language", "es", "--output", str(job)),
    ):
        code, _, err = run("translations", *arguments, *here)
        assert code == ExitCode.CONTENT, arguments
        assert "content/peru/es.yaml" in err
        assert "cannot be read" in err
        assert "delete" not in err, "that would lose the history"
    assert content_files(copy) == before
    assert job.read_bytes() == data
    assert run("build", "--parallel", *here)[0] == ExitCode.CONTENT
    assert not (copy.root / "output").exists()


UNREADABLE: dict[str, Callable[[bytes], bytes]] = {
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "a misspelt key": lambda data: data.replace(b"\ncontext:", b"\nkontext:"),
}


@pytest.mark.long
@pytest.mark.parametrize(
    ("fault", "language"), [("UTF-16", "es"), ("a misspelt key", "es"), ("UTF-16", "en")]
)
def test_no_history_is_lost_to_a_fault(copy: Copy, run: Run, fault: str, language: str) -> None:
    path = copy.root / f"content/peru/{language}.yaml"
    path.write_bytes(UNREADABLE[fault](path.read_bytes()))
    before = content_files(copy)
    code, _, err = run("translations", "confirm", "--workspace", str(copy.root))
    assert (code, f"content/peru/{language}.yaml" in err) == (ExitCode.CONTENT, True)
    assert content_files(copy) == before


@pytest.mark.long
def test_a_status_or_a_file_with_fallback_that_is_no_file_is_told(copy: Copy, run: Run) -> None:
    copy.edit("content/edition.yaml", "  es:\n", "  es:\n    fallback: true\n")
    for name in ("es.yaml", "es.status.yaml"):
        path = copy.root / "content/peru" / name
        data = path.read_bytes()
        path.unlink()
        os.mkfifo(path)
        code, _, err = run("translations", "confirm", "peru", "--workspace", str(copy.root))
        assert (code, f"content/peru/{name}" in err) == (ExitCode.CONTENT, True), err
        path.unlink()
        path.write_bytes(data)


@pytest.mark.long
@pytest.mark.parametrize("gone", ["es", "en"])
def test_a_file_that_is_gone_takes_nothing_from_the_status(copy: Copy, run: Run, gone: str) -> None:
    (copy.root / f"content/peru/{gone}.yaml").unlink()
    before = (copy.root / "content/peru/es.status.yaml").read_bytes()
    _, out, _ = run(
        "translations",
        "confirm",
        "peru",
        "--language",
        "es",
        "--by",
        "me",
        "--workspace",
        str(copy.root),
    )
    assert "Nothing to confirm" in out
    assert (copy.root / "content/peru/es.status.yaml").read_bytes() == before
