"""What colleagues know of somebody, in a real browser: by keyboard and mouse, on a phone, in the dark."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from browsing import PHONE, Visitor
from fields.asking import a_field
from people.telling import address, happened, tell
from tasks.doing import a_task, anna, them
from vincle.apps.notes import actions as notes
from vincle.apps.tasks.models import Task
from vincle.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def merce() -> None:
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca", observations={"town": "Girona"}))
    a_field()
    a_task("Call back", them())
    notes.write(them(), "Prefers mornings\nhttps://example.org", actor=anna(), now=clock.now())


def test_a_note_a_task_and_a_field_are_written_where_they_stand(browser_page: Visitor):
    merce()
    page = browser_page.open(address("C1"))
    page.get_by_label("A note about them").fill("Speaks softly")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#notes .note").first).to_contain_text("Speaks softly")

    page.locator("#tasks-about").get_by_label("What is to be done").fill("Send the invoice")
    page.locator("#tasks-about").get_by_role("button", name="Add").click()
    expect(page.locator("#tasks-about .task")).to_have_count(2)
    page.get_by_role("button", name="“Call back” is done").click()
    expect(page.locator("#tasks-about .task-done")).to_contain_text("Call back")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="“Call back” is done")).to_be_visible()
    assert 0 == Task.objects.filter(done_at__isnull=False).count()

    page.get_by_role("button", name="Change: town").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Town").fill("Salt")
    page.keyboard.press("Enter")
    expect(page.locator(".known-line", has_text="Salt")).to_contain_text("said by Olga Serra")
    assert ([], [], []) == (browser_page.complaints, browser_page.barriers(), browser_page.elsewhere)


def test_a_file_is_kept_and_seen(browser_page: Visitor):
    merce()
    page = browser_page.open(address("C1"))
    # The smallest picture there is: a GIF of one pixel.
    pixel = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"
    page.locator("#file-to-keep").set_input_files({"name": "face.gif", "mimeType": "image/gif", "buffer": pixel})
    expect(page.locator("#files img")).to_be_visible()
    page.get_by_role("button", name="More about “face.gif”").click()
    page.get_by_role("button", name="This is how they look").click()
    expect(page.locator(".page-lead img")).to_be_visible()
    assert ([], [], []) == (browser_page.complaints, browser_page.barriers(), browser_page.elsewhere)


@pytest.mark.parametrize(("device", "scheme"), [(PHONE, "dark"), ({}, "light")], ids=["phone", "desk"])
def test_everybody_can_use_the_pages_and_none_is_wider_than_the_window(visit, olga, device, scheme):
    merce()
    visitor = visit(**device, color_scheme=scheme)
    visitor.sign_in(olga)
    paths = [address("C1"), "/tasks/?view=all", reverse("tasks:task", args=[Task.objects.get().uid])]
    for path in (*paths, "/settings/fields/", "/settings/fields/new/", "/me/"):
        page = visitor.open(path)
        page.wait_for_load_state("networkidle")
        assert [] == visitor.barriers(), path
        assert 0 >= visitor.overflow(), path
    assert [] == visitor.complaints
