"""What really happens along a designed journey, in a real browser."""

import pytest
from playwright.sync_api import expect

from browsing import PHONE
from journeys.charts import found, journey, keep_aim, keep_chart, moment, stage
from people.telling import NOW
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.journeys.maps.actions import create

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Astagewithanamethatnobodycouldeverbreakanywhereinamap"


@pytest.mark.parametrize(
    "options", [PHONE | {"color_scheme": "dark"}, {"color_scheme": "light"}], ids=["phone", "desk"]
)
def test_everybody_can_use_the_page_and_it_is_no_wider_than_the_window(visit, olga, options):
    of = journey(
        stages=[*(stage(each.key, each.name) for each in journey().stages), stage("long", LONG, opportunities=LONG)],
        aim={"stage": "problem"},
    )
    this = create(of, actor=COMMAND_LINE, now=NOW)
    keep_chart(of, this.uid)
    keep_aim(of, this.uid, found(moment("order.delivered"), moment("page.viewed", estimate=0.1, low=0.05, high=0.15)))
    visitor = visit(**options)
    visitor.sign_in(olga)
    page = visitor.open(f"/journeys/maps/{this.uid}/real/")
    expect(page.get_by_role("heading", name="What departs from the design")).to_be_visible()
    assert ("viewport" not in options) == page.locator(".real-bands").is_visible()  # a phone has the table
    assert [] == visitor.barriers()
    assert 0 >= visitor.overflow()
    assert [] == visitor.complaints
    assert [] == visitor.elsewhere
