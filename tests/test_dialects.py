"""What translators' tools send back is taken, taken as needing review, or refused with a reason;
and no word that was typed is lost.
"""

import datetime
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from lxml import etree
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from translate.convert import po2xliff
from translate.storage import pypo

from reportcard.content.loading import Content, load
from reportcard.content.segments import Segment, segment_key
from reportcard.problems.problem import Place
from reportcard.translation import catalog, sheet
from reportcard.translation.codes import Code, coded
from reportcard.translation.confirmation import Standing, standings
from reportcard.translation.export import read_back, written
from reportcard.translation.judgement import Account, judged
from reportcard.translation.merge import missing
from reportcard.translation.parcel import Item, Parcel, ReturnedFileError, parcel
from reportcard.translation.stamps import Stamp, block_ids
from reportcard.translation.status import BlockState, State
from reportcard.translation.units import Unit
from reportcard.workspace.workspace import Workspace

from .conftest import ROOT
from .dialects import (
    DASHED,
    DONE,
    FIRST,
    NEW_DONE,
    NEW_OPEN,
    OPEN,
    SECOND,
    STALE,
    Dialect,
    Edit,
    bare,
    cell,
    cut_source,
    entry,
    in_markup,
    nameless,
    numbered,
    put,
    segments,
    target,
    then,
    twice,
    unit,
    unit_2,
    words_of,
)

NEW = target(NEW_OPEN)
PLAIN = NEW_OPEN.replace("{n}", "[^ds-003-2025]")
PLAIN_DONE = NEW_DONE.replace("{b}", "**").replace("{/b}", "**")
SOURCE = (
    "Also in 2025, the government of Peru adopted a national strategy against illegal mining that"
    " spans several years, through 2030{n}. It puts strong emphasis on oversight, investigation,"
    " regulation, and coordinated intervention."
)
_PH = '<ph id="1" dataRef="d1"/>'
NEW_2 = NEW_OPEN.replace("{n}", _PH)


def two_2(second: str) -> str:
    """Two segments of XLIFF 2, as Okapi cuts it; the second has a given translation."""
    return (
        '<segment id="s1"><source>Also in 2025, the government of Peru adopted a national strategy'
        f" against illegal mining that spans several years, through 2030{_PH}.</source>"
        f"<target>{NEW_2.split(' Hace')[0]}</target></segment>"
        "<ignorable><source> </source></ignorable>"
        '<segment id="s2"><source>It puts strong emphasis on oversight, investigation, regulation,'
        f" and coordinated intervention.</source><target>{second}</target></segment>"
    )


def obsolete(edit: Edit) -> Edit:
    """The entry as one that a tool took for obsolete."""

    def edited(data: bytes) -> bytes:
        head, _, rest = edit(data).partition(f'msgctxt "{OPEN}"'.encode())
        lines, _, after = rest.partition(b"\n\n")
        old = b"#~ " + f'msgctxt "{OPEN}"'.encode() + lines.replace(b"\n", b"\n#~ ")
        return head.rstrip() + b"\n\n" + after + b"\n\n" + old + b"\n"

    return edited


def with_previous(edit: Edit) -> Edit:
    """The entry with the source before, as msgmerge writes it of an obsolete one."""
    return lambda data: edit(data).replace(b"#~ msgctxt", b'#~| msgid "Old"\n#~ msgctxt')


def without_contexts(edit: Edit) -> Edit:
    """A catalogue whose tool knows no contexts."""
    return lambda data: re.sub(rb"(?m)^msgctxt .*\n", b"", edit(data))


def book(change: Callable[[Workbook, Worksheet], None]) -> Edit:
    """A change of a workbook and its sheet."""

    def edit(data: bytes) -> bytes:
        made = openpyxl.load_workbook(io.BytesIO(data))
        assert isinstance(made.active, Worksheet)
        change(made, made.active)
        written = io.BytesIO()
        made.save(written)
        return written.getvalue()

    return edit


def row_of(sheet: Worksheet) -> int:
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == OPEN)


def typed_in_copy(made: Workbook, sheet: Worksheet) -> None:
    made.copy_worksheet(sheet).cell(row_of(sheet), 3).value = PLAIN


def titled(made: Workbook, sheet: Worksheet) -> None:
    sheet.cell(row_of(sheet), 3).value = PLAIN
    sheet.insert_rows(1)
    sheet.cell(1, 1).value = "Perú, abril"


def turned_round(made: Workbook, sheet: Worksheet) -> None:
    sheet.cell(row_of(sheet), 3).value = PLAIN
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for number, values in enumerate([rows[0], *rows[:0:-1]], start=1):
        order = [values[at] for at in (6, 1, 2, 0, 3, 4, 5)]
        for column, value in enumerate(order, start=1):
            sheet.cell(number, column).value = value


def hidden(made: Workbook, sheet: Worksheet) -> None:
    number = row_of(sheet)
    sheet.cell(number, 3).value = PLAIN
    sheet.row_dimensions[number].hidden = True
    sheet.title = "Hoja1"
    sheet.merge_cells(start_row=number, end_row=number, start_column=6, end_column=7)


#: The translation in three runs, as Excel writes words set bold within a cell.
RUNS = "<r><t>{}</t></r><r><rPr><b/></rPr><t>{}</t></r><r><t>{}</t></r>".format(
    *re.split("(estrategia)", PLAIN)
)


def from_numbers(made: Workbook, sheet: Worksheet) -> None:
    sheet.cell(row_of(sheet), 3).value = PLAIN
    sheet.insert_rows(1)
    sheet.cell(1, 1).value = "translation"
    sheet.merge_cells("A1:G1")
    made.create_sheet("Export Summary", 0).cell(1, 1).value = "Exported from Numbers"


def filtered(made: Workbook, sheet: Worksheet) -> None:
    kept = row_of(sheet)
    sheet.cell(kept, 3).value = PLAIN
    sheet.column_dimensions["A"].hidden = True
    for number in range(2, sheet.max_row + 1):
        sheet.row_dimensions[number].hidden = number != kept


def spanish_heads(made: Workbook, sheet: Worksheet) -> None:
    sheet.cell(row_of(sheet), 3).value = PLAIN
    for column, name in enumerate(("ID", "ORIGINAL", " Traducción "), start=1):
        sheet.cell(1, column).value = name


def dashes_lost(data: bytes) -> bytes:
    """As a program wrote the file in ISO-8859-1, in one entry."""
    head, id_, rest = data.partition(f'msgctxt "{DASHED}"'.encode())
    entry_, end, after = rest.partition(b"\n\n")
    lines = entry_.decode().rsplit("\n", 1)
    lines[1] = re.sub(r"[“”–—…]", "?", lines[1])
    return head + id_ + "\n".join(lines).encode() + end + after


def rewrapped(data: bytes) -> bytes:
    """With lines of three words, as programs wrap them each in its way."""

    def cut(match: re.Match[bytes]) -> bytes:
        words = re.findall(rb"(?:\S+\s*){1,3}", match[2])
        return match[1] + b'""\n' + b"\n".join(b'"' + one + b'"' for one in words)

    return re.sub(rb'(?m)^(msgid |msgstr )"([^\n]{80,})"$', cut, data)


DIALECTS = [
    # OmegaT never changes a state
    Dialect("omegat", "xliff", unit(NEW), "taken"),
    Dialect("omegat-lost-tag", "xliff", unit(NEW_OPEN.replace("{n}", "")), "refused", "no note"),
    Dialect("omegat-tag-twice", "xliff", unit(NEW.replace(".", target("{n}."), 1)), "refused", "2"),
    # Trados Studio: sdl:seg-defs, revision marks, comments
    *(
        Dialect(
            f"trados-{conf}",
            "xliff",
            unit(
                segments(FIRST, SECOND),
                extra=cut_source()
                + f'<sdl:seg-defs><sdl:seg id="1" conf="{conf}"/><sdl:seg id="2" conf="{conf}"/>'
                "</sdl:seg-defs>",
            ),
            outcome,
        )
        for conf, outcome in (
            ("Draft", "review"),
            ("Translated", "taken"),
            ("RejectedTranslation", "review"),
            ("ApprovedTranslation", "taken"),
            ("RejectedSignOff", "review"),
            ("ApprovedSignOff", "taken"),
        )
    ),
    Dialect(
        "trados-machine",
        "xliff",
        unit(
            NEW,
            extra='<sdl:seg-defs><sdl:seg id="1" conf="Draft" origin="nmt" percent="0"/>'
            "</sdl:seg-defs>",
        ),
        "review",
    ),
    Dialect(
        "trados-tracked",
        "xliff",
        unit(
            NEW.replace(
                "aprobó",
                '<mrk mtype="x-sdl-deleted" sdl:revid="a">VIEJO</mrk>'
                '<mrk mtype="x-sdl-added" sdl:revid="b">aprobó</mrk>',
            )
        ),
        "taken",
    ),
    Dialect(
        "trados-feedback",
        "xliff",
        unit(
            NEW.replace(
                "aprobó",
                '<mrk mtype="x-sdl-feedback-deleted" sdl:revid="a">VIEJO</mrk>'
                '<mrk mtype="x-sdl-feedback-added" sdl:revid="b">aprobó</mrk>',
            )
        ),
        "taken",
    ),
    Dialect(
        "trados-comment",
        "xliff",
        unit(NEW.replace("aprobó", '<mrk mtype="x-sdl-comment" sdl:cid="1">aprobó</mrk>')),
        "taken",
    ),
    # memoQ: mq:status, and codes of its own in ph
    *(
        Dialect(f"memoq-{status}", "xliff", unit(NEW, f'mq:status="{status}"'), outcome)
        for status, outcome in (
            ("ManuallyConfirmed", "taken"),
            ("PartiallyEdited", "review"),
            ("Pretranslated", "review"),
            ("MachineTranslated", "review"),
            ("Proofread", "taken"),
            ("Rejected", "review"),
        )
    ),
    Dialect(
        "memoq-codes",
        "xliff",
        unit(
            NEW_OPEN.replace(
                "{n}", '<ph id="1">&lt;mq:rxt displaytext="1" val="[^ds-003-2025]" /&gt;</ph>'
            ),
            'mq:status="ManuallyConfirmed"',
        ),
        "taken",
    ),
    Dialect(
        "memoq-x-of-another-file",
        "xliff",
        unit(NEW_DONE.replace("{b}", '<x id="71"/>').replace("{/b}", '<x id="72"/>'), of=DONE),
        "refused",
        "71, 72",
        DONE,
    ),
    # Phrase (Memsource)
    Dialect("phrase-machine", "xliff", unit(NEW, 'm:confirmed="0" m:trans-origin="mt"'), "review"),
    Dialect("phrase-edited", "xliff", unit(NEW, 'm:confirmed="0" m:level-edited="true"'), "review"),
    Dialect("phrase-confirmed", "xliff", unit(NEW, 'm:confirmed="1" m:score="1.0"'), "taken"),
    # Weblate, by translate-toolkit
    Dialect("weblate", "xliff", unit(NEW, 'approved="no"', on='state="translated"'), "review"),
    Dialect("weblate-translated", "xliff", unit(NEW, on='state="translated"'), "taken"),
    Dialect("weblate-approved", "xliff", unit(NEW, 'approved="yes"', on='state="final"'), "taken"),
    Dialect(
        "weblate-needs-edit",
        "xliff",
        unit(target(NEW_DONE, done=True), 'approved="no"', of=DONE, on='state="needs-translation"'),
        "review",
        unit=DONE,
    ),
    # Crowdin
    Dialect("crowdin", "xliff", then(unit(NEW, on='state="translated"'), numbered, bare), "taken"),
    Dialect(
        "crowdin-unapproved",
        "xliff",
        then(unit(NEW, 'approved="no"', on='state="needs-review-translation"'), numbered),
        "review",
    ),
    Dialect(
        "crowdin-copy",
        "xliff",
        then(unit(target(SOURCE), on='state="needs-translation"'), numbered),
        "untouched",
    ),
    # Platforms that write the file anew
    Dialect("lokalise", "xliff", then(unit(NEW, on='state="translated"'), bare), "taken"),
    Dialect("transifex", "xliff", then(unit(NEW, 'approved="yes"', on='state="-"'), bare), "taken"),
    Dialect("poeditor", "xliff", then(unit(NEW, on='state="-"'), bare, nameless), "taken"),
    Dialect("pontoon-plain-codes", "xliff", unit(PLAIN, on='state="-"'), "taken"),
    Dialect("smartcat", "xliff", unit(NEW, 'approved="yes"', on='state="signed-off"'), "taken"),
    Dialect("smartling", "xliff", unit(NEW, 'sl:status="needs-review"'), "review"),
    Dialect("xtm-new", "xliff", unit(NEW, on='state="new"'), "review"),
    Dialect("deepl", "xliff", unit(NEW), "taken"),
    Dialect(
        "lionbridge",
        "xliff",
        unit(
            NEW,
            on='logoport:matchpercent="70" state="translated" state-qualifier="leveraged-mt"',
        ),
        "review",
    ),
    # MateCat and ModernMT cut at sentences
    Dialect(
        "matecat",
        "xliff",
        unit(segments(FIRST, SECOND), extra=cut_source(), on='state="final"'),
        "taken",
    ),
    Dialect("modernmt", "xliff", unit(segments(FIRST, SECOND, ""), extra=cut_source()), "taken"),
    Dialect(
        "matecat-half",
        "xliff",
        unit(segments(FIRST, ""), extra=cut_source()),
        "refused",
        'segment 2, "It puts strong emphasis',
    ),
    Dialect(
        "matecat-half-copied",
        "xliff",
        unit(segments(FIRST, target(SOURCE).split("</ph>. ")[1]), extra=cut_source()),
        "refused",
        '"It puts strong emphasis',
    ),
    # Wordfast (TXLF), Okapi, Virtaal, Swordfish, Across
    Dialect(
        "wordfast",
        "xliff",
        unit(
            NEW,
            on='state="needs-review-translation" gs4tr:seginfo="&lt;root/&gt;"',
        ),
        "review",
    ),
    Dialect(
        "okapi-suggestion",
        "xliff",
        unit(extra="<alt-trans match-quality='80'><target>Otra cosa</target></alt-trans>"),
        "untouched",
    ),
    Dialect(
        "okapi-g",
        "xliff",
        unit(NEW_DONE.replace("{b}", '<g id="1">').replace("{/b}", "</g>"), of=DONE),
        "taken",
        unit=DONE,
    ),
    Dialect(
        "g-bold",
        "xliff",
        unit(NEW_DONE.replace("{b}", '<g id="9" ctype="bold">').replace("{/b}", "</g>"), of=DONE),
        "taken",
        unit=DONE,
    ),
    Dialect(
        "okapi-bx-ex",
        "xliff",
        unit(
            NEW_DONE.replace("{b}", '<bx id="5" rid="1"/>').replace("{/b}", '<ex id="6" rid="1"/>'),
            of=DONE,
        ),
        "taken",
        unit=DONE,
    ),
    Dialect(
        "isolated-codes",
        "xliff",
        unit(
            NEW_DONE.replace("{b}", '<it id="1" pos="open">**</it>').replace(
                "{/b}", '<it id="1" pos="close">**</it>'
            ),
            of=DONE,
        ),
        "taken",
        unit=DONE,
    ),
    Dialect(
        "half-a-pair",
        "xliff",
        unit(target(NEW_DONE, done=True).replace('<ept id="1">**</ept>', ""), of=DONE),
        "refused",
        "unmatched ** (bold)",
        DONE,
    ),
    Dialect(
        "bold-lost",
        "xliff",
        unit(NEW_DONE.replace("{b}", "").replace("{/b}", ""), of=DONE),
        "refused",
        "bold",
        DONE,
    ),
    Dialect("virtaal", "xliff", unit(NEW, 'approved="yes"', on='state="-"'), "taken"),
    Dialect("swordfish", "xliff", unit(NEW, 'approved="yes"', on='state="final"'), "taken"),
    Dialect("across-memory", "xliff", unit(NEW, on='state-qualifier="fuzzy-match"'), "review"),
    Dialect(
        "globalese",
        "xliff",
        unit(NEW, on='state="needs-review-translation" state-qualifier="leveraged-mt"'),
        "review",
    ),
    Dialect("xliffie-its", "xliff", unit(NEW, 'its:locQualityRatingScore="90"'), "taken"),
    # What tools say of a text that they leave as it is
    Dialect("flag-added", "xliff", unit(attributes='approved="no"', of=DONE), "review", unit=DONE),
    Dialect(
        "suggestion",
        "xliff",
        unit(of=DONE, on='state="new" state-qualifier="mt-suggestion"'),
        "review",
        unit=DONE,
    ),
    Dialect("flag-removed", "xliff", unit(of=STALE, on='state="translated"'), "taken", unit=STALE),
    Dialect("states-dropped", "xliff", unit(of=STALE, on='state="-"'), "untouched", unit=STALE),
    Dialect("as-it-went", "xliff", unit(), "untouched"),
    Dialect("equal-approved", "xliff", unit(target(SOURCE), 'approved="yes"'), "taken"),
    # How files are written
    Dialect("es-PE", "xliff", then(unit(NEW), put('ge="es"', 'ge="es-PE"')), "taken"),
    Dialect("es_PE", "xliff", then(unit(NEW), put('ge="es"', 'ge="es_PE"')), "taken"),
    Dialect("es-ES", "xliff", then(unit(NEW), put('ge="es"', 'ge="es-ES"')), "taken"),
    Dialect("en-US", "xliff", then(unit(NEW), put('ge="en"', 'ge="en-US"')), "taken"),
    Dialect("byte-order-mark", "xliff", lambda data: b"\xef\xbb\xbf" + unit(NEW)(data), "taken"),
    Dialect(
        "utf-16",
        "xliff",
        lambda data: unit(NEW)(data).decode().replace("'UTF-8'", "'UTF-16'").encode("utf-16"),
        "taken",
    ),
    Dialect(
        "prefixed",
        "xliff",
        lambda data: re.sub(
            rb"<(/?)([a-z])", rb"<\1x:\2", unit(NEW)(data).partition(b"?>")[2]
        ).replace(b"xmlns=", b"xmlns:x="),
        "taken",
    ),
    Dialect(
        "without-namespace",
        "xliff",
        then(unit(NEW), put(' xmlns="urn:oasis:names:tc:xliff:document:1.2"', "")),
        "taken",
    ),
    Dialect(
        "composed",
        "xliff",
        lambda data: unicodedata.normalize("NFD", unit(NEW)(data).decode()).encode(),
        "taken",
    ),
    Dialect("zero-width", "xliff", unit(NEW.replace("2025 el", "2025\u200b el")), "taken"),
    Dialect("cdata", "xliff", then(unit(PLAIN), put("Hace", "<![CDATA[Hace]]>")), "taken"),
    Dialect("id-erased", "xliff", then(unit(NEW), put(f'id="{OPEN}"', 'id=""')), "taken"),
    Dialect("twice", "xliff", twice(NEW, NEW.replace("Hace", "Hizo")), "refused", "appears twice"),
    Dialect("twice-alike", "xliff", twice(NEW, NEW), "taken"),
    Dialect(
        "half-a-paragraph",
        "xliff",
        unit(
            f"{FIRST} It puts strong emphasis on oversight,"
            " investigation, regulation, and coordinated intervention."
        ),
        "refused",
        "partly",
    ),
    Dialect(
        "term-missing",
        "xliff",
        unit(
            "El país ratificó el Acuerdo sobre el Mercurio y presentó sus informes. <bpt id='1'>**"
            "</bpt>Hasta ahora no ha producido normas ni incentivos.<ept id='1'>**</ept>",
            of="peru/dimensions.policies.findings#677ada27",
        ),
        "refused",
        "Convenio de Minamata sobre el Mercurio",
        "peru/dimensions.policies.findings#677ada27",
    ),
    # XLIFF 2
    Dialect("toolkit-2", "xliff2", unit_2(NEW_2), "taken"),
    Dialect("weblate-2", "xliff2", unit_2(NEW_2, "translated"), "taken"),
    Dialect("weblate-2-fuzzy", "xliff2", unit_2(NEW_2, "translated", "weblate:fuzzy"), "review"),
    Dialect("memoq-2", "xliff2", unit_2(NEW_2, "reviewed"), "taken"),
    Dialect("okapi-2-final", "xliff2", unit_2(NEW_2, "final"), "taken"),
    Dialect("okapi-2-machine", "xliff2", unit_2(NEW_2, "initial", "okp:mt"), "review"),
    Dialect("lost-code-2", "xliff2", unit_2(NEW_2.replace(_PH, "")), "refused", "no note"),
    Dialect(
        "version-2.0", "xliff2", then(unit_2(NEW_2), put('version="2.1"', 'version="2.0"')), "taken"
    ),
    *(
        Dialect(
            f"okapi-2-segments-{outcome}", "xliff2", unit_2(two_2(second), cut=True), outcome, why
        )
        for second, outcome, why in ((SECOND, "taken", ""), ("", "refused", "segment 3"))
    ),
    # What tools, platforms and people make of a file besides
    *(
        Dialect(f"own-state-{state}", "xliff", unit(NEW, on=f'state="{state}"'), outcome)
        for state, outcome in (
            ("needs-adaptation", "review"),
            ("needs-l10n", "review"),
            ("needs-review-l10n", "review"),
            ("x-draft", "review"),
            ("x-done", "taken"),
        )
    ),
    *(
        Dialect(
            f"qualifier-{name}",
            "xliff",
            unit(NEW, on=f'state="translated" state-qualifier="{name}"'),
            outcome,
        )
        for name, outcome in (
            ("exact-match", "taken"),
            ("id-match", "taken"),
            ("mt-suggestion", "review"),
            ("rejected-grammar", "review"),
            ("rejected-inaccurate", "review"),
        )
    ),
    Dialect("not-to-translate", "xliff", unit(NEW, 'translate="no"'), "taken"),
    Dialect(
        "protected", "xliff", unit(NEW.replace("Hace", '<mrk mtype="x-p">Hace</mrk>')), "taken"
    ),
    Dialect(
        "call-glued", "xliff", unit(NEW.replace("/ph>. ", "/ph>")), "refused", "space is missing"
    ),
    Dialect(
        "bold-glued",
        "xliff",
        unit(target(NEW_DONE.replace("sobre {b}", "sobre{b}"), done=True), of=DONE),
        "refused",
        'at "icador sobre**definiciones"',
        DONE,
    ),
    Dialect(
        "twice-encoded", "xliff", unit(NEW.replace("aprobó", "aprobÃ³")), "refused", '"aprobÃ³"'
    ),
    Dialect("letters-lost", "xliff", unit(NEW.replace("ó", "\ufffd")), "refused", "encoding"),
    Dialect("turned", "xliff", unit(NEW.replace("el ", "el \u202e", 1)), "refused", "U+202E"),
    Dialect("entity-typed", "xliff", unit(NEW.replace("ó", "&amp;oacute;")), "refused", "HTML"),
    Dialect(
        "escape-2", "xliff2", unit_2(NEW_2.replace("H", '<cp hex="1b"/>H')), "refused", "U+001B"
    ),
    Dialect(
        "order-2",
        "xliff2",
        unit_2(
            two_2(SECOND)
            .replace("<target>", '<target order="3">', 1)
            .replace("<target>Hace", '<target order="1">Hace'),
            cut=True,
        ),
        "taken",
        "coordinación. También",
    ),
    # PO
    Dialect("poedit", "po", entry(PLAIN), "taken"),
    Dialect("poedit-fuzzy", "po", entry(PLAIN, "fuzzy"), "review"),
    Dialect("msgmerge", "po", entry(PLAIN_DONE, "fuzzy", of=DONE), "review", unit=DONE),
    Dialect(
        "fuzzy-alone",
        "po",
        put(f'msgctxt "{DONE}"', f'#, fuzzy\nmsgctxt "{DONE}"'),
        "review",
        unit=DONE,
    ),
    Dialect("fuzzy-removed", "po", put("#, fuzzy\n", ""), "taken", unit=STALE),
    Dialect("po-byte-order-mark", "po", lambda data: b"\xef\xbb\xbf" + entry(PLAIN)(data), "taken"),
    Dialect("po-utf-16", "po", lambda data: entry(PLAIN)(data).decode().encode("utf-16"), "taken"),
    Dialect("crowdin-po", "po", then(entry(PLAIN), put("Generated-By", "X-Crowdin-File")), "taken"),
    Dialect(
        "transifex-po", "po", then(entry(PLAIN), put('"Language: es', '"Language: es_PE')), "taken"
    ),
    Dialect(
        "omegat-half-po",
        "po",
        entry(
            f"{PLAIN.split(' Hace')[0]} It puts strong emphasis on oversight, investigation,"
            " regulation, and coordinated intervention."
        ),
        "refused",
        "partly",
    ),
    Dialect("po-obsolete", "po", obsolete(entry(PLAIN)), "review"),
    Dialect("po-crlf", "po", lambda data: entry(PLAIN)(data).replace(b"\n", b"\r\n"), "taken"),
    Dialect("po-cr", "po", lambda data: entry(PLAIN)(data).replace(b"\n", b"\r"), "taken"),
    Dialect(
        "po-head-names-another-charset",
        "po",
        then(entry(PLAIN), put("charset=utf-8", "charset=ISO-8859-1")),
        "taken",
    ),
    Dialect("po-without-contexts", "po", without_contexts(entry(PLAIN)), "taken"),
    Dialect(
        "po-fuzzy-head",
        "po",
        then(entry(PLAIN), put('msgid ""\nmsgstr ""\n"P', '#, fuzzy\nmsgid ""\nmsgstr ""\n"P')),
        "taken",
    ),
    Dialect(
        "po-plural",
        "po",
        then(
            entry(PLAIN),
            put(
                f'msgstr "{PLAIN}"',
                f'msgid_plural "x"\nmsgstr[0] "{PLAIN}"\nmsgstr[1] "Otras palabras"',
            ),
        ),
        "refused",
        "plural",
    ),
    # Sheets
    *(
        Dialect(f"error-{number}", "xlsx", cell(text), "refused", "holds an error")
        for number, text in enumerate(("#REF!", "#DIV/0!", "#¿NOMBRE?", "#N/D", "Err:508"))
    ),
    Dialect("excel-whole-number", "xlsx", cell(2025), "refused", "holds a number"),
    Dialect("sheet-copied", "xlsx", book(typed_in_copy), "taken"),
    Dialect("sheet-with-a-title", "xlsx", book(titled), "taken"),
    Dialect("sheet-turned-round", "xlsx", book(turned_round), "taken"),
    Dialect("sheet-hidden-and-merged", "xlsx", book(hidden), "taken"),
    Dialect("typed-over-the-source", "xlsx", cell(PLAIN, column=2), "refused", "source text"),
    Dialect("excel", "xlsx", cell(PLAIN), "taken"),
    Dialect("excel-error", "xlsx", cell("#NAME?"), "refused", "holds an error"),
    Dialect("excel-true", "xlsx", cell(True), "refused", "true or false"),
    Dialect("excel-date", "xlsx", cell(datetime.date(2026, 1, 2)), "refused", "holds a date"),
    Dialect("excel-number", "xlsx", cell(12.5), "refused", "holds a number"),
    Dialect("excel-id-erased", "xlsx", then(cell(PLAIN), cell(None, column=1)), "taken"),
    # The same tools by other ways
    *(
        Dialect(
            f"trados-{first}-{second}",
            "xliff",
            unit(
                segments(FIRST, SECOND),
                extra=cut_source()
                + f'<sdl:seg-defs><sdl:seg id="1" conf="{first}" locked="true" origin="tm"/>'
                f'<sdl:seg id="2" conf="{second}"/></sdl:seg-defs>',
            ),
            outcome,
        )
        for first, second, outcome in (
            ("Translated", "Draft", "review"),
            ("ApprovedSignOff", "Translated", "taken"),
        )
    ),
    Dialect(
        "trados-code-of-its-own",
        "xliff",
        unit(f'<g id="pt1">{segments(FIRST, SECOND)}</g>', extra=cut_source()),
        "refused",
        "pt1",
    ),
    *(
        Dialect(f"memoq-{status}-alone", "xliff", unit(NEW, f'mq:status="{status}"'), outcome)
        for status, outcome in (
            ("NotStarted", "review"),
            ("Reviewer1Confirmed", "taken"),
            ("AssembledFromFragments", "review"),
        )
    ),
    Dialect(
        "phrase-locked-machine",
        "xliff",
        unit(NEW, 'm:confirmed="1" m:locked="true" m:trans-origin="mt" m:score="0.7"'),
        "taken",
    ),
    Dialect(
        "phrase-marks",
        "xliff",
        unit(
            NEW,
            'm:confirmed="1"',
            extra='<m:tunit-metadata><m:mark id="1"><m:content>[^x]</m:content></m:mark>'
            "</m:tunit-metadata>",
        ),
        "taken",
    ),
    Dialect(
        "crowdin-codes",
        "xliff",
        then(unit(NEW_OPEN.replace("{n}", '<x id="1"/>'), on='state="translated"'), numbered, bare),
        "taken",
    ),
    Dialect(
        "matecat-kept-code",
        "xliff",
        unit(
            NEW_OPEN.replace(
                "{n}", '<ph id="mtc_1" equiv-text="base64:W15kcy0wMDMtMjAyNV0=" ctype="x-ph"/>'
            )
        ),
        "taken",
    ),
    Dialect(
        "matecat-one-segment",
        "xliff",
        unit(
            f'<mrk mtype="seg" mid="0">{NEW}</mrk>',
            extra=f'<seg-source><mrk mtype="seg" mid="0">{target(SOURCE)}</mrk></seg-source>',
        ),
        "taken",
    ),
    Dialect("smartling-nameless", "xliff", then(unit(NEW, on='state="final"'), nameless), "taken"),
    Dialect("déjà-vu-ES", "xliff", then(unit(NEW), put('ge="es"', 'ge="ES"')), "taken"),
    Dialect("déjà-vu-es-419", "xliff", then(unit(NEW), put('ge="es"', 'ge="es-419"')), "taken"),
    Dialect("rainbow-two-spaces", "xliff", unit(NEW.replace(". Hace", ".  Hace")), "taken"),
    Dialect(
        "term-2",
        "xliff2",
        unit_2(NEW_2.replace("aprobó", '<mrk id="m" type="term">aprobó</mrk>')),
        "taken",
    ),
    Dialect(
        "comment-2",
        "xliff2",
        unit_2(NEW_2.replace("aprobó", '<sm id="m" type="comment"/>aprobó<em startRef="m"/>')),
        "taken",
    ),
    Dialect(
        "copy-of-2",
        "xliff2",
        unit_2(NEW_OPEN.replace("{n}", '<ph id="9" copyOf="1" dataRef="d1"/>')),
        "taken",
    ),
    Dialect(
        "version-2.2", "xliff2", then(unit_2(NEW_2), put('version="2.1"', 'version="2.2"')), "taken"
    ),
    Dialect("msgmerge-obsolete-previous", "po", with_previous(obsolete(entry(PLAIN))), "review"),
    Dialect(
        "po-previous-of-lines",
        "po",
        then(
            entry(PLAIN),
            put(
                f'msgctxt "{OPEN}"',
                f'#, fuzzy\n#| msgid ""\n#| "Old "\n#| "text"\nmsgctxt "{OPEN}"',
            ),
        ),
        "review",
    ),
    Dialect(
        "po-plural-alike",
        "po",
        then(
            entry(PLAIN),
            put(
                f'msgstr "{PLAIN}"',
                f'msgid_plural "x"\nmsgstr[0] "{PLAIN}"\nmsgstr[1] "{PLAIN}"',
            ),
        ),
        "taken",
    ),
    Dialect(
        "po-without-head", "po", lambda data: entry(PLAIN)(data).partition(b"\n\n")[2], "taken"
    ),
    # What Trados never confirmed has no "conf" at all
    *(
        Dialect(
            f"trados-conf-{first or 'none'}-{second or 'none'}",
            "xliff",
            unit(
                segments(FIRST, SECOND),
                extra=f"{cut_source()}<sdl:seg-defs>"
                + "".join(
                    f'<sdl:seg id="{number}"{conf and f""" conf="{conf}" """}/>'
                    for number, conf in enumerate((first, second), start=1)
                )
                + "</sdl:seg-defs>",
            ),
            "review",
        )
        for first, second in (("", ""), ("Translated", ""), ("", "Draft"))
    ),
    Dialect(
        "trados-left",
        "xliff",
        unit(of=DONE, extra='<sdl:seg-defs><sdl:seg id="1"/></sdl:seg-defs>'),
        "untouched",
        unit=DONE,
    ),
    # Arbortext, oXygen and other editors of XML
    Dialect("xml-comment", "xliff", unit(NEW.replace("Hace", "<!-- ver -->Hace")), "taken"),
    Dialect("xml-instruction", "xliff", unit(NEW.replace("Hace", "<?oxy mark?>Hace")), "taken"),
    Dialect("xml-references", "xliff", unit(NEW.replace("ó", "&#243;")), "taken"),
    Dialect(
        "xml-indented", "xliff", unit(f"\n    {NEW.replace(' Hace', chr(10) + ' Hace')}\n"), "taken"
    ),
    Dialect(
        "version-1.1",
        "xliff",
        then(unit(NEW), put("document:1.2", "document:1.1"), put('version="1.2"', 'version="1.1"')),
        "taken",
    ),
    Dialect(
        "translated-before",
        "xliff",
        unit(
            NEW,
            extra=f'<alt-trans alttranstype="previous-version"><target>{NEW}</target></alt-trans>',
        ),
        "taken",
    ),
    Dialect(
        "term-marked", "xliff", unit(NEW.replace("Hace", '<mrk mtype="term">Hace</mrk>')), "taken"
    ),
    Dialect(
        "notes-2",
        "xliff2",
        then(unit_2(NEW_2), put("<segment", "<segment canResegment='no'")),
        "taken",
    ),
    Dialect("po-rewrapped", "po", then(entry(PLAIN), rewrapped), "taken"),
    Dialect("po-flags-in-a-row", "po", entry(PLAIN, "no-wrap, fuzzy, c-format"), "review"),
    Dialect(
        "po-comment-of-a-translator",
        "po",
        then(entry(PLAIN), put(f'msgctxt "{OPEN}"', f'# duda\nmsgctxt "{OPEN}"')),
        "taken",
    ),
    Dialect("po-without-last-line", "po", lambda data: entry(PLAIN)(data).rstrip(), "taken"),
    Dialect("po-dashes-lost", "po", dashes_lost, "refused", "encoding", DASHED),
    Dialect("sheet-of-numbers", "xlsx", book(from_numbers), "taken"),
    Dialect("sheet-filtered", "xlsx", book(filtered), "taken"),
    Dialect("sheet-spanish-heads", "xlsx", book(spanish_heads), "taken"),
    Dialect("sheet-lines", "xlsx", cell(PLAIN.replace(" Hace", "\r\nHace")), "taken"),
    Dialect("sheet-formula-of-text", "xlsx", cell(f'="{PLAIN}"'), "review"),
    # Without a result it is what was typed: here, a text without its note
    Dialect("sheet-formula", "xlsx", cell("=VLOOKUP(A1,B:C,2)"), "refused", "no note here"),
    Dialect("google-loading", "xlsx", cell("Cargando..."), "refused", "holds an error"),
    Dialect("excel-spill", "xlsx", cell("#¡DESBORDAMIENTO!"), "refused", "holds an error"),
    # Cells as programs write them: shared, in the sheet, in runs set alike, with readings beside
    *(
        Dialect(f"sheet-{name}", "xlsx", in_markup(markup, kind), "taken")
        for name, kind, markup in (
            ("shared", "s", f"<t>{PLAIN}</t>"),
            ("shared-runs", "s", RUNS),
            ("shared-readings", "s", f'<t>{PLAIN}</t><rPh sb="0" eb="1"><t>X</t></rPh>'),
            ("inline", "inlineStr", f"<t>{PLAIN}</t>"),
            ("inline-runs", "inlineStr", RUNS),
            ("result", "str", PLAIN),
            ("returns", "s", f"<t>{PLAIN}</t>".replace(" Hace", "_x000D_\n Hace")),
            ("tab", "inlineStr", f"<t>{PLAIN}</t>".replace(" Hace", "_x0009_Hace")),
        )
    ),
    Dialect("excel-time", "xlsx", cell(datetime.time(12, 1)), "refused", "holds a date"),
]


@pytest.fixture(scope="module")
def world() -> tuple[Content, Standing, dict[str, Parcel]]:
    """The repository's card with a block that is not translated, and one that is stale."""
    workspace = Workspace(ROOT)
    content = load(workspace).content
    assert content
    found, _ = standings(workspace, content, ("peru",), ("es",))
    ids = {id(block): id_ for id_, block in block_ids(found[0].blocks).items()}

    def changed(block: BlockState) -> BlockState:
        match ids.get(id(block)):
            case id_ if id_ == OPEN:
                return replace(block, state=State.MISSING, target=None)
            case id_ if id_ == STALE:
                return replace(block, state=State.STALE, before="Local reporting.")
        return block

    standing = replace(found[0], blocks=tuple(map(changed, found[0].blocks)))
    return content, standing, {"": parcel(standing, content)}


def judge(world: tuple[Content, Standing, dict[str, Parcel]], data: bytes) -> Account:
    content, standing, _ = world
    (returned,) = read_back(data)
    return judged(standing, returned, content)


def outcome_of(account: Account, standing: Standing, id_: str) -> tuple[str, str]:
    """What became of a unit, and its reason or new text."""
    block = block_ids(standing.blocks)[id_]
    change = account.accepted.get(block.unit.name, {}).get(block.number)
    if change:
        return ("review" if change.is_to_review else "taken"), change.typed
    assert block.source
    for one in account.rejected:
        if one.id == id_ or one.source == block.source.text:
            return "refused", str(one.why)
    return "untouched", ""


@pytest.mark.long
@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
def test_a_tool_s_file_is_understood(
    world: tuple[Content, Standing, dict[str, Parcel]], dialect: Dialect
) -> None:
    data = dialect.edit(written(world[2][""], dialect.kind))
    account = judge(world, data)
    found, text = outcome_of(account, world[1], dialect.unit)
    assert (found, dialect.why in text) == (dialect.outcome, True), (found, text)
    others = sum(map(len, account.accepted.values())) + len(account.rejected)
    assert others == (2 if dialect.name == "twice" else found != "untouched"), "one unit alone"
    is_new = found in ("taken", "review") and dialect.name != "equal-approved"
    if is_new and dialect.unit == OPEN and not dialect.why:
        assert text == PLAIN, "spaces, accents and codes as the content has them"
    typed = set(words_of(data, dialect.kind))
    kept = " ".join(
        [
            *(change.typed for one in account.accepted.values() for change in one.values()),
            *(one.typed for one in account.rejected),
            *(text.text for one in world[1].blocks for text in (one.source, one.target) if text),
        ]
    )
    assert typed <= set(re.findall(r"\w+", kept)), "no word is lost"


@pytest.mark.parametrize(
    ("source", "target", "value", "typed"),
    [
        ("15", "", 15, "15"),
        ("15", "", 15.0, "15"),
        ("fifteen", "15", 15, "15"),
        ("15", "14", 16, None),
        ("2,025", "", 2025, None),
        ("007", "", 7, None),
        ("15", "", 15.5, None),
    ],
)
def test_a_whole_number_is_taken_where_it_can_mean_only_one_text(
    source: str, target: str, value: float, typed: str | None
) -> None:
    stamp = Stamp(segment_key(source), segment_key(target) if target else "-", "missing")
    item = Item("peru/title", source, target, State.MISSING, (), stamp)
    data = cell(value, of=item.id)(sheet.dumped(Parcel("peru", "en", "es", (item,))))
    ((came,),) = (one.items for one in sheet.read(data))
    assert (came.typed if came.fault is None else None) == typed
    assert came.fault is None or "cell C2 holds a number" in str(came.fault)


def through_po2xliff(data: bytes) -> bytes:
    made = io.BytesIO()
    po2xliff.convertpo(io.BytesIO(data), made, None)
    return made.getvalue()


@pytest.mark.long
def test_a_catalogue_that_became_xliff_is_taken_though_its_ids_are_lost(
    world: tuple[Content, Standing, dict[str, Parcel]],
) -> None:
    whole = written(world[2][""], "po")
    account = judge(world, through_po2xliff(whole))
    assert (account.accepted, account.rejected) == ({}, [])
    account = judge(world, through_po2xliff(entry(PLAIN)(whole)))
    assert outcome_of(account, world[1], OPEN) == ("taken", PLAIN)
    assert (len(account.accepted), account.rejected) == (1, [])


@pytest.mark.parametrize("now", [State.CURRENT, State.STALE])
def test_a_fuzzy_mark_that_went_out_says_nothing_when_it_comes_back(
    world: tuple[Content, Standing, dict[str, Parcel]], now: State
) -> None:
    """Somebody may have confirmed the translation while the file was away."""
    content, standing, parcels = world
    blocks = (
        replace(block, state=now) if block.state is State.STALE else block
        for block in standing.blocks
    )
    (returned,) = read_back(written(parcels[""], "po"))
    account = judged(replace(standing, blocks=tuple(blocks)), returned, content)
    assert (len(account.accepted), account.rejected) == (0, [])


def test_a_long_source_before_is_one_line_that_gettext_reads() -> None:
    before = 'A long text with "quotes", of more words than fit on a line of a catalogue. ' * 3
    stamp = Stamp(segment_key("New."), segment_key("Nuevo."), "stale")
    item = Item("peru/context", "New.", "Nuevo.", State.STALE, (), stamp, before=before)
    data = catalog.dumped(Parcel("peru", "en", "es", (item,)))
    (previous,) = (one for one in data.decode().split("\n") if one.startswith("#|"))
    assert previous == '#| msgid "' + before.replace('"', '\\"') + '"'
    (unit,) = (one for one in pypo.pofile.parsestring(data).units if not one.isheader())
    assert (unit.prev_source, unit.isfuzzy(), unit.getcontext()) == (before, True, "peru/context")


@pytest.mark.parametrize("end", [1, 40])
def test_a_catalogue_cut_between_two_entries_is_told_by_what_it_lacks(
    world: tuple[Content, Standing, dict[str, Parcel]], end: int
) -> None:
    whole = written(world[2][""], "po")
    cut = [match.start() for match in re.finditer(rb"\n\n", whole)][-end - 1]
    ids = list(block_ids(world[1].blocks))
    (returned,) = read_back(whole)
    assert (returned.exported, missing(world[1], returned)) == (len(ids), ())
    (returned,) = read_back(whole[: cut + 1])
    lacking = missing(world[1], returned)
    assert lacking
    assert lacking == tuple(ids[-len(lacking) :])
    # Tools drop what the source no longer has: these blocks are in no later content
    of_then = [block for id_, block in block_ids(world[1].blocks).items() if id_ not in lacking]
    assert missing(replace(world[1], blocks=tuple(of_then)), returned) == ()


@pytest.mark.parametrize(
    ("kind", "edit", "why"),
    [
        ("xliff", lambda data: data[: len(data) // 3], "incomplete"),
        ("xliff2", lambda data: data[: len(data) // 2], "incomplete"),
        ("xliff", lambda data: data.replace(b"</body>", b"", 1), "not valid XML"),
        ("po", lambda data: data[: data.index(b"msgstr", 9000) + 30], "cut off"),
        ("po", lambda data: data[: data.index(b"msgstr", 9000)], "cut off"),
        ("xlsx", lambda data: data[: len(data) // 2], "not a readable XLSX"),
        (
            "xliff",
            lambda data: data.replace(b"<xliff", b'<!DOCTYPE x [<!ENTITY e "a">]><xliff', 1),
            "DOCTYPE",
        ),
        ("xliff", lambda data: data.replace(b"xliff", b"tmx"), "not XLIFF"),
        ("xliff", lambda data: zipped("peru-es.xlf", data), "is a ZIP"),
        ("xlsx", lambda _: zipped("mimetype", b"application/vnd.oasis.opendocument"), "XLSX"),
        ("xlsx", lambda _: zipped("word/document.xml", b""), "Word document"),
        ("xlsx", lambda data: b"\xd0\xcf\x11\xe0" + data[4:], "old format of Excel"),
        ("xlsx", book(lambda _, sheet: sheet.delete_rows(1)), "no sheet in this workbook"),
        (
            "xlsx",
            book(lambda _, sheet: sheet.cell(1, 8, sheet.cell(1, 3).value)),
            'several columns "translation"',
        ),
        ("po", lambda data: data.decode().encode("cp1252", "replace"), "not a readable PO"),
    ],
)
def test_a_file_that_is_cut_off_or_broken_is_refused_as_a_whole(
    world: tuple[Content, Standing, dict[str, Parcel]], kind: str, edit, why: str
) -> None:
    with pytest.raises(ReturnedFileError, match=why):
        read_back(edit(written(world[2][""], kind)))


def zipped(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


def test_words_beside_the_translation_are_comments(
    world: tuple[Content, Standing, dict[str, Parcel]],
) -> None:
    """In a column of a person's own, or over a state; what export wrote is none."""

    def noted(_: Workbook, sheet: Worksheet) -> None:
        sheet.cell(1, 8).value = "mis notas"
        sheet.cell(row_of(sheet), 8).value = "¿Qué ley es?"
        sheet.cell(row_of(sheet), 4).value = "casi lista"

    (returned,) = read_back(book(noted)(written(world[2][""], "xlsx")))
    found = [(item.id, one.text) for item in returned.items for one in item.comments]
    assert found == [(OPEN, "mis notas: ¿Qué ley es?"), (OPEN, "casi lista")]


def test_a_catalogue_keeps_the_same_source_twice_and_no_previous_source_as_a_comment(
    world: tuple[Content, Standing, dict[str, Parcel]],
) -> None:
    data = without_contexts(entry(PLAIN))(written(world[2][""], "po"))
    assert b"#| msgid" in data
    for text in ("Primera", "Segunda"):
        data += f'\nmsgid "Twice here."\nmsgstr "{text}."\n'.encode()
    (returned,) = read_back(data)
    assert [one.typed for one in returned.items if one.source == "Twice here."] == [
        "Primera.",
        "Segunda.",
    ]
    assert not any(item.comments for item in returned.items)


@pytest.mark.long
def test_two_files_in_one_are_two_scopes() -> None:
    workspace = Workspace(ROOT)
    content = load(workspace).content
    assert content
    found, _ = standings(workspace, content, ("peru", "wording"), ("es",))
    one, two = (etree.fromstring(written(parcel(each, content), "xliff")) for each in found)
    one.append(two[0])
    returned = read_back(etree.tostring(one))
    assert [(each.scope, len(each.items)) for each in returned] == [("peru", 127), ("wording", 137)]


def test_a_workbook_without_properties_names_its_languages(
    world: tuple[Content, Standing, dict[str, Parcel]],
) -> None:
    """As Google Sheets and pandas write it."""
    data = written(world[2][""], "xlsx")
    kept, made = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in kept.namelist():
            if not name.startswith("docProps"):
                text = kept.read(name)
                text = re.sub(rb"<(?:Override|Relationship)[^>]*docProps[^>]*/>", b"", text)
                archive.writestr(name, text)
    (returned,) = read_back(made.getvalue())
    assert (returned.scope, returned.source_language, returned.language) == ("peru", "en", "es")
    assert len(returned.items) == 127


def test_ids_outlive_edits_of_source_and_translation() -> None:
    def block(text: str, key: str) -> BlockState:
        source = Segment(segment_key(text), text, "paragraph", (0, 1))
        place = Place("content/peru/es.yaml")
        return BlockState(
            Unit("peru", "context", None, None, place), 1, State.STALE, source=source, key=key
        )

    first = segment_key("Gold is mined.")
    assert list(block_ids([block("Gold is mined.", "")])) == [f"peru/context#{first}"]
    assert list(block_ids([block("Gold is dug.", first)])) == [f"peru/context#{first}"]
    new = block("Gold is mined.", "")
    assert list(block_ids([new, block("Gold is dug.", first)])) == [
        f"peru/context#{first}-2",
        f"peru/context#{first}",
    ], "what was there keeps its id"


@pytest.mark.parametrize(
    "text",
    [
        'a ***b*** [x (y)](https://a.b/(c)) ([z](u)) \\*q\\* "q" <https://a.b> [^n]**x**',
        "![Alt *x*](figures/a.svg){width=half}",
        "[*i* b]{lang=es}. **{{ a | b('m') }}** 2 * 3 ** 4",
        "**half",
        "[a][b] \\[x\\](y)",
    ],
)
def test_a_text_and_its_codes_are_the_text(text: str) -> None:
    made = coded(text)
    assert "".join(one if isinstance(one, str) else one.text for one in made) == text
    for half in (one for one in made if isinstance(one, Code) and one.end):
        ends = [one.end for one in made if isinstance(one, Code) and one.number == half.number]
        assert ends == ["open", "close"]


@pytest.mark.parametrize("kind", ["xliff", "xliff2", "po", "xlsx"])
def test_what_was_exported_by_the_first_version_is_taken(
    world: tuple[Content, Standing, dict[str, Parcel]], kind: str
) -> None:
    """Its ids had the keys of source and translation in them, and its texts no codes."""
    sent = world[2][""]
    block = block_ids(world[1].blocks)[OPEN]
    assert block.source
    old = replace(
        next(one for one in sent.items if one.id == OPEN),
        id=f"peru/context#{block.source.key}@-",
        target=PLAIN,
        state=State.CURRENT,
        stamp=Stamp("0", "0", ""),
    )
    items = tuple(old if one.id == OPEN else one for one in sent.items)
    data = written(replace(sent, items=items), kind)
    data = data.replace(b"source=0 target=0 state=", b"")
    if kind == "xlsx":
        data = cell(None, of=old.id, column=6)(data)
    account = judge(world, data)
    assert outcome_of(account, world[1], OPEN) == ("taken", PLAIN)
