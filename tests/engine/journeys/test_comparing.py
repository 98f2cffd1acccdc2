"""Two groups, or two periods, side by side, worked out by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from vincle.engine.intervals import share
from vincle.engine.journeys import Cases, read
from vincle.engine.journeys.comparing import Compared, Comparison, Group, compare
from vincle.kernel.errors import BadInput

COLUMNS = {"case": "who", "activity": "step", "time": "when"}
DAY = 86_400_000_000
FIRST_OF_MARCH = 1_709_251_200_000_000  # 2024


@contextmanager
def log(folder: Path, ways: dict[str, list[tuple[str, int]]]) -> Iterator[Cases]:
    """Steps of each case, and on which day of March they happened."""
    path = folder / "log.csv"
    rows = [f"{who},{step},2024-03-{day:02}" for who, way in ways.items() for step, day in way]
    path.write_text("\n".join(["who,step,when", *rows]) + "\n", "utf-8")
    with read(path, **COLUMNS) as cases:
        yield cases


def told(said: Comparison, what: str, *path: str) -> Compared:
    [found] = [each for each in said.compared if (each.what, each.path) == (what, list(path))]
    return found


# Of twenty of each, all visit on day 1; fifteen of the first buy, one to three days after, five of the others on day 9.
WAYS = {f"a{n:02}": [("visit", 1), *([("buy", 2 + n % 3)] if n < 15 else [])] for n in range(20)} | {
    f"b{n:02}": [("visit", 1), *([("buy", 9)] if n < 15 and n % 3 == 0 else [])] for n in range(20)
}
A, B = (Group(name, [who for who in WAYS if who[0] == name]) for name in "ab")


def test_two_groups_by_hand(tmp_path: Path) -> None:
    with log(tmp_path, WAYS) as cases:
        said = compare(cases, A, B)
    assert (("a", "b"), (20, 20), (0, 0)) == (said.names, said.cases, said.not_over)
    buy = told(said, "step", "buy")
    assert ((15, 5), (share(15, 20), share(5, 20))) == (buy.cases, buy.figures)
    # Wilson's: .5313 to .8881 and .1119 to .4687, so -.5 less .1381 times the root of 2, plus .2187 times it.
    assert pytest.approx((-0.5, -0.6953, -0.1907), abs=1e-4) == (
        buy.difference.at, buy.difference.low, buy.difference.high,
    )  # fmt: skip
    assert pytest.approx(0.001565, abs=1e-6) == buy.difference.p  # z = 0.5 / sqrt(0.25 * 2 / 20)
    assert (15, 5) == told(said, "connection", "visit", "buy").cases
    assert ((15, 5), (5, 15)) == (told(said, "way", "visit", "buy").cases, told(said, "way", "visit").cases)
    visit = told(said, "step", "visit")
    assert (0.0, None) == (visit.difference.at, visit.q)
    assert (1.5 * 86_400, 0.0) == tuple(figure[0] for figure in told(said, "duration").figures)
    assert not [each for each in said.compared if each.what == "pause"]  # five are too few
    assert buy.q is not None
    assert buy.q < 0.01


def test_only_so_many_days_of_each_count(tmp_path: Path) -> None:
    with log(tmp_path, WAYS) as cases:
        assert (15, 0) == told(compare(cases, A, B, within_days=3), "step", "buy").cases
        assert (10, 0) == told(compare(cases, A, B, within_days=2), "connection", "visit", "buy").cases


def test_two_periods_and_those_who_are_not_known_for_long_enough(tmp_path: Path) -> None:
    ways = {f"{day:02}{n:02}": [("visit", day), ("visit", day + 1)] for day in (1, 2, 20, 30) for n in range(12)}
    early = Group("early", since=FIRST_OF_MARCH, until=FIRST_OF_MARCH + 2 * DAY)
    late = Group("late", since=FIRST_OF_MARCH + 19 * DAY, until=FIRST_OF_MARCH + 31 * DAY)
    with log(tmp_path, ways) as cases:
        said = compare(cases, early, late, within_days=7)
        assert ((24, 12), (0, 12)) == (said.cases, said.not_over)
        with pytest.raises(BadInput, match="in both"):
            compare(cases, early, Group("everybody"))
        with pytest.raises(BadInput, match="has 0 cases, too few"):
            compare(cases, early, Group("nobody", ["who?"]))


def test_groups_drawn_by_lot_do_not_differ(tmp_path: Path) -> None:
    chance = Random(8)
    ways = {f"{n:03}": [(chance.choice("uvwxyz"), day) for day in range(1, chance.randint(2, 9))] for n in range(400)}
    names = sorted(ways)
    with log(tmp_path, ways) as cases:
        clear = []
        for _ in range(8):
            chance.shuffle(names)
            said = compare(cases, Group("one", names[:200]), Group("other", names[200:]))
            clear.append(any(each.q is not None and each.q < 0.05 for each in said.compared))
    assert 1 >= sum(clear)
