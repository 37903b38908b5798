"""How long all three editions of the Peru card take in both languages, beside the screen edition
alone; and what inspects them.

    python benchmarks/editions.py [ROUNDS]

Measures in turns and prints medians: six files, two files, their ratio; then `reportcard verify`
and `preflight` of one file.
"""

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from build import ROOT, seconds


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    command = str(Path(sys.executable).with_name("reportcard"))
    with tempfile.TemporaryDirectory() as name:
        space = Path(name)
        for part in ("content", "styles", "figures"):
            shutil.copytree(ROOT / part, space / part)
        editions = [f"--edition={edition}" for edition in ("screen", "print", "archive")]
        build = (command, "build", "peru", "--no-cache", "--workspace", str(space))
        paper = str(space / "output/peru-report-card-es-print.pdf")
        calls = {
            "six files": (*build, *editions),
            "two files": build,
            "verify": (command, "verify", paper),
            "preflight": (command, "preflight", paper),
        }
        seconds(*calls["six files"])
        times: dict[str, list[float]] = {kind: [] for kind in calls}
        peaks: dict[str, list[int]] = {kind: [] for kind in calls}
        for _ in range(rounds):
            for kind, call in calls.items():
                times[kind].append(seconds(*call, peak=peaks[kind]))
    print(f"{os.cpu_count()} cores, {rounds} rounds in turns; medians")
    for kind, measured in times.items():
        print(
            f"{kind:10} {statistics.median(measured):5.2f} s  peak"
            f" {statistics.median(peaks[kind]) / 1024:4.0f} MB"
        )
    ratio = statistics.median(
        six / two for six, two in zip(times["six files"], times["two files"], strict=True)
    )
    print(f"six files to two: × {ratio:.2f}")


if __name__ == "__main__":
    main()
