"""Scores of countries: Colombia (12.5), a total of 11.7, 12 points out of 15."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reportcard.checks.claims.claim import Reading
from reportcard.checks.claims.rules import SCORE_CONTRADICTED, SCORE_TYPED
from reportcard.checks.claims.sentences import Sentence
from reportcard.checks.claims.standings import Standings
from reportcard.checks.claims.statements import END, SCOPE
from reportcard.checks.claims.thresholds import thresholds
from reportcard.checks.claims.topics import Topic
from reportcard.checks.claims.vocabulary import COUNTRY, DIMENSION, Phrase, Phrases
from reportcard.problems.problem import Problem
from reportcard.scores.results import TOTAL

_MOST: Final = r"(?:[fo](?P<most>N)m?)?"
#: Colombia (12.5): a country and its score in brackets.
_BRACKET: Final = re.compile(
    rf"C'?\((?P<score>N)m?{_MOST}m?\)|C:(?P<alone>N)m?(?=[;,)][^(]*\)|\))"
    r"|(?P<before>N)m?\(f*C\)"
)
#: Colombia 12.5, Peru 11.7: after another score, or where nothing else is said.
_LISTED: Final = re.compile(rf"C[,:]?(?P<score>N)(?P<alone>)(?P<before>)m?{_MOST}m?(?=[,;.&]|$)")
#: Versus 12.5 for Colombia.
_AGAINST: Final = re.compile(
    rf"(?:i|(?<=C)&)(?P<score>N)(?P<alone>)(?P<before>)m?{_MOST}[pf]+C(?!')(?=$|[,;.:)&])"
)
#: The names of a number in what is found.
_NUMBERS: Final = ("score", "alone", "before")
_VERB_BETWEEN: Final = r"[gS,:]?t*[,:]?"
_UNCERTAIN: Final = re.compile(r"[XMY\"?~WZ]")
_LIST_ALONE: Final = re.compile(r"(?:[StTcrf]*:)?[CNmfo,;:.&]+")
#: Peru's 11.7 points.
_OWNED: Final = re.compile(rf"(?P<owner>C)'(?P<score>N)m?{_MOST}(?=[VgLURK]|{END})")
#: The 11.7 points of Peru.
_OWNED_LATE: Final = re.compile(
    rf"(?:^|[ABU,;&])(?P<score>N)m?{_MOST}f(?P<owner>C)(?=[VgLURK]|{END})"
)
#: Peru's total is 11.7; a score of 11.7; its score: 11.7.
_NAMED: Final = re.compile(
    r"(?:(?P<owner>C)'[tS]+|[tS]+(?:f(?P<late>C))?)(?:[pf]+d?Dd?)?(?P<link>[Vg]?[f:,w]?|(?<!C)\()(?P<score>N)m?"
    rf"{_MOST}(?:f(?P<after>C)(?=[VLUR]))?(?:{SCOPE}(?!(?<=m)[AB]f*[C$]){END}|(?<![Vg]N)(?<![Vg]fN)(?=[VLUR]))"
)
#: Peru scored 11.7, obtained 12 points; with 12 points, with 11.7 of 15.
_OBTAINED: Final = re.compile(
    rf"(?P<verb>[gSw])t*(?P<score>N)(?P<unit>m)?{_MOST}(?P<unit2>m)?{SCOPE}(?!(?<=m)[AB]f*[C$]){END}"
)


@dataclass(frozen=True, slots=True)
class GivenScore:
    """A number that is given as the score of one of some countries."""

    number: Phrase
    owners: tuple[str, ...]
    most: Phrase | None


def bracketed(
    sentence: Sentence, phrases: Phrases, topic: Topic, standings: Standings
) -> Iterator[Problem]:
    """The problems of scores in brackets, wherever they stand in a sentence."""
    letters = phrases.letters
    speaks = topic.is_result or re.search(r"[SmtrABJUR]|[VL]", letters)
    if not topic.keys or not speaks or re.search("[MY]", letters):
        return
    listed = tuple(_LISTED.finditer(letters)) if _is_list(letters, topic) else ()
    is_against = "iN" in letters and not _UNCERTAIN.search(letters)
    against = _AGAINST.finditer(letters) if is_against else ()
    for match in (*_BRACKET.finditer(letters), *listed, *against):
        number = phrases.items[match.start(next(name for name in _NUMBERS if match[name]))]
        typed = sentence.text[number.start : number.end]
        # A whole number in brackets may be a note, a rank or a date.
        if not re.search("[.,]", typed) and "m" not in match[0] and not match["most"]:
            continue
        owner = str(phrases.items[letters.index(COUNTRY, match.start())].value)
        most = phrases.items[match.start("most")] if match["most"] else None
        if not _is_published((owner,), topic, standings):
            continue
        yield from compared(
            GivenScore(number, (owner,), most), _keys(topic, standings), sentence, standings
        )


def _is_list(letters: str, topic: Topic) -> bool:
    """Whether a sentence gives the scores of countries one after the other and says no more."""
    if _UNCERTAIN.search(letters) or len(re.findall(rf"C{_VERB_BETWEEN}N", letters)) < 2:
        return False
    return bool(re.search("[Sm]", letters) or (topic.is_result and _LIST_ALONE.fullmatch(letters)))


def scores(reading: Reading) -> Iterator[Problem]:
    """The problems of the scores that a sentence gives of its subject."""
    statement, topic = reading.statement, reading.topic
    if not topic.keys:
        return
    yield from thresholds(reading)
    seen: set[int] = set()
    for pattern in (_NAMED, _OWNED, _OWNED_LATE, _OBTAINED):
        for match in pattern.finditer(statement.letters):
            pair = _pair(reading, match)
            start = pair.number.start if pair else -1
            if (
                pair
                and start not in seen
                and statement.is_certain(match.end())
                and _is_published(pair.owners, topic, reading.standings)
            ):
                seen.add(start)
                keys = _keys_at(reading, match)
                yield from compared(pair, keys, reading.sentence, reading.standings)


def _pair(reading: Reading, match: re.Match[str]) -> GivenScore | None:
    """The score that a match gives, and whose it is, if that is plain."""
    statement = reading.statement
    # "Its highest score is 4.5" is that of a dimension.
    if re.search(r"[~hl]u?$", statement.letters[: match.start()]):
        return None
    number = statement.phrases[match.start("score")]
    typed = reading.sentence.text[number.start : number.end]
    is_fraction = bool(re.search("[.,]", typed))
    owners = (
        _obtained_by(reading, match, is_fraction=is_fraction)
        if match.re is _OBTAINED
        else _named_of(reading, match, is_fraction=is_fraction)
    )
    if not owners:
        return None
    most = statement.phrases[match.start("most")] if match["most"] else None
    return GivenScore(number, owners, most)


def _obtained_by(reading: Reading, match: re.Match[str], *, is_fraction: bool) -> tuple[str, ...]:
    """Whose score is after "obtained" or "with"; nobody's if the number may be another one."""
    statement = reading.statement
    is_score = match["verb"] == "S" or "m" in match[0] or (is_fraction and bool(match["most"]))
    # "It has 12 points" may be of a plan.
    is_vague = match["verb"] != "S" and statement.is_open and not is_fraction
    if is_vague or not (is_score or (is_fraction and reading.topic.is_result)):
        return ()
    return _owner_before(reading, match) or statement.subjects


def _named_of(reading: Reading, match: re.Match[str], *, is_fraction: bool) -> tuple[str, ...]:
    """Whose score is after the word for it."""
    statement = reading.statement
    has_unit = "m" in match[0] or bool(match["most"])
    if match.re in (_OWNED, _OWNED_LATE) and not is_fraction:
        return ()
    if not (is_fraction or has_unit or match["link"] in ("V", "f", "Vf", "")):
        return ()
    groups = match.groupdict()
    owner = next((name for name in ("owner", "late", "after") if groups.get(name)), "")
    return (str(statement.phrases[match.start(owner)].value),) if owner else statement.subjects


def _owner_before(reading: Reading, match: re.Match[str]) -> tuple[str, ...]:
    """The country right before "with 12 points" in a list: behind Colombia with 12.5. It may be the
    subject's score too.
    """
    statement = reading.statement
    before = match.start() - 1
    if match["verb"] != "w" or before < statement.verb:
        return ()
    if statement.letters[before] == ",":
        before -= 1
    if statement.letters[before] != COUNTRY:
        return ()
    return (str(statement.phrases[before].value), *statement.subjects)


def compared(
    pair: GivenScore, keys: tuple[str, ...], sentence: Sentence, standings: Standings
) -> Iterator[Problem]:
    """The problems of a score that may be by some keys: it is another country's or nobody's, or
    typed by hand.
    """
    number = pair.number
    assert isinstance(number.value, Decimal), "a number"
    typed = sentence.text[number.start : number.end]
    if number.value > standings.maximum(TOTAL):
        return
    known = {
        (owner, key): score
        for owner in pair.owners
        for key in keys
        if (score := standings.score(owner, key)) is not None
    }
    right = next((place for place, score in known.items() if score == number.value), None)
    if right:
        name = _value(right, standings)
        if sentence.is_typed(number.start, number.end):
            yield sentence.problem(SCORE_TYPED, "score", at=number.start, typed=typed, value=name)
        yield from _most(pair, right[1], sentence, standings)
    elif known and (len(pair.owners) == 1 or all((one, TOTAL) in known for one in pair.owners)):
        owner, key = next(iter(known))
        yield sentence.problem(
            SCORE_CONTRADICTED,
            "score",
            at=number.start,
            typed=typed,
            country=standings.values.name(owner),
            score=standings.values.tongue.number(known[owner, key]),
            value=_value((owner, key), standings),
        )


def _most(
    pair: GivenScore, key: str, sentence: Sentence, standings: Standings
) -> Iterator[Problem]:
    if pair.most and pair.most.value != standings.maximum(key):
        typed = sentence.text[pair.most.start : pair.most.end]
        yield sentence.problem(
            SCORE_CONTRADICTED,
            "maximum",
            at=pair.most.start,
            typed=typed,
            maximum=standings.values.maximum(key),
            value=f"{{{{ max.{key} }}}}",
        )


def _is_published(owners: tuple[str, ...], topic: Topic, standings: Standings) -> bool:
    """Whether there is a score of what a sentence names, if it does not name the total."""
    if not topic.is_named or TOTAL in topic.keys:
        return True
    return any(standings.score(owner, key) is not None for owner in owners for key in topic.keys)


def _keys_at(reading: Reading, match: re.Match[str]) -> tuple[str, ...]:
    """The keys that a number may be of: what is named right after it, or else in its sentence."""
    beside = tuple(
        str(item.value)
        for item in reading.statement.phrases[match.start("score") : match.end()]
        if item.kind == DIMENSION
    )
    return beside or _keys(reading.topic, reading.standings)


def _keys(topic: Topic, standings: Standings) -> tuple[str, ...]:
    """The keys whose score a number may be."""
    if topic.mentions_aspects:
        return tuple(standings.values.results[standings.values.country].scores)
    return topic.of_scores


def _value(place: tuple[str, str], standings: Standings) -> str:
    country, key = place
    own = country == standings.values.country
    return f"{{{{ score.{key} }}}}" if own else f"{{{{ scores.{country}.{key} }}}}"
