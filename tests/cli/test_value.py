"""`vincle value`, on files without a home."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

import warm

pytestmark = pytest.mark.once
COLUMNS = ("--customer", "0", "--time", "1", "--amount", "2", "--calibration-end", "1997-09-30")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """People as in CDNOW: columns aligned with spaces, no header, days as eight digits."""
    chance, lines = np.random.default_rng(1), []
    for number in range(300):
        day, pace, leaves = chance.integers(0, 80), 30 / chance.gamma(1.5, 0.7) + 1, chance.beta(1.0, 4.0)
        while day < 540:
            on = date(1997, 1, 1) + timedelta(days=int(day))
            lines.append(f" {number:05d} {on:%Y%m%d}  {chance.gamma(5.0, 7.0):7.2f}")
            if chance.random() < leaves:
                break
            day += 1 + chance.exponential(pace)
    (tmp_path / "orders.txt").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "few.csv").write_text("who,day\na,2024-01-01\na,2024-02-01\nb,2024-01-05\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(folder: Path, *words: str) -> tuple[int, str, str]:
    done = warm.command(["value", "fit", *words], env={"VINCLE_HOME": str(folder / "none")}, seconds=120)
    return done.returncode, done.stdout, done.stderr


def test_a_model_comes_as_one_line(folder: Path) -> None:
    code, said, told = asked(folder, "orders.txt", *COLUMNS, "--model", "bgnbd", "--unit", "week", "--json")
    assert (0, "") == (code, told)
    found = json.loads(said)
    assert ["r", "alpha", "a", "b"] == list(found["params"]) == list(found["standard_errors"])
    assert (300, True) == (found["n"], found["converged"])
    assert found["loglik"] < 0
    holdout = found["holdout"]
    assert ("1997-09-30", 300, 2) == (holdout["from"], holdout["people"], len(holdout["rivals"]))


def test_a_model_can_be_read(folder: Path) -> None:
    code, said, _told = asked(folder, "orders.txt", *COLUMNS, "--holdout-end", "1998-03-31")
    assert 0 == code
    assert "300 people, log-likelihood" in said
    assert "From 1997-09-30 to 1998-03-31, by how often people had come again:" in said
    assert "recency_rule" in said


def test_too_few_are_told_so(folder: Path) -> None:
    code, said, _told = asked(folder, "few.csv", "--customer", "who", "--time", "day")
    assert (0, "Too few to tell: 2 people of whom 1 came again; 100 and 30 are needed.\n") == (code, said)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("few.csv", "--customer", "who", "--time", "day", "--model", "magic"), "“magic” is no model."),
        (("few.csv", "--customer", "who", "--time", "day", "--unit", "hour"), "“hour” is no unit."),
        (("few.csv", "--customer", "who", "--time", "when"), "“few.csv” has no column “when”."),
        (("few.csv", "--customer", "who", "--time", "day", "--model", "gammagamma"), "Which column is the amount?"),
        (("few.csv", "--customer", "who", "--time", "day", "--calibration-end", "soon"), "“soon” is no day."),
        (("few.csv", "--customer", "who", "--time", "day", "--timezone", "Mars"), "“Mars” is no time zone."),
        (("none.csv", "--customer", "who", "--time", "day"), "There is no file “none.csv” there."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(folder: Path, words: tuple[str, ...], told: str) -> None:
    code, said, error = asked(folder, *words)
    assert (2, "") == (code, said)
    assert told in error
