"""What cases differ in at their beginning, so that it can be asked what goes with it.

- `step`: they had it, or not. - `pair`: they had one step directly after another.
- `wait`: of those who had a pair, whether the (first) wait between its steps was longer than that of the middle case.
- `channel`, `place`: of those who had a step that happens in several, whether they had it there.
- `staff`: of those with whom any colleague dealt, whether this one did. It says who was there, not how they worked.

All read `in_time`: what happened in the first time of each followed case.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.engine.effects import FEWEST, Floats
from vincle.engine.journeys.asked import PAIRS, STAFF, STEPS, TOUCHPOINTS, WAITS
from vincle.engine.journeys.cases import Cases
from vincle.engine.steps import Pipeline, Step, Value
from vincle.kernel.errors import BadInput

MOST = 60  # of each sort that are tried: those that the most cases have
_DAY = 86_400_000_000  # microseconds


@dataclass(frozen=True, slots=True)
class Exposure:
    """`what` it is; the `step`, directly after `former`; `of` which channel, place or colleague, or which arm of a lot
    (against the other, `against`); longer than how many `seconds`.
    """

    what: str
    step: str | None = None
    former: str | None = None
    of: str | None = None
    seconds: float | None = None
    against: str | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """An exposure and the cases that are compared, by their places: who is `having` it, how many of their events are
    its own (`theirs`), and what else differs because of what it is (`more`).
    """

    exposure: Exposure
    among: NDArray[np.int64]
    having: NDArray[np.bool_]
    theirs: Floats
    more: tuple[Floats, ...] = ()


def tried(log: Cases, size: int, asked: Sequence[str], first: int) -> Iterator[Tried]:
    """Every exposure of the sorts that are `asked`, of `size` followed cases with a first time of `first` microseconds.

    Raises `BadInput` for staff or touchpoints of a log that does not know them.
    """
    bounds: dict[str, Value] = {"fewest": FEWEST, "left": size - FEWEST, "most": MOST}
    everybody = np.arange(size)
    counts: dict[str, Floats] = {}
    for group in _grouped(log.runner.run(_STEPS.bound(**bounds)), "step"):
        (step,) = group.names
        counts[step] = _spread(group, size)
        if STEPS in asked:
            yield Tried(Exposure("step", step), everybody, counts[step] > 0, counts[step])
    if PAIRS in asked:
        for group in _grouped(log.runner.run(_PAIRS.bound(**bounds)), "former", "step"):
            former, step = group.names
            theirs = sum((counts[each] for each in {former, step} if each in counts), np.zeros(size))
            yield Tried(Exposure("pair", step, former), everybody, _spread(group, size) > 0, theirs)
    if WAITS in asked:
        for group in _grouped(log.runner.run(_WAITS.bound(**bounds)), "former", "step"):
            yield _wait(group)
    if {TOUCHPOINTS, STAFF} & set(asked):
        yield from _told_beside(log, asked, bounds | {"first": first})


def _wait(group: "_Group") -> Tried:
    former, step = group.names
    waits = group.column("wait")
    middle = float(np.median(waits))
    when = group.column("since") / _DAY
    exposure = Exposure("wait", step, former, seconds=middle / 1e6)
    # Who began the pair late could not wait for long within the first time.
    return Tried(exposure, group.places, waits > middle, group.times, (when,))


def _told_beside(log: Cases, asked: Sequence[str], bounds: dict[str, Value]) -> Iterator[Tried]:
    if log.facts is None:
        raise BadInput(
            "The log says neither who took part nor by which way.",
            "Name the columns of a file with --staff and --channel, or leave staff and touchpoints out.",
        )
    log.runner.keep("facts", log.facts)
    if TOUCHPOINTS in asked:
        for what, pipeline in (("channel", _CHANNELS), ("place", _VENUES)):
            for group, family, having in _against(log.runner.run(pipeline.bound(**bounds))):
                step, of = group.names
                yield _of_family(Exposure(what, step, of=of), family, having)
    if STAFF in asked:
        for group, family, having in _against(log.runner.run(_STAFF.bound(**bounds))):
            yield _of_family(Exposure("staff", of=group.names[1]), family, having)
    log.runner.forget("facts")


def _of_family(exposure: Exposure, family: "_Group", having: NDArray[np.bool_]) -> Tried:
    # Who had more of the family is more likely to have had this one too.
    return Tried(exposure, family.places, having, family.times, (np.log1p(family.times),))


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of one name, of rows that are sorted by name."""

    names: tuple[Any, ...]
    rows: pa.Table

    @property
    def places(self) -> NDArray[np.int64]:
        return np.asarray(self.rows["place"].to_numpy(), dtype=np.int64)

    @property
    def times(self) -> Floats:
        return self.column("times")

    def column(self, name: str) -> Floats:
        return np.asarray(self.rows[name].to_numpy(), dtype=np.float64)


def _grouped(rows: pa.Table, *names: str) -> Iterator[_Group]:
    groups = rows["number"].to_numpy()
    edges = np.flatnonzero(np.diff(groups)) + 1
    for first, end in zip([0, *edges], [*edges, len(groups)], strict=True):
        if end > first:
            yield _Group(tuple(rows[name][int(first)].as_py() for name in names), rows.slice(first, end - first))


def _spread(group: _Group, size: int) -> Floats:
    counts = np.zeros(size)
    counts[group.places] = group.times
    return counts


def _against(rows: pa.Table) -> Iterator[tuple[_Group, _Group, NDArray[np.bool_]]]:
    """Each name of a family, the cases that have any name of it, and which of these have it: rows of name null are of
    the family.
    """
    family: _Group | None = None
    for group in _grouped(rows, "family", "name"):
        if group.names[1] is None:
            family = group
        elif family is not None:
            having = np.zeros(len(family.places), dtype=np.bool_)
            having[np.searchsorted(family.places, group.places)] = True
            yield group, family, having


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
_WAITS = Pipeline(
    (
        Step(
            "firsts",
            "SELECT step AS former, following AS step, place, count(*) AS times, first_by(wait, n) AS wait, "
            "first_by(since, n) AS since FROM in_time WHERE following IS NOT NULL GROUP BY step, following, place",
            "How long each waited from one to the other, the first time, and when that was.",
        ),
        Step(
            "usual",
            "SELECT former, step, count(*) AS cases FROM firsts GROUP BY former, step HAVING count(*) >= 2 * $fewest "
            "AND max(wait) > min(wait) ORDER BY cases DESC, former, step LIMIT CAST($most AS INT)",
            "The pairs that most cases have, and some sooner than others.",
        ),
        Step(
            "waits_tried",
            "SELECT f.former, f.step, f.place, f.times, f.wait, f.since, "
            "dense_rank() OVER (ORDER BY u.cases DESC, f.former, f.step) AS number "
            "FROM firsts f JOIN usual u ON u.former = f.former AND u.step = f.step ORDER BY number, f.place",
            "How long each waited.",
        ),
    )
)


def _named(family: str, name: str) -> Pipeline:
    """The cases of each name, after those of its family."""
    return Pipeline(
        (
            Step(
                "times",
                f"SELECT {family} AS family, {name} AS name, e.place, count(*) AS times FROM eligible e "
                "JOIN facts f ON f.case_id = e.case_id "
                f"WHERE {name} IS NOT NULL AND {name} <> '' AND f.moment BETWEEN e.start AND e.start + $first "
                "GROUP BY family, name, e.place",
                "How often each case had each name in its first time.",
            ),
            Step(
                "families",
                "SELECT family, count(DISTINCT place) AS cases FROM times GROUP BY family",
                "How many have any of it.",
            ),
            Step(
                "usual",
                "SELECT t.family, t.name, count(*) AS cases FROM times t JOIN families f ON f.family = t.family "
                "GROUP BY t.family, t.name HAVING count(*) BETWEEN $fewest AND max(f.cases) - $fewest "
                "ORDER BY cases DESC, t.family, t.name LIMIT CAST($most AS INT)",
                "The names that most cases have, and others of the family have not.",
            ),
            Step(
                "both",
                "SELECT u.family, u.name, t.place, t.times FROM usual u "
                "JOIN times t ON t.family = u.family AND t.name = u.name UNION ALL "
                "SELECT t.family, CAST(NULL AS VARCHAR) AS name, t.place, CAST(sum(t.times) AS BIGINT) AS times "
                "FROM times t WHERE t.family IN (SELECT family FROM usual) GROUP BY t.family, t.place",
                "Who has each, and who has any.",
            ),
            Step(
                "named_tried",
                "SELECT family, name, place, times, dense_rank() OVER (ORDER BY family, name NULLS FIRST) AS number "
                "FROM both ORDER BY number, place",
                "In order, each family before its names.",
            ),
        )
    )


_CHANNELS = _named("CAST(f.activity AS VARCHAR)", "f.channel")
_VENUES = _named("CAST(f.activity AS VARCHAR)", "f.venue")
_STAFF = _named("''", "f.staff")
