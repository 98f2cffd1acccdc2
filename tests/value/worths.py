"""What people are worth, written down by hand for the tests of what is made of it."""

from datetime import date
from typing import Any

from people.telling import person
from vincle.apps.value.models import Worth


def worth(who: str, **said: Any) -> Worth:
    """A row of the customer `who` of the shop; what is not said is nothing, or not known."""
    usual = {"first_on": date(2026, 1, 1), "last_on": date(2026, 6, 1), "days": 2, "money": 0, "present": 0}
    return Worth.objects.create(identity_id=person(who).pk, **usual | said)
