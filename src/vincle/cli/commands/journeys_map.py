"""`vincle journeys map`: a designed journey and what really happens along it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from vincle.cli.commands.journeys_log import (
    ActivityOption,
    CaseOption,
    FileArgument,
    TimeOption,
    ZoneOption,
    journey_in,
    of_case,
    opened,
)
from vincle.cli.options import HomeOption, JsonOption, print_json, say

EXAMPLE = "Example: vincle journeys map --home /srv/vincle --journey client.json --json"

WholeJourneyOption = Annotated[
    Path,
    typer.Option(
        "--journey", metavar="FILE.json", help="The designed journey: a file, or one of the home by address or name."
    ),
]


def map_(
    journey: WholeJourneyOption,
    file: FileArgument = None,
    case: CaseOption = "",
    activity: ActivityOption = "",
    time: TimeOption = "",
    timezone: ZoneOption = "UTC",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """How many come into each stage of a journey, what happens there, and where they go. A file needs no home.

    Shares and times are printed with their 95 % interval.
    """
    from vincle.engine import journeys

    meant = journey_in(journey, home)
    with opened(file, home, case=case, activity=activity, time=time, timezone=timezone) as log:
        found = journeys.chart(log, of_case(meant, case, file), zone=timezone)
    if as_json:
        print_json(found)
        return
    for line in _lines(found, {each.key: each.name for each in meant.stages}):
        say(line)


def _lines(found: Mapping[str, Any], names: Mapping[str | None, str]) -> Iterator[str]:
    if found["as_of"] is None:
        yield "Nothing has happened yet that a journey could be read from."
        return
    yield f"{found['cases']:,} cases, {found['events']:,} events until {found['as_of']}."
    if found["before"]["events"]:
        yield ""
        yield "Before any stage"
        yield from _part(found["before"])
    for stage in found["stages"]:
        at, low, high = stage["share"]
        yield ""
        yield f"{names[stage['key']]} ({stage['key']})"
        yield f"{stage['entered']:>10,}  entered, {at:.1%} ({low:.1%} to {high:.1%}); {stage['here']:,} are there"
        if stage["waiting"]:
            yield f"{'':>12}after the stage before: {_span(stage['waiting']['median'])}"
        if stage["lasting"]:
            yield f"{'':>12}until another stage: {_span(stage['lasting'])}"
        yield from _part(stage)
    yield ""
    for former, latter, cases, seconds in found["flows"]:
        after = "" if seconds is None else f"  ({_days(seconds)})"
        yield f"{cases:>10,}  {names.get(former, 'begin')} → {names.get(latter, 'so far')}{after}"
    yield ""
    for stage in found["funnel"]["stages"]:
        at, low, high = stage["share"]
        yield f"{stage['cases']:>10,}  come as far as {names[stage['name']]}: {at:.1%} ({low:.1%} to {high:.1%})"
    conformance = found["conformance"]
    yield ""
    yield f"{conformance['conforming']:,} of {conformance['cases']:,} cases follow the design."
    for each in conformance["deviations"]:
        yield f"{each['cases']:>10,}  {each['share']:6.1%}  {each['what']}: {names[each['step']]}"


def _part(part: Mapping[str, Any]) -> Iterator[str]:
    yield f"{part['events']:>10,}  events with {part['people']:,} cases{_besides(part)}"
    for each in part["touchpoints"]:
        pause = f", {_span(each['pause'])} until the next" if each["pause"] else ""
        yield f"{each['events']:>10,}  at {each['key']}, {each['people']:,} cases{_besides(each)}{pause}"
    for each in part["undesigned"]:
        channel = f" by {each['channel']}" if each["channel"] else ""
        yield f"{each['events']:>10,}  not designed: {each['kind']}{channel}, {each['people']:,} cases{_besides(each)}"
    if part["undesigned_more"]:
        yield f"{'':>12}and {part['undesigned_more']:,} more kinds that are not designed"


def _besides(part: Mapping[str, Any]) -> str:
    """Money and feeling, where there are any."""
    told = [f"{amount} {currency}" for currency, amount in part.get("money", {}).items()]
    if part["feeling"]:
        at, low, high, cases = part["feeling"]
        between = "" if low is None else f" ({low:+.2f} to {high:+.2f})"
        told.append(f"feeling {at:+.2f}{between} of {cases:,}")
    return "".join(f", {each}" for each in told)


def _span(seconds: Sequence[float | None]) -> str:
    at, low, high = seconds
    between = "" if low is None or high is None else f" ({_days(low)} to {_days(high)})"
    return f"half within {_days(at or 0)}{between}"


def _days(seconds: float) -> str:
    return f"{seconds / 86_400:,.1f} days"
