"""Public event logs, where they are at hand: what is published of them, and what pm4py counts."""

from pathlib import Path

import pytest

from vincle.engine.journeys import DesignStep, conform, discover, read

LOGS = Path(__file__).parents[3].parent / "shared" / "data" / "event_logs"
COLUMNS = {"case": "case:concept:name", "activity": "concept:name", "time": "time:timestamp"}

pytestmark = pytest.mark.skipif(not LOGS.is_dir(), reason="the event logs (../shared/data) are not here")


@pytest.mark.parametrize("name", ["08_receipt.xes.gz", "receipt.parquet"])
def test_the_receipt_phase(name: str) -> None:
    with read(LOGS / name, **({} if name.endswith("gz") else COLUMNS)) as log:
        said = discover(log).as_json()
    assert (1_434, 8_577, 27, 116) == (said["cases"], said["events"], said["activities"], said["variants"])
    assert ["T04 Determine confirmation of receipt", "T05 Print and send confirmation of receipt", 1_177] == (
        said["edges"][0][:3]
    )
    assert 99 == len(said["edges"])
    assert {"Confirmation of receipt": 1_434} == said["start"]
    assert 828 == said["end"]["T10 Determine necessity to stop indication"]
    assert [713, 123, 116] == [each["cases"] for each in said["top_variants"][:3]]


def test_bpi_2012() -> None:
    with read(LOGS / "bpic2012.xes.gz") as log:
        said = discover(log).as_json()
    assert (13_087, 262_200, 24, 4_366) == (said["cases"], said["events"], said["activities"], said["variants"])
    assert {"A_SUBMITTED": 13_087} == said["start"]
    assert 125 == len(said["edges"])
    assert [3_429, 1_872, 271, 209, 160] == [each["cases"] for each in said["top_variants"][:5]]


def test_the_most_usual_way_of_the_receipt_phase_as_its_design() -> None:
    with read(LOGS / "receipt.parquet", **COLUMNS) as log:
        (usual, cases), *_ = discover(log, top=1).top_variants
        said = conform(log, [DesignStep(step, (step,)) for step in usual])
    assert (713, 1_434, 0) == (said.conforming, said.cases, said.left_out)
    assert cases == said.conforming
