"""The access log: who looked at a confidential person or a sensitive attribute, whom, and when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from vincle.apps.accounts.facade import Actor, entries_since, latest_entries, record
from vincle.flow.models import Person

LOOKED = "person.looked"
VISIT = timedelta(minutes=30)
SHOWN = 500


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked: when, who, and at which sensitive attributes, if any."""

    at: datetime
    by: str
    what: tuple[str, ...]


def note_looks_of_visit(looked: Iterable[tuple[int, str]], *, actor: Actor, now: datetime) -> None:
    """The same as `note_looks`, without those that `actor` has looked at before during the last `VISIT`."""
    new = set(looked)
    uids = {str(uid): number for number, uid in _uids(number for number, _what in new)}
    for entry in entries_since(now - VISIT, actor=actor, action=LOOKED, uids=list(uids)):
        new -= {(uids[entry.uid], what) for what in ["", *entry.details.get("what", [])]}
    note_looks(new, actor=actor, now=now)


def note_looks(looked: Iterable[tuple[int, str]], *, actor: Actor, now: datetime) -> None:
    """Write in the audit log who was looked at: numbers of people, and what of them (empty: their page)."""
    by_person: dict[int, set[str]] = defaultdict(set)
    for number, what in looked:
        by_person[number] |= {what} - {""}
    people = Person.objects.in_bulk(by_person)
    for number, named in sorted(by_person.items()):
        if number in people:
            record(
                actor=actor,
                now=now,
                action=LOOKED,
                object_type="person",
                object_uid=str(people[number].uid),
                summary=people[number].name,
                details={"what": sorted(named)} if named else None,
            )


def looks_at(uids: Iterable[str]) -> list[Look]:
    """Who looked at the person of these addresses, the latest first: `SHOWN` at most."""
    entries = latest_entries(action=LOOKED, uids=list(uids), most=SHOWN)
    return [Look(entry.at, entry.by, tuple(entry.details.get("what", ()))) for entry in entries]


def _uids(numbers: Iterable[int]) -> list[tuple[int, UUID]]:
    return list(Person.objects.filter(pk__in=set(numbers)).values_list("pk", "uid"))
