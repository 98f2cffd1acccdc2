"""What people are worth, written down by hand for the tests of what is made of it."""

from datetime import date
from typing import Any

from people.telling import NOW, person
from vincle.apps.value.models import Worth
from vincle.apps.value.queries import NAME
from vincle.apps.value.terms import house_terms
from vincle.flow.models import Reading


def worth(who: str, **said: Any) -> Worth:
    """A row of the customer `who` of the shop; what is not said is nothing, or not known."""
    usual = {"first_on": date(2026, 1, 1), "last_on": date(2026, 6, 1), "days": 2, "money": 0, "present": 0}
    return Worth.objects.create(identity_id=person(who).pk, **usual | said)


def valued(as_of: date = date(2026, 7, 1), *, people: int = 100, **more: Any) -> None:
    """That everybody was valued, on the last day of the log; `more` are parts of what was said of everybody."""
    said = {"as_of": as_of.isoformat(), "people": people, "worth": {"at": 1.0, "low": 1.0, "high": 1.0}, "why": {}}
    standing = more.pop("standing", {})
    payload = {"valued": said | more, "currency": "EUR", "digest": house_terms().digest, "standing": standing}
    made = {"payload": payload, "mirror_version": 1, "computed_at": NOW}
    Reading.objects.update_or_create(name=NAME, defaults=made)
