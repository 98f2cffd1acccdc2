"""Whom events speak of, and whom they make one person."""

import pytest

from tracking.sending import a_key, send, track
from vincle.flow.models import Identity, Interaction, SamePerson

pytestmark = pytest.mark.django_db

MERCE, JOAN = "merce@roca.cat", "joan@roca.cat"


def identify(user=None, visitor=None, **traits):
    """Somebody says who they are."""
    number = f"{user}-{visitor}-{sorted(traits.items())}"
    return track(type="identify", userId=user, anonymousId=visitor, traits=traits, messageId=number, properties={})


def visit(visitor, number=1):
    return track(type="page", userId=None, anonymousId=visitor, messageId=f"{visitor}-{number}")


def together():
    """The identities' values of each person."""
    found: dict[int, set[str]] = {}
    for person, value in Identity.objects.values_list("person_id", "value"):
        found.setdefault(person, set()).add(value)
    return sorted(map(sorted, found.values()))


def test_visitor_and_user_on_one_event_are_one_person():
    key = a_key()
    send(key, visit("v-1"))
    send(key, identify("42", "v-1"))

    assert [["42", "v-1"]] == together()


def test_an_email_and_a_phone_reach_beyond_the_source():
    send(a_key("Web"), identify("42", email="  Merce@Roca.CAT ", phone="600 111 222"))
    send(a_key("App"), identify("m-9", email=MERCE))

    assert [["+34600111222", "42", "m-9", MERCE]] == together()
    assert {"user_id@web", "user_id@app", "email", "phone"} == set(Identity.objects.values_list("namespace", flat=True))


@pytest.mark.parametrize("email", ["not an address", "none@none.com", "undefined", ""])
def test_what_is_no_address_joins_nobody(email):
    send(a_key(), identify("42", email=email))

    assert [["42"]] == together()


def test_two_users_of_one_device_stay_two():
    key = a_key()
    send(key, visit("tablet"), identify("merce", "tablet"))
    send(key, identify("joan", "tablet"))

    assert [["joan"], ["merce"], ["tablet"]] == together()


def test_two_devices_of_one_address_are_one_person():
    send(a_key(), identify(None, "laptop", email=MERCE), identify(None, "mobile", email=MERCE))

    assert [["laptop", MERCE, "mobile"]] == together()


def test_a_familys_address_joins_nobody():
    send(a_key(), identify("1", email=MERCE), identify("2", email=MERCE), identify("3", email=JOAN))

    assert [["1"], ["2"], ["3", JOAN], [MERCE]] == sorted(together())


@pytest.mark.parametrize("before", ["visitor", "user"])
def test_an_alias_links_to_who_they_were_before(before):
    key = a_key()
    send(key, visit("old") if before == "visitor" else track(userId="old", messageId="x"))
    send(key, track(type="alias", previousId="old", messageId="a"))
    send(key, visit("old", 2) if before == "visitor" else track(userId="old", messageId="y"))

    assert [["42", "old"]] == together()


def test_an_alias_may_come_first():
    key = a_key()
    send(key, track(type="alias", previousId="old", messageId="a"))
    send(key, visit("old"))

    assert 1 == len(together())


def test_aliases_in_a_ring_are_one_person():
    key = a_key()
    for user, former in (("a", "b"), ("b", "c"), ("c", "a")):
        send(key, track(type="alias", userId=user, previousId=former, messageId=user + former))

    assert [["a", "b", "c"]] == together()


def test_a_merge_links_what_it_lists():
    said = [
        {"type": "email", "value": MERCE},
        {"type": "mobile", "value": "+34600111222"},
        {"type": "Loyalty Card", "value": 77},
        {"type": "email", "value": "null"},
        "nonsense",
    ]
    send(a_key(), track(type="merge", userId=None, mergeProperties=said))

    assert [["+34600111222", "77", MERCE]] == together()
    assert Identity.objects.filter(namespace="loyalty_card@web").exists()


def test_saying_again_who_somebody_is_adds_no_fact():
    key = a_key()
    for number in range(3):
        send(key, {**identify("42", "v-1", email=MERCE), "messageId": f"i{number}"})

    assert (3, 2) == (Interaction.objects.count(), SamePerson.objects.count())


def test_a_late_event_of_the_visitor_is_the_persons():
    key = a_key()
    send(key, identify("42", "v-1"))
    send(key, visit("v-1", 2))

    assert [["42", "v-1"]] == together()
