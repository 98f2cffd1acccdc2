"""The forms of the room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.webhooks.actions import LONGEST_NAME
from vincle.apps.webhooks.models import Endpoint
from vincle.apps.webhooks.queries import kinds_offered
from vincle.flow.outgoing.address import LONGEST


class EndpointForm(forms.Form):
    """What a program hears, and where."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST,
        help_text=_("Where its program takes messages by POST: https://…"),
        widget=forms.URLInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    every_kind = forms.BooleanField(label=_("It hears of everything"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("It hears of"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        help_text=_("Only counts while it does not hear of everything."),
    )
    imports = forms.BooleanField(
        label=_("Also of what imports bring"),
        required=False,
        help_text=_("An import may bring years of history at once."),
    )

    def __init__(self, data: Any = None, *, endpoint: Endpoint | None = None) -> None:
        initial = {name: getattr(endpoint, name) for name in self.base_fields} if endpoint else {}
        super().__init__(data, initial=initial)
        offered = [(kind.name, f"{kind.label} · {kind.name}") for kind in kinds_offered()]
        chosen = set(endpoint.kinds if endpoint else ()) - {name for name, _words in offered}
        self.fields["kinds"].choices = [*offered, *((name, name) for name in sorted(chosen))]  # type: ignore[attr-defined]
