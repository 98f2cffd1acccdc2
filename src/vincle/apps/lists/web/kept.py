"""Saved views and fixed lists: all of them on a page, and what can be done with each."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.lists.actions import fixed as fixed_actions
from vincle.apps.lists.actions import views as actions
from vincle.apps.lists.filters.reading import read, write
from vincle.apps.lists.filters.words import sentence
from vincle.apps.lists.models import View
from vincle.apps.lists.queries import views as queries
from vincle.apps.lists.queries.asked import asked, together
from vincle.apps.people.facade import criteria_asked
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.permissions import can, needs
from vincle.web.toasts import toast


class NameForm(forms.Form):
    """What a view is called, and who sees it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=actions.LONGEST_NAME)
    shared = forms.BooleanField(label=gettext_lazy("Colleagues see it too"), required=False)


@needs("people.view")
def everything(request: HttpRequest) -> HttpResponse:
    """Every view and fixed list somebody may see, and what was last changed of many people."""
    actor, leads = Actor.behind(request), _leads(request)
    views = [(view, _said(view), queries.may_change(view, actor, leads=leads)) for view in queries.views_for(actor.id)]
    fixed = [(each, write(fixed_actions.standing_on(each))) for each in queries.fixed_lists()]
    context = {"views": views, "fixed": fixed, "changes": queries.latest_changes()}
    return render(request, "lists/all.html", context)


@needs("lists.edit")
def new_view(request: HttpRequest) -> HttpResponse:
    """Keep the list of an address under a name."""
    form = NameForm(request.POST or None)
    wanted, columns, order = _shown(request)
    if request.method == "POST" and form.is_valid():
        view = actions.keep_view(
            actor=Actor.behind(request),
            now=clock.now(),
            filter=wanted,
            columns=columns,
            order=order,
            **form.cleaned_data,
        )
        toast(
            request, _("“%(name)s” is kept.") % {"name": view.name}, undo=reverse("lists:view-remove", args=[view.uid])
        )
        return redirect(_address(view))
    said = sentence(read(wanted)) if wanted else _("All people.")
    return render(request, "lists/view_form.html", {"form": form, "sentence": said})


@needs("lists.edit")
def view(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a view another name, or share it."""
    actor = Actor.behind(request)
    found = queries.own_view(uid, actor, leads=_leads(request))
    form = NameForm(request.POST or None, initial={"name": found.name, "shared": found.shared})
    if request.method == "POST" and form.is_valid():
        actions.describe_view(found, actor=actor, now=clock.now(), **form.cleaned_data)
        toast(request, _("It is kept."))
        return redirect("lists:all")
    return render(request, "lists/view_form.html", {"form": form, "view": found, "sentence": _said(found)})


@needs("lists.edit")
@require_POST
def change_view(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have a view want and show what the address asks."""
    actor = Actor.behind(request)
    found = queries.own_view(uid, actor, leads=_leads(request))
    wanted, columns, order = _shown(request)
    actions.change_view(found, actor=actor, now=clock.now(), filter=wanted, columns=columns, order=order)
    toast(request, _("“%(name)s” is kept.") % {"name": found.name})
    return redirect(_address(found))


@needs("lists.edit")
@require_POST
def copy_view(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A view of one's own like another."""
    actor = Actor.behind(request)
    made = actions.copy_view(queries.view_for(uid, actor.id), actor=actor, now=clock.now())
    toast(request, _("“%(name)s” is kept.") % {"name": made.name}, undo=reverse("lists:view-remove", args=[made.uid]))
    return redirect("lists:all")


@needs("lists.edit")
@require_POST
def remove_view(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a view away."""
    actor = Actor.behind(request)
    found = queries.own_view(uid, actor, leads=_leads(request))
    actions.remove_view(found, actor=actor, now=clock.now())
    toast(request, _("“%(name)s” is removed.") % {"name": found.name}, undo=reverse("lists:view-back", args=[uid]))
    return redirect("lists:all")


@needs("lists.edit")
@require_POST
def bring_back_view(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Undo that."""
    actor = Actor.behind(request)
    found = queries.own_view(uid, actor, leads=_leads(request), removed=True)
    actions.bring_back_view(found, actor=actor, now=clock.now())
    toast(request, _("“%(name)s” is back.") % {"name": found.name})
    return redirect("lists:all")


@needs("lists.edit")
@require_POST
def remove_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a fixed list away; who stood on it is remembered until somebody undoes it."""
    found = queries.fixed_list(uid)
    fixed_actions.remove_list(found, actor=Actor.behind(request), now=clock.now())
    toast(request, _("“%(name)s” is removed.") % {"name": found.name}, undo=reverse("lists:list-back", args=[uid]))
    return redirect("lists:all")


@needs("lists.edit")
@require_POST
def bring_back_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Undo that."""
    found = queries.fixed_list(uid, removed=True)
    fixed_actions.bring_back_list(found, actor=Actor.behind(request), now=clock.now())
    toast(request, _("“%(name)s” is back.") % {"name": found.name})
    return redirect("lists:all")


def _shown(request: HttpRequest) -> tuple[str, list[str], str]:
    """The filter, columns and order that the address of the list asks for."""
    found = asked(request.GET, viewer=Actor.behind(request).id)
    plain = criteria_asked(request.GET)
    wanted = together(plain, found.filter)
    return write(wanted) if wanted else "", [column.code for column in found.columns], plain.order or found.order


def _said(view: View) -> str:
    """A view's filter as a sentence, or why it cannot be read any more."""
    try:
        return sentence(read(view.filter)) if view.filter else _("All people.")
    except BadInput as error:
        return error.message


def _leads(request: HttpRequest) -> bool:
    return can(request.user, "people.change_many")


def _address(view: View) -> str:
    return f"{reverse('people:list')}?view={view.uid}"
