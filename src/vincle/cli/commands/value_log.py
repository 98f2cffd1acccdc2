"""What the commands of `vincle value` read: a file of transactions or the log of a home; and the options they share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vincle.cli.options import tell
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    import pyarrow as pa

    from vincle.engine.log import Log
    from vincle.engine.value import Transactions

SHOWN = 20  # people left out that are named

FileArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]",
        help="Transactions: CSV, Parquet, columns aligned with spaces; without it, the home's log.",
    ),
]
CustomerOption = Annotated[
    str,
    typer.Option("--customer", metavar="COL", help="The column that says who: its name, or its place from 0 on."),
]
TimeOption = Annotated[str, typer.Option("--time", metavar="COL", help="The column that says when.")]
AmountOption = Annotated[str, typer.Option("--amount", metavar="COL", help="The column that says how much.")]
CurrencyColumnOption = Annotated[
    str, typer.Option("--currency-column", metavar="COL", help="The column that says in which currency.")
]
CurrencyOption = Annotated[
    str,
    typer.Option("--currency", metavar="CODE", help="The main currency, such as EUR; of a home, the organisation's."),
]
RatesOption = Annotated[
    Path | None,
    typer.Option(
        "--rates",
        metavar="FILE",
        help="Rates per day to the main currency: day,currency,rate, or as the ECB writes them.",
    ),
]
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Of a home: only this kind counts. May be given several times."),
]
ZoneOption = Annotated[
    str,
    typer.Option(
        "--timezone",
        metavar="ZONE",
        help="Of times that do not say theirs, and whose days count; else UTC, or the home's.",
    ),
]
UnitOption = Annotated[str, typer.Option("--unit", metavar="UNIT", help="day, week, month or year.")]


@dataclass(frozen=True, slots=True)
class Source:
    """Transactions, in `currency` if that is known ("" otherwise); of a home also its log."""

    transactions: "Transactions"
    currency: str
    log: "Log | None" = None

    def named(self, customers: "pa.ChunkedArray") -> "pa.ChunkedArray | pa.Array":
        """Customers as a user knows them: of a home by their address (uid)."""
        if self.log is None:
            return customers
        import pyarrow as pa
        import pyarrow.compute as pc

        known = self.log.sql("SELECT id, uid FROM people_rows").to_arrow_table().combine_chunks()
        return known.column("uid").take(pc.index_in(customers, pa.array(known.column("id").combine_chunks())))


@contextmanager
def opened(
    file: Path | None,
    home: Path | None,
    *,
    customer: str = "",
    time: str = "",
    amount: str = "",
    currency_column: str = "",
    currency: str = "",
    rates: Path | None = None,
    kinds: Sequence[str] | None = None,
    timezone: str = "",
    needs_money: bool = True,
) -> Iterator[Source]:
    """A file of transactions, or without one the log of a home, brought up to date."""
    from vincle.engine import value as engine
    from vincle.engine.value.transactions import zone_named

    main = _main_currency(currency, rates)
    if file is None:
        if customer or time or amount or currency_column:
            raise BadInput(
                "--customer, --time, --amount and --currency-column name columns of a file.",
                "Give the file too, or leave them out.",
            )
        with _of_home(home, main, rates, kinds, timezone) as source:
            yield source
        return
    if kinds:
        raise BadInput("--kind is of what happened in a home's log.", "Leave it out, or give no file.")
    if needs_money and not amount:
        raise BadInput("Which column is the amount?", "Say it with --amount.")
    zone = timezone or "UTC"
    found = engine.read_rates(rates, currency=main) if rates else None
    with engine.read(
        file,
        customer=customer,
        time=time,
        amount=amount,
        currency_column=currency_column,
        currency=main,
        rates=found,
        timezone=zone,
        today=datetime.now(zone_named(zone)).date(),
    ) as log:
        yield Source(log, main)


@contextmanager
def _of_home(
    path: Path | None, currency: str, rates: Path | None, kinds: Sequence[str] | None, timezone: str
) -> Iterator[Source]:
    from vincle.cli.django import ready, require_migrated

    place = ready(path)
    require_migrated()
    import vincle.engine as ve
    from vincle.engine.value.transactions import zone_named
    from vincle.flow import mirror
    from vincle.kernel.house import house

    main, zone = currency or house().currency, timezone or house().timezone
    today = datetime.now(zone_named(zone)).date()
    found = ve.value.read_rates(rates, currency=main) if rates else None
    mirror.refresh(place)
    with ve.open(place) as log:
        paid = ve.value.of_log(log, currency=main, today=today, zone=zone, kinds=kinds or None, rates=found)
        yield Source(paid, main, log)


def _main_currency(currency: str, rates: Path | None) -> str:
    from vincle.engine.value.rate_checks import refuse_currency

    main = currency.strip().upper()
    if main:
        refuse_currency(main)
    elif rates is not None:
        raise BadInput("Into which currency are the amounts to be brought?", "Say it with --currency EUR.")
    return main


def one_of(word: str, known: Sequence[Any], what: str) -> Any:
    """The word, if it is one of those known. Raises `BadInput` otherwise."""
    if word not in known:
        raise BadInput(f"“{word}” is no {what}.", f"Say {', '.join(known[:-1])} or {known[-1]}.")
    return word


def day_of(text: str, option: str) -> date | None:
    """The day of an option; None where it is not given. Raises `BadInput` for what is no day."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"“{text}” is no day.", f"Write {option} as 2024-06-30.") from error


def share_of(number: float, option: str, *, above: float = 0.0, most: float = 1.0) -> float:
    """A number of an option that must lie from `above` to `most`. Raises `BadInput` otherwise."""
    if not above <= number <= most:
        raise BadInput(f"{option} {number:g} does not lie from {above:g} to {most:g}.", "Say it as 0.1 for 10 %.")
    return number


def tell_left_out(left_out: dict[str, int], flagged: Sequence[tuple[Any, int]] = ()) -> None:
    """Say how many rows are not used, for want of what; and who is no person."""
    said = {
        "future": "{:,} rows dated in the future were left out.",
        "people_without_time": "Of {:,} people no row says when.",
        "other_currency": "{:,} rows in other currencies were left out; --rates brings them into one.",
        "no_rate": "{:,} rows in currencies without a rate on their day or before were left out.",
    }
    for what, number in left_out.items():
        tell(said.get(what, f"{{:,}} rows without {what} were left out.").format(number))
    for who, rows in flagged[:SHOWN]:
        tell(f"“{who}” has {rows:,} rows on one day, which no person does, and was left out.")
