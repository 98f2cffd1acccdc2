"""What the cells of a column look like, from a sample."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular.cells import EMAIL
from vincle.engine.tabular.header_words import words_of
from vincle.engine.tabular.identities import PLACEHOLDERS
from vincle.engine.tabular.mapping import DateOrder, When
from vincle.engine.tabular.moments import AMBIGUOUS, Moments
from vincle.engine.tabular.numbers import Amounts
from vincle.engine.tabular.workbench import Workbench

_LOOKED_AT = 1_000
_LONGEST_DATE = 60
_NUMBER_LIKE = re.compile(r"[-+(]?\s?[€$£]?\s?\d[\d.,'’\s]*\)?\s?[€$£]?(?:\s?[A-Z]{3})?")
_PHONE_LIKE = re.compile(r"\+?[\d\s().\-/]{7,20}")
_INTEGER = re.compile(r"[-+]?\d+")
_DAY_AND_MONTH = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}(?!\d)")
_DATE_LIKE = re.compile(r"\d{8}(?:\d{6})?|.*\d.*[-/.: ].*|.*\d.*[a-zA-Z]{3}.*")


@dataclass(frozen=True, slots=True)
class Profile:
    """One column: its name, its name as plain words, and shares (0 to 1) of its non-empty cells."""

    name: str
    words: str
    values: tuple[str, ...]  # non-empty cells, trimmed, in order
    rows: int
    distinct: int
    emails: float
    phones: float
    numbers: float
    integers: float
    placeholders: float
    length: float  # mean number of characters
    spaced: float  # share with a space

    @property
    def filled(self) -> float:
        """The share of rows that have something in this column."""
        return len(self.values) / self.rows if self.rows else 0.0

    @property
    def variety(self) -> float:
        """Different values per non-empty cell."""
        return self.distinct / len(self.values) if self.values else 0.0

    @property
    def unique(self) -> bool:
        """Whether every row has a value of its own."""
        return self.rows > 1 and self.distinct == self.rows


@dataclass(frozen=True, slots=True)
class Dates:
    """How the cells of a column read as dates: the share that does, and the order of day and month that fits.

    `order` is None when it does not matter; `asked` when both orders fit, `mixed` when neither fits all.
    """

    share: float
    order: DateOrder | None = None
    asked: str = ""
    mixed: bool = False


def profile(table: pa.Table) -> list[Profile]:
    """A profile of each column of a sample (string columns)."""
    looked = table.slice(0, _LOOKED_AT)
    return [
        _profile(name, column.to_pylist()) for name, column in zip(looked.column_names, looked.columns, strict=True)
    ]


def dates(bench: Workbench, column: Profile) -> Dates:
    """Whether and how a column holds dates."""
    values = sorted({value for value in column.values if len(value) <= _LONGEST_DATE})
    if len(values) < 0.8 * column.distinct or not values:
        return Dates(0.0)
    if sum(map(bool, map(_DATE_LIKE.fullmatch, values))) < 0.8 * len(values):
        return Dates(0.0)
    cells = pa.array(values, pa.string())
    read, problems = Moments(bench, When(), "UTC")(cells)
    unsure = pc.sum(pc.equal(problems, AMBIGUOUS)).as_py() or 0
    share = (len(values) - read.null_count + unsure) / len(values)
    ordered = next((value for value in values if _DAY_AND_MONTH.match(value)), None)
    if ordered is None:
        return Dates(share)
    hopeless = read.null_count - unsure
    day_first, month_first = (_failures(bench, cells, order) - hopeless for order in ("dmy", "mdy"))
    mixed = min(day_first, month_first) > 0
    if day_first == month_first:
        return Dates(share, None, ordered, mixed)
    return Dates(share, "dmy" if day_first < month_first else "mdy", "", mixed)


def _failures(bench: Workbench, cells: pa.Array, order: str) -> int:
    rule = When(date_order="dmy") if order == "dmy" else When(date_order="mdy")
    return int(Moments(bench, rule, "UTC")(cells)[0].null_count)


def decimal_of(bench: Workbench, column: Profile) -> tuple[Literal[".", ","], str]:
    """How decimals are written (a point or a comma), and a value that could be read both ways when nothing decides."""
    cells = pa.array(sorted(set(column.values)), pa.string())
    with_point = Amounts(bench, ".").money(cells)[1].null_count
    with_comma = Amounts(bench, ",").money(cells)[1].null_count
    if with_point != with_comma:
        return ("." if with_point > with_comma else ","), ""
    unsure = next((value for value in column.values if re.search(r"\d[.,]\d{3}(?!\d)", value)), "")
    return ".", unsure


def commonest(column: Profile, count: int = 3) -> list[str]:
    """The values that occur most."""
    return [value for value, _ in Counter(column.values).most_common(count)]


def _profile(name: str, cells: list[str | None]) -> Profile:
    values = tuple(value for cell in cells if cell and (value := cell.strip()))
    count = len(values) or 1

    def share(pattern: re.Pattern[str]) -> float:
        return sum(1 for value in values if pattern.fullmatch(value)) / count

    return Profile(
        name,
        words_of(name),
        values,
        len(cells),
        len(set(values)),
        share(EMAIL),
        sum(1 for value in values if _PHONE_LIKE.fullmatch(value) and 7 <= sum(map(str.isdigit, value)) <= 15) / count,
        share(_NUMBER_LIKE),
        share(_INTEGER),
        sum(1 for value in values if value.lower() in PLACEHOLDERS) / count,
        sum(map(len, values)) / count,
        sum(1 for value in values if " " in value) / count,
    )
