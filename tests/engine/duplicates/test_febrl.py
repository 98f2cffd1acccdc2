"""Febrl's datasets, whose duplicates are known: pairwise F1 with one model and one threshold for all."""

from itertools import combinations
from pathlib import Path

import pytest

import vincle.engine as ve
from engine.duplicates.cast import triples
from vincle.engine.tabular import open_file

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "febrl"


@pytest.mark.parametrize("name", ["dataset1", "dataset2", "dataset3"])
def test_precision_and_recall_on_the_known_duplicates(name):
    file = FOLDER / f"{name}.csv"
    if not file.is_file():
        pytest.skip(f"there is no {file}")
    with open_file(file) as reader:
        people = [chunk.table for chunk in reader.chunks()]
    whose: dict[str, list[str]] = {}
    for part in people:
        for record in part["rec_id"].to_pylist():
            whose.setdefault(record.split("-")[1], []).append(record)
    true = {pair for records in whose.values() for pair in combinations(sorted(records), 2)}
    found = {(a, b) for a, b, _ in triples(ve.duplicates.find(iter(people), id="rec_id"))}
    precision, recall = len(found & true) / len(found), len(found & true) / len(true)
    assert 2 * precision * recall / (precision + recall) >= 0.99
