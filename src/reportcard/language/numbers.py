"""The one reader and writer of numbers: in a text of a language, as it is written in a country and
in the style of a house.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final

from reportcard.language.literals import LITERAL, POINT, NumberMarks
from reportcard.language.number_words import SPACE, NumberWords, RankWords, any_of, spaced
from reportcard.language.packs import every_pack, pack
from reportcard.language.unit_symbols import UNIT_SYMBOLS

#: A name of a license, before the number of its version.
_LICENSE: Final = r"\bCC(?:[ -](?:BY|NC|ND|SA))+|\bCreative Commons(?: [\w-]+){0,4}|\b[Vv]\.?"
#: The sign of soles ends in a stroke or a point: S/5, S/.5.
_NUMBER: Final = re.compile(
    rf"(?:(?<![\w.,/#])|(?<=(?<!\w)S/)|(?<=(?<!\w)S/\.)){LITERAL}(?!/[0-9])"
)
#: What follows the parts of a name, as of 014-92-EM; 139km2 is a number with its unit.
_NAME_GOES_ON: Final = re.compile(r"(?!(?:km|m)[23]\b)[\w-]*\d")
_DIGIT: Final = re.compile(r"\d")
_RANGE: Final = re.compile(
    r"(?<![\w.,/#-])[1-9]\d*(?:[.,]\d+)*-[1-9]\d*(?:[.,]\d+)*(?![\w-]|[.,/]\d)", re.ASCII
)
_SIGN: Final = re.compile(
    rf"(?:(?<![\w.,)%‰])(?<!\d{SPACE})−{SPACE}?|(?:^|(?<=[\s(\[{{«“\"':;,/—]))(?<!\d{SPACE})-)$"
)
#: A half dash before digits: a minus only where it cannot begin a remark or end a range.
_DASH_SIGN: Final = re.compile(rf"(?:^|(?<=[\s(\[«“\":;,]))(?<!\d{SPACE})–$")
#: So many letters are looked through for the end of a remark.
_LONGEST_REMARK: Final = 400
_REMARK_ENDS: Final = re.compile(r"[\w%‰)]–")
#: Between numbers that share what follows the last: 2–3 %, 2 or 3 million.
_SHARING: Final = re.compile(rf"[-–]|[,;]?{SPACE}(?:[^\W\d_]{{1,4}}{SPACE})?")
#: Between tens and ones; after hundreds and thousands.
_BEFORE_ONES: Final = ("-", " y ", " e ", " and ", " et ")
_AFTER_HUNDREDS: Final = (" ", " e ", " and ")
_ROMAN: Final = re.compile(r"(?<![\w.-])(?=[VX]|I[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?![\w-]|\.\w)")
_ROMAN_DIGITS: Final[Mapping[str, int]] = {"I": 1, "V": 5, "X": 10}
_TENS: Final = range(20, 100, 10)
_HUNDRED, _THOUSAND = 2, 3


@dataclass(frozen=True)
class Number:
    """A number in a text.

    `power` is the power of ten of its magnitude (million: 6); `unit` is the same in every language
    (hectare, percent), empty if unknown. `shared_power` and `shared_unit` are those of the next
    number, which may be its own too: "2 or 3 million".
    """

    typed: str
    """Sign and digits, or the word."""
    phrase: str
    """The same with magnitude and unit."""
    mantissa: Decimal
    """The number before its magnitude is applied, with its sign: 8.2 of 8.2 million."""
    offset: int
    """The character of the text at which it begins."""
    unit: str = ""
    power: int = 0
    shared_unit: str = ""
    shared_power: int = 0
    is_rank: bool = False
    is_word: bool = False
    is_foreign: bool = False
    """Whether its marks are those of another language."""
    is_name: bool = False
    """Whether it names something: a law, an article, a version."""
    is_hint: bool = False
    """Whether it is a word that only may stand for a number: dozen, half, nineties."""
    may_be_negative: bool = False
    """Whether a word before it may be a minus sign, and may be something else: menos 5."""
    currency: str = ""
    """The sign of a currency that comes before it: S/"""

    @property
    def digits(self) -> str:
        """Its digits alone."""
        return re.sub(r"\D", "", self.typed)

    @property
    def has_decimals(self) -> bool:
        """Whether decimals are typed."""
        return self.mantissa.as_tuple().exponent != 0

    @cached_property
    def value(self) -> Decimal:
        """The number: −8200000 for −8.2 million."""
        return Decimal(f"{self.mantissa.scaleb(self.power):f}")

    @property
    def end(self) -> int:
        """The character of the text after its unit."""
        return self.offset + len(self.phrase)


@dataclass(frozen=True)
class NumberStyle:
    """How numbers are written in a language, a country and a house. `before_names` are words of the
    house before the number of a law or article.
    """

    language: str
    marks: NumberMarks
    before_names: tuple[str, ...] = ()

    def write(self, value: Decimal) -> str:
        """A number with all its decimals and the marks of the style: 11.7; 139.169; −12,5."""
        return self.marks.write(value)

    def read(self, text: str) -> tuple[Number, ...]:
        """The numbers of a text in their order. Dates in digits, parts of names (014-92-EM) and
        what cannot be a number in any style (1,23,4) are left out; years are numbers.
        """
        return _read(self, text)

    def _found(self, text: str) -> tuple[Number, ...]:
        digits = tuple(self._in_digits(text))
        counted = {at for number in digits for at in range(number.offset, number.end)}
        words = (number for number in self._in_words(text) if number.offset not in counted)
        found = sorted((*digits, *words, *_in_roman_digits(text)), key=_offset)
        for at in range(len(found) - 2, -1, -1):
            one, after = found[at], found[at + 1]
            if _may_share(one) and _SHARING.fullmatch(text, one.end, after.offset):
                found[at] = replace(
                    one,
                    shared_unit=after.unit or after.shared_unit,
                    shared_power=after.power or after.shared_power,
                )
        return tuple(found)

    def _in_digits(self, text: str) -> Iterator[Number]:
        if not _DIGIT.search(text):
            return  # as most texts: the patterns below look at every character
        ranges = _RANGE.finditer(text) if "-" in text else ()
        in_ranges = {at for match in ranges for at in range(*match.span())}
        named = {match.end() for match in self._before_name.finditer(text)}
        for match in _NUMBER.finditer(text):
            start, end = match.span()
            is_part = re.search(r"\d-$", text[max(start - 2, 0) : start])
            if start not in in_ranges and (is_part or _NAME_GOES_ON.match(text, end)):
                continue
            if read := self._literal(match[0], start, is_name=start in named):
                yield self._whole(text, read)

    def _literal(self, literal: str, start: int, *, is_name: bool) -> Number | None:
        """The digits and marks of a number, without what stands before and after them."""
        value = (POINT.read(literal) if is_name else None) or self.marks.read(literal)
        is_foreign = value is None
        if value is None:
            value = self.marks.foreign.read(literal)
        if value is None:
            return None
        return Number(literal, literal, value, start, is_foreign=is_foreign, is_name=is_name)

    def _whole(self, text: str, read: Number) -> Number:
        """A number with its sign and what comes after it."""
        start, end = read.offset, read.end
        rank = self._rank_sign.match(text, end) if self._rank_sign and not read.is_name else None
        stop, power, unit = (rank.end(), 0, "") if rank else self._after(text, end)
        minus = None if read.is_name or rank else _SIGN.search(text, max(start - 4, 0), start)
        if minus is None and (unit or read.has_decimals):
            dash = _DASH_SIGN.search(text, max(start - 4, 0), start)
            minus = (
                dash
                if dash and not _REMARK_ENDS.search(text, stop, stop + _LONGEST_REMARK)
                else None
            )
        start = minus.start() if minus else start
        return replace(
            read,
            typed=text[start:end],
            phrase=text[start:stop],
            mantissa=-read.mantissa if minus else read.mantissa,
            offset=start,
            unit=unit,
            power=power,
            is_rank=rank is not None,
        )

    def _after(self, text: str, end: int) -> tuple[int, int, str]:
        """Where magnitude and unit end that come after a number, the power of ten, and the unit."""
        power, unit = 0, ""
        while self._magnitude and (match := self._magnitude.match(text, end)):
            power, end = power + self._power(match), match.end()
        if match := self._symbol.match(text, end):
            unit, end = UNIT_SYMBOLS[match[1]], match.end()
        elif self._unit and (match := self._unit.match(text, end)):
            unit, end = self._words.unit_of[spaced(match[1]).lower()], match.end()
        return end, power, unit

    def _in_words(self, text: str) -> Iterator[Number]:
        if self._word is None:
            return
        counted = 0
        for match in self._word.finditer(text):
            if match.start() < counted or match[1] is None:
                continue
            value, is_rank = self._value(match[1])
            stop, power, unit = match.end(1), 0, ""
            if not is_rank:
                value, stop = self._composed(text, value, stop)
            typed, counted = text[match.start() : stop], stop
            if text[stop : stop + 1] == "-":
                continue
            if not is_rank:
                stop, power, unit = self._after(text, stop)
                counted = stop
            yield Number(
                typed,
                text[match.start() : stop],
                Decimal(value),
                match.start(),
                unit,
                power,
                is_rank=is_rank,
                is_word=True,
            )

    def _composed(self, text: str, value: int, stop: int) -> tuple[int, int]:
        """The number that words are together, of which the first is known, and where it ends:
        twenty-five; two hundred and five; doscientos mil cincuenta. A magnitude at the end is left.
        """
        thousands, last = 0, value
        while True:
            power = self._magnitude.match(text, stop) if self._magnitude else None
            if power and self._power(power) == _HUNDRED and value < 10:
                value, last, stop = value * 100, 100, power.end()
            elif power and self._power(power) == _THOUSAND and not thousands and value < 1000:
                if not self._joined(text, power.end(), 1000):
                    break
                thousands, value, last, stop = value * 1000, 0, 1000, power.end()
            elif joined := self._joined(text, stop, last):
                last, stop = joined
                value += last
            else:
                break
        return thousands + value, stop

    def _joined(self, text: str, stop: int, last: int) -> tuple[int, int] | None:
        """The number in words that is added to the `last` one before it, and where it ends."""
        is_ten = last in _TENS
        if not is_ten and not (100 <= last <= 1000 and last % 100 == 0):
            return None
        most = 10 if is_ten else 100 if last < 1000 else 1000
        for gap in _BEFORE_ONES if is_ten else _AFTER_HUNDREDS:
            if text.startswith(gap, stop) and (match := self._next.match(text, stop + len(gap))):
                value, is_rank = self._value(match[1])
                return None if is_rank or not 0 < value < most else (value, match.end(1))
        return None

    def _power(self, match: re.Match[str]) -> int:
        return self._words.magnitudes[_folded(match[1], self._words.magnitudes)]

    @property
    def ranks(self) -> RankWords | None:
        """The words for ranks that are known of the language."""
        return self._words.ranks

    @property
    def words_after(self) -> Iterator[str]:
        """What follows digits and belongs to them: signs and words of units and currencies, and of
        powers of ten.
        """
        yield from UNIT_SYMBOLS
        yield from self._words.magnitudes
        for words in (*self._words.units.values(), *self._words.currencies.values()):
            yield from words

    @cached_property
    def _words(self) -> NumberWords:
        known = pack(self.language)
        return (known.numbers if known else None) or NumberWords()

    @cached_property
    def _values(self) -> Mapping[str, tuple[int, bool]]:
        """The numbers that words are, and whether they are ranks."""
        ranks = self._words.ranks.read() if self._words.ranks else ()
        return {
            **{word.lower(): (number, False) for word, number in self._words.cardinals.items()},
            **{word.lower(): (number, True) for word, number in ranks},
        }

    def _value(self, word: str) -> tuple[int, bool]:
        return self._values[spaced(word).lower()]

    @cached_property
    def _word(self) -> re.Pattern[str] | None:
        if not self._values:
            return None
        idioms = any_of(dict.fromkeys(self._words.idioms))
        before = rf"(?:{idioms})|" if idioms else ""
        words = any_of(self._values)
        return re.compile(rf"(?<![\w-])(?:{before}({words}))(?!\w)", re.IGNORECASE)

    @cached_property
    def _next(self) -> re.Pattern[str]:
        return re.compile(rf"({any_of(self._values)})(?!\w)", re.IGNORECASE)

    @cached_property
    def _rank_sign(self) -> re.Pattern[str] | None:
        ranks = self._words.ranks
        return re.compile(ranks.sign) if ranks and ranks.sign else None

    @cached_property
    def _magnitude(self) -> re.Pattern[str] | None:
        words = self._words.magnitudes
        return re.compile(rf"{SPACE}?({any_of(words)})(?!\w)", re.IGNORECASE) if words else None

    @cached_property
    def _symbol(self) -> re.Pattern[str]:
        return re.compile(rf"{SPACE}?({any_of(UNIT_SYMBOLS)})(?![\w²³])")

    @cached_property
    def _unit(self) -> re.Pattern[str] | None:
        words = self._words.unit_of
        between = "".join(rf"|{re.escape(word)}{SPACE}?" for word in self._words.partitives)
        return (
            re.compile(rf"{SPACE}(?:{between[1:]})?({any_of(words)})(?!\w)", re.IGNORECASE)
            if words
            else None
        )

    @cached_property
    def _before_name(self) -> re.Pattern[str]:
        """Words before the number of a version in any language, of a law, of an article."""
        versions = {word for known in every_pack() for word in known.version}
        known = pack(self.language)
        laws = known.laws if known else None
        names = {
            *self.before_names,
            *(() if laws is None else (*laws.number, *laws.kinds.values())),
        }
        both = {word[:1].upper() + word[1:] for word in versions} | versions | names
        listed = "|".join(
            rf"(?<!\w){re.escape(word)}" for word in sorted(both, key=len, reverse=True)
        )
        return re.compile(rf"(?:{_LICENSE}|#{'|' if listed else ''}{listed}){SPACE}?(?=[0-9])")


def _in_roman_digits(text: str) -> Iterator[Number]:
    """The numbers of centuries and chapters: siglo XXI."""
    for match in _ROMAN.finditer(text):
        signs = [_ROMAN_DIGITS[sign] for sign in match[0]]
        after = [*signs[1:], 0]
        value = sum(one if one >= its else -one for one, its in zip(signs, after, strict=True))
        yield Number(
            match[0],
            match[0],
            Decimal(value),
            match.start(),
            is_rank=True,
            is_word=True,
            is_name=True,
        )


def _offset(number: Number) -> int:
    return number.offset


def _may_share(number: Number) -> bool:
    return not (number.unit or number.power or number.is_rank or number.is_name)


def _folded(typed: str, words: Mapping[str, object]) -> str:
    """The word of a list that was typed, in any letters."""
    return next(word for word in words if word.lower() == spaced(typed).lower())


#: Rules of parity, typography and claims read the numbers of the same text, twice on an average.
@lru_cache(maxsize=4096)
def _read(style: NumberStyle, text: str) -> tuple[Number, ...]:
    return style._found(text)
