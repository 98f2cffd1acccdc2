"""`vincle duplicates`: people who are probably there twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say, tell
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.engine.duplicates import Found

app = new_app("Find people who are probably there twice.")

EXAMPLE = "Example: vincle duplicates find members.csv --id member_no --json"


@app.callback(epilog=EXAMPLE)
def duplicates() -> None:
    """Find people who are probably there twice."""


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
