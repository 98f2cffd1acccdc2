"""The documented format is the one that is read."""

import json
from pathlib import Path

from vincle.engine.journeys.cjml import from_xml
from vincle.engine.journeys.journey import from_json, schema

DOCUMENT = Path(__file__).parents[3] / "docs" / "journey-format.md"


def test_the_documented_schema_is_the_one_in_use() -> None:
    told = DOCUMENT.read_text("utf-8").partition("```json\n")[2].partition("```")[0]
    assert json.loads(told) == json.loads(json.dumps(schema()))


def test_the_documented_examples_can_be_read() -> None:
    told = DOCUMENT.read_text("utf-8").partition("## JSON Schema")[0]
    indented = "\n".join(line[4:] for line in told.splitlines() if line.startswith("    "))
    example, _begins, xml = indented.partition("<CJML")
    assert [stage.key for stage in from_json(example).stages] == ["first", "habit"]
    assert from_xml(f"<CJML{xml}".replace("...", "<stage><key>habit</key><name>Habit</name></stage>")).stage("habit")
