"""Every pair can say why: the bits of its reasons add up to its probability."""

from math import log2

import pytest

import vincle.engine as ve
from engine.duplicates.cast import table, town, triples
from vincle.kernel.errors import NotFound


@pytest.fixture(scope="module")
def found():
    return ve.duplicates.find(table(town()), id="id", threshold=0.2)


def test_reasons_add_up_to_the_probability(found):
    for a, b, probability in triples(found):
        bits = sum(reason.bits for reason in ve.duplicates.explain(found, a, b))
        if probability < 1 - 1e-9:
            assert bits == pytest.approx(log2(probability / (1 - probability)), abs=1e-4)
        else:
            assert bits > 29


def test_reasons_are_the_same_in_both_orders_and_name_what_was_compared(found):
    a, b, _ = triples(found)[0]
    reasons = ve.duplicates.explain(found, a, b)
    assert reasons == ve.duplicates.explain(found, b, a)
    assert ["before comparing", "given name", "family name", "birth date"] == [each.what for each in reasons[:4]]
    assert "household" == reasons[-1].what


def test_what_agrees_speaks_for_a_pair_and_what_differs_against_it(found):
    for a, b, _ in triples(found):
        for reason in ve.duplicates.explain(found, a, b):
            if reason.what in {"birth date", "e-mail", "given name"} and reason.level == "the same":
                assert reason.bits > 0
            if reason.level == "nothing to compare":
                assert 0 == reason.bits


def test_a_rare_name_weighs_more_than_a_common_one():
    common = [{"id": f"c{n}", "name": f"Maria Garcia{n % 40}", "town": f"T{n % 9}"} for n in range(200)]
    rare = [{"id": f"r{n}", "name": "Wilhelmina Garcia1", "town": "T1"} for n in range(2)]
    twice = [{"id": f"m{n}", "name": "Maria Garcia1", "town": "T1"} for n in range(2)]
    found = ve.duplicates.find(table(common + rare + twice), id="id", threshold=0.0)

    def bits(a, b):
        return next(each.bits for each in ve.duplicates.explain(found, a, b) if each.what == "given name")

    assert bits("r0", "r1") > bits("m0", "m1") + 4


def test_pairs_that_were_not_found_have_no_reasons(found):
    with pytest.raises(NotFound):
        ve.duplicates.explain(found, "p0000", "nobody")


def test_pairs_known_to_be_two_people_can_be_left_out(found):
    (a, b, _), *rest = triples(found)
    without = found.without([(b, a)])
    assert rest == triples(without)
    c, d, _ = rest[0]
    assert ve.duplicates.explain(found, c, d) == ve.duplicates.explain(without, c, d)
