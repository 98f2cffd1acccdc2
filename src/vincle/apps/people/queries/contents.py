"""What is known of many people at once, as it shows on their pages."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from vincle.apps.people.queries.criteria import everybody
from vincle.apps.people.queries.golden import ORDER, in_force, unseen_names
from vincle.flow.models import Identity, Observation, Person

_CONTACTS = ("email", "phone")
_MOST = 500  # contact points, and observations, for each person asked about


def contact_points(people: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Of each person the e-mails and telephones (namespace, value), the one known first before the others."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Identity.objects.filter(person_id__in=people, namespace__in=_CONTACTS).order_by("id")
    for person, namespace, value in rows.values_list("person_id", "namespace", "value")[: _MOST * len(people)]:
        found[person].append((namespace, value))
    return found


def reachable_people(most: int) -> list[Person]:
    """Those seen last of the people who have an e-mail or a telephone."""
    contact = Identity.objects.filter(person_id=OuterRef("pk"), namespace__in=_CONTACTS)
    return list(everybody().filter(Exists(contact)).order_by("-last_at", "-pk")[:most])


def shown_values(people: Sequence[int]) -> dict[int, dict[str, str]]:
    """Of each person every attribute that is known: pinned by a colleague, else what was said last."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Observation.objects.filter(identity__person_id__in=people).exclude(name__in=unseen_names())
    said = in_force(rows).order_by(*ORDER)
    for person, name, value in said.values_list("identity__person_id", "name", "value")[: _MOST * len(people)]:
        found[person].setdefault(name, value)
    return found
