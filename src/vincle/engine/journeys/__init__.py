"""What really happens along a journey: which step follows which, how long it takes, which ways there are.

    with read("receipt.xes", case="case:concept:name", activity="concept:name", time="time:timestamp") as log:
        found = discover(log)
    found.edges                       # Arrow: source, target, n, median_seconds; most frequent first

A log is cases (people, orders, courses: whatever goes through the steps), each with events in order of time. **Events
of one case at the same instant stand in the order of the file**, or of their numbers in the log, always.

The functions are named SQL steps (`follows`, `variants`) that run on DuckDB and on Spark; `cases` brings a file into
their shape, `of_log` the log of a home.

W. van der Aalst, Process Mining: Data Science in Action, 2nd ed. (2016), chapters 5 and 6.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vincle.engine.journeys.aiming import moments_of
    from vincle.engine.journeys.behind_figures import behind
    from vincle.engine.journeys.cases import Cases, read
    from vincle.engine.journeys.charting import chart
    from vincle.engine.journeys.cohorts import Cohort, retention
    from vincle.engine.journeys.comparing import Compared, Comparison, Group, compare
    from vincle.engine.journeys.conformance import Conformance, conform
    from vincle.engine.journeys.design import DesignStep
    from vincle.engine.journeys.designing import conformance_of, funnel_of
    from vincle.engine.journeys.discovery import Discovery, discover
    from vincle.engine.journeys.facts import Beside
    from vincle.engine.journeys.figures import figure
    from vincle.engine.journeys.logs import of_log
    from vincle.engine.journeys.mattering import Moments, moments
    from vincle.engine.journeys.outcomes import Outcome, OutcomeEvents
    from vincle.engine.journeys.representing import Archetypes, archetypes
    from vincle.engine.journeys.showing import reading
    from vincle.engine.journeys.stages import Funnel, funnel
    from vincle.engine.journeys.staging import of_stages

_HOMES = {
    "Archetypes": "representing",
    "Beside": "facts",
    "Cases": "cases",
    "Cohort": "cohorts",
    "Compared": "comparing",
    "Comparison": "comparing",
    "Conformance": "conformance",
    "DesignStep": "design",
    "Discovery": "discovery",
    "Funnel": "stages",
    "Group": "comparing",
    "Moments": "mattering",
    "Outcome": "outcomes",
    "OutcomeEvents": "outcomes",
    "archetypes": "representing",
    "behind": "behind_figures",
    "chart": "charting",
    "compare": "comparing",
    "conform": "conformance",
    "conformance_of": "designing",
    "discover": "discovery",
    "figure": "figures",
    "funnel": "stages",
    "funnel_of": "designing",
    "moments": "mattering",
    "moments_of": "aiming",
    "of_log": "logs",
    "of_stages": "staging",
    "read": "cases",
    "reading": "showing",
    "retention": "cohorts",
}
__all__ = [
    "Archetypes", "Beside", "Cases", "Cohort", "Compared", "Comparison", "Conformance", "DesignStep", "Discovery",
    "Funnel", "Group", "Moments", "Outcome", "OutcomeEvents", "archetypes", "behind", "chart", "compare", "conform",
    "conformance_of", "discover", "figure", "funnel", "funnel_of", "moments", "moments_of", "of_log", "of_stages",
    "read", "reading", "retention",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
