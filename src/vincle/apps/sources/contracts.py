"""A first draft of a kind's contract, read off the interactions there are."""

from collections.abc import Sequence
from typing import Any

_NAMES = ("channel", "place", "staff", "amount", "currency", "score", "text")
_LIMITS: dict[str, dict[str, Any]] = {
    "amount": {"type": "number"},
    "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
    "score": {"type": "number", "minimum": -1, "maximum": 1},
    "text": {"type": "string", "minLength": 1},
}
FEW = 10  # different values that are worth listing


def example_contract(payloads: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A JSON Schema that all of `payloads` keep to: what each of them has is required, what few values take is listed.

    Without payloads, a contract that asks for an amount, to show what one looks like.
    """
    if not payloads:
        return {"type": "object", "required": ["amount"], "properties": {"amount": {"type": "number", "minimum": 0}}}
    required = [name for name in _NAMES if all(name in payload for payload in payloads)]
    properties = {name: _limits(name, [payload[name] for payload in payloads]) for name in required}
    inner = _inner([payload.get("properties", {}) for payload in payloads])
    if inner:
        properties["properties"] = inner
    return {"type": "object", "required": required, "properties": properties}


def _limits(name: str, values: list[Any]) -> dict[str, Any]:
    limits = dict(_LIMITS.get(name, {"type": "string"}))
    if name == "amount" and min(values) >= 0:
        limits["minimum"] = 0
    few = sorted(set(values), key=str) if name in {"channel", "currency"} else []
    return {"enum": few} if few and len(few) <= FEW and len(values) >= 2 * len(few) else limits


def _inner(found: list[dict[str, Any]]) -> dict[str, Any]:
    names = [name for name in found[0] if all(name in each for each in found)][:FEW]
    if not names:
        return {}
    types = {name: sorted({_type(each[name]) for each in found}) for name in names}
    limits = {name: {"type": kinds[0] if len(kinds) == 1 else kinds} for name, kinds in types.items()}
    return {"type": "object", "required": names, "properties": limits}


def _type(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
    return "object"
