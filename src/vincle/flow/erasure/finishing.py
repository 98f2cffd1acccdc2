"""What follows an erasure outside its transaction: mirror, room left in the database, the look at the bytes.

All of it may be done again, by `vincle erase` or by background work, until it is done.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import DatabaseError, connection

from vincle.engine.published import read_current
from vincle.flow import mirror
from vincle.flow.erasure.verifying import Look, look
from vincle.kernel.errors import NotReady, VincleError
from vincle.kernel.home import Home

MIRROR_SECONDS = 1_800
TOUCHED = (
    "flow_interaction",
    "flow_interactionthing",
    "flow_thing",
    "flow_observation",
    "flow_sameperson",
    "flow_identitymove",
    "flow_identity",
    "flow_person",
    "flow_quarantined",
)


@dataclass(frozen=True, slots=True)
class Remains:
    """What is still somewhere: a word for it (`what`), where, and why."""

    what: str
    where: tuple[str, ...]
    why: str


@dataclass(slots=True)
class Finished:
    """`done`: everything that can be done has been; `verified`: and nothing was found on the bytes."""

    done: bool = True
    verified: bool = False
    look: Look = field(default_factory=Look)
    remains: list[Remains] = field(default_factory=list)

    def lack(self, what: str, why: str, *where: str) -> None:
        """Note something that is to be done yet."""
        self.done = False
        self.remains.append(Remains(what, where, why))


def finish(
    home: Home,
    *,
    identities: Collection[tuple[str, str]] | None,
    numbers: Collection[int],
    tables: Collection[str] = (),
) -> Finished:
    """Follow an erasure to its end. `tables` are those of rooms that were touched beside the log's.

    `identities` is None when nobody remembers the values any more: then the whole SQLite file is written anew instead
    of being searched for them.
    """
    finished = Finished()
    _follow_with_mirror(home, finished)
    _give_up_room(finished, [*TOUCHED, *tables])
    try:
        finished.look = look(home, identities=identities or (), numbers=numbers)
        if connection.vendor == "sqlite" and (identities is None or finished.look.database):
            _write_anew(finished)
            finished.look = look(home, identities=identities or (), numbers=numbers)
    except VincleError as error:
        finished.lack("unsearched", str(error))
    _say_what_remains(home, finished, known=identities is not None)
    finished.verified = finished.done and finished.look.clean and identities is not None
    return finished


def _follow_with_mirror(home: Home, finished: Finished) -> None:
    try:
        if read_current(home.mirror) is None and not any(home.mirror.glob("g*")):
            return
        mirror.refresh(home, timeout=MIRROR_SECONDS)
    except NotReady as error:
        finished.lack("mirror", f"{error} It follows when it is copied again.")
    except VincleError as error:
        finished.lack("mirror", str(error))


def _give_up_room(finished: Finished, tables: Collection[str]) -> None:
    """What was deleted must not stay in room that is free to be used."""
    if connection.vendor == "sqlite":
        _empty_the_log(finished)
        return
    if connection.in_atomic_block:
        finished.lack("vacuum", "VACUUM cannot run inside a transaction.", *tables)
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {', '.join(tables)}")
    except DatabaseError as error:
        finished.lack("vacuum", f"VACUUM could not run: {_first_line(error)}", *tables)


def _empty_the_log(finished: Finished) -> None:
    if connection.in_atomic_block:
        finished.lack("wal", "The write-ahead log cannot be emptied inside a transaction.")
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()[0]
    except DatabaseError as error:
        finished.lack("wal", f"The write-ahead log could not be emptied: {_first_line(error)}")
        return
    if busy:
        finished.lack("wal", "The write-ahead log could not be emptied, because others were reading.")


def _write_anew(finished: Finished) -> None:
    if connection.in_atomic_block:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
    except DatabaseError as error:
        finished.lack("vacuum", f"The database file could not be written anew: {_first_line(error)}")
        return
    _empty_the_log(finished)


def _say_what_remains(home: Home, finished: Finished, *, known: bool) -> None:
    seen = finished.look
    if seen.database:
        finished.lack("database", "Bytes of theirs are left in the database file.", *seen.database)
    if seen.mirror:
        finished.lack("mirror", "Rows of theirs are left in files of the mirror.", *seen.mirror)
    say = finished.remains.append
    if seen.files:
        say(Remains("files", tuple(seen.files), "Files here that have not been brought in name them."))
    if seen.mentions:
        say(Remains("mentions", tuple(seen.mentions), "What is kept of others names them."))
    if not known:
        why = "The search of the bytes: it was cut short, and what they were called is known no more."
        say(Remains("unsearched", (), why))
    if seen.too_short:
        say(Remains("too_short", (), f"{seen.too_short} of their identities are too short to be searched for."))
    if connection.vendor == "postgresql":
        why = "PostgreSQL overwrites its own log of changes, and the room inside its pages, in its own time."
        say(Remains("server", (), why))
    backups = tuple(sorted(path.name for path in home.backups.glob("*") if path.is_file()))
    if backups:
        say(Remains("backups", backups, "Backups made before hold them still; after restoring one, erase them again."))


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
