"""Reads of the room: what was last worked out of the whole, and of one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from vincle.apps.value.models import Worth
from vincle.apps.value.terms import HouseTerms
from vincle.apps.value.whole import SHAPE
from vincle.flow.models import Identity, Job, Reading

NAME = "value:whole"  # of the reading, and of the job that works it out


@dataclass(frozen=True)
class WholeValue:
    """What is known of everybody together; `said` is what `engine.value.valuing.Valued.as_json` gives, None where
    nobody has paid anything.
    """

    said: Mapping[str, Any] | None
    payload: Mapping[str, Any]
    version: int
    computed_at: datetime

    def is_of(self, version: int, asked: HouseTerms) -> bool:
        """Whether it was read from that version of the mirror, under these terms."""
        said = (self.version, self.payload.get("digest"), self.payload.get("shape"))
        return said == (version, asked.digest, SHAPE)

    @property
    def as_of(self) -> date | None:
        """The last day of what is known."""
        return date.fromisoformat(self.said["as_of"]) if self.said else None

    @property
    def page(self) -> Mapping[str, Any]:
        """What the page shows besides (see `whole.whole_of`); empty where nobody has paid anything."""
        return self.payload.get("page") or {}

    @property
    def standing(self) -> Mapping[str, Any]:
        """How everybody is spread (see `engine.value.standing`); empty where that was not worked out."""
        return self.payload.get("standing") or {}

    @property
    def currency(self) -> str:
        return str(self.payload.get("currency", ""))


def newest_value() -> WholeValue | None:
    """What was last worked out; None when nothing was yet."""
    kept = Reading.objects.filter(name=NAME).first()
    return WholeValue(kept.payload["valued"], kept.payload, kept.mirror_version, kept.computed_at) if kept else None


def under_way(name: str = NAME) -> Job | None:
    """The job that works out a reading, while it waits or runs; with its `error` when it did not succeed at first."""
    return Job.objects.filter(key=name).first()


def worth_of(person: int) -> Worth | None:
    """What a person was worth when it was last worked out, by their number: of those who are one person since then, the
    one with most to come.
    """
    theirs = Identity.objects.filter(person_id=person).values("pk")
    most = F("worth").desc(nulls_last=True)  # PostgreSQL would begin with those of whom it is not known
    return Worth.objects.filter(identity_id__in=theirs).order_by(most, "-present").first()
