"""How much: what an event's properties say of revenue, exactly."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from vincle.kernel.money import to_scaled

_CURRENCY = re.compile(r"[A-Z]{3}")
# The first of these that is a number; `value` and `price` are about other things too often.
_AMOUNTS = ("revenue", "total")


def amount_of(properties: Mapping[str, Any], default_currency: str) -> tuple[int | None, str | None]:
    """Ten-thousandths and their currency (ISO 4217), or nothing twice when there is no sum of money to be read."""
    if _AMOUNTS[0] not in properties and _AMOUNTS[1] not in properties:
        return None, None
    scaled = next((found for name in _AMOUNTS if (found := scaled_of(properties.get(name))) is not None), None)
    if scaled is None:
        return None, None
    currency = properties.get("currency")
    named = currency.strip().upper() if isinstance(currency, str) else ""
    return scaled, named if _CURRENCY.fullmatch(named) else default_currency


def scaled_of(value: Any) -> int | None:
    """A number, or a text that is one, as ten-thousandths; None for anything else."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float | str)
        or (isinstance(value, str) and len(value) > 40)
    ):
        return None
    try:
        return to_scaled(Decimal(str(value).strip()))
    except (InvalidOperation, OverflowError, ValueError):
        return None
