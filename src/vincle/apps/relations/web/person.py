"""What a person's page shows of whom they relate to, and all of it on a page of its own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.people.facade import Somebody, somebody
from vincle.apps.relations.actions import households
from vincle.apps.relations.actions.households import ask_again, make_household, part_household
from vincle.apps.relations.queries.around import around
from vincle.apps.relations.queries.households import household_of, sharing
from vincle.apps.relations.queries.ties import MOST, person_of, ties_of
from vincle.apps.relations.standing import today
from vincle.apps.relations.web.graph import SHOWN, large_graph, neighbours, small_graph, url_of
from vincle.kernel import clock
from vincle.kernel.errors import Refused
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("relations.view")
def card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The part of a person's page: a small drawing, whom they live with, whom they might live with."""
    someone = somebody(uid)
    found = ties_of(someone)
    now = len(neighbours(found))
    context = {
        "person": someone,
        "graph": small_graph(someone, found) if now else None,
        "left_out": now > SHOWN,
        "count": len(found),
        "household": household_of(someone),
        "sharing": sharing(someone),
    }
    return render(request, "relations/card.html", context)


@needs("relations.view")
def page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everybody somebody relates to and has related to, and whom those relate to."""
    someone = somebody(uid)
    found = ties_of(someone)
    branches = around(someone)
    context = {
        "person": someone,
        "now": [(tie, url_of(tie)) for tie in found if tie.ended is None],
        "former": [(tie, url_of(tie)) for tie in found if tie.ended is not None],
        "branches": [(each, url_of(each.tie), [(tie, url_of(tie)) for tie in each.beyond]) for each in branches],
        "graph": large_graph(someone, branches) if branches else None,
        "on_phone": small_graph(someone, found) if branches else None,
        "cut": len(found) >= MOST,
        "today": today(),
    }
    return render(request, "relations/person.html", context)


@needs("relations.edit")
@require_POST
def household(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Whether those who share a contact point with somebody live with them, as is suggested now."""
    someone = somebody(uid)
    suggested = sharing(someone)
    if suggested is None:
        raise Refused(_("Nobody else shares a contact point with them any more."))
    actor, now = Actor.behind(request), clock.now()
    names = _names(suggested.others)
    if request.POST.get("answer") == "no":
        together = households.no_household(someone, suggested.others, actor=actor, now=now)
        said, undo = _("No household: it is not asked again."), reverse("relations:ask_again", args=[together])
    else:
        together = make_household(someone, suggested.others, actor=actor, now=now)
        said = ngettext("%(names)s lives with them.", "%(names)s live with them.", len(suggested.others))
        said, undo = said % {"names": names}, reverse("relations:part_household", args=[together])
    toast(request, said, undo=undo)
    return redirect("people:person", someone.uid)


@needs("relations.edit")
@require_POST
def undo_household(request: HttpRequest, together: UUID) -> HttpResponse:
    """They do not live together after all."""
    withdrawn = part_household(together, actor=Actor.behind(request), now=clock.now())
    toast(request, _("It is as it was before."))
    return redirect("people:person", person_of(withdrawn[0]).uid)


@needs("relations.edit")
@require_POST
def undo_no_household(request: HttpRequest, together: UUID) -> HttpResponse:
    """They may be a household after all."""
    people = ask_again(together, actor=Actor.behind(request), now=clock.now())
    toast(request, _("It is as it was before."))
    return redirect("people:person", people[0].uid) if people else redirect("people:list")


def _names(people: list[Somebody]) -> str:
    return ", ".join(each.name for each in people)
