"""The shapes that the API takes and gives."""

# Written by `python -m vincle.api.client` from the description of the API; change that, not this.

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

__all__ = [
    "AppendedOut",
    "AskedOut",
    "AttributeOut",
    "AttributesIn",
    "BecameOut",
    "BehindOut",
    "BehindPage",
    "ChartOut",
    "DrawIn",
    "EndIn",
    "EstimateOut",
    "HoldoutOut",
    "IdentitiesPage",
    "IdentityIn",
    "IdentityOut",
    "InteractionIn",
    "InteractionOut",
    "InteractionsIn",
    "InteractionsPage",
    "InvestmentIn",
    "InvestmentOut",
    "InvestmentsPage",
    "JoinedOut",
    "JourneyIn",
    "JourneyLine",
    "JourneyOut",
    "JourneysPage",
    "KindOut",
    "KindsPage",
    "MomentsOut",
    "NamedOut",
    "NewTaskIn",
    "OrganisationIn",
    "OrganisationLine",
    "OrganisationOut",
    "OrganisationsPage",
    "OtherIn",
    "PeoplePage",
    "PersonIn",
    "PersonLine",
    "PersonOut",
    "QuestionIn",
    "ReadingOut",
    "RelationIn",
    "RelationOut",
    "RelationStateOut",
    "RelationsPage",
    "ReturnOut",
    "StepOut",
    "StepsPage",
    "TaskIn",
    "TaskOut",
    "TasksPage",
    "ThingIn",
    "ThingOut",
    "TotalOut",
    "ValueOut",
    "WorthOut",
]


@dataclass(frozen=True, kw_only=True)
class AppendedOut:
    """What became of each, in the order they were given."""

    results: list[BecameOut]
    entered: int
    known: int
    quarantined: int


@dataclass(frozen=True, kw_only=True)
class AskedOut:
    """A question that was asked: its answer is read by this key."""

    key: str


@dataclass(frozen=True, kw_only=True)
class AttributeOut:
    """What is known under one name: the value that shows, which source said it and when."""

    value: str
    source: str
    at: datetime
    pinned: bool


@dataclass(frozen=True, kw_only=True)
class AttributesIn:
    """What is known of somebody."""

    attributes: dict[str, Any]
    occurred_at: datetime | None = None
    message_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class BecameOut:
    """What became of one interaction: entered, known already, or in quarantine, with the reason."""

    message_id: str
    state: Literal["entered", "known", "quarantined"]
    uid: UUID | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class BehindOut:
    """One of the people whom a figure counts."""

    uid: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class BehindPage:
    """Some of the people behind a figure, and where to go on."""

    items: list[BehindOut]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class ChartOut:
    """What really happens along a designed journey, at one of its revisions; docs/journeys.md says what is in
    it.
    """

    version: int
    as_of: datetime | None
    computed_at: datetime
    is_current: bool
    figures: dict[str, Any]
    uid: UUID
    revision: int


@dataclass(frozen=True, kw_only=True)
class DrawIn:
    """One for which a lot is drawn: `share` (between 0 and 1) of the people in `group` get it."""

    name: str
    start: date
    group: str
    about: str = ""
    cost_fixed: float | str = "0"
    cost_each: float | str = "0"
    until: date | None = None
    share: float = 0.5


@dataclass(frozen=True, kw_only=True)
class EndIn:
    """The day it was over; left out, today."""

    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class EstimateOut:
    """What is expected, and the ends of its 95 % interval; null where the data do not determine them."""

    at: float
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class HoldoutOut:
    """What was foretold of the time from `since` on, which the model had not seen, and what happened in it."""

    since: date
    people: int
    expected: float
    actual: float
    total_error: float | None
    root_mean_squared_error: float


@dataclass(frozen=True, kw_only=True)
class IdentitiesPage:
    """Some identities, and where to go on."""

    items: list[IdentityOut]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class IdentityIn:
    """Somebody as one source knows them: `email`, `phone`, or a name of the source's own such as `customer_id`."""

    namespace: str
    value: str


@dataclass(frozen=True, kw_only=True)
class IdentityOut:
    """An identity, whose it is now, and what the log holds of it. `state` is what is to be heeded with an e-mail
    or a telephone: send nothing to one that bounced or is not to be used; of several the preferred one.
    """

    namespace: str
    value: str
    state: list[Literal["verified", "bounced", "do_not_use", "preferred"]]
    person: UUID | None
    interactions: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, kw_only=True)
class InteractionIn:
    """One thing that happened with one person. `message_id` names it for ever: said again, it adds nothing."""

    message_id: str
    occurred_at: datetime
    kind: str
    identity: IdentityIn
    identities: list[IdentityIn] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    channel: str | None = None
    place: str | None = None
    staff: str | None = None
    amount: float | str | None = None
    currency: str | None = None
    score: float | None = None
    text: str | None = None
    properties: dict[str, Any] = field(default_factory=dict)
    things: list[ThingIn] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class InteractionOut:
    """One thing that happened. `person` is the address of whoever it happened with, as they are now."""

    uid: UUID
    source: str
    message_id: str
    occurred_at: datetime
    recorded_at: datetime
    kind: str
    channel: str | None
    place: str | None
    person: UUID | None
    identity: NamedOut
    staff: str | None
    amount: str | None
    currency: str | None
    score: float | None
    text: str | None
    properties: dict[str, Any]
    things: list[ThingOut]


@dataclass(frozen=True, kw_only=True)
class InteractionsIn:
    """Up to a hundred interactions; each is judged on its own."""

    interactions: list[InteractionIn]


@dataclass(frozen=True, kw_only=True)
class InteractionsPage:
    """Some interactions, and where to go on."""

    items: list[InteractionOut]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class InvestmentIn:
    """One that was in the people `treated`. An empty `compared` is everybody else who was known before it began.
    `randomised`: a lot decided who of both groups had it.
    """

    name: str
    start: date
    treated: str
    about: str = ""
    cost_fixed: float | str = "0"
    cost_each: float | str = "0"
    until: date | None = None
    compared: str = ""
    randomised: bool = False


@dataclass(frozen=True, kw_only=True)
class InvestmentOut:
    """One investment. Where a lot was drawn here, `drawn_from`, `share` and `seed` say how, and `treated` and
    `compared` are those who were drawn, whatever becomes of their lists.
    """

    uid: UUID
    name: str
    about: str
    cost_fixed: str
    cost_each: str
    currency: str
    start: date
    until: date | None
    treated: str
    compared: str
    randomised: bool
    drawn_from: str
    share: float | None
    seed: str
    made_at: datetime
    made_by: str
    changed_at: datetime
    changed_by: str
    archived_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class InvestmentsPage:
    """Some investments, and where to go on."""

    items: list[InvestmentOut]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class JoinedOut:
    """A step that was taken, and the people it concerns as they are now: one or two."""

    step: int
    people: list[UUID]


@dataclass(frozen=True, kw_only=True)
class JourneyIn:
    """A designed journey, as a document of the format vincle-journey/1 (docs/journey-format.md)."""

    document: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class JourneyLine:
    """One designed journey of the list. Each change makes a `revision`."""

    uid: UUID
    name: str
    revision: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str
    archived_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class JourneyOut:
    """One designed journey, whole."""

    uid: UUID
    name: str
    revision: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str
    archived_at: datetime | None
    document: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class JourneysPage:
    """Some designed journeys, and where to go on."""

    items: list[JourneyLine]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class KindOut:
    """How two may relate: `forward` reads from the first to the second, `back` from the second to the first."""

    name: str
    forward: str
    back: str
    with_people: bool
    with_organisations: bool
    symmetric: bool
    archived: bool


@dataclass(frozen=True, kw_only=True)
class KindsPage:
    """All kinds of relation."""

    items: list[KindOut]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class MomentsOut:
    """An answer. `found` is null where nothing can be told, and `why` says why."""

    key: str
    question: dict[str, Any]
    version: int
    computed_at: datetime
    is_current: bool
    found: dict[str, Any] | None
    why: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class NamedOut:
    """An identity."""

    namespace: str
    value: str


@dataclass(frozen=True, kw_only=True)
class NewTaskIn:
    """A task that is written down; `person` is the address of whom it is about."""

    title: str
    details: str = ""
    assignee: str | None = None
    due_on: date | None = None
    due_time: str | None = None
    person: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class OrganisationIn:
    """What is known of an organisation. `domain` is what their e-mail addresses end with."""

    name: str
    kind: Literal["company", "cooperative", "association", "foundation", "school", "public_body", "other"] = "company"
    tax_number: str = ""
    website: str = ""
    domain: str = ""
    address: str = ""
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class OrganisationLine:
    """One organisation of the list, and how many people relate to it now."""

    uid: UUID
    name: str
    kind: Literal["company", "cooperative", "association", "foundation", "school", "public_body", "other"]
    tax_number: str
    website: str
    domain: str
    people: int


@dataclass(frozen=True, kw_only=True)
class OrganisationOut:
    """One organisation, whole: what is known of it and of all that was joined with it."""

    uid: UUID
    name: str
    kind: Literal["company", "cooperative", "association", "foundation", "school", "public_body", "other"]
    tax_number: str
    website: str
    domain: str
    address: str
    notes: str
    created_at: datetime
    created_by: str
    archived_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class OrganisationsPage:
    """Some organisations, and where to go on."""

    items: list[OrganisationLine]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class OtherIn:
    """The other person, and why."""

    other: UUID
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    """Some people, and where to go on."""

    items: list[PersonLine]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonIn:
    """Somebody, and what is known of them."""

    identity: IdentityIn
    identities: list[IdentityIn] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    occurred_at: datetime | None = None
    message_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """One person of the list."""

    uid: UUID
    name: str
    known_as: NamedOut | None
    interactions: int
    amount: str
    currency: str
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, kw_only=True)
class PersonOut:
    """One person, whole."""

    uid: UUID
    name: str
    attributes: dict[str, AttributeOut]
    identities: list[IdentityOut]
    interactions: int
    amount: str
    currency: str
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, kw_only=True)
class QuestionIn:
    """Which moments of the first days of each `case` go with an outcome in the days after; docs/journeys.md says
    what each word means.
    """

    case: str = "person"
    kind: Literal["step", "completion", "churn", "amount", "satisfaction"] = "step"
    outcome: str = ""
    first_days: int = 30
    within_days: int = 90
    again: bool = False
    exposures: list[Literal["steps", "pairs", "waits", "touchpoints", "staff"]] = field(default_factory=list)
    adjust: list[Literal["beginning", "start", "else"]] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    randomised_by: str = ""


@dataclass(frozen=True, kw_only=True)
class ReadingOut:
    """What really happens with everybody, or with the things of a type."""

    version: int
    as_of: datetime | None
    computed_at: datetime
    is_current: bool
    figures: dict[str, Any]
    case: str


@dataclass(frozen=True, kw_only=True)
class RelationIn:
    """How somebody relates to another `person` or to an `organisation`; `back`: it is the other who relates so."""

    kind: str
    direction: Literal["forward", "back"] = "forward"
    person: UUID | None = None
    organisation: UUID | None = None
    role: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class RelationOut:
    """A relation as seen from one person: `words` read from them to `name`, whose address is `other`."""

    uid: UUID
    kind: str
    direction: Literal["forward", "back"]
    words: str
    to: Literal["person", "organisation"]
    other: UUID
    name: str
    role: str
    since: date | None
    ended: date | None
    said_by: str
    said_at: datetime


@dataclass(frozen=True, kw_only=True)
class RelationStateOut:
    """A relation after it was ended or taken back."""

    uid: UUID
    ended: date | None
    withdrawn: bool


@dataclass(frozen=True, kw_only=True)
class RelationsPage:
    """Some relations, and where to go on."""

    items: list[RelationOut]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReturnOut:
    """What came of an investment, as `ve.value.invest` says it (docs/value.md); `found` is null where it cannot
    be told, and `why` says why. `groups`: how many are in `both`, were drawn for either and are one person
    (`joined`), and how often the drawn lists were `changed`. `is_current`: the log has not grown since.
    """

    uid: UUID
    version: int
    computed_at: datetime
    is_current: bool
    found: dict[str, Any] | None
    why: dict[str, Any]
    groups: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class StepOut:
    """One step of who joined what; `in_force` says whether it counts and can be undone."""

    step: int
    verdict: Literal["same", "different"]
    a: NamedOut
    b: NamedOut
    by: str
    reason: str
    at: datetime
    undone_at: datetime | None
    undone_by: str
    in_force: bool


@dataclass(frozen=True, kw_only=True)
class StepsPage:
    """Some steps, and where to go on."""

    items: list[StepOut]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class TaskIn:
    """What a task is to be. `assignee` is a colleague's e-mail; day and hour are by the organisation's clock."""

    title: str
    details: str = ""
    assignee: str | None = None
    due_on: date | None = None
    due_time: str | None = None


@dataclass(frozen=True, kw_only=True)
class TaskOut:
    """A task. `person` is null when it is about nobody, or about somebody of whom nothing is shown."""

    uid: UUID
    title: str
    details: str
    assignee: str | None
    person: UUID | None
    due_on: date | None
    due_time: str | None
    created_at: datetime
    created_by: str
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, kw_only=True)
class TasksPage:
    """Some tasks, and where to go on."""

    items: list[TaskOut]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class ThingIn:
    """What an interaction is about: an order, a product, a case."""

    type: str
    key: str
    qualifier: str = ""
    label: str = ""
    quantity: float | None = None
    amount: float | str | None = None
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ThingOut:
    """A thing of an interaction."""

    type: str
    key: str
    qualifier: str
    label: str
    quantity: float | None
    amount: str | None
    properties: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class TotalOut:
    """A sum over `people`, and the ends of its 95 % interval; null where the data do not determine them."""

    at: float
    low: float | None
    high: float | None
    people: int


@dataclass(frozen=True, kw_only=True)
class ValueOut:
    """What everybody together is worth, as last worked out. Sums are in `currency`, after costs; `present` is of
    the last 12 months and known exactly, `expected` and `worth` are of the horizon. What cannot be told is
    null.
    """

    as_of: date
    currency: str
    people: int
    present: TotalOut
    alive: TotalOut | None
    expected: TotalOut | None
    worth: TotalOut | None
    model: str | None
    reason: str
    holdout: HoldoutOut | None


@dataclass(frozen=True, kw_only=True)
class WorthOut:
    """What a person is worth, as last worked out. Sums are in `currency`, after costs; `present` is of the last
    12 months, `expected` and `worth` are of the horizon. What cannot be told is null.
    """

    uid: UUID
    as_of: date
    currency: str
    first_on: date
    last_on: date
    days: int
    money: str
    present: str
    frequency: int | None
    recency_days: int | None
    tenure_days: int | None
    alive: EstimateOut | None
    expected: EstimateOut | None
    spend: str | None
    worth: EstimateOut | None
