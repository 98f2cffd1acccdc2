"""`vincle doctor`: notices what is wrong and says what to do."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from homes import LiveHome
from vincle.flow.doctor import machine
from vincle.flow.doctor.finding import Finding, State
from vincle.kernel.home import Home


def examined(home: LiveHome, *, code: int) -> dict[str, dict[str, str]]:
    done = home.run("doctor", "--json")
    assert code == done.returncode, done.stderr
    return {each["name"]: each for each in json.loads(done.stdout)}


def test_a_healthy_home(live_home: LiveHome) -> None:
    findings = examined(live_home, code=0)

    assert {"ok"} == {each["state"] for each in findings.values()}, findings
    assert {"python", "sqlite", "home", "secret key", "database", "tables", "append-only", "mirror"} <= set(findings)


def test_no_home_at_all(tmp_path: Path) -> None:
    found = examined(LiveHome(tmp_path / "nowhere"), code=1)["home"]

    assert "broken" == found["state"]
    assert "vincle init" in found["advice"]


def test_a_log_that_lost_its_protection(live_home: LiveHome) -> None:
    live_home.sql(
        "DROP TRIGGER flow_interaction_append_only ON flow_interaction"
        if live_home.database_url
        else "DROP TRIGGER flow_interaction_no_delete",
    )

    assert "broken" == examined(live_home, code=1)["append-only"]["state"]


def test_a_job_that_nobody_does(live_home: LiveHome) -> None:
    live_home.python(
        "from datetime import timedelta\n"
        "from vincle.flow.jobs.queue import enqueue\n"
        "from vincle.kernel import clock\n"
        "enqueue('jobs.prune', now=clock.now() - timedelta(minutes=10))"
    )

    found = examined(live_home, code=0)["background work"]

    assert "attention" == found["state"]
    assert "vincle work" in found["advice"]


def test_a_job_that_failed(live_home: LiveHome) -> None:
    live_home.python(
        "from vincle.flow.jobs import queue\n"
        "from vincle.kernel import clock\n"
        "queue.enqueue('jobs.prune', now=clock.now())\n"
        "queue.fail(queue.claim('ada', now=clock.now()), error='No room.', again=False, now=clock.now())"
    )

    found = examined(live_home, code=0)["failed jobs"]

    assert ("attention", "1; the last one, jobs.prune: No room.") == (found["state"], found["seen"])


def test_a_damaged_database(live_home: LiveHome) -> None:
    if live_home.database_url:
        pytest.skip("PostgreSQL looks after its own files")
    (live_home.home / "vincle.sqlite3").write_bytes(b"not a database" * 1000)

    assert "broken" == examined(live_home, code=1)["database"]["state"]


def test_a_database_that_does_not_answer(live_home: LiveHome) -> None:
    live_home.environment["VINCLE_DATABASE_URL"] = "postgresql://127.0.0.1:1/vincle"

    assert "broken" == examined(live_home, code=1)["database"]["state"]


def test_settings_that_cannot_be_read(live_home: LiveHome) -> None:
    (live_home.home / "settings.toml").write_text("database_url = ", "utf-8")

    assert "broken" == examined(live_home, code=1)["settings"]["state"]


@pytest.mark.parametrize(
    ("path", "mode", "check"),
    [
        (lambda home: home.secret_key_file, 0o644, machine.secret_key),
        (lambda home: home.settings_file, 0o640, machine.settings),
        (lambda home: home.path, 0o755, machine.folder),
    ],
    ids=["secret key", "settings", "home"],
)
def test_what_others_may_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    path: Callable[[Home], Path],
    mode: int,
    check: Callable[[Home], Finding],
) -> None:
    monkeypatch.delenv("VINCLE_SECRET_KEY", raising=False)
    home = Home(tmp_path / "home")
    home.create()
    assert State.OK == check(home).state

    path(home).chmod(mode)

    assert State.ATTENTION == check(home).state


def test_an_old_python_an_old_sqlite_and_a_clock_that_stands_still() -> None:
    found = [machine.python((3, 10)), machine.sqlite((3, 34, 1)), machine.clock(datetime(1970, 1, 1, tzinfo=UTC))]

    assert [State.BROKEN] * 3 == [each.state for each in found]
    assert all(each.advice for each in found)


@pytest.mark.parametrize(("free", "state"), [(10**12, State.OK), (10**9, State.ATTENTION), (10**6, State.BROKEN)])
def test_a_disk_that_fills_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: State) -> None:
    usage = machine.shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: usage)

    assert state == machine.room(Home(tmp_path)).state
