"""Two imports at the same time, into one log."""

from pathlib import Path

import pytest

from faults.files import orders
from homes import LiveHome

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


def test_both_enter_whole(live_home: LiveHome, tmp_path: Path):
    one = orders(tmp_path / "one.csv", rows=8_000)
    two = orders(tmp_path / "two.csv", rows=8_000, first=4_000)
    running = [
        live_home.start("import", str(file), "--source", "shop", "--day-first", "--json", VINCLE_CHUNK_ROWS="1000")
        for file in (one, two)
    ]
    said = [each.communicate(timeout=200)[0] for each in running]
    assert [0, 0] == [each.returncode for each in running], said
    status = live_home.ask("status")
    # Rows 4,000 to 7,999 stand in both files and enter once.
    assert (12_000, 300) == (status["interactions"], status["people"])


def test_the_same_file_twice_at_once_enters_once(live_home: LiveHome, tmp_path: Path):
    file = orders(tmp_path / "orders.csv", rows=6_000)
    running = [
        live_home.start("import", str(file), "--source", "shop", "--day-first", "--json", VINCLE_CHUNK_ROWS="1000")
        for _ in range(2)
    ]
    said = [each.communicate(timeout=200)[0] for each in running]
    assert {each.returncode for each in running} <= {0, 5}, said
    assert 0 in {each.returncode for each in running}, said
    assert 6_000 == live_home.ask("status")["interactions"]
