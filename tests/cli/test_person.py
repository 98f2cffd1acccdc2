"""`vincle person`, in processes of its own."""

import pytest

CSV = """customer,date,what,name,town
c1,2025-03-01,purchase,Mercè Roca,Girona
c1,2025-03-05,purchase,Mercè Roca,Girona
c2,2025-04-01,purchase,Merce Roca,Salt
c3,2025-05-01,visit,Joan Vila,Olot
"""


@pytest.fixture
def home(live_home, tmp_path):
    file = tmp_path / "shop.csv"
    file.write_text(CSV, "utf-8")
    assert 4 == live_home.ask("import", str(file), "--source", "shop")["new"]
    return live_home


def without_history(told):
    return {name: value for name, value in told.items() if name != "history"}


def test_two_people_are_found_joined_and_parted_again(home):
    found = home.ask("person", "find", "roca")
    assert ["Merce Roca", "Mercè Roca"] == [each["name"] for each in found]
    second, first = (each["uid"] for each in found)
    before = [without_history(home.ask("person", "show", uid)) for uid in (first, second)]
    assert (2, {"name", "town"}) == (before[0]["interactions"], set(before[0]["attributes"]))

    step = home.ask("person", "merge", first, second, "--reason", "Same phone")
    assert first == step["person"]
    joined = home.ask("person", "show", second)
    assert (first, 3, 2) == (joined["uid"], joined["interactions"], len(joined["identities"]))
    assert ["same"] == [each["verdict"] for each in joined["history"]]
    assert "Same phone" == joined["history"][0]["reason"]

    parted = home.ask("person", "unmerge", step["step"])
    assert {first, second} == set(parted["people"])
    assert before == [without_history(home.ask("person", "show", uid)) for uid in (first, second)]
    assert [False] == [each["in_force"] for each in home.ask("person", "show", first)["history"]]


def test_two_who_are_kept_apart_are_not_joined(home):
    first, second = (each["uid"] for each in home.ask("person", "find", "roca"))
    step = home.ask("person", "apart", first, second)["step"]
    refused = home.run("person", "merge", first, second)
    assert 5 == refused.returncode
    assert "two different people" in refused.stderr
    home.ask("person", "unmerge", step)
    assert home.ask("person", "merge", first, second)["step"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "01a20096-1a13-77a6-aa31-ee5d96f2cbfd"), 3),
        (("show", "roca"), 2),
        (("unmerge", "4242"), 3),
        (("merge", "01a20096-1a13-77a6-aa31-ee5d96f2cbfd", "01a20096-1a13-77a6-aa31-ee5d96f2cbfe"), 3),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(home, words, code):
    done = home.run("person", *words)
    assert code == done.returncode, done.stderr
    assert "Traceback" not in done.stderr
