"""The charts of the first page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vincle.apps.people.facade import people_url
from vincle.apps.today.queries import Month, Today
from vincle.flow.models import Kind
from vincle.web.charts import Chart, Series, bars
from vincle.web.locales import write_day, write_month

MONTHS = 24
DWARFS = 3  # times as many as in any other month
SHOWN = {"week": 53, "month": MONTHS}
OPACITY = (1, 0.6, 0.35, 0.2)  # today.css has the same
SHADES = len(OPACITY)


@dataclass(frozen=True)
class Layer:
    """One kind in the chart of activity: its words, tone and shade there (0 the fullest), and how often it was."""

    kind: Kind
    tone: str
    shade: int
    times: int


def layers(today: Today, kinds: dict[str, Kind], unit: str) -> list[tuple[Layer, list[int]]]:
    """The kinds of the chart with their figures, the most frequent first; of one tone in fainter and fainter shades."""
    found: list[tuple[Layer, list[int]]] = []
    met: Counter[str] = Counter()
    for name, counts in today.said["activity"][unit]["kinds"].items():
        shown = counts[-SHOWN[unit] :]
        if not any(shown):
            continue
        kind = kinds.get(name) or Kind(name=name, labels={} if name else {"en": _("others")})
        found.append((Layer(kind, kind.tone, min(met[kind.tone], SHADES - 1), sum(shown)), shown))
        met[kind.tone] += 1
    return found


def activity(today: Today, drawn: list[tuple[Layer, list[int]]], unit: str) -> Chart:
    """Interactions by kind, one on top of the other, by `week` or `month`."""
    days = [date.fromisoformat(day) for day in today.said["activity"][unit]["periods"]][-SHOWN[unit] :]
    names = [write_month(day) if unit == "month" else write_day(day) for day in days]
    series = [Series(layer.kind.label, counts, layer.tone) for layer, counts in drawn]
    label = _("Interactions by kind each month") if unit == "month" else _("Interactions by kind each week")
    chart = bars(label, _("Month") if unit == "month" else _("Week of"), names, series, stacked=True)
    for bar, (layer, _counts) in zip(chart.option["series"], drawn, strict=True):
        bar["itemStyle"] = {"opacity": OPACITY[layer.shade]}
        bar["barCategoryGap"] = "18%"
    return chart


def comings(today: Today) -> Chart:
    """People gained (upwards) and lost from sight (downwards) a month; each bar leads to them."""
    months = _months(today)
    gained = Series(
        _("gained"),
        [today.gained(month) for month in months],
        "well",
        urls=[people_url(first_from=month.first, first_to=month.last) for month in months],
    )
    names = [write_month(month.first) for month in months]
    if today.silence["days"] is None:
        return _cut(today, bars(_("People gained each month"), _("Month"), names, [gained]))
    lost = Series(
        _("lost from sight"),
        [-today.lost(month) for month in months],
        "warm",
        urls=[lost_url(today, month) for month in months],
    )
    label = _("People gained and lost from sight each month")
    return _cut(today, bars(label, _("Month"), names, [gained, lost], stacked=True))


def cut_month(today: Today) -> Month | None:
    """The month in which so many people were gained that the other months could not be seen beside it."""
    months = _months(today)
    first, *others = sorted(months, key=today.gained, reverse=True)
    return first if others and today.gained(first) > DWARFS * _tallest(today, others) > 0 else None


def _months(today: Today) -> list[Month]:
    return [Month(date.fromisoformat(day)) for day in today.said["comings"]["months"]][-MONTHS:]


def _tallest(today: Today, months: list[Month]) -> int:
    lost = [today.lost(month) for month in months] if today.silence["days"] is not None else []
    return max([*map(today.gained, months), *lost], default=0)


def _cut(today: Today, chart: Chart) -> Chart:
    cut = cut_month(today)
    if cut is not None:
        tallest = _tallest(today, [month for month in _months(today) if month != cut])
        chart.option["yAxis"] = {"max": round(tallest * 1.25, 1 - len(str(tallest)))}
    return chart


def money(today: Today) -> Chart:
    """Money a month."""
    said = today.said["money"]
    names = [write_month(date.fromisoformat(day)) for day in said["months"]][-MONTHS:]
    series = Series(_("Money"), said["amount"][-MONTHS:], "gold")
    return bars(_("Money each month"), _("Month"), names, [series], unit=today.said["currency"])


def lost_url(today: Today, month: Month) -> str:
    """The people who went out of sight in a month; empty when that is not told."""
    span = today.lost_were_last_seen(month)
    return people_url(last_from=span[0], last_to=span[1]) if span and span[0] <= span[1] else ""
