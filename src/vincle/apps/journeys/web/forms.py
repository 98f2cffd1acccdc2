"""What is asked about moments that matter."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from vincle.apps.fields.facade import labels
from vincle.apps.journeys.asking import FIRST_DAYS, PEOPLE, WITHIN_DAYS, Question
from vincle.apps.journeys.queries import Journeys
from vincle.apps.journeys.words import CONFOUNDER_WORDS
from vincle.engine.journeys.asked import (
    AMOUNT,
    CHURN,
    COMPLETION,
    CONFOUNDERS,
    PAIRS,
    SATISFACTION,
    STAFF,
    STEP,
    STEPS,
    TOUCHPOINTS,
    WAITS,
)
from vincle.flow.models import Kind

LONGEST_FIRST, LONGEST_AFTER = 365, 730  # days
_SAID = "is:"  # before the name of an attribute among what is heeded
_TICKS = {"class": "form-check-input"}


class QuestionForm(forms.Form):
    """An outcome, the days before and after, what is asked about and what is heeded.

    An address that says nothing of the last two (`chosen` is not in it) means what is asked when nobody chooses.
    """

    kind = forms.ChoiceField(
        label=_("What should come of it"),
        required=False,
        choices=(
            (STEP, _("A step happens")),
            (COMPLETION, _("They come to the end: a step")),
            (CHURN, _("They stop: a step, or anything, no more")),
            (AMOUNT, _("The money they bring")),
            (SATISFACTION, _("How satisfied they are")),
        ),
    )
    outcome = forms.ChoiceField(label=_("Which step"), required=False)
    first_days = forms.IntegerField(
        label=_("Days at the beginning"), min_value=1, max_value=LONGEST_FIRST, initial=FIRST_DAYS
    )
    within_days = forms.IntegerField(
        label=_("Days after that"), min_value=1, max_value=LONGEST_AFTER, initial=WITHIN_DAYS
    )
    again = forms.BooleanField(label=_("It may have happened at the beginning already"), required=False)
    exposures = forms.MultipleChoiceField(
        label=_("What may matter"),
        required=False,
        widget=forms.CheckboxSelectMultiple(_TICKS),
        choices=(
            (STEPS, _("each step")),
            (PAIRS, _("one step directly after another")),
            (WAITS, _("how long they waited")),
            (TOUCHPOINTS, _("by which channel, at which place")),
            (STAFF, _("who dealt with them")),
        ),
    )
    heeded = forms.MultipleChoiceField(
        label=_("Compare only those who are alike in"), required=False, widget=forms.CheckboxSelectMultiple(_TICKS)
    )
    randomised_by = forms.ChoiceField(label=_("A lot decided who gets what"), required=False)
    chosen = forms.CharField(widget=forms.HiddenInput, required=False, initial="1")

    def __init__(self, *args: Any, journeys: Journeys, kinds: Mapping[str, Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._case = journeys.said["case"]
        steps = [(name, kind.label) for name, kind in kinds.items()]
        self.field_words = labels()
        attributes = [
            (name, self.field_words.get(name) or name.removeprefix("field:")) for name in journeys.attributes()
        ]
        self._offer("outcome", [("", _("No step in particular")), *steps])
        heeded = [*CONFOUNDER_WORDS.items(), *((_SAID + name, label) for name, label in attributes)]
        self._offer("heeded", heeded)
        self._offer("randomised_by", [("", _("No")), *((name, label) for name, label in attributes)])
        self.fields["exposures"].initial = [STEPS, PAIRS, WAITS]
        self.fields["heeded"].initial = list(CONFOUNDERS)
        if self.is_bound and not self.data.get("chosen"):
            # What the page then shows as ticked is what was asked.
            plain, data = Question(self._case, ""), QueryDict(mutable=True)
            data.update(self.data)
            data.setlist("exposures", list(plain.exposures))
            data.setlist("heeded", list(plain.adjust))
            data["chosen"] = "1"
            self.data = data
        if self._case != PEOPLE or not attributes:
            del self.fields["randomised_by"]

    def _offer(self, field: str, choices: list[Any]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["kind"] = given.get("kind") or STEP
        if given["kind"] in {STEP, COMPLETION} and not given.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", _("Choose which step."))
        if not given.get("exposures") and not given.get("randomised_by") and "exposures" not in self.errors:
            self.add_error("exposures", _("Choose at least one."))
        return given

    @property
    def question(self) -> Question:
        """What is asked, once it is valid."""
        given = self.cleaned_data
        heeded = given["heeded"]
        return Question(
            self._case,
            given["outcome"],
            given["first_days"],
            given["within_days"],
            given["again"] and given["kind"] == STEP,
            kind=given["kind"],
            adjust=tuple(name for name in CONFOUNDERS if name in heeded),
            attributes=tuple(name.removeprefix(_SAID) for name in heeded if name.startswith(_SAID)),
            exposures=tuple(given["exposures"]) or (STEPS,),
            randomised_by=given.get("randomised_by", ""),
        )


def in_address(question: Question) -> dict[str, object]:
    """What a page's address says of a question: of what nobody chose, nothing."""
    said: dict[str, object] = {"outcome": question.outcome, "first_days": question.first_days}
    said |= {"within_days": question.within_days} | ({"again": "on"} if question.again else {})
    if question.is_plain:
        return said
    heeded = [*question.adjust, *(_SAID + name for name in question.attributes)]
    said |= {"kind": question.kind, "exposures": list(question.exposures), "heeded": heeded, "chosen": "1"}
    return said | ({"randomised_by": question.randomised_by} if question.randomised_by else {})
