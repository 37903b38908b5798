"""Scores of a table are entered into the countries' files: only the bytes of scores change, in all
files or none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from reportcard.build.skeleton import empty_scores
from reportcard.checks import scores as score_rules
from reportcard.content.framework import Scoreboard
from reportcard.content.loading import Content
from reportcard.content.model import CountryScores
from reportcard.content.rewrites import Rewrite, SpliceError
from reportcard.content.scalars import NOT_APPLICABLE
from reportcard.content.shelf import ContentFile, Shelf, Sourced
from reportcard.content.splicing import spliced
from reportcard.content.tree import Branch, Tree
from reportcard.content.yaml import read_tree
from reportcard.errors import ExitCode, ReportCardError
from reportcard.intake.grid import read_grids
from reportcard.intake.package import unreadable
from reportcard.intake.rules import INTAKE_SUM, INTAKE_TWICE
from reportcard.intake.tables import read_tables
from reportcard.intake.tally import Given, Tally
from reportcard.messages.message import Message, message
from reportcard.problems.problem import Problem, has_errors
from reportcard.problems.rule import Stage
from reportcard.problems.waivers import judged
from reportcard.scores.formula import rounded
from reportcard.scores.results import Result, Results, category_score, results


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A score that changes: the category (and criterion), and the literals before and now; before
    is empty where there was none.
    """

    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Posted:
    """New bytes of the files that change, by their path; what changes by country, how many scores
    are as they were, remarks, the faults of the table, and the errors that a check will find
    afterwards.
    """

    files: Mapping[str, bytes]
    changes: Mapping[str, tuple[ScoreChange, ...]]
    same: Mapping[str, int]
    remarks: tuple[Message, ...]
    problems: tuple[Problem, ...]
    after: tuple[Problem, ...] = ()


def post(content: Content, data: bytes, name: str, *, final: bool) -> Posted:
    """A table's scores as new files; none, and every fault, if there is one. Nothing is written
    here.

    With `final`, a country's scores are no longer placeholders, if the table gives all of those.
    Raises ReportCardError: UNREADABLE for a file that is refused, CONTENT for a scores.yaml that
    cannot be changed.
    """
    grids, hidden = read_grids(data, name)
    made = read_tables(content, grids)
    if not made.scores and not made.problems:
        raise unreadable(
            name,
            message("no table of scores was found in the file."),
            message(
                "Put categories (by letter, ID or name) in one row and countries in one column, "
                "or the other way around. You can also use three columns: country, category and "
                "score."
            ),
        )
    faults = [
        *made.problems,
        *(problem for given in made.scores.values() for problem in _unfit(content, given)),
    ]
    if faults:
        return _refused(faults)
    entries = {
        country: _entry(
            content,
            country,
            [one for one in made.scores.values() if one.country == country],
            final=final,
        )
        for country in dict.fromkeys(country for country, _ in made.scores)
    }
    files = {
        content.scores[country].tree.file: entry.data
        for country, entry in entries.items()
        if entry.data != content.scores[country].data
    }
    after = _with(content, files)
    if wrong := [*_sums(after, made)]:
        return _refused(wrong)
    remarks = [*hidden, *made.remarks]
    remarks += [remark for entry in entries.values() for remark in entry.remarks]
    remarks += _unchecked(after, made)
    rules = judged(score_rules.check(after), {}, Stage.CONTENT)
    return Posted(
        MappingProxyType(files),
        MappingProxyType({country: entry.changes for country, entry in entries.items()}),
        MappingProxyType({country: entry.same for country, entry in entries.items()}),
        tuple(remarks),
        (),
        tuple(one for one in rules if has_errors([one])),
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is entered for one country: its file's new bytes, the scores that change, how many are
    as they were, and remarks.
    """

    data: bytes
    changes: tuple[ScoreChange, ...]
    same: int
    remarks: tuple[Message, ...]


def _entry(content: Content, country: str, given: Sequence[Given], *, final: bool) -> _Entry:
    sourced = content.scores[country]
    board = content.scoreboard.model
    changed = [one for one in given if _now(board, sourced.model, one) != _typed(one.literal)]
    lifted, remarks = _lifted(
        content, sourced.model, {one.measure[0] for one in given}, country, final=final
    )
    rewrites = [_rewrite(sourced.tree, one) for one in changed]
    return _Entry(
        _written(content, sourced, [*rewrites, *lifted]),
        tuple(
            ScoreChange(".".join(one.measure), _before(sourced.tree, one), one.literal)
            for one in changed
        ),
        len(given) - len(changed),
        tuple(remarks),
    )


def _refused(problems: Iterable[Problem]) -> Posted:
    return Posted(
        MappingProxyType({}),
        MappingProxyType({}),
        MappingProxyType({}),
        (),
        judged(problems, {}, Stage.CONTENT),
    )


def _unfit(content: Content, given: Given) -> Iterator[Problem]:
    """A category has a score or criteria, as in the country's file."""
    category = content.scores[given.country].model.categories.get(given.measure[0])
    file = content.scores[given.country].tree.file
    if category and len(given.measure) == 1 and category.criteria:
        yield INTAKE_TWICE.at(given.place, "criteria", file=file, category=given.measure[0])
    if category and len(given.measure) == 2 and category.score is not None:
        yield INTAKE_TWICE.at(given.place, "category", file=file, category=given.measure[0])


def _typed(literal: str) -> Fraction | str:
    return literal if literal == NOT_APPLICABLE else Fraction(literal)


def _now(scoreboard: Scoreboard, model: CountryScores, given: Given) -> Fraction | str | None:
    category = model.categories.get(given.measure[0])
    if len(given.measure) == 2:
        criteria: Mapping[str, Fraction | str] = category.criteria if category else {}
        return criteria.get(given.measure[1])
    if category and not category.is_applicable:
        return NOT_APPLICABLE
    return category_score(scoreboard, given.measure[0], category)


def _path(tree: Tree, given: Given) -> tuple[str, ...]:
    """The keys that lead to a score: a category may be a number alone or a group of keys."""
    path = ("categories", given.measure[0])
    if len(given.measure) == 2:
        return (*path, "criteria", given.measure[1])
    categories = next((node for key, node in tree.root.entries.items() if key == path[0]), None)
    entries = categories.entries if isinstance(categories, Branch) else {}
    is_group = any(key == path[1] and isinstance(node, Branch) for key, node in entries.items())
    return (*path, "score") if is_group else path


def _before(tree: Tree, given: Given) -> str:
    return str(tree.text(*_path(tree, given)) or "")


def _rewrite(tree: Tree, given: Given) -> Rewrite:
    return Rewrite(_path(tree, given), (("line", given.literal),))


def _written(
    content: Content, sourced: Sourced[CountryScores], rewrites: Sequence[Rewrite]
) -> bytes:
    """The file with its new scores; categories that it does not have yet are added in the order of
    the scoreboard.
    """
    data, file = sourced.data, sourced.tree.file
    model, _ = read_tree(empty_scores(content, sourced.model.country).encode(), file)
    for rewrite in rewrites:
        try:
            data = spliced(data, file, [rewrite], model)
        except SpliceError as error:
            raise ReportCardError(
                message(
                    "cannot change {key} in {file}: {reason}.",
                    key=".".join(rewrite.path),
                    file=file,
                    reason=error.args[0],
                ),
                code=ExitCode.CONTENT,
                advice=message(
                    "Enter that score by hand, and run the command again. Nothing was written."
                ),
            ) from error
    return data


def _lifted(
    content: Content, model: CountryScores, taken: set[str], country: str, *, final: bool
) -> tuple[list[Rewrite], list[Message]]:
    """What makes a country's scores final, and remarks on those that are still placeholders."""
    known = content.scoreboard.model.categories
    own = {name: model.categories[name].provisional for name in known if name in model.categories}
    open_ = [name for name in known if (model.provisional if own.get(name) is None else own[name])]
    placeholders = [
        name
        for name in open_
        if name in taken
        or category_score(content.scoreboard.model, name, model.categories.get(name)) is not None
    ]
    if not placeholders:
        return [], []
    if not final:
        marked = len(taken & set(placeholders))
        remark = message(
            "{country}: {n} imported score is still provisional. If it is final, add --final.",
            "{country}: {n} imported scores are still provisional. If they are final, add --final.",
            country=country,
            n=marked,
        )
        return [], [remark] if marked else []
    if missing := [name for name in placeholders if name not in taken]:
        remark = message(
            (
                "{country}: the scores are still provisional, because the table does not "
                "include {categories}. Add `provisional: false` by hand to each score that is "
                "final."
            ),
            country=country,
            categories=tuple(missing),
        )
        return [], [remark]
    paths: list[tuple[str, ...]] = [("provisional",)] if model.provisional else []
    paths += [("categories", name, "provisional") for name, value in own.items() if value]
    rewrites = [Rewrite(path, (("line", "false"),)) for path in paths]
    return rewrites, [message("{country}: the scores are now final.", country=country)]


def _with(content: Content, files: Mapping[str, bytes]) -> Content:
    """The content with new files of scores."""
    scores = dict(content.scores)
    for country, sourced in content.scores.items():
        if data := files.get(sourced.tree.file):
            read, _ = Shelf().read(ContentFile(sourced.tree.file, CountryScores), data)
            assert read is not None, "what was spliced has been read again"
            scores[country] = read
    return replace(content, scores=MappingProxyType(scores))


def _results(content: Content) -> Results:
    return results(
        content.scoreboard.model, {name: sourced.model for name, sourced in content.scores.items()}
    )


def _unchecked(content: Content, made: Tally) -> Iterator[Message]:
    """Remarks on sums of the table that cannot be compared with its scores."""
    found = _results(content)
    for one in made.sums:
        if one.measure[1] not in found[one.country].computed:
            yield message(
                '{country}: the score for "{measure}" was not checked, because some of its '
                "categories have no score.",
                country=one.country,
                measure=one.measure[1],
            )


def _sums(content: Content, made: Tally) -> Iterator[Problem]:
    """Scores of dimensions, and totals, in the table that differ from what its scores give."""
    found = _results(content)
    for one in made.sums:
        key = one.measure[1]
        result = found[one.country].scores[key]
        if key not in found[one.country].computed:
            continue
        computed = _rounded(result, one.literal)
        if computed != one.literal and (
            NOT_APPLICABLE in (computed, one.literal) or Decimal(computed) != Decimal(one.literal)
        ):
            yield INTAKE_SUM.at(
                one.place, measure=key, country=one.country, given=one.literal, sum=computed
            )


def _rounded(result: Result, literal: str) -> str:
    """A computed score, half up to as many decimals as a literal has: at least one where scores are
    printed with decimals, since a spreadsheet shows 4.0 as 4.
    """
    if result.value is None:
        return NOT_APPLICABLE
    decimals = max(len(literal.partition(".")[2]), min(result.scale.decimals, 1))
    return str(rounded(result.value, decimals))
