"""The page in a real browser."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from journeys.readings import keep, keep_answer, reading
from vincle.flow.catalogue import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "a.kind.that.nobody.has.given.any.words.yet"
PAGE = "/journeys/?outcome=order.placed&first_days=30&within_days=90"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [PHONE, {}], ids=["phone", "desk"])
def test_everybody_can_use_the_page_and_it_is_no_wider_than_the_window(visit, olga, device, scheme):
    seed()
    steps = [*reading()["steps"][:2], reading()["steps"][2] | {"kind": LONG}]
    keep(steps=steps, edges=[*reading()["edges"][:2], ["order.placed", LONG, 20, 3_600.0]])
    keep_answer()
    visitor = visit(**device, color_scheme=scheme)
    visitor.sign_in(olga)
    page = visitor.open(PAGE)
    expect(page.get_by_role("heading", name="Moments that matter")).to_be_visible()
    assert (not device) == page.locator(".journeys-map").is_visible()  # a phone has the tables
    assert [] == visitor.barriers()
    assert 0 >= visitor.overflow()
    assert [] == visitor.complaints
    assert [] == visitor.elsewhere


def test_arrow_keys_go_from_share_to_share_and_say_it_in_full(browser_page):
    returned = [[40, 1.0, 0.91, 1.0], [30, 0.75, 0.598, 0.858], [20, 0.5, 0.352, 0.648]]
    keep(cohorts=[{"period": f"2026-0{month}-01", "cases": 40, "returned": returned} for month in (1, 2)])
    page = browser_page.open("/journeys/")
    said = page.locator("[data-months-said]")
    page.locator("[data-months] [tabindex='0']").focus()
    expect(said).to_contain_text("Jan 2026, 1 month later: 30 of 40 people")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text("Feb 2026, 2 months later: 20 of 40 people: 50%, likely 35.2% to 64.8%")
    page.keyboard.press("ArrowDown")  # there is nothing further down
    expect(said).to_contain_text("Feb 2026, 2 months later")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Began in 2026-02, and there again 2 months later")).to_be_visible()


def test_more_is_drawn_in_place_and_back_leads_back(browser_page):
    edges = [["visit.made", f"step.{at}", 50 - at, 60.0] for at in range(20)]
    steps = [
        {"kind": name, "n": 60, "cases": 5, "begins": 0, "ends": 0, "place": 0.5}
        for name in ("visit.made", *(f"step.{at}" for at in range(20)))
    ]
    totals = {"steps": 21, "edges": 20, "connections": sum(edge[2] for edge in edges), "ways": 2, "cohorts": 2}
    keep(edges=edges, steps=steps, totals=totals)
    page = browser_page.open("/journeys/")
    expect(page.get_by_text("16 connections of 20")).to_be_visible()
    page.get_by_role("link", name="all 20").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Everything is drawn")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("16 connections of 20")).to_be_visible()
