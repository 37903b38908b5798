"""Changes inside a finished Spanish card that no file of the content says, for
benchmarks/planted.py.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Name

Doing = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Inside:
    """A change of a file, what is to be found, and its page (0: of the file)."""

    name: str
    do: Doing
    found: tuple[tuple[str, str], ...]
    page: int = 0


def changed(data: bytes, edit: Inside) -> bytes:
    """The file with a change."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit.do(pdf)
        pdf.save(target)
    return target.getvalue()


# --- letters painted ------------------------------------------------------------------------------


def letters(page: pikepdf.Page, font: str) -> dict[str, str]:
    """What each code of a font of a page shows, by its `ToUnicode`: code in hex → text."""
    data = page.Resources.Font[font].ToUnicode.read_bytes().decode("latin-1")
    return {
        code.lower(): bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"<([0-9A-Fa-f]{4})>\s*<((?:[0-9A-Fa-f]{4})+)>\s*\n", data)
    }


def retyped(page: int, text: str, new: str, nth: int = 0) -> Doing:
    """Paints another text of the same length and font, where `text` is painted from a page on
    for the `nth` time.
    """

    def do(pdf: pikepdf.Pdf) -> None:
        for sheet in list(pdf.pages)[page - 1 :]:
            work = pikepdf.parse_content_stream(sheet)
            shown = list(_codes(sheet, work))
            whole = "".join(letter for *_, letter in shown)
            if text in whole:
                break
        at = -1
        for _ in range(nth + 1):
            at = whole.index(text, at + 1)
        # A ligature is several letters of one code
        at = [number for number, (*_, letter) in enumerate(shown) for _ in letter][at]
        out = [list(one) for one in work]
        for letter, place in zip(new, range(at, at + len(text)), strict=True):
            number, item, offset, font, _ = shown[place]
            codes = {shows: code for code, shows in letters(sheet, font).items()}
            operands = out[number][0]
            holder = operands[0] if item is not None else operands
            index = item if item is not None else 0
            raw = bytearray(bytes(holder[index]))
            raw[offset : offset + 2] = bytes.fromhex(codes[letter])
            holder[index] = pikepdf.String(bytes(raw))
        sheet.Contents = pdf.make_stream(
            pikepdf.unparse_content_stream([(one[0], one[1]) for one in out])
        )

    return do


def _codes(
    sheet: pikepdf.Page, work: list[pikepdf.ContentStreamInstruction]
) -> Iterator[tuple[int, int | None, int, str, str]]:
    """Each letter painted: the number of its instruction, of its string in that, where in it; its
    font, and what it shows.
    """
    font, maps = "", dict[str, dict[str, str]]()
    for number, (operands, operator) in enumerate(work):
        if str(operator) == "Tf":
            font = str(operands[0])
            maps.setdefault(font, letters(sheet, font))
        if str(operator) not in ("TJ", "Tj"):
            continue
        strings = list(enumerate(operands[0])) if str(operator) == "TJ" else [(None, operands[0])]
        for item, one in strings:
            if isinstance(one, pikepdf.String):
                raw = bytes(one)
                for offset in range(0, len(raw), 2):
                    code = raw[offset : offset + 2].hex()
                    yield number, item, offset, font, maps[font].get(code, "\ufffd")


# --- the structure, the links, the file -----------------------------------------------------------


def named(pdf: pikepdf.Pdf, beginning: str) -> pikepdf.Dictionary:
    """The first element of structure whose ID begins so."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and str(thing.get(Name.ID, "")).startswith(
            beginning
        ):
            return thing
    raise AssertionError(beginning)


def linked(text: str, new: str) -> Doing:
    """Another address of the first link whose address has this text; empty: no link."""

    def do(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            for one in page.obj.get(Name.Annots, ()):
                if Name.A in one and text in str(one.A.get(Name.URI, "")):
                    if new:
                        one.A.URI = pikepdf.String(new)
                    else:
                        page.obj.Annots = pikepdf.Array(
                            [other for other in page.obj.Annots if other != one]
                        )

    return do


def figure(text: str, new: str) -> Doing:
    """Another alternative text of the figure whose own has this text."""

    def do(pdf: pikepdf.Pdf) -> None:
        found = next(
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and text in str(one.get(Name.Alt, ""))
        )
        found.Alt = pikepdf.String(new)

    return do


def typed(beginning: str, key: str, value: object) -> Doing:
    """Another key of an element of structure."""

    def do(pdf: pikepdf.Pdf) -> None:
        named(pdf, beginning)[key] = value

    return do


def info(key: str, value: str) -> Doing:
    """Another entry of what the file says of itself."""

    def do(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo[key] = value

    return do


def box(page: int, key: str, *sides: float) -> Doing:
    """Another box of a page."""

    def do(pdf: pikepdf.Pdf) -> None:
        pdf.pages[page - 1].obj[key] = pikepdf.Array(list(sides))

    return do


def painted(page: int, what: bytes) -> Doing:
    """Something painted on a page, over all that it has."""

    def do(pdf: pikepdf.Pdf) -> None:
        pdf.pages[page - 1].contents_add(b"q " + what + b" Q")

    return do


def turned(pdf: pikepdf.Pdf) -> None:
    """A page turned upside down."""
    pdf.pages[5].rotate(180, relative=True)


def doubled(pdf: pikepdf.Pdf) -> None:
    """A blank page before the last."""
    pdf.add_blank_page(page_size=(595.275591, 841.889764))
    page = pdf.pages[-1]
    del pdf.pages[-1]
    pdf.pages.insert(len(pdf.pages) - 1, page)


def renamed(pdf: pikepdf.Pdf) -> None:
    """A bookmark with another name."""
    with pdf.open_outline() as outline:
        outline.root[-1].title = "Propuestas"


def exchanged(pdf: pikepdf.Pdf) -> None:
    """Two bookmarks in another order."""
    with pdf.open_outline() as outline:
        root = outline.root
        root[0], root[1] = root[1], root[0]


def scripted(pdf: pikepdf.Pdf) -> None:
    """A script that runs when the file is opened."""
    pdf.Root.OpenAction = pikepdf.Dictionary(S=Name.JavaScript, JS="app.alert('x')")


def noted(pdf: pikepdf.Pdf) -> None:
    """A remark stuck on a page."""
    note = pikepdf.Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[60, 60, 80, 80], Contents="Ojo"
    )
    page = pdf.pages[9].obj
    page.Annots = pikepdf.Array([*page.get(Name.Annots, ()), pdf.make_indirect(note)])


INSIDE: Final = (
    Inside(
        "a link's address",
        linked("rumbominero", "https://www.example.org/uno"),
        (("link", "peru/notes.stalled-formalization"),),
    ),
    Inside(
        "another link's address",
        linked("almargen-media", "https://www.example.org/dos"),
        (("link", "peru/notes.al-margen"),),
    ),
    Inside("a link gone", linked("amazonminingwatch", ""), (("link", "peru/notes.mining-watch"),)),
    Inside(
        "a gauge's alternative text",
        figure("Regulación del mercurio", "Otra cosa: 0.8 de 1 (provisional)"),
        (("tags", "peru/scores.mercury"),),
    ),
    Inside(
        "a gauge's value for those who hear it",
        figure("Participación ciudadana", "Participación ciudadana: 0.7 de 1 (provisional)"),
        (("picture", "peru/scores.participation"),),
    ),
    Inside("its subject", info("/Subject", "Nada"), (("metadata", ""),)),
    Inside("its author", info("/Author", "Otra persona"), (("metadata", ""),)),
    Inside("a bookmark's name", renamed, (("bookmarks", ""),)),
    Inside("the order of bookmarks", exchanged, (("bookmarks", ""),)),
    Inside("a trim box", box(4, "/TrimBox", 10, 10, 585, 830), (("boxes", ""),), 4),
    Inside("a page turned", turned, (("boxes", ""),), 6),
    Inside("a blank page", doubled, (("boxes", ""),)),
    Inside("a script on opening", scripted, (("metadata", ""),)),
    Inside("a remark", noted, (("metadata", ""),), 10),
    Inside(
        "a heading's level",
        typed("peru.es.wording.glance.heading.", "/S", Name.H3),
        (("tags", "wording/glance.heading"),),
    ),
    Inside(
        "a paragraph's language",
        typed("peru.es.context.cc7c2c81", "/Lang", pikepdf.String("pt")),
        (("language", "peru/context"),),
    ),
    Inside("a line painted", painted(9, b"0 0 1 RG 2 w 40 30 m 500 30 l S"), (("layout", ""),), 9),
    Inside("a square painted", painted(5, b"1 0 0 rg 560 800 30 30 re f"), (("layout", ""),), 5),
    Inside(
        "a number painted otherwise",
        retyped(8, "139,169", "139,196"),
        (("number", "peru/context"),),
    ),
    Inside("a decimal", retyped(8, "97.5", "95.7"), (("number", "peru/context"),)),
    Inside("a year", retyped(8, "2030", "2050"), (("number", "peru/context"),)),
    Inside(
        "a law's number",
        retyped(5, "27651", "27561"),
        (("number", "peru/dimensions.legal.findings"),),
    ),
)
