"""Relations in a real browser: the drawing by keyboard, adding as one types, every page for everybody."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE, path_of
from people.telling import address, happened, tell
from relations.relating import met, relate, works
from vincle.apps.relations.models import Organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def a_town() -> Organisation:
    met(C1="Mercè Roca", C2="Pau Roca", C3="Joan Serra", C4="Ona Serra")
    tell(
        *(
            happened(each, "2026-03-31 10:00", observations={"company": "Institut"}, links=[("email", "x@example.org")])
            for each in ("C1", "C5")
        )
    )
    relate("C1", "parent", "C2")
    relate("C1", "partner", "C3")
    relate("C3", "sibling", "C4")
    works("C1", "Coop. Ter", role="buyer")
    return Organisation.objects.get()


def test_the_drawing_is_walked_with_the_keyboard(browser_page):
    a_town()
    page = browser_page.open(address("C1"))
    drawing = page.get_by_role("list", name="Who Mercè Roca relates to")
    expect(drawing.get_by_role("listitem")).to_have_count(3)
    drawing.get_by_role("link", name="parent of Pau Roca").focus()
    page.keyboard.press("Tab")
    expect(drawing.get_by_role("link", name="partner of Joan Serra")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Joan Serra")).to_be_visible()
    assert address("C3") == path_of(page.url)
    assert [] == browser_page.complaints
    assert [] == browser_page.elsewhere


def test_a_relation_is_added_as_one_types_and_undone(browser_page):
    met(C1="Mercè Roca", C2="Pau Roca")
    page = browser_page.open(address("C1", "relations", "new"))
    page.get_by_label("How they relate").select_option("parent")
    page.get_by_label("to whom").press_sequentially("pau")
    expect(page.get_by_role("radio", name="Pau Roca")).to_be_checked()
    page.get_by_label("How they relate").select_option("works_at")
    expect(page.get_by_role("radio", name="A new organisation")).to_be_checked()
    page.get_by_label("How they relate").select_option("parent")
    expect(page.get_by_role("radio", name="Pau Roca")).to_be_checked()
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("link", name="parent of Pau Roca")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("It is taken back.")).to_be_visible()
    expect(page.get_by_role("link", name="parent of Pau Roca")).to_have_count(0)
    assert [] == browser_page.complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [PHONE, {}], ids=["phone", "desk"])
def test_everybody_can_use_the_pages_and_none_is_wider_than_the_window(visit, olga, device, scheme):
    coop = a_town()
    visitor = visit(**device, color_scheme=scheme)
    visitor.sign_in(olga)
    there = f"/organisations/{coop.uid}/"
    near = address("C1", "relations")
    paths = (address("C1"), near, f"{near}new/?whom=se", "/organisations/", there, f"{there}edit/", f"{there}history/")
    for path in (*paths, f"{there}join/", "/organisations/named/", "/relations/kinds/", "/relations/kinds/new/"):
        page = visitor.open(path)
        if path == address("C1"):
            expect(page.locator("#relations-card .ties")).to_be_visible()
        assert [] == visitor.barriers(), path
        assert 0 >= visitor.overflow(), path
    assert [] == visitor.complaints
