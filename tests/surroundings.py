"""One installation of Vincle for each test process: a home folder of its own and an empty database.

A pytest plugin, named in pyproject.toml so that it is loaded before Django reads its settings. Choose the database with
`--database sqlite` (the default) or `--database postgres`, or with VINCLE_TEST_DATABASE. Tests of the engine and the
shell that open no database, those in a browser and those marked `once` run on SQLite only. PostgreSQL is the server
that answers at VINCLE_TEST_POSTGRES; else a private cluster made from Debian's package for this run, which never waits
for the disk; else the server that answers at 127.0.0.1:5432.
"""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from cluster import Cluster, answering

CHOICE = "VINCLE_TEST_DATABASE"
SERVER = "VINCLE_TEST_POSTGRES"
USUAL_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"

_TESTS = Path(__file__).parent
LONG = ("faults", "long")
_DATABASE_FIXTURES = {"db", "transactional_db", "live_home", "model_home"}

# No test says how long anything takes: machines are busy.
settings.register_profile("vincle", deadline=None)
settings.load_profile("vincle")

_folders: list[Path] = []
_clusters: list[Cluster] = []
_missing: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgres"],
        default=os.environ.get(CHOICE, "sqlite"),
        help="which database the tests run on (default: sqlite)",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    # A wrapper comes before every plain hook, and so before pytest-django loads the settings.
    _prepare(early_config.known_args_namespace.database)
    return (yield)


def pytest_report_header() -> str:
    return f"database: {os.environ['VINCLE_DATABASE_URL']}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if _missing:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=_missing[0]))
    if os.environ[CHOICE] == "postgres":
        once = [item for item in items if _says_the_same_on_both(item)]
        items[:] = [item for item in items if item not in set(once)]
        config.hook.pytest_deselected(items=once)
    if hasattr(config, "workerinput"):
        _longest_first(items)


def _longest_first(items: list[pytest.Item]) -> None:
    """Let several processes, each with a file at a time, end together: what takes minutes begins first."""
    sizes = Counter(item.path for item in items)
    long = {item.path for item in items if any(map(item.get_closest_marker, LONG))}
    items.sort(key=lambda item: (item.path not in long, -sizes[item.path], item.path))


def _says_the_same_on_both(item: pytest.Item) -> bool:
    """Whether the run on SQLite has answered a test: it says so, opens no database, or looks at pages in a browser."""
    if item.get_closest_marker("browser") or item.get_closest_marker("once"):
        return True
    names = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("django_db") or names & _DATABASE_FIXTURES:
        return False
    return item.path.is_relative_to(_TESTS / "engine") or item.path.is_relative_to(_TESTS / "web")


def pytest_unconfigure() -> None:
    while _clusters:
        _clusters.pop().stop()
    while _folders:
        shutil.rmtree(_folders.pop(), ignore_errors=True)


def _prepare(database: str) -> None:
    home = Path(tempfile.mkdtemp(prefix="vincle-test-"))
    _folders.append(home)
    os.environ["VINCLE_HOME"] = str(home)
    os.environ["VINCLE_SECRET_KEY"] = "only for tests"
    os.environ[CHOICE] = database
    for variable in ("VINCLE_SMTP_HOST", "VINCLE_HTTPS", "VINCLE_LANGUAGE", "VINCLE_ALLOWED_HOSTS"):
        os.environ.pop(variable, None)
    os.environ["VINCLE_DATABASE_URL"] = _postgres() if database == "postgres" else f"sqlite:///{home}/vincle.sqlite3"


def _postgres() -> str:
    """The address of a database that does not exist yet, on a server that answers."""
    server = os.environ.get(SERVER, "")
    if not (server and answering(server)):
        try:
            cluster = Cluster.start()
        except RuntimeError as error:
            if not answering(USUAL_SERVER):
                _missing.append(f"no PostgreSQL here: {error}")
                return "postgresql://127.0.0.1:1/nowhere"
            server = USUAL_SERVER
        else:
            _clusters.append(cluster)
            server = cluster.url
    # Worker processes of pytest-xdist inherit it, and use the cluster that their parent has started.
    os.environ[SERVER] = server
    return f"{server.rpartition('/')[0]}/vincle_test_{os.getpid()}"
