"""Which of what was said of people counts, as the golden record shows it, and for whom."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from vincle.apps.fields.facade import sensitive_names
from vincle.apps.people.queries.visible import looks
from vincle.flow.models import Observation

ORDER = ("-pinned", "-observed_at", "-pk")  # the first of those in force is the one that is shown


def in_force(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    """Those of `rows` that count: not what a colleague pinned and took back, which is said by an empty value."""
    taken_back = Observation.objects.filter(
        Q(observed_at__gt=OuterRef("observed_at")) | Q(observed_at=OuterRef("observed_at"), pk__gt=OuterRef("pk")),
        identity_id=OuterRef("identity_id"),
        name=OuterRef("name"),
        pinned=True,
        value="",
    )
    return rows.exclude(pinned=True, value="").exclude(Q(pinned=True) & Exists(taken_back))


def unseen_names() -> frozenset[str]:
    """The names of what only some may see, when whoever looks is not one of them."""
    return frozenset() if looks().sensitive else sensitive_names()
