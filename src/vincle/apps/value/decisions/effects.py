"""What an option was found to change, where somebody measured it: rooms and investments say so here."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """The share that an option was found to change, with the ends of its 95 % interval; `words` name what measured it,
    `url` is its page, `randomised` whether a lot decided who got it.
    """

    low: float
    likely: float
    high: float
    words: str
    url: str = ""
    randomised: bool = False


_tellers: list[Callable[[str], Measured | None]] = []


def tell_effects(teller: Callable[[str], Measured | None]) -> None:
    """Have `teller` asked what an option was found to change, by its kind; call it from `AppConfig.ready`."""
    if teller not in _tellers:
        _tellers.append(teller)


def effect_of(kind: str) -> Measured | None:
    """What the first who knows says of an option; None where nobody measured it, and it is assumed."""
    return next((found for teller in _tellers if (found := teller(kind)) is not None), None)
