"""The mirror is tested on real databases: an SQLite file and, where one answers, a PostgreSQL server."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from flow.mirror.operational import Operational, copy_of, migrate
from vincle.kernel.home import Home

# One run is on one database (`--database`), so these run on that one too.
ON_POSTGRES = os.environ.get("VINCLE_TEST_DATABASE") == "postgres"
MAINTENANCE = os.environ.get("VINCLE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "log.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    name = f"vincle_mirror_template_{os.getpid()}"
    with psycopg.connect(MAINTENANCE, autocommit=True, connect_timeout=5) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
        migrate(MAINTENANCE.rpartition("/")[0] + f"/{name}")
        yield name
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    path = tmp_path / "home"
    path.mkdir()
    return Home(path)


def postgres_copy(template: str, name: str) -> str:
    """A fresh database made of the template; returns its address."""
    with psycopg.connect(MAINTENANCE, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return MAINTENANCE.rpartition("/")[0] + f"/{name}"


def drop(url: str) -> None:
    with psycopg.connect(MAINTENANCE, autocommit=True) as server:
        server.execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")


@pytest.fixture(params=["postgresql" if ON_POSTGRES else "sqlite"])
def database(request: pytest.FixtureRequest, home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operational]:
    """A database with the log's tables and dictionaries, and nothing else."""
    if request.param == "sqlite":
        url = copy_of(request.getfixturevalue("sqlite_template"), home.path)
    else:
        url = postgres_copy(request.getfixturevalue("postgres_template"), f"vincle_mirror_{os.getpid()}")
    monkeypatch.setenv("VINCLE_DATABASE_URL", url)
    database = Operational(home, url)
    database.dictionaries()
    yield database
    database.close()
    if not database.is_sqlite:
        drop(url)


@pytest.fixture
def sqlite(home: Home, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operational]:
    """The same, on SQLite alone."""
    if ON_POSTGRES:
        pytest.skip("this is about SQLite; run with --database sqlite")
    url = copy_of(sqlite_template, home.path)
    monkeypatch.setenv("VINCLE_DATABASE_URL", url)
    database = Operational(home, url)
    database.dictionaries()
    yield database
    database.close()


@pytest.fixture
def postgres(request: pytest.FixtureRequest, home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operational]:
    """The same, on PostgreSQL alone."""
    if not ON_POSTGRES:
        pytest.skip("this is about PostgreSQL; run with --database postgres")
    url = postgres_copy(request.getfixturevalue("postgres_template"), f"vincle_mirror_{os.getpid()}")
    monkeypatch.setenv("VINCLE_DATABASE_URL", url)
    database = Operational(home, url)
    database.dictionaries()
    yield database
    database.close()
    drop(url)
