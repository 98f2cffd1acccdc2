"""What an event says of somebody: traits, in the words the rest of the house uses for them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vincle.apps.tracking.wire.limits import LONGEST_NAME, MOST_OBSERVATIONS
from vincle.engine.tabular.identities import PLACEHOLDERS
from vincle.kernel.words import slug

_NAMES = {
    "first_name": "given_name",
    "last_name": "family_name",
    "address_city": "town",
    "city": "town",
    "address_postal_code": "postcode",
    "address_postalcode": "postcode",
    "address_zip": "postcode",
    "zip": "postcode",
    "postal_code": "postcode",
    "address_state": "region",
    "state": "region",
    "address_country": "country",
    "address_street": "address",
    "company_name": "company",
    "birthdate": "birthday",
    "date_of_birth": "birthday",
}
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def observations(traits: Mapping[str, Any]) -> dict[str, str]:
    """Name -> value of what is told; an object inside is told member by member, a list is not told."""
    told: dict[str, str] = {}
    for name, value in _flat(traits):
        if len(told) == MOST_OBSERVATIONS:
            break
        text = _text(value)
        if name and text and text.lower() not in PLACEHOLDERS:
            told.setdefault(name, text)
    if "name" not in told:
        whole = " ".join(told[part] for part in ("given_name", "family_name") if part in told)
        if whole:
            told["name"] = whole
    return told


def _flat(traits: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in traits.items():
        key = f"{before}{slug(_HUMP.sub(' ', name), separator='_')}"
        if isinstance(value, dict) and not before:
            yield from _flat(value, f"{key}_")
        else:
            yield _NAMES.get(key, key)[:LONGEST_NAME], value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    return value.strip() if isinstance(value, str) else ""
