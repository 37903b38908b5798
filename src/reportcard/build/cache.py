"""Finished work, kept for the next build: a task of the same content, styles, figures, fonts and
tools is not done again.
"""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reportcard.build.card import Made, Task
from reportcard.build.cards import card_named
from reportcard.build.editions import Kit
from reportcard.build.manifest import Record, digest, record_from
from reportcard.build.rules import CACHE_DIFFERENT
from reportcard.errors import ReportCardError
from reportcard.page.compose.composed import Composed
from reportcard.page.fonts import font_file
from reportcard.page.typeset.engine import engine_versions
from reportcard.problems.problem import Place, Problem, has_errors, problem_from
from reportcard.problems.rule import Stage
from reportcard.problems.rules import PASSING, UNSURE
from reportcard.problems.waivers import judged
from reportcard.workspace.fingerprint import inspectors, libraries, program, tools
from reportcard.workspace.packages import versions
from reportcard.workspace.store import Store, key_of
from reportcard.workspace.theme import is_font
from reportcard.workspace.workspace import text_file


@dataclass(frozen=True, slots=True)
class Job:
    """A task with what was composed for it, and the name of both in the cache."""

    task: Task
    composed: tuple[Composed, ...]
    key: str

    @classmethod
    def of(cls, kit: Kit, task: Task) -> "Job":
        """Composes the card of a task, once."""
        composed = task.compose(kit.read)
        return cls(task, composed, _key(kit, task, composed))


def _key(kit: Kit, task: Task, composed: Sequence[Composed]) -> str:
    """A digest of all that goes into a task's work but the figures and fonts that its pages turn
    out to load.
    """
    card = card_named(task.card)
    sources = {
        path: digest(data)
        for language in task.languages
        for path, data in card.sources(kit.read, language).items()
    }
    press = kit.press and [kit.press.profile.sha256, kit.press.condition]
    pages = [
        [
            [section.name, section.html]
            for section in (*card.sections, *filter(None, [card.addresses]))
        ]
        + [[id_, origin.field, str(origin.place)] for id_, origin in card.origins.items()]
        for card in composed
    ]
    # What fills a page has to fit in every language.
    fillable = [
        section.html
        for language in card.languages(kit.content)
        if language not in task.languages and composed[0].fillable
        for section in card.compose(kit.read, language).fillable
    ]
    tooling = [
        program(),
        tools(),
        engine_versions(),
        libraries(),
        inspectors(kit.media),
        dict(versions()),
        platform.system(),
    ]
    return key_of(
        [
            tooling,
            task.names(kit.media),
            str(kit.date),
            press,
            kit.screen.sha256,
            sources,
            pages,
            fillable,
        ]
    )


def kept(kit: Kit, store: Store, job: Job) -> Made | None:
    """What was made of a job before, if the figures and fonts on its pages are still the same."""
    found = store.get(job.key)
    if found is None:
        return None
    record, data = found
    try:
        records = {name: record_from(one) for name, one in record["records"].items()}
        made = Made(
            dict(_cut(record["files"], data)),
            records,
            tuple(map(problem_from, record["found"])),
            tuple(map(problem_from, record["inspected"])),
            record["pages"],
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return made if all(_is_as_it_was(kit, job, record) for record in records.values()) else None


def keep(kit: Kit, store: Store, job: Job, made: Made) -> None:
    """Keeps what was made of a job, if it is a success. What withholds a card, or could not be
    looked at, is found anew each time, so that it ends with its cause: a machine that was slow or
    full, a tool that was missing. Remarks on the machine are left out.
    """
    found = judged(made.found, card_named(job.task.card).waivers(kit.content), Stage.LAYOUT)
    if has_errors((*found, *made.inspected)) or any(
        one.code in UNSURE for one in (*found, *made.inspected)
    ):
        return
    record: dict[str, Any] = {
        "files": {name: len(data) for name, data in made.files.items()},
        "records": {name: asdict(one) for name, one in made.records.items()},
        "found": [asdict(problem) for problem in made.found if problem.code not in PASSING],
        "inspected": [asdict(problem) for problem in made.inspected],
        "pages": made.pages,
    }
    store.put(job.key, record, b"".join(made.files.values()))


def differing(kit: Kit, store: Store, job: Job, made: Made) -> Problem | None:
    """That the cache would have given other files for a job than those made now, if it would."""
    before = kept(kit, store, job)
    if before is None:
        return None
    names = sorted({*made.files, *before.files})
    others = tuple(name for name in names if made.files.get(name) != before.files.get(name))
    place = Place(text_file(job.task.card, job.task.languages[0]))
    return CACHE_DIFFERENT.at(place, files=others) if others else None


def _cut(lengths: Mapping[str, int], data: bytes) -> list[tuple[str, bytes]]:
    cut, at = [], 0
    for name, length in lengths.items():
        cut.append((name, data[at : at + length]))
        at += length
    return cut


def _is_as_it_was(kit: Kit, job: Job, record: Record) -> bool:
    known = card_named(job.task.card).sources(kit.read, job.task.languages[0])
    return all(
        _digest(kit, path) == was
        for path, was in record.inputs.items()
        if path not in known and not path.startswith(("profile:", "content/"))
    )


def _digest(kit: Kit, path: str) -> str:
    try:
        theme = kit.read.styles.theme
        if is_font(path):
            return digest(font_file(theme, path.rpartition("/")[2]).read_bytes())
        return digest(theme.read(path))
    except (OSError, ValueError, ReportCardError):
        return ""
