"""The sums of identities counted again from the log itself."""

from django.db import connection

from vincle.kernel.house import house

_RECOUNT = """
UPDATE flow_identity SET
    interactions = coalesce(s.interactions, 0), amount = coalesce(s.amount, 0),
    first_at = s.first_at, last_at = s.last_at
FROM (
    SELECT w.id, count(i.id) AS interactions, min(i.occurred_at) AS first_at, max(i.occurred_at) AS last_at,
           sum(CASE WHEN i.currency = %s THEN i.amount END) AS amount
    FROM flow_identity w LEFT JOIN flow_interaction i ON i.identity_id = w.id
    WHERE w.id IN ({identities}) GROUP BY w.id
) s WHERE flow_identity.id = s.id
"""


def recount(identities: str) -> None:
    """Count again the identities of the subquery `identities`, through the timeline index."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT.format(identities=identities), [house().currency])
