"""Investments in a real browser."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from people.telling import NOW
from value.investments.crowd import crowd, helped, invested
from vincle.apps.value.investments.refreshing import refresh_return

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL = "/value/investments/"


def test_everybody_can_read_whether_it_pays_also_on_a_phone(visit, olga):
    crowd(helped(3.0))
    this = invested()
    refresh_return(this, now=NOW)
    for device, scheme in (({}, "light"), (PHONE, "dark")):
        visitor = visit(**device, color_scheme=scheme)
        visitor.sign_in(olga)
        for path, heading in (("", "Investments"), ("draw/", "Draw by lot"), (f"{this.uid}/", "Welcome call")):
            page = visitor.open(f"{ALL}{path}")
            expect(page.get_by_role("heading", name=heading).first).to_be_visible()
            assert [] == visitor.barriers()
            assert 0 >= visitor.overflow()
        expect(page.locator(".trend-plot")).to_be_visible()
        page.get_by_text("The same as a table").click()
        expect(page.get_by_role("table")).to_be_visible()
        assert [] == visitor.barriers()
        assert [] == visitor.complaints
