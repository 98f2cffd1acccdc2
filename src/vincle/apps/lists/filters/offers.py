"""What a filter can speak of: attributes, kinds, namespaces, channels, types of things, fixed lists. All bounded."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection

from vincle.apps.lists.models import FixedList, Gathering
from vincle.apps.people.facade import namespaces, unseen_names
from vincle.flow.models import Kind, Touchpoint

SEVERAL = 200
VALUES = 50

# From one name to the next through the index: a few steps, however many observations there are.
_NAMES = """
WITH RECURSIVE known(word) AS (
    SELECT min(name) FROM flow_observation WHERE id > 0
    UNION ALL
    SELECT (SELECT min(t.name) FROM flow_observation t WHERE t.id > 0 AND t.name > known.word)
    FROM known WHERE known.word IS NOT NULL
)
SELECT word FROM known WHERE word IS NOT NULL LIMIT %s
"""
_TYPES = """
WITH RECURSIVE known(source_id, word) AS (
    SELECT s.id, (SELECT min(t.type) FROM flow_thing t WHERE t.source_id = s.id) FROM flow_source s
    UNION ALL
    SELECT k.source_id, (SELECT min(t.type) FROM flow_thing t WHERE t.source_id = k.source_id AND t.type > k.word)
    FROM known k WHERE k.word IS NOT NULL
)
SELECT DISTINCT word FROM known WHERE word IS NOT NULL ORDER BY word LIMIT %s
"""
_START = "substr(value, 1, 100)"
_VALUES = f"""
WITH RECURSIVE known(word) AS (
    SELECT min({_START}) FROM flow_observation WHERE id > 0 AND name = %s
    UNION ALL
    SELECT (SELECT min({_START}) FROM flow_observation WHERE id > 0 AND name = %s AND {_START} > known.word)
    FROM known WHERE known.word IS NOT NULL
)
SELECT word FROM known WHERE word IS NOT NULL LIMIT %s
"""


def attribute_names() -> list[str]:
    """Every attribute that anybody has, and whoever looks may see, by name."""
    unseen = unseen_names()
    return [name for name in _column(_NAMES, [SEVERAL]) if name not in unseen]


def values_of(attribute: str) -> list[str]:
    """Values that an attribute has had; none when there are more than `VALUES`, which nobody chooses from a list."""
    found = _column(_VALUES, [attribute, attribute, VALUES + 1])
    return found if len(found) <= VALUES else []


def namespace_names() -> list[str]:
    """Every namespace in use."""
    return namespaces()


def kinds() -> list[Kind]:
    """The catalogue's kinds, by name."""
    return list(Kind.objects.all()[:1_000])


def kind_names() -> list[str]:
    """The names of the catalogue's kinds."""
    return list(Kind.objects.values_list("name", flat=True)[:1_000])


def places() -> list[tuple[str, str]]:
    """Where things happen: a channel with each of its places."""
    return list(Touchpoint.objects.values_list("channel", "place")[:1_000])


def thing_types() -> list[str]:
    """What interactions are about: product, order, course."""
    return _column(_TYPES, [SEVERAL])


def list_names() -> dict[UUID, str]:
    """The fixed lists, by their addresses."""
    return dict(FixedList.objects.filter(removed_at=None).order_by("name").values_list("uid", "name")[:SEVERAL])


def gatherings(uids: Collection[UUID]) -> dict[UUID, Gathering]:
    """Those of these people behind figures that are still kept, by their addresses."""
    return {each.uid: each for each in Gathering.objects.filter(uid__in=uids)}


def _column(sql: str, values: list[Any]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
