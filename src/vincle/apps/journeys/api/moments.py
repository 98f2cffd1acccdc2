"""Moments that matter: asking, and reading the answer."""

from dataclasses import asdict

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Status

from vincle.apps.fields.facade import sensitive_names
from vincle.apps.journeys import queries
from vincle.apps.journeys.actions import ask_moments
from vincle.apps.journeys.api.shapes import AskedOut, MomentsOut, MomentsQuery, QuestionIn
from vincle.apps.journeys.api.waiting import being_worked_out
from vincle.apps.journeys.asking import MOMENTS, PEOPLE, Question
from vincle.engine.journeys.asked import COMPLETION, CONFOUNDERS, PAIRS, STAFF, STEP, STEPS, TOUCHPOINTS, WAITS
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.rest.router import RoomRouter

rest = RoomRouter("Journeys")
EXPOSURES = (STEPS, PAIRS, WAITS, TOUCHPOINTS, STAFF)


@rest.post("/journeys/moments", scope="journeys:write", response={202: AskedOut})
def ask_journey_moments(request: HttpRequest, given: QuestionIn) -> Status[AskedOut]:  # noqa: ARG001 - ninja's
    """Ask which moments go with an outcome. It is worked out in the background; the answer is read by its key."""
    question = _question(given)
    ask_moments(question, now=clock.now())
    return Status(202, AskedOut(key=question.name.removeprefix(MOMENTS)))


@rest.get("/journeys/moments", scope="journeys:read", response=MomentsOut)
def get_journey_moments(request: HttpRequest, asked: Query[MomentsQuery]) -> MomentsOut:  # noqa: ARG001 - ninja's
    """The answer to a question about moments.

    While it is worked out the answer is 409, with when to ask again in Retry-After; with `wait=no` it is the former
    one, where there is any. The latest forty are kept.
    """
    kept, going = queries.moments_under(asked.key), queries.under_way(MOMENTS + asked.key)
    if going is not None and (kept is None or asked.wait == "yes"):
        raise being_worked_out(going)
    if kept is None:
        raise NotFound(_("Nobody has asked this yet."))
    question, found = kept
    return MomentsOut(
        key=asked.key,
        question=asdict(question),
        version=found.version,
        computed_at=found.computed_at,
        is_current=found.version == queries.mirror_version(),
        found=dict(found.said) if found.said is not None else None,
        why=dict(found.why) if found.said is None else {},
    )


def _question(given: QuestionIn) -> Question:
    """What is asked, in the order in which it is asked on the page, so that both have one answer."""
    if given.kind in {STEP, COMPLETION} and not given.outcome:
        raise BadInput(_("Choose which step."))
    if not given.exposures and not given.randomised_by:
        raise BadInput(_("Choose at least one."))
    hidden = sensitive_names() & {given.randomised_by, *given.attributes}
    if hidden:
        raise BadInput(_("“%(name)s” is sensitive, and is not heeded here.") % {"name": min(hidden)})
    is_known = queries.newest_journeys(PEOPLE) is not None
    return Question(
        queries.case_asked(given.case)[0] if is_known else given.case,
        given.outcome,
        given.first_days,
        given.within_days,
        given.again and given.kind == STEP,
        kind=given.kind,
        adjust=tuple(name for name in CONFOUNDERS if name in given.adjust),
        attributes=tuple(dict.fromkeys(given.attributes)),
        exposures=tuple(name for name in EXPOSURES if name in given.exposures) or (STEPS,),
        randomised_by=given.randomised_by,
    )
