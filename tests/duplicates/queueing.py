"""A queue to decide in: people of a shop who may be here twice, and the pairs as a search would keep them."""

from typing import Any

from flow.append.cases import bought, person_of, say
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.duplicates.likeness import agreement
from vincle.apps.duplicates.models import Candidate
from vincle.flow.models import Identity
from vincle.kernel import clock

BY = {"actor": COMMAND_LINE}
NAMES = {
    "a": {"name": "Mercè Roca", "town": "Girona", "birthday": "1971-02-03"},
    "b": {"name": "Merce Roca Puig", "town": "Salt", "birthday": "1971-02-03"},
    "c": {"name": "Joan Vila", "town": "Olot"},
    "d": {"name": "Joan Vila", "town": "Olot"},
    "e": {"name": "Laia Soler"},
}

ALIKE: list[list[Any]] = [
    ["before comparing", "how rare it is that two rows are one person", -12.0, -12.0],
    ["given name", "the same", 6.5, 6.5],
    ["family name", "nearly the same", 7.3, 7.3],
    ["birth date", "the same", 11.0, 11.0],
    ["e-mail", "nothing to compare", 0.0, 0.0],
    ["town", "differs", -2.5, -2.5],
    ["household", "people who live together look alike too", -0.5, -0.5],
]


def people(**more: dict[str, str]) -> None:
    """Five customers, a to e, and others by name."""
    known = NAMES | more
    say(*(bought(who, number, observations=observations) for number, (who, observations) in enumerate(known.items())))


def numbers(*whose: str) -> list[int]:
    """The identities of customers."""
    return [Identity.objects.get(value=who).pk for who in whose]


def pair(one: str, other: str, probability: float = 0.95, reasons: list[list[Any]] | None = None) -> Candidate:
    """A pair of customers as a search keeps it."""
    first, second = sorted(numbers(one, other))
    told = ALIKE if reasons is None else reasons
    return Candidate.objects.create(
        first_id=first,
        second_id=second,
        probability=probability,
        agrees=agreement(what for what, level, *_ in told if level == "the same"),
        reasons=told,
        found_at=clock.now(),
        seen_in=1,
    )


def together(one: str, other: str) -> bool:
    """Whether two customers are one person."""
    return person_of(one) == person_of(other)
