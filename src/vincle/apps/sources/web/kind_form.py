"""The form that describes a kind."""

from dataclasses import asdict
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.sources.actions.kinds import LONGEST_LABEL, Description
from vincle.apps.sources.looks import PLAIN_ICON, TONES, UNCHOSEN, icons
from vincle.apps.sources.web.json_text import read_object, shown
from vincle.flow.catalogue import LANGUAGES
from vincle.kernel.errors import BadInput


class KindForm(forms.Form):
    """Words in each language (`label_en` ...), look, what the kind carries, and its contract as text."""

    icon = forms.ChoiceField(label=_("Icon"), choices=lambda: [(name, name) for name in icons()])
    tone = forms.ChoiceField(label=_("Tone"), choices=lambda: list(TONES.items()))
    carries_money = forms.BooleanField(label=_("Money"), required=False)
    carries_score = forms.BooleanField(label=_("How satisfied people are"), required=False)
    carries_text = forms.BooleanField(label=_("Words that people say or write"), required=False)
    contract = forms.CharField(
        label=_("Contract"),
        required=False,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false", "class": "code"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            named = Locale.parse(code).get_display_name(code) or code
            self.fields[f"label_{code}"] = forms.CharField(
                label=named[:1].upper() + named[1:],
                max_length=LONGEST_LABEL,
                required=False,
                widget=forms.TextInput({"lang": code}),
            )

    @staticmethod
    def said_of(description: Description) -> dict[str, Any]:
        """The form's values for a kind described so."""
        values = asdict(description)
        labels: dict[str, str] = values.pop("labels")
        values["icon"] = PLAIN_ICON if values["icon"] == UNCHOSEN else values["icon"]
        values["contract"] = shown(values["contract"])
        return values | {f"label_{code}": labels.get(code, "") for code in LANGUAGES}

    @staticmethod
    def plain(description: Description) -> dict[str, Any]:
        """A description as the session can keep it."""
        return asdict(description)

    @property
    def words(self) -> list[forms.BoundField]:
        return [self[f"label_{code}"] for code in LANGUAGES]

    def clean_contract(self) -> dict[str, Any] | None:
        try:
            return read_contract(self.cleaned_data["contract"])
        except BadInput as error:
            raise forms.ValidationError(str(error)) from error

    def description(self) -> Description:
        """What the form says; ask after it was found valid."""
        said = self.cleaned_data
        labels = {code: said[f"label_{code}"] for code in LANGUAGES}
        rest = {name: said[name] for name in Description.__dataclass_fields__ if name != "labels"}
        return Description(labels=labels, **rest)


def read_contract(text: str) -> dict[str, Any] | None:
    """The JSON object in `text`; None when there is only space. Whether it is a JSON Schema is not asked here."""
    return read_object(text) if text.strip() else None
