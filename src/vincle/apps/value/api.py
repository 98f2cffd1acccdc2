"""The room's REST API: what a person and all together are worth; investments have their own (`investments.api`)."""

from collections.abc import Mapping
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
_SCALE = 10_000  # sums are kept in ten-thousandths


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


class TotalOut(Schema):
    """A sum over `people`, and the ends of its 95 % interval; null where the data do not determine them."""

    at: float
    low: float | None
    high: float | None
    people: int


class HoldoutOut(Schema):
    """What was foretold of the time from `since` on, which the model had not seen, and what happened in it."""

    since: date
    people: int
    expected: Annotated[float, Field(description="Visits that were foretold")]
    actual: Annotated[float, Field(description="Visits that happened")]
    total_error: Annotated[float | None, Field(description="Of all visits together, as a share of those that happened")]
    root_mean_squared_error: Annotated[float, Field(description="Of one person, in visits")]


class ValueOut(Schema):
    """What everybody together is worth, as last worked out. Sums are in `currency`, after costs; `present` is of the
    last 12 months and known exactly, `expected` and `worth` are of the horizon. What cannot be told is null.
    """

    as_of: Annotated[date, Field(description="The last day of what is known")]
    currency: str
    people: Annotated[int, Field(description="Who ever paid")]
    present: TotalOut
    alive: Annotated[TotalOut | None, Field(description="How many are probably still there")]
    expected: Annotated[TotalOut | None, Field(description="How often they are expected to come, all together")]
    worth: Annotated[TotalOut | None, Field(description="What they are expected to bring, later sums counting less")]
    model: Annotated[str | None, Field(description="Which model, or plain rule, is used")]
    reason: Annotated[str, Field(description="Why that one, or why none: least_error, too_few_people ...")]
    holdout: HoldoutOut | None


@rest.get("/value", scope="value:read", response=ValueOut)
def get_value(request: HttpRequest, response: HttpResponse) -> ValueOut:  # noqa: ARG001 - ninja's
    """What all relationships together are worth, as it was last worked out.

    404 says that it is not known: nobody was valued yet, or nobody has paid anything.
    """
    kept = newest_value()
    if kept is None or kept.said is None:
        raise NotFound(_("It is not known what all relationships are worth."))
    said = kept.said
    value = ValueOut(
        as_of=date.fromisoformat(said["as_of"]),
        currency=kept.currency,
        people=said["people"],
        present=_total(said["present"], scale=_SCALE),
        alive=_total(said["alive"]) if "alive" in said else None,
        expected=_total(said["expected"]) if "expected" in said else None,
        worth=_total(said["worth"], scale=_SCALE) if "worth" in said else None,
        model=said["model"],
        reason=str(said["why"].get("reason", "")),
        holdout=_holdout(said["holdout"]),
    )
    etags.mark(response, value)
    return value


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


def _total(said: Mapping[str, Any], *, scale: int = 1) -> TotalOut:
    """`scale` is how many of its units make one of what is told."""
    low, high = (None if said[end] is None else said[end] / scale for end in ("low", "high"))
    return TotalOut(at=said["at"] / scale, low=low, high=high, people=said["people"])


def _holdout(said: Mapping[str, Any] | None) -> HoldoutOut | None:
    if said is None:
        return None
    names = ("people", "expected", "actual", "total_error", "root_mean_squared_error")
    return HoldoutOut(since=date.fromisoformat(said["from"]), **{name: said[name] for name in names})
