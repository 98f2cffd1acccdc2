"""The sidebar."""

import re

import pytest

from cast_of import LONG_AGO
from vincle.apps.accounts.models import User
from vincle.web import nav
from vincle.web.nav import NavEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(monkeypatch) -> list[NavEntry]:
    monkeypatch.setattr(nav, "_entries", {})
    made = [
        NavEntry("Log", "history", "accounts:audit", "audit.view", group="settings", order=2),
        NavEntry("Settings", "settings", "accounts:settings", "settings.view", group="settings", order=1),
        NavEntry("Me", "user", "accounts:me", "today.view"),
    ]
    nav.register(*made)
    return made


def test_people_see_what_they_may_open_group_by_group_in_order(entries, olga, anna, outsider):
    seen = [[str(entry.label) for entry in nav.entries_for(user)] for user in (olga, anna, outsider)]
    assert [["Me", "Settings", "Log"], ["Me"], []] == seen


def test_empty_groups_are_left_out(entries, anna):
    assert [""] == [group.key for group in nav.grouped(nav.entries_for(anna))]


def test_the_open_room_is_the_one_with_the_longest_address(entries, olga):
    log, settings, _me = entries
    found = [
        nav.current(nav.entries_for(olga), path) for path in ("/settings/audit/", "/settings/staff/", "/elsewhere/")
    ]
    assert [log, settings, None] == found


@pytest.mark.parametrize(("permission", "group"), [("everything", ""), ("today.view", "nowhere")])
def test_an_entry_of_an_unknown_permission_or_group_is_refused(entries, permission, group):
    with pytest.raises(LookupError):
        nav.register(NavEntry("X", "x", "accounts:me", permission, group=group))


def test_the_sidebar_marks_the_open_page(olga, client_of):
    assert 'href="/settings/" aria-current="page"' in client_of(olga).get("/settings/").text


def test_the_sidebar_says_how_much_waits_in_a_room(monkeypatch, olga, client_of):
    monkeypatch.setattr(nav, "_entries", {})
    User.objects.bulk_create(
        User(email=f"{number}@example.org", name="One", joined_at=LONG_AGO) for number in range(1, 1240)
    )
    nav.register(
        NavEntry("Me", "user", "accounts:me", "today.view", waiting=lambda _user: User.objects.all()[:1240]),
        NavEntry("Settings", "settings", "accounts:settings", "settings.view"),
    )
    page = client_of(olga).get("/settings/").text
    # once in the sidebar, once in the phone's drawer; nothing beside a room where nothing waits
    assert ["1,240", "1,240"] == re.findall(r'<span class="room-count"[^>]*>([\d,]+)<', page)
