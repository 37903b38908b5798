"""The command: generates cards, builds them, looks at their pages, and writes what it found.

    python -m benchmarks.survey [--seed 1] [--cards 200] [--output output/survey] [--jobs 2]

Writes a PDF for each card, its workspace (to build it again), `survey.txt` with the table and every
fault, and contact sheets.
"""

import argparse
import sys
import time
from pathlib import Path

from benchmarks.survey.builds import Surveyed, surveyed_cards
from benchmarks.survey.plans import plan
from benchmarks.survey.reports import listing, table
from benchmarks.survey.sheets import write_sheets

ROOT = Path(__file__).parents[2]


def survey(seed: int, numbers: list[int], folder: Path, jobs: int) -> list[Surveyed]:
    """The cards of some numbers, built and looked at. What was found is in `survey.txt` after each;
    progress goes to standard error.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done: list[Surveyed] = []
    start = time.perf_counter()
    for card in surveyed_cards([plan(seed, one) for one in numbers], folder, ROOT, jobs):
        done.append(card)
        report = "\n".join([*table(done), "", *listing(done)])
        (folder / "survey.txt").write_text(f"{report}\n", encoding="utf-8")
        seconds = time.perf_counter() - start
        print(
            f"{len(done)}/{len(numbers)} {card.plan.name}: {card.pages} pages ({seconds:.0f} s)",
            file=sys.stderr,
        )
    return done


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.survey", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cards", type=int, default=200, help="how many, from number 1")
    parser.add_argument("--only", type=int, nargs="+", help="the numbers of some cards alone")
    parser.add_argument("--output", type=Path, default=ROOT / "output/survey")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    given = parser.parse_args()
    numbers = given.only or list(range(1, given.cards + 1))
    cards = survey(given.seed, numbers, given.output.absolute(), given.jobs)
    sheets = write_sheets(cards, given.output)
    print("\n".join(table(cards)))
    print(f"{len(sheets)} contact sheets and survey.txt are in {given.output}")


if __name__ == "__main__":
    main()
