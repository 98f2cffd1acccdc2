"""`vincle export` and `vincle replay`: out of the log, and from the log anew."""

import csv
import json
from pathlib import Path

import pytest

from homes import LiveHome

HERE = str(Path(__file__).parent.parent / "flow" / "backup")
FURNISH = "import contents; from vincle.kernel.home import Home; contents.furnish(Home.at())"


@pytest.fixture
def with_people(live_home: LiveHome) -> LiveHome:
    live_home.python(FURNISH, PYTHONPATH=HERE)
    return live_home


def test_the_ending_of_the_file_says_the_format(with_people: LiveHome, tmp_path: Path) -> None:
    said = with_people.ask("export", str(tmp_path / "log.csv"))

    with (tmp_path / "log.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert 6 == said["events"] == len(rows)
    assert {f"m-{number}" for number in range(5)} | {"bare"} == {row["message_id"] for row in rows}


def test_people_go_out_as_cards_and_come_in_again_as_they_were(with_people: LiveHome, tmp_path: Path) -> None:
    book, again = tmp_path / "people.vcf", tmp_path / "again.vcf"
    said = with_people.ask("export", str(book), "--version", "3.0")
    assert book.read_text("utf-8").count("BEGIN:VCARD") == said["people"] > 0

    brought = with_people.ask("import", str(book), "--source", "book")
    with_people.ask("export", str(again), "--version", "3.0")

    assert (said["people"], 0) == (brought["new"], brought["rejected"])
    without_moments = [
        sorted(line for line in path.read_text("utf-8").splitlines() if not line.startswith("REV"))
        for path in (book, again)
    ]
    assert set(without_moments[0]) <= set(without_moments[1])


def test_people_are_written_whole(with_people: LiveHome, tmp_path: Path) -> None:
    done = with_people.run("export", str(tmp_path / "people.vcf"), "--kind", "order.placed")
    assert "People are written whole." in done.stderr
    assert 2 == with_people.run("export", str(tmp_path / "people.vcf"), "--version", "2.1").returncode


def test_people_go_out_as_a_workbook(with_people: LiveHome, tmp_path: Path) -> None:
    assert 0 < with_people.ask("export", str(tmp_path / "people.xlsx"))["people"]


def test_a_part_of_the_log(with_people: LiveHome, tmp_path: Path) -> None:
    words = ("--kind", "order.placed", "--since", "1950-01-01", "--until", "2100-01-01", "--format", "jsonl")

    said = with_people.ask("export", str(tmp_path / "part"), *words)

    kept = [json.loads(line) for line in (tmp_path / "part").read_text("utf-8").splitlines()]
    assert 2 == said["events"] == len(kept)
    assert {"m-0", "m-3"} == {each["message_id"] for each in kept}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("log.docx",), "says no format that we write"),
        (("log.csv", "--since", "yesterday"), "“yesterday” is no date"),
        (("log.csv", "--format", "word"), "“word” is no format that we write"),
    ],
    ids=["no known ending", "no date", "no format"],
)
def test_what_cannot_be_written_is_said(
    live_home: LiveHome, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    file, *options = words

    done = live_home.run("export", str(tmp_path / file), *options)

    assert 2 == done.returncode
    assert sentence in done.stderr
    assert not (tmp_path / file).exists()


def test_replay_mends_what_was_spoilt_and_builds_the_mirror(with_people: LiveHome) -> None:
    before = with_people.ask("status")
    with_people.sql("UPDATE flow_person SET interactions = 99, name = 'Nobody'")

    with_people.ask("replay")

    after = with_people.ask("status")
    assert [before[name] for name in ("people", "interactions", "first", "last")] == [
        after[name] for name in ("people", "interactions", "first", "last")
    ]
    assert None is before["mirror"]["behind"]
    assert 0 == after["mirror"]["behind"]
    assert [(1,), (2,), (3,)] == with_people.sql("SELECT interactions FROM flow_person ORDER BY interactions")
