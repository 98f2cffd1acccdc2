"""The forms of the room."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.tracking.actions import LONGEST_NAME, read_origins
from vincle.kernel.errors import BadInput

GRACE: dict[str, tuple[Any, timedelta]] = {
    "0": (_("at once"), timedelta()),
    "1": (_("in a day"), timedelta(days=1)),
    "7": (_("in a week"), timedelta(days=7)),
    "30": (_("in thirty days"), timedelta(days=30)),
}


class OriginsField(forms.CharField):
    """Origins of web pages, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.Textarea(
            {"rows": 3, "spellcheck": "false", "class": "code", "placeholder": "https://www.example.org"}
        )
        super().__init__(required=False, widget=box, **kwargs)

    def clean(self, value: Any) -> list[str]:
        try:
            return read_origins(str(super().clean(value)).split())
        except BadInput as error:
            raise forms.ValidationError(str(error)) from error


class OriginsForm(forms.Form):
    """From which web pages events are taken."""

    origins = OriginsField(
        label=_("Websites"),
        help_text=_("Where the pages that send are from, one a line. Empty: from anywhere, and from servers and apps."),
    )


class SourceForm(OriginsForm):
    """A new source."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    field_order = ("name", "origins")


class RotateForm(forms.Form):
    """When the former keys stop."""

    grace = forms.ChoiceField(
        label=_("The former key stops"), choices=lambda: [(key, words) for key, (words, _lasts) in GRACE.items()]
    )

    def lasts(self) -> timedelta:
        """How long the former keys go on; ask after the form was found valid."""
        return GRACE[self.cleaned_data["grace"]][1]
