"""How much: money, quantities and scores as people write them. Money never passes through binary fractions."""

from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular.sql import literal
from vincle.engine.tabular.workbench import Workbench

NOTHING = ("-", "--", "–", "n/a", "na", "nan", "null", "none", "nil", "#n/a")  # an empty cell in other words

NOT_AN_AMOUNT = {
    ".": "is not an amount written with a decimal point",
    ",": "is not an amount written with a decimal comma",
}
TOO_LARGE = "is larger than any sum of money we can hold"

_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₹": "INR", "₺": "TRY", "₽": "RUB", "₩": "KRW", "₪": "ILS"}
_SIGN = "[" + "".join(_SIGNS) + "]"
_WHITE = r"[\s\x{a0}\x{2009}\x{202f}]"
_LARGEST = "922337203685477.5807"

Decimal = Literal[".", ","]


class Amounts:
    """Reads amounts written with a decimal point or comma, with or without thousands separators and currency signs.

    Negative ones may have a minus before or behind, or stand in brackets.
    """

    def __init__(self, bench: Workbench, decimal: Decimal) -> None:
        self._bench = bench
        self._decimal = decimal

    def money(self, values: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Ten-thousandths of the unit (int64), rounded half to even, and what is wrong where there are none."""
        found, problems = self._ask(self._quick(), values)
        scaled_ = ten_thousandths(found)
        missed = pc.is_null(scaled_)
        if not pc.any(missed).as_py():
            return scaled_, problems
        rest, told = self._ask(self._thorough(), values.filter(missed))
        return pc.replace_with_mask(scaled_, missed, rest), pc.replace_with_mask(problems, missed, told)

    def _quick(self) -> str:
        """Plain amounts of at most four decimals; null for the rest."""
        point, dotted = (r"\.", "x") if self._decimal == "." else (",", "replace(x, ',', '.')")
        form = literal(rf"-?\d{{1,13}}(?:{point}\d{{1,4}})?")
        return f"""
            SELECT n, CASE WHEN regexp_full_match(x, {form}) THEN CAST({dotted} AS DECIMAL(18, 4)) END AS value,
                   NULL::VARCHAR AS problem
            FROM given
        """

    def _thorough(self) -> str:
        return f"""
            SELECT n, {scaled("v")} AS value, CASE
                WHEN abs(v) > {_LARGEST} OR (v IS NULL AND matched) THEN {literal(TOO_LARGE)}
                WHEN v IS NULL AND NOT nothing THEN {literal(NOT_AN_AMOUNT[self._decimal])} END AS problem
            FROM ({_parsed(self._decimal)})
        """

    def decimals(self, values: pa.Array, problem: str) -> tuple[pa.Array, pa.Array]:
        """DECIMAL(23, 8), for what is multiplied afterwards."""
        query = f"""
            SELECT n, CASE WHEN abs(v) < 1e14::DECIMAL(38, 20) THEN CAST(v AS DECIMAL(23, 8)) END AS value,
                   CASE WHEN abs(v) >= 1e14::DECIMAL(38, 20) OR (v IS NULL AND matched) THEN {literal(TOO_LARGE)}
                        WHEN v IS NULL AND NOT nothing THEN {literal(problem)} END AS problem
            FROM ({_parsed(self._decimal)})
        """
        return self._ask(query, values)

    def currencies(self, values: pa.Array) -> tuple[pa.Array, pa.Array]:
        """The currency that a sign or a code in the cell itself names, null where there is none."""
        named = " ".join(f"WHEN contains(x, {literal(sign)}) THEN '{code}'" for sign, code in _SIGNS.items())
        code = r"nullif(regexp_extract(upper(x), '(?:^|[^A-Z])([A-Z]{3})(?:$|[^A-Z])', 1), '')"
        return self._ask(
            f"SELECT n, CASE {named} ELSE {code} END AS value, NULL::VARCHAR AS problem FROM given", values
        )

    def _ask(self, query: str, values: pa.Array) -> tuple[pa.Array, pa.Array]:
        return ask(self._bench, query, values)


def ask(bench: Workbench, query: str, values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The `value` and the `problem` that a query finds for each of the values `x`."""
    found = bench.ask(query, pa.table({"x": values}))
    return found.column("value").combine_chunks(), found.column("problem").combine_chunks()


def ten_thousandths(amounts: pa.Array) -> pa.Array:
    """DECIMAL(18, 4) as int64: the low half of the 128 bits that Arrow keeps for each."""
    words = np.frombuffer(amounts.buffers()[1], np.int64)[2 * amounts.offset :: 2][: len(amounts)]
    return pa.array(words, pa.int64(), mask=pc.is_null(amounts).to_numpy(zero_copy_only=False))


def product(bench: Workbench, price: pa.Array, quantity: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Price times quantity, row by row, in ten-thousandths."""
    query = f"""
        SELECT n, {scaled("v")} AS value, CASE WHEN abs(v) > {_LARGEST} THEN {literal(TOO_LARGE)} END AS problem
        FROM (SELECT n, CAST(price * CAST(quantity AS DECIMAL(15, 4)) AS DECIMAL(38, 12)) AS v FROM given)
    """
    found = bench.ask(query, pa.table({"price": price, "quantity": quantity}))
    return found.column("value").combine_chunks(), found.column("problem").combine_chunks()


class Scores:
    """Reads scores on a scale: its low end becomes -1, its high end 1."""

    def __init__(self, bench: Workbench, low: float, high: float) -> None:
        self._bench = bench
        self._low = low
        self._high = high

    def __call__(self, values: pa.Array) -> tuple[pa.Array, pa.Array]:
        low, high = repr(self._low), repr(self._high)
        outside = literal(f"lies outside {self._low:g} to {self._high:g}")
        query = f"""
            SELECT n, CASE WHEN v BETWEEN {low}::DOUBLE AND {high}::DOUBLE
                           THEN 2 * (v - {low}::DOUBLE) / ({high}::DOUBLE - {low}::DOUBLE) - 1 END AS value,
                   CASE WHEN nothing OR v BETWEEN {low}::DOUBLE AND {high}::DOUBLE THEN NULL
                        WHEN v IS NULL OR isnan(v) THEN 'is not a number'
                        ELSE {outside} END AS problem
            FROM (SELECT n, {_IS_NOTHING} AS nothing, try_cast(replace(x, ',', '.') AS DOUBLE) AS v FROM given)
        """
        return ask(self._bench, query, values)


_IS_NOTHING = f"lower(x) IN ({', '.join(literal(one) for one in NOTHING)})"


def scaled(value: str) -> str:
    """A DECIMAL as ten-thousandths in BIGINT, half to even; null beyond 64 bits."""
    near = f"CAST({value} AS DECIMAL(19, 4))"
    # The cast rounds half away from zero: an odd last digit that got there by exactly half a step goes back.
    tie = f"abs({value} - {near}) = 0.00005 AND CAST({near} * 10000 AS BIGINT) % 2 <> 0"
    back = f"CASE WHEN {value} > {near} THEN 1 ELSE -1 END"
    whole = f"CAST({near} * 10000 AS BIGINT)"
    return f"""CASE WHEN abs({value}) > {_LARGEST} THEN NULL
        WHEN {value} = {near} THEN {whole}
        WHEN {tie} THEN {whole} + {back}
        ELSE {whole} END"""


def _parsed(decimal: Decimal) -> str:
    """n, v (DECIMAL(38, 20) or null), whether the cell is written as a number (`matched`) or says `nothing`."""
    point, group = (r"\.", ",") if decimal == "." else (",", r"\.")
    marks = rf"(?:{group}|['’]|{_WHITE})"
    digits = rf"(?:\d+|[1-9]\d{{0,2}}(?:{marks}\d{{2,3}})*{marks}\d{{3}})"
    form = literal(rf"[-+]?(?:{digits}(?:{point}\d*)?|{point}\d+)(?:[eE][-+]?\d{{1,2}})?")
    plain = literal(r"[-+]?\d+(?:\.\d+)?" if decimal == "." else r"[-+]?\d+(?:,\d+)?")
    bare = f"regexp_replace(x, {literal(f'{_SIGN}|{_WHITE}*[A-Za-z]{{3}}$|^[A-Za-z]{{3}}{_WHITE}*')}, '', 'g')"
    signed = literal(rf"^({_WHITE}*)(?:\((.*)\)|(.*?){_WHITE}*[-−])$")
    dotted = "replace(x, ',', '.')" if decimal == "," else "x"
    ungrouped = f"regexp_replace(t, {literal(marks)}, '', 'g')"
    return rf"""
        SELECT n, {_IS_NOTHING} AS nothing, t IS NULL OR regexp_full_match(t, {form}) AS matched, CASE
            WHEN t IS NULL THEN try_cast({dotted} AS DECIMAL(38, 20))
            WHEN matched THEN try_cast({f"replace({ungrouped}, ',', '.')"} AS DECIMAL(38, 20)) END AS v
        FROM (
            SELECT n, x, CASE WHEN NOT regexp_full_match(x, {plain}) THEN
                trim(replace(regexp_replace(trim({bare}), {signed}, '-\2\3'), '−', '-')) END AS t
            FROM given
        )
    """
