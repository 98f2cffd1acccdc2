"""The settings of valuing: terms with their undo, and rates of currencies from files."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.value.models import Rate, ValueTerms, Worth
from vincle.apps.value.rates.queries import known_rates, rates_for_engine
from vincle.apps.value.refreshing import refresh_value
from vincle.apps.value.terms import house_terms
from vincle.engine.value.terms import Terms
from vincle.flow.models import Job

pytestmark = pytest.mark.django_db

SAID = {"horizon_days": "731", "margin": "30", "discount": "8.5", "kinds": [], "acquisition_cost": "25.50"}
PAGE = "/value/settings/"


def test_without_any_choice_the_usual_terms_are_in_force(client_of, olga):
    assert (Terms(), "EUR") == (house_terms().terms, house_terms().currency)
    page = client_of(olga).get(PAGE).text
    assert (page.count('value="100"'), page.count('value="10"')) == (1, 1)


def test_terms_are_changed_told_to_the_audit_log_and_taken_back(client_of, marta):
    client = client_of(marta)
    assert client.post(PAGE, SAID).status_code == 302
    asked = house_terms()
    assert (Terms(731, 0.085, 0.3), Decimal("25.50")) == (asked.terms, asked.acquisition_cost)
    assert "value.refresh" in Job.objects.values_list("task", flat=True)
    assert AuditEntry.objects.filter(action="value.terms_changed", actor_name=marta.name).count() == 1
    assert "/value/settings/undo/" in client.get(PAGE).text
    client.post("/value/settings/undo/")
    asked = house_terms()
    assert (Terms(), None) == (asked.terms, asked.acquisition_cost)
    client.post("/value/settings/undo/")  # there is nothing more to take back
    assert Terms() == house_terms().terms


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("margin", "0"), ("margin", "130"), ("discount", "-1"), ("horizon_days", "12"), ("kinds", ["no.such"]),
     ("acquisition_cost", "-3"), ("margin", "NaN"), ("discount", "1e999")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_beside_its_field(client_of, olga, name, wrong):
    page = client_of(olga).post(PAGE, {**SAID, name: wrong})
    assert (200, [name]) == (page.status_code, list(page.context["form"].errors))
    assert not ValueTerms.objects.exists()


def test_who_may_only_look_sees_the_terms_and_changes_nothing(client_of, anna, ramon, outsider):
    for user in (anna, ramon):
        client = client_of(user)
        page = client.get(PAGE)
        assert (200, 0, 0) == (page.status_code, page.text.count('name="margin"'), page.text.count('type="file"'))
        assert {403} == {client.post(at, SAID).status_code for at in (PAGE, f"{PAGE}undo/", f"{PAGE}rates/")}
    assert client_of(outsider).get(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302


def rates(text: str, name: str = "rates.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, text.encode())}


def test_rates_are_brought_in_and_a_later_file_counts(client_of, olga):
    client = client_of(olga)
    client.post(f"{PAGE}rates/", rates("day,currency,rate\n2026-01-01,USD,0.9\n2026-01-02,USD,0.91\n"))
    client.post(f"{PAGE}rates/", rates("day,currency,rate\n2026-01-02,USD,0.92\n"))
    (usd,) = known_rates()
    assert ("USD", 2, date(2026, 1, 2), Decimal("0.92")) == (usd.currency, usd.days, usd.last, usd.rate)
    assert "USD" in client.get(PAGE).text
    assert rates_for_engine("EUR") is not None
    assert rates_for_engine("USD") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [("day,currency,rate\n2026-01-01,USD,-1\n", "no number above 0"), ("a,b\n1,2\n", "no rates that can be read"),
     ("day,currency,rate\n2026-01-01,XXZ,2\n", "is no currency"), ("", "")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why_and_nothing_is_kept(client_of, olga, text, said):
    page = client_of(olga).post(f"{PAGE}rates/", rates(text))
    assert (422, True) == (page.status_code, said in page.text)
    assert not Rate.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_payments_in_another_currency_count_at_the_rate_of_their_day(client_of, olga):
    tell(
        happened("C1", "2026-01-01 10:00", "order.placed", amount=Decimal(10), currency="EUR"),
        happened("C1", "2026-01-02 10:00", "order.placed", amount=Decimal(10), currency="USD"),
        happened("C1", "2026-01-03 10:00", "order.placed", amount=Decimal(10), currency="GBP"),
    )
    client_of(olga).post(f"{PAGE}rates/", rates("day,currency,rate\n2026-01-01,USD,0.9\n"))
    refresh_value(now=NOW)
    assert Worth.objects.get(identity_id=person("C1").pk).money == Decimal(19)
