"""Figures as the engine gives them, for pages whose arithmetic is not the point."""

from datetime import UTC, datetime
from typing import Any

from vincle.flow.models import Reading

AS_OF = datetime(2026, 3, 31, 15, tzinfo=UTC)
SILENCE = {"days": 40, "low": 38, "high": 43, "people": 120, "intervals": 900, "needed": 30}


def figures(**changes: Any) -> dict[str, Any]:
    """What `vincle.engine.readings.today` might say of three months; `changes` replace whole parts of it."""
    kinds = {"visit.made": [4, 5, 6], "order.placed": [1, 2, 3], "": [0, 1, 0]}
    months = ["2026-01-01", "2026-02-01", "2026-03-01"]
    return {
        "version": 7,
        "as_of": AS_OF.isoformat(),
        "first": "2026-01-02T09:00:00+00:00",
        "zone": "Europe/Madrid",
        "currency": "EUR",
        "interactions": 22,
        "people": 150,
        "activity": {
            unit: {"periods": months, "people": [4, 5, 6], "kinds": kinds} for unit in ("day", "week", "month")
        },
        "comings": {"months": months, "gained": [60, 50, 40], "lost": [0, 3, 4], "silence": SILENCE},
        "money": {"months": months, "amount": [100.0, 200.5, 50.0], "interactions": [1, 2, 3]},
        "latest": [
            {
                "id": 22,
                "uid": "01a20017-7cba-7b53-bd6c-d0fbacd69775",
                "occurred_at": "2026-03-31T15:00:00+00:00",
                "kind": "order.placed",
                "channel": "shop",
                "place": "Girona",
                "staff": None,
                "person": 1,
                "person_uid": "01a20017-7cba-7b53-bd6c-d0fbacd69776",
                "name": "Mercè Roca",
                "amount": "38.4",
                "currency": "EUR",
                "score": None,
                "text": None,
            }
        ],
        "recent_days": 30,
        "touchpoints": [
            {"channel": "shop", "place": "Girona", "interactions": 8, "people": 6},
            {"channel": "web", "place": None, "interactions": 2, "people": 2},
        ],
        "kinds": [{"kind": "visit.made", "interactions": 6, "people": 5}],
    } | changes


def keep(**changes: Any) -> None:
    """Have these figures be the newest reading."""
    payload = figures(**changes)
    Reading.objects.update_or_create(
        name="today",
        defaults={"payload": payload, "mirror_version": payload["version"], "computed_at": AS_OF},
    )
