"""`vincle journeys`, on files without a home and on the log of one."""

import json
from pathlib import Path

import pytest

import warm
from homes import LiveHome, live_home, model_home

__all__ = ["live_home", "model_home"]

LOG = "who,step,when\na,visit,2024-03-01\na,buy,2024-03-02\nb,visit,2024-03-01\nb,buy,\n"
COLUMNS = ("--case", "who", "--activity", "step", "--time", "when")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "log.csv").write_text(LOG, "utf-8")
    (tmp_path / "design.json").write_text('{"steps": [{"name": "visit"}, {"name": "buy"}]}', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(folder: Path, *words: str) -> tuple[int, str, str]:
    done = warm.command(["journeys", *words], env={"VINCLE_HOME": str(folder / "none")}, seconds=120)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.once
def test_what_there_is_comes_as_one_line(folder: Path) -> None:
    code, said, told = asked(folder, "discover", "log.csv", *COLUMNS, "--json")
    found = json.loads(said)
    assert (0, 2, 3, [["visit", "buy", 1, 86_400.0]]) == (code, found["cases"], found["events"], found["edges"])
    assert "1 rows without time" in told


@pytest.mark.once
def test_what_there_is_can_be_read(folder: Path) -> None:
    code, said, _told = asked(folder, "discover", "log.csv", *COLUMNS)
    assert 0 == code
    assert "2 cases, 3 events, 2 steps, 2 ways." in said
    assert "visit → buy  (half within 1.0 days)" in said


@pytest.mark.once
def test_a_log_is_compared_with_a_design(folder: Path) -> None:
    code, said, _told = asked(folder, "conform", "log.csv", *COLUMNS, "--design", "design.json", "--json")
    found = json.loads(said)
    assert (0, 2, 1) == (code, found["cases"], found["conforming"])
    assert [["skipped", "buy", 1]] == [[each["what"], each["step"], each["cases"]] for each in found["deviations"]]
    code, said, _told = asked(folder, "conform", "log.csv", *COLUMNS, "--design", "design.json")
    assert "1 of 2 cases follow the design." in said


@pytest.mark.once
def test_stages_and_cohorts_of_a_file(folder: Path) -> None:
    code, said, _told = asked(folder, "funnel", "log.csv", *COLUMNS, "--design", "design.json", "--json")
    found = json.loads(said)
    assert (0, [2, 1]) == (code, [stage["cases"] for stage in found["stages"]])
    assert [86_400.0, None, None] == found["stages"][1]["median_seconds"]
    assert [[None, 1]] == found["stages"][0]["leaving"]
    code, said, _told = asked(folder, "funnel", "log.csv", *COLUMNS, "--design", "design.json")
    assert "1 then: nothing more" in said
    code, said, _told = asked(folder, "retention", "log.csv", *COLUMNS, "--unit", "day", "--json")
    (cohort,) = json.loads(said)["cohorts"]
    assert (0, "2024-03-01", 2, 1) == (code, cohort["period"], cohort["cases"], len(cohort["returned"]))
    code, said, _told = asked(folder, "retention", "log.csv", *COLUMNS)
    assert (0, True) == (code, said.startswith("2024-03-01"))


@pytest.mark.once
def test_moments_that_matter(folder: Path) -> None:
    rows = ["who,step,when"]
    for number in range(100):
        rows.append(f"c{number},visit,2024-01-01")
        rows += [f"c{number},help,2024-01-02"] * (number % 2)
        rows += [f"c{number},buy,2024-02-05"] * (number % 2 or number % 10 == 0)
    (folder / "long.csv").write_text("\n".join([*rows, "z,visit,2024-12-01"]), "utf-8")
    code, said, told = asked(folder, "moments", "long.csv", *COLUMNS, "--outcome", "buy", "--json")
    assert (0, "") == (code, told)
    found = json.loads(said)
    assert (100, 60, "observational") == (found["cases"], found["outcomes"], found["kind"])
    (help_,) = [each for each in found["moments"] if (each["former"], each["step"]) == (None, "help")]
    assert (0.8, 50, 50) == (round(help_["estimate"], 6), help_["having"], help_["without"])
    code, said, _told = asked(folder, "moments", "long.csv", *COLUMNS, "--outcome", "buy", "--adjust", "nothing")
    assert "+80.0 points" in said
    assert "Observational" in said
    stages = [{"key": "buys", "name": "Buys", "enters": [{"kinds": ["buy"]}]},
              {"key": "in", "name": "In", "enters": [{"kinds": ["visit"]}]}]  # fmt: skip
    aimed = {"name": "Client", "stages": stages, "aim": {"stage": "buys"}}
    (folder / "aimed.json").write_text(json.dumps(aimed), "utf-8")
    of_aim = json.loads(asked(folder, "moments", "long.csv", *COLUMNS, "--journey", "aimed.json", "--json")[1])
    assert ("stage", "buys", {"help": "in"}) == (of_aim["outcome_kind"], of_aim["outcome"], of_aim["happens_in"])
    same = {"outcome": "buy", "outcome_kind": "step", "happens_in": {}}
    assert found == of_aim | same
    words = ("--outcome-kind", "stage", "--outcome", "in", "--again", "--within", "60")
    code, _said, told = asked(folder, "moments", "long.csv", *COLUMNS, "--journey", "aimed.json", *words)
    assert (0, "0 of 100 cases came to “in” within 60 days after their first 30." in _said) == (code, True)


JOURNEY = """{"name": "Client", "stages": [
 {"key": "look", "name": "Look", "enters": [{"kinds": ["visit"]}], "touchpoints": [
  {"key": "door", "name": "Door", "kinds": ["visit"]}]},
 {"key": "own", "name": "Own", "enters": [{"kinds": ["buy"], "after": ["look"]}]}]}"""


@pytest.mark.once
def test_a_journey_is_read_beside_what_happens(folder: Path) -> None:
    (folder / "journey.json").write_text(JOURNEY, "utf-8")
    told = ("log.csv", *COLUMNS, "--journey", "journey.json")
    code, said, _told = asked(folder, "map", *told, "--json")
    found = json.loads(said)
    assert (0, 2, [2, 1]) == (code, found["cases"], [each["entered"] for each in found["stages"]])
    assert ["look", "own", 1, 86_400.0] in found["flows"]
    code, said, _told = asked(folder, "map", *told)
    assert "Own (own)\n         1  entered, 50.0%" in said
    assert "1 of 2 cases follow the design." in said
    assert "at door, 2 cases" in said
    code, said, _told = asked(folder, "behind", *told, "--figure", "here:look", "--json")
    assert (0, ["b"]) == (code, json.loads(said)["uids"])
    assert "a\n" == asked(folder, "behind", *told, "--figure", "entered:own")[1]
    assert [["look", "own", 1, 86_400.0]] == json.loads(asked(folder, "discover", *told, "--json")[1])["edges"]
    assert 2 == json.loads(asked(folder, "retention", *told, "--json")[1])["cohorts"][0]["cases"]
    design = ("log.csv", *COLUMNS, "--design", "journey.json", "--json")
    assert found["conformance"] | {"rows_left_out": {"time": 1}} == json.loads(asked(folder, "conform", *design)[1])
    assert found["funnel"] | {"rows_left_out": {"time": 1}} == json.loads(asked(folder, "funnel", *design)[1])


@pytest.mark.once
def test_moments_of_money_with_columns_of_the_file(folder: Path) -> None:
    rows = ["who,step,when,paid,who_served,town,arm"]
    for number in range(120):
        said = (
            f"{'Mar' if number % 3 else 'Pau'},{'city' if number % 2 else 'village'},{'new' if number % 4 else 'old'}"
        )
        rows.append(f"c{number},visit,2024-01-01,,{said}")
        rows += [f"c{number},help,2024-01-02,,{said}"] * (number % 3 > 0)
        rows.append(f"c{number},buy,2024-02-05,{10 + number % 7 + 5 * (number % 3 > 0)},{said}")
    (folder / "paid.csv").write_text("\n".join([*rows, "z,visit,2024-12-01,,,,"]), "utf-8")
    words = ("moments", "paid.csv", *COLUMNS, "--outcome-kind", "amount", "--amount", "paid")
    more = ("--staff", "who_served", "--attribute", "town", "--exposures", "steps,staff", "--adjust", "start")
    code, said, _told = asked(folder, *words, *more, "--json")
    found = json.loads(said)
    assert (0, "money", ["start", "town"]) == (code, found["unit"], found["adjusted_for"])
    by_what = {(each["what"], each["step"] or each["of"]): each for each in found["moments"]}
    assert by_what["step", "help"]["low"] < 5 < by_what["step", "help"]["high"]
    assert (80, 40) == tuple(by_what["staff", "Mar"][side] for side in ("having", "without"))
    code, said, _told = asked(folder, *words, *more)
    assert "on average 16" in said
    assert "with Mar" in said
    code, said, _told = asked(folder, *words, "--randomised-by", "arm")
    assert "Randomised by “arm”, as you say" in said
    assert "old, against new" in said


@pytest.mark.once
@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("discover", "none.csv"), 2, "There is no file"),
        (("discover", "--time", "when"), 2, "name columns of a file"),
        (("discover", "log.csv"), 2, "Which column is the case?"),
        (("discover", "log.csv", "--case", "who", "--activity", "step", "--time", "step"), 2, "No row of “log.csv”"),
        (("conform", "log.csv", *COLUMNS, "--design", "log.csv"), 2, "is not JSON"),
        (("conform", "log.csv", *COLUMNS, "--design", "none.json"), 2, "There is no file “none.json”"),
        (("retention", "log.csv", *COLUMNS, "--unit", "year"), 2, "“year” is no unit"),
        (("archetype", "log.csv", *COLUMNS, "--groups", "3"), 2, "2 cases are no 3 groups"),
        (("compare", "log.csv", *COLUMNS, "--period", "March"), 2, "“March” is no period"),
        (("moments", "log.csv", *COLUMNS, "--outcome", "buy"), 2, "Only 0 cases can be followed"),
        (("map", "log.csv", *COLUMNS, "--journey", "design.json"), 2, "The journey cannot be read"),
        (("behind", "log.csv", *COLUMNS, "--figure", "here:look"), 2, "is no figure"),
        (("export", "--to", "log.csv"), 2, "is not named as an event log"),
        (("moments", "log.csv", *COLUMNS, "--outcome", "fly"), 2, "No case has the step “fly”"),
        (("moments", "log.csv", *COLUMNS), 2, "Which step is the outcome?"),
        (("moments", "log.csv", *COLUMNS, "--journey", "design.json"), 2, "The journey cannot be read"),
        (
            ("moments", "log.csv", *COLUMNS, "--outcome-kind", "stage", "--outcome", "own"),
            2,
            "of a designed journey only",
        ),
        (("moments", "log.csv", *COLUMNS, "--outcome-kind", "luck"), 2, "“luck” is no outcome"),
        (("moments", "log.csv", *COLUMNS, "--outcome", "buy", "--staff", "boss"), 2, "has no column “boss”"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(folder: Path, words: tuple[str, ...], code: int, why: str) -> None:
    done, _said, told = asked(folder, *words)
    assert code == done
    assert why in told
    assert "Traceback" not in told


@pytest.mark.once
def test_who_stands_for_all_and_how_two_groups_differ(folder: Path) -> None:
    rows = [f"{side}{n:02},{step},2024-03-{day + (side == 'b'):02}" for side in "ab" for n in range(12)
            for day, step in enumerate(("visit", "buy", "buy")[: 1 + n % 3 if side == "a" else 3], 1)]  # fmt: skip
    (folder / "groups.csv").write_text("\n".join(["who,step,when", *rows]), "utf-8")
    (folder / "a.txt").write_text("\n".join(f"a{n:02}" for n in range(12)), "utf-8")
    code, said, _told = asked(folder, "archetype", "groups.csv", *COLUMNS, "--only", "a.txt")
    assert (0, True) == (code, said.startswith("a01 stands for 12 of 12 (100%)."))
    code, said, _told = asked(folder, "compare", "groups.csv", *COLUMNS, "--cases", "a.txt", "--json")
    found = json.loads(said)
    assert (0, ["a.txt", "all others"], [12, 12]) == (code, found["names"], found["cases"])
    periods = ("--period", "2024-03-01..2024-03-01", "--with", "2024-03-02..2024-03-04")
    code, said, _told = asked(folder, "compare", "groups.csv", *COLUMNS, *periods)
    assert (0, True) == (code, "step: visit" in said and "Observational" in said)


def test_the_log_of_a_home_has_people_as_cases_or_things(live_home: LiveHome, tmp_path: Path) -> None:
    empty = live_home.run("journeys", "discover")
    assert (2, True) == (empty.returncode, "Nothing has happened yet" in empty.stderr)
    rows = "customer,date,what,order\nanna,2025-03-01,order,7\nanna,2025-03-02,delivery,7\npau,2025-03-01,order,8\n"
    (tmp_path / "shop.csv").write_text(rows, "utf-8")
    live_home.ask("import", str(tmp_path / "shop.csv"))
    told = live_home.ask("journeys", "discover")
    assert (2, 3, 2) == (told["cases"], told["events"], told["variants"])
    assert [1] == [often for _from, _to, often, _seconds in told["edges"]]
    assert [86_400.0] == [seconds for _from, _to, _often, seconds in told["edges"]]
    (tmp_path / "journey.json").write_text(
        json.dumps(
            {"name": "J", "stages": [{"key": "paid", "name": "Paid", "enters": [{"kinds": list(told["start"])}]}]}
        )
    )
    ours = ("--journey", str(tmp_path / "journey.json"))
    assert 2 == live_home.ask("journeys", "map", *ours)["stages"][0]["entered"]
    whole = live_home.ask("journeys", "behind", *ours, "--figure", "entered:paid")
    assert (2, 2) == (whole["people"], len(set(whole["uids"])))
    written = live_home.ask("journeys", "export", *ours, "--to", str(tmp_path / "out.xes"))
    assert (2, 2) == (written["traces"], written["events"])
    making = (
        "from vincle.apps.accounts.actor import COMMAND_LINE\n"
        "from vincle.apps.journeys.maps.actions import create\n"
        "from vincle.engine.journeys.journey import from_json\n"
        "from vincle.kernel import clock\n"
        f"journey = from_json(open({ours[1]!r}).read())\n"
        "print(create(journey, actor=COMMAND_LINE, now=clock.now()).uid)"
    )
    uid = live_home.python(making)
    assert [(uid, "J")] == [(each["uid"], each["name"]) for each in live_home.ask("journeys", "list")]
    assert live_home.ask("journeys", "map", *ours) == live_home.ask("journeys", "map", "--journey", uid)
    assert whole == live_home.ask("journeys", "behind", "--journey", "J", "--figure", "entered:paid")
    nobody = live_home.run("journeys", "map", "--journey", "K")
    assert (2, True) == (nobody.returncode, "neither a file “K” nor a designed journey" in nobody.stderr)
    [one] = live_home.ask("journeys", "archetype")["archetypes"]
    assert (2, True) == (one["cases"], one["path"][0] == told["edges"][0][0])
    few = live_home.run("journeys", "compare", "--by", "income=high")
    assert (2, True) == (few.returncode, "Nobody has “income” “high”" in few.stderr)
    wrong = live_home.run("journeys", "discover", "--case", "course")
    assert (2, True) == (wrong.returncode, "about any “course”" in wrong.stderr)
