"""What changes only because a text changed that it repeats: a bookmark, a running head, the title in the metadata."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportcard.review.changes import Change
from reportcard.review.pieces import Pair
from reportcard.review.tokens import comparable


@dataclass(frozen=True, slots=True)
class Echoes:
    """Texts before and after, in a form that is compared: whole passages, and the parts of them that changed."""

    replaced: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, pairs: Iterable[Pair], changes: Sequence[Change]) -> "Echoes":
        """The echoes that the changed passages of a comparison may have."""
        whole = [
            (pair.old.text if pair.old else "", pair.new.text if pair.new else "")
            for pair in pairs
            if not (pair.old and pair.new and pair.old.text == pair.new.text)
        ]
        parts = [(change.old, change.new) for change in changes]
        told = ((_plain(old), _plain(new)) for old, new in (*whole, *parts))
        return cls(tuple(dict.fromkeys((old, new) for old, new in told if old != new)))

    def explain(self, before: str, after: str) -> bool:
        """Whether `after` is `before` with changed texts put in: what is told of these need not be told again."""
        old, new = _plain(before), _plain(after)
        if old == new:
            return True
        if (old, new) in self.replaced:
            return True
        for then, now in self.replaced:
            if then and then in old and now in new:
                old = old.replace(then, now)
        return old == new


def _plain(text: str) -> str:
    return "".join(comparable(text).split())
