"""Who works here: invited, given roles, let go, let back in."""

import pytest
from django.test import Client
from django.urls import reverse

from cast_of import LONG_AGO, PASSWORD
from vincle.apps.accounts import actions, facade
from vincle.apps.accounts.actor import Actor
from vincle.apps.accounts.models import AuditEntry, User
from vincle.kernel.errors import BadInput, NotFound, Refused

pytestmark = pytest.mark.django_db

STAFF = "/settings/staff/"


def by(user: User) -> dict[str, object]:
    return {"actor": Actor.of(user), "now": LONG_AGO}


def post(client: Client, name: str, user: User, **data: str) -> object:
    return client.post(reverse(f"accounts:{name}", args=[user.pk]), data, follow=True)


def test_the_owner_invites_somebody_and_gets_a_link_to_hand_over_once(olga, client_of):
    client = client_of(olga)
    data = {"name": "Clara Mas", "email": "Clara@Example.org", "role": "agent"}
    page = client.post("/settings/staff/invitation/", data, follow=True)
    assert "A link for Clara Mas" in page.text
    assert "/enter/" in page.text
    assert "/enter/" not in client.get(STAFF).text
    assert ("Clara Mas", "agent") == User.objects.values_list("name", "role").get(email="clara@example.org")


def test_an_email_that_works_here_already_is_said_beside_its_field(olga, anna, client_of):
    data = {"name": "Anna again", "email": "ANNA@example.org", "role": "agent"}
    page = client_of(olga).post("/settings/staff/invitation/", data)
    assert "works here already" in page.text
    assert 1 == User.objects.filter(email__iexact="anna@example.org").count()


def test_a_new_role_is_in_force_at_once_and_can_be_undone(olga, anna, client_of):
    client = client_of(olga)
    page = post(client, "role", anna, role="auditor")
    assert "Anna Puig: Auditor from now on." in page.text
    assert 200 == client_of(anna).get("/settings/audit/").status_code
    client.post(f"{reverse('accounts:role', args=[anna.pk])}?role=agent")
    anna.refresh_from_db()
    assert "agent" == anna.role


def test_choosing_the_same_role_changes_and_writes_nothing(olga, anna):
    entries = AuditEntry.objects.count()
    assert "agent" == actions.change_role(**by(olga), user_id=anna.pk, role="agent")
    assert entries == AuditEntry.objects.count()


def test_a_role_that_does_not_exist_is_refused(olga, anna):
    with pytest.raises(BadInput):
        actions.change_role(**by(olga), user_id=anna.pk, role="king")


def test_the_only_owner_stays_owner(olga, anna):
    with pytest.raises(Refused, match="only owner"):
        actions.change_role(**by(olga), user_id=olga.pk, role="agent")
    actions.change_role(**by(olga), user_id=anna.pk, role="owner")
    actions.change_role(**by(olga), user_id=olga.pk, role="agent")
    olga.refresh_from_db()
    assert "agent" == olga.role


def test_the_only_owner_cannot_be_let_go(olga, client_of):
    page = post(client_of(olga), "end_access", olga)
    assert "is the only owner" in page.text
    olga.refresh_from_db()
    assert olga.is_active


def test_an_owner_without_access_does_not_count_as_owner(olga, anna):
    actions.change_role(**by(olga), user_id=anna.pk, role="owner")
    actions.deactivate(**by(olga), user_id=anna.pk)
    with pytest.raises(Refused):
        actions.deactivate(**by(olga), user_id=olga.pk)


def test_who_is_let_go_is_out_at_once_and_cannot_come_back(olga, anna, client_of):
    of_anna = client_of(anna)
    assert 200 == of_anna.get("/me/").status_code
    page = post(client_of(olga), "end_access", anna)
    assert "their sessions have ended" in page.text
    assert 302 == of_anna.get("/me/").status_code
    refused = Client().post("/account/login/", {"login": anna.email, "password": PASSWORD})
    assert not refused.wsgi_request.user.is_authenticated


def test_undo_lets_somebody_back_in_but_not_their_old_sessions(olga, anna, client_of):
    of_anna, of_olga = client_of(anna), client_of(olga)
    post(of_olga, "end_access", anna)
    page = post(of_olga, "give_access", anna)
    assert "Anna Puig can come in again." in page.text
    assert 302 == of_anna.get("/me/").status_code
    anna.refresh_from_db()
    assert 200 == client_of(anna).get("/me/").status_code


def test_letting_go_twice_or_back_twice_writes_one_entry_each(olga, anna):
    before = AuditEntry.objects.count()
    for action in (actions.deactivate, actions.deactivate, actions.reactivate, actions.reactivate):
        action(**by(olga), user_id=anna.pk)
    assert before + 2 == AuditEntry.objects.count()


@pytest.mark.parametrize("action", [actions.deactivate, actions.reactivate, actions.issue_login_link])
def test_nobody_with_this_number_is_said_plainly(action, olga):
    with pytest.raises(NotFound):
        action(**by(olga), user_id=999_999)


def test_the_manager_sees_the_staff_and_changes_nothing(marta, anna, client_of):
    page = client_of(marta).get(STAFF).text
    assert "Anna Puig" in page
    assert "End access" not in page
    assert "<select" not in page


def test_a_weak_password_is_refused_with_the_reason(db):
    with pytest.raises(BadInput, match="too short"):
        facade.add_user(
            actor=facade.COMMAND_LINE, now=LONG_AGO, name="X", email="x@example.org", role="agent", password="a1"
        )


@pytest.mark.parametrize(("name", "email"), [("X", "nobody"), ("X", ""), (" ", "x@example.org")])
def test_nobody_is_added_without_a_name_and_an_email(name, email, db):
    with pytest.raises(BadInput):
        facade.add_user(actor=facade.COMMAND_LINE, now=LONG_AGO, name=name, email=email, role="agent")


def test_a_new_password_ends_the_sessions(olga, anna, client_of):
    of_anna = client_of(anna)
    facade.set_password(actor=facade.COMMAND_LINE, now=LONG_AGO, user_id=anna.pk, password="ter-box-girona")
    assert 302 == of_anna.get("/me/").status_code


def test_the_page_costs_the_same_whoever_many_work_here(olga, client_of, django_assert_max_num_queries):
    for number in range(12):
        facade.add_user(
            actor=facade.COMMAND_LINE, now=LONG_AGO, name=f"P {number}", email=f"p{number}@example.org", role="agent"
        )
    client = client_of(olga)
    with django_assert_max_num_queries(6):
        client.get(STAFF)


def test_colleagues_are_told_to_other_rooms_as_plain_data(olga, anna):
    assert ["Anna Puig", "Olga Serra"] == [each.name for each in facade.colleagues()]
    assert facade.colleague_by_email(" OLGA@example.org ") == facade.Colleague(
        olga.pk, "Olga Serra", olga.email, "owner", True
    )
    assert facade.colleague_by_email("nobody@example.org") is None
