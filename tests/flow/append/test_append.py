"""The door into the log: what goes in comes out the same, once."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from flow.append.cases import LATER, START, a_source, bought, person_of, say
from vincle.flow.append import Absorbed, ThingOf
from vincle.flow.models import Interaction, InteractionThing, Kind, Observation, Thing

pytestmark = pytest.mark.django_db


def test_an_event_comes_out_as_it_went_in():
    say(
        bought(
            "merce",
            channel="shop",
            place="Girona",
            staff="Anna Puig",
            score=0.5,
            text="Third time\nwithout “eggs” — \\N, \"quoted\", ''",
            properties={"box": 114, "note": "ñ"},
        )
    )
    got = Interaction.objects.select_related("kind", "touchpoint", "staff", "identity", "source").get()
    assert (
        START,
        LATER,
        "order.placed",
        "shop · Girona",
        "Anna Puig",
        "customer_id@shop:merce",
        Decimal("12.5"),
        "EUR",
        0.5,
        "Third time\nwithout “eggs” — \\N, \"quoted\", ''",
        {"box": 114, "note": "ñ"},
        "merce-0",
        7,
    ) == (
        got.occurred_at,
        got.recorded_at,
        got.kind.name,
        str(got.touchpoint),
        str(got.staff),
        str(got.identity),
        got.amount,
        got.currency,
        got.score,
        got.text,
        got.properties,
        got.message_id,
        got.uid.version,
    )


@pytest.mark.parametrize(
    "moment", [datetime(1900, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)]
)
def test_the_first_and_the_last_of_dates_are_kept_to_the_microsecond(moment):
    say(bought("merce", occurred_at=moment))
    assert moment == Interaction.objects.get().occurred_at


@pytest.mark.parametrize("amount", ["-0.0001", "922337203685477.5807", "-922337203685477.5807"])
def test_the_smallest_and_the_largest_of_sums_are_exact(amount):
    say(bought("merce", amount=Decimal(amount)))
    assert Decimal(amount) == Interaction.objects.get().amount


def test_what_is_not_said_is_not_made_up():
    say(bought("merce", amount=None, currency=None))
    got = Interaction.objects.get()
    assert [None] * 7 == [
        got.amount,
        got.currency,
        got.score,
        got.text,
        got.properties,
        got.touchpoint,
        got.staff,
    ]


def test_saying_it_twice_enters_once():
    assert Absorbed(new=1) == say(bought("merce"))
    assert Absorbed(new=1, known=1) == say(bought("merce"), bought("merce", 1))
    assert 2 == Interaction.objects.count()
    assert 2 == person_of("merce").interactions


def test_one_message_twice_in_the_same_breath_enters_once():
    assert Absorbed(new=1, known=1) == say(bought("merce"), bought("merce"))


def test_two_sources_may_use_the_same_message_ids():
    say(bought("merce"))
    assert Absorbed(new=1) == say(bought("merce"), source=a_source("web"))


def test_the_person_is_counted_and_summed():
    say(bought("merce"), bought("merce", 3), bought("joan", 1), bought("merce", 9, currency="USD"))
    merce = person_of("merce")
    assert (3, Decimal(25), START, bought("x", 9).occurred_at) == (
        merce.interactions,
        merce.amount,
        merce.first_at,
        merce.last_at,
    )


def test_a_kind_nobody_knew_joins_the_catalogue_with_the_words_of_its_source():
    say(bought("merce", kind="shop.egg-missing", kind_label="Egg missing"))
    assert "Egg missing" == Kind.objects.get(name="shop.egg-missing").label


def test_a_known_kind_brings_its_own_words():
    say(bought("merce"))
    assert {"en": "Purchase", "ca": "Compra", "es": "Compra"} == Kind.objects.get(name="order.placed").labels


def test_the_lines_of_a_basket_are_things_with_quantity_and_money():
    eggs = ThingOf(type="product", key="7", qualifier="line", label="Eggs", quantity=2, amount=Decimal("5.10"))
    say(bought("merce", things=[eggs, eggs]), bought("joan", things=[eggs]))
    assert 1 == Thing.objects.count()
    assert [(2.0, Decimal("5.1")), (4.0, Decimal("10.2"))] == sorted(
        InteractionThing.objects.values_list("quantity", "amount")
    )


def test_repeating_a_basket_repeats_none_of_its_lines():
    eggs = ThingOf(type="product", key="7", qualifier="line", quantity=2)
    say(bought("merce", things=[eggs]))
    say(bought("merce", things=[eggs]), bought("merce", 1, things=[eggs]))
    assert 2 == InteractionThing.objects.count()


def test_what_is_said_of_a_person_is_kept_when_it_changes():
    say(*(bought("merce", day, observations={"town": town}) for day, town in enumerate(["Girona", "Girona", "Olot"])))
    assert ["Girona", "Olot"] == list(Observation.objects.order_by("observed_at").values_list("value", flat=True))


def test_the_most_recent_name_is_the_one_on_the_page():
    say(
        bought("m1", 5, observations={"name": "Mercè Roca"}),
        bought("m1", 1, observations={"name": "M. Roca"}),
    )
    assert ("Mercè Roca", "merce roca") == (person_of("m1").name, person_of("m1").name_key)


def test_somebody_without_a_name_is_called_what_the_source_calls_them():
    say(bought("m1"))
    assert "m1" == person_of("m1").name


@pytest.mark.parametrize("verb", ["UPDATE flow_interaction SET text = 'x'", "DELETE FROM flow_interaction"])
def test_the_database_itself_refuses_to_change_the_log(verb):
    say(bought("merce"))
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb)
    assert 1 == Interaction.objects.count()
