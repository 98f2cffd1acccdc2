"""The audit log only grows, and can be searched."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from vincle.apps.accounts import actions, audit, facade
from vincle.apps.accounts.actor import COMMAND_LINE, Actor
from vincle.apps.accounts.models import AuditEntry

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
PAGE = "/settings/audit/"


def entry(actor: Actor = COMMAND_LINE, *, now: datetime = NOON, action: str = "imports.undone", **more: object) -> None:
    facade.record(actor=actor, now=now, action=action, **more)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditentry SET actor_name = 'nobody'",
        "DELETE FROM accounts_auditentry",
    ],
)
def test_the_database_itself_refuses_to_change_it(sql):
    entry()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert "command line" == AuditEntry.objects.get().actor_name


def test_postgresql_refuses_to_empty_it_too(on_postgres):
    if not on_postgres:
        pytest.skip("SQLite has no TRUNCATE")
    entry()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE accounts_auditentry")


def test_an_entry_says_who_did_what_to_which_thing(olga):
    actor = Actor.of(olga, ip="10.0.0.7")
    entry(actor, object_type="import", object_uid="12", summary="orders.csv", details={"rows": 7})
    got = AuditEntry.objects.get(action="imports.undone")
    assert (NOON, olga.pk, "Olga Serra", "10.0.0.7") == (got.at, got.actor_id, got.actor_name, got.ip)
    assert ("import", "12", "orders.csv", {"rows": 7}) == (got.object_type, got.object_uid, got.summary, got.details)


def test_an_entry_outlives_a_change_of_name(olga):
    entry(Actor.of(olga))
    actions.change_own_account(actor=Actor.of(olga), now=NOON, user_id=olga.pk, name="Olga Pi")
    assert "Olga Serra" == AuditEntry.objects.get(action="imports.undone").actor_name


def test_long_texts_are_cut_and_not_refused(db):
    entry(Actor(None, "n" * 500), summary="s" * 5000)
    got = AuditEntry.objects.get()
    assert (120, 300) == (len(got.actor_name), len(got.summary))


def test_rooms_give_their_actions_words(olga, client_of, monkeypatch):
    monkeypatch.setattr(audit, "_words", dict(audit.named()))
    facade.name_action("imports.undone", "took back the import")
    entry(summary="orders.csv")
    assert "took back the import <strong>orders.csv</strong>" in client_of(olga).get(PAGE).text


def test_the_log_is_searched_by_person_action_and_period(olga, anna, client_of):
    entry(Actor.of(anna), summary="by anna")
    entry(summary="by the machine")
    entry(Actor.of(anna), now=NOON - timedelta(days=30), summary="long ago")
    entry(Actor.of(anna), action=audit.SIGNED_IN, summary="came in")
    client = client_of(olga)
    everything = {"by anna", "by the machine", "long ago", "came in"}

    def found(query: str) -> set[str]:
        text = client.get(f"{PAGE}?{query}").text
        return {summary for summary in everything if f"<strong>{summary}</strong>" in text}

    assert everything == found("")
    assert everything - {"by the machine"} == found(f"actor={anna.pk}")
    assert {"by the machine"} == found("actor=-")
    assert {"came in"} == found(f"action={audit.SIGNED_IN}")
    assert everything - {"long ago"} == found("since=2026-11-16")
    assert {"long ago"} == found("until=2026-11-15")
    assert set() == found(f"since=2027-01-01&actor={anna.pk}")


def test_a_day_ends_at_midnight_where_the_organisation_is(olga, client_of):
    actions.change_organisation(actor=COMMAND_LINE, now=NOON, timezone="Europe/Madrid")
    entry(now=datetime(2026, 11, 16, 23, 30, tzinfo=UTC), summary="after midnight")
    client = client_of(olga)
    assert "<strong>after midnight</strong>" not in client.get(f"{PAGE}?until=2026-11-16").text
    assert "<strong>after midnight</strong>" in client.get(f"{PAGE}?since=2026-11-17&until=2026-11-17").text


def test_pages_of_the_log_can_be_turned(olga, client_of):
    for number in range(60):
        entry(now=NOON + timedelta(minutes=number), summary=f"number {number}")
    client = client_of(olga)
    first = client.get(PAGE)
    assert "<strong>number 59</strong>" in first.text
    assert "<strong>number 5</strong>" not in first.text
    second = client.get(PAGE, {"page": first.context["page"].next})
    assert "<strong>number 5</strong>" in second.text


def test_a_page_that_was_tampered_with_is_refused_kindly(olga, client_of):
    response = client_of(olga).get(f"{PAGE}?page=nonsense")
    assert 400 == response.status_code
    assert "Start from the first page." in response.text


def test_the_page_costs_the_same_however_much_is_written(olga, client_of, django_assert_max_num_queries):
    for number in range(30):
        entry(now=NOON + timedelta(minutes=number))
    client = client_of(olga)
    with django_assert_max_num_queries(7):
        client.get(PAGE)


def test_the_agent_does_not_read_it(anna, client_of):
    assert 403 == client_of(anna).get(PAGE).status_code


@pytest.mark.parametrize(
    ("details", "expected"),
    [({"currency": ["USD", "EUR"]}, "currency: USD → EUR"), ({"rows": 7, "role": ""}, "rows: 7 · role: –"), ({}, "")],
)
def test_details_in_words(details, expected):
    assert expected == audit.in_words(details)
