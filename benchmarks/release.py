"""How long a release of the Peru card takes, all editions, both languages, the scoreboard, web
pages, pictures and gauges.

    python benchmarks/release.py [ROUNDS]

In a copy of the workspace in which all is final: from nothing, and again as the next version, from
what was kept. Prints medians, and the bytes of the folder and of the heaviest web page.
"""

import os
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from build import ROOT, seconds


def write_final(folder: Path) -> None:
    """A copy of the workspace in which nothing stands against a release; its scores are
    invented.
    """
    for name in ("content", "styles", "figures"):
        shutil.copytree(ROOT / name, folder / name)
    for path in (*folder.glob("content/peru/e?.yaml"), *folder.glob("content/wording/e?.yaml")):
        path.write_text(
            re.sub(r"(?m)^( *)status: draft.*$", r"\1status: final", path.read_text("utf-8")),
            "utf-8",
        )
    scores = folder / "content/peru/scores.yaml"
    told = (
        scores.read_text("utf-8")
        .replace("\nprovisional: true\n", "\n")
        .replace("{score: 1.0, provisional: false}", "1.0")
    )
    scores.write_text(told, "utf-8")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    command = str(Path(sys.executable).with_name("reportcard"))
    times: dict[str, list[float]] = {"from nothing": [], "from what was kept": []}
    peaks: dict[str, list[int]] = {kind: [] for kind in times}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "workspace"
            write_final(folder)
            for kind, version in zip(times, ("1.0", "1.1"), strict=True):
                times[kind].append(
                    seconds(
                        command, "release", version, "--workspace", str(folder), peak=peaks[kind]
                    )
                )
            files = [path for path in (folder / "output/releases/1.1").rglob("*") if path.is_file()]
            weight = sum(path.stat().st_size for path in files)
            page = max(path.stat().st_size for path in files if path.match("web/*.html"))
    print(
        f"{os.cpu_count()} cores, {rounds} rounds; medians; memory is that of the largest process"
    )
    for kind, measured in times.items():
        print(
            f"{kind:20} {statistics.median(measured):6.2f} s "
            f" {statistics.median(peaks[kind]) / 1024:4.0f} MB"
        )
    print(f"{len(files)} files, {weight / 1e6:.1f} MB; the heaviest page {page / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
