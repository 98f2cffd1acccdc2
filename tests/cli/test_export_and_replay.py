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
