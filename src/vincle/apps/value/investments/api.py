"""Investments for programs: the list, one of them, what came of it, describing one, drawing a lot, putting it away."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Status

from vincle.apps.accounts.facade import Actor
from vincle.apps.lists.facade import groups_for
from vincle.apps.tokens.facade import actor_behind
from vincle.apps.value.investments import actions, queries
from vincle.apps.value.investments.drawing import draw
from vincle.apps.value.investments.refreshing import ask_return
from vincle.apps.value.investments.shapes import (
    DrawIn,
    InvestmentIn,
    InvestmentOut,
    InvestmentsPage,
    InvestmentsQuery,
    ReturnOut,
    ReturnQuery,
    investment_out,
)
from vincle.flow.models import Job
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.rest import etags
from vincle.web.rest.router import RoomRouter
from vincle.web.rest.working import BeingWorkedOut

rest = RoomRouter("Value")


@rest.get("/investments", scope="value:read", response=InvestmentsPage)
def list_investments(request: HttpRequest, asked: Query[InvestmentsQuery]) -> InvestmentsPage:  # noqa: ARG001 - ninja's
    """Experience investments, those changed last first."""
    page = queries.investments_page(archived=asked.archived, cursor=asked.cursor, size=asked.limit)
    return InvestmentsPage(items=[investment_out(each) for each in page], next=page.next or None)


@rest.post("/investments", scope="value:write", response={201: InvestmentOut})
def add_investment(request: HttpRequest, given: InvestmentIn) -> Status[InvestmentOut]:
    """Describe something that was done for some people, and whom they are compared with."""
    actor = actor_behind(request)
    _known(actor, given.treated, *([given.compared] if given.compared else []))
    made = actions.describe(given.said(), given.groups(), actor=actor, now=clock.now())
    return Status(201, investment_out(made))


@rest.post("/investments/draw", scope="value:write", response={201: InvestmentOut})
def draw_investment(request: HttpRequest, given: DrawIn) -> Status[InvestmentOut]:
    """Draw by lot who of a group gets something; the others are whom they are compared with.

    Both are kept on lists. It takes thirty people on either side, and a first day that is not over. Archiving the
    investment takes both lists away again.
    """
    actor = actor_behind(request)
    _known(actor, given.group)
    made = draw(given.said(), given.group, given.share, actor=actor, now=clock.now())
    return Status(201, investment_out(made))


@rest.get("/investments/{uid}", scope="value:read", response=InvestmentOut)
def get_investment(request: HttpRequest, response: HttpResponse, uid: UUID) -> InvestmentOut:  # noqa: ARG001 - ninja's
    """One investment, also one that was put away."""
    found = investment_out(queries.investment_by_uid(uid))
    etags.mark(response, found)
    return found


@rest.get("/investments/{uid}/return", scope="value:read", response=ReturnOut)
def get_investment_return(request: HttpRequest, uid: UUID, asked: Query[ReturnQuery]) -> ReturnOut:  # noqa: ARG001
    """Whether an investment pays, with intervals and people.

    What nobody has worked out yet, or the log has outgrown, is worked out now. Until then the answer is 409, with when
    to ask again in Retry-After; with `wait=no` it is the former one, where there is any.
    """
    this = queries.investment_by_uid(uid)
    kept = queries.newest_return(this)
    is_current = queries.is_current(kept)
    if not is_current:
        ask_return(this, now=clock.now())
    if kept is None or (asked.wait == "yes" and not is_current):
        raise _being_worked_out(queries.under_way(this))
    return ReturnOut(
        uid=this.uid,
        version=kept.version,
        computed_at=kept.computed_at,
        is_current=is_current,
        found=dict(kept.said) if kept.said is not None else None,
        why=dict(kept.why),
        groups=dict(kept.groups),
    )


@rest.post("/investments/{uid}/archive", scope="value:write", response=InvestmentOut)
def archive_investment(request: HttpRequest, uid: UUID) -> InvestmentOut:
    """Put an investment away, with the lists that were drawn for it; one that is away already stays so."""
    actions.archive(queries.investment_by_uid(uid), actor=actor_behind(request), now=clock.now())
    return investment_out(queries.investment_by_uid(uid))


@rest.post("/investments/{uid}/bring-back", scope="value:write", response=InvestmentOut)
def bring_back_investment(request: HttpRequest, uid: UUID) -> InvestmentOut:
    """Have an investment among the others again; one that is there stays so."""
    actions.bring_back(queries.investment_by_uid(uid), actor=actor_behind(request), now=clock.now())
    return investment_out(queries.investment_by_uid(uid))


def _known(actor: Actor, *codes: str) -> None:
    """Raises `BadInput` for a list or view that the token's maker does not see."""
    offered = dict(groups_for(actor.id))
    if any(code not in offered for code in codes):
        raise BadInput(_("There is no such list or view."))


def _being_worked_out(job: Job | None) -> BeingWorkedOut:
    if job is not None and job.error:
        return BeingWorkedOut(
            _("It did not succeed at once. Nothing is lost; it is tried again by itself."),
            _("Ask again later; “vincle status” says what the background work is about."),
        )
    return BeingWorkedOut(_("This is being worked out of the log."), _("Ask the same again in a few seconds."))
