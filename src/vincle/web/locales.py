"""How the reader writes numbers, money and dates: their language, as it is written where the organisation is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, format_timedelta, get_datetime_format
from babel.languages import get_official_languages
from django.utils import translation

_country: ContextVar[str] = ContextVar("country", default="")

# Where a language is written when the organisation's country does not speak it: English in Girona is not written
# as in New York, nor with Girona's commas.
AT_HOME = {"en": "GB", "es": "ES", "ca": "ES"}


@contextmanager
def written_in(country: str) -> Iterator[None]:
    """Within it, numbers and dates are written as in this ISO 3166 country, in the active language."""
    token = _country.set(country)
    try:
        yield
    finally:
        _country.reset(token)


def locale() -> Locale:
    """The reader's locale, as Babel knows it."""
    language = (translation.get_language() or "en").partition("-")[0]
    return _locale(language, _country.get())


@cache
def _locale(language: str, country: str) -> Locale:
    speaks = language in get_official_languages(country, regional=True, de_facto=True)
    try:
        return Locale(language, country if speaks else AT_HOME.get(language))
    except UnknownLocaleError:
        return Locale(language)


def write_moment(when: datetime) -> str:
    """Day and hour, without seconds: 16 Nov 2026, 14:32."""
    pattern = str(get_datetime_format("medium", locale=locale())).replace("'", "")
    return pattern.format(format_time(when, "short", locale=locale()), write_day(when))


def write_day(when: date) -> str:
    """A day: 16 Nov 2026."""
    return str(format_date(when, "medium", locale=locale()))


def write_month(day: date) -> str:
    """The month a day lies in: Mar 2017."""
    return str(format_skeleton("yMMM", day, locale=locale()))


def write_lasting(seconds: float) -> str:
    """How long something takes, in one unit: 41 seconds, 3 days."""
    return str(format_timedelta(timedelta(seconds=max(1, round(seconds))), threshold=1.5, locale=locale()))
