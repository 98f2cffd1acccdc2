"""`vincle export`: the log, or its people, in a file that others can read."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.kernel.home import Home

app = new_app()

FORMATS = {
    ".csv": "csv",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".xes": "xes",
    ".xes.gz": "xes",
    ".ocel.json": "ocel-json",
    ".jsonocel": "ocel-json",
    ".json": "ocel-json",
    ".sqlite": "ocel-sqlite",
    ".vcf": "vcf",
    ".xlsx": "xlsx",
}
OF_PEOPLE = ("vcf", "xlsx")


@app.command(epilog="Example: vincle export orders.csv --kind order.placed --since 2026-01-01")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Its ending says the format, unless --format does.")],
    home: HomeOption = None,
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option(help="csv, parquet, jsonl, xes, ocel-json or ocel-sqlite; vcf or xlsx: people.")
    ] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help="From this day on, in UTC: 2026-01-31.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Before this day, in UTC.")] = "",
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind; may be given several times.")] = None,
    case: Annotated[
        str, typer.Option(help="What a trace of XES is about: person, or a type of things such as order.")
    ] = "person",
    version: Annotated[str, typer.Option(help="Of vCard: 4.0 or 3.0.")] = "4.0",
    as_json: JsonOption = False,
) -> None:
    """Write the log, or a part of it, to a file: CSV, Parquet, JSON Lines, XES or OCEL 2.0.

    Or its people: vCard or an Excel workbook.

    The log is brought into its mirror first, so that nothing of it is missing.
    """
    format = format or _format_of(file)  # noqa: A001
    if format in OF_PEOPLE:
        if since or until or kind:
            raise BadInput("People are written whole.", "Leave --since, --until and --kind out.")
        counts = {"people": _people(file, format, version, home)}
        _told(file, counts, as_json=as_json)
        return
    import vincle.engine as ve
    from vincle.engine.export import export as run
    from vincle.flow import mirror

    place = Home.at(home).require()
    first, end = _day(since), _day(until)
    mirror.refresh(place)
    counts = run(ve.open(place.path), file, format=format, since=first, until=end, kinds=kind or None, case=case)
    _told(file, counts, as_json=as_json)


def _people(file: Path, format: str, version: str, home: Path | None) -> int:  # noqa: A002 - as above
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.people import facade as people

    everybody = people.Criteria(order="name")
    if format == "vcf":
        return people.write_cards(file, everybody, version=version)
    from vincle.apps.lists import facade as lists

    columns, now = lists.usual_columns(), clock.now()
    shown = people.Shown(columns, lambda some: lists.cells(some, columns, now=now), people.source_labels())
    return people.write_workbook(file, everybody, shown=shown)


def _told(file: Path, counts: dict[str, int], *, as_json: bool) -> None:
    if as_json:
        print_json({"file": file.absolute(), **counts})
    else:
        say(f"{file} holds {', '.join(f'{count:,} {what}' for what, count in counts.items())}.")


def _format_of(file: Path) -> str:
    for ending, name in sorted(FORMATS.items(), key=lambda each: -len(each[0])):
        if file.name.lower().endswith(ending):
            return name
    raise BadInput(f"The ending of {file.name} says no format that we write.", "Say which one with --format.")


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"“{text}” is no date.", "Write it as 2026-01-31.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
