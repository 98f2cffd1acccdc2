"""What other rooms, and the command line, may call."""

from typing import Any

from vincle.apps.consent.actions import Proof, mistaken, no_to, note
from vincle.apps.consent.models import Decision, How, Purpose
from vincle.apps.consent.queries.contact import Answer, may_contact
from vincle.apps.consent.queries.ledger import ledger_of, purpose_named, purposes
from vincle.apps.consent.queries.ledger import told as _told
from vincle.apps.people.facade import Somebody

__all__ = [
    "Answer",
    "Decision",
    "How",
    "Proof",
    "Purpose",
    "may_contact",
    "mistaken",
    "no_to",
    "note",
    "purpose_named",
    "told",
]


def told(who: Somebody) -> dict[str, Any]:
    """What somebody says of every purpose and channel, as plain values; see `queries.ledger.told`."""
    return _told(ledger_of(who.identities), list(purposes(retired=True)))
