"""Scores of one country by dimension: 3.9 in Legal Frameworks and 3.3 in Mining Policies."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from reportcard.checks.claims.scores import GivenScore, compared
from reportcard.checks.claims.sentences import Sentence
from reportcard.checks.claims.standings import Standings
from reportcard.checks.claims.topics import Topic
from reportcard.checks.claims.vocabulary import COUNTRY, DIMENSION, NUMBER, Phrases
from reportcard.problems.problem import Problem

_MOST: Final = r"(?:[fo](?P<most>N)m?)?"
#: The number before its dimension, after it, or in brackets after it.
_ORDERS: Final = (
    re.compile(rf"(?P<score>N)m?{_MOST}[pf]+d?(?P<of>D)d?"),
    re.compile(rf"(?P<of>D)d?[:,]?(?:P?[gV])?(?P<score>N)m?{_MOST}"),
    re.compile(rf"(?P<of>D)d?\((?P<score>N)m?{_MOST}m?\)"),
)
#: What may come before the first: nothing else than who obtained it, or whose scores they are.
_SUBJECT: Final = r"(?:C'?|P)"
_BEFORE: Final = re.compile(
    rf"(?:[,pfw]*|{_SUBJECT}?,?[gS]t*[,:]?|(?:{_SUBJECT}|u)?[tS]+(?:f{_SUBJECT})?(?:V[fp]*|[:,])"
    rf"|{_SUBJECT}?,?g[uSmtpfw,:]*)"
)
#: Between two of them; and what may come after the last.
_BETWEEN: Final = re.compile(r"[,;&pfw]*")
_AFTER: Final = re.compile(r"$|[.,;:]|Wp|W~")
#: Nothing is read beside these: negation, other measures and times.
_UNCERTAIN: Final = re.compile(r"[eXMY?\"]")


def breakdowns(
    sentence: Sentence, phrases: Phrases, topic: Topic, standings: Standings
) -> Iterator[Problem]:
    """The problems of scores that a sentence gives of several dimensions or categories of the
    card's country, one number for each.
    """
    letters, country = phrases.letters, standings.values.country
    if letters.count(DIMENSION) < 2 or NUMBER not in letters:
        return
    named = [item for item in phrases.items if item.kind == DIMENSION]
    others = any(item.kind == COUNTRY and item.value != country for item in phrases.items)
    if others or not topic.keys:
        return
    if _UNCERTAIN.search(letters):
        return
    found = (list(order.finditer(letters)) for order in _ORDERS)
    matches = next((one for one in found if _is_whole(one, letters, len(named))), [])
    for match in matches:
        number = phrases.items[match.start("score")]
        most = phrases.items[match.start("most")] if match["most"] else None
        key = str(phrases.items[match.start("of")].value)
        typed = sentence.text[number.start : number.end]
        if re.search("[.,]", typed) or "m" in match[0] or most:
            yield from compared(GivenScore(number, (country,), most), (key,), sentence, standings)


def _is_whole(matches: list[re.Match[str]], letters: str, count: int) -> bool:
    """Whether all that is named has its number, and nothing stands between."""
    if len(matches) != count:
        return False
    start, end = matches[0].start(), matches[-1].end()
    between = (letters[one.end() : other.start()] for one, other in pairwise(matches))
    return bool(
        _BEFORE.fullmatch(letters, 0, start)
        and all(map(_BETWEEN.fullmatch, between))
        and _AFTER.match(letters, end)
    )
