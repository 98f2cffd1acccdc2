"""When the mirror cannot be continued, it is built anew from the log, and says why."""

import shutil
from pathlib import Path

import pytest

from flow.mirror.conftest import drop, postgres_copy
from flow.mirror.operational import Operational
from flow.mirror.reading import numbers
from vincle.flow.mirror import refresh, status
from vincle.kernel.errors import NotReady, VincleError
from vincle.kernel.ids import uuid7


def test_the_first_copy_says_that_there_was_none(sqlite: Operational) -> None:
    assert "there was none" == refresh(sqlite.home).rebuilt
    assert "" == refresh(sqlite.home).rebuilt


def test_rebuilding_gives_the_same_and_leaves_nothing_of_before(database: Operational) -> None:
    anna = database.identity("anna@example.org")
    expected = [database.interaction(anna, f"m{number}") for number in range(3)]
    first = refresh(database.home)
    again = refresh(database.home, rebuild=True)
    assert "it was asked for" == again.rebuilt
    assert first.version < again.version
    assert expected == numbers(database.home)
    assert 1 == len(list(database.home.mirror.glob("g*")))


def test_a_database_restored_from_before_is_copied_anew(sqlite: Operational) -> None:
    anna = sqlite.identity("anna@example.org")
    sqlite.interaction(anna, "m1")
    sqlite.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(sqlite.url.removeprefix("sqlite:///"))
    backup = file.read_bytes()
    sqlite.interaction(anna, "m2")
    refresh(sqlite.home)
    sqlite.close()
    file.write_bytes(backup)
    assert "the database is older than its mirror" == refresh(sqlite.home).rebuilt
    assert [1] == numbers(sqlite.home)


def test_a_restored_database_that_went_on_differently_is_copied_anew(database: Operational) -> None:
    anna = database.identity("anna@example.org")
    database.interaction(anna, "m1")
    refresh(database.home)
    database.erase("DELETE FROM flow_interaction", batch=0)
    other = uuid7()
    database.interaction(anna, "another m1", uid=other, id=1)
    database.interaction(anna, "m2", id=2)
    assert "the database is not the one that was mirrored" == refresh(database.home).rebuilt
    assert [1, 2] == numbers(database.home)


def test_another_database_of_the_same_server_is_copied_anew(
    postgres: Operational, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = postgres.identity("anna@example.org")
    postgres.interaction(anna, "m1")
    refresh(postgres.home)
    postgres.close()
    name = postgres.url.rpartition("/")[2]
    restored = postgres_copy(name, f"{name}_restored")
    monkeypatch.setenv("VINCLE_DATABASE_URL", restored)
    assert "the database is another one" == refresh(postgres.home).rebuilt
    assert [1] == numbers(postgres.home)
    drop(restored)


def test_rows_with_the_transaction_numbers_of_another_server_are_copied_once(postgres: Operational) -> None:
    anna = postgres.identity("anna@example.org")
    first = postgres.interaction(anna, "m1")
    with postgres.connect(autocommit=False) as restored:
        restored.execute("SET LOCAL vincle.erasing = 'on'")
        restored.execute("UPDATE flow_interaction SET recorded_tx = 9000000000000000")
        restored.execute("UPDATE flow_identity SET recorded_tx = 9000000000000000")
    refresh(postgres.home)
    second = postgres.interaction(anna, "m2")
    refresh(postgres.home)
    assert ([first, second], [anna]) == (numbers(postgres.home), numbers(postgres.home, "identities"))


def test_a_mirror_whose_files_are_damaged_is_copied_anew(sqlite: Operational) -> None:
    anna = sqlite.identity("anna@example.org")
    sqlite.interaction(anna, "m1")
    refresh(sqlite.home)
    for commit in next(sqlite.home.mirror.glob("g*")).glob("interactions/_delta_log/*.json"):
        commit.write_text("torn")
    assert refresh(sqlite.home).rebuilt.startswith("it could not be read")
    assert [1] == numbers(sqlite.home)


def test_a_page_of_another_format_is_replaced(sqlite: Operational) -> None:
    refresh(sqlite.home)
    page = sqlite.home.mirror / "current.json"
    page.write_text(page.read_text().replace('"format": 1', '"format": 0'))
    assert "format 0" in refresh(sqlite.home).rebuilt


def test_without_a_mirror_its_status_says_what_builds_it(sqlite: Operational) -> None:
    with pytest.raises(NotReady, match="vincle replay"):
        status(sqlite.home)


def test_with_half_a_mirror_its_status_says_what_builds_it(sqlite: Operational) -> None:
    refresh(sqlite.home)
    shutil.rmtree(next(sqlite.home.mirror.glob("g*")) / "things")
    with pytest.raises(NotReady, match="vincle replay"):
        status(sqlite.home)


def test_a_torn_page_is_not_mistaken_for_an_empty_mirror(sqlite: Operational) -> None:
    refresh(sqlite.home)
    (sqlite.home.mirror / "current.json").write_text("{")
    with pytest.raises(NotReady, match="cannot be read"):
        status(sqlite.home)


def test_without_a_database_the_copy_says_so(sqlite: Operational) -> None:
    sqlite.close()
    Path(sqlite.url.removeprefix("sqlite:///")).unlink()
    with pytest.raises(NotReady, match="There is no database"):
        refresh(sqlite.home)


def test_a_server_that_does_not_answer_is_one_clear_sentence(
    sqlite: Operational, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VINCLE_DATABASE_URL", "postgresql://127.0.0.1:1/nowhere")
    with pytest.raises(NotReady, match="database cannot be read"):
        refresh(sqlite.home)


def test_a_copy_that_takes_too_long_is_stopped(sqlite: Operational) -> None:
    with pytest.raises(VincleError, match="not ready after"):
        refresh(sqlite.home, timeout=0.01)


def test_what_a_killed_rebuild_had_begun_is_swept_away(sqlite: Operational) -> None:
    refresh(sqlite.home)
    (sqlite.home.mirror / "g1" / "interactions").mkdir(parents=True)
    refresh(sqlite.home)
    assert 1 == len(list(sqlite.home.mirror.glob("g*")))
