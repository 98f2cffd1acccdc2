"""What to do with a group, found at once where people are few, and in the background where they are many."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.apps.lists.facade import gather, is_gathered, people_in
from vincle.apps.value.decisions.options import digest, options
from vincle.apps.value.decisions.queries import are_few, known_of
from vincle.apps.value.decisions.words import option_words
from vincle.apps.value.queries import newest_value
from vincle.engine.value.deciding import NOTHING, Decided, Ranked, decide
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Job, Reading

NAME = "value:decisions:"  # of readings and jobs, followed by the group; nothing: everybody
BEHIND = "value:decided:"  # of readings that remember who was gathered
FRESH = timedelta(minutes=5)  # in which a group may change
KEPT = 40  # groups, and options of groups, that are remembered: the latest


@dataclass(frozen=True)
class Worked:
    """`ranked` as `engine.value.deciding.Decided` says, of `people` valued ones, of `untold` of whom nothing can be
    told. `gathered`: for each kind who was gathered, where that was done.
    """

    ranked: tuple[Ranked, ...]
    people: int
    untold: int
    gathered: Mapping[str, str] = field(default_factory=dict)
    is_current: bool = True


def worked_out(group: str, *, now: datetime) -> Worked | None:
    """What to do with a group (empty: everybody); the former answer, not current, or None while there are so many
    people that it has to be found in the background. Raises `NotFound` or `BadInput` for a group that is not there.
    """
    if are_few():
        _numbers, decided = _decided(group, now)
        return _worked(decided)
    kept = Reading.objects.filter(name=NAME + group).first()
    if kept is None:
        return None
    said = kept.payload
    is_current = said["of"] == _basis() and (not group or now - kept.computed_at < FRESH)
    ranked = tuple(Ranked(**each) for each in said["ranked"])
    return Worked(ranked, said["people"], said["untold"], said["gathered"], is_current)


def ask(group: str, words: str, *, now: datetime) -> None:
    """Have it found out in the background; once, however often it is asked. `words` are what the group is called."""
    enqueue("value.decide", arguments={"group": group, "words": words}, key=NAME + group, now=now)


def under_way(group: str) -> Job | None:
    """The job that finds it out, while it waits or runs."""
    return Job.objects.filter(key=NAME + group).first()


def refresh_decisions(group: str, words: str, *, now: datetime) -> None:
    """Find out what to do with a group, and gather the people of each option."""
    basis = _basis()
    numbers, decided = _decided(group, now)
    worked = _worked(decided)
    gathered = {
        each.kind: str(_gathered(numbers, decided, each.kind, words, now=now)) for each in worked.ranked if each.people
    }
    payload = {"of": basis, "people": worked.people, "untold": worked.untold, "gathered": gathered}
    _remember(NAME, group, payload | {"ranked": [asdict(each) for each in worked.ranked]}, now=now)


def people_of(group: str, kind: str, words: str, *, now: datetime) -> UUID | None:
    """Those of a group for whom an option is best, for `lists.facade.people_behind_url`; None while they are being
    found. Raises `NotFound` or `BadInput` for a group that is not there.
    """
    if not are_few():
        worked = worked_out(group, now=now)
        found = UUID(worked.gathered[kind]) if worked and kind in worked.gathered else None
        return found if found and is_gathered(found) else None
    numbers, decided = _decided(group, now)
    name, theirs = f"{group}:{kind}", _theirs(numbers, decided, kind)
    of = blake2b(np.sort(theirs).tobytes(), digest_size=12).hexdigest()
    kept = Reading.objects.filter(name=BEHIND + name).first()
    if kept is not None and kept.payload["of"] == of and is_gathered(UUID(kept.payload["gathering"])):
        return UUID(kept.payload["gathering"])
    made = _gathered(numbers, decided, kind, words, now=now)
    _remember(BEHIND, name, {"of": of, "gathering": str(made)}, now=now)
    return made


def _decided(group: str, now: datetime) -> tuple[NDArray[np.int64], Decided]:
    numbers, table = known_of(people_in(group, now=now) if group else None)
    return numbers, decide(table, [each.option for each in options()])


def _worked(decided: Decided) -> Worked:
    return Worked(decided.ranked, len(decided.best), decided.untold)


def _basis() -> str:
    kept = newest_value()
    return f"{digest(options())} {kept.computed_at.isoformat() if kept else ''}"


def _theirs(numbers: NDArray[np.int64], decided: Decided, kind: str) -> NDArray[np.int64]:
    places = {each.kind: place for place, each in enumerate(decided.options)} | {NOTHING: -1}
    theirs: NDArray[np.int64] = numbers[decided.best == places[kind]]
    return theirs


def _gathered(numbers: NDArray[np.int64], decided: Decided, kind: str, words: str, *, now: datetime) -> UUID:
    said = f"{option_words(kind)}: {words}"
    return UUID(str(gather(pa.array(_theirs(numbers, decided, kind)), said, now=now).uid))


def _remember(prefix: str, name: str, payload: dict[str, Any], *, now: datetime) -> None:
    Reading.objects.update_or_create(
        name=prefix + name, defaults={"payload": payload, "mirror_version": 0, "computed_at": now}
    )
    ours = Reading.objects.filter(name__startswith=prefix).order_by("-computed_at", "name")
    Reading.objects.filter(name__in=list(ours.values_list("name", flat=True)[KEPT:])).delete()
