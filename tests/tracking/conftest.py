"""A server that listens, and a source that may send to it."""

from collections.abc import Iterator
from dataclasses import dataclass

import psutil
import pytest

from homes import LiveHome, live_home, model_home

__all__ = ["live_home", "model_home"]


@dataclass(frozen=True)
class Listening:
    """A live home that is being served at `base`, and the write key of its source “web”."""

    home: LiveHome
    base: str
    key: str

    def interactions(self) -> list[tuple[str, str]]:
        """Kind and identity of everything in the log, in order."""
        return self.home.sql(
            "SELECT k.name, y.value FROM flow_interaction i JOIN flow_kind k ON k.id = i.kind_id "
            "JOIN flow_identity y ON y.id = i.identity_id ORDER BY i.id"
        )


@pytest.fixture
def listening(live_home: LiveHome) -> Iterator[Listening]:
    made = live_home.ask("source", "add", "--kind", "tracking", "--name", "Web")
    process = live_home.start("serve", "--port", "0", "--workers", "1")
    family = psutil.Process(process.pid)
    try:
        assert process.stdout is not None
        line = next(line for line in process.stdout if "Vincle is open at" in line)
        yield Listening(live_home, line.split()[-1].rstrip("/"), made["write_key"])
    finally:
        for each in [family, *family.children(recursive=True)]:
            each.kill()
        process.wait()
