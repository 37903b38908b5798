"""The program's messages, read off its source, and their catalogues in other languages:

    python -m tests.catalogue

writes new messages into src/reportcard/messages/*.po, without translation, and removes those that
are no longer in the source. A translator then fills in what is empty, with Poedit or an editor.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "reportcard"
FOLDER = SOURCE / "messages"
#: Keywords of a rule, and of commands and their options, that people read.
_OF_RULES = ("message", "advice", "why")
_OF_COMMANDS = ("help", "metavar")
_HOLE = re.compile(r"\{([a-z_]+)\}")
#: What the library writes into a head and nobody here keeps: dates, people, addresses.
_DATED = re.compile(
    rb'^"(?:Project-Id|Report-Msgid|POT-Creation|PO-Revision|Last-T|Language-Team|Generated).*\n',
    re.M,
)


@dataclass(frozen=True)
class Said:
    """A message in the source: its text, the form for several if there is one, and where."""

    text: str
    plural: str
    file: str
    line: int

    @property
    def key(self) -> str | tuple[str, str]:
        """What a catalogue knows it by."""
        return (self.text, self.plural) if self.plural else self.text

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


def said(root: Path = SOURCE) -> Iterator[Said]:
    """Every message of the program, in the order of its files."""
    for path in sorted(root.rglob("*.py")):
        file = path.relative_to(root.parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for text, plural in _of_call(node):
                    yield Said(text, plural, file, node.lineno)


def _of_call(node: ast.Call) -> Iterator[tuple[str, str]]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name == "message":
        texts = [text for argument in node.args if (text := _text(argument)) is not None]
        if texts:
            yield texts[0], texts[1] if len(texts) > 1 else ""
    elif name == "Rule":
        yield from ((text, "") for text in _keywords(node, _OF_RULES))
        for keyword in node.keywords:
            if keyword.arg == "cases" and isinstance(keyword.value, ast.Dict):
                for value in keyword.value.values:
                    for part in getattr(value, "elts", ()):
                        if text := _text(part):
                            yield text, ""
    else:
        yield from ((text, "") for text in _keywords(node, _OF_COMMANDS))


def _keywords(node: ast.Call, names: tuple[str, ...]) -> Iterator[str]:
    for keyword in node.keywords:
        if keyword.arg in names and (text := _text(keyword.value)):
            yield text


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def holes(text: str) -> frozenset[str]:
    """The names of the holes of a message."""
    return frozenset(_HOLE.findall(text))


def catalogue(file: Path) -> Catalog:
    """The catalogue in a file."""
    with file.open("rb") as source:
        return read_po(source, locale=file.stem)


def renewed(old: Catalog) -> Catalog:
    """The same with all that is said now, and nothing else."""
    new = Catalog(locale=old.locale, project="reportcard", charset="utf-8", fuzzy=False)
    new.header_comment = old.header_comment
    for one in said():
        before = old.get(one.text)
        string = before.string if before and bool(one.plural) == before.pluralizable else None
        entry = new.get(one.text)
        # The lines would change with every edit of the program; the files are enough to find them
        places = [*(entry.locations if entry else ()), (one.file, None)]
        new.add(
            one.key,
            string,
            locations=list(dict.fromkeys(places)),
            flags=before.flags - {"python-format", "python-brace-format"} if before else (),
            user_comments=before.user_comments if before else (),
        )
    return new


def main() -> None:
    for file in sorted(FOLDER.glob("*.po")):
        new = renewed(catalogue(file))
        target = BytesIO()
        write_po(target, new, width=100, sort_output=True)
        file.write_bytes(_DATED.sub(b"", target.getvalue()))
        print(f"{file.name}: {sum(not entry.string for entry in new if entry.id)} not translated")


if __name__ == "__main__":
    sys.exit(main())
