"""When: what an event says, put right by the sender's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from vincle.apps.tracking.wire.moments import happened_at, instant

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
THEN = datetime(2026, 3, 1, 9, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2026-03-01T09:30:15Z", THEN),
        ("2026-03-01T09:30:15.123456Z", THEN + timedelta(microseconds=123456)),
        ("2026-03-01T09:30:15.123456789+00:00", THEN + timedelta(microseconds=123456)),
        ("2026-03-01T11:30:15+02:00", THEN),
        ("2026-03-01T09:30:15", THEN),
        ("20260301T093015Z", THEN),
        (" 2026-03-01T09:30:15Z ", THEN),
        (1772357415, THEN),
        (1772357415000, THEN),
        (1772357415000.0, THEN),
        ("1772357415", None),
        ("yesterday", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        (float("inf"), None),
        (10**40, None),
        (True, None),
        ([], None),
        (None, None),
    ],
)
def test_an_instant_as_it_is_written(said, moment):
    assert moment == instant(said)


def test_an_event_without_a_time_happened_when_it_arrived():
    assert [NOW, NOW] == [happened_at(None, None, NOW), happened_at("", "2026-11-01T11:00:00Z", NOW)]


def test_history_stays_where_it_was():
    assert THEN == happened_at(THEN.isoformat(), NOW.isoformat(), NOW)


def test_the_way_here_is_no_wrong_clock():
    assert THEN == happened_at(THEN.isoformat(), (NOW - timedelta(seconds=4)).isoformat(), NOW)


@pytest.mark.parametrize("wrong", [timedelta(hours=-3), timedelta(minutes=10), timedelta(days=400)])
def test_a_wrong_clock_is_put_right(wrong):
    """The event happened ten minutes before it was sent, whatever the clock said."""
    sent = NOW + wrong
    said = sent - timedelta(minutes=10)

    assert NOW - timedelta(minutes=10) == happened_at(said.isoformat(), sent.isoformat(), NOW)


def test_nothing_has_happened_later_than_it_arrived():
    assert NOW == happened_at("2031-01-01T00:00:00Z", None, NOW)


def test_a_time_of_sending_that_cannot_be_read_puts_nothing_right():
    assert THEN == happened_at(THEN.isoformat(), "now", NOW)
