"""The way of a passage: its sentences, their clauses, what each says, and whether it is true."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from reportcard.checks.claims.arrangement import arranged
from reportcard.checks.claims.breakdowns import breakdowns
from reportcard.checks.claims.changes import changes
from reportcard.checks.claims.claim import Claim, Reading, judged
from reportcard.checks.claims.distances import distances
from reportcard.checks.claims.extremes import extremes
from reportcard.checks.claims.own_scores import own_scores
from reportcard.checks.claims.positions import positions
from reportcard.checks.claims.ranks import ranks, typed_ranks
from reportcard.checks.claims.scores import bracketed, scores
from reportcard.checks.claims.sentences import Sentence, bound
from reportcard.checks.claims.shares import shares
from reportcard.checks.claims.standings import Standings
from reportcard.checks.claims.statements import Speakers, clauses, statement_of
from reportcard.checks.claims.thresholds import averages
from reportcard.checks.claims.ties import ties
from reportcard.checks.claims.top_places import top_places
from reportcard.checks.claims.topics import Topic, topic_in, topic_of
from reportcard.checks.claims.vocabulary import YEAR, Phrases, Vocabulary
from reportcard.checks.passages import PlainPassage
from reportcard.problems.problem import Problem

#: In letters and in phrases: nobody can be certain of what a longer sentence says, and nothing that
#: is typed may take long to read.
_LONGEST: Final = 2_000
_MOST_PHRASES: Final = 200


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of a language and of the data, for all passages of a card."""

    vocabulary: Vocabulary
    standings: Standings
    omits_subject: bool
    year: str
    """The edition's, which is no other time."""

    def problems(self, passage: PlainPassage) -> Iterator[Problem]:
        """What is wrong with a passage, in the order of its text."""
        found: list[Problem] = []
        for sentence, phrases, topic, readings in self._read(passage):
            found.extend(bracketed(sentence, phrases, topic, self.standings))
            found.extend(breakdowns(sentence, phrases, topic, self.standings))
            found.extend(averages(sentence, phrases, topic, self.standings))
            claims: list[Claim] = []
            for reading in readings:
                if topic.is_named:
                    found.extend(judged(_claims(reading), reading.topic))
                else:
                    claims.extend(_claims(reading))
                found.extend(scores(reading))
                found.extend(typed_ranks(reading))
                found.extend(shares(reading))
            found.extend(judged(claims, topic))
        # Two ways to read a number say the same of it once.
        alone = {(one.place.line, one.place.column, one.code): one for one in reversed(found)}
        yield from (alone[place] for place in sorted(alone))

    def claims(self, passage: PlainPassage) -> Iterator[tuple[str, int, int]]:
        """What a passage claims of scores and ranks in words, true or false: what sort of claim,
        and where its words begin and end in the passage as it is printed.
        """
        for sentence, _, topic, readings in self._read(passage):
            for claim in (one for reading in readings if topic.keys for one in _claims(reading)):
                yield claim.sort, sentence.start + claim.start, sentence.start + claim.end

    def _read(
        self, passage: PlainPassage
    ) -> Iterator[tuple[Sentence, Phrases, Topic, tuple[Reading, ...]]]:
        """The sentences of a passage that are not too long, each with what it says."""
        speakers = Speakers(self.standings.values.country, "", self.omits_subject)
        for sentence in bound(passage, self.standings.values).sentences():
            if len(sentence.text) > _LONGEST:
                continue
            phrases = self._phrases(sentence)
            if len(phrases.items) > _MOST_PHRASES:
                continue
            topic = topic_of(sentence, phrases, self.standings)
            readings: list[Reading] = []
            for clause in clauses(phrases):
                for plain in arranged(clause, readings[-1].statement if readings else None):
                    statement = statement_of(plain, speakers)
                    if statement is None:
                        continue
                    if not statement.is_open:
                        speakers = replace(speakers, last=statement.subjects[-1])
                    about = topic_in(topic, sentence, Phrases(plain), self.standings)
                    readings.append(Reading(sentence, statement, about, self.standings))
            yield sentence, phrases, topic, tuple(readings)

    def _phrases(self, sentence: Sentence) -> Phrases:
        items = self.vocabulary.phrases(sentence.text).items
        return Phrases(
            tuple(item for item in items if (item.kind, item.value) != (YEAR, self.year))
        )


def _claims(reading: Reading) -> Iterator[Claim]:
    for kind in (positions, ties, distances, ranks, top_places, extremes, own_scores, changes):
        yield from kind(reading)
