"""The first page: how things are, who came, who went, what is happening now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from vincle.apps.people.facade import channel_icon, everybody_url, hidden_of, people_url, place_words
from vincle.apps.today import queries
from vincle.apps.today.queries import Today
from vincle.apps.today.web import drawing
from vincle.flow.models import Kind
from vincle.kernel import clock
from vincle.web.locales import write_month
from vincle.web.permissions import needs

UNITS = ("week", "month")
LATEST_SHOWN = 12
PLACES_SHOWN = 8


@dataclass(frozen=True)
class LatestMoment:
    """One of the newest interactions, in words."""

    said: Mapping[str, Any]
    kind: Kind
    occurred_at: datetime
    amount: Decimal | None
    place: str
    new_day: date | None  # where the log ends long ago and the day differs from the moment's before it


@dataclass(frozen=True)
class BusyPlace:
    """A touchpoint of the last days; `share` is how busy it was, of 100 for the busiest."""

    words: str
    icon: str
    interactions: int
    people: int
    share: int


@needs("today.view")
def home(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "today/home.html", _context(request))


@needs("today.view")
def newer(request: HttpRequest) -> HttpResponse:
    """The page's figures again when newer ones have been worked out; 204 otherwise."""
    shown = request.GET.get("version", "")
    newest = queries.newest_version()
    if newest is None or str(newest) == shown:
        return HttpResponse(status=204)
    return render(request, "today/figures.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    now = clock.now()
    today = queries.newest_reading()
    context: dict[str, Any] = {
        "greeting": _greeting(timezone.localtime(now).hour) % {"name": str(request.user).partition(" ")[0]},
        "today": today,
    }
    if today is None or today.is_empty:
        return {**context, "today": None, "working": queries.anything_in_the_log()}
    kinds = today.kinds()
    unit = request.GET.get("by", UNITS[0])
    unit = unit if unit in UNITS else UNITS[0]
    layers = drawing.layers(today, kinds, unit)
    month = today.whole_month
    return {
        **context,
        "unit": unit,
        "month": write_month(month.first),
        "is_past": today.is_past(now),
        "everybody": everybody_url(),
        "gained": today.gained(month),
        "gained_url": people_url(first_from=month.first, first_to=month.last),
        "lost": today.lost(month) if today.silence["days"] is not None else None,
        "lost_url": drawing.lost_url(today, month),
        "money": today.money(month),
        "first": datetime.fromisoformat(today.said["first"]),
        "activity": drawing.activity(today, layers, unit),
        "layers": [layer for layer, _counts in layers],
        "comings": drawing.comings(today),
        "cut": _cut(today),
        "money_chart": drawing.money(today) if today.said["money"]["months"] else None,
        "latest": _latest(today, kinds),
        "busiest": _busiest(today),
    }


def _cut(today: Today) -> dict[str, Any] | None:
    """The month whose bar goes beyond the chart: when a log begins everybody is new."""
    month = drawing.cut_month(today)
    if month is None:
        return None
    url = people_url(first_from=month.first, first_to=month.last)
    return {"month": write_month(month.first), "people": today.gained(month), "url": url}


def _latest(today: Today, kinds: dict[str, Kind]) -> list[LatestMoment]:
    moments = []
    day: date | None = None
    hidden = hidden_of(row["person_uid"] for row in today.said["latest"])
    for row in [row for row in today.said["latest"] if row["person_uid"] not in hidden][:LATEST_SHOWN]:
        occurred_at = datetime.fromisoformat(row["occurred_at"])
        own = timezone.localtime(occurred_at).date()
        moments.append(
            LatestMoment(
                said=row,
                kind=kinds.get(row["kind"], Kind(name=row["kind"])),
                occurred_at=occurred_at,
                amount=None if row["amount"] is None else Decimal(row["amount"]),
                place=place_words(row["channel"], row["place"] or "") if row["channel"] else "",
                new_day=own if own != day else None,
            )
        )
        day = own
    return moments


def _busiest(today: Today) -> list[BusyPlace]:
    rows = today.said["touchpoints"][:PLACES_SHOWN]
    most = max((row["interactions"] for row in rows), default=1)
    return [
        BusyPlace(
            words=place_words(row["channel"], row["place"] or ""),
            icon=channel_icon(row["channel"]),
            interactions=row["interactions"],
            people=row["people"],
            share=round(100 * row["interactions"] / most),
        )
        for row in rows
    ]


def _greeting(hour: int) -> str:
    if 5 <= hour < 13:
        return _("Good morning, %(name)s")
    return _("Good afternoon, %(name)s") if 13 <= hour < 20 else _("Good evening, %(name)s")
