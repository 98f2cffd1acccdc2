"""A disk that fills up in the middle of an import: one clear sentence, and the database intact."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.files import orders
from homes import LiveHome

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB, when this machine lets us have one."""
    place = tmp_path / "small"
    place.mkdir()
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root may mount a small file system")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)], check=False)
    if mounted.returncode != 0:
        pytest.skip("this machine does not let us mount a small file system")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_is_said_and_nothing_breaks(small_disk: Path, tmp_path: Path, model_home: LiveHome):
    if model_home.database_url:
        pytest.skip("PostgreSQL keeps its files elsewhere; the home is what fills up here")
    home = LiveHome(small_disk / "home")
    assert home.run("init").returncode == 0
    before = orders(tmp_path / "before.csv", rows=2_000)
    assert home.run("import", str(before), "--source", "shop", "--day-first").returncode == 0
    large = orders(tmp_path / "large.csv", rows=200_000, first=10_000)
    failed = home.run("import", str(large), "--source", "shop", "--day-first", VINCLE_CHUNK_ROWS="20000")
    assert 4 == failed.returncode, failed.stderr
    assert "The disk is full." in failed.stderr
    checked = home.python(
        "from django.db import connection\n"
        "with connection.cursor() as c:\n"
        "    c.execute('PRAGMA integrity_check')\n"
        "    print(c.fetchone()[0])"
    )
    assert "ok" == checked
    subprocess.run(["mount", "-o", "remount,size=400m", str(small_disk)], check=True)
    assert home.run("import", str(large), "--source", "shop", "--day-first").returncode == 0
    assert 202_000 == home.ask("status")["interactions"]
