"""What the API takes and gives: relations and their kinds, organisations."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from vincle.apps.relations.actions.relations import LONGEST_ROLE
from vincle.apps.relations.described import LONGEST
from vincle.web.rest.shapes import Day, Instant, Listing, Text

Direction = Literal["forward", "back"]
OrganisationType = Literal["company", "cooperative", "association", "foundation", "school", "public_body", "other"]
KindName = Annotated[Text, Field(min_length=1, max_length=40)]


class KindOut(Schema):
    """How two may relate: `forward` reads from the first to the second, `back` from the second to the first."""

    name: str
    forward: str
    back: str
    with_people: bool
    with_organisations: bool
    symmetric: bool
    archived: bool


class RelationOut(Schema):
    """A relation as seen from one person: `words` read from them to `name`, whose address is `other`."""

    uid: UUID
    kind: str
    direction: Direction
    words: str
    to: Literal["person", "organisation"]
    other: UUID
    name: str
    role: str
    since: date | None
    ended: date | None
    said_by: str
    said_at: Instant


class RelationIn(Schema):
    """How somebody relates to another `person` or to an `organisation`; `back`: it is the other who relates so."""

    kind: KindName
    direction: Direction = "forward"
    person: UUID | None = None
    organisation: UUID | None = None
    role: Annotated[Text, Field(max_length=LONGEST_ROLE)] = ""
    since: Day | None = None
    until: Day | None = None


class EndIn(Schema):
    """The day it was over; left out, today."""

    on: Day | None = None


class RelationStateOut(Schema):
    """A relation after it was ended or taken back."""

    uid: UUID
    ended: date | None
    withdrawn: bool


class OrganisationIn(Schema):
    """What is known of an organisation. `domain` is what their e-mail addresses end with."""

    name: Annotated[Text, Field(min_length=1, max_length=LONGEST["name"])]
    kind: OrganisationType = "company"
    tax_number: Annotated[Text, Field(max_length=LONGEST["tax_number"])] = ""
    website: Annotated[Text, Field(max_length=LONGEST["website"])] = ""
    domain: Annotated[Text, Field(max_length=LONGEST["domain"])] = ""
    address: Annotated[Text, Field(max_length=LONGEST["address"])] = ""
    notes: Annotated[Text, Field(max_length=LONGEST["notes"])] = ""


class OrganisationLine(Schema):
    """One organisation of the list, and how many people relate to it now."""

    uid: UUID
    name: str
    kind: OrganisationType
    tax_number: str
    website: str
    domain: str
    people: int


class OrganisationOut(Schema):
    """One organisation, whole: what is known of it and of all that was joined with it."""

    uid: UUID
    name: str
    kind: OrganisationType
    tax_number: str
    website: str
    domain: str
    address: str
    notes: str
    created_at: Instant
    created_by: str
    archived_at: Instant | None


class KindsPage(Listing[KindOut]):
    """All kinds of relation."""


class RelationsPage(Listing[RelationOut]):
    """Some relations, and where to go on."""


class OrganisationsPage(Listing[OrganisationLine]):
    """Some organisations, and where to go on."""
