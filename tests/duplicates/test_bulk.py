"""Joining every pair above a threshold: what is promised is what is done, and one undo brings everybody back."""

import re

import pytest

from duplicates.queueing import BY, pair, people, together
from flow.append.cases import people as everybody
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.duplicates import actions
from vincle.apps.duplicates.actions import bulk as bulk_actions
from vincle.apps.duplicates.models import Bulk, BulkStep
from vincle.apps.duplicates.queries import bulks, queue
from vincle.apps.people import facade
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import SamePerson
from vincle.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """a = b = c by two pairs and a third that follows from them, d = e, and one pair that is not sure enough."""
    people(f={"name": "Kim"})
    for one, other, probability in (
        ("a", "b", 0.999),
        ("b", "c", 0.998),
        ("a", "c", 0.995),
        ("d", "e", 0.991),
        ("e", "f", 0.95),
    ):
        pair(one, other, probability)
    return everybody()


def test_it_is_said_before_what_it_would_do(chain, marta, client_of):
    seen = bulks.preview(0.99, now=clock.now())
    assert (4, 5, 2, 3, 0) == (seen.pairs, seen.people, seen.become, seen.largest, seen.left_count)
    page = client_of(marta).get("/duplicates/all/?percent=99").text
    assert "Join 5 people" in page
    assert "up to 3 become one person" in page


def test_everybody_is_joined_and_one_undo_brings_all_back(chain, marta, client_of):
    client = client_of(marta)
    answer = client.post("/duplicates/all/", {"percent": "99", "expected": "4"})
    bulk = Bulk.objects.get()
    assert f"/duplicates/all/{bulk.uid}/" == answer.url
    assert together("a", "c")
    assert together("d", "e")
    assert not together("e", "f")
    assert {"joined": 3, "together": 1} == bulks.outcomes(bulk)
    page = client.get(answer.url).text
    assert "3 pairs are one person each now." in page
    assert "Undo all of it" in page
    client.post(f"/duplicates/all/{bulk.uid}/undo/")
    assert chain == everybody()
    assert "Everybody is who they were before." in client.get(answer.url).text
    assert 403 == client.post(f"/duplicates/all/{bulk.uid}/undo/").status_code
    written = AuditEntry.objects.filter(object_type="duplicates").order_by("id").values_list("action", flat=True)
    assert ["duplicates.bulk_joined", "duplicates.bulk_undone"] == list(written)


def test_who_is_said_not_to_be_the_same_stays_apart_also_through_others(chain, marta, client_of):
    facade.keep_apart(*queue.people_of(pair("b", "d", 0.4)), now=clock.now(), **BY)
    pair("c", "d", 0.9905)
    seen = bulks.preview(0.99, now=clock.now())
    assert (5, 5, 2, 1) == (seen.pairs, seen.people, seen.become, seen.left_count)
    page = client_of(marta).get("/duplicates/all/?percent=99").text
    assert "1 pair stays as it is" in page
    client_of(marta).post("/duplicates/all/", {"percent": "99", "expected": "5"})
    assert {"joined": 3, "together": 1, "apart": 1} == bulks.outcomes(Bulk.objects.get())
    assert not together("c", "d")


def test_what_was_undone_one_by_one_stays_undone_and_the_rest_is_undone_with_the_bulk(chain, marta, client_of):
    client = client_of(marta)
    client.post("/duplicates/all/", {"percent": "99", "expected": "4"})
    bulk = Bulk.objects.get()
    one = SamePerson.objects.get(pk=bulk.steps.exclude(fact_id=None).order_by("id").values("fact_id")[:1])
    facade.undo(one, now=clock.now(), **BY)
    assert 2 == bulks.in_force(bulk)
    client.post(f"/duplicates/all/{bulk.uid}/undo/")
    assert chain == everybody()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"percent": "89", "expected": "4"}, "90"),
        ({"percent": "", "expected": "4"}, "required"),
        ({"percent": "nan", "expected": "4"}, "number"),
        ({"percent": "101", "expected": "4"}, "100"),
        ({"percent": "99"}, "There are 4 pairs now, not 0."),
        ({"percent": "99", "expected": "0"}, "There are 4 pairs now, not 0."),
        ({"percent": "99", "expected": "3"}, "There are 4 pairs now, not 3."),
        ({"percent": "100", "expected": "0"}, "No pair is that probable."),
        ({}, "required"),
    ],
)
def test_what_was_not_seen_is_not_joined(chain, marta, client_of, given, sentence):
    answer = client_of(marta).post("/duplicates/all/", given)
    assert (400, chain, 0) == (answer.status_code, everybody(), Bulk.objects.count())
    assert sentence in answer.text


def test_who_does_not_lead_joins_one_by_one(chain, anna, ramon, client_of):
    for user in (anna, ramon):
        assert 403 == client_of(user).get("/duplicates/all/").status_code
        assert 403 == client_of(user).post("/duplicates/all/", {"percent": "99", "expected": "4"}).status_code
    assert chain == everybody()


def test_many_are_joined_in_the_background_and_can_be_left(chain, marta, client_of, monkeypatch):
    monkeypatch.setattr(bulk_actions, "AT_ONCE", 2)
    client = client_of(marta)
    address = client.post("/duplicates/all/", {"percent": "99", "expected": "4"}).url
    page = client.get(address).text
    assert "You can leave this page; it goes on." in page
    assert 'value="0"' in client.get(f"{address}progress/").text
    assert chain == everybody()


def test_an_undo_in_the_middle_ends_it_and_brings_back_what_was_joined(chain, monkeypatch):
    monkeypatch.setattr(bulk_actions, "AT_A_TIME", 1)
    bulk = actions.start(0.99, expected=4, now=clock.now(), **BY)

    class Stopped(Exception):
        pass

    def after_one() -> None:
        if BulkStep.objects.exclude(outcome="").count() == 1:
            raise Stopped

    with pytest.raises(Stopped):
        actions.go_on(bulk, clock=clock.now, breathe=after_one)
    assert together("a", "b")
    assert not together("b", "c")
    actions.undo_bulk(bulk, now=clock.now(), **BY)
    actions.go_on(bulk, clock=clock.now)
    assert chain == everybody()


def test_it_goes_on_where_it_was_cut_short(chain, monkeypatch):
    monkeypatch.setattr(bulk_actions, "AT_A_TIME", 1)
    bulk = actions.start(0.99, expected=4, now=clock.now(), **BY)
    assert bulk_actions._some(bulk.pk, now=clock.now())
    actions.go_on(bulk, clock=clock.now)
    assert {"joined": 3, "together": 1} == bulks.outcomes(bulk)
    assert 3 == SamePerson.objects.filter(withdrawn_at=None).count()


def test_nobody_to_join_is_said(marta, client_of):
    people()
    page = client_of(marta).get("/duplicates/all/").text
    assert "No pair is that sure" in page
    assert not re.search(r"Join \d", page)


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_is_much(chain, monkeypatch):
    monkeypatch.setattr(bulk_actions, "AT_ONCE", 0)
    bulk = actions.start(0.99, expected=4, now=clock.now(), **BY)
    actions.carry_out(bulk, clock=clock.now)
    Worker().drain()
    assert together("a", "c")
    assert Bulk.State.DONE == Bulk.objects.get().state
