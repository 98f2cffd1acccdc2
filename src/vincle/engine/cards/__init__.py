"""vCards: what an address book says of people, read from any version and written as 3.0 or 4.0.

    for found in read_cards(blocks):
        ...                             # a Card with its line, or a Refused with the reason
    text = write_card(card, version="4.0")

Read: vCard 2.1 as telephones write it, 3.0 (RFC 2426) and 4.0 (RFC 6350). Pictures, logos, sounds and keys are not
kept.
"""

from vincle.engine.cards.card import VERSIONS, Card
from vincle.engine.cards.reading import Found, Refused, read_cards
from vincle.engine.cards.writing import write_card

__all__ = ["VERSIONS", "Card", "Found", "Refused", "read_cards", "write_card"]
