"""Clauses in the plain order of words: subject, verb, and what is said of the subject.

"In third place is Peru", "Peru, third in the region, …" and "Brazil second and Peru third" say what
"Peru ranks third" says; after this, one reader reads them all.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from typing import Final

from reportcard.checks.claims.gaps import apart
from reportcard.checks.claims.statements import BRACKET, END, SCOPE, Statement
from reportcard.checks.claims.vocabulary import ALL, Phrase

Clause = tuple[Phrase, ...]

#: A rank that nothing else can be: a place, or one in the region or ranking.
_RANKED: Final = r"(?:[OEFQ]z|O?(?:[hl][tS]+|[tS]+[hl])(?=[pfo]*N?[Trc])|[OEFQ](?=[pfo]*N?[Trc]))"
#: In third place is Peru; the lowest score in the region is Peru's.
_INVERTED: Final = re.compile(
    rf"[,&]*p?(?P<said>(?:{_RANKED}|T'[hl][tS]+){SCOPE}),?(?P<verb>V)[fpw>]*(?P<who>C)'?"
    rf"(?={BRACKET}|[.,;:)&]|$)"
)
#: Leads the region Peru, as Spanish may say it.
_LEADING: Final = re.compile(rf"[,&]*(?P<verb>L)(?P<said>[Tr]{SCOPE})(?P<who>C){END}")
#: This puts Peru third, or behind Colombia.
_PLACED: Final = re.compile(
    r"(?<![C'XM])(?P<verb>[VK])(?P<who>C)(?=[ABJIx]f*[CZ0y]|p*(?:[OEFQ]|[hl]))"
)
#: Peru, third in the region, adopted a law.
_APPOSED: Final = re.compile(
    rf"(?P<who>C)(?:{BRACKET})?,(?P<said>(?:T'F|[OEFQ](?=z?S?[pfo]*N?[Trc]))[zS]?{SCOPE}),"
)
#: Peru, ranked third, adopted a law.
_PARTICIPLE: Final = re.compile(
    rf"(?<![fpw'>ABIJo@&,])(?P<who>C)(?:{BRACKET})?,(?P<said>V[pn]*[OEQ]z?{SCOPE}),"
)
#: It is Peru that leads the region.
_CLEFT: Final = re.compile(r"[,&]*P?V(?P<who>C)q(?=[VgSLUR])")
#: The highest score is Peru's; the country with the highest score is Peru.
_HIGHEST: Final = re.compile(
    r"[,&]*(?:p+Dd?,)?(?:(?:P|z)w)?(?P<said>(?:[hl][tS]+|[tS]+[hl]))(?P<verb>V)f*(?P<who>C)'?(?=$|[.,;&])"
)
#: Ranked third, Peru …; third in the region, Peru …
_FRONTED: Final = re.compile(
    rf"(?P<said>(?:Vp*[OEQ]z?|[OEFQ](?=[pfo]*N?[Trc]))(?P<scope>{SCOPE})),(?=(?P<who>C))"
)
#: Peru's lowest score, its weakest dimension.
_OWN: Final = (
    r"(?:(?:(?P<owner>C)'|u)(?P<extreme>[hl](?:[tS]+|d))"
    r"|(?:u(?P<late>(?:[tS]+|d)[hl])|(?P<long>[hl](?:[tS]+|d)|(?:[tS]+|d)[hl])f(?P<of>C)))"
)
#: Peru's lowest score is in Legal Frameworks; Legal Frameworks is its weakest dimension.
_OF_OWN: Final = re.compile(
    rf"[,&]*(?:{_OWN}V[fp]*d?(?P<which>D)d?|(?P<first>D)V{_OWN.replace('P<', 'P<b_')}){END}"
)
#: Brazil second, after "Colombia is first"; and fourth in Legal Frameworks, after "second in all".
_GAPPED: Final = re.compile(rf"[,&]*(?P<who>C(?:{BRACKET})?),?(?P<said>[OE]z?(?=[,&.;]|$))")
_CONTINUED: Final = re.compile(r"[,&]*(?P<said>p*Oz?p+d?D)")
_HAS_RANK: Final = re.compile(rf"V[pn]*Oz?{SCOPE}{END}")
#: Two countries rank ahead of Peru.
_COUNTED: Final = re.compile(
    rf"[,&]*(?P<said>Nc)(?:[VgS](?P<side>[AB])|(?P<verb>[UR]))f*(?P<who>C){SCOPE}{END}"
)
#: Only Colombia outranks Peru.
_ONLY: Final = re.compile(
    rf"[,&]*(?P<only>1)(?P<who>C(?:(?:,&?|&)C)*)(?P<verb>[VgSt]*(?P<side>[ABURL]))f*(?P<other>C)'?"
    rf"{SCOPE}{END}"
)
#: No other country outranks Peru; nobody is behind it.
_UNMATCHED: Final = re.compile(
    rf"[,&]*e[VgSt]*(?P<side>[ABUR])f*(?P<who>C)'?(?![,&]+f*C){SCOPE}{END}"
)
#: Its score in Legal Frameworks is higher than in Mining Policies.
_COMPARED: Final = re.compile(
    r"[,&]*(?:(?P<owner>C)'|u)?[tS]+(?:f(?P<of>C))?p*(?P<one>Dd?)V(?P<side>[AB])p*(?P<other>D)"
    rf"d?{END}"
)
#: Peru shares second place with Brazil.
_SHARED: Final = re.compile(rf"(?P<who>C)(?P<verb>s)(?P<said>p*Oz?)[wp](?P<other>C){END}")
#: Peru outscores by 0.2 points Brazil, as Spanish may say it.
_BY: Final = re.compile(r"(?P<by>p+Nm)[>p]*(?P<other>C)")
_UNCERTAIN: Final = re.compile(r"[eXMY\"?]")


def arranged(clause: Clause, before: Statement | None) -> Iterator[Clause]:
    """A clause in the plain order of words, and what is said of its subject in passing, each as a
    clause of its own. `before` is what the clause before says: its verb may be meant here too.
    """
    letters = "".join(item.kind for item in clause)
    rearranged = _rearranged(clause, letters)
    if whole := (rearranged,) if rearranged else tuple(_counted(clause, letters)):
        yield from whole
        return
    if (
        before
        and _HAS_RANK.match(before.letters, before.verb)
        and not _UNCERTAIN.search(before.letters)
    ):
        meant = before.phrases[before.verb]
        if match := _GAPPED.match(letters):
            yield (*_at(clause, match, "who"), meant, *clause[match.start("said") :])
            return
        if match := _CONTINUED.match(letters):
            yield (*before.phrases[before.start : before.verb + 1], *clause[match.start("said") :])
            return
    if match := _FRONTED.match(letters):
        who, said = _at(clause, match, "who"), _at(clause, match, "said")
        yield (*who, *(() if said[0].kind == "V" else (_dummy("V", said[0]),)), *said)
        clause = clause[match.end() :]
        letters = letters[match.end() :]
    for match in _APPOSED.finditer(letters):
        said = _at(clause, match, "said")
        yield (*_at(clause, match, "who"), _dummy("V", said[0]), *said)
    for match in _PARTICIPLE.finditer(letters):
        yield (*_at(clause, match, "who"), *_at(clause, match, "said"))
    if match := _PLACED.search(letters):
        verb = replace(clause[match.start("verb")], kind="V")
        at = match.start("verb")
        yield (*clause[:at], clause[at + 1], verb, *clause[at + 2 :])
        return
    yield clause


def _rearranged(clause: Clause, letters: str) -> Clause:
    """A clause whose subject is only understood, in the plain order of words; empty if it is
    none.
    """
    if match := _OF_OWN.match(letters):
        return _own(clause, match)
    if moved := tuple(apart(clause, letters)):
        return moved
    if match := _CLEFT.match(letters):
        return (*_at(clause, match, "who"), *clause[match.end() :])
    if match := _INVERTED.match(letters) or _LEADING.match(letters):
        parts = (_at(clause, match, group) for group in ("who", "verb", "said"))
        return (*chain.from_iterable(parts), *clause[match.end() :])
    return _predicated(clause, letters) or _set_beside(clause, letters)


def _predicated(clause: Clause, letters: str) -> Clause:
    """A country said to have the highest score, or to be unmatched."""
    if match := _HIGHEST.match(letters):
        parts = (_at(clause, match, group) for group in ("who", "verb", "said"))
        last = clause[match.end("said") - 1]
        scope = (_dummy("p", last), _dummy("T", last))
        return (*chain.from_iterable(parts), *scope, *clause[match.end() :])
    if (match := _UNMATCHED.match(letters)) and not _UNCERTAIN.search(letters[match.end("who") :]):
        who = _at(clause, match, "who")
        kind = "F" if match["side"] in "AU" else "E"
        first = clause[letters.index("e")]
        said = Phrase(kind, first.start, clause[match.start("side")].end)
        return (*who, _dummy("V", first), said, *clause[match.end("who") :])
    return ()


def _counted(clause: Clause, letters: str) -> Iterator[Clause]:
    """That so many countries are ahead of one, or behind it; or that just some are, by name."""
    if match := _COUNTED.match(letters):
        side = _at(clause, match, "side" if match["side"] else "verb")
        who = _at(clause, match, "who")
        counted, noun = _at(clause, match, "said")
        yield (*who, _dummy("V", who[0]), *side, counted, replace(noun, value=ALL))
    if match := _ONLY.match(letters):
        only, who, other = (_at(clause, match, group) for group in ("only", "who", "other"))
        yield clause[: match.start("only")] + clause[match.end("only") :]
        way = replace(_at(clause, match, "side")[0], kind=match["side"].replace("L", "U"))
        named = [str(item.value) for item in who if item.kind == "C"]
        number = Phrase("N", only[0].start, only[0].end, Decimal(len(named)))
        noun = Phrase("c", only[0].end, who[-1].end, " ".join(named))
        yield (*other, _dummy("V", only[0]), way, number, noun)


def _set_beside(clause: Clause, letters: str) -> Clause:
    """Scores or countries side by side: higher in one dimension than in another; a shared rank; by
    how much one outscores another.
    """
    if (at := letters.find("U")) > 0 and (match := _BY.match(letters, at + 1)):
        beaten, number = _at(clause, match, "other"), _at(clause, match, "by")
        return (*clause[: at + 1], *beaten, *number, *clause[match.end() :])
    if match := _COMPARED.match(letters):
        who = _at(clause, match, "owner" if match["owner"] else "of")
        side = replace(clause[match.start("side")], kind="j" if match["side"] == "A" else "v")
        subject = who or (_dummy("P", clause[0]),)
        verb, than = _dummy("g", clause[0]), _dummy("q", side)
        one, other = _at(clause, match, "one"), _at(clause, match, "other")
        return (*subject, verb, side, *one, than, *other, *clause[match.end("other") :])
    if match := _SHARED.match(letters):
        who, other = _at(clause, match, "who"), _at(clause, match, "other")
        joint = _dummy("&", other[0])
        return (*who, joint, *other, *clause[match.start("verb") : match.end("said")])
    return ()


def _own(clause: Clause, match: re.Match[str]) -> Clause:
    """Peru has its lowest score in Legal Frameworks."""
    groups = match.groupdict()
    extreme = next(
        name
        for name in ("extreme", "late", "long", "b_extreme", "b_late", "b_long")
        if groups[name]
    )
    who = next((name for name in ("owner", "of", "b_owner", "b_of") if groups[name]), "")
    which = "which" if groups["which"] else "first"
    said = tuple(
        replace(item, kind="S") if item.kind == "d" else item
        for item in _at(clause, match, extreme)
    )
    subject = _at(clause, match, who) if who else (_dummy("P", said[0]),)
    return (
        *subject,
        _dummy("g", said[0]),
        _dummy("u", said[0]),
        *said,
        _dummy("p", said[0]),
        *_at(clause, match, which),
    )


def _at(clause: Clause, match: re.Match[str], group: str) -> Clause:
    return clause[match.start(group) : match.end(group)]


def _dummy(kind: str, beside: Phrase) -> Phrase:
    """A phrase that is understood without being written."""
    return Phrase(kind, beside.start, beside.start)
