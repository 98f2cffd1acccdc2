"""Who reads the book: the passwords of one's own devices, shown once, ended and brought back."""

import pytest
from django.core.cache import cache

from addressbook.asking import BOOK, Device, find
from people.telling import NOW
from sources.pages import undo_on
from vincle.apps.accounts import actions as accounts
from vincle.apps.accounts.actor import COMMAND_LINE, Actor
from vincle.apps.accounts.models import AuditEntry, User
from vincle.apps.addressbook import actions
from vincle.apps.addressbook.models import AppPassword
from vincle.apps.addressbook.web.entering import MOST_FAILURES
from vincle.kernel.errors import BadInput, Refused

pytestmark = pytest.mark.django_db
PAGE = "/me/address-book/"


@pytest.fixture(autouse=True)
def _no_failures_before():
    cache.clear()


def status(device: Device) -> int:
    return int(device.ask("PROPFIND", "/dav/", find("d:displayname"), Depth="0").status_code)


def test_a_password_is_shown_once_and_only_its_hash_is_kept(client_of, anna):
    client = client_of(anna)
    response = client.post(f"{PAGE}new/", {"device": " my  telephone "}, follow=True)
    password = response.context["password"]
    assert password in response.content.decode()
    assert password not in client.get(PAGE).content.decode()
    kept = AppPassword.objects.get()
    assert ("my telephone", actions.digest(password)) == (kept.device, kept.digest)
    assert 207 == status(Device(anna, password))
    assert "my telephone" == AuditEntry.objects.get(action="addressbook.password_made").summary


def test_a_password_is_ended_and_brought_back(client_of, anna):
    device, client = Device(anna), client_of(anna)
    number = AppPassword.objects.get().pk
    response = client.post(f"{PAGE}{number}/end/", follow=True)
    assert 401 == status(device)
    client.post(undo_on(response))
    assert 207 == status(device)


def test_nobody_touches_the_password_of_somebody_else(client_of, anna, marta):
    device = Device(anna)
    number = AppPassword.objects.get().pk
    for verb in ("end", "back"):
        assert 404 == client_of(marta).post(f"{PAGE}{number}/{verb}/").status_code
    assert 207 == status(device)
    assert [] == client_of(marta).get(PAGE).context["passwords"]


@pytest.mark.parametrize("header", ["", "Bearer x", "Basic !!", "Basic bm9ib2R5", "Basic bm9ib2R5OndvcmQ="])
def test_without_a_password_nobody_reads(anna, header):
    response = Device(anna).ask("PROPFIND", BOOK, Authorization=header)
    assert (401, 'Basic realm="Vincle", charset="UTF-8"') == (response.status_code, response["WWW-Authenticate"])


def test_the_password_one_signs_in_with_is_no_password_here(anna):
    assert 401 == status(Device(anna, "girona-eggs-114"))


def test_a_password_goes_with_its_colleague(anna, marta):
    device = Device(anna)
    assert 401 == status(Device(marta, device.password))
    accounts.change_role(actor=COMMAND_LINE, now=NOW, user_id=anna.pk, role="")
    assert 403 == status(device)
    accounts.change_role(actor=COMMAND_LINE, now=NOW, user_id=anna.pk, role="agent")
    accounts.deactivate(actor=COMMAND_LINE, now=NOW, user_id=anna.pk)
    assert 401 == status(device)


def test_being_signed_in_to_the_pages_opens_no_book(client_of, anna):
    assert 401 == client_of(anna).get(BOOK).status_code


def test_who_guesses_is_made_to_wait(anna):
    wrong, right = Device(anna, "wrong"), Device(anna)
    assert {401} == {status(wrong) for _turn in range(MOST_FAILURES)}
    assert (429, 429) == (status(wrong), status(right))


def test_the_use_of_a_password_is_seen(client_of, anna):
    device = Device(anna)
    assert "not used yet" in client_of(anna).get(PAGE).content.decode()
    status(device)
    assert AppPassword.objects.get().last_used_at is not None


@pytest.mark.parametrize("device", ["", " ", "x" * 81])
def test_a_password_is_for_a_device_with_a_name(client_of, anna, device):
    assert 422 == client_of(anna).post(f"{PAGE}new/", {"device": device}).status_code
    with pytest.raises(BadInput):
        actions.make_password(actor=Actor.of(anna), now=NOW, device=device)


def test_nobody_has_passwords_without_end(anna):
    for number in range(actions.MOST):
        actions.make_password(actor=Actor.of(anna), now=NOW, device=f"device {number}")
    with pytest.raises(Refused, match="You have 20 passwords already"):
        actions.make_password(actor=Actor.of(anna), now=NOW, device="one more")


def test_an_outsider_has_no_page_of_it(client_of, outsider: User):
    assert 403 == client_of(outsider).get(PAGE).status_code
    assert PAGE not in client_of(outsider).get("/me/").content.decode()
