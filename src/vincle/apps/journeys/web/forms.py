"""What is asked about moments that matter."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.journeys.asking import FIRST_DAYS, WITHIN_DAYS, Question
from vincle.apps.journeys.queries import Journeys
from vincle.flow.models import Kind

LONGEST_FIRST, LONGEST_AFTER = 365, 730  # days


class QuestionForm(forms.Form):
    """An outcome among the steps there are, and the days before and after."""

    outcome = forms.ChoiceField(label=_("What should come of it"))
    first_days = forms.IntegerField(
        label=_("Days at the beginning"), min_value=1, max_value=LONGEST_FIRST, initial=FIRST_DAYS
    )
    within_days = forms.IntegerField(
        label=_("Days after that"), min_value=1, max_value=LONGEST_AFTER, initial=WITHIN_DAYS
    )
    again = forms.BooleanField(label=_("It may have happened at the beginning already"), required=False)

    def __init__(self, *args: Any, journeys: Journeys, kinds: Mapping[str, Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._case = journeys.said["case"]
        choices = [(name, kind.label) for name, kind in kinds.items()]
        self.fields["outcome"].choices = [("", _("Choose a step")), *choices]  # type: ignore[attr-defined]

    @property
    def question(self) -> Question:
        """What is asked, once it is valid."""
        return Question(self._case, **self.cleaned_data)
