"""One event as it came: its fields in Segment's names, of whatever type they were written."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from vincle.apps.tracking.wire.envelope import NOT_READ
from vincle.apps.tracking.wire.limits import LONGEST_ID
from vincle.flow.incoming import broken_json


class Said(msgspec.Struct, rename="camel"):
    """An event before anything of it is believed."""

    type: Any = None
    event: Any = None
    name: Any = None
    category: Any = None
    user_id: Any = None
    anonymous_id: Any = None
    previous_id: Any = None
    group_id: Any = None
    merge_properties: Any = None
    message_id: Any = None
    timestamp: Any = None
    original_timestamp: Any = None
    sent_at: Any = None
    channel: Any = None
    context: Any = None
    properties: Any = None
    traits: Any = None


_SAID = msgspec.json.Decoder(Said)
_NOT_CONTENT = frozenset({"sentAt", "writeKey", "receivedAt", "_metadata", "integrations"})


def read(raw: bytes) -> Said | None:
    """The event; None when it is no JSON object, however generously it is read."""
    if b"\\u0000" not in raw:
        try:
            return _SAID.decode(raw)
        except NOT_READ:
            pass  # read below, generously
    mended = broken_json.mended(raw)
    return msgspec.convert(mended, Said) if isinstance(mended, dict) else None


def message_id(said: Said | None, raw: bytes, received_at: datetime) -> str:
    """The event's own id, else one made of its content, so that sending it again adds nothing.

    Without a time of its own the hour of arrival counts as content: the same words next week are said anew.
    """
    own = said.message_id if said else None
    if isinstance(own, int) and not isinstance(own, bool):
        own = str(own)
    if isinstance(own, str) and own.strip():
        own = own.strip()
        return own if len(own) <= LONGEST_ID else f"long-{_digest(own.encode('utf-8', 'replace'))}"
    dated = said is not None and (said.timestamp or said.original_timestamp)
    hour = "" if dated else received_at.strftime("%Y-%m-%dT%H")
    return f"content-{_digest(_content(raw) + hour.encode())}"


def as_object(value: Any) -> Mapping[str, Any]:
    """A JSON object, empty when it is something else."""
    return value if isinstance(value, dict) else {}


def _content(raw: bytes) -> bytes:
    """The event without what changes from one try to send it to the next, in an order of its own."""
    try:
        said = msgspec.json.decode(raw)
    except NOT_READ:
        return raw
    if not isinstance(said, dict):
        return raw
    kept = {name: value for name, value in said.items() if name not in _NOT_CONTENT}
    return msgspec.json.encode(kept, order="sorted")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
