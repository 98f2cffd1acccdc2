"""What the log needs to know of the organisation; the accounts room, which keeps it, tells us how to ask."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class House:
    """The organisation's ways: ISO 4217 currency, IANA time zone, ISO 3166 country, dmy or mdy."""

    currency: str = "EUR"
    timezone: str = "UTC"
    country: str = "ES"
    date_order: str = ""  # empty: ask when a date can be read two ways


_ask: Callable[[], House] = House


def told_by(provider: Callable[[], House]) -> None:
    """Register who knows; called once, when the room that keeps the settings is ready."""
    global _ask  # noqa: PLW0603 - one provider for the process, set at start-up
    _ask = provider


def house() -> House:
    """The organisation's ways as they are now."""
    return _ask()
