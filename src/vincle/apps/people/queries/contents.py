"""What is known of many people at once, as it shows on their pages."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from vincle.apps.people.queries.contacts import CONTACTS, Kind, marks_among
from vincle.apps.people.queries.criteria import everybody
from vincle.apps.people.queries.golden import ORDER, in_force, unseen_names
from vincle.flow.models import Identity, Observation, Person

_MOST = 500  # contact points, and observations, for each person asked about


def contact_points(people: Sequence[int]) -> dict[int, list[tuple[Identity, bool]]]:
    """Of each person the e-mails and telephones, and whether it is the preferred one: that first, then the one known
    before the others."""
    found: dict[int, list[tuple[Identity, bool]]] = defaultdict(list)
    theirs = Identity.objects.filter(person_id__in=people, namespace__in=CONTACTS)
    rows = list(theirs.order_by("id")[: _MOST * len(people)])
    marks = marks_among(rows)
    for identity in sorted(rows, key=lambda each: Kind.PREFERRED not in marks.get(each.pk, ())):
        found[identity.person_id].append((identity, Kind.PREFERRED in marks.get(identity.pk, ())))
    return found


def reachable_people(most: int) -> list[Person]:
    """Those seen last of the people who have an e-mail or a telephone."""
    contact = Identity.objects.filter(person_id=OuterRef("pk"), namespace__in=CONTACTS)
    return list(everybody().filter(Exists(contact)).order_by("-last_at", "-pk")[:most])


def shown_values(people: Sequence[int]) -> dict[int, dict[str, str]]:
    """Of each person every attribute that is known: pinned by a colleague, else what was said last."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Observation.objects.filter(identity__person_id__in=people).exclude(name__in=unseen_names())
    said = in_force(rows).order_by(*ORDER)
    for person, name, value in said.values_list("identity__person_id", "name", "value")[: _MOST * len(people)]:
        found[person].setdefault(name, value)
    return found
