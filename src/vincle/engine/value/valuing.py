"""What each person is worth, and everybody together: what they paid lately, and what they are expected to bring.

The model is chosen by a holdout, the second half of what is known or half a year (`choosing`), and fitted again to all
of it (`expecting`). What is present is what people paid, less what they were given back, until the last day of the log.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.engine.value.expecting import Expected, Total, of_contracts, of_purchases, of_rule
from vincle.engine.value.fitting import Fitted, maximise
from vincle.engine.value.gammagamma import GAMMAGAMMA
from vincle.engine.value.models import CONTINUOUS
from vincle.engine.value.outcomes import Outcome, fit
from vincle.engine.value.presence import PRESENT, after_costs
from vincle.engine.value.ruling import ruled
from vincle.engine.value.sbg import SBG
from vincle.engine.value.summarising import Summaries, as_contracts, contracts, summarise
from vincle.engine.value.terms import Terms
from vincle.engine.value.tills import without_tills
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

Floats = NDArray[np.float64]

_CHOSEN_ON = 2  # the holdout is one in so many parts of what is known ...
_LONGEST_HOLDOUT = 182  # ... and no longer than that, nor than the horizon: what is newest is then known too
_FEWEST_CONTRACTS = 100
_PEOPLE = {"first": pa.date32(), "last": pa.date32(), "days": pa.int64(), "money": pa.int64(), "present": pa.int64(),
           "frequency": pa.int64(), "recency": pa.int64(), "tenure": pa.int64()}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Valued:
    """`people`: customer; first, last, days (on which they paid), money and present (ten-thousandths, after costs);
    frequency, recency, tenure (days); alive, expected, spend and worth with their ends (see `expecting`), null where
    nothing can be told.

    `outcome` is how the model was chosen and how well it foretold the holdout, from `holdout_start` on; `why` says why
    there is none: {"reason": "too_few_people" | "nothing_settled" | "one_day" | "short", ...}. `money_foretold` and
    `money_happened` are of the holdout.
    """

    as_of: date
    terms: Terms
    people: pa.Table
    present: Total
    totals: dict[str, Total] = field(default_factory=dict)
    outcome: Outcome | None = None
    fitted: Fitted | None = None
    spending: Fitted | None = None
    used: str = ""
    why: dict[str, Any] = field(default_factory=dict)
    holdout_start: date | None = None
    money_foretold: float | None = None
    money_happened: float | None = None
    flagged: tuple[tuple[Any, int], ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """All but the people, ready for JSON."""
        return {
            "as_of": self.as_of.isoformat(),
            "people": self.people.num_rows,
            "present": self.present.as_json(),
            **{name: total.as_json() for name, total in self.totals.items()},
            "model": self.used or None,
            "why": self.why,
            "fit": self.fitted.as_json() if self.fitted else None,
            "spending": self.spending.as_json() if self.spending else None,
            "holdout": self._holdout(),
            "flagged": [[str(who), rows] for who, rows in self.flagged],
            "rows_left_out": self.left_out,
        }

    def _holdout(self) -> dict[str, Any] | None:
        if self.outcome is None or self.outcome.holdout is None or self.holdout_start is None:
            return None
        rivals = {name: rival.as_json() for name, rival in self.outcome.rivals.items()}
        money = {"money_foretold": self.money_foretold, "money_happened": self.money_happened}
        return {"from": self.holdout_start.isoformat(), **self.outcome.holdout.as_json(), "rivals": rivals, **money}


def value(log: Transactions, terms: Terms | None = None) -> Valued:
    """What everybody in a log is worth on its last day, under `terms`.

    Where too little is known to expect anything, what is present is told all the same. Raises `BadInput` for terms that
    make no sense, and where there are only tills.
    """
    asked = (terms or Terms()).checked()
    log = after_costs(log, asked.margin)
    if log.first == log.last:
        return _only_present(log, asked, {"reason": "one_day"})
    log, flagged = without_tills(log)
    before = _first_half(log, asked)
    if before is None:
        valued = _only_present(log, asked, {"reason": "short"})
    else:
        valued = _under_contract(log, asked, before) if asked.contractual else _coming(log, asked, before)
    return replace(valued, flagged=flagged, left_out=log.left_out)


def _first_half(log: Transactions, terms: Terms) -> Summaries | None:
    """What is known before the holdout, and what people did in it; None where nobody had bought anything before."""
    days = min((log.last - log.first).days // _CHOSEN_ON, terms.horizon_days, _LONGEST_HOLDOUT)
    if not days:
        return None
    try:
        return summarise(log, unit=terms.unit, calibration_end=log.last - timedelta(days=days))
    except BadInput:
        return None


def _coming(log: Transactions, terms: Terms, before: Summaries) -> Valued:
    outcome = fit(log, before, "auto")
    why = dict(outcome.choice.why) if outcome.choice else {}
    if outcome.fitted is None or outcome.choice is None:
        return _only_present(log, terms, why, summarise(log, unit=before.unit))
    again = summarise(log, unit=before.unit)
    fitted = maximise(CONTINUOUS[outcome.fitted.model].likelihood(again.counts()))
    spending = _spending(log, again)
    expected = of_purchases(fitted, spending, again, terms)
    used = str(outcome.choice.chosen)
    if used not in CONTINUOUS:
        spent = np.asarray(expected.people.column("spend").fill_null(np.nan).to_numpy()) if spending else None
        expected = of_rule(ruled(used, log, again, terms.horizon_days), spent, expected, terms)
    foretold, happened = _money_of_holdout(outcome, before)
    people = _joined(log, terms, again.table, expected)
    return Valued(
        as_of=log.last,
        terms=terms,
        people=people,
        present=_present(people),
        totals=dict(expected.totals),
        outcome=outcome,
        fitted=fitted,
        spending=spending,
        used=used,
        why=why,
        holdout_start=before.calibration_end,
        money_foretold=foretold,
        money_happened=happened,
    )


def _under_contract(log: Transactions, terms: Terms, before: Summaries) -> Valued:
    try:
        outcome = fit(log, before, "sbg")
    except BadInput:  # the first half is too short to say anything of the second
        outcome = None
    again = summarise(log, unit=before.unit)
    found = contracts(log, again)
    chances = as_contracts(found)
    if int(chances.people.sum()) < _FEWEST_CONTRACTS:
        why = {"reason": "too_few_people", "people": int(chances.people.sum()), "people_needed": _FEWEST_CONTRACTS}
        return _only_present(log, terms, why, again)
    fitted = maximise(SBG.likelihood(chances))
    paid = found.join(_of_people(log, terms).select(["customer", "money", "days"]), "customer")
    mean = np.asarray(paid.column("money").to_numpy()) / np.asarray(paid.column("days").to_numpy())
    expected = of_contracts(fitted, paid, mean, terms)
    people = _joined(log, terms, again.table, expected)
    return Valued(
        as_of=log.last,
        terms=terms,
        people=people,
        present=_present(people),
        totals=dict(expected.totals),
        outcome=outcome,
        fitted=fitted,
        used="sbg",
        why={"reason": "contractual"},
        holdout_start=before.calibration_end if outcome else None,
    )


def _spending(log: Transactions, known: Summaries) -> Fitted | None:
    said = known.spending()
    if not log.money or not len(said.mean):
        return None
    # Where people always spend alike its parameters have no end, and what each spends is known all the same.
    return maximise(GAMMAGAMMA.likelihood(said))


def _money_of_holdout(outcome: Outcome, before: Summaries) -> tuple[float | None, float | None]:
    """What the models foretold that all would pay in the holdout, and what they paid."""
    if outcome.fitted is None or outcome.spending is None:
        return None, None
    counts, place = before.placed()
    visits = CONTINUOUS[outcome.fitted.model].returns(outcome.fitted.params, counts, before.horizon)[place]
    spent = GAMMAGAMMA.spend(outcome.spending.params, before.column("frequency"), before.column("mean"))
    return float(np.nansum(visits * spent)), float(before.column("later_money").sum())


def _only_present(log: Transactions, terms: Terms, why: dict[str, Any], known: Summaries | None = None) -> Valued:
    people = _joined(log, terms, known.table if known else None, None)
    return Valued(log.last, terms, people, _present(people), why=why)


def _of_people(log: Transactions, terms: Terms) -> pa.Table:
    return log.runner.run(PRESENT.bound(until=log.last, window=terms.window_days))


def _present(people: pa.Table) -> Total:
    """Known exactly: it has no interval."""
    present = np.asarray(people.column("present").to_numpy())
    at = float(present.sum())
    return Total(at, at, at, int((present != 0).sum()))


def _joined(log: Transactions, terms: Terms, known: pa.Table | None, expected: Expected | None) -> pa.Table:
    """All that is told of each person, a row each, in the order of their numbers."""
    people = _of_people(log, terms)
    names = ["frequency", "recency", "tenure"]
    nothing = pa.table(
        {"customer": people.column("customer").slice(0, 0), **{name: pa.array([], pa.int64()) for name in names}}
    )
    people = people.join((known if known is not None else nothing).select(["customer", *names]), "customer")
    said = expected.people if expected is not None else _nobody(people.column("customer").type)
    joined = people.join(said, "customer").sort_by("customer")
    return joined.select(["customer", *_PEOPLE, *[name for name in said.column_names if name != "customer"]])


def _nobody(kind: pa.DataType) -> pa.Table:
    names = ("alive", "alive_low", "alive_high", "expected", "expected_low", "expected_high", "spend", "worth",
             "worth_low", "worth_high")  # fmt: skip
    return pa.table({"customer": pa.array([], kind), **{name: pa.array([], pa.float64()) for name in names}})
