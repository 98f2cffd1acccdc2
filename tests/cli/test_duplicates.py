"""`vincle duplicates`, on files without a home and on the people of a home, in processes of its own."""

import json
import os
import subprocess
import sys

import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest

from engine.duplicates.cast import table, town

TWICE = {("p0001", "p0001b"), ("p0002", "p0002b")}
SHOP = """customer,date,what,name,town,birthday,email
c1,2025-03-01,purchase,Mercè Roca Puig,Girona,1971-02-03,merce.roca@example.net
c2,2025-04-01,purchase,Merce Roca Puig,Girona,1971-02-03,
c3,2025-05-01,visit,Joan Vila,Olot,1990-12-24,joan@example.net
"""


def run(*words, folder):
    """The command where there is no home."""
    place = {**os.environ, "VINCLE_HOME": str(folder / "none")}
    command = [sys.executable, "-m", "vincle", "duplicates", "find", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=place, check=False)


@pytest.fixture
def people(tmp_path):
    rows = town(people=30, twice=0)
    rows += [rows[1] | {"id": "p0001b", "family_name": rows[1]["family_name"].upper()}, rows[2] | {"id": "p0002b"}]
    return table(rows)


@pytest.mark.once
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_pairs_of_a_file_come_as_one_line_without_a_home(people, tmp_path, ending):
    file = tmp_path / f"people.{ending}"
    if ending == "csv":
        pc.write_csv(people, file)
    else:
        pq.write_table(people, file)
    done = run(str(file), "--id", "id", "--json", folder=tmp_path)
    assert (0, "") == (done.returncode, done.stderr)
    [line] = done.stdout.splitlines()
    pairs = json.loads(line)
    assert TWICE == {(a, b) for a, b, _ in pairs}
    assert [] == [pair for pair in pairs if not 0.5 <= pair[2] <= 1]


@pytest.mark.once
def test_reasons_come_with_why(people, tmp_path):
    file = tmp_path / "people.parquet"
    pq.write_table(people, file)
    pairs = json.loads(run(str(file), "--id", "id", "--why", "--json", folder=tmp_path).stdout)
    assert {"given name", "household"} <= {what for what, _, _ in pairs[0][3]}
    told = run(str(file), "--id", "id", "--why", folder=tmp_path).stdout
    assert "given name: the same" in told
    assert "2 pairs, of " in told


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "words", "code", "sentence"),
    [
        ("id,name,town\n1,a,b\n", ("--id", "nr"), 2, "There is no column “nr”. The columns are: id, name, town."),
        ("id,name,town\n1,a,b\n", (), 2, "The columns are: id, name, town."),
        ("id,name,town\n1,a,b\n1,c,d\n", ("--id", "id"), 2, "“1” is there 2 times"),
        ("id,name\n1,a\n2,b\n", ("--id", "id"), 2, "There is not enough to tell people apart."),
        ("id,name,town\n1,a,b\n", ("--id", "id", "--threshold", "7"), 2, "no probability"),
        ("", ("--id", "id"), 2, "is empty"),
        ("id,name,town\n", ("--id", "id"), 2, "has column names but no rows"),
        ("id,name,town\n1,a,b\n", ("--id", "id", "--json"), 0, ""),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path, text, words, code, sentence):
    file = tmp_path / "people.csv"
    file.write_text(text, "utf-8")
    done = run(str(file), *words, folder=tmp_path)
    assert code == done.returncode
    assert sentence in done.stderr
    assert ("[]" if code == 0 else "") == done.stdout.strip()


@pytest.mark.once
def test_rows_that_cannot_be_read_are_left_out_and_counted(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("id,name,town\n1,Anna Roca,Olot\n2,Joan\n3,Pau Vila,Salt\n", "utf-8")
    done = run(str(file), "--id", "id", "--json", folder=tmp_path)
    assert (0, "[]") == (done.returncode, done.stdout.strip())
    assert "1 rows of people.csv could not be read and were left out." in done.stderr


def test_the_people_of_the_home_are_compared_and_who_is_not_the_same_is_left_out(live_home, tmp_path):
    file = tmp_path / "shop.csv"
    file.write_text(SHOP, "utf-8")
    assert 3 == live_home.ask("import", str(file), "--source", "shop")["new"]
    [first, second] = sorted(each["uid"] for each in live_home.ask("person", "find", "roca"))

    [pair] = live_home.ask("duplicates", "find")
    assert ([first, second], True) == (pair[:2], 0.5 <= pair[2] <= 1)

    step = live_home.ask("person", "apart", first, second)["step"]
    assert [] == live_home.ask("duplicates", "find")
    live_home.ask("person", "unmerge", step)
    live_home.ask("person", "merge", first, second)
    assert [] == live_home.ask("duplicates", "find")


def test_a_home_without_people_has_no_duplicates(live_home):
    assert [] == live_home.ask("duplicates", "find")
    refused = live_home.run("duplicates", "find", "--id", "uid")
    assert 2 == refused.returncode


def test_the_queue_is_filled_read_and_decided_as_in_the_browser(live_home, tmp_path):
    file = tmp_path / "shop.csv"
    file.write_text(SHOP, "utf-8")
    live_home.ask("import", str(file), "--source", "shop")
    assert [] == live_home.ask("duplicates", "list")
    looked = live_home.ask("duplicates", "look")
    assert (1, 1, "") == (looked["found"], looked["new"], looked["note"])

    [pair] = live_home.ask("duplicates", "list", "--threshold", "0.5")
    first, second = (each["uid"] for each in pair["people"])
    assert {"given name", "birth date"} <= {what for what, _level, _bits in pair["reasons"]}
    done = live_home.ask("duplicates", "accept", str(pair["number"]), "--reason", "Same birthday")
    assert [first, second] == done["people"]
    assert [] == live_home.ask("duplicates", "list")
    refused = live_home.run("duplicates", "reject", str(pair["number"]))
    assert (5, True) == (refused.returncode, "decided meanwhile" in refused.stderr)
    live_home.ask("person", "unmerge", done["step"])
    assert pair["number"] == live_home.ask("duplicates", "list")[0]["number"]
    assert "stay two people" in live_home.run("duplicates", "reject", str(pair["number"])).stdout
    assert "No pair waits." in live_home.run("duplicates", "list").stdout
    assert 3 == live_home.run("duplicates", "accept", "4242").returncode
