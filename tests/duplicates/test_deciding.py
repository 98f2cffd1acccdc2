"""Deciding about one pair: facts are written, and whether it waits follows from them; everything can be undone."""

import json

import pytest

from duplicates.queueing import numbers, pair, people, together
from flow.append.cases import a_source, person_of
from vincle.apps.accounts.models import AuditEntry
from vincle.flow.append import same
from vincle.flow.models import SamePerson
from vincle.kernel import clock

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def waits():
    people()
    return pair("a", "b", 0.93)


def toasts(answer) -> list[dict[str, str]]:
    """The notices that go with an answer to htmx."""
    return json.loads(answer.headers["HX-Trigger"])["vincle:toasts"]["toasts"]


def test_the_same_person_from_the_queue_with_undo(waits, anna, client_of):
    client = client_of(anna)
    answer = client.post(f"/duplicates/{waits.pk}/same/", **HTMX)
    [told] = toasts(answer)
    step = SamePerson.objects.get()
    assert ("", "Mercè Roca and Merce Roca Puig are one person now.") == (answer.text, told["text"])
    assert f"/duplicates/steps/{step.pk}/undo/" == told["undo"]
    assert ("Anna Puig", "Duplicates: 93% sure", "same") == (step.author, step.reason, step.verdict)
    assert together("a", "b")
    assert 302 == client.post(told["undo"]).status_code
    assert not together("a", "b")
    assert f'id="pair-{waits.pk}"' in client.get("/duplicates/").text
    written = AuditEntry.objects.filter(object_type="person").order_by("id").values_list("action", flat=True)
    assert ["person.joined", "person.undone"] == list(written)


def test_not_the_same_with_undo(waits, anna, client_of):
    client = client_of(anna)
    [told] = toasts(client.post(f"/duplicates/{waits.pk}/different/", {"reason": "Mother and daughter"}, **HTMX))
    assert "Mercè Roca and Merce Roca Puig stay two people." == told["text"]
    assert ("different", "Mother and daughter") == SamePerson.objects.values_list("verdict", "reason").get()
    assert "Nobody" in client.get("/duplicates/").text
    client.post(told["undo"])
    assert f'id="pair-{waits.pk}"' in client.get("/duplicates/").text


def test_later_with_undo(waits, anna, client_of):
    client = client_of(anna)
    [told] = toasts(client.post(f"/duplicates/{waits.pk}/skip/", **HTMX))
    assert ("Put aside for 30 days.", f"/duplicates/{waits.pk}/back/") == (told["text"], told["undo"])
    assert f'id="pair-{waits.pk}"' not in client.get("/duplicates/").text
    assert f'id="pair-{waits.pk}"' in client.get("/duplicates/?view=skipped").text
    client.post(told["undo"])
    assert f'id="pair-{waits.pk}"' in client.get("/duplicates/").text
    written = AuditEntry.objects.filter(object_type="person").order_by("id").values_list("action", flat=True)
    assert ["duplicates.skipped", "duplicates.brought_back"] == list(written)


def test_what_was_put_aside_comes_back_by_itself(waits, anna, client_of):
    client = client_of(anna)
    client.post(f"/duplicates/{waits.pk}/skip/")
    waits.refresh_from_db()
    waits.skipped_until = clock.now()
    waits.save()
    assert f'id="pair-{waits.pk}"' in client.get("/duplicates/").text


def test_without_scripts_one_comes_back_to_what_was_asked_for(waits, anna, client_of):
    answer = client_of(anna).post(f"/duplicates/{waits.pk}/same/?least=0.9")
    assert "/duplicates/?least=0.9" == answer.url


@pytest.mark.parametrize("verb", ["same", "different", "skip"])
def test_a_pair_that_somebody_decided_meanwhile_is_left_as_it_is(waits, anna, client_of, verb):
    client = client_of(anna)
    client.post(f"/duplicates/{waits.pk}/different/")
    before = list(SamePerson.objects.values_list("pk", flat=True))
    answer = client.post(f"/duplicates/{waits.pk}/{verb}/")
    assert (403, before) == (answer.status_code, list(SamePerson.objects.values_list("pk", flat=True)))
    assert "This pair has been decided meanwhile" in answer.text


@pytest.mark.parametrize("verb", ["same", "different", "skip", "back"])
def test_whoever_may_only_look_decides_nothing(waits, ramon, outsider, client_of, verb):
    for user in (ramon, outsider):
        assert 403 == client_of(user).post(f"/duplicates/{waits.pk}/{verb}/").status_code
    assert not SamePerson.objects.exists()


@pytest.mark.parametrize("verb", ["same", "different", "skip", "back"])
def test_deciding_is_never_a_link(waits, anna, client_of, verb):
    assert 405 == client_of(anna).get(f"/duplicates/{waits.pk}/{verb}/").status_code


def test_a_pair_that_is_none_is_not_found(anna, client_of):
    assert 404 == client_of(anna).post("/duplicates/4242/same/").status_code


def test_only_what_a_colleague_said_is_undone_here(waits, anna, client_of):
    people(k={"name": "Kim"})
    a, b = sorted(numbers("a", "k"))
    said = SamePerson.objects.create(a_id=a, b_id=b, source=a_source(), recorded_at=clock.now())
    answer = client_of(anna).post(f"/duplicates/steps/{said.pk}/undo/")
    assert (403, None) == (answer.status_code, SamePerson.objects.get(pk=said.pk).withdrawn_at)


def test_who_was_joined_with_others_meanwhile_is_decided_as_a_whole(waits, anna, client_of):
    same.say_same(person_of("b"), person_of("c"), author="Anna", now=clock.now())
    client_of(anna).post(f"/duplicates/{waits.pk}/same/")
    assert together("a", "c")
