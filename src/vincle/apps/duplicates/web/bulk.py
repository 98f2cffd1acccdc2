"""Joining every pair above a threshold: what it would do, how far it is, what became of it, undoing it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.duplicates import actions
from vincle.apps.duplicates.models import Bulk
from vincle.apps.duplicates.queries import bulks
from vincle.apps.duplicates.web.forms import BulkForm
from vincle.apps.duplicates.web.queue import pairs_of
from vincle.apps.duplicates.words import sure_percent
from vincle.flow.append.same_many import Outcome
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.permissions import needs
from vincle.web.templatetags.vincle import number
from vincle.web.toasts import toast

AT_WORK = {Bulk.State.RUNNING, Bulk.State.UNDOING}


@needs("duplicates.bulk")
def preview(request: HttpRequest) -> HttpResponse:
    """See what it would do; by POST, do it."""
    if request.method == "POST":
        return _start(request)
    form = BulkForm(request.GET if "percent" in request.GET else {"percent": BulkForm.base_fields["percent"].initial})
    seen = bulks.preview(form.threshold, now=clock.now()) if form.is_valid() else None
    context = {
        "form": form,
        "seen": seen,
        "left": pairs_of(seen.left) if seen else [],
        "before": [(bulk, sure_percent(bulk.threshold)) for bulk in bulks.newest_bulks()],
    }
    return render(request, "duplicates/bulk_preview.html", context)


@needs("duplicates.bulk")
def page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One bulk: how far it is, or what became of it."""
    return render(request, "duplicates/bulk.html", _context(bulks.bulk_by_uid(uid)))


@needs("duplicates.bulk")
def progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far it is; the whole page again when it is over."""
    bulk = bulks.bulk_by_uid(uid)
    if bulk.state not in AT_WORK:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "duplicates/bulk_progress.html", _context(bulk))


@needs("duplicates.bulk")
@require_POST
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Part again all that it joined."""
    bulk = bulks.bulk_by_uid(uid)
    actions.undo_bulk(bulk, actor=Actor.behind(request), now=clock.now())
    actions.carry_out(bulk, clock=clock.now)
    if bulks.bulk_by_uid(uid).state == Bulk.State.UNDONE:
        toast(request, _("All of it is undone; the pairs wait again."))
    return redirect("duplicates:bulk", uid)


def _start(request: HttpRequest) -> HttpResponse:
    form = BulkForm(request.POST)
    if not form.is_valid():
        raise BadInput(" ".join(str(error) for errors in form.errors.values() for error in errors))
    expected = form.cleaned_data["expected"] or 0
    bulk = actions.start(form.threshold, expected=expected, actor=Actor.behind(request), now=clock.now())
    actions.carry_out(bulk, clock=clock.now)
    joined = bulks.outcomes(bulk).get(Outcome.JOINED, 0)
    if bulks.bulk_by_uid(bulk.uid).state == Bulk.State.DONE:
        words = ngettext("%(count)s pair is one person now.", "%(count)s pairs are one person each now.", joined)
        toast(request, words % {"count": number(joined)}, undo=reverse("duplicates:bulk_undo", args=[bulk.uid]))
    return redirect("duplicates:bulk", bulk.uid)


def _context(bulk: Bulk) -> dict[str, object]:
    outcomes = bulks.outcomes(bulk)
    parted = outcomes.get(actions.PARTED, 0)
    to_do = outcomes.get("", 0) if bulk.state == Bulk.State.RUNNING else outcomes.get(Outcome.JOINED, 0)
    return {
        "bulk": bulk,
        "sure": sure_percent(bulk.threshold),
        "joined": outcomes.get(Outcome.JOINED, 0),
        "together": outcomes.get(Outcome.TOGETHER, 0),
        "apart": outcomes.get(Outcome.APART, 0),
        "gone": outcomes.get(Outcome.GONE, 0),
        "parted": parted,
        "at_work": bulk.state in AT_WORK,
        "percent": round(100 * (1 - to_do / max(bulk.pairs, 1))),
        "in_force": bulks.in_force(bulk),
    }
