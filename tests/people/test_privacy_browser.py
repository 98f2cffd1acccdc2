"""Erasing somebody in a real browser: it asks, it is done, it says so; on a phone too."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from people.telling import address, happened, line, tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("ways", [{}, PHONE | {"color_scheme": "dark"}], ids=["desk", "phone in the dark"])
def test_somebody_is_erased_only_by_their_name(visit, olga, ways):
    tell(
        happened(
            "C1",
            "2026-03-01 10:00",
            name="Mercè Roca",
            links=[("email", "merce@example.org")],
            things=[line("EGGS")],
        ),
        happened("C2", "2026-03-01 10:00", name="Joan Serra"),
    )
    there = address("C1")
    visitor = visit(**ways)
    visitor.sign_in(olga)
    page = visitor.open(there)
    page.get_by_role("link", name="Erase for good").click()
    expect(page.get_by_role("heading", name="Erase for good")).to_be_visible()
    assert ([], True) == (visitor.barriers(), visitor.overflow() <= 0)
    page.get_by_label("Their name, to be sure").fill("Joan Serra")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("That is not their name. Nothing was erased.")).to_be_visible()
    page.get_by_label("Their name, to be sure").fill("merce roca")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_role("heading", name="Certificate of erasure")).to_be_visible()
    assert ([], True) == (visitor.barriers(), visitor.overflow() <= 0)
    page.goto(visitor.base + there)
    expect(page.get_by_text("This person was erased on")).to_be_visible()
