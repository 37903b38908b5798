"""What a sentence speaks of: the total, a dimension, a category."""

import re
from dataclasses import dataclass, replace

from reportcard.checks.claims.sentences import Sentence
from reportcard.checks.claims.standings import Standings
from reportcard.checks.claims.vocabulary import DIMENSION, Phrases
from reportcard.scores.results import TOTAL


@dataclass(frozen=True, slots=True)
class Topic:
    """The keys that a sentence may speak of, the likeliest first. None if it may speak of anything.

    `is_named`: the sentence names them, and each claim is of one of them; otherwise all claims are
    of one.
    """

    keys: tuple[str, ...]
    is_named: bool = False
    mentions_scores: bool = False
    """Whether scores, the scoreboard or its values are mentioned."""
    mentions_aspects: bool = False
    """Whether it speaks of dimensions or categories without a name."""
    is_result: bool = False
    """Whether it is in the overall result, which speaks of nothing but scores."""

    @property
    def of_scores(self) -> tuple[str, ...]:
        """The keys that a score in it may have: also the total, which needs no name."""
        return tuple(dict.fromkeys((*self.keys, TOTAL)))


def topic_in(whole: Topic, sentence: Sentence, phrases: Phrases, standings: Standings) -> Topic:
    """What a clause speaks of: what it names itself, or else what the sentence names, or the field
    speaks of.
    """
    if not whole.is_named:
        return whole
    own = topic_of(sentence, phrases, standings)
    if own.is_named or not own.keys:
        return own if own.is_named else whole
    keys = tuple(dict.fromkeys((*own.keys, *whole.keys)))
    return replace(whole, keys=keys, mentions_aspects=own.mentions_aspects)


def topic_of(sentence: Sentence, phrases: Phrases, standings: Standings) -> Topic:
    """What a sentence, or the phrases of a clause of it, speak of: by what is named there, or else
    by the field.
    """
    letters = phrases.letters
    named = [str(item.value) for item in phrases.items if item.kind == DIMENSION]
    start = min((item.start for item in phrases.items), default=0)
    end = max((item.end for item in phrases.items), default=0)
    for value in sentence.values_in(start, end):
        key = value.name.rpartition(".")[2]
        if key in standings.values.standings and not value.name.startswith("max."):
            named.append(key)
    if re.search("[tr]", letters):
        named.append(TOTAL)
    mentions = bool(named) or bool(re.search(r"[Smk]|Nc|O[fo]N", letters))
    path = sentence.bound.passage.path.split(".")
    is_unclear = "d" in letters
    is_result = path[0] == "overall" and path[1:2] != ["findings"]
    if named:
        keys = tuple(dict.fromkeys(named))
    elif is_result:
        keys = () if is_unclear else (TOTAL,)
    elif (dimension := _dimension(path)) in standings.values.standings:
        keys = (dimension,) if is_unclear else (dimension, TOTAL)
    else:
        keys = (TOTAL,) if mentions and not is_unclear else ()
    return Topic(keys, bool(named), mentions, is_unclear, is_result)


def _dimension(path: list[str]) -> str:
    """The dimension that a field speaks of: its findings, or its key finding."""
    match path:
        case ["dimensions", dimension, *_] | ["overall", "findings", dimension, *_]:
            return dimension
    return ""
