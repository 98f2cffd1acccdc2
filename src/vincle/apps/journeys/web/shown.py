"""What the page shows beside the map: the ways, where they begin and end, and who comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.journeys.queries import Journeys
from vincle.apps.journeys.web.map import StepLine
from vincle.apps.journeys.web.whose import behind_url
from vincle.apps.journeys.words import counted, interval
from vincle.flow.models import Kind
from vincle.web.locales import write_month
from vincle.web.templatetags.vincle import number, percent

RUNS = 7  # of a way that are written out
ENDS = 6
MONTHS = 18  # that months are followed, and that are shown
WARMTH = 10  # how many shades there are; journeys.css has the same
_FEW = 30  # people of a month, below which its shares are faint


@dataclass(frozen=True)
class Way:
    """A way through: steps with how often each came in a row, how many took it, of 100 for the most usual, and where
    they are.
    """

    runs: list[tuple[Kind, int]]
    more: int
    cases: int
    share: float
    bar: int
    url: str


@dataclass(frozen=True)
class End:
    """A step with which cases begin, or end, and where they are."""

    step: StepLine
    cases: int
    share: float
    url: str


@dataclass(frozen=True)
class Cell:
    """How many of a month came back in a later one: written, shaded, all of it in words, and where they are (empty:
    nobody did).
    """

    share: str
    warmth: int
    said: str
    url: str


@dataclass(frozen=True)
class Month:
    """Those who began in a month, and where they are."""

    name: str
    cases: int
    cells: list[Cell]
    url: str

    @property
    def are_few(self) -> bool:
        return self.cases < _FEW


def ways(journeys: Journeys, kinds: dict[str, Kind]) -> list[Way]:
    """The most usual ways."""
    said = journeys.said
    most = max((way["cases"] for way in said["ways"]), default=1)
    return [
        Way(
            [(kinds.get(name) or Kind(name=name), times) for name, times in way["runs"][:RUNS]],
            len(way["runs"][RUNS:]) + way["more"],
            way["cases"],
            way["cases"] / said["cases"],
            round(100 * way["cases"] / most),
            behind_url(said["case"], "way", str(place)),
        )
        for place, way in enumerate(said["ways"], start=1)
    ]


def beginnings(journeys: Journeys, steps: list[StepLine]) -> list[End]:
    """With which steps most cases begin."""
    return _ends(journeys, steps, "begins", lambda step: step.begins)


def endings(journeys: Journeys, steps: list[StepLine]) -> list[End]:
    """With which steps most cases end, so far."""
    return _ends(journeys, steps, "ends", lambda step: step.ends)


def months(journeys: Journeys) -> list[Month]:
    """The last months in which cases began, and how many came back in each month after."""
    return [
        _month(journeys.said["case"], date.fromisoformat(said["period"]), said["cases"], said["returned"][1:])
        for said in journeys.said["cohorts"][-MONTHS:]
    ]


def _month(case: str, period: date, cases: int, returned: list[tuple[int, float, float, float]]) -> Month:
    name = write_month(period)
    cells = []
    for after, (back, share, low, high) in enumerate(returned[: MONTHS - 1], start=1):
        later = ngettext("%(months)s month later", "%(months)s months later", after) % {"months": after}
        words = _("%(back)s of %(cases)s: %(share)s, likely %(interval)s") % {
            "back": number(back),
            "cases": counted(cases, case),
            "share": percent(share, 1),
            "interval": interval(low, high),
        }
        url = behind_url(case, "cohort", period.isoformat(), str(after)) if back else ""
        cells.append(Cell(percent(share), round(share * WARMTH), f"{name}, {later}: {words}", url))
    return Month(name, cases, cells, behind_url(case, "cohort", period.isoformat(), "0"))


def _ends(journeys: Journeys, steps: list[StepLine], figure: str, of: Callable[[StepLine], int]) -> list[End]:
    found = sorted((step for step in steps if of(step)), key=lambda step: -of(step))[:ENDS]
    said = journeys.said
    return [
        End(step, of(step), of(step) / said["cases"], behind_url(said["case"], figure, step.kind.name))
        for step in found
    ]
