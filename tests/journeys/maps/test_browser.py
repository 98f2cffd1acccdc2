"""The editor in a real browser: by keyboard and by pointer, undone, and the same after a reload."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from journeys.designs import design, mapped
from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.maps import actions, queries
from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.models import JourneyMap
from vincle.flow.catalogue import seed
from vincle.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at(page, place):
    return page.locator(f"[data-place='{place}']")


def saved(page):
    expect(page.locator("[data-map-status]")).to_have_text("Saved")


def journey():
    return queries.journey_of(JourneyMap.objects.get())


def test_a_map_is_edited_by_keyboard_and_pointer_and_undone(browser_page, olga):
    seed()
    this = mapped(olga, now=clock.now())
    page = browser_page.open(f"/journeys/maps/{this.uid}/")
    # By keyboard: from the first heading down, write, on to the next cell, write
    page.locator("[data-grid] [tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("Feel sure")
    page.keyboard.press("Tab")
    page.keyboard.type("Start today")
    page.keyboard.press("Escape")
    expect(at(page, "cell:first:wants")).to_be_focused()
    # How it feels: up by one step
    at(page, "cell:habit:feels").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    expect(at(page, "cell:habit:feels")).to_contain_text("rather good (+0.5)")
    saved(page)
    stages = journey().stages
    assert ("Feel sure", "Start today", 0.5) == (stages[0].wants, stages[1].wants, stages[2].feels)
    # By pointer: a touchpoint to the last stage
    card, to = at(page, "touchpoint:look:web").bounding_box(), at(page, "cell:habit:touchpoints").bounding_box()
    page.mouse.move(card["x"] + 40, card["y"] + 12)
    page.mouse.down()
    page.mouse.move(to["x"] + 60, to["y"] + 20, steps=5)
    page.mouse.up()
    expect(at(page, "cell:habit:touchpoints").get_by_role("button", name="Web", exact=True)).to_be_visible()
    expect(page.locator("dialog[open]")).to_have_count(0)  # a drag opens nothing
    saved(page)
    # By keyboard: back to the middle stage, and the stage before the first
    at(page, "touchpoint:habit:web").locator("[data-open]").focus()
    page.keyboard.press("Alt+ArrowLeft")
    saved(page)
    expect(at(page, "touchpoint:first:web").locator("[data-open]")).to_be_focused()
    at(page, "stage:first").focus()
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator(".map-stage .map-text").first).to_have_text("First box")
    page.reload()
    assert ["first", "look", "habit"] == [each.key for each in journey().stages]
    # All of it undone, after the reload
    for _ in range(6):
        page.locator("[data-undo]").click()
        saved(page)
    expect(page.locator("[data-undo]")).to_be_disabled()
    assert design() == journey()
    page.keyboard.press("Control+Shift+Z")
    expect(at(page, "cell:look:wants")).to_have_text("Feel sure")
    assert [] == browser_page.complaints


def test_a_cell_that_a_colleague_wrote_in_meanwhile_shows_both_texts(browser_page, olga, marta):
    this = mapped(olga, now=clock.now())
    page = browser_page.open(f"/journeys/maps/{this.uid}/")
    actions.change(this, op.SetStage("look", "wants", "Pay less"), seen=0, actor=Actor.of(marta), now=clock.now())
    at(page, "cell:look:wants").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Feel sure")
    box = page.get_by_role("alert")
    expect(box).to_contain_text("Marta Vidal changed the same place")
    expect(box).to_contain_text("Pay less")
    expect(box).to_contain_text("Feel sure")
    page.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    saved(page)
    assert "Feel sure" == journey().stage("look").wants


def test_what_cannot_be_saved_is_kept_and_tried_again(browser_page, olga):
    this = mapped(olga, now=clock.now())
    page = browser_page.open(f"/journeys/maps/{this.uid}/")
    page.context.set_offline(True)
    at(page, "cell:look:wants").click()
    page.keyboard.type(" at once")
    page.keyboard.press("Escape")
    expect(page.locator("[data-map-status]")).to_contain_text("Not saved")
    page.context.set_offline(False)
    saved(page)
    assert "Know if it fits at once" == journey().stage("look").wants


@pytest.mark.parametrize(("device", "scheme"), [(PHONE, "dark"), ({}, "light")], ids=["phone", "desk"])
def test_everybody_can_use_the_editor_and_its_dialogs(visit, olga, device, scheme):
    seed()
    this = mapped(olga, now=clock.now())
    visitor = visit(**device, color_scheme=scheme)
    visitor.sign_in(olga)
    page = visitor.open(f"/journeys/maps/{this.uid}/")
    assert [] == visitor.barriers()
    assert 0 >= visitor.overflow()
    at(page, "stage:look").locator("[data-rules]").click()
    expect(page.get_by_role("heading", name="How somebody comes into")).to_be_visible()
    page.get_by_role("button", name="Say it back").click()
    expect(page.get_by_text("Somebody comes here with “Visit to a page”.")).to_be_visible()
    assert [] == visitor.barriers()
    page.get_by_role("button", name="Close").first.click()
    at(page, "touchpoint:look:web").locator("[data-open]").click()
    page.get_by_label("Name", exact=True).fill("The website")
    assert [] == visitor.barriers()
    page.get_by_role("button", name="Keep").click()
    expect(at(page, "touchpoint:look:web")).to_contain_text("The website")
    page.get_by_role("button", name="Comments").click()
    page.get_by_role("textbox", name="About The website").fill("Too slow")
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("Too slow")).to_be_visible()
    assert [] == visitor.barriers()
    assert [] == visitor.complaints
