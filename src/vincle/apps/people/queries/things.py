"""What interactions were about: the lines of a basket, the course, the campaign; and what a person cares about."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F

from vincle.apps.people.queries.themes import is_visit, theme_of_thing, theme_of_visit
from vincle.apps.people.queries.timeline import newest
from vincle.flow.models import Interaction, InteractionThing
from vincle.kernel.money import from_scaled

NAMED = 3  # things of an interaction that are named on the timeline
LINES = 500  # of one basket
WINDOW = 500  # interactions from which interests are read
INTERESTS = 12

_ABOUT = """
SELECT n.interaction_id, n.is_line, n.total, t.label, t.key FROM (
    SELECT l.*, row_number() OVER (PARTITION BY interaction_id, is_line ORDER BY worth DESC, thing_id) AS place,
           count(*) OVER (PARTITION BY interaction_id, is_line) AS total
    FROM (SELECT interaction_id, thing_id, coalesce(amount, 0) AS worth,
                 CASE WHEN quantity IS NULL THEN 0 ELSE 1 END AS is_line
          FROM flow_interactionthing WHERE interaction_id IN ({holes})) l
) n JOIN flow_thing t ON t.id = n.thing_id
WHERE n.place <= %s ORDER BY n.interaction_id, n.is_line DESC, n.place
"""


@dataclass(frozen=True)
class About:
    """What one interaction was about: the first names, and how many things there were."""

    names: list[str]
    total: int
    has_lines: bool  # things of which one can have several, as in a basket

    @property
    def rest(self) -> int:
        """How many are not named."""
        return self.total - len(self.names)


@dataclass(frozen=True)
class Interest:
    """A theme, in how many interactions it came up, and for how much money (None: for none)."""

    theme: str
    interactions: int
    amount: Decimal | None


@dataclass(frozen=True)
class Interests:
    """Themes, the most frequent first, read from so many interactions."""

    themes: list[Interest]
    of: int


def about(interactions: Sequence[Interaction]) -> dict[int, About]:
    """What each of a screenful of interactions was about; the dearest lines of a basket are named first."""
    if not interactions:
        return {}
    holes = ", ".join(["%s"] * len(interactions))
    with connection.cursor() as cursor:
        cursor.execute(_ABOUT.format(holes=holes), [*(one.pk for one in interactions), NAMED])
        rows = cursor.fetchall()
    found: dict[int, About] = {}
    for interaction, is_line, total, label, key in rows:
        known = found.setdefault(interaction, About([], total, bool(is_line)))
        if known.has_lines == bool(is_line):  # with lines in the basket, the basket itself need not be named
            known.names.append(label or key)
    return found


def lines_of(interaction: Interaction) -> list[InteractionThing]:
    """Everything one interaction was about, the dearest first."""
    rows = InteractionThing.objects.filter(interaction_id=interaction.pk).select_related("thing")
    return list(
        rows.order_by(F("quantity").asc(nulls_last=True), F("amount").desc(nulls_last=True), "thing_id")[:LINES]
    )


def interests_of(identities: Sequence[int]) -> Interests:
    """What somebody cares about, read from their last `WINDOW` interactions: what they took, learned, visited,
    downloaded, asked for in a form."""
    if not identities:
        return Interests([], 0)
    latest, values = newest(identities, size=WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH themes AS ("
            f"SELECT l.interaction_id, l.amount, {theme_of_thing()} AS theme "
            f"FROM ({latest}) w JOIN flow_interactionthing l ON l.interaction_id = w.id "
            "JOIN flow_thing t ON t.id = l.thing_id "
            f"UNION ALL SELECT i.id, NULL, {theme_of_visit()} "
            f"FROM ({latest}) w JOIN flow_interaction i ON i.id = w.id WHERE {is_visit()}) "
            "SELECT theme, count(DISTINCT interaction_id), sum(amount), "
            "(SELECT count(DISTINCT interaction_id) FROM themes WHERE theme IS NOT NULL) "
            "FROM themes WHERE theme IS NOT NULL GROUP BY theme ORDER BY 2 DESC, theme LIMIT %s",
            [*values, *values, INTERESTS],
        )
        rows = cursor.fetchall()
    return Interests([Interest(str(theme), times, _money(amount)) for theme, times, amount, _of in rows], _of(rows))


def _of(rows: list[Any]) -> int:
    return int(rows[0][3]) if rows else 0


def _money(amount: Any) -> Decimal | None:
    return None if amount is None else from_scaled(int(amount))
