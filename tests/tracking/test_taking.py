"""Events that come in become interactions of the log, once, before they are answered."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tracking.sending import WHEN, a_key, entered, post, send, the_one, track
from vincle.flow.models import Identity, InteractionThing, Observation, Person, Thing

pytestmark = pytest.mark.django_db


def test_a_purchase_enters_with_all_it_says():
    answer = send(a_key(), track())

    assert (200, True) == (answer.status_code, answer.json()["success"])
    it = the_one()
    assert (
        "m1",
        datetime(2026, 3, 1, 9, 30, 15, 123000, tzinfo=UTC),
        "order.placed",
        "user_id@web",
        "42",
        Decimal("12.5"),
        "EUR",
        {"revenue": 12.5, "currency": "EUR", "coupon": "MAIG"},
    ) == (
        it.message_id,
        it.occurred_at,
        it.kind.name,
        it.identity.namespace,
        it.identity.value,
        it.amount,
        it.currency,
        it.properties,
    )


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"event": "Order Completed"}, "order.placed"),
        ({"event": "File Downloaded"}, "file.downloaded"),
        ({"event": "order.placed"}, "order.placed"),
        ({"event": "Purchase"}, "order.placed"),
        ({"event": "Video Played"}, "video_played"),
        ({"event": "购买"}, "event_cc6f86bd"),
        ({"type": "page"}, "page.viewed"),
        ({"type": "screen"}, "screen.viewed"),
        ({"type": "identify"}, "person.identified"),
        ({"type": "group", "groupId": "acme"}, "group.joined"),
        ({"type": "alias", "previousId": "v-1"}, "person.linked"),
        ({"type": "merge", "mergeProperties": [{"type": "email", "value": "a@roca.cat"}]}, "person.linked"),
    ],
)
def test_what_happened_is_a_kind(said, kind):
    send(a_key(), track(**said))

    assert kind == the_one().kind.name


def test_saying_it_again_adds_nothing():
    key = a_key()

    answers = [send(key, track(), sentAt=at).status_code for at in ("2026-11-01T12:00:00Z", "2026-11-01T12:00:09Z")]

    assert ([200, 200], 1) == (answers, len(entered()))


@pytest.mark.parametrize("number", [..., "", None, "  "])
def test_without_a_message_id_the_content_is_one(number):
    key = a_key()

    for said in (track(messageId=number), track(messageId=number), track(messageId=number, event="Video Played")):
        send(key, {**said, "sentAt": f"2026-11-01T12:00:0{len(entered())}Z"})

    assert ["order.placed", "video_played"] == [it.kind.name for it in entered()]


def test_a_message_id_belongs_to_its_source():
    for name in ("Web", "App"):
        send(a_key(name), track())

    assert [("web", "m1"), ("app", "m1")] == [(it.source.name, it.message_id) for it in entered()]


def test_a_long_message_id_is_kept_as_its_hash():
    key = a_key()
    for _ in range(2):
        send(key, track(messageId="x" * 300))

    assert the_one().message_id.startswith("long-")


@pytest.mark.parametrize(
    ("path", "said", "kind"),
    [
        ("track", {"event": "Purchase"}, "order.placed"),
        ("t", {"event": "Purchase"}, "order.placed"),
        ("identify", {}, "person.identified"),
        ("i", {}, "person.identified"),
        ("page", {}, "page.viewed"),
        ("p", {}, "page.viewed"),
        ("screen", {}, "screen.viewed"),
        ("s", {}, "screen.viewed"),
        ("group", {"groupId": "acme"}, "group.joined"),
        ("g", {"groupId": "acme"}, "group.joined"),
        ("alias", {"previousId": "v-1"}, "person.linked"),
        ("a", {"previousId": "v-1"}, "person.linked"),
        ("merge", {"mergeProperties": [{"type": "mobile", "value": "+34600111222"}]}, "person.linked"),
    ],
)
def test_every_kind_of_event_has_its_address(path, said, kind):
    answer = post(path, {"userId": "42", "timestamp": WHEN, "writeKey": a_key(), **said})

    assert (200, kind) == (answer.status_code, the_one().kind.name)


@pytest.mark.parametrize("path", ["batch", "import", "b"])
def test_a_batch_has_three(path):
    answer = post(path, {"batch": [track(), track(messageId="m2")], "writeKey": a_key()})

    assert (200, 2) == (answer.status_code, len(entered()))


def test_figures_of_libraries_about_themselves_are_taken_and_not_kept():
    answer = post("m", {"series": []})

    assert (200, []) == (answer.status_code, entered())


def test_the_context_of_the_batch_is_every_events():
    around = {
        "page": {"url": "https://shop.example.org/cap", "path": "/cap"},
        "library": {"name": "x"},
        "ip": "1.2.3.4",
    }

    send(a_key(), track(properties={}, context={"locale": "ca"}), context=around)

    it = the_one()
    assert {"context": {"page": around["page"], "locale": "ca"}} == it.properties
    assert ("web", "shop.example.org") == (it.touchpoint.channel, it.touchpoint.place)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"type": "page", "context": {"page": {"url": "https://Shop.example.org/x"}}}, ("web", "shop.example.org")),
        ({"type": "page", "properties": {"url": "https://shop.example.org/x"}}, ("web", "shop.example.org")),
        ({"type": "page"}, ("web", "")),
        ({"type": "screen", "context": {"app": {"name": "Roca"}}}, ("app", "Roca")),
        ({"channel": "mobile"}, ("app", "")),
        ({"channel": "server"}, None),
        ({}, None),
    ],
)
def test_where_it_happened(said, where):
    send(a_key(), track(**said))

    touchpoint = the_one().touchpoint
    assert where == (touchpoint and (touchpoint.channel, touchpoint.place))


@pytest.mark.parametrize(
    ("properties", "event", "money"),
    [
        ({"revenue": 12.5, "currency": "usd"}, "Order Completed", (Decimal("12.5"), "USD")),
        ({"revenue": "12.50"}, "Order Completed", (Decimal("12.5"), "EUR")),
        ({"total": 9, "currency": "nonsense"}, "Order Completed", (Decimal(9), "EUR")),
        ({"revenue": 9, "total": 10}, "Order Refunded", (Decimal(-9), "EUR")),
        ({"revenue": "much"}, "Order Completed", (None, None)),
        ({"revenue": True}, "Order Completed", (None, None)),
        ({"revenue": 1e20}, "Order Completed", (None, None)),
        ({"price": 3}, "Product Viewed", (None, None)),
    ],
)
def test_how_much(properties, event, money):
    send(a_key(), track(event=event, properties=properties))

    it = the_one()
    assert (money, properties) == ((it.amount, it.currency), it.properties)


def test_an_order_is_about_its_products():
    products = [
        {"product_id": "p1", "name": "Eggs", "quantity": 2, "price": 3.1},
        {"sku": "s2", "price": "0.5"},
        {"name": "without a number"},
        "nonsense",
    ]

    send(a_key(), track(properties={"order_id": "o-9", "products": products}))

    about = InteractionThing.objects.select_related("thing").order_by("thing__type", "thing__key")
    assert [
        ("order", "o-9", "", "", None, None),
        ("product", "p1", "line", "Eggs", 2.0, Decimal("6.2")),
        ("product", "s2", "line", "", None, Decimal("0.5")),
    ] == [(a.thing.type, a.thing.key, a.qualifier, a.thing.label, a.quantity, a.amount) for a in about]


def test_a_group_is_a_thing():
    send(a_key(), track(type="group", groupId="acme", traits={"name": "Acme", "plan": "free"}))

    thing = Thing.objects.get()
    assert ("group", "acme", "Acme", {"name": "Acme", "plan": "free"}) == (
        thing.type,
        thing.key,
        thing.label,
        thing.properties,
    )
    assert [] == list(Observation.objects.all())


def test_traits_are_what_is_told_of_the_person():
    traits = {
        "firstName": "Mercè",
        "lastName": "Roca",
        "address": {"city": "Girona", "postalCode": "17001"},
        "age": 41,
        "plan": "undefined",
        "tags": ["a"],
    }

    send(a_key(), track(type="identify", traits=traits))

    assert {
        "given_name": "Mercè",
        "family_name": "Roca",
        "name": "Mercè Roca",
        "town": "Girona",
        "postcode": "17001",
        "age": "41",
    } == dict(Observation.objects.values_list("name", "value"))
    assert "Mercè Roca" == Person.objects.get().name


def test_nobody_is_made_of_ids_that_say_nothing():
    send(a_key(), track(userId="undefined", anonymousId="v-7"))

    assert [("anonymous_id@web", "v-7")] == list(Identity.objects.values_list("namespace", "value"))
