"""What other rooms, and the command line, may call."""

from typing import Any

from vincle.apps.tracking.actions import NewKey, add_source, choose_origins, revoke, rotate
from vincle.apps.tracking.models import TrackingSource, WriteKey
from vincle.apps.tracking.queries import tracking_named, tracking_sources

__all__ = ["NewKey", "add_source", "choose_origins", "list_sources", "revoke", "rotate", "tracking_named"]


def list_sources() -> list[dict[str, Any]]:
    """Every source that sends by itself, newest first, as plain values; of keys only what tells them apart."""
    return [_told(tracking) for tracking in tracking_sources()]


def _told(tracking: TrackingSource) -> dict[str, Any]:
    return {
        "source": tracking.source.name,
        "name": tracking.source.label,
        "kind": "tracking",
        "origins": tracking.origins,
        "created_at": tracking.created_at,
        "keys": [_key(key) for key in tracking.keys.all()],
    }


def _key(key: WriteKey) -> dict[str, Any]:
    return {
        "ends_with": key.hint,
        "created_at": key.created_at,
        "ends_at": key.ends_at,
        "last_used_at": key.last_used_at,
    }
