"""A rule for a kind of interaction, made and looked at: at a desk, on a phone, in the dark."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from people.telling import happened, tell
from vincle.apps.retention.models import Rule

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("device", "scheme"), [(PHONE, "dark"), ({}, "light")], ids=["phone", "desk"])
def test_a_rule_for_a_kind_is_made_and_looked_at(visit, olga, device, scheme):
    tell(
        happened("C1", "2020-03-01 10:00", "chat.message", name="Mercè Roca"),
        happened("C1", "2026-03-01 10:00", "order.placed"),
    )
    visitor = visit(**device, color_scheme=scheme)
    visitor.sign_in(olga)
    page = visitor.open("/retention/")
    assert ([], 0) == (visitor.barriers(), max(visitor.overflow(), 0))
    page.get_by_label("What leaves").select_option("chat.message")
    page.get_by_label("After how many months").fill("24")
    page.get_by_role("button", name="Make it, off").click()
    expect(page.get_by_text("Older than 24 months")).to_be_visible()
    assert ([], 0) == (visitor.barriers(), max(visitor.overflow(), 0))
    page.get_by_role("button", name="I have looked").click()
    expect(page.get_by_role("button", name="Take them out now")).to_be_visible()
    assert ([], 1) == (visitor.complaints, Rule.objects.count())
