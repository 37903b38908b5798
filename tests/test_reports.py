"""Problems as people read them: errors after warnings, notes last; long lists folded, a count by
card.
"""

from reportcard.messages.catalogue import speaking
from reportcard.problems.formats import Format, report, tally
from reportcard.problems.problem import Place, Problem, Severity

EN = "content/peru/en.yaml"
#: So many of one rule are listed.
LIMIT = 8


def problem(
    line: int, code: str = "TYPE-DASH", severity: Severity = Severity.WARNING, file: str = EN
) -> Problem:
    return Problem(code, "wrong sign.", "Use the right one.", Place(file, line, 1), severity)


def written(*problems: Problem, every: bool = False) -> list[str]:
    return report(problems, Format.TEXT, None, every=every).splitlines()


def test_errors_come_after_warnings_and_notes_last() -> None:
    lines = written(
        problem(1, "NOTE-MISSING", Severity.ERROR),
        problem(3),
        problem(2),
        problem(9, "MACHINE-REMARK", Severity.NOTE),
    )
    assert [line.partition(" wrong")[0] for line in lines if not line.startswith(" ")] == [
        f"warning: {EN}:2:1:",
        f"warning: {EN}:3:1:",
        f"error: {EN}:1:1:",
        f"note: {EN}:9:1:",
    ]
    assert lines[-4:-2] == [
        f"error: {EN}:1:1: wrong sign. [NOTE-MISSING]",
        "    Use the right one.",
    ]


def test_a_long_list_of_one_rule_is_folded() -> None:
    def listed(count: int, *, every: bool = False) -> tuple[int, list[str]]:
        lines = written(*(problem(line + 1) for line in range(count)), every=every)
        shown = [line for line in lines if line.startswith("warning: ")]
        return len(shown), [line for line in lines if "more like this" in line]

    assert listed(LIMIT) == (LIMIT, [])
    # One left over takes no more room than the line that would count it
    assert listed(LIMIT + 1) == (LIMIT + 1, [])
    assert listed(LIMIT + 2) == (
        LIMIT,
        ["    and 2 more like this; list them with --all [TYPE-DASH]"],
    )
    assert listed(LIMIT + 27) == (
        LIMIT,
        ["    and 27 more like this; list them with --all [TYPE-DASH]"],
    )
    assert listed(LIMIT + 27, every=True) == (LIMIT + 27, [])


def test_each_rule_is_folded_by_itself() -> None:
    lines = written(
        *(problem(line + 1) for line in range(LIMIT)),
        *(problem(line + 1, "TYPE-QUOTE") for line in range(LIMIT + 3)),
    )
    assert [line for line in lines if "more like this" in line] == [
        "    and 3 more like this; list them with --all [TYPE-QUOTE]"
    ]
    assert sum(line.endswith("[TYPE-DASH]") for line in lines) == LIMIT


def test_programs_get_every_problem() -> None:
    problems = [problem(line + 1) for line in range(LIMIT + 9)]
    text = report(problems, Format.GITHUB, None, every=False)
    assert text.count("::warning ") == LIMIT + 9


def test_problems_are_counted_by_card() -> None:
    error, warning, note = Severity.ERROR, Severity.WARNING, Severity.NOTE
    problems = [
        problem(1, severity=error),
        problem(2, severity=warning),
        problem(3, severity=warning),
        problem(4, severity=note, file="peru-report-card-es.pdf"),
    ]
    assert tally(problems, ("peru", "bolivia")) == (
        "peru: 1 error, 2 warnings, 1 note · bolivia: clean"
    )
    shared = problem(1, severity=error, file="content/wording/es.yaml")
    assert tally([shared], ("peru",)) == "shared files: 1 error · peru: clean"
    assert tally([problem(1, file="styles/page.css")], ()) == "shared files: 1 warning"
    assert tally([problem(1, file="scoreboard-es.pdf")], ("peru",)) == (
        "peru: clean · scoreboard: 1 warning"
    )
    assert tally([], ()) == ""


def test_counts_are_in_the_reader_s_language() -> None:
    with speaking("es"):
        assert tally([problem(1)], ("peru", "bolivia")) == (
            "peru: 1 advertencia · bolivia: sin problemas"
        )
