"""A question to the database takes so long and no longer; then somebody is told how to ask for less."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from vincle.kernel.errors import BadInput

SECONDS = 20.0
_STEPS = 100_000  # of SQLite's machine between two looks at the clock: some milliseconds


@contextmanager
def within(seconds: float = SECONDS) -> Iterator[None]:
    """Whatever is asked in here is given up after `seconds`, and `BadInput` says so. Read everything inside."""
    deadline = time.monotonic() + seconds
    try:
        if connection.vendor == "sqlite":
            with _watched(deadline):
                yield
        else:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(int(seconds * 1000))])
                yield
    except OperationalError as error:
        if time.monotonic() < deadline:
            raise
        raise BadInput(
            _("Looking through everything takes longer than %(seconds)d seconds.") % {"seconds": seconds},
            _("Ask for a shorter period, or add a condition that fewer people meet."),
        ) from error


@contextmanager
def _watched(deadline: float) -> Iterator[None]:
    connection.ensure_connection()
    plain = connection.connection
    plain.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    try:
        yield
    finally:
        plain.set_progress_handler(None, 0)
