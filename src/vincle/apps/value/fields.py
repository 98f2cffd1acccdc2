"""Column types of the room."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db import models

PLACES = 12  # as the engine's rates have (`engine.value.rates.RATES`)


class RateField(models.BigIntegerField):  # type: ignore[type-arg]
    """An exact `Decimal` of twelve places, below nine millions, kept as a whole number of its last place on both
    databases: SQLite has no decimals.
    """

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else int(Decimal(value).scaleb(PLACES).to_integral_value(ROUND_HALF_EVEN))

    def from_db_value(self, value: int | None, *_: Any) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-PLACES)

    def to_python(self, value: Any) -> Decimal | None:
        return None if value is None else Decimal(value)
