"""When, what, where, how much and how well: each role of the mapping read from the cells of a chunk."""

import re
from collections.abc import Mapping as Dict

import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular.channels import channel_of
from vincle.engine.tabular.derived import Derived, by_value, tidy
from vincle.engine.tabular.kinds import KINDS, folded, kind_of
from vincle.engine.tabular.limits import LONGEST_CHANNEL, LONGEST_LABEL, LONGEST_NAME, MAX_KINDS
from vincle.engine.tabular.mapping import Amount, Mapping, What, When
from vincle.engine.tabular.moments import Moments
from vincle.engine.tabular.numbers import Amounts, Decimal, Scores, product
from vincle.engine.tabular.problems import Problems
from vincle.engine.tabular.workbench import Workbench
from vincle.kernel.errors import BadInput

_NONE = pa.scalar(None, pa.string())
_CURRENCIES = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR", "£": "GBP", "$": "USD", "US$": "USD", "¥": "JPY", "₹": "INR"}
_CODE = re.compile("[A-Z]{3}")


class Cells:
    """The cells of a chunk by column, tidied once: trimmed, null where empty."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self._tidy: dict[str, pa.Array] = {}
        self.count = table.num_rows

    def __getitem__(self, column: str) -> pa.Array:
        if column not in self._tidy:
            known = column in self._table.column_names
            self._tidy[column] = tidy(self._table.column(column)) if known else self.nothing()
        return self._tidy[column]

    def nothing(self) -> pa.Array:
        """A text column without texts."""
        return pa.nulls(self.count, pa.string())

    def same(self, value: str | None) -> pa.Array:
        """One text for all rows."""
        return self.nothing() if value is None else pa.repeat(pa.scalar(value, pa.string()), self.count)

    def optional(self, column: str | None) -> pa.Array:
        """A column that the mapping may not have."""
        return self.nothing() if column is None else self[column]


class WhenReader:
    """The moment of each row, in microseconds since 1970 UTC."""

    def __init__(self, bench: Workbench, rule: When, timezone: str) -> None:
        self._rule = rule
        self._moments = Moments(bench, rule, timezone)
        self._constant = None if rule.moment is None else self._of_all(bench, rule.moment, timezone)

    def read(self, cells: Cells, problems: Problems) -> pa.Array:
        constant = self._constant
        if self._rule.column is None:
            return pa.repeat(pa.scalar(constant, pa.int64()), cells.count)
        found = by_value(cells[self._rule.column], self._moments)
        problems.cells(self._rule.column, cells[self._rule.column], found.problem)
        if constant is not None:
            return pc.if_else(cells[self._rule.column].is_null(), constant, found.values)
        problems.rows(cells[self._rule.column].is_null(), f"“{self._rule.column}” is empty, so it says no date")
        return found.values

    @staticmethod
    def _of_all(bench: Workbench, moment: str, timezone: str) -> int:
        values, problems = Moments(bench, When(), timezone)(pa.array([moment]))
        if problems[0].is_valid:
            raise BadInput(f"The mapping's “when.moment” is “{moment}”; it must be a date like 2024-12-31.")
        return int(values[0].as_py())


class WhatReader:
    """The kind of each row and the source's own words for it."""

    def __init__(self, rule: What, source: str, known: Dict[str, str]) -> None:
        self._rule = rule
        self._source = source
        added = {**known, **rule.kinds}
        self._known = KINDS | {folded(words): kind for words, kind in added.items()}
        self._kinds: set[str] = set()

    def read(self, cells: Cells, problems: Problems) -> tuple[pa.Array, pa.Array]:
        rule = self._rule
        if rule.column is None:
            return cells.same(rule.kind), cells.same(rule.label)
        words = cells[rule.column]
        kinds = by_value(words, self._kinds_of).values
        labels = cut(pc.if_else(pc.equal(kinds, words), _NONE, words))
        if rule.kind is None:
            problems.rows(words.is_null(), f"“{rule.column}” is empty, so it says not what happened")
            return kinds, labels
        return pc.fill_null(kinds, rule.kind), labels if rule.label is None else pc.fill_null(labels, rule.label)

    def returned(self, kinds: pa.Array, labels: pa.Array, amounts: pa.Array) -> tuple[pa.Array, pa.Array]:
        """The same, once it is known of which rows the amount is below nought."""
        rule = self._rule
        if rule.returned is None or rule.kind is None:
            return kinds, labels
        back = pc.and_(pc.fill_null(pc.less(amounts, 0), False), pc.equal(kinds, rule.kind))
        return pc.if_else(back, rule.returned, kinds), pc.if_else(back, _NONE, labels)

    def _kinds_of(self, words: pa.Array) -> tuple[pa.Array, pa.Array]:
        kinds = [kind_of(one, self._source, self._known) for one in words.to_pylist()]
        self._kinds.update(kinds)
        if len(self._kinds) > MAX_KINDS:
            raise BadInput(
                f"“{self._rule.column}” has more than {MAX_KINDS:,} different values; it does not say what happened.",
                "Choose another column, or one kind for all rows.",
            )
        return pa.array(kinds, pa.string()), pa.nulls(len(words), pa.string())


class AmountReader:
    """The money of each row, in ten-thousandths, and its currency."""

    def __init__(self, bench: Workbench, rule: Amount) -> None:
        self._bench = bench
        self._rule = rule
        self._amounts = Amounts(bench, rule.decimal)

    def read(self, cells: Cells, problems: Problems) -> tuple[pa.Array, pa.Array]:
        rule = self._rule
        amounts = self._product(cells, problems) if rule.quantity_column else self._plain(cells, problems)
        currency = self._currency(cells, problems)
        return amounts, pc.if_else(amounts.is_null(), _NONE, currency)

    def _plain(self, cells: Cells, problems: Problems) -> pa.Array:
        found = by_value(cells[self._rule.column], self._amounts.money)
        problems.cells(self._rule.column, cells[self._rule.column], found.problem)
        return found.values

    def _product(self, cells: Cells, problems: Problems) -> pa.Array:
        rule, wrong = self._rule, "is not a number"
        parts: list[Derived] = []
        for column in (rule.column, str(rule.quantity_column)):
            parts.append(by_value(cells[column], lambda values: self._amounts.decimals(values, wrong)))
            problems.cells(column, cells[column], parts[-1].problem)
        values, told = product(self._bench, parts[0].values, parts[1].values)
        problems.cells(rule.column, cells[rule.column], told)
        return values

    def _currency(self, cells: Cells, problems: Problems) -> pa.Array:
        rule = self._rule
        if rule.currency_column is not None:
            found = by_value(cells[rule.currency_column], currencies)
            problems.cells(rule.currency_column, cells[rule.currency_column], found.problem)
            return found.values if rule.currency is None else pc.fill_null(found.values, rule.currency)
        written = pc.match_substring_regex(cells[rule.column], r"[^0-9.,+\-() ']")
        if not pc.any(written).as_py():
            return cells.same(rule.currency)
        in_cell = by_value(cells[rule.column], self._amounts.currencies).values
        return in_cell if rule.currency is None else pc.fill_null(in_cell, rule.currency)


def currencies(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Currency signs, names and codes as ISO 4217 codes."""
    upper = [value.upper() for value in values.to_pylist()]
    codes = [_CURRENCIES.get(one, one if _CODE.fullmatch(one) else None) for one in upper]
    found = pa.array(codes, pa.string())
    return found, pc.if_else(found.is_null(), "is not the code of a currency", _NONE)


def channels(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The source's words for its channels as the channels' names."""
    found = [channel_of(value)[:LONGEST_CHANNEL] for value in values.to_pylist()]
    return pa.array(found, pa.string()), pa.nulls(len(values), pa.string())


def channel(constant: str | None, column: str | None, cells: Cells) -> pa.Array:
    """The channel of each row; the constant where the column is empty."""
    if column is None:
        return cells.same(constant)
    found = by_value(cells[column], channels).values
    return found if constant is None else pc.fill_null(found, constant)


def named(constant: str | None, column: str | None, cells: Cells, problems: Problems) -> pa.Array:
    """A column of names of places or people as it stands; the constant where it is empty."""
    if column is None:
        return cells.same(constant)
    problems.longer(column, cells[column], LONGEST_NAME)
    return cells[column] if constant is None else pc.fill_null(cells[column], constant)


def cut(labels: pa.Array) -> pa.Array:
    """Words beside a key, no longer than the log holds of them."""
    return pc.utf8_slice_codeunits(labels, 0, LONGEST_LABEL)


def money(bench: Workbench, decimal: Decimal, column: str, cells: Cells, problems: Problems) -> pa.Array:
    """A column of money of its own, as that of an object."""
    found = by_value(cells[column], Amounts(bench, decimal).money)
    problems.cells(column, cells[column], found.problem)
    return found.values


def quantity(bench: Workbench, decimal: Decimal, column: str, cells: Cells, problems: Problems) -> pa.Array:
    """A column of quantities, as floating-point numbers."""
    amounts = Amounts(bench, decimal)
    found = by_value(cells[column], lambda values: amounts.decimals(values, "is not a number"))
    problems.cells(column, cells[column], found.problem)
    return found.values.cast(pa.float64())


def score(bench: Workbench, mapping: Mapping, cells: Cells, problems: Problems) -> pa.Array:
    """Satisfaction from -1 to 1."""
    rule = mapping.score
    if rule is None:
        return pa.nulls(cells.count, pa.float64())
    found = by_value(cells[rule.column], Scores(bench, rule.low, rule.high))
    problems.cells(rule.column, cells[rule.column], found.problem)
    return found.values
