"""Charts as data: what is drawn, the sentence that says it, and the same figures as a table for who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

from vincle.web.permissions import Words

Value = int | float | None


@dataclass(frozen=True)
class Series:
    """One line or one row of bars.

    `tone` is "well", "warm", "gold" or "plain"; `urls`, one per value, is where a click on that point leads.
    """

    name: Words
    values: Sequence[Value]
    tone: str = "well"
    urls: Sequence[str] = ()


@dataclass(frozen=True)
class Chart:
    """An ECharts option with its words: `label` is one sentence, `headings` and `rows` the table beside it."""

    label: Words
    option: dict[str, Any]
    headings: Sequence[Words] = ()
    rows: Sequence[Sequence[Any]] = field(default_factory=tuple)


def lines(
    label: Words,
    axis: Words,
    at: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str = "",
    area: bool = False,
    stacked: bool = False,
) -> Chart:
    """Lines over the points `at` (days, months), each labelled at its end; `unit` is an ISO currency, "%" or empty."""
    drawn = [
        {
            **_series(one, "line"),
            "showSymbol": False,
            "smooth": 0.2,
            **({"areaStyle": {"opacity": 0.12}} if area else {}),
            **({"stack": "all"} if stacked else {}),
            **({"endLabel": {"show": True, "formatter": str(one.name)}} if len(series) > 1 else {}),
        }
        for one in series
    ]
    option = {
        "unit": unit,
        "xAxis": {"type": "category", "data": list(at), "boundaryGap": False},
        "yAxis": {},
        "series": drawn,
    }
    return Chart(label, option, *_table(axis, at, series))


def bars(
    label: Words,
    axis: Words,
    at: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str = "",
    stacked: bool = False,
    lying: bool = False,
) -> Chart:
    """Bars, one group per name in `at`; `lying` draws them sideways, for long names."""
    drawn = [
        {
            **_series(one, "bar"),
            **({"stack": "all"} if stacked else {}),
            **({"label": {"show": True, "position": "right"}} if lying and not stacked else {}),
        }
        for one in series
    ]
    names: dict[str, Any] = {"type": "category", "data": list(at)}
    axes = (
        {"xAxis": {"type": "value", "show": False}, "yAxis": names | {"inverse": True}}
        if lying
        else {"xAxis": names, "yAxis": {}}
    )
    return Chart(label, {"unit": unit, "lying": lying, **axes, "series": drawn}, *_table(axis, at, series))


@dataclass(frozen=True)
class Step:
    """One step of a waterfall: its name, what it adds (or takes), and how that is written."""

    name: Words
    change: float
    written: str


def waterfall(label: Words, axis: Words, value: Words, *, start: Step, steps: Sequence[Step], end: Step) -> Chart:
    """Where something starts, what each step adds or takes, where it ends: lying bars, one beneath the other.

    `value` names what is added and taken; each bar is labelled as its step is written, so that colour is not needed.
    """
    heights = list(accumulate([start.change, *(step.change for step in steps)]))
    ground = min(0.0, *heights)  # bars stand on the lowest point reached: how far apart they are is what is seen
    spans = [(min(0.0, start.change), max(0.0, start.change))]
    spans += [(min(a, b), max(a, b)) for a, b in pairwise(heights)]
    spans += [(min(0.0, end.change), max(0.0, end.change))]
    told = [start, *steps, end]
    kinds = ["plain", *("well" if step.change >= 0 else "warm" for step in steps), "plain"]
    under = {"type": "bar", "stack": "all", "silent": True, "itemStyle": {"color": "transparent"}, "tone": "plain"}
    series: list[dict[str, Any]] = [{**under, "name": "", "data": [low - ground for low, _high in spans]}]
    for tone in ("plain", "well", "warm"):
        data = [
            {"value": high - low, "label": {"show": True, "position": "right", "formatter": step.written}}
            if kind == tone
            else "-"
            for (low, high), step, kind in zip(spans, told, kinds, strict=True)
        ]
        series.append({"type": "bar", "stack": "all", "name": "", "tone": tone, "data": data})
    option = {
        "lying": True,
        "tooltip": {"show": False},
        "xAxis": {"type": "value", "show": False},
        "yAxis": {
            "type": "category",
            "data": [str(step.name) for step in told],
            "inverse": True,
            "axisLabel": {"width": 128, "overflow": "break", "lineHeight": 14},
        },
        "grid": {
            "left": 4,
            "right": 84,
            "top": 6,
            "bottom": 4,
            "outerBoundsMode": "same",
            "outerBoundsContain": "axisLabel",
        },
        "series": series,
    }
    return Chart(label, option, [axis, value], [[step.name, step.written] for step in told])


def _series(one: Series, kind: str) -> dict[str, Any]:
    urls = list(one.urls) + [""] * (len(one.values) - len(one.urls))
    data = [{"value": value, "url": url} if url else value for value, url in zip(one.values, urls, strict=True)]
    return {"type": kind, "name": str(one.name), "tone": one.tone, "data": data}


def _table(axis: Words, at: Sequence[str], series: Sequence[Series]) -> tuple[list[Words], list[list[Any]]]:
    rows = [[name, *(one.values[i] for one in series)] for i, name in enumerate(at)]
    return [axis, *(one.name for one in series)], rows
