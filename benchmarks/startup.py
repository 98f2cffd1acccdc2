"""How long the first things take: `vincle --help`, and the whole demonstration from an empty folder.

    python benchmarks/startup.py [--without-demo]

`vincle --help` is paired with the bare interpreter, run by run in turn, since machines are noisy. Prints a table and
JSON.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time

from places import tell

RUNS = 11


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-demo", action="store_true")
    given = parser.parse_args()
    help_runs, bare_runs = [], []
    for _ in range(RUNS):
        help_runs.append(seconds([sys.executable, "-m", "vincle", "--help"]))
        bare_runs.append(seconds([sys.executable, "-c", "pass"]))
    result: dict[str, float] = {
        "help_seconds_median": round(statistics.median(help_runs), 3),
        "bare_python_seconds_median": round(statistics.median(bare_runs), 3),
        "times_bare_python": round(
            statistics.median(ours / bare for ours, bare in zip(help_runs, bare_runs, strict=True)), 1
        ),
    }
    if not given.without_demo:
        with tempfile.TemporaryDirectory() as folder:
            demo = [sys.executable, "-m", "vincle", "demo", "--home", folder, "--no-serve", "--json"]
            result["demo_seconds"] = round(seconds(demo), 1)
            result["demo_again_seconds"] = round(seconds(demo), 1)
    tell("startup", [result])


def seconds(command: list[str]) -> float:
    """How long a command takes, to its end."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
