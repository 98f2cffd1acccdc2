"""The pages: sources, keys shown once, and events as they come in."""

import pytest

from tracking.sending import a_key, post, send, track
from vincle.apps.tracking.models import Arrival, TrackingSource, WriteKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def laia(db):
    """The analyst."""
    from cast_of import somebody

    return somebody("laia")


def test_a_source_is_made_and_its_key_is_shown_once(laia, client_of):
    client = client_of(laia)

    first = client.post("/tracking/new/", {"name": "Shop", "origins": "https://Shop.example.org/\n"}, follow=True)
    key = first.context["key"]
    again = client.get("/tracking/shop/")

    assert (200, True, False) == (send(key, track()).status_code, key in first.text, key in again.text)
    assert ["https://shop.example.org"] == TrackingSource.objects.get().origins


def test_the_lines_to_copy_hold_the_key_and_the_address(laia, client_of):
    page = client_of(laia).post("/tracking/new/", {"name": "Shop"}, follow=True)

    key = page.context["key"]
    assert [True] * 5 == [key in each.text and "testserver" in each.text for each in page.context["snippets"]]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "!!"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "Web"}, "name"),
        ({"name": "Shop", "origins": "shop.example.org"}, "origins"),
        ({"name": "Shop", "origins": "https://shop.example.org/path"}, "origins"),
        ({"name": "Shop", "origins": "https://user@shop.example.org"}, "origins"),
        ({"name": "Shop", "origins": "ftp://shop.example.org"}, "origins"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(said, field, laia, client_of):
    a_key("Web")

    page = client_of(laia).post("/tracking/new/", said)

    assert (200, [field], 1) == (page.status_code, list(page.context["form"].errors), TrackingSource.objects.count())


def test_a_new_key_takes_the_place_of_the_old_one(laia, client_of):
    old = a_key()

    page = client_of(laia).post("/tracking/web/rotate/", {"grace": "0"}, follow=True)

    assert [401, 200] == [send(key, track()).status_code for key in (old, page.context["key"])]


def test_the_old_key_may_go_on_for_a_while(laia, client_of):
    old = a_key()

    client_of(laia).post("/tracking/web/rotate/", {"grace": "1"})

    assert 200 == send(old, track()).status_code


def test_revoking_ends_every_key(laia, client_of):
    key = a_key()

    client_of(laia).post("/tracking/web/revoke/")

    assert (401, 0) == (send(key, track()).status_code, WriteKey.objects.filter(ends_at=None).count())


def test_origins_can_be_changed(laia, client_of):
    key = a_key()

    client_of(laia).post("/tracking/web/origins/", {"origins": "http://localhost:3000"})

    answers = [
        post("t", {**track(), "writeKey": key}, headers={"Origin": each})
        for each in ("http://localhost:3000", "http://x.org")
    ]
    assert [200, 403] == [answer.status_code for answer in answers]


def test_origins_that_are_none_change_nothing(laia, client_of):
    a_key("Web", "https://a.example.org")

    page = client_of(laia).post("/tracking/web/origins/", {"origins": "nonsense"})

    assert (422, ["https://a.example.org"]) == (page.status_code, TrackingSource.objects.get().origins)


def test_the_live_page_tells_what_became_of_each_event(laia, client_of):
    key = a_key()
    send(key, track(), track(messageId="bad", userId="undefined"))
    send(key, track())

    page = client_of(laia).get("/tracking/web/latest/")

    assert [("m1", "known"), ("bad", "quarantined"), ("m1", "entered")] == [
        (each.message_id, each.state) for each in page.context["events"]
    ]
    assert "does not say who it is" in page.text


def test_the_live_page_shows_nothing_of_what_was_erased(laia, client_of):
    send(a_key(), track())
    Arrival.objects.update(message_ids=["gone", "m1"])

    page = client_of(laia).get("/tracking/web/latest/")

    assert ["m1"] == [each.message_id for each in page.context["events"]]


def test_the_live_page_costs_the_same_however_much_comes_in(laia, client_of, django_assert_max_num_queries):
    key = a_key()
    for number in range(30):
        send(key, *[track(messageId=f"m{number}-{each}") for each in range(3)])
    client = client_of(laia)

    with django_assert_max_num_queries(12):
        page = client.get("/tracking/web/latest/")

    assert 40 == len(page.context["events"])


def test_the_list_costs_the_same_however_many_sources(laia, client_of, django_assert_max_num_queries):
    for number in range(12):
        a_key(f"Source {number}")
    client = client_of(laia)

    with django_assert_max_num_queries(14):
        page = client.get("/tracking/")

    assert 12 == page.text.count('href="/tracking/source-')


def test_an_empty_list_teaches(laia, client_of):
    assert "Nothing sends by itself yet" in client_of(laia).get("/tracking/").text


def test_who_may_only_look_is_offered_nothing_to_change(ramon, client_of):
    a_key()
    client = client_of(ramon)

    page = client.get("/tracking/web/")

    assert (200, False, 403) == (
        page.status_code,
        "<textarea" in page.text,
        client.post("/tracking/web/revoke/").status_code,
    )


@pytest.mark.parametrize("path", ["", "new/", "web/", "web/latest/"])
def test_the_outsider_sees_nothing(path, outsider, client_of):
    a_key()

    assert 403 == client_of(outsider).get(f"/tracking/{path}").status_code


def test_a_source_that_is_none_is_not_found(laia, client_of):
    assert 404 == client_of(laia).get("/tracking/nothing/").status_code
