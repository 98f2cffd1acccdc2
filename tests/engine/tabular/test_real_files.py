"""Real exports, where they are at hand: every row enters or says why not."""

from pathlib import Path

import pytest

from engine.tabular.files import shaped
from vincle.engine.tabular import guess, open_file

DATA = Path(__file__).parents[3].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files (../shared/data) are not here")


@pytest.mark.parametrize(
    ("name", "entered", "rejected", "answers"),
    [
        ("cdnow/CDNOW_master.txt", 69_659, 0, {}),
        ("cdnow/CDNOW_sample.txt", 6_919, 0, {"who": "column 1"}),
        ("online_retail/online_retail_2010-2011_reassembled.parquet", 406_829, 135_080, {}),
        ("decidim_bcn/comments.parquet", 18_192, 0, {}),
        ("event_logs/08_receipt.xes.gz", 8_577, 0, {}),
        ("event_logs/receipt.parquet", 8_577, 0, {}),
        ("complaints/cfpb_2023-06_10000_with_narrative.parquet", 10_000, 0, {}),
        ("febrl/dataset1.csv", 1_000, 0, {}),
        ("oulad/student.parquet", 32_593, 0, {}),
        ("reviews_fsrs/review_logs_josh.csv", 12_580, 0, {}),
    ],
)
def test_a_real_file_enters(name: str, entered: int, rejected: int, answers: dict[str, str]) -> None:
    found = guess(open_file(DATA / name), timezone="Europe/Madrid", country="ES", currency="EUR")
    tables = shaped(DATA / name, found.answered(answers))
    assert (entered, rejected) == (tables.interactions.num_rows, tables.rejects.num_rows)
    ids = tables.interactions["message_id"].to_pylist()
    assert len(ids) == len(set(ids))
