"""Experience investments: all of them, one with what came of it, and how one is described or drawn."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vincle.apps.accounts.facade import Actor
from vincle.apps.lists.facade import groups_for, name_of_group
from vincle.apps.value.investments import actions, queries, saying
from vincle.apps.value.investments.drawing import draw
from vincle.apps.value.investments.models import Investment
from vincle.apps.value.investments.page import cost_words, group_words, return_shown
from vincle.apps.value.investments.refreshing import ask_return
from vincle.apps.value.web.investment_forms import DrawForm, InvestmentForm, SaidForm, initial_of
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("value.view")
@require_safe
def investments(request: HttpRequest) -> HttpResponse:
    """All of them, those changed last first; with `view=archived` those put away."""
    archived = request.GET.get("view") == "archived"
    page = queries.investments_page(archived=archived, cursor=request.GET.get("page", ""))
    found = queries.newest_returns(page)
    rows = [(each, _in_short(found.get(each.uid))) for each in page]
    return render(request, "value/investments/list.html", {"archived": archived, "page": page, "rows": rows})


@needs("value.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Describe one; POST keeps it and has it worked out."""
    form = InvestmentForm(request.POST or None, viewer=request.user.pk)
    if request.method == "POST" and form.is_valid():
        made = actions.describe(form.said(), form.groups(), actor=Actor.behind(request), now=clock.now())
        return _asked(made)
    return _form(request, form, {"has_groups": bool(groups_for(request.user.pk))})


@needs("value.manage")
def by_lot(request: HttpRequest) -> HttpResponse:
    """Describe one and draw who gets it; POST draws."""
    today = clock.now().date()
    form = DrawForm(request.POST or None, viewer=request.user.pk, initial={"start": today})
    if request.method == "POST" and form.is_valid():
        group, share = form.cleaned_data["group"], form.cleaned_data["share"] / 100
        try:
            made = draw(form.said(), group, share, actor=Actor.behind(request), now=clock.now())
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            undo = reverse("value:investment-archive", args=[made.uid])
            toast(request, _("The lot is drawn; both groups stand on lists of their own."), undo=undo)
            return _asked(made)
    return _form(request, form, {"by_lot": True, "has_groups": bool(groups_for(request.user.pk))})


@needs("value.view")
@require_safe
def investment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One of them. What nobody has worked out yet, or the log has outgrown, is asked for."""
    this = queries.investment_by_uid(uid)
    if this.archived_at is None and not queries.is_current(queries.newest_return(this)):
        ask_return(this, now=clock.now())
    return render(request, "value/investments/page.html", _context(request, this))


@needs("value.view")
@require_safe
def newer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far the answer is; the page is loaded anew once it is there."""
    context = _context(request, queries.investment_by_uid(uid))
    if not context["going"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "value/investments/going.html", context)


@needs("value.manage")
@require_POST
def refresh(request: HttpRequest, uid: UUID) -> HttpResponse:  # noqa: ARG001 - Django's
    """Have it worked out anew."""
    return _asked(queries.investment_by_uid(uid))


@needs("value.manage")
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say something else of it; where the lot was drawn here, who had it stays."""
    this = queries.investment_by_uid(uid)
    form: SaidForm
    if this.is_drawn:
        form = SaidForm(request.POST or None, initial=initial_of(this))
    else:
        form = InvestmentForm(request.POST or None, viewer=request.user.pk, this=this, initial=initial_of(this))
    if request.method == "POST" and form.is_valid():
        groups = form.groups() if isinstance(form, InvestmentForm) else None
        actions.change(this, form.said(), groups, actor=Actor.behind(request), now=clock.now())
        return _asked(queries.investment_by_uid(uid))
    return _form(request, form, {"investment": this, "has_groups": True})


@needs("value.manage")
@require_POST
def archive(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put one away, with the lists that were drawn for it."""
    this = queries.investment_by_uid(uid)
    actions.archive(this, actor=Actor.behind(request), now=clock.now())
    undo = reverse("value:investment-back", args=[this.uid])
    toast(request, _("“%(name)s” is put away.") % {"name": this.name}, undo=undo)
    return redirect("value:investments")


@needs("value.manage")
@require_POST
def bring_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have it among the others again."""
    this = queries.investment_by_uid(uid)
    actions.bring_back(this, actor=Actor.behind(request), now=clock.now())
    toast(request, _("“%(name)s” is back.") % {"name": this.name})
    return redirect("value:investment", uid=this.uid)


def _asked(this: Investment) -> HttpResponse:
    ask_return(this, now=clock.now())
    return redirect("value:investment", uid=this.uid)


def _context(request: HttpRequest, this: Investment) -> dict[str, Any]:
    kept, viewer = queries.newest_return(this), request.user.pk
    treated, compared = group_words(this, viewer)
    return {
        "investment": this,
        "treated": treated,
        "compared": compared,
        "drawn_from": name_of_group(this.drawn_from, viewer) if this.is_drawn else "",
        "cost": cost_words(this),
        "going": queries.under_way(this),
        "kept": kept,
        "shown": return_shown(this, kept) if kept else None,
        "is_old": kept is not None and not queries.is_current(kept),
    }


def _in_short(found: queries.FoundReturn | None) -> tuple[str, str, str]:
    """The verdict in a few words, its tone, and what sort of comparison it is."""
    if found is None:
        return _("not worked out yet"), "plain", ""
    if found.said is None:
        return _("too early") if found.why["reason"] == "early" else _("cannot be told"), "plain", ""
    verdict = found.said["verdict"]
    return saying.short(verdict), saying.TONES[verdict], saying.label_words(found.said)[0]


def _form(request: HttpRequest, form: SaidForm, more: dict[str, Any]) -> HttpResponse:
    status = 400 if form.is_bound else 200
    return render(request, "value/investments/form.html", {"form": form} | more, status=status)
