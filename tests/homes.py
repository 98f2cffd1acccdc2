"""Live homes for tests: each of its own, on the database under test, spoken to through the command.

A conftest imports the fixture: `from homes import live_home, model_home`.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

import warm

SECONDS = 120  # a bound for waiting, never something to measure

VINCLE = (sys.executable, "-m", "vincle")


@dataclass
class LiveHome:
    """A home, its database, and processes that work in it."""

    home: Path
    database_url: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, home: Path | None = None, **more: str) -> "subprocess.CompletedProcess[str]":
        """`vincle WORDS --home ...` in a process of its own, to its end."""
        return warm.command([*words, "--home", str(home or self.home)], env=self._environment(more), seconds=SECONDS)

    def ask(self, *words: str, **more: str) -> Any:
        """What `vincle WORDS --json` prints."""
        done = self.run(*words, "--json", **more)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def start(self, *words: str, **more: str) -> "subprocess.Popen[str]":
        """`vincle WORDS --home ...`, left running."""
        command = [*VINCLE, *words, "--home", str(self.home)]
        return subprocess.Popen(
            command, env=self._environment(more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def python(self, code: str, *, seconds: int = SECONDS, **more: str) -> str:
        """What `code` prints, run with Django awake for this home."""
        waking = f"from vincle.cli.django import ready; ready({str(self.home)!r})\n"
        done = warm.code(waking + code, env=self._environment(more), seconds=seconds)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextmanager
    def talk(self, code: str) -> "Iterator[subprocess.Popen[str]]":
        """`code` at work with Django awake for this home, to be read from and written to; it ends by itself."""
        waking = f"from vincle.cli.django import ready; ready({str(self.home)!r})\n"
        with subprocess.Popen(
            [sys.executable, "-c", waking + code],
            env=self._environment({}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield process
                process.wait(SECONDS)
            finally:
                process.kill()

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a query, or what a statement leaves, straight from the database: cheap enough to poll."""
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                cursor = connection.execute(statement)
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.home / "vincle.sqlite3", timeout=SECONDS)) as file, file:
            return file.execute(statement).fetchall()

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("VINCLE_")}
        return clean | self.environment | more


def wait_until(condition: Callable[[], Any]) -> Any:
    """What `condition` gives as soon as it gives something; fails after two minutes."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("what was waited for did not come")


@pytest.fixture(scope="session")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveHome]:
    """A fresh home that the others are copied from."""
    home = tmp_path_factory.mktemp("model") / "home"
    if os.environ["VINCLE_TEST_DATABASE"] != "postgres":
        made = LiveHome(home)
        assert made.run("init").returncode == 0
        yield made
        return
    with empty_database() as url:
        made = LiveHome(home, url)
        done = made.run("init", "--database-url", url)
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture
def live_home(model_home: LiveHome, tmp_path: Path) -> Iterator[LiveHome]:
    """A fresh home of this test's own."""
    with copied(model_home, tmp_path / "home") as home:
        yield home


@contextmanager
def copied(model: LiveHome, home: Path) -> Iterator[LiveHome]:
    """A home like `model`, with a database of its own that is dropped at the end."""
    shutil.copytree(model.home, home)
    if not model.database_url:
        yield LiveHome(home)
        return
    with empty_database(like=model.database_url) as url:
        settings = home / "settings.toml"
        settings.write_text(settings.read_text("utf-8").replace(model.database_url, url), "utf-8")
        yield LiveHome(home, url)


class empty_database:  # noqa: N801 - used as a function
    """The address of a new PostgreSQL database, dropped at the end; `like` copies that one."""

    def __init__(self, *, like: str = "") -> None:
        self.name = f"vincle_test_{uuid4().hex[:12]}"
        self.like = like.rpartition("/")[2] or "template0"

    def __enter__(self) -> str:
        self._execute("CREATE DATABASE {} TEMPLATE {}", self.name, self.like)
        return f"{_server().rpartition('/')[0]}/{self.name}"

    def __exit__(self, *_: object) -> None:
        self._execute("DROP DATABASE {} WITH (FORCE)", self.name)

    @staticmethod
    def _execute(statement: str, *names: str) -> None:
        with psycopg.connect(_server(), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _server() -> str:
    return os.environ["VINCLE_TEST_POSTGRES"]
