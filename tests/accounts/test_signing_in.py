"""Passwords, second steps, closed doors."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client, override_settings

from cast_of import PASSWORD
from vincle.apps.accounts import actions
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry, User
from vincle.kernel import clock

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _no_rate_was_used() -> None:
    cache.clear()


def sign_in(user: User, password: str = PASSWORD, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/account/login/", {"login": user.email.upper(), "password": password})
    return client


def is_in(client: Client) -> bool:
    return 200 == client.get("/me/").status_code


def number() -> str:
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def actions_of(user: User) -> list[str]:
    return list(AuditEntry.objects.filter(actor_id=user.pk).order_by("id").values_list("action", flat=True))


def test_the_email_in_any_capitals_and_the_password_let_in(olga):
    assert is_in(sign_in(olga))
    assert ["staff.signed_in"] == actions_of(olga)


def test_a_wrong_password_does_not_and_is_written_down(olga):
    client = Client()
    response = client.post("/account/login/", {"login": olga.email, "password": "wrong-guess-1"})
    assert 200 == response.status_code
    assert not is_in(client)
    entry = AuditEntry.objects.get(action="staff.sign_in_failed")
    assert (None, "olga@example.org", "127.0.0.1") == (entry.actor_id, entry.summary, entry.ip)


def test_what_was_typed_for_an_unknown_account_is_not_written_down(olga):
    Client().post("/account/login/", {"login": "my-own-password@oops.org", "password": "x"})
    assert "oops" not in str(AuditEntry.objects.filter(action="staff.sign_in_failed").values().get())


def test_many_wrong_guesses_have_to_wait(olga):
    client = Client()
    for _guess in range(6):
        client.post("/account/login/", {"login": olga.email, "password": "wrong-guess-1"})
    assert not is_in(sign_in(olga, client=client))


def test_signing_out_ends_the_session_and_is_written_down(olga):
    client = sign_in(olga)
    client.post("/account/logout/")
    assert not is_in(client)
    assert ["staff.signed_in", "staff.signed_out"] == actions_of(olga)


def test_nobody_makes_an_account_alone(olga):
    page = Client().get("/account/signup/")
    assert "by invitation" in page.text
    new = {"email": "me@example.org", "password1": "ter-box-girona", "password2": "ter-box-girona"}
    Client().post("/account/signup/", new)
    assert not User.objects.filter(email="me@example.org").exists()


def test_when_nobody_works_here_yet_the_page_says_how_to_make_the_first_account(db):
    assert "vincle user add" in Client().get("/account/login/").text


def test_afterwards_it_does_not(olga):
    assert "vincle user add" not in Client().get("/account/login/").text


def test_a_changed_password_ends_all_sessions(olga):
    elsewhere, here = sign_in(olga), sign_in(olga)
    new = {"oldpassword": PASSWORD, "password1": "ter-box-girona", "password2": "ter-box-girona"}
    here.post("/account/password/change/", new)
    assert (False, False) == (is_in(elsewhere), is_in(here))
    assert is_in(sign_in(olga, "ter-box-girona"))
    assert "staff.password_changed" in actions_of(olga)


def test_a_second_step_is_added_with_a_scan_and_asked_for_from_then_on(olga, django_capture_on_commit_callbacks):
    client = sign_in(olga)
    page = client.get("/account/2fa/totp/activate/", follow=True)
    assert "write your password once more" in page.text
    page = client.post(
        page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], {"password": PASSWORD}, follow=True
    ).text
    assert 'src="data:image/svg+xml' in page
    found = re.search(r'id="secret">([A-Z2-7]+)<', page)
    assert found
    shown = format_hotp_value(hotp_value(found.group(1), next(yield_hotp_counters_from_time())))
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/2fa/totp/activate/", {"code": shown})
    assert "staff.second_step_added" in actions_of(olga)

    again = sign_in(olga)
    assert not is_in(again)
    cache.clear()  # the same number may not be used twice within its half minute
    again.post("/account/2fa/authenticate/", {"code": shown})
    assert is_in(again)


def test_a_link_does_not_get_around_the_second_step(olga):
    TOTP.activate(olga, get_adapter().encrypt(SECRET))
    token = actions.issue_login_link(actor=COMMAND_LINE, now=clock.now(), user_id=olga.pk)
    client = Client()
    assert "/account/2fa/authenticate/" == client.post(f"/enter/{token}/").url
    assert not is_in(client)
    client.post("/account/2fa/authenticate/", {"code": number()})
    assert is_in(client)


def test_the_staff_page_shows_who_has_a_second_step(olga, anna, client_of):
    assert "two steps" not in client_of(olga).get("/settings/staff/").text
    TOTP.activate(anna, get_adapter().encrypt(SECRET))
    assert "two steps" in client_of(olga).get("/settings/staff/").text


def test_recovery_codes_alone_are_not_a_second_step(olga, client_of):
    Authenticator.objects.create(user=olga, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
    assert "two steps" not in client_of(olga).get("/settings/staff/").text


def test_without_a_way_to_send_mail_nobody_is_told_that_mail_is_on_its_way(olga):
    page = Client().get("/account/password/reset/").text
    assert "cannot send e-mail" in page
    assert '<input type="email"' not in page


@override_settings(CAN_SEND_EMAIL=True)
def test_a_forgotten_password_is_replaced_by_mail(olga, mailoutbox):
    Client().post("/account/password/reset/", {"email": olga.email})
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)
    assert link
    client = Client()
    form = client.get(link.group(1), follow=True)
    new = {"password1": "ter-box-girona", "password2": "ter-box-girona"}
    client.post(form.request["PATH_INFO"], new)
    assert is_in(sign_in(olga, "ter-box-girona"))


@override_settings(CAN_SEND_EMAIL=True)
def test_who_has_no_account_cannot_learn_it_from_the_reset_page(olga):
    known = Client().post("/account/password/reset/", {"email": olga.email})
    unknown = Client().post("/account/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
