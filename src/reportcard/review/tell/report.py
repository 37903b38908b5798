"""A comparison as one HTML file that reviewers open in a browser: it fetches nothing, and keeps
what they mark.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import Any, Final

from reportcard.messages.message import Message, message
from reportcard.review.changes import Comparison, recorded
from reportcard.review.tell.words import known, words

#: The parts of the script in their order, after the one shared by all pages: the last one begins.
_SCRIPTS: Final = ("data", "list", "pages", "record", "report")
#: What a picture is, by how it begins.
_PICTURES: Final = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
)
_NO_PICTURE: Final = message("a page image is not a PNG, JPEG or WebP file")
#: What would end a script element, or begin one, is written so that only JSON reads it.
_IN_MARKUP: Final = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})


def report(
    comparisons: Sequence[Comparison],
    images: Mapping[tuple[int, str, int], bytes],
    language: str = "en",
) -> bytes:
    """The report of comparisons, file by file, as HTML, at first in `language` (in English if it
    has no words in that).

    `images` are pictures (PNG, JPEG or WebP) of trimmed pages, by the comparison's index, "old" or
    "new", and the page's number; those that are alike are kept once, and a page may have none.
    Raises ValueError if one is not such a picture.
    """
    spoken = known(language)
    numbers: dict[bytes, int] = {}
    for image in images.values():
        numbers.setdefault(image, len(numbers))
    data = recorded(comparisons)
    for file, one in zip(data["files"], comparisons, strict=True):
        file["reasons"] = {code: _written(one.failed, code) for code in words()}
    data["images"] = {
        f"{file}:{side}:{page}": numbers[image] for (file, side, page), image in images.items()
    }
    style, script = _text("page/report.css"), _script()
    # One pass: the text of a PDF is never searched for the names of other parts.
    page = Template(_text("page/report.html")).substitute(
        language=spoken,
        title=words()[spoken]["texts"]["title"],
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        words=_json(words()),
        data=_json(data),
        images="\n".join(_elements(numbers)),
    )
    return page.encode()


def _script() -> str:
    shared = files("reportcard.page.compose").joinpath("templates/ui.js").read_text("utf-8")
    return "".join((shared, *(_text(f"page/{name}.js") for name in _SCRIPTS)))


def _text(name: str) -> str:
    return files("reportcard.review.tell").joinpath(name).read_text("utf-8")


def _written(words: Message | str, language: str) -> str:
    return words.written(language) if isinstance(words, Message) else words


def _hash(text: str) -> str:
    """What allows an element of the page, and nothing else, to be a style or a script."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _json(value: Any) -> str:
    """JSON in ASCII for an element of HTML: nothing in it ends the element."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).translate(_IN_MARKUP)


def _elements(numbers: Mapping[bytes, int]) -> Iterator[str]:
    for image, number in numbers.items():
        yield (
            f'<script type="text/plain" id="image-{number}"'
            f' data-type="{_type(image)}">{b64encode(image).decode()}</script>'
        )


def _type(image: bytes) -> str:
    for begins, name in _PICTURES:
        if begins.match(image):
            return name
    raise ValueError(_NO_PICTURE)
