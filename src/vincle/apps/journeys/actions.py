"""Writes of the room: what an engine works out of the log is asked for, worked out in the background, and kept."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vincle.apps.fields.facade import sensitive_names
from vincle.apps.journeys.asking import MOMENTS, Question, name_of
from vincle.apps.journeys.queries import newest_journeys, newest_moments
from vincle.flow import mirror
from vincle.flow.jobs.queue import enqueue
from vincle.flow.jobs.waiting import ask_for
from vincle.flow.models import Reading
from vincle.kernel.errors import BadInput
from vincle.kernel.home import Home
from vincle.kernel.house import house

if TYPE_CHECKING:
    from vincle.engine import Log
    from vincle.engine.journeys import Moments

KEPT = 40  # answers about moments: the latest


def ask_journeys(case: str, *, now: datetime) -> None:
    """Have it worked out what really happens; once, however often it is asked for."""
    enqueue("journeys.refresh", arguments={"case": case}, key=name_of(case), now=now)


def ask_moments(question: Question, *, now: datetime) -> None:
    """Have it worked out which moments matter; once, however often it is asked for."""
    ask_for("journeys.moments", asdict(question), key=question.name, now=now)


def refresh_journeys(case: str, *, now: datetime) -> bool:
    """Bring the mirror up to date and keep what the engine reads of these cases; whether there was anything new.

    Raises `VincleError` when the mirror cannot be brought up to date; the former figures stay.
    """
    home, zone = Home.at(), house().timezone
    version = mirror.refresh(home).version
    kept = newest_journeys(case)
    if kept is not None and kept.is_of(version, zone=zone):
        return False
    import vincle.engine as ve
    from vincle.engine.journeys import reading

    with ve.open(home) as log:
        told = reading(log, case, zone=zone)
    hidden = sensitive_names()
    told["values"] = {name: values for name, values in told["values"].items() if name not in hidden}
    _keep(name_of(case), told, now)
    return True


def refresh_moments(question: Question, *, now: datetime) -> bool:
    """The same for the moments that matter; `found` is None where too few can be followed that long to tell."""
    home = Home.at()
    version = mirror.refresh(home).version
    kept = newest_moments(question)
    if kept is not None and kept.version == version:
        return False
    import vincle.engine as ve

    with ve.open(home) as log:
        found, why = _found(log, question)
        told = {"version": log.version, "question": asdict(question), "found": found, "why": why}
        _keep(question.name, told, now)
    ours = Reading.objects.filter(name__startswith=MOMENTS).order_by("-computed_at", "name")
    Reading.objects.filter(name__in=list(ours.values_list("name", flat=True)[KEPT:])).delete()
    return True


def _found(log: "Log", question: Question) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """What the engine says, or why it cannot say anything. What only some may see is not heeded: it may have become so
    since it was asked.
    """
    from vincle.engine.journeys import Outcome, moments, of_log

    hidden = sensitive_names()
    if question.randomised_by in hidden:
        return None, {"reason": "other"}
    return found_or_why(
        lambda: moments(
            of_log(log, case=question.case),
            outcome=Outcome(question.kind, question.outcome, question.again),
            first_days=question.first_days,
            within_days=question.within_days,
            adjust=question.adjust,
            attributes=[name for name in question.attributes if name not in hidden],
            exposures=question.exposures,
            randomised_by=question.randomised_by,
        )
    )


def found_or_why(ask: Callable[[], "Moments"]) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """What the engine says of moments that matter, or why it cannot say anything."""
    from vincle.engine.journeys.outcomes import NotTold

    try:
        return ask().as_json(), {}
    except NotTold as why:
        return None, {"reason": why.reason} | why.figures
    except BadInput:
        return None, {"reason": "other"}


def _keep(name: str, payload: dict[str, Any], now: datetime) -> None:
    kept = {"payload": payload, "mirror_version": payload["version"], "computed_at": now}
    Reading.objects.update_or_create(name=name, defaults=kept)
