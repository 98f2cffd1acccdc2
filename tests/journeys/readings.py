"""Figures as the engine gives them, for pages whose arithmetic is not the point."""

from datetime import UTC, datetime
from typing import Any

from vincle.apps.journeys.asking import PEOPLE, Question, name_of
from vincle.flow.models import Reading

AS_OF = datetime(2026, 3, 31, 15, tzinfo=UTC)
LONG = [[kind, 1] for _ in range(15) for kind in ("visit.made", "page.viewed")]


def reading(**changes: Any) -> dict[str, Any]:
    """What `vincle.engine.journeys.reading` might say; `changes` replace whole parts of it."""
    return {
        "version": 7,
        "case": PEOPLE,
        "zone": "Europe/Madrid",
        "as_of": AS_OF.isoformat(),
        "types": [["order", 30]],
        "attributes": [["town", 60], ["field:illness", 40]],
        "values": {"town": [["Girona", 40], ["Salt", 20]], "field:illness": [["yes", 20], ["no", 20]]},
        "cases": 80,
        "events": 200,
        "steps": [
            {"kind": "visit.made", "n": 100, "cases": 40, "begins": 60, "ends": 20, "place": 0.0},
            {"kind": "order.placed", "n": 80, "cases": 35, "begins": 20, "ends": 50, "place": 0.4},
            {"kind": "page.viewed", "n": 20, "cases": 15, "begins": 0, "ends": 10, "place": 0.6},
        ],
        "edges": [
            ["visit.made", "order.placed", 60, 172_800.0],
            ["order.placed", "order.placed", 40, 0.0],
            ["order.placed", "page.viewed", 20, 3_600.0],
        ],
        "ways": [
            {"runs": [["visit.made", 1], ["order.placed", 41]], "more": 0, "steps": 42, "cases": 50},
            {"runs": LONG, "more": 0, "steps": 30, "cases": 30},
        ],
        "cohorts": [
            {"period": "2026-01-01", "cases": 40, "returned": [[40, 1.0, 0.91, 1.0], [30, 0.75, 0.598, 0.858]]},
            {"period": "2026-02-01", "cases": 20, "returned": [[20, 1.0, 0.84, 1.0]]},
        ],
        "totals": {"steps": 3, "edges": 3, "connections": 120, "ways": 2, "cohorts": 2},
    } | changes


def answer(**changes: Any) -> dict[str, Any]:
    """What `vincle.engine.journeys.moments` might say."""
    known = {"having": 1204, "without": 3100, "apart": 120}
    unknown = dict.fromkeys(("estimate", "low", "high", "p", "q")) | {"having": 12, "without": 9, "apart": 0}
    more = {"estimate": 0.031, "low": 0.012, "high": 0.05, "p": 0.001, "q": 0.01}
    same = {"estimate": -0.004, "low": -0.015, "high": 0.007, "p": 0.5, "q": 0.6}
    return {
        "outcome": "order.placed",
        "cases": 4304,
        "outcomes": 900,
        "had_it": 5,
        "not_over": 31,
        "kind": "observational",
        "adjusted_for": ["beginning", "start", "else"],
        "moments": [
            {"step": "visit.made", "former": None} | more | known,
            {"step": "visit.made", "former": "page.viewed"} | same | known,
            {"step": "page.viewed", "former": None} | unknown,
        ],
    } | changes


def keep(**changes: Any) -> None:
    """Have these figures be the newest of their type of case."""
    payload = reading(**changes)
    _keep(name_of(payload["case"]), payload)


def keep_answer(case: str = PEOPLE, **changes: Any) -> None:
    """Have this be the newest answer to whether orders follow within 90 days after the first 30."""
    found = None if "found" in changes else answer(**changes)
    keep_found(Question(case, "order.placed"), found)


def keep_found(question: Question, found: dict[str, Any] | None, **why: Any) -> None:
    """Have this be what came of a question; without `why` as it was kept before reasons were told."""
    _keep(question.name, {"version": 7, "question": {}, "found": found} | ({"why": why} if why else {}))


def _keep(name: str, payload: dict[str, Any]) -> None:
    kept = {"payload": payload, "mirror_version": payload["version"], "computed_at": AS_OF}
    Reading.objects.update_or_create(name=name, defaults=kept)
