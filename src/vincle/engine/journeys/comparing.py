"""Two groups of cases, or the cases that began in two periods, side by side: what differs, and how surely.

Shares (of cases that have a step, a connection, a way) differ by an interval of R. G. Newcombe (Statistics in Medicine
17 (1998) 873-890, method 10), medians of times by one of R. M. Price and D. G. Bonett (J. Stat. Comput. Simul. 72
(2002) 119-124), which asks nothing of how they are distributed. Every figure of a case is one, so cases count as
independent: the time of a connection is that of the first time a case has it.

`q` is the share of false discoveries among all differences that are as clear (Benjamini and Hochberg), over
everything that was compared. All of it is observational: the groups may differ in other things as well.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vincle.engine.differences import Difference, of_medians, of_shares
from vincle.engine.effects import false_discovery
from vincle.engine.intervals import share
from vincle.engine.journeys.cases import Cases
from vincle.engine.steps import Pipeline, Step, Value
from vincle.kernel.errors import BadInput

FEWEST = 10  # cases in each group
MOST = 100  # steps, connections and ways that are compared: those that the most cases have
_DAY = 86_400_000_000  # microseconds


class TooFewToCompare(BadInput):
    """A group is too small: the `cases` of both and how many are `not_over`; `FEWEST` are needed."""

    def __init__(self, message: str, *, cases: tuple[int, int], not_over: tuple[int, int]) -> None:
        super().__init__(message)
        self.cases, self.not_over = cases, not_over


@dataclass(frozen=True, slots=True)
class Group:
    """Which cases: those in `cases` (None: all; `without`: all others) that began from `since` on and before `until`
    (microseconds since 1970).
    """

    name: str
    cases: Sequence[Any] | None = None
    since: int | None = None
    until: int | None = None
    without: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure in both groups: the number of cases behind each; the figure with its interval; the second less the
    first. `what`: step, connection, way (all shares of cases), duration or pause (medians, seconds); `path`: which.
    """

    what: str
    path: list[str]
    cases: tuple[int, int]
    figures: tuple[tuple[float, float | None, float | None], tuple[float, float | None, float | None]]
    difference: Difference
    q: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`names` of the groups and the `cases` in each. `not_over`: cases of each that were not known for long enough.
    `compared`: the clearest first, where too few cases tell nothing at the end.
    """

    names: tuple[str, str]
    cases: tuple[int, int]
    not_over: tuple[int, int]
    compared: list[Compared] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """What `vincle journeys compare --json` prints."""
        return {"kind": "observational", **asdict(self)}


def compare(log: Cases, first: Group, second: Group, *, within_days: float | None = None) -> Comparison:
    """Compare two groups of one log; nobody may be in both. `within_days`: only what cases do in so many days from
    their first event, and only cases that are known for that long: without it who began earlier has had more time.

    Raises `BadInput` when the groups overlap, `TooFewToCompare` when either is too small.
    """
    if within_days is not None and within_days <= 0:
        raise BadInput("Days are above 0.")
    not_over = _keep(log, (first, second), within_days)
    sizes = {row["part"]: row["cases"] for row in log.runner.run(SIZES).to_pylist()}
    cases = (sizes.get(0, 0), sizes.get(1, 0))
    for group, size in zip((first, second), cases, strict=True):
        if size < FEWEST:
            raise TooFewToCompare(
                f"“{group.name}” has {size:,} cases, too few to compare: {FEWEST} are needed.",
                cases=cases,
                not_over=not_over,
            )
    found = [*_shares(log, cases), *_times(log)]
    for name in ("parts", "compared", "shown"):
        log.runner.forget(name)
    return Comparison((first.name, second.name), cases, not_over, _ranked(found))


def _keep(log: Cases, groups: tuple[Group, Group], within_days: float | None) -> tuple[int, int]:
    """Keeps `parts` (the cases of both) and `compared` (their events); gives how many are not over."""
    begun = log.runner.run(BEGUN)
    names, starts = begun.column("case_id").combine_chunks(), begun.column("start").to_numpy()
    members = [_members(names, starts, group) for group in groups]
    if bool((members[0] & members[1]).any()):
        raise BadInput("Some cases are in both groups.", "Choose groups or periods that do not overlap.")
    within = -1 if within_days is None else int(within_days * _DAY)
    over = np.full(len(starts), True) if within < 0 else starts + within <= begun.column("log_end").to_numpy()
    followed = [among & over for among in members]
    chosen = np.flatnonzero(followed[0] | followed[1])
    part = followed[1][chosen].astype(np.int32)
    log.runner.given(
        "parts", pa.table({"case_id": names.take(pa.array(chosen)), "part": part, "start": starts[chosen]})
    )
    log.runner.keep("compared", EVENTS.bound(within=within))
    return int((members[0] & ~over).sum()), int((members[1] & ~over).sum())


def _members(names: pa.Array, starts: NDArray[np.int64], group: Group) -> NDArray[np.bool_]:
    among = np.full(len(starts), True)
    if group.cases is not None:
        wanted = pa.array(group.cases).cast(names.type) if group.cases else pa.array([], names.type)
        among = np.asarray(pc.is_in(names, wanted).to_numpy(zero_copy_only=False), dtype=np.bool_)
    if group.without:
        among = ~among
    if group.since is not None:
        among = among & (starts >= group.since)
    if group.until is not None:
        among = among & (starts < group.until)
    return np.asarray(among, dtype=np.bool_)


def _shares(log: Cases, cases: tuple[int, int]) -> list[Compared]:
    most: dict[str, Value] = {"most": MOST}
    rows = [("step", [row["step"]], row) for row in log.runner.run(STEPS.bound(**most)).to_pylist()]
    rows += [("connection", [row["step"], row["following"]], row) for row in _listed(log, CONNECTIONS, most)]
    ways = _listed(log, WAYS, most)
    paths = _paths(log, [row["first_case"] for row in ways])
    rows += [("way", paths[row["first_case"]], row) for row in ways]
    return [
        Compared(
            what,
            path,
            (row["former"], row["latter"]),
            (share(row["former"], cases[0]), share(row["latter"], cases[1])),
            of_shares(row["former"], cases[0], row["latter"], cases[1]),
        )
        for what, path, row in rows
    ]  # fmt: skip


def _listed(log: Cases, pipeline: Pipeline, bounds: dict[str, Value]) -> list[dict[str, Any]]:
    return list(log.runner.run(pipeline.bound(**bounds)).to_pylist())


def _paths(log: Cases, cases: Sequence[Any]) -> dict[Any, list[str]]:
    """What these cases did in the time that is compared."""
    log.runner.given("shown", pa.table({"first_case": cases}))
    found: dict[Any, list[str]] = {}
    for row in log.runner.run(STEPS_OF).to_pylist():
        found.setdefault(row["case_id"], []).append(row["step"])
    return found


def _times(log: Cases) -> list[Compared]:
    lasted = log.runner.run(LASTED)
    found = [_timed("duration", [], lasted)]
    waits = log.runner.run(WAITS.bound(most=MOST))
    numbers = waits.column("number").to_numpy()
    edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
    for begin, end in pairwise(edges):
        part = waits.slice(begin, end - begin)
        if part.num_rows:
            found.append(_timed("pause", [part["step"][0].as_py(), part["following"][0].as_py()], part))
    return [each for each in found if each is not None]


def _timed(what: str, path: list[str], rows: pa.Table) -> Compared | None:
    seconds, part = rows.column("seconds").to_numpy().astype(np.float64), rows.column("part").to_numpy()
    former, latter = seconds[part == 0], seconds[part == 1]
    if min(len(former), len(latter)) < FEWEST:
        return None
    return Compared(what, path, (len(former), len(latter)), *of_medians(former, latter))


def _ranked(found: Sequence[Compared]) -> list[Compared]:
    clear = [each for each in found if each.difference.p is not None]
    q = false_discovery(np.array([each.difference.p for each in clear], dtype=np.float64))
    told = [replace(each, q=float(one)) for each, one in zip(clear, q, strict=True)]
    told.sort(key=lambda each: (each.difference.p or 0.0, -sum(each.cases), each.what, each.path))
    return told + [each for each in found if each.difference.p is None]


BEGUN = Pipeline(
    (
        Step("log_ends", "SELECT max(moment) AS log_end FROM ordered", "When the log ends."),
        Step(
            "begun",
            "SELECT o.case_id, o.moment AS start, e.log_end FROM ordered o CROSS JOIN log_ends e WHERE o.n = 1 "
            "ORDER BY o.case_id",
            "When each case began.",
        ),
    )
)
EVENTS = Pipeline(
    (
        Step(
            "compared_events",
            "SELECT o.case_id, p.part, o.n, o.moment, o.wait, CAST(o.activity AS VARCHAR) AS step, "
            "CASE WHEN $within < 0 OR o.moment + o.wait <= p.start + $within THEN CAST(o.next AS VARCHAR) END "
            "AS following FROM ordered o JOIN parts p ON p.case_id = o.case_id "
            "WHERE $within < 0 OR o.moment <= p.start + $within",
            "What happened in the time that is compared, and what came directly after, in that time too.",
        ),
    )
)
SIZES = Pipeline((Step("sizes", "SELECT part, count(*) AS cases FROM parts GROUP BY part", "How many cases."),))
_BOTH = (
    "count(CASE WHEN part = 0 THEN 1 END) AS former, count(CASE WHEN part = 1 THEN 1 END) AS latter, count(*) AS cases"
)
STEPS = Pipeline(
    (
        Step("holders", "SELECT DISTINCT step, case_id, part FROM compared", "Which cases have which step."),
        Step(
            "steps_of_both",
            f"SELECT step, {_BOTH} FROM holders GROUP BY step ORDER BY cases DESC, step LIMIT CAST($most AS INT)",
            "How many cases of each group have each step.",
        ),
    )
)
_CONNECTED = Step(
    "connected",
    "SELECT step, following, case_id, part, first_by(wait, n) / 1e6 AS seconds FROM compared "
    "WHERE following IS NOT NULL GROUP BY step, following, case_id, part",
    "Which cases have one step directly after another, and how long it took the first time.",
)
_USUAL = Step(
    "usual",
    f"SELECT step, following, {_BOTH} FROM connected GROUP BY step, following "
    "ORDER BY cases DESC, step, following LIMIT CAST($most AS INT)",
    "How many cases of each group have each connection.",
)
CONNECTIONS = Pipeline((_CONNECTED, _USUAL))
WAITS = Pipeline(
    (
        _CONNECTED,
        _USUAL,
        Step(
            "waits",
            "SELECT c.step, c.following, c.part, c.seconds, "
            "dense_rank() OVER (ORDER BY u.cases DESC, u.step, u.following) AS number FROM connected c "
            "JOIN usual u ON u.step = c.step AND u.following = c.following ORDER BY number",
            "How long each took each case.",
        ),
    )
)
WAYS = Pipeline(
    (
        Step(
            "ways",
            "SELECT case_id, part, sum(CAST(fingerprint(step, n) AS DECIMAL(38, 0))) AS way, count(*) AS length "
            "FROM compared GROUP BY case_id, part",
            "The way of each case, as in `variants`.",
        ),
        Step(
            "ways_of_both",
            f"SELECT min(case_id) AS first_case, {_BOTH} FROM ways GROUP BY way, length "
            "ORDER BY cases DESC, first_case LIMIT CAST($most AS INT)",
            "How many cases of each group took each way.",
        ),
    )
)
STEPS_OF = Pipeline(
    (
        Step(
            "steps_of",
            "SELECT case_id, step FROM compared WHERE case_id IN (SELECT first_case FROM shown) ORDER BY case_id, n",
            "The steps of the first case of each way.",
        ),
    )
)
LASTED = Pipeline(
    (
        Step(
            "lasted",
            "SELECT part, (max(moment) - min(moment)) / 1e6 AS seconds FROM compared GROUP BY case_id, part",
            "How long each case lasted.",
        ),
    )
)
