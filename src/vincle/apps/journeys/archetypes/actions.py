"""Writes: who stands for a group is asked for, worked out in the background, and kept."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from vincle.apps.journeys.archetypes.person import uids_of, who_may_not_stand
from vincle.apps.journeys.asking import ARCHETYPES, ArchetypeQuestion
from vincle.apps.journeys.maps.queries import journey_of, map_by_uid
from vincle.apps.journeys.real.chart import design_of
from vincle.apps.lists.facade import people_in
from vincle.engine.journeys.journey import Journey
from vincle.flow import mirror
from vincle.flow.jobs.waiting import ask_for
from vincle.flow.models import Reading
from vincle.kernel.errors import BadInput, NotFound
from vincle.kernel.home import Home
from vincle.kernel.house import house

if TYPE_CHECKING:
    from vincle.engine import Log

KEPT = 40  # answers: the latest
FEWEST = 10  # people of a group, below which anybody stands for it as well as anybody else


def ask_archetype(question: ArchetypeQuestion, *, now: datetime) -> None:
    """Have it worked out who stands for a group; once, however often it is asked for."""
    ask_for("journeys.archetype", asdict(question), key=question.name, now=now)


def refresh_archetype(question: ArchetypeQuestion, *, now: datetime) -> None:
    """Work it out of the log as it is now, and keep it: `found`, or None and `why`.

    Always anew: who may stand for others can change while the log does not.
    """
    journey = journey_of(map_by_uid(UUID(question.map)))
    home = Home.at()
    mirror.refresh(home)
    import vincle.engine as ve

    with ve.open(home) as log:
        found, why = _found(log, question, journey, now)
        told = {"version": log.version, "design": design_of(journey), "question": asdict(question)}
    kept = {"payload": told | {"found": found, "why": why}, "mirror_version": told["version"], "computed_at": now}
    Reading.objects.update_or_create(name=question.name, defaults=kept)
    ours = Reading.objects.filter(name__startswith=ARCHETYPES).order_by("-computed_at", "name")
    Reading.objects.filter(name__in=list(ours.values_list("name", flat=True)[KEPT:])).delete()


def _found(
    log: "Log", question: ArchetypeQuestion, journey: Journey, now: datetime
) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    from vincle.engine.journeys import archetypes, of_log
    from vincle.engine.journeys.representing import TooFewForGroups

    needed = FEWEST * question.groups
    try:
        people = _people(log, question, journey, now)
        said = archetypes(
            of_log(log), groups=question.groups, people=people, never=who_may_not_stand(), money=True
        ).as_json()
    except TooFewForGroups as few:
        return None, {"reason": "few", "cases": few.cases, "needed": needed}
    except (BadInput, NotFound):
        return None, {"reason": "gone"}
    if said["cases"] < needed:
        return None, {"reason": "few", "cases": said["cases"], "needed": needed}
    uids = uids_of([one["case"] for one in said["archetypes"]])
    # By the address alone: an erasure finds it, and throws the answer away.
    said["archetypes"] = [
        {name: value for name, value in one.items() if name != "case"} | {"uid": uids[one["case"]]}
        for one in said["archetypes"]
        if one["case"] in uids
    ]
    return (said, {}) if said["archetypes"] else (None, {"reason": "nobody"})


def _people(log: "Log", question: ArchetypeQuestion, journey: Journey, now: datetime) -> list[int] | None:
    """Whom the group is made of; None: everybody. Raises `BadInput` or `NotFound` for a group that is gone."""
    from vincle.engine.journeys import behind

    if not question.group:
        return None
    if question.group.startswith("entered:"):
        found: list[int] = behind(log, journey, question.group, zone=house().timezone).to_pylist()
        return found
    return people_in(question.group, now=now)
