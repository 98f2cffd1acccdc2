"""Shapes that every room's API shares: texts that can be kept, days, pages."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field, JsonValue, PlainSerializer

T = TypeVar("T")

LONGEST_PAGE = 100
USUAL_PAGE = 50
DEEPEST = 20
_WIDEST = 2**63
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("holds a character that cannot be kept")
    return text


def _keepable(value: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise ValueError(f"is nested deeper than {DEEPEST} levels")
    if isinstance(value, dict):
        for name, each in value.items():
            _without_nul(name)
            _keepable(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _keepable(each, depth + 1)
    elif isinstance(value, str):
        _without_nul(value)
    elif isinstance(value, int) and not -_WIDEST <= value < _WIDEST:
        raise ValueError("holds a number with too many digits; write it as text")
    return value


def _within_time(moment: datetime) -> datetime:
    if not _FIRST <= moment < _LAST:
        raise ValueError("lies outside the years 1900 to 2199")
    return moment


def _within_days(day: date) -> date:
    if not _FIRST.date() <= day < _LAST.date():
        raise ValueError("lies outside the years 1900 to 2199")
    return day


Text = Annotated[str, AfterValidator(_without_nul)]
"""Words that every database can keep."""

Properties = Annotated[dict[str, JsonValue], AfterValidator(_keepable)]
"""A JSON object that every database can keep."""

Moment = Annotated[AwareDatetime, AfterValidator(_within_time)]
"""An instant with its time zone, as RFC 3339 writes it."""

Day = Annotated[date, AfterValidator(_within_days)]
"""A day of the organisation."""

Instant = Annotated[
    datetime,
    PlainSerializer(lambda moment: moment.astimezone(UTC).isoformat().replace("+00:00", "Z"), return_type=str),
    Field(json_schema_extra={"format": "date-time"}),
]
"""An instant in an answer: universal time, to the microsecond."""

Number = Annotated[int, Field(ge=1, lt=_WIDEST)]
"""A row's number in an address."""

Limit = Annotated[int, Field(ge=1, le=LONGEST_PAGE, description="How many at most")]
Cursor = Annotated[str, Field(max_length=600, description="`next` of the page before"), AfterValidator(_without_nul)]


class Listing(Schema, Generic[T]):
    """A page: what it holds, and the cursor of the next one; null on the last page. Each room names its own."""

    items: list[T]
    next: str | None = None
