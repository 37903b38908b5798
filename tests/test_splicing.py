"""New text into a content file: the bytes of the changed value change, and no other."""

import difflib
from pathlib import Path

import pytest

from reportcard.content.loading import load
from reportcard.content.model import Card
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.segments import segments
from reportcard.content.shelf import ContentFile, Shelf, texts
from reportcard.content.splicing import scalar, spliced
from reportcard.content.tree import Tree
from reportcard.content.yaml import read_tree

from .conftest import ROOT, Copy

FILE = "content/peru/es.yaml"
DATA = (ROOT / FILE).read_bytes()


def card(root: Path) -> list[Rewrite]:
    """Every field of the Spanish card as it is."""
    content = load(Copy(root).workspace).content
    assert content
    model = content.cards["peru"]["es"].model
    return [
        Rewrite(path, tuple((block.kind, block.text) for block in segments(text)))
        for path, text in texts(model)
        if path[0] != "authors"
    ]


def changed_lines(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    # Empty lines are so many that the matcher does not match the one at the end
    told = list(
        difflib.unified_diff(
            before.decode().rstrip("\n").split("\n"),
            after.decode().rstrip("\n").split("\n"),
            lineterm="",
            n=0,
        )
    )[2:]
    assert len(before) - len(before.rstrip(b"\n")) == len(after) - len(after.rstrip(b"\n"))
    return [line[1:] for line in told if line[0] == "-"], [
        line[1:] for line in told if line[0] == "+"
    ]


@pytest.fixture(scope="module")
def fields() -> list[Rewrite]:
    return card(ROOT)


def variants() -> dict[str, bytes]:
    return {
        "as it is": DATA,
        "line ends of Windows": DATA.replace(b"\n", b"\r\n"),
        "with a mark at its head": b"\xef\xbb\xbf" + DATA,
        "without a last line end": DATA.rstrip(b"\n"),
        "with spaces at line ends": DATA.replace(b": |\n", b": |  \n"),
        "with comments": DATA.replace(b"\ncontext: |", b"\n# A comment.\ncontext: |  # another"),
    }


@pytest.mark.parametrize("name", variants())
def test_the_same_text_gives_the_same_bytes(fields: list[Rewrite], name: str) -> None:
    assert spliced(variants()[name], FILE, fields) == variants()[name]


@pytest.mark.long
@pytest.mark.parametrize("name", variants())
def test_each_block_alone_can_be_changed_and_nothing_else_is(
    fields: list[Rewrite], name: str
) -> None:
    """Every 7th block of the card, in turn: what the file says differs in that block, and in no
    other line.
    """
    data = variants()[name]
    spots = [(rewrite, index) for rewrite in fields for index in range(len(rewrite.blocks))][::7]
    assert len(spots) > 15
    for rewrite, index in spots:
        kind, text = rewrite.blocks[index]
        blocks = list(rewrite.blocks)
        blocks[index] = (kind, f"{text} Añadido: sí.")
        made = spliced(data, FILE, [Rewrite(rewrite.path, tuple(blocks))])
        gone, new = changed_lines(data, made)
        assert len(new) == 1
        assert "Añadido: sí." in new[0]
        assert new[0].endswith("\r") == (name == "line ends of Windows")
        assert (
            " ".join(" ".join(gone).split())
            in " ".join(new[0].replace("\r", "").split()).replace(" Añadido: sí.", "")
            or '"' in new[0]
        )


@pytest.mark.parametrize(
    "value",
    [
        "Título: con dos puntos",
        "Título # con almohadilla",
        "- guion",
        "'comillas'",
        '"dobles"',
        "{llaves}",
        "[corchetes]",
        "% por ciento",
        "@ arroba",
        "sí",
        "null",
        "~",
        "12",
        "* a",
        "&b",
        "!c",
        "a\\b",
        "¿Qué?",
    ],
)
@pytest.mark.parametrize(
    "line", ["title: Uno", "title: 'Uno'", 'title: "Uno"  # dicho', "title: >-\n  Uno"]
)
def test_a_line_is_written_so_that_it_is_read_as_typed(value: str, line: str) -> None:
    data = f"{line}\nstatus: draft\n".encode()
    if ">" in line:
        with pytest.raises(SpliceError, match=r'change that to "\|" first'):
            spliced(data, "a.yaml", [Rewrite(("title",), (("line", value),))])
        return
    made = spliced(data, "a.yaml", [Rewrite(("title",), (("line", value),))])
    tree, problems = read_tree(made, "a.yaml")
    assert problems == ()
    assert tree
    assert str(tree.text("title")) == value
    assert made.endswith(b"status: draft\n")
    assert (b"# dicho" in made) == ("dicho" in line)


@pytest.mark.long
@pytest.mark.parametrize(
    "value",
    ["null", "~", "Null", "yes", "no", "true", "1e3", "0x1f", "2024-01-01", "12:30", ".inf", "<<"],
)
@pytest.mark.parametrize("line", ["title: Uno", "title:", 'title: "Uno"', "title: 'Uno'"])
def test_a_word_that_yaml_takes_for_something_else_is_read_as_the_text_it_is(
    value: str, line: str
) -> None:
    """By the reading of a card, to which a plain null says that nothing stands there."""
    data = DATA.replace("title: Ficha de evaluación del Perú".encode(), line.encode())
    made = spliced(data, FILE, [Rewrite(("title",), (("line", value),))])
    card, problems = Shelf().read(ContentFile(FILE, Card, "peru", "«»“”"), made)
    assert list(problems) == []
    assert card
    assert card.model.title == value


@pytest.mark.parametrize("value", ["null", "~"])
def test_what_says_that_nothing_stands_there_is_quoted(value: str) -> None:
    assert scalar(value, "") == f'"{value}"'
    made = spliced(b"a: x\ntitle: Uno\n", "a.yaml", [Rewrite(("title",), (("line", value),))])
    assert made == f'a: x\ntitle: "{value}"\n'.encode()


@pytest.mark.parametrize("text", ["1. uno", "- bala", "una línea\ny otra", "a\u2028b"])
def test_text_that_would_be_read_otherwise_is_refused(text: str) -> None:
    data = b"context: |\n  Uno.\n\n  Dos.\n"
    with pytest.raises(SpliceError):
        spliced(
            data, "a.yaml", [Rewrite(("context",), (("paragraph", "Uno."), ("paragraph", text)))]
        )


def test_blocks_come_and_go_with_the_others_as_they_were() -> None:
    data = b"context: |\n  Uno\n  en dos.\n\n  - bala a\n  - bala b\n\n  Fin.\ntitle: x\n"
    blocks = (
        ("paragraph", "Uno en dos."),
        ("paragraph", "Nuevo."),
        ("bullet", "bala b"),
        ("bullet", "bala c"),
        ("paragraph", "Fin."),
    )
    made = spliced(data, "a.yaml", [Rewrite(("context",), blocks)])
    assert (
        made == b"context: |\n  Uno\n  en dos.\n\n  Nuevo.\n\n  - bala b\n  - bala c\n\n "
        b" Fin.\ntitle: x\n"
    )


def model() -> Tree:
    tree, _ = read_tree((ROOT / "content/peru/en.yaml").read_bytes(), "content/peru/en.yaml")
    assert tree
    return tree


@pytest.mark.parametrize(
    "path",
    [
        ("context",),
        ("overall", "result"),
        ("dimensions", "policies", "findings"),
        ("notes", "maap-233"),
        ("institutions", "sunat"),
        ("recommendations", "social-monitoring", "title"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_field_that_is_not_there_is_added_where_the_other_language_has_it(
    fields: list[Rewrite], path: tuple[str, ...], end: str
) -> None:
    (rewrite,) = [one for one in fields if one.path == path]
    lines = DATA.decode().split("\n")
    tree, _ = read_tree(DATA, FILE)
    assert tree
    key = tree.key(*path)
    stop = key.line
    while stop < len(lines) and (
        not lines[stop].strip() or len(lines[stop]) - len(lines[stop].lstrip()) > key.column - 1
    ):
        stop += 1
    without = end.join(lines[: key.line - 1] + lines[stop:]).encode()
    made = spliced(without, FILE, [rewrite], model())
    after, problems = read_tree(made, FILE)
    assert problems == ()
    assert after
    assert abs(after.key(*path).line - key.line) <= 2, "it stands where it stood"
    assert list(after.root.entries) == list(tree.root.entries)
    assert made.count(b"\r\n") == (made.count(b"\n") if end == "\r\n" else 0)


def test_a_new_recommendation_brings_what_is_alike_in_every_language(fields: list[Rewrite]) -> None:
    parts = [one for one in fields if one.path[:2] == ("recommendations", "new-fronts")]
    tree, _ = read_tree(DATA, FILE)
    assert tree
    start, stop = (
        tree.key("recommendations", "new-fronts").line - 1,
        tree.key("recommendations", "mercury-controls").line - 1,
    )
    lines = DATA.decode().split("\n")
    made = spliced("\n".join(lines[:start] + lines[stop:]).encode(), FILE, parts, model())
    after, _ = read_tree(made, FILE)
    assert after
    assert list(after.root.entries["recommendations"].entries) == list(
        tree.root.entries["recommendations"].entries
    )  # type: ignore[union-attr,index]
    for key in ("institutions", "pictogram"):
        assert after.root.entries["recommendations"].entries["new-fronts"].entries[key] is not None  # type: ignore[union-attr,index]


def test_a_line_is_added_between_braces() -> None:
    data = b"countries:\n  peru: {name: Peru}  # here\n"
    made = spliced(data, "a.yaml", [Rewrite(("countries", "peru", "of"), (("line", "Peru's"),))])
    assert made == b'countries:\n  peru: {name: Peru, of: "Peru\'s"}  # here\n'


def test_a_file_that_cannot_be_read_is_left() -> None:
    with pytest.raises(SpliceError, match="cannot be read"):
        spliced(b"title: [", "a.yaml", [Rewrite(("title",), (("line", "x"),))])


def test_between_braces_a_line_alone_can_be_added() -> None:
    data = b"countries:\n  peru: {name: Peru}\n"
    for parts in (
        [Rewrite(("countries", "peru", "of", "place"), (("line", "x"),))],
        [Rewrite(("countries", "peru", "of", one), (("line", "x"),)) for one in ("place", "time")],
        [Rewrite(("countries", "peru", "of"), (("paragraph", "x"), ("paragraph", "y")))],
    ):
        with pytest.raises(SpliceError, match="put each key on its own line first"):
            spliced(data, "a.yaml", parts)


def test_a_line_that_is_replaced_keeps_its_own_end() -> None:
    made = spliced(
        b"title: Uno\r\nname: Dos\nstatus: draft\n",
        "a.yaml",
        [Rewrite(("title",), (("line", "Tres"),)), Rewrite(("name",), (("line", "Cinco"),))],
    )
    assert made == b"title: Tres\r\nname: Cinco\nstatus: draft\n"


def test_what_comes_first_in_the_other_language_is_added_first() -> None:
    other, _ = read_tree(b"title: One\nname: Two\nstatus: draft\n", "en.yaml")
    made = spliced(
        b"name: Dos\nstatus: draft\n", "a.yaml", [Rewrite(("title",), (("line", "Uno"),))], other
    )
    assert made == b"title: Uno\nname: Dos\nstatus: draft\n"


def test_what_is_added_after_a_text_goes_before_a_comment_on_what_follows() -> None:
    made = spliced(
        b"notes:\n  a: |\n    Uno.\n\n# Of the end.\nstatus: draft\n",
        "a.yaml",
        [Rewrite(("notes", "b"), (("paragraph", "Dos."),))],
    )
    assert made == (b"notes:\n  a: |\n    Uno.\n  b: |\n    Dos.\n\n# Of the end.\nstatus: draft\n")


def test_a_line_becomes_a_text_of_several_blocks() -> None:
    made = spliced(
        b"notes:\n  a: Uno\n  b: Dos\nstatus: draft\n",
        "a.yaml",
        [Rewrite(("notes", "a"), (("paragraph", "Tres."), ("bullet", "x"), ("bullet", "y")))],
    )
    assert made == (b"notes:\n  a: |\n    Tres.\n\n    - x\n    - y\n  b: Dos\nstatus: draft\n")


@pytest.mark.parametrize("text", ["“Plazo”", "‘Plazo’", "„Frist”"])
def test_a_line_between_curly_quotes_is_written_so_that_it_can_be_read(text: str) -> None:
    """Without quotes of YAML they would be taken for a slip of a word processor."""
    assert scalar(text, "") == f'"{text}"'
    assert scalar(f"El {text}", "") == f"El {text}"
