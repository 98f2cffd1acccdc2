"""A database with the log's tables, filled by plain SQL: the mirror must not care who wrote what it copies."""

import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from vincle.kernel.clock import to_micros
from vincle.kernel.home import Home
from vincle.kernel.ids import uuid7

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)

_MIGRATE = """
import sys
import django
from django.conf import settings
from django.core.management import call_command
from vincle.site.database import database_settings
settings.configure(
    USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.contenttypes", "vincle.flow"],
    DATABASES={"default": database_settings(sys.argv[1])},
)
django.setup()
call_command("migrate", verbosity=0)

# The one table of a room that the mirror reads.
from importlib import import_module
from django.db import connection
from django.db.migrations.state import ProjectState
(made,) = import_module("vincle.apps.people.migrations.0003_marks").Migration.operations
state = ProjectState()
made.state_forwards("people", state)
with connection.schema_editor() as editor:
    made.database_forwards("people", editor, ProjectState(), state)
"""


def migrate(url: str) -> None:
    """Make the log's tables, in a process of their own: this one's Django speaks to another database."""
    subprocess.run([sys.executable, "-c", _MIGRATE, url], check=True, env=os.environ, timeout=120)


@dataclass
class Operational:
    """One database and the home whose mirror is tested. Rows go in by name and get the next number."""

    home: Home
    url: str
    _connection: Any = field(default=None, repr=False)

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def connect(self, *, autocommit: bool = True) -> Any:
        """A connection of one's own."""
        if self.is_sqlite:
            path = self.url.removeprefix("sqlite:///")
            connection = sqlite3.connect(path, isolation_level=None if autocommit else "IMMEDIATE")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            return connection
        return psycopg.connect(self.url, autocommit=autocommit)

    @property
    def connection(self) -> Any:
        if self._connection is None:
            self._connection = self.connect()
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def insert(self, table: str, *, on: Any = None, **values: Any) -> int:
        """One row into flow_`table`; returns its id where it has one."""
        mark = "?" if self.is_sqlite else "%s"
        names = ", ".join(values)
        sql = f"INSERT INTO flow_{table} ({names}) VALUES ({', '.join([mark] * len(values))})"
        connection = on or self.connection
        rows = [self._adapted(value) for value in values.values()]
        if table == "interactionthing":
            connection.execute(sql, rows)
            return 0
        return int(connection.execute(f"{sql} RETURNING id", rows).fetchone()[0])

    def _adapted(self, value: Any) -> Any:
        if self.is_sqlite and isinstance(value, datetime):
            return to_micros(value)
        if self.is_sqlite and isinstance(value, UUID):
            return value.bytes
        return value

    def dictionaries(self) -> None:
        """One source, two kinds, two touchpoints, one colleague."""
        self.insert("source", name="shop", label="Shop", created_at=NOON)
        for name in ("order.placed", "survey.answered"):
            self.insert(
                "kind", name=name, labels="{}", icon="point", tone="plain", carries_money=False,
                carries_score=False, carries_text=False, builtin=False,
            )  # fmt: skip
        self.insert("touchpoint", channel="counter", place="Gràcia")
        self.insert("touchpoint", channel="web", place="")
        self.insert("colleague", name="Núria")

    def identity(self, value: str, *, on: Any = None, row: bool = True) -> int:
        """Somebody the shop knows: a person of their own, with a row in the table of people unless told not."""
        connection = on or self.connection
        number = self.insert("identity", on=on, namespace="email", value=value, person_id=0, interactions=0, amount=0)
        connection.execute(f"UPDATE flow_identity SET person_id = id WHERE id = {number}")
        if row:
            self.person(number, value, on=on)
        return number

    def person(self, number: int, name: str, *, on: Any = None) -> UUID:
        """The row of a person; returns its uid."""
        uid = uuid7()
        self.insert("person", on=on, id=number, uid=uid, name=name, name_key=name, interactions=0, amount=0)
        return uid

    def interaction(self, identity: int, message: str, *, on: Any = None, **values: Any) -> int:
        """Something that happened with somebody; every column has a plain value unless given."""
        row = {
            "uid": uuid7(), "source_id": 1, "message_id": message, "occurred_at": NOON, "recorded_at": NOON,
            "kind_id": 1, "touchpoint_id": None, "identity_id": identity, "staff_id": None, "amount": None,
            "currency": None, "score": None, "text": None, "properties": None, "batch_id": None,
        } | values  # fmt: skip
        return self.insert("interaction", on=on, **row)

    def about(self, interaction: int, thing: int, *, qualifier: str = "", on: Any = None, **values: Any) -> None:
        """That an interaction was about a thing."""
        row = {"interaction_id": interaction, "thing_id": thing, "qualifier": qualifier}
        self.insert("interactionthing", on=on, **row, **values)

    def thing(self, key: str, **values: Any) -> int:
        return self.insert("thing", source_id=1, type="product", key=key, **({"label": ""} | values))

    def observation(self, identity: int, name: str, value: str, **values: Any) -> int:
        row = {"observed_at": NOON, "pinned": False, "batch_id": None} | values
        return self.insert("observation", identity_id=identity, name=name, value=value, source_id=1, **row)

    def move(self, identity: int, person: int, *, on: Any = None) -> None:
        """That an identity now belongs to another person."""
        (on or self.connection).execute(f"UPDATE flow_identity SET person_id = {person} WHERE id = {identity}")
        self.insert("identitymove", on=on, identity_id=identity, person_id=person)

    def restrict(self, identity: int) -> None:
        """Have the processing of whoever has an identity be restricted."""
        at = "0" if self.is_sqlite else "now()"
        self.connection.execute(
            "INSERT INTO people_personmark (kind, identity_id, reason, set_at, set_by, lifted_by) "
            f"VALUES ('restricted', {identity}, '', {at}, 'Olga', '')"
        )

    def lift(self) -> None:
        """Lift every restriction."""
        self.connection.execute("UPDATE people_personmark SET lifted_at = set_at")

    def erase(
        self, *statements: str, batch: int | None = None, identity: int | None = None, interactions: str | None = None
    ) -> None:
        """Take rows out of the log through the gate, as the erasure action does."""
        connection = self.connect(autocommit=False)
        if self.is_sqlite:
            connection.execute("INSERT INTO flow_erasing (open) VALUES (1)")
        else:
            connection.execute("SET LOCAL vincle.erasing = 'on'")
        for statement in statements:
            connection.execute(statement)
        if self.is_sqlite:
            connection.execute("DELETE FROM flow_erasing")
        more = {"interactions": interactions} if interactions else {}
        self.insert("erasure", on=connection, batch_id=batch, identity_id=identity, recorded_at=NOON, **more)
        connection.commit()
        connection.close()

    def erase_batch(self, batch: int) -> None:
        self.erase(
            "DELETE FROM flow_interactionthing WHERE interaction_id IN "
            f"(SELECT id FROM flow_interaction WHERE batch_id = {batch})",
            f"DELETE FROM flow_interaction WHERE batch_id = {batch}",
            f"DELETE FROM flow_observation WHERE batch_id = {batch}",
            batch=batch,
        )

    def erase_interaction(self, interaction: int) -> None:
        self.erase(
            "DELETE FROM flow_thing WHERE id IN (SELECT thing_id FROM flow_interactionthing "
            f"WHERE interaction_id = {interaction}) AND id NOT IN (SELECT thing_id FROM flow_interactionthing "
            f"WHERE interaction_id <> {interaction})",
            f"DELETE FROM flow_interactionthing WHERE interaction_id = {interaction}",
            f"DELETE FROM flow_interaction WHERE id = {interaction}",
            interactions=f"[{interaction}]",
        )

    def erase_identity(self, identity: int) -> None:
        things = f"SELECT id FROM flow_interaction WHERE identity_id = {identity}"
        self.erase(
            "DELETE FROM flow_thing WHERE id IN (SELECT thing_id FROM flow_interactionthing "
            f"WHERE interaction_id IN ({things})) AND id NOT IN (SELECT thing_id FROM flow_interactionthing "
            f"WHERE interaction_id NOT IN ({things}))",
            f"DELETE FROM flow_interactionthing WHERE interaction_id IN ({things})",
            f"DELETE FROM flow_interaction WHERE identity_id = {identity}",
            f"DELETE FROM flow_observation WHERE identity_id = {identity}",
            f"DELETE FROM flow_identitymove WHERE identity_id = {identity}",
            f"DELETE FROM flow_identity WHERE id = {identity}",
            f"DELETE FROM flow_person WHERE id = {identity}",
            identity=identity,
        )


def copy_of(template: Path, folder: Path) -> str:
    """A copy of an SQLite file in `folder`; returns its address."""
    target = folder / "vincle.sqlite3"
    target.write_bytes(template.read_bytes())
    return f"sqlite:///{target}"
