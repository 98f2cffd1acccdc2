"""Rates of currencies from files, and whether they can be used.

Two forms are read: a row for each `day,currency,rate`, the rate being what one unit was worth in the main currency; and
that of the European Central Bank, a row for each day and a column for each currency, how many units of it one euro was
worth (`Date,USD,JPY,...`; N/A where there was none): https://www.ecb.europa.eu, euro foreign exchange reference rates.
"""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular.derived import tidy
from vincle.engine.tabular.header_words import words_of
from vincle.engine.tabular.mapping import When
from vincle.engine.tabular.moments import Moments
from vincle.engine.tabular.opening import open_file
from vincle.engine.tabular.reader import Reader
from vincle.engine.tabular.workbench import Workbench
from vincle.engine.value.rate_checks import checked, is_currency, refuse_currency
from vincle.kernel.errors import BadInput

EURO = "EUR"
_NOTHING = ["", "n/a", "na", "-"]  # of a day on which there was no rate; of the second form only
_PARTS = {
    "day": ("day", "date", "dia", "data", "fecha"),
    "currency": ("currency", "currency code", "moneda", "divisa"),
    "rate": ("rate", "exchange rate", "canvi", "tipus de canvi", "cambio", "tipo de cambio"),
}
_FORMS = "Its columns must be day, currency and rate, or Date and the code of a currency each, as the ECB writes them."


def read_rates(path: Path | str, *, currency: str) -> pa.Table:
    """The rates of a file to the main `currency`, as a table of `rates.RATES`, the earliest first.

    Of the ECB's rates the main currency may be the euro or any that the file has: then both of one day count. Raises
    `BadInput`, with a sentence that says which and where, for a file that is neither, an unknown currency, a rate that
    is no number above 0, a day that cannot be read, and two rates of one day that disagree.
    """
    refuse_currency(currency)
    with open_file(path) as reader:
        places = {part: name for name in reversed(reader.columns) if (part := _part(words_of(name)))}
        if len(places) == 3:
            return checked(_said(reader, places), currency, reader.name)
        codes = [name for name in reader.columns if name not in places.values()]
        codes = [name for name in codes if not name.startswith("column ")]  # the bank ends each line with a comma
        if "day" not in places or "rate" in places or not any(is_currency(name.strip()) for name in codes):
            raise BadInput(f"“{reader.name}” holds no rates that can be read.", _FORMS)
        for name in codes:
            refuse_currency(name.strip(), reader.name)
        quotes = checked(_quoted(reader, places["day"], codes), EURO, reader.name, largest=None)
        return checked(_turned(quotes, currency, reader.name), currency, reader.name)


def _part(words: str) -> str:
    """What a column of these words says; "" where it is none of ours."""
    return next((part for part, called in _PARTS.items() if words in called), "")


def _said(reader: Reader, places: dict[str, str]) -> pa.Table:
    """day, currency and rate as their cells say them; rows of nothing are none."""
    cells = _columns(reader, list(places.values())).rename_columns(list(places))
    somewhere = [cells.column(part).is_valid() for part in places]
    rows = cells.filter(pc.or_(pc.or_(somewhere[0], somewhere[1]), somewhere[2]))
    days = _days(reader.name, rows.column("day"))
    codes, numbers = pc.utf8_upper(rows.column("currency")), _numbers(rows.column("rate"))
    return pa.table({"day": days, "currency": codes, "rate": numbers})


def _quoted(reader: Reader, day: str, codes: list[str]) -> pa.Table:
    """day, currency and units per euro, of each cell that says any."""
    cells = _columns(reader, [day, *codes])
    days = _days(reader.name, cells.column(day))
    tables = []
    for code in codes:
        column = cells.column(code)
        there = pc.invert(pc.is_in(pc.utf8_lower(pc.fill_null(column, "")), pa.array(_NOTHING)))
        found = _numbers(column.filter(there))
        tables.append(
            pa.table(
                {
                    "day": days.filter(there),
                    "currency": pa.repeat(pa.scalar(code.strip()), len(found)),
                    "rate": found,
                }
            )
        )
    return pa.concat_tables(tables)


def _columns(reader: Reader, names: list[str]) -> pa.Table:
    chunks = [chunk.table.select(names) for chunk in reader.chunks()]
    whole = pa.concat_tables(chunks) if chunks else pa.table({name: pa.array([], pa.string()) for name in names})
    return pa.table([tidy(whole.column(name)) for name in names], names)


def _days(name: str, cells: pa.ChunkedArray) -> pa.Array:
    """The days of the cells; of 3/4/2024 whichever comes first in the one order in which all can be read."""
    column = cells.combine_chunks()
    with Workbench() as bench:
        moments, problems = Moments(bench, When(), "UTC")(column)
        if problems.null_count < len(problems):
            orders = (Moments(bench, When(date_order="dmy"), "UTC"), Moments(bench, When(date_order="mdy"), "UTC"))
            read = [found for found, told in (order(column) for order in orders) if told.null_count == len(told)]
            if len(read) == 1:
                moments, problems = read[0], pa.nulls(len(column), pa.string())
    bad = pc.or_(problems.is_valid(), column.is_null())
    if pc.any(bad).as_py():
        wrong = column.filter(bad)[0].as_py()
        raise BadInput(f"“{name}” has a day “{wrong or ''}” that cannot be read.", "Write each day as 2024-06-30.")
    return moments.cast(pa.timestamp("us")).cast(pa.date32(), safe=False)


def _numbers(cells: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The texts of numbers, with a point; a comma is one where there is no point."""
    return pc.replace_substring(cells, ",", ".")


def _turned(quotes: pa.Table, currency: str, name: str) -> pa.Table:
    """Units per euro as rates to the main currency, by the quotes of the same day."""
    with duckdb.connect() as connection:
        connection.register("quotes", quotes)
        if currency == EURO:
            query = "SELECT day, currency, 1 / rate::DOUBLE AS rate FROM quotes"
        else:
            query = (
                "SELECT q.day, q.currency, m.rate::DOUBLE / q.rate::DOUBLE AS rate FROM quotes q "
                "JOIN quotes m ON m.day = q.day AND m.currency = $currency WHERE q.currency <> $currency "
                "UNION ALL SELECT day, 'EUR', rate::DOUBLE FROM quotes WHERE currency = $currency"
            )
        asked = None if currency == EURO else {"currency": currency}
        found = connection.sql(query, params=asked).to_arrow_table()
    if not found.num_rows:
        raise BadInput(f"“{name}” says no rate of {currency}.", "Choose a main currency that it has, or another file.")
    return found
