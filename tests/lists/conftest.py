"""Three people of a shop, whom the tests of the room ask for."""

from decimal import Decimal

import pytest

from people.telling import happened, line, tell

PAID = {"kind": "order.placed", "currency": "EUR"}


@pytest.fixture
def three(db):
    """Mercè buys often and lives in Girona, Pau once and far away, Joan never."""
    tell(
        happened("C1", "2026-01-01 10:00", name="Mercè Roca", observations={"town": "Girona"}),
        happened("C1", "2026-03-01 10:00", amount=Decimal(10), things=[line("Rye bread")], **PAID),
        happened("C1", "2026-04-01 10:00", amount=Decimal(20), **PAID),
        happened("C2", "2026-02-01 10:00", name="Pau Puig", observations={"town": "Olot"}, amount=Decimal(5), **PAID),
        happened("C3", "2026-05-01 10:00", name="Joan Vila", links=[("email", "joan@example.org")]),
    )


@pytest.fixture
def annas(three, client_of, anna):
    """The agent, signed in."""
    return client_of(anna)


@pytest.fixture
def martas(three, client_of, marta):
    """The manager, signed in."""
    return client_of(marta)
