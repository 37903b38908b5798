"""The table of rules: what each code means, how grave it is, and one example of wrong and right.

A rule that is an error withholds the card; a warning is told. `reportcard explain CODE` and
docs/rules.md come from here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from reportcard.problems.problem import Place, Problem, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Rule:
    """A code with its gravity, what it asks and why, a bad and a good example (empty where a file
    as a whole is meant).
    """

    code: str
    severity: Severity
    why: str
    bad: str = ""
    good: str = ""
    can_be_waived: bool = True


_TABLE: Final = (
    Rule(
        "FILE-MISSING",
        E,
        "A file that the workspace needs is not there: the edition, the scoreboard, the wording of"
        " each language, the scores of each country, the card in each language.",
    ),
    Rule(
        "FILE-UNREADABLE",
        E,
        "A file or a country's folder is there and cannot be read: no right to it, or it is a link"
        " that leads out of the workspace.",
    ),
    Rule(
        "YAML-SYNTAX",
        E,
        "The file is not YAML. Most often the indentation of a line differs from the one above, or"
        " a quote is not closed.",
        'title: "Peru',
        'title: "Peru"',
    ),
    Rule(
        "YAML-TEXT",
        E,
        "The file is no text in UTF-8: a PDF or a Word file was saved under this name, or an old"
        " encoding.",
    ),
    Rule("YAML-EMPTY", E, "The file is empty: its text was lost, or never written."),
    Rule(
        "YAML-MAPPING",
        E,
        "Content files are mappings: keys and what belongs to them.",
        "- title",
        "title: Peru",
    ),
    Rule(
        "YAML-DUPLICATE",
        E,
        "A key stands twice, and one of the two texts would be lost.",
        "title: Peru\ntitle: Perú",
        "title: Perú",
    ),
    Rule("YAML-KEY", E, "A key is a plain word.", "[a, b]: text", "a: text"),
    Rule(
        "YAML-MACHINERY",
        E,
        "Anchors, aliases, tags and merge keys make a file say what does not stand in it, and can"
        " be used to exhaust memory.",
        "text: *other",
        "text: the words themselves",
    ),
    Rule(
        "YAML-DIRECTIVE",
        E,
        "Lines that begin with % steer a YAML reader; content has no use for them.",
        "%YAML 1.1",
        "",
    ),
    Rule(
        "YAML-DOCUMENTS",
        E,
        "A line --- begins a second document, which would not be read.",
        "---",
        "",
    ),
    Rule(
        "YAML-CONTROL",
        E,
        "Control characters, line separators and marks that turn the direction of writing are"
        " invisible and change what is printed.",
    ),
    Rule("YAML-DEPTH", E, "No content lies deeper than 12 levels."),
    Rule("YAML-SIZE", E, "A content file has at most 2 MB."),
    Rule(
        "CONTENT-MISSING",
        E,
        "A key that every file of its kind has is missing.",
        "",
        "status: draft",
    ),
    Rule(
        "CONTENT-UNKNOWN",
        E,
        "A key is not one of its place: a misspelling, or a wrong indentation. What stands under it"
        " would be lost.",
        "kontext: |",
        "context: |",
    ),
    Rule(
        "CONTENT-EMPTY",
        E,
        "A text is empty, and its place on the page would be.",
        "title:",
        "title: Peru",
    ),
    Rule(
        "CONTENT-VALUE",
        E,
        "What stands there does not fit the key: a score that is no number, a list where one line"
        " belongs, a text that YAML would cut.",
        'ownership: "0,8"',
        "ownership: 0.8",
    ),
    Rule(
        "COUNTRY-RESERVED",
        E,
        "A folder of content/ is called like the card of all countries, which no country can be.",
        "content/scoreboard/scores.yaml",
        "content/suriname/scores.yaml",
    ),
    Rule("CARD-LANGUAGE", E, "A card stands in a language that the edition does not have."),
    Rule(
        "EDITION-LANGUAGE",
        E,
        "A language of the edition is no language, or the source language is not among them.",
        "source_language: xx",
        "source_language: en",
    ),
    Rule(
        "EDITION-ORGANISATION",
        E,
        "The cover or the back names an organisation that is not under `organisations`.",
    ),
    Rule(
        "EDITION-PROFILE",
        E,
        "The ICC profile that the print edition names is not in the workspace, or describes no"
        " printing in four inks.",
    ),
    Rule(
        "EDITION-LINK",
        E,
        "A text links to an address kept in the edition, and there is none of that name.",
        "[Scoreboard](edition:board)",
        "[Scoreboard](edition:scoreboard)",
    ),
    Rule(
        "FRAMEWORK-ID",
        E,
        "Dimensions and categories share one set of names, and each needs its own.",
    ),
    Rule("FRAMEWORK-LETTER", E, "Two categories have the same letter."),
    Rule(
        "FRAMEWORK-MISSING",
        E,
        "A dimension or category of the scoreboard has no text in this file.",
    ),
    Rule(
        "FRAMEWORK-UNKNOWN",
        E,
        "A text or score is for a dimension or category that the scoreboard does not have.",
    ),
    Rule(
        "SCORE-RANGE",
        E,
        "A score lies between 0 and the scoreboard's maximum.",
        "ownership: 1.3",
        "ownership: 0.3",
    ),
    Rule(
        "SCORE-TWICE",
        E,
        "A category has a score and criteria. The mean of the criteria is the score.",
    ),
    Rule(
        "SCORE-CRITERION",
        E,
        "A criterion is not one of the category's, or one of the category's has no score.",
    ),
    Rule(
        "SCORE-COUNTRY",
        E,
        "A country's code is none of ISO 3166, or a country is named that content/ does not have.",
        "country: XX",
        "country: PE",
    ),
    Rule(
        "SCORE-PUBLISHED",
        E,
        "The published score differs from the one computed from the categories.",
    ),
    Rule("SCORE-RANK", E, "The published rank differs from the one computed from the scores."),
    Rule(
        "SCORE-AHEAD",
        E,
        "The countries stated as ahead are not those that are, or not as many as the rank says.",
    ),
    Rule(
        "SCORE-TYPED",
        W,
        "A score or rank of the data is typed by hand. It would stay when the data change.",
        "Peru scores 11.7.",
        "Peru scores {{ score.total }}.",
    ),
    Rule(
        "SCORE-CONTRADICTED",
        E,
        "A score or rank in the text is none that the data have.",
        "Peru scores 11.9.",
        "Peru scores {{ score.total }}.",
    ),
    Rule(
        "CLAIM-ORDER",
        E,
        "Highest, lowest, perfect, or “after …” is claimed, and the data say otherwise.",
        "the lowest score (of the second lowest)",
        "a low score",
    ),
    Rule(
        "NUMBER-CONFLICT",
        E,
        "Two figures of one card differ by swapped digits or by a hair: one quantity with two"
        " values. A figure rounded or cut (over 139,000 for 139,169) is no fault.",
        "139,619 hectares … 139,169 hectares",
        "139,169 hectares … over 139,000 hectares",
    ),
    Rule(
        "NUMBER-LANGUAGES",
        E,
        "A number stands in one language of a paragraph and not in the other. 12,5 and 12.5 are the"
        " same.",
        "66.9% | 69.6 %",
        "66.9% | 66.9 %",
    ),
    Rule(
        "LAW-CONFLICT",
        E,
        "A law is cited under two numbers or two dates. A short form after the full one is no"
        " fault.",
        "Law No. 27651 … Law No. 27561",
        "Law No. 27651 … Law No. 27651",
    ),
    Rule(
        "DATE-FUTURE",
        W,
        "A note cites a source from after the date of the edition, or a day is told that was still"
        " to come. A year alone in the text may be a plan's.",
        "Anuario Minero. 2042.",
        "Anuario Minero. 2024.",
    ),
    Rule(
        "NOTE-MISSING",
        E,
        "A note is called that stands nowhere.",
        "…practices[^dl-1101].",
        "…practices[^dl-1100].",
    ),
    Rule(
        "NOTE-UNUSED",
        E,
        "A note is never called: most often its call was lost in an edit.",
        "notes: {spare: …}",
        "…text[^spare].",
    ),
    Rule(
        "NOTE-TWICE",
        E,
        "Two notes say the same. One note can be called twice.",
        "a: Law No. 1. / b: Law No. 1.",
        "a: Law No. 1.",
    ),
    Rule("NOTE-NESTED", E, "A note calls a note: it would have to stand at the foot of a note."),
    Rule(
        "NOTE-SHARED", E, "The wording that all cards share calls a note; notes belong to a card."
    ),
    Rule(
        "NOTE-CITED",
        E,
        "A citation names a note that stands nowhere.",
        "[A, 2020]{cites=b}",
        "[A, 2020]{cites=a-2020}",
    ),
    Rule("NOTE-LANGUAGES", E, "A paragraph calls other notes in one language than in the other."),
    Rule(
        "CITATION-UNTIED",
        W,
        "An author–date citation is tied to no note.",
        "(Balbuena et al., 2026)",
        "([Balbuena et al., 2026]{cites=balbuena-2026})",
    ),
    Rule(
        "INSTITUTION-MISSING",
        E,
        "A recommendation names an institution that is not under `institutions`.",
    ),
    Rule("INSTITUTION-UNUSED", W, "An institution is named by no recommendation."),
    Rule("PICTURE-MISSING", E, "A picture or pictogram is not in figures/."),
    Rule(
        "PICTURE-CUT",
        E,
        "A text has no room on a picture for social media, in no size of the title: a long title,"
        " or names of dimensions or organisations.",
    ),
    Rule(
        "LINK-INSECURE",
        W,
        "An address begins with http://. Readers' browsers warn of such sites.",
        "http://example.org",
        "https://example.org",
    ),
    Rule(
        "LINK-TRACKING",
        W,
        "An address carries a parameter that tells the site where its visitors came from.",
        "https://example.org/?utm_source=pdf",
        "https://example.org/",
    ),
    Rule(
        "LINK-FRAGMENT",
        W,
        "An address ends in a text fragment that a search added; it breaks when the page changes.",
        "https://example.org/#:~:text=gold",
        "https://example.org/",
    ),
    Rule(
        "PROSE-BOLD",
        E,
        "Two asterisks open or close bold, and their other half is missing.",
        "**gold",
        "**gold**",
    ),
    Rule(
        "PROSE-ITALIC",
        E,
        "An asterisk opens or closes italics, and its other half is missing.",
        "*gold",
        "*gold*",
    ),
    Rule("PROSE-CALL", E, "A note call is not complete.", "[^a", "[^a]"),
    Rule(
        "PROSE-VALUE",
        E,
        "A value is not complete, or there is none of that name.",
        "{{ score.totl }}",
        "{{ score.total }}",
    ),
    Rule(
        "PROSE-LINK",
        E,
        "A link is not complete, or leads where a card may not: only https, http, mailto and"
        " edition.",
        "[x](javascript:y)",
        "[x](https://example.org)",
    ),
    Rule(
        "PROSE-SPAN",
        E,
        "A mark of language or citation is not complete, or there is none of that name.",
        "[texto]{lang}",
        "[texto]{lang=es}",
    ),
    Rule(
        "PROSE-LANGUAGE",
        E,
        "A passage is marked with a language that is none.",
        "[texto]{lang=xx}",
        "[texto]{lang=es}",
    ),
    Rule("PROSE-LIST", E, "Lists are bullets of one level, one paragraph each.", "1. one", "- one"),
    Rule(
        "PROSE-MARKDOWN",
        E,
        "Prose has no headings, tables, quotation or code blocks.",
        "# Title",
        "**Title**",
    ),
    Rule(
        "PROSE-PICTURE",
        E,
        "Pictures stand in a paragraph of their own, come from figures/, and say what they show.",
        "![](https://x.org/y.png)",
        "![A map](figures/map.svg)",
    ),
    Rule(
        "TEXT-PLACEHOLDER",
        W,
        "A field has nothing but an ellipsis, or a paragraph is still the one that `reportcard new`"
        " began it with: its text was not written yet. An ellipsis within a text is none of this.",
        "findings: |\n  {{ country.name }} …",
        "findings: |\n  {{ country.name }} has a mining law.",
    ),
    Rule(
        "ACRONYM-EARLY",
        W,
        "An acronym is used before the place that spells it out.",
        "OEFA reports … the Agency (OEFA)",
        "the Agency (OEFA) … OEFA reports",
    ),
    Rule(
        "ACRONYM-TWICE",
        W,
        "An acronym is spelled out in two ways.",
        "Agency of Control (OEFA) … Office of Audit (OEFA)",
        "Agency of Control (OEFA), twice",
    ),
    Rule("HOUSE-WORD", W, "The edition's list of words to avoid has this one."),
    Rule(
        "LINK-LANGUAGES",
        W,
        "A paragraph links to other sites in one language than in the other.",
        "[here](https://one.org) | [aquí](https://other.org)",
        "[here](https://one.org/en) | [aquí](https://one.org/es)",
    ),
    Rule(
        "TRANSLATION-BLOCKS",
        E,
        "A translation can be confirmed block by block only if it has as many paragraphs and"
        " bullets as its source.",
    ),
    Rule(
        "TRANSLATION-MISSING",
        E,
        "A field that is to be confirmed or kept is not translated, or there is none of that name.",
    ),
    Rule(
        "TERM-AVOIDED",
        W,
        "The glossary has another word for this one.",
        "la puntuación del Perú",
        "el puntaje del Perú",
    ),
    Rule(
        "LANG-BLOCKS",
        W,
        "A field has more paragraphs or bullets in one language than in the other.",
    ),
    Rule(
        "FALLBACK-FINAL",
        E,
        "A card is final and has fields in another language: where the edition lets a language fall"
        " back on the source, that is for drafts.",
    ),
    Rule(
        "LANG-MISSING",
        W,
        "A field stands in one language and not in the other: it is not translated, or its source"
        " is gone.",
    ),
    Rule(
        "BOLD-LANGUAGES",
        W,
        "A paragraph has more bold passages in one language than in the other: a run-in was lost.",
    ),
    Rule("VALUE-LANGUAGES", W, "A paragraph tells other values in one language than in the other."),
    Rule(
        "LANG-FOREIGN",
        W,
        "A word is one of another language of the edition, in a passage not marked so.",
        "Disponible en https://… (in an English note)",
        "Available at https://…",
    ),
    Rule(
        "SPELL-WORD",
        W,
        "A word is in no dictionary. Names and acronyms are taken from the content; `spelling` in"
        " the edition lists the rest.",
        "minning",
        "mining",
    ),
    Rule(
        "SPELL-DICTIONARY",
        W,
        "There is no dictionary for a language of the edition, so its spelling was not checked. The"
        " system's Hunspell dictionaries are used, those in the folders of the environment's"
        " DICPATH, or those of the extra `spelling`. A release tells it and is not withheld by it:"
        " some languages have no dictionary.",
        can_be_waived=False,
    ),
    Rule(
        "TYPE-QUOTE",
        W,
        "A typographic quotation mark that is not the house's. Straight quotes become the right"
        " ones.",
        "„gold“",
        '"gold"',
    ),
    Rule(
        "TYPE-DECIMAL",
        W,
        "A number has the decimal mark of another language or country.",
        "11,7 (in English)",
        "11.7",
    ),
    Rule(
        "TYPE-DASH",
        W,
        "A hyphen or two stand for a dash.",
        "gold - and mercury",
        "gold—and mercury",
    ),
    Rule(
        "TYPE-SPACE",
        W,
        "Two spaces, or a space before a full stop or comma.",
        "gold , mercury",
        "gold, mercury",
    ),
    Rule(
        "TYPE-PERCENT",
        W,
        "In Spanish a space stands before %, in English none.",
        "9% (in Spanish)",
        "9 %",
    ),
    Rule(
        "TYPE-ORDINAL",
        W,
        "Ordinals and “number” are abbreviated as the language does.",
        "Ley Nº 27651",
        "Ley N.º 27651",
    ),
    Rule("TYPE-DOUBLED", W, "A word stands twice.", "the the law", "the law"),
    Rule(
        "TYPE-BRACKET",
        W,
        "A bracket or quotation mark has no other half in its paragraph.",
        "(gold",
        "(gold)",
    ),
    Rule("STYLE-MISSING", E, "A style sheet or the colour tokens are not in styles/."),
    Rule("STYLE-UNREADABLE", E, "A style sheet cannot be read."),
    Rule(
        "STYLE-TOKEN",
        E,
        "A colour is not defined, or not as it should be, or has more than 300 % ink.",
        "gold: red",
        'gold: {screen: "#a87214", print: [20, 50, 100, 16]}',
    ),
    Rule(
        "LAYOUT-WARNING",
        E,
        "The typesetting engine, the drawing library or the font library warned: a property that"
        " does not exist, a picture that is missing.",
    ),
    Rule(
        "LIBRARY-REMARK",
        W,
        "A library said something that this program does not know. It withholds nothing by itself;"
        " look at the pages, and report the line, so that the next version knows it.",
        can_be_waived=False,
    ),
    Rule(
        "MACHINE-REMARK",
        N,
        "A library said something of this machine, not of the card: a folder that it cannot write,"
        " a library of the system that is missing. It is never kept.",
        can_be_waived=False,
    ),
    Rule("PAGE-NOTE", E, "A note begins on another page than its call."),
    Rule(
        "PAGE-NOTE-ORDER",
        E,
        "Notes do not follow each other down the page and from page to page in the order of their"
        " numbers.",
    ),
    Rule(
        "PAGE-OVERFLOW",
        E,
        "A line of text reaches out of the page's text block: a word or an address that cannot be"
        " broken.",
    ),
    Rule("PAGE-HEADING", W, "A heading has fewer than two lines of text after it on its page."),
    Rule(
        "PAGE-WIDOW",
        W,
        "The last line of a paragraph stands alone at the head of a page, or its first line alone"
        " at the foot.",
    ),
    Rule("PAGE-EARLY-LINE", W, "A line ends early though the next word had room."),
    Rule("PAGE-TAIL", W, "A section's last page is less than a quarter full."),
    Rule(
        "PAGE-FULL",
        E,
        "A page of the scoreboard, which is a leaf of two pages, does not hold what stands on it:"
        " too many countries, or too long a text.",
    ),
    Rule(
        "PAGE-GAUGES",
        E,
        "Gauges of one row do not stand on one line, or their labels reach into each other.",
    ),
    Rule(
        "PAGE-FONT",
        E,
        "A glyph comes from a font that the styles do not declare: the declared ones lack it.",
    ),
    Rule(
        "PAGE-CONTRAST",
        E,
        "Text has less than 4.5 : 1 contrast to its background (3 : 1 from 18 pt, or from 14 pt"
        " bold), or a gauge or bar less than 3 : 1 to what it lies on: WCAG 2.2, success criteria"
        " 1.4.3 and 1.4.11.",
    ),
    Rule("PAGE-SMALL", E, "Text is smaller than 7 pt."),
    Rule("PAGE-RESOLUTION", W, "A picture has fewer than 300 pixels per inch at its printed size."),
    Rule(
        "PAGE-PICTURE",
        E,
        "A picture is in CMYK, or has more than 8 bits a colour. One layout serves screen, print"
        " and archive: pictures are given in RGB.",
    ),
    Rule(
        "BUILD-LOST",
        E,
        "The process that made a card ended before it was done: it was killed, or memory ran out."
        " It was tried twice.",
    ),
    Rule("PAGE-COUNT", W, "The languages of a card differ by more than one page."),
    Rule(
        "PAGE-MENDED",
        N,
        "The typesetter changed spacing, size or a tie a little, in one section, to mend a fault of"
        " the page. It says what it did.",
    ),
    Rule(
        "WEB-FILE",
        E,
        "A page of the web edition is one file that loads nothing. The style sheet or a text asks"
        " for a font or a picture that is not there, or that browsers cannot show.",
    ),
    Rule(
        "WEB-WEIGHT",
        W,
        "A page of the web edition weighs more than 500 KB: it takes long where connections are"
        " slow.",
    ),
    Rule(
        "PDF-UNREADABLE",
        E,
        "A file given is no PDF, is damaged, opens with a password only, or draws more than is"
        " looked at.",
    ),
    Rule(
        "PDF-UA",
        E,
        "A rule of PDF/UA-1 (ISO 14289-1) is broken: a screen reader would stumble. The"
        " validator and its own rule are named.",
    ),
    Rule(
        "PDF-A",
        E,
        "A rule of PDF/A (ISO 19005) is broken: the file might not open the same in later years."
        " The validator and its own rule are named.",
    ),
    Rule(
        "PDF-VALIDATOR",
        W,
        "The program verapdf is on this machine and gave no verdict on a file: it failed, or took"
        " too long. The file was inspected by the built-in validator alone; a release tells it and"
        " is not withheld by it.",
        can_be_waived=False,
    ),
    Rule("PDFX-VERSION", E, "A file for a press says that it is PDF/X-4 (ISO 15930-7)."),
    Rule(
        "PDFX-METADATA",
        E,
        "PDF/X-4 asks for a title, dates, identifiers and a word on trapping in the metadata.",
    ),
    Rule("PDFX-ID", E, "PDF/X-4 asks for an identifier in the file's trailer."),
    Rule("PDFX-ENCRYPTED", E, "A press cannot ask for a password."),
    Rule(
        "PDFX-INTENT",
        E,
        "The file names the printing condition it is made for, once, with the ICC profile of an"
        " output device in four inks.",
    ),
    Rule("PDFX-BOXES", E, "Each page has a trim box, inside the bleed box, inside the sheet."),
    Rule("PDFX-FONT", E, "All fonts are embedded: a press has no others."),
    Rule(
        "PDFX-ACTION",
        E,
        "Links, forms, scripts and other actions have no place on paper, and PDF/X-4 forbids them.",
    ),
    Rule("PDFX-ANNOTATION", E, "No comment, link or field lies on the printed area."),
    Rule(
        "PDFX-BLEND",
        E,
        "Transparency is blended in the inks, else colours shift where it meets others.",
    ),
    Rule("PDFX-TRANSFER", E, "Tone curves and screening belong to the press, not to the file."),
    Rule("PDFX-DRAWING", E, "No PostScript, no stand-in for a picture, nothing of another file."),
    Rule("PDFX-COLOUR", E, "Colours without a profile are given in the inks of the output intent."),
    Rule(
        "PRINT-COLOUR",
        E,
        "The print edition is in inks throughout: nothing is left to be converted on the press.",
    ),
    Rule(
        "PRINT-FOREIGN",
        N,
        "A colour of a figure or logo is no token of styles/tokens.yaml. In print it was converted"
        " through the profile, and may look otherwise than chosen.",
    ),
    Rule(
        "PRINT-INK",
        E,
        "More than 300 % ink on one spot does not dry, and sets off on the next sheet.",
    ),
    Rule("PRINT-INK-UNKNOWN", W, "The ink of the pages could not be measured on its separations."),
    Rule(
        "PRINT-INK-ESTIMATE",
        N,
        "Without Ghostscript there are no separations to measure ink on. Colours that lie over each"
        " other are not added up then.",
    ),
    Rule(
        "PRINT-BLACK",
        E,
        "Text is black ink alone and overprints: of several inks, or knocked out, it shows coloured"
        " or white edges where plates shift.",
    ),
    Rule(
        "PRINT-RESOLUTION",
        E,
        "A picture in print has 300 pixels per inch or more at its size on the page.",
    ),
    Rule("PRINT-HAIRLINE", E, "A line thinner than 0.25 pt breaks up on the plate."),
    Rule(
        "PRINT-BLEED",
        E,
        "What reaches the edge goes 3 mm past it, so that no white shows where the knife slips.",
    ),
    Rule(
        "PRINT-PAGES",
        N,
        "The edition asks to be told when the number of pages is no multiple of four, as a stapled"
        " booklet needs.",
    ),
    Rule(
        "INTAKE-UNPLACED",
        W,
        "A manuscript that was taken in has text that belongs to no field that could be told. It is"
        " kept under `unplaced` and not printed; a release refuses it.",
        "unplaced: |\n  The text.",
        "context: |\n  The text.",
        can_be_waived=False,
    ),
    Rule(
        "INTAKE-CELLS",
        E,
        "A row of a .csv has more cells than its head. Most often its numbers have decimal commas,"
        " and commas part its cells too: which number belongs where cannot be told.",
        "peru,0,9,1,0",
        "peru;0,9;1,0",
    ),
    Rule(
        "INTAKE-NAME",
        E,
        "A table of scores names a country, a dimension, a category or a criterion that the"
        " workspace does not have.",
        "Mercurio y cianuro",
        "Regulación del mercurio",
    ),
    Rule(
        "INTAKE-NUMBER",
        E,
        "A cell of a table of scores holds something else than a score: words, a date, a"
        " percentage, a number out of range or with more than four decimals.",
        "80 %",
        "0.8",
    ),
    Rule(
        "INTAKE-TWICE",
        E,
        "A table of scores gives a score twice, or a category's score and those of its criteria.",
    ),
    Rule("INTAKE-SUM", E, "A table of scores states a sum that its own scores do not make."),
    Rule(
        "RELEASE-STATUS",
        E,
        "Only what somebody declared final goes out. This holds for a release; a build makes drafts"
        " too.",
        "status: review",
        "status: final",
    ),
    Rule(
        "RELEASE-PROVISIONAL",
        E,
        "A release has no placeholders among its scores, nor does the scoreboard that compares all"
        " countries.",
        "provisional: true",
        "",
    ),
    Rule(
        "RELEASE-TRANSLATION",
        E,
        "In a release every block of a translation was confirmed against its source as it is now.",
    ),
    Rule(
        "RELEASE-VERSION",
        N,
        "The cards bear another version than the release's name. They may, if yours are"
        " counted so.",
    ),
    Rule(
        "RELEASE-CHANGES",
        N,
        "A card of an earlier release cannot be read any more, so that readers are not told what"
        " changed in it.",
    ),
    Rule(
        "RELEASE-SIGN-OFF",
        E,
        "The edition asks for reviewers: each file needs a record that was made of this very file,"
        " with every change seen and none in question.",
    ),
    Rule(
        "WAIVER-UNUSED",
        W,
        "A waiver waives nothing: the fault is gone, the field or rule has another name, or the"
        " rule cannot be waived.",
    ),
)

#: What is said of the machine at one moment, which no kept work repeats.
PASSING: Final = frozenset({"MACHINE-REMARK"})
#: What leaves open whether the work is sound: it is not kept.
UNSURE: Final = frozenset(
    {"LIBRARY-REMARK", "PRINT-INK-UNKNOWN", "PRINT-INK-ESTIMATE", "BUILD-LOST", "PDF-VALIDATOR"}
)
#: Warnings that a release tells and that do not withhold it: nobody at hand can mend them.
LENIENT: Final = frozenset({"LIBRARY-REMARK", "PDF-VALIDATOR", "SPELL-DICTIONARY"})

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.code: rule for rule in _TABLE})

#: Waivers of a file: by field and rule, each with where it stands and the reason.
Waivers = Mapping[tuple[str, str, str], Place]


class Stage(StrEnum):
    """When a rule is looked at: with the content, with dictionaries, on the laid-out pages, or in a
    finished PDF.
    """

    CONTENT = "content"
    SPELLING = "spelling"
    LAYOUT = "layout"
    PREFLIGHT = "preflight"

    @classmethod
    def of(cls, code: str) -> "Stage":
        """The stage of a rule."""
        if code.startswith(("PAGE-", "LAYOUT-", "BUILD-", "LIBRARY-", "MACHINE-")):
            return cls.LAYOUT
        if code.startswith(("PDF-", "PDFX-", "PRINT-")):
            return cls.PREFLIGHT
        is_spelling = code.startswith("SPELL-") or code == "LANG-FOREIGN"
        return cls.SPELLING if is_spelling else cls.CONTENT


def judged(problems: Iterable[Problem], waivers: Waivers, stage: Stage) -> tuple[Problem, ...]:
    """The problems of a stage with their rules' severities, those waived left out, and its waivers
    that waive nothing.
    """
    kept = []
    used = set()
    for problem in problems:
        key = (problem.place.file, problem.field, problem.code)
        if key in waivers and RULES[problem.code].can_be_waived:
            used.add(key)
        else:
            kept.append(replace(problem, severity=RULES[problem.code].severity))
    for key, place in waivers.items():
        if key not in used and Stage.of(key[2]) is stage:
            kept.append(
                Problem(
                    "WAIVER-UNUSED", _idle(key[2]), "Delete it.", place, Severity.WARNING, key[1]
                )
            )
    return tuple(kept)


def _idle(code: str) -> str:
    """What is told of a waiver that waived nothing; it may name a rule that is none."""
    rule = RULES.get(code)
    return (
        f"this waiver of {code} waives nothing."
        if rule is None or rule.can_be_waived
        else f"{code} cannot be waived."
    )


def explain(rule: Rule) -> str:
    """A rule for people, in Markdown."""
    gravity = {E: "error: the card is withheld", W: "warning", N: "note"}[rule.severity]
    parts = [
        f"**{rule.code}** ({gravity}{'' if rule.can_be_waived else '; cannot be waived'})",
        rule.why,
    ]
    for label, example in (("Wrong", rule.bad), ("Right", rule.good)):
        if example:
            parts.append(
                f"{label}: `{example}`"
                if "\n" not in example
                else f"{label}:\n\n```yaml\n{example}\n```"
            )
    return "\n\n".join(parts)


def document() -> str:
    """All rules, as docs/rules.md has them."""
    head = (
        "# Rules\n\nMade from the program's own table by `reportcard explain --all`. An error"
        " withholds the card, a warning is told (and fails with `--strict`).\n\nA rule can be"
        " waived on one field, with the reason, in the file that the field stands"
        " in:\n\n```yaml\nwaivers:\n  context:\n    NUMBER-CONFLICT: The two figures are of two"
        " ministries.\n```\n"
    )
    return "\n\n".join([head.rstrip(), *(explain(rule) for rule in RULES.values())]) + "\n"
