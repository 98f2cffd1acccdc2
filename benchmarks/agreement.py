"""Our finder of duplicates beside Splink 5 on Febrl's datasets: quality, time, and how far the two find the same pairs.

    python benchmarks/agreement.py [--febrl ../shared/data/febrl]

Splink (Ministry of Justice, MIT) is a yardstick here and no part of Vincle: `pip install "splink>=5,<6"`. It is given
the comparisons and blocking rules that its documentation suggests for names, dates and addresses, and trained without
labels; ours is given the file. Both at a probability of 0.5. Prints a table and JSON.
"""

import argparse
import logging
import sys
import time
import warnings
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow as pa
from places import tell

HOUSE = Path(__file__).parents[1]
SETS = ("dataset1", "dataset2", "dataset3")
COLUMNS = ("given_name", "surname", "street_number", "address_1", "suburb", "postcode", "date_of_birth", "soc_sec_id")

Pairs = set[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--febrl", type=Path, default=HOUSE.parent / "shared" / "data" / "febrl")
    given = parser.parse_args()
    files = [file for name in SETS if (file := given.febrl / f"{name}.csv").is_file()]
    if not files:
        print(f"There is nothing in {given.febrl}.", file=sys.stderr)
        raise SystemExit(1)
    tell("agreement", [compared(file) for file in files])


def compared(file: Path) -> dict[str, Any]:
    """One dataset by both."""
    people = read(file)
    true = known(people["rec_id"].to_pylist())
    (ours, our_seconds), (theirs, their_seconds) = timed(by_vincle, people), timed(by_splink, people)
    return {
        "people": file.stem,
        "true_pairs": len(true),
        "vincle_f1": f1(ours, true),
        "vincle_seconds": our_seconds,
        "splink_f1": f1(theirs, true),
        "splink_seconds": their_seconds,
        "found_by_both": len(ours & theirs),
        "only_by_vincle": len(ours - theirs),
        "only_by_splink": len(theirs - ours),
    }


def read(file: Path) -> pa.Table:
    """The file as text without filling spaces; `rec_id` first."""
    import duckdb

    cleaned = ", ".join(f"nullif(trim({name}), '') AS {name}" for name in COLUMNS)
    return duckdb.sql(
        f"SELECT trim(rec_id) AS rec_id, {cleaned} FROM read_csv('{file}', all_varchar = true, normalize_names = true)"
    ).to_arrow_table()


def known(records: list[str]) -> Pairs:
    """Records of one person have one number: rec-7-org, rec-7-dup-0."""
    whose: dict[str, list[str]] = {}
    for record in records:
        whose.setdefault(record.split("-")[1], []).append(record)
    return {pair for together in whose.values() for pair in combinations(sorted(together), 2)}


def timed(find: Any, people: pa.Table) -> tuple[Pairs, float]:
    """What `find` finds, and its seconds."""
    began = time.perf_counter()
    found = find(people)
    return found, round(time.perf_counter() - began, 1)


def f1(found: Pairs, true: Pairs) -> float:
    return round(2 * len(found & true) / max(len(found) + len(true), 1), 4)


def by_vincle(people: pa.Table) -> Pairs:
    import vincle.engine as ve

    a, b, _ = ve.duplicates.find(people, id="rec_id").pairs.columns
    return set(zip(a.to_pylist(), b.to_pylist(), strict=True))


def by_splink(people: pa.Table) -> Pairs:
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    import splink.comparison_library as likeness
    from splink import Linker, SettingsCreator, block_on
    from splink.internals.duckdb.database_api import DuckDBAPI

    rules = [
        block_on("soc_sec_id"),
        block_on("date_of_birth"),
        block_on("given_name", "surname"),
        block_on("surname", "postcode"),
        block_on("given_name", "postcode"),
        block_on("given_name", "suburb"),
        block_on("surname", "suburb"),
        block_on("postcode", "address_1"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rec_id",
        comparisons=[
            likeness.NameComparison("given_name").configure(term_frequency_adjustments=True),
            likeness.NameComparison("surname").configure(term_frequency_adjustments=True),
            likeness.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            likeness.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            likeness.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
            likeness.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
            likeness.ExactMatch("street_number"),
        ],
        blocking_rules_to_generate_predictions=rules,
        retain_matching_columns=False,
    )
    linker = Linker(DuckDBAPI().register(people), settings, log_level=None)
    sure = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("soc_sec_id"), block_on("date_of_birth")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.5).as_record_list()
    ends = ((row["rec_id_l"], row["rec_id_r"]) for row in found)
    return {(min(pair), max(pair)) for pair in ends}


if __name__ == "__main__":
    main()
