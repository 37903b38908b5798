"""How long the commands of a translator's day take on the Peru card.

python benchmarks/translations.py [ROUNDS]
"""

import statistics
import sys
import tempfile
from pathlib import Path

from build import ROOT, seconds


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    command = str(Path(sys.executable).with_name("reportcard"))
    with tempfile.TemporaryDirectory() as name:
        sheet = f"{name}/peru-es.xlsx"
        space = ("--workspace", str(ROOT))
        calls = {
            "status": (command, "translations", "status", "peru", *space),
            "export": (
                command,
                "translations",
                "export",
                "peru",
                "--language",
                "es",
                "--format",
                "xlsx",
                "--output",
                sheet,
                *space,
            ),
            "import": (command, "translations", "import", sheet, *space),
            "parallel": (command, "build", "peru", "--parallel", "--output", name, *space),
        }
        seconds(*calls["export"])
        times: dict[str, list[float]] = {kind: [] for kind in calls}
        for _ in range(rounds):
            for kind, call in calls.items():
                times[kind].append(seconds(*call))
    for kind, measured in times.items():
        print(f"{kind:9} {statistics.median(measured):5.2f} s")


if __name__ == "__main__":
    main()
