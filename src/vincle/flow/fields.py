"""Column types of the log: as small as the database allows, the same Python values on both databases.

Ten million interactions make every byte of a column ten megabytes, twice when it is indexed: so on SQLite an
instant is an integer and a UUID sixteen bytes, where Django's own fields would store 26 and 32 letters.
"""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from vincle.kernel.clock import from_micros, to_micros
from vincle.kernel.money import from_scaled, to_scaled


class InstantField(models.DateTimeField):  # type: ignore[type-arg]
    """An aware datetime to the microsecond: `timestamptz` on PostgreSQL, microseconds since 1970 on SQLite."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else "timestamp with time zone"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        value = value if prepared else self.get_prep_value(value)
        if connection.vendor == "sqlite" and isinstance(value, dt.datetime):
            return to_micros(value)
        return super().get_db_prep_value(value, connection, prepared=True)

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Any]:
        # Django's own converter for SQLite parses text; ours reads the integer.
        if connection.vendor == "sqlite":
            return [_instant_from_micros]
        return super().get_db_converters(connection)

    def get_internal_type(self) -> str:
        # A name no backend has converters for: theirs would parse the integer as text, or make PostgreSQL's MAX an int.
        return "InstantField"


class UidField(models.UUIDField):  # type: ignore[type-arg]
    """A UUID: `uuid` on PostgreSQL, sixteen bytes on SQLite."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "blob" if connection.vendor == "sqlite" else "uuid"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if connection.vendor != "sqlite":
            return super().get_db_prep_value(value, connection, prepared)
        value = self.to_python(value)
        return value.bytes if isinstance(value, UUID) else value

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Any]:
        if connection.vendor == "sqlite":
            return [_uid_from_bytes]
        return super().get_db_converters(connection)

    def get_internal_type(self) -> str:
        return "BinaryField"


class MoneyField(models.BigIntegerField):  # type: ignore[type-arg]
    """An exact `Decimal` kept as ten-thousandths (see `vincle.kernel.money`); sums stay exact."""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else to_scaled(Decimal(value))

    def from_db_value(self, value: int | None, *_: Any) -> Decimal | None:
        return None if value is None else from_scaled(int(value))

    def to_python(self, value: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


def _instant_from_micros(value: int | None, *_: Any) -> dt.datetime | None:
    return None if value is None else from_micros(value)


def _uid_from_bytes(value: bytes | None, *_: Any) -> UUID | None:
    return None if value is None else UUID(bytes=bytes(value))
