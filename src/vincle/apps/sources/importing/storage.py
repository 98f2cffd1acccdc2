"""What the disk or the database says when it can take no more, in words."""

import errno

import adbc_driver_manager
import duckdb
from django.db import DatabaseError

from vincle.kernel.errors import NotReady, VincleError

STORAGE_ERRORS = (DatabaseError, OSError, adbc_driver_manager.Error, duckdb.Error)

_FULL = ("disk is full", "no space left", "could not extend file", "disk full", "out of disk")


def in_words(error: Exception) -> VincleError:
    """One clear sentence for an error of `STORAGE_ERRORS`."""
    said = str(error)
    kept = "what entered stays entered, and nothing enters twice."
    if getattr(error, "errno", None) == errno.ENOSPC or any(words in said.lower() for words in _FULL):
        return NotReady("The disk is full.", f"Free some space and run the import again: {kept}")
    if "locked" in said.lower():
        return NotReady("The database is busy with other work.", f"Run the import again in a moment: {kept}")
    return NotReady(f"The database stopped the import ({said.splitlines()[0]}).", f"Run it again: {kept}")
