"""What is compared: two periods, two values of what is said of people, or who came into a stage and who did not."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.journeys.asking import Comparison
from vincle.apps.journeys.comparisons.actions import ATTRIBUTE, PERIOD, STAGE
from vincle.apps.journeys.comparisons.naming import field_words
from vincle.apps.journeys.models import JourneyMap
from vincle.engine.journeys.journey import Journey
from vincle.web.templatetags.vincle import number

LONGEST = 3_650  # days
_DAY = {"type": "date"}


class WithinForm(forms.Form):
    """What belongs to every comparison."""

    within = forms.IntegerField(
        label=_("Only the first days of each"), min_value=1, max_value=LONGEST, required=False, initial=90
    )

    def comparison(self, case: str) -> Comparison:
        """What is asked, once it is valid."""
        raise NotImplementedError


class PeriodForm(WithinForm):
    """Those who began in one period, and in another."""

    since = forms.DateField(label=_("Began from"), widget=forms.DateInput(_DAY, "%Y-%m-%d"))
    until = forms.DateField(label=_("to"), widget=forms.DateInput(_DAY, "%Y-%m-%d"))
    other_since = forms.DateField(label=_("compared with: from"), widget=forms.DateInput(_DAY, "%Y-%m-%d"))
    other_until = forms.DateField(label=_("to"), widget=forms.DateInput(_DAY, "%Y-%m-%d"))
    field_order = ("since", "until", "other_since", "other_until", "within")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first = _checked(self, given.get("since"), given.get("until"), "until")
        second = _checked(self, given.get("other_since"), given.get("other_until"), "other_until")
        if first and second and first[0] <= second[1] and second[0] <= first[1]:
            self.add_error("other_since", _("The two periods overlap; choose days that are in one of them only."))
        return given

    def comparison(self, case: str) -> Comparison:
        said = self.cleaned_data
        periods = (f"{said['since']}/{said['until']}", f"{said['other_since']}/{said['other_until']}")
        return Comparison(case, PERIOD, *periods, within=said["within"] or 0)


class AttributeForm(WithinForm):
    """Those of whom one thing is said, and another of the same sort."""

    first = forms.ChoiceField(label=_("People with"))
    second = forms.ChoiceField(label=_("compared with"), required=False)
    field_order = ("first", "second", "within")

    def __init__(self, *args: Any, values: Mapping[str, list[tuple[str, int]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        named = [(name, field_words(name), found) for name, found in values.items()]
        offered = [(words, [_choice(name, words, *each) for each in found]) for name, words, found in named]
        fields["first"].choices = offered
        fields["second"].choices = [("", _("everybody else of whom it is known")), *offered]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("first") and given.get("second"):
            (name, value), (other_name, other) = json.loads(given["first"]), json.loads(given["second"])
            if name != other_name:
                self.add_error("second", _("Compare two values of the same."))
            elif value == other:
                self.add_error("second", _("Choose another value than the first."))
        return given

    def comparison(self, case: str) -> Comparison:
        said = self.cleaned_data
        name, value = json.loads(said["first"])
        other = json.loads(said["second"])[1] if said["second"] else ""
        return Comparison(case, ATTRIBUTE, value, other, name, within=said["within"] or 0)


class StageForm(WithinForm):
    """Those who came into a stage, and those who did not."""

    stage = forms.ChoiceField(label=_("Who came into"))
    field_order = ("stage", "within")

    def __init__(self, *args: Any, this: JourneyMap, journey: Journey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._map = str(this.uid)
        fields: dict[str, Any] = self.fields
        fields["stage"].choices = [(each.key, each.name) for each in journey.stages if each.enters]

    def comparison(self, case: str) -> Comparison:
        said = self.cleaned_data
        return Comparison(case, STAGE, said["stage"], map=self._map, within=said["within"] or 0)


def _checked(form: forms.Form, since: date | None, until: date | None, field: str) -> tuple[date, date] | None:
    if since is None or until is None:
        return None
    if since > until:
        form.add_error(field, _("A period ends on the day it begins, or later."))
        return None
    if until == date.max:
        form.add_error(field, _("This day is too far away."))
        return None
    return since, until


def _choice(name: str, words: str, value: str, people: int) -> tuple[str, str]:
    return json.dumps([name, value], ensure_ascii=False), f"{words}: {value} ({number(people)})"
