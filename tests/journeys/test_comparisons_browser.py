"""Comparing two periods in a real browser."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from journeys.crowd import crowd
from vincle.apps.journeys.actions import refresh_journeys
from vincle.apps.journeys.asking import Comparison
from vincle.apps.journeys.comparisons.actions import refresh_comparison
from vincle.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED = "asked=1&by=period&since=2026-01-01&until=2026-01-31&other_since=2026-03-01&other_until=2026-03-31&within=7"


def test_everybody_can_read_a_comparison_also_on_a_phone(visit, olga):
    crowd()
    refresh_journeys("person", now=clock.now())
    periods = ("2026-01-01/2026-01-31", "2026-03-01/2026-03-31")
    refresh_comparison(Comparison("person", "period", *periods, within=7), now=clock.now())
    for device, scheme in (({}, "light"), (PHONE, "dark")):
        visitor = visit(**device, color_scheme=scheme)
        visitor.sign_in(olga)
        page = visitor.open(f"/journeys/compare/?{ASKED}")
        expect(page.get_by_role("heading", name="What differs")).to_be_visible()
        expect(page.locator(".pair").first).to_be_visible()
        assert [] == visitor.barriers()
        assert 0 >= visitor.overflow()
        assert [] == visitor.complaints
