"""What each kind of model foretold of the holdout, beside what happened in it."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
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
    found = _before_and_after(opportunities(log, summaries), opportunities(log, summaries, whole=True))
    ahead = found["tenure_after"] - found["tenure"]
    if not len(ahead) or not ahead.max():
        return None
    counts, place = Counts.placed(found["frequency"], found["recency"], found["tenure"])
    expected = BGBB.returns(fitted.params, counts, float(ahead.max()))[place]
    taken = found["frequency_after"] - found["frequency"]
    return check(expected, taken.astype(float), found["frequency"].astype(np.int64))


def of_contracts(fitted: Fitted, log: Transactions, summaries: Summaries) -> Check | None:
    """How many of the contracts there were are still paid (sBG); None where no period was over. Classes are by age."""
    before, after = contracts(log, summaries), contracts(log, summaries, whole=True)
    found = _before_and_after(before, after)
    there = ~found["lost"]
    if not there.any():
        return None
    age = found["chances"][there].astype(np.int64)
    # Whose contract is kept has been asked in each of the periods ahead; if nobody's is, in as many as were over.
    periods = int(_over(opportunities(log, summaries, whole=True)) - _over(opportunities(log, summaries)))
    if not periods:
        return None
    survival = SBG.survival(fitted.params, int(age.max()) + periods)
    return check(survival[age + periods] / survival[age], (~found["lost_after"][there]).astype(float), age)


def _over(found: pa.Table) -> int:
    """How many periods were over since the first of all."""
    return int(pc.max(found.column("tenure")).as_py())


def _before_and_after(before: pa.Table, after: pa.Table) -> dict[str, NDArray[Any]]:
    joined = before.join(after, keys="customer", join_type="inner", right_suffix="_after")
    return {name: np.asarray(joined.column(name).to_numpy()) for name in joined.column_names}
