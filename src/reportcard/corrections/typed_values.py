"""Which value of the data a score or rank is that is typed by hand.

It is certain only where the sentence says whose score it is, by the words right beside the number,
and where one value of that country alone is printed like it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from reportcard.checks.passages import PlainPassage
from reportcard.checks.ranks import is_before_noun, is_feminine
from reportcard.content.prose import Call, Marks, Run, Value
from reportcard.problems.problem import Place
from reportcard.scores.results import TOTAL
from reportcard.scores.values import Values

#: What comes right before a score that is told as one, by language. Elsewhere, only a score in
#: brackets after a country's name is certain.
_BEFORE_SCORE: Final = {
    "en": r"\bscor(?:e|es|ed|ing)(?: (?:of|is|was))? $|\btotal (?:is|was) $",
    "es": r"\bpuntaje(?: total)?(?: (?:de|es|es de|fue|fue de))? $|\btotal es(?: de)? $"
    r"|\b(?:obtiene|obtuvo|alcanza|alcanzó|suma|sumó) $",
    "pt": r"\bpontuação(?: total)?(?: (?:de|é|é de|foi|foi de))? $|\btotal é(?: de)? $"
    r"|\b(?:obtém|obteve|alcança|alcançou|soma|somou) $",
}
_POINTS: Final = r"(?: points?| puntos?| pontos?)"
#: What comes right after a number of points: their name, or the most there can be.
_AFTER_POINTS: Final = re.compile(
    rf"{_POINTS}\b| (?:of|out of|de|sobre|em) (?:\ufffc|\d+){_POINTS}\b"
)
#: What comes right after a score that something else has told as one: no unit, no quantity.
_END: Final = re.compile(r"[.,;:)!?—](?!\d)|$")
_OPENING: Final = re.compile(r"[ \u00a0\u202f]+[(\[]$")
_IN_BRACKETS: Final = re.compile(
    rf"{_POINTS}?(?:(?:/| (?:of|out of|de|sobre|em) )(?:\ufffc|\d+(?:[.,]0)?){_POINTS}?)?[)\],;]"
)
#: What comes right after a rank in the region: not what else a country is ranked by.
_AFTER_RANK: Final = re.compile(
    r"(?: (?:place|position|overall|lugar|puesto|posición|posição)"
    r"| (?:in|of|en|de|da|na) (?:the |la )?(?:region|región|região|ranking|clasificación))*"
    r"(?:[.,;:)—]|$)"
)
#: What is around a country, here |, and its score in a line of a list.
_ITEM: Final = re.compile(rf"(?:(?:el|la|o|a) )?\|[:,]? ?[–—-]? ?\|{_POINTS}?[.;,]?", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,3}[.,]\d+")
_LOOSE_NUMBER: Final = re.compile(r"(?<![\w.,/-])\d{1,3}[.,]\d(?![\w-]|[.,]\d)(?!\s?[%‰])")
#: The name in a value as it is typed.
_NAME: Final = re.compile(r"\{\{ ([\w.-]+)")
_SENTENCE_END: Final = re.compile(r"[.!?](?=\s|$)")
_NO_PLACE: Final = Place("")


@dataclass(frozen=True, slots=True)
class Mention:
    """A country in a passage, from one character to before another: typed, or as a value."""

    start: int
    end: int
    country: str
    is_typed: bool = True


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A score or rank in a passage, from one character to before another. `value` is what it
    certainly is; None if that is open. `choices` are all values that are printed like it, `name`
    the typed country right before it.
    """

    passage: PlainPassage
    start: int
    end: int
    value: Value | None
    choices: tuple[Value, ...] = ()
    name: Mention | None = None


def typed_value(
    passage: PlainPassage, at: int, typed: str, advised: str, values: Values
) -> TypedValue | None:
    """What a text is that a rule found at a character of a passage; None if it is not there. The
    value that the rule advises counts where the words beside the text do not say it.
    """
    start = passage.own.find(typed, at) if typed else -1
    if start < 0:
        return None
    is_score = _NUMBER.fullmatch(typed)
    found = (_score if is_score else _rank)(passage, start, start + len(typed), values)
    name = _NAME.match(advised)
    mine = [one for one in found.choices if name and one.name == name[1]]
    if found.value is None:
        return replace(found, value=mine[0] if len(mine) == 1 else None)
    return found if not name or mine == [found.value] else replace(found, value=None, name=None)


def lookalikes(passage: PlainPassage, values: Values) -> Iterator[TypedValue]:
    """Numbers that are printed like a total or a dimension's score, and may be anything: no
    percentages, no numbers of laws and articles.
    """
    before = "|".join(re.escape(word) for word in values.tongue.house.before_numbers)
    for match in _LOOSE_NUMBER.finditer(passage.own):
        if before and re.search(rf"(?<!\w)(?:{before})\s$", passage.own[: match.start()]):
            continue
        choices = tuple(
            one
            for one in _all_scores(match[0], values)
            if one.name.rpartition(".")[2] in values.standings
        )
        if choices:
            yield replace(_listed(passage, match, choices, values), choices=choices)


def _listed(
    passage: PlainPassage, number: re.Match[str], choices: tuple[Value, ...], values: Values
) -> TypedValue:
    """A number that is certain as a country's score: in a line that is nothing but the country and
    the number.
    """
    start, end = number.span()
    open_ = TypedValue(passage, start, end, None)
    names = mentions(passage, values)
    if len(names) != 1:
        return open_
    (name,) = names
    text = passage.own
    around = f"{text[: name.start]}|{text[name.end : start]}|{text[end:]}"
    mine = [one for one in choices if _subject(one, values)[0] == name.country]
    if len(mine) != 1 or not _ITEM.fullmatch(around):
        return open_
    return replace(open_, value=mine[0], name=name if name.is_typed else None)


def occurrences(passage: PlainPassage, value: Value, values: Values) -> Iterator[TypedValue]:
    """Where a value is typed that the same paragraph has in another language, in the words of this
    one.
    """
    country, key = _subject(value, values)
    forms: dict[Value, None] = {value: None}
    if value.filter:
        forms = {
            form: None for short in (False, True) for form in _ordinals(country, key, values, short)
        }
    for form in forms:
        printed = re.escape(values.told(form))
        whole = re.compile(rf"(?<![\w.,/-]){printed}(?![\w-]|[.,]\d)(?!\s?[%‰])")
        for match in whole.finditer(passage.own):
            if form.argument == "m" and form.is_short != _is_short_at(passage, match.end()):
                continue
            name = _bracketed(passage.own, match.start(), mentions(passage, values))
            mine = name if name and name.country == country and name.is_typed else None
            yield TypedValue(passage, *match.span(), form, (form,), mine)


def written(value: Value) -> str:
    """A value as an author types it."""
    short = ", short" if value.is_short else ""
    argument = f"('{value.argument}'{short})" if value.argument else ""
    filter_ = f" | {value.filter}{argument}" if value.filter else ""
    return f"{{{{ {value.name}{filter_} }}}}"


def name_value(country: str, values: Values) -> Value:
    """A country's name as a value."""
    return _value("country.name" if country == values.country else f"countries.{country}.name")


def mentions(passage: PlainPassage, values: Values) -> list[Mention]:
    """The countries that a passage names, in order; of two names in one place the longer."""
    found: list[Mention] = []
    at = 0
    for inline in passage.inlines:
        length = len(inline.text) if isinstance(inline, Run) else not isinstance(inline, Call)
        if isinstance(inline, Value):
            match inline.name.split("."):
                case ["country", _]:
                    found.append(Mention(at, at + 1, values.country, is_typed=False))
                case ["countries", country, _]:
                    found.append(Mention(at, at + 1, country, is_typed=False))
        at += length
    for country in values.results:
        name = re.escape(values.name(country))
        for match in re.finditer(rf"(?<![\w-]){name}(?![\w-])", passage.own):
            found.append(Mention(*match.span(), country))
    return sorted(
        (one for one in found if not any(_is_within(one, other) for other in found)),
        key=lambda one: one.start,
    )


def _is_within(one: Mention, other: Mention) -> bool:
    return one != other and other.start <= one.start and one.end <= other.end


def _value(name: str, filter_: str = "", argument: str = "") -> Value:
    return Value(name, filter_, argument, Marks(), _NO_PLACE)


# --- scores ---------------------------------------------------------------------------------------


def _score(passage: PlainPassage, start: int, end: int, values: Values) -> TypedValue:
    text, named = passage.own, mentions(passage, values)
    typed = text[start:end]
    name = _bracketed(text, start, named)
    if name and _IN_BRACKETS.match(text, end):
        owner: str | None = name.country
    elif _is_told_as_score(passage, start, end):
        owner = _owner(text, start, named, values)
    else:
        owner = None
    written_as = next((one for one in _spellings(typed) if _all_scores(one, values)), typed)
    certain = _scores(owner, written_as, values) if owner else []
    value = certain[0] if len(certain) == 1 else None
    beside = name if name and name.is_typed and value else None
    return TypedValue(passage, start, end, value, _all_scores(written_as, values), beside)


def _spellings(typed: str) -> tuple[str, str]:
    """A score that is known for one, as it is typed and with the decimal mark of other languages:
    12,5 in English.
    """
    return typed, typed.translate(str.maketrans(".,", ",."))


def _bracketed(text: str, start: int, named: list[Mention]) -> Mention | None:
    """The country before a number in brackets."""
    opening = _OPENING.search(text, 0, start)
    return next((one for one in named if opening and one.end == opening.start()), None)


def _is_told_as_score(passage: PlainPassage, start: int, end: int) -> bool:
    words = _BEFORE_SCORE.get(passage.language.partition("-")[0])
    if _AFTER_POINTS.match(passage.own, end):
        return True
    before = passage.own[max(start - 40, 0) : start]
    return bool(words and re.search(words, before, re.IGNORECASE) and _END.match(passage.own, end))


def _owner(text: str, start: int, named: list[Mention], values: Values) -> str | None:
    """Whose score or rank it is: the country named last before it in its sentence, numbers in
    brackets aside; the card's own if no other is named.
    """
    first = max((one.end() for one in _SENTENCE_END.finditer(text, 0, start)), default=0)
    ends = _SENTENCE_END.search(text, start)
    last = ends.start() if ends else len(text)
    here = [
        one for one in named if first <= one.start < last and not re.match(r" +\(", text[one.end :])
    ]
    before = [one.country for one in here if one.start < start]
    if before:
        return before[-1]
    return values.country if all(one.country == values.country for one in here) else None


def _scores(country: str, typed: str, values: Values) -> list[Value]:
    """A country's scores that are printed as typed."""
    prefix = "score" if country == values.country else f"scores.{country}"
    all_of = (_value(f"{prefix}.{key}") for key in values.results[country].scores)
    return [one for one in all_of if values.told(one) == typed]


def _all_scores(typed: str, values: Values) -> tuple[Value, ...]:
    """All that is printed as typed: the card's own scores first."""
    countries = sorted(values.results, key=lambda one: one != values.country)
    return tuple(one for country in countries for one in _scores(country, typed, values))


# --- ranks ----------------------------------------------------------------------------------------


def _rank(passage: PlainPassage, start: int, end: int, values: Values) -> TypedValue:
    text = passage.own
    typed = text[start:end]
    owner = _owner(text, start, mentions(passage, values), values)
    short = _is_short_at(passage, end)
    choices = _ranks(owner, typed, values, short) if owner else []
    parts = passage.path.split(".")
    key = parts[1] if parts[0] == "dimensions" else TOTAL if parts[0] == "overall" else ""
    mine = [one for one in choices if one.name.endswith(f".{key}")]
    is_certain = len(choices) == len(mine) == 1 and _AFTER_RANK.match(text, end)
    possible = choices or _ranks(values.country, typed, values, short)
    return TypedValue(passage, start, end, mine[0] if is_certain else None, tuple(possible))


def _is_short_at(passage: PlainPassage, end: int) -> bool:
    return is_before_noun(passage.language, passage.own, end)


def _ranks(country: str, typed: str, values: Values, short: bool) -> list[Value]:
    """A country's ranks that are printed as typed, or typed in digits."""
    digits = re.match(r"\d+", typed)
    if not digits:
        return [
            form
            for key in values.standings
            for form in _ordinals(country, key, values, short)
            if values.told(form) == typed
        ]
    gender = "f" if is_feminine(typed) else "m"
    return [
        form
        for key in values.standings
        if values.results[country].ranks.get(key) == int(digits[0])
        for form in _ordinals(country, key, values, short)
        if form.argument in ("", gender)
    ]


def _ordinals(country: str, key: str, values: Values, short: bool) -> tuple[Value, ...]:
    """A rank as an ordinal, in each form that the language has; the masculine one in its `short`
    form or not.
    """
    name = f"rank.{key}" if country == values.country else f"ranks.{country}.{key}"
    masculine = replace(_value(name, "ordinal", "m"), is_short=short)
    forms = [masculine, _value(name, "ordinal", "f")]
    plain = _value(name, "ordinal")
    is_one = len({values.told(one) for one in (*forms, plain)}) == 1
    return (plain,) if is_one and not short else tuple(forms)


def _subject(value: Value, values: Values) -> tuple[str, str]:
    """Whose value it is, and of what: the country and the key."""
    *first, key = value.name.split(".")
    return (first[1] if len(first) > 1 else values.country), key
