"""What the disk or the database says when it can take no more, in words."""

import errno
import shutil
from collections.abc import Iterator

import adbc_driver_manager
import duckdb
from django.db import DatabaseError

from vincle.kernel.errors import NotReady, VincleError
from vincle.kernel.home import Home

STORAGE_ERRORS = (DatabaseError, OSError, adbc_driver_manager.Error, duckdb.Error)

NEARLY_NOTHING = 32 * 1024 * 1024  # less free than one chunk needs

_FULL = ("disk is full", "no space left", "could not extend file", "disk full", "out of disk")


def in_words(error: Exception) -> VincleError:
    """One clear sentence for an error of `STORAGE_ERRORS`."""
    chain = list(_chain(error))
    said = "; ".join(str(each) for each in chain)
    kept = "what entered stays entered, and nothing enters twice."
    if _is_full(chain, said):
        return NotReady("The disk is full.", f"Free some space and run the import again: {kept}")
    if "locked" in said.lower():
        return NotReady("The database is busy with other work.", f"Run the import again in a moment: {kept}")
    return NotReady(f"The database stopped the import ({str(error).splitlines()[0]}).", f"Run it again: {kept}")


def _is_full(chain: list[BaseException], said: str) -> bool:
    if any(getattr(each, "errno", None) == errno.ENOSPC for each in chain):
        return True
    # A failed COMMIT may be told only as a ROLLBACK that had nothing left to undo.
    return any(words in said.lower() for words in _FULL) or shutil.disk_usage(Home.at().path).free < NEARLY_NOTHING


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it."""
    seen: list[BaseException | None] = [None]
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each in seen or each is None:
            continue
        seen.append(each)
        waiting += [each.__context__, each.__cause__]
        yield each
