"""Reasons for which somebody stays although they have not been seen for long; rooms say theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models.expressions import RawSQL

from vincle.web.permissions import Words


@dataclass(frozen=True, slots=True)
class Sparing:
    """Why people stay (`words`), and the numbers of these people, as a subquery; `whole`: with all that happened."""

    name: str
    words: Words
    numbers: Callable[[], RawSQL]
    whole: bool = False


_sparings: dict[str, Sparing] = {}


def spare(sparing: Sparing) -> None:
    """Let no rule erase these people; call it from the room's `AppConfig.ready`."""
    _sparings[sparing.name] = sparing


def sparings() -> list[Sparing]:
    """Every reason to stay."""
    return list(_sparings.values())
