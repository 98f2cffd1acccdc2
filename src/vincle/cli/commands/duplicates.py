"""`vincle duplicates`: people who are probably there twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say, tell
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.engine.duplicates import Found

app = new_app("Find people who are probably there twice, and decide about them.")

EXAMPLE = "Example: vincle duplicates find members.csv --id member_no --json"


NumberArgument = Annotated[
    int, typer.Argument(metavar="NUMBER", help="The pair, as “vincle duplicates list” numbers it.")
]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the history.")]


@app.callback(epilog=EXAMPLE)
def duplicates() -> None:
    """Find people who are probably there twice, and decide about them."""


@app.command(epilog=EXAMPLE)
def find(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A CSV, Parquet or other file of people; without it, the home's people."),
    ] = None,
    id: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--id", metavar="COL", help="The column of FILE that names each row.")
    ] = "",
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="P", help="The least probability, from 0 to 1.")
    ] = 0.5,
    why: Annotated[bool, typer.Option("--why", help="Say for each pair what speaks for it and against it.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Pairs of people who are probably the same, the most probable first. Nothing is changed.

    With --json, one line: a list of [id_a, id_b, probability]; with --why as well, each has a fourth part: a list of
    [what, level, bits].
    """
    if file is None and id:
        raise BadInput("--id names a column of a file.", "Give the file too, or leave --id out to look among the home.")
    found = _in_file(file, id, threshold) if file else _at_home(home, threshold)
    rows = _rows(found, why=why)
    if as_json:
        print_json(rows)
        return
    for a, b, probability, *reasons in rows:
        say(f"{probability:.4f}  {a}  {b}")
        for what, level, bits in reasons[0] if reasons else ():
            say(f"        {bits:+7.2f}  {what}: {level}")
    say(f"{len(rows):,} pairs, of {found.compared:,} compared.")


@app.command(epilog="Example: vincle duplicates look")
def look(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Look for duplicates among the people of the home and keep them in the queue, as happens each night."""
    duplicates = _room(home)
    from vincle.apps.accounts.facade import COMMAND_LINE
    from vincle.kernel import clock

    told = duplicates.look_now(actor=COMMAND_LINE, clock=clock.now)
    if as_json:
        print_json(told)
    else:
        say(f"{told['found']:,} pairs, {told['new']:,} of them new, of {told['compared']:,} compared. {told['note']}")


@app.command("list", epilog="Example: vincle duplicates list --threshold 0.9")
def list_(
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="P", help="The least probability, from 0 to 1.")
    ] = 0.0,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000, help="So many pairs at most.")] = 50,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Pairs of the queue that wait for somebody to decide, the most probable first."""
    pairs = _room(home).list_waiting(threshold=threshold, limit=limit)
    if as_json:
        print_json(pairs)
        return
    for pair in pairs:
        say(f"{pair['number']:>8}  {pair['probability']:.4f}  {' · '.join(each['name'] for each in pair['people'])}")
    if not pairs:
        say("No pair waits. To look for more: vincle duplicates look")


@app.command(epilog="Example: vincle duplicates accept 12 --reason 'Same phone'")
def accept(
    number: NumberArgument, reason: ReasonOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """The two of a pair are one person. “vincle person unmerge STEP” undoes it."""
    _decide(_room(home), "accept", number, reason, as_json=as_json)


@app.command(epilog="Example: vincle duplicates reject 12 --reason 'Father and son'")
def reject(
    number: NumberArgument, reason: ReasonOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """The two of a pair are not the same, for ever. “vincle person unmerge STEP” undoes it."""
    _decide(_room(home), "reject", number, reason, as_json=as_json)


def _decide(duplicates: Any, verb: str, number: int, reason: str, *, as_json: bool) -> None:
    from vincle.apps.accounts.facade import COMMAND_LINE
    from vincle.kernel import clock

    pair = duplicates.candidate_by_number(number)
    both = duplicates.people_of(pair)
    step = getattr(duplicates, verb)(pair, actor=COMMAND_LINE, now=clock.now(), reason=reason)
    if as_json:
        print_json({"step": str(step.pk), "people": [str(each.uid) for each in both]})
        return
    names = " and ".join(each.name for each in both)
    said = "are one person now" if verb == "accept" else "stay two people"
    say(f"{names} {said}. To undo: vincle person unmerge {step.pk}")


def _room(home: HomeOption) -> Any:
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.duplicates import facade

    return facade


def _in_file(file: Path, id: str, threshold: float) -> "Found":  # noqa: A002
    from vincle.engine.duplicates import find as find_among
    from vincle.engine.tabular import open_file

    with open_file(file) as reader:
        if not id:
            raise BadInput(
                "Which column names each row? Say it with --id.", f"The columns are: {', '.join(reader.columns)}."
            )
        return find_among(_tables(reader), id=id, threshold=threshold)


def _tables(reader: Any) -> Iterator[Any]:
    """The rows of a file, all with the same columns; one table without rows when there are none."""
    import pyarrow as pa

    names, unread, empty = list(reader.columns), 0, True
    for chunk in reader.chunks():
        unread += chunk.rejects.num_rows
        empty = False
        table = chunk.table
        for name in set(names) - set(table.column_names):
            table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
        yield table.select(names)
    if empty:
        yield pa.table({name: pa.array([], pa.string()) for name in names})
    if unread:
        tell(f"{unread:,} rows of {reader.name} could not be read and were left out.")


def _at_home(home: HomeOption, threshold: float) -> "Found":
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    import vincle.engine as ve
    from vincle.apps.people import facade as people
    from vincle.flow import mirror
    from vincle.kernel.home import Home

    place = Home.at(home).require()
    mirror.refresh(place)
    with ve.open(place) as log:
        found = ve.duplicates.find(people.people_to_compare(log), id="uid", threshold=threshold)
    return found.without(people.told_apart())


def _rows(found: "Found", *, why: bool) -> list[list[Any]]:
    pairs = [list(pair) for pair in zip(*(column.to_pylist() for column in found.pairs.columns), strict=True)]
    for place, pair in enumerate(pairs):
        pair[2] = round(pair[2], 6)
        if why:
            pair.append([[each.what, each.level, round(each.bits, 3)] for each in found.reasons(place)])
    return pairs
