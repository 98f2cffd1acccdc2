"""What the API takes and gives of investments."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from vincle.apps.value.investments.actions import LONGEST_ABOUT, LONGEST_NAME, Groups, Said
from vincle.apps.value.investments.models import Investment
from vincle.web.rest.shapes import USUAL_PAGE, Cursor, Day, Instant, Limit, Listing, Text

Cost = Annotated[Decimal, Field(ge=0, le=10**12, decimal_places=4, description="In the organisation's currency")]
Group = Annotated[Text, Field(max_length=60, description="`list:UID` or `view:UID` of a list or view of people")]


class SaidIn(Schema):
    """What is said of an investment. Without `until` everything until the last day that is known counts."""

    name: Annotated[Text, Field(min_length=1, max_length=LONGEST_NAME)]
    about: Annotated[Text, Field(max_length=LONGEST_ABOUT)] = ""
    cost_fixed: Cost = Decimal(0)
    cost_each: Cost = Decimal(0)
    start: Day
    until: Day | None = None

    def said(self) -> Said:
        """For the room's actions."""
        return Said(self.name, self.about, self.cost_fixed, self.cost_each, self.start, self.until)


class InvestmentIn(SaidIn):
    """One that was in the people `treated`. An empty `compared` is everybody else who was known before it began.
    `randomised`: a lot decided who of both groups had it.
    """

    treated: Group
    compared: Group = ""
    randomised: bool = False

    def groups(self) -> Groups:
        """For the room's actions."""
        return Groups(self.treated, self.compared, self.randomised)


class DrawIn(SaidIn):
    """One for which a lot is drawn: `share` (between 0 and 1) of the people in `group` get it."""

    group: Group
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5


class InvestmentOut(Schema):
    """One investment. Where a lot was drawn here, `drawn_from`, `share` and `seed` say how, and `treated` and
    `compared` are those who were drawn, whatever becomes of their lists.
    """

    uid: UUID
    name: str
    about: str
    cost_fixed: Decimal
    cost_each: Decimal
    currency: str
    start: Day
    until: Day | None
    treated: str
    compared: str
    randomised: bool
    drawn_from: str
    share: float | None
    seed: str
    made_at: Instant
    made_by: str
    changed_at: Instant
    changed_by: str
    archived_at: Instant | None


class InvestmentsPage(Listing[InvestmentOut]):
    """Some investments, and where to go on."""


class InvestmentsQuery(Schema):
    """Which: those in use, or those that were put away."""

    archived: bool = False
    cursor: Cursor = ""
    limit: Limit = USUAL_PAGE


class ReturnQuery(Schema):
    """With `wait=no` former figures are good enough while newer ones are worked out."""

    wait: Literal["yes", "no"] = "yes"


class ReturnOut(Schema):
    """What came of an investment, as `ve.value.invest` says it (docs/value.md); `found` is null where it cannot be
    told, and `why` says why. `groups`: how many are in `both`, were drawn for either and are one person (`joined`), and
    how often the drawn lists were `changed`. `is_current`: the log has not grown since.
    """

    uid: UUID
    version: int
    computed_at: Instant
    is_current: bool
    found: dict[str, Any] | None
    why: dict[str, Any]
    groups: dict[str, Any]


def investment_out(this: Investment) -> InvestmentOut:
    """One investment, as the API gives it."""
    return InvestmentOut(**{name: getattr(this, name) for name in InvestmentOut.model_fields})
