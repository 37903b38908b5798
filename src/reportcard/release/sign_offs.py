"""Whether the records in reviews/ sign a release's files off as the edition asks, and what a
release keeps of them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from reportcard.content.loading import EDITION
from reportcard.content.model import Releasing
from reportcard.messages.message import Message, message
from reportcard.problems.problem import Place, Problem
from reportcard.release.gate import some
from reportcard.release.recomparison import REVIEWS, Anew
from reportcard.release.rules import RELEASE_OWN_WORK, RELEASE_SIGN_OFF
from reportcard.release.signatures import shared_keys, unproven
from reportcard.review.changes import Comparison
from reportcard.review.tell.review_record import (
    MAXIMUM_SIZE,
    ReviewedFile,
    ReviewRecord,
    read_record,
)
from reportcard.review.tell.sign_off import SignOff, check_record, moment, person
from reportcard.workspace.system import reason
from reportcard.workspace.workspace import Workspace

#: What a release keeps of the reviews of its files.
SIGN_OFFS: Final = "sign-offs.json"
_FORMAT: Final = 1


_NOBODY: Final[Mapping[str, Iterable[str]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class JudgedRecord:
    """What a record, by its name in the workspace, says of a file."""

    name: str
    record: ReviewRecord
    verdict: SignOff

    @property
    def person(self) -> str:
        """Who it is of."""
        return person(self.record.reviewer)

    @property
    def when(self) -> datetime | None:
        """When it was saved; None if its date is none that counts."""
        return moment(self.record.date)


@dataclass(frozen=True, slots=True)
class Basis:
    """What files are judged by: the records that may count, by name; the reviewers whose records
    count (empty: anyone's); and what makes a comparison anew.
    """

    records: Mapping[str, ReviewRecord]
    reviewers: frozenset[str]
    anew: Anew | None


def unsigned(
    workspace: Workspace,
    files: Mapping[str, bytes],
    wanted: Releasing,
    anew: Anew | None = None,
    authors: Mapping[str, Iterable[str]] = _NOBODY,
) -> Iterator[Problem]:
    """Files, by name, that the records in reviews/ do not sign off as the edition wants it, and
    files there that are not such records. A question that a reviewer left open blocks, whoever else
    signed. With `anew`, each record has to list what its comparison finds when it is made anew.
    Of a file's `authors`, those that sign it off themselves are named in a warning.
    """
    basis, faults = _basis(workspace, files, wanted, anew)
    yield from faults
    for file, data in files.items():
        yield from _unsigned(file, data, basis, wanted)
        yield from _by_authors(file, data, basis, frozenset(map(person, authors.get(file, ()))))


def _basis(
    workspace: Workspace, files: Mapping[str, bytes], wanted: Releasing, anew: Anew | None
) -> tuple[Basis, list[Problem]]:
    """The records that may count for some files, and what is wrong with others. Of records of
    other files, which count for the old file of a review, those without proof are passed over.
    """
    records, faults = _read(workspace)
    if wanted.allowed_signers and files:
        doubts = dict(_doubts(workspace, records, wanted.allowed_signers))
        digests = {sha256(data).hexdigest() for data in files.values()}
        faults += [
            problem
            for name, problem in doubts.items()
            if name not in records or _concerns(records[name], files, digests)
        ]
        records = {name: record for name, record in records.items() if name not in doubts}
    return Basis(records, frozenset(map(person, wanted.reviewers)), anew), faults


def _concerns(record: ReviewRecord, files: Iterable[str], digests: Iterable[str]) -> bool:
    """Whether a record is of one of some files, by its name or its SHA-256."""
    return any(_names(record, file) for file in files) or any(
        _of(record, digest) for digest in digests
    )


def sign_off_record(
    workspace: Workspace,
    files: Mapping[str, bytes],
    wanted: Releasing,
    anew: Anew | None = None,
) -> dict[str, bytes]:
    """`sign-offs.json` of a release: of each file, who signed it off and when, against which file,
    and what was remarked on its changes. Nothing if no file had to be signed.
    """
    basis, _ = _basis(workspace, files, wanted, anew)
    kept = {
        file: {
            "sha256": sha256(data).hexdigest(),
            "sign_offs": [
                _kept(one, data) for one in _last(_verdicts(file, data, basis)) if one.verdict.valid
            ],
        }
        for file, data in files.items()
    }
    if not kept:
        return {}
    record = {"format": _FORMAT, "files": kept}
    return {SIGN_OFFS: f"{json.dumps(record, indent=1, ensure_ascii=False)}\n".encode()}


def _kept(one: JudgedRecord, data: bytes) -> dict[str, object]:
    return {
        "reviewer": one.record.reviewer,
        "date": one.record.date,
        "record": one.name,
        "old": [file.old.sha256 for file in _of(one.record, sha256(data).hexdigest()) if file.old],
        "remarks": [
            {
                key: value
                for key, value in asdict(change).items()
                if key != "place" and (key != "thread" or value)
            }
            for change in one.verdict.remarked
        ],
    }


def _read(workspace: Workspace) -> tuple[dict[str, ReviewRecord], list[Problem]]:
    """The records in reviews/ and its folders, by name, and files that are none."""
    records: dict[str, ReviewRecord] = {}
    faults = []
    for path in sorted((workspace.root / REVIEWS).rglob("*")):
        if path.suffix.lower() != ".json":
            continue
        name = path.relative_to(workspace.root).as_posix()
        try:
            records[name] = _record(workspace, name)
        except (OSError, ValueError) as error:
            faults.append(RELEASE_SIGN_OFF.at(Place(name), "unreadable", reason=reason(error)))
    return records, faults


def _record(workspace: Workspace, name: str) -> ReviewRecord:
    if workspace.path(name).stat().st_size > MAXIMUM_SIZE:
        raise ValueError(message("it is larger than {n} MB", n=MAXIMUM_SIZE // 1_000_000))
    return read_record(workspace.read(name))


def _unsigned(file: str, data: bytes, basis: Basis, wanted: Releasing) -> Iterator[Problem]:
    known = {name for name, record in basis.records.items() if _names(record, file)}
    everything = _verdicts(file, data, basis)
    verdicts = [one for one in everything if one.name in known or not known]
    last = _last(verdicts)
    questioned = _questioned(everything, sha256(data).hexdigest())
    yield from _questions(file, questioned, last, verdicts)
    people = {person(name): name for name in reversed(wanted.reviewers)}
    signed = {one.person for one in last if one.verdict.valid}
    absent = [name for name in dict.fromkeys(map(person, wanted.reviewers)) if name not in signed]
    needed = min(wanted.quorum or len(people), len(people))
    count = len(people) - len(absent)
    if signed and count >= needed:
        return
    if not known:
        yield RELEASE_SIGN_OFF.at(Place(file), "missing", folder=REVIEWS, file=file)
        return
    asking = {one.name for one in questioned}
    yield from _invalid(file, [one for one in verdicts if one.name not in asking])
    if wanted.reviewers:
        yield RELEASE_SIGN_OFF.at(
            Place(file),
            "reviewers",
            file=file,
            count=count,
            needed=needed,
            names=some([people[name] for name in absent]),
            folder=REVIEWS,
        )


def _by_authors(file: str, data: bytes, basis: Basis, authors: frozenset[str]) -> Iterator[Problem]:
    """Those who sign off what they wrote."""
    for one in _last(_verdicts(file, data, basis)) if authors else ():
        if one.verdict.valid and one.person in authors:
            name = one.record.reviewer
            yield RELEASE_OWN_WORK.at(Place(one.name), reviewer=name, file=file)


def _invalid(file: str, verdicts: Iterable[JudgedRecord]) -> Iterator[Problem]:
    for one in verdicts:
        if not one.verdict.valid:
            yield RELEASE_SIGN_OFF.at(
                Place(one.name), "invalid", file=file, reasons=listed(one.verdict.reasons)
            )


def _questions(
    file: str,
    questioned: Iterable[JudgedRecord],
    last: Iterable[JudgedRecord],
    verdicts: Sequence[JudgedRecord],
) -> Iterator[Problem]:
    """What is asked in records, and in their threads, and not settled."""
    for one in questioned:
        yield RELEASE_SIGN_OFF.at(
            Place(one.name),
            "questioned",
            reviewer=one.record.reviewer,
            file=file,
            reasons=listed(one.verdict.reasons),
        )
    asked = {name for one in last if one.verdict.valid for name in _open_in_thread(one, verdicts)}
    for name in sorted(asked):
        yield RELEASE_SIGN_OFF.at(Place(file), "thread", reviewer=name, file=file, folder=REVIEWS)


def _verdicts(file: str, data: bytes, basis: Basis) -> list[JudgedRecord]:
    """What each record says of a file."""
    return [
        JudgedRecord(name, record, _checked(record, file, data, basis, frozenset()))
        for name, record in basis.records.items()
    ]


def _checked(
    record: ReviewRecord, file: str, data: bytes, basis: Basis, after: frozenset[str]
) -> SignOff:
    """Whether a record signs a file off, with every comparison of it that the record has made
    anew.
    """
    verdict = check_record(record, file, data)
    digest = sha256(data).hexdigest()
    found: list[Message] = []
    for one in _of(record, digest) if basis.anew else ():
        if one.old is None or basis.anew is None:
            continue
        is_signed = partial(_is_signed, file, basis=basis, after=after | {digest})
        fresh = basis.anew(file, data, one.old.sha256, is_signed)
        if isinstance(fresh, Comparison):
            alone = replace(record, files=(one,))
            # That it lists no changes is right where there are none
            found += check_record(alone, file, data, fresh).reasons
        else:
            found.append(fresh)
    if not found:
        return verdict
    reasons = tuple(dict.fromkeys((*verdict.reasons, *found)))
    return replace(verdict, valid=False, reasons=reasons)


def _is_signed(file: str, data: bytes, *, basis: Basis, after: frozenset[str]) -> bool:
    """Whether someone whose record counts signs off an earlier state of a file, and nobody asks of
    it. That record's own comparison is made anew, with an old file that was released or signed
    off, and so on; `after` are the SHA-256 of the states that this one is to be the old file of.
    """
    digest = sha256(data).hexdigest()
    if digest in after:
        return False
    verdicts = [
        JudgedRecord(name, record, _checked(record, file, data, basis, after))
        for name, record in basis.records.items()
        if _of(record, digest)
    ]
    return not _questioned(verdicts, digest) and any(
        one.verdict.valid and (not basis.reviewers or one.person in basis.reviewers)
        for one in _last(verdicts)
    )


def _of(record: ReviewRecord, digest: str) -> list[ReviewedFile]:
    """What a record has on the file of a SHA-256."""
    return [one for one in record.files if one.new and one.new.sha256 == digest]


def _last(verdicts: Sequence[JudgedRecord]) -> list[JudgedRecord]:
    """Each person's last word on the file: the last record that is on it, by a date that counts."""
    found: dict[str, tuple[datetime, JudgedRecord]] = {}
    for one in verdicts:
        when = one.when
        if when is None or not (one.verdict.valid or _is_on(one)):
            continue
        if one.person not in found or when >= found[one.person][0]:
            found[one.person] = when, one
    return [one for _, one in found.values()]


def _is_on(one: JudgedRecord) -> bool:
    """Whether a record that is not valid is on this very file: it has changes left."""
    return bool(one.verdict.questioned or one.verdict.open)


def _questioned(verdicts: Sequence[JudgedRecord], digest: str) -> tuple[JudgedRecord, ...]:
    """The records in which a reviewer questions a change of this very file, unless a later one of
    the same person signs it off.
    """
    settled: dict[str, datetime] = {}
    for one in verdicts:
        if one.verdict.valid and one.when:
            settled[one.person] = max(settled.get(one.person, one.when), one.when)
    found = []
    for one in verdicts:
        asks = any(
            change.state == "questioned"
            for file in _of(one.record, digest)
            for change in file.changes
        )
        if asks and not (one.when and settled.get(one.person, one.when) > one.when):
            found.append(one)
    return tuple(found)


def _open_in_thread(one: JudgedRecord, verdicts: Sequence[JudgedRecord]) -> Iterator[str]:
    """Those whose last word in a thread of a record is a question, and who have no record here that
    says more.
    """
    heard = {other.person for other in verdicts if other.verdict.valid}
    for change in one.verdict.remarked:
        words = {person(said.reviewer): said for said in change.thread if said.state}
        for name, said in words.items():
            if said.state == "questioned" and name not in {*heard, one.person}:
                yield said.reviewer


def _doubts(
    workspace: Workspace, records: Mapping[str, ReviewRecord], signers: str
) -> Iterator[tuple[str, Problem]]:
    """The records that no key proves to be their reviewer's."""
    if workspace.is_missing(signers):
        place = Place(EDITION)
        yield EDITION, RELEASE_SIGN_OFF.at(place, "signers", file=signers)
        return
    if fault := shared_keys(workspace.read(signers).decode("utf-8", "replace")):
        yield signers, RELEASE_SIGN_OFF.at(Place(signers), "shared", reason=fault)
    for name, record in records.items():
        if doubt := unproven(workspace.path(name), record.reviewer, workspace.path(signers)):
            yield (
                name,
                RELEASE_SIGN_OFF.at(
                    Place(name), "unproven", reviewer=record.reviewer, reason=doubt, record=name
                ),
            )


def _names(record: ReviewRecord, file: str) -> bool:
    """Whether a record is of a file of this name."""
    return any(one.new and one.new.name == file for one in record.files)


def listed(reasons: Sequence[Message]) -> Message:
    """Reasons, one or more, with semicolons: they may have commas."""
    first, *rest = reasons
    for one in rest:
        first = message("{first}; {next}", first=first, next=one)
    return first
