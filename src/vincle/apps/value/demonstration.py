"""The demonstration's values: worked out, and beside them two of its campaigns as investments.

What the letters cost is not in its data, so nothing is made up: the question is only whether they brought anything.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor
from vincle.apps.lists.facade import Did, all_of, keep_view, write_filter
from vincle.apps.value.investments.actions import Groups, Said, describe
from vincle.apps.value.investments.models import Investment
from vincle.apps.value.investments.refreshing import refresh_return
from vincle.apps.value.refreshing import refresh_value
from vincle.kernel.house import house

DAYS = 45  # in which a campaign's coupons could be used
# One that leaves it open, and one that went to people who were going another way already.
CAMPAIGNS = ((5, date(2017, 4, 3)), (18, date(2017, 10, 30)))


def keep_demo_value(*, actor: Actor, now: datetime) -> None:
    """Work out what everybody is worth, and what came of two campaigns, unless any investment is there already."""
    refresh_value(now=now)
    if Investment.objects.exists():
        return
    with translation.override(house().language):
        for number, start in CAMPAIGNS:
            refresh_return(_campaign(number, start, actor=actor, now=now), now=now)


def _campaign(number: int, start: date, *, actor: Actor, now: datetime) -> Investment:
    campaign = {"campaign": f"Campaign {number}"}
    had = Did("campaign.delivered", "at_least", 1, thing_type="campaign", thing=campaign["campaign"])
    view = keep_view(
        actor=actor, now=now, name=_("Were sent %(campaign)s") % campaign, filter=write_filter(all_of(had)),
        columns=["did:order.placed:0", "money"], order="-money", shared=True,
    )  # fmt: skip
    said = Said(
        name=_("Letters of %(campaign)s") % campaign,
        about=_(
            "Coupons by post. What they cost is not in this data, so the question is whether they brought anything."
        ),
        cost_fixed=Decimal(0),
        cost_each=Decimal(0),
        start=start,
        until=start + timedelta(days=DAYS),
    )
    return describe(said, Groups(f"view:{view.uid}", "", randomised=False), actor=actor, now=now)
