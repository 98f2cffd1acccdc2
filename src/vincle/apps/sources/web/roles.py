"""What a column can be taken for, in words, in the order people look for it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vincle.apps.sources.importing.columns import Role
from vincle.web.permissions import Words

ROLE_GROUPS: list[tuple[Words, list[tuple[str, Words]]]] = [
    (
        _("The person"),
        [
            (Role.EMAIL, _("E-mail of the person")),
            (Role.PHONE, _("Telephone of the person")),
            (Role.WHO, _("Number of the person")),
            (Role.ATTRIBUTE, _("About the person")),
        ],
    ),
    (
        _("What happened"),
        [
            (Role.WHEN, pgettext_lazy("a column", "When")),
            (Role.WHAT, pgettext_lazy("a column", "What happened")),
            (Role.CHANNEL, _("Channel")),
            (Role.PLACE, _("Place")),
            (Role.STAFF, _("Colleague who served")),
            (Role.MESSAGE_ID, _("Number of the event")),
        ],
    ),
    (
        _("What it was worth, and said"),
        [
            (Role.AMOUNT, _("Amount of money")),
            (Role.QUANTITY, _("How many")),
            (Role.CURRENCY, _("Currency")),
            (Role.SCORE, _("How satisfied")),
            (Role.TEXT, _("In their words")),
        ],
    ),
    (
        _("What it was about"),
        [
            (Role.OBJECT, _("Order, product, case…")),
            (Role.PART, _("Belongs to what it is about")),
            (Role.OBJECTS, _("A list of things (JSON)")),
        ],
    ),
    (
        _("The rest"),
        [
            (Role.PROPERTY, _("Kept as it is")),
            (Role.IGNORE, _("Left out")),
        ],
    ),
]

DATE_ORDERS: list[tuple[str, Words]] = [
    ("", _("year first (2026-05-03)")),
    ("dmy", _("day first (03/05/2026)")),
    ("mdy", _("month first (05/03/2026)")),
]
