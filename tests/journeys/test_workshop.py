"""A map on a wall: walked by the keys, and nobody shut out."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from browsing import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _with_a_wall() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="journeys.workshops"):
        yield


def test_the_keys_walk_from_the_whole_to_each_stage_and_leave(browser_page):
    page = browser_page.open("/wall/designed/")
    expect(page.get_by_role("region", name="The whole map")).to_be_visible()
    page.keyboard.press("ArrowRight")
    first = page.get_by_role("region", name="Prior information")
    expect(first).to_be_focused()
    expect(first).to_contain_text("Answer questions the same day, by name")
    expect(page.get_by_role("region", name="The whole map")).to_be_hidden()
    page.keyboard.press("End")
    expect(page.get_by_role("region", name="Problem solving")).to_be_focused()
    expect(page.get_by_role("link", name="Problem solving")).to_have_attribute("aria-current", "step")
    page.reload()
    expect(page.get_by_role("region", name="Problem solving")).to_be_visible()
    page.keyboard.press("Home")
    expect(page.get_by_role("region", name="The whole map")).to_be_focused()
    page.keyboard.press("Escape")
    page.wait_for_url("**/journeys/")


@pytest.mark.parametrize(("device", "scheme", "what"), [({}, "light", "real"), (PHONE, "dark", "designed")])
def test_nobody_is_shut_out(visit, olga, device, scheme, what):
    visitor = visit(**device, color_scheme=scheme)
    visitor.sign_in(olga)
    page = visitor.open(f"/wall/{what}/")
    for key in ("Home", "ArrowRight"):
        page.keyboard.press(key)
        assert [] == visitor.barriers()
        assert 0 >= visitor.overflow()
    assert [] == visitor.complaints
    assert [] == visitor.elsewhere
