"""The mirror follows an import while it is under way."""

import threading

import pytest

from vincle.apps.sources.importing import meanwhile
from vincle.apps.sources.importing.meanwhile import EVERY, Meanwhile
from vincle.kernel.errors import NotReady
from vincle.kernel.home import Home


class Mirror:
    """Stands for the copy; each one waits until the test lets it go."""

    def __init__(self, *, broken: bool = False) -> None:
        self.copies = 0
        self.broken = broken
        self.go = threading.Event()

    def refresh(self, _home: Home) -> None:
        self.copies += 1
        assert self.go.wait(10)
        if self.broken:
            raise NotReady("No room.")


@pytest.fixture
def mirror(monkeypatch) -> Mirror:
    made = Mirror()
    monkeypatch.setattr(meanwhile, "mirror", made)
    return made


def finish(this: Meanwhile) -> None:
    assert this._copying is not None
    this._copying.join(10)


def test_a_copy_starts_when_there_is_enough_and_never_a_second_beside_it(mirror, tmp_path):
    with Meanwhile(Home.at(tmp_path)) as this:
        this.entered(EVERY - 1)
        assert 0 == mirror.copies
        for more in (0, 1, 2 * EVERY):
            this.entered(EVERY + more)
        assert 1 == mirror.copies
        mirror.go.set()
        finish(this)
        this.entered(2 * EVERY)
    assert 2 == mirror.copies


def test_a_copy_that_fails_stops_following_and_nothing_else(mirror, tmp_path, caplog):
    mirror.broken = True
    mirror.go.set()
    with Meanwhile(Home.at(tmp_path)) as this:
        this.entered(EVERY)
        finish(this)
        this.entered(3 * EVERY)
    assert 1 == mirror.copies
    assert "No room." in caplog.text


def test_nothing_is_started_for_a_small_file(mirror, tmp_path):
    with Meanwhile(Home.at(tmp_path)) as this:
        this.entered(10)
    assert 0 == mirror.copies


def test_the_rest_of_a_long_file_is_copied_when_all_of_it_is_in(mirror, tmp_path):
    mirror.go.set()
    with Meanwhile(Home.at(tmp_path)) as this:
        this.all_entered(10)
        assert 0 == mirror.copies
        this.entered(EVERY)
        finish(this)
        this.all_entered(EVERY)
        assert 1 == mirror.copies
        this.all_entered(EVERY + 10)
    assert 2 == mirror.copies
