"""Ranks, and who is first or last: third of five, leads the region, the highest score."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Final

from reportcard.checks.claims.claim import Claim, Reading
from reportcard.checks.claims.rules import CLAIM_ORDER, SCORE_CONTRADICTED, SCORE_TYPED
from reportcard.checks.claims.standings import Verdict, every
from reportcard.checks.claims.statements import END, SCOPE, Statement
from reportcard.checks.claims.vocabulary import ANTEPENULTIMATE, COPULA, Phrase
from reportcard.checks.ranks import is_before_noun, is_feminine
from reportcard.problems.problem import Problem

#: Third; third place; place No. 3; 3 of five.
_RANK: Final = re.compile(
    r"(?:[VgSK]u?p*|[+\-*][p>]+)(?:(?P<ordinal>O)z?|(?:z|n)+(?P<number>N)|(?<=V)(?P<digit>N)(?=[fo]Nc?)|(?P<penultimate>Q)z?)"
    rf"(?:[SKt]*)(?:,?[fpo]+(?P<count>N)c?(?![a-zA-Z]))?{SCOPE}{END}"
)
#: Second-highest score, in either order of the words.
_NTH: Final = re.compile(
    rf"(?<!u)(?P<ordinal>O)(?:(?P<way>[hl])[tS]+|[tS]+(?P<late>[hl])"
    rf"|(?<=VO)(?P<bare>[hl])(?=[fpo]*(?:T|N?c))){SCOPE}{END}"
)
_LEADING: Final = re.compile(rf"L(?:T|r|p+d?f*Dd?|df*D){SCOPE}{END}")
#: The leader of the region; comes last; the worst performer.
_ENDS: Final = re.compile(
    rf"[VgSK]u?p*(?:T')?(?P<end>[FE])[zrcS]?(?P<scope>(?:[fp]*(?:T|r|N?c))*)(?![a-zA-Z']){SCOPE}{END}"
)
#: The highest score in the region; ranks highest; is the best in the region.
_SCORE: Final = (
    r"(?P<score>(?P<way>[hl])[tS]+|[tS]+(?P<late>[hl])"
    r"|(?<=V)(?P<bare>[hl])|(?<=[CP]S)(?P<scored>[hl]))"
)
_REGIONAL: Final = re.compile(
    rf"(?<![uO])(?P<regions>T')?{_SCORE}(?P<scope>(?:[fpow]*(?:T|N?c|(?<=f)N(?={END})))*)(?![a-zA-Z']){SCOPE}{END}"
)
#: Colombia and Peru rank first and second.
_IN_TURN: Final = re.compile(rf"[VK]p*(?P<listed>Oz?(?:(?:,&?|&)p*Oz?)+){SCOPE}{END}")
#: Colombia and Bolivia are first and last.
_ENDS_IN_TURN: Final = re.compile(r"[VK]p*[OEFQhl]z?(?:,&?|&)p*[OEFQhl]")
#: A remark before the verb that leaves countries out: after Colombia, Peru has the highest score.
_LEAVING_OUT: Final = re.compile(r"[BJ]f*C")
#: What makes an ordinal a rank whoever is meant: a place, a count, the region, the ranking.
_AMONG: Final = re.compile(r"[zNTrc]")

#: Of the five countries, Peru …
_AMONG_ALL: Final = re.compile(r"[fpt]*(?:T|N?c),?$")


def ranks(reading: Reading) -> Iterator[Claim]:
    """The claims about the rank of the subject among all countries."""
    statement = reading.statement
    if statement.has_strange_scope() and not reading.topic.mentions_scores:
        return
    listed = _IN_TURN.match(statement.letters, statement.verb)
    if listed and len(statement.subjects) > 1:
        yield from _in_turn(reading, listed)
        return
    in_turn = _ENDS_IN_TURN.match(statement.letters, statement.verb)
    if in_turn and len(statement.subjects) > 1:
        return
    for match in _RANK.finditer(statement.letters, statement.verb):
        if statement.is_certain(match.end()) and not _may_be_no_rank(statement, match):
            yield from _rank(reading, match)
    for match in _NTH.finditer(statement.letters, statement.verb):
        if statement.is_certain(match.end()):
            yield _nth(reading, match)
    yield from _ends(reading)


def _in_turn(reading: Reading, match: re.Match[str]) -> Iterator[Claim]:
    """The ranks of several subjects, in their order; nothing if there are not as many."""
    statement = reading.statement
    places = [at for at in range(*match.span("listed")) if statement.letters[at] == "O"]
    if len(places) != len(statement.subjects) or not statement.is_certain(match.end()):
        return
    for subject, at in zip(statement.subjects, places, strict=True):
        rank = statement.phrases[at].value
        assert isinstance(rank, int), "an ordinal is a number"
        alone = replace(reading, statement=replace(statement, subjects=(subject,)))
        yield of_rank(alone, at, rank)


def _may_be_no_rank(statement: Statement, match: re.Match[str]) -> bool:
    """Whether an ordinal may count something else: The dam is from 1984. It was the first."""
    return (
        statement.is_open
        and bool(match["ordinal"])
        and statement.phrases[match.start()].value == COPULA
        and not _AMONG.search(match[0])
    )


def _rank(reading: Reading, match: re.Match[str]) -> Iterator[Claim]:
    statement, count = reading.statement, reading.standings.count
    group = next(name for name in ("ordinal", "number", "digit", "penultimate") if match[name])
    value = statement.phrases[match.start(group)].value
    if group == "penultimate":
        value = count - (2 if value == ANTEPENULTIMATE else 1)
    rank = value
    if (
        not isinstance(rank, int | Decimal)
        or rank != int(rank)
        or (match["digit"] and statement.of_score)
    ):
        return
    yield of_rank(reading, match.start(group), int(rank))
    if match["count"]:
        stated = statement.phrases[match.start("count")]
        at, typed = reading.words(match.start("count"), match.end("count"))
        yield reading.claim(
            "count",
            (match.start("count"), match.end("count")),
            lambda key: stated.value in (count, reading.standings.contenders(key)),
            lambda _: reading.sentence.problem(
                CLAIM_ORDER, "count", at=at, typed=typed, count=count
            ),
        )


def _nth(reading: Reading, match: re.Match[str]) -> Claim:
    number = reading.statement.phrases[match.start("ordinal")].value
    assert isinstance(number, int), "an ordinal is a number"
    is_highest = (match["way"] or match["late"] or match["bare"]) == "h"
    rank = number if is_highest else reading.standings.count + 1 - number
    return of_rank(reading, match.start("ordinal"), rank)


def of_rank(reading: Reading, letter: int, rank: int) -> Claim:
    """That each subject has a rank, as the phrase of a letter says."""
    statement = reading.statement
    at, typed = reading.words(letter, letter + 1)

    def holds_of(key: str, country: str) -> Verdict:
        known = reading.standings.rank(country, key)
        return None if known is None else known == rank

    def fault(key: str) -> Problem:
        wrong = (one for one in statement.subjects if holds_of(key, one) is False)
        country = next(wrong, statement.subjects[0])
        return reading.sentence.problem(
            SCORE_CONTRADICTED,
            "rank",
            at=at,
            typed=typed,
            country=reading.name(country),
            rank=reading.standings.rank(country, key) or "?",
            value=_value(reading, statement.phrases[letter], country, key),
        )

    return reading.claim(
        "rank",
        (letter, letter + 1),
        lambda key: reading.each(partial(holds_of, key)),
        fault,
    )


def _ends(reading: Reading) -> Iterator[Claim]:
    """First and last in words."""
    statement = reading.statement
    if _LEAVING_OUT.search(statement.letters, 0, statement.verb):
        return
    for match in _LEADING.finditer(
        statement.letters,
        statement.verb,
    ):
        if match.start() == statement.verb and statement.is_certain(match.end()):
            yield at_end(reading, match.start(), match.start() + 2, is_first=True)
    for match in _ENDS.finditer(statement.letters, statement.verb):
        if statement.is_certain(match.end()):
            start = match.start("end")
            yield at_end(reading, start, start + 1, is_first=match["end"] == "F")
    for match in _REGIONAL.finditer(statement.letters, max(statement.verb, 0)):
        group = next(name for name in ("way", "late", "bare", "scored") if match[name])
        is_regional = bool(
            match["scope"]
            or match["regions"]
            or statement.letters[: match.start()].endswith("VPw")
            or _AMONG_ALL.match(statement.letters[: statement.start])
        )
        ranks_highest = (
            group == "bare"
            and statement.letters[match.start(group) - 1] == "V"
            and not statement.is_indefinite(match.start(group))
        )
        if (is_regional or (ranks_highest and reading.topic.is_result)) and statement.is_certain(
            match.end()
        ):
            stop = match.start("scope") if match.start("scope") > match.start() else match.end()
            yield at_end(reading, match.start("score"), stop, is_first=match[group] == "h")


def at_end(reading: Reading, start: int, stop: int, *, is_first: bool) -> Claim:
    """That the subject is first, or last, of all countries; that several are, in whatever order."""
    standings = reading.standings
    holds_of: Callable[[str, str], Verdict] = standings.is_first if is_first else standings.is_last
    subjects = () if reading.statement.is_open else reading.statement.subjects

    def holds(key: str) -> Verdict:
        if len(subjects) < 2:
            return reading.each(lambda country: holds_of(country, key))
        others = [one for one in standings.values.results if one not in subjects]
        pairs = ((one, other) for one in subjects for other in others)
        return every(standings.is_above(*(pair if is_first else pair[::-1]), key) for pair in pairs)

    at, claim = reading.words(start, stop)

    def fault(key: str) -> Problem:
        country = reading.statement.subjects[0]
        name = reading.name(country)
        rank = standings.rank(country, key)
        if not is_first:
            return reading.sentence.problem(CLAIM_ORDER, "last", at=at, claim=claim, country=name)
        if rank is None:
            return reading.sentence.problem(CLAIM_ORDER, "leader", at=at, claim=claim, country=name)
        return reading.sentence.problem(
            CLAIM_ORDER, "highest", at=at, claim=claim, country=name, rank=rank
        )

    return reading.claim(
        "first" if is_first else "last",
        (start, stop),
        holds,
        fault,
    )


def typed_ranks(reading: Reading) -> Iterator[Problem]:
    """Ranks that are right and typed by hand."""
    statement = reading.statement
    for match in _RANK.finditer(statement.letters, statement.verb):
        if (
            not match["ordinal"]
            or len(statement.subjects) != 1
            or not statement.is_certain(match.end())
            or _may_be_no_rank(statement, match)
        ):
            continue
        phrase = statement.phrases[match.start("ordinal")]
        country = statement.subjects[0]
        key = next(
            (
                key
                for key in reading.topic.keys
                if reading.standings.rank(country, key) == phrase.value
            ),
            "",
        )
        if key and reading.sentence.is_typed(phrase.start, phrase.end):
            typed = reading.sentence.text[phrase.start : phrase.end]
            yield reading.sentence.problem(
                SCORE_TYPED,
                "rank",
                at=phrase.start,
                typed=typed,
                value=_value(reading, phrase, country, key),
            )


def _value(reading: Reading, phrase: Phrase, country: str, key: str) -> str:
    """A country's rank as a value, in the form that its place in the sentence needs: tercer before
    a masculine noun, tercera as it is typed.
    """
    values, text = reading.standings.values, reading.sentence.text
    name = f"rank.{key}" if country == values.country else f"ranks.{country}.{key}"
    typed, words = text[phrase.start : phrase.end].lower(), values.ranks
    form = ""
    if words:
        is_short = typed in words.short.values()
        if is_short or is_before_noun(values.tongue.language, text, phrase.end):
            form = "('m', short)"
        elif is_feminine(typed) or (typed in words.f and typed not in words.m):
            form = "('f')"
    return f"{{{{ {name} | ordinal{form} }}}}"
