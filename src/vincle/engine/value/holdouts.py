"""What each kind of model foretold of the holdout, beside what happened in it."""

import duckdb
import numpy as np
from numpy.typing import NDArray

from vincle.engine.value.bgbb import BGBB
from vincle.engine.value.checking import Check, check
from vincle.engine.value.counts import Counts
from vincle.engine.value.fitting import Fitted
from vincle.engine.value.gammagamma import GAMMAGAMMA
from vincle.engine.value.models import CONTINUOUS
from vincle.engine.value.sbg import SBG
from vincle.engine.value.summarising import Summaries, contracts, opportunities
from vincle.engine.value.transactions import Transactions

Floats = NDArray[np.float64]


def of_returns(fitted: Fitted, summaries: Summaries) -> Check:
    """How often each came again (BG/NBD, MBG/NBD, Pareto/NBD)."""
    counts, place = summaries.placed()
    expected = CONTINUOUS[fitted.model].returns(fitted.params, counts, summaries.horizon)[place]
    return check(expected, summaries.column("later").astype(float), summaries.column("frequency"))


def of_spending(fitted: Fitted, summaries: Summaries) -> Check | None:
    """What those paid at a time who had come again before and did once more (Gamma-Gamma); None where nobody did."""
    frequency, mean, later = (summaries.column(name) for name in ("frequency", "mean", "later"))
    expected = GAMMAGAMMA.spend(fitted.params, frequency, mean)
    said = (frequency > 0) & (mean > 0) & (later > 0) & np.isfinite(expected)
    if not said.any():
        return None
    actual = summaries.column("later_money")[said] / later[said]
    return check(expected[said], actual, frequency[said])


def of_opportunities(fitted: Fitted, log: Transactions, summaries: Summaries) -> Check | None:
    """How many of the periods that were over each took (BG/BB); None where none was over."""
    before, after = opportunities(log, summaries), opportunities(log, summaries, whole=True)
    found = duckdb.sql(
        "SELECT b.frequency, b.recency, b.tenure, a.frequency - b.frequency AS taken, a.tenure - b.tenure AS ahead "
        "FROM before b JOIN after a ON a.customer = b.customer"
    ).fetchnumpy()
    if not len(found["ahead"]) or not found["ahead"].max():
        return None
    counts, place = Counts.placed(found["frequency"], found["recency"], found["tenure"])
    expected = BGBB.returns(fitted.params, counts, float(found["ahead"].max()))[place]
    return check(expected, found["taken"].astype(float), found["frequency"].astype(np.int64))


def of_contracts(fitted: Fitted, log: Transactions, summaries: Summaries) -> Check | None:
    """How many of the contracts there were are still paid (sBG); None where no period was over. Classes are by age."""
    before, after = contracts(log, summaries), contracts(log, summaries, whole=True)
    found = duckdb.sql(
        "SELECT b.chances AS age, NOT a.lost AS kept, o.most - n.most AS ahead "
        "FROM before b JOIN after a ON a.customer = b.customer "
        "CROSS JOIN (SELECT max(chances) AS most FROM before WHERE NOT lost) n "
        "CROSS JOIN (SELECT max(chances) AS most FROM after WHERE NOT lost) o WHERE NOT b.lost"
    ).fetchnumpy()
    return _kept(fitted, found["age"].astype(np.int64), found["kept"].astype(float), found["ahead"])


def _kept(fitted: Fitted, age: NDArray[np.int64], kept: Floats, ahead: Floats) -> Check | None:
    if not len(age) or not ahead.max():
        return None
    periods = int(ahead.max())
    survival = SBG.survival(fitted.params, int(age.max()) + periods)
    return check(survival[age + periods] / survival[age], kept, age)
