"""What a journey is like, in numbers that can be compared: how often each step happened, its tempo, and money."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.engine.journeys.cases import Cases
from vincle.engine.steps import Pipeline, Step

STEPS = 30  # the most usual
CURRENCIES = 3
_TEMPO = ("events", "kinds", "lasted_days", "pause_days", "quiet_days")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Traits:
    """`cases` by name; of each the `raw` traits (NaN where there is none) and `scaled`, float32, such that the distance
    of two cases is the sum of the differences of their rows, from 0 to 1.
    """

    cases: pa.Array
    names: list[str]
    raw: Floats
    scaled: NDArray[np.float32]

    def among(self, places: NDArray[np.int64]) -> "Traits":
        """Only those cases, measured by the same scale."""
        return Traits(self.cases.take(pa.array(places)), self.names, self.raw[places], self.scaled[places])


def traits(log: Cases, *, money: bool = False) -> Traits:
    """The traits of every case: how often it had each of the `STEPS` most usual steps; how many events and kinds of
    step, how many days it lasted, the median pause between two events, the days since its last one when the log ends;
    with `money` the sum in each of the most usual currencies (of a home's log, with people as cases).
    """
    runner = log.runner
    tempo = runner.run(OF_CASES)
    whole = tempo.num_rows
    blocks = [_counts(runner.run(USUAL.bound(most=STEPS)), whole)]
    blocks.append((list(_TEMPO), np.column_stack([_floats(tempo.column(name)) for name in _TEMPO])))
    if money:
        blocks.append(_counts(runner.run(MONEY.bound(most=CURRENCIES)), whole))
    blocks = [block for block in blocks if block[0]]
    return Traits(
        tempo.column("case_id").combine_chunks(),
        [name for names, _values in blocks for name in names],
        np.hstack([values for _names, values in blocks]),
        np.hstack([_scaled(values, len(blocks)) for _names, values in blocks]),
    )


def _counts(rows: pa.Table, whole: int) -> tuple[list[str], Floats]:
    """A column for each trait of `rows` (trait, number of the case, value), 0 where nothing is said."""
    named = rows.column("trait").combine_chunks().dictionary_encode()
    values = np.zeros((whole, len(named.dictionary)))
    values[rows.column("number").to_numpy(), named.indices.to_numpy()] = _floats(rows.column("value"))
    return [str(name) for name in named.dictionary.to_pylist()], values


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.cast(pa.float64()).fill_null(float("nan")).to_numpy(), dtype=np.float64)


def _scaled(values: Floats, parts: int) -> NDArray[np.float32]:
    """Each trait from 0 to 1 / their number / `parts`; who has none stands in the middle."""
    found = np.empty(values.shape, np.float32)
    for number, column in enumerate(values.T):  # one at a time: of a million cases each copy is large
        logs = np.sign(column) * np.log1p(np.abs(column))
        known = logs[~np.isnan(logs)]
        low, high = np.quantile(known, [0.01, 0.99]) if len(known) else (0.0, 0.0)
        if high <= low and len(known):  # nearly everybody is alike: the few others count from end to end
            low, high = known.min(), known.max()
        shares = np.clip((logs - low) / (high - low if high > low else 1.0), 0.0, 1.0)
        found[:, number] = np.nan_to_num(shares, nan=0.5)
    found /= values.shape[1] * parts
    return found


_NUMBERED = Step(
    "numbered",
    "SELECT case_id, row_number() OVER (ORDER BY case_id) - 1 AS number FROM ordered WHERE n = 1",
    "The cases by name, numbered.",
)
OF_CASES = Pipeline(
    (
        Step("log_ends", "SELECT max(moment) AS log_end FROM ordered", "When the log ends."),
        Step(
            "of_cases",
            "SELECT case_id, count(*) AS events, count(DISTINCT activity) AS kinds, "
            "(max(moment) - min(moment)) / 86400e6 AS lasted_days, quantile_at(wait, 0.5) / 86400e6 AS pause_days, "
            "max(moment) AS last FROM ordered GROUP BY case_id",
            "How much happened, of how many kinds, how long it lasted, and the usual pause.",
        ),
        Step(
            "tempo",
            "SELECT c.case_id, c.events, c.kinds, c.lasted_days, c.pause_days, (e.log_end - c.last) / 86400e6 "
            "AS quiet_days FROM of_cases c CROSS JOIN log_ends e ORDER BY c.case_id",
            "The same, and how long nothing has happened.",
        ),
    )
)
USUAL = Pipeline(
    (
        _NUMBERED,
        Step(
            "times",
            "SELECT case_id, CAST(activity AS VARCHAR) AS trait, count(*) AS value FROM ordered "
            "GROUP BY case_id, activity",
            "How often each case had each step.",
        ),
        Step(
            "usual",
            "SELECT trait, count(*) AS cases FROM times GROUP BY trait ORDER BY cases DESC, trait "
            "LIMIT CAST($most AS INT)",
            "The steps that most cases have.",
        ),
        Step(
            "counted",
            "SELECT t.trait, m.number, t.value FROM times t JOIN usual u ON u.trait = t.trait "
            "JOIN numbered m ON m.case_id = t.case_id ORDER BY u.cases DESC, t.trait, m.number",
            "How often each case had each of those.",
        ),
    )
)
MONEY = Pipeline(
    (
        _NUMBERED,
        Step(
            "sums",
            "SELECT person AS case_id, currency AS trait, CAST(sum(amount) AS DOUBLE) AS value FROM events "
            "WHERE amount IS NOT NULL AND currency IS NOT NULL GROUP BY person, currency",
            "What each person spent, by currency.",
        ),
        Step(
            "usual",
            "SELECT trait, count(*) AS cases FROM sums GROUP BY trait ORDER BY cases DESC, trait "
            "LIMIT CAST($most AS INT)",
            "The currencies that most people have.",
        ),
        Step(
            "counted",
            "SELECT t.trait, m.number, t.value FROM sums t JOIN usual u ON u.trait = t.trait "
            "JOIN numbered m ON m.case_id = t.case_id ORDER BY u.cases DESC, t.trait, m.number",
            "What each person spent in those.",
        ),
    )
)
