"""Forms of the room."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts import audit, queries
from vincle.apps.accounts.models import DATE_ORDERS, ROLE_CHOICES
from vincle.web.locales import locale
from vincle.web.permissions import Words

Choices = list[tuple[str, str]]

# Those most likely first; the rest follow by name.
NEAR_COUNTRIES = ("ES", "AD", "FR", "IT", "PT")
NEAR_CURRENCIES = ("EUR", "USD", "GBP", "MXN", "ARS", "COP", "CLP")


def language_choices() -> Choices:
    return [(code, Locale.parse(code).get_display_name(code) or code) for code, _name in settings.LANGUAGES]


def country_choices() -> Choices:
    names = {
        code: name for code, name in locale().territories.items() if len(code) == 2 and code.isalpha() and code != "ZZ"
    }
    return _near_first(names, NEAR_COUNTRIES)


def currency_choices() -> Choices:
    names = {code: f"{name} ({code})" for code, name in locale().currencies.items()}
    return _near_first(names, NEAR_CURRENCIES)


def timezone_choices() -> Choices:
    zones = sorted(
        zone
        for zone in available_timezones()
        if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/"))
    )
    return [(zone, zone.replace("_", " ")) for zone in ["UTC", *zones]]


def _near_first(names: dict[str, str], near: tuple[str, ...]) -> Choices:
    rest = sorted((code for code in names if code not in near), key=lambda code: names[code])
    return [(code, names[code]) for code in (*near, *rest) if code in names]


class OrganisationForm(forms.Form):
    """The organisation's name and conventions."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=160)
    language = forms.ChoiceField(label=_("Language to begin with"), choices=language_choices)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=country_choices,
        help_text=_("Telephone numbers without a prefix are read as from here."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=currency_choices)
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=timezone_choices,
        help_text=_("Hours in files that do not say their zone are read in this one."),
    )
    date_order = forms.ChoiceField(label=_("Dates in files"), choices=DATE_ORDERS, required=False)


class OwnAccountForm(forms.Form):
    """One's own name and language."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("The people you serve see this name."))
    language = forms.ChoiceField(
        label=_("Language"), choices=lambda: [("", _("As the browser")), *language_choices()], required=False
    )


class InvitationForm(forms.Form):
    """Somebody new."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES, initial="agent")


class AuditFilterForm(forms.Form):
    """Which entries of the audit log to see."""

    actor = forms.ChoiceField(label=_("Who"), required=False)
    action = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked once a form: a callable would be asked again by every look at the field.
        staff = [(str(user.pk), user.name) for user in queries.staff()]
        self._offer("actor", [("", _("Anybody")), ("-", _("Nobody signed in")), *staff])
        self._offer("action", [("", _("Anything")), *audit.named().items()])

    def _offer(self, name: str, choices: Sequence[tuple[str, Words]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(choices)
