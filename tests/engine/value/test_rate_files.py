"""Files of rates, good and bad."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vincle.engine.value.rate_files import read_rates
from vincle.engine.value.rates import RATES
from vincle.kernel.errors import BadInput

# The euro foreign exchange reference rates of the European Central Bank of these days, in its form.
ECB = """Date,USD,JPY,CYP,
2024-01-03,1.0919,155.78,N/A,
2024-01-02,1.0956,155.84,N/A,
2007-12-31,1.4721,164.93,0.585274,
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rates.csv"


def told(path: Path, currency: str = "EUR") -> dict[tuple[str, str], Decimal]:
    table = read_rates(path, currency=currency)
    assert RATES == table.schema
    return {(row["currency"], row["day"].isoformat()): row["rate"] for row in table.to_pylist()}


def test_the_form_of_the_central_bank(path: Path) -> None:
    path.write_text(ECB, "utf-8")
    found = told(path)
    assert 7 == len(found)
    assert Decimal("0.912741876597") == found["USD", "2024-01-02"]  # 1 / 1.0956
    assert Decimal("1.708601441376") == found["CYP", "2007-12-31"]  # 1 / 0.585274


def test_another_main_currency_by_the_quotes_of_the_same_day(path: Path) -> None:
    path.write_text(ECB, "utf-8")
    found = told(path, "USD")
    assert Decimal("1.0956") == found["EUR", "2024-01-02"]
    assert Decimal("0.007030287474") == found["JPY", "2024-01-02"]  # 1.0956 / 155.84
    with pytest.raises(BadInput, match="says no rate of GBP"):
        told(path, "GBP")


@pytest.mark.parametrize(
    "text",
    [
        "day,currency,rate\n2024-01-02,usd,0.9\n,,\n2024-01-03,JPY,0.0064\n",
        "Data;Moneda;Canvi\n2/1/2024;USD;0,9\n31/12/2023;USD;0,91\n3/1/2024;JPY;0,0064\n",
    ],
)
def test_the_plain_form(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    found = told(path)
    assert (Decimal("0.9"), Decimal("0.0064")) == (found["USD", "2024-01-02"], found["JPY", "2024-01-03"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("day,currency,rate\n2024-01-02,USD,-1\n", "The rate of USD on 2024-01-02 in “rates.csv” is “-1”"),
        ("day,currency,rate\n2024-01-02,USD,0\n", "is “0”, which is no number above 0"),
        ("day,currency,rate\n2024-01-02,USD,NaN\n", "is “NaN”"),
        ("day,currency,rate\n2024-01-02,USD,\n", "is “”"),
        ("day,currency,rate\n2024-01-02,USD,one\n", "is “one”"),
        ("day,currency,rate\n2024-01-02,dollars,1\n", "“DOLLARS” in “rates.csv” is no currency"),
        ("day,currency,rate\n2024-01-02,,1\n", "without a day or a currency"),
        ("day,currency,rate\nsoon,USD,1\n", "a day “soon” that cannot be read"),
        ("day,currency,rate\n03/04/2024,USD,1\n", "a day “03/04/2024” that cannot be read"),
        ("day,currency,rate\n2024-01-02,USD,1\n2024-01-02,USD,1.1\n", "two rates of USD on 2024-01-02"),
        ("Date,USD,JPY\n2024-01-02,1.1,-3\n", "The rate of JPY on 2024-01-02"),
        ("Date,USD,JPY\n2024-01-02,1.1,NaN\n", "is “NaN”"),
        ("Date,USD,Yen\n2024-01-02,1.1,155\n", "“Yen” in “rates.csv” is no currency"),
        ("Date,USD\n2024-01-02,1.1\n2024-01-02,1.2\n", "two rates of USD on 2024-01-02"),
        ("Date,USD\n2024-01-02,N/A\n", "There are no rates in “rates.csv”"),
        ("who,paid\na,1\n", "“rates.csv” holds no rates that can be read"),
        ("", "“rates.csv” is empty"),
    ],
)
def test_files_that_are_wrong(path: Path, text: str, words: str) -> None:
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=words):
        read_rates(path, currency="EUR")


cells = st.sampled_from(["2024-01-02", "USD", "1.1", "-1", "NaN", "", "N/A", "Date", "EUR", "day", "rate", "currency"])


@settings(max_examples=80, deadline=None)
@given(
    text=st.lists(st.lists(cells | st.text(max_size=8), min_size=1, max_size=4), max_size=6).map(
        lambda rows: "\n".join(",".join(row) for row in rows)
    )
)
def test_whatever_a_file_holds_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("rates") / "rates.csv"
    path.write_text(text, "utf-8", errors="replace")
    with suppress(BadInput):
        rows = read_rates(path, currency="EUR").to_pylist()
        assert all(row["rate"] > 0 and isinstance(row["day"], date) for row in rows)
