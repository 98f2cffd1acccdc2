"""What pages show, computed from the log in one go and ready to be kept as JSON."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from vincle.engine import activity
from vincle.engine.log import Log
from vincle.engine.silence import Silence, usual_silence
from vincle.engine.steps import Value

_RECENT_DAYS = 30
_KINDS = 8  # drawn each in their own colour; the rest are one
OTHER = ""  # the name under which the rest are given
_SPANS = {"day": 90, "week": 104, "month": 120}  # how many of each are shown at most


def today(log: Log, currency: str, *, zone: str = "UTC") -> dict[str, Any]:
    """Everything the Today page shows of `log`; money only in `currency`, days by a clock in `zone`.

    JSON-ready. Keys: `version`, `as_of`, `first`, `zone`, `currency`, `interactions`, `people`, `activity`
    (by `day`, `week`, `month`: `periods`, `people`, and `kinds`, a list of numbers for each), `comings`
    (`months`, `gained`, `lost`, `silence`), `money` (`months`, `amount`, `interactions`), `latest`,
    `recent_days`, `touchpoints`, `kinds`. Periods are consecutive, with zeros where nothing was; `lost` is
    None while the usual silence cannot be told. Of an empty log `as_of` is None and every list is empty.
    """
    [extent] = log.run(activity.EXTENT).to_pylist()
    if extent["as_of"] is None:
        return _nothing(log, currency, zone)
    return _Today(log, currency, zone, extent).told()


class _Today:
    def __init__(self, log: Log, currency: str, zone: str, extent: dict[str, Any]) -> None:
        self.log = log
        self.currency = currency
        self.zone = zone
        self.extent = extent
        self.as_of: datetime = extent["as_of"]
        self.last_day = self.as_of.astimezone(ZoneInfo(zone)).date()

    def told(self) -> dict[str, Any]:
        runner = self.log.runner
        bounds: dict[str, Value] = {"zone": self.zone, "as_of": self.as_of}
        since = self.as_of - timedelta(days=_RECENT_DAYS)
        runner.keep("active_days", activity.ACTIVE_DAYS.bound(**bounds))
        try:
            return {
                "version": self.log.version,
                "as_of": self.as_of.astimezone(UTC).isoformat(),
                "first": self.extent["first"].astimezone(UTC).isoformat(),
                "zone": self.zone,
                "currency": self.currency,
                "interactions": self.extent["interactions"],
                **self._people(),
                "activity": self._activity(bounds),
                "money": self._money(bounds),
                "latest": [_plain(row) for row in self.log.run(activity.LATEST, as_of=self.as_of).to_pylist()],
                "recent_days": _RECENT_DAYS,
                "touchpoints": self.log.run(activity.TOUCHPOINTS, as_of=self.as_of, since=since).to_pylist(),
                "kinds": self.log.run(activity.KINDS, as_of=self.as_of, since=since).to_pylist(),
            }
        finally:
            runner.forget("active_days")

    def _people(self) -> dict[str, Any]:
        [returned] = self.log.run(activity.RETURNED).to_pylist()
        silence = self._silence(returned["returned"])
        gained = _series(self.log.run(activity.GAINED), "month", "people")
        lost = None
        if silence.days is not None:
            lost = _series(self.log.run(activity.LOST, limit=silence.days, last_day=self.last_day), "month", "people")
        months = list(periods("month", min(gained), self.last_day)) if gained else []
        return {
            "people": returned["people"],
            "comings": {
                "months": [month.isoformat() for month in months],
                "gained": [gained.get(month, 0) for month in months],
                "lost": None if lost is None else [lost.get(month, 0) for month in months],
                "silence": asdict(silence),
            },
        }

    def _silence(self, people: int) -> Silence:
        gaps = self.log.run(activity.GAPS)
        days, counts = (np.asarray(gaps.column(name), dtype=np.int64) for name in ("days", "intervals"))
        return usual_silence(days, counts, people=people)

    def _activity(self, bounds: dict[str, Value]) -> dict[str, Any]:
        counted = self.log.run(activity.BY_DAY_AND_KIND, **bounds).to_pylist()
        shown: dict[str, Any] = {}
        for unit in _SPANS:
            wanted = list(periods(unit, counted[0]["day"], self.last_day))
            people = self._people_by(unit, wanted[0])
            by_kind: Counter[tuple[date, str]] = Counter()
            totals: Counter[str] = Counter()
            for row in counted:
                if row["day"] >= wanted[0]:
                    by_kind[begin(unit, row["day"]), row["kind"]] += row["interactions"]
                    totals[row["kind"]] += row["interactions"]
            shown[unit] = {
                "periods": [period.isoformat() for period in wanted],
                "people": _filled(_series(people, "period", "people"), wanted),
                "kinds": _kinds(by_kind, totals, wanted),
            }
        return shown

    def _people_by(self, unit: str, since: date) -> pa.Table:
        if unit == "day":
            return self.log.run(activity.PEOPLE_BY_DAY, since=since)
        return self.log.run(activity.PEOPLE_BY_PERIOD, unit=unit, since=since)

    def _money(self, bounds: dict[str, Value]) -> dict[str, Any]:
        paid = self.log.run(activity.MONEY_BY_MONTH, **bounds, currency=self.currency)
        amount, counted = _series(paid, "month", "amount"), _series(paid, "month", "interactions")
        months = list(periods("month", min(amount), self.last_day)) if amount else []
        return {
            "months": [month.isoformat() for month in months],
            "amount": [float(amount.get(month, 0)) for month in months],
            "interactions": _filled(counted, months),
        }


def periods(unit: str, first: date, last: date) -> Iterable[date]:
    """First days of consecutive periods from the one of `first` to the one of `last`, at most so many as are
    shown.
    """
    found: list[date] = []
    period = begin(unit, last)
    while period >= begin(unit, first) and len(found) < _SPANS[unit]:
        found.append(period)
        if period.toordinal() <= 31:
            break
        period = begin(unit, period - timedelta(days=1))
    return reversed(found)


def begin(unit: str, day: date) -> date:
    """The first day of the day, week (Monday) or month that `day` lies in."""
    if unit == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if unit == "week" else day


def _kinds(by_kind: Counter[tuple[date, str]], totals: Counter[str], wanted: list[date]) -> dict[str, list[int]]:
    """Numbers for each period of the most frequent kinds, and of all the others together."""
    frequent = sorted(totals, key=lambda kind: (-totals[kind], kind))
    series = {kind: [by_kind[period, kind] for period in wanted] for kind in frequent[:_KINDS]}
    if rest := frequent[_KINDS:]:
        series[OTHER] = [sum(by_kind[period, kind] for kind in rest) for period in wanted]
    return series


def _series(table: pa.Table, key: str, value: str) -> dict[date, Any]:
    return dict(zip(table.column(key).to_pylist(), table.column(value).to_pylist(), strict=True))


def _filled(found: dict[date, int], wanted: list[date]) -> list[int]:
    return [found.get(period, 0) for period in wanted]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row with instants and money as text."""
    return {name: _said(value) for name, value in row.items()}


def _said(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _nothing(log: Log, currency: str, zone: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"periods": [], "people": [], "kinds": {}}
    silence = usual_silence(np.array([], np.int64), np.array([], np.int64), people=0)
    return {
        "version": log.version,
        "as_of": None,
        "first": None,
        "zone": zone,
        "currency": currency,
        "interactions": 0,
        "people": 0,
        "comings": {"months": [], "gained": [], "lost": None, "silence": asdict(silence)},
        "activity": dict.fromkeys(_SPANS, empty),
        "money": {"months": [], "amount": [], "interactions": []},
        "latest": [],
        "recent_days": _RECENT_DAYS,
        "touchpoints": [],
        "kinds": [],
    }
