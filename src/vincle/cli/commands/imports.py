"""`vincle import` and `vincle imports`: files into the log, and back out of it."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vincle.cli import django
from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say, tell
from vincle.cli.progress import shown_progress
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.engine.tabular.mapping import Rows

import_app = new_app()
imports_app = new_app("List what was imported; take an import back.")

LIST_EXAMPLE = "Example: vincle imports --json"
UNDO_EXAMPLE = "Example: vincle imports undo 3f9a"
IMPORT_EXAMPLE = "Example: vincle import orders.csv --source shop --save-map shop.toml --dry-run"


@import_app.command(epilog=IMPORT_EXAMPLE)
def import_(
    files: Annotated[
        list[Path], typer.Argument(help="Files: CSV, TSV, Excel, JSON Lines, Parquet, vCard, XES, OCEL 2.0.")
    ],
    source: Annotated[str, typer.Option(help="Where the files come from; else the file's name says.")] = "",
    map_file: Annotated[
        Path | None, typer.Option("--map", help="A TOML file that says what each column means.")
    ] = None,
    save_map: Annotated[
        Path | None, typer.Option("--save-map", help="Write the guessed meaning of the columns there.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would enter and what would not; change nothing.")
    ] = False,
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook; else the first.")] = "",
    delimiter: Annotated[str, typer.Option(help="What separates columns; else it is recognised.")] = "",
    encoding: Annotated[str, typer.Option(help="How letters are written, such as cp1252; else it is recognised.")] = "",
    day_first: Annotated[
        bool | None, typer.Option("--day-first/--month-first", help="How to read dates such as 03/04/2026.")
    ] = None,
    people: Annotated[
        bool | None,
        typer.Option("--people/--happenings", help="What each row is: a person, or something that happened."),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring files into the log. Importing the same file again adds nothing."""
    django.ready(home)
    django.require_migrated()
    options = {"sheet": sheet, "delimiter": delimiter, "encoding": encoding}
    chosen = {name: value for name, value in options.items() if value}
    order = None if day_first is None else ("dmy" if day_first else "mdy")
    rows: Rows | None = None if people is None else ("people" if people else "happenings")
    results = [
        _one(
            path,
            source=source,
            options=chosen,
            map_file=map_file,
            save_map=save_map,
            date_order=order,
            rows=rows,
            dry_run=dry_run,
        )
        for path in files
    ]
    if not dry_run:
        from vincle.apps.today.facade import refresh_reading
        from vincle.kernel.clock import now

        refresh_reading(now=now())
    if as_json:
        print_json(results[0] if len(results) == 1 else results)
    else:
        for result in results:
            _print_result(result)


def _one(
    path: Path,
    *,
    source: str,
    options: dict[str, str],
    map_file: Path | None,
    save_map: Path | None,
    date_order: str | None,
    rows: "Rows | None",
    dry_run: bool,
) -> dict[str, Any]:
    from vincle.apps.accounts.facade import COMMAND_LINE
    from vincle.apps.sources import facade as sources
    from vincle.kernel.clock import now

    given = _given(map_file)
    this = sources.receive(path, actor=COMMAND_LINE, now=now(), source=source or _source_of(given), options=options)
    try:
        if this.batch is None:
            toml = _mapping(this, given, save_map=save_map, date_order=date_order, rows=rows)
            sources.choose_mapping(this, toml=toml, actor=COMMAND_LINE, now=now())
        else:
            tell("This import was cut short; it goes on as it began.")
        if not dry_run:
            with shown_progress(path.name) as progress:
                sources.run(this, progress=progress)
            return sources.report(this)
        with shown_progress(f"{path.name} (dry run)") as progress:
            return {**sources.check(this, progress=progress), "file": path.name, "dry_run": True}
    finally:
        if dry_run:
            sources.discard(this)


def _given(map_file: Path | None) -> str | None:
    """The text of the mapping that is given, if any."""
    if map_file is None:
        return None
    if not map_file.is_file():
        raise BadInput(f"There is no file “{map_file}”.")
    return map_file.read_text("utf-8")


def _source_of(toml: str | None) -> str:
    """Where files with this mapping come from: the same for all of them, however they are called."""
    from vincle.engine.tabular.mapping import Mapping

    return "" if toml is None else Mapping.from_toml(toml).source


def _mapping(this: Any, toml: str | None, *, save_map: Path | None, date_order: str | None, rows: "Rows | None") -> str:
    from vincle.apps.sources import facade as sources

    if toml is None:
        understood = sources.understand(this, date_order=date_order, rows=rows)
        for line in understood.lines:
            tell(f"  {line}")
        if save_map is not None:
            save_map.write_text(understood.toml, "utf-8")
            tell(f"The meaning of the columns is in {save_map}; edit it and give it back with --map.")
        if understood.questions:
            raise BadInput(" ".join(understood.questions), understood.answer_with)
        return understood.toml
    if save_map is not None:
        save_map.write_text(toml, "utf-8")
    return toml


def _print_result(result: dict[str, Any]) -> None:
    if result.get("dry_run"):
        say(
            f"{result['file']}: {result['read']:,} rows read; {result['would_enter']:,} would enter, "
            f"{result['rejected']:,} would not, {result['held']:,} would wait in quarantine."
        )
    else:
        say(
            f"{result['file']}: {result['read']:,} rows read; {result['new']:,} entered, "
            f"{result['known']:,} were known, {result['rejected']:,} rejected, {result['held']:,} in quarantine."
        )
    for reason, rows in result["reasons"][:10]:
        say(f"  {rows:>8,}  {reason}")
    if result.get("rejects_file"):
        say(f"The rejected rows, with the reason beside each, are in {result['rejects_file']}")
    if not result.get("dry_run"):
        say(f"To take it back: vincle imports undo {result['id'][-6:]}")


@imports_app.callback(invoke_without_command=True, epilog=LIST_EXAMPLE)
def list_imports(context: typer.Context, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """The imports, newest first."""
    if context.invoked_subcommand is not None:
        return
    django.ready(home)
    django.require_migrated()
    from vincle.apps.sources import facade as sources

    found = sources.list_imports()
    if as_json:
        print_json(found)
    elif not found:
        say("Nothing has been imported yet. Bring a file in with: vincle import FILE")
    for each in [] if as_json else found:
        when: datetime = each["created_at"]
        say(f"{each['id'][-6:]}  {when:%Y-%m-%d %H:%M}  {each['state']:<8}  {each['new']:>10,}  {each['file']}")


@imports_app.command(epilog=UNDO_EXAMPLE)
def undo(
    id: Annotated[str, typer.Argument(help="The import, by its number or the last letters of it.")],  # noqa: A002
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a whole import back: its interactions leave the log."""
    django.ready(home)
    django.require_migrated()
    from vincle.apps.accounts.facade import COMMAND_LINE
    from vincle.apps.sources import facade as sources
    from vincle.apps.today.facade import refresh_reading
    from vincle.kernel.clock import now

    this = sources.import_by_uid(id)
    left = sources.take_back(this, actor=COMMAND_LINE, now=now())
    refresh_reading(now=now())
    if as_json:
        print_json({"id": str(this.uid), "file": this.name, "removed": left})
    else:
        say(f"{this.name}: {left:,} interactions left the log.")
