"""Numbers, money and moments as the reader writes them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from vincle.web.locales import written_in
from vincle.web.templatetags import vincle as filters

NOON = datetime(2026, 11, 16, 12, 5, 59, tzinfo=UTC)


def _plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("language", "expected"), [("en", "1,240"), ("ca", "1.240"), ("es", "1.240")])
def test_whole_numbers(language, expected):
    with translation.override(language), written_in("ES"):
        assert expected == filters.number(1240)


@pytest.mark.parametrize(
    ("language", "country", "expected"),
    [
        ("en", "ES", "€12,345.50"),
        ("ca", "ES", "12.345,50 €"),
        ("es", "ES", "12.345,50 €"),
        ("es", "MX", "EUR12,345.50"),
        ("en", "US", "€12,345.50"),
    ],
)
def test_money(language, country, expected):
    with translation.override(language), written_in(country):
        assert expected == _plain(filters.money(Decimal("12345.50"), "EUR"))


def test_money_without_cents():
    with translation.override("ca"), written_in("ES"):
        assert "12.346 €" == _plain(filters.round_money(Decimal("12345.50"), "EUR"))


def test_a_yen_has_no_cents():
    with translation.override("en"):
        assert "¥1,240" in _plain(filters.money(1240, "JPY"))


def test_shares():
    with translation.override("en"):
        assert ("71%", "71.3%") == (filters.percent(0.7134), filters.percent(0.7134, 1))


def test_large_numbers_in_short():
    with translation.override("en"):
        assert "1.5M" == filters.compact(1_469_307)


@pytest.mark.parametrize(
    ("language", "country", "expected"),
    [
        ("en", "ES", "16 Nov 2026, 13:05"),
        ("en", "US", "Nov 16, 2026, 1:05 PM"),
        ("ca", "ES", "16 de nov. 2026, 13:05"),
        ("es", "ES", "16 nov 2026, 13:05"),
    ],
)
def test_moments_are_told_in_the_time_of_the_organisation(language, country, expected):
    with translation.override(language), written_in(country), timezone.override(ZoneInfo("Europe/Madrid")):
        assert expected == _plain(filters.moment(NOON))


def test_a_day_is_the_day_it_was_there():
    late = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
    with translation.override("en"), timezone.override(ZoneInfo("Europe/Madrid")):
        assert ("17 Nov 2026", "16 Nov 2026") == (filters.day(late), filters.day(date(2026, 11, 16)))


@pytest.mark.parametrize(("language", "expected"), [("en", "2 days ago"), ("ca", "fa 2 dies"), ("es", "hace 2 días")])
def test_how_long_ago(language, expected):
    with translation.override(language):
        assert expected == filters.ago(NOON - timedelta(days=2), NOON)


@pytest.mark.parametrize("year", [1, 1900, 9999])
def test_the_edges_of_time_can_be_written(year):
    edge = datetime(year, 6, 1, tzinfo=UTC)
    with translation.override("en"), timezone.override(ZoneInfo("Europe/Madrid")):
        assert str(year) in filters.moment(edge)
        assert "" != filters.ago(edge, NOON)


@pytest.mark.parametrize(
    "write", [filters.number, filters.compact, filters.percent, filters.moment, filters.day, filters.ago]
)
def test_what_is_not_known_is_a_dash(write):
    assert "–" == write(None)


def test_money_that_is_not_known_is_a_dash():
    assert ("–", "–") == (filters.money(None, "EUR"), filters.round_money(None, "EUR"))


def test_an_icon_that_cannot_be_drawn_is_a_circle():
    assert ("home", "circle") == (filters.drawable("home"), filters.drawable('"><script>'))
