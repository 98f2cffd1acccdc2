"""What everybody is worth, worked out and kept: a row a person, the same again, and nobody who is gone."""

from decimal import Decimal

import pytest

import vincle.engine as ve
from people.telling import NOW, happened, person, tell
from value.customers import purchases, tell_purchases
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.people.facade import PersonMark, erase, mark
from vincle.apps.value.models import Worth
from vincle.apps.value.queries import newest_value, worth_of
from vincle.apps.value.refreshing import refresh_value
from vincle.apps.value.settings import change_terms
from vincle.engine.value import of_log, value
from vincle.engine.value.terms import Terms
from vincle.kernel.home import Home

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_kept_is_what_the_engine_says():
    tell_purchases(purchases(160))
    assert refresh_value(now=NOW)
    with ve.open(Home.at()) as log:
        said = value(of_log(log, currency="EUR", today=NOW.date(), zone="Europe/Madrid"))
    kept = newest_value()
    assert kept is not None
    assert kept.said == said.as_json()
    rows = {row["customer"]: row for row in said.people.to_pylist()}
    assert len(rows) == 160
    for row in Worth.objects.all():
        each = rows[row.identity_id]
        assert (each["first"], each["last"], each["frequency"]) == (row.first_on, row.last_on, row.frequency)
        assert (each["present"], round(each["worth"])) == (int(row.present * 10_000), int(row.worth * 10_000))
        assert (each["alive"], each["expected_low"]) == (row.alive, row.expected_low)


def test_nothing_is_worked_out_twice_and_log_and_terms_are_followed():
    tell_purchases(purchases(120))
    assert refresh_value(now=NOW)
    assert not refresh_value(now=NOW)
    before = Worth.objects.get(identity_id=person("C3").pk)
    change_terms(Terms(margin=0.5), kinds=[], acquisition_cost=None, actor=COMMAND_LINE, now=NOW)
    assert refresh_value(now=NOW)
    after = Worth.objects.get(identity_id=person("C3").pk)
    assert (after.days, after.present * 2) == (before.days, before.present)
    tell(happened("C3", "2026-02-03 10:00", "order.placed", amount=Decimal(99), currency="EUR"))
    assert refresh_value(now=NOW)
    assert Worth.objects.get(identity_id=person("C3").pk).days == before.days + 1


def test_too_few_people_have_a_present_and_no_potential():
    tell_purchases(purchases(20))
    refresh_value(now=NOW)
    kept = newest_value()
    assert kept is not None
    assert kept.said is not None
    assert (None, "too_few_people") == (kept.said["model"], kept.said["why"]["reason"])
    assert not Worth.objects.exclude(alive=None).exists()
    assert Worth.objects.filter(present__gt=0).exists()


def test_nobody_who_paid_anything_leaves_no_rows():
    tell(happened("C1", "2026-01-01 10:00"))
    assert refresh_value(now=NOW)
    kept = newest_value()
    assert kept is not None
    assert (None, 0) == (kept.said, Worth.objects.count())


def test_whose_processing_is_restricted_or_who_was_erased_is_not_valued():
    tell_purchases(purchases(120))
    refresh_value(now=NOW)
    restricted, gone = person("C5"), person("C6")
    mark(restricted, PersonMark.Kind.RESTRICTED, reason="asked", actor=COMMAND_LINE, now=NOW)
    erase(gone, actor=COMMAND_LINE, now=NOW)
    assert worth_of(gone.pk) is None
    refresh_value(now=NOW)
    assert not Worth.objects.filter(identity_id__in=[restricted.pk, gone.pk]).exists()
    assert Worth.objects.count() == 118


def test_the_page_opens_where_the_mirror_cannot_be_read(client_of, anna):
    tell_purchases(purchases(20))
    refresh_value(now=NOW)
    (Home.at().mirror / "current.json").write_text("{", "utf-8")
    assert 200 == client_of(anna).get("/value/").status_code
