"""Kaplan-Meier: published figures, scipy's, and files."""

import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from engine.value.files import Row, opened
from vincle.engine.value.durations import read_durations
from vincle.engine.value.sbg import Contracts
from vincle.engine.value.summarising import as_contracts, contracts, summarise
from vincle.engine.value.survival import kaplan_meier, of_contracts
from vincle.kernel.errors import BadInput

# Weeks of remission under 6-mercaptopurine, E. Freireich et al., Blood 21 (1963) 699-716; those with 0 went on.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
# time: at risk, share, standard error (J. Kalbfleisch, R. Prentice 1980; D. Collett 1994).
PUBLISHED = {
    6: (21, 0.857, 0.076), 7: (17, 0.807, 0.087), 10: (15, 0.753, 0.096), 13: (12, 0.690, 0.107),
    16: (11, 0.627, 0.114), 22: (7, 0.538, 0.128), 23: (6, 0.448, 0.135),
}  # fmt: skip

stays = st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=40)


def test_remissions_of_leukaemia() -> None:
    found = kaplan_meier(WEEKS, ENDED)
    ends = found.ended > 0
    told = zip(
        found.time[ends], found.at_risk[ends], found.share[ends], np.sqrt(found.variance[ends]), strict=True
    )  # fmt: skip
    assert {time: (left, round(at, 3), round(error, 3)) for time, left, at, error in told} == PUBLISHED
    assert (23, 13, None) == found.median
    assert (21, 9) == (found.people, found.ended.sum())
    assert [1.0, 0.857, 0.448] == found.beyond([5.9, 6, 100]).round(3).tolist()


@given(stays)
def test_it_is_the_survival_that_scipy_finds(rows: list[tuple[int, bool]]) -> None:
    times, ended = (np.array(column) for column in zip(*rows, strict=True))
    found = kaplan_meier(times, ended)
    theirs = ecdf(CensoredData(uncensored=times[ended], right=times[~ended])).sf
    assert list(theirs.quantiles) == list(found.time)
    np.testing.assert_allclose(found.share, theirs.probabilities, atol=1e-12)
    known = (found.share > 1e-9) & (found.share < 1)
    if known.any():
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # it says that some ends cannot be told, which are not compared
            ends = theirs.confidence_interval(method="log-log")
        np.testing.assert_allclose(found.low[known], ends.low.probabilities[known], rtol=1e-9)
        np.testing.assert_allclose(found.high[known], ends.high.probabilities[known], rtol=1e-9)


@given(stays)
def test_people_with_the_same_figures_are_one_row(rows: list[tuple[int, bool]]) -> None:
    times, ended = zip(*rows, strict=True)
    kinds = sorted(set(rows))
    joined = kaplan_meier(*zip(*kinds, strict=True), people=[rows.count(kind) for kind in kinds])
    assert kaplan_meier(times, ended).as_json() == joined.as_json()


def test_where_everybody_ends_or_nobody_does() -> None:
    all_ended = kaplan_meier([1, 2], [True, True])
    assert ([0.5, 0.0], 1.0, [None, None]) == (
        [row["share"] for row in all_ended.as_json()["times"]],
        all_ended.median[0],
        [all_ended.as_json()["times"][-1][end] for end in ("low", "high")],
    )
    nobody = kaplan_meier([1, 2], [False, False])
    assert ({"people": 2, "ended": 0, "median": [None, None, None], "times": []}) == nobody.as_json()


def test_contracts_of_a_cohort() -> None:
    left = [1000, 869, 743, 653, 593, 551, 517, 491]
    found = of_contracts(Contracts.of_survivors(left))
    np.testing.assert_allclose(found.share, np.array(left[1:]) / 1000, rtol=1e-12)
    assert (7, 1000) == (len(found.time), found.people)


def test_contracts_of_a_log(tmp_path: Path) -> None:
    rows: list[Row] = [("stays", f"2024-{month:02d}-10", "9") for month in range(1, 7)]
    rows += [("leaves", f"2024-{month:02d}-10", "9") for month in range(1, 4)]
    with opened(tmp_path, rows) as log:
        known = summarise(log, unit="month")
        found = of_contracts(as_contracts(contracts(log, known)))
    # The month of June is not over: five have gone by, in the third of which one paid last.
    assert ([3.0, 4.0], [0.5, 0.5], [1, 0]) == (list(found.time), list(found.share), list(found.ended))


@pytest.mark.parametrize(
    ("durations", "ended", "words"),
    [
        ([], [], "nobody"),
        ([1, -2], [1, 0], "stays for -2"),
        ([float("nan")], [1], "stays for nan"),
        ([float("inf")], [1], "stays for inf"),
        ([1, 2], [1], "different lengths"),
    ],
)
def test_columns_that_say_nothing(durations: list[float], ended: list[int], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        kaplan_meier(durations, ended)


def test_columns_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "stays.csv"
    path.write_text("weeks;left\n6;yes\n7,5;No\n;1\n9;perhaps\n10;0\n", "utf-8")
    durations, ended, left_out = read_durations(path, duration="weeks", ended="left")
    assert ([6.0, 7.5, 10.0], [True, False, False]) == (list(durations), list(ended))
    assert {"duration": 1, "ended": 1} == left_out
    path.write_text("weeks,left\nx,yes\n", "utf-8")
    with pytest.raises(BadInput, match="says how long and whether it ended"):
        read_durations(path, duration="weeks", ended="left")
