"""What stands between a request and its view."""

import json
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from vincle.web.checks import GUARD, guard_stands_at_the_door

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _with_these_views() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="web.troubled_urls"):
        yield


def test_a_view_that_declares_nothing_is_refused_even_to_the_owner(olga, client_of):
    assert 403 == client_of(olga).get("/test/undeclared/").status_code


def test_a_view_that_declares_nothing_sends_a_stranger_to_sign_in():
    assert "/account/login/?next=/test/undeclared/" == Client().get("/test/undeclared/").url


def test_the_application_does_not_start_without_its_guard(settings):
    assert [] == guard_stands_at_the_door()
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != GUARD]
    assert ["vincle.E001"] == [error.id for error in guard_stands_at_the_door()]
    settings.MIDDLEWARE = [GUARD, *settings.MIDDLEWARE]
    assert ["vincle.E001"] == [error.id for error in guard_stands_at_the_door()]


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole():
    response = Client().get("/test/home/", headers=HTMX)
    assert (401, "/account/login/") == (response.status_code, response["HX-Redirect"])


@pytest.mark.parametrize(("kind", "status"), [("input", 400), ("found", 404), ("ready", 503), ("refused", 403)])
def test_an_error_of_ours_is_a_page_that_says_what_happened(kind, status, olga, client_of):
    response = client_of(olga).get(f"/test/troubled/{kind}/")
    assert status == response.status_code
    assert "The box is empty." in response.text
    assert "Fill it." in response.text


def test_an_error_of_ours_is_a_notice_for_htmx(olga, client_of):
    response = client_of(olga).get("/test/troubled/input/", headers=HTMX)
    assert 400 == response.status_code
    assert [{"text": "The box is empty. Fill it.", "tone": "warm", "undo": ""}] == _toasts(response)


def test_a_fault_of_ours_tells_nothing_of_the_inside(olga, client_of):
    client = client_of(olga)
    client.raise_request_exception = False
    response = client.get("/test/broken/")
    assert 500 == response.status_code
    assert "a fault of ours" not in response.text
    assert "What you had saved is safe" in response.text


def test_a_page_that_does_not_exist_says_so_in_kind_words(olga, client_of):
    response = client_of(olga).get("/nowhere/")
    assert 404 == response.status_code
    assert "There is nothing at this address" in response.text


def test_the_outsider_is_told_that_a_role_is_missing(outsider, client_of):
    response = client_of(outsider).get("/test/home/")
    assert 403 == response.status_code
    assert "You have no role here yet" in response.text


def test_a_form_without_its_token_says_that_the_page_is_old(olga):
    client = Client(enforce_csrf_checks=True)
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post("/theme/", {"theme": "dark"})
    assert 403 == response.status_code
    assert "This page was open for too long" in response.text


def test_notices_reach_htmx_at_once_and_only_once(olga, client_of):
    client = client_of(olga)
    response = client.get("/test/cheerful/", headers=HTMX)
    assert [{"text": "Done · fet", "tone": "well", "undo": "/undo/"}] == _toasts(response)
    assert "Done · fet" not in client.get("/me/").text


def test_notices_wait_for_the_next_page_otherwise(olga, client_of):
    client = client_of(olga)
    client.get("/test/cheerful/")
    assert "Done · fet" in client.get("/me/").text


def test_pages_of_who_is_signed_in_are_kept_by_no_one_else(olga, client_of):
    assert "no-cache, private" == ", ".join(sorted(client_of(olga).get("/me/")["Cache-Control"].split(", ")))


def test_every_page_carries_the_content_security_policy():
    policy = Client().get("/account/login/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


def test_a_page_speaks_the_language_of_the_account(olga, client_of):
    olga.language = "ca"
    olga.save()
    response = client_of(olga).get("/me/", headers={"Accept-Language": "es"})
    assert "ca" == response["Content-Language"]


def test_a_page_speaks_the_language_of_the_browser_otherwise(olga, client_of):
    assert "es" == client_of(olga).get("/me/", headers={"Accept-Language": "es"})["Content-Language"]


def _toasts(response: HttpResponse) -> list[dict[str, str]]:
    toasts: list[dict[str, str]] = json.loads(response["HX-Trigger"])["vincle:toasts"]["toasts"]
    return toasts
