"""Numbers, dates, lists and ties between words, by language and country; the only importer of babel
here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812  the method below has its name
from decimal import Decimal
from functools import cache, cached_property
from typing import Final
from unicodedata import normalize

from babel import Locale, localedata
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.units import format_unit

from reportcard.content.model import House
from reportcard.language.literals import NumberMarks
from reportcard.language.numbers import NumberStyle
from reportcard.language.packs import pack

NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True)
class Tongue:
    """A language as it is written in a card's country, with the edition's house style over it.

    `country` is an ISO 3166 code, or the UN M49 number of a region. The locale is language and
    country where CLDR has it (es_PE), else the language (en).
    """

    language: str
    country: str
    house: House

    @cached_property
    def _locale(self) -> Locale:
        return _locale_of(self.language, self.country)

    def number(self, value: Decimal) -> str:
        """`value` with all its decimals and the language's marks: 11.7, 12,5."""
        return self.numbers.write(value)

    def with_suffix(self, number: str, suffix: str) -> str:
        """A number as written, and what is printed after it. Before the percent sign there is a
        space where CLDR has one in the language: 68% in English, 68 % in Spanish in every country,
        as the Ortografía of 2010 has it (CLDR has none in Peru). Before any other suffix there is
        one.
        """
        if not suffix:
            return number
        language = Locale.parse(self._locale.language)
        pattern = str(language.percent_formats[None].pattern)
        is_tight = suffix == "%" and pattern.endswith(("0%", "#%"))
        return f"{number}{'' if is_tight else NO_BREAK_SPACE}{suffix}"

    @cached_property
    def numbers(self) -> NumberStyle:
        """How numbers are written and read: by the house's decimal mark, or that of language and
        country.
        """
        symbols = self._locale.number_symbols["latn"]
        decimal, group = str(symbols["decimal"]), str(symbols["group"])
        if self.house.decimal and self.house.decimal != decimal:
            decimal, group = self.house.decimal, decimal if group in ".," else group
        return NumberStyle(
            self.language,
            NumberMarks("," if decimal == "," else ".", group),
            self.house.before_numbers,
        )

    def date(self, value: Day) -> str:
        """The date in words."""
        return format_date(value, "long", locale=self._locale)

    def dates(self, text: str) -> Iterator[tuple[Day, int]]:
        """The full dates in a text, in words (24 November 2026, November 24, 2026, 24 de
        noviembre de 2026), with their offsets.
        """
        for match in self._dates.finditer(text):
            day, name = match[1] or match[4], match[2] or match[3]
            try:
                yield Day(int(match[5]), self.months[name.lower()], int(day)), match.start()
            except ValueError:
                continue  # 31 November is not a date

    @cached_property
    def months(self) -> dict[str, int]:
        """The names of the months in small letters, and their numbers."""
        wide = self._locale.months["format"]["wide"]
        return {str(name).lower(): number for number, name in wide.items()}

    @cached_property
    def month_names(self) -> frozenset[str]:
        """The names of the months and their abbreviations in small letters, without a point."""
        return _names(self._locale.months["format"])

    @cached_property
    def day_names(self) -> frozenset[str]:
        """The names of the days of the week in the same way."""
        return _names(self._locale.days["format"])

    @cached_property
    def spans_of_time(self) -> frozenset[str]:
        """The words for years, months, weeks, days, hours and minutes, singular and plural."""
        written = (
            format_unit(count, f"duration-{unit}", "long", locale=self._locale)
            for unit in ("year", "month", "week", "day", "hour", "minute")
            for count in (1, 2)
        )
        return frozenset(text.split()[-1].lower() for text in written)

    @cached_property
    def _dates(self) -> re.Pattern[str]:
        month = "|".join(re.escape(name) for name in self.months)
        return re.compile(
            rf"\b(?:(\d{{1,2}})\s(?:de\s)?({month})|({month})\s(\d{{1,2}}),?)\s(?:de\s)?(\d{{4}})\b",
            re.IGNORECASE,
        )

    def join(self, names: Sequence[str]) -> str:
        """Names joined as the language lists them: a, b, and c; a, b y c."""
        return format_list(list(names), locale=self._locale)

    def country_name(self, code: str) -> str:
        """The name of a country by its ISO code, or the code itself if CLDR has none."""
        return str(self._locale.territories.get(code, code))

    def tie(self, text: str) -> str:
        """`text` with no-break spaces between a number and its unit (of the house, or one that the
        language knows), between “N.º” and its number, and before the signs that the language sets
        apart (French: : ; ? ! « »).
        """
        for pattern in self._ties:
            text = pattern.sub(NO_BREAK_SPACE, text)
        return text

    @cached_property
    def _ties(self) -> tuple[re.Pattern[str], ...]:
        words = (*self.house.units, *self.numbers.words_after)
        units = "|".join(rf"{re.escape(word)}(?!\w)" for word in dict.fromkeys(words))
        patterns = [re.compile(rf"(?<=\d) (?={units})")]
        if self.house.before_numbers:
            # A look-behind has one width; a word of the list is found and its space replaced.
            patterns.append(
                re.compile(
                    "|".join(
                        rf"(?<=(?<!\w){re.escape(word)}) (?=\d)"
                        for word in self.house.before_numbers
                    )
                )
            )
        # The name before “et al.”, and the year of a citation.
        patterns.append(re.compile(r" (?=et\sal\.)|(?<=\bet) (?=al\.)|(?<=\bal\.,) (?=\d{4})"))
        known = pack(self.language)
        if known and known.spaced:
            patterns += _apart(known.spaced)
        return tuple(patterns)


@cache
def _locale_of(language: str, country: str) -> Locale:
    """See `Tongue`. To look for a locale takes longer than all else that is asked of it."""
    language, _, region = language.partition("-")
    for name in (f"{language}_{region}", f"{language}_{country}", language):
        if localedata.exists(name):
            return Locale.parse(name)
    return Locale.parse("en")


def _apart(signs: Sequence[str]) -> Iterator[re.Pattern[str]]:
    """The spaces before signs, and those inside quotation marks, typed or not."""
    listed = re.escape("".join(signs))
    yield re.compile(rf"(?<=\S) (?=[{listed}](?![^\s»)\]]))")
    if "»" in signs:
        yield re.compile(r"(?<=«)(?: |(?=\S)(?!\u00a0|\u202f)|$)|(?:(?<=\S) |(?<!\s)|^)(?=»)")


#: English words that names of countries have or lack.
_SMALL: Final = frozenset({"and", "the"})


def _names(forms: Mapping[str, Mapping[object, str]]) -> frozenset[str]:
    """The long and the abbreviated names of a calendar in small letters."""
    return frozenset(
        str(name).lower().rstrip(".")
        for width in ("wide", "abbreviated")
        for name in forms[width].values()
    )


def named_country(name: str, languages: Iterable[str]) -> str | None:
    """The ISO 3166 code of a country by its name in one of the languages, also written as a
    folder's: `costa-rica`.
    """
    wanted = (folder_name(name), _plain(name))
    known = (
        codes.get(one)
        for codes in (_codes_by_name(language.partition("-")[0]) for language in languages)
        for one in wanted
    )
    return next(filter(None, known), None)


@cache
def _codes_by_name(language: str) -> dict[str, str]:
    """The ISO 3166 codes of countries by their names in a language, as folders have them, and by
    what people also type: CLDR's English has "St. Lucia", "Trinidad & Tobago", "Myanmar (Burma)".
    """
    names = [
        (str(code), label)
        for code, label in Locale.parse(language).territories.items()
        if len(code) == 2 and code.isalpha()
    ]
    found: dict[str, str] = {}
    for written in (folder_name, _plain):
        for code, label in names:
            found.setdefault(written(label), code)
    for code, label in names:
        if "(" in label:
            for part in filter(str.strip, re.split(r"[()]", label)):
                found.setdefault(_plain(part), code)
    return found


def _plain(name: str) -> str:
    """A country's name as that of a folder, without apostrophes, "and" and "the"; St. in full."""
    words = folder_name(re.sub(r"['’]", "", name)).split("-")
    return "-".join("saint" if one == "st" else one for one in words if one not in _SMALL)


def folder_name(name: str) -> str:
    """A country's name as that of its folder: small letters without accents, words joined by
    hyphens.
    """
    letters = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", letters))


def own_name(language: str) -> str:
    """A language's name in itself, as CLDR has it, or its code."""
    code = language.replace("-", "_")
    if not localedata.exists(code):
        return language
    locale = Locale.parse(code)
    name = str(locale.get_display_name(code) or language)
    return name[:1].upper() + name[1:]


def is_language(tag: str) -> bool:
    """Whether CLDR knows the language of a tag like `es` or `pt-BR`."""
    return localedata.exists(tag.replace("-", "_")) or localedata.exists(tag.partition("-")[0])


def home_country(language: str) -> str:
    """The ISO 3166 code of the country where most speak a language, as CLDR has it: US for en, PE
    for qu. Empty if it has none.
    """
    region = str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]
    return region if is_country(region) else ""


def is_country(code: str) -> bool:
    """Whether `code` is a country's (ISO 3166-1 alpha-2)."""
    return code in Locale.parse("en").territories and code not in ("ZZ", "XX")


def nearest_tag(tag: str, tags: Iterable[str]) -> str:
    """Which of some language tags another one means, as tools write it with a region or an
    underscore: `es-PE`, `es_ES` for `es`. Empty if none, or more than one does.
    """
    known = {one.lower(): one for one in tags}
    parts = tag.strip().replace("_", "-").lower().split("-")
    for length in range(len(parts), 0, -1):
        if found := known.get("-".join(parts[:length])):
            return found
    alike = [one for lower, one in known.items() if lower.split("-")[0] == parts[0]]
    return alike[0] if len(alike) == 1 else ""
