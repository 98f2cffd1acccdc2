"""The application in a real browser: nobody is shut out, nothing leaves, nothing breaks the policy."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client, override_settings

from browsing import DESK, PHONE, Visitor, path_of
from vincle.apps.accounts.models import User
from web.walking import addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"desk": DESK, "phone": PHONE}


@pytest.fixture(autouse=True)
def _with_the_gallery() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="web.gallery"):
        yield


_pages: dict[str, list[str]] = {}


def pages_of(who: User | None, client_of: Callable[[User], Client]) -> list[str]:
    """Every address that answers somebody with a page of its own, and not with a part of one; asked once for each."""
    key = who.email if who else ""
    if key not in _pages:
        _pages[key] = _pages_for(client_of(who) if who else Client())
    return _pages[key]


def _pages_for(client: Client) -> list[str]:
    answers = ((address.path, client.get(address.path)) for address in addresses())
    return [
        path
        for path, answer in answers
        if answer.status_code == 200 and answer.getvalue().lstrip().lower().startswith(b"<!doctype html")
    ]


def _troubles(visitor: Visitor, path: str) -> list[str]:
    """What is wrong with a page: barriers for people, complaints of the browser, requests to others, too wide."""
    visitor.open(path)
    wide = visitor.overflow()
    found = [
        *visitor.barriers(),
        *visitor.complaints,
        *visitor.elsewhere,
        *([f"{wide} pixels too wide"] if wide > 0 else []),
    ]
    visitor.complaints.clear()
    visitor.elsewhere.clear()
    return found


def at_home(visit: Callable[..., Visitor], user: User, **options: object) -> Visitor:
    visitor = visit(**options)
    visitor.sign_in(user)
    return visitor


# Each size and each scheme once: what a colour hides does not depend on how wide the page is.
@pytest.mark.parametrize(("size", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_no_page_shuts_anybody_out_or_asks_elsewhere_or_complains(size, scheme, visit, olga, client_of):
    visitor = at_home(visit, olga, color_scheme=scheme, **SIZES[size])
    troubles = {path: found for path in pages_of(olga, client_of) if (found := _troubles(visitor, path))}
    assert {} == troubles


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_entrance_shuts_nobody_out(scheme, visit, olga, client_of):
    visitor = visit(color_scheme=scheme, **PHONE)
    troubles = {path: found for path in pages_of(None, client_of) if (found := _troubles(visitor, path))}
    assert {} == troubles


@pytest.mark.parametrize("language", ["ca", "es"])  # the walk above speaks English
def test_no_language_makes_a_page_too_wide_for_a_phone(language, visit, olga, client_of):
    olga.language = language
    olga.save()
    visitor = at_home(visit, olga, **PHONE)
    for path in pages_of(olga, client_of):
        assert language == visitor.open(path).locator("html").get_attribute("lang")
        assert 0 >= visitor.overflow(), path


def test_the_first_key_leads_past_the_sidebar(browser_page):
    page = browser_page.open("/gallery/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "main" == page.evaluate("document.activeElement.id")


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_leads_to_the_search(key, browser_page):
    page = browser_page.open("/gallery/")
    page.keyboard.press(key)
    assert "search" == page.evaluate("document.activeElement.id")
    page.keyboard.type("a/b")
    assert "a/b" == page.locator("#search").input_value()


def test_the_account_menu_opens_and_closes_by_keyboard(browser_page):
    page = browser_page.open("/gallery/")
    page.locator(".face-button").focus()
    page.keyboard.press("Enter")
    page.locator(".account-menu").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.locator(".account-menu").wait_for(state="hidden")


def test_a_phone_has_a_bar_at_the_foot_and_a_drawer(visit, olga):
    page = at_home(visit, olga, **PHONE).open("/gallery/")
    page.get_by_role("button", name="More", exact=True).last.click()
    drawer = page.locator("#drawer")
    drawer.get_by_role("link", name="Settings").click()
    page.wait_for_url("**/settings/")


def test_what_is_touched_on_a_phone_is_large_enough(visit, olga):
    page = at_home(visit, olga, **PHONE).open("/gallery/")
    boxes = page.evaluate(
        """[...document.querySelectorAll(".bottom-room, .btn, .tab, .face-button, .search-input")]
           .map((e) => [e.className, e.getBoundingClientRect()]).filter(([, box]) => box.width)
           .map(([name, box]) => [name, Math.round(Math.min(box.width, box.height))])"""
    )
    assert boxes
    assert [] == [box for box in boxes if box[1] < 44]


def test_charts_are_drawn_and_lead_to_what_is_behind_them(browser_page):
    page = browser_page.open("/gallery/")
    page.locator("#kinds[data-drawn] canvas").wait_for()
    box = page.locator("#kinds").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/me/?from=chart")


def test_charts_show_their_figures_when_pointed_at(browser_page):
    page = browser_page.open("/gallery/")
    page.locator("#activity[data-drawn] canvas").wait_for()
    page.locator("#activity").hover()
    assert [] == browser_page.complaints


def test_the_theme_of_the_device_is_there_from_the_first_paint(visit, olga):
    visitor = at_home(visit, olga, color_scheme="dark")
    visitor.page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => "
        "{ window.first = document.documentElement.dataset.bsTheme })"
    )
    assert "dark" == visitor.open("/gallery/").evaluate("window.first")


def test_a_chosen_theme_wins_over_the_device(browser_page):
    page = browser_page.open("/gallery/")
    page.locator(".face-button").click()
    page.locator(".account-menu button[value=dark]").click()
    page.wait_for_load_state("networkidle")
    assert ("dark", "/gallery/") == (page.locator("html").get_attribute("data-bs-theme"), path_of(page.url))


def test_what_was_done_can_be_undone_from_the_notice(browser_page, anna):
    page = browser_page.open("/settings/staff/")
    page.get_by_role("form", name="End the access of Anna Puig").get_by_role("button").click()
    notice = page.locator(".notice-toast")
    notice.get_by_role("button", name="Undo").click()
    page.get_by_text("Anna Puig can come in again.").wait_for()
    anna.refresh_from_db()
    assert anna.is_active


def test_a_new_role_is_kept_as_soon_as_it_is_chosen(browser_page, anna):
    page = browser_page.open("/settings/staff/")
    page.get_by_label("Role of Anna Puig").select_option("auditor")
    page.get_by_text("Anna Puig: Auditor from now on.").wait_for()
    anna.refresh_from_db()
    assert "auditor" == anna.role


def test_filters_swap_the_list_and_the_back_button_brings_it_back(browser_page, anna):
    page = browser_page.open("/settings/audit/")
    page.get_by_label("What").select_option("organisation.changed")
    page.get_by_text("Nothing matches").wait_for()
    assert "action=organisation.changed" in page.url
    page.go_back()
    page.locator("#audit table").wait_for()
    assert [] == browser_page.complaints


def test_a_session_that_ended_meanwhile_leads_to_the_sign_in_page(browser_page, olga):
    page = browser_page.open("/settings/audit/")
    olga.sessions_ended += 1
    olga.save()
    page.get_by_label("What").select_option("organisation.changed")
    page.wait_for_url("**/account/login/")


def test_a_server_that_cannot_be_reached_is_said(browser_page):
    page = browser_page.open("/settings/audit/")
    page.context.set_offline(True)
    page.get_by_label("What").select_option("organisation.changed")
    page.get_by_text("The server cannot be reached.").wait_for()


def test_a_link_to_hand_over_can_be_copied(browser_page, anna):
    browser_page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = browser_page.open("/settings/staff/")
    page.get_by_role("form", name="Sign-in link for Anna Puig").get_by_role("button").click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    assert page.locator("#handed-link").input_value() == page.evaluate("navigator.clipboard.readText()")
