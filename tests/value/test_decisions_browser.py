"""What a person is worth and what to do, in a real browser: read by everybody, also on a phone, and undone there."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from browsing import PHONE
from people.telling import happened, person, tell
from value.test_person import STANDING, THERE
from value.worths import valued, worth

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GONE = {"alive": 0.2, "alive_low": 0.1, "alive_high": 0.3, "recency_days": 100}


@pytest.fixture
def shop(transactional_db):
    tell(happened("C1", "2026-01-01 10:00", name="Mercè Roca"), happened("C2", "2026-01-02 10:00", name="Pau Puig"))
    worth("C1", **THERE)
    worth("C2", **THERE | GONE)
    valued(standing=STANDING)


def test_everybody_can_read_what_to_do_and_what_a_person_is_worth(visit, olga, shop):
    for device, scheme in (({}, "light"), (PHONE, "dark")):
        visitor = visit(**device, color_scheme=scheme)
        visitor.sign_in(olga)
        page = visitor.open("/value/decisions/")
        expect(page.get_by_role("heading", name="Win back")).to_be_visible()
        page.get_by_text("Have a colleague call", exact=False).last.click()
        assert ([], 0) == (visitor.barriers(), visitor.overflow())
        page = visitor.open(reverse("people:person", args=[person("C2").uid]))
        expect(page.get_by_role("heading", name="Value")).to_be_visible()
        expect(page.get_by_text("Probably gone, worth about €730 a year")).to_be_visible()
        assert ([], 0, []) == (visitor.barriers(), visitor.overflow(), visitor.complaints)


def test_an_assumption_is_changed_and_undone_from_the_notice(browser_page, shop):
    page = browser_page.open("/value/decisions/")
    assumed = page.locator("details.assumption").filter(has_text="Win back")
    assumed.locator("summary").click()
    assumed.get_by_label("Cost for each person").fill("5000")
    assumed.get_by_role("button", name="Reckon with this").click()
    expect(page.get_by_role("heading", name="Win back")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Win back")).to_be_visible()
    assert [] == browser_page.complaints
