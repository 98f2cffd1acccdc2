"""A card: one person as an address book holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

VERSIONS = ("4.0", "3.0")
MOST = 10  # e-mails, and telephones, of one card
PLACES = ("", "_2", "_3")  # endings of what a card may say more than once: its addresses and web pages

NAME_PARTS = ("family_name", "given_name", "middle_name", "name_prefix", "name_suffix")  # as N has them
ADDRESS_PARTS = ("address", "town", "region", "postcode", "country")


@dataclass(frozen=True, slots=True)
class Card:
    """`attributes` are called as everywhere in the house: name, given_name, birthday, company, town ...

    A birthday is 1970-04-12, or --04-12 when nobody says the year. `uid` is as the address book writes it.
    """

    uid: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    revised: datetime | None = None
    preferred: tuple[str, ...] = ()  # of the e-mails and phones; a card that was read has them first instead
