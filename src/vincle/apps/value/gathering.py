"""The people behind a figure: found in the background, then a list like any other."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pyarrow as pa

from vincle.apps.journeys.facade import journey_named
from vincle.apps.lists.facade import gather, is_gathered
from vincle.apps.value.asking import BEHIND, behind_name
from vincle.apps.value.bridges import opened
from vincle.apps.value.figures import KNOWN
from vincle.apps.value.models import Worth
from vincle.apps.value.queries import newest_value
from vincle.engine.journeys.figures import asked
from vincle.engine.published import published_version
from vincle.flow.jobs.waiting import ask_for
from vincle.flow.models import Reading
from vincle.kernel.home import Home

if TYPE_CHECKING:
    from vincle.engine import Log
    from vincle.engine.value import Transactions

FRESH = timedelta(minutes=5)  # in which the log may grow, so that an answer is there before the next question
KEPT = 200  # figures whose people are remembered: the latest
_OF_WORTH = {"present", "flagged", "top"}  # answered by what is kept of each person


def ask_behind(figure: str, words: str, *, now: datetime) -> None:
    """Have it found out who stands behind a figure. Raises `Refused` while much waits."""
    ask_for("value.behind", {"figure": figure, "words": words}, key=behind_name(figure), now=now)


def gathered_behind(figure: str, *, now: datetime) -> UUID | None:
    """Who stands behind a figure, found out as the log is now or a moment ago; for `lists.facade.people_behind_url`."""
    kept = Reading.objects.filter(name=behind_name(figure)).first()
    if kept is None or (kept.mirror_version != _version() and now - kept.computed_at > FRESH):
        return None
    found = UUID(kept.payload["gathering"])
    return found if is_gathered(found) else None


def refresh_behind(figure: str, words: str, *, now: datetime) -> None:
    """Find out who stands behind a figure and gather them."""
    what, parts = asked(figure, KNOWN)
    if what in _OF_WORTH:
        people, version = _of_worth(what, parts), _version()
    else:
        with opened(now=now) as (log, transactions):
            people, version = _of_log(log, transactions, what, parts), log.version
    made = gather(pa.array(people, pa.int64()), words, now=now)
    kept = {"payload": {"gathering": str(made.uid)}, "mirror_version": version, "computed_at": now}
    Reading.objects.update_or_create(name=behind_name(figure), defaults=kept)
    ours = Reading.objects.filter(name__startswith=BEHIND).order_by("-computed_at", "name")
    Reading.objects.filter(name__in=list(ours.values_list("name", flat=True)[KEPT:])).delete()


def _version() -> int:
    return published_version(Home.at().mirror)


def _of_worth(what: str, parts: Sequence[str]) -> list[Any]:
    rows = Worth.objects.values_list("pk", flat=True)
    if what == "present":
        return list(rows.exclude(present=0))
    if what == "top":
        held = rows.filter(**{f"{parts[0]}__gt": 0})
        number = max(1, ceil(held.count() * int(parts[1]) / 100))
        return list(held.order_by(f"-{parts[0]}", "pk")[:number])
    kept = newest_value()
    return [int(who) for who, _rows in kept.said["flagged"]] if kept and kept.said else []


def _of_log(log: "Log", transactions: "Transactions | None", what: str, parts: Sequence[str]) -> list[Any]:
    if transactions is None:
        return []
    if what == "bridge":
        from vincle.engine.value.bridging import people_of_part

        part, opening, closing, window = parts
        days = date.fromisoformat(opening), date.fromisoformat(closing)
        return people_of_part(transactions, part, *days, window=int(window))
    if what == "cohort":
        from vincle.engine.value.cohort_value import people_of_cohort

        return people_of_cohort(transactions, date.fromisoformat(parts[0]), int(parts[1]))
    return _of_group(log, *parts)


def _of_group(log: "Log", by: str, name: str, of: str) -> list[Any]:
    """Those of the group of whom it is known what they are worth."""
    from vincle.engine.value.at_stages import stages_now
    from vincle.engine.value.grouping import ATTRIBUTES, ORIGINS, STAFF, people_of_group

    if by == "stage":
        people = stages_now(log, journey_named(name)).get(of, [])
    else:
        groups = {"attribute": ATTRIBUTES, "origin": ORIGINS, "staff": STAFF}[by]
        people = people_of_group(log.runner, groups, name if by == "attribute" else by, of)
    valued = set(Worth.objects.values_list("pk", flat=True))
    return [person for person in people if person in valued]
