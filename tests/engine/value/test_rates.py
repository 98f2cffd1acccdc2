"""Several currencies: the last rate known on a day counts, exactly, and none is guessed."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.value.files import opened
from engine.value.test_transactions import told
from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.steps import Pipeline
from vincle.engine.value.rate_checks import checked
from vincle.engine.value.rates import IN_ONE_CURRENCY
from vincle.engine.value.transactions import read
from vincle.kernel.errors import BadInput

FIRST = date(2024, 1, 1)


def rates(*rows: tuple[int, str, object]) -> pa.Table:
    """Rates of days of January 2024."""
    return pa.table(
        {
            "day": [date(2024, 1, day) for day, _, _ in rows],
            "currency": [code for _, code, _ in rows],
            "rate": [str(rate) for *_, rate in rows],
        }
    )


RATES = rates((2, "USD", "0.9"), (5, "USD", "0.8"), (3, "JPY", "0.0064"))
CSV = "who,day,paid,coin\na,2024-01-01,1,EUR\na,2024-01-02,10,USD\na,2024-01-04,10,usd\na,2024-01-05,-10,$\n"


@settings(max_examples=60, deadline=None)
@given(
    said=st.dictionaries(
        st.tuples(st.integers(0, 20), st.sampled_from(["USD", "JPY"])),
        st.decimals("0.000000000001", "999999", places=12),
        max_size=12,
    ),
    paid=st.lists(
        st.tuples(st.integers(0, 25), st.sampled_from(["USD", "JPY", "GBP", "EUR"]), st.integers(-(10**12), 10**12)),
        min_size=1,
        max_size=20,
    ),
)
def test_the_last_rate_known_counts(said: dict[tuple[int, str], Decimal], paid: list[tuple[int, str, int]]) -> None:
    runner = DuckDBRunner(duckdb.connect())
    days, codes, amounts = zip(*paid, strict=True)
    runner.given(
        "paid",
        pa.table({"day": [FIRST + timedelta(day) for day in days], "currency": codes, "amount": amounts}).append_column(
            "n", pa.array(range(len(paid)))
        ),
    )
    table = pa.table(
        {
            "day": pa.array([FIRST + timedelta(day) for day, _ in said], pa.date32()),
            "currency": pa.array([code for _, code in said], pa.string()),
            "rate": pa.array(list(said.values()), pa.decimal128(18, 12)),
        }
    )
    runner.given("rates", checked(table, "EUR") if said else table)
    found = runner.run(Pipeline(IN_ONE_CURRENCY, {"currency": "EUR"})).sort_by("n").column("main_amount").to_pylist()
    assert [expected(said, *each) for each in paid] == found


def expected(said: dict[tuple[int, str], Decimal], day: int, code: str, amount: int) -> int | None:
    if code == "EUR":
        return amount
    known = [at for at, of in said if of == code and at <= day]
    product = Decimal(amount) * said[max(known), code] if known else None
    return None if product is None else int(product.to_integral_value(ROUND_HALF_UP))


@pytest.mark.parametrize("typed", [True, False], ids=["Parquet", "CSV"])
def test_a_file_in_several_currencies(tmp_path: Path, typed: bool) -> None:
    path = tmp_path / ("x.parquet" if typed else "x.csv")
    if typed:
        rows = [line.split(",") for line in CSV.splitlines()[1:]]
        who, days, paid, coins = zip(*rows, strict=True)
        table = {"who": who, "day": [date.fromisoformat(day) for day in days], "paid": list(map(float, paid))}
        pq.write_table(pa.table({**table, "coin": coins}), path)
    else:
        path.write_text(CSV, "utf-8")
    columns = {"customer": "who", "time": "day", "amount": "paid", "currency_column": "coin"}
    with read(path, **columns, currency="EUR", rates=RATES) as log:
        assert [10_000, 90_000, 90_000, -80_000] == [amount for _, _, amount in told(log)]
        assert ({}, True) == (log.left_out, log.returns)
    with read(path, **columns, currency="USD") as log:
        assert ([100_000, 100_000, -100_000], {"other_currency": 1}) == (
            [amount for *_, amount in told(log)], log.left_out,
        )  # fmt: skip
    with pytest.raises(BadInput, match="several currencies: EUR, USD"), read(path, **columns):
        pass


def test_a_payment_before_the_first_rate_is_left_out(tmp_path: Path) -> None:
    rows = [("a", "2024-01-01", "$1"), ("a", "2024-01-02", "$1"), ("a", "2024-01-02", "£5"), ("b", "2024-01-01", "2")]
    with opened(tmp_path, rows, currency="EUR", rates=RATES) as log:
        assert [("a", date(2024, 1, 2), 9_000), ("b", date(2024, 1, 1), 20_000)] == told(log)
        assert {"no_rate": 2} == log.left_out


def test_a_currency_that_is_not_said_or_not_known_is_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("who,day,paid,coin\na,2024-01-01,1,\na,2024-01-02,2,shells\na,2024-01-03,3,EUR\n", "utf-8")
    with read(path, customer="who", time="day", amount="paid", currency_column="coin") as log:
        assert ([30_000], {"currency": 2}) == ([amount for *_, amount in told(log)], log.left_out)


def test_rates_need_a_currency(tmp_path: Path) -> None:
    rows = [("a", "2024-01-01", "$1")]
    with pytest.raises(BadInput, match="Into which currency"), opened(tmp_path, rows, rates=RATES):
        pass
    with pytest.raises(BadInput, match="“euros” is no currency"), opened(tmp_path, rows, currency="euros"):
        pass
    with pytest.raises(BadInput, match="No row of"), opened(tmp_path, rows, currency="EUR", rates=RATES):
        pass


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (rates((2, "USD", "-0.9")), "The rate of USD on 2024-01-02 is “-0.9”, which is no number above 0"),
        (rates((2, "USD", 0)), "is “0”, which is no number above 0"),
        (rates((2, "USD", "0.0000000000001")), "is “0.0000000000001”, which is no number above 0"),
        (rates((2, "USD", "NaN")), "is “NaN”"),
        (rates((2, "USD", "inf")), "is “inf”"),
        (rates((2, "USD", "1000000")), "below 1,000,000"),
        (rates((2, "QQQ", 1)), "“QQQ” is no currency"),
        (rates((2, "USD", 0.9), (2, "USD", 0.8)), "There are two rates of USD on 2024-01-02: 0.8 and 0.9."),
        (rates((2, "EUR", 2)), "EUR is worth 2 of itself on 2024-01-02"),
        (rates(), "There are no rates"),
        (rates((2, "USD", 1)).drop_columns(["day"]), "The rates have no column “day”"),
        (pa.table({"day": pa.array([None], pa.date32()), "currency": ["USD"], "rate": [1.0]}), "without a day"),
    ],
)
def test_rates_that_are_wrong(table: pa.Table, words: str) -> None:
    with pytest.raises(BadInput, match=words.replace("(", r"\(")):
        checked(table, "EUR")


def test_rates_said_twice_are_one() -> None:
    table = rates((3, "USD", "0.9"), (2, "USD", 1), (3, "USD", "0.90"), (2, "EUR", 1))
    assert [("EUR", 2, 1), ("USD", 2, 1), ("USD", 3, Decimal("0.9"))] == [
        (row["currency"], row["day"].day, row["rate"]) for row in checked(table, "EUR").to_pylist()
    ]
