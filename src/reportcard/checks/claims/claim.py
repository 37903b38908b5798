"""A claim: what a sentence says that the data can contradict."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reportcard.checks.claims.sentences import Sentence
from reportcard.checks.claims.standings import Standings, Verdict, every, some
from reportcard.checks.claims.statements import Statement
from reportcard.checks.claims.topics import Topic
from reportcard.problems.problem import Problem


@dataclass(frozen=True, slots=True)
class Claim:
    """Whether it holds, by the key that it may speak of, and the problem if it does not.

    `sort` is what it claims (rank, first, perfect, ahead …), the same in every language; `start`
    and `end` are its words in the sentence.
    """

    holds: Callable[[str], Verdict]
    fault: Callable[[str], Problem]
    sort: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a claim is read from: a sentence, what it says of one subject, its topic, and the
    data.
    """

    sentence: Sentence
    statement: Statement
    topic: Topic
    standings: Standings

    def each(self, holds: Callable[[str], Verdict]) -> Verdict:
        """Whether something holds of its subjects: of all, or of one where it is open who is
        meant.
        """
        verdicts = (holds(country) for country in self.statement.subjects)
        return some(verdicts) if self.statement.is_open else every(verdicts)

    def name(self, country: str) -> str:
        """A country's name in the language of the card."""
        return self.standings.values.name(country)

    def claim(
        self,
        sort: str,
        letters: tuple[int, int],
        holds: Callable[[str], Verdict],
        fault: Callable[[str], Problem],
    ) -> Claim:
        """A claim of the words of some letters, from the first to before the last."""
        at, words = self.words(*letters)
        return Claim(holds, fault, sort, at, at + len(words))

    def words(self, start: int, end: int) -> tuple[int, str]:
        """Where the words of some letters begin in the sentence, and the words."""
        first, last = self.statement.phrases[start], self.statement.phrases[max(start, end - 1)]
        return first.start, self.sentence.text[first.start : last.end]


def judged(claims: Iterable[Claim], topic: Topic) -> Iterator[Problem]:
    """The problems of the claims of one sentence that are false by whatever key it speaks of."""
    found = list(claims)
    if not topic.keys:
        return
    if not topic.is_named and any(
        all(claim.holds(key) is not False for claim in found) for key in topic.keys
    ):
        return
    for claim in found:
        keys = topic.keys if topic.is_named else topic.keys[:1]
        if all(claim.holds(key) is False for key in keys):
            yield claim.fault(topic.keys[0])
