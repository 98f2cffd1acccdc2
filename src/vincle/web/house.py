"""What the shell needs to know about the organisation; the accounts room provides it."""

from collections.abc import Callable
from typing import Protocol


class House(Protocol):
    """The organisation's name and the conventions its pages follow."""

    @property
    def name(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def timezone(self) -> str: ...


_provider: list[Callable[[], House]] = []


def provided_by(provider: Callable[[], House]) -> None:
    """Register who knows the organisation (once, when the application starts)."""
    _provider[:] = [provider]


def house() -> House:
    """The organisation as it is now."""
    return _provider[0]()
