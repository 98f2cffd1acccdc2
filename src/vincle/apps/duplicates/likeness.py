"""What is compared, in an order that never changes: a number a thing, so that what agrees fits in one column."""

from collections.abc import Iterable

PLACES: dict[str, int] = {
    name: place
    for place, name in enumerate(
        (
            "given name",
            "family name",
            "birth date",
            "e-mail",
            "phone",
            "document",
            "town",
            "postcode",
            "region",
            "street",
            "house number",
            "second line of the address",
            "gender",
        )
    )
}

# The role of a column (`engine.duplicates.columns`) and what is compared of it.
COMPARED: dict[str, tuple[str, ...]] = {
    "name": ("given name", "family name"),
    "given": ("given name",),
    "family": ("family name",),
    "birth": ("birth date",),
    "email": ("e-mail",),
    "phone": ("phone",),
    "document": ("document",),
    "town": ("town",),
    "postcode": ("postcode",),
    "region": ("region",),
    "street": ("street", "house number"),
    "number": ("house number",),
    "line2": ("second line of the address",),
    "gender": ("gender",),
}

THE_SAME = "the same"
DIFFERS = "differs"


def agreement(same: Iterable[str]) -> int:
    """A number that holds which of these are the same; what is unknown is left out."""
    return sum(1 << PLACES[name] for name in set(same) if name in PLACES)
