"""The first page in a real browser."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from today.readings import keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [PHONE, {}], ids=["phone", "desk"])
def test_everybody_can_use_the_page_and_it_is_no_wider_than_the_window(visit, olga, device, scheme):
    keep()
    visitor = visit(**device, color_scheme=scheme)
    visitor.sign_in(olga)
    page = visitor.open("/")
    expect(page.locator("[data-chart][data-drawn]")).to_have_count(3)
    assert [] == visitor.barriers()
    assert 0 >= visitor.overflow()
    assert [] == visitor.complaints
    assert [] == visitor.elsewhere


def test_months_replace_weeks_in_place_and_back_leads_back(browser_page):
    keep()
    page = browser_page.open("/")
    page.get_by_role("link", name="months").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="Interactions by kind each month")).to_be_visible()
    expect(page.locator("#activity-chart[data-drawn]")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("img", name="Interactions by kind each week")).to_be_visible()


def test_a_bar_opens_the_people_behind_it(browser_page):
    keep()
    page = browser_page.open("/")
    expect(page.locator("#comings-chart[data-drawn]")).to_be_visible()
    page.wait_for_timeout(500)  # the bars grow into their place
    box = page.locator("#comings-chart").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.52, box["y"] + box["height"] * 0.35)
    page.wait_for_url("**/people/?first_from=2026-02-01&first_to=2026-02-28")


def test_the_page_fills_by_itself_when_the_figures_come(browser_page):
    page = browser_page.open("/")
    expect(page.get_by_text("Your relationships begin here")).to_be_visible()
    keep()
    expect(page.locator("#comings-chart[data-drawn]")).to_be_visible()
    expect(page.get_by_text("Happening now").or_(page.get_by_text("The last that happened"))).to_be_visible()
