"""A click in a real browser notes what somebody said, the header follows, and it is undone; on a phone, in the dark."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from browsing import PHONE, Visitor
from consent.asking import purpose, says
from people.telling import address, happened, person, tell
from vincle.apps.consent.models import Decision, Purpose

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def news() -> Purpose:
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca"))
    return purpose()


def test_clicks_on_the_persons_page(news, browser_page: Visitor):
    page = browser_page.open(address("C1"))
    card = page.locator("#consent")
    card.get_by_role("button", name="Said yes").click()
    card.get_by_role("button", name="By phone", exact=True).first.click()
    expect(card.get_by_text("given")).to_be_visible()
    card.get_by_role("button", name="Do not contact").click()
    page.locator("#consent .dropdown-menu.show").get_by_role("button", name="In person").click()
    chip = page.locator("#consent-chips").get_by_text("Do not contact")
    expect(chip).to_be_visible()
    page.locator("#toasts").get_by_role("button", name="Undo").last.click()
    expect(card.get_by_role("button", name="Do not contact")).to_be_visible()
    expect(chip).to_have_count(0)

    assert ([], [], []) == (browser_page.complaints, browser_page.barriers(), browser_page.elsewhere)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_a_phone(news, scheme, visit, olga):
    says("C1", Decision.GIVEN, news, "email")
    visitor = visit(**PHONE, color_scheme=scheme)
    visitor.sign_in(olga)
    uid = person("C1").uid
    for path in (
        reverse("consent:report"), reverse("consent:catalogue"), reverse("consent:ledger", args=[uid]),
        reverse("consent:change", args=["news"]), reverse("people:looked", args=[uid]), reverse("retention:rules"),
    ):  # fmt: skip
        visitor.open(path)
        assert (0, [], []) == (visitor.overflow(), visitor.barriers(), visitor.complaints), path
