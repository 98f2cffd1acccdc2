"""People made by the models' own stories, to be told by their parameters again."""

import numpy as np
from numpy.typing import NDArray

from vincle.engine.value.counts import Counts
from vincle.engine.value.gammagamma import Spending

Floats = NDArray[np.float64]
TRUE = {
    "bgnbd": {"r": 0.8, "alpha": 5.0, "a": 0.9, "b": 2.5},
    "mbgnbd": {"r": 0.8, "alpha": 5.0, "a": 0.9, "b": 2.5},
    "paretonbd": {"r": 0.8, "alpha": 6.0, "s": 0.8, "beta": 10.0},
    "gammagamma": {"p": 6.0, "q": 4.0, "v": 15.0},
}


def counts_of(model: str, people: int, *, seed: int) -> Counts:
    """How often each came, of people known for 30 to 52 weeks."""
    return histories(model, people, seed=seed)[0]


def histories(model: str, people: int, *, seed: int, horizon: float = 39.0) -> tuple[Counts, NDArray[np.int64], Floats]:
    """The same, for each person their row there, and how often they came in the time after."""
    chance, of = np.random.default_rng(seed), TRUE[model]
    tenure = np.round(chance.uniform(30, 52, people) * 7) / 7
    rate = chance.gamma(of["r"], 1 / of["alpha"], people)
    if model == "paretonbd":
        leaves = chance.exponential(1 / chance.gamma(of["s"], 1 / of["beta"], people))
        purchases = np.full(people, np.iinfo(np.int64).max)
    else:
        leaves = np.full(people, np.inf)
        purchases = chance.geometric(chance.beta(of["a"], of["b"], people)) - (model == "mbgnbd")
    found, later = [], []
    for pace, end, most, known in zip(rate, leaves, purchases, tenure, strict=True):
        until = min(end, known + horizon)
        times = np.cumsum(chance.exponential(1 / pace, 40 + int(3 * pace * until)))
        times = times[: min(most, len(times))]
        early = times[times <= min(known, until)]
        found.append((len(early), early[-1] if len(early) else 0.0, known))
        later.append(np.count_nonzero(times <= until) - len(early))
    counts, place = Counts.placed(*np.array(found).T)
    return counts, place, np.array(later, float)


def spending_of(people: int, *, seed: int) -> Spending:
    """What each spends on average, of people who came again one to eight times."""
    chance, of = np.random.default_rng(seed), TRUE["gammagamma"]
    times = chance.integers(1, 9, people)
    scale = chance.gamma(of["q"], 1 / of["v"], people)
    return Spending.of(times, chance.gamma(of["p"] * times, 1 / scale) / times)
