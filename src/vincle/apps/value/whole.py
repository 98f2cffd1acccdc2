"""What the page shows of everybody together, worked out once so that it is there at once: ready for JSON."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from vincle.apps.fields.facade import sensitive_names
from vincle.apps.journeys.facade import designed_journeys, journey_named
from vincle.apps.value.terms import HouseTerms
from vincle.apps.value.windows import YEAR, month_ends, usual_opening, window_of

if TYPE_CHECKING:
    from vincle.engine import Log
    from vincle.engine.value import Transactions, Valued
    from vincle.engine.value.loyalties import Loyalties

SHAPE = 1  # of what is kept: other code wants other figures
COHORTS = 14  # months, the latest: the last has only begun
JOURNEYS = 3  # designed journeys, those changed last
NEWCOMERS_YEARS = 5  # in which people are won, where it is asked what a little more is worth
_SCALE = 10_000


def whole_of(log: "Log", transactions: "Transactions", valued: "Valued", asked: HouseTerms) -> dict[str, Any]:
    """All of it, of transactions that `valued` was worked out from: those after costs, without whom it flagged.

    Keys: `first`, `window` (days that are compared; None: the log is too short for that), `concentration`,
    `distribution`, `groups`, `cohorts`, `bridge` and `months`, `loyalties`, `assumptions`.
    """
    from vincle.engine import value as engine

    first: date = min(valued.people.column("first").to_pylist())
    window = window_of(first, valued.as_of)
    told: dict[str, Any] = {
        "first": first.isoformat(),
        "window": window,
        **_of_people(valued),
        "groups": _groups(log, valued),
        "cohorts": [each.as_json() for each in engine.cohorts(transactions, unit="month")[-COHORTS:]],
    }
    return told | (_compared(log, transactions, valued, asked, (first, window)) if window else {})


def _of_people(valued: "Valued") -> dict[str, Any]:
    from vincle.engine.value.concentrating import concentration
    from vincle.engine.value.distribution import distribution

    held = {name: _money(valued, name) for name in ("present", "worth")}
    concentrated = {name: concentration(values) for name, values in held.items()}
    spread = distribution(held["worth"])
    return {
        "concentration": {name: each.as_json() if each else None for name, each in concentrated.items()},
        "distribution": spread.as_json() if spread else None,
    }


def _money(valued: "Valued", name: str) -> Any:
    import pyarrow as pa

    return np.asarray(valued.people.column(name).cast(pa.float64()).fill_null(0).to_numpy()) / _SCALE


def _groups(log: "Log", valued: "Valued") -> list[dict[str, Any]]:
    """By each thing people can be told apart by: `by` (attribute, origin, staff, stage), and what `Grouped` says."""
    from vincle.engine.value.grouping import ATTRIBUTES, ORIGINS, STAFF, by_group

    hidden = sensitive_names()
    found = []
    for by, groups in (("attribute", ATTRIBUTES), ("origin", ORIGINS), ("staff", STAFF)):
        made = by_group(log.runner, valued.people, groups)
        found += [{"by": by, **each.as_json()} for each in made if each.name not in hidden]
    return found + _by_stage(log, valued)


def _by_stage(log: "Log", valued: "Valued") -> list[dict[str, Any]]:
    from vincle.engine.value.at_stages import stages_now
    from vincle.engine.value.grouping import by_group, given_groups

    found = []
    for each in designed_journeys()[:JOURNEYS]:
        journey = journey_named(str(each.uid))
        if journey.case != "person" or not any(stage.enters for stage in journey.stages):
            continue
        people = stages_now(log, journey)
        if people:
            names = {stage.key: stage.name for stage in journey.stages}
            made = by_group(log.runner, valued.people, given_groups(log.runner, str(each.uid), people))
            found += [{"by": "stage", **one.as_json(), "title": each.name, "names": names} for one in made]
    return found


def _compared(
    log: "Log", transactions: "Transactions", valued: "Valued", asked: HouseTerms, span: tuple[date, int]
) -> dict[str, Any]:
    """What compares stretches of days; `span`: the first day of the log, and how many days a stretch is."""
    from vincle.engine.value.bridging import bridge, bridges
    from vincle.engine.value.loyalties import loyalties

    first, window = span
    as_of, ends = valued.as_of, month_ends(first, valued.as_of, window)
    whole = bridge(transactions, usual_opening(first, as_of, window), as_of, window=window)
    months = bridges(transactions, ends, window=window) if len(ends) > 1 else []
    lately = bridge(transactions, as_of - timedelta(days=window), as_of, window=window)
    loyal = loyalties(transactions, until=as_of, days=window, zone=asked.zone, answers=log.runner)
    return {
        "bridge": whole.as_json(),
        "months": [each.as_json() for each in months],
        "loyalties": loyal.as_json(),
        "assumptions": _assumptions(lately, loyal, asked),
    }


def _assumptions(lately: Any, loyal: "Loyalties", asked: HouseTerms) -> dict[str, Any] | None:
    """What is assumed for a year, from the latest stretch of days: see `engine.value.customer_equity.Assumptions`. What
    winning somebody costs is known by the terms.
    """
    from vincle.engine.value.customer_equity import Assumptions

    if loyal.stayed is None or not loyal.came or lately.closing <= 0:
        return None
    years = loyal.days / YEAR
    return asdict(
        Assumptions(
            people=loyal.came,
            margin=float(lately.closing) / loyal.came / years,
            retention=loyal.stayed[0] ** (1 / years),
            discount=asked.terms.discount,
            won=lately.people["new"] / years,
            periods=NEWCOMERS_YEARS,
        )
    )
