"""What the API takes and gives: designed journeys, their figures, questions about moments and their answers."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from vincle.apps.journeys.asking import FIRST_DAYS, PEOPLE, WITHIN_DAYS
from vincle.apps.journeys.models import JourneyMap
from vincle.web.rest.shapes import USUAL_PAGE, Cursor, Instant, Limit, Listing, Properties, Text

Case = Annotated[
    Text, Field(min_length=1, max_length=100, description="person, or the type of thing whose journeys are meant")
]
Wait = Literal["yes", "no"]
Told = dict[str, Any]


class JourneyIn(Schema):
    """A designed journey, as a document of the format vincle-journey/1 (docs/journey-format.md)."""

    document: Properties


class JourneyLine(Schema):
    """One designed journey of the list. Each change makes a `revision`."""

    uid: UUID
    name: str
    revision: int
    created_at: Instant
    created_by: str
    changed_at: Instant
    changed_by: str
    archived_at: Instant | None


class JourneyOut(JourneyLine):
    """One designed journey, whole."""

    document: Told


class JourneysPage(Listing[JourneyLine]):
    """Some designed journeys, and where to go on."""


class JourneysQuery(Schema):
    """Which designed journeys: those in use, or those that were put away."""

    archived: bool = False
    cursor: Cursor = ""
    limit: Limit = USUAL_PAGE


class WaitQuery(Schema):
    """With `wait=no` former figures are good enough while newer ones are worked out."""

    wait: Wait = "yes"


class CaseQuery(WaitQuery):
    """Whose journeys."""

    case: Case = PEOPLE


class FiguresOut(Schema):
    """Figures as they were worked out: from which version of the log, and until when that speaks (null: nothing has
    happened). `is_current`: nothing has changed since.
    """

    version: int
    as_of: Instant | None
    computed_at: Instant
    is_current: bool
    figures: Told


class ChartOut(FiguresOut):
    """What really happens along a designed journey, at one of its revisions; docs/journeys.md says what is in it."""

    uid: UUID
    revision: int


class ReadingOut(FiguresOut):
    """What really happens with everybody, or with the things of a type."""

    case: str


class BehindQuery(Schema):
    """Which figure, in the words of docs/journeys.md: of a `journey` by its uid, else of what happens with a `case`."""

    figure: Annotated[Text, Field(min_length=1, max_length=500)]
    journey: UUID | None = None
    case: Case = PEOPLE
    cursor: Cursor = ""
    limit: Limit = USUAL_PAGE


class BehindOut(Schema):
    """One of the people whom a figure counts."""

    uid: UUID
    name: str


class BehindPage(Listing[BehindOut]):
    """Some of the people behind a figure, and where to go on."""


class QuestionIn(Schema):
    """Which moments of the first days of each `case` go with an outcome in the days after; docs/journeys.md says what
    each word means.
    """

    case: Case = PEOPLE
    kind: Literal["step", "completion", "churn", "amount", "satisfaction"] = "step"
    outcome: Annotated[Text, Field(max_length=200)] = ""
    first_days: Annotated[int, Field(ge=1, le=365)] = FIRST_DAYS
    within_days: Annotated[int, Field(ge=1, le=730)] = WITHIN_DAYS
    again: bool = False
    exposures: list[Literal["steps", "pairs", "waits", "touchpoints", "staff"]] = ["steps", "pairs"]
    adjust: list[Literal["beginning", "start", "else"]] = ["beginning", "start", "else"]
    attributes: Annotated[list[Annotated[Text, Field(min_length=1, max_length=120)]], Field(max_length=20)] = []
    randomised_by: Annotated[Text, Field(max_length=120)] = ""


class AskedOut(Schema):
    """A question that was asked: its answer is read by this key."""

    key: str


class MomentsQuery(WaitQuery):
    """Whose answer, by the key that asking gave."""

    key: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class MomentsOut(Schema):
    """An answer. `found` is null where nothing can be told, and `why` says why."""

    key: str
    question: Told
    version: int
    computed_at: Instant
    is_current: bool
    found: Told | None
    why: Told


def journey_line(this: JourneyMap) -> JourneyLine:
    """A designed journey as the list shows it."""
    return JourneyLine(**_line(this))


def journey_out(this: JourneyMap) -> JourneyOut:
    """A designed journey, whole."""
    return JourneyOut(**_line(this), document=this.document)


def _line(this: JourneyMap) -> dict[str, Any]:
    return {name: getattr(this, name) for name in JourneyLine.model_fields}
