"""The builder, views and the search in a real browser: by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from lists.asking import f
from vincle.apps.lists.filters.language import Did, Group, Known, Period, Reached

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_list_is_asked_for_kept_as_a_view_and_opened_again(browser_page, three):
    page = browser_page.open("/people/")
    page.get_by_role("link", name="Conditions and columns").click()
    page.get_by_label("What happened").select_option("order.placed")
    page.get_by_label("Times").fill("2")
    page.get_by_role("button", name="Add a condition").focus()
    page.keyboard.press("Enter")
    second = page.get_by_role("group", name="Condition 2")
    second.get_by_label("What", exact=True).select_option("known:town")
    second.get_by_label("Value").fill("girona")
    page.get_by_role("button", name="Show these people").click()
    expect(page.locator(".people tbody tr")).to_have_count(1)
    expect(page.locator(".said")).to_contain_text("with “Purchase” at least 2 times and whose town is “girona”")
    page.get_by_role("link", name="Keep as a view").click()
    page.get_by_label("Name").fill("Faithful")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Faithful").click()
    expect(page.locator(".people tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Everybody").click()
    expect(page.locator(".people tbody tr")).to_have_count(3)
    assert [] == browser_page.complaints


def test_the_search_opens_by_a_key_and_finds_as_one_types(browser_page, three):
    page = browser_page.open("/people/")
    page.keyboard.press("/")
    page.keyboard.type("merce rocca")
    found = page.locator("#search-found")
    expect(found.get_by_role("link", name="Mercè Roca")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mercè Roca")).to_be_visible()
    assert [] == browser_page.complaints


@pytest.mark.parametrize(("device", "scheme"), [(PHONE, "dark"), ({}, "light")], ids=["phone", "desk"])
def test_everybody_can_use_the_pages_and_none_is_wider_than_the_window(visit, olga, three, device, scheme):
    visitor = visit(**device, color_scheme=scheme)
    visitor.sign_in(olga)
    group = Group("any", (Known("town", "is", ("Girona",)), Reached("email", "has")))
    wanted = f(Did("order.placed", "at_least", 1, Period(days=700)), group)
    for path in (
        f"/people/?f={wanted}&c=attribute:town&c=money",
        f"/lists/choose/?f={wanted}",
        f"/lists/change/?f={wanted}&way=set&attribute=town&value=Vic&do=look",
        f"/lists/views/new/?f={wanted}",
        "/lists/",
        "/search/?q=merce",
    ):
        visitor.open(path)
        assert [] == visitor.barriers(), path
        assert 0 >= visitor.overflow(), path
    assert [] == visitor.complaints


@pytest.mark.parametrize(("device", "scheme"), [(PHONE, "dark"), ({}, "light")], ids=["phone", "desk"])
def test_people_are_ticked_and_put_on_a_list(visit, olga, three, device, scheme):
    visitor = visit(**device, color_scheme=scheme)
    visitor.sign_in(olga)
    page = visitor.open("/people/?sort=name")
    ways = page.get_by_role("button", name="Add to a list")
    expect(ways).to_be_hidden()
    page.get_by_label("Tick Mercè Roca").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("1 ticked")).to_be_visible()
    assert ([], 0) == (visitor.barriers(), max(visitor.overflow(), 0))
    page.get_by_label("Tick all on this page").check()
    expect(page.get_by_text("3 ticked")).to_be_visible()
    page.get_by_label("Tick all on this page").uncheck()
    expect(ways).to_be_hidden()
    page.get_by_label("Tick Joan Vila").check()
    page.get_by_label("Tick Pau Puig").click(modifiers=["Shift"])
    expect(page.get_by_text("3 ticked")).to_be_visible()
    page.get_by_label("Tick Mercè Roca").uncheck()
    ways.click()
    page.get_by_label("Name of the new list").fill("Dinner")
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Change 2 people").click()
    expect(page.get_by_text("Added to “Dinner”").first).to_be_visible()
    assert [] == visitor.complaints
