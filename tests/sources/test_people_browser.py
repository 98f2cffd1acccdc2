"""A list of people in the wizard, in a real browser: said what it is, understood otherwise and back again."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import expect

from browsing import DESK, PHONE
from sources.bringing import arrive, at
from sources.test_people_files import PEOPLE
from vincle.apps.accounts.models import User
from vincle.flow import catalogue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "This is a list of people: nothing that happened is in it"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_of_a_list(
    visit: Callable, client_of: Callable[[User], Client], olga: User, size: dict, scheme: str
) -> None:
    catalogue.seed()
    this = arrive(client_of(olga), *PEOPLE, name="contacts.csv")
    visitor = visit(**size, color_scheme=scheme)
    visitor.sign_in(olga)
    page = visitor.open(at("columns", this))
    expect(page.get_by_text(TITLE)).to_be_visible()
    assert ([], True) == (visitor.barriers(), visitor.overflow() <= 0)
    page.get_by_text("something that happened", exact=True).click()
    expect(page.get_by_text(TITLE)).to_have_count(0)
    page.get_by_text("a person", exact=True).click()
    expect(page.get_by_text(TITLE)).to_be_visible()
    assert [] == visitor.complaints
