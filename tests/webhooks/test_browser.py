"""The pages of the API and of webhooks in a real browser: nothing in the way of anybody, nothing from elsewhere."""

import pytest

from browsing import PHONE
from people.telling import happened, tell
from vincle.apps.webhooks.models import Delivery
from vincle.flow import catalogue
from webhooks.hearing import add, turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("how", [{"color_scheme": "light"}, {"color_scheme": "dark"} | PHONE], ids=["desk", "phone"])
def test_the_pages_are_open_to_everybody_who_may(visit, olga, listener, how):
    catalogue.seed()
    endpoint = add(listener.url, "order.placed").endpoint
    tell(happened("c1", "2026-01-01 10:00", "order.placed", name="Mar Roca"))
    turn()
    visitor = visit(**how)
    visitor.sign_in(olga)
    message = Delivery.objects.get().pk
    at = f"/settings/webhooks/{endpoint.pk}/"
    for path in ("/settings/webhooks/", "/settings/webhooks/new/", at, f"{at}messages/{message}/", "/api/v1/"):
        visitor.open(path)
        assert ([], [], []) == (visitor.barriers(), visitor.complaints, visitor.elsewhere), path
        assert visitor.overflow() <= 0, path


def test_a_token_is_made_copied_and_revoked(browser_page):
    page = browser_page.open("/settings/tokens/new/")
    page.get_by_label("Name").fill("The shop")
    page.get_by_label("Read people and how they are known").check()
    page.get_by_role("button", name="Make its token").click()
    assert page.get_by_label("Token", exact=True).input_value().startswith("vincle_")
    assert ([], []) == (browser_page.barriers(), browser_page.complaints)
    page.get_by_role("form", name="Revoke The shop").get_by_role("button").click()
    page.get_by_text("revoked").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("form", name="Revoke The shop").wait_for()
