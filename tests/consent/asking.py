"""Asking people, for the tests of the room."""

from datetime import datetime
from typing import Any

from people.telling import NOW, person
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.consent.actions import Proof, note
from vincle.apps.consent.models import Basis, Decision, Entry, Purpose
from vincle.apps.consent.purposes import add_purpose
from vincle.apps.people.facade import Somebody, somebody


def purpose(
    name: str = "news", basis: Basis = Basis.CONSENT, channels: tuple[str, ...] = ("email", "phone")
) -> Purpose:
    """A purpose, with its words in English."""
    return add_purpose(
        actor=COMMAND_LINE, now=NOW, name=name, labels={"en": name}, texts={"en": "May we?"}, basis=basis,
        channels=channels,
    )  # fmt: skip


def who(customer: str) -> Somebody:
    """A customer of the shop."""
    return somebody(person(customer).uid)


def says(
    customer: str, decision: Decision, about: Purpose | None, channel: str = "", *, at: datetime = NOW, **more: Any
) -> Entry:
    """Note what a customer said."""
    return note(
        who(customer), decision, purpose=about, channel=channel, proof=Proof(**more), actor=COMMAND_LINE, now=NOW,
        decided_at=at,
    )  # fmt: skip
