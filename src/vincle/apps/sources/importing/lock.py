"""One run of an import at a time, on whichever machine: the database holds the lock for as long as the run lives."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from vincle.apps.sources.models import Import
from vincle.kernel.errors import Refused
from vincle.kernel.home import Home

_LOCKS = 7_046_100


@contextmanager
def only_run(this: Import) -> Iterator[None]:
    """Hold the import; raises `Refused` when somebody else is running it. Death of the process lets go."""
    refused = Refused("This import is running already.", "Its progress is on the imports page.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, this.pk])
            if not cursor.fetchone()[0]:
                raise refused
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, this.pk])
        return
    folder = Home.at().staging
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"import-{this.pk}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise refused from None
        yield


def is_held(this: Import) -> bool:
    """Whether somebody is running the import at this moment."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s "
                "AND objid = %s AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
                [_LOCKS, this.pk],
            )
            return bool(cursor.fetchone()[0])
    try:
        with only_run(this):
            return False
    except Refused:
        return True
