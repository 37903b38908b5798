"""The words in which a language speaks of scores, ranks and changes."""

from collections.abc import Iterator

from reportcard.content.scalars import EMPTY, Frozen, Table, Words


class ClaimWords(Frozen):
    """Words and phrases as they are written within a sentence, with every form that occurs: a list,
    or a text with commas between them. All of them may be left out; what is left out is not read.

    Articles and the like stand between the words of other phrases: they belong to `fillers`, not
    to the phrases.
    """

    score: Words = ()
    """Score, as a noun and as a verb."""
    total: Words = ()
    """The total, overall."""
    points: Words = ()
    """The unit after a score."""
    perfect: Words = ()
    """A score at its maximum."""
    perfect_total: Words = ()
    """A total at its maximum."""
    highest: Words = ()
    lowest: Words = ()
    definite: Words = ()
    """Articles that make "highest" of a word that is "higher" without them: el (mejor). Empty where
    the language has a word for each.
    """
    higher: Words = ()
    """What is said of a score beside another of the same country: higher (on one than on another).
    The words of `highest` count too.
    """
    lower: Words = ()
    first: Words = ()
    """What is said of the first of all countries, but for "highest" and the ordinal."""
    last: Words = ()
    penultimate: Words = ()
    antepenultimate: Words = ()
    among_first: Words = ()
    """What stands before the number of those at the head: among the top (three)."""
    among_last: Words = ()
    firsts: Words = ()
    """What follows that number, after `between` or a preposition: (entre los tres) primeros."""
    lasts: Words = ()
    place: Words = ()
    """The noun beside an ordinal: place, position."""
    number: Words = ()
    """What stands before a rank in digits: No. 3."""
    stands: Words = ()
    """Verbs between a country and its rank, or its position beside another: ranks, comes."""
    copula: Words = ()
    """Verbs that stand there too, and beside what is no rank: it was the first law."""
    obtains: Words = ()
    """Verbs between a country and its score: received, has."""
    placed: Words = ()
    """What says that the country spoken of stands somewhere: places it."""
    ahead: Words = ()
    """What stands before a country that is worse: ahead of."""
    behind: Words = ()
    """What stands before a country that is better: after."""
    only_behind: Words = ()
    """What stands before all countries that are better: (second) only to."""
    between: Words = ()
    surpasses: Words = ()
    """Verbs between a country and a worse one."""
    trails: Words = ()
    """Verbs between a country and a better one."""
    ties: Words = ()
    """What stands before a country with the same score: ties with."""
    tied: Words = ()
    """Verbs of several countries with the same score: are tied, share (second place)."""
    nobody: Words = ()
    """No country, as a subject."""
    only: Words = ()
    """What says of countries that no other does so: only (Colombia outranks Peru). Elsewhere it
    changes nothing.
    """
    others: Words = ()
    """All other countries, after "ahead of" or "surpasses"."""
    leads: Words = ()
    """Verbs between a country and the region or ranking that it leads."""
    region: Words = ()
    """All countries of the scoreboard, as a place."""
    ranking: Words = ()
    """The scoreboard and its ranking."""
    countries: Words = ()
    """The noun after the number of countries."""
    aspects: Words = ()
    """Dimension, category and what refers to one: in this respect."""
    rose: Words = ()
    fell: Words = ()
    unchanged: Words = ()
    moved: Words = ()
    """Verbs of change in either direction: went (from 10 to 11)."""
    gap: Words = ()
    """Nouns for how far two scores are apart: difference. They count only with a number of points
    and the countries; elsewhere they are other measures.
    """
    advantage: Words = ()
    """Such nouns that say who is ahead: lead over (Brazil)."""
    separates: Words = ()
    """Verbs between a number of points and the countries that are so far apart."""
    average: Words = ()
    """The mean of the scores of all countries: regional average."""
    since: Words = ()
    to: Words = ()
    """What stands before the score that was reached: (rose) to."""
    pronouns: Words = ()
    """It, the country."""
    relatives: Words = ()
    possessives: Words = ()
    """Its."""
    genitive: Words = ()
    """What follows the name of a country to which something belongs: 's."""
    of: Words = ()
    before_score: Words = ()
    """What stands before a score: with, at."""
    prepositions: Words = ()
    circumstances: Words = ()
    """What stands before a reason or an obstacle, which does not narrow what is said: despite,
    thanks to.
    """
    sources: Words = ()
    """What stands before whoever says so: according to. The scoreboard is believed, nobody else.
    """
    mood_endings: Words = ()
    """Endings of adverbs by which an author feels about what is said, and says it all the same:
    sorrowfully, astonishingly. Those that make it doubtful (hopefully) belong to `doubt`.
    """
    adverb_endings: Words = ()
    """Endings of adverbs. One that opens a sentence or comes before a comma, and is not among the
    `fillers`, narrows what is said, or makes it doubtful: economically, allegedly.
    """
    maximum: Words = ()
    """What stands after a share of the most that a score can be: (78%) of the maximum."""
    out_of: Words = ()
    """What stands before the most that a score can be."""
    joins: Words = ()
    """And."""
    fillers: Words = ()
    """Articles and adverbs that change nothing: the, also, just."""
    clauses: Words = ()
    """What begins a clause with a subject of its own: while, but."""
    doubt: Words = ()
    """Negation, conditions, other people's opinions: nothing is read in such a clause."""
    more_than: Words = ()
    """What stands before a number that a score is not below: more than, at least."""
    less_than: Words = ()
    """What stands before a number that a score is not above: less than, nearly, at most."""
    not_reaching: Words = ()
    """Verbs that say so of the score itself: does not reach (12 points). Elsewhere they are in
    doubt.
    """
    approximate: Words = ()
    """What makes a number a rough one, in either direction: about."""
    past: Words = ()
    """Times that are not the edition's: last year."""
    other_measures: Words = ()
    """What countries are compared by beside the scoreboard: exports."""
    idioms: Words = ()
    """Phrases that contain words of other keys and mean something else: at last."""
    numbers: Words = ()
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
