"""The last deliveries as a file of JSON Lines, for the page that says what their columns mean."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from vincle.apps.hooks.taking import said

MOST = 200  # happenings


@contextmanager
def file_of(bodies: Sequence[str], path: str) -> Iterator[Path | None]:
    """A file of the objects at `path` in these bodies, as long as this lasts; None when there is none."""
    lines: list[bytes] = []
    for body in bodies:
        with suppress(said.NotUnderstood):
            found = said.happenings(said.read(body), path)
            lines += [each.line for each in found if isinstance(each.said, dict) and each.said]
    if not lines:
        yield None
        return
    with tempfile.NamedTemporaryFile(prefix="vincle-hook-", suffix=".jsonl") as file:
        file.write(b"\n".join(lines[:MOST]))
        file.flush()
        yield Path(file.name)


def paths_in(bodies: Sequence[str]) -> list[str]:
    """Where in these bodies objects and lists of them are."""
    found: dict[str, None] = {}
    for body in bodies:
        with suppress(said.NotUnderstood):
            found |= dict.fromkeys(said.paths(said.read(body)))
    return list(found)[:50]
