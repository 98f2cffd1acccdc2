"""Links that let somebody in once."""

from datetime import timedelta

import pytest
from django.test import Client

from cast_of import LONG_AGO
from vincle.apps.accounts import actions
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry, LoginLink, User
from vincle.kernel import clock
from vincle.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def issue(user: User, **options: object) -> str:
    return actions.issue_login_link(actor=COMMAND_LINE, now=clock.now(), user_id=user.pk, **options)


def signed_in(client: Client) -> bool:
    return 200 == client.get("/me/").status_code


def test_a_link_lets_in_when_its_button_is_pressed(olga):
    client, path = Client(), f"/enter/{issue(olga)}/"
    assert "lets you in once" in client.get(path).text
    assert "/" == client.post(path).url
    assert signed_in(client)


@pytest.mark.parametrize(("to", "opens"), [("/people/", "/people/"), ("https://elsewhere.example/", "/"), ("//x", "/")])
def test_a_link_opens_a_page_of_ours_and_none_elsewhere(olga, to, opens):
    assert opens == Client().post(f"/enter/{issue(olga)}/?to={to}").url


def test_looking_at_a_link_does_not_spend_it(olga):
    path = f"/enter/{issue(olga)}/"
    for _preview in range(3):
        Client().get(path)
        Client().head(path)
    client = Client()
    client.post(path)
    assert signed_in(client)


def test_a_link_works_once(olga):
    path = f"/enter/{issue(olga)}/"
    Client().post(path)
    again = Client()
    response = again.post(path)
    assert 403 == response.status_code
    assert "used already, or it is too old" in response.text
    assert not signed_in(again)


def test_a_link_is_good_for_fifteen_minutes(olga):
    token = actions.issue_login_link(actor=COMMAND_LINE, now=LONG_AGO, user_id=olga.pk)
    with pytest.raises(Refused):
        actions.use_login_link(token=token, now=LONG_AGO + timedelta(minutes=15))
    just_in_time = actions.use_login_link(token=token, now=LONG_AGO + timedelta(minutes=14, seconds=59))
    assert olga == just_in_time.user


def test_a_new_link_takes_the_place_of_the_old_one(olga):
    old, new = issue(olga), issue(olga)
    with pytest.raises(Refused):
        actions.use_login_link(token=old, now=clock.now())
    assert olga == actions.use_login_link(token=new, now=clock.now()).user


@pytest.mark.parametrize("token", ["", "x", "a" * 43])
def test_a_token_that_was_never_issued_is_refused(olga, token):
    issue(olga)
    with pytest.raises(Refused):
        actions.use_login_link(token=token, now=clock.now())


def test_the_token_itself_is_not_kept(olga):
    token = issue(olga)
    assert token not in str(list(LoginLink.objects.values())) + str(list(AuditEntry.objects.values()))


def test_nobody_without_access_gets_a_link_or_enters_by_an_old_one(olga, anna):
    token = issue(anna)
    actions.deactivate(actor=COMMAND_LINE, now=clock.now(), user_id=anna.pk)
    with pytest.raises(Refused):
        issue(anna)
    with pytest.raises(Refused):
        actions.use_login_link(token=token, now=clock.now())


def test_an_invitation_leads_to_choosing_a_password(db):
    made = actions.invite(actor=COMMAND_LINE, now=clock.now(), name="Clara", email="clara@example.org", role="agent")
    client = Client()
    assert "/account/password/set/" == client.post(f"/enter/{made.token}/").url
    chosen = {"password1": "ter-box-girona", "password2": "ter-box-girona"}
    client.post("/account/password/set/", chosen)
    later = Client()
    later.post("/account/login/", {"login": "clara@example.org", "password": "ter-box-girona"})
    assert signed_in(later)


def test_a_link_for_a_forgotten_password_forgets_it_for_good(anna):
    before = anna.password
    actions.use_login_link(token=issue(anna, new_password=True), now=clock.now())
    anna.refresh_from_db()
    assert before != anna.password
    assert not anna.has_usable_password()
