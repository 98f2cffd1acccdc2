"""From stage to stage: which cases went from one to which, drawn as bands as broad as they are many, and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vincle.apps.journeys.real import bands, words
from vincle.apps.journeys.real.chart import Chart
from vincle.apps.journeys.real.figures import BehindUrl, Count, count
from vincle.apps.journeys.words import counted
from vincle.engine.journeys.journey import Journey
from vincle.web.templatetags.vincle import number, percent

SHOWN = 40  # of the flows, those with the most cases
_LETTERS = 16  # of a stage's name, in the drawing


@dataclass(frozen=True)
class Flow:
    """From a stage (empty: they begin) to a stage (empty: no further, so far), how many, and how long after in the
    middle case. `is_back`: to one that stands before it on the map, or to itself; `tone` is warm where nobody should
    have to go.
    """

    source: str
    target: str
    cases: Count
    half: str
    is_back: bool
    tone: str


@dataclass(frozen=True)
class Column:
    """A stage in the drawing, with how many came into it; `node` is its block, as high as all who went in or out: who
    came twice counts twice.
    """

    name: str
    written: str
    cases: int
    node: bands.Node


@dataclass(frozen=True)
class Flows:
    """The flows that are shown, those drawn as bands (`forward`) and those led back, and in words what is hidden."""

    shown: list[Flow]
    back: list[Flow]
    columns: list[Column]
    bands: list[tuple[Flow, bands.Band]]
    width: float
    height: float
    hides: str


def flows_of(journey: Journey, chart: Chart, behind_url: BehindUrl) -> Flows:
    """What a chart says of who went where."""
    keys = [stage.key for stage in journey.stages]
    known = [each for each in chart.said["flows"] if {each[0], each[1]} <= {*keys, None}]
    rows = known[:SHOWN]
    places = {key: at for at, key in enumerate(keys, start=1)}
    ends = [(places.get(source, 0), places.get(target, len(keys) + 1)) for source, target, _n, _wait in rows]
    names = {stage.key: stage.name for stage in journey.stages}
    flows = [
        _flow(journey, names, row, source >= target, behind_url)
        for row, (source, target) in zip(rows, ends, strict=True)
    ]
    forward = [(flow, *at) for flow, at in zip(flows, ends, strict=True) if not flow.is_back]
    drawing = bands.draw([(source, target, flow.cases.number) for flow, source, target in forward])
    columns = [
        Column(_name(journey, node.column), _cut(_name(journey, node.column)), _came(journey, chart, node), node)
        for node in drawing.nodes
    ]
    return Flows(
        flows,
        [flow for flow in flows if flow.is_back],
        columns,
        list(zip([flow for flow, _source, _target in forward], drawing.bands, strict=True)),
        drawing.width,
        drawing.height,
        _hides(known, rows),
    )


def _flow(
    journey: Journey,
    names: dict[str, str],
    row: tuple[str | None, str | None, int, float | None],
    is_back: bool,
    behind_url: BehindUrl,
) -> Flow:
    source, target, cases, wait = row
    said = {
        "cases": counted(cases, journey.case),
        "source": names.get(source or "", ""),
        "target": names.get(target or "", ""),
    }
    if source is None:
        spelled = _("%(cases)s begin with “%(target)s”") % said
    elif target is None:
        spelled = _("%(cases)s have gone no further than “%(source)s”") % said
    elif source == target:
        spelled = _("%(cases)s came into “%(target)s” again") % said
    else:
        spelled = _("%(cases)s from “%(source)s” to “%(target)s”") % said
    figure = count(cases, spelled, behind_url, "flow", source or "", target or "")
    half = "" if wait is None else words.lasting(wait)
    return Flow(said["source"], said["target"], figure, half, is_back, _tone(journey, source, target))


def _tone(journey: Journey, source: str | None, target: str | None) -> str:
    if source is None or target is None:
        return "plain"
    return "warm" if journey.stage(target).expected == "never" else "well"


def _name(journey: Journey, column: int) -> str:
    if not column:
        return _("They begin")
    if column > len(journey.stages):
        return _("No further, so far")
    return journey.stages[column - 1].name


def _came(journey: Journey, chart: Chart, node: bands.Node) -> int:
    """How many came into the stage of a column; those at the ends come there once."""
    inside = 0 < node.column <= len(journey.stages)
    said = chart.stage(journey.stages[node.column - 1].key) if inside else None
    return said["entered"] if said else node.cases


def _cut(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"


def _hides(known: Sequence[Sequence[object]], shown: Sequence[Sequence[object]]) -> str:
    if len(known) == len(shown):
        return _("All of them are shown (%(count)s).") % {"count": number(len(known))}
    part = sum(int(str(each[2])) for each in shown) / sum(int(str(each[2])) for each in known)
    return _("The %(shown)s with the most of %(all)s: %(share)s of all goings from stage to stage.") % {
        "shown": number(len(shown)),
        "all": number(len(known)),
        "share": percent(min(part, 0.999), 0 if part < 0.99 else 1),
    }
