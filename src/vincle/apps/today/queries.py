"""Reads of the room: what an engine last worked out of the log, as the page wants it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from vincle.flow.models import Interaction, Kind, Reading

NAME = "today"


@dataclass(frozen=True)
class Month:
    """A month of the charts, and the days its figure speaks of."""

    first: date

    @property
    def last(self) -> date:
        return _next_month(self.first) - timedelta(days=1)


@dataclass(frozen=True)
class Today:
    """What `vincle.engine.readings.today` gives, typed where the page needs it."""

    said: Mapping[str, Any]
    version: int
    computed_at: datetime

    def is_of(self, version: int, *, currency: str, zone: str) -> bool:
        """Whether it was read from that version of the mirror, in that currency and time zone."""
        return (self.version, self.said["currency"], self.said["zone"]) == (version, currency, zone)

    @property
    def is_empty(self) -> bool:
        return self.said["as_of"] is None

    @cached_property
    def as_of(self) -> datetime:
        """The log's last instant."""
        return datetime.fromisoformat(self.said["as_of"])

    @cached_property
    def last_day(self) -> date:
        return self.as_of.astimezone(ZoneInfo(self.said["zone"])).date()

    def is_past(self, now: datetime) -> bool:
        """Whether the log ends so long ago that "today" would mislead."""
        return now - self.as_of > timedelta(days=3)

    @cached_property
    def whole_month(self) -> Month:
        """The last month that is over, or ends with the log's last day."""
        first = self.last_day.replace(day=1)
        is_over = _next_month(first) - timedelta(days=1) == self.last_day
        return Month(first if is_over else (first - timedelta(days=1)).replace(day=1))

    @property
    def silence(self) -> Mapping[str, Any]:
        """The silence limit: `days`, `low`, `high` (or None), `people`, `intervals`, `needed`."""
        found: Mapping[str, Any] = self.said["comings"]["silence"]
        return found

    def gained(self, month: Month) -> int:
        """How many people were there for the first time in a month."""
        return self._coming("gained", month)

    def lost(self, month: Month) -> int:
        """How many people went out of sight in a month; only while `silence` has `days`."""
        return self._coming("lost", month)

    def lost_were_last_seen(self, month: Month) -> tuple[date, date] | None:
        """Between which days those lost in a month were last seen, both included; None when it is not told.

        Whoever is silent for longer than the limit is lost on the day that lies the limit after their last one, if
        that day lies before the log's last.
        """
        limit = self.silence["days"]
        if limit is None:
            return None
        end = min(month.last, self.last_day - timedelta(days=1))
        return month.first - timedelta(days=limit), end - timedelta(days=limit)

    def money(self, month: Month) -> float | None:
        """What changed hands in a month; None when no money ever did."""
        months = self.said["money"]["months"]
        if not months:
            return None
        at = month.first.isoformat()
        return float(self.said["money"]["amount"][months.index(at)]) if at in months else 0.0

    def kinds(self) -> dict[str, Kind]:
        """The kinds the figures name, from the catalogue."""
        named = {row["kind"] for row in (*self.said["latest"], *self.said["kinds"])}
        named.update(*(unit["kinds"] for unit in self.said["activity"].values()))
        return {kind.name: kind for kind in Kind.objects.filter(name__in=named)}

    def _coming(self, which: str, month: Month) -> int:
        comings = self.said["comings"]
        at = month.first.isoformat()
        return int(comings[which][comings["months"].index(at)]) if at in comings["months"] else 0


def newest_reading() -> Today | None:
    """What was last worked out; None when nothing was yet."""
    kept = Reading.objects.filter(name=NAME).first()
    return Today(kept.payload, kept.mirror_version, kept.computed_at) if kept else None


def newest_version() -> int | None:
    """From which version of the mirror the newest figures are."""
    return Reading.objects.filter(name=NAME).values_list("mirror_version", flat=True).first()


def anything_in_the_log() -> bool:
    """Whether anything ever happened."""
    return Interaction.objects.exists()


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
