"""What a command says when something goes wrong: one clear sentence, and an exit code that means something."""

import errno
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from vincle.kernel.errors import NotReady, VincleError
from vincle.kernel.home import Home

INTERRUPTED = 130


@contextmanager
def told(words: Sequence[str], *, debug: bool) -> Iterator[None]:
    """Turn errors into a sentence on standard error and an exit code; `debug` shows the full trace instead."""
    try:
        yield
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        sys.exit(INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the outermost place: nothing is above it to tell
        if debug:
            traceback.print_exc()
        known = error if isinstance(error, VincleError) else _recognise(error)
        if known is not None:
            sys.stderr.write(f"{known}\n")
            sys.exit(known.exit_code)
        if not debug:
            sys.stderr.write(_unexpected(error, words))
        sys.exit(1)


def _recognise(error: Exception) -> VincleError | None:
    """The sentence for what comes from outside our code: the disk, the database."""
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _full()
    if isinstance(error, PermissionError):
        return NotReady(f"{error.filename} may not be used by this user.", "Give it the right owner, and try again.")
    # What the database says last may only follow from what it said first: a full disk shows as a failed ROLLBACK.
    told = (_database(str(each)) for each in _chain(error) if _is_of_database(each))
    return next(filter(None, told), None) if _is_of_database(error) else None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_of_database(error: BaseException) -> bool:
    return type(error).__module__.startswith(("django.db", "psycopg", "sqlite3"))


def _database(text: str) -> VincleError | None:
    if re.search(r"disk is full|No space left", text):
        return _full()
    if re.search(r"no such table|no such column|does not exist", text):
        return NotReady("The database lacks tables of this version.", "Bring it up to date with “vincle init”.")
    if "locked" in text:
        return NotReady("Another process has been writing for too long.", "Nothing was lost; try again in a moment.")
    if re.search(r"connect|connection|password|unable to open|server closed", text, re.IGNORECASE):
        first = text.strip().splitlines()[0].rstrip(".")
        return NotReady(f"The database does not answer: {first}.", "“vincle doctor” says what can be done.")
    return None


def _full() -> VincleError:
    return NotReady("The disk is full.", "What was there before is intact; free some space and run it again.")


def _unexpected(error: Exception, words: Sequence[str]) -> str:
    kept = _keep_trace(words)
    where = f"The full trace is in {kept}" if kept else "Run it again with --debug to see the full trace"
    return f"Something went wrong that we did not foresee ({type(error).__name__}: {error}). {where}.\n"


def _keep_trace(words: Sequence[str]) -> Path | None:
    staging = Home.at(_home_in(words)).staging
    folder = staging if staging.is_dir() else Path(tempfile.gettempdir())
    path = folder / f"trace-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"vincle {words[0] if words else ''}\n\n{traceback.format_exc()}")
    except OSError:
        return None
    return path


def _home_in(words: Sequence[str]) -> str | None:
    for place, word in enumerate(words):
        if word == "--home" and place + 1 < len(words):
            return words[place + 1]
        if word.startswith("--home="):
            return word.removeprefix("--home=")
    return None
