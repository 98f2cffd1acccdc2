"""Who stands for a group: the medoid, against brute force."""

from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pytest

from vincle.engine.journeys import medoids, read
from vincle.engine.journeys.representing import Archetypes, archetypes
from vincle.kernel.errors import BadInput

COLUMNS = {"case": "who", "activity": "step", "time": "when"}


def found(folder: Path, ways: dict[str, str], **asked: object) -> Archetypes:
    """Cases that take one step a day, the letters of their way."""
    path = folder / "log.csv"
    rows = [f"{who},{step},2024-03-{day:02}" for who, way in ways.items() for day, step in enumerate(way, 1)]
    path.write_text("\n".join(["who,step,when", *rows]) + "\n", "utf-8")
    with read(path, **COLUMNS) as log:
        return archetypes(log, **asked)  # type: ignore[arg-type]


def test_the_one_in_the_middle_stands_for_all(tmp_path: Path) -> None:
    [one] = found(tmp_path, {"a": "xy", "b": "xyyyy", "c": "xyyyyyyyyyyyy"}).archetypes
    assert ("b", 3, 1.0, ["x", "y", "y", "y", "y"]) == (one.case, one.cases, one.share, one.path)
    told = {trait.name: (trait.value, trait.median) for trait in one.traits}
    assert ((4.0, 4.0), (5.0, 5.0), (8.0, 8.0)) == (told["y"], told["events"], told["quiet_days"])
    assert 0 < one.mean_distance < one.between < 1


def test_one_of_some(tmp_path: Path) -> None:
    ways = {"a": "x", "b": "xxx", "c": "xxxxx", "d": "yyyyyyyy"}
    assert ["a"] == [each.case for each in found(tmp_path, ways, people=["a"]).archetypes]
    assert "b" == found(tmp_path, ways, people=["a", "b", "c", "nobody"]).archetypes[0].case
    with pytest.raises(BadInput, match="None of these"):
        found(tmp_path, ways, people=["nobody"])


def test_who_may_not_stand_for_others_counts_and_the_next_nearest_stands(tmp_path: Path) -> None:
    ways = {"a": "xy", "b": "xyyyy", "c": "xyyyyyyyyyyyy", "d": "xyyyyy"}
    nearest, *others = (found(tmp_path, ways, never=never).archetypes[0] for never in ([], ["b"], ["b", "d"]))
    assert ("b", 0) == (nearest.case, nearest.passed_over)
    assert [("d", 4, 1), ("a", 4, 2)] == [(each.case, each.cases, each.passed_over) for each in others]
    assert [] == found(tmp_path, ways, never=list(ways)).archetypes


def test_two_clear_groups_and_none(tmp_path: Path) -> None:
    chance = Random(3)
    ways = {f"v{n:02}": "v" * chance.randint(1, 3) for n in range(30)}
    ways |= {f"b{n:02}": "abc" * chance.randint(5, 6) for n in range(20)}
    said = found(tmp_path, ways, groups=2)
    assert said.clear
    assert [("v", 30), ("b", 20)] == [(each.case[0], each.cases) for each in said.archetypes]
    alike = found(tmp_path, {f"{n}": "".join(chance.choices("abcdef", k=12)) for n in range(80)}, groups=3)
    assert (False, 80) == (alike.clear, sum(each.cases for each in alike.archetypes))
    with pytest.raises(BadInput, match="1 cases are no 2 groups"):
        found(tmp_path, {"a": "x"}, groups=2)


def test_mean_distances_are_those_of_every_two() -> None:
    rows = np.random.default_rng(5).integers(0, 9, (300, 6)).astype(np.float32) / 50
    assert pytest.approx(medoids.distances(rows).mean(axis=1)) == medoids.mean_distances(rows)


@pytest.mark.parametrize("seed", range(4))
def test_no_other_medoids_are_much_nearer(seed: int) -> None:
    rows = np.random.default_rng(seed).random((24, 3), dtype=np.float32)
    apart = medoids.distances(rows)
    best = min(apart[:, list(some)].min(axis=1).sum() for some in combinations(range(24), 3))
    chosen = medoids.choose(apart, 3)
    assert apart[:, chosen].min(axis=1).sum() <= best * 1.02
    for place in range(3):  # and no single swap helps
        for row in range(24):
            other = chosen.copy()
            other[place] = row
            assert apart[:, other].min(axis=1).sum() >= apart[:, chosen].min(axis=1).sum() - 1e-9


def test_the_silhouette_by_hand() -> None:
    apart = medoids.distances(np.array([[0.0], [1.0], [4.0], [9.0]], np.float32))
    # In groups {0, 1}, {4}, {9}: (4-1)/4 and (3-1)/3, and 0 for those who are alone.
    assert pytest.approx((3 / 4 + 2 / 3) / 4) == medoids.silhouette(apart, np.array([0, 0, 1, 2]))
