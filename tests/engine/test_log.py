"""Opening the log: one consistent state, for reading only."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import vincle.engine as ve
from engine.mirrored import mirror
from vincle.kernel.errors import BadInput, NotReady


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ve.Log]:
    rows = {"identities": [{"id": 1}], "people": [{"id": 1}], "interactions": [{"identity_id": 1}, {"identity_id": 1}]}
    with ve.open(mirror(tmp_path, rows)) as opened:
        yield opened


def test_importing_the_engine_imports_nothing_heavy() -> None:
    heavy = ("duckdb", "pyarrow", "deltalake", "sqlglot")
    code = f"import sys, vincle.engine; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()


def test_the_log_answers_sql_with_parameters(log: ve.Log) -> None:
    assert [(2,)] == log.sql("SELECT count(*) FROM events WHERE kind = $kind", kind="order.placed").fetchall()
    assert [(0,)] == log.sql("SELECT count(*) FROM events WHERE kind = $kind", kind="x' OR true --").fetchall()


def test_the_views_are_relations(log: ve.Log) -> None:
    counts = [len(view.to_arrow_table()) for view in (log.events(), log.objects(), log.people(), log.identities())]
    assert [2, 0, 1, 1] == counts


def test_a_home_without_a_mirror_opens_as_an_empty_log(tmp_path: Path) -> None:
    with ve.open(tmp_path) as log:
        assert (0, 0) == (log.version, len(log.events().to_arrow_table()))
        assert "DECIMAL(19,4)" == str(dict(zip(log.events().columns, log.events().types, strict=True))["amount"])


def test_the_home_is_the_usual_one_unless_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINCLE_HOME", str(mirror(tmp_path, {"interactions": [{}]}).path))
    with ve.open() as log:
        assert 1 == len(log.events().to_arrow_table())


def test_a_folder_that_does_not_exist_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="no Vincle home"):
        ve.open(tmp_path / "nowhere")


def test_a_mirror_that_cannot_be_read_says_what_builds_it(tmp_path: Path) -> None:
    home = mirror(tmp_path, {})
    page = home.mirror / "current.json"
    page.write_text(json.dumps(json.loads(page.read_text()) | {"generation": "gone"}))
    with pytest.raises(NotReady, match="vincle replay"):
        ve.open(home)


def test_a_mirror_that_lost_a_file_says_what_builds_it(tmp_path: Path) -> None:
    home = mirror(tmp_path, {"interactions": [{}]})
    next(home.mirror.glob("g1/interactions/*.parquet")).unlink()
    with pytest.raises(NotReady, match="vincle replay"):
        ve.open(home)


def test_an_open_log_stays_as_it_was_until_it_is_refreshed(tmp_path: Path) -> None:
    with ve.open(mirror(tmp_path, {"interactions": [{}]})) as log:
        mirror(tmp_path, {"interactions": [{}, {}, {}]}, version=2)
        assert (1, 1) == (log.version, len(log.events().to_arrow_table()))
        assert log.refresh()
        assert (2, 3) == (log.version, len(log.events().to_arrow_table()))
        assert not log.refresh()


@pytest.mark.parametrize(
    "query",
    [
        "DROP VIEW events",
        "CREATE TABLE mine AS SELECT 1",
        "COPY (SELECT 1) TO '/tmp/out.csv'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '/tmp/out.csv'",
        "ATTACH '/tmp/other.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "PRAGMA version",
        "SELECT 1; DROP VIEW events",
        "",
        "SELEC 1",
        "SELECT nothing FROM events",
        "SELECT * FROM query('DROP VIEW events')",
    ],
)
def test_only_one_sound_select_is_answered(log: ve.Log, query: str) -> None:
    with pytest.raises(BadInput):
        log.sql(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    ],
)
def test_sql_reaches_no_file_but_the_mirrors(log: ve.Log, query: str) -> None:
    with pytest.raises((BadInput, Exception), match=r"(?i)cannot|permission|disabled|not.*(exist|found|supported)"):
        log.sql(query).fetchall()


def test_quotes_in_the_path_of_a_home_are_just_letters(tmp_path: Path) -> None:
    with ve.open(mirror(tmp_path / "l'hort de l'Anna", {"interactions": [{}]})) as log:
        assert 1 == len(log.events().to_arrow_table())
