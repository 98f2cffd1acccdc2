"""The pages in a real browser: by sight, on a phone, in the dark; the key can be copied and events appear."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from browsing import PHONE, Visitor
from tracking.sending import a_key, send, track
from vincle.apps.tracking.models import TrackingSource

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_source_is_made_and_its_key_copied(browser_page: Visitor):
    page = browser_page.open(reverse("tracking:new"))
    page.get_by_label("Name").fill("Shop")
    page.get_by_role("button", name="Make its key").click()

    expect(page.locator("#write-key")).to_be_visible()
    assert "Shop" == TrackingSource.objects.get().source.label
    assert ([], 0, [], []) == (
        browser_page.complaints,
        browser_page.overflow(),
        browser_page.barriers(),
        browser_page.elsewhere,
    )


def test_events_appear_by_themselves(browser_page: Visitor):
    key = a_key()
    page = browser_page.open(reverse("tracking:live", args=["web"]))
    expect(page.get_by_text("Nothing has come in yet")).to_be_visible()

    send(key, track(), track(messageId="bad", userId="undefined"))

    expect(page.get_by_role("link", name="in quarantine")).to_be_visible()
    expect(page.get_by_text("entered", exact=True)).to_be_visible()
    assert ([], []) == (browser_page.complaints, browser_page.barriers())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["sources", "live", "new"])
def test_the_pages_fit_a_phone(path, scheme, visit, olga):
    send(a_key("Web", "https://shop.example.org"), track(), track(messageId="bad", userId="undefined"))
    visitor = visit(**PHONE, color_scheme=scheme)
    visitor.sign_in(olga)

    visitor.open(reverse(f"tracking:{path}", args=["web"] if path == "live" else []))

    assert (0, [], []) == (visitor.overflow(), visitor.barriers(), visitor.complaints)
