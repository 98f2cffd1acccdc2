"""Segment's and RudderStack's own libraries for Python, as they are, speak to a running server."""

from datetime import UTC, datetime

import pytest
import rudderstack.analytics.client as rudder
import segment.analytics.client as segment

from tracking.conftest import Listening

WHEN = datetime(2026, 3, 1, 9, 30, 15, 123000, tzinfo=UTC)

EVERYTHING = [
    ("page.viewed", "v-1"),
    ("person.identified", "42"),
    ("order.placed", "42"),
    ("screen.viewed", "42"),
    ("group.joined", "42"),
    ("person.linked", "42"),
]


def say_everything(client) -> None:
    client.page(anonymous_id="v-1", name="Home", properties={"url": "https://shop.example.org/"})
    client.identify("42", {"name": "Mercè Roca", "email": "merce@roca.cat"}, anonymous_id="v-1")
    client.track("42", "Order Completed", {"revenue": 12.5, "currency": "EUR"}, timestamp=WHEN)
    client.screen("42", name="Basket")
    client.group("42", "acme", {"name": "Acme"})
    client.alias("old", "42")
    client.flush()
    client.join()


@pytest.mark.parametrize("gzip", [False, True])
@pytest.mark.parametrize("library", [segment, rudder], ids=["segment", "rudderstack"])
def test_the_library_says_everything(library, gzip, listening: Listening):
    errors: list[object] = []
    client = library.Client(
        listening.key, host=listening.base, gzip=gzip, on_error=lambda error, _batch: errors.append(error)
    )

    say_everything(client)

    assert ([], EVERYTHING) == (errors, listening.interactions())
    (person,) = listening.home.ask("person", "find", "Mercè")
    told = listening.home.ask("person", "show", person["uid"])
    assert {("user_id@web", "42"), ("anonymous_id@web", "v-1"), ("email", "merce@roca.cat")} <= {
        (each["namespace"], each["value"]) for each in told["identities"]
    }
    assert 6 == told["interactions"]
    assert [] == listening.home.sql("SELECT reason FROM flow_quarantined")


@pytest.mark.parametrize("library", [segment, rudder], ids=["segment", "rudderstack"])
def test_the_library_understands_a_refusal(library, listening: Listening):
    """It gives up at once, with our words, instead of trying ten times."""
    errors: list[object] = []
    client = library.Client(
        "nobody", host=listening.base, on_error=lambda error, _batch: errors.append(error), max_retries=0
    )

    client.track("42", "Order Completed")
    client.flush()
    client.join()

    (error,) = errors
    assert (401, "invalid_write_key") == (error.status, error.code)
    assert [] == listening.interactions()
