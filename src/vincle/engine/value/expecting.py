"""What a fitted model expects of each person over a horizon, in visits and in money, and of everybody together.

Worth is how often somebody is expected to come, each time discounted, times what they spend at a time. Intervals are of
the delta method (`predicting`). Of worth they add what is not known of coming and of spending, on the scale of
logarithms; that later visits count less is taken to move both ends alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.engine.value.fitting import Fitted
from vincle.engine.value.gammagamma import GAMMAGAMMA
from vincle.engine.value.models import CONTINUOUS
from vincle.engine.value.predicting import Z, around, errors_of, is_loose, residual, slopes
from vincle.engine.value.sbg import SBG
from vincle.engine.value.summaries import UNITS
from vincle.engine.value.summarising import Summaries
from vincle.engine.value.terms import Terms

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ends = tuple[Floats | None, Floats | None]

_NODES = 8  # enough for a horizon that ends: the error is below a millionth


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over `people`, and the ends of its 95 % interval, None where the data do not determine them."""

    at: float
    low: float | None
    high: float | None
    people: int

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {"at": self.at, "low": self.low, "high": self.high, "people": self.people}


@dataclass(frozen=True, slots=True)
class Expected:
    """`people`, a row for each of `customers`: alive, expected, spend, worth (in ten-thousandths), each but spend with
    its `_low` and `_high`; null where it is not known. `totals`: alive, expected and worth of all.
    """

    people: pa.Table
    totals: Mapping[str, Total]


def of_purchases(fitted: Fitted, spending: Fitted | None, known: Summaries, terms: Terms) -> Expected:
    """Of people who come when they like. Worth is unknown without a model of spending."""
    counts, place = known.placed()
    model, params, horizon = CONTINUOUS[fitted.model], fitted.params, known.in_units(terms.horizon_days)
    alive, visits = model.alive(params, counts), model.returns(params, counts, horizon)
    alive_slopes = slopes(fitted, lambda of: model.alive(of, counts))
    visit_slopes = slopes(fitted, lambda of: model.returns(of, counts, horizon))
    alive_errors = errors_of(fitted, alive_slopes, alive)
    visit_errors = errors_of(fitted, visit_slopes, visits)
    rate = (1 + terms.discount) ** (UNITS[known.unit] / 365.25) - 1
    later = residual(fitted, counts, rate=rate, horizon=horizon, nodes=_NODES)
    columns: dict[str, Any] = {
        "alive": alive[place],
        **_ends("alive", around(alive, alive_errors, odds=True), place),
        "expected": visits[place],
        **_ends("expected", around(visits, visit_errors), place),
    }
    people = np.bincount(place, minlength=len(alive)).astype(float)
    totals = {
        "alive": _total(fitted, alive[place], alive_slopes @ people),
        "expected": _total(fitted, visits[place], visit_slopes @ people),
    }
    if spending is not None:
        spent, spent_errors, spent_slopes = _spent(spending, known)
        share = (
            np.divide(visit_errors, visits, out=np.zeros_like(visits), where=visits > 0)
            if visit_errors is not None
            else None
        )
        worth = later[place] * spent
        columns |= {"spend": spent, "worth": worth, **_worth_ends(worth, share, place, spent, spent_errors)}
        discounted = np.divide(later, visits, out=np.zeros_like(visits), where=visits > 0)
        known_spent = np.where(np.isfinite(spent), spent, 0.0)
        by_row = np.bincount(place, weights=known_spent, minlength=len(alive)) * discounted
        of_spending = np.where(np.isfinite(spent_slopes), spent_slopes, 0.0) @ later[place]
        totals["worth"] = _total(fitted, worth, visit_slopes @ by_row, (spending, of_spending))
    return Expected(_table(known.table.column("customer"), columns), totals)


def of_contracts(fitted: Fitted, contracts: pa.Table, mean: Floats, terms: Terms) -> Expected:
    """Of people under contract, known by `contracts` (customer, chances, lost): how many more months each pays, and
    what that is worth where `mean` (ten-thousandths) is what they pay a month. Who has left is known to have.
    """
    chances, lost = (np.asarray(contracts.column(name).to_numpy()) for name in ("chances", "lost"))
    chances = chances.astype(np.int64)
    months = max(1, round(terms.horizon_days / UNITS["month"]))
    ages, place = np.unique(chances, return_inverse=True)
    later = (1 + terms.discount) ** (-np.arange(1, months + 1) / 12)

    def ahead(params: Mapping[str, float]) -> Floats:
        survival = SBG.survival(params, int(ages.max()) + months)
        return np.asarray(survival[ages[:, None] + np.arange(1, months + 1)] / survival[ages][:, None], np.float64)

    paying = ahead(fitted.params)
    there = (~lost).astype(float)
    visits, discounted = paying.sum(axis=1), paying @ later
    visit_slopes = slopes(fitted, lambda of: ahead(of).sum(axis=1))
    worth_slopes = slopes(fitted, lambda of: ahead(of) @ later)
    ends = around(visits, errors_of(fitted, visit_slopes, visits))
    worth_ends = around(discounted, errors_of(fitted, worth_slopes, discounted))
    scale = there * mean
    columns: dict[str, Any] = {
        "alive": there, "alive_low": there, "alive_high": there,
        "expected": visits[place] * there,
        **{name: column * there for name, column in _ends("expected", ends, place).items()},
        "spend": mean, "worth": discounted[place] * scale,
        **{name: column * scale for name, column in _ends("worth", worth_ends, place).items()},
    }  # fmt: skip
    staying = np.bincount(place, weights=there, minlength=len(ages))
    paid = np.bincount(place, weights=scale, minlength=len(ages))
    totals = {
        "alive": Total(float(there.sum()), float(there.sum()), float(there.sum()), len(there)),
        "expected": _total(fitted, columns["expected"], visit_slopes @ staying),
        "worth": _total(fitted, columns["worth"], worth_slopes @ paid),
    }
    return Expected(_table(contracts.column("customer"), columns), totals)


def of_rule(visits: Floats, spent: Floats | None, expected: Expected, terms: Terms) -> Expected:
    """The same people, where a rule foretells better how often they come: its `visits`, which have no interval."""
    years = terms.horizon_days / 365.25
    force = np.log1p(terms.discount)
    discounted = visits * (-np.expm1(-force * years) / (force * years) if force else 1.0)
    columns = {name: expected.people.column(name) for name in expected.people.column_names}
    nothing = pa.nulls(len(visits), pa.float64())
    columns |= {"expected": pa.array(visits), "expected_low": nothing, "expected_high": nothing}
    totals = dict(expected.totals) | {"expected": Total(float(visits.sum()), None, None, len(visits))}
    if spent is not None:
        worth = discounted * spent
        columns |= {"worth": _column(worth), "worth_low": nothing, "worth_high": nothing}
        said = np.isfinite(worth)
        totals["worth"] = Total(float(worth[said].sum()), None, None, int(said.sum()))
    return Expected(pa.table(columns), totals)


def _spent(spending: Fitted, known: Summaries) -> tuple[Floats, Floats | None, Floats]:
    """What each spends at a time, in ten-thousandths, how far that may be off, and how it moves with the parameters."""
    frequency, mean = known.column("frequency"), known.column("mean")

    def of(params: Mapping[str, float]) -> Floats:
        return GAMMAGAMMA.spend(params, frequency, mean) * 10_000

    at = of(spending.params)
    moves = slopes(spending, of)
    return at, errors_of(spending, moves, at), moves


def _worth_ends(
    worth: Floats, share: Floats | None, place: Ints, spent: Floats, spent_errors: Floats | None
) -> dict[str, Floats]:
    if share is None or spent_errors is None:
        return {}
    both = np.sqrt(share[place] ** 2 + np.divide(spent_errors, spent, out=np.zeros_like(spent), where=spent > 0) ** 2)
    low, high = around(worth, both * worth)
    return {} if low is None or high is None else {"worth_low": low, "worth_high": high}


def _ends(name: str, ends: Ends, place: Ints) -> dict[str, Floats]:
    low, high = ends
    return {} if low is None or high is None else {f"{name}_low": low[place], f"{name}_high": high[place]}


def _total(fitted: Fitted, each: Floats, moves: Floats, beside: tuple[Fitted, Floats] | None = None) -> Total:
    """The sum of those that are known; `moves` is how far it moves with the logarithm of each parameter."""
    said = np.isfinite(each)
    at, variance = float(each[said].sum()), 0.0
    for model, gradient in ((fitted, moves), *([beside] if beside else [])):
        if model.covariance is None or is_loose(model, gradient[:, None], np.array([at])).any():
            return Total(at, None, None, int(said.sum()))
        variance += float(gradient @ model.covariance @ gradient)
    half = np.exp(Z * np.sqrt(variance) / at) if at > 0 else 1.0
    return Total(at, at / float(half), at * float(half), int(said.sum()))


def _table(customers: pa.ChunkedArray, columns: Mapping[str, Floats]) -> pa.Table:
    nothing = np.full(len(customers), np.nan)
    names = ("alive", "alive_low", "alive_high", "expected", "expected_low", "expected_high", "spend", "worth",
             "worth_low", "worth_high")  # fmt: skip
    return pa.table({"customer": customers, **{name: _column(columns.get(name, nothing)) for name in names}})


def _column(values: Floats) -> pa.Array:
    return pa.array(values, pa.float64(), mask=~np.isfinite(values))
