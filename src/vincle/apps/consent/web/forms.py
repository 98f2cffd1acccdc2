"""The forms of the room."""

import hashlib
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vincle.apps.consent.actions import Proof
from vincle.apps.consent.models import Basis, Decision, How, Purpose
from vincle.apps.consent.purposes import LANGUAGES, LONGEST_LABEL, LONGEST_TEXT
from vincle.apps.consent.queries.ledger import newest_wording, purposes
from vincle.apps.people.facade import CHANNELS, channel_words, midnight

ANY = "*"  # stands for any contact at all
LARGEST_SCAN = 25 * 1024 * 1024
BY_HAND = (How.PERSON, How.PHONE, How.EMAIL, How.PAPER, How.FORM)
_LANGUAGE_NAMES = {"en": _("English"), "ca": _("Catalan"), "es": _("Spanish")}


class SaidForm(forms.Form):
    """What somebody said, and the proof of it."""

    purpose = forms.ChoiceField(label=_("What for"))
    channel = forms.ChoiceField(label=_("Through"), required=False)
    answer = forms.ChoiceField(label=_("They said"), choices=[("yes", _("yes")), ("no", _("no"))])
    how = forms.ChoiceField(label=_("How they said it"), choices=[(str(how), how.label) for how in BY_HAND])
    day = forms.DateField(
        label=_("When they said it"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text=_("Today, if left empty."),
    )
    said = forms.CharField(
        label=_("In their words, or where it stands"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
    reference = forms.CharField(label=_("Number of the form or the recording"), required=False, max_length=200)
    file = forms.FileField(
        label=_("Scan or recording"),
        required=False,
        help_text=_("It is not kept here: only its fingerprint, by which the one in your archive can be recognised."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._purposes = {purpose.name: purpose for purpose in purposes()}
        asked = [(purpose.name, str(purpose)) for purpose in self._purposes.values()]
        self.fields["purpose"].choices = [*asked, (ANY, str(_("Any contact at all")))]  # type: ignore[attr-defined]
        channels = [(channel, channel_words(channel)) for channel in CHANNELS]
        self.fields["channel"].choices = [("", str(_("every channel"))), *channels]  # type: ignore[attr-defined]

    def clean_file(self) -> str:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return ""
        if (file.size or 0) > LARGEST_SCAN:
            raise forms.ValidationError(_("That file is larger than 25 MB."))
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    @property
    def about(self) -> Purpose | None:
        """What it is about; None: any contact at all."""
        return self._purposes.get(self.cleaned_data["purpose"])

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")

    @property
    def yes(self) -> Decision:
        """What a yes means."""
        purpose = self.about
        return Decision.GIVEN if purpose and purpose.needs_consent else Decision.LIFTED

    def decided_at(self) -> datetime | None:
        """The beginning of the day on which they said it; None: just now."""
        day: date | None = self.cleaned_data["day"]
        return None if day is None or day == timezone.localdate() else midnight(day)

    def proof(self) -> Proof:
        told = self.cleaned_data
        return Proof(how=How(told["how"]), said=told["said"], reference=told["reference"], file_hash=told["file"])


class PurposeForm(forms.Form):
    """What people are asked, in every language, and how it reaches them."""

    basis = forms.ChoiceField(label=_("Why we may"), choices=Basis.choices)
    channels = forms.MultipleChoiceField(
        label=_("Through which channels"), widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args: Any, purpose: Purpose | None = None, **kwargs: Any) -> None:
        wording = newest_wording(purpose) if purpose else None
        if purpose is not None:
            initial = {"basis": purpose.basis, "channels": purpose.channels}
            initial |= {f"label_{language}": text for language, text in purpose.labels.items()}
            initial |= {f"text_{language}": text for language, text in (wording.texts if wording else {}).items()}
            kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["channels"].choices = [  # type: ignore[attr-defined]
            (channel, channel_words(channel)) for channel in CHANNELS
        ]
        for language in LANGUAGES:
            name = _LANGUAGE_NAMES[language]
            self.fields[f"label_{language}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": name}, required=False, max_length=LONGEST_LABEL
            )
            self.fields[f"text_{language}"] = forms.CharField(
                label=_("What people are asked, in %(language)s") % {"language": name},
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea({"rows": 2}),
            )
        self.order_fields([*(f"label_{each}" for each in LANGUAGES), "basis", "channels"])

    def said(self) -> dict[str, Any]:
        """What the actions of the catalogue take."""
        told = self.cleaned_data
        return {
            "labels": {language: told[f"label_{language}"] for language in LANGUAGES},
            "texts": {language: told[f"text_{language}"] for language in LANGUAGES},
            "basis": Basis(told["basis"]),
            "channels": told["channels"],
        }
