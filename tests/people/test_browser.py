"""The list and a person's page in a real browser: scrolling, filtering by keyboard, on a phone."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from people.telling import address, happened, line, tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def long_story() -> None:
    tell(
        *(
            happened(
                "C1",
                f"2026-{1 + number // 28:02d}-{1 + number % 28:02d} 10:00",
                "order.placed" if number % 3 else "email.received",
                name="Mercè Roca",
                text=f"moment {number}",
                amount=Decimal(number),
                currency="EUR",
                things=[line("RYE BREAD", Decimal(1), department="BAKERY"), line("Milk", Decimal(2))],
                links=[("email", "merce@example.org")],
                observations={"town": "Girona"},
            )
            for number in range(70)
        )
    )


def test_scrolling_down_brings_the_whole_story_without_a_click(browser_page):
    long_story()
    page = browser_page.open(address("C1"))
    expect(page.locator(".moment")).to_have_count(25)
    for screenful in (50, 70):
        page.mouse.wheel(0, 100_000)
        expect(page.locator(".moment")).to_have_count(screenful)
    page.mouse.wheel(0, 100_000)
    expect(page.get_by_text("This is where it began.")).to_be_visible()
    expect(page.locator(".story-next")).to_have_count(0)
    assert [] == browser_page.complaints
    assert [] == browser_page.elsewhere


def test_what_takes_longer_arrives_by_itself(browser_page):
    long_story()
    page = browser_page.open(address("C1"))
    expect(page.get_by_text("What they care about")).to_be_visible()
    expect(page.locator(".interests")).to_contain_text("Bakery")
    expect(page.locator("#story-chart[data-drawn]")).to_be_visible()


def test_the_details_of_a_moment_unfold_with_the_keyboard(browser_page):
    long_story()
    page = browser_page.open(address("C1"))
    summary = page.locator(".moment-more > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".moment .lines").first).to_contain_text("Rye bread")
    expect(page.locator(".moment .raw").first).to_contain_text("told by")


def test_the_story_is_filtered_with_the_keyboard_and_back_leads_back(browser_page):
    long_story()
    page = browser_page.open(address("C1"))
    page.get_by_role("link", name="E-mail from them").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".moment")).to_have_count(24)
    assert "kind=email.received" in page.url
    words = page.get_by_label("Find in their story")
    words.focus()
    page.keyboard.type("moment 6")
    expect(page.locator(".moment")).to_have_count(5)  # 6, 60, 63, 66, 69
    expect(words).to_be_focused()
    assert page.url.endswith("?text=moment+6&kind=email.received")
    page.go_back()
    expect(page.locator(".moment")).to_have_count(24)
    page.go_back()
    expect(page.locator(".moment")).to_have_count(25)


def test_the_list_is_searched_as_one_types_and_a_chip_takes_the_filter_away(browser_page):
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"), happened("C2", "2026-03-02 10:00", name="Joan Serra"))
    page = browser_page.open("/people/")
    expect(page.locator(".people tbody tr")).to_have_count(2)
    page.get_by_label("Name, e-mail, phone or number").focus()
    page.keyboard.type("roc")
    expect(page.locator(".people tbody tr")).to_have_count(1)
    expect(page.get_by_label("Name, e-mail, phone or number")).to_be_focused()
    page.get_by_role("link", name="Interactions").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Interactions")
    expect(page.locator(".people tbody tr")).to_have_count(1)
    assert "/people/export/?q=roc&sort=-interactions" == page.locator("a.dropdown-item", has_text="CSV").get_attribute(
        "href"
    )
    page.locator("[data-without]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".people tbody tr")).to_have_count(2)
    page.go_back()
    expect(page.locator(".people tbody tr")).to_have_count(1)
    assert [] == browser_page.complaints


def test_the_pages_of_the_list_are_turned_in_place(browser_page):
    tell(*(happened(f"C{number}", "2026-03-01 10:00", name=f"Maria {number:03d}") for number in range(70)))
    page = browser_page.open("/people/?sort=name")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".people tbody tr")).to_have_count(20)
    expect(page.locator(".people")).to_contain_text("Maria 069")
    page.get_by_role("link", name="Previous").click()
    expect(page.locator(".people")).to_contain_text("Maria 000")
    page.go_back()
    expect(page.locator(".people")).to_contain_text("Maria 069")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [PHONE, {}], ids=["phone", "desk"])
def test_everybody_can_use_the_pages_and_none_is_wider_than_the_window(visit, olga, device, scheme):
    long_story()
    visitor = visit(**device, color_scheme=scheme)
    visitor.sign_in(olga)
    for path in ("/people/", "/people/?at_least=1&first_from=2026-01-01", address("C1"), address("C1") + "?text=x"):
        page = visitor.open(path)
        assert [] == visitor.barriers(), path
        assert 0 >= visitor.overflow(), path
        assert page.title().endswith("Vincle")
    assert [] == visitor.complaints


def test_on_a_phone_people_are_cards_that_a_thumb_can_hit(visit, olga):
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"))
    visitor = visit(**PHONE)
    visitor.sign_in(olga)
    page = visitor.open("/people/")
    expect(page.locator(".people thead")).to_be_hidden()
    expect(page.locator(".people tbody tr")).to_contain_text("Last seen")
    box = page.get_by_role("link", name="Mercè Roca").bounding_box()
    assert box is not None
    assert box["height"] >= 44


def test_an_e_mail_is_said_not_to_arrive_and_that_is_undone(browser_page):
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca", links=[("email", "merce@example.org")]))
    page = browser_page.open(address("C1"))
    page.get_by_role("button", name="Say how it is with merce@example.org").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="It does not arrive").click()
    state = page.locator(".known-state")
    expect(state).to_have_text("does not arrive")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("It works again.")).to_be_visible()
    expect(state).to_have_count(0)
    assert [] == browser_page.complaints
