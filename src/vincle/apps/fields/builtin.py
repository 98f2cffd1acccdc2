"""The fields that every organisation has: who they are for us, who looks after them, how they like to be reached."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vincle.apps.accounts.facade import colleagues
from vincle.apps.fields.types import Field
from vincle.web.locales import locale

ROLES, RESPONSIBLE, LANGUAGES, CHANNEL = "field:roles", "field:responsible", "field:languages", "field:channel"
BUILT_IN = (ROLES, RESPONSIBLE, LANGUAGES, CHANNEL)
# ISO 639, those most likely first.
_SPOKEN = ("ca", "es", "en", "fr", "de", "it", "pt", "gl", "eu", "oc", "ar", "ber", "ro",
           "ru", "uk", "zh", "ur", "wo", "nl", "pl", "bg", "hi", "pa", "bn", "ja")  # fmt: skip


def built_in() -> list[Field]:
    """All of them, in the reader's language; asks who works here."""
    return [
        Field(ROLES, _("Who they are for us"), "several", tuple(_roles().items()), built_in=True),
        Field(RESPONSIBLE, _("Who looks after them"), "one", _colleagues(), built_in=True),
        Field(LANGUAGES, _("Languages they speak"), "several", _languages(), built_in=True),
        Field(CHANNEL, _("How they like to be reached"), "one", tuple(_channels().items()), built_in=True),
    ]


def _roles() -> dict[str, str]:
    return {
        "client": pgettext("what somebody is for us", "client"),
        "member": pgettext("what somebody is for us", "member"),
        "learner": pgettext("what somebody is for us", "learner"),
        "donor": pgettext("what somebody is for us", "donor"),
        "volunteer": pgettext("what somebody is for us", "volunteer"),
        "staff": pgettext("what somebody is for us", "staff"),
        "partner": pgettext("what somebody is for us", "partner"),
        "family": pgettext("what somebody is for us", "family"),
    }


def _channels() -> dict[str, str]:
    return {
        "email": _("by e-mail"),
        "phone": _("by phone"),
        "chat": _("by chat"),
        "post": _("by post"),
        "counter": _("in person"),
    }


def _languages() -> tuple[tuple[str, str], ...]:
    names = locale().languages
    return tuple((code, str(names.get(code, code))) for code in _SPOKEN)


def _colleagues() -> tuple[tuple[str, str], ...]:
    """By their e-mail, which says who it is in an export as well. Who left is not offered."""
    return tuple((each.email, each.name) for each in colleagues() if each.is_active and each.role)
