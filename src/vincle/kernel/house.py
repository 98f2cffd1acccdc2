"""The organisation's ways, which every layer may ask for; the room that keeps them says how to ask."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class House:
    """The organisation's name and conventions: ISO 639, 3166 and 4217 codes, an IANA time zone, dmy, mdy or empty."""

    name: str = "Vincle"
    language: str = "en"
    country: str = "ES"
    currency: str = "EUR"
    timezone: str = "Europe/Madrid"
    date_order: str = ""  # empty: ask when a date can be read two ways


_ask: Callable[[], House] = House
_remembered: ContextVar[House | None] = ContextVar("house", default=None)


def told_by(provider: Callable[[], House]) -> None:
    """Register who knows; called once, when the room that keeps the settings is ready."""
    global _ask  # noqa: PLW0603 - one provider for the process, set at start-up
    _ask = provider


def house() -> House:
    """The organisation as it is now; inside `remembered`, as it was when that began."""
    return _remembered.get() or _ask()


@contextmanager
def remembered() -> Iterator[House]:
    """Ask once for as long as this lasts, as a request does."""
    token = _remembered.set(_ask())
    try:
        yield house()
    finally:
        _remembered.reset(token)
