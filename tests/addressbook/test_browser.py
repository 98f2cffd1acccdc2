"""The page of the address book in a real browser: a password is made, ended and brought back; also on a phone."""

import pytest
from playwright.sync_api import expect

from browsing import DESK, PHONE
from vincle.apps.accounts.actor import Actor
from vincle.apps.addressbook import actions
from vincle.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/me/address-book/"


def test_a_password_is_made_ended_and_brought_back(browser_page):
    page = browser_page.open("/me/")
    page.get_by_role("link", name="Set it up").click()
    page.get_by_label("Device", exact=True).fill("my telephone")
    page.get_by_role("button", name="Make a password").click()
    expect(page.locator("#app-password")).not_to_have_value("")
    page.get_by_role("button", name="End it: my telephone").click()
    expect(page.get_by_text("ended", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="End it: my telephone")).to_be_visible()
    assert [] == browser_page.complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_bars_the_way_and_nothing_sticks_out(visit, olga, size, scheme):
    actions.make_password(actor=Actor.of(olga), now=clock.now(), device="my telephone")
    visitor = visit(**size, color_scheme=scheme)
    visitor.sign_in(olga)
    visitor.open(PAGE)
    assert ([], True) == (visitor.barriers(), visitor.overflow() <= 0)
