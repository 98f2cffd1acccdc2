"""A log with everything an export can stumble over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import vincle.engine as ve
from engine.mirrored import days_after, mirror

# Anna bought two products twice; Bernat, of whom nothing but an address is known, wrote something nasty for
# every format; somebody without an identity left nothing but a kind.
ROWS = {
    "identities": [{"id": 1, "value": "anna@example.org"}, {"id": 2, "namespace": "phone", "value": "+34 600 111 222"}],
    "people": [{"id": 1}],
    "observations": [{"identity_id": 1, "value": 'Anna "la <Roca>" & filla'}],
    "interactions": [
        {"identity_id": 1, "amount": 129_900, "currency": "EUR", "channel": "counter", "place": "Gràcia",
         "staff": "Núria", "score": 0.5, "properties": '{"basket": 7, "Ocel_Time": "x", "deep": {"a": [1]}}'},
        {"identity_id": 2, "kind": "form.sent", "occurred_at": days_after(1), "text": '=cmd|"/c calc"!A1\x07\n"<&>'},
        {"identity_id": 1, "occurred_at": days_after(2), "amount": -10_000, "currency": "EUR", "text": "@mention"},
        {"identity_id": None, "kind": "visit.seen", "occurred_at": days_after(3)},
    ],
    "things": [
        {"id": 1, "key": "tea", "label": "Tea, green", "properties": '{"leaf": true, "LABEL": "own"}'},
        {"id": 2, "key": "7"},
        {"id": 3, "type": "order", "key": "7"},
        {"id": 4, "key": "nobody bought this"},
    ],
    "interaction_things": [
        {"interaction_id": 1, "identity_id": 1, "thing_id": 1, "qualifier": "line", "quantity": 2.0, "amount": 119_900},
        {"interaction_id": 1, "identity_id": 1, "thing_id": 2, "qualifier": "line"},
        {"interaction_id": 1, "identity_id": 1, "thing_id": 3},
        {"interaction_id": 3, "identity_id": 1, "thing_id": 1, "qualifier": "line"},
        {"interaction_id": 3, "identity_id": 1, "thing_id": 3},
    ],
}  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ve.Log]:
    with ve.open(mirror(tmp_path / "home", ROWS)) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[ve.Log]:
    with ve.open(mirror(tmp_path / "empty", {})) as opened:
        yield opened
