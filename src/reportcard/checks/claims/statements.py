"""Who is spoken of: the subjects of a sentence, each with the verb that follows it and all that is
said until the next.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from reportcard.checks.claims.vocabulary import COUNTRY, INDEFINITE, Phrase, Phrases

#: A score in brackets after a country: (12.5), (12.5 of 15 points).
BRACKET: Final = r"\(~?Nm?(?:[fo]N)?m?\)"
_ITEM: Final = rf"f*(?:C'?|Z+)(?:{BRACKET})?"
#: Countries one after the other.
COUNTRIES: Final = rf"{_ITEM}(?:(?:,&?|&){_ITEM})*"
#: Words of scope that may stand after a claim: in the region, of all countries, in this dimension.
SCOPE: Final = r"(?:[pfo]*(?:[TrdtD]|N?c)(?!'))*"
#: What may follow a claim that is understood to its end.
END: Final = r"(?=$|[.,;:)ABIJwqi@#]|&(?!f*[CZ][WZ])|\(~?N[mfo)])"
_VERB: Final = r"(?:[VgSULRKxs+\-=*%]|:(?=N))"
_HAS_VERB: Final = re.compile(_VERB)
#: What stands right before the verb, and a remark between commas.
_SUBJECT: Final = re.compile(
    r"(?:(?P<score>(?<![hl])(?:C'[tS]+|u?[tS]+fC|u?[tS]+)(?:[pf]+d?Dd?)?(?:[f,]?Nm?,?)?|C'[zV]|u?zfC|uz|C'Nm(?:[fo]Nm?)?|NmfC)"
    rf"|(?P<countries>(?<![fpw'>ABIJoi@;])(?<!c[WXv~])C(?:{BRACKET})?(?:(?:,&?|&)C(?:{BRACKET})?)*)"
    r"|(?P<pronoun>P)"
    r"|(?P<omitted>^t?,?))"
    rf"(?:{BRACKET})?(?:,?q)?(?:,[pwNmStfoABCJ()&~u]+,)?$"
)
#: It is the country that needs a law that ranks third: whoever that is, and not the one before.
_CLEFT: Final = re.compile(r"[,&]*P?VP?[^,;]*?[qwpfg][^,;]*[WZ][^,;]*q")
#: Where what is said of one subject ends: a clause, a new sentence joined by "and".
_BREAK: Final = re.compile(r"(?<!c);|:(?!N)")
#: Where it ends if it has a verb.
_REMARK: Final = re.compile(rf",(?=P{_VERB})")
#: Where it ends if it was said before: a sentence of its own, or a rank of another or in something.
_SAID: Final = re.compile(rf"(?:C(?:'[tS]+|{BRACKET})?|P|u[tS]+|[tS]+fC),?{_VERB}")
_JOINED: Final = re.compile(rf",?&(?=(?:C(?:'[tS]+)?|P|u[tS]+){_VERB})")
_NEXT: Final = re.compile(rf",(?=C(?:'[tS]+|{BRACKET})?{_VERB})")
_RANK_SAID: Final = re.compile(r"[VK][pn]*Oz?|^C,?O")
_NEXT_RANK: Final = re.compile(
    rf",?&(?=p*Oz?p+d?D)|,(?=V[pn]*Oz?p+d?D)|[,&]+(?=C(?:{BRACKET})?,?[OE]z?(?=[,&.;]|$))"
)
#: Nothing is read beside these: negation and conditions, other measures and times, quotations.
_UNCERTAIN: Final = re.compile(r"[eXMY\"?]")
#: In education, Peru …; judged by its forests, Peru …
_STRANGE_SCOPE: Final = re.compile(r"[pf].*[WZ]|W[pf][^&;]*[WZ][^&;]*,$")
#: Where the rest of a clause speaks of something else.
_REST: Final = re.compile(r",?&(?=W)")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a clause says of one subject: its phrases, a letter for each, and where the subject and
    the verb begin.

    All of `subjects` are spoken of; if it is open who is meant, by a pronoun, one of them.
    """

    phrases: tuple[Phrase, ...]
    letters: str
    start: int
    verb: int
    subjects: tuple[str, ...]
    is_open: bool = False
    of_score: bool = False
    """Whether the subject is the score of a country."""

    def is_certain(self, end: int) -> bool:
        """Whether nothing up to a letter, or soon after it, makes doubtful what is said."""
        rest = _REST.split(self.letters[end:])[0]
        return not _UNCERTAIN.search(self.letters[:end] + rest)

    def has_strange_scope(self) -> bool:
        """Whether the subject follows a scope that is not the scoreboard's: In education, Peru."""
        return bool(_STRANGE_SCOPE.match(self.letters[: self.start]))

    def is_indefinite(self, letter: int) -> bool:
        """Whether the phrase of a letter says "higher", not "highest"."""
        return self.phrases[letter].value == INDEFINITE

    def countries(self, start: int, end: int) -> tuple[str, ...]:
        """The countries among some of its letters."""
        found = (item.value for item in self.phrases[start:end] if item.kind == COUNTRY)
        return tuple(str(country) for country in found)


@dataclass(frozen=True, slots=True)
class Speakers:
    """Whom words like "it" may mean: the country of the card, and the last one spoken of."""

    country: str
    last: str = ""
    omits_subject: bool = False

    @property
    def meant(self) -> tuple[str, ...]:
        """Those that a pronoun may mean."""
        return tuple(dict.fromkeys((self.last or self.country, self.country)))


def clauses(phrases: Phrases) -> Iterator[tuple[Phrase, ...]]:
    """The parts of a sentence that speak of one thing each."""
    letters, start = phrases.letters, 0
    weak = ((_JOINED, _HAS_VERB), (_REMARK, _HAS_VERB), (_NEXT, _SAID), (_NEXT_RANK, _RANK_SAID))
    ends: dict[int, re.Pattern[str] | None] = {
        match.end(): said for end, said in weak for match in end.finditer(letters)
    }
    ends |= dict.fromkeys(match.end() for match in _BREAK.finditer(letters))
    for end, said in sorted(ends.items(), key=itemgetter(0)):
        if said is None or said.search(letters[start:end]):
            yield phrases.items[start:end]
            start = end
    yield phrases.items[start:]


def statement_of(clause: tuple[Phrase, ...], speakers: Speakers) -> Statement | None:
    """The first subject of a clause with its verb, if it is plain who it is."""
    letters = "".join(item.kind for item in clause)
    for verb in re.finditer(_VERB, letters):
        at = verb.start()
        if verb[0] == "K":
            return Statement(clause, letters, at, at, speakers.meant, is_open=True)
        match = _SUBJECT.search(letters[:at])
        # "The total score" has no verb yet, and a language may need a subject.
        if not match or (verb[0] == "S" and not (match["countries"] or match["pronoun"])):
            continue
        if _CLEFT.match(letters):
            continue
        if match["omitted"] is not None and not speakers.omits_subject:
            continue
        stop = match.end("countries") if match["countries"] else match.end()
        named = tuple(
            str(item.value) for item in clause[match.start() : stop] if item.kind == COUNTRY
        )
        return Statement(
            clause,
            letters,
            match.start(),
            at,
            named or speakers.meant,
            is_open=not named,
            of_score=match["score"] is not None,
        )
    return None
