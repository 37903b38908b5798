"""What search engines and those who share a page learn of it: metadata, faces in other languages,
structured data.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

#: Search engines show about so many characters of a description.
_DESCRIPTION: Final = 160


@dataclass(frozen=True, slots=True)
class Face:
    """A page in one language: the language's code and its name in itself, the file, and its address
    (the file itself while the address on the web is not known).
    """

    language: str
    name: str
    file: str
    address: str


@dataclass(frozen=True, slots=True)
class Head:
    """All that the head of a page needs. `faces` are this page in every language that there is,
    `index` is the list's file or empty; `image` and `address` are absolute, or empty while the web
    address is not known. `data` is JSON that cannot end its element.
    """

    title: str
    description: str
    authors: Sequence[str]
    is_final: bool
    status: str
    faces: Sequence[Face]
    index: str
    address: str
    image: str
    sharing: Sequence[tuple[str, str]]
    data: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A page in few words, as others show it: its kind (`article`, `website`), title, description
    and language; `address` and `image` are absolute, or empty while the web address is not known.
    """

    kind: str
    title: str
    description: str
    language: str
    address: str = ""
    image: str = ""


def cut(text: str) -> str:
    """The beginning of a text as a description: whole words, and a sign that more follows."""
    text = " ".join(text.split())
    if len(text) <= _DESCRIPTION:
        return text
    return text[: _DESCRIPTION - 1].rpartition(" ")[0].rstrip(" ,;:—–-(") + "…"


def sharing(page: Summary, faces: Sequence[Face]) -> list[tuple[str, str]]:
    """What networks show of a page that is shared (the Open Graph protocol): properties with their
    values.
    """
    others = [
        ("og:locale:alternate", face.language.replace("-", "_"))
        for face in faces
        if face.language != page.language
    ]
    properties = [
        ("og:title", page.title),
        ("og:description", page.description),
        ("og:type", page.kind),
        ("og:locale", page.language.replace("-", "_")),
        *others,
        ("og:url", page.address),
        ("og:image", page.image),
        ("og:image:width", "1200" if page.image else ""),
        ("og:image:height", "630" if page.image else ""),
        ("og:image:alt", page.title if page.image else ""),
    ]
    return [(name, value) for name, value in properties if value]


def scripted(data: Mapping[str, Any]) -> str:
    """Structured data (schema.org, JSON-LD 1.1, section 7) without what is empty; no text in it can
    end a script element.
    """
    text = json.dumps({"@context": "https://schema.org"} | _filled(data), ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _filled(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}
