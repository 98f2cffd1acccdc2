"""One pair's page: why it is so probable, drawn and as a table, and what joining would make."""

import re

import pytest

from duplicates.queueing import BY, pair, people
from flow.append.cases import person_of
from vincle.apps.duplicates import actions
from vincle.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def waits():
    people()
    return pair("a", "b", 0.9987)


def test_the_reasons_add_up_on_the_page(waits, anna, client_of):
    page = client_of(anna).get(f"/duplicates/{waits.pk}/")
    assert "Mercè Roca and Merce Roca Puig: the same person?" in page.text
    rows = [list(row) for row in page.context["chart"].rows]
    assert ["before comparing anything", "−12"] == rows[0]
    assert ["family name: nearly the same", "+7.3"] == rows[2]
    assert ["in all", "+9.8 = 99.9%"] == rows[-1]
    assert "Not known of both: e-mail." in re.sub(r"\s+", " ", page.text)


def test_what_joining_would_make_is_told(waits, anna, client_of):
    page = client_of(anna).get(f"/duplicates/{waits.pk}/").text
    assert "They would be called <strong>Merce Roca Puig</strong>, with 2 interactions." in page
    assert "The address of Mercè Roca stays" in page


def test_it_is_decided_from_its_page_with_a_reason(waits, anna, client_of):
    client = client_of(anna)
    assert "/duplicates/" == client.post(f"/duplicates/{waits.pk}/same/", {"reason": "Same card"}).url
    page = client.get(f"/duplicates/{waits.pk}/").text
    assert "They are one person now" in page
    assert f"/people/{person_of('a').uid}/history/" in page


def test_a_pair_that_is_kept_apart_says_so_and_offers_nothing(waits, anna, client_of):
    actions.reject(waits, now=clock.now(), **BY)
    page = client_of(anna).get(f"/duplicates/{waits.pk}/").text
    assert "Somebody has said that these are two different people." in page
    assert "Same person" not in page


def test_what_is_not_there_is_not_found(anna, client_of):
    assert 404 == client_of(anna).get("/duplicates/4242/").status_code
    assert 404 == client_of(anna).get(f"/duplicates/{10**30}/").status_code


def test_a_persons_page_can_tell_who_may_be_the_same(waits, anna, client_of):
    client = client_of(anna)
    card = client.get(f"/duplicates/of/{person_of('b').uid}/").text
    assert "1 person may be the same" in card
    assert f"/duplicates/{waits.pk}/" in card
    assert "Mercè Roca" in card
    assert "" == client.get(f"/duplicates/of/{person_of('e').uid}/").text.strip()
    assert 404 == client.get("/duplicates/of/019a9d6e-0000-7000-8000-000000000000/").status_code
