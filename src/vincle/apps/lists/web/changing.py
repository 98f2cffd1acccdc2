"""Changing many people at once: what, whom, a preview, and then its progress with the way back."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.lists.actions import changing
from vincle.apps.lists.actions.fixed import make_list
from vincle.apps.lists.actions.views import LONGEST_NAME
from vincle.apps.lists.filters.language import Filter
from vincle.apps.lists.filters.offers import attribute_names
from vincle.apps.lists.filters.reading import read, write
from vincle.apps.lists.filters.words import sentence
from vincle.apps.lists.models import Change
from vincle.apps.lists.queries.asked import asked, together
from vincle.apps.lists.queries.previewing import preview
from vincle.apps.lists.queries.views import change_by_uid, fixed_list, fixed_lists
from vincle.apps.people.facade import attribute_words, criteria_asked
from vincle.apps.tasks.facade import TaskForm
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.ids import uuid7
from vincle.web.permissions import can, needs
from vincle.web.toasts import toast

NEW = "new"
UNDOES: dict[str, str] = {Change.Kind.SET: "people.change_many", Change.Kind.TASK: "tasks.edit"}


class WhatForm(forms.Form):
    """What is to be changed."""

    way = forms.ChoiceField(label=gettext_lazy("What to do"), required=False)
    attribute = forms.ChoiceField(label=gettext_lazy("What of them"), required=False)
    value = forms.CharField(label=gettext_lazy("It becomes"), required=False, max_length=changing.LONGEST_VALUE)
    list = forms.ChoiceField(label=gettext_lazy("List"), required=False)
    new_list = forms.CharField(label=gettext_lazy("Name of the new list"), required=False, max_length=LONGEST_NAME)

    def __init__(self, data: object, *, may_set: bool, may_give: bool) -> None:
        super().__init__(data, auto_id="what-%s")  # type: ignore[arg-type]
        ways = [(Change.Kind.ADD, _("add them to a list")), (Change.Kind.REMOVE, _("take them off a list"))]
        if may_set:
            ways.append((Change.Kind.SET, _("change what is known of them")))
        if may_give:
            ways.append((Change.Kind.TASK, _("give a task about each of them")))
        self.task = TaskForm(data, quick=True, auto_id="what-%s")
        chosen = self.data.get("way") if self.data.get("way") in dict(ways) else Change.Kind.ADD
        self.kind = Change.Kind(str(chosen))
        there = [(str(each.uid), each.name) for each in fixed_lists()]
        new = [(NEW, _("a new list"))] if self.kind == Change.Kind.ADD else []
        attributes = [(name, attribute_words(name)) for name in attribute_names() if name != "name"]
        for name, choices in (("way", ways), ("attribute", attributes), ("list", [*there, *new])):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.makes_list = self.kind == Change.Kind.ADD and (self.data.get("list") == NEW or not there)
        for name in ("way", "list"):
            self.fields[name].widget.attrs["class"] = "rebuilds"

    def shown(self) -> tuple[forms.BoundField, ...]:
        """The fields that this way of changing has."""
        if self.kind == Change.Kind.SET:
            return (self["way"], self["attribute"], self["value"])
        if self.kind == Change.Kind.TASK:
            return (self["way"], *(self.task[name] for name in self.task.fields))
        return (self["way"], self["list"], *((self["new_list"],) if self.makes_list else ()))

    def what(self) -> changing.What:
        """What the form says; a new list is not made yet. Raises `BadInput` when it says nothing."""
        given = self.data
        if self.kind == Change.Kind.SET:
            found = changing.What(self.kind, given.get("attribute", ""), given.get("value", ""))
            changing.check(found)
            return found
        if self.kind == Change.Kind.TASK:
            return changing.What(self.kind, task=self.task.wanted())
        if self.makes_list:
            return changing.What(self.kind)
        try:
            uid = UUID(given.get("list", ""))
        except ValueError:
            raise BadInput(_("Choose a list.")) from None
        return changing.What(self.kind, list=fixed_list(uid))


@needs("lists.edit")
def change(request: HttpRequest) -> HttpResponse:
    """Say what to change of those the address wants, look at it, and do it."""
    if request.method == "POST":
        return _do(request)
    wanted, now = _whom(request), clock.now()
    numbers = changing.whom(wanted, now=now)
    form = _form(request, request.GET)
    context = {
        "form": form,
        "wanted": write(_some(wanted)),
        "sentence": sentence(_some(wanted)),
        "people": len(numbers),
        "once": uuid7(),
    }
    if request.GET.get("do") == "look":
        try:
            what = form.what()
        except BadInput as error:
            context["trouble"] = str(error)
        else:
            context |= {"what": what, "preview": preview(what, numbers, now=now)}
            context["new_list"] = request.GET.get("new_list", "").strip() if form.makes_list else ""
            if form.makes_list and not context["new_list"]:
                context |= {"trouble": _("Give the new list a name."), "preview": None}
    return render(request, "lists/change.html", context)


@needs("people.view")
def progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far a change has come, and the way back."""
    this = change_by_uid(uid)
    template = "lists/progress_state.html" if request.GET.get("part") else "lists/progress.html"
    return render(request, template, {"this": this, "may_undo": _may_undo(request, this)})


@needs("lists.edit")
@require_POST
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a change back whole."""
    this = change_by_uid(uid)
    if not _may_undo(request, this):
        raise Refused(_("This is not yours to undo."), _("Who may change what is known of many people may undo it."))
    changing.take_back(this, actor=Actor.behind(request), now=clock.now())
    return redirect("lists:progress", uid)


def _do(request: HttpRequest) -> HttpResponse:
    actor, now = Actor.behind(request), clock.now()
    form = _form(request, request.POST)
    if request.POST.get("way") != form.kind:
        raise Refused(_("This is not yours to change."))
    what, wanted = form.what(), read(request.POST.get("f", "")) if request.POST.get("f") else None
    try:
        expected = int(request.POST.get("people", ""))
    except ValueError:
        raise BadInput(_("Look at the preview first.")) from None
    if form.makes_list:
        changing.whom(wanted, now=now)  # before a list is made for nobody
        what = changing.What(what.kind, list=make_list(actor=actor, now=now, name=request.POST.get("new_list", "")))
    made = changing.start(what, wanted, expected=expected, actor=actor, now=now, uid=_once(request))
    if made.people <= changing.AT_ONCE:
        toast(
            request,
            _("%(count)d people are changed.") % {"count": made.people},
            undo=reverse("lists:undo", args=[made.uid]),
        )
    return redirect("lists:progress", made.uid)


def _once(request: HttpRequest) -> UUID | None:
    """What the preview called this change: sent twice, it is done once."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def _form(request: HttpRequest, given: QueryDict) -> WhatForm:
    may_set, may_give = can(request.user, "people.change_many"), can(request.user, "tasks.edit")
    return WhatForm(given, may_set=may_set, may_give=may_give)


def _whom(request: HttpRequest) -> Filter | None:
    found = asked(request.GET, viewer=Actor.behind(request).id)
    return together(criteria_asked(request.GET), found.filter)


def _some(wanted: Filter | None) -> Filter:
    if wanted is None:
        raise BadInput(_("Choose first whom to change."))
    return wanted


def _may_undo(request: HttpRequest, this: Change) -> bool:
    return can(request.user, UNDOES.get(this.kind, "lists.edit"))
