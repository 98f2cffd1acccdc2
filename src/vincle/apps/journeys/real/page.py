"""All that stands beside a designed map and beneath it, from the figures that are kept."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vincle.apps.journeys.asking import PEOPLE
from vincle.apps.journeys.queries import kinds_named
from vincle.apps.journeys.real.aim import Aimed
from vincle.apps.journeys.real.chart import Chart
from vincle.apps.journeys.real.departures import Departures, departures_of
from vincle.apps.journeys.real.figures import BehindUrl
from vincle.apps.journeys.real.flows import Flows, flows_of
from vincle.apps.journeys.real.funnel import Funnel, funnel_of
from vincle.apps.journeys.real.gaps import Gap, gaps_of
from vincle.apps.journeys.real.moments import MomentRow, moment_row
from vincle.apps.journeys.real.overlay import Overlay, StageOverlay, kinds_in, overlay_of
from vincle.apps.journeys.real.standing import Opportunity, Standing, opportunities_of, standing_of
from vincle.apps.journeys.saying import steps_in
from vincle.apps.journeys.words import counted
from vincle.engine.journeys.journey import Journey, JourneyStage
from vincle.web.templatetags.vincle import day


@dataclass(frozen=True)
class Real:
    """What `journeys/real/*.html` show: `overlay` on the map, the rest beneath it."""

    journey: Journey
    chart: Chart
    line: str
    overlay: Overlay
    funnel: Funnel
    flows: Flows
    departures: Departures
    standing: list[Standing]
    opportunities: list[Opportunity]
    gaps: list[Gap]
    moments: MomentRow | None

    @property
    def is_people(self) -> bool:
        return self.journey.case == PEOPLE

    @property
    def columns(self) -> list[tuple[JourneyStage, StageOverlay | None]]:
        """Every stage of the map, with what stands beside it; nothing yet for one that is new."""
        return [(stage, self.overlay.stages.get(stage.key)) for stage in self.journey.stages]


def real_of(journey: Journey, chart: Chart, behind_url: BehindUrl, aimed: Aimed | None = None) -> Real | None:
    """What a chart says of a journey, in one query; None while nothing has happened with anybody. `behind_url` gives
    the address of the people behind a figure, or an empty text where there is none. `aimed` is what was found of the
    journey's aim.
    """
    if chart.is_empty:
        return None
    steps = steps_in(aimed.said) if aimed and aimed.said else []
    kinds = kinds_named([*kinds_in(chart), *steps, *([journey.aim.kind] if journey.aim and journey.aim.kind else [])])
    overlay = overlay_of(journey, chart, kinds, behind_url)
    departures = departures_of(journey, chart, behind_url)
    return Real(
        journey,
        chart,
        _line(journey, chart, departures),
        overlay,
        funnel_of(journey, chart, behind_url),
        flows_of(journey, chart, behind_url),
        departures,
        standing_of(journey, chart, overlay.stages),
        opportunities_of(journey, overlay.stages),
        gaps_of(journey, chart),
        moment_row(journey, aimed, kinds),
    )


def _line(journey: Journey, chart: Chart, departures: Departures) -> str:
    """The line beneath the map's name: 1,874 people · until 30 Nov 2026 · archetype: Mercè · 71% follow the design."""
    parts = [
        counted(chart.cases, journey.case),
        _("until %(day)s") % {"day": day(chart.as_of)},
    ]
    if journey.archetype.name:
        parts.append(_("archetype: %(name)s") % {"name": journey.archetype.name})
    if departures.compared:
        parts.append(_("%(share)s follow the designed journey") % {"share": departures.share})
    return " · ".join(parts)
