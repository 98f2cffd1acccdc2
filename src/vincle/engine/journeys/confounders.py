"""What else differs between cases, as columns of numbers: how they began, how much happened, what is said of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vincle.engine.effects import Floats
from vincle.engine.journeys.asked import BEGINNING, ELSE, START
from vincle.engine.journeys.cases import Cases
from vincle.engine.steps import Pipeline, Step
from vincle.kernel.errors import BadInput

USUAL = 10  # values of a confounder that are told apart: those that the most cases have
_NUMERIC = 0.95  # of the values of an attribute that is taken as a number


@dataclass(frozen=True, slots=True)
class Heeded:
    """An attribute as it was heeded: with how many different values, taken as `numbers` or not, missing of how many."""

    name: str
    values: int
    numbers: bool
    missing: int


@dataclass(frozen=True, slots=True)
class Confounders:
    """Columns that are the same whatever is tried, by case, and of which confounder each is."""

    columns: Floats
    names: tuple[str, ...]
    with_else: bool
    attributes: tuple[Heeded, ...] = ()

    def among(self, places: NDArray[np.int64]) -> "Confounders":
        """Those of some cases."""
        if len(places) == len(self.columns):
            return self
        return replace(self, columns=self.columns[places])

    def beside(self, rest: Floats, *more: Floats) -> tuple[Floats, list[str]]:
        """All columns and their names, `rest` (how much else happened) and the like among them when that is heeded."""
        if not self.with_else:
            return self.columns, list(self.names)
        columns = np.column_stack([self.columns, np.log1p(rest), *more])
        return columns, [*self.names, *[ELSE] * (1 + len(more))]


def confounders(log: Cases, cases: pa.Table, adjust: Sequence[str], attributes: Sequence[str]) -> Confounders:
    """Of `cases` (case_id, start, beginning), in their order. Raises `BadInput` for an attribute that none of them
    has.
    """
    found: list[tuple[str, NDArray[Any]]] = []
    if START in adjust:
        start = cases["start"].to_numpy().astype(np.float64)
        start = (start - start.mean()) / max(1.0, start.std())
        found += [(START, start), (START, start**2)]
    if BEGINNING in adjust:
        found += [(BEGINNING, column) for column in _usual(cases["beginning"].combine_chunks())]
    heeded = []
    for name, values in said_of(log, len(cases), attributes):
        told, columns = _attribute(name, values)
        heeded.append(told)
        # What is said of the same people is missing of the same people: that is one column, not several.
        seen = [other for _name, other in found]
        found += [(name, column) for column in columns if not any(np.array_equal(column, each) for each in seen)]
    together = np.column_stack([column for _name, column in found]) if found else np.empty((len(cases), 0))
    return Confounders(
        together.astype(np.float64), tuple(name for name, _column in found), ELSE in adjust, tuple(heeded)
    )  # fmt: skip


def said_of(log: Cases, size: int, attributes: Sequence[str]) -> Iterator[tuple[str, pa.Array]]:
    """Each attribute with its value (text, null) of every followed case, in their order."""
    if not attributes:
        return
    if log.attributes is None:
        raise BadInput("Nothing is said of these cases beside what happened.", "Leave the attributes out.")
    log.runner.keep("attributes", log.attributes)
    for name in dict.fromkeys(attributes):
        theirs = log.runner.run(_SAID.bound(attribute=name))
        if not theirs.num_rows:
            known = [each["name"] for each in log.runner.run(_KNOWN).to_pylist()]
            raise BadInput(f"Nobody has an attribute “{name}”.", f"There are {', '.join(known)}." if known else "")
        values = np.full(size, None, dtype=object)
        values[theirs["place"].to_numpy()] = theirs["value"].to_numpy(zero_copy_only=False)
        yield name, pa.array(values, pa.string())
    log.runner.forget("attributes")


def _attribute(name: str, values: pa.Array) -> tuple[Heeded, list[NDArray[Any]]]:
    known = values.drop_null()
    different = len(known.unique())
    missing = values.is_null().to_numpy(zero_copy_only=False)
    numbers = _numbers(values) if different > USUAL else None
    absent = [missing] if missing.any() else []
    told = Heeded(name, different, numbers is not None, int(missing.sum()))
    if numbers is None:
        return told, [*_usual(values), *absent]
    unread = np.isnan(numbers)
    numbers = np.where(unread, numbers[~unread].mean(), numbers)
    return told, [numbers, *([unread] if unread.any() else [])]


def _numbers(values: pa.Array) -> Floats | None:
    """The numbers that nearly all values are, the rest not known; None where they are something else."""
    known = len(values) - values.null_count
    read = np.array([_number(text) for text in values.to_pylist()], dtype=np.float64)
    return read if np.isfinite(read).sum() >= _NUMERIC * known else None


def _number(text: str | None) -> float:
    try:
        number = float(text) if text is not None else np.nan
    except ValueError:
        return float(np.nan)
    return number if np.isfinite(number) else float(np.nan)


def _usual(values: pa.Array) -> list[NDArray[Any]]:
    """Whether each has each of the most usual values. Where these are all there are, the last goes without saying."""
    counted = [each for each in pc.value_counts(values).to_pylist() if each["values"] is not None]
    counted.sort(key=lambda each: (-each["counts"], each["values"]))
    told = counted[:USUAL] if len(counted) > USUAL else counted[:-1]
    return [pc.fill_null(pc.equal(values, each["values"]), False).to_numpy(zero_copy_only=False) for each in told]


_SAID = Pipeline(
    (
        Step(
            "said",
            "SELECT e.place, a.value FROM attributes a JOIN eligible e ON e.case_id = a.case_id "
            "WHERE a.value <> '' AND a.name = $attribute",
            "What is said of the cases that are followed.",
        ),
    )
)
_KNOWN = Pipeline(
    (
        Step(
            "known",
            "SELECT name FROM attributes WHERE value <> '' GROUP BY name ORDER BY count(*) DESC, name LIMIT 20",
            "What is said of cases at all.",
        ),
    )
)
