"""What people are worth, as the room that values them says: lists know its columns, and nothing of how they come about.

A row is kept under the number a person had when it was worked out. Of those who became one person since, the highest of
each figure counts until it is worked out anew.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vincle.flow.models import Identity
from vincle.web.templatetags.vincle import percent

# By what filters and columns call them: the field of a row. Sums are in the organisation's currency, after costs.
FIELDS = {"worth": "worth", "present": "present", "alive": "alive", "expected": "expected", "paid": "last_on"}
SHARES = {"alive"}
SUMS = {"worth", "present"}
ALMOST = 0.99

_told: list[Callable[[], QuerySet[Any]]] = []


def tell_worths(rows: Callable[[], QuerySet[Any]]) -> None:
    """Say which rows hold what people are worth: with `identity_id` and the fields of `FIELDS`, null where nothing can
    be told; call it from the room's `AppConfig.ready`.
    """
    _told[:] = [rows]


def worths() -> QuerySet[Any]:
    """These rows; raises `LookupError` where no room values people."""
    if not _told:
        raise LookupError("no room says what people are worth")
    return _told[0]()


def worths_of(people: Sequence[int], of: str) -> dict[int, Any]:
    """For each of these people, by number, one figure; who has none is left out."""
    theirs = Identity.objects.filter(person_id__in=people)
    belonging = dict(theirs.values_list("pk", "person_id"))
    rows = worths().filter(identity_id__in=theirs.values("pk")).exclude(**{FIELDS[of]: None})
    found: dict[int, Any] = {}
    for identity, value in rows.values_list("identity_id", FIELDS[of]):
        person = belonging[identity]
        found[person] = max(value, found.get(person, value))
    return found


def chance_words(share: float) -> str:
    """A probability as it is shown: what is nearly sure is not called certain."""
    if share > ALMOST:
        return _("over %(share)s") % {"share": percent(ALMOST)}
    return _("below %(share)s") % {"share": percent(1 - ALMOST)} if share < 1 - ALMOST else percent(share)
