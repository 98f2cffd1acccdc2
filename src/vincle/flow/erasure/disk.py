"""`python -m vincle.flow.erasure.disk`: what is asked on standard input is searched for on the disk.

In a process of its own: whoever opens SQLite's file beside SQLite and closes it again lets go of all the locks that
their process has on it. The values come by standard input, where no list of processes shows them.
"""

import json
import mmap
import subprocess
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from vincle.flow.erasure.searching import around, names_one_of
from vincle.kernel import lifeline
from vincle.kernel.errors import VincleError

Sides = tuple[int | None, int | None]
SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Seen:
    """`hits`: of each file searched byte by byte, each value found and the bytes at its sides. `naming`: the files
    below the folders that name one of the values."""

    hits: dict[Path, dict[str, set[Sides]]]
    naming: list[Path]


def search(values: Collection[str], *, raw: Sequence[Path], folders: Sequence[Path]) -> Seen:
    """Search the files `raw` byte by byte, and every file below `folders` for values that stand alone."""
    asked = {"values": sorted(values), "raw": [str(path) for path in raw], "folders": [str(path) for path in folders]}
    done = subprocess.run(
        [sys.executable, "-m", "vincle.flow.erasure.disk"],
        input=json.dumps(asked),
        env=lifeline.environment(),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise VincleError(f"The disk could not be searched: {reason}.")
    said = json.loads(done.stdout)
    hits = {
        Path(path): {value: {(before, after) for before, after in sides} for value, sides in found.items()}
        for path, found in said["hits"].items()
    }
    return Seen(hits, [Path(path) for path in said["naming"]])


def _hits(path: Path, values: Collection[str]) -> dict[str, list[Sides]]:
    if not path.is_file() or not path.stat().st_size:
        return {}
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = {value: set(around(data, value.encode())) for value in values}
    return {value: list(sides) for value, sides in found.items() if sides}


def main() -> int:
    """Returns the exit code; the answer is one line of JSON."""
    lifeline.hold()
    asked = json.load(sys.stdin)
    values = asked["values"]
    below = (path for folder in asked["folders"] for path in sorted(Path(folder).rglob("*")))
    answer = {
        "hits": {path: _hits(Path(path), values) for path in asked["raw"]},
        "naming": [str(path) for path in below if names_one_of(path, values)],
    }
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
