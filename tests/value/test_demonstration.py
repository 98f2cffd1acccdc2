"""The demonstration's values: worked out once, with two campaigns that are told for what they are."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from people.telling import NOW, happened, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.value.demonstration import CAMPAIGNS, keep_demo_value
from vincle.apps.value.investments.models import Investment
from vincle.apps.value.models import Worth
from vincle.flow.append import ThingOf

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_kept_once_and_counts_whom_each_campaign_was_sent_to(client_of, anna):
    sent = [ThingOf(type="campaign", key="5", label="Campaign 5")]
    first = date(2017, 1, 2)
    tell(*(
        happened(f"C{who}", f"{first + timedelta(days=7 * week)} 10:00", "order.placed", amount=Decimal(9 + who % 5),
                 currency="EUR")
        for who in range(80) for week in range(0, 46, 1 + who % 4)
    ))  # fmt: skip
    tell(*(happened(f"C{who}", "2017-04-03 08:00", "campaign.delivered", things=sent) for who in range(40)))
    keep_demo_value(actor=COMMAND_LINE, now=NOW)
    keep_demo_value(actor=COMMAND_LINE, now=NOW)
    assert (80, len(CAMPAIGNS)) == (Worth.objects.count(), Investment.objects.count())
    fifth = Investment.objects.get(start=date(2017, 4, 3))
    page = client_of(anna).get(f"/value/investments/{fifth.uid}/").text
    assert "40 people beside 40" in page
