"""The queue in a real browser: decided from the keyboard, by sight, on a phone, in the dark."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE, Visitor
from duplicates.queueing import pair, people, together
from vincle.apps.duplicates.models import Candidate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def three() -> list[Candidate]:
    """Three pairs, the most probable first."""
    people(f={"name": "Kim"})
    return [pair("a", "b", 0.995), pair("c", "d", 0.93), pair("e", "f", 0.6)]


def test_pairs_are_decided_from_the_keyboard_and_undone_from_the_notice(browser_page: Visitor):
    first, second, third = three()
    page = browser_page.open("/duplicates/")
    page.keyboard.press("s")  # nothing has been chosen yet
    page.keyboard.press("j")
    expect(page.locator(f"#pair-{first.pk}")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#pair-{second.pk}")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("s")
    expect(page.locator(f"#pair-{first.pk}")).to_have_count(0)
    expect(page.locator(f"#pair-{second.pk}")).to_be_focused()
    assert together("a", "b")
    page.keyboard.press("d")
    expect(page.locator(f"#pair-{third.pk}")).to_be_focused()
    page.keyboard.press("l")
    expect(page.get_by_text("Nobody has looked yet")).to_be_visible()
    page.goto(f"{browser_page.base}/duplicates/{first.pk}/")
    expect(page.get_by_role("heading", name="They are one person now")).to_be_visible()

    page = browser_page.open("/duplicates/?view=skipped")
    page.get_by_role("button", name="Let it wait again").click()
    expect(page.get_by_text("It waits again.")).to_be_visible()
    assert ([], []) == (browser_page.complaints, browser_page.elsewhere)


def test_a_decision_is_taken_back_from_its_notice(browser_page: Visitor):
    first, *_rest = three()
    page = browser_page.open("/duplicates/")
    page.locator(f"#pair-{first.pk}").get_by_role("button", name="Same person").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#pair-{first.pk}")).to_be_visible()
    assert not together("a", "b")


@pytest.mark.parametrize("options", [{}, PHONE | {"color_scheme": "dark"}], ids=["desk", "phone"])
def test_the_pages_fit_and_are_open_to_everybody(options, visit, olga):
    first, *_rest = three()
    visitor = visit(**options)
    visitor.sign_in(olga)
    for path in ("", f"{first.pk}/", "all/?percent=90", "counts/"):
        visitor.open(f"/duplicates/{path}")
        assert (path, 0, [], []) == (path, max(0, visitor.overflow()), visitor.barriers(), visitor.complaints)
