"""A colleague is named while a note is written, and reads it: by keyboard and touch, on a phone, in the dark."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from cast_of import somebody as colleague
from people.telling import address, happened, person, tell
from vincle.apps.accounts.facade import Actor
from vincle.apps.notes import actions
from vincle.apps.notes.models import Mention
from vincle.apps.people.facade import somebody
from vincle.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _everybody(cast) -> None:
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"))


def signed_in(visit, who: str, **device):
    visitor = visit(**device)
    visitor.sign_in(colleague(who))
    return visitor


def test_a_colleague_is_chosen_with_the_keyboard(visit):
    visitor = signed_in(visit, "anna")
    page = visitor.open(address("C1"))
    field = page.get_by_label("A note about them")
    offers = page.get_by_role("listbox", name="Colleagues to tell")

    field.press_sequentially("Tell @")
    expect(offers.get_by_role("option")).to_have_count(6)
    field.press_sequentially("m")
    expect(offers.get_by_role("option")).to_contain_text(["Marta Vidal"])
    field.press("Backspace")
    expect(offers.get_by_role("option")).to_have_count(6)
    field.press("ArrowDown")
    expect(offers.get_by_role("option", selected=True)).to_contain_text("Marta Vidal")
    assert [] == visitor.barriers()
    field.press("Enter")
    expect(field).to_have_value("Tell @Marta Vidal ")
    expect(offers).to_be_hidden()

    field.press_sequentially("and @q")
    field.press("Escape")
    expect(offers).to_be_hidden()
    field.press_sequentially("uim")
    expect(offers).to_be_hidden()
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#notes .note-for")).to_contain_text("Marta Vidal")
    assert {"Marta Vidal", "Quim Bosch"} == set(Mention.objects.values_list("colleague", flat=True))
    assert ([], []) == (visitor.complaints, visitor.elsewhere)


@pytest.mark.parametrize(("device", "scheme"), [(PHONE, "dark"), ({}, "light")], ids=["phone", "desk"])
def test_a_colleague_is_touched_and_reads_it(visit, device, scheme):
    visitor = signed_in(visit, "anna", **device, color_scheme=scheme)
    page = visitor.open(address("C1"))
    field = page.get_by_label("A note about them")
    field.press_sequentially("For @qui")
    page.get_by_role("listbox", name="Colleagues to tell").get_by_role("option", name="Quim Bosch").click()
    assert 0 >= visitor.overflow()
    expect(field).to_have_value("For @Quim Bosch ")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#notes .note")).to_have_count(1)

    reader = signed_in(visit, "quim", **device, color_scheme=scheme)
    page = reader.open("/mentions/")
    assert ([], 0) == (reader.barriers(), max(reader.overflow(), 0))
    page.get_by_role("link", name="Mercè Roca").click()
    expect(page.locator(".note-asked")).to_be_focused()
    page = reader.open("/mentions/")
    page.get_by_role("button", name="I have read it").click()
    expect(page.locator(".note")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="I have read it")).to_be_visible()
    assert ([], [], []) == (visitor.complaints, reader.complaints, reader.elsewhere)


def test_a_note_that_is_changed_offers_colleagues_too(visit):
    about, anna = somebody(person("C1").uid), Actor.of(colleague("anna"))
    actions.write(about, "Prefers mornings", actor=anna, now=clock.now())
    visitor = signed_in(visit, "anna")
    page = visitor.open(address("C1"))
    page.get_by_role("button", name="Change it").click()
    field = page.get_by_label("What the note says")
    field.press("End")
    field.press_sequentially(" @pol")
    field.press("Tab")
    expect(field).to_have_value("Prefers mornings @Pol Riera ")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#notes .note-for")).to_contain_text("Pol Riera")


def test_a_note_carries_a_file(visit):
    about, anna = somebody(person("C1").uid), Actor.of(colleague("anna"))
    actions.write(about, "Signed today", actor=anna, now=clock.now())
    visitor = signed_in(visit, "anna", **PHONE)
    page = visitor.open(address("C1"))
    # The smallest picture there is: a GIF of one pixel.
    pixel = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"
    page.get_by_label("Add a file").set_input_files({"name": "scan.gif", "mimeType": "image/gif", "buffer": pixel})
    expect(page.locator(".note-file img")).to_be_visible()
    assert ([], 0) == (visitor.barriers(), max(visitor.overflow(), 0))
    page.get_by_role("button", name="Take away “scan.gif”").click()
    expect(page.locator(".note-file")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".note-file")).to_contain_text("scan.gif")
    assert ([], []) == (visitor.complaints, visitor.elsewhere)
