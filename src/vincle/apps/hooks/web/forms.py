"""The forms of the room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.hooks.actions import LONGEST_NAME, LONGEST_SECRET, Signing
from vincle.apps.hooks.models import Hook
from vincle.web.permissions import Words

WAYS: dict[str, Words] = {
    Hook.Signing.NONE: _("not at all"),
    Hook.Signing.STANDARD: _("as Standard Webhooks"),
    Hook.Signing.HMAC: _("HMAC-SHA256 of the body, in a header"),
}


class SigningForm(forms.Form):
    """How a program signs what it sends."""

    signing = forms.ChoiceField(
        label=_("It signs what it sends"),
        choices=lambda: list(WAYS.items()),
        help_text=_("With a signature nobody can send in its name, even if they learn the address."),
    )
    header = forms.CharField(
        label=_("Header of the signature"),
        required=False,
        max_length=80,
        help_text=_("Only for HMAC: X-Hub-Signature-256, X-Shopify-Hmac-Sha256…"),
        widget=forms.TextInput({"spellcheck": "false", "autocapitalize": "off"}),
    )
    signing_secret = forms.CharField(
        label=_("Secret to sign with"),
        required=False,
        max_length=LONGEST_SECRET,
        help_text=_("The one the program gives you. Empty: one is made, for you to give to the program."),
        widget=forms.TextInput({"spellcheck": "false", "autocomplete": "off"}),
    )

    def said(self) -> Signing:
        """What was chosen; ask after the form was found valid."""
        data: dict[str, Any] = self.cleaned_data
        return Signing(data["signing"], data["header"], data["signing_secret"])


class HookForm(SigningForm):
    """A new incoming webhook."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("Which program it is. What it sends is kept under this source."),
    )
    field_order = ("name", "signing", "header", "signing_secret")
