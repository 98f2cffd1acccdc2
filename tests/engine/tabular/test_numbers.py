"""How much: amounts exactly, scores on their scale."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vincle.engine.tabular.numbers import NOT_AN_AMOUNT, TOO_LARGE, Amounts, Scores, product
from vincle.engine.tabular.workbench import Workbench
from vincle.kernel.money import LARGEST, to_scaled


@pytest.fixture(scope="module")
def bench() -> Iterator[Workbench]:
    with Workbench() as opened:
        yield opened


def money(bench: Workbench, text: str, mark: Literal[".", ","] = ".") -> int | str | None:
    [value], [problem] = (side.to_pylist() for side in Amounts(bench, mark).money(pa.array([text])))
    return problem if value is None else int(value)


@pytest.mark.parametrize(
    ("text", "scaled"),
    [
        ("12.50", 125_000), ("12", 120_000), ("-7.1", -71_000), ("+7", 70_000), (".5", 5_000), ("5.", 50_000),
        ("1,234.50", 12_345_000), ("1 234.50", 12_345_000), ("1\u00a0234.50", 12_345_000), ("1'234.50", 12_345_000),
        ("1,00,000.25", 1_000_002_500), ("€ 12.50", 125_000), ("$1,234.5", 12_345_000), ("12.50 EUR", 125_000),
        ("(12.50)", -125_000), ("12.50-", -125_000), ("\u221212.50", -125_000), ("-$5.00", -50_000),
        ("1e3", 10_000_000),
        ("0.00005", 0), ("0.00015", 2), ("-0.00015", -2), ("0.000050001", 1), ("0.1234567890123", 1_235),
        ("922337203685477.5807", 2**63 - 1), ("-922337203685477.5807", -(2**63) + 1),
    ],
)  # fmt: skip
def test_an_amount_with_a_decimal_point_is_read_exactly(bench: Workbench, text: str, scaled: int) -> None:
    assert scaled == money(bench, text)


@pytest.mark.parametrize(
    ("text", "scaled"),
    [("12,50", 125_000), ("1.234,50", 12_345_000), ("1 234,50 €", 12_345_000), ("1.234", 12_340_000), ("-,5", -5_000)],
)
def test_an_amount_with_a_decimal_comma_is_read_exactly(bench: Workbench, text: str, scaled: int) -> None:
    assert scaled == money(bench, text, ",")


@pytest.mark.parametrize(("text", "mark"), [("12,50", "."), ("1,23", "."), ("12.50", ","), ("1.5", ",")])
def test_the_other_mark_is_never_taken_for_thousands_that_are_none(
    bench: Workbench, text: str, mark: Literal[".", ","]
) -> None:
    assert NOT_AN_AMOUNT[mark] == money(bench, text, mark)


@pytest.mark.parametrize("text", ["abc", "12 34", "1.2.3", "12%", "1_000", "inf", "--5", "0x10", "5 apples", "()"])
def test_what_is_no_amount_is_told(bench: Workbench, text: str) -> None:
    assert NOT_AN_AMOUNT["."] == money(bench, text)


@pytest.mark.parametrize("text", ["922337203685477.5808", "1e30", "9" * 60, "-" + "9" * 30, "1,000,000,000,000,000"])
def test_enormous_amounts_are_told(bench: Workbench, text: str) -> None:
    assert TOO_LARGE == money(bench, text)


@pytest.mark.parametrize("text", ["-", "n/a", "NULL", "NaN", "none"])
def test_nothing_in_other_words_is_nothing(bench: Workbench, text: str) -> None:
    assert money(bench, text) is None


@settings(max_examples=60)
@given(amount=st.decimals(-LARGEST, LARGEST, allow_nan=False, places=4))
def test_every_amount_of_four_decimals_is_itself(bench: Workbench, amount: Decimal) -> None:
    assert to_scaled(amount) == money(bench, str(amount))
    assert to_scaled(amount) == money(bench, f"{amount:,}")
    assert to_scaled(amount) == money(bench, str(amount).replace(".", ","), ",")


@settings(max_examples=60)
@given(amount=st.decimals(-(10**6), 10**6, allow_nan=False, places=7))
def test_more_decimals_are_rounded_as_money_is(bench: Workbench, amount: Decimal) -> None:
    assert to_scaled(amount) == money(bench, f"{amount:f}")


@settings(max_examples=60)
@given(text=st.text(max_size=30) | st.from_regex(r"[-+(]?[\d.,' €]{0,25}[)%-]?", fullmatch=True))
@pytest.mark.parametrize("mark", [".", ","])
def test_any_text_is_an_amount_or_a_problem(bench: Workbench, mark: Literal[".", ","], text: str) -> None:
    money(bench, text or "x", mark)


@pytest.mark.parametrize(
    ("text", "code"),
    [("12 €", "EUR"), ("$5", "USD"), ("£5", "GBP"), ("12 CHF", "CHF"), ("eur 3", "EUR"), ("12.5", None)],
)
def test_the_currency_may_stand_in_the_cell(bench: Workbench, text: str, code: str | None) -> None:
    assert code == Amounts(bench, ".").currencies(pa.array([text]))[0][0].as_py()


def test_a_price_is_multiplied_exactly(bench: Workbench) -> None:
    amounts = Amounts(bench, ".")
    prices, _ = amounts.decimals(pa.array(["2.55", "0.0001", "-3", "99999999999999"]), "")
    times, _ = amounts.decimals(pa.array(["6", "0.5", "2", "99999999999"]), "")
    values, problems = product(bench, prices, times)
    assert [153_000, 0, -60_000, None] == values.to_pylist()
    assert [None, None, None, TOO_LARGE] == problems.to_pylist()


@pytest.mark.parametrize(
    ("text", "score"), [("1", -1.0), ("3", 0.0), ("5", 1.0), ("4,5", 0.75), ("0", None), ("6", None), ("good", None)]
)
def test_a_score_is_put_between_minus_one_and_one(bench: Workbench, text: str, score: float | None) -> None:
    values, problems = Scores(bench, 1, 5)(pa.array([text]))
    assert score == values[0].as_py()
    assert (score is None) == problems[0].is_valid


def test_a_score_says_what_is_wrong(bench: Workbench) -> None:
    _, problems = Scores(bench, 0, 10)(pa.array(["11", "good", "nan", "n/a"]))
    assert ["lies outside 0 to 10", "is not a number", None, None] == problems.to_pylist()
