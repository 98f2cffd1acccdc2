"""The pages of tokens: made, shown once, revoked and let in again."""

from datetime import timedelta

import pytest
from django.test import Client

from cast_of import Cast
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.tokens import actions
from vincle.apps.tokens.models import Token
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, Refused

pytestmark = pytest.mark.django_db

LIST = "/settings/tokens/"
SHOP = {"name": "The shop", "scopes": ["people:read"], "lasts": "90"}


def make(user, *scopes: str, name: str = "Shop", **more) -> actions.NewToken:
    settings = {"lasts": timedelta(days=9), "now": clock.now()} | more
    return actions.add_token(
        actor=COMMAND_LINE, maker_id=user.pk, name=name, scopes=scopes or ("people:read",), **settings
    )


@pytest.fixture
def olgas(client_of, olga) -> Client:
    return client_of(olga)


def test_a_token_is_shown_once(olgas):
    page = olgas.post(f"{LIST}new/", SHOP, follow=True)
    secret = page.context["handed"]["secret"]
    token = Token.objects.get()
    assert secret in page.content.decode()
    assert secret not in olgas.get(LIST).content.decode()
    assert (actions.digest(secret), secret[-4:], ["people:read"], "the-shop") == (
        token.digest,
        token.hint,
        token.scopes,
        token.source.name,
    )
    assert timedelta(days=90) == token.expires_at - token.created_at
    assert ["The shop"] == list(AuditEntry.objects.filter(action="token.made").values_list("summary", flat=True))


def test_nothing_kept_is_the_secret(olga):
    made = make(olga)
    values = Token.objects.values().get()
    assert not [name for name, value in values.items() if made.secret in str(value)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"lasts": "9999"},
        {"name": "x" * 81},
        {"source": "***"},
    ],
)
def test_what_cannot_be_a_token_is_refused(olgas, wrong):
    assert 200 == olgas.post(f"{LIST}new/", SHOP | wrong).status_code
    assert 0 == Token.objects.count()


def test_fields_that_nobody_asked_for_change_nothing(olgas, olga, marta):
    olgas.post(f"{LIST}new/", SHOP | {"maker": marta.pk, "maker_id": marta.pk, "expires_at": "2090-01-01"})
    token = Token.objects.get()
    assert (olga.pk, timedelta(days=90)) == (token.maker_id, token.expires_at - token.created_at)


def test_a_role_offers_only_the_scopes_it_has(client_of, cast: Cast):
    page = client_of(cast.members["laia"]).get(f"{LIST}new/")
    offered = [name for name, _label in page.context["form"].fields["scopes"].choices]
    reads = ["people:read", "interactions:read", "tasks:read", "relations:read", "organisations:read", "journeys:read"]
    assert {*reads, "value:read", "tasks:write", "journeys:write", "value:write"} == set(offered)
    client_of(cast.members["laia"]).post(f"{LIST}new/", SHOP | {"scopes": ["people:write"]})
    assert 0 == Token.objects.count()


def test_a_revoked_token_may_be_let_in_again_at_once(olgas, olga):
    token = make(olga).token
    page = olgas.post(f"{LIST}{token.pk}/revoke/", follow=True)
    assert f"{LIST}{token.pk}/restore/" in page.content.decode()
    token.refresh_from_db()
    assert token.revoked_at is not None
    olgas.post(f"{LIST}{token.pk}/restore/")
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a_token_that_was_revoked_long_ago_stays_out(olgas, olga):
    token = make(olga).token
    Token.objects.update(revoked_at=clock.now() - actions.UNDO_WITHIN)
    assert 403 == olgas.post(f"{LIST}{token.pk}/restore/").status_code
    assert 403 == olgas.post(f"{LIST}{token.pk}/revoke/").status_code


def test_nobody_revokes_a_colleagues_token_but_an_owner(client_of, cast: Cast, olgas):
    token = make(cast.members["laia"]).token
    for key in ("marta", "ramon", "anna", "biel"):
        assert client_of(cast.members[key]).post(f"{LIST}{token.pk}/revoke/").status_code in {403, 404}, key
    token.refresh_from_db()
    assert token.revoked_at is None
    assert 302 == olgas.post(f"{LIST}{token.pk}/revoke/").status_code


def test_the_auditor_sees_them_and_makes_none(client_of, ramon, olga):
    make(olga)
    client = client_of(ramon)
    page = client.get(LIST).content.decode()
    assert ("Shop" in page, "Let a program in" in page, "/revoke/" in page) == (True, False, False)
    assert 403 == client.post(f"{LIST}new/", SHOP).status_code


def test_the_list_says_how_each_is(olgas, olga, marta):
    make(olga, name="Works")
    make(olga, name="Expired")
    make(olga, name="Revoked")
    Token.objects.filter(name="Expired").update(expires_at=clock.now())
    Token.objects.filter(name="Revoked").update(revoked_at=clock.now())
    lines = olgas.get(LIST).context["lines"]
    assert {"Works": "works", "Expired": "expired", "Revoked": "revoked"} == {
        line.token.name: line.state for line in lines
    }


def test_the_list_costs_the_same_however_long_it_is(olgas, olga, django_assert_max_num_queries):
    for number in range(30):
        make(olga, name=f"Program {number}")
    olgas.get(LIST)
    with django_assert_max_num_queries(10):
        olgas.get(LIST)


def test_an_empty_list_teaches(olgas):
    assert "No program comes in yet" in olgas.get(LIST).content.decode()


@pytest.mark.parametrize("lasts", [timedelta(), timedelta(days=-1), timedelta(days=367)])
def test_every_token_ends_within_a_year(olga, lasts):
    with pytest.raises(BadInput):
        make(olga, lasts=lasts)


def test_nobody_makes_a_token_for_more_than_their_role(cast: Cast):
    with pytest.raises(Refused):
        make(cast.members["laia"], "people:write")
    with pytest.raises(Refused):
        make(cast.members["biel"])


def test_a_colleague_has_a_bounded_number_of_them(olga, monkeypatch):
    monkeypatch.setattr(actions, "MOST_TOKENS", 2)
    make(olga)
    make(olga)
    with pytest.raises(Refused):
        make(olga)


def test_the_page_of_the_api_tells_every_operation_and_problem(olgas):
    page = olgas.get("/api/v1/").content.decode()
    for each in (
        "/api/v1/people/{uid}",
        'id="append_interactions"',
        "people:merge",
        'id="problem-too-often"',
        "PersonOut",
    ):
        assert each in page, each
