"""The pages of webhooks: added, changed, switched off and on, removed, messages looked at."""

import pytest
from django.test import Client

from cast_of import Cast
from people.telling import happened, tell
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.webhooks import actions
from vincle.apps.webhooks.models import Delivery, Endpoint
from vincle.apps.webhooks.queries import switched_off_by_itself
from vincle.flow.models import Interaction, Kind
from vincle.kernel import clock
from vincle.kernel.ids import uuid7
from webhooks.hearing import add

pytestmark = pytest.mark.django_db

LIST = "/settings/webhooks/"


@pytest.fixture
def olgas(client_of, olga) -> Client:
    for name in ("order.placed", "visit.made"):
        Kind.objects.get_or_create(name=name)
    return client_of(olga)


def test_an_endpoint_is_added_and_its_secret_shown_once(olgas, listener):
    asked = {"name": "Shop", "url": listener.url, "kinds": ["order.placed"]}
    page = olgas.post(f"{LIST}new/", asked, follow=True)
    endpoint = Endpoint.objects.get()
    assert endpoint.secret.startswith("whsec_")
    assert endpoint.secret in page.content.decode()
    assert endpoint.secret not in olgas.get(f"{LIST}{endpoint.pk}/").content.decode()
    assert (["order.placed"], False, False) == (endpoint.kinds, endpoint.every_kind, endpoint.imports)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "ftp://example.org/",
        "https://10.0.0.1/",
        "https://2852039166/",
        "https://user:pass@example.org/",
        "https://no-such-host.invalid/",
    ],
)
def test_an_address_that_may_not_be_is_refused(olgas, url):
    page = olgas.post(f"{LIST}new/", {"name": "Shop", "url": url, "every_kind": "on"})
    assert (200, 0) == (page.status_code, Endpoint.objects.count())


def test_hearing_of_nothing_never_means_everything(olgas, listener):
    olgas.post(f"{LIST}new/", {"name": "Shop", "url": listener.url})
    assert 0 == Endpoint.objects.count()


def test_fields_that_nobody_asked_for_change_nothing(olgas, listener):
    asked = {"name": "Shop", "url": listener.url, "every_kind": "on", "secret": "whsec_x", "number": 0, "gave_up": "x"}
    olgas.post(f"{LIST}new/", asked)
    endpoint = Endpoint.objects.get()
    assert ("", True) == (endpoint.gave_up, endpoint.secret != "whsec_x")


def test_an_endpoint_is_changed(olgas, listener):
    endpoint = add(listener.url).endpoint
    olgas.post(
        f"{LIST}{endpoint.pk}/change/",
        {"name": "Shop 2", "url": listener.url, "kinds": ["visit.made"], "imports": "on"},
    )
    endpoint.refresh_from_db()
    assert ("Shop 2", ["visit.made"], False, True) == (
        endpoint.name,
        endpoint.kinds,
        endpoint.every_kind,
        endpoint.imports,
    )


def test_it_is_switched_off_and_on(olgas, listener):
    endpoint = add(listener.url).endpoint
    page = olgas.post(f"{LIST}{endpoint.pk}/off/", follow=True)
    assert f"{LIST}{endpoint.pk}/on/" in page.content.decode()
    assert Endpoint.objects.get().off_at is not None
    olgas.post(f"{LIST}{endpoint.pk}/on/")
    assert Endpoint.objects.get().off_at is None


def test_it_is_removed_and_brought_back(olgas, listener):
    endpoint = add(listener.url).endpoint
    olgas.post(f"{LIST}{endpoint.pk}/remove/")
    assert 404 == olgas.get(f"{LIST}{endpoint.pk}/").status_code
    assert "Shop" not in olgas.get(LIST).content.decode().split("toasts")[0]
    olgas.post(f"{LIST}{endpoint.pk}/restore/")
    assert 200 == olgas.get(f"{LIST}{endpoint.pk}/").status_code
    Endpoint.objects.update(removed_at=clock.now() - actions.UNDO_WITHIN)
    assert 403 == olgas.post(f"{LIST}{endpoint.pk}/restore/").status_code


def test_a_message_shows_what_it_says_and_is_sent_again(olgas, listener):
    endpoint = add(listener.url).endpoint
    tell(happened("c1", "2026-01-01 10:00", text="Thanks <b>"))
    delivery = _made(endpoint)
    page = olgas.get(f"{LIST}{endpoint.pk}/messages/{delivery.pk}/").content.decode()
    assert "Thanks &lt;b&gt;" in page
    Delivery.objects.update(state=Delivery.State.FAILED)
    olgas.post(f"{LIST}{endpoint.pk}/messages/{delivery.pk}/again/")
    assert Delivery.State.WAITING == Delivery.objects.get().state
    assert 403 == olgas.post(f"{LIST}{endpoint.pk}/messages/{delivery.pk}/again/").status_code


def test_a_message_is_found_under_its_own_endpoint_only(olgas, listener):
    first, second = add(listener.url).endpoint, add(listener.url, name="Other").endpoint
    delivery = actions.test(first, now=clock.now())
    assert 404 == olgas.get(f"{LIST}{second.pk}/messages/{delivery.pk}/").status_code
    assert 404 == olgas.post(f"{LIST}{second.pk}/messages/{delivery.pk}/again/").status_code


def test_messages_are_filtered_by_state(olgas, listener):
    endpoint = add(listener.url).endpoint
    actions.test(endpoint, now=clock.now())
    actions.test(endpoint, now=clock.now())
    Delivery.objects.filter(pk=Delivery.objects.order_by("pk")[0].pk).update(state="failed")
    counts = [len(olgas.get(f"{LIST}{endpoint.pk}/?state={each}").context["lines"]) for each in ("", "failed", "x")]
    assert [2, 1, 2] == counts


def test_given_up_endpoints_are_counted_in_the_sidebar(listener):
    endpoint = add(listener.url).endpoint
    assert 0 == switched_off_by_itself().count()
    Endpoint.objects.update(gave_up="500", off_at=clock.now())
    assert 1 == switched_off_by_itself().count()
    actions.switch_on(endpoint, actor=COMMAND_LINE, now=clock.now())
    assert 0 == switched_off_by_itself().count()


def test_who_may_only_look_changes_nothing(client_of, cast: Cast, listener):
    endpoint = add(listener.url).endpoint
    for key in ("ramon", "laia"):
        client = client_of(cast.members[key])
        page = client.get(f"{LIST}{endpoint.pk}/").content.decode()
        assert ("/off/" in page, endpoint.secret in page) == (False, False)
        assert 403 == client.post(f"{LIST}{endpoint.pk}/off/").status_code
    assert Endpoint.objects.get().off_at is None


@pytest.mark.parametrize("where", ["", "one"])
def test_lists_cost_the_same_however_long_they_are(olgas, listener, where, django_assert_max_num_queries):
    endpoint = add(listener.url).endpoint
    for number in range(20):
        add(listener.url, name=f"Program {number}")
        actions.test(endpoint, now=clock.now())
    address = f"{LIST}{endpoint.pk}/" if where else LIST
    olgas.get(address)
    with django_assert_max_num_queries(10):
        olgas.get(address)


def test_an_empty_list_teaches(olgas):
    assert "No program hears yet" in olgas.get(LIST).content.decode()


def _made(endpoint: Endpoint) -> Delivery:
    """A message about what has just happened."""
    number, now = Interaction.objects.latest("pk").pk, clock.now()
    return Delivery.objects.create(
        endpoint=endpoint, uid=uuid7(), interaction_id=number, kind="visit.made", created_at=now, due_at=now
    )
