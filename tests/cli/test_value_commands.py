"""`vincle value`, the commands beside `fit`: on files without a home, good and bad."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import warm

pytestmark = pytest.mark.once
COLUMNS = ("--customer", "who", "--time", "day", "--amount", "paid")

# Anna gives back what she bought; Bernat comes twice; Carla's purchase is wholly given back; Dídac's is for nothing.
ORDERS = """who,day,paid
anna,2023-03-01,100
anna,2023-05-01,50
anna,2023-05-20,-20.50
bernat,2023-04-01,10
bernat,2024-04-01,30
carla,2023-04-10,5
carla,2023-04-12,-5
dídac,2024-02-01,0
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(folder: Path, *words: str) -> tuple[int, str, str]:
    done = warm.command(["value", *words], env={"VINCLE_HOME": str(folder / "none")}, seconds=120)
    return done.returncode, done.stdout, done.stderr


def told(folder: Path, *words: str) -> dict[str, object]:
    code, said, error = asked(folder, *words, "--json")
    assert (0, "") == (code, error)
    return dict(json.loads(said))


def test_rfm_nets_what_is_given_back(folder: Path) -> None:
    found = told(folder, "rfm", "orders.csv", *COLUMNS, "--out", "people.csv")
    assert (3, 2, 5, "169.5000", "2024-04-01") == tuple(
        found[name] for name in ("people", "came_again", "times", "money", "on")
    )
    rows = list(csv.DictReader((folder / "people.csv").open("r", encoding="utf-8")))
    assert [("bernat", "0", "2", "40.0000"), ("dídac", "60", "1", "0.0000"), ("anna", "336", "2", "129.5000")] == [
        (row["customer"], row["last_days_ago"], row["times"], row["money"]) for row in rows
    ]


def test_rfm_can_be_read_and_kept_as_parquet(folder: Path) -> None:
    code, said, error = asked(folder, "rfm", "orders.csv", *COLUMNS[:4], "--until", "2023-12-31", "--out", "x.parquet")
    assert (0, "x.parquet holds 3 people.\n") == (code, error)
    assert said.startswith("Until 2023-12-31 3 people came 6 times; 2 came again.\n")
    assert {"anna", "bernat", "carla"} == set(pq.read_table(folder / "x.parquet").column("customer").to_pylist())


def test_a_name_that_is_a_formula_is_none_in_a_spreadsheet(folder: Path) -> None:
    (folder / "bad.csv").write_text("who,day\n=1+1,2024-01-01\nb,2024-01-02\n", "utf-8")
    asked(folder, "rfm", "bad.csv", *COLUMNS[:4], "--out", "people.csv")
    assert "'=1+1" in (folder / "people.csv").read_text("utf-8")


def test_a_bridge_by_month_is_whole(folder: Path) -> None:
    ends = ("--from", "2023-04-15", "--to", "2024-04-15")
    found = told(folder, "bridge", "orders.csv", *COLUMNS, *ends, "--by", "month")
    parts = ("opening", "new", "kept", "recovered", "lost", "closing")
    assert ("110.0000", "0.0000", "-50.5000", "0.0000", "0.0000", "59.5000") == tuple(found[part] for part in parts)
    steps = found["steps"]
    assert isinstance(steps, list)
    assert ["2023-04-30", "2023-05-31"] == [step["closing_day"] for step in steps[:2]]
    assert (13, "2024-04-15") == (len(steps), steps[-1]["closing_day"])
    assert [step["closing"] for step in steps[:-1]] == [step["opening"] for step in steps[1:]]


def test_a_bridge_can_be_read(folder: Path) -> None:
    code, said, _error = asked(
        folder, "bridge", "orders.csv", *COLUMNS, "--from", "2023-04-15", "--to", "2024-05-25", "--by", "year"
    )
    assert 0 == code
    assert "      lost               -100.00         2 people" in said
    assert "-0.00" not in said
    assert "2023-12-31" in said


def test_cohorts(folder: Path) -> None:
    found = told(folder, "cohorts", "orders.csv", *COLUMNS, "--by", "year")
    (first, second) = found["cohorts"]  # type: ignore[misc]
    assert ("2023-01-01", 3, ["139.5000"]) == (first["period"], first["people"], first["paid"])
    assert ("2024-01-01", 1) == (second["period"], second["people"])
    code, said, _error = asked(folder, "cohorts", "orders.csv", *COLUMNS[:4])
    assert (0, True) == (code, "2023-04-01       2" in said)


def test_contracts_last(folder: Path) -> None:
    lines = ["who,day"]
    left = [100, 87, 74, 65, 59, 55, 52, 49]  # as the high-end customers of P. Fader and B. Hardie (2007)
    for month, there in enumerate(left, start=1):
        lines += [f"m{number},2023-{month:02d}-03" for number in range(there)]
    (folder / "fees.csv").write_text("\n".join([*lines, "m0,2023-08-31"]), "utf-8")
    found = told(folder, "survival", "fees.csv", *COLUMNS[:4], "--unit", "month")
    assert (100, "month", 51) == (found["people"], found["unit"], found["ended"])
    times, model = found["times"], found["sbg"]
    assert isinstance(times, list)
    assert isinstance(model, dict)
    assert [number / 100 for number in left[1:]] == pytest.approx([row["share"] for row in times])
    assert [row["share"] for row in times] == pytest.approx(model["share"], abs=0.025)
    code, said, _error = asked(folder, "survival", "fees.csv", *COLUMNS[:4])
    assert 0 == code
    assert said.startswith("100 were there, 51 have ended.\nHalf have ended after 7 months (95 % interval: 4 to ?).")


def test_how_long_each_stayed_is_a_column(folder: Path) -> None:
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    rows = "\n".join(f"{week},{end}" for week, end in zip(weeks, ended, strict=True))
    (folder / "mp.csv").write_text(f"weeks,relapsed\n{rows}\n", "utf-8")
    found = told(folder, "survival", "mp.csv", "--duration", "weeks", "--ended", "relapsed")
    times = found["times"]
    assert isinstance(times, list)
    assert [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448] == [round(row["share"], 3) for row in times]
    assert ([23.0, 13.0, None], None) == (found["median"], found["sbg"])
    code, said, _error = asked(folder, "survival", "mp.csv", "--duration", "weeks", "--ended", "relapsed")
    assert (0, True) == (code, "Half have ended after 23 (95 % interval: 13 to ?)." in said)


def test_what_people_will_do(folder: Path) -> None:
    chance, lines = np.random.default_rng(1), ["who,day,paid"]
    for number in range(200):
        day, pace, leaves = float(chance.integers(0, 80)), 30 / chance.gamma(1.5, 0.7) + 1, chance.beta(1.0, 4.0)
        while day < 540:
            on = date(1997, 1, 1) + timedelta(days=int(day))
            lines.append(f"p{number},{on},{chance.gamma(5, 7):.2f}")
            if chance.random() < leaves:
                break
            day += 1 + chance.exponential(pace)
    (folder / "many.csv").write_text("\n".join(lines), "utf-8")
    asking = ("predict", "many.csv", *COLUMNS, "--horizon", "182", "--rate", "0.08", "--margin", "0.5")
    found = told(folder, *asking, "--out", "people.parquet")
    assert (200, 182, 0.5) == (found["people"], found["terms"]["horizon_days"], found["terms"]["margin"])  # type: ignore[index]
    people = pq.read_table(folder / "people.parquet")
    totals = {name: found[name]["at"] for name in ("alive", "expected", "worth")}  # type: ignore[index]
    assert totals == pytest.approx({name: pc.sum(people.column(name)).as_py() for name in totals}, rel=1e-6)
    assert found["present"]["at"] == pytest.approx(float(pc.sum(people.column("present")).as_py()))  # type: ignore[index]
    worth = people.column("worth").to_pylist()
    assert worth == sorted(worth, reverse=True)
    code, said, _error = asked(folder, *asking)
    assert 0 == code
    assert "In the 182 days after, by " in said
    assert "Tried on what came after" in said


def test_of_too_few_nothing_is_foretold(folder: Path) -> None:
    code, said, _error = asked(folder, "predict", "orders.csv", *COLUMNS)
    assert (0, True) == (code, "Too few to tell: " in said)
    assert told(folder, "predict", "orders.csv", *COLUMNS, "--contractual")["model"] is None
    (folder / "one.csv").write_text("who,day,paid\na,2024-01-01,1\nb,2024-01-01,2\n", "utf-8")
    code, said, _error = asked(folder, "predict", "one.csv", *COLUMNS)
    assert (0, True) == (
        code,
        said.endswith("All there is happened on one day: what people will do cannot be told from that.\n"),
    )


def test_what_all_are_worth(folder: Path) -> None:
    rows = ["who,day,paid"]
    for number in range(40):
        rows.append(f"p{number},2023-01-{1 + number % 28:02d},100")
        rows += [f"p{number},2024-01-15,120"] * (number % 4 > 0)
    (folder / "two.csv").write_text("\n".join(rows), "utf-8")
    asking = ("equity", "two.csv", *COLUMNS, "--margin", "0.5", "--rate", "0.1", "--on", "2024-01-31")
    found = told(folder, *asking)
    seen, equity = found["seen"], found["equity"]
    assert isinstance(seen, dict)
    assert isinstance(equity, dict)
    assert (30, 0, 40, 0.75) == (seen["people"], seen["won"], seen["were_there"], seen["retention"][0])
    # 60 a year of each of 30, of whom three in four stay: 30 * 60 / (1 + 0.1 - 0.75).
    assert equity["present"] == pytest.approx(30 * 60 / 0.35)
    assert equity["whole_interval"][0] < equity["whole"] < equity["whole_interval"][1]
    assert {"retention", "margin", "acquisition_cost"} == set(equity["effects"])
    code, said, _error = asked(folder, *asking, "--won", "10", "--acquisition-cost", "20")
    assert 0 == code
    assert "75.0% stay from year to year (95 % interval" in said
    assert "One per cent less acquisition cost: +" in said


def test_of_too_few_nothing_is_told(folder: Path) -> None:
    code, said, _error = asked(folder, "equity", "orders.csv", *COLUMNS)
    assert (0, True) == (code, said.startswith("Not enough yet: 2 people were there on 2023-04-02, and 30"))
    assert told(folder, "equity", "orders.csv", *COLUMNS)["equity"] is None
    assert told(folder, "equity", "orders.csv", *COLUMNS, "--retention", "0.8")["equity"] is not None


def test_several_currencies_by_rates_per_day(folder: Path) -> None:
    (folder / "coins.csv").write_text(
        "who,day,paid,coin\na,2024-01-02,10,EUR\na,2024-01-03,10,USD\nb,2024-01-04,10,GBP\nb,2024-01-05,1,EUR\n",
        "utf-8",
    )
    (folder / "rates.csv").write_text("Date,USD,GBP,\n2024-01-02,1.25,N/A,\n2024-01-05,1.5,0.8,\n", "utf-8")
    words = ("rfm", "coins.csv", *COLUMNS, "--currency-column", "coin")
    code, _said, error = asked(folder, *words)
    assert (2, True) == (code, "in several currencies: EUR, GBP, USD" in error)
    code, said, error = asked(folder, *words, "--currency", "eur", "--rates", "rates.csv", "--json")
    assert (0, "19.0000", {"no_rate": 1}) == (code, json.loads(said)["money"], json.loads(said)["rows_left_out"])
    assert "1 rows in currencies without a rate on their day or before were left out." in error
    code, said, error = asked(folder, *words, "--currency", "EUR")
    assert (0, True) == (code, "2 rows in other currencies were left out" in error)


def test_tills_are_named_and_left_out(folder: Path) -> None:
    rows = [f"p{number},2024-01-0{1 + number % 3},5" for number in range(30)] + ["till,2024-01-02,1"] * 10_000
    (folder / "till.csv").write_text("\n".join(["who,day,paid", *rows]), "utf-8")
    for words in (("rfm",), ("cohorts",), ("bridge", "--from", "2024-01-01", "--to", "2024-01-03")):
        code, said, error = asked(folder, *words, "till.csv", *COLUMNS, "--json")
        assert (0, [["till", 10_000]]) == (code, json.loads(said)["flagged"])
        assert "“till” has 10,000 rows on one day, which no person does, and was left out." in error
    assert "150.0000" == told_quietly(folder, "bridge", "--from", "2024-01-01", "--to", "2024-01-03")["closing"]


def told_quietly(folder: Path, *words: str) -> dict[str, object]:
    return dict(json.loads(asked(folder, *words, "till.csv", *COLUMNS, "--json")[1]))


def test_rows_that_cannot_be_used_are_counted(folder: Path) -> None:
    later = datetime.now(UTC).date() + timedelta(days=400)
    rows = f"a,2024-01-01,1\na,2024-02-01,1\nb,soon,1\n,2024-01-01,1\na,2024-01-05,\na,{later},9\n"
    (folder / "odd.csv").write_text(f"who,day,paid\n{rows}", "utf-8")
    code, said, error = asked(folder, "rfm", "odd.csv", *COLUMNS, "--json")
    assert (0, "2.0000") == (code, json.loads(said)["money"])
    assert [
        "1 rows without customer were left out.", "1 rows without time were left out.",
        "1 rows without amount were left out.", "1 rows dated in the future were left out.",
        "Of 1 people no row says when.",
    ] == error.splitlines()  # fmt: skip


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("rfm", "none.csv", *COLUMNS), "There is no file “none.csv” there."),
        (("rfm", "orders.csv"), "Which column is the customer?"),
        (("rfm", "orders.csv", *COLUMNS, "--until", "soon"), "“soon” is no day."),
        (("rfm", "orders.csv", *COLUMNS, "--out", "x.pdf"), "The ending of x.pdf says no format"),
        (("rfm", "orders.csv", *COLUMNS, "--out", "nowhere/x.csv"), "There is no folder nowhere."),
        (("rfm", "orders.csv", *COLUMNS, "--kind", "order.placed"), "--kind is of what happened in a home's log."),
        (("rfm", *COLUMNS), "name columns of a file"),
        (("rfm",), "There is no Vincle home in"),
        (("rfm", "orders.csv", *COLUMNS, "--currency", "EURO"), "“EURO” is no currency."),
        (("rfm", "orders.csv", *COLUMNS, "--rates", "orders.csv"), "Into which currency"),
        (("rfm", "orders.csv", *COLUMNS, "--currency", "EUR", "--rates", "orders.csv"), "holds no rates"),
        (("rfm", "one.csv", *COLUMNS), "All there is happened on one day"),
        (
            ("bridge", "orders.csv", *COLUMNS[:4], "--from", "2023-01-01", "--to", "2024-01-01"),
            "Which column is the am",
        ),
        (("bridge", "orders.csv", *COLUMNS, "--from", "2024-01-01", "--to", "2023-01-01"), "to a later one"),
        (("bridge", "orders.csv", *COLUMNS, "--from", "x", "--to", "2023-01-01"), "“x” is no day"),
        (
            ("bridge", "orders.csv", *COLUMNS, "--from", "2023-01-01", "--to", "2024-01-01", "--by", "hour"),
            "“hour” is no period.",
        ),
        (
            ("bridge", "orders.csv", *COLUMNS, "--from", "1900-01-01", "--to", "2024-01-01", "--by", "month"),
            "more than 240 bridges",
        ),
        (
            ("bridge", "orders.csv", *COLUMNS, "--from", "2023-01-01", "--to", "2024-01-01", "--window", "0"),
            "--window 0 does not lie from 1",
        ),
        (("cohorts", "orders.csv", *COLUMNS, "--by", "day"), "“day” is no period."),
        (("survival", "orders.csv", *COLUMNS[:4], "--unit", "hour"), "“hour” is no unit."),
        (("survival", "orders.csv", "--duration", "paid"), "Which column is the end (yes or no)?"),
        (("survival", "--duration", "a", "--ended", "b"), "name columns of a file"),
        (("predict", "orders.csv", *COLUMNS, "--horizon", "3"), "The horizon is from 28 days"),
        (("predict", "orders.csv", *COLUMNS, "--rate", "2"), "A discount rate of 2 a year"),
        (("predict", "orders.csv", *COLUMNS, "--margin", "0"), "A margin of 0"),
        (("equity", "orders.csv", *COLUMNS, "--rate", "0"), "--rate 0 does not lie"),
        (("equity", "orders.csv", *COLUMNS, "--margin", "2"), "--margin 2 does not lie"),
        (("equity", "orders.csv", *COLUMNS, "--years", "1000"), "--years 1000 does not lie"),
        (("equity", "orders.csv", *COLUMNS, "--retention", "-1"), "--retention -1 does not lie"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(folder: Path, words: tuple[str, ...], sentence: str) -> None:
    (folder / "one.csv").write_text("who,day,paid\na,2024-01-01,1\nb,2024-01-01,2\n", "utf-8")
    code, said, error = asked(folder, *words)
    assert ("", 1) == (said, len(error.splitlines()))
    assert code in {2, 4}
    assert sentence in error
