"""Nobody opens a page that the registry does not open to them: every address, every role."""

from http import HTTPStatus

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.views import View

from cast_of import Cast
from vincle.web import errors
from vincle.web.permissions import (
    EVERYBODY,
    PERMISSIONS,
    SIGNED_IN,
    Declaration,
    Role,
    can,
    declared_by,
    needs,
    open_to_everybody,
    open_to_signed_in,
)
from web.walking import Address, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# 400, 404, 405: the view itself answers that the sample is not what it wants; 401: it asks for a token or a device's
# password instead
OPENED = {200, 204, 302, 400, 401, 404, 405}

# Views of allauth that nobody has opened: accounts are not made, and e-mails not changed, by oneself.
SHUT = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
}


@pytest.fixture(autouse=True)
def _a_refusal_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked here is whether an address opens. Hundreds of times the answer is the same page for the same
    person, who is shown it the first time."""
    draw, drawn = errors._say, set()

    def say(request: HttpRequest, status: HTTPStatus, title: str, hint: str) -> HttpResponse:
        page = (request.user.pk, status, str(title), str(hint))
        if page in drawn:
            return HttpResponse(status=status)
        drawn.add(page)
        return draw(request, status, title, hint)

    monkeypatch.setattr(errors, "_say", say)


def test_every_address_says_who_may_come_in():
    assert SHUT == {address.name for address in addresses() if address.declaration is None}


@pytest.mark.parametrize("role", [*Role, ""], ids=[*Role, "outsider"])
def test_a_role_opens_what_the_registry_gives_it_and_nothing_else(role: str, cast: Cast, client_of):
    user = cast.with_role(role)
    client = client_of(user)
    for address in addresses():
        opened = _status(client, address) != 403
        declaration = address.declaration
        assert (declaration is not None and declaration.admits(user, "GET")) == opened, address


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page():
    for address in addresses():
        declaration = address.declaration
        if declaration != EVERYBODY:
            response = Client().get(address.path)
            assert (302, f"{reverse('account_login')}?next={address.path}") == (response.status_code, response.url), (
                address
            )


def test_what_is_open_to_everybody_opens_to_who_is_not_signed_in():
    for address in addresses():
        if address.declaration == EVERYBODY:
            assert 403 != _status(Client(), address), address


@pytest.mark.parametrize("role", [*Role, ""], ids=[*Role, "outsider"])
def test_changing_something_asks_for_its_own_permission(role: str, cast: Cast, client_of):
    user = cast.with_role(role)
    client = client_of(user)
    for address in addresses():
        declaration = address.declaration
        if declaration is not None and not declaration.admits(user, "POST"):
            assert 403 == client.post(address.path).status_code, address


def test_every_permission_has_an_owner():
    assert [] == [permission.name for permission in PERMISSIONS.values() if Role.OWNER not in permission.roles]


def test_the_auditor_changes_nothing():
    verbs = {"view"}
    assert verbs == {
        name.partition(".")[2] for name, permission in PERMISSIONS.items() if Role.AUDITOR in permission.roles
    }


def test_can_answers_from_the_registry(olga, anna, outsider):
    assert (True, False, False) == tuple(can(user, "staff.manage") for user in (olga, anna, outsider))


def test_can_refuses_who_does_not_work_here_any_more(olga):
    olga.is_active = False
    assert not can(olga, "today.view")


def test_can_does_not_know_a_permission_that_is_not_in_the_registry(olga):
    with pytest.raises(KeyError):
        can(olga, "everything")


def test_a_view_cannot_ask_for_a_permission_that_is_not_in_the_registry():
    with pytest.raises(LookupError):
        needs("everything")


def test_functions_and_classes_declare_alike():
    @needs("people.view", to_change="people.edit")
    def function(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @needs("people.view", to_change="people.edit")
    class Class(View):
        pass

    expected = Declaration("people.view", "people.edit")
    assert [expected, expected] == [declared_by(function), declared_by(Class.as_view())]


def test_a_class_that_inherits_keeps_what_its_parent_declared():
    @open_to_signed_in
    class Parent(View):
        pass

    class Child(Parent):
        pass

    assert SIGNED_IN == declared_by(Child.as_view())


def test_open_to_everybody_admits_who_is_not_signed_in():
    @open_to_everybody
    def function(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert EVERYBODY == declared_by(function)


def _status(client: Client, address: Address) -> int:
    status: int = client.get(address.path).status_code
    assert status in OPENED | {403}, (address, status)
    return status
