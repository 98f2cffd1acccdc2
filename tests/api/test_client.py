"""The typed Python client is as the description has it, and works against a server that listens."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.calling import program_of
from people.telling import happened, tell
from vincle.api import client as writing
from vincle.api.openapi import described
from vincle.api.rooms import API
from vincle.apps.tokens.models import Token
from vincle.flow.models import Interaction
from vincle.kernel import clock

CLIENT = Path(__file__).parents[2] / "clients" / "python"


@pytest.fixture
def vincle_client(monkeypatch) -> Any:
    """The client's package."""
    monkeypatch.syspath_prepend(str(CLIENT))
    import vincle_client

    yield vincle_client
    for name in [name for name in sys.modules if name.startswith("vincle_client")]:
        del sys.modules[name]


@pytest.fixture
def vincle(vincle_client, live_server, olga) -> Any:
    """A client of the running application."""
    return vincle_client.Client(live_server.url, program_of(olga).secret)


@pytest.mark.parametrize("name", ["models.py", "operations.py"])
def test_the_client_is_as_the_description_has_it(name):
    written = writing.files(described(API))[name]
    assert written == (CLIENT / "vincle_client" / name).read_text("utf-8"), "run: python -m vincle.api.client"


@pytest.mark.django_db(transaction=True)
def test_people_and_what_happened_go_there_and_back(vincle, vincle_client):
    models = vincle_client.models
    mar = models.IdentityIn(namespace="email", value="mar@roca.example")
    person = vincle.observe_person(models.PersonIn(identity=mar, attributes={"name": "Mar Roca"}))
    bought = models.InteractionIn(
        message_id="order-1",
        occurred_at=datetime(2026, 5, 3, 10, tzinfo=UTC),
        kind="order.placed",
        identity=mar,
        amount="38.40",
        currency="EUR",
        things=[models.ThingIn(type="product", key="egg", quantity=6)],
    )
    appended = vincle.append_interactions(models.InteractionsIn(interactions=[bought]))
    read = vincle.get_interaction(appended.results[0].uid)
    assert ("Mar Roca", 1, person.uid) == (person.name, appended.entered, read.person)
    assert (datetime(2026, 5, 3, 10, tzinfo=UTC), "38.4", 6.0) == (
        read.occurred_at,
        read.amount,
        read.things[0].quantity,
    )
    assert [person.uid] == [
        each.person for each in vincle.find_identity(namespace="email", value="MAR@roca.example").items
    ]
    assert 2 == vincle.get_person(person.uid).interactions
    assert vincle.answered["etag"].startswith('"')


@pytest.mark.django_db(transaction=True)
def test_what_has_not_changed_is_not_read_again(vincle, vincle_client):
    models = vincle_client.models
    mar = models.IdentityIn(namespace="email", value="mar@roca.example")
    uid = vincle.observe_person(models.PersonIn(identity=mar)).uid
    vincle.get_person(uid)
    had = vincle.answered["etag"]
    with pytest.raises(vincle_client.NotChanged):
        vincle.get_person(uid, if_none_match=had)
    assert had == vincle.answered["etag"]
    vincle.observe_attributes(uid, models.AttributesIn(attributes={"town": "Girona"}))
    assert "Girona" == vincle.get_person(uid, if_none_match=had).attributes["town"].value


@pytest.mark.django_db(transaction=True)
def test_people_are_joined_and_parted(vincle, vincle_client):
    tell(happened("c1", "2026-01-01 10:00", name="Mar"), happened("c2", "2026-01-02 10:00", name="Mar R."))
    first, second = (each.uid for each in vincle.pages(vincle.list_people, order="first"))
    made = vincle.join_people(first, vincle_client.models.OtherIn(other=second, reason="Same phone"))
    assert (1, "Same phone") == (len(made.people), vincle.list_steps(first).items[0].reason)
    assert 2 == len(vincle.undo_step(made.step).people)


@pytest.mark.django_db(transaction=True)
def test_a_list_is_read_page_after_page(vincle):
    tell(*(happened(f"c{number}", f"2026-01-0{number} 10:00", name=f"P{number}") for number in range(1, 6)))
    found = vincle.pages(vincle.list_people, order="name", limit=2)
    assert ["P1", "P2", "P3", "P4", "P5"] == [person.name for person in found]


@pytest.mark.django_db(transaction=True)
def test_a_problem_says_what_to_do(vincle, vincle_client):
    with pytest.raises(vincle_client.Problem) as caught:
        vincle.list_people(limit=1000)
    assert (422, "input", "query.limit") == (caught.value.status, caught.value.kind, caught.value.errors[0]["at"])


@pytest.mark.django_db(transaction=True)
def test_what_came_too_often_is_asked_again(vincle, monkeypatch):
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        Token.objects.update(busy_until=0)

    monkeypatch.setenv("VINCLE_API_RATE", "1")
    monkeypatch.setattr("vincle_client.asking.time.sleep", wait)
    Token.objects.update(busy_until=clock.to_micros(clock.now()) + 30_000_000)
    assert [] == vincle.list_people().items
    assert 1 == len(waited)


@pytest.mark.django_db(transaction=True)
def test_a_post_sent_again_is_done_once(vincle, vincle_client):
    given = vincle_client.models.PersonIn(
        identity=vincle_client.models.IdentityIn(namespace="email", value="mar@roca.example")
    )
    first, second = (vincle.observe_person(given, idempotency_key="a") for _ in range(2))
    assert (first, 1) == (second, Interaction.objects.count())


def test_a_server_that_is_away_is_said_to_be_away(vincle_client, monkeypatch):
    monkeypatch.setattr("vincle_client.asking.time.sleep", lambda _seconds: None)
    with pytest.raises(vincle_client.Unreachable):
        vincle_client.Client("http://127.0.0.1:1", "x", attempts=2).list_people()
