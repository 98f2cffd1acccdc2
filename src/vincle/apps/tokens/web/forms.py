"""The forms of the room."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.tokens.actions import LONGEST_NAME
from vincle.web.permissions import Words
from vincle.web.scopes import within_reach

LASTS: dict[str, tuple[Words, timedelta]] = {
    "30": (_("thirty days"), timedelta(days=30)),
    "90": (_("ninety days"), timedelta(days=90)),
    "180": (_("half a year"), timedelta(days=180)),
    "365": (_("a year"), timedelta(days=365)),
}


class TokenForm(forms.Form):
    """A new token. It offers the scopes that the role of whoever makes it allows."""

    name = forms.CharField(
        label=_("Name"), max_length=LONGEST_NAME, help_text=_("Which program it is for, so that you know it again.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple({"class": "form-check-input"})
    )
    lasts = forms.ChoiceField(
        label=_("It lasts"), initial="90", choices=lambda: [(key, words) for key, (words, _lasts) in LASTS.items()]
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("The name under which what it brings is kept. Empty: the name of the token."),
    )

    def __init__(self, data: Any, *, maker: Any) -> None:
        super().__init__(data)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (scope.name, scope.label) for scope in within_reach(maker)
        ]

    def asked(self) -> dict[str, Any]:
        """What the action wants; ask after the form was found valid."""
        return self.cleaned_data | {"lasts": LASTS[self.cleaned_data["lasts"]][1]}
