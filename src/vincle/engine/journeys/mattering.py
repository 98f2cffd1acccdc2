"""Moments that matter: which steps, and which steps after which, go with how cases go on.

Everything is told from a landmark (J. Anderson, K. Cain and R. Gelber, J. Clin. Oncol. 1 (1983) 710-719): what a case
did in its first time, and whether the outcome came in the time after that. So no step can seem to bring about what came
before it, and a case that lived longer has no more chances to have a step. Left out are cases whose time after is not
over when the log ends, and those that had the outcome before the landmark, unless it is to happen again.

Each step, and each pair of steps of which one came directly after the other, is compared with its absence, other things
being equal (`vincle.engine.effects`): with what the case began, when it began, and how much else happened in its first
time. All of it is observational: what is not in the log is not adjusted for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vincle.engine.effects import FEWEST, Effect, Floats, effect, false_discovery
from vincle.engine.journeys.cases import Cases
from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.steps import Pipeline, Step, Value
from vincle.kernel.errors import BadInput

BEGINNING, START, ELSE = "beginning", "start", "else"
CONFOUNDERS = (BEGINNING, START, ELSE)
MOST = 60  # steps, and as many pairs, that are tried: those that the most cases have
_BEGINNINGS = 10  # first steps that are told apart: those that the most cases have
_DAY = 86_400_000_000  # microseconds


@dataclass(frozen=True, slots=True)
class Moment:
    """`step`, directly after `former` where that is said, and what it changes in the share of cases that have the
    outcome. `q`: the share of false discoveries among all that are as clear as this one.
    """

    step: str
    former: str | None
    effect: Effect
    q: float | None


@dataclass(frozen=True, slots=True)
class Moments:
    """`cases` were followed and `outcomes` of them had the outcome. `had_it` had it before the landmark; of `not_over`
    the time after is not over; both are in no other figure. `moments`: the clearest first, those that too few cases
    have at the end.
    """

    outcome: str
    cases: int
    outcomes: int
    had_it: int
    not_over: int
    adjusted_for: tuple[str, ...]
    moments: list[Moment]

    def as_json(self) -> dict[str, Any]:
        """What `vincle journeys moments --json` prints."""
        told = {name: getattr(self, name) for name in ("outcome", "cases", "outcomes", "had_it", "not_over")}
        told |= {"kind": "observational", "adjusted_for": list(self.adjusted_for)}
        told["moments"] = [
            {"step": each.step, "former": each.former, **asdict(each.effect), "q": each.q} for each in self.moments
        ]
        return told


def moments(
    log: Cases,
    *,
    outcome: str,
    first_days: float = 30,
    within_days: float = 90,
    again: bool = False,
    adjust: Sequence[str] = CONFOUNDERS,
) -> Moments:
    """How what cases do in their `first_days` goes with `outcome`, a step, in the `within_days` after.

    `again`: it counts although they had it before. `adjust`: which of `CONFOUNDERS` are heeded. Raises `BadInput` for a
    step that is not in the log, or when too few cases can be followed.
    """
    if first_days <= 0 or within_days <= 0 or not set(adjust) <= set(CONFOUNDERS):
        raise BadInput(f"Days are above 0, and what can be adjusted for is {', '.join(CONFOUNDERS)}.")
    runner = log.runner
    told: dict[str, Value] = {
        "outcome": outcome,
        "first": int(first_days * _DAY),
        "after": int(within_days * _DAY),
        "again": again,
    }
    runner.keep("followed", _FOLLOWED.bound(**told))
    (counted,) = runner.run(_COUNTED.bound(**told)).to_pylist()
    if not counted["with_it"]:
        raise BadInput(f"No case has the step “{outcome}”.", "“vincle journeys discover” lists the steps.")
    if counted["eligible"] < 2 * FEWEST:
        raise BadInput(
            f"Only {counted['eligible']:,} cases can be followed for {first_days:g} days and {within_days:g} after.",
            f"At least {2 * FEWEST} are needed; fewer days leave more cases.",
        )
    runner.keep("eligible", _ELIGIBLE.bound(**told))
    runner.keep("in_time", _IN_TIME.bound(**told))
    stories = _Stories.of(runner, adjust)
    found = list(stories.tried(runner, MOST))
    for name in ("followed", "eligible", "in_time"):
        runner.forget(name)
    return Moments(
        outcome,
        len(stories.outcome),
        int(stories.outcome.sum()),
        0 if again else counted["had_it"],
        counted["not_over"],
        tuple(adjust),
        _ranked(found),
    )


def _ranked(found: Sequence[tuple[str, str | None, Effect]]) -> list[Moment]:
    clear = [each for each in found if each[2].p is not None]
    q = false_discovery(np.array([each[2].p for each in clear], dtype=np.float64))
    told = [Moment(*each, float(one)) for each, one in zip(clear, q, strict=True)]
    told.sort(key=lambda each: (each.effect.p or 0, -abs(each.effect.estimate or 0), each.step, each.former or ""))
    return told + [Moment(*each, None) for each in found if each[2].p is None]


@dataclass(frozen=True, slots=True)
class _Stories:
    """What is known of each followed case, by its place: the outcome, how many events its first time had, and the
    confounders that are the same whatever is tried."""

    outcome: Floats
    events: Floats
    always: Floats
    other_events: bool

    @classmethod
    def of(cls, runner: DuckDBRunner, adjust: Sequence[str]) -> "_Stories":
        cases = runner.run(_CASES)
        columns = []
        if START in adjust:
            start = cases["start"].to_numpy().astype(np.float64)
            start = (start - start.mean()) / max(1.0, start.std())
            columns += [start, start**2]
        if BEGINNING in adjust:
            beginnings = cases["beginning"].combine_chunks()
            usual = pc.value_counts(beginnings).to_pylist()
            usual.sort(key=lambda each: (-each["counts"], each["values"]))
            columns += [
                pc.equal(beginnings, each["values"]).to_numpy(zero_copy_only=False) for each in usual[:_BEGINNINGS]
            ]
        always = np.column_stack(columns).astype(np.float64) if columns else np.empty((cases.num_rows, 0))
        outcome = cases["came"].to_numpy().astype(np.float64)
        return cls(outcome, cases["events"].to_numpy().astype(np.float64), always, ELSE in adjust)

    def tried(self, runner: DuckDBRunner, most: int) -> Iterator[tuple[str, str | None, Effect]]:
        """Each step, then each pair, with its effect."""
        bounds: dict[str, Value] = {"fewest": FEWEST, "left": len(self.outcome) - FEWEST, "most": most}
        counts: dict[str, Floats] = {}
        for (step,), places, times in _grouped(runner.run(_STEPS.bound(**bounds)), "step"):
            counts[step] = np.zeros(len(self.outcome))
            counts[step][places] = times
            yield step, None, self._effect(counts[step] > 0, counts[step])
        for (former, step), places, _times in _grouped(runner.run(_PAIRS.bound(**bounds)), "former", "step"):
            having = np.zeros(len(self.outcome), dtype=np.bool_)
            having[places] = True
            theirs = [counts[each] for each in {former, step} if each in counts]
            yield step, former, self._effect(having, sum(theirs, np.zeros(len(having))))

    def _effect(self, having: NDArray[np.bool_], theirs: Floats) -> Effect:
        confounders = self.always
        if self.other_events:
            confounders = np.column_stack([confounders, np.log1p(self.events - theirs)])
        return effect(self.outcome, having, confounders)


def _grouped(rows: pa.Table, *names: str) -> Iterator[tuple[tuple[str, ...], NDArray[np.int64], Floats]]:
    """The places and times of each name, of rows that are sorted by name."""
    places, times = rows["place"].to_numpy(), rows["times"].to_numpy().astype(np.float64)
    groups = rows["number"].to_numpy()
    edges = np.flatnonzero(np.diff(groups)) + 1
    for first, end in zip([0, *edges], [*edges, len(groups)], strict=True):
        if end > first:
            yield tuple(rows[name][int(first)].as_py() for name in names), places[first:end], times[first:end]


_FOLLOWED = Pipeline(
    (
        Step("ends", "SELECT max(moment) AS log_end FROM ordered", "When the log ends."),
        Step(
            "begun",
            "SELECT case_id, min(moment) AS start, "
            "max(CASE WHEN n = 1 THEN CAST(activity AS VARCHAR) END) AS beginning FROM ordered GROUP BY case_id",
            "When and with what each case began.",
        ),
        Step(
            "holders",
            "SELECT o.case_id, max(CASE WHEN o.moment <= b.start + $first THEN 1 ELSE 0 END) AS had_it, "
            "max(CASE WHEN o.moment > b.start + $first AND o.moment <= b.start + $first + $after THEN 1 ELSE 0 END) "
            "AS came FROM ordered o JOIN begun b ON b.case_id = o.case_id WHERE CAST(o.activity AS VARCHAR) = $outcome "
            "GROUP BY o.case_id",
            "Which cases have the outcome: before the landmark, and in the time after it.",
        ),
        Step(
            "followed",
            "SELECT b.case_id, b.start, b.beginning, coalesce(h.had_it, 0) AS had_it, coalesce(h.came, 0) AS came, "
            "CASE WHEN h.case_id IS NULL THEN 0 ELSE 1 END AS with_it, "
            "CASE WHEN b.start + $first + $after <= e.log_end THEN 1 ELSE 0 END AS is_over "
            "FROM begun b CROSS JOIN ends e LEFT JOIN holders h ON h.case_id = b.case_id",
            "Every case, and whether its time after is over.",
        ),
    )
)
_COUNTED = Pipeline(
    (
        Step(
            "counted",
            "SELECT CAST(sum(with_it) AS BIGINT) AS with_it, CAST(sum(is_over * had_it) AS BIGINT) AS had_it, "
            "CAST(sum(1 - is_over) AS BIGINT) AS not_over, "
            "count(CASE WHEN is_over = 1 AND (had_it = 0 OR $again) THEN 1 END) AS eligible FROM followed",
            "How many cases have the outcome at all, had it too early, cannot be followed to the end, or can.",
        ),
    )
)
_ELIGIBLE = Pipeline(
    (
        Step(
            "eligible",
            "SELECT case_id, start, beginning, came, row_number() OVER (ORDER BY case_id) - 1 AS place FROM followed "
            "WHERE is_over = 1 AND (had_it = 0 OR $again)",
            "The cases that are followed, numbered.",
        ),
    )
)
_IN_TIME = Pipeline(
    (
        Step(
            "in_time",
            "SELECT e.place, CAST(o.activity AS VARCHAR) AS step, "
            "CASE WHEN o.moment + o.wait <= e.start + $first THEN CAST(o.next AS VARCHAR) END AS following "
            "FROM eligible e JOIN ordered o ON o.case_id = e.case_id WHERE o.moment <= e.start + $first",
            "What happened in the first time of each, and what came directly after, in that time too.",
        ),
    )
)
_CASES = Pipeline(
    (
        Step("amounts", "SELECT place, count(*) AS events FROM in_time GROUP BY place", "How much happened."),
        Step(
            "cases",
            "SELECT e.start, e.beginning, e.came, a.events FROM eligible e JOIN amounts a ON a.place = e.place "
            "ORDER BY e.place",
            "The cases that are followed, in order.",
        ),
    )
)
_USUAL = "HAVING count(*) BETWEEN $fewest AND $left ORDER BY cases DESC, {names} LIMIT CAST($most AS INT)"
_STEPS = Pipeline(
    (
        Step(
            "times", "SELECT step, place, count(*) AS times FROM in_time GROUP BY step, place", "How often each did it."
        ),
        Step(
            "usual",
            f"SELECT step, count(*) AS cases FROM times GROUP BY step {_USUAL.format(names='step')}",
            "The steps that most cases have, and some have not.",
        ),
        Step(
            "steps_tried",
            "SELECT t.step, t.place, t.times, dense_rank() OVER (ORDER BY u.cases DESC, t.step) AS number "
            "FROM times t JOIN usual u ON u.step = t.step ORDER BY number, t.place",
            "Who has each.",
        ),
    )
)
_PAIRS = Pipeline(
    (
        Step(
            "times",
            "SELECT step AS former, following AS step, place, count(*) AS times FROM in_time "
            "WHERE following IS NOT NULL GROUP BY step, following, place",
            "How often each did one directly after the other.",
        ),
        Step(
            "usual",
            "SELECT former, step, count(*) AS cases FROM times GROUP BY former, step "
            + _USUAL.format(names="former, step"),
            "The pairs that most cases have, and some have not.",
        ),
        Step(
            "pairs_tried",
            "SELECT t.former, t.step, t.place, t.times, dense_rank() OVER (ORDER BY u.cases DESC, t.former, t.step) "
            "AS number FROM times t JOIN usual u ON u.former = t.former AND u.step = t.step ORDER BY number, t.place",
            "Who has each.",
        ),
    )
)
