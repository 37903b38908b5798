"""What a comparison finds, as values: changes of a kind at a place, file by file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from reportcard import __version__
from reportcard.messages.message import Message
from reportcard.pdf.area import Area
from reportcard.problems.problem import in_english

#: The version of the JSON of a comparison: docs/reviewers.md describes it.
FORMAT: Final = 1


class Kind(StrEnum):
    """The kinds of changes, the gravest first."""

    SCORE = "score"
    NUMBER = "number"
    MEANING = "meaning"
    NOTE = "note"
    WORDING = "wording"
    LINK = "link"
    MOVED = "moved"
    LAYOUT = "layout"
    PICTURE = "picture"
    BOXES = "boxes"
    METADATA = "metadata"
    TAGS = "tags"
    LANGUAGE = "language"
    BOOKMARKS = "bookmarks"


#: What a fact-checker reads first, in this order.
_GRAVEST: Final = (Kind.SCORE, Kind.NUMBER, Kind.MEANING)
#: Kinds that change the content: a change of one of them in one language only is suspect.
SAID: Final = frozenset({Kind.NUMBER, Kind.SCORE, Kind.MEANING, Kind.NOTE})

#: Kinds of changes of the design alone, which are another program's own.
DESIGN: Final = frozenset(
    {
        Kind.LAYOUT,
        Kind.PICTURE,
        Kind.BOXES,
        Kind.METADATA,
        Kind.TAGS,
        Kind.LANGUAGE,
        Kind.BOOKMARKS,
    }
)


class Act(StrEnum):
    """What happened."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"

    @classmethod
    def of(cls, before: str, after: str) -> "Act":
        """What happened to a text that was `before` and is `after`; empty where there was none, or
        is none.
        """
        if before and after:
            return cls.CHANGED
        return cls.ADDED if after else cls.REMOVED


@dataclass(frozen=True, slots=True)
class Fact:
    """A property that differs: its name (size, colour, x …), and its value before and after (empty:
    none).
    """

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `act` is "changed", "added", "removed" or "moved". `field` is the field of the
    content (`peru/context`), empty in a file without named fields; `place` is its file and line.

    `old` and `new` are the words that differ. `runs` is the whole block, as pairs of "same", "gone"
    or "new" and words. `facts` are properties that differ, such as a size: name, old, new. Areas
    are (page, left, top, width, height) in mm. `only_in` is set if a number, score, negation or
    note changed in this language and not in the others.
    """

    kind: Kind
    act: Act
    field: str = ""
    place: str = ""
    language: str = ""
    old: str = ""
    new: str = ""
    runs: tuple[tuple[str, str], ...] = ()
    facts: tuple[Fact, ...] = ()
    old_areas: tuple[Area, ...] = ()
    new_areas: tuple[Area, ...] = ()
    only_in: str = ""
    #: The name of the place in the file, where it has one.
    name: str = ""

    @property
    def id(self) -> str:
        """The name of the change, the same each time that the same two files are compared."""
        parts = (
            self.kind,
            self.act,
            self.field,
            self.old,
            self.new,
            *map(str, self.facts),
            str(self.old_areas[:1]),
            str(self.new_areas[:1]),
        )
        return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files: its name, its sha256, and the sizes of its pages in mm (width, height),
    trimmed.
    """

    name: str
    sha256: str
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Two pages that belong together (from 1), or one that has no other (None); `differs` where
    they have a change.
    """

    old: int | None
    new: int | None
    differs: bool


class Obscurity(StrEnum):
    """What of a file is not seen, or not by everyone."""

    DAMAGED = "damaged"
    GARBLED = "garbled"
    SCAN = "scan"
    OUTLINES = "outlines"
    INVISIBLE = "invisible"
    COVERED = "covered"
    OUTSIDE = "outside"
    ENCRYPTED = "encrypted"
    SIGNED = "signed"


#: Where these are, text is missing that may differ.
MISSING: Final = frozenset(
    {Obscurity.DAMAGED, Obscurity.GARBLED, Obscurity.SCAN, Obscurity.OUTLINES}
)


@dataclass(frozen=True, slots=True)
class Unseen:
    """What is not seen of a side ("old" or "new"), on which pages (none: the file), and its words:
    those that are hidden, what permissions deny, who signed.
    """

    side: str
    what: Obscurity
    pages: tuple[int, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files and all that differs between them. `failed` says why they could not be compared;
    otherwise it is empty.

    `leaves` are pairs of pages that belong together. `language` is that of the new file;
    `languages` are those of all its passages. `is_foreign` tells that this program did not make
    both: then their design is not one that has to stay. `passed_over` counts changes that were
    ignored, and `left_out` those of them that edition.yaml does not ignore.
    """

    name: str
    old: Side | None
    new: Side | None
    language: str = ""
    leaves: tuple[Leaf, ...] = ()
    changes: tuple[Change, ...] = ()
    failed: Message | str = ""
    languages: tuple[str, ...] = ()
    passed_over: int = 0
    left_out: int = 0
    is_foreign: bool = False
    #: What the comparison, or a reader of the files, cannot see.
    unseen: tuple[Unseen, ...] = ()

    @property
    def misses_text(self) -> bool:
        """Whether text is missing that may differ: of a damaged page, or of a scan."""
        return any(one.what in MISSING for one in self.unseen)

    @property
    def of_content(self) -> tuple[Change, ...]:
        """The changes of what the file says, without those of its design."""
        return tuple(change for change in self.changes if change.kind not in DESIGN)

    @property
    def is_same(self) -> bool:
        """They were compared, and nothing differs."""
        return not self.changes and not self.failed


def by_gravity(changes: Iterable[Change]) -> list[Change]:
    """Scores, numbers and meaning first, each in the order of reading, then all else in it."""
    return sorted(
        changes,
        key=lambda change: (
            _GRAVEST.index(change.kind) if change.kind in _GRAVEST else len(_GRAVEST)
        ),
    )


def counted(changes: Iterable[Change]) -> dict[str, int]:
    """How many changes there are of each kind, in the order of the kinds."""
    found = Counter(change.kind for change in changes)
    return {kind.value: found[kind] for kind in Kind if found[kind]}


def recorded(comparisons: Sequence[Comparison]) -> dict[str, Any]:
    """Comparisons as JSON can hold them."""
    return {
        "format": FORMAT,
        "program": f"reportcard {__version__}",
        "counts": counted(change for one in comparisons for change in one.changes),
        "files": [_file(one) for one in comparisons],
    }


def _file(one: Comparison) -> dict[str, Any]:
    record = asdict(one) | {"failed": in_english(one.failed)}
    record["state"] = "failed" if one.failed else "same" if one.is_same else "different"
    record["counts"] = counted(one.changes)
    for change, known in zip(record["changes"], one.changes, strict=True):
        change["id"] = known.id
    return record
