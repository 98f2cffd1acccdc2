"""Writes: two groups side by side are asked for, worked out in the background, and kept."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from vincle.apps.fields.facade import sensitive_names
from vincle.apps.journeys.asking import COMPARISONS, Comparison
from vincle.apps.journeys.maps.queries import journey_of, map_by_uid
from vincle.flow import mirror
from vincle.flow.jobs.waiting import ask_for
from vincle.flow.models import Reading
from vincle.kernel.errors import BadInput, NotFound
from vincle.kernel.home import Home
from vincle.kernel.house import house

if TYPE_CHECKING:
    from vincle.engine import Log
    from vincle.engine.journeys import Group

KEPT = 40  # answers: the latest
PERIOD, ATTRIBUTE, STAGE = "period", "attribute", "stage"


def ask_comparison(asked: Comparison, *, now: datetime) -> None:
    """Have two groups compared; once, however often it is asked for."""
    ask_for("journeys.compare", asdict(asked), key=asked.name, now=now)


def refresh_comparison(asked: Comparison, *, now: datetime) -> None:
    """Compare them in the log as it is now, and keep what came of it: `found`, or None and `why`.

    Always anew: the rules of a stage, and what may be seen of people, can change while the log does not.
    """
    home = Home.at()
    mirror.refresh(home)
    import vincle.engine as ve

    with ve.open(home) as log:
        found, why = _found(log, asked)
        version = log.version
    payload = {"version": version, "asked": asdict(asked), "found": found, "why": why}
    kept = {"payload": payload, "mirror_version": version, "computed_at": now}
    Reading.objects.update_or_create(name=asked.name, defaults=kept)
    ours = Reading.objects.filter(name__startswith=COMPARISONS).order_by("-computed_at", "name")
    Reading.objects.filter(name__in=list(ours.values_list("name", flat=True)[KEPT:])).delete()


def _found(log: "Log", asked: Comparison) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    from vincle.engine.journeys import compare, of_log
    from vincle.engine.journeys.comparing import FEWEST, TooFewToCompare

    try:
        first, second = _groups(log, asked)
        said = compare(of_log(log, case=asked.case), first, second, within_days=asked.within or None)
    except TooFewToCompare as few:
        return None, {"reason": "few", "cases": few.cases, "not_over": few.not_over, "needed": FEWEST}
    except (BadInput, NotFound):
        return None, {"reason": "gone"}
    return said.as_json(), {}


def _groups(log: "Log", asked: Comparison) -> "tuple[Group, Group]":
    """Both groups, as the engine takes them. Raises `BadInput` or `NotFound` for what is not there any more."""
    if asked.by == PERIOD:
        return _period(asked.first), _period(asked.second)
    if asked.by == ATTRIBUTE:
        return _with_attribute(log, asked)
    return _of_stage(log, asked)


def _period(days: str) -> "Group":
    from vincle.engine.journeys import Group

    first, last = (date.fromisoformat(day) for day in days.split("/"))
    zone = ZoneInfo(house().timezone)
    since, until = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    return Group(days, since=int(since.timestamp()) * 1_000_000, until=int(until.timestamp()) * 1_000_000)


def _with_attribute(log: "Log", asked: Comparison) -> "tuple[Group, Group]":
    from vincle.engine.journeys import Group

    if asked.attribute in sensitive_names():  # it may have become so since it was asked
        raise NotFound("Not everybody may see this field.")
    rows = log.sql(
        "SELECT person, attributes[$name] AS value FROM people WHERE attributes[$name] IS NOT NULL "
        "AND attributes[$name] <> ''",
        name=asked.attribute,
    ).fetchall()
    others = [person for person, value in rows if (value == asked.second if asked.second else value != asked.first)]
    return (
        Group(asked.first, [person for person, value in rows if value == asked.first]),
        Group(asked.second or "others", others),
    )


def _of_stage(log: "Log", asked: Comparison) -> "tuple[Group, Group]":
    from vincle.engine.journeys import Group, behind
    from vincle.engine.journeys.figures import figure

    journey = journey_of(map_by_uid(UUID(asked.map)))
    people = behind(log, journey, figure("entered", asked.first), zone=house().timezone).to_pylist()
    return Group("entered", people), Group("not entered", people, without=True)
