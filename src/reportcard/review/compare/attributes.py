"""What differs in a passage beside its words: where its links lead, its tags, its languages."""

import re
from collections import Counter
from collections.abc import Container, Iterator
from typing import Final

from reportcard.review.changes import Act, Change, Fact, Kind
from reportcard.review.compare.beside import unlike
from reportcard.review.compare.pairs import DocumentPair, PassagePair
from reportcard.review.read.document import Passage, areas

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def attribute_changes(
    pair: PassagePair, documents: DocumentPair, called: Container[str]
) -> Iterator[Change]:
    """The changes of a passage that is in both files; none if it came or went.

    `called` are the names of passages in which a call changed: where it leads is part of that
    change.
    """
    if not pair.both:
        return
    old, new = pair.both
    if documents.old.skeleton.links and documents.new.skeleton.links:
        within = documents.by_name or documents.is_alike
        yield from _links(old, new, has_new_call=new.name.id in called, within=within)
    if documents.is_alike and documents.new.is_tagged:
        yield from _tags(old, new)
        yield from _languages(old, new)


def _links(old: Passage, new: Passage, *, has_new_call: bool, within: bool) -> Iterator[Change]:
    """Links that lead elsewhere; those `within` the file only where one program made both: another
    one names the places in its own way.
    """
    then, now = (
        [
            target
            for target in passage.targets
            if not (has_new_call and "/notes." in target) and (within or _ADDRESS.match(target))
        ]
        for passage in (old, new)
    )
    if _exchanged(old, new) and sorted(then) == sorted(now):
        return
    if _are_other_tags(old, new) and len(then) == len(now) == len(old.words):
        # The tag of another category leads to that one
        same = [one.text == other.text for one, other in zip(old.words, new.words, strict=True)]
        then, now = (
            [target for target, is_same in zip(its, same, strict=True) if is_same]
            for its in (then, now)
        )
    for before, after in unlike(then, now):
        # An address in the words of the passage changes with these.
        if not (old.key != new.key and _has(old, before) and _has(new, after)):
            yield _change(Kind.LINK, old, new, Fact("target", before, after))


def _exchanged(old: Passage, new: Passage) -> bool:
    """Whether two passages, each word of which is a link, have the same words in another order: the
    links went with them.
    """
    then, now = ([word.text for word in passage.words] for passage in (old, new))
    is_linked = len(then) == len(old.targets) and len(now) == len(new.targets)
    return is_linked and then != now and sorted(then) == sorted(now)


def _are_other_tags(old: Passage, new: Passage) -> bool:
    """Whether two passages have as many words, and not the same ones."""
    words = [[word.text for word in passage.words] for passage in (old, new)]
    return len(words[0]) == len(words[1]) and Counter(words[0]) != Counter(words[1])


def _has(passage: Passage, address: str) -> bool:
    """Whether a passage's words have an address in them; a missing one counts as had."""
    return address in "".join(word.text for word in passage.words)


def _tags(old: Passage, new: Passage) -> Iterator[Change]:
    if old.role != new.role:
        yield _change(Kind.TAGS, old, new, Fact("role", old.role, new.role), Act.CHANGED)


def _languages(old: Passage, new: Passage) -> Iterator[Change]:
    """Other languages in a passage; where its words changed, these changes have theirs too."""
    spoken = [
        tuple(dict.fromkeys(language for language, _ in passage.foreign)) for passage in (old, new)
    ]
    if spoken[0] != spoken[1] or (old.key == new.key and old.foreign != new.foreign):
        then, now = (
            ", ".join(f"{language}: {words}" for language, words in passage.foreign)
            for passage in (old, new)
        )
        yield _change(Kind.LANGUAGE, old, new, Fact("language", then, now), Act.CHANGED)


def _change(kind: Kind, old: Passage, new: Passage, fact: Fact, act: Act | None = None) -> Change:
    return Change(
        kind,
        act or Act.of(fact.old, fact.new),
        field=new.name.field,
        name=new.name.id,
        language=new.language,
        old=fact.old,
        new=fact.new,
        facts=(fact,),
        old_areas=areas(old.words),
        new_areas=areas(new.words),
    )
