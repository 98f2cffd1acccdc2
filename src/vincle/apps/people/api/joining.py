"""Who is whom: joining people, keeping them apart, the history of both, and undoing any step of it."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from ninja import Path, Status

from vincle.apps.people import actions
from vincle.apps.people.api.shapes import JoinedOut, NamedOut, OtherIn, StepOut, StepsPage
from vincle.apps.people.api.showing import now_at, whole
from vincle.apps.people.queries.history import Step, history_of, people_of_step, step_by_number
from vincle.apps.people.queries.person import identities_of, person_by_uid
from vincle.apps.tokens.facade import actor_behind
from vincle.flow.append.people import one_at_a_time
from vincle.flow.models import Identity, Person, SamePerson
from vincle.kernel import clock
from vincle.web.rest import etags
from vincle.web.rest.router import RoomRouter
from vincle.web.rest.shapes import Number

rest = RoomRouter("Who is whom")


@rest.get("/people/{uid}/steps", scope="people:read", response=StepsPage)
def list_steps(request: HttpRequest, uid: UUID) -> StepsPage:  # noqa: ARG001 - ninja's
    """Who joined what and why, the latest first: the last two hundred steps."""
    return StepsPage(items=[_step(step) for step in history_of(identities_of(now_at(uid)))])


@rest.post("/people/{uid}/join", scope="people:merge", response={201: JoinedOut}, versioned=True)
def join_people(request: HttpRequest, uid: UUID, given: OtherIn) -> Status[JoinedOut]:
    """Make one person of two.

    Nothing is rewritten: undoing the step brings both back exactly as they were. Refused (409) when they are one
    already, or somebody has said that they are not the same. With an If-Match it is done only while the first is as you
    read them.
    """
    with transaction.atomic():
        first, second = _both(request, uid, given.other)
        step = actions.join(first, second, actor=actor_behind(request), now=clock.now(), reason=given.reason)
        return Status(201, _joined(step))


@rest.post("/people/{uid}/keep-apart", scope="people:merge", response={201: JoinedOut}, versioned=True)
def keep_people_apart(request: HttpRequest, uid: UUID, given: OtherIn) -> Status[JoinedOut]:
    """Say that two people are not the same, whatever a source says later.

    Refused (409) when they are one person now: undo what joined them first.
    """
    with transaction.atomic():
        first, second = _both(request, uid, given.other)
        step = actions.keep_apart(first, second, actor=actor_behind(request), now=clock.now(), reason=given.reason)
        return Status(201, _joined(step))


@rest.post("/steps/{step}/undo", scope="people:merge", response={201: JoinedOut})
def undo_step(request: HttpRequest, step: Annotated[Number, Path()]) -> Status[JoinedOut]:
    """Take a step back: what it joined is two again, what it kept apart may be joined.

    Answers with the step that was written. Refused (409) when it has been undone already.
    """
    written = actions.undo(step_by_number(step), actor=actor_behind(request), now=clock.now())
    return Status(201, _joined(written))


def _both(request: HttpRequest, uid: UUID, other: UUID) -> tuple[Person, Person]:
    """The two people, after waiting for whoever else is changing who is whom."""
    one_at_a_time()
    first, second = now_at(uid), person_by_uid(other)
    etags.require_match(request, whole(first))
    return first, second


def _joined(step: SamePerson) -> JoinedOut:
    return JoinedOut(step=step.pk, people=[person.uid for person in people_of_step(step)])


def _step(step: Step) -> StepOut:
    fact = step.fact
    return StepOut(
        step=fact.pk,
        verdict="different" if fact.verdict == SamePerson.Verdict.DIFFERENT else "same",
        a=_named(fact.a),
        b=_named(fact.b),
        by=fact.author or (fact.source.name if fact.source else ""),
        reason=fact.reason,
        at=fact.recorded_at,
        undone_at=fact.withdrawn_at,
        undone_by=fact.withdrawn_by,
        in_force=step.can_be_undone,
    )


def _named(identity: Identity) -> NamedOut:
    return NamedOut(namespace=identity.namespace, value=identity.value)
