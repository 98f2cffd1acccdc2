"""What people ask of the queue, and from where on pairs are joined unseen."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vincle.apps.duplicates.likeness import PLACES
from vincle.apps.duplicates.queries.bulks import LOWEST
from vincle.apps.duplicates.queries.queue import LEAST, Asked
from vincle.apps.duplicates.words import COMPARED
from vincle.web.templatetags.vincle import percent

LEASTS = (0.5, 0.7, 0.9, 0.99)


class AskForm(forms.Form):
    """Which pairs to show. What cannot be read is left out, so that an old address still shows the queue."""

    least = forms.ChoiceField(label=_("Probability"), required=False)
    same = forms.MultipleChoiceField(
        label=_("The same in both"),
        choices=[(name, COMPARED[name]) for name in PLACES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shares = [(str(least), gettext("%(share)s or more") % {"share": percent(least)}) for least in LEASTS]
        self.fields["least"].choices = [("", gettext("any")), *shares]  # type: ignore[attr-defined]

    def asked(self, *, skipped: bool) -> Asked:
        """What is asked for."""
        self.is_valid()
        chosen: dict[str, Any] = self.cleaned_data
        return Asked(float(chosen.get("least") or LEAST), tuple(chosen.get("same") or ()), skipped)


class BulkForm(forms.Form):
    """From which probability on, in percent."""

    percent = forms.DecimalField(
        label=_("Pairs of at least"),
        min_value=100 * LOWEST,
        max_value=100,
        max_digits=6,
        decimal_places=3,
        initial=99,
    )
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["percent"].help_text = gettext("In percent, from %(least)d to 100.") % {"least": LOWEST * 100}

    @property
    def threshold(self) -> float:
        return float(self.cleaned_data["percent"]) / 100
