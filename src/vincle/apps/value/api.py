"""The room's REST API: what a person is worth; investments have operations of their own (`investments.api`)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Schema

from vincle.apps.people.facade import restricted_among, somebody
from vincle.apps.value.investments import api as investments
from vincle.apps.value.models import Worth
from vincle.apps.value.queries import newest_value, worth_of
from vincle.kernel.errors import NotFound
from vincle.web.rest import etags
from vincle.web.rest.router import RoomRouter

rest = RoomRouter("Value")
ROUTERS = (rest.router, investments.rest.router)
_PLAIN = ("first_on", "last_on", "days", "money", "present", "frequency", "recency_days", "tenure_days", "spend")
_ESTIMATES = ("alive", "expected", "worth")


class EstimateOut(Schema):
    """What is expected, and the ends of its 95 % interval; null where the data do not determine them."""

    at: float
    low: float | None
    high: float | None


class WorthOut(Schema):
    """What a person is worth, as last worked out. Sums are in `currency`, after costs; `present` is of the last 12
    months, `expected` and `worth` are of the horizon. What cannot be told is null.
    """

    uid: UUID
    as_of: Annotated[date, Field(description="The last day of what is known")]
    currency: str
    first_on: date
    last_on: date
    days: Annotated[int, Field(description="On which they paid")]
    money: Decimal
    present: Decimal
    frequency: Annotated[int | None, Field(description="How often they came again")]
    recency_days: Annotated[int | None, Field(description="From their first to their last day")]
    tenure_days: Annotated[int | None, Field(description="From their first day to the last that is known")]
    alive: Annotated[EstimateOut | None, Field(description="How probably they are still there, 0 to 1")]
    expected: Annotated[EstimateOut | None, Field(description="How often they are expected to come")]
    spend: Annotated[Decimal | None, Field(description="What they are expected to pay at a time")]
    worth: Annotated[EstimateOut | None, Field(description="What they are expected to bring, later sums counting less")]


@rest.get("/people/{uid}/worth", scope="value:read", response=WorthOut)
def get_person_worth(request: HttpRequest, response: HttpResponse, uid: UUID) -> WorthOut:  # noqa: ARG001 - ninja's
    """What a person is worth, as it was last worked out.

    404 also says that it is not known: nobody was valued yet, they have paid nothing, or their processing is
    restricted.
    """
    who, kept = somebody(uid), newest_value()
    row = None if kept is None or restricted_among([who.number]) else worth_of(who.number)
    if kept is None or kept.as_of is None or row is None:
        raise NotFound(_("It is not known what they are worth."))
    said: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    said |= {name: _estimate(row, name) for name in _ESTIMATES}
    worth = WorthOut(uid=who.uid, as_of=kept.as_of, currency=kept.currency, **said)
    etags.mark(response, worth)
    return worth


def _estimate(row: Worth, name: str) -> EstimateOut | None:
    at, low, high = (getattr(row, field) for field in (name, f"{name}_low", f"{name}_high"))
    return None if at is None else EstimateOut(at=at, low=low, high=high)
