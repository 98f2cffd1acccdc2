"""By the handful or as a chunk of an import: the same interactions make the same log and the same people."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.append.cases import LATER, START, a_source, bought, import_chunk, say, shaped
from vincle.flow.append import Event, ThingOf, append, summarise_batch
from vincle.flow.append.given import AT_ONCE
from vincle.flow.models import Batch, Identity, Interaction, InteractionThing, Kind, Person, Quarantined

WORD = st.sampled_from(["", "x", "o'Hara", "«ñ» 😀", "50%", "%s", '"q"', "\\N"])
NAMED = WORD.filter(bool)
THINGS = st.builds(
    ThingOf,
    type=st.sampled_from(["order", "product"]),
    key=NAMED,
    qualifier=st.sampled_from(["", "line"]),
    label=WORD,
    quantity=st.sampled_from([None, 1.0, 2.5]),
    amount=st.sampled_from([None, Decimal("5.10")]),
    properties=st.sampled_from([None, {"size": 1}]),
)
EVENTS = st.builds(
    lambda who, day, message, **more: bought(who, day, message_id=f"m{message}", **more),
    st.sampled_from(["a", "b", "c", "d"]),
    st.integers(0, 5),
    st.integers(0, 20),
    currency=st.sampled_from(["EUR", "USD"]),
    kind=st.sampled_from(["order.placed", "shop.egg-missing", "strict"]),
    kind_label=st.sampled_from([None, "Egg missing"]),
    channel=st.sampled_from([None, "web"]),
    place=st.sampled_from([None, "Girona"]),
    staff=st.sampled_from([None, "Anna"]),
    score=st.none() | st.floats(-1, 1),
    text=st.none() | WORD,
    properties=st.dictionaries(WORD, WORD | st.integers(0, 9), max_size=2),
    links=st.lists(
        st.tuples(st.sampled_from(["email", "customer_id@shop", "anonymous_id@shop"]), st.sampled_from("abxy")),
        max_size=2,
    ),
    observations=st.dictionaries(st.sampled_from(["name", "town"]), NAMED, max_size=2),
    things=st.lists(THINGS, max_size=3),
)
EVENTS_TOGETHER = st.lists(EVENTS, min_size=1, max_size=8)
STRICT = {"properties": {"properties": {"not": {"required": ["x"]}}}}

WRITTEN = {
    "log": (
        "SELECT i.message_id, i.occurred_at, k.name, t.channel, t.place, w.namespace, w.value, c.name, i.amount, "
        "i.currency, i.score, i.text, i.properties, i.recorded_at FROM flow_interaction i "
        "JOIN flow_kind k ON k.id = i.kind_id JOIN flow_identity w ON w.id = i.identity_id "
        "LEFT JOIN flow_touchpoint t ON t.id = i.touchpoint_id LEFT JOIN flow_colleague c ON c.id = i.staff_id "
        "ORDER BY i.id"
    ),
    "things": (
        "SELECT i.message_id, t.type, t.key, t.label, t.properties, x.qualifier, x.quantity, x.amount "
        "FROM flow_interactionthing x JOIN flow_interaction i ON i.id = x.interaction_id "
        "JOIN flow_thing t ON t.id = x.thing_id ORDER BY i.id, t.id, x.qualifier"
    ),
    "facts": (
        "SELECT a.namespace, a.value, b.namespace, b.value, f.verdict FROM flow_sameperson f "
        "JOIN flow_identity a ON a.id = f.a_id JOIN flow_identity b ON b.id = f.b_id ORDER BY f.id"
    ),
    "observations": (
        "SELECT w.namespace, w.value, o.name, o.value, o.observed_at FROM flow_observation o "
        "JOIN flow_identity w ON w.id = o.identity_id ORDER BY o.id"
    ),
    "identities": (
        "SELECT w.namespace, w.value, h.namespace, h.value, w.first_at, w.last_at, w.interactions, w.amount "
        "FROM flow_identity w JOIN flow_identity h ON h.id = w.person_id ORDER BY w.id"
    ),
    "people": (
        "SELECT w.namespace, w.value, p.name, p.name_key, p.interactions, p.amount, p.first_at, p.last_at "
        "FROM flow_person p JOIN flow_identity w ON w.id = p.id WHERE p.into_id IS NULL ORDER BY p.id"
    ),
    "kinds": "SELECT name, labels FROM flow_kind ORDER BY id",
    "quarantine": "SELECT message_id, kind, payload, reason FROM flow_quarantined ORDER BY id",
}


def written() -> dict[str, list[tuple[Any, ...]]]:
    found = {}
    with connection.cursor() as cursor:
        for name, question in WRITTEN.items():
            cursor.execute(question)
            found[name] = cursor.fetchall()
    return found


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=EVENTS_TOGETHER, said=EVENTS_TOGETHER)
def test_a_handful_and_a_chunk_write_the_same(clean: Callable[[], Any], before: list[Event], said: list[Event]):
    results = []
    for by_handful in (True, False):
        with clean():
            source = a_source()
            Kind.objects.create(name="strict", contract=STRICT)
            say(*before)
            batch = Batch.objects.create(source=source, opened_at=START)
            if by_handful:
                became = append(said, source=source, now=LATER, batch=batch)
            else:
                became = import_chunk(shaped(said), source=source, batch=batch)
                summarise_batch(batch)
            results.append((became, written(), list(batch.chunks.values_list("rows", "summarised"))))
    assert results[1] == results[0]


@pytest.mark.django_db
def test_more_than_one_statement_holds_enters_whole():
    many = AT_ONCE + 5
    tea = ThingOf(type="product", key="tea")
    events = [
        bought(f"c{number}", links=[("email", f"c{number}@example.org")], observations={"name": "C"}, things=[tea])
        for number in range(many)
    ]
    assert many == say(*events).new
    assert (many, many, many, 2 * many) == (
        Interaction.objects.count(),
        InteractionThing.objects.count(),
        Person.objects.filter(name="C", interactions=1).count(),
        Identity.objects.count(),
    )
    again = say(*events, bought("new"))
    assert (1, many) == (again.new, again.known)


@pytest.mark.django_db
def test_a_handful_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr("vincle.flow.append.absorbing.summarise_handful", broken)
    with pytest.raises(RuntimeError):
        say(bought("a", links=[("email", "a@example.org")], observations={"name": "A"}))
    assert [0, 0, 0, 0] == [each.objects.count() for each in (Interaction, Identity, Person, Quarantined)]
