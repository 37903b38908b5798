"""What a number of a passage is: a score or a rank, a thing that is called like an ordinal, or what
took the place of words.
"""

import re
from collections.abc import Sequence
from typing import Final

from reportcard.language.packs import pack
from reportcard.review.compare.atoms import Atom
from reportcard.review.read.document import Passage

#: A passage that speaks of points: a decimal in it is a score.
_OF_SCORES: Final = re.compile(
    r"\b(scor\w+|points?|puntajes?|puntos?|puntuaci\w+|pontos?|pontua\w+|calificaci\w+|notas?)\b",
    re.IGNORECASE,
)
#: A passage that speaks of a ranking: an ordinal in it is a rank. What is in place, or takes place,
#: has no rank.
_OF_RANKS: Final = re.compile(
    r"\b(rank\w*|(?<!in )(?<!takes )(?<!take )(?<!took )(?<!taking )places?|positions?|puestos?"
    r"|(?<!en )(?<!tiene )(?<!tuvo )(?<!da )(?<!dar )lugar(?:es)?|posici[óo]n\w*|ranking"
    r"|clasificaci[óo]n"
    r"|posi[çc][ãa]o|coloca[çc][ãa]o)\b",
    re.IGNORECASE,
)
_POINTS: Final = frozenset({"point", "points", "punto", "puntos", "ponto", "pontos"})
#: So many words at most that a number alone took the place of.
_MOST_FOR_ONE: Final = 3


def is_score(passage: Passage, atom: Atom) -> bool:
    """A number of a score's own place; a number of points; a decimal in a passage that speaks of
    points, and a rank in one that speaks of a ranking.
    """
    after = atom.numbers[-1] + 1
    if (
        passage.name.is_score
        or {token.key for token in passage.tokens[after : after + 1]} & _POINTS
    ):
        return True
    number = atom.figure.number if atom.figure else None
    if number is None or number.is_name or number.unit or number.power:
        return False
    if number.is_rank:
        return bool(_OF_SCORES.search(passage.text) or _OF_RANKS.search(passage.text))
    return number.mantissa != number.mantissa.to_integral() and bool(
        _OF_SCORES.search(passage.text)
    )


def is_thing(passage: Passage, atom: Atom | None, language: str) -> bool:
    """Whether an ordinal is a thing of that name, as un cuarto is a room: nothing follows that it
    could count. `language` is that of passages that name none.
    """
    if atom is None or is_score(passage, atom):
        return False
    known = pack(passage.language or language)
    ranks = known.numbers.ranks if known and known.numbers else None
    if known is None or ranks is None or atom.text.casefold() not in ranks.also_nouns:
        return False
    after = passage.tokens[atom.numbers[-1] + 1 :][:1]
    return not any(token.is_word and token.key not in known.small_words for token in after)


def is_replaced(
    pair: tuple[Atom | None, Atom | None], then: Sequence[Atom], now: Sequence[Atom]
) -> bool:
    """Whether, of all that differs, a number alone came for a few words, or went for them: the
    fourth, the last; or it came or went with them: of 5 points.
    """
    own, others = (then, now) if pair[0] else (now, then)
    is_alone = len(own) == 1 and 0 < len(others) <= _MOST_FOR_ONE
    return None in pair and (is_alone or (not others and len(own) <= _MOST_FOR_ONE))


def is_said_alike(one: Atom | None, other: Atom | None) -> bool:
    """Whether two numbers say the same, and only what they are joined to by a hyphen is another;
    2030 and the 2030s do not.
    """
    if not any("-" in atom.text for atom in (one, other) if atom):
        return False
    figures = [atom.figure.said for atom in (one, other) if atom and atom.figure]
    return len(figures) > 1 and figures[0] == figures[1]
