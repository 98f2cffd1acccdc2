"""Steps compose into one statement; values stay values."""

from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincle.engine.steps import Pipeline, Step, Value

NUMBERS = Step("numbers", "SELECT * FROM (VALUES (1, 'a'), (2, NULL), (3, 'c')) t(n, word)", "Three numbers.")
LARGE = Step("large", "SELECT n, word FROM numbers WHERE n >= $least ORDER BY n", "Those that are large enough.")


def told(pipeline: Pipeline) -> list[tuple[object, ...]]:
    return duckdb.connect().sql(pipeline.sql()).fetchall()


def test_a_step_reads_the_steps_before_it() -> None:
    assert [(2, None), (3, "c")] == told(Pipeline((NUMBERS, LARGE), {"least": 2}))


def test_a_pipeline_can_be_looked_at_until_any_step() -> None:
    pipeline = Pipeline((NUMBERS, LARGE))
    assert 3 == len(told(pipeline.upto("numbers")))
    with pytest.raises(KeyError):
        pipeline.upto("small")


def test_a_pipeline_goes_on_with_more_steps() -> None:
    total = Step("total", "SELECT sum(n) AS n FROM large", "Their sum.")
    assert [(5,)] == told(Pipeline((NUMBERS, LARGE)).then(total, least=2))


def test_a_parameter_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="least"):
        Pipeline((NUMBERS, LARGE)).sql()


def test_explaining_tells_name_meaning_and_sql_of_every_step() -> None:
    text = Pipeline((NUMBERS, LARGE), {"least": 2}).explain()
    assert "-- 1. numbers: Three numbers." in text
    assert "-- 2. large: Those that are large enough." in text
    assert "n >= 2" in text


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")))
def test_whatever_a_text_holds_it_stays_one_value(text: str) -> None:
    step = Step("said", "SELECT $text AS text", "What was said.")
    assert [(text,)] == told(Pipeline((step,), {"text": text}))


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        -7,
        2**62,
        0.25,
        Decimal("12.3400"),
        date(1900, 1, 1),
        datetime.fromisoformat("2024-02-29T23:59:59.000001"),
    ],
)
def test_values_of_every_type_arrive_as_they_are(value: Value) -> None:
    assert [(value,)] == told(Pipeline((Step("s", "SELECT $value AS v", "A value."),), {"value": value}))


def test_an_instant_keeps_its_zone() -> None:
    moment = datetime(2024, 2, 29, 12, tzinfo=UTC)
    step = Step("s", "SELECT epoch_us($moment) AS us", "An instant.")
    assert [(int(moment.timestamp() * 1e6),)] == told(Pipeline((step,), {"moment": moment}))


def test_a_list_can_be_asked_for_members() -> None:
    step = Step("s", "SELECT word FROM numbers WHERE list_contains($words, word) ORDER BY word", "Some words.")
    assert [("a",), ("c",)] == told(Pipeline((NUMBERS, step), {"words": ["c", "a", "x'"]}))
