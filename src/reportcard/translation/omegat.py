"""A project for OmegaT, as a zip: XLIFF with copies of the source as targets, and what is finished
in the project's memory.

OmegaT takes a target for the text to translate, whatever its state; and it cuts at sentences unless
the project says otherwise, so that half a paragraph could be translated. Tried with 3.6.
"""

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from reportcard.content.loading import Content
from reportcard.language.glossary import terms
from reportcard.translation import xliff
from reportcard.translation.codes import Code, CodeKind, Piece, coded, numbered_like
from reportcard.translation.memory import MemoryEntry, tmx_of
from reportcard.translation.parcel import Item, Parcel

#: The folders of a project, by the names that OmegaT gives them.
_FOLDERS: Final = (
    ("source_dir", "source"),
    ("target_dir", "target"),
    ("tm_dir", "tm"),
    ("glossary_dir", "glossary"),
    ("dictionary_dir", "dictionary"),
)
#: OmegaT names a tag by the first letter of the code, or f.
_LETTER: Final = re.compile(r"[^\W\d_]")


def project(parcel: Parcel, content: Content, version: str) -> dict[str, bytes]:
    """The files of a project by their path; a folder ends in a slash. `version` is the
    program's.
    """
    name = f"{parcel.scope}-{parcel.language}"
    finished, earlier = _memories(parcel)
    files = {
        "omegat.project": _settings(parcel),
        f"source/{name}.xlf": xliff.dumped(parcel, with_copies=True),
        "omegat/project_save.tmx": tmx_of(finished, parcel, version),
        "tm/earlier.tmx": tmx_of(earlier, parcel, version),
        "glossary/glossary.txt": _glossary(parcel, content),
    }
    files |= {f"{folder}/": b"" for _, folder in _FOLDERS}
    return {f"{name}/{path}": data for path, data in files.items()}


def _memories(parcel: Parcel) -> tuple[list[MemoryEntry], list[MemoryEntry]]:
    """What is finished, as OmegaT shows it; and translations of earlier sources, and what it cannot
    show.
    """
    finished, earlier = [], []
    for item in parcel.items:
        shown = _shown(item) if item.target and item.state.is_done else None
        if shown:
            finished.append(MemoryEntry(item.id, *shown))
        elif item.target:
            earlier.append(MemoryEntry(item.id, item.before or item.source, item.target))
    return finished, earlier


def _shown(item: Item) -> tuple[str, str] | None:
    """Source and translation of a block as OmegaT shows them, tags for codes; None if the
    translation lacks codes that OmegaT keeps out of sight at both ends.
    """
    source = coded(item.source)
    target = numbered_like(coded(item.target), source)
    start, end = _visible(source)
    before, after = _text(source[:start]), _text(source[end:])
    text = _text(target)
    if not (text.startswith(before) and text.endswith(after)) or start == end:
        return None
    tags = _tags(source[start:end])
    inner = coded(text[len(before) : len(text) - len(after)])
    hidden = tuple(piece for piece in (*source[:start], *source[end:]) if isinstance(piece, Code))
    if any(code.number in {one.number for one in hidden} for code in _codes(source[start:end])):
        return None
    shown = numbered_like(inner, source[start:end])
    known = {
        (code.number, code.end): (code.text, tags[code.number, code.end])
        for code in _codes(source[start:end])
    }
    made = ""
    for piece in shown:
        if isinstance(piece, str):
            made += piece
        else:
            text_there, tag = known.get((piece.number, piece.end), ("", ""))
            made += tag if piece.text == text_there else piece.text
    return _as_shown(source[start:end], tags).strip(), made.strip()


def _codes(pieces: Sequence[Piece]) -> list[Code]:
    return [piece for piece in pieces if isinstance(piece, Code)]


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


def _visible(pieces: Sequence[Piece]) -> tuple[int, int]:
    """From which piece to before which OmegaT shows a text: without codes at its ends, but for
    those whose other half is among its words.
    """
    words = [
        index for index, piece in enumerate(pieces) if isinstance(piece, str) and piece.strip()
    ]
    if not words:
        return 0, 0
    first, last = words[0], words[-1]
    inner = {
        piece.number
        for piece in pieces[first : last + 1]
        if isinstance(piece, Code) and _is_paired(piece)
    }
    ends = [
        index
        for index, piece in enumerate(pieces)
        if isinstance(piece, Code) and _is_paired(piece) and piece.number in inner
    ]
    return min([first, *ends]), max([last, *ends]) + 1


def _is_paired(code: Code) -> bool:
    return bool(code.end) and code.kind is not CodeKind.LINK


def _tags(pieces: Sequence[Piece]) -> dict[tuple[int, str], str]:
    """The tags that OmegaT shows for codes, by number and end."""
    found: dict[tuple[int, str], str] = {}
    count = 0
    for code in _codes(pieces):
        if _is_paired(code) and code.end == "close":
            opened = found.get((code.number, "open"), "")
            found[code.number, code.end] = opened.replace("<", "</")
            continue
        letter = _LETTER.search(code.text)
        name = f"{letter[0].lower() if letter else 'f'}{count}"
        count += 1
        found[code.number, code.end] = f"<{name}>" if _is_paired(code) else f"<{name}/>"
    return found


def _as_shown(pieces: Sequence[Piece], tags: dict[tuple[int, str], str]) -> str:
    return "".join(
        piece if isinstance(piece, str) else tags[piece.number, piece.end] for piece in pieces
    )


def _settings(parcel: Parcel) -> bytes:
    root = etree.Element("omegat")
    made = etree.SubElement(root, "project", attrib={"version": "1.0"})
    for name, _ in _FOLDERS:
        etree.SubElement(made, name).text = "__DEFAULT__"
    for name, value in (
        ("glossary_file", "__DEFAULT__"),
        ("source_lang", parcel.source_language.upper()),
        ("target_lang", parcel.language.upper()),
        ("sentence_seg", "false"),
        ("support_default_translations", "true"),
        ("remove_tags", "false"),
    ):
        etree.SubElement(made, name).text = value
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True, pretty_print=True
    )


def _glossary(parcel: Parcel, content: Content) -> bytes:
    """The terms in lines of three columns: source, target, comment."""
    lines = []
    for term in terms(content).values():
        source, target = (term.names.get(one) for one in (parcel.source_language, parcel.language))
        if source and target:
            lines.append(f"{source}\t{target}\t{term.note or ''}".rstrip("\t"))
    return ("\n".join(lines) + "\n").encode()
