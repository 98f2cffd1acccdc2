"""Bringing a file in, describing a kind and mending what was held, in a real browser: by keyboard, on a phone,
in the dark."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from browsing import DESK, PHONE, Visitor
from sources.bringing import BROKEN, SALES, arrive, at, whole
from sources.stories import csv, hold, work
from vincle.apps.accounts.models import User
from vincle.apps.sources.models import Import
from vincle.flow import catalogue
from vincle.flow.models import Interaction, Kind, Quarantined

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ClientOf = Callable[[User], Client]
FURTHEST = 150  # times that Tab is pressed before something is called out of reach

HERE = "() => { const at = document.activeElement; return [at.id, at.name || '', (at.textContent || '').trim()]; }"


@pytest.fixture(autouse=True)
def _kinds(db: None) -> None:
    catalogue.seed()


def tab_to(page: Page, words: str = "", *, id_: str = "") -> None:
    """Press Tab until what has these words, or this id, has the focus."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        at_id, _name, at_words = page.evaluate(HERE)
        if (id_ and at_id == id_) or (words and at_words.startswith(words)):
            return
    raise AssertionError(f"{words or id_} cannot be reached with the Tab key")


def press(page: Page, words: str) -> None:
    tab_to(page, words)
    page.keyboard.press("Enter")


def test_a_file_is_brought_in_and_taken_back_with_the_keyboard_alone(browser_page: Visitor, tmp_path: Path) -> None:
    days = (f"p{n}@example.org,P {n},0{n}/04/2026,Purchase,Girona,3.00,EUR," for n in range(1, 9))
    file = csv(tmp_path, SALES[0], *days)
    page = browser_page.open(reverse("sources:imports"))

    press(page, "Bring in a file")
    expect(page.get_by_text("Drop a file here")).to_be_visible()
    tab_to(page, id_="id_file")
    page.set_input_files("#id_file", file)
    expect(page.get_by_text("sales.csv ·")).to_be_visible()
    tab_to(page, id_="id_source")
    page.keyboard.type("Shop")
    page.keyboard.press("Enter")

    expect(page.get_by_text("which comes first, the day or the month?")).to_be_visible()
    tab_to(page, id_="answer-when.date_order-1")
    page.keyboard.press("Space")
    expect(page.get_by_text("which comes first, the day or the month?")).to_have_count(0)
    expect(page.locator("#reading")).to_contain_text("1 Apr 2026")
    press(page, "Check the whole file")

    expect(page.locator("#progress")).to_be_visible()
    assert "imports.check" in work()
    expect(page.get_by_text("What would happen")).to_be_visible()
    press(page, "Bring in 8 rows")
    expect(page.locator("#progress")).to_be_visible()
    assert "imports.run" in work()
    expect(page.get_by_text("What is new")).to_be_visible()
    assert 8 == Interaction.objects.count()

    press(page, "Take it back")
    expect(page.get_by_text("8 interactions left the log")).to_be_visible()
    assert 0 == Interaction.objects.count()
    press(page, "Undo")
    expect(page.locator("#progress")).to_be_visible()
    work()
    expect(page.get_by_text("What is new")).to_be_visible()
    assert 8 == Interaction.objects.count()
    assert ([], []) == (browser_page.complaints, browser_page.elsewhere)


def test_changing_a_column_changes_how_the_first_rows_read_and_keeps_the_focus(
    browser_page: Visitor, client_of: ClientOf, olga: User
) -> None:
    this = arrive(client_of(olga))
    page = browser_page.open(at("columns", this))
    expect(page.locator("#reading")).to_contain_text("€38.40")
    amount = page.get_by_label("amount", exact=True)
    amount.focus()
    amount.select_option("ignore")
    expect(page.locator("#reading")).not_to_contain_text("€38.40")
    assert "amount" == page.evaluate("() => document.activeElement.labels[0].textContent")
    assert [] == browser_page.complaints


def test_a_file_that_cannot_be_read_is_refused_on_the_spot(browser_page: Visitor, tmp_path: Path) -> None:
    bad = tmp_path / "sales.csv"
    bad.write_bytes(bytes(range(256)) * 50)
    page = browser_page.open(reverse("sources:upload"))
    page.set_input_files("#id_file", bad)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("is not text, so it is not a CSV file")).to_be_visible()
    assert not Import.objects.exists()


def test_a_file_too_large_is_refused_before_it_leaves(browser_page: Visitor, tmp_path: Path) -> None:
    page = browser_page.open(reverse("sources:upload"))
    page.evaluate("document.getElementById('upload').dataset.limit = '10'")
    page.set_input_files("#id_file", csv(tmp_path, *SALES))
    expect(page.get_by_text("larger than what can be sent")).to_be_visible()
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("larger than what can be sent")).to_be_visible()
    assert not Import.objects.exists()


def test_a_large_file_shows_how_much_of_it_has_left(browser_page: Visitor, tmp_path: Path) -> None:
    many = (f"person{n}@example.org,P,2026-05-03 10:20,Purchase,Girona,1.00,EUR,{'x' * 40}" for n in range(60_000))
    page = browser_page.open(reverse("sources:upload"))
    page.set_input_files("#id_file", csv(tmp_path, SALES[0], *many))
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("What each column is")).to_be_visible()
    assert [] == browser_page.complaints


def test_a_file_is_dropped_on_the_page(browser_page: Visitor) -> None:
    page = browser_page.open(reverse("sources:upload"))
    dropped = page.evaluate_handle(
        "() => { const data = new DataTransfer();"
        "const file = new File(['email,date,what\\na@example.org,2026-05-03,Visit\\n'], 'dropped.csv');"
        "data.items.add(file); return data; }"
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
    expect(page.get_by_text("dropped.csv ·")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("What each column is")).to_be_visible()


def test_a_contract_is_tried_kept_and_taken_back(browser_page: Visitor) -> None:
    hold(["0.10", "5"])
    page = browser_page.open(reverse("sources:kind", args=["order.placed"]))
    page.locator("#id_contract").fill('{"properties": {"amount": {"minimum": 100}}}')
    page.get_by_role("button", name="Try it on the last ones").click()
    expect(page.get_by_text("1 of the last 1 would be held.")).to_be_visible()
    page.locator(".icon-pick", has=page.get_by_label("gift", exact=True)).click()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("would have been held")).to_be_visible()
    assert "gift" == Kind.objects.get(name="order.placed").icon
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("It is as it was before.")).to_be_visible()
    assert "shopping-bag" == Kind.objects.get(name="order.placed").icon
    assert [] == browser_page.complaints


def test_what_was_held_is_mended_by_hand(browser_page: Visitor) -> None:
    hold(["0.10"])
    page = browser_page.open(reverse("sources:quarantine"))
    page.get_by_role("link", name="Purchase").last.click()
    page.get_by_label("Amount").fill("12")
    page.get_by_role("button", name="Mend and let in").click()
    expect(page.get_by_text("It is in now")).to_be_visible()
    assert 1 == Interaction.objects.count()


def test_a_page_follows_what_is_let_in_again(browser_page: Visitor) -> None:
    hold(["0.10", "0.20"])
    Kind.objects.update(contract=None)
    page = browser_page.open(reverse("sources:quarantine"))
    page.get_by_role("button", name="Let in again").click()
    expect(page.get_by_text("Being let in…")).to_be_visible()
    work()
    expect(page.get_by_text("Nothing waits")).to_be_visible()


def every_page(client: Client) -> list[str]:
    """One of each page of the room, with something on it."""
    waiting = arrive(client, *BROKEN, name="waiting.csv", source="Other")
    doubtful = arrive(client, "email,date,what", "a@example.org,03/04/2026,Visit", name="doubtful.csv")
    hold(["0.10", None])
    done = whole(client, *BROKEN)
    held = Quarantined.objects.order_by("pk")[0]
    return [
        reverse("sources:imports"),
        reverse("sources:upload"),
        at("columns", waiting),
        at("columns", doubtful),
        at("import", done),
        reverse("sources:kinds"),
        reverse("sources:kind", args=["order.placed"]),
        reverse("sources:quarantine"),
        reverse("sources:held", args=[held.pk]),
    ]


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"])
def test_nobody_is_shut_out_of_any_page(
    visit: Callable[..., Visitor], client_of: ClientOf, olga: User, size: dict[str, Any], scheme: str
) -> None:
    visitor = visit(**size, color_scheme=scheme)
    visitor.sign_in(olga)
    found = {}
    for path in every_page(client_of(olga)):
        visitor.open(path)
        found[path] = [*visitor.barriers(), *visitor.complaints, *visitor.elsewhere]
        if visitor.overflow() > 0:
            found[path].append("too wide")
        visitor.complaints.clear()
    assert {} == {path: troubles for path, troubles in found.items() if troubles}
