"""A representative case of a group, chosen from data: the medoid, whose mean distance to all of the group is smallest.

How unlike two journeys are is J. C. Gower's coefficient (Biometrics 27 (1971) 857-871): the mean of how far they are
apart in each trait, as a share of the distance between its 1st and 99th percentile in the log, beyond which nothing
counts. Counts, times and money are taken as logarithms first: the second purchase says more than the hundredth. What
was done, its tempo, and money weigh the same together, however many traits each has (`traits`).

In every trait that distance is one of numbers on a line, so the sum of a case's distances to all others follows from
sorting: **the medoid is exact for any number of cases**, without comparing every two of them.

Several groups are k-medoids of a sample (E. Schubert and P. Rousseeuw, Information Systems 101 (2021) 101804), to which
all cases are then assigned, and of each of which the exact medoid is told. How clear they are is the silhouette of the
sample (P. Rousseeuw, J. Comput. Appl. Math. 20 (1987) 53-65); at .25 or below there are no groups to speak of
(L. Kaufman and P. Rousseeuw, Finding Groups in Data (1990), table 4 of chapter 2).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vincle.engine.journeys import medoids
from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.traits import Traits, traits
from vincle.kernel.errors import BadInput

CLEAR = 0.25  # a silhouette above which groups are told apart
SAMPLE = 2_000
MOST_GROUPS = 12

Floats = NDArray[np.float64]


class TooFewForGroups(BadInput):
    """There are only so many `cases`."""

    def __init__(self, message: str, *, cases: int) -> None:
        super().__init__(message)
        self.cases = cases


@dataclass(frozen=True, slots=True)
class Trait:
    """A trait of the archetype: its value, and what half of the group does not exceed. None: there is none."""

    name: str
    value: float | None
    median: float | None


@dataclass(frozen=True, slots=True)
class Archetype:
    """`case` stands for `cases` of them (`share` of all). Distances run from 0 to 1: its mean to all of the group,
    those within which half and nine in ten of the group are, and `between`, the mean between any two of the group,
    against which the others read. `nearer`: the share of the group that is nearer to it than two of the group usually
    are. `path`: its steps in order. `passed_over`: how many are as near or nearer, but may not stand for anybody.
    """

    case: Any
    cases: int
    share: float
    mean_distance: float
    median_distance: float
    p90_distance: float
    between: float
    nearer: float
    path: list[str]
    traits: list[Trait]
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class Archetypes:
    """The archetypes of `cases`, of the largest group first. `silhouette` (None for one group) is measured on `sampled`
    of them; `clear` says whether there are groups at all.
    """

    cases: int
    silhouette: float | None
    sampled: int
    clear: bool
    archetypes: list[Archetype]

    def as_json(self) -> dict[str, Any]:
        """What `vincle journeys archetype --json` prints."""
        return asdict(self)


def archetypes(
    log: Cases,
    *,
    groups: int = 1,
    people: Sequence[Any] | None = None,
    never: Sequence[Any] = (),
    money: bool = False,
    seed: int = 1,
) -> Archetypes:
    """The medoid of all cases or of those in `people`; of each of `groups`, when they are to be told apart.

    Those in `never` count like all others, and stand for nobody: the next nearest does (a group of none but them is
    left out). `money`: of a home's log with people as cases, what they spent counts too. `seed` draws the sample.
    Raises `TooFewForGroups` for more groups than cases, or when none of `people` is in the log.
    """
    if not 1 <= groups <= MOST_GROUPS:
        raise BadInput(f"There can be 1 to {MOST_GROUPS} groups.")
    known = traits(log, money=money)
    if people is not None:
        known = known.among(np.flatnonzero(pc.is_in(known.cases, pa.array(people, known.cases.type)).to_numpy(False)))
    whole = len(known.cases)
    if whole < groups:
        raise TooFewForGroups(
            f"{whole:,} cases are no {groups} groups." if whole else "None of these is in the log.", cases=whole
        )
    if groups == 1:
        return Archetypes(whole, None, whole, True, _of_groups(log, [known], whole, never))
    drawn = np.random.default_rng(seed).permutation(whole)[:SAMPLE]
    apart = medoids.distances(known.scaled[drawn])
    chosen = medoids.choose(apart, groups)
    silhouette = medoids.silhouette(apart, apart[:, chosen].argmin(axis=1))
    nearest = medoids.nearest(known.scaled, known.scaled[drawn[chosen]])
    parts = [known.among(np.flatnonzero(nearest == number)) for number in range(groups)]
    found = _of_groups(log, [part for part in parts if len(part.cases)], whole, never)
    return Archetypes(whole, silhouette, len(drawn), silhouette > CLEAR, found)


def _of_groups(log: Cases, groups: Sequence[Traits], whole: int, never: Sequence[Any]) -> list[Archetype]:
    chosen = []
    for group in groups:
        means = medoids.mean_distances(group.scaled)
        may = ~np.asarray(pc.is_in(group.cases, pa.array(never, group.cases.type)).to_numpy(False), dtype=np.bool_)
        if may.any():  # of equally near ones the first by name
            place = int(np.where(may, means, np.inf).argmin())
            chosen.append((group, means, place, int((~may & (means <= means[place])).sum())))
    paths = log.paths([group.cases[place].as_py() for group, _means, place, _over in chosen])
    found = [
        replace(_archetype(group, means, place, paths, whole), passed_over=over) for group, means, place, over in chosen
    ]
    return sorted(found, key=lambda each: -each.cases)


def _archetype(group: Traits, means: Floats, place: int, paths: dict[Any, list[str]], whole: int) -> Archetype:
    case, cases = group.cases[place].as_py(), len(group.cases)
    distances = np.abs(group.scaled - group.scaled[place]).sum(axis=1, dtype=np.float64)
    between = float(means.mean()) * cases / max(1, cases - 1)  # nobody's distance to themselves
    others = np.delete(distances, place) if cases > 1 else distances
    return Archetype(
        case,
        cases,
        cases / whole,
        float(others.mean()),
        float(np.median(others)),
        float(np.quantile(others, 0.9)),
        between,
        float((others < between).mean()),
        paths[case],
        [
            Trait(name, _known(values[place]), _median(values))
            for name, values in zip(group.names, group.raw.T, strict=True)
        ],
    )  # fmt: skip


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _median(values: Floats) -> float | None:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else None
