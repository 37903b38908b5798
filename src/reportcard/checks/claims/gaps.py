"""Nouns for how far two scores are apart, in the plain order of words.

"Peru's lead over Brazil is 0.2 points", "the gap between Peru and Brazil is 0.2 points" and "0.2
points separate Peru from Brazil" say what "Peru is 0.2 points ahead of Brazil" says.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reportcard.checks.claims.statements import END, SCOPE
from reportcard.checks.claims.vocabulary import ADVANTAGE, Phrase

_BY: Final = r"(?P<by>N)m?"
_OTHER: Final = r"f*(?P<other>C)'?"
_PATTERNS: Final = tuple(
    re.compile(rf"{pattern}{SCOPE}(?:{END}|(?=V[^eXMY?\"]*$))")
    for pattern in (
        # Peru's lead over Brazil is 0.2 points; la ventaja del Perú sobre el Brasil es de 0.2
        rf"[,&]*(?:p+Dd?,)?(?:(?P<who>C)'|u)?(?P<gap><)[pf]*[tS]*(?:f+(?P<late>C)[oipw>]+|[oipw>]*)"
        rf"{_OTHER}V[fpw]*{_BY}",
        # The gap between Peru and Brazil is 0.2 points; a gap of 0.2 points between them
        rf"[,&]*(?:p+Dd?,)?(?:PV)?(?P<gap><)[pf]*[tS]*If*(?P<who>C)&{_OTHER}V[fpw]*{_BY}",
        rf"[,&]*(?:p+Dd?,)?(?:P?[Vg])?(?P<gap><)f?{_BY}If*(?P<who>C)&{_OTHER}",
        # Peru has a lead of 0.2 points over Brazil, a 0.2-point lead over Brazil
        rf"(?:^[,&]*(?:p+Dd?,)?|(?<=,)|^.*[,;])(?P<who>C|P)[gV]"
        rf"(?:(?P<gap><)f?{_BY}[oipw>]+|(?P<early>N)m(?P<lead><)[oipw>]*){_OTHER}",
        # 0.2 points separate Peru from Brazil; Peru and Brazil are separated by 0.2 points
        rf"[,&]*(?:(?P<gap><)f?)?{_BY}_[>p]*(?P<who>C)[pf&]+{_OTHER}",
        rf"[,&]*(?P<who>C)(?:&{_OTHER}V?_|V?_[pf]+(?P<late>C))p+{_BY}",
    )
)


def apart(clause: tuple[Phrase, ...], letters: str) -> Iterator[Phrase]:
    """A clause that says how many points two countries are apart, in the plain order; nothing if
    it does not say so.
    """
    match = next(filter(None, (pattern.match(letters) for pattern in _PATTERNS)), None)
    if match is None:
        return
    groups = {name: clause[match.start(name)] for name, text in match.groupdict().items() if text}
    number = groups.get("by") or groups["early"]
    gap = groups.get("gap") or groups.get("lead") or replace(number, kind="<", value=None)
    who = groups.get("who") or groups.get("late") or replace(number, kind="P", end=number.start)
    other = groups.get("other") or groups["late"]
    side = replace(gap, kind="A" if gap.value == ADVANTAGE else "<")
    # Without a unit, a whole number may count anything
    is_points = letters[clause.index(number) + 1 :].startswith("m") or number.decimals > 0
    unit = (replace(number, kind="m", start=number.end),) if is_points else ()
    verb = replace(number, kind="V", end=number.start, value=None)
    rest = () if letters[match.end() :].startswith("V") else clause[match.end() :]
    yield from (who, verb, number, *unit, side, other, *rest)
