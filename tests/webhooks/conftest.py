"""A program that hears, for the tests of webhooks."""

from collections.abc import Iterator

import pytest

from flow.outgoing.listener import Listener, listening
from vincle.flow.outgoing.allowing import SETTING


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    """A program on this machine, which the installation allows."""
    monkeypatch.setenv(SETTING, "127.0.0.1/32")
    with listening() as this:
        yield this
