"""What the API takes and gives: people, identities, interactions."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, JsonValue, StringConstraints

from vincle.web.rest.shapes import Instant, Listing, Moment, Properties, Text

Order = Literal["last", "-last", "first", "-first", "name", "-name", "interactions", "-interactions", "money", "-money"]
ContactState = Literal["verified", "bounced", "do_not_use", "preferred"]
Namespace = Annotated[Text, Field(min_length=1, max_length=120)]
Value = Annotated[Text, Field(min_length=1, max_length=255)]
AttributeName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,79}$")]
MessageId = Annotated[Text, Field(min_length=1, max_length=255)]
Words = Annotated[Text, Field(max_length=400)]
Money = Annotated[Decimal, Field(ge=-(10**12), le=10**12, decimal_places=4)]


class IdentityIn(Schema):
    """Somebody as one source knows them: `email`, `phone`, or a name of the source's own such as `customer_id`."""

    namespace: Namespace
    value: Value


class NamedOut(Schema):
    """An identity."""

    namespace: str
    value: str


class IdentityOut(Schema):
    """An identity, whose it is now, and what the log holds of it. `state` is what is to be heeded with an e-mail or a
    telephone: send nothing to one that bounced or is not to be used; of several the preferred one."""

    namespace: str
    value: str
    state: list[ContactState]
    person: UUID | None
    interactions: int
    first: Instant | None
    last: Instant | None


class AttributeOut(Schema):
    """What is known under one name: the value that shows, which source said it and when."""

    value: str
    source: str
    at: Instant
    pinned: bool


class PersonLine(Schema):
    """One person of the list."""

    uid: UUID
    name: str
    known_as: NamedOut | None
    interactions: int
    amount: str
    currency: str
    first: Instant | None
    last: Instant | None


class PersonOut(Schema):
    """One person, whole."""

    uid: UUID
    name: str
    attributes: dict[str, AttributeOut]
    identities: list[IdentityOut]
    interactions: int
    amount: str
    currency: str
    first: Instant | None
    last: Instant | None


class PersonIn(Schema):
    """Somebody, and what is known of them."""

    identity: IdentityIn
    identities: list[IdentityIn] = Field(default=[], max_length=20)
    attributes: dict[AttributeName, Annotated[Text, Field(max_length=2_000)]] = Field(default={}, max_length=100)
    occurred_at: Moment | None = None
    message_id: MessageId | None = None


class AttributesIn(Schema):
    """What is known of somebody."""

    attributes: dict[AttributeName, Annotated[Text, Field(max_length=2_000)]] = Field(min_length=1, max_length=100)
    occurred_at: Moment | None = None
    message_id: MessageId | None = None


class OtherIn(Schema):
    """The other person, and why."""

    other: UUID
    reason: Words = ""


class StepOut(Schema):
    """One step of who joined what; `in_force` says whether it counts and can be undone."""

    step: int
    verdict: Literal["same", "different"]
    a: NamedOut
    b: NamedOut
    by: str
    reason: str
    at: Instant
    undone_at: Instant | None
    undone_by: str
    in_force: bool


class JoinedOut(Schema):
    """A step that was taken, and the people it concerns as they are now: one or two."""

    step: int
    people: list[UUID]


class ThingIn(Schema):
    """What an interaction is about: an order, a product, a case."""

    type: Annotated[Text, Field(min_length=1, max_length=80)]
    key: Annotated[Text, Field(min_length=1, max_length=255)]
    qualifier: Annotated[Text, Field(max_length=80)] = ""
    label: Annotated[Text, Field(max_length=255)] = ""
    quantity: Annotated[float, Field(allow_inf_nan=False)] | None = None
    amount: Money | None = None
    properties: Properties = {}


class ThingOut(Schema):
    """A thing of an interaction."""

    type: str
    key: str
    qualifier: str
    label: str
    quantity: float | None
    amount: str | None
    properties: dict[str, JsonValue]


class InteractionIn(Schema):
    """One thing that happened with one person. `message_id` names it for ever: said again, it adds nothing."""

    message_id: MessageId
    occurred_at: Moment
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*$", max_length=120)]
    identity: IdentityIn
    identities: list[IdentityIn] = Field(default=[], max_length=20)
    attributes: dict[AttributeName, Annotated[Text, Field(max_length=2_000)]] = Field(default={}, max_length=100)
    channel: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")] | None = None
    place: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    staff: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    amount: Money | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    score: Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)] | None = None
    text: Annotated[Text, Field(max_length=100_000)] | None = None
    properties: Properties = {}
    things: list[ThingIn] = Field(default=[], max_length=200)


class InteractionsIn(Schema):
    """Up to a hundred interactions; each is judged on its own."""

    interactions: list[InteractionIn] = Field(min_length=1, max_length=100)


class InteractionOut(Schema):
    """One thing that happened. `person` is the address of whoever it happened with, as they are now."""

    uid: UUID
    source: str
    message_id: str
    occurred_at: Instant
    recorded_at: Instant
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
    properties: dict[str, JsonValue]
    things: list[ThingOut]


class BecameOut(Schema):
    """What became of one interaction: entered, known already, or in quarantine, with the reason."""

    message_id: str
    state: Literal["entered", "known", "quarantined"]
    uid: UUID | None
    reason: str


class AppendedOut(Schema):
    """What became of each, in the order they were given."""

    results: list[BecameOut]
    entered: int
    known: int
    quarantined: int


class PeoplePage(Listing[PersonLine]):
    """Some people, and where to go on."""


class IdentitiesPage(Listing[IdentityOut]):
    """Some identities, and where to go on."""


class StepsPage(Listing[StepOut]):
    """Some steps, and where to go on."""


class InteractionsPage(Listing[InteractionOut]):
    """Some interactions, and where to go on."""
