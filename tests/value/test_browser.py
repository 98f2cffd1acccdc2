"""The value page in a real browser: read by everybody, brushed, and moved with sliders."""

import pytest
from playwright.sync_api import expect

from browsing import DESK, PHONE
from value.customers import purchases, tell_purchases
from vincle.apps.value.asking import BridgeAsked
from vincle.apps.value.bridges import refresh_bridge
from vincle.apps.value.refreshing import refresh_value
from vincle.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shop():
    tell_purchases(purchases(200))
    refresh_value(now=clock.now())


@pytest.mark.parametrize(("device", "scheme"), [(DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark")])
def test_everybody_can_read_it(visit, olga, shop, device, scheme):
    refresh_bridge(BridgeAsked("2025-06-30", "2025-12-31", 28), now=clock.now())
    visitor = visit(**device, color_scheme=scheme)
    visitor.sign_in(olga)
    for path in ("/value/", "/value/bridge/?opening=2025-06-30&closing=2025-12-31&window=28"):
        visitor.open(path)
        assert [] == visitor.barriers()
        assert 0 >= visitor.overflow()
    assert [] == visitor.complaints


def test_drawing_over_the_bars_chooses_people(browser_page, shop):
    page = browser_page.open("/value/")
    drawing = page.locator(".value-histogram")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box is not None
    bars = page.locator(".value-histogram a").count()
    width, middle = box["width"] / bars, box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 2.5 * width, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 4.5 * width, middle, steps=4)
    page.mouse.up()
    assert "/value/" == page.evaluate("location.pathname")
    people = sum(int(page.locator(".value-histogram a").nth(n).get_attribute("data-people")) for n in (2, 3, 4))
    expect(page.locator(".value-count")).to_have_text(f"{people} people")
    assert (2, 4) == tuple(
        page.locator(f"[name={name}]").evaluate("each => each.selectedIndex") for name in ("low", "high")
    )
    page.get_by_role("button", name="See the people").click()
    page.wait_for_url("**/people/**")


def test_a_slider_moves_the_whole(browser_page, shop):
    page = browser_page.open("/value/")
    before = page.locator("#levers-shown .stat-value").nth(1).inner_text()
    page.get_by_label("Who stays from one year to the next").fill("5")
    expect(page.locator("output[for=lever-retention]")).to_have_text("+5%")
    expect(page.locator("#levers-shown .stat-value").nth(1)).not_to_have_text(before)
    expect(page.locator("#levers-shown tbody tr").first).to_contain_text("+5%")
