"""When: every way of writing a date, to the same microsecond."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vincle.engine.tabular.mapping import When
from vincle.engine.tabular.moments import AMBIGUOUS, NOT_A_DATE, OUTSIDE, Moments
from vincle.engine.tabular.workbench import Workbench
from vincle.kernel.clock import EPOCH


@pytest.fixture(scope="module")
def bench() -> Iterator[Workbench]:
    with Workbench() as opened:
        yield opened


def read(bench: Workbench, text: str, zone: str = "UTC", **rule: Any) -> str:
    """The moment in ISO 8601, or what is wrong."""
    [value], [problem] = (side.to_pylist() for side in Moments(bench, When("when", **rule), zone)(pa.array([text])))
    assert (value is None) != (problem is None)
    return str(problem) if value is None else (EPOCH + timedelta(microseconds=value)).strftime("%Y-%m-%dT%H:%M:%S.%f")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-05", "2024-01-05T00:00:00"),
        ("2024-01-05 10:30", "2024-01-05T10:30:00"),
        ("2024-01-05T10:30:15", "2024-01-05T10:30:15"),
        ("2024-01-05 10:30:15.123456", "2024-01-05T10:30:15.123456"),
        ("2024-01-05T10:30:15,5", "2024-01-05T10:30:15.5"),
        ("2024-01-05T10:30:15.123456789Z", "2024-01-05T10:30:15.123456"),
        ("2024-01-05T10:30:15Z", "2024-01-05T10:30:15"),
        ("2024-01-05T10:30:15+02:00", "2024-01-05T08:30:15"),
        ("2024-01-05 10:30:15 -0530", "2024-01-05T16:00:15"),
        ("2024-01-05 10:30+02", "2024-01-05T08:30:00"),
        ("2024-01-05 10:30:15 UTC", "2024-01-05T10:30:15"),
        ("20240105", "2024-01-05T00:00:00"),
        ("20240105T103015Z", "2024-01-05T10:30:15"),
        ("20240105103015", "2024-01-05T10:30:15"),
        ("2024/1/5 9:05", "2024-01-05T09:05:00"),
        ("31/12/2024", "2024-12-31T00:00:00"),
        ("31.12.2024 8h05", "2024-12-31T08:05:00"),
        ("12-31-2024 11:59 PM", "2024-12-31T23:59:00"),
        ("31/12/24 12:15 am", "2024-12-31T00:15:00"),
        ("31/12/68", "2068-12-31T00:00:00"),
        ("31/12/69", "1969-12-31T00:00:00"),
        ("5/5/2024", "2024-05-05T00:00:00"),
        ("5 Jan 2024", "2024-01-05T00:00:00"),
        ("Jan 5, 2024 10:30 a.m.", "2024-01-05T10:30:00"),
        ("January 5th, 2024", "2024-01-05T00:00:00"),
        ("5 de gener de 2024 a les 10:30", "2024-01-05T10:30:00"),
        ("11 d’abril de 2024", "2024-04-11T00:00:00"),
        ("5 de enero de 2024, 10:30 p. m.", "2024-01-05T22:30:00"),
        ("viernes, 5 ene. 2024", "2024-01-05T00:00:00"),
        ("Fri, 05 Jan 2024 10:30:15 +0100", "2024-01-05T09:30:15"),
        ("Fri Jan 05 2024 10:30:15 GMT+0100 (CET)", "2024-01-05T09:30:15"),
        ("2024-Jan-05", "2024-01-05T00:00:00"),
        ("2024-01-31 24:00", "2024-02-01T00:00:00"),
        ("2024-02-29", "2024-02-29T00:00:00"),
        ("1900-01-01", "1900-01-01T00:00:00"),
        ("9999-12-31 23:59:59.999999", "9999-12-31T23:59:59.999999"),
        ("5:30\u202fPM 2024", None),
        ("12/31/2024 5:30\u202fPM", "2024-12-31T17:30:00"),
    ],
)  # fmt: skip
def test_a_date_is_read(bench: Workbench, text: str, moment: str | None) -> None:
    expected = NOT_A_DATE if moment is None else datetime.fromisoformat(moment).strftime("%Y-%m-%dT%H:%M:%S.%f")
    assert expected == read(bench, text)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2024", "2024-13-01", "2023-02-29", "12", "12.5", "hello", "infinity", "-infinity", "epoch", "now",
        "today",
        "10:30", "2024-01-05 25:00", "2024-01-05 10:61", "13:00 PM 2024-01-05", "2024-01-05 13:00 PM", "10000-01-01",
        "99/99/9999", "1.2.3.4", "32 Jan 2024", "5 Foo 2024", "2024-01-05x", "２０２４-01-05",
    ],
)  # fmt: skip
def test_what_is_no_date_is_told(bench: Workbench, text: str) -> None:
    assert NOT_A_DATE == read(bench, text)


@pytest.mark.parametrize("text", ["1899-12-31", "31/12/1899", "0024-01-05", "1/1/0001"])
def test_years_before_1900_are_refused(bench: Workbench, text: str) -> None:
    assert OUTSIDE == read(bench, text)


def test_a_moment_that_leaves_the_year_9999_on_its_way_to_utc_is_refused(bench: Workbench) -> None:
    assert OUTSIDE == read(bench, "9999-12-31T23:59:59-05:00")
    assert OUTSIDE == read(bench, "9999-12-31 23:59:59", "America/New_York")


@pytest.mark.parametrize("text", ["03/04/2024", "3.4.24 10:00", "12-11-2024"])
def test_day_or_month_first_is_never_guessed(bench: Workbench, text: str) -> None:
    assert AMBIGUOUS == read(bench, text)


@pytest.mark.parametrize(("order", "day"), [("dmy", "2024-04-03"), ("mdy", "2024-03-04"), ("ymd", None)])
def test_the_order_that_is_said_is_followed(bench: Workbench, order: str, day: str | None) -> None:
    expected = AMBIGUOUS if day is None else f"{day}T00:00:00.000000"
    assert expected == read(bench, "03/04/2024", date_order=order)


def test_a_date_that_contradicts_the_order_is_no_date(bench: Workbench) -> None:
    assert NOT_A_DATE == read(bench, "12/31/2024", date_order="dmy")
    assert NOT_A_DATE == read(bench, "31/12/2024", date_order="mdy")


def test_two_digits_may_be_the_year_first(bench: Workbench) -> None:
    assert "2024-03-05T00:00:00.000000" == read(bench, "24/03/05", date_order="ymd")


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2024-01-05 10:00", "2024-01-05T09:00:00"),
        ("2024-07-05 10:00", "2024-07-05T08:00:00"),
        ("2024-01-05", "2024-01-04T23:00:00"),
        ("2024-01-05T10:00:00Z", "2024-01-05T10:00:00"),
        ("2024-03-31 02:30", "2024-03-31T01:30:00"),  # skipped: taken as 03:30
        ("2024-10-27 02:30", "2024-10-27T01:30:00"),  # twice: the second, standard time
        ("1900-01-01", "1900-01-01T00:14:44"),
    ],
)
def test_a_time_without_a_zone_is_of_the_zone_that_is_set(bench: Workbench, local: str, utc: str) -> None:
    assert f"{utc}.000000" == read(bench, local, "Europe/Madrid")


def test_a_column_may_have_a_zone_of_its_own(bench: Workbench) -> None:
    assert "2024-01-05T15:00:00.000000" == read(bench, "2024-01-05 10:00", "UTC", timezone="America/New_York")


@pytest.mark.parametrize(
    ("text", "rule", "moment"),
    [
        ("1704448800", {"format": "epoch"}, "2024-01-05T10:00:00"),
        ("1704448800.25", {"format": "epoch"}, "2024-01-05T10:00:00.25"),
        ("1704448800123", {"format": "epoch_ms"}, "2024-01-05T10:00:00.123"),
        ("1704448800123456", {"format": "epoch_us"}, "2024-01-05T10:00:00.123456"),
        ("45296.5", {"format": "excel"}, "2024-01-05T12:00:00"),
        ("-10", {"format": "days", "start": "2013-10-01"}, "2013-09-21T00:00:00"),
        ("05 2024 01", {"format": "%d %Y %m"}, "2024-01-05T00:00:00"),
        ("05 2024 01 +0200", {"format": "%d %Y %m %z"}, "2024-01-04T22:00:00"),
    ],
)
def test_a_format_that_is_said_is_followed(bench: Workbench, text: str, rule: dict[str, str], moment: str) -> None:
    assert datetime.fromisoformat(moment).strftime("%Y-%m-%dT%H:%M:%S.%f") == read(bench, text, **rule)


@pytest.mark.parametrize("unit", ["epoch", "epoch_ms", "epoch_us", "excel", "days"])
@pytest.mark.parametrize("text", ["x", "", "1e400", "99999999999999999999999999", "nan", "inf"])
def test_numbers_that_are_no_moment_are_told(bench: Workbench, unit: str, text: str) -> None:
    assert read(bench, text, format=unit, start="2024-01-01") in {NOT_A_DATE, OUTSIDE}


MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
FORMS = (
    "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S.%fZ", "%d/%m/%Y %H:%M:%S.%f", "%d.%m.%Y %I:%M:%S.%f %p",
    "%d %b %Y %H:%M:%S.%f", "%b %d, %Y %H:%M:%S.%f", "%Y%m%dT%H%M%S.%f", "%a, %d %b %Y %H:%M:%S.%f +0000",
)  # fmt: skip


@settings(max_examples=60)
@given(moment=MOMENTS, form=st.sampled_from(FORMS))
def test_a_moment_survives_being_written(bench: Workbench, moment: datetime, form: str) -> None:
    # strftime does not pad years before 1000; ours all have four digits.
    assert moment.strftime("%Y-%m-%dT%H:%M:%S.%f") == read(bench, moment.strftime(form), date_order="dmy")


@settings(max_examples=60)
@given(text=st.text(max_size=40) | st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}( \d\d?:\d\d)?", fullmatch=True))
@pytest.mark.parametrize("rule", [{}, {"date_order": "dmy"}, {"format": "epoch"}, {"format": "excel"}])
def test_any_text_is_a_moment_or_a_problem(bench: Workbench, rule: dict[str, str], text: str) -> None:
    read(bench, text or "x", "Europe/Madrid", **rule)


def test_the_quick_way_and_the_thorough_way_agree(bench: Workbench) -> None:
    # Which quick way is tried depends on what the first values look like.
    texts = [
        f"{day:02d}/{month:02d}/{year} 10:0{day % 10}"
        for day in range(1, 32)
        for month in (1, 2, 12)
        for year in (24, 2024)
    ]
    rule = When("when", date_order="dmy")
    quick = Moments(bench, rule, "Europe/Madrid")(pa.array([*texts]))[0]
    thorough = Moments(bench, rule, "Europe/Madrid")(pa.array([*["x"] * 200, *texts]))[0]
    assert quick.to_pylist() == thorough.to_pylist()[200:]
