"""Two groups side by side, as a page shows them: what is clear in sentences, and all of it in pairs of bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.journeys.asking import Comparison
from vincle.apps.journeys.comparisons.bars import Bars, bars_of
from vincle.apps.journeys.comparisons.queries import FoundComparison
from vincle.apps.journeys.comparisons.saying import figures_words, sentence, signed
from vincle.apps.journeys.queries import kinds_named
from vincle.apps.journeys.real.words import lasting, lasting_interval
from vincle.apps.journeys.words import CLEAR, counted, points
from vincle.flow.models import Kind
from vincle.web.templatetags.vincle import number, percent

SENTENCES = 12
ROWS = 10  # of each sort
RUNS = 6  # of a way
SORTS = ("step", "connection", "way", "time")
TIMES = {"duration", "pause"}


@dataclass(frozen=True)
class Side:
    """One group's figure: written, its interval, and of how many cases."""

    at: str
    interval: str
    cases: str


@dataclass(frozen=True)
class Row:
    """A figure of both. `verdict` is clear, chance or few; `runs` and `more` are the steps of its name, in order."""

    runs: list[tuple[Kind, int]]
    more: int
    name: str
    sides: tuple[Side, Side]
    difference: str
    interval: str
    verdict: str
    is_more: bool
    bars: Bars


@dataclass(frozen=True)
class Sort:
    """The rows of a sort: steps, connections, ways or times; `hidden` more are not shown."""

    key: str
    rows: list[Row]
    hidden: int


@dataclass(frozen=True)
class ComparisonShown:
    """All of it. `sizes` says how many are in each group, `not_over` how many were left out."""

    names: tuple[str, str]
    sizes: tuple[str, str]
    not_over: str
    clear: list[tuple[str, str, bool]]
    clear_hidden: int
    sorts: list[Sort]


def comparison_shown(asked: Comparison, found: FoundComparison, names: tuple[str, str]) -> ComparisonShown | None:
    """What a page says; None where nothing can be told."""
    said = found.said
    if said is None:
        return None
    rows = said["compared"]
    kinds = kinds_named(name for row in rows for name in row["path"])
    clear = [row for row in rows if _verdict(row) == "clear"]
    sides = [counted(count, asked.case) for count in said["cases"]]
    out = sum(said["not_over"])
    return ComparisonShown(
        names,
        (sides[0], sides[1]),
        _("Left out: %(cases)s not known for that long yet.") % {"cases": counted(out, asked.case)} if out else "",
        [_told(row, kinds, names) for row in clear[:SENTENCES]],
        len(clear[SENTENCES:]),
        [_sort(key, [row for row in rows if _sort_of(row) == key], kinds, said["cases"]) for key in SORTS],
    )


def _told(row: Mapping[str, Any], kinds: Mapping[str, Kind], names: tuple[str, str]) -> tuple[str, str, bool]:
    more = row["difference"]["at"] > 0
    words = sentence(row["what"], [kinds[name].label for name in row["path"]], names[1], more=more)
    return words, figures_words(row, is_time=row["what"] in TIMES), more


def _sort(key: str, rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, Kind], sizes: Sequence[int]) -> Sort:
    shown = rows[:ROWS]
    top = max((_top(row) for row in shown), default=1.0)
    return Sort(key, [_row(row, kinds, top, sizes) for row in shown], len(rows[ROWS:]))


def _row(row: Mapping[str, Any], kinds: Mapping[str, Kind], top: float, sizes: Sequence[int]) -> Row:
    is_time = row["what"] in TIMES
    runs = [(kinds[name], len(list(same))) for name, same in groupby(row["path"])]
    if row["what"] != "way":
        runs = [(kinds[name], 1) for name in row["path"]]
    low, at, high = (row["difference"][name] for name in ("low", "at", "high"))
    write = signed if is_time else points
    return Row(
        runs[:RUNS],
        len(runs[RUNS:]),
        "" if row["path"] else _("The whole journey"),
        (_side(row, 0, sizes), _side(row, 1, sizes)),
        signed(at) if is_time else _("%(points)s points") % {"points": points(at, plus=True)},
        _("%(low)s to %(high)s") % {"low": write(low), "high": write(high)},
        _verdict(row),
        at > 0,
        bars_of(row["figures"], _top(row) if is_time else top),
    )


def _side(row: Mapping[str, Any], which: int, sizes: Sequence[int]) -> Side:
    at, low, high = row["figures"][which]
    if row["what"] in TIMES:
        return Side(
            lasting(at),
            lasting_interval(row["figures"][which]),
            _("of %(number)s") % {"number": number(row["cases"][which])},
        )
    ends = _("%(low)s to %(high)s") % {"low": percent(low, 1), "high": percent(high, 1)}
    told = {"cases": number(row["cases"][which]), "of": number(sizes[which])}
    return Side(percent(at, 1), ends, _("%(cases)s of %(of)s") % told)


def _sort_of(row: Mapping[str, Any]) -> str:
    return "time" if row["what"] in TIMES else str(row["what"])


def _verdict(row: Mapping[str, Any]) -> str:
    if row["q"] is None:
        return "few"
    return "clear" if row["q"] < CLEAR else "chance"


def _top(row: Mapping[str, Any]) -> float:
    ends: list[float] = [end for figure in row["figures"] for end in figure if end is not None]
    return max(*ends, 1e-9)
