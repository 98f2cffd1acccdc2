"""Reads of the room: what an engine last worked out of the log, and whether newer figures are on their way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.fields.facade import sensitive_names
from vincle.apps.journeys.asking import MOMENTS, PEOPLE, Question, name_of
from vincle.engine.published import published_version
from vincle.flow.models import Job, Kind, Reading
from vincle.kernel.errors import NotFound
from vincle.kernel.home import Home


@dataclass(frozen=True)
class Journeys:
    """What `vincle.engine.journeys.reading` gives of one type of case."""

    said: Mapping[str, Any]
    version: int
    computed_at: datetime

    def is_of(self, version: int, *, zone: str) -> bool:
        """Whether it was read from that version of the mirror, in that time zone."""
        # Kept before it was read what is said of people, it is read anew.
        return (self.version, self.said["zone"]) == (version, zone) and "values" in self.said

    @property
    def is_empty(self) -> bool:
        return self.said["as_of"] is None

    @property
    def as_of(self) -> datetime:
        """The log's last instant."""
        return datetime.fromisoformat(self.said["as_of"])

    def attributes(self) -> list[str]:
        """What is said of people and can be heeded, the most usual first; nothing that only some may see."""
        hidden = sensitive_names()
        return [name for name, _people in self.said.get("attributes", []) if name not in hidden]

    def values(self) -> dict[str, list[tuple[str, int]]]:
        """Of each of those the most usual values, and how many people have each."""
        told = self.said.get("values", {})
        return {name: [(value, people) for value, people in told.get(name, [])] for name in self.attributes()}

    def kinds(self) -> dict[str, Kind]:
        """The kinds that are steps, the most frequent first; one that left the catalogue goes by its name."""
        return kinds_named(step["kind"] for step in self.said["steps"])


@dataclass(frozen=True)
class Found:
    """What `vincle.engine.journeys.moments` gives; `said` is None where nothing can be told, and `why` says why."""

    said: Mapping[str, Any] | None
    version: int
    computed_at: datetime
    why: Mapping[str, Any]


def newest_journeys(case: str) -> Journeys | None:
    """What was last worked out of a type of case; None when nothing was yet."""
    kept = Reading.objects.filter(name=name_of(case)).first()
    return Journeys(kept.payload, kept.mirror_version, kept.computed_at) if kept else None


def case_asked(asked: str) -> tuple[str, Journeys | None]:
    """Whose journeys are meant, and what is known of them. Of which things there are journeys is known when
    people's are. Raises `NotFound` for any others.
    """
    everybody = newest_journeys(PEOPLE)
    if everybody is None or asked in {"", PEOPLE}:
        return PEOPLE, everybody
    if asked not in types_of(everybody):
        raise NotFound(_("Nothing has happened about things of the type “%(type)s”.") % {"type": asked[:80]})
    return asked, newest_journeys(asked)


def types_of(everybody: Journeys) -> list[str]:
    """The types of things that something happened about, those with the most things first."""
    return [str(name) for name, _things in everybody.said["types"] if name != PEOPLE]


def newest_moments(question: Question) -> Found | None:
    """The last answer to a question about moments."""
    kept = Reading.objects.filter(name=question.name).first()
    return _found(kept) if kept else None


def moments_under(key: str) -> tuple[Question, Found] | None:
    """A question about moments by its key, with its answer; None while there is none. What only some may see is not
    told, though it was heeded before it became so.
    """
    kept = Reading.objects.filter(name=MOMENTS + key).first()
    if kept is None:
        return None
    question = Question.of(kept.payload["question"])
    if sensitive_names() & {question.randomised_by, *question.attributes}:
        return None
    return question, _found(kept)


def under_way(name: str) -> Job | None:
    """The job that works out a reading, while it waits or runs; with its `error` when it did not succeed at first."""
    return Job.objects.filter(key=name).first()


def mirror_version() -> int:
    """Which version of the mirror is published; 0 for none, or one that cannot be read."""
    return published_version(Home.at().mirror)


def kinds_named(names: Iterable[str]) -> dict[str, Kind]:
    """Kinds by name, in the order of the names."""
    wanted = list(dict.fromkeys(names))
    known = {kind.name: kind for kind in Kind.objects.filter(name__in=wanted)}
    return {name: known.get(name) or Kind(name=name) for name in wanted}


def _found(kept: Reading) -> Found:
    why = kept.payload.get("why") or {"reason": "few"}
    return Found(kept.payload["found"], kept.mirror_version, kept.computed_at, why)
