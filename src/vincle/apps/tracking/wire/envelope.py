"""What is around the events: the key, when they were sent, the context they share, and each of them as bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from vincle.apps.tracking.wire.limits import MOST_EVENTS
from vincle.flow.incoming import broken_json
from vincle.flow.incoming.refusals import TooLarge, Unreadable


class _Batch(msgspec.Struct, rename="camel"):
    batch: list[msgspec.Raw]
    write_key: Any = None
    sent_at: Any = None
    context: Any = None


class _Single(msgspec.Struct, rename="camel"):
    write_key: Any = None
    sent_at: Any = None


_BATCH = msgspec.json.Decoder(_Batch)
_SINGLE = msgspec.json.Decoder(_Single)

# What msgspec raises for what it cannot read; UnicodeDecodeError is a ValueError.
NOT_READ = (msgspec.MsgspecError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One request: `events` are JSON objects as they were written, whole or broken."""

    events: list[bytes]
    write_key: str = ""
    sent_at: Any = None
    context: Mapping[str, Any] = field(default_factory=dict)


def open_batch(body: bytes) -> Envelope:
    """The envelope of a batch. Where its JSON is broken inside events only, the others come out whole.

    Raises `Unreadable` when there is no list of events to be seen, and `TooLarge` for too many of them.
    """
    try:
        read = _BATCH.decode(body)
        events = [bytes(each) for each in read.batch]
        said = {"writeKey": read.write_key, "sentAt": read.sent_at, "context": read.context}
        if b"\\u0000" in body:
            said = broken_json.clean(said)
    except NOT_READ:
        events, said = _salvaged(body)
    if len(events) > MOST_EVENTS:
        raise TooLarge
    context = said.get("context")
    return Envelope(
        events, _text(said.get("writeKey")), said.get("sentAt"), context if isinstance(context, dict) else {}
    )


def open_single(body: bytes) -> Envelope:
    """The envelope of a request that is one event. Raises `Unreadable` when it is no JSON object."""
    try:
        read = _SINGLE.decode(body)
        return Envelope([body], _text(read.write_key), read.sent_at)
    except NOT_READ as error:
        said = broken_json.mended(body)
        if not isinstance(said, dict):
            raise _invalid() from error
        return Envelope([body], _text(said.get("writeKey")), said.get("sentAt"))


def _salvaged(body: bytes) -> tuple[list[bytes], dict[str, Any]]:
    members = broken_json.members(body)
    if members is None or "batch" not in members:
        raise _invalid()
    events = broken_json.elements(members.pop("batch"))
    if events is None:
        raise _invalid()
    return events, {name: broken_json.mended(value) for name, value in members.items()}


def _invalid() -> Unreadable:
    return Unreadable("invalid_json", "The body is not JSON that holds events.")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
