"""Duplicates are found, whatever the order of rows and columns; what cannot be told is said."""

import random

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vincle.engine as ve
from engine.duplicates.cast import table, town, triples
from vincle.kernel.errors import BadInput

PARTNERS = {(f"p{number:04}", f"p{number + 1:04}") for number in range(0, 240, 6)}


@pytest.fixture(scope="module")
def rows():
    return town()


@pytest.fixture(scope="module")
def found(rows):
    return ve.duplicates.find(table(rows), id="id")


def test_who_is_there_twice_is_found_and_partners_are_not(rows, found):
    true = {(row["id"][:-1], row["id"]) for row in rows if row["id"].endswith("b")}
    pairs = {(a, b) for a, b, _ in triples(found)}
    assert set() == pairs & PARTNERS
    assert true == pairs


def test_pairs_come_best_first_with_the_smaller_id_first(found):
    pairs = triples(found)
    assert pairs == sorted(pairs, key=lambda pair: -pair[2])
    assert [] == [pair for pair in pairs if not (pair[0] < pair[1] and 0.5 <= pair[2] <= 1)]
    assert len(pairs) == len({pair[:2] for pair in pairs})


def test_the_order_of_rows_and_columns_does_not_matter(rows, found):
    dice = random.Random(3)
    shuffled = dice.sample(rows, len(rows))
    names = dice.sample(list(rows[0]), len(rows[0]))
    again = ve.duplicates.find(table([{name: row[name] for name in names} for row in shuffled]), id="id")
    assert found.pairs.equals(again.pairs)


def test_a_higher_threshold_gives_the_first_of_the_same_pairs(rows, found):
    strict = ve.duplicates.find(table(rows), id="id", threshold=0.99)
    assert [pair for pair in triples(found) if pair[2] >= 0.99] == triples(strict)


def test_a_relation_and_a_stream_of_tables_give_what_a_table_gives(rows, found):
    people = table(rows)
    with duckdb.connect() as connection:
        relation = connection.from_arrow(people)
        assert found.pairs.equals(ve.duplicates.find(relation, id="id").pairs)
    parts = (people.slice(start, 50) for start in range(0, people.num_rows, 50))
    assert found.pairs.equals(ve.duplicates.find(parts, id="id").pairs)


def test_ids_stay_what_they_are():
    people = pa.table({"id": [10, 9], "name": ["Anna Roca", "anna  roca"], "email": ["a.roca@example.net"] * 2})
    assert [(9, 10)] == [pair[:2] for pair in triples(ve.duplicates.find(people, id="id", threshold=0.0))]


def test_two_rows_that_are_the_same_in_everything_are_found(rows):
    copies = [*rows, rows[5] | {"id": "z"}]
    pairs = {pair[:2]: pair[2] for pair in triples(ve.duplicates.find(table(copies), id="id"))}
    assert pairs[rows[5]["id"], "z"] > 0.9


def test_people_without_anything_in_common_are_no_duplicates(rows):
    empty = [dict.fromkeys(rows[0], None) | {"id": f"e{number}"} for number in range(5)]
    pairs = triples(ve.duplicates.find(table(rows + empty), id="id"))
    assert [] == [pair for pair in pairs if pair[1].startswith("e") or pair[0].startswith("e")]


def test_a_value_that_everybody_has_does_not_explode():
    crowd = [{"id": str(n), "name": f"Person{n} Of{n}", "town": "Girona", "phone": "972010203"} for n in range(3000)]
    assert ve.duplicates.find(table(crowd), id="id").compared < 400_000


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_and_one_person_alone_are_no_duplicates(rows, count):
    people = table(rows).slice(0, count)
    assert [] == triples(ve.duplicates.find(people, id="id", threshold=0.0))


@pytest.mark.parametrize(
    ("people", "options", "sentence"),
    [
        ({"id": ["1", "2"], "name": ["a", "b"], "town": ["x", "y"]}, {"id": "nr"}, "The columns are: id, name, town."),
        ({"id": ["1", "1"], "name": ["a", "b"], "town": ["x", "y"]}, {"id": "id"}, "“1” is there 2 times"),
        ({"id": ["1", None], "name": ["a", "b"], "town": ["x", "y"]}, {"id": "id"}, "1 of 2 rows have no id"),
        ({"id": ["1", "2"], "name": ["a", "b"]}, {"id": "id"}, "not enough to tell people apart. Only “name”"),
        ({"id": ["1", "2"], "colour": ["a", "b"]}, {"id": "id"}, "not enough to tell people apart."),
        ({"id": ["1"], "name": ["a"], "town": ["x"]}, {"id": "id", "threshold": 2}, "no probability"),
    ],
)
def test_what_cannot_be_done_is_said(people, options, sentence):
    with pytest.raises(BadInput, match=r".") as refused:
        ve.duplicates.find(pa.table(people), **options)
    assert sentence in str(refused.value)


CELLS = st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["Anna", "Roca", "n/a", "1980-01-02", "a@b.cat"]))


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.tuples(*[CELLS] * 6), min_size=2, max_size=8), seed=st.randoms(use_true_random=False))
def test_any_text_can_be_compared_and_gives_the_same_in_any_order(rows, seed):
    names = ("given_name", "surname", "dob", "email", "phone", "address")
    people = [{"id": str(place), **dict(zip(names, row, strict=True))} for place, row in enumerate(rows)]
    found = triples(ve.duplicates.find(table(people), id="id", threshold=0.0))
    again = triples(ve.duplicates.find(table(seed.sample(people, len(people))), id="id", threshold=0.0))
    assert found == again
    assert [] == [pair for pair in found if not (pair[0] < pair[1] and 0 <= pair[2] <= 1)]
