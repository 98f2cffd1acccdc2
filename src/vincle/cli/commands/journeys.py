"""`vincle journeys`: what really happens along a journey."""

from itertools import groupby
from typing import Annotated

import typer

from vincle.cli.commands import (
    journeys_archetype,
    journeys_behind,
    journeys_compare,
    journeys_export,
    journeys_home,
    journeys_map,
)
from vincle.cli.commands.journeys_log import (
    PERSON,
    ActivityOption,
    CaseOption,
    DesignOption,
    FileArgument,
    JourneyOption,
    TimeOption,
    ZoneOption,
    design_in,
    of_case,
    opened,
    opened_cases,
    tell_left_out,
)
from vincle.cli.commands.journeys_moments import EXAMPLE as MOMENTS_EXAMPLE
from vincle.cli.commands.journeys_moments import moments
from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say
from vincle.kernel.errors import BadInput

EXAMPLE = "Example: vincle journeys discover orders.csv --case order --activity step --time when --json"
SHOWN = 20  # steps, connections and ways that are printed for people

app = new_app("What really happens along a journey: its steps, what follows what, the ways through it.")

app.command("list", epilog=journeys_home.EXAMPLE)(journeys_home.list_)
app.command("map", epilog=journeys_map.EXAMPLE)(journeys_map.map_)
app.command("behind", epilog=journeys_behind.EXAMPLE)(journeys_behind.behind)
app.command("export", epilog=journeys_export.EXAMPLE)(journeys_export.export)
app.command("archetype", epilog=journeys_archetype.EXAMPLE)(journeys_archetype.archetype)
app.command("compare", epilog=journeys_compare.EXAMPLE)(journeys_compare.compare)


@app.callback(epilog=EXAMPLE)
def journeys() -> None:
    """What really happens along a journey: its steps, what follows what, the ways through it."""


@app.command(epilog=EXAMPLE)
def discover(
    file: FileArgument = None,
    case: CaseOption = "",
    activity: ActivityOption = "",
    time: TimeOption = "",
    timezone: ZoneOption = "UTC",
    journey: JourneyOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The steps of cases, what follows what and how long after, and the ways there are. A file needs no home.

    Events of a case at the same moment stand in the order of the file. Of an event log (XES) the columns are known.
    """
    from vincle.engine import journeys

    with opened_cases(file, home, journey=journey, case=case, activity=activity, time=time, timezone=timezone) as log:
        found = journeys.discover(log, top=SHOWN)
    tell_left_out(found.left_out)
    if as_json:
        print_json(found.as_json())
        return
    say(
        f"{found.cases:,} cases, {found.events:,} events, {found.activities.num_rows:,} steps, "
        f"{found.variants.num_rows:,} ways."
    )
    say()
    for row in found.activities.slice(0, SHOWN).to_pylist():
        say(f"{row['n']:>10,}  {row['activity']}")
    say()
    for row in found.edges.slice(0, SHOWN).to_pylist():
        say(f"{row['n']:>10,}  {row['source']} → {row['target']}  ({_lasting(row['median_seconds'])})")
    say()
    for path, cases in found.top_variants:
        say(f"{cases:>10,}  {_way(path)}")


@app.command(
    epilog="Example: vincle journeys conform orders.csv --case order --activity step --time when --design d.json"
)
def conform(
    design: DesignOption,
    file: FileArgument = None,
    case: CaseOption = "",
    activity: ActivityOption = "",
    time: TimeOption = "",
    timezone: ZoneOption = "UTC",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """How many cases follow a design, and what the others do instead. A file needs no home."""
    from vincle.engine import journeys

    meant = design_in(design, home)
    with opened(file, home, case=case, activity=activity, time=time, timezone=timezone) as log:
        if isinstance(meant, list):
            whole = log if isinstance(log, journeys.Cases) else journeys.of_log(log, case=case or PERSON)
            found = journeys.conform(whole, meant)
        else:
            found = journeys.conformance_of(log, of_case(meant, case, file))
        left_out = log.left_out if isinstance(log, journeys.Cases) else {}
    tell_left_out(left_out)
    if as_json:
        print_json(found.as_json() | {"rows_left_out": left_out})
        return
    say(f"{found.conforming:,} of {found.cases:,} cases follow the design.")
    for each in found.deviations[:SHOWN]:
        say(f"{each.cases:>10,}  {each.share:6.1%}  {each.what}: {each.step}")
    if found.left_out:
        say(f"{found.left_out:,} cases of rare ways were not compared.")


@app.command(
    epilog="Example: vincle journeys funnel orders.csv --case order --activity step --time when --design d.json"
)
def funnel(
    design: DesignOption,
    file: FileArgument = None,
    case: CaseOption = "",
    activity: ActivityOption = "",
    time: TimeOption = "",
    timezone: ZoneOption = "UTC",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """How many cases come to each stage of a design, how long it takes, and where the others go. A file needs no home.

    Shares and times are printed with their 95 % interval.
    """
    from vincle.engine import journeys

    meant = design_in(design, home)
    with opened(file, home, case=case, activity=activity, time=time, timezone=timezone) as log:
        if isinstance(meant, list):
            whole = log if isinstance(log, journeys.Cases) else journeys.of_log(log, case=case or PERSON)
            found = journeys.funnel(whole, meant)
        else:
            found = journeys.funnel_of(log, of_case(meant, case, file))
        left_out = log.left_out if isinstance(log, journeys.Cases) else {}
    tell_left_out(left_out)
    if as_json:
        print_json(found.as_json() | {"rows_left_out": left_out})
        return
    say(f"{found.cases:,} cases.")
    for stage in found.stages:
        at, low, high = stage.share
        after = f", {_lasting(stage.median_seconds[0])}" if stage.median_seconds else ""
        say(f"{stage.cases:>10,}  {at:6.1%} ({low:.1%} to {high:.1%})  {stage.name}{after}")
        for step, cases in stage.leaving:
            say(f"{'':>12}{cases:,} then: {step or 'nothing more'}")


@app.command(
    epilog="Example: vincle journeys retention orders.csv --case client --activity step --time when --unit week"
)
def retention(
    file: FileArgument = None,
    case: CaseOption = "",
    activity: ActivityOption = "",
    time: TimeOption = "",
    timezone: ZoneOption = "UTC",
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help="day, week or month.")] = "month",
    journey: JourneyOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Of the cases that began in each period, how many were there again in each period after. A file needs no home."""
    from vincle.engine import journeys
    from vincle.engine.journeys.cohorts import UNITS

    if unit not in UNITS:
        raise BadInput(f"“{unit}” is no unit.", f"Say {', '.join(UNITS[:-1])} or {UNITS[-1]}.")
    with opened_cases(file, home, journey=journey, case=case, activity=activity, time=time, timezone=timezone) as log:
        found = journeys.retention(log, unit=unit, timezone=timezone)
        left_out = log.left_out
    tell_left_out(left_out)
    if as_json:
        print_json({"unit": unit, "cohorts": [each.as_json() for each in found], "rows_left_out": left_out})
        return
    for cohort in found:
        shares = "".join(f"{at:6.0%}" for _cases_, at, _low, _high in cohort.returned)
        say(f"{cohort.period}  {cohort.cases:>9,} {shares}")


app.command(epilog=MOMENTS_EXAMPLE)(moments)


def _way(path: list[str]) -> str:
    """The steps in order, what repeats in a row once with how often."""
    runs = ((step, sum(1 for _ in same)) for step, same in groupby(path))
    return " → ".join(f"{step} ×{times}" if times > 1 else step for step, times in runs)


def _lasting(seconds: float) -> str:
    """A duration as people say it, in the largest unit that it reaches."""
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= size:
            return f"half within {seconds / size:.1f} {unit}"
    return f"half within {seconds:.0f} seconds"
