"""Interactions as payloads: what a contract sees, what quarantine keeps, and the way back into an event.

A payload holds the fields of an interaction that are there, money in units, and lists of `links`, `observations` and
`objects` in the columns of `vincle.engine.shaped`, without their row.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from vincle.flow.append.contracts import as_payload
from vincle.flow.append.dictionary import DEFAULT_CHANNEL
from vincle.flow.append.event import Event, ThingOf
from vincle.flow.models import Interaction
from vincle.kernel.errors import BadInput
from vincle.kernel.money import from_scaled, to_scaled

# What the database can hold of each field.
LONGEST = {
    "message_id": 255,
    "kind": 120,
    "kind_label": 200,
    "namespace": 120,
    "identity": 255,
    "channel": 40,
    "place": 200,
    "staff": 200,
}
REQUIRED = ("message_id", "occurred_at", "kind", "namespace", "identity")
KIND = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*")

_KNOWN = {*LONGEST, "occurred_at", "amount", "currency", "score", "text", "properties"}
_LISTS = ("links", "observations", "objects")


def payload_of(interaction: Interaction) -> dict[str, Any]:
    """An interaction of the log as its kind's contract would see it, without its things.

    Reads its kind, touchpoint, identity and colleague: select them along.
    """
    touchpoint, staff, amount = interaction.touchpoint, interaction.staff, interaction.amount
    channel = touchpoint.channel if touchpoint and touchpoint.channel != DEFAULT_CHANNEL else None
    return as_payload(
        {
            "message_id": interaction.message_id,
            "occurred_at": interaction.occurred_at,
            "kind": interaction.kind.name,
            "kind_label": None,
            "channel": channel,
            "place": (touchpoint.place or None) if touchpoint else None,
            "namespace": interaction.identity.namespace,
            "identity": interaction.identity.value,
            "staff": staff.name if staff else None,
            "amount": None if amount is None else to_scaled(amount),
            "currency": interaction.currency,
            "score": interaction.score,
            "text": interaction.text,
            "properties": json.dumps(interaction.properties) if interaction.properties else None,
        }
    )


def from_payload(payload: Mapping[str, Any]) -> Event:
    """The event that a payload describes: the inverse of what quarantine kept.

    Raises `BadInput`, naming the field, when it describes none.
    """
    unknown = sorted(payload.keys() - _KNOWN - set(_LISTS))
    if unknown:
        raise BadInput(f"Nothing is known of “{unknown[0]}”.", "What has no field of its own goes into the properties.")
    texts = {name: _text(payload, name) for name in LONGEST}
    for name in REQUIRED:
        if not payload.get(name):
            raise BadInput(f"“{name}” is missing.")
    if not KIND.fullmatch(texts["kind"] or ""):
        raise BadInput(f"“{texts['kind']}” cannot be a kind.", "Kinds look like order.placed: small letters and dots.")
    amount = _money(payload.get("amount"))
    currency = payload.get("currency")
    if amount is not None and not (isinstance(currency, str) and re.fullmatch(r"[A-Z]{3}", currency)):
        raise BadInput("An amount needs its currency.", "Write its three letters: EUR.")
    return Event(
        **texts,  # type: ignore[arg-type]  # the required ones are there
        occurred_at=_instant(payload["occurred_at"]),
        amount=amount,
        currency=currency if amount is not None else None,
        score=_score(payload.get("score")),
        text=_text(payload, "text"),
        properties=_object(payload.get("properties") or {}, "properties"),
        links=[(each["namespace"], each["identity"]) for each in _list(payload, "links", "namespace", "identity")],
        observations={each["name"]: each["value"] for each in _list(payload, "observations", "name", "value")},
        things=[_thing(each) for each in _list(payload, "objects", "type", "key")],
    )


def _text(payload: Mapping[str, Any], name: str) -> str | None:
    value = payload.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadInput(f"“{name}” must be text.")
    if len(value) > LONGEST.get(name, len(value)):
        raise BadInput(f"“{name}” is longer than {LONGEST[name]} letters.")
    if "\0" in value:
        raise BadInput(f"“{name}” holds a character that cannot be kept.")
    return value


def _instant(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadInput("“occurred_at” is not a date and hour.", "Write it like 2026-05-03T10:20:00+02:00.") from error
    if moment.tzinfo is None:
        raise BadInput("“occurred_at” does not say its time zone.", "Write it like 2026-05-03T10:20:00+02:00.")
    return moment


def _number(value: Any, name: str) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise BadInput(f"“{name}” must be a number.")
    number = Decimal(str(value))
    if not number.is_finite():
        raise BadInput(f"“{name}” must be a number.")
    return number


def _money(value: Any) -> Decimal | None:
    amount = _number(value, "amount")
    try:
        return None if amount is None else from_scaled(to_scaled(amount))
    except (OverflowError, InvalidOperation) as error:
        raise BadInput("“amount” is larger than any sum of money we can hold.") from error


def _score(value: Any) -> float | None:
    score = _number(value, "score")
    if score is not None and not -1 <= score <= 1:
        raise BadInput("“score” lies between -1 (very disappointed) and 1 (very satisfied).")
    return None if score is None else float(score)


def _object(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadInput(f"“{name}” must be a JSON object, between {{ and }}.")
    return value


def _list(payload: Mapping[str, Any], name: str, *needed: str) -> list[dict[str, Any]]:
    found = payload.get(name) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise BadInput(f"“{name}” must be a list of JSON objects.")
    for each in found:
        for field in needed:
            if not isinstance(each.get(field), str) or not each[field]:
                raise BadInput(f"Something in “{name}” lacks its “{field}”.")
    return found


def _thing(each: dict[str, Any]) -> ThingOf:
    amount = each.get("amount")
    if amount is not None and (not isinstance(amount, int) or isinstance(amount, bool)):
        raise BadInput("“amount” in “objects” must be a whole number of ten-thousandths.")
    properties = each.get("properties")
    quantity = _number(each.get("quantity"), "quantity")
    return ThingOf(
        type=each["type"],
        key=each["key"],
        qualifier=_text(each, "qualifier") or "",
        label=_text(each, "label") or "",
        quantity=None if quantity is None else float(quantity),
        amount=None if amount is None else from_scaled(amount),
        properties=_parsed(properties) if properties else None,
    )


def _parsed(text: Any) -> Mapping[str, Any]:
    try:
        return _object(json.loads(text), "properties")
    except (TypeError, ValueError) as error:
        raise BadInput("“properties” in “objects” must be JSON, as text.") from error
