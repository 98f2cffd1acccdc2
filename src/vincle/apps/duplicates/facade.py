"""What other rooms, and the command line, may call."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from vincle.apps.accounts.facade import Actor
from vincle.apps.duplicates.actions import accept, look_at_once, reject
from vincle.apps.duplicates.models import Candidate
from vincle.apps.duplicates.queries.decisions import read_reasons
from vincle.apps.duplicates.queries.queue import candidate_by_number, people_of, waiting
from vincle.flow.models import Person
from vincle.kernel import clock

__all__ = [
    "accept",
    "candidate_by_number",
    "list_waiting",
    "look_now",
    "people_of",
    "reject",
]

MOST_LISTED = 1_000


def look_now(*, actor: Actor, clock: Callable[[], datetime]) -> dict[str, Any]:
    """Look for pairs and wait until it is done: `compared`, `found`, `new`, `note` (why nothing was found)."""
    this = look_at_once(actor=actor, clock=clock)
    return {name: getattr(this, name) for name in ("compared", "found", "new", "note")}


def list_waiting(*, threshold: float = 0.0, limit: int = 50) -> list[dict[str, Any]]:
    """The pairs that wait, the most probable first, as plain values: `number`, `people` (uid and name), `probability`,
    `reasons` (what, level, bits).
    """
    rows = waiting(now=clock.now()).filter(probability__gte=threshold).select_related("first", "second")
    pairs = list(rows.order_by("-probability", "-pk")[: min(limit, MOST_LISTED)])
    there = Person.objects.in_bulk({end.person_id for pair in pairs for end in (pair.first, pair.second)})
    return [_told(pair, there) for pair in pairs]


def _told(pair: Candidate, there: dict[int, Person]) -> dict[str, Any]:
    both = sorted((pair.first.person_id, pair.second.person_id))
    return {
        "number": pair.pk,
        "people": [{"uid": str(there[each].uid), "name": there[each].name} for each in both if each in there],
        "probability": round(pair.probability, 6),
        "reasons": [[reason.what, reason.level, reason.bits] for reason in read_reasons(pair.reasons)],
    }
