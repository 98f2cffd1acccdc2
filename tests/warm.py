"""Short commands, each in a process of its own that begins with the libraries loaded.

Loading Python, Django and the libraries of tables takes longer than most commands do, and the tests run hundreds of
them. So they are children of one process that has loaded what knows no home, which is the libraries, the kernel and the
engine, and has done nothing else: as separate as any, and killed by whatever kills them.
"""

import multiprocessing
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import vincle.engine
import vincle.kernel

LIBRARIES = [
    "adbc_driver_manager", "adbc_driver_postgresql", "allauth", "babel", "deltalake", "django.contrib.messages",
    "django.core.management", "django.core.serializers.json", "django.db.models", "django.forms", "django.http",
    "django.template", "duckdb", "jsonschema_rs", "msgspec", "numpy", "pgpq", "phonenumbers", "psycopg",
    "pyarrow.compute", "pyarrow.parquet", "pydantic", "sqlglot", "sqlparse", "typer.core", "typer.main",
]  # fmt: skip

OURS = [
    module.name
    for package in (vincle.kernel, vincle.engine)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(LIBRARIES + OURS)


def command(words: list[str], *, env: Mapping[str, str], seconds: int) -> "subprocess.CompletedProcess[str]":
    """`vincle WORDS`, to its end."""
    return _done(_command, words, env, seconds)


def code(text: str, *, env: Mapping[str, str], seconds: int) -> "subprocess.CompletedProcess[str]":
    """`python -c TEXT`, to its end."""
    return _done(_code, [text], env, seconds)


def _done(
    work: Callable[[list[str]], None], words: list[str], env: Mapping[str, str], seconds: int
) -> "subprocess.CompletedProcess[str]":
    with TemporaryDirectory() as folder:
        said = [Path(folder, name) for name in ("stdout", "stderr")]
        process = _context.Process(target=_within, args=(work, words, dict(env), said, Path.cwd()))
        process.start()
        process.join(seconds)
        if process.is_alive():
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(words, seconds)
        returncode = process.exitcode
        process.close()
        stdout, stderr = (each.read_text("utf-8") if each.exists() else "" for each in said)
    return subprocess.CompletedProcess(words, returncode, stdout, stderr)


def _within(
    work: Callable[[list[str]], None], words: list[str], env: dict[str, str], said: list[Path], folder: Path
) -> None:
    for descriptor, path in enumerate(said, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), descriptor)
    os.environ.clear()
    os.environ.update(env)
    sys.path[:0] = filter(None, env.get("PYTHONPATH", "").split(os.pathsep))
    os.chdir(folder)
    try:
        work(words)
    finally:
        # As the end of an interpreter does, which this process will not see: SQLite puts its files in order.
        from django.apps import apps
        from django.db import connections

        if apps.ready:
            connections.close_all()


def _command(words: list[str]) -> None:
    from vincle.cli.main import main

    sys.argv = ["vincle", *words]
    main(words)


def _code(words: list[str]) -> None:
    sys.argv = ["-c"]
    exec(compile(words[0], "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - a test's own
