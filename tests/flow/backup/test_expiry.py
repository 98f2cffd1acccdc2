"""Old backups go by themselves, only where the home says so, and never the newest."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vincle.flow.backup.expiry import SETTING, remove_expired
from vincle.kernel.errors import BadInput
from vincle.kernel.home import Home

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Backups of 1, 40 and 50 days ago, and a file that is none of ours."""
    home = Home(tmp_path)
    home.backups.mkdir()
    for name, days in (("vincle-a.tar.zst", 1), ("vincle-b.tar.zst", 40), ("vincle-c.tar.zst", 50), ("mine.zst", 900)):
        path = home.backups / name
        path.touch()
        moment = (NOW - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))
    return home


def left(home: Home) -> list[str]:
    return sorted(path.name for path in home.backups.iterdir())


def test_nothing_goes_unless_a_number_of_days_is_set(home, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)

    assert ([], 4) == (remove_expired(home, now=NOW), len(left(home)))


def test_what_is_older_goes(home, monkeypatch):
    monkeypatch.setenv(SETTING, "30")

    assert ["vincle-c.tar.zst", "vincle-b.tar.zst"] == remove_expired(home, now=NOW)
    assert ["mine.zst", "vincle-a.tar.zst"] == left(home)


def test_the_newest_stays_however_old_it_is(home, monkeypatch):
    monkeypatch.setenv(SETTING, "1")

    remove_expired(home, now=NOW + timedelta(days=900))

    assert ["mine.zst", "vincle-a.tar.zst"] == left(home)


def test_the_homes_settings_may_say_it(home, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)
    home.settings_file.write_text("backup_days = 45\n", "utf-8")

    assert ["vincle-c.tar.zst"] == remove_expired(home, now=NOW)


@pytest.mark.parametrize("told", ["0", "-3", "soon", "1.5"])
def test_what_is_no_number_of_days_removes_nothing(home, monkeypatch, told):
    monkeypatch.setenv(SETTING, told)

    with pytest.raises(BadInput):
        remove_expired(home, now=NOW)
    assert 4 == len(left(home))
