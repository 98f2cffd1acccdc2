"""The dialog of a touchpoint: a new one, or one that is changed and perhaps moved to another stage."""

from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.maps import actions, queries
from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.maps.actions import ChangedMeanwhile
from vincle.apps.journeys.maps.editing import touchpoint_of
from vincle.apps.journeys.models import JourneyMap
from vincle.apps.journeys.web.maps.board import feels_words
from vincle.apps.journeys.web.maps.choices import channels, kind_choices
from vincle.apps.journeys.web.maps.editor import board_in_place
from vincle.engine.journeys.journey import Journey, Touchpoint
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.permissions import needs

FEELINGS = [each / 2 for each in range(4, -5, -1)]


class TouchpointForm(forms.Form):
    """All that is known of a touchpoint. `revision` is the one of the map that stood in the dialog."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=120)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("What happens there"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        help_text=_("With kinds, the real figures stand beside it."),
    )
    channel = forms.CharField(
        label=_("Channel"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"list": "map-channels", "autocomplete": "off"}),
    )
    initiator = forms.ChoiceField(
        label=_("Who begins it"), choices=[("person", _("the person")), ("organisation", _("we do"))]
    )
    feels = forms.TypedChoiceField(label=_("How it feels"), required=False, coerce=float, empty_value=None)
    words = forms.CharField(label=_("In words"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, journey: Journey, known: Touchpoint | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["stage"].choices = [(each.key, each.name) for each in journey.stages]
        fields["kinds"].choices = kind_choices(known.kinds if known else ())
        odd = [known.feels] if known and known.feels is not None and known.feels not in FEELINGS else []
        feelings = sorted([*FEELINGS, *odd], reverse=True)
        fields["feels"].choices = [("", feels_words(None)), *((str(each), feels_words(each)) for each in feelings)]

    def touchpoint(self, key: str) -> Touchpoint:
        """What is to stand on the map."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"revision", "stage"}}
        return Touchpoint(key=key, **said | {"kinds": tuple(said["kinds"])})


@needs("journeys.edit")
def new(request: HttpRequest, uid: UUID, stage: str) -> HttpResponse:
    """Another touchpoint of a stage."""
    this = queries.map_by_uid(uid)
    journey = queries.journey_of(this)
    initial = {"revision": this.revision, "stage": stage, "initiator": "person"}
    form = TouchpointForm(request.POST or None, journey=journey, known=None, initial=initial)
    if not form.is_valid():
        return _dialog(request, this, form, stage)
    told = msgspec.structs.asdict(form.touchpoint("new"))
    told.pop("key")
    operation = op.AddTouchpoint(form.cleaned_data["stage"] or stage, **told)
    return _changed(request, this, form, operation, (stage, ""))


@needs("journeys.edit")
def touchpoint(request: HttpRequest, uid: UUID, stage: str, key: str) -> HttpResponse:
    """One that stands on the map."""
    this = queries.map_by_uid(uid)
    journey = queries.journey_of(this)
    known = touchpoint_of(journey, stage, key)
    initial = msgspec.structs.asdict(known) | {"revision": this.revision, "stage": stage}
    if known.feels is not None:
        initial["feels"] = str(float(known.feels))
    form = TouchpointForm(request.POST or None, journey=journey, known=known, initial=initial)
    if not form.is_valid():
        return _dialog(request, this, form, stage, key)
    to = form.cleaned_data["stage"] or stage
    operation: op.Operation = op.ChangeTouchpoint(stage, form.touchpoint(key))
    if to != stage:
        at = len(journey.stage(to).touchpoints)
        operation = op.Several((operation, op.MoveTouchpoint(stage, key, to, at)))
    return _changed(request, this, form, operation, (stage, key))


def _changed(
    request: HttpRequest, this: JourneyMap, form: TouchpointForm, operation: op.Operation, at: tuple[str, str]
) -> HttpResponse:
    try:
        saved = actions.change(
            this, operation, seen=form.cleaned_data["revision"], actor=Actor.behind(request), now=clock.now()
        )
    except (ChangedMeanwhile, BadInput, NotFound) as error:
        form.add_error(None, str(error))
        return _dialog(request, this, form, *at)
    return board_in_place(request, saved.map)


def _dialog(request: HttpRequest, this: JourneyMap, form: TouchpointForm, stage: str, key: str = "") -> HttpResponse:
    context = {"map": this, "form": form, "stage": stage, "key": key, "channels": channels()}
    return render(request, "journeys/maps/touchpoint.html", context)
