"""What changes only because a passage changed that it repeats whole: a bookmark, a running head,
the title in the metadata.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportcard.review.compare.pairs import PassagePair


@dataclass(frozen=True, slots=True)
class Echoes:
    """Whole passages before and after, white space folded; empty where there was none, or is
    none.
    """

    replaced: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, pairs: Iterable[PassagePair]) -> "Echoes":
        """The echoes that the changed passages of a comparison may have."""
        changed = (
            (_folded(pair.old.text if pair.old else ""), _folded(pair.new.text if pair.new else ""))
            for pair in pairs
        )
        return cls(tuple(dict.fromkeys((old, new) for old, new in changed if old != new)))

    def explain(
        self, before: str, after: str, *, removes: bool = False, capitals: bool = False
    ) -> bool:
        """Whether `after` is `before` with changed passages put in for what they were: no change of
        its own.

        With `removes`, passages that went may be missing; with `capitals`, these do not matter: a
        running head may be set in them.
        """
        old, new = _folded(before), _folded(after)
        pairs: Iterable[tuple[str, str]] = self.replaced
        if capitals:
            old, new = old.casefold(), new.casefold()
            pairs = ((then.casefold(), now.casefold()) for then, now in self.replaced)
        for then, now in pairs:
            if (then, now) == (old, new):
                return True
            if then and then in old and (now in new if now else removes):
                old = _folded(now.join(re.split(rf"(?<!\w){re.escape(then)}(?!\w)", old)))
        return old == new

    def explain_list(self, before: str, after: str) -> bool:
        """Whether all names that went from a list with commas, or came to it, are passages that
        did.
        """
        then, now = (set(text.split(", ")) for text in (before, after))
        gone = {old.strip(" ,") for old, _ in self.replaced}
        came = {new.strip(" ,") for _, new in self.replaced}
        return then - now <= gone and now - then <= came


def _folded(text: str) -> str:
    return " ".join(text.split())
