"""Views for the demonstration's year, so that whoever looks at it sees what a view is."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor
from vincle.apps.lists.actions.views import keep_view
from vincle.apps.lists.filters.language import Did, Filter, Period, Seen, Spent, all_of
from vincle.apps.lists.filters.reading import write
from vincle.apps.lists.models import View
from vincle.kernel.house import house

MUCH = Decimal(4_000)
SILENT_DAYS = 60


@transaction.atomic
def keep_demo_views(*, actor: Actor, now: datetime, last: date) -> int:
    """Keep three views that everybody sees, unless they were kept before; returns how many. `last` is the log's last
    day: the demonstration's year is long over."""
    if View.objects.filter(owner_id=None).exists():
        return 0
    with translation.override(house().language):
        kept = [
            keep_view(actor=actor, now=now, name=name, filter=write(wanted), columns=columns, order=order, shared=True)
            for name, wanted, columns, order in _views(last)
        ]
    return len(kept)


def _views(last: date) -> Iterator[tuple[str, Filter, list[str], str]]:
    orders, coupons = "did:order.placed:0", "did:coupon.redeemed:0"
    year = Period(since=last - timedelta(days=365))
    yield (
        _("Spent most in the year"),
        all_of(Spent("at_least", MUCH, year)),
        ["attribute:age", "attribute:income", orders, "last", "money"],
        "-money",
    )
    yield (
        _("Not seen for 60 days"),
        all_of(Seen("last", "before", Period(since=last - timedelta(days=SILENT_DAYS)))),
        ["last", orders, "money"],
        "-last",
    )
    yield (
        _("Redeemed a coupon"),
        all_of(Did("coupon.redeemed", "at_least", 1)),
        ["attribute:household", coupons, orders, "last", "money"],
        "-money",
    )
