"""`vincle relation` and what `vincle person show` says of relations, in processes of their own."""

import pytest

CSV = """customer,date,what,name
c1,2025-03-01,purchase,Mercè Roca
c2,2025-04-01,purchase,Merce Roca
c3,2025-05-01,visit,Joan Vila
"""


@pytest.fixture
def home(live_home, tmp_path):
    file = tmp_path / "shop.csv"
    file.write_text(CSV, "utf-8")
    live_home.ask("import", str(file), "--source", "shop")
    return live_home


def shown(home, uid):
    return {name: value for name, value in home.ask("person", "show", uid).items() if name != "history"}


def test_relations_are_shown_the_same_before_two_people_are_joined_and_after_it_is_undone(home):
    second, first = (each["uid"] for each in home.ask("person", "find", "roca"))
    made = home.ask("relation", "add", first, "mentor", second, "--since", "2024-01-01")["relation"]
    home.ask("relation", "add", second, "works_at", "--organisation", "Coop. Ter", "--role", "buyer")
    before = shown(home, first)
    told = before["relations"][0]
    keys = ("words", "name", "other", "since")
    assert ("mentor of", "Merce Roca", second, "2024-01-01") == tuple(told[key] for key in keys)

    step = home.ask("person", "merge", first, second)["step"]
    assert ["Coop. Ter"] == [each["name"] for each in home.ask("relation", "list", second)]
    home.ask("person", "unmerge", step)
    assert before == shown(home, first)

    assert "2025-06-30" == home.ask("relation", "end", made, "--on", "2025-06-30")["ended"]
    home.ask("relation", "withdraw", made)
    assert [] == home.ask("relation", "list", first)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "01a20096-1a13-77a6-aa31-ee5d96f2cbfd", "mentor"), 3),
        (("end", "01a20096-1a13-77a6-aa31-ee5d96f2cbfd", "--on", "soon"), 3),
        (("list", "roca"), 2),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(live_home, words, code):
    done = live_home.run("relation", *words)
    assert (code, False) == (done.returncode, "Traceback" in done.stderr), done.stderr
