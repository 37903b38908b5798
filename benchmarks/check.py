"""How long `reportcard check` takes on the Peru card in both languages, spelling included:  python
benchmarks/check.py [ROUNDS]
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    command = [
        str(Path(sys.executable).with_name("reportcard")),
        "check",
        "peru",
        "--workspace",
        str(ROOT),
    ]
    times = []
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 11):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    print(f"check: median {statistics.median(times):.2f} s, slowest {max(times):.2f} s")


if __name__ == "__main__":
    main()
