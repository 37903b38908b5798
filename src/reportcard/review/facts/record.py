"""What people found of the facts of a card: `content/<country>/facts.status.yaml`.

It records findings, never a state: a finding holds for exactly the sentences and sources that were
checked, so an edit of them opens the fact again, and undoing the edit restores what was found.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from reportcard.content.rules import FILE_UNREADABLE
from reportcard.content.tree import Branch, Node, Text
from reportcard.content.yaml import read_tree
from reportcard.messages.message import Message, message
from reportcard.problems.problem import Place, Problem
from reportcard.workspace.system import reason
from reportcard.workspace.workspace import Workspace

#: In English for every reader: the file is kept in git, where two readers' words would differ.
_HEAD: Final = (
    "# Written by `reportcard facts`: what was found of each claim, and in which words it was"
    " checked. Do not edit it.\n"
)


class FactState(StrEnum):
    """The state of a fact: what was found, or that nobody has checked it as it is now."""

    OPEN = "open"
    REOPENED = "reopened"
    VERIFIED = "verified"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"

    @property
    def label(self) -> Message:
        """The state as people read it."""
        return _LABELS[self]


_LABELS: Final[Mapping[FactState, Message]] = {
    FactState.OPEN: message("open"),
    FactState.REOPENED: message("reopened"),
    FactState.VERIFIED: message("verified"),
    FactState.DOUBTFUL: message("doubtful"),
    FactState.WRONG: message("wrong"),
}
#: What a person can find.
VERDICTS: Final = (FactState.VERIFIED, FactState.DOUBTFUL, FactState.WRONG)


@dataclass(frozen=True, slots=True)
class FactRecord:
    """What was found of a fact, by whom and when (ISO 8601), with a remark and the address of a
    copy of the evidence; and what was checked: kind, field, value, the key of the block, and the
    sentence in each language.
    """

    kind: str
    field: str
    value: str
    block: str
    sentences: Mapping[str, str]
    verdict: FactState
    by: str
    on: str
    remark: str = ""
    evidence: str = ""

    @property
    def sentence(self) -> str:
        """The sentence in the first language that has it."""
        return next(iter(self.sentences.values()), "")


@dataclass(frozen=True, slots=True)
class FactRecords:
    """The records of a card, by the id of the fact."""

    records: Mapping[str, FactRecord] = field(default_factory=lambda: MappingProxyType({}))


def records_file(country: str) -> str:
    """The path of a card's records in the workspace."""
    return f"content/{country}/facts.status.yaml"


def read_records(workspace: Workspace, country: str) -> tuple[FactRecords, tuple[Problem, ...]]:
    """The records of a card; none if there is no file. With problems, the file is there and cannot
    be read: nothing may be written in its place.
    """
    file = records_file(country)
    try:
        tree, problems = read_tree(workspace.read(file), file)
    except FileNotFoundError:
        return FactRecords(), ()
    except (OSError, ValueError) as error:
        return FactRecords(), (FILE_UNREADABLE.at(Place(file), "file", reason=reason(error)),)
    if tree is None:
        return FactRecords(), problems
    listed = tree.root.entries.get(Text("facts", file))
    found = {}
    for id_, entry in (listed.entries if isinstance(listed, Branch) else {}).items():
        record = _record(entry) if isinstance(entry, Branch) else None
        if record is None:
            damaged = message("the entry {id} is incomplete", id=str(id_))
            return FactRecords(), (FILE_UNREADABLE.at(id_.place, "file", reason=damaged),)
        found[str(id_)] = record
    return FactRecords(MappingProxyType(found)), ()


def _record(entry: Branch) -> FactRecord | None:
    """A record; None if it lacks what makes it one."""
    texts = _texts(entry.entries)
    said = entry.entries.get(Text("sentences", ""))
    verdict = next((one for one in VERDICTS if one == texts.get("verdict")), None)
    if verdict is None or not isinstance(said, Branch) or not texts.get("by"):
        return None
    return FactRecord(
        texts.get("kind", ""),
        texts.get("field", ""),
        texts.get("value", ""),
        texts.get("block", ""),
        MappingProxyType(_texts(said.entries)),
        verdict,
        texts["by"],
        texts.get("on", ""),
        texts.get("remark", ""),
        texts.get("evidence", ""),
    )


def _texts(entries: Mapping[Text, Node]) -> dict[str, str]:
    return {str(key): str(value) for key, value in entries.items() if isinstance(value, Text)}


def dumped(records: FactRecords) -> bytes:
    """The records as YAML, in the order of their fields: two versions of the file differ in the
    lines that changed.
    """
    ordered = sorted(records.records.items(), key=lambda one: (one[1].field, one[1].kind, one[0]))
    lines = [_HEAD + ("facts:" if ordered else "facts: {}")]
    for id_, one in ordered:
        lines.append(f'  "{id_}":')
        lines += _lines("    ", (("kind", one.kind), ("field", one.field), ("value", one.value)))
        lines += _lines("    ", (("block", one.block),))
        lines.append("    sentences:" if one.sentences else "    sentences: {}")
        lines += _lines("      ", sorted(one.sentences.items()))
        rest = (("by", one.by), ("on", one.on), ("remark", one.remark), ("evidence", one.evidence))
        given = ((name, text) for name, text in rest if text)
        lines += _lines("    ", (("verdict", str(one.verdict)), *given))
    return ("\n".join(lines) + "\n").encode()


def _lines(indent: str, texts: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{indent}{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in texts]
