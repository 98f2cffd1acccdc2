"""Short commands, each in a process of its own that begins with the libraries and Vincle loaded.

Loading Python, Django and Vincle takes longer than most commands do, and the tests run hundreds of them. So they are
children of one process that has loaded all of it and has done nothing else: as separate as any, and killed by whatever
kills them. What it loaded it loaded for a home; each child forgets that one, and reads the settings of its own.
"""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import vincle

LIBRARIES = [
    "adbc_driver_manager", "adbc_driver_postgresql", "allauth", "babel", "deltalake", "django.contrib.messages",
    "django.core.management", "django.core.serializers.json", "django.db.models", "django.forms", "django.http",
    "django.template", "duckdb", "jsonschema_rs", "msgspec", "numpy", "pgpq", "phonenumbers", "psycopg",
    "pyarrow.compute", "pyarrow.parquet", "pydantic", "sqlglot", "sqlparse", "typer.core", "typer.main",
]  # fmt: skip

_PACKAGE = Path(vincle.__file__).parent


def _modules(pattern: str) -> list[str]:
    """The modules of Vincle in the files of this pattern."""
    files = sorted(_PACKAGE.glob(pattern))
    return [".".join((vincle.__name__, *path.relative_to(_PACKAGE).with_suffix("").parts)) for path in files]


# The application first: it wakes Django, which the others need.
OURS = ["vincle.site.wsgi", "vincle.cli.main"]
for _pattern in ("cli/commands/*.py", "kernel/**/[!_]*.py", "engine/**/[!_]*.py", "**/migrations/[!_]*.py"):
    OURS += _modules(_pattern)

READ_AGAIN = {"VINCLE_HOME"}

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
    if any(name.startswith("VINCLE_") for name in env.keys() - READ_AGAIN):
        _begin_cold(work, words, env, folder)
    os.environ.clear()
    os.environ.update(env)
    _forget_the_home()
    sys.path[:0] = filter(None, env.get("PYTHONPATH", "").split(os.pathsep))
    os.chdir(folder)
    try:
        work(words)
    finally:
        # As the end of an interpreter does, which this process will not see: SQLite puts its files in order.
        from django.conf import settings
        from django.db import connections

        if settings.configured:
            connections.close_all()


def _begin_cold(work: Callable[[list[str]], None], words: list[str], env: dict[str, str], folder: Path) -> None:
    """Become a process that has loaded nothing: what it loads may ask for one of these variables while it is loaded."""
    os.chdir(folder)
    start = ["-c"] if work is _code else ["-m", "vincle"]
    os.execve(sys.executable, [sys.executable, *start, *words], env)  # noqa: S606 - no shell, on purpose


def _forget_the_home() -> None:
    """Let whoever first asks for a setting, or for the database, read what this process was given."""
    from django.conf import settings
    from django.db import connections
    from django.utils.functional import empty
    from django.utils.translation import trans_real

    if not settings.configured:
        return
    for known in connections.all(initialized_only=True):
        assert known.connection is None
        del connections[known.alias]
    sys.modules.pop("vincle.site.settings", None)
    settings._wrapped = empty
    connections._settings = None
    connections.__dict__.pop("settings", None)
    trans_real._default = None


def _command(words: list[str]) -> None:
    from vincle.cli.main import main

    sys.argv = ["vincle", *words]
    main(words)


def _code(words: list[str]) -> None:
    sys.argv = ["-c"]
    exec(compile(words[0], "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - a test's own
