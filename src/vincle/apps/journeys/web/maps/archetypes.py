"""“Choose somebody real who stands for them”: the group, who is nearest to all of it, and the one that is chosen."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys import queries as readings
from vincle.apps.journeys.archetypes.actions import ask_archetype
from vincle.apps.journeys.archetypes.page import archetypes_shown
from vincle.apps.journeys.archetypes.person import named, who_stands
from vincle.apps.journeys.archetypes.queries import newest_archetypes
from vincle.apps.journeys.asking import PEOPLE, ArchetypeQuestion
from vincle.apps.journeys.maps import actions, queries
from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.maps.actions import ChangedMeanwhile
from vincle.apps.journeys.models import JourneyMap
from vincle.apps.lists.facade import groups_for
from vincle.engine.journeys.figures import figure
from vincle.engine.journeys.journey import Journey
from vincle.engine.journeys.representing import MOST_GROUPS
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.permissions import needs
from vincle.web.toasts import toast


class GroupForm(forms.Form):
    """Of whom, and how many groups of them are told apart."""

    group = forms.ChoiceField(label=gettext_lazy("Who is to be stood for"), required=False)
    groups = forms.IntegerField(label=gettext_lazy("In how many groups"), min_value=1, max_value=MOST_GROUPS, initial=1)

    def __init__(self, *args: Any, journey: Journey, viewer: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [
            (figure("entered", each.key), _("Who came into “%(stage)s”") % {"stage": each.name})
            for each in journey.stages
            if each.enters
        ]
        choices: list[Any] = [("", _("Everybody with whom anything has happened"))]
        choices += [(_("Stages"), stages)] if stages else []
        lists = groups_for(viewer)
        choices += [(_("Lists and views of people"), lists)] if lists else []
        self.fields["group"].choices = choices  # type: ignore[attr-defined]

    def question(self, this: JourneyMap) -> ArchetypeQuestion:
        """What is asked, once it is valid."""
        return ArchetypeQuestion(str(this.uid), self.cleaned_data["group"], self.cleaned_data["groups"])


@needs("journeys.edit")
def archetype(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page; POST asks."""
    this = queries.map_by_uid(uid)
    if request.method != "POST":
        return render(request, "journeys/archetypes/page.html", _context(request, this))
    form = _form(request, this, request.POST)
    if not form.is_valid():
        context = _context(request, this) | {"form": form}
        return render(request, "journeys/archetypes/page.html", context, status=400)
    ask_archetype(form.question(this), now=clock.now())
    return redirect(_address(this, form.question(this)))


@needs("journeys.edit")
@require_safe
def newer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far the answer is; the page is loaded anew once it is there."""
    context = _context(request, queries.map_by_uid(uid))
    if not context.get("going"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "journeys/archetypes/going.html", context)


@needs("journeys.edit")
@require_POST
def choose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have one of those who were found stand for the journey, or nobody real any more. Undo takes it back."""
    this = queries.map_by_uid(uid)
    person, words = request.POST.get("person", ""), _("Nobody real stands for this journey any more.")
    if person:
        words = _("%(name)s stands for this journey now.") % {"name": _found(request, this, person)}
    try:
        seen = int(request.POST.get("revision", ""))
        actions.change(this, op.SetArchetype("person", person), seen=seen, actor=Actor.behind(request), now=clock.now())
    except ValueError:
        raise BadInput(_("We could not read what was sent; nothing was changed.")) from None
    except ChangedMeanwhile as error:
        toast(request, str(error), tone="warm")
    else:
        toast(request, words, undo=reverse("journeys:map-undo", args=[uid]))
    return redirect("journeys:map", uid=uid)


def _found(request: HttpRequest, this: JourneyMap, person: str) -> str:
    """The name of somebody who was found to stand for the group that was asked about, as everybody may see it."""
    form = _form(request, this, request.POST)
    kept = newest_archetypes(form.question(this)) if form.is_valid() else None
    found = [one["uid"] for one in kept.said["archetypes"]] if kept and kept.said else []
    here = named([person]) if person in found else {}
    if person not in here:
        raise NotFound(_("Whoever it was may not stand for this journey any more."), _("Work it out again."))
    return here[person].name


def _context(request: HttpRequest, this: JourneyMap) -> dict[str, Any]:
    journey = queries.journey_of(this)
    context: dict[str, Any] = {"map": this, "journey": journey, "is_people": journey.case == PEOPLE}
    context |= {"stands": who_stands(journey), "form": _form(request, this, None)}
    if "groups" not in request.GET:
        return context
    form = _form(request, this, request.GET)
    if not form.is_valid():
        return context | {"form": form}
    question = form.question(this)
    kept = newest_archetypes(question)
    return context | {
        "form": form,
        "question": question,
        "address": urlencode({"group": question.group, "groups": question.groups}),
        "going": readings.under_way(question.name),
        "kept": kept,
        "is_old": kept is not None and not kept.is_of(readings.mirror_version(), journey),
        "shown": archetypes_shown(kept, question.groups) if kept else None,
    }


def _form(request: HttpRequest, this: JourneyMap, given: Any) -> GroupForm:
    return GroupForm(given, journey=queries.journey_of(this), viewer=request.user.pk)


def _address(this: JourneyMap, question: ArchetypeQuestion) -> str:
    base = reverse("journeys:map-archetype", args=[this.uid])
    return f"{base}?{urlencode({'group': question.group, 'groups': question.groups})}"
