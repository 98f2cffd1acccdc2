"""Files of transactions, good and bad."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.value.files import opened
from vincle.engine.value.transactions import Transactions, read
from vincle.kernel.errors import BadInput

ROWS = [("a", date(2024, 1, 31), 100_000), ("a", date(2024, 2, 1), 25_000), ("b", date(2024, 2, 1), 0)]


def told(log: Transactions) -> list[tuple[str, date, int]]:
    from vincle.engine.steps import Pipeline, Step

    every = Step("every", "SELECT customer, day, amount FROM transactions ORDER BY customer, day", "All.")
    return [tuple(row.values()) for row in log.runner.run(Pipeline((every,))).to_pylist()]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "text", "columns"),
    [
        ("x.csv", "who,day,paid\na,2024-01-31,10\na,2024-02-01,2.50\nb,2024-02-01,0\n", ("who", "day", "paid")),
        ("x.tsv", "a\t20240131\t10\na\t20240201\t2.5\nb\t20240201\t0\n", ("0", "1", "2")),
        ("x.txt", " a  20240131  1  10.00\n a  20240201  2   2.50\n b  20240201  9   0.00\n", ("0", "1", "3")),
    ],
    ids=["CSV", "TSV without a header", "columns aligned with spaces"],
)
def test_texts(tmp_path: Path, name: str, text: str, columns: tuple[str, str, str]) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    customer, time, amount = columns
    with read(tmp_path / name, customer=customer, time=time, amount=amount) as log:
        assert (ROWS, date(2024, 1, 31), date(2024, 2, 1), {}) == (told(log), log.first, log.last, log.left_out)


@pytest.mark.parametrize("typed", [True, False])
def test_parquet(tmp_path: Path, typed: bool) -> None:
    days = [datetime(2024, 1, 31, 23, 30, tzinfo=UTC), datetime(2024, 1, 31, 22, tzinfo=UTC)]
    times = pa.array(days, pa.timestamp("us", "UTC")) if typed else pa.array([day.isoformat() for day in days])
    pq.write_table(pa.table({"who": ["a", "a"], "at": times, "paid": [0.1, 19.99]}), tmp_path / "x.parquet")
    with read(tmp_path / "x.parquet", customer="who", time="at", amount="paid", timezone="Europe/Madrid") as log:
        assert [("a", date(2024, 1, 31), 199_900), ("a", date(2024, 2, 1), 1_000)] == told(log)


def test_rows_that_cannot_be_used_are_counted(tmp_path: Path) -> None:
    rows = [
        ("a", "2024-01-01", "1"), ("", "2024-01-02", "1"), ("a", "", "1"), ("only", "soon", "1"),
        ("a", "2024-01-03", ""), ("a", "2999-01-01", "1"),
    ]  # fmt: skip
    with opened(tmp_path, rows) as log:
        assert [("a", date(2024, 1, 1), 10_000)] == told(log)
        assert {"customer": 1, "time": 2, "amount": 1, "future": 1, "people_without_time": 1} == log.left_out


def test_amounts_with_a_decimal_comma(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("who;day;paid\na;2024-01-31;1.234,50 €\na;2024-02-01;2,5\n", "utf-8")
    with read(tmp_path / "x.csv", customer="who", time="day", amount="paid") as log:
        assert [12_345_000, 25_000] == [amount for _, _, amount in told(log)]


def test_several_currencies_have_no_sum(tmp_path: Path) -> None:
    rows = [("a", "2024-01-01", "1 €"), ("b", "2024-01-02", "$2")]
    with pytest.raises(BadInput, match="several currencies: EUR, USD"), opened(tmp_path, rows):
        pass


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (("nobody", "day", "paid"), "no column “nobody”"),
        (("who", "7", "paid"), "no column “7”"),
        (("", "day", "paid"), "Which column is the customer?"),
        (("who", "paid", "paid"), "No row of “orders.csv” has a customer, a time and an amount"),
    ],
)
def test_columns_that_are_not_there(tmp_path: Path, columns: tuple[str, str, str], words: str) -> None:
    options = dict(zip(("customer", "time", "amount"), columns, strict=True))
    with (
        pytest.raises(BadInput, match=words.replace("?", r"\?")),
        opened(tmp_path, [("a", "2024-01-01", "x")], **options),
    ):
        pass
