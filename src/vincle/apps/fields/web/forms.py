"""The forms of the settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.fields.actions import LONGEST_LABEL
from vincle.apps.fields.models import CustomField
from vincle.apps.fields.types import TYPES, WITH_OPTIONS


class FieldForm(forms.Form):
    """A field; what it holds is chosen once."""

    type = forms.ChoiceField(label=_("What it holds"), choices=lambda: list(TYPES.items()))
    label_en = forms.CharField(label=_("Name in English"), max_length=LONGEST_LABEL, required=False)
    label_ca = forms.CharField(label=_("Name in Catalan"), max_length=LONGEST_LABEL, required=False)
    label_es = forms.CharField(label=_("Name in Spanish"), max_length=LONGEST_LABEL, required=False)
    help = forms.CharField(label=_("What to write there"), max_length=300, required=False)
    options = forms.CharField(
        label=_("What can be chosen"),
        help_text=_("One a line; for one or several of a list."),
        max_length=60_000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    sensitive = forms.BooleanField(
        label=_("Sensitive: only owners, managers and agents see it"),
        required=False,
    )

    def __init__(self, *args: Any, field: CustomField | None = None, **kwargs: Any) -> None:
        if field is not None:
            kwargs["initial"] = {
                **{f"label_{language}": words for language, words in field.labels.items()},
                "help": field.help,
                "options": "\n".join(field.options),
                "sensitive": field.sensitive,
            }
        super().__init__(*args, **kwargs)
        if field is not None:
            del self.fields["type"]
            if field.type not in WITH_OPTIONS:
                del self.fields["options"]

    def said(self) -> dict[str, Any]:
        """What the actions ask for; after the form was found valid."""
        told = self.cleaned_data
        return {
            **({"type": told["type"]} if "type" in told else {}),
            "labels": {language: told[f"label_{language}"] for language in ("en", "ca", "es")},
            "help": told["help"],
            "options": told.get("options", "").splitlines(),
            "sensitive": told["sensitive"],
        }
