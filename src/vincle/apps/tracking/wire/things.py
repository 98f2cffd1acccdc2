"""What an event is about: the order, its products, the group."""

from collections.abc import Mapping
from typing import Any

import msgspec

from vincle.apps.tracking.wire.envelope import NOT_READ
from vincle.apps.tracking.wire.event import Said, as_object
from vincle.apps.tracking.wire.limits import MOST_THINGS
from vincle.apps.tracking.wire.money import scaled_of
from vincle.apps.tracking.wire.who import identity
from vincle.flow.append import ThingRow

_NAMED = frozenset({"order_id", "products", "product_id", "sku"})
_LARGEST = 2**63 - 1  # of ten-thousandths
_MOST = 10**12  # of one product


def group_key(said: Said) -> str | None:
    """The group's id; None when it says nothing."""
    return identity(said.group_id)


def group(said: Said) -> list[ThingRow]:
    """The group of a group call, with its traits."""
    traits = as_object(said.traits)
    name = traits.get("name")
    label = name.strip()[:255] if isinstance(name, str) else None
    return [ThingRow("group", group_key(said) or "", "", label, None, None, _json(traits))]


def of(properties: Mapping[str, Any]) -> list[ThingRow]:
    """The order and the products that properties name as Segment's e-commerce spec does."""
    if _NAMED.isdisjoint(properties):
        return []
    found: dict[tuple[str, str, str], ThingRow] = {}
    order = identity(properties.get("order_id"))
    if order:
        found["order", order, ""] = ThingRow("order", order, "", None, None, None, None)
    listed = properties.get("products")
    for each in listed[:MOST_THINGS] if isinstance(listed, list) else [properties]:
        product = _product(as_object(each), "line" if isinstance(listed, list) else "")
        if product:
            found.setdefault((product.type, product.key, product.qualifier), product)
    return list(found.values())


def _product(said: Mapping[str, Any], qualifier: str) -> ThingRow | None:
    key = identity(said.get("product_id")) or identity(said.get("sku"))
    if key is None:
        return None
    name, quantity = said.get("name"), said.get("quantity")
    count = None
    if isinstance(quantity, int | float) and not isinstance(quantity, bool) and abs(quantity) <= _MOST:
        count = float(quantity)
    price = scaled_of(said.get("price"))
    amount = round(price * (1 if count is None else count)) if price is not None else None
    label = name.strip()[:255] if isinstance(name, str) else None
    return ThingRow("product", key, qualifier, label, count, _fitting(amount), None)


def _fitting(amount: int | None) -> int | None:
    return amount if amount is not None and abs(amount) <= _LARGEST else None


def _json(traits: Mapping[str, Any]) -> str | None:
    try:
        return msgspec.json.encode(traits).decode() if traits else None
    except NOT_READ:
        return None
