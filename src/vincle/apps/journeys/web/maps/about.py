"""The dialog “About this journey”: its name, whose it is, what is said of it, and what should come of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys import queries as readings
from vincle.apps.journeys.asking import FIRST_DAYS, PEOPLE, WITHIN_DAYS
from vincle.apps.journeys.maps import actions, queries
from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.maps.actions import ChangedMeanwhile
from vincle.apps.journeys.queries import types_of
from vincle.apps.journeys.web.maps.choices import kind_choices
from vincle.apps.journeys.web.maps.editor import board_in_place
from vincle.apps.journeys.web.maps.rule_forms import plain
from vincle.engine.journeys.journey import Aim, Journey
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.permissions import needs

STAGE = "stage:"  # an aim that is a stage, among kinds


class AboutForm(forms.Form):
    """What belongs to the whole journey. `revision` is the one of the map that stood in the dialog."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    case = forms.ChoiceField(label=gettext_lazy("Whose journey it is"))
    about = forms.CharField(
        label=gettext_lazy("In words"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )
    aim = forms.ChoiceField(label=gettext_lazy("What should come of it"), required=False)
    first_days = forms.FloatField(
        label=gettext_lazy("Days at the beginning"), min_value=0.01, max_value=3650, initial=FIRST_DAYS
    )
    within_days = forms.FloatField(
        label=gettext_lazy("Days after that"), min_value=0.01, max_value=3650, initial=WITHIN_DAYS
    )
    again = forms.BooleanField(label=gettext_lazy("It may have happened at the beginning already"), required=False)

    def __init__(self, *args: Any, journey: Journey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        everybody = readings.newest_journeys(PEOPLE)
        types = dict.fromkeys([*(types_of(everybody) if everybody else []), journey.case])
        fields["case"].choices = [(PEOPLE, _("People")), *((each, each) for each in types if each != PEOPLE)]
        stages = [(STAGE + each.key, each.name) for each in journey.stages]
        kinds = kind_choices([journey.aim.kind] if journey.aim and journey.aim.kind else [])
        fields["aim"].choices = [("", _("Nobody has said")), (_("Coming into"), stages), (_("That it happens"), kinds)]

    def operations(self, journey: Journey) -> list[op.Operation]:
        """The changes that make the journey say what the form says."""
        said = self.cleaned_data
        fields: tuple[op.MapField, ...] = ("name", "case", "about")
        changed: list[op.Operation] = [
            op.SetMap(field, said[field]) for field in fields if said[field] != getattr(journey, field)
        ]
        return [*changed, op.SetAim(self._aim())] if self._aim() != journey.aim else changed

    def _aim(self) -> Aim | None:
        said = self.cleaned_data
        if not said["aim"]:
            return None
        is_stage = said["aim"].startswith(STAGE)
        which = {"stage": said["aim"].removeprefix(STAGE)} if is_stage else {"kind": said["aim"]}
        return Aim(**which, first_days=said["first_days"], within_days=said["within_days"], again=said["again"])


@needs("journeys.edit")
def about(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Look, and POST to keep what changed."""
    this = queries.map_by_uid(uid)
    journey = queries.journey_of(this)
    form = AboutForm(request.POST or None, journey=journey, initial=_initial(journey) | {"revision": this.revision})
    if form.is_valid():
        try:
            if wanted := form.operations(journey):
                actions.change(
                    this, op.Several(tuple(wanted)), seen=form.cleaned_data["revision"], actor=Actor.behind(request),
                    now=clock.now(),
                )  # fmt: skip
        except (ChangedMeanwhile, BadInput, NotFound) as error:
            form.add_error(None, str(error))
        else:
            return board_in_place(request, queries.map_by_uid(uid))
    return render(request, "journeys/maps/about.html", {"map": this, "form": form, "is_people": journey.case == PEOPLE})


def _initial(journey: Journey) -> dict[str, Any]:
    said: dict[str, Any] = {"name": journey.name, "case": journey.case, "about": journey.about}
    if journey.aim:
        aim = journey.aim
        said |= {"first_days": plain(aim.first_days), "within_days": plain(aim.within_days), "again": aim.again}
        said["aim"] = aim.kind or STAGE + aim.stage
    return said
