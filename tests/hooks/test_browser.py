"""The pages in a real browser: by sight, on a phone, in the dark; what waits is mapped and taken in."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from browsing import PHONE, Visitor
from hooks.sending import a_hook, entered, order, send, turn
from vincle.apps.hooks.models import Delivery
from vincle.flow.models import Kind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_webhook_is_made_something_comes_and_is_taken_in(browser_page: Visitor):
    Kind.objects.get_or_create(name="order.placed")
    page = browser_page.open(reverse("hooks:new"))
    page.get_by_label("Name").fill("Shop")
    page.get_by_role("button", name="Make its address").click()
    expect(page.locator("#whole-address")).to_be_visible()
    address = page.locator("#whole-address").input_value()

    for number in range(3):
        said = order(id=f"A-{number}", customer={"email": f"p{number}@roca.example"})
        assert 200 == page.request.post(address, data=said).status
    page = browser_page.open(reverse("hooks:columns", args=["shop"]))
    page.get_by_label("Place").fill("Girona")
    with page.expect_response("**/preview/"):
        page.get_by_label("Place").blur()
    page.get_by_role("button", name="Take in what comes like this").click()
    expect(page.get_by_text("It is kept, and what waits is taken in.")).to_be_visible()
    turn()
    page = browser_page.open(reverse("hooks:hook", args=["shop"]))

    expect(page.get_by_text("1 entered")).to_have_count(3)
    assert 3 == len(entered())
    assert ([], True, [], []) == (
        browser_page.complaints,
        browser_page.overflow() <= 0,
        browser_page.barriers(),
        browser_page.elsewhere,
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["list", "new", "hook", "columns", "delivery"])
def test_the_pages_fit_a_phone(path, scheme, visit, olga):
    made = a_hook()
    send(made, order(note="x" * 200))
    send(made, order(at="never"))
    a_hook("Form", mapping="")
    visitor = visit(**PHONE, color_scheme=scheme)
    visitor.sign_in(olga)
    given = {"hook": ["shop"], "columns": ["shop"], "delivery": ["shop", Delivery.objects.earliest("pk").pk]}

    visitor.open(reverse(f"hooks:{path}", args=given.get(path, [])))

    assert (0, [], []) == (visitor.overflow(), visitor.barriers(), visitor.complaints)
