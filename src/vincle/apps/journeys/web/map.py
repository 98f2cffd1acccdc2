"""The map of steps: what is drawn of it, what is hidden, and the same as tables."""

from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _

from vincle.apps.journeys import drawing
from vincle.apps.journeys.asking import PEOPLE
from vincle.apps.journeys.drawing import HEIGHT, WIDTH
from vincle.apps.journeys.queries import Journeys
from vincle.apps.journeys.web.whose import behind_url
from vincle.apps.journeys.words import counted
from vincle.apps.lists.facade import people_with_url
from vincle.flow.models import Kind
from vincle.web.locales import write_lasting
from vincle.web.templatetags.vincle import number, percent

DETAILS = (8, 16, 32, 64)  # how many connections are drawn
USUAL = 16
_THICKEST = 6.0
_LETTERS = 18  # of a step's words, on the map


@dataclass(frozen=True)
class StepLine:
    """A step: how often it happened and to how many, and where the people are."""

    kind: Kind
    times: int
    cases: int
    begins: int
    ends: int
    url: str
    place: float

    @property
    def is_drawn_as(self) -> str:
        """Its words, as long as fits into a box."""
        label = self.kind.label
        return label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1].rstrip()}…"


@dataclass(frozen=True)
class Connection:
    """One step directly after another: how often, and how long after in the middle case; `url` leads to the people."""

    source: Kind
    target: Kind
    times: int
    seconds: float
    by_time: bool = False
    url: str = ""

    @property
    def lasting(self) -> str:
        return _lasting(self.seconds)

    @property
    def words(self) -> str:
        """What stands on its line."""
        return self.lasting if self.by_time else f"{number(self.times)} · {self.lasting}"

    @property
    def said(self) -> str:
        return _("%(source)s → %(target)s: %(times)s times, half of them within %(lasting)s") % {
            "source": self.source.label,
            "target": self.target.label,
            "times": number(self.times),
            "lasting": self.lasting,
        }


@dataclass(frozen=True)
class Detail:
    """A choice of how much is drawn."""

    connections: int
    is_all: bool
    is_chosen: bool


@dataclass(frozen=True)
class Map:
    """All of the card: `boxes` and `lines` with what they stand for, `hides` says in words what is not drawn."""

    steps: list[StepLine]
    connections: list[Connection]
    boxes: list[tuple[StepLine, drawing.Box]]
    lines: list[tuple[Connection, drawing.Curve, float]]
    left: float
    top: float
    width: float
    height: float
    details: list[Detail]
    hides: str
    by_time: bool
    box_width: int = WIDTH
    box_height: int = HEIGHT


def map_of(journeys: Journeys, kinds: dict[str, Kind], detail: str, *, by_time: bool = False) -> Map:
    """The map with so many connections as `detail` says (of `DETAILS`; anything else is the usual number). Its lines
    are thick where it is often, or, `by_time`, where it takes long.
    """
    said = journeys.said
    steps = step_lines(journeys, kinds)
    shown, details = _details(said["totals"]["edges"], len(said["edges"]), detail)
    edges = said["edges"][:shown]
    connections = [
        Connection(kinds[one], kinds[other], times, wait, by_time, behind_url(said["case"], "edge", one, other))
        for one, other, times, wait in edges
        if one in kinds and other in kinds
    ]
    drawn = _drawn(steps, connections)
    numbers = {step.kind.name: at for at, step in enumerate(drawn)}
    placed = drawing.draw(
        len(drawn),
        [(numbers[each.source.name], numbers[each.target.name]) for each in connections],
        [each.words if at < USUAL else "" for at, each in enumerate(connections)],
    )
    weights = [each.seconds if by_time else each.times for each in connections]
    most = max(weights, default=0) or 1
    thick = [1 + (_THICKEST - 1) * sqrt(weight / most) for weight in weights]
    return Map(
        steps,
        connections,
        list(zip(drawn, placed.boxes, strict=True)),
        list(zip(connections, placed.curves, thick, strict=True)),
        placed.left,
        placed.top,
        placed.width,
        placed.height,
        details,
        _hides(journeys, connections, len(drawn)),
        by_time,
    )


def step_lines(journeys: Journeys, kinds: dict[str, Kind]) -> list[StepLine]:
    """Every step that is kept, the most frequent first."""
    case = journeys.said["case"]
    return [
        StepLine(
            kinds[step["kind"]],
            step["n"],
            step["cases"],
            step["begins"],
            step["ends"],
            people_with_url(step["kind"]) if case == PEOPLE else behind_url(case, "step", step["kind"]),
            step["place"],
        )
        for step in journeys.said["steps"]
    ]


def _details(total: int, kept: int, detail: str) -> tuple[int, list[Detail]]:
    """How many connections are drawn, and what else could be chosen; nothing where there is no choice."""
    offered = [least for least in DETAILS if least < total]
    if len(offered) < len(DETAILS):
        offered.append(total)
    offered = [each for each in offered if each <= kept]
    wanted = int(detail) if detail.isdecimal() and len(detail) < 5 else USUAL
    chosen = max((each for each in offered if each <= wanted), default=min(offered, default=0))
    choices = [Detail(each, each == total, each == chosen) for each in offered]
    return chosen, choices if len(choices) > 1 else []


def _drawn(steps: list[StepLine], connections: list[Connection]) -> list[StepLine]:
    """The steps that a connection touches, in the order in which they usually come."""
    touched = {kind.name for each in connections for kind in (each.source, each.target)}
    found = [step for step in steps if step.kind.name in touched] or steps[: drawing.COLUMNS]
    return sorted(found, key=lambda step: (step.place, -step.times, step.kind.name))


def _hides(journeys: Journeys, connections: list[Connection], steps: int) -> str:
    totals = journeys.said["totals"]
    if not totals["edges"]:
        return _("Nothing follows anything: each of %(cases)s has one step.") % {
            "cases": counted(journeys.said["cases"], journeys.said["case"])
        }
    if len(connections) == totals["edges"]:
        return _("Everything is drawn: all connections there are (%(count)s).") % {"count": number(len(connections))}
    share = sum(each.times for each in connections) / totals["connections"]
    words = _("%(shown)s connections of %(all)s, %(share)s of what happened.") % {
        "shown": number(len(connections)),
        "all": number(totals["edges"]),
        "share": percent(min(share, 0.999), 0 if share < 0.99 else 1),
    }
    if steps == totals["steps"]:
        return words
    return f"{words} " + _("%(shown)s steps of %(all)s.") % {
        "shown": number(steps), "all": number(totals["steps"])
    }  # fmt: skip


def _lasting(seconds: float) -> str:
    return write_lasting(seconds) if seconds >= 1 else _("at once")
