"""Whether rates of currencies can be used: one clear sentence for what is wrong with them."""

from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from vincle.engine.value.rates import RATES
from vincle.kernel.errors import BadInput

LARGEST = 1_000_000  # of a rate, so that every product is exact


def checked(given: pa.Table, currency: str, name: str = "", *, largest: float | None = LARGEST) -> pa.Table:
    """Rates to the main `currency` as a table of `RATES` (day, currency, rate), each day and currency once, in order.

    `given` has these columns, the rate as any number or a text. Raises `BadInput` for an unknown currency, a rate that
    is no number above 0 and below a million, a row without a day, two rates of one day that disagree, a main currency
    that is not worth 1 of itself, and where there are none. `name` is that of the file, for the sentence.
    """
    missing = [column for column in RATES.names if column not in given.column_names]
    if missing:
        raise BadInput(f"The rates have no column “{missing[0]}”.", "Give day, currency and rate.")
    refuse_currency(currency)
    where = f" in “{name}”" if name else ""
    with duckdb.connect() as connection:
        connection.register("given", given.select(RATES.names))
        connection.execute(
            "CREATE TABLE rates AS SELECT TRY_CAST(day AS DATE) AS day, currency::VARCHAR AS currency, "
            "rate::VARCHAR AS written, TRY_CAST(rate AS DECIMAL(38, 18)) AS exact FROM given"
        )
        _refuse(connection, currency, where, largest)
        rate = f"exact::DECIMAL({18 if largest else 38}, 12)"
        found = connection.sql(
            f"SELECT day, currency, any_value({rate}) AS rate FROM rates GROUP BY day, currency ORDER BY currency, day"
        ).to_arrow_table()
    if not found.num_rows:
        raise BadInput(f"There are no rates{where}.", "Say at least one: a day, a currency and a rate.")
    return found.cast(RATES) if largest else found


def is_currency(code: str) -> bool:
    """Whether that is the code of a currency (ISO 4217, those of the past too)."""
    return code in _codes()


def refuse_currency(code: str, name: str = "") -> None:
    """Raise `BadInput` for what is not the code of a currency."""
    if not is_currency(code):
        raise BadInput(f"“{code}”{f' in “{name}”' if name else ''} is no currency.", "Say its code, such as EUR.")


def _refuse(connection: duckdb.DuckDBPyConnection, currency: str, where: str, largest: float | None) -> None:
    def first(query: str) -> Any:
        return connection.execute(f"{query} ORDER BY day, currency LIMIT 1").fetchone()

    known = {code for (code,) in connection.execute("SELECT DISTINCT currency FROM rates").fetchall()}
    unknown = sorted(known - _codes() - {None})
    if unknown:
        raise BadInput(f"“{unknown[0]}”{where} is no currency.", "Say its code, such as EUR.")
    if first("SELECT day, currency FROM rates WHERE day IS NULL OR currency IS NULL"):
        raise BadInput(f"There is a rate{where} without a day or a currency.", "Say all three of each.")
    below = f"exact >= {largest}" if largest else "false"
    limit = f" and below {largest:,.0f}" if largest else ""
    wrong = first(
        f"SELECT day, currency, written FROM rates WHERE exact IS NULL OR exact::DECIMAL(38, 12) <= 0 OR {below}"
    )
    if wrong:
        raise BadInput(
            f"The rate of {wrong[1]} on {wrong[0]}{where} is “{wrong[2] or ''}”, which is no number above 0{limit}.",
            "Mend it, or leave the row out.",
        )
    # Rates are doubtful, not wrong, where they differ by no more than is kept of them.
    two = first(
        "SELECT day, currency, min(exact), max(exact) FROM rates GROUP BY day, currency "
        "HAVING min(exact::DECIMAL(38, 12)) <> max(exact::DECIMAL(38, 12))"
    )
    if two:
        raise BadInput(
            f"There are two rates of {two[1]} on {two[0]}{where}: {two[2].normalize():f} and {two[3].normalize():f}.",
            "Keep the right one.",
        )
    itself = connection.execute(
        "SELECT day, written FROM rates WHERE currency = $currency AND exact <> 1 ORDER BY day LIMIT 1",
        {"currency": currency},
    ).fetchone()
    if itself:
        raise BadInput(
            f"{currency}{where} is worth {itself[1]} of itself on {itself[0]}.", "Is this the main currency?"
        )


@cache
def _codes() -> frozenset[str]:
    from babel.core import get_global

    return frozenset(get_global("all_currencies"))
