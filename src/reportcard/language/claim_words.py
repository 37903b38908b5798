"""The words in which a language speaks of scores, ranks and changes."""

from collections.abc import Iterator

from reportcard.content.scalars import EMPTY, Frozen, Table


class ClaimWords(Frozen):
    """Words and phrases as they are written within a sentence, with every form that occurs. All of
    them may be left out; what is left out is not read.

    Articles and the like stand between the words of other phrases: they belong to `fillers`, not
    to the phrases.
    """

    score: tuple[str, ...] = ()
    """Score, as a noun and as a verb."""
    total: tuple[str, ...] = ()
    """The total, overall."""
    points: tuple[str, ...] = ()
    """The unit after a score."""
    perfect: tuple[str, ...] = ()
    """A score at its maximum."""
    perfect_total: tuple[str, ...] = ()
    """A total at its maximum."""
    highest: tuple[str, ...] = ()
    lowest: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()
    """Articles that make "highest" of a word that is "higher" without them: el (mejor). Empty where
    the language has a word for each.
    """
    higher: tuple[str, ...] = ()
    """What is said of a score beside another of the same country: higher (on one than on another).
    The words of `highest` count too.
    """
    lower: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    """What is said of the first of all countries, but for "highest" and the ordinal."""
    last: tuple[str, ...] = ()
    penultimate: tuple[str, ...] = ()
    antepenultimate: tuple[str, ...] = ()
    among_first: tuple[str, ...] = ()
    """What stands before the number of those at the head: among the top (three)."""
    among_last: tuple[str, ...] = ()
    firsts: tuple[str, ...] = ()
    """What follows that number, after `between` or a preposition: (entre los tres) primeros."""
    lasts: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    """The noun beside an ordinal: place, position."""
    number: tuple[str, ...] = ()
    """What stands before a rank in digits: No. 3."""
    stands: tuple[str, ...] = ()
    """Verbs between a country and its rank, or its position beside another: ranks, comes."""
    copula: tuple[str, ...] = ()
    """Verbs that stand there too, and beside what is no rank: it was the first law."""
    obtains: tuple[str, ...] = ()
    """Verbs between a country and its score: received, has."""
    placed: tuple[str, ...] = ()
    """What says that the country spoken of stands somewhere: places it."""
    ahead: tuple[str, ...] = ()
    """What stands before a country that is worse: ahead of."""
    behind: tuple[str, ...] = ()
    """What stands before a country that is better: after."""
    only_behind: tuple[str, ...] = ()
    """What stands before all countries that are better: (second) only to."""
    between: tuple[str, ...] = ()
    surpasses: tuple[str, ...] = ()
    """Verbs between a country and a worse one."""
    trails: tuple[str, ...] = ()
    """Verbs between a country and a better one."""
    ties: tuple[str, ...] = ()
    """What stands before a country with the same score: ties with."""
    tied: tuple[str, ...] = ()
    """Verbs of several countries with the same score: are tied, share (second place)."""
    nobody: tuple[str, ...] = ()
    """No country, as a subject."""
    only: tuple[str, ...] = ()
    """What says of countries that no other does so: only (Colombia outranks Peru). Elsewhere it
    changes nothing.
    """
    others: tuple[str, ...] = ()
    """All other countries, after "ahead of" or "surpasses"."""
    leads: tuple[str, ...] = ()
    """Verbs between a country and the region or ranking that it leads."""
    region: tuple[str, ...] = ()
    """All countries of the scoreboard, as a place."""
    ranking: tuple[str, ...] = ()
    """The scoreboard and its ranking."""
    countries: tuple[str, ...] = ()
    """The noun after the number of countries."""
    aspects: tuple[str, ...] = ()
    """Dimension, category and what refers to one: in this respect."""
    rose: tuple[str, ...] = ()
    fell: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    """Verbs of change in either direction: went (from 10 to 11)."""
    gap: tuple[str, ...] = ()
    """Nouns for how far two scores are apart: difference. They count only with a number of points
    and the countries; elsewhere they are other measures.
    """
    advantage: tuple[str, ...] = ()
    """Such nouns that say who is ahead: lead over (Brazil)."""
    separates: tuple[str, ...] = ()
    """Verbs between a number of points and the countries that are so far apart."""
    average: tuple[str, ...] = ()
    """The mean of the scores of all countries: regional average."""
    since: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    """What stands before the score that was reached: (rose) to."""
    pronouns: tuple[str, ...] = ()
    """It, the country."""
    relatives: tuple[str, ...] = ()
    possessives: tuple[str, ...] = ()
    """Its."""
    genitive: tuple[str, ...] = ()
    """What follows the name of a country to which something belongs: 's."""
    of: tuple[str, ...] = ()
    before_score: tuple[str, ...] = ()
    """What stands before a score: with, at."""
    prepositions: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    """What stands before a reason or an obstacle, which does not narrow what is said: despite,
    thanks to.
    """
    sources: tuple[str, ...] = ()
    """What stands before whoever says so: according to. The scoreboard is believed, nobody else.
    """
    mood_endings: tuple[str, ...] = ()
    """Endings of adverbs by which an author feels about what is said, and says it all the same:
    sorrowfully, astonishingly. Those that make it doubtful (hopefully) belong to `doubt`.
    """
    adverb_endings: tuple[str, ...] = ()
    """Endings of adverbs. One that opens a sentence or comes before a comma, and is not among the
    `fillers`, narrows what is said, or makes it doubtful: economically, allegedly.
    """
    maximum: tuple[str, ...] = ()
    """What stands after a share of the most that a score can be: (78%) of the maximum."""
    out_of: tuple[str, ...] = ()
    """What stands before the most that a score can be."""
    joins: tuple[str, ...] = ()
    """And."""
    fillers: tuple[str, ...] = ()
    """Articles and adverbs that change nothing: the, also, just."""
    clauses: tuple[str, ...] = ()
    """What begins a clause with a subject of its own: while, but."""
    doubt: tuple[str, ...] = ()
    """Negation, conditions, other people's opinions: nothing is read in such a clause."""
    more_than: tuple[str, ...] = ()
    """What stands before a number that a score is not below: more than, at least."""
    less_than: tuple[str, ...] = ()
    """What stands before a number that a score is not above: less than, nearly, at most."""
    not_reaching: tuple[str, ...] = ()
    """Verbs that say so of the score itself: does not reach (12 points). Elsewhere they are in
    doubt.
    """
    approximate: tuple[str, ...] = ()
    """What makes a number a rough one, in either direction: about."""
    past: tuple[str, ...] = ()
    """Times that are not the edition's: last year."""
    other_measures: tuple[str, ...] = ()
    """What countries are compared by beside the scoreboard: exports."""
    idioms: tuple[str, ...] = ()
    """Phrases that contain words of other keys and mean something else: at last."""
    numbers: tuple[str, ...] = ()
    """One, two, three … in words."""
    ordinals: Table[str, int] = EMPTY
    """Ordinals that the wording of the cards does not list, with their number: tercer: 3."""
    omits_subject: bool = False
    """Whether a sentence may begin with its verb, and speak of the country."""

    def phrases(self) -> Iterator[tuple[str, str]]:
        """Every phrase with the name of its key, but for `numbers`, `ordinals`, `definite`,
        `maximum` and the endings.
        """
        others = ("numbers", "definite", "adverb_endings", "mood_endings", "maximum")
        for key in type(self).model_fields:
            value = getattr(self, key)
            if isinstance(value, tuple) and key not in others:
                yield from ((key, phrase) for phrase in value)
